"""Keeps the pays of a sheet as they are read, and applies what is said of them elsewhere.

A place and the mentions in it go in; those that are pays become rows. A remark (« S'y ajoutent des primes ») completes the
rows beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from math import inf

from pipeline.extractors import Earlier
from pipeline.extractors.salaries.attributes import Before, even_out, row_of
from pipeline.extractors.salaries.clauses import Mention
from pipeline.extractors.salaries.cues import says, told
from pipeline.extractors.salaries.evidence import goes_on, is_pay
from pipeline.extractors.salaries.places import SALARY_HEADING, Place
from pipeline.extractors.salaries.remarks import MARKS, Remark, adds, remark
from pipeline.extractors.salaries.stages import stage
from pipeline.reading import Reading
from pipeline.records import Salary
from pipeline.sheet import Block

_RESTATEMENT = re.compile(
    r"(?:soit|cela (?:correspond|représente|équivaut)|ce qui|c'est-à-dire|autrement dit|en net|"
    r"en brut|ça fait)\b"
)
#: How many characters apart a remark and the pays that it is about may stand.
_NEAR = 400
#: How many characters before a pay a remark may stand that announces what comes on top of it.
_AHEAD = 300
#: The longest row of a table that is evidence as a whole.
_ROW = 200


@dataclass(slots=True)
class _Sentence:
    """What was read from one sentence or cell: its rows, and the place."""

    start: int
    end: int
    group: int
    rows: list[Salary]


class Ledger:
    """The rows read so far from one sheet."""

    def __init__(self, reading: Reading, lower: str, earlier: Earlier) -> None:
        self.reading, self.lower, self.earlier = reading, lower, earlier
        self.read: list[_Sentence] = []
        self.announced: tuple[int, Remark] | None = None  # a remark on pays to come, and where it ends
        self.disputed = ""  # a heading that names a stage, above a pay of another one
        self.others: float = inf  # where the first sentence ends that gives a pay of others than the self-employed
        self.pending = -1  # where a sentence says that something comes on top of the pays that follow it

    def rows(self) -> list[Salary]:
        """The rows, in the order in which they were read."""
        return [row for sentence in self.read for row in sentence.rows]

    def read_at(self, start: int) -> int:
        """How many rows the stretch read last gave, if it begins at ``start``."""
        return len(self.read[-1].rows) if self.read and self.read[-1].start == start else 0

    def row_before(self, start: int) -> Salary | None:
        """The last pay of the stretch that ends where one begins at ``start``."""
        last = self.read[-1] if self.read else None
        return last.rows[-1] if last is not None and last.rows and 0 <= start - last.end <= 3 else None

    @cached_property
    def titles(self) -> str:
        """The names of the sheet's own occupation, in lower case."""
        titles = [t.label for t in self.earlier.get("titles", ()) if t.kind == "preferred"]
        titles += [self.reading.words(b) for b in self.reading.blocks[:3] if b.kind == "heading"]
        return " ; ".join(titles).lower()

    @cached_property
    def own_post(self) -> bool:
        """Whether the sheet's own occupation is a director's post, so that such words tell no stage."""
        return says("post", "senior", self.titles)

    def keep(self, place: Place, group: int, found: list[Mention]) -> None:
        """Make rows of the mentions that are pays."""
        self.remark(place.start, place.end)
        last = self.read[-1] if self.read and self.read[-1].rows else None
        near = self.row_before(place.start) is not None
        if place.heading == self.disputed:
            place.heading_stages = False
        contrasted = self.others <= place.start
        if found:
            place.told = told(self.lower[place.start : place.end])
        kept: list[tuple[Mention, Salary]] = []
        refused = False
        for mention in found:
            after_pay = bool(kept) or near
            if (refused and goes_on(mention)) or not is_pay(mention, place, self.lower, self.titles, after_pay=after_pay):
                refused = True
                continue
            refused = False
            before = None
            if kept:
                before = Before(kept[-1][1], kept[-1][0])
            elif (
                last is not None
                and mention is found[0]
                and (mention.elided or _RESTATEMENT.match(self.lower, place.start, place.end))
            ):
                before = Before(last.rows[-1])
            row = row_of(mention, place, self.lower, before, own_post=self.own_post, contrasted=contrasted)
            if place.label_start is not None and mention is found[0] and not SALARY_HEADING.search(place.label):
                row.start = place.label_start
            kept.append((mention, row))
        if len(kept) > 1:
            even_out(kept)
        elif found and not kept:
            self._top_up_only(place)
        rows = [row for _, row in kept]
        if kept:
            self._complete(place, kept[-1][0], rows)
        self.read.append(_Sentence(place.start, place.end, group, rows))

    def widen(self, block: Block) -> None:
        """Make a table row with one pay evidence as a whole: its label stands in it."""
        row = self.read[-1].rows[-1] if self.read and self.read[-1].rows else None
        if row is not None and block.start <= row.start and row.end <= block.end and block.end - block.start <= _ROW:
            row.start, row.end = block.start, block.end

    def marked(self, start: int, end: int) -> bool:
        """Whether a stretch of text may hold a remark."""
        i = bisect_left(self._marks, start)
        return i < len(self._marks) and self._marks[i] < end

    @cached_property
    def marked_blocks(self) -> frozenset[int]:
        """Where the blocks begin that may hold a remark."""
        return frozenset(block.start for block in self.reading.blocks_at(self._marks))

    @cached_property
    def _marks(self) -> list[int]:
        return self.reading.openings(MARKS)

    def remark(self, start: int, end: int) -> None:
        """Apply a remark (« S'y ajoutent des primes ») to the pay, or the table of pays, before it."""
        if not self.marked(start, end):
            return
        words = self.lower[start:end]
        if said := remark(words):
            near = [row for s in self.read if start - s.end < _NEAR for row in s.rows]
            if near and not said.ahead:
                said.complete(near)
            else:
                self.announced = (end, said)
        if adds(words, paying=True):
            self._add(start)

    def _add(self, start: int) -> None:
        """Note that a sentence says that something comes on top of the pay, or the table of pays, beside it."""
        last = self.read[-1] if self.read and self.read[-1].rows else None
        if last is None or start - last.end > _NEAR:
            self.pending = start
            return
        rows = [s for s in self.read if s is last or (s.group and s.group == last.group)]
        for sentence in rows:
            for row in sentence.rows:
                row.variable = True

    def _top_up_only(self, place: Place) -> None:
        """Note a sentence whose amounts are no pays, but come on top: « ils y ajoutent une prime, rarement plus de 900 € »."""
        if self.marked(place.start, place.end):
            words = self.lower[place.start : place.end]
            if adds(words, paying=False) and not adds(words, paying=True):
                self._add(place.start)

    def _complete(self, place: Place, mention: Mention, rows: list[Salary]) -> None:
        """Give the pays of a sentence, of which ``mention`` is the last, what is said before and behind them."""
        if self.announced is not None and place.start - self.announced[0] < _NEAR:
            self.announced[1].complete(rows)
        if "variable yes" in place.told and not rows[-1].variable:
            tail = self.lower[mention.end : place.end]
            rows[-1].variable = says("variable", "yes", tail) and not says("variable", "no", tail)
        if self.pending >= 0 and place.start - self.pending < _AHEAD:
            for row in rows:
                row.variable = True
        if place.heading and (staged := stage("", place.heading)) and any(row.stage not in {None, staged} for row in rows):
            self.disputed = place.heading
        if place.end < self.others and any(row.status != "self-employed" for row in rows):
            self.others = place.end
