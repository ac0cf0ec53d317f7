"""Which sentences may state an activity at all, told from pieces of text one by one: most are never cut into words.

The pieces of a sentence between its blanks go in. What is told of a piece is remembered, so that a sentence costs as many
look-ups as it has pieces. Each gate lets through all that a rule behind it could read; a test holds them against the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from pipeline.extractors.tasks.holder import NOUNS, UNTOLD, Holder, folded
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.sentences.duties import names_action
from pipeline.extractors.tasks.subjects import TELLING
from pipeline.extractors.tasks.subjects.pronouns import QUANTIFYING
from pipeline.extractors.tasks.subjects.work import GOALS
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, is_adverb
from pipeline.french.words import FORMS
from pipeline.remembered import Remembered

#: Kinds of section in whose prose a clause about the job holder may state an activity.
PROSE = frozenset(("definition", "tasks", "conditions", "other", "titles"))
#: Kinds of section that tell what is done without the job holder as its subject.
DESCRIBING = frozenset(("definition", "other", "tasks"))
_MISSIONS, _NOWHERE = frozenset(("tasks",)), frozenset[str]()
#: Verbs of what is left to do: « Reste à monter les dossiers ».
REMAINING = frozenset(("reste", "restent"))
#: « Beaucoup », « Les plus habiles »; the articles before them tell nothing.
_QUANTIFYING = (QUANTIFYING - CLITICS) | {"meilleurs", "plus"}
CONSISTING = frozenset(("consiste", "consistent"))  # « La première étape consiste à dégrossir le bloc »
ADDED = frozenset(("ajoute", "ajoutent", "ajouter"))  # « S'y ajoutent le suivi des stocks et … »
#: « … occupe une bonne partie de son temps », « … relève de ses attributions ».
_BELONGING = frozenset(
    ("absorbe", "absorbent", "accapare", "accaparent", "affaire", "attributions", "charge", "emplissent", "emplit", "mains",
     "mobilise", "mobilisent", "occupe", "occupent", "ponctue", "ponctuent", "prérogatives", "remplissent", "remplit",
     "ressort", "rythme", "rythment")
)  # fmt: skip
_ANY_HOLDER = TELLING | REMAINING | CONSISTING | ADDED | _BELONGING | {"plupart"}


def may_act(pieces: Iterable[str], holder: Holder) -> bool:
    """Whether a sentence holds a word by which the job holder may be its subject: a pronoun, or a noun of theirs."""
    return not holder.nouns.isdisjoint(chain.from_iterable(map(_CLUES.__getitem__, pieces)))


def may_open(pieces: Iterable[str], kind: str) -> bool:
    """Whether a sentence in a section of ``kind`` may open with a verb, a charge, « Beaucoup » or « Objectif : »."""
    for form in chain.from_iterable(map(FORMS.__getitem__, pieces)):
        kinds = _OPENS[form]
        if kinds is not None:
            return kind in kinds
    return False


def _clues(piece: str) -> tuple[str, ...]:
    return tuple(UNTOLD if form in _ANY_HOLDER else NOUNS[form] for form in FORMS[piece])


def _opens(form: str) -> frozenset[str] | None:
    """The kinds of section where a word may open what :func:`may_open` names; None where the word after it tells."""
    if form in _QUANTIFYING or folded(form) in GOALS or lexicon().charged.may_begin(form):
        return PROSE
    verb = verbs.read(form)
    if form in CLITICS or is_adverb(form):
        return None if verb is None else PROSE
    if verb is None:
        return DESCRIBING if names_action(form) else _NOWHERE
    return PROSE | {"skills"} if verb.mood == "infinitive" else DESCRIBING if form in verbs.nouns() else _MISSIONS


_CLUES = Remembered(_clues)
_OPENS = Remembered(_opens)
