"""What the words around an amount tell of a pay: stage, status, basis, period, months, a variable part.

Lower-cased words in normal form go in, a value or a match comes out. The words themselves live in
``lexicons/salaries.toml``; what a SMIC is worth at a date lives in ``lexicons/smic.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.beginnings import literal_beginnings, lookahead
from pipeline.french.numbers import CARDINALS
from pipeline.french.openings import trie
from pipeline.lexicons import load

#: From these sums on an unstated period is taken to be the next longer one: (below: hour, day, month; else year).
PERIOD_LIMITS = {
    "EUR": (60.0, 600.0, 12_000.0),
    "CHF": (120.0, 1_200.0, 20_000.0),
    "FRF": (300.0, 2_500.0, 60_000.0),
    "CAD": (120.0, 1_000.0, 15_000.0),
    "USD": (120.0, 1_000.0, 15_000.0),
    "XOF": (6_000.0, 30_000.0, 5_000_000.0),
}
#: What a pay of a period can be at most, in euros or dollars; a cue that says otherwise is about something else.
_LIMITS = {
    "hour": (1.0, 600.0),
    "day": (15.0, 6_000.0),
    "week": (60.0, 20_000.0),
    "month": (80.0, 120_000.0),
    "year": (300.0, 20_000_000.0),
}
_SCALES = {"FRF": 6.56, "XOF": 656.0, "MAD": 10.0}
_NUMBERS = CARDINALS | {
    "treizième": 13,
    "quatorzième": 14,
    "une dizaine d'": 10,
    "une quinzaine d'": 15,
    "une vingtaine d'": 20,
    "une trentaine d'": 30,
}
_NUMBER = r"\d{1,2}|" + "|".join(sorted(_NUMBERS, key=lambda w: (-len(w), w)))
_YEARS = re.compile(
    rf"(?P<before>après|au bout d[e']|passé(?: le cap des)?|(?<![\w'])à|au[- ]delà d[e']|plus d[e']|à partir d[e']|avec|>|"
    rf"(?:en (?:exercice|fonctions?|place|poste)|(?:embauch|établi|install|titularis)[ée]?e?s?|(?:exerc|travaill)e(?:nt)?)"
    rf" depuis|(?:diplômée?s?|là|présente?s?|titulaires?) depuis|"
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
#: Letters that tell which words are tried at a place.
_LETTERS = 6
_NOTHING: frozenset[str] = frozenset()


class _Answer(NamedTuple):
    """What the lexicon has for one answer to a question: the patterns of its rows, and whether they begin where words do."""

    value: str
    patterns: tuple[str, ...]
    by_word: bool

    @property
    def either(self) -> str:
        """The patterns as one."""
        return "|".join(self.patterns)


@cache
def _answers(use: str) -> tuple[_Answer, ...]:
    """The answers to the question ``use``."""
    lexicon = load("salaries")
    ideas: dict[str, list[str]] = {}
    for row in lexicon["cue"]:
        if row["use"] == use:
            ideas.setdefault(row["value"], []).append(row["pattern"])
    by_word = use in lexicon["word_start"]
    return tuple(_Answer(value, tuple(patterns), by_word) for value, patterns in ideas.items())


def _answer(use: str, value: str) -> _Answer:
    return next(answer for answer in _answers(use) if answer.value == value)


@cache
def cue(use: str, value: str) -> re.Pattern[str]:
    """The words of the lexicon that answer ``value`` to the question ``use``."""
    answer = _answer(use, value)
    before = "(?<![a-zà-ÿ])" if answer.by_word else ""
    return re.compile(f"{before}{lookahead(answer.patterns, _LETTERS)}(?:{answer.either})")


class _Search(NamedTuple):
    """How to look for words: what to put before a text, and the pattern to search it with.

    Their first letters are looked at before all else. Where they begin as a word does, the sign or space before them is
    matched, too, for a set of characters is what the engine skips to fastest; a line break goes before the text, so that its
    first word has something before it.
    """

    lead: str
    pattern: re.Pattern[str]

    def last_end(self, words: str, at: int = 0) -> int:
        """Where in ``words`` the last match ends, -1 if there is none; none is before ``at``."""
        found, lead = -1, len(self.lead)
        led = self.lead + words
        search = self.pattern.search
        while match := search(led, at):
            found = match.end() - lead
            at = found  # with a lead, from the last character on: it may be what stands before the next word
        return found


def _search(answers: Sequence[_Answer]) -> _Search:
    """The search for any of ``answers``, all to one question, each in a group of its own."""
    joined = "|".join(f"(?P<r{i}>{answer.either})" for i, answer in enumerate(answers)) or "(?!)"
    begun = lookahead((pattern for answer in answers for pattern in answer.patterns), _LETTERS)
    pattern = f"{begun}(?:{joined})"
    if any(answer.by_word for answer in answers):
        return _Search("\n", re.compile(f"[^a-zà-ÿ]{pattern}"))
    return _Search("", re.compile(pattern))


@lru_cache(maxsize=256)
def _any(use: str, allowed: frozenset[str] | None) -> tuple[_Search, tuple[str, ...], tuple[_Search, ...]]:
    """The search for all answers to ``use`` that are ``allowed``; these answers, and the search for each alone."""
    answers = [answer for answer in _answers(use) if allowed is None or answer.value in allowed]
    return _search(answers), tuple(answer.value for answer in answers), tuple(_one(use, answer.value) for answer in answers)


@cache
def _one(use: str, value: str) -> _Search:
    return _search([_answer(use, value)])


@cache
def _openings() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """A pattern of all that answers begin with, and what each beginning may answer (see :func:`told`)."""
    lexicon = load("salaries")
    known: dict[str, set[str]] = {}
    for row in lexicon["cue"]:
        if row["use"] in lexicon["word_start"]:
            for letters in literal_beginnings(row["pattern"], _LETTERS):
                known.setdefault(letters, set()).update((row["use"], f"{row['use']} {row['value']}"))
    for answer, words in lexicon["held"].items():
        for word in words:
            known.setdefault(word, set()).add(answer)
    # What begins with « début » begins with « déb », too.
    within = {word: _NOTHING.union(*(known.get(word[:n], ()) for n in range(len(word) + 1))) for word in known}
    return re.compile(f"[^a-zà-ÿ](?=({trie(sorted(known))}))"), within


def told(words: str) -> frozenset[str]:
    """What ``words`` may say, found in one pass: the uses of the lexicon, alone and with a value (« pay », « pay strong »).

    Every answer of the uses that begin where a word does, and those that the lexicon lists under ``held``, is among it where
    ``words`` give it: what is not among it need not be looked for.
    """
    pattern, answers = _openings()
    return _NOTHING.union(*map(answers.__getitem__, pattern.findall("\n" + words)))


def says(use: str, value: str, words: str) -> bool:
    """Whether ``words`` answer ``value`` to the question ``use``."""
    lead, pattern = _one(use, value)
    return pattern.search(lead + words) is not None


def says_any(use: str, values: frozenset[str], words: str) -> bool:
    """Whether ``words`` give any of the answers ``values`` to the question ``use``."""
    (lead, pattern), _, _ = _any(use, values)
    return pattern.search(lead + words) is not None


def last_end(use: str, value: str, words: str) -> int:
    """Where the last of ``words`` that answer ``value`` to the question ``use`` end; -1 if there are none."""
    return _one(use, value).last_end(words)


def nearest(use: str, left: str, right: str, allowed: frozenset[str] | None = None) -> tuple[str | None, int]:
    """The answer whose words stand nearest to the amount between ``left`` and ``right``, and how far away."""
    if not (left and right) and len(left) + len(right) <= _LABEL:
        return _of_label(use, left, right, allowed)
    return _nearest(use, left, right, allowed)


#: Words of at most so many characters may be a heading or label, which come again and again: their answers are kept.
_LABEL = 60


def _nearest(use: str, left: str, right: str, allowed: frozenset[str] | None) -> tuple[str | None, int]:
    (lead, either), values, alone = _any(use, allowed)
    best = (_NOWHERE, len(values), 0)  # how far away, which answer, on which side
    if right and (match := either.search(lead + right)):
        best = (match.start(), int((match.lastgroup or "r0")[1:]), 0)
    if left and best[0] >= _NEAREST_LEFT and (match := either.search(lead + left)):
        for row, search in enumerate(alone):
            last = search.last_end(left, match.start())
            if last >= 0:
                best = min(best, (len(left) - last + _NEAREST_LEFT, row, 1))
    distance, row, _ = best
    return (values[row], distance) if distance < _NOWHERE else (None, _NOWHERE)


#: How far away words count at least that stand to the left: what follows an amount rather speaks of it.
_NEAREST_LEFT = 8
_NOWHERE = 1_000_000


@lru_cache(maxsize=4096)
def _of_label(use: str, left: str, right: str, allowed: frozenset[str] | None) -> tuple[str | None, int]:
    return _nearest(use, left, right, allowed) if left or right else (None, _NOWHERE)


def stage(left: str, right: str, *, named: bool = True) -> str | None:
    """Career stage that the words around an amount give: by name, where it may be ``named``, or by years."""
    if not left and named and len(right) <= _LABEL:
        return _stage_of_label(right)
    return _stage(left, right, named=named)


def _stage(left: str, right: str, *, named: bool) -> str | None:
    value, distance = nearest("stage", left, right) if named else (None, _NOWHERE)
    years = _stage_of_years(left, right)
    if years is not None and years[1] < distance:
        value = years[0]
    return value


@lru_cache(maxsize=4096)
def _stage_of_label(words: str) -> str | None:
    return _stage("", words, named=True)


def _stage_of_years(left: str, right: str) -> tuple[str, int] | None:
    found = None
    for words, behind in ((left, False), (right, True)):
        if (" an" not in words and "'an" not in words and not words.endswith("ans")) or not _counts_years(words):
            continue
        for match in _YEARS.finditer(words):
            named = _stage_of(match)
            distance = match.start() if behind else len(words) - match.end() + 8
            if named is not None and (found is None or distance < found[1]):
                found = (named, distance)
    return found


def _counts_years(words: str) -> bool:
    """Whether a number stands before any « ans », without which :data:`_YEARS` finds nothing: mostly it is « par an »."""
    return any(word.isdigit() or word in _END_OF_NUMBERS for word in _BEFORE_YEARS.findall(words))


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
    if low >= _GROWN_UP and before not in _LATER and not after.startswith(("d'", "de")):
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


#: What any count of more monthly payments than a year has months says, or twelve itself.
_MORE_THAN_TWELVE = re.compile(r"1[2-6]|douze|treiz|quatorz|quinze|seize")


def months_paid(words: str) -> float | None:
    """How many monthly payments a year ``words`` state (« sur 13 mois », « treize fois l'an »)."""
    match = cue("months", "count").search(words) if _MORE_THAN_TWELVE.search(words) else None
    if match is None:
        return None
    printed = next(value for value in match.groupdict().values() if value)
    return float(_count(printed))


@lru_cache(maxsize=4096)
def plausible(amount: float, currency: str | None) -> frozenset[str]:
    """The periods that ``amount`` may be the pay of."""
    scale = _SCALES.get(currency or "EUR", 1.0)
    return frozenset(("piece", *(period for period, (low, high) in _LIMITS.items() if low * scale <= amount <= high * scale)))


def period_of_size(amount: float, currency: str | None) -> str:
    """The period that an ``amount`` of pay must be meant for, by its size."""
    hour, day, month = PERIOD_LIMITS.get(currency or "EUR", PERIOD_LIMITS["EUR"])
    return "hour" if amount < hour else "day" if amount < day else "month" if amount < month else "year"


def smic_month(date: dt.date | None) -> float | None:
    """The gross monthly SMIC in force at ``date``, in euros; None before 2013 or without a date."""
    value = None
    for row in load("smic")["smic"]:
        if date is not None and row["from"] <= date:
            value = float(row["month"])
    return value
