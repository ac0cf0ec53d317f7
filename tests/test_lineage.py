"""OpenLineage events: one run's beginning and end, what it read and what it wrote."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.lineage import dataset
from pipeline.records import TABLES

RAW = Path(__file__).parents[1] / "raw" / "textes"


def events(tmp_path: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    log = tmp_path / "lineage.jsonl"
    ended = CliRunner().invoke(main, ["run", *arguments, "--workers", "0", "--lineage", str(log)])
    return ended.exit_code, [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def test_a_run_begins_and_completes(tmp_path: Path) -> None:
    output = tmp_path / "out"
    code, (started, completed) = events(tmp_path, str(RAW), str(output))
    assert code == 0
    assert [started["eventType"], completed["eventType"]] == ["START", "COMPLETE"]
    assert started["run"]["runId"] == completed["run"]["runId"]
    assert [i["name"] for i in completed["inputs"]] == [str(RAW)]
    assert [o["name"] for o in completed["outputs"]] == [str(output / name) for name in TABLES]
    rows = json.loads((output / "manifest.json").read_text("utf-8"))["rows"]
    found = {Path(o["name"]).name: o["outputFacets"]["outputStatistics"]["rowCount"] for o in completed["outputs"]}
    assert found == rows
    assert found["sheets"] > 0
    titles = next(o for o in completed["outputs"] if o["name"].endswith("titles"))
    columns = {f["name"]: f["type"] for f in titles["facets"]["schema"]["fields"]}
    assert (columns["title_id"], columns["start"]) == ("string", "int32")


def test_a_second_run_is_appended(tmp_path: Path) -> None:
    for _ in range(2):
        _, found = events(tmp_path, str(RAW), str(tmp_path / "out"))
    assert [e["eventType"] for e in found] == ["START", "COMPLETE", "START", "COMPLETE"]
    assert len({e["run"]["runId"] for e in found}) == 2


def test_a_run_that_cannot_be_done_fails(tmp_path: Path) -> None:
    code, found = events(tmp_path, str(tmp_path / "nowhere"), str(tmp_path / "out"))
    assert code == ExitCode.USAGE
    assert found[-1]["eventType"] == "FAIL"
    assert "nowhere" in found[-1]["run"]["facets"]["errorMessage"]["message"]


def test_a_log_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    ended = CliRunner().invoke(main, ["run", str(RAW), str(tmp_path / "out"), "--lineage", str(tmp_path)])
    assert ended.exit_code == ExitCode.CANNOT_WRITE
    assert ended.output.startswith("Error: The lineage cannot be written to")


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("s3://bucket/raw/sheets", ("s3://bucket", "raw/sheets")),
        ("s3://bucket", ("s3://bucket", "/")),
        ("/data/raw/", ("file", "/data/raw")),
    ],
)
def test_places_are_named_as_the_specification_asks(place: str, named: tuple[str, str]) -> None:
    assert dataset(place) == named
