"""The word lists and patterns of ``lexicons/tasks.toml``, compiled once a process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.lexicons import load


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the rules of the tasks know; each field is explained beside its list in the TOML file."""

    states: frozenset[str]
    reflexive_states: frozenset[str]
    careers: frozenset[str]
    modals: frozenset[str]
    readers: frozenset[str]
    openers: frozenset[str]
    connectives: frozenset[str]
    not_done: re.Pattern[str]
    impersonal: re.Pattern[str]
    periphrasis: re.Pattern[str]
    season: re.Pattern[str]
    elsewhere: re.Pattern[str]
    hearsay: re.Pattern[str]
    hearsay_hints: tuple[str, ...]
    charged: re.Pattern[str]
    asks: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, shared, not to be changed by the caller."""
    content = load("tasks")
    return Lexicon(
        states=_set(content["states"]),
        reflexive_states=_set(content["reflexive_states"]),
        careers=_set(content["careers"]),
        modals=_set(content["modals"]),
        readers=_set(content["readers"]),
        openers=_set(content["openers"]),
        connectives=_set(content["connectives"]),
        not_done=_any(content["not_done"]),
        impersonal=_any(content["impersonal"]),
        periphrasis=_any(content["periphrasis"]),
        season=_any(content["season"]),
        elsewhere=_any(content["elsewhere"]),
        hearsay=_any(content["hearsay"]),
        hearsay_hints=tuple(hint for row in content["hearsay"] for hint in row["hints"]),
        charged=_any(content["charged"]),
        asks=_any(content["asks"]),
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _any(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows))
