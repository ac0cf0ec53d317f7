"""What is known from before and what is left to do: the bookkeeping of the batch job.

A :class:`Ledger` holds one :class:`Known` an input: what became of it, and where its rows lie (in a part
of the version before, or in a chunk of this run or of one that was killed). It is the only thing in the
whole job that grows with the number of sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.chunks import CONTAINER, SAME, TRANSIENT, Chunk, Outcome
from pipeline.fingerprint import digest
from pipeline.readers import Input
from pipeline.work import Item

#: Sheets that a part of a table is made for. Their number, and nothing else, gives the number of parts.
BUCKET = 4_000


class Known(NamedTuple):
    """What became of an input, and where its rows lie: the path of a chunk, or the bucket of the version before."""

    outcome: Outcome
    where: str | int


def bucket_count(sheets: int) -> int:
    """How many parts a table of so many sheets has: a power of two."""
    count = 1
    while sheets > count * BUCKET:
        count *= 2
    return count


def bucket_of(sheet_id: str, count: int) -> int:
    """The part that a sheet belongs to: the first bits of its id."""
    return int(sheet_id, 16) * count >> 64


def snapshot(inputs: Iterable[tuple[str, int, str]]) -> str:
    """A digest of (source, size, stamp) rows in the order of their sources; empty where a stamp is missing."""
    rows = sorted(inputs)
    return digest(*(f"{source}\0{size}\0{stamp}" for source, size, stamp in rows)) if all(stamp for _, _, stamp in rows) else ""


class Ledger:
    """Source → what is known of it, from the version before and from chunks."""

    def __init__(self, outcomes: Iterable[Outcome], buckets: int) -> None:
        self.known: dict[str, Known] = {o.source: Known(o, bucket_of(o.sheet_id, buckets)) for o in outcomes}
        self._inside: dict[str, list[Known]] | None = None

    def learn(self, chunk: Chunk) -> None:
        """Take in what a chunk says, over what was known."""
        for outcome in chunk.outcomes():
            before = self.known.get(outcome.source)
            if outcome.outcome != SAME:
                self.known[outcome.source] = Known(outcome, chunk.path)
            elif before and before.outcome.key == outcome.key:
                self.known[outcome.source] = Known(outcome._replace(outcome=before.outcome.outcome), before.where)
        self._inside = None

    def settled(self, entry: Input) -> Known | None:
        """What is known of a listed input, if that still holds; an input that failed in passing is tried again."""
        known = self.known.get(entry.source)
        if known is None or known.outcome.outcome in TRANSIENT or not entry.stamp:
            return None
        return known if (known.outcome.size, known.outcome.stamp) == (entry.size, entry.stamp) else None

    def item(self, entry: Input) -> Item:
        """The work that an input of its own needs."""
        return Item(entry.source, entry.path, 0, entry.size, entry.stamp, self.key(entry.source))

    def key(self, source: str) -> str:
        """The hash of the content that the known rows of ``source`` were read from; empty where there are none."""
        known = self.known.get(source)
        return known.outcome.key if known and known.outcome.outcome not in TRANSIENT else ""

    def inside(self, container: str) -> list[Known]:
        """What is known of the members of a container."""
        if self._inside is None:
            self._inside = {}
            for known in self.known.values():
                if known.outcome.container:
                    self._inside.setdefault(known.outcome.container, []).append(known)
        return self._inside.get(container, [])


def units(items: list[Item], workers: int, *, least: int, most: int) -> Iterator[list[Item]]:
    """``items`` in runs, each half of what is left for a worker: so small in the end that all workers end together.

    This is guided self-scheduling (Polychronopoulos and Kuck, 1987). A run has ``least`` to ``most`` items, but for the last.
    """
    first = 0
    while first < len(items):
        share = -(-(len(items) - first) // (2 * max(1, workers)))
        size = max(least, min(most, share))
        yield items[first : first + size]
        first += size


def container_outcome(entry: Input, outcome: str = CONTAINER) -> Outcome:
    """The row of the ledger that says that a container was listed, or why it could not be."""
    from pipeline.sheet import sheet_key

    return Outcome(entry.source, "", 0, entry.size, entry.stamp, "", sheet_key(entry.source), outcome)
