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

from pipeline.sheet import Piece

_FOLD = re.compile(r"[ \t\n\r\f]+")
_BLOCKS = ("table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "form", "iframe", "article", "section", "nav", "hr")
_BREAKS = frozenset(("br", "p", "div", "li"))
_UNSEEN = frozenset(("script", "style", "template", "svg"))
_LONGEST_CELL = 400
_MOST_COLUMNS = 60


@dataclass(slots=True)
class _Cell:
    text: str
    header: bool
    bold: bool
    links: int
    linked: int
    rows: int
    columns: int


def is_data_table(table: Any) -> bool:
    """True where a table holds rows of facts rather than the layout of the page.

    A layout table holds other tables, lists, headings or forms, has one row or one column only, or cells
    of a paragraph's length. ``role="presentation"`` says so itself.
    """
    if table.get("role") in ("presentation", "none"):
        return False
    rows = several = 0
    for element in table.iterdescendants():
        tag = element.tag
        if tag in _BLOCKS:
            return False
        if tag == "tr":
            rows += 1
            cells = sum(1 for child in element if child.tag in ("td", "th"))
            several += cells > 1
        elif tag in ("td", "th") and _is_long(element):
            return False
    if rows == 1:
        return several == 1 and table.find(".//th") is not None
    return several >= max(1, rows // 2)


def _is_long(cell: Any) -> bool:
    size = paragraphs = 0
    for element in cell.iter():
        if element.tag in _UNSEEN:
            continue
        paragraphs += element.tag == "p"
        size += len(element.text or "") + (len(element.tail or "") if element is not cell else 0)
    return size > _LONGEST_CELL or paragraphs > 3  # noqa: PLR2004 - prose in paragraphs


def table_rows(table: Any) -> Iterator[tuple[Piece, int, bool]]:
    """(piece, number of links, all bold) of the caption and of each row of a data table."""
    rows: list[list[_Cell]] = []
    heads: list[bool] = []
    for element in table.iterdescendants("caption", "tr"):
        if element.tag == "caption":
            caption = _read_cell(element)
            if caption.text:
                yield Piece(caption.text), caption.links, False
            continue
        cells = [_read_cell(child) for child in element if child.tag in ("td", "th")]
        if any(cell.text for cell in cells):
            rows.append(cells)
            heads.append(element.getparent().tag == "thead")
    yield from _tie(rows, heads)


def _tie(rows: list[list[_Cell]], heads: list[bool]) -> Iterator[tuple[Piece, int, bool]]:
    header_rows = _header_rows(rows, heads)
    columns: dict[int, str] = {}
    spans: dict[int, tuple[int, _Cell]] = {}
    for number, cells in enumerate(rows):
        is_head = number < header_rows
        placed, carried = _place(cells, spans)
        if not is_head and len(cells) == 1 and cells[0].columns > 1 and len(rows) > header_rows + 1:
            yield _row_piece([(cells[0].text, "", "")], cells)  # a band across the table names the rows below
            continue
        found = []
        row_header = ""
        for column, cell, own in placed:
            governs = not is_head and column == 0
            if own and cell.text:
                found.append((cell.text, "" if is_head else columns.get(column, ""), row_header))
            if governs or (not is_head and cell.header) or (not own and not is_head and cell.text):
                row_header = f"{row_header} · {cell.text}" if row_header else cell.text
        if is_head:
            for column, cell, own in placed:
                for wide in range(column, column + cell.columns):
                    above = columns.get(wide, "")
                    if own and cell.text and cell.text != above:
                        columns[wide] = f"{above} · {cell.text}" if above else cell.text
        spans = carried
        if found:
            yield _row_piece(found, cells)


def _row_piece(found: list[tuple[str, str, str]], cells: list[_Cell]) -> tuple[Piece, int, bool]:
    text = "\t".join(cell[0] for cell in found)
    share = min(1.0, sum(cell.linked for cell in cells) / max(1, len(text)))
    return Piece(text, "row", cells=tuple(found), links=share), sum(cell.links for cell in cells), all(c.bold for c in cells)


def _place(
    cells: list[_Cell], spans: dict[int, tuple[int, _Cell]]
) -> tuple[list[tuple[int, _Cell, bool]], dict[int, tuple[int, _Cell]]]:
    """The cells of a row with their columns, those that hang down from rows above included (own: False)."""
    placed: list[tuple[int, _Cell, bool]] = []
    carried: dict[int, tuple[int, _Cell]] = {}
    column = 0
    waiting = list(cells)
    while (waiting or any(c >= column for c in spans)) and column < _MOST_COLUMNS:
        if column in spans:
            left, cell = spans[column]
            placed.append((column, cell, False))
            if left > 1:
                carried[column] = (left - 1, cell)
            column += cell.columns
        elif waiting:
            cell = waiting.pop(0)
            placed.append((column, cell, True))
            if cell.rows > 1:
                carried[column] = (cell.rows - 1, cell)
            column += cell.columns
        else:
            column += 1
    placed.extend((column + i, cell, True) for i, cell in enumerate(waiting))
    return placed, carried


def _header_rows(rows: list[list[_Cell]], heads: list[bool]) -> int:
    """How many rows at the top are headers: those of ``<thead>`` or of ``<th>`` only, else a first row set apart."""
    count = 0
    for cells, head in zip(rows, heads, strict=True):
        if not (head or all(c.header or not c.text for c in cells)) or count == len(rows) - 1:
            break
        count += 1
    if count or len(rows) < 2 or len(rows[0]) < 2:  # noqa: PLR2004
        return count
    first, others = rows[0], rows[1:]
    if any(cell.header for row in rows for cell in row):
        return 0
    named = [c for c in first if c.text]
    if named and all(c.bold for c in named) and not all(c.bold for row in others for c in row if c.text):
        return 1
    digits = [any(any(ch.isdigit() for ch in c.text) for c in row[1:]) for row in others if len(row) > 1]
    return int(bool(digits) and all(digits) and not any(ch.isdigit() for c in first for ch in c.text))


def _read_cell(element: Any) -> _Cell:
    parts: list[str] = []
    links = linked = bold = 0
    hidden: Any = None
    for node in element.iter():
        if hidden is not None and any(a is hidden for a in node.iterancestors()):
            continue
        tag = node.tag
        if tag in _UNSEEN:
            hidden = node
            parts.append(node.tail or "")
            continue
        if tag in _BREAKS:
            parts.append(" ")
        if node.text:
            parts.append(node.text)
            size = len(node.text.strip())
            if tag == "a" and node.get("href") is not None:
                links += 1
                linked += size
            elif tag in ("b", "strong"):
                bold += size
        if node.tail and node is not element:
            parts.append(node.tail)
    text = _FOLD.sub(" ", "".join(parts)).strip()
    return _Cell(text, element.tag == "th", bool(text) and bold >= 0.9 * len(text), links, linked,
                 _span(element, "rowspan"), _span(element, "colspan"))


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "1").strip()
    return max(1, min(int(value), _MOST_COLUMNS)) if value.isdigit() and len(value) < 5 else 1  # noqa: PLR2004
