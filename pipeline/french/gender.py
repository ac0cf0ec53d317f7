"""Feminine and masculine forms of the name of an occupation.

A label goes in as printed (« contrôleur/euse aérien/ne », « Directeur / Directrice des ventes »,
« chargé·e d'études », « infirmier »), its :class:`Forms` come out: read from the label where it
writes both, else derived where a rule gives the other form surely, else None. Words and endings are
in ``lexicons/gender.toml``. Labels are expected in normal form (plain hyphens, apostrophes, spaces).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.french.inflection import feminine_of, is_pair, masculine_of
from pipeline.lexicons import load


class Forms(NamedTuple):
    """Both forms of a label; ``inferred`` where one of them was derived rather than read."""

    feminine: str | None
    masculine: str | None
    inferred: bool = False


class _Rules(NamedTuple):
    endings: dict[str, tuple[tuple[str, str], ...]]
    masculine_endings: dict[str, tuple[tuple[str, str], ...]]
    notation: re.Pattern[str]
    unagreeing: frozenset[str]
    complete: frozenset[str]
    english: frozenset[str]


@cache
def _rules() -> _Rules:
    data = load("gender")
    endings = {row["written"]: tuple((a, b) for a, b in row["feminine"]) for row in data["ending"]}
    backwards = {row["written"]: tuple((a, b) for a, b in row["masculine"]) for row in data["masculine_ending"]}
    written = "|".join(sorted({*endings, *backwards}, key=lambda e: (-len(e), e)))
    # A separator, an ending, perhaps a plural mark: « /euse », « (trice) », « ·e·s », « -ne », « E ».
    notation = re.compile(
        rf"(?<![^\W\d_])(?P<base>[^\W\d_]{{2,}})"
        rf"(?:\s?/\s?-?|[·•∙‧⋅・.]|-|\s?\((?=\w+\)))(?P<ending>{written})(?:\)|(?P<plural>[·•∙‧⋅・./-]?s))?(?![\w'])(?:\(s\))?"
        rf"|(?<![^\W\d_])(?P<capital_base>[^\W\d_]*[a-zà-ÿ])(?P<capital>E)(?:[Ss]|\.s)?(?!\w)",
    )
    return _Rules(
        endings,
        backwards,
        notation,
        frozenset(data["unagreeing"]),
        frozenset(data["complete"]),
        frozenset(load("occupations")["english"]),
    )


# « (H/F) » in all its spellings, with or without brackets; bare letters only at the end or before a dash.
_GENDER_MARK = re.compile(
    r"\s*[-,:]?\s*[(\[]\s*(?:[HFMX]|hommes?|femmes?)\s?[/\-–.|·]?\s?(?:[HFMX]|hommes?|femmes?)(?:\s?[/\-–.|·]?\s?[XND])?\s*[)\]]"
    r"|\s*[-,:]?\s+(?:[HFM]\s?[/\-|·]\s?[HFM](?:\s?[/\-|·]\s?[XND])?|homme\s?/\s?femme)(?=\s*(?:$|[-:|,]))",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def strip_gender_mark(label: str) -> str:
    """« Vendeur (H/F) » → « Vendeur »."""
    return _GENDER_MARK.sub("", label).strip() if "/" in label or "-" in label or "(" in label or "[" in label else label


@lru_cache(maxsize=4096)
def forms(label: str) -> Forms:
    """The feminine and masculine forms of ``label``."""
    label = " ".join(label.split())
    words = _WORDS.findall(label)
    if _WRITES_BOTH.search(label):
        for read in (_whole_names, _paired_words, _paired_halves, _bracketed):
            pair = read(label)
            if pair:
                return Forms(*pair)
        pair = _expanded(label)
        if pair != (label, label):
            return Forms(*pair)
    return _derived(label, words) if words else Forms(None, None)


def _expanded(label: str) -> tuple[str, str]:
    """(feminine, masculine) of a label in inclusive spelling; the label twice where it has none."""
    rules = _rules()
    feminine, masculine, last = [], [], 0
    for match in rules.notation.finditer(label):
        base, ending = match["base"] or match["capital_base"], (match["ending"] or match["capital"]).lower()
        plural = "s" if match["plural"] else ""
        pair = attach(base, ending)
        if pair is None:
            continue
        between = label[last : match.start()]
        feminine += [between, pair[0], plural]
        masculine += [between, pair[1], plural]
        last = match.end()
    return "".join([*feminine, label[last:]]), "".join([*masculine, label[last:]])


def attach(base: str, ending: str) -> tuple[str, str] | None:
    """(feminine, masculine) of a word and the ending hung on it; None where they do not fit."""
    rules = _rules()
    for old, new in rules.endings.get(ending, ()):
        if base.endswith(old):
            return base[: len(base) - len(old)] + new, base
    for old, new in rules.masculine_endings.get(ending, ()):
        if base.endswith(old):
            return base, base[: len(base) - len(old)] + new
    return None


_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WRITES_BOTH = re.compile(r"[/·•∙‧⋅・(]|\bou\b|(?<=[a-zà-ÿ])E|-[a-zè]{1,5}\b|[a-zà-ÿ]\.[a-zà-ÿ]|, ")
_SIDES = re.compile(r"\s*/\s*|\s+ou\s+|,\s")


def _whole_names(label: str) -> tuple[str, str] | None:
    """« Steward, hôtesse de l'air »: a masculine that takes no complement, and its feminine with one, in either order."""
    sides = _SIDES.split(label)
    if len(sides) == 2:  # noqa: PLR2004
        for masculine, feminine in (sides, sides[::-1]):
            if masculine.lower() in _rules().complete and feminine_of(masculine.lower()) == feminine.split(" ")[0].lower():
                return feminine, masculine
    return None


