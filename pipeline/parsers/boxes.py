"""What a page laid out flat consists of: lines, the boxes that hold them, and the place that a line takes from its boxes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from operator import mul
from typing import Any

from pipeline.parsers.names import Names
from pipeline.sheet import Piece

#: Attributes of a button or link that opens and shuts a panel.
_TOGGLES = ("aria-controls", "aria-expanded", "data-target", "data-bs-target", "data-toggle", "data-bs-toggle")


class Place:
    """What a line takes from the elements that it stands in; boxes that shape no lines share that of the box around them.

    The level of the heading that it lies in, the depth and group of its list, and ``ul``, ``ol``, ``dt`` or ``dd``.
    """

    __slots__ = ("group", "heading", "level", "part")

    heading: int
    level: int
    group: int
    part: str

    def __init__(self, around: Place | None = None) -> None:
        if around is None:
            self.heading = self.level = self.group = 0
            self.part = ""
        else:
            self.heading, self.level, self.group = around.heading, around.level, around.group
            self.part = around.part


_NOWHERE = Place()


class Box:
    """A block-level element: its tag, what its names say, and the range of lines that it holds.

    ``place`` is what a line straight in the box takes from those around it, ``item`` the list item that it lies in.
    ``row`` says that the box holds nothing but inline elements set apart (:mod:`pipeline.parsers.spans`). ``last``, the line
    after its own, is known once it has ended.
    """

    __slots__ = ("element", "first", "item", "last", "names", "parent", "place", "row", "tag")

    last: int

    def __init__(self, tag: str, element: Any, names: Names, parent: Box | None, first: int) -> None:
        self.tag = tag
        self.element = element
        self.names = names
        self.parent = parent
        self.first = first
        self.place: Place
        self.item: Box | None
        if parent is None:
            self.place, self.item = _NOWHERE, None
        else:
            self.place, self.item = parent.place, parent.item
        self.row = ""

    def own_place(self) -> Place:
        """The place of the box, no longer shared, to be changed."""
        place = self.place = Place(self.place)
        return place

    def is_a(self, rule: str) -> bool:
        """True where a name of the box answers to the row ``rule`` of the lexicon."""
        return rule in self.names.rules

    def around(self) -> Iterator[Box]:
        """The box itself and those that it lies in, from the inside out."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class Line:
    """A line of the page: its piece, the box that holds it, how many links it has, and how it is printed."""

    __slots__ = ("box", "large", "links", "piece", "strong", "toggle")

    def __init__(self, piece: Piece, box: Box, links: int, strong: bool, large: bool) -> None:  # noqa: FBT001
        self.piece = piece
        self.box = box
        self.links = links
        self.strong = strong
        self.large = large
        self.toggle = ("toggle" in box.names.rules or box.tag in _BUTTONS) and _is_toggle(box)


_BUTTONS = frozenset(("button", "summary"))
_TOGGLING = _BUTTONS | {"div", "li", "dt"}


def _is_toggle(box: Box) -> bool:
    """True where a line straight in ``box`` opens and shuts a panel: its text is the panel's heading."""
    if box.tag == "summary":
        return True
    if box.tag not in _TOGGLING:
        return False
    return any(box.element.get(key) is not None for key in _TOGGLES) or (box.tag == "button" and box.is_a("toggle"))


class Layout:
    """The lines and boxes of a page, in reading order, with running sums over ranges of lines.

    ``pieces`` are those of the lines, ``lengths`` the characters of each and ``shares`` their share inside links.
    """

    def __init__(self, lines: list[Line], boxes: list[Box]) -> None:
        self.lines = lines
        self.boxes = boxes
        self.pieces = pieces = [line.piece for line in lines]
        self.lengths = lengths = [len(piece.text) for piece in pieces]
        self.shares = shares = [piece.links for piece in pieces]
        self._lengths = [0, *accumulate(lengths)]
        self._linked = [0.0, *accumulate(map(mul, lengths, shares))]
        self._links = [0, *accumulate([line.links for line in lines])]

    def length(self, box: Box) -> int:
        """Characters of the lines in ``box``."""
        return self._lengths[box.last] - self._lengths[box.first]

    def links(self, box: Box) -> int:
        """Links in ``box``."""
        return self._links[box.last] - self._links[box.first]

    def link_density(self, box: Box) -> float:
        """Share of the characters in ``box`` that are inside links."""
        length = self.length(box)
        return (self._linked[box.last] - self._linked[box.first]) / length if length else 0.0
