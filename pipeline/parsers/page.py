"""An HTML page laid out flat: its visible lines in reading order, and the boxes that hold them.

:func:`lay_out` goes once through the page's elements and words (:mod:`pipeline.parsers.soup`).
Out come one line a block (heading, paragraph, list item, term, definition, table row, part of a paragraph between two
``<br>``) and one box a block-level element (:mod:`pipeline.parsers.boxes`). A box knows the lines it holds as a range, so
that a rule can ask for its length or link density in constant time, however deep the page nests.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from lxml import etree

from pipeline.parsers.boxes import Box, Layout, Line
from pipeline.parsers.names import Names, names_of
from pipeline.parsers.printed import read_printed_markers
from pipeline.parsers.soup import BLOCKS, INVISIBLE, Cut
from pipeline.parsers.spans import CELLS, HOLDERS, row_of
from pipeline.parsers.tables import GRIDS, is_data_table, table_rows
from pipeline.remembered import Remembered
from pipeline.sheet import Piece

_BOXES = BLOCKS.union(
    ("address", "blockquote", "button", "caption", "center", "details", "dialog", "dir", "fieldset", "figcaption",
     "figure", "footer", "form", "hgroup", "label", "legend", "listing", "menu", "noscript", "optgroup", "option", "pre",
     "search", "select", "summary", "textarea", "tfoot")
)  # fmt: skip
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_GROUPS = frozenset((*_LISTS, "dl", "table"))
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SHAPING = frozenset((*_GROUPS, *_HEADINGS, "dd", "dt", "li", "pre"))
_MAYBE_HEADINGS = frozenset(("div", "p", "button"))
_BREAKS = frozenset(("br", "hr"))
_STRONG = frozenset(("b", "strong", "u", "big"))
_LARGE_SIZES = frozenset(("4", "5", "6", "7", "+1", "+2", "+3", "+4"))
#: From this share on, all of a line counts as bold or large.
_NEARLY_ALL = 0.9
_FOLD = re.compile(r"[ \t\n\r\f]+")
#: Signs that editors leave in empty lines: they hold no words.
_BLANK = "\u200b\ufeff"
_TIES = frozenset((",", ";"))


class _Walk:
    """One walk through a page: the open box and the line that is being gathered.

    The soup is gone down by recursion, for it is never deep; what has been cut from it stands in lxml's tree, which may be.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.box: Box | None = None
        self.parts: list[str] = []
        self.linked = self.strong = self.large = self.links = self.groups = 0
        self.in_link = self.in_strong = self.in_large = self.in_pre = 0
        self.after_link = False
        self.tie = ""
        self.fresh: Box | None = None  # the open box, that nothing has begun in yet and that may hold a row

    def soup(self, element: Tag) -> None:
        """Go through what stands in an element of a soup."""
        parts = self.parts
        child: Any
        for child in element.contents:
            if isinstance(child, Tag):
                tag = child.name
                role = _ROLES[tag]
                if self.start(role, tag, child):
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
            role = _ROLES[tag]
            if event == "start":
                if role == _UNSEEN or not self.start(role, tag, element):
                    walk.skip_subtree()
                    continue
                words = element.text
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
                self.add(words, apart=role != _UNSEEN)

    def start(self, role: int, tag: str, element: Any) -> bool:
        """An element begins; False where it has been read to its end, as a data table is."""
        box = self.box
        if self.fresh is not None:
            if tag in CELLS and not self.parts:
                self.look_for_row(self.fresh)
            self.fresh = None
        if role == 0 and box is not None and box.place.heading and _is_heading_link(tag, element):
            self.open(tag, element).own_place().heading = 0  # no words of the heading
            return True
        if role == _BOX or (box is not None and box.row and role != _BREAK):  # an inline element set apart is a box
            if box is not None and box.place.heading and tag in _INSIDE_HEADINGS:
                self.space()  # a heading is one line, whatever it is built from
                return True
            if self.open(tag, element).tag == "table" and is_data_table(element):
                self.table(element)
                return False
        elif role == _MARK:
            self.mark(tag, element, 1)
        elif role == _BREAK:
            self.line_break()
        return True

    def end(self, role: int, tag: str, element: Any) -> None:
        """An element that is no box ends."""
        if role == _BOX:
            self.space()
        elif role == _MARK:
            self.mark(tag, element, -1)

    def add(self, text: str, *, apart: bool = True) -> None:
        """Gather the words of a text node, ``apart`` where an element ends or begins; white space alone opens no line."""
        parts = self.parts
        if parts and apart and (text[:1].isupper() or text[:1].isdigit()) and _begins_anew(parts[-1], text):
            parts.append(" ")
        parts.append(text)
        if self.in_link or self.in_strong or self.in_large or self.after_link:
            size = len(text.strip())
            if size:
                self.after_link = False
                self.linked += size if self.in_link else 0
                self.strong += size if self.in_strong else 0
                self.large += size if self.in_large else 0

    def add_lines(self, text: str) -> None:
        """Gather the words of a text node whose line ends are meant."""
        if "\n" in text:
            first, *others = text.split("\n")
            self.add(first)
            for line in others:
                self.flush()
                self.add(line)
        elif self.parts or not text.isspace():
            self.add(text)

    def space(self) -> None:
        """Part two words that stand in one line."""
        if self.parts:
            self.parts.append(" ")

    def flush(self) -> None:
        """End the line: what has been gathered becomes one."""
        if not self.parts:
            return
        text = "".join(self.parts)
        self.parts.clear()
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = _FOLD.sub(" ", text)
        text = text.strip()
        if text[:1] in _BLANK:
            text = text.lstrip(_BLANK)
        box = self.box
        if text and box is not None and not ((self.tie or text in _TIES) and self._continues(text)):
            size = len(text)
            links = min(1.0, self.linked / size) if self.linked else 0.0
            strong = self.strong > 0 and self.strong >= _NEARLY_ALL * size
            large = self.large > 0 and self.large >= _NEARLY_ALL * size
            piece = _piece(text, links, box, len(self.lines))
            self.lines.append(Line(piece, box, self.links, strong, large))
        self.linked = self.strong = self.large = self.links = 0
        self.after_link = False

    def _continues(self, text: str) -> bool:
        """Join what a comma of its own line ties to the line before: the items of a list that is printed in one line."""
        if text in _TIES:
            self.tie = text if self.lines else ""
            return bool(self.lines)
        if self.tie and self.box is not None:
            last = self.lines[-1]
            if last.box.parent is self.box.parent or last.box is self.box:
                last.piece.text += f"{self.tie} {text}"
                last.links += self.links
                self.tie = ""
                return True
            last.piece.text += self.tie
            self.tie = ""
        return False

    def open(self, tag: str, element: Any) -> Box:
        """A block-level element begins: its box."""
        if self.parts:
            self.flush()
        parent = self.box
        attributes: Any
        if isinstance(element, Tag):
            attributes = element.attrs
            names: Names = vars(element)["names"]
        else:
            attributes = element.items()
            names = names_of(tag, attributes)
        box = self.box = Box(tag, element, names, parent, len(self.lines))
        self.boxes.append(box)
        if tag in _SHAPING:
            self._shape(box)
        elif parent is not None and parent.row:
            self._open_cell(box, parent)
        elif attributes and tag in _MAYBE_HEADINGS:
            role = element.get("role")
            if role == "heading":
                level = element.get("aria-level", "2")
                box.own_place().heading = int(level) if level in "123456" and level else 2
            elif role in GRIDS:
                box.tag = "table"
                self._shape(box)
        if tag in HOLDERS and not box.place.heading:
            self.fresh = box
        return box

    def _shape(self, box: Box) -> None:
        """A box begins that its tag alone gives a meaning for the lines in it."""
        tag, place = box.tag, box.own_place()
        if tag == "li":
            place.item, place.level = box, place.level or 1
        elif tag in _GROUPS:
            self.groups += 1
            place.group, place.item, place.heading = self.groups, None, 0
            place.part = tag if tag in _LISTS else ""
            place.level = place.level + 1 if tag in _LISTS else 0 if tag == "table" else place.level
        elif tag in _HEADINGS:
            place.heading = _HEADINGS[tag]
        elif tag == "pre":
            self.in_pre += 1
        else:
            place.part, place.item = tag, None

    def _open_cell(self, box: Box, row: Box) -> None:
        """An inline element set apart begins: a label, its value, or an item."""
        place = box.own_place()
        if row.row == "chips":
            place.item, place.level = box, max(place.level, 1)
        else:
            before = self.boxes[-2]
            place.part, place.item = ("dd" if before.place.part == "dt" and before.parent is row else "dt"), None

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
        self.in_pre -= box.tag == "pre"
        self.box = box.parent
        self.fresh = None

    def table(self, element: Any) -> None:
        """Lines of a data table, one a row or list item."""
        box = self.box
        if box is not None:
            headings = (x.piece.depth for x in reversed(self.lines) if x.piece.kind == "heading" and x.box.tag != "table")
            above = next(headings, 1)
            for piece, links in table_rows(element):
                if piece.kind == "heading":
                    piece.depth = min(above + 1, len(_HEADINGS))
                    self.groups += 1
                piece.group = self.groups if piece.kind == "item" else box.place.group
                self.lines.append(Line(piece, box, links, False, False))

    def line_break(self) -> None:
        """A ``<br>`` ends a line, but not a heading."""
        if self.box is not None and self.box.place.heading:
            self.space()
        else:
            self.flush()

    def mark(self, tag: str, element: Any, step: int) -> None:
        """A link, bold or large print begins (``step`` 1) or ends (-1)."""
        if tag == "a":
            target = element.get("href")
            # In a heading, a link to a place of the page is its permanent link, or opens its panel.
            if target is not None and not (target[:1] == "#" and self.box is not None and self.box.place.heading):
                if step > 0 and self.after_link:
                    self.parts.append(" ")  # two links side by side are two words
                self.in_link += step
                self.links += step > 0
                self.after_link = step < 0
        elif tag in _STRONG:
            self.in_strong += step
        elif tag == "font" and (element.get("size") or "").strip() in _LARGE_SIZES:
            self.in_large += step


