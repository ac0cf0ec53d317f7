"""Markdown, ordinary or as a register renders its records.

Markup becomes structure: headings with their depth, lists with their nesting, tables with their cells, a
line break where the source has ``<br/>``; no ``#``, ``**`` or ``<br/>`` stays in the text. In a register
export the labelled values (names, codes, courses, statuses …) become fields.

Such an export indents the rich text of a record by twelve spaces, which CommonMark would read as code, and
inverts its heading levels (``### Durée des études`` above ``## Après le bac``); see :class:`_Levels`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pipeline.normal import fold
from pipeline.parsers import Parsed
from pipeline.parsers.lines import Line, Nesting, split_lines, split_marker, unwrap, wrap_width
from pipeline.parsers.noise import mark_noise
from pipeline.sections import heading_kind
from pipeline.sheet import Metadata, Piece

_HEADING = re.compile(r"^[ \t]{0,40}(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)
_OTHER_MARKUP = re.compile(r"\*\*\S[^*\n]*\*\*|\]\(https?:|^\|(?: ?:?-+:? ?\|)+|^---\n\w+:", re.MULTILINE)
_REGISTER_ID = re.compile(r"^\*\*ID\s*:\*\*\s*[A-Z]+\.\d+", re.MULTILINE)
_LABEL = re.compile(
    r"(?:\*\*|__)(?P<label>[^*\n]{1,80}?)\s{0,8}(?P<colon>:?)\s{0,8}(?:\*\*|__)\s*+(?P<after>:?)\s*+(?P<value>.*)$"
)
_BREAK = re.compile(r"<br\s*/?>|</?p>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:strong|em|b|i|u|span|sup|sub|small|a|font)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
#: Inline markup: a sign that it holds, its pattern, and what is left of it.
_INLINE = (
    ("[", re.compile(r"!?\[([^\]\n]{0,300})\]\([^()\n]{0,400}\)"), r"\1"),
    ("**", re.compile(r"\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*"), r"\1"),
    ("__", re.compile(r"(?<!\w)__(?=\S)([^_\n]{1,1000}?)(?<=\S)__(?!\w)"), r"\1"),
    ("*", re.compile(r"(?<![\w*»])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    ("_", re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])_(?!\w)"), r"\1"),
    ("`", re.compile(r"`([^`\n]{1,300})`"), r"\1"),
    ("\\", re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])"), r"\1"),
)
_COURSE = re.compile(r"(?P<label>.+?)\s*\(ID\s*:\s*(?P<id>[A-Z]+\.\d+)\)$")
_FORM = re.compile(r"(?P<gender>F[ée]minin|Masculin)\s*:\s*(?P<form>.+)$")
_LEVEL_LINE = re.compile(r"Niveau (?:CAP|BEP|bac(?:calauréat)?|bac \+ ?\d)(?: ou équivalent| et plus)?$", re.IGNORECASE)
#: Folded label above a list → the field that each item of the list states.
_LISTED = {
    "codes rome": "code.rome",
    "code rome": "code.rome",
    "statuts possibles": "status",
    "statuts": "status",
    "centres d'interet": "interest",
    "secteurs d'activite": "sector",
    "secteurs": "sector",
    "formations recommandees": "training",
    "formations": "training",
}
#: The depth of a record's sections in a register export; the columns that make a heading part of rich text.
SECTION = 2
INDENTED = 4
LONGEST_HEADING = 120


def claims(text: str) -> float:
    """Markdown has several headings marked with ``#``, or one over a known section; a register opens with a title and an id."""
    if text.lstrip()[:1] == "<":
        return 0.0
    if _REGISTER_ID.search(text, 0, 2000):
        return 0.95
    found = _HEADING.finditer(text)
    first = next(found, None)
    if first is None:
        return 0.0
    return 0.7 if next(found, None) or heading_kind(first[2]) or _OTHER_MARKUP.search(text) else 0.0


def parse(text: str) -> Parsed:
    """The pieces of a Markdown text, its markup turned into structure."""
    body, metadata, front = _front_matter(text)
    register = _REGISTER_ID.search(body, 0, 2000) is not None
    lines = split_lines(body)
    width = 0 if register else wrap_width(lines)
    pieces = [*front, *(_Reader(register=register).read(unwrap(lines, width) if width else lines))]
    stated = mark_noise(pieces)
    return Parsed("markdown", pieces, metadata if front else stated)


