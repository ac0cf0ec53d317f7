"""Scraped HTML pages → pieces in reading order, boilerplate marked, and the page's metadata.

One tree is built, lxml's own, and walked once (:mod:`pipeline.parsers.page`); rules on boxes
(:mod:`pipeline.parsers.boilerplate`) and on words (:mod:`pipeline.parsers.noise`) then mark what is no part of
the sheet.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lxml import etree

from pipeline.errors import RejectedInput
from pipeline.parsers import Parsed
from pipeline.parsers.boilerplate import drop_orphans, mark_boilerplate, spread_openers
from pipeline.parsers.headings import promote_headings
from pipeline.parsers.metadata import read_metadata
from pipeline.parsers.noise import mark_noise
from pipeline.parsers.page import lay_out
from pipeline.sheet import Metadata

_TAG = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|h[1-6])\b", re.IGNORECASE)
_TOO_DEEP = "Excessive depth"


def claims(text: str) -> float:
    """HTML has HTML tags near its beginning."""
    return 0.8 if _TAG.search(text, 0, 20_000) else 0.0


def parse(text: str) -> Parsed:
    """The lines of the page, those that are no part of its sheet marked."""
    root = read_tree(text)
    metadata = read_metadata(root)
    layout = lay_out(root)
    page = mark_boilerplate(layout, metadata.title)
    pieces = [line.piece for line in layout.lines]
    promote_headings(page)
    before = [piece.drop is not None for piece in pieces]
    stated = mark_noise(pieces)
    spread_openers(page, before)
    drop_orphans(page)
    return Parsed("html", pieces, _complete(metadata, stated))


def _complete(metadata: Metadata, stated: Metadata) -> Metadata:
    """What the page's head says, completed by what its bylines say."""
    found = {name: getattr(stated, name) for name in ("author", "published", "modified") if getattr(metadata, name) is None}
    return replace(metadata, **found)


def read_tree(text: str) -> Any:
    """Lxml's tree of a page. Raises :class:`RejectedInput` where it nests too deep to be a page."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    last = parser.error_log.last_error
    if last is not None and _TOO_DEEP in (last.message or ""):
        raise RejectedInput("too-deep", "The page nests more than 2,000 elements: it is broken or hostile. Save it anew.")
    if root is None:
        raise RejectedInput("not-a-sheet", "The page holds no element.")
    return root
