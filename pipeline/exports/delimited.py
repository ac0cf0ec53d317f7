"""Tables → one CSV file a table, as a spreadsheet opens it by a double click.

UTF-8 with a byte order mark, quotes where needed, lines ended by CR LF. A file with semicolons has decimal commas,
which is what a French Excel expects; one with commas has decimal points. A text that a spreadsheet would take for a
formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end) is preceded by an apostrophe: the text comes
from pages that strangers wrote. Null is an empty cell.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pipeline.records import TABLES
from pipeline.tables import load_tables

SEPARATORS = {"semicolon": ";", "comma": ","}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_ROWS_AT_ONCE = 10_000


def write(output: str | Path, destination: str | Path, separator: str = "semicolon") -> list[Path]:
    """Write every table of ``output`` as ``destination/<table>.csv``; returns the files.

    Args:
        output: the folder that ``jobsheets run`` wrote.
        destination: a folder, made where it is absent.
        separator: a name of :data:`SEPARATORS`.

    """
    folder = Path(destination)
    folder.mkdir(parents=True, exist_ok=True)
    tables = load_tables(output, "arrow")
    mark = SEPARATORS[separator]
    decimal = "," if mark == ";" else "."
    written = []
    for name in TABLES:
        path = folder / f"{name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=mark)
            writer.writerow(tables[name].column_names)
            for batch in tables[name].to_batches(max_chunksize=_ROWS_AT_ONCE):
                columns = [[_cell(value, decimal) for value in column.to_pylist()] for column in batch.columns]
                writer.writerows(zip(*columns, strict=True))
        written.append(path)
    return written


def _cell(value: Any, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", decimal)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
