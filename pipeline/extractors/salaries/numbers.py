"""Reads the numbers of a stretch of French text, in digits or words, each with its scale and currency.

Lower-cased text in normal form goes in, :class:`Number` objects come out. Which of them belong together is the matter of
``amounts.py``. Ways to write a currency are rows of ``lexicons/currencies.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.french.numbers import CARDINALS
from pipeline.french.openings import trie
from pipeline.lexicons import load
from pipeline.remembered import Remembered


class Number(NamedTuple):
    """A number as printed, with its scale and unit where it has any of its own."""

    start: int
    end: int
    value: float
    scale: float
    unit: str | None
    elided: bool = False

    @property
    def sum(self) -> float:
        """The number times its scale."""
        return self.value if self.scale == 1.0 else round(self.value * self.scale, 4)


_DIGITS = (
    r"(?:\d{1,3}(?:[ .',]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d)|, \d\d(?= ?(?:€|eur)))?|\d+(?:[.,]\d{1,3}(?!\d)|"
    r", \d\d(?= ?(?:€|eur)))?|(?<![\w.,])[.,]\d{1,2}(?!\d))"
)
_SCALES = {"k": 1e3, "m": 1e6, "mille": 1e3} | {
    word: scale
    for scale, words in ((1e3, "millier milliers"), (1e6, "million millions"), (1e9, "md mds milliard milliards"))
    for word in words.split()
}
_WORDS = CARDINALS | {"vingts": 20}
_MULTIPLES = {"cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000}
_NUMBER_WORD = trie(sorted((*_WORDS, *_MULTIPLES))) + r"\b"
_IN_WORDS = re.compile(r" (?<=[a-zà-ÿ] )(?:euro|franc|dollar|€|\$|£|pound|livres|shekel|ri|balles)")
#: Words after a number without a unit that make it a sum all the same.
_PAY_AFTER = re.compile(
    r" ?(?:bruts?\b|brute\b|nets?\b(?! de)|par (?:cachet|mois\b(?! d)|heure brut|mile)|/ ?mois\b|"
    r"mensuels\b|annuels\b|en tournée)"
)


@cache
def _units() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["iso"], re.compile(row["pattern"])) for row in load("currencies")["unit"])


@cache
def _number(*, in_words: bool) -> re.Pattern[str]:
    """A number with its scale and unit; ``in_words`` reads « deux mille », too, which takes longer."""
    unit = "(?:" + "|".join(row["pattern"] for row in load("currencies")["unit"]) + ")"
    prefix = r"(?:€|\beuros?|\beur|\busd|\bcad|\baud|\bnzd|\bhkd|\bgbp|\bchf|\bfr\.|[$£])\$?"
    scale = r"(?:k(?![a-zà-ÿ'])|k(?=eur|euros|f\b|chf)|m(?=€|eur|\$|f\b)|mds?\b|mille\b|milliers?\b|millions?\b|milliards?\b)"
    words = rf"{_NUMBER_WORD}(?:(?:[ -]|[ -]et[ -](?=une?\b|onze)){_NUMBER_WORD}){{0,16}}"
    digits_or_words = rf"{_DIGITS}|{words}(?= ?(?:[a-z']+ )?{unit}| ?(?:à|et|ou) {_NUMBER_WORD})" if in_words else _DIGITS
    cents = (
        (r"(?: ?(?:et )?(?P<cents>\d{1,2})(?!\d)(?= ?(?:cents?\b|centimes?\b|cts?\b)|\.?$|[ ]dont)| (?:et )?(?P<centwords>")
        + words
        + (r") (?:cents|centimes?))(?: (?:cents?|centimes?|cts?)\b)?")
    )
    return re.compile(
        # A scale and a unit are looked at only where the letter or sign stands that may begin one.
        rf"(?<![\w.,])(?P<number>{digits_or_words})"
        rf"(?:\.-+)?(?: ?(?=[km])(?P<scale>{scale})(?: ?d'| de)?)?(?: ?(?=[€$£a-z])(?P<unit>{unit})(?:{cents})?)?"
        rf"|(?P<pre>{prefix}) ?(?P<prenumber>{_DIGITS})(?:\.-+)?(?: ?(?P<prescale>{scale}))?",
    )


#: Units that every country has its own of.
_LOCAL = frozenset({"dollar", "franc"})


@lru_cache(maxsize=64)
def _iso(unit: str) -> str:
    """The currency that the printed ``unit`` stands for."""
    plain = unit.lower().rstrip()
    if plain in {"fr.", "fr"}:
        return "franc"
    for iso, pattern in _units():
        match = pattern.match(plain)
        if match is not None and match.end() >= len(plain.rstrip("$")):
            return iso
    return "dollar" if "$" in plain else "slang"


def number_value(printed: str) -> float:
    """The value of a number in digits: « 2 400 », « 2.400 », « 1'049,95 », « 2,4 »."""
    plain = printed.replace(" ", "").replace("'", "")
    if plain.isdecimal():
        return float(plain)
    if "," in plain and "." in plain:
        decimal = max(plain.rfind(","), plain.rfind("."))
        return float(plain[:decimal].replace(",", "").replace(".", "") + "." + plain[decimal + 1 :])
    for mark in ",.":
        head, _, tail = plain.rpartition(mark)
        if plain.count(mark) > 1 or (tail and len(tail) == 3 and head.strip("0")):
            plain = plain.replace(mark, "")
    return float("0" + plain.replace(",", "."))


