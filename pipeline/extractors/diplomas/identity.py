"""Which mentions name the same thing: in other letters, spelt out, or shortened the second time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.extractors.diplomas.labels import is_short_name
from pipeline.extractors.diplomas.mention import Mention
from pipeline.lexicons import load
from pipeline.normal import fold


@cache
def _small() -> frozenset[str]:
    """Words, without accents, that tell no two diplomas apart."""
    return frozenset(load("diplomas")["label"]["small"])


def specialty_words(words: str) -> frozenset[str]:
    """The words that tell two diplomas of one name apart."""
    plain = re.sub(r"\([^)]*\)", " ", fold(words))
    found = (word for word in re.findall(r"[a-z0-9+#]+", plain) if word not in _small())
    return frozenset(re.sub(r"(?<=\w{3})[sx]$", "", word) for word in found)


def same_name(one: Mention, other: Mention) -> bool:
    """Whether two mentions name the same thing, whatever case, accents, plural or small words."""
    if one.kind != other.kind:
        return False
    if one.kind == "level":
        return one.head == other.head or {one.head, other.head} == {"bac + 0", "niveau 4"}
    if one.head == other.head and one.specialty == other.specialty:
        return True
    return _spells_out(one, other) or _spells_out(other, one)


def _spells_out(short: Mention, full: Mention) -> bool:
    """Whether ``full`` says what the capitals of ``short`` stand for: « le DEP, le diplôme d'études paysagères »."""
    if short.specialty or not short.label.isupper() or " " not in full.label:
        return False
    initials = "".join(w[0] for w in re.findall(r"\w+", fold(full.label)) if w not in _small())
    return fold(short.label) == initials


def shortens(short: Mention, full: Mention) -> bool:
    """Whether ``short`` (« le CAP ») is a second mention of ``full`` (« CAP cuisine »)."""
    if short.kind != "qualification" or full.kind != "qualification" or short is full:
        return False
    if short.acronym == "" and full.acronym and not short.specialty and fold(short.label) == fold(full.acronym):
        return True
    if short.head != full.head and not (short.head == "CAP" and full.head == "CAP agricole"):
        return False
    return short.specialty < full.specialty and short.determiner in {"definite", "recalled"} and not is_short_name(short.label)


class ShortForms:
    """Tells which mentions shorten any of ``found``; each distinct name is compared once, however often it stands there."""

    def __init__(self, found: Iterable[Mention]) -> None:
        self.names = {(m.kind, m.head, m.specialty, m.acronym): m for m in found}
        self.known: dict[tuple[object, ...], bool] = {}

    def __contains__(self, mention: Mention) -> bool:
        key = (mention.kind, mention.label, mention.head, mention.specialty, mention.acronym, mention.determiner)
        if key not in self.known:
            self.known[key] = any(shortens(mention, other) for other in self.names.values())
        return self.known[key]
