"""The Dask engine on a real scheduler and two worker processes over loopback: the same bytes, also where a worker is killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and the processes of its two workers."""
    import distributed

    file = tmp_path / "scheduler.json"
    scheduler = _dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    worker = ("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
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


def test_the_same_bytes_though_a_worker_is_killed(tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
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


def test_a_scheduler_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    raw = corpus.build(tmp_path / "raw", 1)
    with pytest.raises(UsageError, match="does not answer"):
        batch.run(raw, tmp_path / "output", settings=Settings(engine="dask", scheduler="tcp://127.0.0.1:9"))
