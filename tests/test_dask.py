"""The Dask engine on a real scheduler and two worker processes over loopback: the same bytes, also where a worker is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from pipeline import batch
from pipeline.errors import UsageError
from pipeline.settings import Settings
from tests import corpus

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[1]


def _dask(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


Cluster = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """The address of a scheduler, and the processes of its two workers."""
    with _cluster(tmp_path, "--no-nanny") as found:
        yield found


@contextmanager
def _cluster(tmp_path: Path, *words: str) -> Iterator[Cluster]:
    import distributed

    file = tmp_path / "scheduler.json"
    scheduler = _dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    worker = ("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", *words)
    workers = [_dask(*worker), _dask(*worker)]
    try:
        deadline = time.monotonic() + 60
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        with distributed.Client(scheduler_file=str(file)) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_the_same_bytes_though_a_worker_is_killed(tmp_path: Path, cluster: Cluster) -> None:
    raw, output = corpus.build(tmp_path / "raw", 40), tmp_path / "output"
    corpus.put(raw / "empty.html", b"")
    address, workers = cluster

    def kill() -> None:
        while not list(output.glob(".state/work/*/*.chunk")):
            time.sleep(0.02)
        workers[0].kill()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    summary = batch.run(raw, output, settings=Settings(engine="dask", scheduler=address, unit=2))
    killer.join(10)
    assert workers[0].wait(10) != 0
    assert (summary.inputs, summary.rows["sheets"]) == (41, 40)
    batch.run(raw, tmp_path / "local", settings=Settings(workers=0))
    assert corpus.tables(output) == corpus.tables(tmp_path / "local")


#: Python runs this at the start of each process: sheets that hold a certain word then kill the Dask worker that reads them.
SABOTAGE = """
import os
import pipeline.extraction as extraction
whole = extraction.extract
def extract(content, source=None, **hints):
    if b"KILL" in (content.encode() if isinstance(content, str) else content):
        os.kill(os.getppid(), 9)
    return whole(content, source, **hints)
extraction.extract = extract
"""


def test_a_sheet_that_kills_workers_is_its_own_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, output = corpus.build(tmp_path / "raw", 10), tmp_path / "output"
    corpus.put(raw / "0" / "killer.md", corpus.sheet(70).encode() + b"\nKILL\n")
    corpus.put(tmp_path / "sabotage" / "sitecustomize.py", SABOTAGE.encode())
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "sabotage"))
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")  # given up by the first loss, not the third
    with _cluster(tmp_path, "--nanny") as (address, _):
        summary = batch.run(raw, output, settings=Settings(engine="dask", scheduler=address, unit=4))
    assert (summary.rows["sheets"], summary.codes) == (10, {"crash": 1})
    reject = pd.read_parquet(output / "rejects").iloc[0]
    assert reject["source"] == "0/killer.md"
    assert "several workers were lost while it was read" in reject["message"]
    monkeypatch.delenv("PYTHONPATH")
    again = batch.run(raw, output, settings=Settings(workers=0))
    assert (again.extracted, again.rows["sheets"]) == (1, 11)


def test_a_scheduler_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    raw = corpus.build(tmp_path / "raw", 1)
    with pytest.raises(UsageError, match="does not answer"):
        batch.run(raw, tmp_path / "output", settings=Settings(engine="dask", scheduler="tcp://127.0.0.1:9"))
