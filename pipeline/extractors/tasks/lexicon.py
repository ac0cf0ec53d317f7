"""The word lists and patterns of ``lexicons/tasks.toml``, compiled once a process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.beginnings import ANY, beginnings, signs_of
from pipeline.french.openings import holds
from pipeline.french.words import Words
from pipeline.lexicons import load
from pipeline.remembered import Remembered


class Begun:
    """The patterns of a table, in order, of which only those are tried that may begin as the word does that they are tried at.

    What a pattern may begin with is read off it; one that may begin with anything names ``hints``, of which what follows
    must hold one.
    """

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._hinted = [(tuple(row["hints"]), re.compile(row["pattern"])) for row in rows if "hints" in row]
        patterns = [row["pattern"] for row in rows if "hints" not in row]
        begun = [(re.compile(pattern), beginnings(pattern)) for pattern in patterns]
        self._of_word = Remembered(lambda word: tuple(pattern for pattern, signs in begun if _begins(f"{word} ", signs)))

    def may_begin(self, word: str) -> bool:
        """Whether a pattern may match from ``word`` on, as far as a word tells that patterns begin with."""
        return bool(self._hinted or self._of_word[word])

    def match(self, lower: str, words: Words, at: int, last: int) -> re.Match[str] | None:
        """The first match from the word ``at`` on and not beyond the word ``last``; ``lower`` is the text of the words."""
        patterns = self._of_word[words[at]]
        if not patterns and not self._hinted:
            return None
        start, end = words.starts[at], words.after(last)
        for hints, pattern in self._hinted:
            if holds(lower[start:end], hints) and (found := pattern.match(lower, start, end)):
                return found
        for pattern in patterns:
            if found := pattern.match(lower, start, end):
                return found
        return None


def _begins(text: str, beginnings_known: Iterable[str]) -> bool:
    """Whether what begins as ``text`` does may begin in one of these ways, as far as both are known."""
    signs = signs_of(text)
    return any(all(other in (sign, ANY) for sign, other in zip(signs, begun, strict=False)) for begun in beginnings_known)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the rules of the tasks know; each field is explained beside its list in the TOML file."""

    colleagues: frozenset[str]
    states: frozenset[str]
    with_object: frozenset[str]
    arrivals: frozenset[str]
    reflexive_states: frozenset[str]
    reflexive_deeds: Begun
    mastered: frozenset[str]
    careers: frozenset[str]
    promotions: frozenset[str]
    modals: frozenset[str]
    readers: frozenset[str]
    narrators: frozenset[str]
    openers: frozenset[str]
    paired_openers: frozenset[tuple[str, ...]]
    postures: frozenset[str]
    connectives: frozenset[str]
    things: frozenset[str]
    not_done: Begun
    impersonal: re.Pattern[str]
    periphrasis: Begun
    able: Begun
    season: re.Pattern[str]
    equipment: re.Pattern[str]
    elsewhere: re.Pattern[str]
    denied: re.Pattern[str]
    leaving: re.Pattern[str]
    summing: re.Pattern[str]
    belonging: re.Pattern[str]
    hearsay: re.Pattern[str]
    hearsay_hints: tuple[str, ...]
    charged: Begun
    asks: re.Pattern[str]
    machines: frozenset[str]
    actors: dict[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon, shared, not to be changed by the caller."""
    content = load("tasks")
    return Lexicon(
        colleagues=_set(content["colleagues"]),
        states=_set(content["states"]),
        with_object=_set(content["with_object"]),
        arrivals=_set(content["arrivals"]),
        reflexive_states=_set(content["reflexive_states"]),
        reflexive_deeds=Begun(content["reflexive_deeds"]),
        mastered=_set(content["mastered"]),
        careers=_set(content["careers"]) | _set(content["promotions"]),
        promotions=_set(content["promotions"]),
        modals=_set(content["modals"]),
        readers=_set(content["readers"]),
        narrators=_set(content["narrators"]),
        openers=_set(content["openers"]),
        paired_openers=frozenset(tuple(pair.split()) for pair in content["paired_openers"]),
        postures=_set(content["postures"]),
        connectives=_set(content["connectives"]),
        things=_set(content["things"]),
        not_done=Begun(content["not_done"]),
        impersonal=_any(content["impersonal"]),
        periphrasis=Begun(content["periphrasis"]),
        able=Begun(content["able"]),
        season=_any(content["season"]),
        equipment=_any(content["equipment"]),
        elsewhere=_any(content["elsewhere"]),
        denied=_any(content["denied"]),
        leaving=_any(content["leaving"]),
        summing=_any(content["summing"]),
        belonging=_any(content["belonging"]),
        hearsay=_any(content["hearsay"]),
        hearsay_hints=tuple(hint for row in content["hearsay"] for hint in row["hints"]),
        charged=Begun(content["charged"]),
        asks=_any(content["asks"]),
        machines=_set(content["machines"]),
        actors={pronoun: _set(nouns) for pronoun, nouns in content["actors"].items()},
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _any(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows))
