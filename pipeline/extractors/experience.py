"""Reads the professional experience that a sheet asks for.

« 2 à 3 ans d'expérience dans le webmarketing sont exigés » gives bounds in years, the field and the
requirement. Experience that leads on from the job, or that a pay is given for, is not asked for and
gives no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extractors import Earlier
from pipeline.extractors.diplomas.requirements import cues, requirement
from pipeline.french.numbers import CARDINALS
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.records import Experience

_TRIGGER = re.compile(r"[Ee]xpérience|EXPÉRIENCE|[Dd]ébutant|(?:ans|années) de (?:pratique|métier)|ancienneté")
#: One of these words opens in whatever triggers.
_HINTS = ("expérience", "inexpérience", "débutant", "de pratique", "de métier", "ancienneté")
_FIELD = re.compile(
    r" ?(?:acquise? |réussie? )?(?:dans (?:l[ea]s? |l'|un |une )?(?:(?:domaines?|secteurs?|"
    r"métiers?) (?:de la |de l'|de |du |des |d'))?|en (?!\d|alternance|entreprise\b|moyenne)|"
    r"comme |en tant que |à un poste d[e'] ?|sur un poste d[e'] ?|d'(?=[a-zé]))"
    r"(?P<field>[^\s,.;:()!?]+(?: (?!(?:est|sont|exig|requi|indispens|apprécié|souhait|demand|obligat|"
    r"nécess|peut|avant|pour|et (?:un|une|le|la|l')\b|ou (?:un|une)\b|avec|préalable|qui|serait|"
    r"constitue))[^\s,.;:()!?]+){0,6})"
)
_OF_OTHERS = re.compile(r"expérience (?:client|utilisateur|d'achat|visiteur)", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"], re.IGNORECASE) for row in load("experience")["asked"])


@cache
def _elsewhere() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("experience")["elsewhere"]), re.IGNORECASE)


@cache
def _names() -> tuple[str, ...]:
    return tuple(row["name"] for row in load("experience")["asked"])


def extract(reading: Reading, earlier: Earlier) -> Iterator[Experience]:  # noqa: ARG001
    """Yield the experience asked for, in reading order."""
    text = reading.text
    for block in reading.blocks_at(reading.openings(_HINTS)):
        if _TRIGGER.search(text, block.start, block.end) is None:
            continue
        for start, end in reading.sentences(block):
            named = _TRIGGER.search(text, start, end) is not None
            if named and not _elsewhere().search(text, start, end) and not _OF_OTHERS.search(text, start, end):
                yield from _sentence(text, start, end)


def _sentence(text: str, start: int, end: int) -> Iterator[Experience]:
    matches: list[tuple[int, int, str, re.Match[str]]] = []
    for name, pattern in zip(_names(), _patterns(), strict=True):
        for match in pattern.finditer(text, start, end):
            if not any(a < match.end() and match.start() < b for a, b, _, _ in matches):
                matches.append((match.start(), match.end(), name, match))
    matches.sort(key=lambda m: m[:2])
    said = cues(text, start, end) if matches else []
    spans = [(a, b) for a, b, _, _ in matches]
    for first, last, name, match in matches:
        minimum, maximum = (0.0, None) if name == "beginner" else _bounds(match)
        field = None if name == "beginner" else _FIELD.match(text, last, end)
        asked = "possible" if name == "beginner" else requirement(text, (first, last), (start, end), said, spans)
        yield Experience(
            start=first,
            end=last,
            rule=name,
            years_minimum=minimum,
            years_maximum=maximum,
            field=field["field"].strip() if field else None,
            requirement=asked,
        )


def _bounds(match: re.Match[str]) -> tuple[float | None, float | None]:
    groups = match.groupdict()
    low, high = _number(groups.get("low")), _number(groups.get("high"))
    if low is None and groups.get("unit", "").startswith("an"):
        low = 1.0 if groups["unit"] == "an" else None
    if groups.get("unit") == "mois":
        low, high = (None if n is None else round(n / 12, 2) for n in (low, high))
    if low is not None and high is not None and low > high:
        low, high = high, low
    return low, high


def _number(words: str | None) -> float | None:
    if not words:
        return None
    lower = words.lower().replace(",", ".")
    return float(CARDINALS[lower]) if lower in CARDINALS else float(lower)
