"""The words of ``lexicons/salaries.toml``: which of them stand around an amount, and what they answer.

Lower-cased words in normal form go in, a value or a match comes out. Stages are told from years, too: ``stages.py``; what a
sum and a number of months say of a period is the matter of ``periods.py``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.beginnings import literal_beginnings, lookahead
from pipeline.french.openings import trie
from pipeline.lexicons import load

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
    if not (left and right) and len(left) + len(right) <= LABEL:
        return _of_label(use, left, right, allowed)
    return _nearest(use, left, right, allowed)


#: Words of at most so many characters may be a heading or label, which come again and again: their answers are kept.
LABEL = 60


def _nearest(use: str, left: str, right: str, allowed: frozenset[str] | None) -> tuple[str | None, int]:
    (lead, either), values, alone = _any(use, allowed)
    best = (NOWHERE, len(values), 0)  # how far away, which answer, on which side
    if right and (match := either.search(lead + right)):
        best = (match.start(), int((match.lastgroup or "r0")[1:]), 0)
    if left and best[0] >= _NEAREST_LEFT and (match := either.search(lead + left)):
        for row, search in enumerate(alone):
            last = search.last_end(left, match.start())
            if last >= 0:
                best = min(best, (len(left) - last + _NEAREST_LEFT, row, 1))
    distance, row, _ = best
    return (values[row], distance) if distance < NOWHERE else (None, NOWHERE)


#: How far away words count at least that stand to the left: what follows an amount rather speaks of it.
_NEAREST_LEFT = 8
NOWHERE = 1_000_000


@lru_cache(maxsize=4096)
def _of_label(use: str, left: str, right: str, allowed: frozenset[str] | None) -> tuple[str | None, int]:
    return _nearest(use, left, right, allowed) if left or right else (None, NOWHERE)
