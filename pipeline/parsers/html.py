"""Scraped HTML pages."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from pipeline.parsers import Parsed
from pipeline.sheet import Piece

_TAG = re.compile(r"<(?:!doctype html|html|head|body|div|p|table|h[1-6])\b", re.IGNORECASE)
_BLOCK = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "td", "th", "section", "article",
          "main", "body", "html", "dl", "dt", "dd", "br", "blockquote", "figure", "figcaption"}


def claims(text: str) -> float:
    """HTML has HTML tags near its beginning."""
    return 0.8 if _TAG.search(text, 0, 20_000) else 0.0


def parse(text: str) -> Parsed:
    """Every visible line of the page, headings and list items told apart."""
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(["script", "style", "nav", "footer", "noscript", "form", "svg", "aside", "head"]):
        tag.decompose()
    pieces: list[Piece] = []
    _walk(soup, pieces, Piece(""))
    return Parsed("html", [p for p in pieces if p.text])


def _walk(node: Tag, pieces: list[Piece], current: Piece) -> Piece:
    for child in node.children:
        if isinstance(child, Tag):
            if child.name in _BLOCK:
                kind = "heading" if re.fullmatch("h[1-6]", child.name) else "item" if child.name == "li" else "paragraph"
                current = Piece("", kind, int(child.name[1]) if kind == "heading" else int(kind == "item"))
                pieces.append(current)
            current = _walk(child, pieces, current)
            if child.name in _BLOCK:
                current = Piece("")
                pieces.append(current)
        elif type(child) is NavigableString:
            if current not in pieces[-1:]:
                pieces.append(current)
            joined = re.sub(r"[ \t\r\n]+", " ", current.text + str(child))
            current.text = joined.lstrip(" ")
    return current