def _front_matter(text: str) -> tuple[str, Metadata, list[Piece]]:
    """Cut a YAML head between two lines of ``---`` off; its words are dropped as metadata."""
    match = re.match(r"\s*---[ \t]*\n((?:[\w-]+[ \t]*:.*\n|[ \t]+\S.*\n|\n){1,60})---[ \t]*\n", text)
    if match is None:
        return text, Metadata(), []
    lines = re.findall(r"^([\w-]+)[ \t]*+:(.*)$", match.group(1), re.MULTILINE)
    stated = {name: re.sub(r"^[\"']|[\"']$", "", value.strip(" \t")) for name, value in lines}
    metadata = Metadata(title=stated.get("title") or None, author=stated.get("author") or None, url=stated.get("url") or None)
    head = [Piece(line.strip(), drop=("metadata", "front-matter")) for line in match.group(1).splitlines() if line.strip()]
    return text[match.end() :], metadata, head


class _Levels:
    """Heading marks → depths that nest as a reader would nest them.

    In an ordinary text the depth is the number of marks. In a register export, the first title is depth 1
    and a heading at the margin opens a record section of depth 2; inside it, a level gets its depth where
    it first appears: below the heading just above if that one is still empty, else below the nearest heading
    of a smaller level, else below the section. It keeps that depth to the end of the section.
    """

    def __init__(self, *, register: bool) -> None:
        self._register = register
        self._inner: dict[int, int] = {}
        self._level = self._depth = 1

    def depth(self, level: int, *, indented: bool, after_heading: bool) -> int:
        """The depth of the next heading."""
        if not self._register:
            return level
        empty_section = after_heading and self._level == self._depth == SECTION
        opens = level <= SECTION and not indented and not empty_section
        if opens:
            self._inner.clear()
            depth = level
        elif level in self._inner:
            depth = self._inner[level]
        else:
            smaller = [d for known, d in self._inner.items() if known < level]
            depth = self._depth + 1 if after_heading and self._depth >= SECTION else max(smaller, default=SECTION) + 1
            self._inner[level] = min(depth, 6)
        self._level, self._depth = level, min(depth, 6)
        return self._depth


