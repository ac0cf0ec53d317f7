"""Whose money a clause speaks of: its subject, which is a person, a pay or a place of work, or a thing that costs.

The lower-cased words before an amount go in. Only a subject that opens its clause with an article and has a verb behind it
is judged; an elliptic clause (« en province, 1 900 € ») has none.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.salaries.cues import nearest, stage
from pipeline.french.gender import singular
from pipeline.french.occupations import is_head
from pipeline.french.verbs import read
from pipeline.lexicons import load

_SUBJECT = re.compile(
    r"(?:^|[;:(] ?|, ?|\b(?:et|mais|que|quand|puis|or|où) |\bqu')"
    r"(?:l'|(?:le|la|les|une?|ces?|cet|cette|son|sa|ses|leurs?|chaque|tout) )"
    r"(?:(beau|belle|bonne?s?|autres?|grande?s?|grosse?s?|gros|même|nouvel\w*|petite?s?|seule?s?|simples?|vieille|vieux|vraie?s?) )?"
    r"([a-zà-ÿ]+)(?=[ ,'-])"
)
_WORD = re.compile(r"[a-zà-ÿ]+")
#: « Ouvrir un cabinet suppose 40 000 € »: a sentence whose subject is an act; those of a career may pay.
_ACT = re.compile(r"(?:s'|se |y |en )?([a-zà-ÿ]+(?:er|ir|re|oir))\b")
_CAREER = frozenset(
    (
        "commencer",
        "compter",
        "débuter",
        "démarrer",
        "espérer",
        "exercer",
        "gagner",
        "prévoir",
        "prétendre",
        "toucher",
        "travailler",
    )
)
_BREAK = re.compile(r"[;:(]")


def thing_is_subject(before: str, titles: str) -> bool:
    """Whether what stands ``before`` an amount tells of a thing: « un bouquet part à »; ``titles`` names the occupation."""
    subject = None
    for match in _SUBJECT.finditer(before):
        subject = match
    if subject is None and (act := _ACT.match(before)) and (form := read(act[1])):
        return form.mood == "infinitive" and form.lemma not in _CAREER
    if subject is None or _BREAK.search(before, subject.end()):
        return False
    noun, rest = subject[2], before[subject.end() :]
    if subject[1] and has_verb(noun):  # « les grands gagnent »
        noun, rest = subject[1], before[subject.start(2) :]
    if _may_be("payer", noun):
        return has_verb(rest)
    person = is_head(noun) or noun in titles or stage("", noun) is not None or nearest("status", "", noun)[0] is not None
    return not person and not any(_may_be(kind, noun) for kind in ("pay", "person", "place")) and has_verb(rest)


@cache
def _nouns(kind: str) -> frozenset[str]:
    return frozenset(load("salaries")["subjects"][kind].split())


def _may_be(kind: str, noun: str) -> bool:
    return noun in _nouns(kind) or singular(noun) in _nouns(kind)


def has_verb(words: str) -> bool:
    """Whether a finite verb is among ``words``."""
    forms = (read(word) for word in _WORD.findall(words))
    return any(form is not None and form.mood in {"singular", "plural"} for form in forms)
