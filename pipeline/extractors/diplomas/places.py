"""Where a text may name a level of education or a qualification, told from the first letters of a word.

One pass over a sheet finds these places, and what has none of them need not be read. What the patterns of
``diplomas.toml`` and of the levels begin with is read off them, so that no place can be missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from pipeline.beginnings import literal_beginnings
from pipeline.extractors.diplomas.levels import BAC, FOUND_BY
from pipeline.extractors.diplomas.mention import Place
from pipeline.french.openings import BEFORE_WORD, branches, trie
from pipeline.lexicons import load


class Name(NamedTuple):
    """A row of the lexicon."""

    name: str
    level: int | None
    years: int | None
    weak_level: bool
    quiet: bool
    school: bool
    state: bool
    loose: bool
    unless: str


#: Letters that tell which patterns are tried at a place; with those behind them, they tell whether there is a place at all.
_FIRST, _LOOKED_AT = 4, 10


@cache
def _index() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], tuple[Name, ...]]]]:
    """A pattern that finds the first letters of every name; and, by these letters, the names to try there, a group each."""
    rows: list[dict[str, Any]] = load("diplomas")["qualification"]
    known: dict[str, set[tuple[int | None, str]]] = {}  # first letters → rows that begin so, and the letters that may follow
    for i, first, following in [*_begun(rows), *((None, *begun) for begun in _levels_begun())]:
        known.setdefault(first, set()).add((i, following))
    places, by_letters = [], {}
    for letters in sorted(first for first in known if not any(first[:n] in known for n in range(1, len(first)))):
        within = {(i, first[len(letters) :] + rest) for first in known if first.startswith(letters) for i, rest in known[first]}
        numbers = sorted({i for i, _ in within if i is not None})
        parts = [f"((?{'i' if _in_any_case(rows[i]) else ''}:{rows[i]['pattern']}))" for i in numbers]
        by_letters[letters] = (re.compile("|".join(parts) or "(?!)"), tuple(_name(rows[i]) for i in numbers))
        places.append((*map(re.escape, letters), _followed(sorted({rest.lower() for _, rest in within}))))
    # What stands before a word is matched, too: the engine skips from one such character to the next.
    return re.compile(f"{BEFORE_WORD}({branches(places)})"), by_letters


def _begun(rows: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """How the names of each row begin: its number, the first letters in each case they are printed in, and what follows."""
    for i, row in enumerate(rows):
        for begun in literal_beginnings(row["pattern"], _LOOKED_AT):
            first, rest = begun[:_FIRST], begun[_FIRST:]
            for form in (first, first.lower(), first.capitalize(), first.upper()) if _in_any_case(row) else (first,):
                yield i, form, rest


def _levels_begun() -> Iterator[tuple[str, str]]:
    for letters in BAC:
        yield letters, ""
    for pattern in FOUND_BY:
        for begun in literal_beginnings(pattern, _LOOKED_AT):
            yield begun[:_FIRST], begun[_FIRST:]


def _followed(rests: list[str]) -> str:
    """A pattern that holds where one of ``rests`` follows, in whatever case."""
    return "" if "" in rests else f"(?=(?i:{trie(rests)}))"


def _in_any_case(row: dict[str, Any]) -> bool:
    return row.get("ignore_case", True) is not False


def _name(row: dict[str, Any]) -> Name:
    marks = ("weak_level", "quiet", "school", "state", "loose")
    weak_level, quiet, school, state, loose = (bool(row.get(mark)) for mark in marks)
    level, years, unless = row.get("level"), row.get("years_after_bac"), row.get("unless", "")
    return Name(row["name"], level, years, weak_level, quiet, school, state, loose, unless)


def places(text: str, start: int, end: int) -> list[Place]:
    """Where in ``text[start:end]`` a level or qualification may be named, in reading order."""
    pattern = _index()[0]
    if start:
        return [Place(match.start(1), match[1]) for match in pattern.finditer(text, start - 1, end)]
    return [Place(match.start(), match[1]) for match in pattern.finditer("\n" + text[:end])]


def tried_at(place: Place) -> tuple[re.Pattern[str], tuple[Name, ...]]:
    """A pattern of the names that may begin at a place, a group each; and these names."""
    return _index()[1][place.letters]
