"""Which period a sum may be the pay of, how many months of it a year has, and what the SMIC is worth a month.

A sum, or lower-cased words in normal form, go in; what a SMIC is worth at a date lives in ``lexicons/smic.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from pipeline.extractors.salaries.cues import cue
from pipeline.french.numbers import CARDINALS
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
_COUNTS = CARDINALS | {"treizième": 13, "quatorzième": 14}
#: What any count of more monthly payments than a year has months says, or twelve itself.
_MORE_THAN_TWELVE = re.compile(r"1[2-6]|douze|treiz|quatorz|quinze|seize")


def months_paid(words: str) -> float | None:
    """How many monthly payments a year ``words`` state (« sur 13 mois », « treize fois l'an »)."""
    match = cue("months", "count").search(words) if _MORE_THAN_TWELVE.search(words) else None
    if match is None:
        return None
    printed = next(value for value in match.groupdict().values() if value)
    return float(_COUNTS.get(printed) or printed)


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
