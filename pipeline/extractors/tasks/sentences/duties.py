"""Nouns of action with their objects: « l'accueil des familles, le suivi des dossiers et, chaque mois, la paie »."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, phrase, trim
from pipeline.french import verbs
from pipeline.french.clauses import ADVERBS, DETERMINERS, PREPOSITIONS
from pipeline.french.words import Words
from pipeline.remembered import Remembered

#: Words for the work after which nouns of action are listed.
DUTIES = frozenset(
    ("activité", "activités", "fonction", "fonctions", "menu", "mission", "missions", "programme", "quotidien",
     "responsabilités", "rôle", "tâche", "tâches")
)  # fmt: skip
#: What ties a noun of action to its object.
NOMINAL = frozenset(("de", "d'", "du", "des"))
#: What looks like the noun of a verb, too: « dans » (danser), « contre », « puis ».
_NO_NOUNS = PREPOSITIONS | ADVERBS | {"puis"}
#: Endings of nouns of action, whatever the verb, and the letters of the shortest: « ferrage ».
_ENDINGS = ("age", "issement")
_SHORTEST = 8
_LONGEST_ASIDE = 10  # words


def is_duty(words: Words, at: int) -> bool:
    """Whether a noun of action with its object begins at a word: « la pose de carrelage »."""
    head = at + (at < len(words) and words[at] in DETERMINERS)
    return head + 1 < len(words) and words[head + 1] in NOMINAL and names_action(words[head])


def names_action(noun: str) -> bool:
    """Whether a noun says that something is done: « pose », « réglages », but neither « équipe » nor « reste »."""
    return _NAMING[noun]


def _names_action(noun: str) -> bool:
    single = noun.removesuffix("s")
    if single in lexicon().things or noun in _NO_NOUNS:
        return False
    verb = verbs.verb_of(noun) or verbs.verb_of(single)
    if verb is None:
        return single.endswith(_ENDINGS) and len(single) >= _SHORTEST
    return verb not in lexicon().states


_NAMING = Remembered(_names_action)


def duties(words: Words, at: int, stop: int) -> Iterator[Activity]:
    """« Ses missions sont l'accueil des familles, le suivi des dossiers et … »: one activity for each noun of action."""
    joins = duty_joins(words, at, stop)
    for first, last in zip([at, *(begun for _, begun in joins)], [*(join for join, _ in joins), stop], strict=True):
        start, end = trim(words.text, words.starts[first], words.after(last - 1))
        yield phrase(words.text, start, end, "duty")


def duty_joins(words: Words, at: int, stop: int) -> list[tuple[int, int]]:
    """Where nouns of action are joined in a list, and where the next begins: « et, chaque mois, la paie des équipes »."""
    joins: list[tuple[int, int]] = []
    reached = at
    for i in range(at, stop - 1):
        if words[i] not in {",", "et", ";"} or i < reached:
            continue
        after = after_aside(words, i + 1, stop)
        if is_duty(words, after):
            joins.append((i, i + 1 + (after > i + 1)))
            reached = after
    return joins


def after_aside(words: Words, at: int, stop: int) -> int:
    """The word after an aside in commas that begins at ``at``: « , une fois par mois, »; ``at`` where there is none."""
    if words[at : at + 1] != [","]:
        return at
    return next((i + 1 for i in range(at + 1, min(at + _LONGEST_ASIDE, stop - 1)) if words[i] == ","), at)
