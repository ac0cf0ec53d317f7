"""Activities of which a sentence says that they are part of the work.

« La pose et l'entretien des vitrages font partie du métier », « Tailler la vigne, relever les fils constitue l'essentiel de son
activité ».

The words of a sentence and its subjects go in, ``lower`` being the text of the words in lower case; activities come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, activity
from pipeline.extractors.tasks.sentences.charges import bridged
from pipeline.extractors.tasks.sentences.doing import is_done
from pipeline.extractors.tasks.sentences.duties import DUTIES
from pipeline.extractors.tasks.sentences.rows import row_of
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.french.clauses import NEGATIONS, finite, is_adverb
from pipeline.french.predicates import predicates
from pipeline.french.words import Words

#: The verbs by which a sentence says so, one of which must stand in it.
_BELONGING = frozenset(
    ("absorbe", "absorbent", "accapare", "accaparent", "appartient", "appartiennent", "complète", "complètent", "constitue",
     "constituent", "emplissent", "emplit", "est", "figure", "figurent", "font", "fait", "incombe", "incombent", "mobilise",
     "mobilisent", "occupe", "occupent", "ponctue", "ponctuent", "prend", "prennent", "relève", "relèvent", "remplissent",
     "remplit", "reste", "restent", "revient", "reviennent", "rythme", "rythment", "sont", "échoit", "échoient")
)  # fmt: skip
_NEAR = 8  # words between a word for the work and its colon
#: What takes up the activities before it: « La pose des sols, c'est son affaire ».
_TAKING_UP = frozenset((",", ":", "c'", "ce", "cela", "telle", "telles", "voilà"))
#: What opens the name of one more task: « Autre tâche : la pose des scellés ».
_FURTHER = frozenset(("autre", "autres", "dernière", "première", "principale", "seconde"))
_SHORTEST = 3  # words of an activity: « la gestion administrative », but not « la vente »


def belonging(words: Words, marks: Sequence[Subject], lower: str) -> Iterator[Activity]:
    """The activities before « fait partie du métier », « lui incombe », or after « Ses tâches sont variées : »."""
    if ":" in words and not DUTIES.isdisjoint(words):
        yield from _announced(words, lower)
    found = None if _BELONGING.isdisjoint(words) else lexicon().belonging.search(lower, words.start, words.end)
    if found is None:
        return
    end = words.at(found.start(), len(words))
    while end and words[end - 1] in _TAKING_UP:
        end -= 1
    if not end or words[end - 1] in NEGATIONS or any(mark.first < end and mark.kind != "work" for mark in marks):
        return
    if (listed := _listed(words, end)) is not None:
        first, end = listed, len(words)
    else:
        first = _opened(words, end)
    if finite(words, first, "infinitive"):
        begun = 0 if listed is None and words[0] in lexicon().openers else first
        for part in predicates(words, first, end, "infinitive", begun):
            if is_done(words, part, lower):
                yield activity(words, part, "infinitive")
    elif end - first >= _SHORTEST and (nouns := row_of(words, first, end)) is not None:
        yield from nouns.activities()


def _announced(words: Words, lower: str) -> Iterator[Activity]:
    """« S'y ajoutent d'autres tâches : la pose des scellés, le suivi des dossiers », « Autre tâche : trier les dossiers »."""
    colon = words.index(":")
    if colon in words.enclosed or DUTIES.isdisjoint(words[max(colon - _NEAR, 0) : colon]):
        return
    if words[0] in _FURTHER and finite(words, colon + 1, "infinitive"):
        yield from bridged(words, words.starts[colon + 1], len(words), lower, weak=True)
        return
    row = row_of(words, colon + 1, len(words))
    if row is not None and (len(row.items) > 1 or words[0] in _FURTHER):
        yield from row.activities()


def _listed(words: Words, end: int) -> int | None:
    """Where infinitives begin that spell out, after a colon, what is said to belong: « …, lui revient : trier, … »."""
    colon = next((i + 1 for i in range(end, len(words) - 1) if words[i] == ":"), None)
    return colon if colon is not None and finite(words, colon, "infinitive") else None


def _opened(words: Words, end: int) -> int:
    """Where an infinitive stands after the circumstance that opens a sentence, or what follows its adverbs."""
    first = 0
    while first < end and is_adverb(words[first]):
        first += 1
    if words[0] in lexicon().openers:
        commas = (i + 1 for i in range(end) if words[i] == ",")
        return next((i for i in commas if i < end and finite(words, i, "infinitive")), first)
    return first
