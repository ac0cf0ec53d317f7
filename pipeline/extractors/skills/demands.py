"""How strongly a sentence asks for a skill: `required`, `appreciated`, or not said."""

from __future__ import annotations

import re
from functools import cache, reduce
from operator import or_

from pipeline.extractors.skills.cues import again, strengths
from pipeline.extractors.skills.named import Named, Place
from pipeline.extractors.skills.text import Text

#: What takes up what stands before a colon.
_TAKEN_UP = re.compile(
    r" : (?:aucune? d'|autant d|c'est |cela |ça |ce (?:bagage|couple|duo|qu|socle|sont|trio)|ces |cette |"
    r"elles? |ils? |l'ensemble|la paire|le tout|rien de |tout (?:cela|ça|ceci)|voilà)"
)


def demands(text: Text) -> bool:
    """Whether a sentence may say how strongly it asks."""
    return text.bits & _bits() != 0


def requirement(text: Text, named: Named, place: Place) -> str | None:
    """`required` or `appreciated`, as the clause around a skill says; else what its lead says."""
    start, end = _clause(text, named)
    colon = text.low.rfind(" : ", start, named.start)
    following = text.low.find(" : ", named.end, end)
    if following >= 0 and _TAKEN_UP.match(text.low, following, text.end):  # « le dessin, la gravure : [ce duo est exigé] »
        end = text.end
    elif following >= 0:
        end = following
    after = [
        (match.start(), strength)
        for strength, asking in strengths("predicate")
        if text.bits & asking.bits and (match := text.search(asking, named.end, end))
    ]
    if (taken_up := text.search(again(), named.end, end)) and (said := _said_before(text, named.start)):
        after.append((taken_up.start(), said))
    if after:
        return min(after)[1]
    scopes = [(strength, asking) for strength, asking in strengths("scope") if text.bits & asking.bits]
    if not scopes:
        return place.requirement
    for first in (colon, start) if colon >= 0 else (start,):
        floor = max(first, start)
        before = [(m.start(), r) for r, asking in scopes for m in text.matches(asking, floor, named.start)]
        if before:
            return max(before)[1]
    around = [(m.start(), r) for r, asking in scopes if (m := text.search(asking, named.end, end))]
    if around:
        return min(around)[1]
    if start > text.start and not text.has_verb(start, end, sure=True):  # « …, mais plus encore du tact »
        return _said_before(text, start) or place.requirement
    return place.requirement


def _said_before(text: Text, end: int) -> str | None:
    """How strongly what stands before ``end`` asks last: « l'anglais est exigé, [celui-ci l'est aussi] »."""
    said = [
        (match.start(), strength)
        for role in ("predicate", "scope")
        for strength, asking in strengths(role)
        for match in text.matches(asking, text.start, end)
    ]
    return max(said)[1] if said else None


def _clause(text: Text, named: Named) -> tuple[int, int]:
    """The clause that ``named`` stands in."""
    start, end = text.start, text.end
    for first, after in text.boundaries:
        if after <= named.start:
            start = after
        elif first >= named.end:
            return start, first
    return start, end


@cache
def _bits() -> int:
    """The bits of the cues that say how strongly."""
    return reduce(or_, (asking.bits for role in ("predicate", "scope") for _, asking in strengths(role)))
