"""Feminine and masculine of a word, and the singular of a plural: what titles of occupations need of French inflection.

A word goes in, its other form comes out where a rule gives it surely, else None. Words are in ``lexicons/gender.toml``, in
normal form (plain hyphens and apostrophes); letters keep their case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicons import load


class _Rules(NamedTuple):
    feminine: dict[str, str]
    masculine: dict[str, str]
    epicene: frozenset[str]
    epicene_suffixes: tuple[str, ...]


@cache
def _rules() -> _Rules:
    data = load("gender")
    feminine = {word: f"{word}e" for word in data["adds_e"]}
    feminine |= {word: f"{word[:-1]}se" for word in data["teuse"]}
    feminine |= {word: f"{word}e" for word in data["eure"]}
    feminine |= {word: f"{word}{word[-1]}e" for word in data["doubles"]}
    feminine |= data["pairs"]
    masculine = {f: m for m, f in reversed(feminine.items())}
    return _Rules(feminine, masculine, frozenset(data["epicene"]), tuple(data["epicene_suffixes"]))


@lru_cache(maxsize=16384)
def feminine_of(word: str) -> str | None:
    """The feminine of a masculine word; the word itself where it has one form; None where no rule is sure."""
    if "-" in word:
        return _compound(word, feminine_of)
    low, rules = word.lower(), _rules()
    if low in rules.epicene or (low.endswith(rules.epicene_suffixes) and low not in rules.feminine):
        return word
    known = rules.feminine.get(low)
    if known:
        return _cased(word, known)
    for masculine, feminine in _SURE:
        if low.endswith(masculine) and len(low) > len(masculine) + 1:
            return _cased(word, low[: len(low) - len(masculine)] + feminine)
    return None


@lru_cache(maxsize=16384)
def masculine_of(word: str) -> str | None:
    """The masculine of a feminine word; the word itself where it has one form; None where no rule is sure."""
    if "-" in word:
        return _compound(word, masculine_of)
    low, rules = word.lower(), _rules()
    if low in rules.epicene or low.endswith(rules.epicene_suffixes):
        return word
    known = rules.masculine.get(low)
    if known:
        return _cased(word, known)
    for masculine, feminine in _SURE_BACK:
        if low.endswith(feminine) and len(low) > len(feminine) + 1:
            return _cased(word, low[: len(low) - len(feminine)] + masculine)
    return None


_SURE = (
    ("teur", "trice"),
    ("eur", "euse"),
    ("ier", "ière"),
    ("cher", "chère"),
    ("ger", "gère"),
    ("eiller", "eillère"),
    ("ailler", "aillère"),
    ("cuyer", "cuyère"),
    ("ien", "ienne"),
    ("éen", "éenne"),
    ("if", "ive"),
    ("al", "ale"),
    ("el", "elle"),
    ("eux", "euse"),
    ("é", "ée"),
    ("ant", "ante"),
)
_SURE_BACK = (
    ("teur", "trice"),
    ("eur", "euse"),
    ("ier", "ière"),
    ("er", "ère"),
    ("ien", "ienne"),
    ("if", "ive"),
    ("al", "ale"),
    ("el", "elle"),
    ("é", "ée"),
    ("ant", "ante"),
    ("ieur", "ieure"),
    ("eur", "eure"),
)


_PREFIXES = frozenset(("auto", "cyber", "e", "moto", "techno", "télé", "vidéo", "éco"))


def _compound(word: str, change: Callable[[str], str | None]) -> str | None:
    """The parts of « opticien-lunetier » change each; parts that have no other form stay, if one part changes."""
    low = word.lower()
    if low in _rules().epicene:
        return word
    parts = word.split("-")
    changed = [None if part.lower() in _PREFIXES else change(part) for part in parts]
    if changed[0] is None and changed[-1] is None:
        return None
    return "-".join(other or part for part, other in zip(parts, changed, strict=True))


def _cased(model: str, word: str) -> str:
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word


def singular(word: str) -> str:
    """A plural noun or adjective in the singular: « conseillers » → « conseiller », « généraux » → « général »."""
    low = word.lower()
    if low.endswith("aux") and len(low) > 4:  # noqa: PLR2004
        return word[:-2] + "l"
    if low.endswith(("eux", "ss", "ous", "is", "us", "as")) or len(low) < 4:  # noqa: PLR2004
        return word
    return word[:-1] if low.endswith("s") else word


_CHANGES = (
    ("eur", "euse"),
    ("eur", "rice"),
    ("eur", "eure"),
    ("eux", "euse"),
    ("er", "ère"),
    ("er", "euse"),
    ("n", "nne"),
    ("n", "ne"),
    ("l", "lle"),
    ("f", "ve"),
    ("f", "ffe"),
    ("e", "esse"),
    ("et", "ète"),
    ("man", "woman"),
    ("o", "a"),
    ("", "e"),
)
_LONGEST_ENDING = max(len(masculine) for masculine, _ in _CHANGES)


def is_pair(masculine: str, feminine: str) -> bool:
    """Whether the two are the masculine and the feminine of one name, word by word (some words may be the same)."""
    left, right = masculine.lower().replace("-", " ").split(" "), feminine.lower().replace("-", " ").split(" ")
    if len(left) != len(right) or left == right:
        return False
    for m, f in zip(left, right, strict=True):  # noqa: SIM110 -- asked of all names side by side: `all` would take longer
        if m != f and not _changes(m, f):
            return False
    return True


def _changes(masculine: str, feminine: str) -> bool:
    if _rules().feminine.get(masculine) == feminine:
        return True
    if len(masculine) > _LONGEST_ENDING and masculine[0] != feminine[:1]:
        return False
    return any(masculine.endswith(m) and feminine == masculine[: len(masculine) - len(m)] + f for m, f in _CHANGES)
