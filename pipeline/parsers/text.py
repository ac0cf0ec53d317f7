"""Plain text copied from a page."""

from __future__ import annotations

from pipeline.parsers import Parsed
from pipeline.sections import heading_kind
from pipeline.sheet import Piece


def claims(text: str) -> float:  # noqa: ARG001
    """Anything may be plain text; every other format is surer of its own."""
    return 0.1


def parse(text: str) -> Parsed:
    """One piece a line."""
    pieces = []
    for line in text.splitlines():
        words = line.strip()
        if not words:
            continue
        if words[0] in "•-*" and words[1:2].isspace():
            pieces.append(Piece(words[1:].strip(), "item", 1))
        elif len(words) < 80 and (words.startswith("#") or (heading_kind(words) and words[-1] not in ".,;")):
            pieces.append(Piece(words.lstrip("# "), "heading", 2))
        else:
            pieces.append(Piece(words))
    return Parsed("text", pieces)