class _Reader:
    """Lines → pieces, with the state that labelled values need."""

    def __init__(self, *, register: bool) -> None:
        self._register = register
        self._levels = _Levels(register=register)
        self._nesting = Nesting()
        self._after_heading = False
        self._list_field = ""
        self._synonym = 0
        self._names = ""
        self._header: list[str] = []

    def read(self, lines: list[Line]) -> Iterator[Piece]:
        """The pieces of ``lines``, in order."""
        table: list[list[str]] = []
        for i, line in enumerate(lines):
            below = lines[i + 1].words if i + 1 < len(lines) else ""
            if line.words.startswith("|") and line.words.count("|") > 1:
                table.append([_plain(cell) for cell in line.words.strip("|").split("|")])
                continue
            yield from self._table(table)
            table = []
            if not re.search(r"\w", line.words) and re.fullmatch(r"[-=*_`~\s|:]{3,}", line.words):
                continue  # a rule, a fence, or the underline of the heading above
            yield from self._line(line, underline=below)
        yield from self._table(table)

    def _line(self, line: Line, underline: str) -> Iterator[Piece]:
        match = _HEADING.match(line.words)
        if match is None and re.fullmatch(r"=+|-{3,}", underline) and len(line.words) <= LONGEST_HEADING:
            match = _HEADING.match(f"{'#' if underline[0] == '=' else '##'} {line.words}")
        if match:
            yield self._heading(len(match.group(1)), _plain(_without_closing(match.group(2))), indented=line.indent >= INDENTED)
            return
        for part in _BREAK.split(line.words):
            if part.strip():
                yield from self._body(part.strip(), line)
                self._after_heading = False

    def _heading(self, level: int, words: str, *, indented: bool = False) -> Piece:
        depth = self._levels.depth(level, indented=indented, after_heading=self._after_heading)
        self._after_heading = True
        self._nesting.close()
        label = fold(words).strip(" :")
        self._list_field = _LISTED.get(label, "")
        fields: tuple[tuple[str, int, int, str], ...] = ()
        if self._register and depth == 1:
            fields = (("title", 0, len(words), ""),)
            self._names = "title"
        elif self._names.startswith("synonym") and depth == SECTION + 1:
            self._synonym += 1
            fields = (("synonym", 0, len(words), str(self._synonym)),)
        elif self._register:
            self._names = {"appellations": "title", "autres appellations": "synonym"}.get(label, "")
        return Piece(words, "heading", depth, fields=fields)

    def _body(self, words: str, line: Line) -> Iterator[Piece]:
        words = re.sub(r"^(?:>\s?)+", "", words)
        if not words:
            return
        marked = split_marker(words)
        if marked.mark:
            depth = self._nesting.depth(line.indent, marked)
            text = _plain(marked.words)
            marker = marked.mark + " " if marked.ordered else ""
            yield Piece(text, "item", depth, self._nesting.group, marked.ordered, marker, fields=self._item_fields(text))
            return
        self._nesting.close()
        label = _LABEL.match(words)
        if label and not label.group("value") and (label.group("colon") or label.group("after") or not self._register):
            yield self._heading(
                2, _plain(label.group("label")) + (" :" if _spaced(words) else ":" if ":" in words[-4:] else "")
            )
            return
        text = _plain(words)
        if _LEVEL_LINE.match(text):
            yield self._heading(3, text, indented=True)
            return
        fields = self._label_fields(text) if label and self._register else ()
        identity = any(name.startswith("code.") for name, *_ in fields)
        yield Piece(text, "definition" if identity else "paragraph", fields=fields)

    def _item_fields(self, text: str) -> tuple[tuple[str, int, int, str], ...]:
        if self._names and (match := _FORM.match(text)):
            gender = "feminine" if match.group("gender")[0] == "F" else "masculine"
            key = str(self._synonym) if self._names == "synonym" else ""
            return ((f"{self._names}.{gender}", match.start("form"), match.end("form"), key),)
        if self._list_field == "training":
            match = _COURSE.match(text)
            return (("training", match.start("label"), match.end("label"), match.group("id")),) if match else ()
        return ((self._list_field, 0, len(text), ""),) if self._list_field else ()

    def _label_fields(self, text: str) -> tuple[tuple[str, int, int, str], ...]:
        label, _, value = text.partition(":")
        name = {"id": "code.onisep", "niveau d'acces minimum": "level.minimum"}.get(fold(label))
        start = len(text) - len(value.lstrip())
        return ((name, start, len(text), ""),) if name and start < len(text) else ()

    def _table(self, rows: list[list[str]]) -> Iterator[Piece]:
        if not rows:
            return
        self._nesting.close()
        self._nesting.group += 1
        group = self._nesting.group
        cells = [[c.strip() for c in row] for row in rows if not all(re.fullmatch(r":?-+:?|", c.strip()) for c in row)]
        header = cells[0] if len(rows) > len(cells) and cells else []
        for row in cells:
            columns = [] if row is header else header
            made = tuple((c, columns[i] if i < len(columns) else "", row[0] if i else "") for i, c in enumerate(row))
            yield Piece("\t".join(row), "row", group=group, cells=made)
        self._after_heading = False


def _without_closing(words: str) -> str:
    """A heading's words without the marks that may close it (« ## Salaire ## », but « ## Développeur C# »)."""
    bare = words.rstrip("#")
    return bare if bare.endswith((" ", "\t")) else words


def _spaced(words: str) -> bool:
    return re.search(r"\s:(?:\*\*|__)?\s*$", words) is not None or re.search(r"\*\*\s+:\s*$", words) is not None


def _plain(words: str) -> str:
    """``words`` without inline markup."""
    if "&" in words:
        words = html.unescape(words)
    if "<" in words:
        words = _TAG.sub("", words)
    for sign, pattern, replacement in _INLINE:
        if sign in words:
            words = pattern.sub(replacement, words)
    return words.strip()
