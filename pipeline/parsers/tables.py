"""HTML tables: which hold data, and the rows of those that do, each cell tied to its header cells.

Old pages lay themselves out in tables. Such a table is no data: its cells are blocks of their own, which
:mod:`pipeline.parsers.page` walks like any other box. A data table becomes one row a line, its cells
separated by a tab. A table whose columns or rows are lists, each under the name of a section (« Missions »,
« Qualités »), becomes these lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.parsers.table_cells import CELLS, MOST_COLUMNS, Cell, events, read_cells
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: What no cell of a data table holds.
_LAYOUT = frozenset(
    ("table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "form", "iframe", "article", "section", "nav", "hr",
     "blockquote")
)  # fmt: skip
_LONGEST_CELL, _MOST_PARAGRAPHS = 400, 3
#: The name of a section is no longer.
_LONGEST_NAME = 60
#: Stands between two headers that govern one cell.
_AND = " · "


class _Place:
    """A cell in the grid: its first column, and whether it stands in this row (``own``) or hangs down from one above."""

    __slots__ = ("cell", "column", "own")

    def __init__(self, column: int, cell: Cell, *, own: bool) -> None:
        self.column = column
        self.cell = cell
        self.own = own


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
        elif tag in CELLS:
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
    captions, rows, heads = read_cells(table)
    for caption in captions:
        if caption.text:
            yield Piece(caption.text), caption.links
    headers = _header_rows(rows, heads)
    lists = _lists(rows, headers)
    if lists:
        yield from lists
        return
    columns: dict[int, str] = {}
    hanging: dict[int, tuple[int, Cell]] = {}
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


def _lists(rows: list[list[Cell]], headers: int) -> list[tuple[Piece, int]]:
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


def _list(head: Cell, cells: list[Cell]) -> Iterator[tuple[Piece, int]]:
    yield Piece(head.text, "heading", links=min(1.0, head.linked / len(head.text))), head.links
    several = sum(len(cell.lines) for cell in cells) > 1
    for cell in cells:
        share = min(1.0, cell.linked / max(1, len(cell.text)))
        figures = [line[:1].isdigit() or "€" in line for line in cell.lines]
        for line in cell.lines if all(figures) or not any(figures) else [cell.text]:  # an amount stays with its unit
            if line:
                yield Piece(line, "item" if several else "paragraph", int(several), links=share), cell.links


def _names_section(cell: Cell) -> bool:
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


def _row_piece(found: list[tuple[str, str, str]], cells: list[Cell]) -> Piece:
    text = "\t".join(cell[0] for cell in found)
    return Piece(text, "row", cells=tuple(found), links=min(1.0, sum(cell.linked for cell in cells) / len(text)))


def _place(cells: list[Cell], hanging: dict[int, tuple[int, Cell]]) -> tuple[list[_Place], dict[int, tuple[int, Cell]]]:
    """(the cells of a row in their columns, those that hang down into the next row: column → rows left, cell)."""
    places: list[_Place] = []
    left: dict[int, tuple[int, Cell]] = {}
    column = 0
    waiting = iter(cells)
    pending = next(waiting, None)
    while column < MOST_COLUMNS and (pending is not None or any(c >= column for c in hanging)):
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


def _header_rows(rows: list[list[Cell]], heads: list[bool]) -> int:
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


def _has_digit(cell: Cell) -> bool:
    return any(character.isdigit() for character in cell.text)
