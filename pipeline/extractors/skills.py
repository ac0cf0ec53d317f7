"""Reads the skills of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Skill


def extract(reading: Reading, earlier: Earlier) -> Iterator[Skill]:  # noqa: ARG001
    """Yield the records."""
    yield from ()
