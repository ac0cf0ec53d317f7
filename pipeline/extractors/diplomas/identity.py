"""Which mentions name the same thing: in other letters, or spelt out."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.diplomas.acronyms import initials
from pipeline.extractors.diplomas.mention import Mention
from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.remembered import Remembered


@cache
def _small() -> frozenset[str]:
    """Words, without accents, that tell no two diplomas apart."""
    return frozenset(load("diplomas")["label"]["small"])


def telling_words(name: str) -> list[str]:
    """The words of a name that tell it from others, without accents and in the singular; what brackets say is left out."""
    words = [_PLURAL.sub("", word) for word in _WORD.findall(_LEFT_OUT.sub(" ", fold(name)))]
    return [word for word in words if word not in _small()]


_BRACKETED = re.compile(r" \([^()]*\)$")
#: What is left out of a name: what brackets say, and what leads on to a specialty, « spécialisé en », « dans le domaine de ».
_LEFT_OUT = re.compile(
    r"\([^)]*\)|\b(?:specialisee?s?|orientee?s?|axee?s?) (?:en|dans|vers|sur)\b|\borientation\b|\bdans le (?:domaine|secteur)\b"
)
_WORD, _PLURAL = re.compile(r"[a-z0-9+#]+"), re.compile(r"(?<=\w{3})[sx]$")
#: What follows the name of a diploma → the words that tell it from others of that name; in every crawl the same come again.
specialty_words = Remembered(lambda words: frozenset(telling_words(words)))


def same_name(one: Mention, other: Mention) -> bool:
    """Whether two mentions name the same thing, whatever case, accents, plural or small words."""
    if one.kind != other.kind:
        return False
    if one.head == other.head and one.specialty == other.specialty:  # a level has none
        return True
    if one.kind == "level":
        return {one.head, other.head} == {"bac + 0", "niveau 4"}
    return (not one.specialty and _spells_out(one, other)) or (not other.specialty and _spells_out(other, one))


def _spells_out(short: Mention, full: Mention) -> bool:
    """Whether ``full`` says what the capitals of ``short`` stand for: « le DEP, le diplôme d'études paysagères »."""
    label, words = _BRACKETED.sub("", short.label), _BRACKETED.sub("", full.label)  # « DEP (diplôme d'études paysagères) »
    if not label.isupper() or " " not in words or full.head.startswith("bac "):  # a « bac pro » is no BP
        return False
    return fold(label) == initials(words)


def prints_in_full(listed: Mention, named: Mention) -> bool:
    """Whether the list of diplomas by level prints what ``named`` names in passing: « la licence pro »."""
    if listed.rule != "listed-by-level" or named.rule.startswith("listed-") or named.kind == "level":
        return False
    if named.acronym and not listed.acronym:
        return False
    return not listed.label[:2].isupper() or named.label[:2].isupper()  # « diplôme d'État » is fuller than « DE »
