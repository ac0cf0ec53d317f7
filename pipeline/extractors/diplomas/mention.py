"""What the reading of diplomas works on: a level or qualification that was named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Mention:
    """A level or qualification named in the text.

    ``start`` and ``end`` bound the words it was read from, ``label`` names it; ``head`` is the lexicon's
    name of it and ``specialty`` its folded further words. ``stated`` tells a level that the sheet itself
    prints for it. ``determiner`` is ``definite``, ``indefinite`` or empty. ``shares`` tells one whose head is that of the
    mention before it.
    """

    kind: str
    start: int
    end: int
    label: str
    head: str
    specialty: frozenset[str] = frozenset()
    level: int | None = None
    years: int | None = None
    level_inferred: bool = False
    weak_level: bool = False
    determiner: str = ""
    school: bool = False
    rule: str = ""
    requirement: str | None = None
    acronym: str = ""
    shares: bool = False


def is_introduced(before: str) -> bool:
    """Whether a word, no sign, stands ``before`` a name and may lead on to it: « le », « sans », « l' »."""
    return before[-2:-1].isalpha() or before.endswith("'")


def uncut(found: list[Mention]) -> list[tuple[int, int]]:
    """The spans in which no clause ends: of each name, and of those that share a head (« BTS banque ; tourisme ») of all."""
    spans: list[tuple[int, int]] = []
    for mention in found:
        start = spans.pop()[0] if mention.shares and spans else mention.start
        spans.append((start, mention.end))
    return spans


class Taken:
    """Which characters of a span are taken by a mention: a byte each, so that asking costs the same however many are."""

    def __init__(self, start: int, end: int, found: Iterable[Mention]) -> None:
        self.start = start
        self.marks = bytearray(end - start)
        self.add(found)

    def add(self, found: Iterable[Mention]) -> None:
        """Take what ``found`` covers."""
        for mention in found:
            self.mark(mention.start, mention.end)

    def mark(self, start: int, end: int) -> None:
        """Take a span."""
        start = max(start, self.start)
        self.marks[start - self.start : end - self.start] = b"\1" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Whether any of these characters is taken."""
        first = start - self.start
        return self.marks.find(1, max(0, first), end - self.start) >= 0
