"""Whose money a clause speaks of: its subject, which is a person, a pay or a place of work, or a thing that costs.

The lower-cased words before an amount go in. Only a subject that opens its clause with an article and has a verb behind it
is judged; an elliptic clause (« en province, 1 900 € ») has none.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.extractors.salaries.cues import nearest, says, says_any
from pipeline.extractors.salaries.stages import stage
from pipeline.french.inflection import singular
from pipeline.french.occupations import is_head
from pipeline.french.verbs import read
from pipeline.lexicons import load

_SUBJECT = re.compile(
    r"(?:^|[;:(] ?|, ?|\b(?:et|mais|que|quand|puis|or|où) |\bqu')"
    r"(?:l'|(?:le|la|les|une?|ces?|cet|cette|son|sa|ses|leurs?|chaque|tout) )"
    r"(?:(beau|belle|bonne?s?|autres?|grande?s?|gros(?:se)?s?|même|nouve(?:au|l)\w*|"
    r"petite?s?|seule?s?|simples?|vieille|vieux|vraie?s?) )?"
    r"([a-zà-ÿ]+)(?=[ ,'-])"
)
#: What a noun may name that is no person though one is called so, too.
_OTHER_MONEY = frozenset({"extra", "other"})
_WORD = re.compile(r"[a-zà-ÿ]+")
#: « Ouvrir un cabinet suppose 40 000 € »: a sentence whose subject is an act.
_ACT = re.compile(r"(?:s'|se |y |en )?([a-zà-ÿ]+(?:er|ir|re|oir))\b")
#: A pronoun that stands for people, as the subject of a clause behind another noun: « les dimanches, on dépasse … ».
_PERSONAL = re.compile(r"(?:[,;] |\b(?:et|mais|que|quand|puis|or|où) |\bqu')(?:je|tu|on|nous|vous) ")
_HE = re.compile(r"(?:^|[,;:] ?|\b(?:et|mais|puis) )(?:elles?|ils?|on) (?:en )?[a-zà-ÿ]+ (?:environ |souvent )?$")
_BREAK = re.compile(r"[;:(]")
#: What a name of an occupation is followed by.
_COMPLEMENT = re.compile(r"(?: (?:à|au|aux|d[eu]|des|en|pour|sur) | d')[^;]*")
_APPOSITION, _GOES_ON = re.compile(r"[^,]{0,40}, ?"), re.compile(r"[^,;:.()]{0,20}(?:[,.]|$)")
#: « une fois payée la location (1 800 € », the noun that a bracket stands behind.
_BEFORE_BRACKET = re.compile(
    r"(?:l'|\b(?:l[ae]|les|une?|des|du|son|sa|ses) )([a-zà-ÿ]+)(?: [a-zà-ÿ']+){0,2} \((?:environ |de )?$"
)


class Subject(NamedTuple):
    """The subject of the clause before an amount: what kind of noun it is, and the words behind it."""

    kind: str
    rest: str


def subject(before: str, titles: str) -> Subject | None:
    """The subject of the last clause of ``before``, if it has one; ``titles`` names the occupation.

    Its kind is ``payer``, ``person``, ``place``, ``pay``, ``act`` or ``thing``.
    """
    last = None
    for match in _SUBJECT.finditer(before):
        last = match
    if last is not None and _PERSONAL.search(before, last.end() - 1):
        return None
    act = _ACT.match(before) if last is None else None
    if act is not None and not is_head(act[1]) and (form := read(act[1])) and form.mood == "infinitive":
        return None if form.lemma in _nouns("career") else Subject("act", before[act.end() :])
    if last is None or _BREAK.search(before, last.end()):
        return None
    noun, rest = last[2], before[last.end() :]
    if last[1] and has_verb(noun):  # « les grands gagnent »
        noun, rest = last[1], before[last.start(2) :]
    return Subject(_kind(noun, titles), rest)


@lru_cache(maxsize=16)
def _heads(titles: str) -> str:
    """The names of an occupation without what they are followed by: « facteur » of « facteur de pianos »."""
    return _COMPLEMENT.sub("", titles)


def _kind(noun: str, titles: str) -> str:
    own = noun in _heads(titles)
    for kind in ("payer", "pay", "person", "place"):
        if (noun in _nouns(kind) or singular(noun) in _nouns(kind)) and not (own and kind == "payer"):
            return kind
    if not own and says_any("not_pay", _OTHER_MONEY, noun):  # « l'aide à l'installation »
        return "thing"
    person = own or is_head(noun) or stage("", noun) is not None or nearest("status", "", noun)[0] is not None
    return "person" if person else "thing"


def is_a_thing(noun: str, titles: str) -> bool:
    """Whether a noun names no pay, no person and no place of work."""
    return _kind(noun, titles) == "thing"


def of_a_thing(before: str, words: str, after: str, titles: str) -> bool:
    """Whether an amount, printed as ``words``, is told of a thing: « un bouquet part à 90 € », « le permis, 900 €, … »."""
    if (named := _BEFORE_BRACKET.search(before)) is not None:
        return _kind(named[1], titles) in {"payer", "thing"}
    found = subject(before + words, titles)
    if found is None or found.kind not in {"act", "payer", "thing"}:
        return False
    told = found.rest[: -len(words)] if words else found.rest
    aside = _APPOSITION.fullmatch(told) is not None and _GOES_ON.match(after) is not None
    return found.kind == "act" or aside or has_verb(found.rest)


def is_told_of(kind: str, before: str, titles: str) -> bool:
    """Whether the subject of the last clause of ``before`` is of this kind."""
    found = subject(before, titles)
    return found is not None and found.kind == kind


def reaches(before: str, words: str, titles: str, *, pronoun: bool = False) -> bool:
    """Whether a person comes to an amount: « le conservateur du patrimoine termine à 4 700 € ».

    A ``pronoun`` (« partagé entre plusieurs clients, il demande … ») may stand for a thing: it counts where asked.
    """
    if not says("pay", "reach", before + words):
        return False
    return is_told_of("person", before + words, titles) or (pronoun and _HE.search(before) is not None)


@cache
def _nouns(kind: str) -> frozenset[str]:
    return frozenset(load("salaries")["subjects"][kind].split())


def has_verb(words: str) -> bool:
    """Whether a finite verb is among ``words``."""
    forms = (read(word) for word in _WORD.findall(words))
    return any(form is not None and form.mood in {"singular", "plural"} for form in forms)
