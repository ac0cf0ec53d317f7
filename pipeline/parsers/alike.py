"""Lists that are printed without list markup: short lines, one below the other, each in a box of the same build.

Page builders and component libraries set the items of a list in ``<div class="css-1k2"><span>…</span></div>``. What gives
the list away is that its boxes have a class of their own, stand side by side, and hold no sentences.
"""

from __future__ import annotations

from itertools import groupby

from pipeline.parsers.boxes import Box, Line
from pipeline.parsers.judging import FEW_LINKS, Page

#: Items that make a list; characters of an item.
_LEAST, _SHORTEST, _LONGEST = 2, 3, 160
_TAGS = frozenset(("article", "div", "p", "section"))
#: What a sentence ends in, or a label before what it names.
_CLOSED = frozenset(".!?:;…»")


def list_alike(page: Page) -> None:
    """Turn runs of plain lines in boxes of one build into list items, in place."""
    builds = [None if line.piece.drop else _build(page, i, line) for i, line in enumerate(page.lines)]
    at = 0
    group = None
    for build, run in groupby(builds):
        size = sum(1 for _ in run)
        lines = page.lines[at : at + size]
        at += size
        if build is None or size < _LEAST:
            continue
        group = page.groups() + 1 if group is None else group + 1
        for line in lines:
            line.piece.kind, line.piece.depth, line.piece.group = "item", 1, group


def _build(page: Page, i: int, line: Line) -> tuple[int, str, str] | None:
    """The box around the box that a line stands alone in, and the latter's tag and class; None where it may be no item."""
    piece = line.piece
    text = piece.text
    if piece.kind != "paragraph" or line.toggle or i == page.title or piece.links > FEW_LINKS:
        return None
    if not _SHORTEST <= len(text) <= _LONGEST or text[-1] in _CLOSED:
        return None
    box: Box = line.box
    if box.last - box.first > 1:
        return None
    while box.parent is not None and box.parent.last - box.parent.first == 1:
        box = box.parent
    names = box.element.get("class")
    if box.parent is None or box.tag not in _TAGS or not names:
        return None
    return id(box.parent), box.tag, names
