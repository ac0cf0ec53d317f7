"""The exports, opened by the programs that they are made for."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import schema_org
from click.testing import CliRunner
from pydantic import ValidationError

from pipeline.batch import run
from pipeline.cli import main
from pipeline.errors import JobsheetsError
from pipeline.exports import delimited, excel, linked
from pipeline.records import TABLES
from pipeline.tables import load_tables

RAW = Path(__file__).parents[1] / "raw"
HOSTILE = ["=1+1", "+33 6", "-5 %", "@SUM(A1)", '=HYPERLINK("http://evil.example")', "\tx", 'a;b\n"c"', "é\u0001\U0001f600"]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "output"
    run(RAW, folder)
    return folder


@pytest.fixture(scope="module")
def hostile(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output whose first labels and first text are what a stranger would write to do harm."""
    folder = tmp_path_factory.mktemp("hostile") / "output"
    shutil.copytree(output, folder)
    for table, column, values in (("skills", "label", HOSTILE), ("sheets", "text", ["\U0001f600" * 20_000])):
        path = folder / table / "part-00000.parquet"
        frame = pq.read_table(path)
        new = values + frame.column(column).to_pylist()[len(values) :]
        pq.write_table(
            frame.set_column(frame.schema.get_field_index(column), frame.schema.field(column), pa.array([*new])), path
        )
    return folder


def _read_csv(path: Path, separator: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


@pytest.mark.parametrize(("separator", "mark", "decimal"), [("semicolon", ";", ","), ("comma", ",", ".")])
def test_csv_holds_every_row_and_value(output: Path, tmp_path: Path, separator: str, mark: str, decimal: str) -> None:
    delimited.write(output, tmp_path, separator)
    tables = load_tables(output, "arrow")
    assert (tmp_path / "salaries.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in TABLES:
        rows = _read_csv(tmp_path / f"{name}.csv", mark)
        assert len(rows) == tables[name].num_rows, name
    stated = [row["minimum"] for row in _read_csv(tmp_path / "salaries.csv", mark)]
    back = [float(value.replace(decimal, ".")) if value else None for value in stated]
    assert back == tables["salaries"].column("minimum").to_pylist()


def test_csv_keeps_formulas_from_running(hostile: Path, tmp_path: Path) -> None:
    delimited.write(hostile, tmp_path)
    labels = [row["label"] for row in _read_csv(tmp_path / "skills.csv", ";")][: len(HOSTILE)]
    assert labels == [f"'{text}" if text[0] in "=+-@\t" else text for text in HOSTILE]


def test_excel_has_a_sheet_a_table_with_types(output: Path, tmp_path: Path) -> None:
    excel.write(output, tmp_path / "a.xlsx")
    book, tables = openpyxl.load_workbook(tmp_path / "a.xlsx"), load_tables(output, "arrow")
    assert book.sheetnames == ["contents", *TABLES]
    for name in TABLES:
        assert book[name].max_row == tables[name].num_rows + 1, name
        assert [cell.value for cell in book[name][1]] == tables[name].column_names, name
    place = tables["sheets"].column_names.index("published")
    published = [row[place] for row in book["sheets"].iter_rows(min_row=2, values_only=True)]
    assert [value and value.date() for value in published] == tables["sheets"].column("published").to_pylist()
    assert any(isinstance(value, dt.datetime) for value in published)


def test_excel_takes_no_text_for_a_formula_and_cuts_what_no_cell_holds(hostile: Path, tmp_path: Path) -> None:
    excel.write(hostile, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    labels = [row[2] for row in book["skills"].iter_rows(min_row=2, max_row=len(HOSTILE) + 1)]
    assert [cell.data_type for cell in labels] == ["s"] * len(HOSTILE)
    assert [cell.value for cell in labels][:-1] == HOSTILE[:-1]
    text = next(cell.value for cell in book["sheets"][2] if str(cell.value).startswith("\U0001f600"))
    assert len(text.encode("utf-16-le")) // 2 <= excel.CELL
    assert text.endswith("\U0001f600…")
    assert book["contents"]["C2"].value == 1


def test_excel_is_the_same_in_every_run(output: Path, tmp_path: Path) -> None:
    excel.write(output, tmp_path / "a.xlsx")
    excel.write(output, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_excel_says_what_is_not_installed(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(JobsheetsError, match=r"pip install 'jobsheets\[analyst\]'"):
        excel.write(output, tmp_path / "a.xlsx")


def _validated(node: Any, key: str = "") -> Any:
    """The node as an instance of schema-org-py's class of its type, which takes no unknown property and no wrong range."""
    if isinstance(node, list):
        return [_validated(item, key) for item in node]
    if isinstance(node, dict):
        values = {name: _validated(value, name) for name, value in node.items() if not name.startswith("@")}
        return getattr(schema_org, node["@type"]).model_validate(values)
    return dt.date.fromisoformat(node) if key.startswith("date") else node


def test_json_ld_is_valid_for_every_sheet(output: Path, tmp_path: Path) -> None:
    written = linked.write(output, tmp_path)
    assert len(written) == load_tables(output, "arrow")["sheets"].num_rows
    for path in written:
        document = json.loads(path.read_text("utf-8"))
        assert document["@context"] == "https://schema.org"
        assert _validated(document).name == document["name"]


@pytest.mark.parametrize("change", [{"salary": 3}, {"estimatedSalary": {"@type": "Person"}}, {"responsibilities": 4}])
def test_the_validator_refuses_what_is_wrong(output: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    document = json.loads(linked.write(output, tmp_path)[0].read_text("utf-8"))
    with pytest.raises(ValidationError):
        _validated({**document, **change})


def test_json_ld_says_what_the_tables_say(output: Path, tmp_path: Path) -> None:
    linked.write(output, tmp_path)
    tables = load_tables(output)
    sheet_id = tables["salaries"]["sheet_id"].iloc[0]
    document = json.loads((tmp_path / f"{sheet_id}.jsonld").read_text("utf-8"))
    pays = tables["salaries"].query("sheet_id == @sheet_id and currency.notna() and (minimum.notna() or maximum.notna())")
    assert [pay["name"] for pay in document["estimatedSalary"]] == pays["evidence"].tolist()
    skills = tables["skills"].query("sheet_id == @sheet_id")
    assert [skill["name"] for skill in document["skills"]] == skills["label"].tolist()


def test_the_command_writes_each_format(output: Path, tmp_path: Path) -> None:
    for words in (["csv", "c"], ["csv", "d", "--separator", "comma"], ["jsonld", "l"], ["xlsx", "x.xlsx"]):
        result = CliRunner().invoke(main, ["export", words[0], str(output), str(tmp_path / words[1]), *words[2:]])
        assert result.exit_code == 0, result.output
        assert (tmp_path / words[1]).exists()
    result = CliRunner().invoke(main, ["export", "csv", str(tmp_path / "nowhere"), str(tmp_path / "c")])
    assert result.exit_code == 2
    assert "no output of jobsheets" in result.output
