"""Scraped HTML pages → pieces in reading order, boilerplate marked, and the page's metadata.

lxml reads the page, is asked for its metadata (:mod:`pipeline.parsers.metadata`) and cuts it to what can be content;
BeautifulSoup, on lxml, reads that (:mod:`pipeline.parsers.soup`). One walk lays both out in lines and boxes
(:mod:`pipeline.parsers.page`). Rules on boxes (:mod:`pipeline.parsers.boilerplate`) and on words
(:mod:`pipeline.parsers.noise`) then mark what is no part of the sheet; lines that stand as headings become headings
(:mod:`pipeline.parsers.headings`), those that stand as lists become items (:mod:`pipeline.parsers.alike`).
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pipeline.errors import RejectedInput
from pipeline.parsers import Parsed
from pipeline.parsers.alike import list_alike
from pipeline.parsers.boilerplate import drop_orphans, mark_boilerplate
from pipeline.parsers.headings import pair_labels, panel_headings, promote_headings, with_panel_headings
from pipeline.parsers.metadata import complete, read_bylines, read_metadata
from pipeline.parsers.noise import mark_noise
from pipeline.parsers.openers import spread_openers
from pipeline.parsers.page import lay_out
from pipeline.parsers.soup import read_soup

_DOCUMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_OPENING = re.compile(
    r"</?(?:!doctype html|html|head|body|title|meta|div|p|span|table|tr|td|ul|ol|li|dl|dt|h[1-6]|section|article|main|header"
    r"|footer|nav|a|b|strong|em|i|font|center|details|form)\b[^<>]*>",
    re.IGNORECASE,
)
_XML = re.compile(r"\s*<\?xml\b(?!.{0,300}<(?:!doctype\s+)?html\b)", re.IGNORECASE | re.DOTALL)
_SEEN = 30_000
#: Tags a thousand characters from which a text is a fragment of a page rather than prose with a tag in it.
_FRAGMENT_TAGS = 3


def claims(text: str) -> float:
    """HTML opens as a document, or has block or inline tags throughout; a stray ``<br/>`` is none."""
    if _DOCUMENT.match(text[:_SEEN]):
        return 0.95
    if _XML.match(text[:_SEEN]):
        return 0.0
    part = text[:_SEEN]
    tags = sum(1 for _ in _OPENING.finditer(part))
    if not tags:
        return 0.0
    if part.lstrip()[:1] == "<" and _OPENING.match(part.lstrip()):
        return 0.9
    return 0.8 if tags * 1000 >= _FRAGMENT_TAGS * len(part) and tags > 1 else 0.05


def parse(text: str) -> Parsed:
    """The lines of the page, those that are no part of its sheet marked. Raises :class:`RejectedInput`."""
    root = read_tree(text)
    metadata = read_metadata(root)
    layout = lay_out(read_soup(root))
    page = mark_boilerplate(layout, metadata.title)
    kept = page.kept_lines()
    pair_labels(page, kept)
    list_alike(page)
    promote_headings(page, kept)
    pieces = layout.pieces
    printed = mark_noise(pieces, page.headline)
    spread_openers(page, kept)
    drop_orphans(page)
    pieces = with_panel_headings(pieces, panel_headings(page, root))
    return Parsed("html", pieces, complete(metadata, printed, read_bylines(pieces)))


def read_tree(text: str) -> Any:
    """Lxml's tree of a page. Raises :class:`RejectedInput` where it nests too deep or holds no element."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        root = None
    last = parser.error_log.last_error
    if last is not None and "depth" in (last.message or ""):
        raise RejectedInput("too-deep", "The page nests more than 2,000 elements: it is broken or hostile. Save it anew.")
    if root is None:
        raise RejectedInput("not-a-sheet", "The page holds no element: save it anew.")
    return root
