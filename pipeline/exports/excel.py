"""Tables → one Excel workbook: a sheet a table, after one that lists them.

Text is written as text, whatever it begins with, so that nothing that a page says is ever run as a formula. A cell holds
32,767 UTF-16 units at most: longer text is cut, ends in « … », and is counted in the list of tables.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pipeline.errors import JobsheetsError
from pipeline.optional import needs
from pipeline.records import TABLES
from pipeline.schema import attributes, key_columns
from pipeline.tables import load_tables

CELL = 32_767
ROWS = 1_048_576
_WIDE = 60
_NARROW = 10
_SAMPLE = 200


def write(output: str | Path, destination: str | Path) -> list[Path]:
    """Write the tables of ``output`` to the workbook ``destination`` (``.xlsx``); returns its path alone.

    Raises:
        JobsheetsError: xlsxwriter is not installed, or a table has more rows than a sheet of Excel holds.

    """
    xlsxwriter = needs("xlsxwriter", "analyst", "Excel workbooks")
    tables = load_tables(output, "arrow")
    for name, table in tables.items():
        if table.num_rows >= ROWS:
            raise JobsheetsError(
                f"The table {name} has {table.num_rows:,} rows, and a sheet of Excel holds {ROWS - 1:,}; export it as CSV."
            )
    path = Path(destination)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        # The moment of writing would make every workbook differ from the last.
        book.set_properties({"title": "jobsheets", "created": dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        contents = book.add_worksheet("contents")
        cut = {name: _sheet(book.add_worksheet(name), name, table, formats) for name, table in tables.items()}
        _contents(contents, {name: table.num_rows for name, table in tables.items()}, cut, formats["head"])
    return [path]


def _sheet(sheet: Any, name: str, table: Any, formats: dict[str, Any]) -> int:
    """Write one table; returns the number of cells that had to be cut."""
    abouts = {a.name: a.about for a in key_columns(TABLES[name]) + attributes(TABLES[name])}
    cut = 0
    for column, field in enumerate(table.column_names):
        values = table.column(field).to_pylist()
        sheet.write_string(0, column, field, formats["head"])
        sheet.write_comment(0, column, abouts[field].meaning, {"x_scale": 2})
        longest = max((len(str(value)) for value in values[:_SAMPLE] if value is not None), default=0)
        sheet.set_column(column, column, min(max(_NARROW, longest + 2, len(field) + 4), _WIDE))
        for row, value in enumerate(values, 1):
            cut += _write(sheet, row, column, value, formats["date"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, table.num_rows, len(table.column_names) - 1)
    return cut


def _write(sheet: Any, row: int, column: int, value: Any, date: Any) -> bool:
    """Write one cell with the type of its value; true where it was cut."""
    if value is None:
        return False
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(
            row, column, dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC).replace(tzinfo=None), date
        )
    else:
        whole = str(value)
        text = shortened(whole)
        sheet.write_string(row, column, text)
        return text != whole
    return False


def shortened(text: str) -> str:
    """``text`` as far as a cell holds it; a cut one ends in « … »."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL:
        return text
    return units[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _contents(sheet: Any, rows: dict[str, int], cut: dict[str, int], head: Any) -> None:
    for column, (title, width) in enumerate((("table", 14), ("rows", 10), ("cells cut", 10), ("what it holds", 90))):
        sheet.write_string(0, column, title, head)
        sheet.set_column(column, column, width)
    for row, (name, cls) in enumerate(TABLES.items(), 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_number(row, 1, rows[name])
        sheet.write_number(row, 2, cut[name])
        sheet.write_string(row, 3, f"{(cls.__doc__ or '').splitlines()[0]} {cls.grain[0].upper()}{cls.grain[1:]}.")
