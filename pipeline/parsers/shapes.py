"""What the elements around a line make of it: a heading, an item, a term, a definition or a paragraph, and of which list."""

from __future__ import annotations

from pipeline.parsers.boxes import Box
from pipeline.parsers.soup import BLOCKS, INVISIBLE
from pipeline.remembered import Remembered
from pipeline.sheet import Piece

_BOXES = BLOCKS.union(
    ("address", "blockquote", "button", "caption", "center", "details", "dialog", "dir", "fieldset", "figcaption",
     "figure", "footer", "form", "hgroup", "label", "legend", "listing", "menu", "noscript", "optgroup", "option", "pre",
     "search", "select", "summary", "textarea", "tfoot")
)  # fmt: skip
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_GROUPS = frozenset((*_LISTS, "dl", "table"))
#: Tag of a heading → its level.
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
#: Elements that give the lines in them a meaning by their tag alone.
SHAPING = frozenset((*_GROUPS, *HEADINGS, "dd", "dt", "li"))
#: Bold print.
STRONG = frozenset(("b", "strong", "u", "big"))
#: What an element is to the lines around it; 0 for an inline element that is nothing to them.
BOX, BREAK, MARK, UNSEEN = 1, 2, 3, 4


def _role(tag: str) -> int:
    if tag in INVISIBLE:
        return UNSEEN
    if tag in {"br", "hr"}:
        return BREAK
    if tag in STRONG or tag in {"a", "font"}:
        return MARK
    return BOX if tag in _BOXES or "-" in tag else 0  # an element of the site's own making is a box


ROLES = Remembered(_role)


def shape(box: Box, groups: int) -> int:
    """A box begins whose tag is one of :data:`SHAPING`: the groups of the page so far, with its own where it is one."""
    tag = box.tag
    if tag == "li":
        box.item = box
        if not box.place.level:
            box.own_place().level = 1
        return groups
    place = box.own_place()
    if tag in _GROUPS:
        groups += 1
        place.group, box.item, place.heading = groups, None, 0
        place.part = tag if tag in _LISTS else ""
        place.level = place.level + 1 if tag in _LISTS else 0 if tag == "table" else place.level
    elif tag in HEADINGS:
        place.heading = HEADINGS[tag]
    else:
        place.part, box.item = tag, None
    return groups


def shape_cell(box: Box, row: Box, before: Box) -> None:
    """An inline element set apart begins, after the box ``before``: a label, its value, or an item."""
    place = box.own_place()
    if row.row == "chips":
        box.item, place.level = box, max(place.level, 1)
    elif row.row == "label":
        place.part, box.item = "dt", None
        row.place.part, row.row = "dd", ""  # the value is all that is left of it, whatever elements are in it
    else:
        place.part, box.item = ("dd" if before.place.part == "dt" and before.parent is row else "dt"), None


def piece_of(text: str, links: float, box: Box, number: int) -> Piece:
    """Line ``number`` of a page, straight in ``box``."""
    place = box.place
    if place.heading:
        return Piece(text, "heading", place.heading, links=links)
    item = box.item
    if item is not None and item.first == number:
        return Piece(text, "item", item.place.level, item.place.group, item.place.part == "ol", links=links)
    if place.part == "dt":
        return Piece(text, "term", group=place.group, links=links)
    if place.part == "dd":
        return Piece(text, "definition", group=place.group, links=links)
    return Piece(text, links=links)
