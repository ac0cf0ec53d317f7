"""What is asked of a name by words that stand apart from it: behind a colon or a dash, in a line or a cell of their own.

A name with the clauses behind it, or the words of a line, go in; what they ask comes out.
"""

from __future__ import annotations

import re

from pipeline.extractors.diplomas.requirements import BEFORE, clause_at, cues
from pipeline.remembered import Remembered


def asked_behind(
    text: str, span: tuple[int, int], parts: list[tuple[int, int, str]], named: list[tuple[int, int]]
) -> str | None:
    """What a sign sets off behind the name in ``span`` and says of it: « CAP vannerie – 2 ans – obligatoire »."""
    following = min((a for a, _ in named if a >= span[1]), default=parts[-1][1])
    for start, end, mark in parts[clause_at(parts, span[0]) + 1 :]:
        if mark not in _SETS_OFF or start >= following:
            return None
        for cue in cues(text, start, end)[:1]:
            if cue.side not in BEFORE and _ASKS_OF_WAYS.fullmatch(text, start, cue.start) is not None:
                return cue.requirement
    return None


_SETS_OFF = frozenset((":", "-", "–", "—"))


def only_asks(words: str) -> str | None:
    """What a line or a cell asks that says nothing else: « Obligatoire », « Très apprécié », « Un plus »."""
    return _ASKED_ALONE[words] if len(words) <= _ONLY_ASKS else None


def _asked_alone(words: str) -> str | None:
    said = cues(words, 0, len(words))
    if len(said) != 1 or _ASKS_OF_WAYS.fullmatch(words[: said[0].start] + words[said[0].end :]) is None:
        return None
    return said[0].requirement


_ONLY_ASKS = 40
#: Most lines that are so short are headings, which a crawl repeats.
_ASKED_ALONE = Remembered(_asked_alone)
_ASKS_OF_WAYS = re.compile(
    r"(?:\W|\b(?:un|une|le|la|les|est|sont|très|fort|plus|souvent|\w{3,20}ment|dipl[oô]mes?|formations?|études|parcours|cursus|"
    r"titres?|certifications?)\b)*",
    re.IGNORECASE,
)
