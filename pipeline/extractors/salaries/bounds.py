"""The words that make a sum a bound: « à partir de », « jusqu'à », « et plus »; rows of ``lexicons/amounts.toml``."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import load

_QUALIFIED = r"(?:brut\w* |net\w* |par (?:an|mois) |annuels? |mensuels? ){0,6}"


@cache
def _words(use: str) -> str:
    return "|".join(row["pattern"] for row in load("amounts")["bound"] if row["use"] == use)


@cache
def lead() -> re.Pattern[str]:
    """What stands before a sum and bounds it, up to the sum; a group each: ``above``, ``below``, ``range``."""
    kinds = "|".join(f"(?P<{value}>{_words(value)})" for value in ("above", "below", "range"))
    return re.compile(rf"(?<![\w'])(?:{kinds})(?: ?(?:[,:]|(?:{_words('hedge')}|{_words('filler')})(?!\w))){{0,8}} ?$")


@cache
def hedge() -> re.Pattern[str]:
    """What stands before a sum and says that it is about right (« environ »)."""
    return re.compile(rf"\b(?:{_words('hedge')})(?: les)? $")


@cache
def and_above() -> re.Pattern[str]:
    """What stands behind a sum and says that it may be more (« et plus »)."""
    return re.compile(rf" ?(?:\+(?! ?[\da-z])|et \+|{_QUALIFIED}(?:{_words('and above')})(?!\w))")


@cache
def and_below() -> re.Pattern[str]:
    """What stands behind a sum and says that it may be less (« maximum »)."""
    return re.compile(rf" ?{_QUALIFIED}(?:{_words('and below')})(?!\w)")
