"""Whether a line, an item or a cell begins with what is done: an infinitive, or a noun of action with its object.

:func:`after_label` finds where it begins, should what it is about stand before.
"""

from __future__ import annotations

import re

from pipeline.extractors.tasks.holder import folded, stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.sentences.duties import names_action
from pipeline.extractors.tasks.sentences.rows import tells
from pipeline.extractors.tasks.subjects.work import GOALS
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, is_adverb
from pipeline.french.words import first_word, first_words, words_of
from pipeline.remembered import Remembered

FEWEST = 3  # words of the shortest line that is an activity
_AHEAD = 60  # characters in which the first words stand
_OCCUPATIONS = frozenset(("conseiller", "designer", "manager"))  # infinitives that name people, too
_BY_OBJECT = _OCCUPATIONS | {"compter", "percevoir"}  # infinitives that only their object makes those of doing
_LINKING = frozenset(("de", "d'", "du", "des", "et", "aux", "à", "en"))  # what follows a noun of action
_LONGEST_LABEL = 60  # characters
_LONGEST_CIRCUMSTANCE = 60  # characters
_PARTING = re.compile(r"[,:] ")  # what stands between it and its infinitive
#: What an activity is about: « Fonction pédagogique : concevoir des ateliers. ».
_LABEL = re.compile(r"(?!(?:Ils?|Elles?|On|Vous|Tu|Je) )[A-ZÀ-Þ][^\s:.;,?!]*(?: [^\s:.;,?!]+){0,3} ?: (?=\w)")


def may_have_label(text: str, start: int, end: int) -> bool:
    """Whether there is a colon where a label may end."""
    return text.find(":", start, min(end, start + _LONGEST_LABEL)) >= 0


def after_label(text: str, start: int, end: int) -> int:
    """Where the words begin after their label; « Sa mission : » and « Objectif : » are none, but subjects."""
    label = _LABEL.match(text, start, end) if may_have_label(text, start, end) else None
    if label is None:
        return start
    first, second = [*first_words(text, start, label.end()), ""][:2]
    named = second if first in DETERMINERS else first
    of_work = stem_of(named) in works() and (named == second or folded(named) in GOALS)
    return start if of_work else label.end()


def after_circumstance(text: str, start: int, end: int) -> int:
    """Where the words begin after the circumstance that parts an infinitive from them: « En mer, hisser les casiers »."""
    if first_word(text, start, end) not in lexicon().openers:
        return start
    mark = _PARTING.search(text, start, min(end, start + _LONGEST_CIRCUMSTANCE))
    return mark.end() if mark is not None and is_infinitive(text, mark.end(), end) else start


def begins_with_action(text: str, start: int, end: int) -> bool:
    """Whether the words begin with an infinitive, or a noun of action with its object: « Pose et taille des verres »."""
    if is_infinitive(text, start, end):
        return True
    words = words_of(text, start, min(end, start + _AHEAD))
    return len(words) >= FEWEST and words[1] in _LINKING and is_action(text, start, end)


def is_infinitive(text: str, start: int, end: int) -> bool:
    """Whether the words begin with the infinitive of a verb of doing."""
    words = first_words(text, start, min(end, start + _AHEAD))
    for word in words:
        doing = _DOING[word]
        if doing is not None:
            by_object = word in _BY_OBJECT or word in lexicon().with_object
            return (doing and word not in _OCCUPATIONS) or (by_object and next(words, "") in DETERMINERS)
    return False


def is_action(text: str, start: int, end: int) -> bool:
    """Whether the words begin with a noun of action: « Gestion des comptes »."""
    words = words_of(text, start, min(end, start + _AHEAD))
    return len(words) > 1 and names_action(words[0])


def is_noun_phrase(text: str, start: int, end: int) -> bool:
    """Whether the words are one noun phrase of an action, without a verb: « Gestion des stocks et des commandes »."""
    if not names_action(first_word(text, start, end)):
        return False
    words = words_of(text, start, end)
    if len(words) < FEWEST or words[1] not in _LINKING:
        return False
    object_at = 3 if words[1] == "et" and names_action(words[2]) else 1  # « Dépose et repose des moteurs »
    return not tells(words, object_at, len(words))


def _is_doing(word: str) -> bool | None:
    """Whether a word is the infinitive of a verb of doing; None for what may stand before one."""
    if is_adverb(word) or word in CLITICS or word in NEGATIONS:
        return None
    form = verbs.read(word)
    return form is not None and form.mood == "infinitive" and form.lemma not in lexicon().states


_DOING = Remembered(_is_doing)
