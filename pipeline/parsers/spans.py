"""Inline elements that a style sheet sets apart: labels with their values, and chips. :func:`row_of` finds them.

``<span class="label">Études</span><span class="value">CAP</span>`` is shown on two lines, or in two columns, by a style
sheet that the page does not hold. What gives it away is the build: a box that holds nothing but such elements, in turn, or
one after the other that opens with such a label, its value glued to it (``<p><span>Études</span>CAP</p>``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from pipeline.parsers.soup import Event, events

#: Elements that may be set apart, and those that hold them.
CELLS = frozenset(("b", "em", "i", "small", "span", "strong"))
HOLDERS = frozenset(("article", "aside", "dd", "div", "li", "p", "section"))
#: Elements inside a cell: one that holds more is none, and a page that nests deep is not read once for each of its boxes.
_MOST_INSIDE = 24
_LONGEST_LABEL, _LONGEST_CELL, _LEAST_CHIPS, _SHORTEST = 60, 160, 3, 3


def row_of(box: Any) -> str:
    """What a box of either tree holds: ``pairs`` of labels and values, ``chips``, one ``label`` and its value; or ""."""
    cells: list[tuple[str, str | None, str, bool]] = []
    for node in _nodes(box):
        tag, _, words, _ = node
        if not tag and len(cells) == 1 and _is_label(cells[0][2]) and _glued(cells[0][2], words):
            return "label" if _is_one_of_many(box) else ""
        if tag not in CELLS or len(words) > _LONGEST_CELL or not any(map(str.isalnum, words)):
            return ""
        cells.append(node)
    if len(cells) < 2:  # noqa: PLR2004
        return ""
    builds = [(tag, name) for tag, name, _, _ in cells]
    labels, values = cells[::2], cells[1::2]
    if builds[0] != builds[1]:
        in_turn = len(labels) == len(values) and len(set(builds[::2])) == 1 and len(set(builds[1::2])) == 1
        glued = all(touches for _, _, _, touches in values)
        named = len(cells) > 2 and None not in (builds[0][1], builds[1][1])  # noqa: PLR2004
        return "pairs" if in_turn and (glued or named) and all(_is_label(text) for _, _, text, _ in labels) else ""
    chips = len(cells) >= _LEAST_CHIPS and builds[0][1] is not None and len(set(builds)) == 1
    return "chips" if chips and all(_is_label(text) and text.strip()[-1] != ":" for _, _, text, _ in cells) else ""


def _glued(label: str, words: str) -> bool:
    """Whether two words meet where an element ends: they are set apart, or somebody forgot a space."""
    return label[-1:].isalnum() and words[:1].isalnum()


def _is_one_of_many(box: Any) -> bool:
    """Whether the box beside this one opens with a label and its glued value, too: nobody forgets a space every time."""
    if isinstance(box, Tag):
        others = box.find_next_sibling() or box.find_previous_sibling()
        first, words = (*others.contents[:2], None, None)[:2] if isinstance(others, Tag) else (None, None)
        return isinstance(first, Tag) and first.name in CELLS and isinstance(words, str) and _glued(first.get_text(), words)
    other = box.getnext()
    other = box.getprevious() if other is None else other
    if other is None or not len(other) or (other.text or "").strip() or other[0].tag not in CELLS:
        return False
    return _glued("".join(other[0].itertext()), other[0].tail or "")


def _is_label(text: str) -> bool:
    words = text.strip()
    begins = words[0].isupper() or words[0].isdigit()
    return _SHORTEST <= len(words) <= _LONGEST_LABEL and begins and (words[-1].isalnum() or words[-1] in ":?)")


def _nodes(box: Any) -> Iterator[tuple[str, str | None, str, bool]]:
    """(tag, class, words, whether it touches the element before) of each child of ``box``; no tag for words straight in it."""
    stream = events(box)
    next(stream)  # the box itself begins
    touches = True
    for event, tag, element in stream:
        if event == "words":
            if tag.strip():
                yield "", None, tag, touches
            touches = False
        elif event == "start":
            yield tag, element.get("class"), _words(element, stream) if tag in CELLS else "", touches
            touches = True


def _words(cell: Any, stream: Iterator[Event]) -> str:
    """The words of a cell, whose end the stream is read up to; "" where it holds too much to be one."""
    words: list[str] = []
    inside = 0
    for event, tag, element in stream:
        if event == "words":
            words.append(tag)
        elif event == "start":
            inside += 1
            if inside > _MOST_INSIDE:
                return ""
        elif element is cell:
            break
    return "".join(words)
