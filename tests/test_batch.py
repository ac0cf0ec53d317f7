"""The batch job: incremental, atomic, complete. Most runs here are in this process (``workers=0``), which is quick."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

from pipeline import batch, places, plan, work
from pipeline.errors import LockedError, OutputError, UsageError
from pipeline.records import TABLES
from pipeline.schema import arrow_schema
from pipeline.settings import Settings
from pipeline.stores import open_store
from pipeline.summary import Summary
from tests import corpus

INLINE = Settings(workers=0)


@pytest.fixture(autouse=True)
def trusted_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every time stamp for old enough, so that no test has to wait two seconds."""
    monkeypatch.setattr(places, "RACY_NANOSECONDS", 0)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return corpus.build(tmp_path / "raw", 12)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def run(raw: Path, output: Path, settings: Settings = INLINE, **options: Any) -> Summary:
    return batch.run(raw, output, settings=settings, **options)


def sources(output: Path, table: str = "sheets") -> list[str]:
    return sorted(pd.read_parquet(output / table)["source"])


def test_every_table_is_there_and_readable(raw: Path, output: Path) -> None:
    summary = run(raw, output)
    assert summary.rows["sheets"] == summary.inputs == 12
    for name in TABLES:
        frame = pd.read_parquet(output / name)
        assert list(frame.columns) == arrow_schema(name).names
        assert len(frame) == summary.rows[name] == pl.read_parquet(output / name).height
        counted = duckdb.sql(f"select count(*) from '{output}/{name}/*.parquet'").fetchall()
        assert counted == [(len(frame),)]
    manifest = json.loads((output / "manifest.json").read_text())
    assert manifest["rows"] == summary.rows
    assert manifest["inputs"]["extracted"] == 12


def test_unchanged_input_is_left_alone(raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, output)
    before, version = corpus.content(output), (output / ".current").readlink()
    monkeypatch.setattr(work, "perform", pytest.fail)
    summary = run(raw, output)
    assert (summary.changed, summary.extracted, summary.inputs) == (False, 0, 12)
    assert corpus.content(output) == before
    assert (output / ".current").readlink() == version


