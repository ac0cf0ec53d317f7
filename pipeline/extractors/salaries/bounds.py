"""The words that make a sum a bound: « à partir de », « jusqu'à », « et plus »; rows of ``lexicons/amounts.toml``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.beginnings import lookahead
from pipeline.lexicons import load

_QUALIFIED = r"(?:brut\w* |net\w* |par (?:an|mois) |annuels? |mensuels? ){0,6}"


@cache
def _words(use: str) -> str:
    return "|".join(row["pattern"] for row in load("amounts")["bound"] if row["use"] == use)


class Lead(NamedTuple):
    """Words before a sum: where they begin, and whether they make it ``above``, ``below`` or a ``range``."""

    start: int
    kind: str


@cache
def _lead() -> re.Pattern[str]:
    # The sign or space before the words is matched, too: the engine skips from one such character to the next, and looks at
    # the first letters behind it.
    values = {value: _words(value) for value in ("above", "below", "range")}
    kinds = "|".join(f"(?P<{value}>{words})" for value, words in values.items())
    small = f"{_words('hedge')}|{_words('filler')}"
    return re.compile(
        rf"\W(?:(?<!')|(?<=\bd')){lookahead(values.values())}(?:{kinds})(?: ?(?:[,:]|(?:{small})(?!\w))){{0,8}} ?$"
    )


def lead(text: str, start: int, at: int) -> Lead | None:
    """The words of ``text[start:at]`` that stand before a sum, up to it, and bound it."""
    match = _lead().search(text, start - 1, at) if start else _lead().search("\n" + text[:at])
    if match is None:
        farther = "ass" in text[start:at] and _AFAR.search(text, start, at) is not None
        return Lead(at, "above") if farther else None
    return Lead(match.start() + (1 if start else 0), match.lastgroup or "")


#: « dépassent en fin de carrière 4 000 € »: a circumstance stands between, which is no part of the sum.
_AFAR = re.compile(r"(?<!ne )(?<!n'y )dépass(?:e|ent|era|eront|er|ait) (?:à|au|chez|dans|dès|en) [a-zà-ÿ' ]{2,30} (?:les )?$")


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
