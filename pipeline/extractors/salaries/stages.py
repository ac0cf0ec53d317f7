"""The stage of a career that the words around an amount tell: by its name, or by years of experience.

Lower-cased words in normal form go in; ``entry``, ``experienced``, ``senior`` or None comes out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.extractors.salaries.cues import LABEL, NOWHERE, nearest
from pipeline.french.numbers import CARDINALS

_NUMBERS = CARDINALS | {
    "une dizaine d'": 10,
    "une quinzaine d'": 15,
    "une vingtaine d'": 20,
    "une trentaine d'": 30,
}
_NUMBER = r"\d{1,2}|" + "|".join(sorted(_NUMBERS, key=lambda w: (-len(w), w)))
_YEARS = re.compile(
    rf"(?P<before>après|au bout d[e']|passé(?: le cap des)?|(?<![\w'])à|au[- ]delà d[e']|plus d[e']|à partir d[e']|avec|>|"
    rf"(?:en (?:exercice|fonctions?|place|poste)|(?:embauch|établi|install|titularis)[ée]?e?s?|(?:exerc|travaill)e(?:nt)?)"
    rf" depuis|(?:diplômée?s?|là|présente?s?|qui \w+|titulaires?) depuis|"
    rf"(?:forte?s?|riches?) d[e']|ayant|qui (?:a|compte|cumule|ont|totalise)(?:nt)?|"
    rf"\+ ?(?:d[e'] ?)?|moins d[e']|<|jusqu'à|dès|d'ici)?"
    rf" ?(?P<low>{_NUMBER})(?P<plus> ?\+)?(?: ?(?:à|-|et|ou|/) ?(?P<high>{_NUMBER}))? ?(?:ans?|années)\b"
    r"(?P<after> (?:d'(?:expérience|ancienneté|activité|exercice)|de (?:carrière|métier|service|"
    r"pratique|poste|maison|travail)|et (?:plus|\+)|dans (?:le|la)|plus tard|après)| ?\+)?"
)


#: What makes years the last step of a scale (« plus de 15 ans »), and from how many on that step, or a career, is a senior's.
_MORE = frozenset({"plus de", "plus d'", "au-delà de", "au-delà d'", "au delà de", "au delà d'", ">", "+", "+ de"})
_LAST_STEP, _LONG = 15, 20
#: So many years may be an age, unless these stand before them.
_GROWN_UP, _LATER = 17, frozenset({"après", "au bout de", "au bout d'", "passé"})


def stage(left: str, right: str, *, named: bool = True) -> str | None:
    """Career stage that the words around an amount give: by name, where it may be ``named``, or by years."""
    if not left and named and len(right) <= LABEL:
        return _stage_of_label(right)
    return _stage(left, right, named=named)


def _stage(left: str, right: str, *, named: bool) -> str | None:
    value, distance = nearest("stage", left, right) if named else (None, NOWHERE)
    years = _stage_of_years(left, right)
    if years is not None and years.distance < distance and not (value is not None and years.glosses):
        value = years.stage
    return value


@lru_cache(maxsize=4096)
def _stage_of_label(words: str) -> str | None:
    return _stage("", words, named=True)


class _Years(NamedTuple):
    """The stage that years tell, how far away from the amount, and whether they gloss a name: « senior (> 6 ans) »."""

    stage: str
    distance: int
    glosses: bool


def _stage_of_years(left: str, right: str) -> _Years | None:
    found: _Years | None = None
    for words, behind in ((left, False), (right, True)):
        if (" an" not in words and "'an" not in words and not words.endswith("ans")) or not _counts_years(words):
            continue
        for match in _YEARS.finditer(words):
            named = _stage_of(match)
            distance = match.start() if behind else len(words) - match.end() + 8
            if named is not None and (found is None or distance < found.distance):
                found = _Years(named, distance, _GLOSS.search(words, 0, match.start()) is not None)
    return found


def _counts_years(words: str) -> bool:
    """Whether a number stands before any « ans », without which :data:`_YEARS` finds nothing: mostly it is « par an »."""
    return any(word.isdigit() or word in _END_OF_NUMBERS for word in _BEFORE_YEARS.findall(words))


#: « senior (de »: what opens a gloss on a word.
_GLOSS = re.compile(r"\w ?\((?:de |plus de |à partir de )?$")
_BEFORE_YEARS = re.compile(r"(\w{1,12})'?(?: ?\+)? ?(?:ans?|années)\b")
#: The last words of numbers: « cinq », and the « d » of « une dizaine d'années ».
_END_OF_NUMBERS = frozenset(re.findall(r"\w+", number)[-1] for number in _NUMBERS)


def _stage_of(match: re.Match[str]) -> str | None:
    before, after = (match["before"] or "").strip(), (match["after"] or "").strip()
    low = _count(match["low"])
    high = _count(match["high"]) if match["high"] else low
    around = match.string[max(match.start() - 1, 0) : match.start()] + match.string[match.end() : match.end() + 1]
    whole = around in {"", "()"}
    if not (before or after or match["plus"] or whole or match["high"]):
        return None
    if low >= _GROWN_UP and before not in _LATER and not after.startswith(("d'", "de", "plus tard")):
        return None
    if before in {"moins de", "moins d'", "<", "jusqu'à"}:
        return "entry" if high <= 3 else None
    if high <= 2 and (low == 0 or low == high == 1 or (low < high and not before)):
        return "entry"
    if low <= 1 and high <= 5 and match["high"]:
        return "entry"
    open_ended = match["plus"] or before in _MORE or after in {"et plus", "et +", "+"}
    return "senior" if low >= (_LAST_STEP if open_ended else _LONG) else "experienced"


def _count(printed: str) -> int:
    return _NUMBERS[printed] if printed in _NUMBERS else int(printed)