@pytest.mark.parametrize("buckets", [1, 4])
def test_a_change_costs_and_changes_only_its_own_rows(
    raw: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, buckets: int
) -> None:
    monkeypatch.setattr(plan, "BUCKET", -(-12 // buckets))
    run(raw, output)
    old = {t: pd.read_parquet(output / t) for t in ("sheets", "tasks")}
    corpus.put(raw / "0" / "00000.md", corpus.sheet(99).encode())
    (raw / "1" / "00001.html").unlink()
    corpus.put(raw / "new.md", corpus.sheet(100).encode())
    summary = run(raw, output)
    assert (summary.changed, summary.extracted, summary.inputs) == (True, 2, 12)
    run(raw, tmp_path / "afresh")
    assert corpus.tables(output) == corpus.tables(tmp_path / "afresh")
    touched = {"0/00000.md", "1/00001.html", "new.md"}
    new = {t: pd.read_parquet(output / t) for t in ("sheets", "tasks")}
    kept = old["sheets"][~old["sheets"]["source"].isin(touched)]
    pd.testing.assert_frame_equal(
        kept.reset_index(drop=True),
        new["sheets"][~new["sheets"]["source"].isin(touched)].reset_index(drop=True),
        check_categorical=False,
    )
    assert set(old["tasks"].query("sheet_id in @kept.sheet_id")["task_id"]) <= set(new["tasks"]["task_id"])


def test_touched_files_are_read_but_not_extracted(raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, output)
    before = corpus.content(output)
    for path in raw.rglob("*.*"):
        os.utime(path)
    monkeypatch.setattr("pipeline.extraction.extract", pytest.fail)
    assert not run(raw, output).changed
    assert corpus.content(output) == before


def test_recent_stamps_are_not_trusted(raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may change twice within one tick of the clock and keep its size and stamp, so it is read again."""
    monkeypatch.setattr(places, "RACY_NANOSECONDS", 10**12)
    run(raw, output)
    before = sources(output)
    text = corpus.sheet(0).replace("atelier", "ateliex")
    corpus.put(raw / "0" / "00000.md", text.encode())
    summary = run(raw, output)
    assert summary.changed
    assert sources(output) == before
    assert "ateliex" in pd.read_parquet(output / "sheets").query("source == '0/00000.md'")["text"].item()


def test_a_changed_fingerprint_extracts_everything(raw: Path, output: Path) -> None:
    run(raw, output)
    assert run(raw, output, Settings(workers=0, size_limit=7)).extracted == 12
    assert run(raw, output, Settings(workers=0, size_limit=7, log_format="json")).extracted == 0


def test_fresh_starts_over_and_writes_the_same_bytes(raw: Path, output: Path) -> None:
    run(raw, output)
    before = corpus.tables(output)
    assert run(raw, output, fresh=True).extracted == 12
    assert corpus.tables(output) == before


def test_bytes_do_not_depend_on_history_units_or_workers(raw: Path, output: Path, tmp_path: Path) -> None:
    run(raw, output)
    run(raw, tmp_path / "two", Settings(workers=2, unit=3))
    corpus.build(tmp_path / "part", 5)
    run(tmp_path / "part", tmp_path / "grown")
    corpus.build(tmp_path / "part", 12)
    run(tmp_path / "part", tmp_path / "grown")
    assert corpus.tables(output) == corpus.tables(tmp_path / "two") == corpus.tables(tmp_path / "grown")


def test_parts_grow_with_the_number_of_sheets_only() -> None:
    assert [plan.bucket_count(n) for n in (0, 1, 4000, 4001, 8000, 8001, 100_000)] == [1, 1, 1, 2, 2, 4, 32]
    assert plan.bucket_of("0" * 16, 32) == 0
    assert plan.bucket_of("f" * 16, 32) == 31


def test_many_parts_hold_the_rows_of_one(raw: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, tmp_path / "one")
    monkeypatch.setattr(plan, "BUCKET", 2)
    run(raw, output)
    assert len(list((output / "tasks").glob("*.parquet"))) == 8
    for name in TABLES:
        pd.testing.assert_frame_equal(
            pd.read_parquet(output / name), pd.read_parquet(tmp_path / "one" / name), check_categorical=False
        )


def test_a_part_is_merged_from_few_chunks(raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were every part made from every chunk, the time of a run would grow with the square of its sheets."""
    corpus.build(raw, 32)
    monkeypatch.setattr(plan, "BUCKET", 4)
    monkeypatch.setattr(batch, "WORTH_SHARING", 4)
    merged = []
    whole = work.perform

    def note(unit: work.Unit) -> work.Result:
        if unit["job"] == "merge":
            merged.append((unit["bucket"], len(unit["pieces"])))
        return whole(unit)

    monkeypatch.setattr(work, "perform", note)
    run(raw, output, Settings(workers=0, unit=4))
    pieces = dict(merged)
    assert len(pieces) == 8
    assert len(merged) > len(pieces), "large buckets are merged by several workers"
    assert sum(pieces.values()) <= 8 + 8


@pytest.mark.parametrize(("count", "workers"), [(0, 2), (1, 0), (10, 2), (1000, 2), (1000, 64)])
def test_units_shrink_towards_the_end_and_hold_every_item_once(count: int, workers: int) -> None:
    """The last unit decides for how long all workers but one have nothing to do."""
    items = [work.Item(str(i), "", 0, 0, "", "") for i in range(count)]
    units = list(plan.units(items, workers, least=4, most=64))
    assert [item for unit in units for item in unit] == items
    sizes = [len(unit) for unit in units]
    assert sizes == sorted(sizes, reverse=True)
    assert all(4 <= size <= 64 for size in sizes[:-1])
    assert not sizes or sizes[-1] <= 4 or count < 4


def test_an_empty_folder_gives_empty_tables(tmp_path: Path, output: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert run(tmp_path / "raw", output).inputs == 0
    for name in TABLES:
        assert list(pd.read_parquet(output / name).columns) == arrow_schema(name).names
    (tmp_path / "raw" / "x.md").write_text(corpus.sheet(1))
    assert run(tmp_path / "raw", output).inputs == 1
    (tmp_path / "raw" / "x.md").unlink()
    assert run(tmp_path / "raw", output).rows["sheets"] == 0


def test_gold_and_hidden_files_are_no_input(raw: Path, output: Path) -> None:
    corpus.put(raw / "0" / "00000.gold.json", b"{}")
    corpus.put(raw / ".git" / "config", b"x")
    corpus.put(raw / ".hidden.md", corpus.sheet(5).encode())
    summary = run(raw, output)
    assert (summary.inputs, summary.skipped) == (12, 2)


def test_names_of_any_bytes(raw: Path, output: Path) -> None:
    (raw / os.fsdecode(b"caf\xe9 \xf0\x9f\x98\x80.md")).write_text(corpus.sheet(5))
    (raw / "métier\n: d'été.md").write_text(corpus.sheet(6))
    run(raw, output)
    assert {"caf\\xe9 😀.md", "métier\n: d'été.md"} <= set(sources(output))
    assert run(raw, output).extracted == 0


def test_old_readers_keep_the_version_they_hold(raw: Path, output: Path) -> None:
    run(raw, output)
    held = (output / "sheets").resolve()
    (raw / "0" / "00000.md").unlink()
    run(raw, output)
    assert pd.read_parquet(held).shape[0] == 12
    assert pd.read_parquet(output / "sheets").shape[0] == 11
    (raw / "0" / "00003.html").unlink()
    run(raw, output)
    assert not held.exists()
    assert len(list((output / ".versions").iterdir())) == 2


def test_one_reject_an_unusable_input(raw: Path, output: Path) -> None:
    corpus.put(raw / "empty.html", b"")
    corpus.put(raw / "binary.html", bytes(range(256)) * 20)
    corpus.put(raw / "large.html", b"<p>x</p>" * 200_000)
    (raw / "gone.md").symlink_to(raw / "nowhere")
    summary = run(raw, output, Settings(workers=0, size_limit=1))
    rejects = pd.read_parquet(output / "rejects").set_index("source")["code"]
    assert rejects.drop("binary.html").to_dict() == {"empty.html": "empty", "large.html": "too-large", "gone.md": "unreadable"}
    assert (summary.inputs, summary.rejected, summary.rows["sheets"]) == (16, 4, 12)
    again = run(raw, output, Settings(workers=0, size_limit=1))
    assert (again.changed, again.extracted) == (False, 1), "only what failed in passing is tried again"


@pytest.mark.parametrize("error", [ValueError("odd"), RecursionError(), MemoryError(), KeyError("\ud800"), AssertionError()])
def test_an_exception_in_one_sheet_is_its_reject(
    raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from pipeline import extraction

    whole = extraction.extract

    def fails(content: bytes, source: str, **hints: Any) -> Any:
        if source == "0/00003.html":
            raise error
        return whole(content, source, **hints)

    monkeypatch.setattr(extraction, "extract", fails)
    summary = run(raw, output)
    assert (summary.rows["sheets"], summary.rejected) == (11, 1)
    assert sources(output, "rejects") == ["0/00003.html"]


def test_a_row_that_arrow_cannot_hold_is_its_sheets_reject(raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import extraction

    whole = extraction.extract

    def fails(content: bytes, source: str, **hints: Any) -> Any:
        found = whole(content, source, **hints)
        if source == "0/00003.html":
            found.records["sheets"][0].author = "\ud800"
        return found

    monkeypatch.setattr(extraction, "extract", fails)
    summary = run(raw, output)
    assert (summary.rows["sheets"], summary.codes) == (11, {"crash": 1})


def test_rejects_are_replayed_alone(raw: Path, output: Path) -> None:
    corpus.put(raw / "empty.html", b"")
    run(raw, output)
    corpus.put(raw / "new.md", corpus.sheet(50).encode())
    assert run(raw, output, only_rejects=True).extracted == 1
    assert "new.md" not in sources(output)
    corpus.put(raw / "empty.html", corpus.page(51).encode())
    summary = run(raw, output, only_rejects=True)
    assert (summary.extracted, summary.rejected) == (1, 0)
    assert "empty.html" in sources(output)
    assert run(raw, output).extracted == 1


def test_a_foreign_folder_is_refused_and_untouched(raw: Path, output: Path) -> None:
    corpus.put(output / "thesis.docx", b"years of work")
    with pytest.raises(UsageError, match=r"thesis\.docx"):
        run(raw, output)
    assert [p.name for p in output.iterdir()] == ["thesis.docx"]
    with pytest.raises(UsageError, match="did not write"):
        run(raw, raw.parent)


def test_a_table_folder_that_is_not_ours_is_refused(raw: Path, output: Path) -> None:
    corpus.put(output / "skills" / "mine.parquet", b"x")
    with pytest.raises(UsageError, match="skills"):
        run(raw, output)


def test_readme_and_gitignore_are_welcome(raw: Path, output: Path) -> None:
    corpus.put(output / "README.md", b"tables")
    run(raw, output)
    assert (output / "README.md").read_bytes() == b"tables"


def test_missing_input_writes_nothing(tmp_path: Path, output: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        run(tmp_path / "nowhere", output)
    assert not output.exists()


@pytest.mark.parametrize("left", [True, False])
def test_an_input_that_vanishes_leaves_the_output_as_it_is(
    raw: Path,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    left: bool,  # noqa: FBT001
) -> None:
    """An unmounted file system would otherwise turn every sheet into a reject."""
    run(raw, output)
    before = corpus.content(output)
    corpus.put(raw / "new.md", corpus.sheet(50).encode())
    whole = work.perform

    def vanish(unit: work.Unit) -> work.Result:
        shutil.rmtree(raw, ignore_errors=True)
        if left:
            raw.mkdir(exist_ok=True)
        return whole(unit)

    monkeypatch.setattr(work, "perform", vanish)
    with pytest.raises(UsageError, match="vanished while it was read"):
        run(raw, output)
    assert corpus.content(output) == before


def test_errors_are_lines_of_json_where_the_log_is(tmp_path: Path, output: Path) -> None:
    from click.testing import CliRunner

    from pipeline.cli import main

    found = CliRunner().invoke(main, ["run", str(tmp_path / "nowhere"), str(output), "--log-format", "json"])
    said = json.loads(found.stderr)
    assert (found.exit_code, said["event"], said["exit_code"]) == (2, "error", 2)
    assert "does not exist" in said["message"]


def test_output_inside_input_is_refused(raw: Path) -> None:
    with pytest.raises(UsageError, match="inside"):
        run(raw, raw / "output")
    assert not (raw / "output").exists()


def test_the_second_of_two_runs_is_told_who_holds_the_lock(raw: Path, output: Path) -> None:
    store = open_store(str(output))
    with store.lock(), pytest.raises(LockedError, match=f"process {os.getpid()} on .*, since 20"):
        run(raw, output)
    assert run(raw, output).inputs == 12


def test_a_read_only_output_is_one_sentence(raw: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    run(raw, output)
    before = corpus.content(output)
    corpus.put(raw / "new.md", corpus.sheet(50).encode())
    monkeypatch.setattr(os, "makedirs", refused)
    with pytest.raises(OutputError, match="Permission denied"):
        run(raw, output)
    assert corpus.content(output) == before


def test_a_run_over_unchanged_input_loads_no_heavy_library(raw: Path, output: Path) -> None:
    """Such a run is over in the time that importing one of them would take."""
    run(raw, output)
    code = f"""
import sys
from pipeline import batch, places
places.RACY_NANOSECONDS = 0
assert not batch.run({str(raw)!r}, {str(output)!r}).changed
print(*(name for name in ("pyarrow", "numpy", "pandas", "spacy", "lxml", "bs4", "pydantic", "fsspec") if name in sys.modules))
"""
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == []
