"""One module a kind of record, named after its table, with one function ``extract``.

``extract(reading, earlier)`` yields the records of its table from a :class:`~pipeline.reading.Reading`;
``earlier`` maps the tables extracted before (in the order of :data:`pipeline.records.TABLES`) to their
records, so that tasks may know the titles. A new kind of record is a class in ``records.py`` and a
module here: nothing else registers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from pipeline.reading import Reading
from pipeline.records import EXTRACTED

Earlier = Mapping[str, Sequence[Any]]
Extractor = Callable[[Reading, Earlier], Iterable[Any]]


@cache
def extractors() -> tuple[tuple[str, Extractor], ...]:
    """(table, extract function) of every extracted table, in order."""
    return tuple((name, import_module(f"{__name__}.{name}").extract) for name in EXTRACTED)
