"""How strongly a sentence asks for a skill: `required`, `appreciated`, or not said."""

from __future__ import annotations

from pipeline.extractors.skills.text import Named, Place, Text
from pipeline.extractors.skills.vocabulary import cue, pattern

_STRENGTHS = ("required", "appreciated")


def requirement(text: Text, named: Named, place: Place) -> str | None:
    """`required` or `appreciated`, as the clause around a skill says; else what its lead says."""
    if not text.bits & (cue("predicate").bits | cue("scope").bits):
        return place.requirement
    start, end = _clause(text, named)
    colon = text.low.rfind(" : ", start, named.start)
    following = text.low.find(" : ", named.end, end)
    end = following if following >= 0 else end
    after = [(m.start(), r) for r in _STRENGTHS if (m := text.search(cue("predicate", requirement=r), named.end, end))]
    if after:
        return min(after)[1]
    for first in (colon, start) if colon >= 0 else (start,):
        scope = ((r, text.matches(cue("scope", requirement=r), max(first, start), named.start)) for r in _STRENGTHS)
        before = [(m.start(), r) for r, found in scope for m in found]
        if before:
            return max(before)[1]
    around = [(m.start(), r) for r in _STRENGTHS if (m := text.search(cue("scope", requirement=r), named.end, end))]
    return min(around)[1] if around else place.requirement


def _clause(text: Text, named: Named) -> tuple[int, int]:
    """The clause that ``named`` stands in."""
    start, end = text.start, text.end
    for match in pattern("boundary").finditer(text.low, text.start, text.end):
        if match.end() <= named.start:
            start = match.end()
        elif match.start() >= named.end:
            end = match.start()
            break
    return start, end
