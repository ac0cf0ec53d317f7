"""The patterns of ``lexicons/titles.toml``, compiled once a process.

They are searched for in lower case (:attr:`pipeline.reading.Reading.lower`): a pattern that heeds no case costs three times as
much. Those that end where a name begins are looked for in what stands before it; each of them names literals with which
that must end (``ends``) or one of which it must hold (``hints``), so that most are never tried.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.french.openings import holds
from pipeline.lexicons import load


@cache
def pattern(table: str) -> re.Pattern[str]:
    """All patterns of a table as one, for text in lower case."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("titles")[table]))


class _Ending(NamedTuple):
    """A pattern, and the literals without which it cannot match; none given, it can always."""

    ends: tuple[str, ...]
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _endings(table: str) -> tuple[tuple[str, ...], tuple[_Ending, ...]]:
    """(All literals with which the words must end that a pattern of the table is found in, the patterns)."""
    found = tuple(
        _Ending(tuple(row.get("ends", ("",))), tuple(row.get("hints", ("",))), re.compile(row["pattern"]))
        for row in load("titles")[table]
    )
    return tuple(sorted({end for ending in found for end in ending.ends})), found


def stands_in(table: str, before: str) -> bool:
    """Whether a pattern of ``table`` is found in ``before``, the words before a name in lower case."""
    any_end, endings = _endings(table)
    if not before.endswith(any_end):
        return False
    for ends, hints, searched in endings:
        if before.endswith(ends) and holds(before, hints) and searched.search(before) is not None:
            return True
    return False
