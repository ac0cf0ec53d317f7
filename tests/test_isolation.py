"""Sheets that hang, crash or eat memory: each becomes a reject, the others are not touched. Real worker processes."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from pipeline import batch, places
from pipeline.errors import ExitCode
from pipeline.settings import Settings
from tests import corpus

#: Python runs this at the start of each worker: sheets that hold certain words then misbehave.
SABOTAGE = """
import os, time
import pipeline.extraction as extraction
whole = extraction.extract
def extract(content, source=None, **hints):
    content = content.encode() if isinstance(content, str) else content
    if b"HANG" in content:
        while True: pass
    if b"SLOW" in content:
        time.sleep(0.3)
    if b"EAT" in content:
        held = []
        while True: held.append(bytearray(10**7)); time.sleep(0.001)
    if b"DIE" in content:
        os.kill(os.getpid(), 9)
    return whole(content, source, **hints)
extraction.extract = extract
"""


@pytest.fixture
def sabotaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.put(tmp_path / "sabotage" / "sitecustomize.py", SABOTAGE.encode())
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "sabotage"))


@pytest.mark.usefixtures("sabotaged")
def test_a_misbehaving_sheet_is_its_own_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, output = corpus.build(tmp_path / "raw", 12), tmp_path / "output"
    expected = {"hang.md": "timeout", "eat.md": "memory", "die.md": "crash"}
    for name in expected:
        corpus.put(raw / name, corpus.sheet(70).encode() + f"\n{name[:-3].upper()}\n".encode())
    settings = Settings(workers=2, unit=15, sheet_timeout=4, memory_limit=900)
    summary = batch.run(raw, output, settings=settings)
    assert pd.read_parquet(output / "rejects").set_index("source")["code"].to_dict() == expected
    assert (summary.inputs, summary.rows["sheets"]) == (15, 12)
    monkeypatch.delenv("PYTHONPATH")
    again = batch.run(raw, output, settings=settings)
    assert (again.rows["sheets"], again.rejected) == (15, 0), "what failed in passing is tried again"


def command(raw: Path, output: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", "run", str(raw), str(output), *words]


ROOT = Path(__file__).parents[1]


def start(raw: Path, output: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(raw, output, *words), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.usefixtures("sabotaged")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGTERM, ExitCode.TERMINATED)])
def test_signals_stop_a_run_cleanly_and_the_next_resumes(tmp_path: Path, number: int, code: ExitCode) -> None:
    raw, output = corpus.build(tmp_path / "raw", 12), tmp_path / "output"
    corpus.put(raw / "slow.md", corpus.sheet(70).encode() + b"\nHANG\n")
    time.sleep(places.RACY_NANOSECONDS / 1e9)  # an input written a moment ago is read again, for it may still change
    process = start(raw, output, "--workers", "1", "--unit", "1")
    deadline = time.monotonic() + 120
    while not list(output.glob(".state/work/*/*.chunk")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    sent = time.monotonic()
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert time.monotonic() - sent < 10
    assert b"Stopped. The previous output is intact" in said
    assert not (output / "sheets").exists()
    (raw / "slow.md").unlink()
    summary = batch.run(raw, output, settings=Settings(workers=0))
    assert summary.extracted < 12, "the chunks of the stopped run were taken up"
    batch.run(raw, tmp_path / "afresh", settings=Settings(workers=0))
    assert corpus.tables(output) == corpus.tables(tmp_path / "afresh")


def test_a_second_run_at_the_same_time_ends_with_its_own_code(tmp_path: Path) -> None:
    from pipeline.stores import open_store

    raw = corpus.build(tmp_path / "raw", 2)
    with open_store(str(tmp_path / "output")).lock():
        process = start(raw, tmp_path / "output")
        _, said = process.communicate(timeout=120)
    assert process.returncode == ExitCode.LOCKED
    assert b"Another run is writing to" in said
