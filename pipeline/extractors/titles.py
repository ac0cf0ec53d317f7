"""Reads the titles of a sheet: its own name, its other names, and the occupations it leads to.

The preferred title is found by :mod:`pipeline.headlines`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.gender import forms
from pipeline.headlines import headline
from pipeline.reading import Reading
from pipeline.records import Title
from pipeline.sheet import Field


def extract(reading: Reading, earlier: Earlier) -> Iterator[Title]:  # noqa: ARG001
    """Yield the preferred title, then alternates and careers."""
    found = headline(reading)
    if found is None:
        return
    title = _title(reading, found.start, found.end, found.label, kind="preferred", rule=found.rule)
    _register_forms(reading, title, "title", "")
    yield title
    for field in reading.field("synonym"):
        other = _title(reading, field.start, field.end, reading.words(field), kind="alternate", rule="register")
        _register_forms(reading, other, "synonym", field.key)
        yield other


def _title(reading: Reading, start: int, end: int, label: str, *, kind: str, rule: str) -> Title:
    """A title with both forms of its label; a derived form that the sheet prints somewhere was read, not inferred."""
    both = forms(label)
    inferred = both.inferred
    if inferred and both.feminine != both.masculine:
        derived = both.feminine if both.masculine == label else both.masculine
        inferred = derived is None or derived.lower() not in reading.text.lower()
    return Title(start=start, end=end, rule=rule, label=label, kind=kind, feminine=both.feminine, masculine=both.masculine,
                 gender_inferred=inferred)


def _register_forms(reading: Reading, title: Title, name: str, key: str) -> None:
    """The forms that a register states win over those read from the label."""

    def stated(form: str) -> str | None:
        fields: list[Field] = [f for f in reading.field(f"{name}.{form}") if f.key == key]
        return reading.words(fields[0]) if fields else None

    feminine, masculine = stated("feminine"), stated("masculine")
    if feminine or masculine:
        title.feminine, title.masculine = feminine or title.feminine, masculine or title.masculine
        title.gender_inferred = title.gender_inferred and not (feminine and masculine)
