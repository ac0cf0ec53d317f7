"""Reads the codes of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Code


def extract(reading: Reading, earlier: Earlier) -> Iterator[Code]:  # noqa: ARG001
    """Yield the records."""
    yield from ()
