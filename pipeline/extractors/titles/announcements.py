"""Words that announce names of occupations, and the sentences in which they stand.

The announcing words are patterns in ``lexicons/titles.toml``; each names literals without which it cannot match. A sheet is
searched for all of them at once: a pattern that ``begins`` with one of its literals is tried where they stand and nowhere
else, one that holds one of its ``hints`` somewhere is searched for in the sentences around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
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

    The pattern is one for text in lower case, unless it is ``cased``. Some literal opens all that it matches where it
    ``begins``, and stands in it otherwise.
    """

    name: str
    scope: str
    takes: str
    literals: tuple[str, ...]
    begins: bool
    bit: int
    pattern: re.Pattern[str]
    cased: bool


#: Where literals stand, and the bits of the announcements whose literals they are.
_Cues = list[tuple[int, int]]


class Place(NamedTuple):
    """A sentence to read closely: the rank of its block, its offsets, and where announcements may stand in it."""

    rank: int
    start: int
    end: int
    cues: _Cues

    def matches(self, reading: Reading, row: Announcement) -> Iterable[re.Match[str]]:
        """Where the words of an announcement stand in the sentence."""
        text = reading.text if row.cased else reading.lower
        return self._begun(text, row) if row.begins else row.pattern.finditer(text, self.start, self.end)

    def _begun(self, text: str, row: Announcement) -> Iterator[re.Match[str]]:
        after = self.start
        for at, bits in self.cues:
            if bits & row.bit and at >= after:
                match = row.pattern.match(text, at, self.end)
                if match is not None:
                    after = match.end()
                    yield match


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
            1 << number,
            re.compile(row["pattern"], re.IGNORECASE if row.get("cased") else 0),
            row.get("cased", False),
        )
        for number, row in enumerate(load("titles")[table])
    )


class _Use(NamedTuple):
    """What literals are looked for: each literal → the bits of the announcements whose literal it is."""

    name: str
    literals: dict[str, int]
    only_in_career: bool = False  # such announcements count in career sections only


@cache
def _uses() -> tuple[_Use, ...]:
    labels = load("titles")["labels"]
    labelling = [_Use(f"{kind} label", dict.fromkeys(labels[kind], 0)) for kind in ("titles", "career")]
    announcing = [
        _Use(table, _literals(table, in_career=in_career), only_in_career=in_career)
        for table, in_career in (("alternate", False), ("career", False), ("career", True))
    ]
    return (*labelling, *announcing)


def _literals(table: str, *, in_career: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in announcements(table):
        if (row.scope == "career") == in_career:
            for literal in row.literals:
                found[literal] = found.get(literal, 0) | row.bit
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
def _uses_of(literals: tuple[str, ...]) -> tuple[tuple[str, bool, int], ...]:
    """The uses of some literal of ``literals``: (name, whether in a career only, bits of the announcements)."""
    found = []
    for name, known, only_in_career in _uses():
        if any(literal in known for literal in literals):
            found.append((name, only_in_career, reduce(or_, (known.get(literal, 0) for literal in literals))))
    return tuple(found)


def rows(table: str, place: Place) -> tuple[Announcement, ...]:
    """The announcements of a table that may stand in a sentence."""
    return _rows(table, reduce(or_, [bits for _, bits in place.cues]))


@lru_cache(maxsize=4096)
def _rows(table: str, bits: int) -> tuple[Announcement, ...]:
    return tuple(row for row in announcements(table) if bits & row.bit)


class Announced:
    """The sentences of a sheet in which some literal of the lexicon opens a word, by what they are looked at for."""

    def __init__(self, reading: Reading) -> None:
        careers = [(section.start, section.end) for section in reading.sections if section.kind == "career"]
        self._found: dict[str, dict[tuple[int, int, int], _Cues]] = {use.name: {} for use in _uses()}
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
                    found[use].setdefault(place, []).append((at, bits))

    def places(self, use: str) -> list[Place]:
        """The sentences to read closely for ``use``, in reading order."""
        return [Place(*place, cues) for place, cues in sorted(self._found[use].items())]


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
