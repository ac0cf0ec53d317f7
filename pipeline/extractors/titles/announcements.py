"""Words that announce names of occupations, and the sentences in which they stand.

The announcing words are patterns in ``lexicons/titles.toml``; each names literal ``hints`` without which it
cannot match, so that a sheet is searched for a few literals and only the sentences around them are read closely.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, reduce
from operator import or_
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

    The pattern is one for text in lower case, unless it is ``cased``.
    """

    name: str
    scope: str
    takes: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    cased: bool


class Place(NamedTuple):
    """A sentence to read closely: the rank of its block, its offsets, and the announcements that may stand in it."""

    rank: int
    start: int
    end: int
    rows: tuple[Announcement, ...]


@cache
def announcements(table: str) -> tuple[Announcement, ...]:
    """The rows of a table of announcements."""
    return tuple(
        Announcement(
            row["name"],
            row["scope"],
            row.get("takes", "known"),
            tuple(row["hints"]),
            re.compile(row["pattern"], re.IGNORECASE if row.get("cased") else 0),
            row.get("cased", False),
        )
        for row in load("titles")[table]
    )


class _Use(NamedTuple):
    """What literals are looked for: each literal → the numbers (as bits) of the announcements that it hints at."""

    name: str
    hints: dict[str, int]
    only_in_career: bool = False  # such announcements count in career sections only


@cache
def _uses() -> tuple[_Use, ...]:
    labels = load("titles")["labels"]
    labelling = [_Use(f"{kind} label", dict.fromkeys(labels[kind], 0)) for kind in ("titles", "career")]
    announcing = [
        _Use(table, _hints(table, in_career=in_career), only_in_career=in_career)
        for table, in_career in (("alternate", False), ("career", False), ("career", True))
    ]
    return (*labelling, *announcing)


def _hints(table: str, *, in_career: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, row in enumerate(announcements(table)):
        if (row.scope == "career") == in_career:
            for hint in row.hints:
                found[hint] = found.get(hint, 0) | 1 << number
    return found


@cache
def _openings() -> Openings:
    return Openings(sorted({literal for use in _uses() for literal in use.hints}))


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
def _uses_of(literals: tuple[str, ...]) -> tuple[tuple[str, bool, int], ...]:
    """The uses of some literal of ``literals``: (name, whether in a career only, bits of all announcements hinted at)."""
    found = []
    for name, hints, only_in_career in _uses():
        if any(literal in hints for literal in literals):
            found.append((name, only_in_career, reduce(or_, (hints.get(literal, 0) for literal in literals))))
    return tuple(found)


@lru_cache(maxsize=4096)
def _rows(table: str, bits: int) -> tuple[Announcement, ...]:
    return tuple(row for number, row in enumerate(announcements(table)) if bits >> number & 1)


class Announced:
    """The sentences of a sheet in which some literal of the lexicon opens a word, by what they are looked at for."""

    def __init__(self, reading: Reading) -> None:
        careers = [(section.start, section.end) for section in reading.sections if section.kind == "career"]
        self._found: dict[str, dict[tuple[int, int, int], int]] = {use.name: {} for use in _uses()}
        found, starts = self._found, [block.start for block in reading.blocks]
        place, in_career = (0, 0, 0), False
        for at, literals in _openings().find(reading.lower):
            if not place[1] <= at < place[2]:  # literals come in reading order: most share a sentence with the last
                here = _sentence(reading, starts, at)
                if here is None:
                    continue
                place, in_career = here, False
                for first, last in careers:
                    in_career = in_career or first <= at < last
            for use, only_in_career, bits in _uses_of(literals):
                if in_career or not only_in_career:
                    places = found[use]
                    places[place] = places.get(place, 0) | bits

    def places(self, use: str) -> list[Place]:
        """The sentences to read closely for ``use``, in reading order; those of a label come without announcements."""
        found = sorted(self._found[use].items())
        return [Place(rank, start, end, _rows(use, bits) if bits else ()) for (rank, start, end), bits in found]


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
