"""RAW and OUTPUT on object stores: a real S3-compatible server started here, and fsspec's memory."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from pipeline import batch, places, work
from pipeline.errors import LockedError, UsageError
from pipeline.settings import Settings
from pipeline.stores import State, open_store
from pipeline.validation import validate
from tests import corpus

INLINE = Settings(workers=0, unit=4)


def tables(url: str) -> dict[str, bytes]:
    """Table and rank of a part → its bytes, of every part that lies there."""
    system, root = fsspec.core.url_to_fs(url)
    system.invalidate_cache()
    found = (path for path in system.find(root) if path.endswith(".parquet"))
    return {"/".join(path.split("/")[-2:])[:-41]: system.cat_file(path) for path in found}


def local(output: Path) -> dict[str, bytes]:
    return {name.removesuffix(".parquet"): data for name, data in corpus.tables(output).items()}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty bucket on a server of its own."""
    pytest.importorskip("s3fs")
    server_module = pytest.importorskip("moto.server")
    server = server_module.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    fsspec.get_filesystem_class("s3").clear_instance_cache()  # one of an earlier test knows another server
    url = f"s3://sheets-{uuid.uuid4().hex}"
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(url)
    yield url
    server.stop()


@pytest.fixture
def memory() -> str:
    return f"memory://{uuid.uuid4().hex}"


@pytest.mark.parametrize("place", ["bucket", "memory"])
def test_incremental_with_the_bytes_of_a_local_run(
    tmp_path: Path, place: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    url: Any = request.getfixturevalue(place)
    system, root = fsspec.core.url_to_fs(url)
    raw = corpus.build(tmp_path / "raw", 7)
    corpus.put(raw / "empty.md", b"")
    system.put(str(raw), f"{root}/raw", recursive=True)
    summary = batch.run(f"{url}/raw", f"{url}/output", settings=INLINE)
    assert (summary.inputs, summary.rejected) == (8, 1)
    batch.run(raw, tmp_path / "output", settings=INLINE)
    assert tables(f"{url}/output") == local(tmp_path / "output")
    assert list(validate(f"{url}/output")) == []
    with monkeypatch.context() as patch:
        patch.setattr(work, "perform", pytest.fail)
        assert not batch.run(f"{url}/raw", f"{url}/output", settings=INLINE).changed
    system.pipe_file(f"{root}/raw/new.md", corpus.sheet(90).encode())
    corpus.put(raw / "new.md", corpus.sheet(90).encode())
    assert batch.run(f"{url}/raw", f"{url}/output", settings=INLINE).extracted == 1
    batch.run(raw, tmp_path / "output", settings=INLINE)
    assert tables(f"{url}/output") == local(tmp_path / "output"), "parts of the old version are gone"
    assert len(json.loads(system.cat_file(f"{root}/output/manifest.json"))["parts"]) == len(local(tmp_path / "output"))


def test_the_lock_and_foreign_objects(memory: str, tmp_path: Path) -> None:
    raw = corpus.build(tmp_path / "raw", 1)
    with open_store(f"{memory}/output").lock(), pytest.raises(LockedError, match="process"):
        batch.run(raw, f"{memory}/output", settings=INLINE)
    system, root = fsspec.core.url_to_fs(memory)
    system.pipe_file(f"{root}/other/thesis.docx", b"x")
    with pytest.raises(UsageError, match="thesis"):
        batch.run(raw, f"{memory}/other", settings=INLINE)
    with pytest.raises(UsageError, match="does not exist"):
        batch.run(f"{memory}/nowhere", f"{memory}/output", settings=INLINE)
    with pytest.raises(UsageError, match="cannot be used"):
        batch.run("nosuchscheme://x", f"{memory}/output", settings=INLINE)


@pytest.mark.parametrize("place", ["bucket", "memory"])
def test_of_many_runs_at_once_one_holds_the_lock(place: str, request: pytest.FixtureRequest) -> None:
    root = f"{request.getfixturevalue(place)}/output"
    barrier, holding, refused = threading.Barrier(8), [], []

    def take() -> None:
        store = open_store(root)
        barrier.wait()
        try:
            with store.lock():
                holding.append(store)
                barrier.wait()
        except LockedError as error:
            refused.append(str(error))
            barrier.wait()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(holding), len(refused)) == (1, 7)
    assert all("process" in said for said in refused)
    with open_store(root).lock():
        pass


def test_a_lock_of_yesterday_is_taken_over_and_its_owner_commits_nothing(memory: str, tmp_path: Path) -> None:
    raw, root = corpus.build(tmp_path / "raw", 2), f"{memory}/output"
    lock = f"{root}/.state/lock"
    places.write(lock, b"process 7 on elsewhere, since 2020-01-01T00:00:00+00:00 (abc)")
    assert batch.run(raw, root, settings=INLINE).inputs == 2
    before = places.read(f"{root}/manifest.json")
    corpus.put(raw / "new.md", corpus.sheet(50).encode())
    store = open_store(root)
    with store.lock():
        places.write(lock, b"process 7 on elsewhere, since 2020-01-01T00:00:00+00:00 (abc)")  # somebody else takes over
        with pytest.raises(LockedError, match="taken over"):
            store.commit(State("", ""), b"", b"")
    assert places.read(f"{root}/manifest.json") == before
    assert places.read(lock) is not None, "the lock of the other run is left alone"
