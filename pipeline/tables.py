"""The tables of an output, loaded in one line, with the dtypes that the data dictionary promises.

Needs no more than the backend that is asked for: pandas, Polars, Arrow or DuckDB.
"""

from __future__ import annotations

import re
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from pipeline.errors import JobsheetsError
from pipeline.records import TABLES
from pipeline.schema import attributes

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa

BACKENDS = ("pandas", "polars", "arrow", "duckdb")


@overload
def load_tables(output: str | Path = ..., backend: Literal["pandas"] = ...) -> dict[str, pd.DataFrame]: ...
@overload
def load_tables(output: str | Path, backend: Literal["polars"]) -> dict[str, pl.DataFrame]: ...
@overload
def load_tables(output: str | Path, backend: Literal["arrow"]) -> dict[str, pa.Table]: ...
@overload
def load_tables(output: str | Path, backend: Literal["duckdb"]) -> duckdb.DuckDBPyConnection: ...
def load_tables(output: str | Path = "output", backend: str = "pandas") -> Any:
    """Load every table of an output folder.

    Args:
        output: the folder that ``jobsheets run`` wrote.
        backend: ``pandas`` (ordered categories, nullable integers, dates as datetimes), ``polars``
            (enums, dates), ``arrow`` (memory-mapped), or ``duckdb`` (a connection on which every table
            and every ready-made view of ``pipeline/views`` is a view; nothing is read before it is asked for).

    Returns:
        table name → table; for ``duckdb`` the connection.

    Raises:
        JobsheetsError: the folder or one of its tables is absent, or the backend is not installed.

    """
    if backend not in BACKENDS:
        raise JobsheetsError(f"There is no backend {backend!r}; the backends are {', '.join(BACKENDS)}.")
    folder = Path(output)
    absent = [name for name in TABLES if not any((folder / name).glob("*.parquet"))]
    if absent:
        what = "no output of jobsheets" if len(absent) == len(TABLES) else f"without the tables {', '.join(absent)}"
        raise JobsheetsError(f"{folder} is {what}; run `jobsheets run RAW {folder}` first.")
    if backend == "duckdb":
        return _connect(folder)
    return {name: _LOADERS[backend](folder / name, name) for name in TABLES}


def _arrow(folder: Path, name: str) -> Any:  # noqa: ARG001
    import pyarrow.parquet as pq

    return pq.read_table(folder, memory_map=True)


def _pandas(folder: Path, name: str) -> Any:
    pd = _library("pandas")
    frame = _arrow(folder, name).to_pandas(types_mapper=_nullable_integers(), date_as_object=False)
    for column, (values, ordered) in _categories(name).items():
        frame[column] = frame[column].astype(pd.CategoricalDtype(list(values), ordered=ordered))
    return frame


def _nullable_integers() -> Any:
    import pyarrow as pa

    return {pa.int32(): _library("pandas").Int32Dtype()}.get


def _polars(folder: Path, name: str) -> Any:
    pl = _library("polars")
    frame = pl.read_parquet(folder / "*.parquet")
    return frame.with_columns(pl.col(column).cast(pl.Enum(values)) for column, (values, _) in _categories(name).items())


_LOADERS = {"arrow": _arrow, "pandas": _pandas, "polars": _polars}


def _categories(name: str) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Column → (allowed values, whether they are ordered) of the columns that have few."""
    return {a.name: (a.about.values, a.about.ordered) for a in attributes(TABLES[name]) if a.about.values}


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise JobsheetsError(f"The backend {name} is not installed; run `pip install {name}`.") from error


@cache
def views() -> dict[str, str]:
    """Name → SQL of the ready-made views, in alphabetical order."""
    found = {
        path.name.removesuffix(".sql"): path.read_text("utf-8")
        for path in files("pipeline.views").iterdir()
        if ".sql" in path.name
    }
    return dict(sorted(found.items()))


def _connect(folder: Path) -> Any:
    connection = _library("duckdb").connect()
    for name in TABLES:
        parts = str(folder / name / "*.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{parts}')")  # noqa: S608  our names, quoted path
    found = views()
    uses = {
        name: {other for other in found if other != name and re.search(rf"\b{other}\b", sql)} for name, sql in found.items()
    }
    for name in TopologicalSorter(uses).static_order():
        connection.execute(f"CREATE VIEW {name} AS {found[name]}")
    return connection
