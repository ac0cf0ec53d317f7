"""The cells of an HTML table: :func:`read_cells` gives them row by row, each with its lines, links and print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any

from pipeline.parsers.soup import Event
from pipeline.parsers.soup import events as elements

_FOLD = re.compile(r"[ \t\n\r\f]+")
#: Roles of elements that are a table to those who do not see the page, and the tags that they stand for.
GRIDS = frozenset(("grid", "table", "treegrid"))
_ROLES = {"row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
CELLS = frozenset(("td", "th"))
_BREAKS = frozenset(("br", "p", "div", "li"))
#: Columns that are looked at; from this share on, all of a cell counts as bold.
MOST_COLUMNS, _NEARLY_ALL = 60, 0.9


@dataclass(slots=True)
class Cell:
    """A cell or caption: its lines and their text in one, its links and the characters in them, how far it spans."""

    lines: list[str]
    text: str
    header: bool
    bold: bool
    links: int
    linked: int
    rows: int
    columns: int


def events(table: Any) -> Iterator[Event]:
    """What a reader could see of a table; rows and cells told by their role have the tags that they stand for."""
    stream = elements(table)
    return _by_role(stream) if table.get("role") in GRIDS else stream


def _by_role(stream: Iterator[Event]) -> Iterator[Event]:
    for event, tag, element in stream:
        yield event, tag if event == "words" else _ROLES.get(element.get("role"), tag), element


def read_cells(table: Any) -> tuple[list[Cell], list[list[Cell]], list[bool]]:
    """The captions of a table, its rows of cells that hold words, and for each row whether it stands in ``<thead>``."""
    captions: list[Cell] = []
    rows: list[list[Cell]] = []
    heads: list[bool] = []
    in_head = False
    stream = events(table)
    for event, tag, element in stream:
        if tag == "thead":
            in_head = event == "start"
        elif event == "start" and tag == "caption":
            captions.append(_read_cell(tag, element, stream))
        elif event == "start" and tag == "tr":
            rows.append([])
            heads.append(in_head)
        elif event == "start" and tag in CELLS and rows:
            rows[-1].append(_read_cell(tag, element, stream))
    worded = [any(cell.text for cell in row) for row in rows]
    return captions, list(compress(rows, worded)), list(compress(heads, worded))


def _read_cell(kind: str, element: Any, stream: Iterator[Event]) -> Cell:
    """The cell or caption that ``element`` is; ``stream`` is read up to its end."""
    parts: list[list[str]] = [[]]
    links = linked = bold = inside_link = inside_choice = 0
    inside_bold = int(kind == "th")
    for event, tag, node in stream:
        if event == "words":
            if not inside_choice:
                parts[-1].append(tag)
                size = len(tag.strip())
                bold += size if inside_bold else 0
                linked += size if inside_link else 0
            continue
        if node is element:
            break
        step = 1 if event == "start" else -1
        inside_choice += step * (tag == "select")
        inside_bold += step * (tag in ("b", "strong"))
        if tag == "a" and node.get("href") is not None:
            inside_link += step
            links += event == "start"
        if event == "start" and tag in _BREAKS:
            parts.append([])
    lines = [line for line in (_FOLD.sub(" ", "".join(words)).strip() for words in parts) if line]
    text = " ".join(lines)
    return Cell(
        lines,
        text,
        kind == "th",
        bold >= _NEARLY_ALL * len(text),
        links,
        linked,
        _span(element, "rowspan"),
        _span(element, "colspan"),
    )


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(1, min(int(value), MOST_COLUMNS)) if value.isascii() and value.isdigit() and len(value) < 5 else 1  # noqa: PLR2004
