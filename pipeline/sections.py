"""Headings → sections, each with the kind of thing it speaks of.

A section runs from its heading to the next heading that is not deeper. What a heading speaks of is
looked up in ``lexicons/headings.toml``; a heading that says nothing known takes the kind of the
section around it, and so does one that only touches on what the sheet treats elsewhere (« Étude et contrôle » among
the missions). The sheet's own title (« Devenir juriste : missions, études, salaire ») announces
what follows and governs none of it: its section is the definition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from pipeline.beginnings import LONGEST as LONGEST_BEGINNING
from pipeline.beginnings import ByBeginning
from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.records import Section
from pipeline.remembered import Remembered
from pipeline.sheet import Block

#: Characters of a heading that are looked at: what is longer is a paragraph in large print.
LONGEST_HEADING = 400

_SHEET = re.compile(r"\b(?:fiches?[- ]metiers?|referentiel)\b")
_WORD = re.compile(r"\w+")
#: Headings of work told in its order, and those that end it.
_ACTS = re.compile(r"(?:avant|d'abord|durant|le jour|le soir|pendant)\b")
_LAST_ACTS = frozenset(("apres", "ensuite", "puis"))
#: What may stand before the words of a heading: its number, a pictogram.
_ORNAMENTS = re.compile(r"^[\W\d_]+")
#: What may stand after them.
_CLOSING = " :.!?»-*#0123456789)"


#: Kinds whose sub-headings are phrases of the author's own, and those that what comes after a job touches on.
_TOLD = frozenset(("conditions", "skills", "tasks"))
_TOUCHED_BY_CAREERS = frozenset(("education", "tasks"))


class _Names(NamedTuple):
    """The names of sections: (kind, what searches for it) in their order, and which to try where a word begins so.

    What a name matches begins where a word does; one that only stands at the beginning is tried nowhere else.
    """

    searches: tuple[tuple[str, Callable[[str], re.Match[str] | None]], ...]
    opening: Remembered[tuple[int, ...]]
    within: Remembered[tuple[int, ...]]


@cache
def _names() -> _Names:
    rows = load("headings")["heading"]
    known = ByBeginning(row["pattern"] for row in rows)
    anywhere = {rank for rank, row in enumerate(rows) if row["pattern"][0] != "^"}
    return _Names(
        tuple((row["kind"], re.compile(row["pattern"]).search) for row in rows),
        Remembered(lambda begun: tuple(known.told(begun))),
        Remembered(lambda begun: tuple(known.told(begun) & anywhere)),
    )


@cache
def _occupation() -> re.Pattern[str]:
    """What holds the name of a section and names none: « responsable formation », « bureau d'études »."""
    return re.compile("|".join(row["pattern"] for row in load("headings")["occupation"]))


def _named(words: str) -> Iterator[str]:
    """The kinds of section that a folded heading names, the surest first."""
    searches, opening, within = _names()
    tried: set[int] = set()
    for word in _WORD.finditer(words):
        at = word.start()
        begun = words[at : at + LONGEST_BEGINNING]
        tried.update(within[begun] if at else opening[begun])
    for rank in sorted(tried):
        kind, search = searches[rank]
        if search(words):
            yield kind


@lru_cache(maxsize=4096)
def heading_kind(heading: str) -> str | None:
    """The section kind that a heading names, or None where it names none."""
    words = _ORNAMENTS.sub("", fold(heading[:LONGEST_HEADING]).rstrip(_CLOSING))
    kind = next(_named(words), None)
    if kind is None or _occupation().search(words) is None:
        return kind
    return next(_named(_occupation().sub("", words).strip()), None)


@lru_cache(maxsize=4096)
def _is_outright(heading: str) -> bool:
    """Whether a heading is the name of a section and no more: « Études et diplômes », but not « Étude et contrôle »."""
    words = _ORNAMENTS.sub("", fold(heading[:LONGEST_HEADING]).rstrip(_CLOSING))
    matches = (search(words) for _, search in _names().searches)
    return _bare_name().match(words) is not None or any(match and match.span() == (0, len(words)) for match in matches)


@cache
def _bare_name() -> re.Pattern[str]:
    return re.compile(load("headings")["bare"][0]["pattern"])


