"""Employment statuses: the fields of a register, « Statut : … » lines, lists under a « Statuts » heading.

A status that only the prose mentions (« il exerce parfois en libéral ») makes no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extractors import Earlier
from pipeline.extractors._labelled import labelled
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.records import Status


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"], re.IGNORECASE)) for row in load("statuses")["status"])


def kind(label: str) -> str | None:
    """The kind of a status as printed, None where the product's list has none."""
    return next((name for name, pattern in _kinds() if pattern.search(label)), None)


def extract(reading: Reading, earlier: Earlier) -> Iterator[Status]:  # noqa: ARG001
    """Yield each status once."""
    found = [(f.start, f.end, "register-field") for f in reading.field("status")]
    if not found:
        found = [(start, end, "label") for start, end in labelled(reading, "statuses") if kind(reading.text[start:end])]
    seen: set[str] = set()
    for start, end, rule in found:
        label = reading.text[start:end]
        if label.casefold() not in seen:
            seen.add(label.casefold())
            yield Status(start=start, end=end, label=label, kind=kind(label), rule=rule)
