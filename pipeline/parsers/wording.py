"""What the noise rules know of words: ``lexicons/noise.toml`` as patterns over lines in plain letters.

:func:`plain` takes accents and capitals away, each character in its place; :func:`noise_rule` and :func:`line_rule` tell
what a plain line says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.parsers.sieve import Lines, Sieve
from pipeline.remembered import Remembered
from pipeline.sections import heading_kind

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
_BETWEEN = re.compile(r" ?[|·•] ?| [/-] |\] ?\[|^\[|\]$")
_BETWEEN_BUTTONS = ("|", "·", "•", " - ", " / ", "] [")
_LONGEST_ROW = 160
#: The longest word of a menu, with the name of whom the account or space is for.
LONGEST_MENU_WORD = 40
#: Pictograms stand above the last of the Latin letters.
_LAST_LETTER = "\u2190"
_PICTOGRAMS = re.compile(r"^[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff ]+")


class Rule(NamedTuple):
    """A rule of the lexicon: its name, the kind of noise that it tells, whether what follows goes with the line.

    ``amid``: such a zone stands in the midst of sheets, too, and the next heading ends it.
    """

    name: str
    kind: str
    zone: bool = False
    amid: bool = False


def plain(text: str) -> str:
    """``text`` without accents, in lower case, each character in its place."""
    text = text.lower()
    if not text.isascii():
        for printed, simple in _PLAIN:
            text = text.replace(printed, simple)
    return text


#: Those of :data:`_PLAIN` that Latin-1 lacks, and every sign that it has → its plain form: a look-up each for whole texts.
_BEYOND_LATIN = tuple((printed, simple) for printed, simple in _PLAIN if printed > "\xff")
_LATIN = bytes(ord(plain(chr(code))) for code in range(256))


def plain_lines(printed: list[str]) -> list[str]:
    """Each line in its :func:`plain` form, all in one go."""
    text = "\n".join(printed)
    for sign_, simple in _BEYOND_LATIN:
        text = text.replace(sign_, simple)
    lines = text.encode("latin-1", "replace").translate(_LATIN).decode("latin-1").split("\n")
    if len(lines) != len(printed):
        return [plain(line) for line in printed]
    doubtful = [i for i, line in enumerate(lines) if "?" in line]  # it may stand for what Latin-1 lacks
    for i, line in zip(doubtful, plain("\n".join([printed[i] for i in doubtful])).split("\n"), strict=False):
        lines[i] = line
    return lines


_CODE = re.compile(r"\b[A-Z]\d{4,5}\b|\bRNCP ?\d")


def states_fact(text: str) -> bool:
    """Whether a line states a code, or a value behind the name of a section: « Codes ROME : H1404 », « Salaire : 2 000 € »."""
    label, colon, _ = text.partition(":")
    if _CODE.search(text) is not None:
        return True
    told = bool(colon) and text[-1] != "?" and not label.startswith(_ASKED)
    return told and heading_kind(label) is not None


#: What opens a question to the visitor of a page: « Vous êtes : artisan - apprenti - élu ».
_ASKED = ("Je suis", "Tu es", "Vous êtes")


def unadorned(line: str) -> str:
    """A line without the pictograms that it begins with."""
    return _PICTOGRAMS.sub("", line) if line > _LAST_LETTER else line


class _Rules(NamedTuple):
    """The rows of zones and lines, those of zones first: which to try on a line, and what each tells."""

    sieve: Sieve
    rows: tuple[tuple[Callable[[str], object], Rule], ...]


@cache
def _rules() -> _Rules:
    rows = [(table, row) for table in ("zone", "line") for row in load("noise")[table]]
    return _Rules(
        Sieve((row["pattern"], row.get("holds", ())) for _, row in rows),
        tuple(
            (re.compile(row["pattern"]).match, Rule(row["name"], row["kind"], table == "zone", row.get("amid", False)))
            for table, row in rows
        ),
    )


def _rule(line: str, ranks: Sequence[int], *, zones: bool) -> Rule | None:
    """The first of the rows to try that matches."""
    rows = _rules().rows
    for rank in ranks:
        match, rule = rows[rank]
        if (zones or not rule.zone) and match(line):
            return rule
    return None


def noise_rules(lines: Lines) -> list[Rule | None]:
    """The :func:`noise_rule` of each line, all in one go."""
    rules: list[Rule | None] = [None] * len(lines)
    for i, ranks in _rules().sieve.sift(lines):
        rules[i] = _rule(lines[i], ranks, zones=True)
    for i in {i for sign_ in _BETWEEN_BUTTONS for i in lines.holding(sign_)}:
        rules[i] = rules[i] or _row_rule(lines[i])
    return rules


def noise_rule(line: str) -> Rule | None:
    """The rule that a plain line opens a zone of noise by; else the rule that it is noise by, whatever stands around it."""
    return _rule(line, _rules().sieve.ranks(line), zones=True) or _row_rule(line)


def line_rule(line: str) -> Rule | None:
    """The rule that a plain line is noise by, whatever stands around it."""
    return _rule(line, _rules().sieve.ranks(line), zones=False) or _row_rule(line)


def _row_rule(line: str) -> Rule | None:
    """Buttons in a row: « Imprimer - Retour en haut ». Two at least, and half of the parts, are known."""
    if len(line) > _LONGEST_ROW or not any(sign_ in line for sign_ in _BETWEEN_BUTTONS):
        return None
    parts = [part for part in _BETWEEN.split(line) if part]
    known = sum(menu_word(part) or _rule(part, _rules().sieve.ranks(part), zones=True) is not None for part in parts)
    return Rule("row-of-buttons", "navigation") if known > 1 and known * 2 >= len(parts) else None


@cache
def _menu() -> Remembered[bool]:
    """Whether a short line is a word of menus; every page of a site has the same."""
    words = re.compile("|".join(f"(?:{row['pattern']})" for row in load("noise")["menu"]))
    return Remembered(lambda line: words.fullmatch(line) is not None)


def menu_word(line: str) -> bool:
    """Whether a plain line is a word that only menus use."""
    return len(line) <= LONGEST_MENU_WORD and _menu()[line]


@cache
def _menu_labels() -> Remembered[bool]:
    return Remembered(lambda words: menu_word(plain(words)))


def is_menu_label(words: str) -> bool:
    """Whether a line, as printed, is a word that only menus use."""
    return len(words) <= LONGEST_MENU_WORD and _menu_labels()[words]


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