#: A crawl prints the same round sums again and again.
_VALUES: Remembered[float] = Remembered(number_value)


def words_value(printed: str) -> float:
    """The value of a number in words: « deux mille cinq cents », « quatre-vingt-dix »."""
    total = part = 0
    for word in re.split(r"[ -]+", printed.lower()):
        if word in {"vingt", "vingts"} and part % 100 == 4:
            part += 76
        elif word in _WORDS:
            part += _WORDS[word]
        elif word in {"cent", "cents"}:
            part = max(part // 100 * 100 + (part % 100 or 1) * 100, 100) if part % 100 else part + 100
        elif word in _MULTIPLES:
            total += max(part, 1) * _MULTIPLES[word]
            part = 0
    return float(total + part)


def _printed(text: str, start: int, stop: int) -> Iterator[re.Match[str]]:
    """The numbers of a stretch, with what belongs to them; where all are in digits, only around digits is looked closely."""
    if _IN_WORDS.search(text, start + 1, stop):
        yield from _number(in_words=True).finditer(text, start, stop)
        return
    pattern = _number(in_words=False)
    while digit := _DIGIT.search(text, start, stop):
        at = digit.start()
        alone = text[at - 2 : at]  # the last letter of a word, and the space that no unit and no decimal mark leaves
        match = pattern.match(text, at, stop) if alone[1:] == " " and alone[0] not in _ENDS_OF_PREFIXES else None
        if match is None:
            match = pattern.search(text, max(start, at - _LONGEST_PREFIX), stop)
        if match is None:
            return
        yield match
        start = match.end()


_DIGIT = re.compile(r"\d")
#: What a unit before its number ends in, with the full stop of « fr. »; the longest with what may follow it.
_ENDS_OF_PREFIXES = frozenset("€$£osrdpf.,")
_LONGEST_PREFIX = len("euros$ .")


def numbers(text: str, start: int, stop: int, currency: Callable[[str], str]) -> list[Number]:
    """The numbers of ``text[start:stop]``; ``currency`` says what « franc » and « dollar » stand for, and is rarely asked."""
    found = []
    for match in _printed(text, start, stop):
        number, scale, unit_behind, cents, cents_in_words, unit_before, number_behind, scale_behind = match.groups()
        printed = number or number_behind
        value = words_value(printed) if printed[0].isalpha() else _VALUES[printed]
        if cents:
            value = round(value + float(f"0.{cents}"), 4)
        elif cents_in_words:
            value = round(value + words_value(cents_in_words) / 100, 4)
        scale = scale or scale_behind
        printed_unit = unit_behind or unit_before
        unit = _iso(printed_unit) if printed_unit else None
        if unit in _LOCAL:
            unit = currency(unit)
        elided = unit is None and _PAY_AFTER.match(text, match.end(), stop) is not None
        found.append(
            Number(
                match.start(),
                match.end(),
                value,
                _SCALES.get(scale, 1.0) if scale else 1.0,
                "" if unit == "slang" or (unit is None and scale == "k") else unit,
                elided,
            )
        )
    return found
