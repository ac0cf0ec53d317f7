"""Words that announce names of occupations, and the sentences in which they stand.

The announcing words are patterns in ``lexicons/titles.toml``; each names literals without which it cannot match. A sheet is
searched for all of them at once: a pattern that ``begins`` with one of its literals is tried where they stand and nowhere
else, one that holds one of its ``hints`` somewhere is searched for in the sentences around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from pipeline.extractors.titles.lists import names
from pipeline.extractors.titles.members import Name
from pipeline.extractors.titles.outlooks import Outlooks
from pipeline.extractors.titles.patterns import pattern
from pipeline.french.occupations import conjugated, is_head
from pipeline.french.openings import Openings
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.sheet import Block, Cell

Found = tuple[Name, str]
LONGEST_LABEL = 80
LONGEST_ENTRY = 160


class Announcement(NamedTuple):
    """Words that announce names: when they count (``scope``), which names they take (``takes``) and what they look like.

    The pattern is one for text in lower case, unless it is ``cased``. Some literal opens all that it matches where it
    ``begins``, and stands in it otherwise.
    """

    name: str
    scope: str
    takes: str
    literals: tuple[str, ...]
    begins: bool
    number: int
    pattern: re.Pattern[str]
    cased: bool


class Place(NamedTuple):
    """A sentence to read closely: the rank of its block, its offsets, and the announcements that stand in it.

    They come in the order of their table, and as they stand in the sentence.
    """

    rank: int
    start: int
    end: int
    found: list[tuple[Announcement, re.Match[str]]]


@cache
def announcements(table: str) -> tuple[Announcement, ...]:
    """The rows of a table of announcements."""
    return tuple(
        Announcement(
            row["name"],
            row["scope"],
            row.get("takes", "known"),
            tuple(row.get("begins") or row["hints"]),
            "begins" in row,
            number,
            re.compile(row["pattern"], re.IGNORECASE if row.get("cased") else 0),
            row.get("cased", False),
        )
        for number, row in enumerate(load("titles")[table])
    )


class _Use(NamedTuple):
    """What literals are looked for: each literal → the announcements whose literal it is."""

    name: str
    literals: dict[str, list[Announcement]]


class _Search:
    """The literals that are looked for together, in a whole sheet or in its career sections, by their uses."""

    def __init__(self, uses: tuple[_Use, ...]) -> None:
        self._uses = uses
        self._known: dict[tuple[str, ...], list[tuple[str, tuple[Announcement, ...]]]] = {}
        self.openings = Openings(sorted({literal for use in uses for literal in use.literals}))

    def uses_of(self, literals: tuple[str, ...]) -> list[tuple[str, tuple[Announcement, ...]]]:
        """The uses of some literal of ``literals``: (name, the announcements to try)."""
        found = self._known.get(literals)
        if found is None:
            found = self._known[literals] = []
            for name, known in self._uses:
                if any(literal in known for literal in literals):
                    rows = {row.number: row for literal in literals for row in known.get(literal, ())}
                    found.append((name, tuple(rows.values())))
        return found


@cache
def _searches() -> tuple[_Search, _Search]:
    """What is looked for anywhere, and what in career sections only."""
    labels = load("titles")["labels"]
    labelling = (_Use(f"{kind} label", {literal: [] for literal in labels[kind]}) for kind in ("titles", "career"))
    announcing = (_Use(table, _literals(table, in_career=False)) for table in ("alternate", "career"))
    return _Search((*labelling, *announcing)), _Search((_Use("career", _literals("career", in_career=True)),))


def _literals(table: str, *, in_career: bool) -> dict[str, list[Announcement]]:
    found: dict[str, list[Announcement]] = {}
    for row in announcements(table):
        if (row.scope == "career") == in_career:
            for literal in row.literals:
                found.setdefault(literal, []).append(row)
    return found


def _sentence(reading: Reading, starts: list[int], at: int) -> tuple[int, int, int] | None:
    """The sentence around an offset, with the rank of its block; None in a heading and between sentences."""
    rank = max(bisect_right(starts, at) - 1, 0)
    block = reading.blocks[rank]
    if block.kind != "heading":
        for start, end in reading.sentences(block):
            if start <= at < end:
                return rank, start, end
    return None


#: An announcement that may stand in a sentence: where it does, or None where it is still to be searched for.
_Tried = tuple[Announcement, re.Match[str] | None]


_USES = ("titles label", "career label", "alternate", "career")


class Announced:
    """The sentences of a sheet in which some literal of the lexicon opens a word, by what they are looked at for."""

    def __init__(self, reading: Reading, outlooks: Outlooks) -> None:
        self._reading = reading
        self._tried: dict[str, dict[tuple[int, int, int], list[_Tried]]] = {use: {} for use in _USES}
        anywhere, in_careers = _searches()
        self._search(anywhere, 0, len(reading.text))
        reached = 0  # where the career section ends that was searched last, with all those inside of it
        for section in reading.sections:
            if section.kind == "career" and section.start >= reached:
                self._search(in_careers, section.start, section.end)
                reached = section.end
        for rank, start in outlooks.starts.items():
            self._search(in_careers, start, reading.blocks[rank].end)

    def _search(self, sought: _Search, first: int, last: int) -> None:
        """Note the sentences from ``first`` to ``last`` in which what is ``sought`` may stand, and where."""
        reading, tried_of, uses_of = self._reading, self._tried, sought.uses_of
        text, low, starts = reading.text, reading.lower, [block.start for block in reading.blocks]
        place = (0, 0, 0)
        for at, literals in sought.openings.find(low, first, last):
            if not place[1] <= at < place[2]:  # literals come in reading order: most share a sentence with the last
                here = _sentence(reading, starts, at)
                if here is None:
                    continue
                place = here
            for use, rows in uses_of(literals):
                tried = tried_of[use].setdefault(place, [])
                for row in rows:
                    match = row.pattern.match(text if row.cased else low, at, place[2]) if row.begins else None
                    if match is not None or not row.begins:
                        tried.append((row, match))

    def places(self, use: str) -> list[Place]:
        """The sentences to read closely for ``use``, in reading order."""
        return [
            Place(*place, self._found(place, tried)) for place, tried in sorted(self._tried[use].items(), key=itemgetter(0))
        ]

    def _found(self, place: tuple[int, int, int], tried: list[_Tried]) -> list[tuple[Announcement, re.Match[str]]]:
        """The announcements that stand in a sentence, none over another of its kind."""
        found: list[tuple[Announcement, re.Match[str]]] = []
        last, after = None, 0
        for row, match in sorted(tried, key=_number) if tried else ():
            if match is None:
                if row is not last:
                    text = self._reading.text if row.cased else self._reading.lower
                    found += [(row, match) for match in row.pattern.finditer(text, place[1], place[2])]
            elif row is not last or match.start() >= after:
                found.append((row, match))
                after = match.end()
            last = row
        return found


def _number(tried: _Tried) -> int:
    return tried[0].number


def block_at(reading: Reading, offset: int) -> int:
    """The rank of the first block that begins at ``offset`` or later."""
    return bisect_left(reading.blocks, offset, key=lambda b: b.start)


_ALL = 2
_SENTENCE = re.compile(r"\b(?:est|sont|peut|peuvent|a|ont|s'agit|on)\b[^,;]*\.$")


def listed(reading: Reading, span: Block | Cell, *, known: bool = False) -> Iterator[Name]:
    """The names in a block or cell that holds nothing else, of any words unless ``known``; none in a credit or a sentence."""
    if span.end - span.start > LONGEST_ENTRY:
        return
    words = reading.lower[span.start : span.end]
    if pattern("noise").search(words) or _is_sentence(reading.text, span, words):
        return
    found = names(reading, span.start, span.end, lenient=0 if known else _ALL)
    if not found and (colon := words.find(": ")) > 0:  # « Encadrement : [chef d'équipe] »
        found = names(reading, span.start + colon + len(": "), span.end)
    for name in found:
        yield from _run_on(name)


def _is_sentence(text: str, span: Block | Cell, low: str) -> bool:
    """Whether a line (``low`` in lower case) says something rather than lists names: it ends as sentences do and has a verb."""
    if not low.endswith((".", "!", "?", "…")):
        return False
    return _SENTENCE.search(text, span.start, span.end) is not None or any(conjugated(word) for word in low.split())


def labelled(reading: Reading, block: Block, is_label: Callable[[str], bool]) -> Iterator[Cell]:
    """The cells of a table row that its first cell or their headers label."""
    for rank, cell in enumerate(block.cells):
        label = reading.words(block.cells[0]) if rank else ""
        if any(is_label(header) for header in (label, cell.row, cell.column) if header):
            yield cell


_CAPITAL = re.compile(r"(?<=[^\W\d_])\s+(?=[A-ZÀ-Ý][a-zà-ÿ])")
_JOINED = ("de", "du", "des", "en", "et", "à", "la", "le", "les", "of", "ou", "pour", "sur")


def _run_on(name: Name) -> Iterator[Name]:
    """« Ingénieur process Responsable des méthodes »: chips of a page that nothing parts but their capitals."""
    if " " not in name.label or len(name.label) != name.end - name.start:
        yield name
        return
    at = 0
    for space in _CAPITAL.finditer(name.label):
        following = name.label[space.end() :].split(" ", maxsplit=1)[0]
        if (
            name.label[at : space.start()].rpartition(" ")[2] not in _JOINED
            and is_head(following)
            and " " in name.label[at : space.start()]
        ):
            yield Name(name.start + at, name.start + space.start(), name.label[at : space.start()])
            at = space.end()
    yield Name(name.start + at, name.end, name.label[at:])


def _says_nothing(reading: Reading, block: Block, *, first: bool) -> bool:
    """Whether a block has no word, or is a credit between two lines of a list."""
    if not any(c.isalnum() for c in reading.words(block)):
        return True
    return not first and pattern("noise").match(reading.lower, block.start, block.end) is not None


def names_below(reading: Reading, rank: int, *, lines: bool = False, known: bool = False) -> Iterator[Name]:
    """The names in the blocks after a lead-in, up to the first that lists none: a list, a definition, or one line.

    With ``lines`` any number of lines that are no items: what stands below a heading of its own. With ``known`` only names
    of known occupations.
    """
    first = True
    for block in reading.blocks[rank + 1 :]:
        if block.kind == "heading" or not (first or lines or block.kind in {"item", "definition"}):
            return
        found = list(listed(reading, block, known=known))
        if not (found or _says_nothing(reading, block, first=first)):
            return
        yield from found
        first = False
