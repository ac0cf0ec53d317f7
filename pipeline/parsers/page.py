"""An HTML page laid out flat: its visible lines in reading order, and the boxes that hold them.

:func:`lay_out` walks lxml's tree of the page once, without recursion. Out come one :class:`Line` a block
(heading, paragraph, list item, term, definition, table row, part of a paragraph between two ``<br>``) and
one :class:`Box` a block-level element. A box knows the lines it holds as a range, so that a rule can ask
for its length or link density in constant time, however deep the page nests.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from pipeline.parsers.tables import is_data_table, table_rows
from pipeline.sheet import Piece

#: Never shown by a browser that runs scripts, or no text.
INVISIBLE = frozenset(
    ["script", "style", "template", "svg", "head", "title", "iframe", "frame", "frameset", "object", "embed", "audio", "video", "canvas", "map", "area", "param", "source", "track", "noframes", "datalist", "applet", "math-ml"]
)
_BOXES = frozenset(
    ["address", "article", "aside", "blockquote", "body", "button", "caption", "center", "details", "dialog", "dd", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "label", "legend", "li", "listing", "main", "menu", "nav", "noscript", "ol", "option", "optgroup", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul"]
)
_BREAKS = frozenset(("br", "hr"))
_STRONG = frozenset(("b", "strong", "u", "big"))
_FOLD = re.compile(r"[ \t\n\r\f]+")
_BULLET = re.compile(r"(?:[-–—•·●○▪■▶►➢✓✔→»*\u0095]|\u2022)[ \t\u00a0\u2009\u202f]+(?=\S)")
_NUMBER = re.compile(r"\(?\d{1,2}(?:[.)]|[ \u00a0]?[-–])[ \u00a0]+(?=[^\W\d_])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9à-ÿ]+")
#: A class that tells of a state or of what lies inside, not of what the element is: « has-sidebar ».
_STATE = frozenset(["has", "no", "is", "with", "without", "not", "js", "wp", "hide", "show", "open", "can"])


@lru_cache(maxsize=4096)
def _name_words(name: str) -> str:
    """« relatedPosts widget_recent » → « | related posts | widget recent | », the form that cue patterns read."""
    found = []
    for one in name.split():
        words = _NOT_WORD.sub(" ", _CAMEL.sub(" ", one).lower()).strip()
        if words and words.partition(" ")[0] not in _STATE:
            found.append(words)
    return "| " + " | ".join(found) + " |" if found else ""


class Box:
    """A block-level element: its tag, its names, and the range of lines that it holds."""

    __slots__ = (
        "depth", "element", "first", "group", "heading", "item", "last", "level", "list", "names", "parent", "tag",
    )

    def __init__(self, tag: str, element: Any, parent: Box | None, first: int) -> None:
        self.tag = tag
        self.element = element
        self.parent = parent
        self.first = self.last = first
        self.depth: int = parent.depth + 1 if parent else 0
        #: The heading level, list item, list depth and group that a line straight in this box takes.
        self.heading: int = parent.heading if parent else 0
        self.item: Box | None = parent.item if parent else None
        self.level: int = parent.level if parent else 0
        self.group: int = parent.group if parent else 0
        self.list: str = parent.list if parent else ""
        self.names = _names(element)

    def inside(self, other: Box) -> bool:
        """True where this box is ``other`` or lies in it."""
        box: Box | None = self
        while box is not None and box.depth > other.depth:
            box = box.parent
        return box is other


class Line:
    """A line of the page: its piece, the box that holds it, and how it is printed."""

    __slots__ = ("box", "large", "links", "piece", "strong", "toggle")

    def __init__(self, piece: Piece, box: Box, links: int, *, strong: bool, large: bool) -> None:
        self.piece = piece
        self.box = box
        self.links = links
        self.strong = strong
        self.large = large
        self.toggle = False


class Layout:
    """The lines and boxes of a page, in reading order, with running sums for ranges of lines."""

    def __init__(self, lines: list[Line], boxes: list[Box]) -> None:
        self.lines = lines
        self.boxes = boxes
        self._lengths = [0]
        self._linked = [0.0]
        for line in lines:
            size = len(line.piece.text)
            self._lengths.append(self._lengths[-1] + size)
            self._linked.append(self._linked[-1] + size * line.piece.links)

    def length(self, first: int, last: int) -> int:
        """Characters of the lines from ``first`` up to ``last``."""
        return self._lengths[last] - self._lengths[first]

    def link_density(self, first: int, last: int) -> float:
        """Share of those characters that are inside links."""
        length = self.length(first, last)
        return (self._linked[last] - self._linked[first]) / length if length else 0.0


def _names(element: Any) -> str:
    attributes = element.attrib
    if not attributes:
        return ""
    name = " ".join(attributes[key] for key in ("class", "id", "role", "itemprop", "data-elementor-type") if key in attributes)
    if "itemtype" in attributes:
        name += " itemtype-" + attributes["itemtype"].rstrip("/").rpartition("/")[2]
    return _name_words(name) if name else ""


def _is_toggle(box: Box) -> bool:
    """True where a line straight in ``box`` opens and shuts a panel: its text is the panel's heading."""
    if box.tag == "summary":
        return True
    if box.tag != "button" and "| button |" not in box.names and "| tab |" not in box.names:
        return False
    attributes = box.element.attrib
    return any(key in attributes for key in _TOGGLES) or _ACCORDION.search(box.names) is not None


