"""Settings: one class, three sources, errors that name the nearest valid name; and what the command says of its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import ExitCode, UsageError
from pipeline.settings import Settings, abouts, load_settings
from tests import corpus


def test_flags_win_over_environment_over_file(tmp_path: Path) -> None:
    file = tmp_path / "jobsheets.toml"
    file.write_text('workers = 1\nunit = 2\nsheet-timeout = 3\noutput = "there"\n')
    found = load_settings({"unit": 5, "raw": None}, {"JOBSHEETS_WORKERS": "3", "JOBSHEETS_UNIT": "4", "HOME": "x"}, file)
    assert (found.workers, found.unit, found.sheet_timeout, found.output, found.raw) == (3, 5, 3.0, "there", "raw")
    assert load_settings({}, {}) == Settings()


@pytest.mark.parametrize(
    ("flags", "environment", "message"),
    [
        ({"worker": 2}, {}, "the nearest is 'workers'"),
        ({}, {"JOBSHEETS_SHEET_TIMEOUTS": "2"}, "the nearest is 'sheet_timeout'"),
        ({"workers": "many"}, {}, "must be a whole number"),
        ({"workers": -1}, {}, "at least 0"),
        ({"max_reject_rate": 1.5}, {}, "at most 1"),
        ({"engine": "spark"}, {}, "one of local, dask"),
        ({"output": 3}, {}, "must be a text"),
        ({"sheet_timeout": "nan"}, {}, "must be a number"),
        ({"workers": "inf"}, {}, "must be a whole number"),
        ({"workers": True}, {}, "must be a whole number"),
    ],
)
def test_an_unusable_setting_is_one_sentence(flags: dict[str, Any], environment: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_settings(flags, environment)


@pytest.mark.parametrize(
    ("content", "message"), [(b"workers = ", "not valid TOML"), (b"\xff", "not valid TOML"), (None, "cannot be read")]
)
def test_an_unusable_file_is_one_sentence(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "x.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        load_settings({}, {}, file)


def test_help_names_every_setting_and_exit_code() -> None:
    shown = " ".join(CliRunner().invoke(main, ["run", "--help"]).output.split())
    assert [n for n in abouts() if n not in {"raw", "output"} and f"--{n.replace('_', '-')}" not in shown] == []
    assert [code for code in ExitCode if code.about not in shown] == []


def test_documented_exit_codes_are_those_of_the_program() -> None:
    page = (Path(__file__).parents[1] / "docs" / "batch.md").read_text("utf-8")
    assert [f"| {code:d} | {code.about} |" in page for code in ExitCode] == [True] * len(ExitCode)


def test_exit_codes_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    invoke = lambda *words: CliRunner().invoke(main, [*words, "--workers", "0"])  # noqa: E731
    assert invoke("run").exit_code == ExitCode.USAGE
    corpus.build(tmp_path / "raw", 3)
    corpus.put(tmp_path / "raw" / "empty.md", b"")
    done = invoke("run", "--max-reject-rate", "0.5")
    assert (done.exit_code, "4 inputs (4 extracted" in done.stdout) == (ExitCode.OK, True)
    assert invoke("run", "--max-reject-rate", "0.1").exit_code == ExitCode.TOO_MANY_REJECTS
    assert invoke("run", "--unit", "0").exit_code == ExitCode.USAGE
    assert invoke("run", "--engine", "spark").exit_code == ExitCode.USAGE
    (tmp_path / "jobsheets.toml").write_text("wrokers = 1\n")
    failed = invoke("run")
    assert (failed.exit_code, "'workers'" in failed.stderr, (tmp_path / "output").exists()) == (ExitCode.USAGE, True, True)


def test_json_lines_for_machines(tmp_path: Path) -> None:
    corpus.build(tmp_path / "raw", 3)
    words = ["run", str(tmp_path / "raw"), str(tmp_path / "output"), "--workers", "0", "--log-format", "json"]
    lines = [json.loads(line) for line in CliRunner().invoke(main, words).stderr.splitlines()]
    assert [line["event"] for line in lines] == ["start", "extracted", "done"]
    assert (lines[-1]["inputs"], lines[-1]["rows"]["sheets"]) == (3, 3)
