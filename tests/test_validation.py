"""``jobsheets validate``: silent on a good output, exact on a damaged one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline import batch, plan
from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.records import TABLES
from pipeline.settings import Settings
from pipeline.validation import check_bucket, validate
from tests import corpus

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validation")
    raw = corpus.build(folder / "raw", 8)
    corpus.put(raw / "empty.md", b"")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "BUCKET", 3)
        batch.run(raw, folder / "output", settings=Settings(workers=0))
    return folder / "output"


def test_a_good_output_has_no_fault(output: Path) -> None:
    assert list(validate(output)) == []
    assert CliRunner().invoke(main, ["validate", str(output)]).exit_code == ExitCode.OK


def test_what_is_no_output_is_exit_2(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["validate", str(tmp_path)]).exit_code == ExitCode.USAGE


def test_a_replaced_part_is_named(output: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(output, copy)
    part = min((copy / "tasks").glob("*.parquet"))
    pq.write_table(pq.ParquetFile(part).read().slice(1), part)
    (copy / "skills" / "other.parquet").write_bytes(b"x")
    faults = "\n".join(validate(copy))
    assert "tasks/part-00000.parquet is not the file that the run wrote" in faults
    assert "manifest.json says" in faults
    assert "skills/other.parquet is not listed" in faults
    assert CliRunner().invoke(main, ["validate", str(copy)]).exit_code == ExitCode.INVALID


def change(table: str, column: str, value: Any) -> Callable[[Tables], None]:
    def apply(tables: Tables) -> None:
        tables[table][0][column] = value

    return apply


FAULTS: dict[str, Callable[[Tables], None]] = {
    "is not text[": change("tasks", "evidence", "other words"),
    "do not lie in a text": change("tasks", "end", 10**6),
    "there is no sheet": change("tasks", "sheet_id", "0" * 16),
    "below 1": change("tasks", "position", 0),
    "not one of": change("diplomas", "kind", "medal"),
    "the key is not that of the source": change("sheets", "source", "elsewhere.md"),
    "do not follow from its rows": change("tasks", "task_id", "0" * 16),
    "the key occurs twice": lambda tables: tables["tasks"].append(tables["tasks"][-1]),
    "out of order": lambda tables: tables["tasks"].reverse(),
    "is a sheet, too": lambda tables: tables["rejects"].append(
        {"reject_id": "x", "sheet_id": None, "source": tables["sheets"][0]["source"], "code": "empty", "message": "x"}
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_kind_of_fault_is_named(output: Path, fault: str) -> None:
    tables = {name: pq.read_table(output / name).to_pylist() for name in TABLES}
    assert list(check_bucket(tables)) == []
    FAULTS[fault](tables)
    assert any(fault in found for found in check_bucket(tables))