def _begins_anew(before: str, text: str) -> bool:
    """Whether ``text``, which begins with a capital or a figure, is no part of the word that ends the element before it.

    « <time>9 h 30</time>Revue de presse », « <b>01</b>Missions », « Débutant<b>2 100 €</b> »: a style sheet that the page does
    not hold sets them apart.
    """
    last = before[-1:]
    if text[0].isdigit():
        return last.islower() and len(text) > _LONGEST_INDEX
    return text[1:2].islower() and (last in _ENDS or last.isdigit() or (last.islower() and before[-2:-1].isalpha()))


def _is_heading_link(tag: str, element: Any) -> bool:
    """Whether an element in a heading is a link to the place that the heading marks, or to what changes the text below it."""
    names: Names = vars(element)["names"] if isinstance(element, Tag) else names_of(tag, element.items())
    return "heading-link" in names.rules


_ENDS = frozenset(".!?…»):;,€%")
#: Characters of the number of a note, or of a chemical formula, that belongs to the word before it.
_LONGEST_INDEX = 2
_INSIDE_HEADINGS = frozenset(("button", "div", "p", "label", "summary"))
_BOX, _BREAK, _MARK, _UNSEEN = 1, 2, 3, 4


def _role(tag: str) -> int:
    """What an element is to the lines around it; 0 for an inline element that is nothing to them."""
    if tag in INVISIBLE:
        return _UNSEEN
    if tag in _BREAKS:
        return _BREAK
    if tag in _STRONG or tag in ("a", "font"):
        return _MARK
    return _BOX if tag in _BOXES or "-" in tag else 0  # an element of the site's own making is a box


_ROLES = Remembered(_role)


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


def _piece(text: str, links: float, box: Box, number: int) -> Piece:
    """Line ``number`` of a page, straight in ``box``."""
    place = box.place
    if place.heading:
        return Piece(text, "heading", place.heading, links=links)
    item = place.item
    if item is not None and item.first == number:
        return Piece(text, "item", item.place.level, item.place.group, item.place.part == "ol", links=links)
    if place.part == "dt":
        return Piece(text, "term", group=place.group, links=links)
    if place.part == "dd":
        return Piece(text, "definition", group=place.group, links=links)
    return Piece(text, links=links)
