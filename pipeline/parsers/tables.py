"""HTML tables: which hold data, and the rows of those that do, each cell tied to its header cells.

Old pages lay themselves out in tables. Such a table is no data: its cells are blocks of their own, which
:mod:`pipeline.parsers.page` walks like any other box. A data table becomes one row a line, its cells
separated by a tab. A table whose columns or rows are lists, each under the name of a section (« Missions »,
« Qualités »), becomes these lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Any

from pipeline.parsers.soup import Event
from pipeline.parsers.soup import events as elements
from pipeline.sections import heading_kind
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
#: Roles of elements that are a table to those who do not see the page, and the tags that they stand for.
GRIDS = frozenset(("grid", "table", "treegrid"))
_ROLES = {"row": "tr", "cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
_CELLS = frozenset(("td", "th"))
_BREAKS = frozenset(("br", "p", "div", "li"))
_LONGEST_CELL, _MOST_PARAGRAPHS, _MOST_COLUMNS = 400, 3, 60
_NEARLY_ALL = 0.9
#: The name of a section is no longer.
_LONGEST_NAME = 60
#: Stands between two headers that govern one cell.
_AND = " · "


@dataclass(slots=True)
class _Cell:
    lines: list[str]
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


def events(table: Any) -> Iterator[Event]:
    """What a reader could see of a table; rows and cells told by their role have the tags that they stand for."""
    stream = elements(table)
    return _by_role(stream) if table.get("role") in GRIDS else stream


def _by_role(stream: Iterator[Event]) -> Iterator[Event]:
    for event, tag, element in stream:
        yield event, tag if event == "words" else _ROLES.get(element.get("role"), tag), element


def is_data_table(table: Any) -> bool:
    """True where a table holds rows of facts rather than the layout of the page.

    A layout table holds other tables, lists, headings or forms, has one row or one column only, cells of a
    paragraph's length, or spacers for most of its rows. ``role="presentation"`` says so itself.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    rows = several = worded = cells = size = paragraphs = 0
    headed = empty = False
    for event, tag, element in events(table):
        if event == "words":
            words = len(tag.strip())
            size += words
            worded += empty and words > 0
            empty = empty and not words
        elif event == "end" or element is table:
            continue
        elif tag in _LAYOUT:
            return False
        elif tag == "tr":
            rows += 1
            cells = 0
            empty = True
        elif tag in _CELLS:
            headed = headed or tag == "th"
            cells += 1
            several += cells == 2  # noqa: PLR2004 - the row's second cell
            size = paragraphs = 0
        paragraphs += tag == "p"
        if size > _LONGEST_CELL or paragraphs > _MOST_PARAGRAPHS:
            return False
    if rows == 1:
        return headed and several == 1
    return several >= max(1, rows // 2) and 2 * worded >= rows


def table_rows(table: Any) -> Iterator[tuple[Piece, int]]:
    """(piece, number of links) of the caption and of each row of a data table, or of each heading and item of its lists."""
    captions, rows, heads = _read_cells(table)
    for caption in captions:
        if caption.text:
            yield Piece(caption.text), caption.links
    headers = _header_rows(rows, heads)
    lists = _lists(rows, headers)
    if lists:
        yield from lists
        return
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


def _read_cells(table: Any) -> tuple[list[_Cell], list[list[_Cell]], list[bool]]:
    """The captions of a table, its rows of cells that hold words, and for each row whether it stands in ``<thead>``."""
    captions: list[_Cell] = []
    rows: list[list[_Cell]] = []
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
        elif event == "start" and tag in _CELLS and rows:
            rows[-1].append(_read_cell(tag, element, stream))
    worded = [any(cell.text for cell in row) for row in rows]
    return captions, list(compress(rows, worded)), list(compress(heads, worded))


def _lists(rows: list[list[_Cell]], headers: int) -> list[tuple[Piece, int]]:
    """The lists that a table is made of: a heading and its items for each column or row; [] where it holds facts.

    Columns are lists where each bears the name of a section and no cell a figure, which would tie it to its row, or where
    they are one cell long, of several lines. Rows are lists where each opens with the name of a section and a cell beside
    one has several lines.
    """
    if any(cell.rows > 1 or cell.columns > 1 or not cell.text for row in rows[:1] for cell in row):
        return []
    body = rows[headers:]
    beside = all(len(row) == 2 and _names_section(row[0]) and not _names_section(row[1]) for row in rows)  # noqa: PLR2004
    if beside:
        if not any(len(row[1].lines) > 1 and not _has_digit(row[1]) for row in rows):
            return []
        columns = ((row[0], [row[1]]) for row in rows)
    elif headers == 1 and len(rows[0]) > 1 and all(_names_section(cell) for cell in rows[0]):
        if any(cell.header for row in body for cell in row) or any(len(row) > len(rows[0]) for row in body):
            return []
        listed = len(body) == 1 and any(len(cell.lines) > 1 for cell in body[0])  # a figure ties it to no other row
        if not listed and any(_has_digit(cell) for row in body for cell in row):
            return []
        columns = ((head, [row[i] for row in body if i < len(row)]) for i, head in enumerate(rows[0]))
    else:
        return []
    return [found for head, cells in columns for found in _list(head, cells)]


def _list(head: _Cell, cells: list[_Cell]) -> Iterator[tuple[Piece, int]]:
    yield Piece(head.text, "heading", links=min(1.0, head.linked / len(head.text))), head.links
    several = sum(len(cell.lines) for cell in cells) > 1
    for cell in cells:
        share = min(1.0, cell.linked / max(1, len(cell.text)))
        figures = [line[:1].isdigit() or "€" in line for line in cell.lines]
        for line in cell.lines if all(figures) or not any(figures) else [cell.text]:  # an amount stays with its unit
            if line:
                yield Piece(line, "item" if several else "paragraph", int(several), links=share), cell.links


def _names_section(cell: _Cell) -> bool:
    return 0 < len(cell.text) <= _LONGEST_NAME and heading_kind(cell.text) is not None


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


def _read_cell(kind: str, element: Any, stream: Iterator[Event]) -> _Cell:
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
    return _Cell(
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
    return max(1, min(int(value), _MOST_COLUMNS)) if value.isascii() and value.isdigit() and len(value) < 5 else 1  # noqa: PLR2004
