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
    openers: frozenset[str]
    connectives: frozenset[str]
    not_done: re.Pattern[str]
    impersonal: re.Pattern[str]
    periphrasis: re.Pattern[str]
    season: re.Pattern[str]
    elsewhere: re.Pattern[str]
    hearsay: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, shared, not to be changed by the caller."""
    content = load("tasks")
    lists = ("states", "reflexive_states", "careers", "modals", "openers", "connectives")
    patterns = ("not_done", "impersonal", "periphrasis", "season", "elsewhere", "hearsay")
    return Lexicon(
        **{name: frozenset(content[name].split()) for name in lists}, **{name: _any(content[name]) for name in patterns}
    )


def _any(rows: list[dict[str, Any]]) -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows))
