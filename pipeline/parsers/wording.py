"""What the noise rules know of words: ``lexicons/noise.toml`` as patterns over lines in plain letters.

:func:`plain` takes accents and capitals away, each character in its place; :func:`noise_rule` and :func:`line_rule` tell
what a plain line says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.beginnings import LONGEST as LONGEST_BEGINNING
from pipeline.beginnings import ByBeginning
from pipeline.lexicons import load
from pipeline.remembered import Remembered

#: Lower-case letters and marks of French text → plain ones, one character each. Replacing them one after the other is
#: several times faster than ``str.translate`` on short lines.
_PLAIN = tuple(zip("éèàêç’\u00a0ùôîâûëïœ\u202f–—‑‘ÿæ\t", "eeaec' uoiaueio ---'ya ", strict=True))
#: Lines longer than this are prose: no rule looks at them, but for the marks of feeds.
LONGEST_LINE = 240
#: A paragraph of at least so many characters is prose.
PROSE = 90
#: The bare name of a section (« Formation ») has fewer blanks than that.
SECTION_WORDS = 3
#: What stands between the parts of a row of buttons or links, and the most characters that such a row has.
_BETWEEN = re.compile(r" ?[|·•] ?| [/-] ")
_LONGEST_ROW = 160
#: The longest word of a menu, with the name of whom the account or space is for.
LONGEST_MENU_WORD = 40
#: Pictograms stand above the last of the Latin letters.
_LAST_LETTER = "\u2190"
_PICTOGRAMS = re.compile(r"^[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff ]+")


class Rule(NamedTuple):
    """A rule of the lexicon: its name, the kind of noise that it tells, whether what follows goes with the line."""

    name: str
    kind: str
    zone: bool = False


def plain(text: str) -> str:
    """``text`` without accents, in lower case, each character in its place."""
    text = text.lower()
    if not text.isascii():
        for printed, simple in _PLAIN:
            text = text.replace(printed, simple)
    return text


def plain_lines(printed: list[str]) -> list[str]:
    """Each line in its :func:`plain` form, all in one go."""
    lines = plain("\n".join(printed)).split("\n")
    return lines if len(lines) == len(printed) else [plain(line) for line in printed]


class _Row(NamedTuple):
    """A row of the lexicon: a line is tried that begins as its pattern may, or that holds one of ``holds``."""

    match: Callable[[str], object]
    rule: Rule
    holds: tuple[str, ...]


class _Tried(NamedTuple):
    """The rows to try on lines of one beginning, in their order: those of which it is ``known``, and with them ``any`` other.

    A row that is known to begin so is tried in any case: what it ``holds`` is left out.
    """

    known: tuple[_Row, ...]
    any: tuple[_Row, ...]


class _Rows(NamedTuple):
    """The first characters of a line → the rows to try; what a line in ASCII must hold for more than the known ones."""

    tried: Remembered[_Tried]
    held: tuple[str, ...]


@cache
def _rows() -> _Rows:
    """The rows of zones and lines, those of zones first."""
    rows = [(table, row) for table in ("zone", "line") for row in load("noise")[table]]
    beginnings = ByBeginning(row["pattern"] for _, row in rows)
    held = [
        _Row(re.compile(row["pattern"]).match, Rule(row["name"], row["kind"], table == "zone"), tuple(row.get("holds", ())))
        for table, row in rows
    ]
    in_any_case = [row._replace(holds=()) for row in held]

    def tried(begun: str) -> _Tried:
        told = beginnings.told(begun)
        several = tuple(in_any_case[i] if i in told else held[i] for i in sorted(told | beginnings.anything))
        return _Tried(tuple(in_any_case[i] for i in sorted(told)), several)

    return _Rows(Remembered(tried), tuple(words for row in held for words in row.holds if words.isascii()))


def _rule(line: str, *, zones: bool) -> Rule | None:
    tried, held = _rows()
    known, several = tried[line[:LONGEST_BEGINNING]]
    if line.isascii():
        for words in held:
            if words in line:
                break
        else:
            several = known
    for match, rule, holds in several:
        if (zones or not rule.zone) and (not holds or any(words in line for words in holds)) and match(line):
            return rule
    return None


def unadorned(line: str) -> str:
    """A line without the pictograms that it begins with."""
    return _PICTOGRAMS.sub("", line) if line > _LAST_LETTER else line


def noise_rule(line: str) -> Rule | None:
    """The rule that a plain line opens a zone of noise by; else the rule that it is noise by, whatever stands around it."""
    return _rule(line, zones=True) or _row_rule(line)


def line_rule(line: str) -> Rule | None:
    """The rule that a plain line is noise by, whatever stands around it."""
    return _rule(line, zones=False) or _row_rule(line)


def _row_rule(line: str) -> Rule | None:
    """Buttons in a row: « Imprimer - Retour en haut ». Two at least, and half of the parts, are known."""
    if len(line) > _LONGEST_ROW or not (" - " in line or "|" in line or "·" in line or "•" in line or " / " in line):
        return None
    parts = [part for part in _BETWEEN.split(line) if part]
    known = sum(menu_word(part) or _rule(part, zones=True) is not None for part in parts)
    return Rule("row-of-buttons", "navigation") if known > 1 and known * 2 >= len(parts) else None


@cache
def _menu() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("noise")["menu"]))


def menu_word(line: str) -> bool:
    """Whether a plain line is a word that only menus use."""
    return len(line) <= LONGEST_MENU_WORD and _menu().fullmatch(line) is not None


@cache
def networks() -> frozenset[str]:
    """Names of networks and buttons that make a share bar, plain."""
    return frozenset(load("noise")["networks"])


@cache
def _cased() -> Sequence[tuple[re.Pattern[str], Rule]]:
    return tuple((re.compile(r["pattern"]), Rule(r["name"], r["kind"])) for r in load("noise")["cased"])


def cased_rule(text: str) -> Rule | None:
    """The rule that a line is noise by, as printed: names have capitals."""
    return next((rule for pattern, rule in _cased() if pattern.match(text)), None)


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    return {row["name"]: re.compile(row["pattern"]) for row in load("noise")["sign"]}


def sign(name: str) -> re.Pattern[str]:
    """What weighs in a judgement on a plain line without deciding it, by its name in the lexicon."""
    return _signs()[name]
