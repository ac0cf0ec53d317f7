"""Reads the interests of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Interest


def extract(reading: Reading, earlier: Earlier) -> Iterator[Interest]:  # noqa: ARG001
    """Yield the records."""
    yield from ()
