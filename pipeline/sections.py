"""Headings → sections, each with the kind of thing it speaks of.

A section runs from its heading to the next heading that is not deeper. What a heading speaks of is
looked up in ``lexicons/headings.toml``; a heading that says nothing known takes the kind of the
section around it. The sheet's own title (« Devenir juriste : missions, études, salaire ») announces
what follows and governs none of it: its section is the definition.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.records import Section
from pipeline.sheet import Block

#: Characters of a heading that are looked at: what is longer is a paragraph in large print.
LONGEST_HEADING = 400

_SHEET = re.compile(r"\b(?:fiches?[- ]metiers?|referentiel)\b")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["pattern"])) for row in load("headings")["heading"])


@lru_cache(maxsize=4096)
def heading_kind(heading: str) -> str | None:
    """The section kind that a heading names, or None where it names none."""
    words = fold(heading[:LONGEST_HEADING]).strip(" :.!?»«-*#0123456789)")
    for kind, pattern in _patterns():
        if pattern.search(words):
            return kind
    return None


def _is_title(heading: str, level: int) -> bool:
    """Whether the first heading of a sheet is its title rather than the name of a section."""
    words = fold(heading[:LONGEST_HEADING])
    named = sum(pattern.search(words) is not None for _, pattern in _patterns())
    return level == 1 or named > 1 or _SHEET.search(words) is not None


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
    open_sections: list[tuple[int, str]] = []
    for i, block in enumerate(headings):
        level = levels[block.start]
        while open_sections and open_sections[-1][0] >= level:
            open_sections.pop()
        heading = text[block.start : block.end] if block.kind == "heading" else None
        around = open_sections[-1][1] if open_sections else "definition" if i == 0 else "other"
        kind = (heading and heading_kind(heading)) or block.topic or around
        if i == 0 and heading and _is_title(heading, level):
            kind = block.topic or "definition"
        end = next((h.start for h in headings[i + 1 :] if levels[h.start] <= level), len(text))
        open_sections.append((level, kind))
        found.append(Section(kind=kind, heading=heading, depth=len(open_sections), start=block.start, end=end))
    return tuple(found)