_PAIR = re.compile(
    r"(?<![^\W\d_])(?<![^\W\d_]-)(?P<left>[^\W\d_]+(?:-[^\W\d_]+)*)(?:\s?/\s?|\s+(?:ou|et)\s+|,\s|\s?(?P<bracket>\())"
    r"(?:(?:la|le|une?)\s)?(?P<right>[^\W\d_]+(?:-[^\W\d_]+)*)(?(bracket)\))"
)


def _paired_words(label: str) -> tuple[str, str] | None:
    """« Directeur / Directrice des ventes »: two words side by side, the rest goes with both."""
    feminine, masculine, last, at = [], [], 0, 0
    while match := _PAIR.search(label, at):
        left, right = match["left"], match["right"]
        order = _order(left, right)
        if order is None:
            at = match.start("right")
            continue
        between = label[last : match.start()]
        feminine += [between, order[0]]
        masculine += [between, order[1]]
        last = at = match.end()
    if not last:
        return None
    rest = label[last:]
    return _expanded("".join([*feminine, rest]))[0], _expanded("".join([*masculine, rest]))[1]


def _paired_halves(label: str) -> tuple[str, str] | None:
    """« Agent commercial / Agente commerciale en … »: the halves agree word by word, the tail goes with both."""
    halves = re.split(r"\s+/\s+|\s+ou\s+|(?<=\w)/(?=\w)|,\s", label)
    if len(halves) != 2:  # noqa: PLR2004
        return None
    left, right = halves[0].split(" "), halves[1].split(" ")
    for at in range(len(left)):
        width = len(left) - at
        order = _order(" ".join(left[at:]), " ".join(right[:width]))
        if order:
            head, tail = " ".join(left[:at]), " ".join(right[width:])
            return _join(head, order[0], tail), _join(head, order[1], tail)
    return None


def _bracketed(label: str) -> tuple[str, str] | None:
    """« infirmier (infirmière) »."""
    match = re.fullmatch(r"(.+?) \((.+)\)(.*)", label)
    order = match and _order(match[1], match[2])
    return (order[0] + match[3], order[1] + match[3]) if match and order else None


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _order(left: str, right: str) -> tuple[str, str] | None:
    """(feminine, masculine) where the two are forms of one name, word by word; else None."""
    if is_pair(left, right):
        return right, left
    return (left, right) if is_pair(right, left) else None


_BOUNDARY = frozenset(
    ("de", "d", "du", "des", "en", "à", "au", "aux", "sur", "dans", "pour", "et", "ou", "par", "chez", "avec", "sous", "option")
)


def _derived(label: str, words: list[str]) -> Forms:
    """The forms of a label that writes only one of them."""
    if words[-1].lower() in _rules().english and not _BOUNDARY.intersection(words):
        return Forms(label, label, True)
    head = words[0]
    if feminine_of(head) == head and not any(feminine_of(w) not in {w, None} for w in _agreeing(label, words)):
        return Forms(label, label, True)
    if feminine_of(head):
        feminine = _agree(label, words, feminine_of)
        return Forms(feminine, label, True) if feminine else Forms(None, None)
    if masculine_of(head):
        masculine = _agree(label, words, masculine_of)
        return Forms(label, masculine, True) if masculine else Forms(None, None)
    return Forms(None, None)


def _agreeing(label: str, words: list[str]) -> list[str]:
    """The words after the head that agree with it: up to the first preposition or noun."""
    found = []
    at = label.find(words[0]) + len(words[0])
    for word in words[1:]:
        start = label.find(word, at)
        low = word.lower()
        if low in _BOUNDARY or low in _rules().unagreeing or label[at:start].strip():
            break
        found.append(word)
        at = start + len(word)
    return found


def _agree(label: str, words: list[str], change: Callable[[str], str | None]) -> str | None:
    changed = label
    for word in [words[0], *_agreeing(label, words)]:
        other = change(word) if word == words[0] or _ADJECTIVE.search(word) else word
        if other:
            changed = _exchanged(changed, word, other)
    return changed


def _exchanged(label: str, word: str, other: str) -> str:
    """``label`` with ``other`` in the first place where ``word`` stands alone; by hand, for a pattern a word costs more."""
    at = label.find(word)
    while at >= 0:
        end = at + len(word)
        if not any(c.isalnum() or c in "_-" for c in label[max(at - 1, 0) : at] + label[end : end + 1]):
            return label[:at] + other + label[end:]
        at = label.find(word, at + 1)
    return label


#: Endings of adjectives and second nouns whose feminine is sure; nouns in -té (« qualité ») do not agree.
_ADJECTIVE = re.compile(
    r"(?:[^t]é|[^t]ée|al|ale|el|elle|if|ive|ien|ienne|ier|ière|eur|euse|trice|eux|ant|ante|[aeiou]nt|inte)$", re.IGNORECASE
)
