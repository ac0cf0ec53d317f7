"""What looks like the name of a diploma and is none: a line in capitals, a licence to buy, a school as one that teaches.

The place of a name of the lexicon goes in, with the span in which it stands; out comes whether it is to be passed by.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.diplomas.mention import Mention
from pipeline.lexicons import load


def is_in_capitals(words: str) -> bool:
    """Whether a line of several words is printed in capitals, so that they tell no abbreviation."""
    return words.isupper() and " " in words


def explains(text: str, found: list[Mention], at: int) -> bool:
    """Whether ``at`` stands in brackets after a qualification: « bachelor (école de commerce) », « IEP (institut …) »."""
    last = max((m for m in found if m.end <= at), key=lambda m: m.end, default=None)
    if last is None or last.kind == "level":
        return False
    return text.rfind("(", last.end, at) > text.rfind(")", last.end, at)


def is_permit(text: str, start: int, at: int, behind: tuple[int, int]) -> bool:
    """Whether a « licence » is none of a university: that of a program, or one that is bought, rented or runs out."""
    said = text[slice(*behind)].split()[:3]
    if not said:
        return _BOUGHT.search(text, max(start, at - _SHORT_BEFORE), at) is not None or _RUNS.match(text, behind[0]) is not None
    return any(" ".join(said[:n]) in _programs() for n in range(1, len(said) + 1))


_BOUGHT = re.compile(
    r"\b(?:achat|achète\w*|acheter|rachat|rachète\w*|racheter|vend|vendre|vente|cède|céder|cession|coût|prix|location|louer?|"
    r"retirer|retrait|suspension|numéro|renouvel\w+)\b[^.;:,]{0,18}$",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r" (?:n')?(?:est|reste|sera) (?:\w+ )?(?:valable|valide|renouvelable|retirée|suspendue|à renouveler|cédée|payante)\b"
)
_SHORT_BEFORE = 30


def is_institution(text: str, start: int, at: int, last: int) -> bool:
    """Whether a school is named as one that teaches, not for its diploma: « les écoles de commerce proposent … »."""
    if text[at : at + 4].lower() == "dipl":
        return False
    return _TEACHES.match(text, last) is not None or _TAUGHT_BY.search(text, max(start, at - _SHORT_BEFORE), at) is not None


#: What a school does, behind its name and others of a list, or before it: « que propose une école de commerce ».
_TEACHES = re.compile(
    r"(?:,? (?:et |ou )?l[ea]s? [A-ZÉ]\w+)? (?:\([^()]*\) )?"
    r"(?:dispense|délivre|offre|organise|possède|propose)(?:nt|ra|ront)?\b"
)
_TAUGHT_BY = re.compile(
    r"\b(?:qu'|que |où )?(?:dispense|délivre|offre|organise|propose)(?:nt)? (?:aussi |également )?"
    r"(?:une? |l[ea]s? |l'|des |certaines |quelques )$|"
    r"\b(?:universités? et |rattachée?s? à |bancs d|installées? )(?:aux? |des? |l[ea]s? |d'|'une |une )*$"
)


@cache
def _programs() -> frozenset[str]:
    tools = load("tools")
    return frozenset((*tools["names"], *tools["cased"]))