@cache
def _within_career() -> re.Pattern[str]:
    """What heads a part of a career section though its words name another kind elsewhere: « Devenir chef d'équipe »."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("headings")["within_career"]))


def _governs(section: Section) -> bool:
    """Whether the headings inside a section, which is named for its kind, are phrases of the author's own."""
    return section.kind in _TOLD and section.heading is not None and heading_kind(section.heading) == section.kind


def _is_title(heading: str, level: int) -> bool:
    """Whether the first heading of a sheet is its title rather than the name of a section."""
    if level == 1:
        return True
    words = fold(heading[:LONGEST_HEADING])
    return len(set(_named(words))) > 1 or _SHEET.search(words) is not None


def _goes_on(before: Section, heading: str) -> bool:
    """Whether « Après » is the last act of « Avant », « Le jour J », rather than what comes after the job."""
    acts = _ACTS.match(fold(before.heading[:LONGEST_HEADING])) if before.heading else None
    return acts is not None and fold(heading[:LONGEST_HEADING]).rstrip(" :.") in _LAST_ACTS


class _Outline:
    """The headings of a sheet with their levels: what they name, and where their sections end; each is asked once."""

    def __init__(self, text: str, headings: Sequence[Block], levels: Mapping[int, int]) -> None:
        self._text = text
        self._headings = headings
        self._levels = levels
        self._ends: dict[int, int] = {}

    @cached_property
    def _named(self) -> dict[str, tuple[int, int]]:
        """Kind → offsets of the first and of the last heading that names it."""
        found: dict[str, tuple[int, int]] = {}
        for block in self._headings:
            kind = heading_kind(self._text[block.start : block.end]) if block.kind == "heading" else None
            if kind is not None:
                found[kind] = (found.get(kind, (block.start,))[0], block.start)
        return found

    def _end(self, rank: int) -> int:
        """Where the section of the heading of that rank ends."""
        start = self._headings[rank].start
        if start not in self._ends:
            starts = (self._headings[i].start for i in range(rank + 1, len(self._headings)))
            level = self._levels[start]
            self._ends[start] = next((other for other in starts if self._levels[other] <= level), len(self._text))
        return self._ends[start]

    def touches_on(self, heading: str, around: Section, rank: int) -> bool:
        """Whether a heading only touches on what it names inside the section ``around``, that of the heading ``rank``."""
        kind = heading_kind(heading)
        if around.kind == "career":
            return kind in _TOUCHED_BY_CAREERS and _within_career().search(fold(heading)) is not None
        if kind is None or not _governs(around) or _is_outright(heading):
            return False
        first, last = self._named[kind]
        return first < around.start or last >= self._end(rank)


def sectionise(text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """The sections of a text, in reading order, a parent before its children.

    The text before the first heading is a section of depth 0 without heading; it is there even when
    empty text precedes, so that every block lies in a section. A block whose ``topic`` the format states
    opens a section as a heading does; without being one, it opens it at the second level.
    """
    headings = [b for b in blocks if b.kind == "heading" or b.topic]
    levels = {b.start: b.depth if b.kind == "heading" else 2 for b in headings}
    first = headings[0].start if headings else len(text)
    found = [Section(kind="definition", heading=None, depth=0, start=0, end=first)]
    outline = _Outline(text, headings, levels)
    open_sections: list[tuple[int, Section]] = []
    ranks: list[int] = []  # of their headings
    for i, block in enumerate(headings):
        level = levels[block.start]
        while open_sections and open_sections[-1][0] >= level:
            open_sections.pop()[1].end = block.start
            ranks.pop()
        heading = text[block.start : block.end] if block.kind == "heading" else None
        around = open_sections[-1][1].kind if open_sections else "definition" if i == 0 else "other"
        kind = (heading and heading_kind(heading)) or block.topic or around
        if heading and kind != around and len(found) > 1:
            if _goes_on(found[-1], heading):
                kind = found[-1].kind
            elif open_sections and outline.touches_on(heading, open_sections[-1][1], ranks[-1]):
                kind = around
        if i == 0 and heading and _is_title(heading, level):
            kind = block.topic or "definition"
        section = Section(kind=kind, heading=heading, depth=len(open_sections) + 1, start=block.start, end=len(text))
        open_sections.append((level, section))
        ranks.append(i)
        found.append(section)
    return tuple(found)
