"""Lists that an author printed by hand: lines of a page that begin with a number or a dash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parsers.boxes import Line
from pipeline.sheet import Piece

_MARKS = "-–—•·●○▪■▶►➢✓✔→»*\u0095"
_BULLET = re.compile(f"[{_MARKS}][ \t\u00a0\u2009\u202f]+(?=\\S)")
_NUMBER = re.compile(r"\(?\d{1,2}(?:[.)]|[ \u00a0]?[-–])[ \u00a0]+(?=[^\W\d_])")


def read_printed_markers(lines: Sequence[Line], groups: int) -> None:
    """Turn lines that the author numbered or dashed by hand into list items: two or more in a row.

    ``groups`` is the number of groups that the page has without them.
    """
    end = 0
    for start in [i for i, line in enumerate(lines) if not line.piece.text[0].isalpha()]:  # few of most pages
        first = lines[start].piece.text[0]
        pattern = _NUMBER if first == "(" or first.isdecimal() else _BULLET
        if start < end or (pattern is _BULLET and first not in _MARKS) or not _is_marked(lines[start], pattern):
            continue
        end = start + 1
        while end < len(lines) and lines[end].box.parent is lines[start].box.parent and _is_marked(lines[end], pattern):
            end += 1
        if end - start > 1 or lines[start].piece.kind == "item":
            groups += 1
            for line in lines[start:end]:
                _strip_marker(line.piece, pattern, groups)


def _is_marked(line: Line, pattern: re.Pattern[str]) -> bool:
    return line.piece.kind in ("paragraph", "item", "definition") and pattern.match(line.piece.text) is not None


def _strip_marker(piece: Piece, pattern: re.Pattern[str], group: int) -> None:
    match = pattern.match(piece.text)
    if match is None:
        return
    if pattern is _NUMBER:
        piece.marker, piece.ordered = match.group(), True
    piece.text = piece.text[match.end() :]
    if piece.kind != "item":
        piece.kind, piece.depth, piece.group = "item", 1, group
