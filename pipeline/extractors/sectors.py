"""Sectors and kinds of employer: the fields of a register, and labelled lists (« Secteurs : banque, assurance »)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.extractors._labelled import labelled
from pipeline.reading import Reading
from pipeline.records import Sector


def extract(reading: Reading, earlier: Earlier) -> Iterator[Sector]:  # noqa: ARG001
    """Yield each sector once."""
    found = [(f.start, f.end, "register-field") for f in reading.field("sector")]
    found += [(start, end, "label") for start, end in labelled(reading, "sectors")]
    seen: set[str] = set()
    for start, end, rule in found:
        label = reading.text[start:end]
        if label.casefold() not in seen:
            seen.add(label.casefold())
            yield Sector(start=start, end=end, label=label, rule=rule)
