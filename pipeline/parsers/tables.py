"""HTML tables: which hold data, and the rows of those that do, each cell tied to its header cells.

Old pages lay themselves out in tables. Such a table is no data: its cells are blocks of their own, which
:mod:`pipeline.parsers.page` walks like any other box. A data table becomes one row a line, its cells
separated by a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.sheet import Piece

_FOLD = re.compile(r"[ \t\n\r\f]+")
#: What no cell of a data table holds.
_LAYOUT = frozenset(
    (
        "table",
        "ul",
        "ol",
        "dl",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "form",
        "iframe",
        "article",
        "section",
        "nav",
        "hr",
        "blockquote",
    )
)
_BREAKS = frozenset(("br", "p", "div", "li"))
_UNSEEN = frozenset(("script", "style", "template", "svg", "iframe", "object", "select"))
_LONGEST_CELL, _MOST_PARAGRAPHS, _MOST_COLUMNS = 400, 3, 60
_NEARLY_ALL = 0.9
#: Stands between two headers that govern one cell.
_AND = " · "


@dataclass(slots=True)
class _Cell:
    text: str
    header: bool
    bold: bool
    links: int
    linked: int
    rows: int
    columns: int


class _Place:
    """A cell in the grid: its first column, and whether it stands in this row (``own``) or hangs down from one above."""

    __slots__ = ("cell", "column", "own")

    def __init__(self, column: int, cell: _Cell, *, own: bool) -> None:
        self.column = column
        self.cell = cell
        self.own = own


def is_data_table(table: Any) -> bool:
    """True where a table holds rows of facts rather than the layout of the page.

    A layout table holds other tables, lists, headings or forms, has one row or one column only, or cells
    of a paragraph's length. ``role="presentation"`` says so itself.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    rows = several = size = paragraphs = 0
    headed = False
    for element in table.iterdescendants():
        tag = element.tag
        if tag in _LAYOUT:
            return False
        if tag == "tr":
            rows += 1
            several += sum(1 for child in element if child.tag in ("td", "th")) > 1
        elif tag in ("td", "th"):
            headed = headed or tag == "th"
            size = paragraphs = 0
        size += len(element.text or "") + len(element.tail or "") if tag not in _UNSEEN else 0
        paragraphs += tag == "p"
        if size > _LONGEST_CELL or paragraphs > _MOST_PARAGRAPHS:
            return False
    if rows == 1:
        return headed and several == 1
    return several >= max(1, rows // 2)


def table_rows(table: Any) -> Iterator[tuple[Piece, int]]:
    """(piece, number of links) of the caption and of each row of a data table."""
    rows: list[list[_Cell]] = []
    heads: list[bool] = []
    for element in table.iterdescendants("caption", "tr"):
        if element.tag == "caption":
            caption = _read_cell(element)
            if caption.text:
                yield Piece(caption.text), caption.links
            continue
        cells = [_read_cell(child) for child in element if child.tag in ("td", "th")]
        if any(cell.text for cell in cells):
            rows.append(cells)
            heads.append(element.getparent().tag == "thead")
    headers = _header_rows(rows, heads)
    columns: dict[int, str] = {}
    hanging: dict[int, tuple[int, _Cell]] = {}
    for number, cells in enumerate(rows):
        places, hanging = _place(cells, hanging)
        if number < headers:
            _add_headers(places, columns)
            found = [(p.cell.text, "", "") for p in places if p.own and p.cell.text]
        elif len(cells) == 1 and len(places) == 1 and cells[0].columns > 1:  # a band across the table
            found = [(cells[0].text, "", "")]
        else:
            found = _tie(places, columns)
        if found:
            yield _row_piece(found, cells), sum(cell.links for cell in cells)


def _add_headers(places: list[_Place], columns: dict[int, str]) -> None:
    for place in places:
        text = place.cell.text
        if place.own and text:
            for column in range(place.column, place.column + place.cell.columns):
                columns[column] = f"{columns[column]}{_AND}{text}" if column in columns else text


def _tie(places: list[_Place], columns: dict[int, str]) -> list[tuple[str, str, str]]:
    """(text, column header, row header) of each cell: the row's first cell and its ``<th>`` govern those after them."""
    found = []
    row_header = ""
    for place in places:
        text = place.cell.text
        if place.own and text:
            found.append((text, columns.get(place.column, ""), row_header))
        if text and (place.column == 0 or place.cell.header or not place.own):
            row_header = f"{row_header}{_AND}{text}" if row_header else text
    return found


def _row_piece(found: list[tuple[str, str, str]], cells: list[_Cell]) -> Piece:
    text = "\t".join(cell[0] for cell in found)
    return Piece(text, "row", cells=tuple(found), links=min(1.0, sum(cell.linked for cell in cells) / len(text)))


def _place(cells: list[_Cell], hanging: dict[int, tuple[int, _Cell]]) -> tuple[list[_Place], dict[int, tuple[int, _Cell]]]:
    """(the cells of a row in their columns, those that hang down into the next row: column → rows left, cell)."""
    places: list[_Place] = []
    left: dict[int, tuple[int, _Cell]] = {}
    column = 0
    waiting = iter(cells)
    pending = next(waiting, None)
    while column < _MOST_COLUMNS and (pending is not None or any(c >= column for c in hanging)):
        if column in hanging:
            rows, cell = hanging[column]
            places.append(_Place(column, cell, own=False))
        elif pending is not None:
            rows, cell = pending.rows, pending
            places.append(_Place(column, cell, own=True))
            pending = next(waiting, None)
        else:
            column += 1
            continue
        if rows > 1:
            left[column] = (rows - 1, cell)
        column += cell.columns
    if pending is not None:
        places.extend(_Place(column, cell, own=True) for cell in (pending, *waiting))
    return places, left


def _header_rows(rows: list[list[_Cell]], heads: list[bool]) -> int:
    """How many rows at the top are headers: those of ``<thead>`` or of ``<th>`` only, else a first row set apart."""
    count = 0
    for cells, head in zip(rows[:-1], heads, strict=False):
        if not (head or all(c.header or not c.text for c in cells)):
            break
        count += 1
    if count or len(rows) < 2 or len(rows[0]) < 2 or any(cell.header for row in rows for cell in row):  # noqa: PLR2004
        return count
    named = [cell for cell in rows[0] if cell.text]
    others = [cell for row in rows[1:] for cell in row if cell.text]
    if all(cell.bold for cell in named):
        return int(not all(cell.bold for cell in others))
    values = [any(_has_digit(cell) for cell in row[1:]) for row in rows[1:] if len(row) > 1]
    return int(bool(values) and all(values) and not any(_has_digit(cell) for cell in named))


def _has_digit(cell: _Cell) -> bool:
    return any(character.isdigit() for character in cell.text)


def _read_cell(element: Any) -> _Cell:
    parts: list[str] = []
    links = linked = bold = inside_bold = inside_link = 0
    events = etree.iterwalk(element, events=("start", "end"))
    for event, node in events:
        tag = node.tag
        if event == "start":
            if tag in _UNSEEN:
                events.skip_subtree()
                continue
            inside_bold += tag in ("b", "strong", "th")
            if tag == "a" and node.get("href") is not None:
                inside_link += 1
                links += 1
            if tag in _BREAKS:
                parts.append(" ")
            words = node.text
        else:
            if tag not in _UNSEEN:
                inside_bold -= tag in ("b", "strong", "th")
                inside_link -= tag == "a" and node.get("href") is not None
            words = node.tail if node is not element else None
        if words:
            parts.append(words)
            size = len(words.strip())
            bold += size if inside_bold else 0
            linked += size if inside_link else 0
    text = _FOLD.sub(" ", "".join(parts)).strip()
    return _Cell(
        text,
        element.tag == "th",
        bold >= _NEARLY_ALL * len(text),
        links,
        linked,
        _span(element, "rowspan"),
        _span(element, "colspan"),
    )


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(1, min(int(value), _MOST_COLUMNS)) if value.isascii() and value.isdigit() and len(value) < 5 else 1  # noqa: PLR2004
