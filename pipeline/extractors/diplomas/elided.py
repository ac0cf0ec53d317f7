"""Names whose head a pronoun takes up: « le titre de directeur de volière (niveau 6) et celui de soigneur, de niveau 4 ».

The mentions of a span go in, in reading order; those that a pronoun names are put among them. One that only announces
them (« deux mentions existent : celle de … ») goes.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.diplomas.heads import state_level
from pipeline.extractors.diplomas.identity import specialty_words
from pipeline.extractors.diplomas.labels import label_end
from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.places import FIRST, tried
from pipeline.lexicons import load

#: One of these stands before any pronoun that :data:`_PRONOUN` finds.
_BEGUN = (" celui", " celle", " ceux")
_PRONOUN = re.compile(r"(?<= )(?:(?P<feminine>celles?)|celui|ceux) (?:(?=de |d'|en )|(?=option |mention |spécialité ))")
#: From a name to the pronoun that stands beside it, or behind what is said of it: « est requis, celui de … apprécié ».
_BESIDE = re.compile(
    r"(?: ?\([^()]*\))?(?:,? de niveau [\w +]{1,8})?(?: (?:est|sont|reste|demeure)\b[^,;:()]{3,40})?"
    r"(?:,|;|,? (?:et|ou|puis|voire|ou bien))(?:,? (?:pour|chez|dans|en) [^,;:()]{3,50},)? (?:aussi |enfin |même |surtout )?"
)
#: From a name in the plural to the first of those that it announces.
_ANNOUNCES = re.compile(r"[^.;:()]{0,60}(?: :|,) ")
_FEMININE = re.compile(r"licence|ma[iî]trise|mention|certification|attestation|capacit|habilitation", re.IGNORECASE)
_PREPOSITION = re.compile(r" (?:de |d')$")
_PLURAL = re.compile(r"(?<=[a-zà-ÿ]{3})s\b")


def add_elided(text: str, start: int, end: int, found: list[Mention], *, line: bool) -> list[Mention]:
    """Put the names whose head is elided among those ``found`` in a span; those that were put there come out."""
    if all(text.find(begun, start, end) < 0 for begun in _BEGUN):
        return []
    added: list[Mention] = []
    name: str | None = None
    for pronoun in _PRONOUN.finditer(text, start, end):
        before = max((m for m in found if m.end <= pronoun.start()), key=lambda m: m.end, default=None)
        if before is None or before.kind == "level" or before.school:
            continue
        name = name if added and before is added[-1] else _head(text, before, end)
        if name is None:
            continue
        announced = not before.specialty and name.endswith("s") and _ANNOUNCES.fullmatch(text, before.end, pronoun.start())
        beside = _BESIDE.fullmatch(text, before.end, pronoun.start()) if before.specialty else None
        if not (announced or beside) or bool(pronoun["feminine"]) != bool(_FEMININE.match(name)):
            continue
        last, _ = label_end(text, pronoun.start(), pronoun.end(), end, line=line)
        if last <= pronoun.end() or any(pronoun.start() < m.end and m.start < last for m in found):
            continue
        name = _PLURAL.sub("", name)
        mention = _taken_up(before, name, (pronoun.start(), last), text[pronoun.end() : last])
        if announced:
            found.remove(before)
        found.append(mention)
        added.append(mention)
    return added


def _head(text: str, mention: Mention, end: int) -> str | None:
    """The words of a mention that tell its kind, without what leads on to its specialty."""
    known = tried[text[mention.start : mention.start + FIRST]]
    match = known[0].match(text, mention.start, end) if known else None
    return _PREPOSITION.sub("", match.group()) if match else None


def _taken_up(before: Mention, name: str, span: tuple[int, int], specialty: str) -> Mention:
    label = f"{name} {specialty}"
    level, years = _known().get(before.head, (None, None))
    if before.head == "diplôme d'État":
        level, years = state_level(label, level, years)
    return Mention(
        "qualification",
        *span,
        label,
        before.head,
        specialty_words[specialty],
        level,
        years,
        weak_level=before.weak_level or level is None,
        determiner="definite",
        rule="elided",
    )


@cache
def _known() -> dict[str, tuple[int | None, int | None]]:
    """The level that a name alone tells, and its years."""
    rows = load("diplomas")["qualification"]
    return {row["name"]: (row.get("level"), row.get("years_after_bac")) for row in rows}
