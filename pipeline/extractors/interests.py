"""Centres of interest: the fields of a register, and the statements under such a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Interest

_STATEMENT = re.compile(r"(?:j'|je\b|le |la |les |l'|travailler |faire |être |aider )", re.IGNORECASE)
LONGEST = 80


def extract(reading: Reading, earlier: Earlier) -> Iterator[Interest]:  # noqa: ARG001
    """Yield each interest once."""
    seen: set[str] = set()
    found = [(f.start, f.end, "register-field") for f in reading.field("interest")]
    if not found and any(s.kind == "interests" for s in reading.sections):
        found = [
            (b.start, b.end, "heading")
            for b in reading.blocks
            if reading.kind(b) == "interests"
            and b.end - b.start <= LONGEST
            and (b.kind == "item" or (b.kind == "paragraph" and _STATEMENT.match(reading.text, b.start)))
        ]
    for start, end, rule in found:
        label = reading.text[start:end].rstrip(" .;,")
        if label and label.casefold() not in seen:
            seen.add(label.casefold())
            yield Interest(start=start, end=start + len(label), label=label, rule=rule)
