"""The tables as analysts load them."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import JobsheetsError
from pipeline.levels import minimum_level
from pipeline.records import TABLES, Diploma
from pipeline.schema import attributes
from pipeline.tables import load_tables, views

RAW = Path(__file__).parents[1] / "raw"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' tables; `make pandas` names a folder of them, as its environments hold nothing that reads sheets."""
    if "JOBSHEETS_OUTPUT" in os.environ:
        return Path(os.environ["JOBSHEETS_OUTPUT"])
    from pipeline.batch import run

    folder = tmp_path_factory.mktemp("tables") / "output"
    run(RAW, folder)
    return folder


def test_every_backend_sees_the_same_rows_and_columns(output: Path) -> None:
    pandas, polars = load_tables(output), load_tables(output, "polars")
    arrow, duck = load_tables(output, "arrow"), load_tables(output, "duckdb")
    for name in TABLES:
        described = duck.sql(f"DESCRIBE {name}").fetchall()
        rows = duck.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0]
        assert len(pandas[name]) == polars[name].height == arrow[name].num_rows == rows, name
        assert list(pandas[name]) == polars[name].columns == arrow[name].column_names == [row[0] for row in described], name


def test_dtypes_are_those_of_the_data_dictionary(output: Path) -> None:
    pandas, polars, arrow = load_tables(output), load_tables(output, "polars"), load_tables(output, "arrow")
    stage = pandas["salaries"]["stage"]
    assert stage.cat.ordered
    assert list(stage.cat.categories) == ["entry", "experienced", "senior"]
    assert (stage.dropna() <= "experienced").any()
    assert pandas["diplomas"]["level"].dtype == pd.Int32Dtype()
    assert pandas["salaries"]["minimum"].dtype == "float64"
    assert pd.api.types.is_datetime64_any_dtype(pandas["sheets"]["published"])
    assert polars["salaries"].schema["stage"] == pl.Enum(["entry", "experienced", "senior"])
    assert polars["sheets"].schema["published"] == pl.Date
    assert arrow["sheets"].schema.field("published").type == pa.date32()


def test_plain_pandas_reads_a_table_folder(output: Path) -> None:
    assert len(pd.read_parquet(output / "skills")) == len(load_tables(output)["skills"])


def test_every_foreign_key_joins(output: Path) -> None:
    tables = load_tables(output)
    sheets = set(tables["sheets"]["sheet_id"])
    for name, frame in tables.items():
        assert frame[f"{TABLES[name].singular}_id"].is_unique, name
        assert set(frame["sheet_id"].dropna()) <= sheets, name


@pytest.mark.parametrize("name", views())
def test_views_give_rows_on_the_samples(output: Path, name: str) -> None:
    duck = load_tables(output, "duckdb")  # a result of DuckDB before 1.5 does not keep its connection open
    assert duck.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0] > 0


def test_titles_wide_has_one_row_a_sheet_and_its_name(output: Path) -> None:
    duck = load_tables(output, "duckdb")
    assert duck.sql(
        "SELECT count(*) = (SELECT count(*) FROM sheets) AND bool_and(preferred IS NOT NULL) FROM titles_wide"
    ).fetchall() == [(True,)]


def test_minimum_level_is_that_of_the_rule(output: Path) -> None:
    names = [attribute.name for attribute in attributes(Diploma)]
    sheets: dict[str, list[Diploma]] = {}
    for row in load_tables(output, "arrow")["diplomas"].to_pylist():
        sheets.setdefault(row["sheet_id"], []).append(Diploma(**{name: row[name] for name in names}))
    lowest = {sheet_id: minimum_level(rows) for sheet_id, rows in sheets.items()}
    expected = [(i, d.level, d.years_after_bac, d.label) for i, d in sorted(lowest.items()) if d is not None]
    query = "SELECT sheet_id, level, years_after_bac, label FROM minimum_level"
    duck = load_tables(output, "duckdb")
    assert duck.sql(query).fetchall() == expected
    assert expected


def test_annual_pay_keeps_stated_apart_from_derived(output: Path) -> None:
    duck = load_tables(output, "duckdb")
    found = duck.sql(
        "SELECT DISTINCT annual_is, period = 'year' FROM annual_pay WHERE annual_is IN ('stated', 'derived')"
    ).fetchall()
    assert sorted(found) == [("derived", False), ("stated", True)]


def test_errors_say_what_is_missing(output: Path, tmp_path: Path) -> None:
    with pytest.raises(JobsheetsError, match="no output of jobsheets"):
        load_tables(tmp_path)
    with pytest.raises(JobsheetsError, match="no backend 'spark'"):
        load_tables(output, "spark")  # type: ignore[call-overload]


def test_query_prints_or_writes(output: Path, tmp_path: Path) -> None:
    command = ["query", "SELECT count(*) AS n FROM sheets", "--output", str(output)]
    assert "n" in CliRunner().invoke(main, command).output
    assert CliRunner().invoke(main, [*command, "--to", str(tmp_path / "n.csv")]).exit_code == 0
    assert (tmp_path / "n.csv").read_text().splitlines() == ["n", str(len(load_tables(output)["sheets"]))]
    assert CliRunner().invoke(main, [*command, "--to", str(tmp_path / "n.doc")]).exit_code == 2
    assert "DuckDB" in CliRunner().invoke(main, ["query", "SELECT nonsense", "--output", str(output)]).output
