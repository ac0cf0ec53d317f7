"""What an HTML page says of itself outside its text: address, publisher, author, dates, language, title, summary.

Sources, the surest first: schema.org data in JSON-LD, Open Graph and other ``<meta>``, ``<link rel="canonical">``,
microdata and ``<time>``, and last the bylines that the cleaning took out of the text (« Publié le 14 septembre
2021 »). Dates in ISO form are read directly; only a date that is written out goes to dateparser, and only its own
few words do.

The head is small and regular and no part of the text, so lxml's tree of the page, which holds it before BeautifulSoup
reads the content, is asked for it directly. Where a value is itself a fragment of markup (« &lt;p&gt;Tout savoir sur
…&lt;/p&gt; »), BeautifulSoup reads that, too.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from pipeline.sheet import Metadata, Piece

_FOLD = re.compile(r"\s+")
_ISO_DATE = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_PRINTED_DATE = re.compile(
    r"\b\d{1,2}(?:er)?[ \u00a0]+[^\W\d_]{3,9}\.?[ \u00a0]+(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
_CHANGED = re.compile(r"\b(?:mis(?:e)? à jour|màj|maj|modifi|actualis|révis|updated|modified)", re.IGNORECASE)
_BY = re.compile(
    r"(?:\b[Pp]ar|\b[Bb]y|\bAuteure?\s?:)[ \u00a0]+([^\d,|·•–—(]{3,60}?)"
    r"(?=\s*+(?:$|[,|·•–—(\d]|\ble\b|\bpublié|\bmis\b|\bon\b))"
)
#: schema.org types whose data describes the page, and those that describe its publisher.
_PAGES = frozenset(
    (
        "Article",
        "BlogPosting",
        "NewsArticle",
        "TechArticle",
        "ScholarlyArticle",
        "WebPage",
        "ItemPage",
        "AboutPage",
        "FAQPage",
        "Report",
        "CreativeWork",
        "Occupation",
        "MedicalWebPage",
        "ProfilePage",
    )
)
_PUBLISHERS = frozenset(
    (
        "Organization",
        "EducationalOrganization",
        "CollegeOrUniversity",
        "NewsMediaOrganization",
        "School",
        "GovernmentOrganization",
        "Corporation",
        "NGO",
        "WebSite",
    )
)
#: ``<meta>`` names → field, the surest first.
_META = {
    "url": ("og:url", "twitter:url", "dc.identifier", "dcterms.identifier"),
    "publisher": (
        "og:site_name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "article:publisher",
        "application-name",
        "citation_publisher",
    ),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "twitter:data1"),
    "published": (
        "article:published_time",
        "datepublished",
        "dc.date.issued",
        "dcterms.issued",
        "dc.date.created",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "date",
        "pubdate",
        "publication_date",
        "citation_date",
        "article:published",
    ),
    "modified": (
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "dc.date.modified",
        "dcterms.modified",
        "last-modified",
        "revised",
        "article:modified",
    ),
    "summary": ("og:description", "description", "twitter:description", "dc.description", "dcterms.abstract"),
    "language": ("og:locale", "dc.language", "dcterms.language", "content-language", "language"),
}
_LONGEST_JSON = 500_000


def read_metadata(root: Any) -> Metadata:
    """Metadata of the page whose tree is ``root``."""
    named: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            named.setdefault(name.strip().lower(), content)
    linked = _linked_data(root)
    meta = {field: next((named[name] for name in names if name in named), None) for field, names in _META.items()}
    title = root.findtext(".//title")
    canonical = next((e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split()), None)
    author = linked.get("author") or meta["author"]
    return Metadata(
        title=_words(title) or _words(named.get("og:title")),
        url=_address(canonical) or _address(meta["url"]) or _address(linked.get("url")),
        publisher=_words(linked.get("publisher")) or _not_address(meta["publisher"]),
        author=_not_address(author),
        published=_iso(linked.get("published")) or _date(meta["published"]) or _date(_time(root, "published")),
        modified=_iso(linked.get("modified")) or _date(meta["modified"]) or _date(_time(root, "modified")),
        language=_language(root, meta["language"], linked.get("language")),
        summary=_words(meta["summary"]) or _words(linked.get("summary")),
    )


def complete(metadata: Metadata, *others: Metadata) -> Metadata:
    """``metadata`` with what it lacks taken from the first of ``others`` that has it."""
    for other in others:
        lacking = {
            name: getattr(other, name)
            for name in ("author", "published", "modified")
            if getattr(metadata, name) is None and getattr(other, name) is not None
        }
        metadata = replace(metadata, **lacking) if lacking else metadata
    return metadata


def read_bylines(pieces: Iterable[Piece]) -> Metadata:
    """Author and dates that dropped bylines print: « Publié le 14 septembre 2021 par Ana Roux, mis à jour le … »."""
    found = Metadata()
    for piece in pieces:
        if piece.drop is None or piece.drop[0] != "metadata":
            continue
        text = piece.text
        for match in _PRINTED_DATE.finditer(text):
            date = _date(match.group())
            change = _CHANGED.search(text, max(0, match.start() - 40), match.start())
            if change is None:
                found = replace(found, published=found.published or date)
            else:
                found = replace(found, modified=found.modified or date)
        by = _BY.search(text)
        if by and found.author is None:
            found = replace(found, author=_words(by.group(1)))
    return found


def _linked_data(root: Any) -> dict[str, Any]:
    """What the page's JSON-LD says, by field."""
    found: dict[str, Any] = {}
    publisher = None
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            types = node.get("@type")
            kinds = {t for t in (types if isinstance(types, list) else [types]) if isinstance(t, str)}
            if kinds & _PUBLISHERS:
                publisher = publisher or _name(node)
            if kinds & _PAGES:
                for field, key in (
                    ("published", "datePublished"),
                    ("modified", "dateModified"),
                    ("url", "url"),
                    ("summary", "description"),
                    ("language", "inLanguage"),
                ):
                    if isinstance(node.get(key), str):
                        found.setdefault(field, node[key])
                for field in ("author", "publisher"):
                    name = _name(node.get(field))
                    if name:
                        found.setdefault(field, name)
    if publisher:
        found.setdefault("publisher", publisher)
    return found


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, a list of them, or a graph."""
    if isinstance(data, dict):
        yield data
        data = data.get("@graph")
    if isinstance(data, list):
        yield from (node for node in data if isinstance(node, dict))


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for name in map(_name, value) if name]
        return ", ".join(names) or None
    name = value.get("name") if isinstance(value, dict) else value
    return str(name) if isinstance(name, str) and name.strip() else None


def _time(root: Any, what: str) -> str | None:
    """The date of a ``<time>`` or microdata element that is marked as the page's own."""
    for element in root.iter("time"):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        pubdate = what == "published" and ("pubdate" in element.attrib or "publish" in marks)
        if pubdate or (what == "modified" and ("modif" in marks or "updated" in marks)):
            return str(element.get("datetime") or element.text or "")
    return None


