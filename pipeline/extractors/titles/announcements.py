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

from pipeline.extractors.titles.lists import Name, names
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
    only_in_career: bool = False  # such announcements count in career sections only


@cache
def _uses() -> tuple[_Use, ...]:
    labels = load("titles")["labels"]
    labelling = [_Use(f"{kind} label", {literal: [] for literal in labels[kind]}) for kind in ("titles", "career")]
    announcing = [
        _Use(table, _literals(table, in_career=in_career), only_in_career=in_career)
        for table, in_career in (("alternate", False), ("career", False), ("career", True))
    ]
    return (*labelling, *announcing)


def _literals(table: str, *, in_career: bool) -> dict[str, list[Announcement]]:
    found: dict[str, list[Announcement]] = {}
    for row in announcements(table):
        if (row.scope == "career") == in_career:
            for literal in row.literals:
                found.setdefault(literal, []).append(row)
    return found


@cache
def _openings() -> Openings:
    return Openings(sorted({literal for use in _uses() for literal in use.literals}))


def _sentence(reading: Reading, starts: list[int], at: int) -> tuple[int, int, int] | None:
    """The sentence around an offset, with the rank of its block; None in a heading and between sentences."""
    rank = max(bisect_right(starts, at) - 1, 0)
    block = reading.blocks[rank]
    if block.kind != "heading":
        for start, end in reading.sentences(block):
            if start <= at < end:
                return rank, start, end
    return None


@cache
def _uses_of(literals: tuple[str, ...]) -> tuple[tuple[str, bool, tuple[Announcement, ...]], ...]:
    """The uses of some literal of ``literals``: (name, whether in a career only, the announcements to try)."""
    found = []
    for name, known, only_in_career in _uses():
        if any(literal in known for literal in literals):
            rows = {row.number: row for literal in literals for row in known.get(literal, ())}
            found.append((name, only_in_career, tuple(rows.values())))
    return tuple(found)


#: An announcement that may stand in a sentence: where it does, or None where it is still to be searched for.
_Tried = tuple[Announcement, re.Match[str] | None]


class Announced:
    """The sentences of a sheet in which some literal of the lexicon opens a word, by what they are looked at for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tried: dict[str, dict[tuple[int, int, int], list[_Tried]]] = {use.name: {} for use in _uses()}
        text, low, starts = reading.text, reading.lower, [block.start for block in reading.blocks]
        careers = [(section.start, section.end) for section in reading.sections if section.kind == "career"]
        place, in_career = (0, 0, 0), False
        for at, literals in _openings().find(low):
            if not place[1] <= at < place[2]:  # literals come in reading order: most share a sentence with the last
                here = _sentence(reading, starts, at)
                if here is None:
                    continue
                place, in_career = here, False
                for first, last in careers:
                    in_career = in_career or first <= at < last
            for use, only_in_career, rows in _uses_of(literals):
                if in_career or not only_in_career:
                    tried = self._tried[use].setdefault(place, [])
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
    for name in names(reading, span.start, span.end, lenient=0 if known else _ALL):
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
        if not found and any(c.isalnum() for c in reading.words(block)):
            return
        yield from found
        first = False
