"""What extractors see: a sheet in normal form, with the questions that rules ask of it.

All offsets that an extractor meets or returns are offsets into ``Reading.text``, the normal form
(plain spaces, apostrophes and hyphens). :func:`pipeline.extraction.extract` leads them back to the
text as written and cuts the evidence out of it; extractors leave ``evidence`` empty.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from operator import itemgetter

from pipeline.french.sentences import sentences
from pipeline.normal import NormalText, lowered, normalise
from pipeline.records import Section
from pipeline.sheet import Block, Cell, Field, Metadata, Sheet

#: Letters of Latin-1 stand for themselves, all other signs for a blank.
_LETTERS = bytes(code if chr(code).isalpha() else ord(" ") for code in range(256))
#: The letters of a word by which it is told whether the text has one that opens so.
_FIRST = itemgetter(slice(4))
_APART = (b"", b" ")


@cache
def _by_first_letters(words: tuple[str, ...]) -> dict[bytes, list[tuple[str, int]]]:
    """First letters → the words that begin so, with the number of signs before them (a blank in " eur ")."""
    known: dict[bytes, list[tuple[str, int]]] = {}
    for word in words:
        letters = word.encode("latin-1").translate(_LETTERS)
        known.setdefault(_FIRST(letters.split()[0]), []).append((word, len(letters) - len(letters.lstrip())))
    return known


class Reading:
    """A sheet in normal form.

    Attributes: ``text``; ``blocks``, ``sections`` and ``fields`` in its offsets; ``metadata``; ``taxonomies``, the
    files of the compiled taxonomies in use.
    """

    def __init__(self, sheet: Sheet, taxonomies: tuple[str, ...] = ()) -> None:
        self.sheet = sheet
        self.taxonomies = taxonomies
        self.normal: NormalText = normalise(sheet.text)
        self.text = self.normal.text
        self.metadata: Metadata = sheet.metadata
        forth = self.normal.forth
        if self.normal.origins is None:
            self.blocks: tuple[Block, ...] = sheet.blocks
            self.sections: tuple[Section, ...] = sheet.sections
            self.fields: tuple[Field, ...] = sheet.fields
        else:
            self.blocks = tuple(
                b._replace(
                    start=forth(b.start),
                    end=forth(b.end),
                    cells=tuple(Cell(forth(c.start), forth(c.end), c.column, c.row) for c in b.cells),
                )
                for b in sheet.blocks
                if forth(b.start) < forth(b.end)  # nothing but what the normal form leaves out: a soft hyphen, a joiner
            )
            self.sections = tuple(dataclasses.replace(s, start=forth(s.start), end=forth(s.end)) for s in sheet.sections)
            self.fields = tuple(f._replace(start=forth(f.start), end=forth(f.end)) for f in sheet.fields)

    @cached_property
    def lower(self) -> str:
        """``text`` in lower case, every character in its place."""
        return lowered(self.text)

    @cached_property
    def low_bytes(self) -> bytes:
        """``lower``, one byte a character (« ? » for what is not in Latin-1): half as wide, so searched in half the time."""
        return self.lower.encode("latin-1", "replace")

    def occurrences(self, word: str) -> list[int]:
        """Where ``word``, in lower case and without « € » and the like, stands in ``lower``, in reading order."""
        sought, low_bytes = word.encode("latin-1"), self.low_bytes
        found = []
        at = low_bytes.find(sought)
        while at >= 0:
            found.append(at)
            at = low_bytes.find(sought, at + 1)
        return found

    def openings(self, words: tuple[str, ...]) -> list[int]:
        """Where any of ``words``, written as for :meth:`occurrences`, opens a word, in reading order.

        Of many words, most open none in a sheet, which their first letters tell: only the others are looked for.
        """
        known, letters = _by_first_letters(words), self._letters
        found = [
            at
            for first in self._first_letters.intersection(known)
            for word, signs in known[first]
            for at in self.occurrences(word)
            if letters[at + signs - 1 : at + signs] in _APART
        ]
        found.sort()
        return found

    @cached_property
    def _letters(self) -> bytes:
        """``low_bytes`` with a blank for every sign that is no letter."""
        return self.low_bytes.translate(_LETTERS)

    @cached_property
    def _first_letters(self) -> frozenset[bytes]:
        """The first letters of every word."""
        return frozenset(map(_FIRST, self._letters.split()))

    def blocks_at(self, offsets: Iterable[int]) -> Iterator[Block]:
        """The blocks in which any of ``offsets`` lies, in reading order, each once; the offsets ascend."""
        reached = 0  # where the block ends that was found last
        for at in offsets:
            if at >= reached:
                block = self.blocks[max(bisect_right(self._starts, at) - 1, 0)]
                reached = max(block.end, at + 1)
                if block.start <= at < block.end:
                    yield block

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def words(self, span: Block | Cell | Field | Section) -> str:
        """The normal text of a block, cell, field or section."""
        return self.text[span.start : span.end]

    def field(self, name: str) -> Iterator[Field]:
        """The fields called ``name``, in reading order."""
        return (f for f in self.fields if f.name == name)

    @cached_property
    def path(self) -> dict[int, tuple[Section, ...]]:
        """Start of each block → the sections it lies in, outermost first."""
        paths = {}
        around: tuple[Section, ...] = ()
        coming, sections = 0, self.sections
        soonest = len(self.text)  # where the first of them ends
        for block in self.blocks:  # blocks and sections are both in reading order
            at = block.start
            if soonest <= at:
                around = tuple([s for s in around if at < s.end or s.start == at])
                soonest = min([s.end for s in around], default=len(self.text))
            while coming < len(sections) and sections[coming].start <= at:
                section = sections[coming]
                if at < section.end or section.start == at:
                    around = (*around, section)
                    soonest = min(soonest, section.end)
                coming += 1
            paths[at] = around
        return paths

    def section(self, block: Block) -> Section:
        """The innermost section that ``block`` lies in."""
        return self.path[block.start][-1]

    def kind(self, block: Block) -> str:
        """What ``block`` speaks of: the kind of its innermost section (one of ``SECTION_KINDS``)."""
        return self.path[block.start][-1].kind

    def sentences(self, block: Block) -> list[tuple[int, int]]:
        """Offsets of the sentences of ``block``; a heading, item, term or row is one sentence or more, too."""
        found = self._sentences.get(block.start)
        if found is None:
            found = self._sentences[block.start] = sentences(self.text, block.start, block.end)
        return found

    @cached_property
    def _sentences(self) -> dict[int, list[tuple[int, int]]]:
        return {}
