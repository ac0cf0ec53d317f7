"""Which patterns to try on which lines of a sheet, told of all its lines in one go.

Of the patterns that tell noise hardly any matches, and each on each line is a thousand calls a page. But a pattern says what
its matches begin with (:mod:`pipeline.beginnings`), its row what they hold where they may begin with anything; and what a
line holds is sought once in all lines together:

    lines ─▶ :class:`Lines` ─▶ :meth:`Sieve.sift` ─▶ (number of a line, ranks of the patterns to try on it), …
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from pipeline.beginnings import ByBeginning
from pipeline.remembered import Remembered

#: Characters of a line that tell which patterns to try: with one more than usual, half as many are.
LONGEST = 5


class Lines(list[str]):
    """Lines, and all of them as one text: what is sought in each of them is sought once in the whole."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self._whole = "\n".join(self)
        self.latin = self._whole.encode("latin-1", "replace")  # a byte a character, searched faster; « ? » for what it lacks
        self._ends = list(accumulate([len(line) + 1 for line in self]))

    def holding(self, words: str) -> list[int]:
        """Numbers of the lines that hold ``words``; a sign that Latin-1 lacks counts as « ? »."""
        ascii_words = words.isascii()
        whole: Any = self.latin if ascii_words else self._whole
        sought: Any = words.encode() if ascii_words else words
        found = []
        at = whole.find(sought)
        while at >= 0:
            line = bisect_right(self._ends, at)
            found.append(line)
            at = whole.find(sought, self._ends[line])
        return found

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """Numbers of the lines in which ``pattern``, that matches within a line, is found."""
        found = []
        match = pattern.search(self._whole)
        while match:
            line = bisect_right(self._ends, match.start())
            found.append(line)
            match = pattern.search(self._whole, self._ends[line])
        return found


class Sieve:
    """Patterns, each with the words of which a match holds one where it may begin with anything; () elsewhere."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        rows = tuple(rows)
        known = ByBeginning((pattern for pattern, _ in rows), LONGEST)
        self._told = Remembered(lambda begun: tuple(sorted(known.told(begun))))
        self._held = tuple((words, rank) for rank, (_, held) in enumerate(rows) for words in held)
        self._latin = tuple((words.encode("latin-1", "replace"), words, rank) for words, rank in self._held)

    def ranks(self, line: str) -> Sequence[int]:
        """The patterns to try on a line, in their order."""
        told = self._told[line[:LONGEST]]
        held = [rank for words, rank in self._held if words in line]
        return sorted({*told, *held}) if held else told

    def sift(self, lines: Lines) -> list[tuple[int, Sequence[int]]]:
        """The lines that any pattern may match, in order, each with the patterns to try on it, in theirs."""
        told = self._told
        found: dict[int, Sequence[int]] = {i: ranks for i, line in enumerate(lines) if (ranks := told[line[:LONGEST]])}
        whole = lines.latin
        held = [(i, rank) for latin, words, rank in self._latin if latin in whole for i in lines.holding(words)]
        for i, rank in held:
            found[i] = sorted({*found.get(i, ()), rank})
        return sorted(found.items()) if held else list(found.items())