_TOGGLES = ("aria-controls", "aria-expanded", "data-target", "data-bs-target", "data-toggle", "data-bs-toggle")
_ACCORDION = re.compile(r"\b(accordions?|accordeons?|collaps\w*|acc|toggle|expander)\b")


class _Walk:
    """The state of one walk: the open box and the line that is being gathered."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.box: Box | None = None
        self.parts: list[str] = []
        self.linked = self.strong = self.large = self.groups = 0
        self.link_count = self.in_link = self.in_strong = self.in_large = self.in_pre = 0
        self.after_link = False

    def add(self, text: str) -> None:
        """Gather the words of a text node."""
        if self.in_pre and "\n" in text:
            for i, part in enumerate(text.split("\n")):
                if i:
                    self.flush()
                self._gather(part)
            return
        self._gather(text)

    def _gather(self, text: str) -> None:
        self.parts.append(text)
        size = len(text.strip())
        if size:
            self.after_link = False
            if self.in_link:
                self.linked += size
            if self.in_strong:
                self.strong += size
            if self.in_large:
                self.large += size

    def flush(self) -> None:
        """End the line: what has been gathered becomes one."""
        if not self.parts:
            return
        text = _FOLD.sub(" ", "".join(self.parts)).strip()
        if text and self.box is not None:
            size = len(text)
            piece = Piece(text, links=min(1.0, self.linked / size))
            self._classify(piece, self.box)
            line = Line(piece, self.box, self.link_count, strong=self.strong >= 0.9 * size,
                        large=self.large >= 0.9 * size)
            line.toggle = _is_toggle(self.box)
            self.lines.append(line)
        self.parts.clear()
        self.linked = self.strong = self.large = self.link_count = 0
        self.after_link = False

    def _classify(self, piece: Piece, box: Box) -> None:
        if box.heading:
            piece.kind, piece.depth = "heading", box.heading
        elif box.item is not None and box.item.first == len(self.lines):
            piece.kind, piece.depth, piece.group = "item", box.item.level, box.item.group
            piece.ordered = box.item.list == "ol"
        elif box.list in ("dt", "dd"):
            piece.kind, piece.group = ("term" if box.list == "dt" else "definition"), box.group

    def open(self, tag: str, element: Any) -> None:
        """A block-level element begins."""
        self.flush()
        box = Box(tag, element, self.box, len(self.lines))
        self.box = box
        self.boxes.append(box)
        if tag in _OPENERS:
            self._open_special(tag, element, box)

    def _open_special(self, tag: str, element: Any, box: Box) -> None:
        if len(tag) == 2 and tag[0] == "h":  # noqa: PLR2004 - h1 to h6
            box.heading = int(tag[1])
        elif tag in ("ul", "ol", "menu", "dir"):
            self.groups += 1
            box.group, box.level, box.list, box.item, box.heading = self.groups, box.level + 1, tag, None, 0
        elif tag == "li":
            box.item = box
            if box.level == 0 or box.list not in ("ul", "ol", "menu", "dir"):  # an <li> without its list
                box.level, box.list = max(box.level, 1), "ul"
        elif tag == "dl":
            self.groups += 1
            box.group, box.list, box.item, box.heading = self.groups, "", None, 0
        elif tag in ("dt", "dd"):
            box.list, box.item = tag, None
        elif tag == "table":
            self.groups += 1
            box.group, box.list, box.item, box.heading, box.level = self.groups, "", None, 0, 0
        elif tag == "pre":
            self.in_pre += 1
        elif element.get("role") == "heading":
            level = element.get("aria-level", "2")
            box.heading = min(6, int(level)) if level.isdigit() and level != "0" else 2

    def close(self) -> None:
        """The open block-level element ends."""
        self.flush()
        box = self.box
        if box is not None:
            box.last = len(self.lines)
            if box.tag == "pre":
                self.in_pre -= 1
            self.box = box.parent

    def table(self, element: Any) -> None:
        """Lines of a data table: one a row."""
        box = self.box
        if box is None:
            return
        for piece, links, strong in table_rows(element):
            piece.group = box.group
            self.lines.append(Line(piece, box, links, strong=strong, large=False))


_OPENERS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "dir", "li", "dl", "dt", "dd", "table", "pre", "div", "p", "span"])


def lay_out(root: Any) -> Layout:
    """The visible lines and the boxes of the page whose tree is ``root``."""
    walk = _Walk()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        if event == "start":
            if tag in INVISIBLE:
                events.skip_subtree()
                continue
            if tag in _BOXES or "-" in tag:
                if walk.box is not None and walk.box.heading and tag in ("button", "div", "p", "label"):
                    walk.parts.append(" ")  # a heading is one line, whatever it is built from
                else:
                    walk.open(tag, element)
                    if tag == "table" and is_data_table(element):
                        walk.table(element)
                        events.skip_subtree()
                        continue
            elif tag in _BREAKS:
                if walk.box is not None and walk.box.heading:
                    walk.parts.append(" ")
                else:
                    walk.flush()
            else:
                _open_inline(walk, tag, element)
            if element.text:
                walk.add(element.text)
            continue
        if tag in _BOXES or "-" in tag:
            if walk.box is not None and walk.box.element is element:
                walk.close()
            else:
                walk.parts.append(" ")
        elif tag not in INVISIBLE and tag not in _BREAKS:
            _close_inline(walk, tag, element)
        if element.tail:
            walk.add(element.tail)
    walk.flush()
    _read_printed_markers(walk)
    return Layout(walk.lines, walk.boxes)


def _open_inline(walk: _Walk, tag: str, element: Any) -> None:
    if tag == "a":
        if _is_link(walk, element):
            if walk.after_link:
                walk.parts.append(" ")  # two links side by side are two words
            walk.in_link += 1
            walk.link_count += 1
    elif tag in _STRONG:
        walk.in_strong += 1
    elif _is_large(tag, element):
        walk.in_large += 1


def _close_inline(walk: _Walk, tag: str, element: Any) -> None:
    if tag == "a":
        if _is_link(walk, element):
            walk.in_link -= 1
            walk.after_link = True
    elif tag in _STRONG:
        walk.in_strong -= 1
    elif _is_large(tag, element):
        walk.in_large -= 1


def _is_link(walk: _Walk, element: Any) -> bool:
    """A way to elsewhere; in a heading, a link to a place of the page is its permanent link or its panel."""
    target = element.get("href")
    if target is None:
        return False
    return not (target.startswith("#") and walk.box is not None and walk.box.heading)


def _is_large(tag: str, element: Any) -> bool:
    return tag == "font" and element.get("size", "3").strip() in ("4", "5", "6", "7", "+1", "+2", "+3", "+4")


def _read_printed_markers(walk: _Walk) -> None:
    """Lines that the author numbered or dashed by hand become list items: two or more in a row."""
    lines = walk.lines
    start = 0
    while start < len(lines):
        pattern = next((p for p in (_BULLET, _NUMBER) if _marked(lines[start], p)), None)
        end = start + 1
        if pattern is not None:
            while end < len(lines) and lines[end].box is lines[start].box and _marked(lines[end], pattern):
                end += 1
            if end - start > 1 or lines[start].box.item is not None:
                walk.groups += 1
                for line in lines[start:end]:
                    _strip_marker(line.piece, pattern, walk.groups)
        start = end


def _marked(line: Line, pattern: re.Pattern[str]) -> bool:
    return line.piece.kind in ("paragraph", "item") and pattern.match(line.piece.text) is not None


def _strip_marker(piece: Piece, pattern: re.Pattern[str], group: int) -> None:
    match = pattern.match(piece.text)
    if match is None:
        return
    if pattern is _NUMBER:
        piece.marker, piece.ordered = match.group(), True
    piece.text = piece.text[match.end() :]
    if piece.kind != "item":
        piece.kind, piece.depth, piece.group = "item", 1, group
