"""Reads the statuses of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Status


def extract(reading: Reading, earlier: Earlier) -> Iterator[Status]:  # noqa: ARG001
    """Yield the records."""
    yield from ()
