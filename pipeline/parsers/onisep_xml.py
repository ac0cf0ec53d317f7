"""XML records of occupations, as Onisep's register exports them, and records of like shape.

The elements of a record become pieces in their order: short values stand alone on a line, CDATA or escaped
HTML becomes headings, paragraphs and items. Element names give the topic of a section and the fields; they
are no words of the sheet and never enter its text. Identifiers of other records, dates and references are
dropped as metadata. An element with an unknown name keeps its words.

Document type declarations are refused, so that entities are never expanded.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from lxml import etree

from pipeline.errors import RejectedInput
from pipeline.parsers import Parsed
from pipeline.parsers.noise import mark_noise
from pipeline.sections import heading_kind
from pipeline.sheet import Metadata, Piece

_ROOT = re.compile(
    r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--[^-]*+(?:-(?!->)[^-]*+)*-->\s*+|<!DOCTYPE[^>]*+>\s*+)*<([A-Za-z_][\w.:-]*)", re.DOTALL
)
_OWN_ENTITIES = re.compile(r"\s*(?:<\?xml\b[^>]*>\s*)?<!DOCTYPE\b[^>\[]*\[")
_NOT_OURS = {"html", "svg", "body", "head", "div", "p", "rss", "feed", "urlset"}
_MARKUP = re.compile(
    r"</?(?:p|br|h[1-6]|ul|ol|li|div|strong|b|em|i|span|table|a)\b[^<>]{0,300}>|&(?:amp;)?(?:[a-z]{2,8}|#\d+);", re.IGNORECASE
)
_RECORD = re.compile(r"(?:metier|fiche|fiche_metier|occupation)$")
_REGISTER_ID = re.compile(r"[A-Z][A-Z-]*\d?\.\d+$")
_SPACE = re.compile(r"\s+")

#: Name of an element that holds one value → the field it states.
_VALUES = {
    "nom_metier": "title",
    "libelle_metier": "title",
    "nom_masculin": "title.masculine",
    "nom_feminin": "title.feminine",
    "libelle_masculin": "title.masculine",
    "libelle_feminin": "title.feminine",
    "romev3": "code.rome",
    "romev4": "code.rome",
    "rome": "code.rome",
    "code_rome": "code.rome",
    "nom_publication": "",
    "identifiant": "code.onisep",
}
#: Name of an element that holds an id and a label → the field that the label states.
_LABELLED = {
    "niveau_acces_min": "level.minimum",
    "formation_min_requise": "training",
    "statut": "status",
    "secteur_activite": "sector",
    "centre_interet": "interest",
    "formation": "training",
    "synonyme": "synonym",
}
#: Name of an element → the kind of section that it holds, where its words do not say so.
_TOPICS = {
    "accroche_metier": "definition",
    "format_court": "definition",
    "formats_courts": "definition",
    "nature_travail": "tasks",
    "competences": "skills",
    "condition_travail": "conditions",
    "conditions_travail": "conditions",
    "duree_etudes": "education",
    "salaire_debutant": "salary",
    "salaire": "salary",
    "insertion_marche": "career",
    "integrer_marche_travail": "career",
    "acces_metier": "education",
    "niveau_acces_min": "education",
    "formations_min_requise": "education",
    "statuts": "conditions",
    "secteurs_activite": "conditions",
    "centres_interet": "interests",
    "synonymes": "titles",
    "vie_professionnelle": "career",
}
#: Elements that speak of other things than the occupation, or of the record itself.
_ASIDE = {
    "metiers_associes": ("related", "register-reference"),
    "publications": ("related", "register-reference"),
    "sources_numeriques": ("related", "register-reference"),
    "creation": ("metadata", "register-date"),
    "modification": ("metadata", "register-date"),
    "date_creation": ("metadata", "register-date"),
    "date_modification": ("metadata", "register-date"),
}


def claims(text: str) -> float:
    """XML begins with a prolog or an element that HTML does not know; only XML declares entities of its own."""
    if _OWN_ENTITIES.match(text[:4000]):
        return 0.95
    match = _ROOT.match(text[:4000])
    if match is None or match.group(1).lower() in _NOT_OURS:
        return 0.0
    return 0.95 if text.lstrip().startswith("<?xml") or re.search(r"<(?:metiers?|nom_metier|fiche)\b", text[:4000]) else 0.0


def parse(text: str) -> Parsed:
    """The pieces of the record in ``text``. Raises :class:`RejectedInput` for broken or unsafe XML."""
    if re.search(r"<!(?:DOCTYPE|ENTITY)\b", text[:10_000]):
        raise RejectedInput(
            "malformed", "The XML declares a document type, whose entities are never expanded; remove the declaration."
        )
    body = re.sub(r"^\s*<\?xml\b[^>]*\?>", "", text.lstrip("\ufeff"))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(body.strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise RejectedInput(
            "malformed", f"The XML is broken ({error.msg}); export the record again or save the page as HTML."
        ) from None
    reader = _Reader()
    pieces = [p for p in reader.element(_record(root), "", 2) if p.text]
    stated = mark_noise(pieces)
    return Parsed(
        "onisep-xml",
        pieces,
        Metadata(
            published=reader.dates.get("creation") or stated.published,
            modified=reader.dates.get("modification") or stated.modified,
            author=stated.author,
        ),
    )


def _record(root: Any) -> Any:
    """The element of the one record; several records in a file are several sheets, which nobody may mix."""
    records = [child for child in root if _RECORD.match(_name(child))]
    if len(records) > 1:
        raise RejectedInput(
            "not-a-sheet", f"The XML holds {len(records)} records, not one sheet; split it into one file a record."
        )
    return records[0] if records else root


def _name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


class _Reader:
    """The elements of one record → pieces."""

    def __init__(self) -> None:
        self.dates: dict[str, dt.date] = {}
        self._synonym = 0
        self._group = 0

    def element(self, element: Any, topic: str, depth: int, inside: str = "") -> Iterator[Piece]:
        """The pieces of ``element``: ``topic`` is its section's kind, ``inside`` the field of its parent."""
        name = _name(element)
        if name in _ASIDE:
            yield from self._aside(element, name)
            return
        known = _TOPICS.get(name) or (None if name in _LABELLED or name in _VALUES else heading_kind(name.replace("_", " ")))
        found = known or topic
        children = [child for child in element if _name(child)]
        if not children:
            yield from self._leaf(element, name, found, depth, inside)
            return
        field = _LABELLED.get(name, "")
        if field == "synonym":
            self._synonym += 1
        if field and any(_name(c) == "libelle" for c in children):
            first = element.getprevious() is None or _name(element.getprevious()) != name
            yield from self._labelled(children, field, found if first else "", listed=_name(element.getparent()) != "metier")
            return
        if name.endswith("s") and any(_name(c) in _LABELLED for c in children):
            self._group += 1
        yield from self._text(element.text or "", found, depth)
        for child in children:
            yield from self.element(child, found, depth, field or inside)
            yield from self._text(child.tail or "", found, depth)

    def _aside(self, element: Any, name: str) -> Iterator[Piece]:
        words = _SPACE.sub(" ", " ".join(element.itertext())).strip()
        if _ASIDE[name][1] == "register-date":
            with contextlib.suppress(ValueError):  # the words stay among the dropped ones
                self.dates[name.removeprefix("date_")] = dt.date.fromisoformat(words[:10])
        yield Piece(words, drop=_ASIDE[name])

    def _leaf(self, element: Any, name: str, topic: str, depth: int, inside: str) -> Iterator[Piece]:
        raw = element.text or ""
        field = _VALUES.get(name)
        if field is None:
            if name == "id" or _REGISTER_ID.match(raw.strip()):
                yield Piece(raw.strip(), drop=("metadata", "register-id"))
            else:
                heading = name in {"libelle", "titre", "intitule"} and bool(element.getparent() is not None)
                yield from self._text(raw, topic, depth, heading=heading and "descriptif" in map(_name, element.itersiblings()))
            return
        words = _SPACE.sub(" ", raw).strip()
        key = ""
        if inside == "synonym" and field.startswith("title"):
            field, key = field.replace("title", "synonym"), str(self._synonym)
        if field == "title":
            yield Piece(words, "heading", 1, fields=(("title", 0, len(words), ""),))
            return
        fields = ((field, 0, len(words), key),) if field else ()
        listed = field.startswith(("synonym", "code.rome"))
        opens = "titles" if field == "synonym.masculine" and key == "1" else ""
        yield Piece(
            words, "item" if listed else "definition", int(listed), self._group if listed else 0, fields=fields, topic=opens
        )

    def _labelled(self, children: list[Any], field: str, topic: str, *, listed: bool) -> Iterator[Piece]:
        ids = [_SPACE.sub(" ", c.text or "").strip() for c in children if _name(c) in {"id", "identifiant"}]
        for child in children:
            words = _SPACE.sub(" ", "".join(child.itertext())).strip()
            if _name(child) == "libelle":
                fields = ((field, 0, len(words), ids[0] if field == "training" and ids else ""),)
                yield Piece(
                    words, "item" if listed else "paragraph", int(listed), self._group * listed, fields=fields, topic=topic
                )
            else:
                yield Piece(words, drop=("metadata", "register-id"))

    def _text(self, raw: str, topic: str, depth: int, *, heading: bool = False) -> Iterator[Piece]:
        """Rich text or plain words, as lines; the first of them opens the section ``topic``."""
        if not raw.strip():
            return
        if heading:
            yield Piece(_SPACE.sub(" ", raw).strip(), "heading", depth, topic=topic)
            return
        if _MARKUP.search(raw):
            pieces = list(self._rich(raw, depth))
        else:
            pieces = [Piece(line.strip()) for line in raw.splitlines() if line.strip()]
        for i, piece in enumerate(pieces):
            if i == 0 or piece.kind == "heading":
                piece.topic = topic
        yield from pieces

    def _rich(self, raw: str, depth: int) -> Iterator[Piece]:
        """HTML that stands escaped or quoted inside the XML, as authors typed it: BeautifulSoup mends it."""
        body = BeautifulSoup(raw, "lxml").body
        if body is None:
            return
        headings = sorted({int(heading.name[1]) for heading in body.find_all(sorted(_HEADINGS))})
        first = next((child for child in body.children if str(child).strip()), None)
        depth -= isinstance(first, Tag) and first.name in _HEADINGS
        current = Piece("")
        for event, node in _events(body):
            if isinstance(node, str):
                current.text += node
            elif node.name in _BLOCKS:
                yield from _finished(current)
                current = Piece("")
                if event == "start" and node.name in _HEADINGS:
                    current = Piece("", "heading", min(depth + 1 + headings.index(int(node.name[1])), 6))
                elif event == "start" and node.name == "li":
                    current = Piece("", "item", max(len(node.find_parents(["ul", "ol"])), 1), self._group)
                elif event == "start" and node.name in {"ul", "ol"} and node.find_parent(["ul", "ol"]) is None:
                    self._group += 1
        yield from _finished(current)


def _events(root: Tag) -> Iterator[tuple[str, Tag | str]]:
    """("start", tag), ("text", words) and ("end", tag) below ``root``, in reading order, without recursion."""
    open_tags = [(root, iter(root.children))]
    while open_tags:
        tag, children = open_tags[-1]
        child = next(children, None)
        if child is None:
            open_tags.pop()
            yield "end", tag
        elif isinstance(child, Tag):
            yield "start", child
            open_tags.append((child, iter(child.children)))
        elif type(child) is NavigableString:  # no comment, no declaration
            yield "text", str(child)


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "br", "div", "ul", "ol", "li", "table", "tr", "td", "th", "blockquote", *_HEADINGS}


def _finished(piece: Piece) -> Iterator[Piece]:
    piece.text = re.sub(r"[ \t\r\n]+", " ", piece.text).strip()
    if piece.text:
        yield piece
