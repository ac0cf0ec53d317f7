"""An HTML page laid out flat: its visible lines in reading order, and the boxes that hold them.

:func:`lay_out` goes once through the page's elements and words (:mod:`pipeline.parsers.soup`).
Out come one line a block (heading, paragraph, list item, term, definition, table row, part of a paragraph between two
``<br>``) and one box a block-level element (:mod:`pipeline.parsers.boxes`). A box knows the lines it holds as a range, so
that a rule can ask for its length or link density in constant time, however deep the page nests.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from lxml import etree

from pipeline.parsers.boxes import Box, Layout, Line
from pipeline.parsers.gathering import Gatherer
from pipeline.parsers.names import Names, names_of
from pipeline.parsers.printed import read_printed_markers
from pipeline.parsers.shapes import BOX, BREAK, HEADINGS, MARK, ROLES, SHAPING, UNSEEN, shape, shape_cell
from pipeline.parsers.soup import Cut
from pipeline.parsers.spans import CELLS, HOLDERS, row_of
from pipeline.parsers.table_cells import GRIDS
from pipeline.parsers.tables import is_data_table, table_rows

_MAYBE_HEADINGS = frozenset(("div", "p", "button"))
_INSIDE_HEADINGS = frozenset(("button", "div", "p", "label", "summary"))


class _Walk(Gatherer):
    """One walk through the elements of a page: its boxes, and its words handed on to be gathered in lines.

    The soup is gone down by recursion, for it is never deep; what has been cut from it stands in lxml's tree, which may be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[Box] = []
        self.groups = self.in_pre = 0
        self.fresh = False  # nothing has begun yet in the open box, which may hold a row

    def soup(self, element: Tag) -> None:
        """Go through what stands in an element of a soup."""
        parts = self.parts
        child: Any
        for child in element.contents:
            if isinstance(child, Tag):
                tag = child.name
                role = ROLES[tag]
                if self.start(role, tag, child) and child.contents:
                    self.soup(child)
                box = self.box
                if box is not None and box.element is child:
                    self.close(box)
                elif role:
                    self.end(role, tag, child)
            elif isinstance(child, Cut):
                self.tree(child.element)
            elif self.in_pre:
                self.add_lines(child)
            elif parts or not child.isspace():
                self.add(str(child))

    def tree(self, top: Any) -> None:
        """Go through an element of lxml's tree."""
        parts = self.parts
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            role = ROLES[tag]
            if event == "start":
                if role == UNSEEN or not self.start(role, tag, element):
                    walk.skip_subtree()
                    continue
                words = element.text
                if tag == "li" and len(element) == 1 and self.linked_item(words, element[0]):
                    walk.skip_subtree()
                    continue
            else:
                box = self.box
                if box is not None and box.element is element:
                    self.close(box)
                elif role:
                    self.end(role, tag, element)
                words = element.tail if element is not top else None
            if not words:
                continue
            if self.in_pre:
                self.add_lines(words)
            elif parts or not words.isspace():
                self.add(words, apart=role != UNSEEN)

    def linked_item(self, words: str | None, link: Any) -> bool:
        """Read at once the usual item of a menu, nothing but a link without markup; False where it is anything else."""
        text = link.text
        if link.tag != "a" or len(link) or self.marked or self.in_pre or not text or text.isspace():
            return False
        if (words and not words.isspace()) or (link.tail and not link.tail.isspace()) or not self.is_link(link):
            return False
        self.add_link(text)
        return True

    def start(self, role: int, tag: str, element: Any) -> bool:
        """An element begins; False where it has been read to its end, as a data table is."""
        box = self.box
        if role == BOX:
            if box is not None and box.place.heading and tag in _INSIDE_HEADINGS:
                self.space()  # a heading is one line, whatever it is built from
            elif self.open(tag, element).tag == "table" and is_data_table(element):
                self.table(element)
                return False
            return True
        if self.fresh:
            self.fresh = False
            if tag in CELLS and box is not None and not self.parts:
                self.look_for_row(box)
        if role == BREAK:
            self.line_break()
        elif role == 0 and box is not None and box.place.heading and _is_heading_link(tag, element):
            self.open(tag, element).own_place().heading = 0  # no words of the heading
        elif box is not None and box.row:  # an inline element set apart is a box
            self.open(tag, element)
        elif role == MARK:
            self.mark(tag, element, 1)
        return True

    def end(self, role: int, tag: str, element: Any) -> None:
        """An element that is no box ends."""
        if role == BOX:
            self.space()
        elif role == MARK:
            self.mark(tag, element, -1)

    def open(self, tag: str, element: Any) -> Box:
        """A block-level element begins: its box."""
        if self.parts:
            self.flush()
        parent = self.box
        attributes: Any
        names: Names
        if isinstance(element, Tag):
            attributes, names = element.attrs, vars(element)["names"]
        else:
            attributes = element.items()
            names = names_of(tag, attributes)
        box = self.box = Box(tag, element, names, parent, len(self.lines))
        self.boxes.append(box)
        if tag in SHAPING:
            self.groups = shape(box, self.groups)
        elif tag == "pre":
            self.in_pre += 1
        elif parent is not None and parent.row:
            shape_cell(box, parent, self.boxes[-2])
        elif attributes and tag in _MAYBE_HEADINGS:
            role = element.get("role")
            if role is not None:
                self.play(role, box)
        self.fresh = tag in HOLDERS and not box.place.heading
        return box

    def play(self, role: str, box: Box) -> None:
        """A box begins that is a heading or a table to those who do not see the page."""
        if role == "heading":
            level = box.element.get("aria-level", "2")
            box.own_place().heading = int(level) if level in "123456" and level else 2
        elif role in GRIDS:
            box.tag = "table"
            self.groups = shape(box, self.groups)

    def look_for_row(self, box: Box) -> None:
        """Tell whether all that stands in ``box``, which opens with what may be a cell, makes a row."""
        box.row = row_of(box.element)
        if box.row:
            self.groups += 1
            box.own_place().group = self.groups

    def close(self, box: Box) -> None:
        """The open block-level element ends."""
        if self.parts:
            self.flush()
        box.last = len(self.lines)
        if box.tag == "pre":
            self.in_pre -= 1
        self.box = box.parent
        self.fresh = False

    def line_break(self) -> None:
        """A ``<br>`` ends a line, but not a heading."""
        if self.box is not None and self.box.place.heading:
            self.space()
        else:
            self.flush()

    def table(self, element: Any) -> None:
        """Lines of a data table, one a row or list item."""
        box = self.box
        if box is not None:
            headings = (x.piece.depth for x in reversed(self.lines) if x.piece.kind == "heading" and x.box.tag != "table")
            above = next(headings, 1)
            for piece, links in table_rows(element):
                if piece.kind == "heading":
                    piece.depth = min(above + 1, len(HEADINGS))
                    self.groups += 1
                piece.group = self.groups if piece.kind == "item" else box.place.group
                self.lines.append(Line(piece, box, links, False, False))


def _is_heading_link(tag: str, element: Any) -> bool:
    """Whether an element in a heading is a link to the place that the heading marks, or to what changes the text below it."""
    names: Names = vars(element)["names"] if isinstance(element, Tag) else names_of(tag, element.items())
    return "heading-link" in names.rules


def lay_out(page: Any) -> Layout:
    """The visible lines and the boxes of a page: its soup, or lxml's tree of it."""
    walk = _Walk()
    if isinstance(page, BeautifulSoup):
        walk.soup(page)
    else:
        walk.tree(page)
    walk.flush()
    read_printed_markers(walk.lines, walk.groups)
    return Layout(walk.lines, walk.boxes)