def _language(root: Any, *others: str | None) -> str | None:
    for value in (root.get("lang") or root.get("xml:lang"), *others):
        if value and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", value.strip()):
            language, *rest = value.strip().replace("_", "-").split("-")
            return "-".join((language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))  # noqa: PLR2004
    return None


def _words(value: str | None) -> str | None:
    """A value as words: white space folded, markup that it holds read as markup."""
    if not value:
        return None
    if "<" in value and ">" in value:
        from bs4 import BeautifulSoup

        value = str(BeautifulSoup(value, "lxml").get_text())
    return _FOLD.sub(" ", value).strip() or None


def _address(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and re.match(r"https?://\S+$", value.strip()) else None


def _not_address(value: str | None) -> str | None:
    return None if value is None or "://" in value else _words(value)


def _iso(value: Any) -> dt.date | None:
    match = _ISO_DATE.search(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def _date(value: str | None) -> dt.date | None:
    """The date that a value states: in ISO form, or written out in French."""
    return _iso(value) or (_written_date(value.strip()) if value and _PRINTED_DATE.search(value) else None)


@lru_cache(maxsize=1024)
def _written_date(words: str) -> dt.date | None:
    import dateparser

    match = _PRINTED_DATE.search(words)
    settings = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
    found = match and dateparser.parse(match.group().replace("\u00a0", " "), languages=["fr"], settings=settings)
    return found.date() if found else None
