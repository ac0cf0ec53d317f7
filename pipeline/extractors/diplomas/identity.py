"""Which mentions name the same thing: in other letters, spelt out, or shortened the second time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.extractors.diplomas.acronyms import initials
from pipeline.extractors.diplomas.labels import is_short_name
from pipeline.extractors.diplomas.mention import Mention
from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.remembered import Remembered


@cache
def _small() -> frozenset[str]:
    """Words, without accents, that tell no two diplomas apart."""
    return frozenset(load("diplomas")["label"]["small"])


def _specialty_words(words: str) -> frozenset[str]:
    plain = _BRACKET.sub(" ", fold(words))
    return frozenset(_telling(plain))


def _telling(plain: str) -> list[str]:
    """The words of a folded name, in the singular, that tell it from others."""
    words = [_PLURAL.sub("", word) for word in _WORD.findall(plain)]
    return [word for word in words if word not in _small()]


_BRACKETED = re.compile(r" \([^()]*\)$")
_BRACKET, _WORD, _PLURAL = re.compile(r"\([^)]*\)"), re.compile(r"[a-z0-9+#]+"), re.compile(r"(?<=\w{3})[sx]$")
#: What follows the name of a diploma → the words that tell it from others of that name; in every crawl the same come again.
specialty_words = Remembered(_specialty_words)


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
    return label.isupper() and " " in words and fold(label) == initials(words)


def prints_in_full(listed: Mention, named: Mention) -> bool:
    """Whether the list of diplomas by level prints what ``named`` names in passing: « la licence pro »."""
    if listed.rule != "listed-by-level" or named.rule.startswith("listed-") or named.kind == "level":
        return False
    if named.acronym and not listed.acronym:
        return False
    return not listed.label[:2].isupper() or named.label[:2].isupper()  # « diplôme d'État » is fuller than « DE »


def shortens(short: Mention, full: Mention) -> bool:
    """Whether ``short`` (« le CAP ») is a second mention of ``full`` (« CAP cuisine »)."""
    if short.kind != "qualification" or full.kind != "qualification" or short is full:
        return False
    if short.acronym == "" and full.acronym and not short.specialty and fold(short.label) == fold(full.acronym):
        return True
    if full.head not in _fuller(short):
        return False
    if not _of_diploma(short, full.head) < full.specialty or is_short_name(short.label) or _differ(short.level, full.level):
        return False
    return short.determiner in _SECOND or (_is_listed(full) and not _is_listed(short) and _opens(short, full))


def _differ(level: int | None, other: int | None) -> bool:
    """Whether both levels are known, and two: « le titre d'aide vétérinaire, de niveau 3 » recalls none of level 4."""
    return level is not None and other is not None and level != other


def _is_listed(mention: Mention) -> bool:
    """Whether a mention stands in a list of diplomas by level, where names are printed in full."""
    return mention.rule.startswith("listed-")


def _opens(short: Mention, full: Mention) -> bool:
    """Whether a name in the text is what a listed one begins with: « un CAP agricole », not a bare degree as « un CAP »."""
    if short.school:
        return not short.label.lower().startswith("dipl")  # « un diplôme d'école de commerce » is a name of its own
    if not short.specialty and short.head != "CAP agricole":
        return False
    words, longer = (_telling(_BRACKET.sub(" ", fold(mention.label))) for mention in (short, full))
    return longer[: len(words)] == words


#: How a second mention is introduced; names that are shortened to that of another diploma.
_SECOND = frozenset({"definite", "recalled"})
_FULLER = {"CAP": ("CAP", "CAP agricole")}


def _of_diploma(short: Mention, head: str) -> frozenset[str]:
    """The words that tell a shortened mention from others under ``head``: « école d'ingénieurs » is one of any engineer."""
    return short.specialty if short.head != "diplôme d'école" or head == short.head else short.specialty - _ENGINEERS


_ENGINEERS = frozenset(("ecole", "grande", "ingenieur"))


def _fuller(short: Mention) -> tuple[str, ...]:
    """The names under which what a mention shortens may stand: « une école d'ingénieurs » gives a diplôme d'ingénieur."""
    if short.head == "diplôme d'école" and "ingenieur" in short.specialty:
        return (short.head, "diplôme d'ingénieur")
    return _FULLER.get(short.head, (short.head,))


class ShortForms:
    """Tells which mentions shorten any of ``found`` (:func:`shortens`), without comparing each with each."""

    def __init__(self, found: Iterable[Mention]) -> None:
        self.acronyms: set[str] = set()
        self.specialties: dict[str, set[tuple[frozenset[str], int | None]]] = {}
        self.listed: list[Mention] = []
        self.only: dict[str, Mention | None] = {}  # name → what is listed under it, unless there are several
        for mention in found:
            if mention.kind == "qualification":
                if mention.acronym:
                    self.acronyms.add(fold(mention.acronym))
                self.specialties.setdefault(mention.head, set()).add((mention.specialty, mention.level))
                if _is_listed(mention):
                    self.listed.append(mention)
                    known = self.only.setdefault(mention.head, mention)
                    if mention.shares:
                        continue
                    self.only[mention.head] = mention if known is not None and same_name(known, mention) else None

    def __contains__(self, mention: Mention) -> bool:
        if mention.kind != "qualification":
            return False
        if self.acronyms and mention.acronym == "" and not mention.specialty and fold(mention.label) in self.acronyms:
            return True
        if mention.head == "diplôme d'État" and not mention.specialty:
            return len(self.specialties[mention.head]) > 1  # « les titulaires d'un DE »
        if mention.determiner not in _SECOND:
            return self._listed_once(mention) is not None or any(shortens(mention, full) for full in self.listed)
        if is_short_name(mention.label):
            return False
        return any(
            _of_diploma(mention, head) < fuller and not _differ(mention.level, level)
            for head in _fuller(mention)
            for fuller, level in self.specialties.get(head, ())
        )

    def _listed_once(self, short: Mention) -> Mention | None:
        """What a bare « un BTS » of the text means in a sheet that lists just one."""
        if short.determiner != "indefinite" or short.specialty or short.school or is_short_name(short.label):
            return None
        full = self.only.get(short.head)
        return full if full is not None and full.specialty else None

    def lends(self, short: Mention, full: Mention) -> bool:
        """Whether a shortened mention lends its requirement to ``full``."""
        listed = self._listed_once(short)
        if listed is not None and full.shares and full.head == listed.head:
            return True
        return shortens(short, full) or (listed is not None and same_name(listed, full))
