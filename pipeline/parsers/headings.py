"""Lines that serve as headings without being marked up as such, and the depth that they take.

Old pages print a heading as a bold paragraph, a table cell of its own or a large font; page builders as a
``<div class="…-title">`` or the button of an accordion. :func:`promote_headings` finds them among the lines that
are kept and gives them a depth below the real headings around them.
"""

from __future__ import annotations

import re

from pipeline.parsers.judging import FEW_LINKS, Page
from pipeline.parsers.page import Box, Line
from pipeline.sections import heading_kind

_LONGEST = 100
#: A heading has a word: a code (« M1704 »), a figure or a level (« bac + 5 ») set in bold is a value.
_WORD = re.compile(r"[^\W\d_]{4}")
_DEEPEST = 6


def promote_headings(page: Page) -> None:
    """Turn lines that stand as headings into pieces of kind ``heading``, in place."""
    lines = page.lines
    kept = [i for i, line in enumerate(lines) if line.piece.drop is None]
    real = 1 if page.title is not None else 0
    strongest = False
    for position, i in enumerate(kept):
        piece = lines[i].piece
        if piece.kind == "heading":
            real, strongest = piece.depth, False
            continue
        if i == page.title:
            piece.kind, piece.depth, real, strongest = "heading", 1, 1, False
            continue
        following = lines[kept[position + 1]] if position + 1 < len(kept) else None
        style = _style(lines[i], i)
        if style is None or following is None or not _governs(lines[i], following):
            continue
        depth = real + 1 if style == "apart" or not strongest else real + 2
        strongest = strongest or style == "apart"
        piece.kind, piece.depth = "heading", max(1, min(_DEEPEST, depth))


def _style(line: Line, index: int) -> str | None:
    """How a line is set apart: ``apart`` (named, large, a cell or button of its own) or ``strong``; None where it is not."""
    piece = line.piece
    text = piece.text
    if piece.kind not in ("paragraph", "item") or len(text) > _LONGEST or (text[-1] in ".,;…»”)" and not text.endswith("?)")):
        return None
    box = line.box
    alone = box.last - box.first == 1
    if piece.kind == "item":
        return "apart" if line.toggle and alone else None
    if line.toggle and box.first == index:
        return "apart"
    if piece.links > FEW_LINKS or not _WORD.search(text):
        return None
    if alone and (_is_called_title(box) or _is_lone_cell(box)):
        return "apart"
    if line.large or (alone and text.isupper() and len(text) > 4):  # noqa: PLR2004
        return "apart"
    if line.strong:
        return "strong"
    if alone and box.tag in ("div", "td", "p", "center") and len(text) <= 60 and heading_kind(text) and text[0].isupper():  # noqa: PLR2004
        return "strong" if len(text.split()) <= 6 else None  # noqa: PLR2004
    return None


def _is_called_title(box: Box) -> bool:
    """True where a box, or a box around it that holds nothing else, is called a title."""
    for outer in box.around():
        if outer.last - outer.first > 1:
            return False
        if outer.is_a("title"):
            return True
    return False


def _is_lone_cell(box: Box) -> bool:
    """True for the only line of a table: a coloured band with a word in it."""
    for outer in box.around():
        if outer.last - outer.first > 1:
            return False
        if outer.tag == "table":
            return True
    return False


def _governs(line: Line, following: Line) -> bool:
    """A heading has something under it: a longer line, a list, a row, or a heading of a lower rank."""
    piece = following.piece
    if piece.kind in ("item", "row", "term", "definition", "heading"):
        return True
    return len(piece.text) > len(line.piece.text) or following.strong != line.strong or following.box is not line.box
