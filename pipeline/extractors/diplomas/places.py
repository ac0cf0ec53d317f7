"""Where a text may name a level of education or a qualification, told from the first letters of a word.

One pass over a sheet finds these places, and what has none of them need not be read. What the patterns of
``diplomas.toml`` and of the levels begin with is read off them, so that no place can be missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from pipeline.beginnings import literal_beginnings
from pipeline.extractors.diplomas.levels import BAC, FOUND_BY
from pipeline.french.openings import BEFORE_WORD, branches, trie
from pipeline.lexicons import load
from pipeline.remembered import Remembered


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
    family: bool
    unless: str


#: Letters of a name that tell whether there is a place; the first of them tell which names are tried there.
_LOOKED_AT, FIRST = 10, 4
#: A pattern of names, a group each; and these names.
Tried = tuple[re.Pattern[str], tuple[Name, ...]]


@cache
def _rows() -> tuple[tuple[dict[str, Any], frozenset[str]], ...]:
    """The rows of the lexicon, and what a name of each may begin with: the first letters in each case, the others in small."""
    rows: list[dict[str, Any]] = load("diplomas")["qualification"]
    return tuple((row, frozenset(_begun(row["pattern"], in_any_case=_in_any_case(row)))) for row in rows)


def _begun(pattern: str, *, in_any_case: bool) -> Iterator[str]:
    for letters in literal_beginnings(pattern, _LOOKED_AT):
        first, rest = letters[:FIRST], letters[FIRST:].lower()
        for form in (first, first.lower(), first.capitalize(), first.upper()) if in_any_case else (first,):
            yield form + rest


@cache
def _pattern() -> re.Pattern[str]:
    """What finds the first letters of every name."""
    following: dict[str, set[str]] = {}  # first letters → what may follow
    levels = (letters for pattern in FOUND_BY for letters in _begun(pattern, in_any_case=False))
    for letters in chain(BAC, levels, *(begun for _, begun in _rows())):
        following.setdefault(letters[:FIRST], set()).add(letters[FIRST:])
    forms = [(*map(re.escape, first), _followed(sorted(rests))) for first, rests in sorted(following.items())]
    # What stands before a word is matched, too: the engine skips from one such character to the next.
    return re.compile(f"{BEFORE_WORD}{branches(forms)}")


def _followed(rests: list[str]) -> str:
    """A pattern that holds where one of ``rests`` follows, in whatever case."""
    return "" if "" in rests else f"(?=(?i:{trie(rests)}))"


def _in_any_case(row: dict[str, Any]) -> bool:
    return row.get("ignore_case", True) is not False


def places(text: str, start: int, end: int) -> list[int]:
    """Where in ``text[start:end]`` a level or qualification may be named, in reading order."""
    if start:
        return [match.start() + 1 for match in _pattern().finditer(text, start - 1, end)]
    return [match.start() for match in _pattern().finditer("\n" + text[:end])]


def _tried(first: str) -> Tried | None:
    return _joined(
        *(
            number
            for number, (_, begun) in enumerate(_rows())
            if any(letters.startswith(first) or first.startswith(letters) for letters in begun)
        )
    )


@cache
def _joined(*numbers: int) -> Tried | None:
    """The names of these rows: few sets of rows begin alike."""
    rows = [_rows()[number][0] for number in numbers]
    parts = [f"((?{'i' if _in_any_case(row) else ''}:{row['pattern']}))" for row in rows]
    return (re.compile("|".join(parts)), tuple(map(_name, rows))) if rows else None


def _name(row: dict[str, Any]) -> Name:
    marks = ("weak_level", "quiet", "school", "state", "loose", "family")
    weak_level, quiet, school, state, loose, family = (bool(row.get(mark)) for mark in marks)
    level, years, unless = row.get("level"), row.get("years_after_bac"), row.get("unless", "")
    return Name(row["name"], level, years, weak_level, quiet, school, state, loose, family, unless)


#: The :data:`FIRST` letters at a place → what to try there.
tried = Remembered(_tried)
