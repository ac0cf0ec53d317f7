"""A run that fails or is killed at any instant leaves the old output whole, and the next ends as if nothing had happened."""

from __future__ import annotations

import errno
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import batch, places
from pipeline.errors import OutputError
from pipeline.records import TABLES
from pipeline.settings import Settings
from tests import corpus
from tests.test_isolation import start

INLINE = Settings(workers=0, unit=2)
STEPS = ("replace", "symlink", "link", "fsync", "makedirs", "unlink")


class Faults:
    """Makes the ``at``-th file operation fail as on a full disk, and counts them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.at = 0, -1
        for name in STEPS:
            monkeypatch.setattr(os, name, self.wrap(getattr(os, name)))

    def wrap(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        """``whole``, counted, and failing when its turn has come."""

        def step(*words: Any, **options: Any) -> Any:
            self.count += 1
            if self.count == self.at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return whole(*words, **options)

        return step


def _full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stride: int) -> None:
    monkeypatch.setattr(places, "RACY_NANOSECONDS", 0)
    raw, output = corpus.build(tmp_path / "raw", 4), tmp_path / "output"
    batch.run(raw, output, settings=INLINE)
    before = corpus.content(output)
    corpus.put(raw / "new.md", corpus.sheet(50).encode())
    batch.run(raw, tmp_path / "afresh", settings=INLINE)
    after = corpus.tables(tmp_path / "afresh")
    with monkeypatch.context() as patch:
        faults = Faults(patch)
        failed = 0
        for at in range(1, 400, stride):
            faults.count, faults.at = 0, at
            try:
                batch.run(raw, output, settings=INLINE)
            except OutputError as error:
                failed += 1
                assert "No space left" in str(error)  # noqa: PT017 - nothing is raised once every step has had its turn
            if corpus.content(output) != before:
                break
    assert failed >= 60 // stride
    assert corpus.tables(output) == after
    batch.run(raw, output, settings=INLINE)
    assert corpus.tables(output) == after


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _full_disk(tmp_path, monkeypatch, 11)


@pytest.mark.slow
def test_a_full_disk_at_any_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _full_disk(tmp_path, monkeypatch, 1)


def _killed(tmp_path: Path, sheets: int, kills: int) -> None:
    raw, output = corpus.build(tmp_path / "raw", sheets), tmp_path / "output"
    words = ("--workers", "1", "--unit", "4")
    began = time.monotonic()
    assert start(raw, tmp_path / "afresh", *words).wait(300) == 0
    lasted = time.monotonic() - began
    whole = corpus.tables(tmp_path / "afresh")
    chance = random.Random(kills)
    for number in range(kills):
        process = start(raw, output, *words)
        time.sleep(chance.uniform(0.2, 1.0) * lasted)
        process.kill()
        process.communicate()
        seen = corpus.tables(output)
        assert seen in ({}, whole) or number > kills // 2
        if number == kills // 2:  # from here on over an older output
            assert start(raw, output, *words).wait(300) == 0
            assert corpus.tables(output) == whole
            corpus.put(raw / "new.md", corpus.sheet(sheets + 1).encode())
            for path in sorted(raw.glob("0/*"))[::2]:
                path.write_bytes(path.read_bytes() + b"\n## Salaire\n\n2 000 euros brut par mois\n")
    assert start(raw, output, *words).wait(300) == 0
    assert start(raw, tmp_path / "again", *words).wait(300) == 0
    assert corpus.tables(output) == corpus.tables(tmp_path / "again")
    assert len(pd.read_parquet(output / "sheets")) == sheets + 1
    assert {p.name for p in output.iterdir()} == {*TABLES, "manifest.json", ".current", ".versions", ".state"}


def test_killed_at_random_moments(tmp_path: Path) -> None:
    _killed(tmp_path, 24, 2)


@pytest.mark.slow
def test_killed_at_thirty_random_moments(tmp_path: Path) -> None:
    _killed(tmp_path, 400, 30)
