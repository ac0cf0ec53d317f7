"""What the job holder is charged with: what follows « est chargé de », « sa mission est de », « c'est à lui que revient ».

The words after the subject go in (to the word ``stop``, ``lower`` being the text of the words in lower case); infinitives
come out, or what nouns of action name.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, activity, phrase, trim
from pipeline.extractors.tasks.sentences.doing import governed_by, is_done
from pipeline.extractors.tasks.sentences.duties import DUTIES, duties, duty_joins, is_duty
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, finite, is_adverb, skip_clitics
from pipeline.french.predicates import Predicate, predicates
from pipeline.french.words import Words

_SHORTEST = 6  # characters of the shortest charge
_FAR = 10  # words between a word for the work and its list
#: What stands before a list of nouns of action.
_DUTY_IS = frozenset((":", "est", "sont", "sera", "seront"))
#: What may stand between « son rôle est » and what it is: « avant tout de », « double : ».
_QUALIFYING = frozenset(("avant", "claire", "clair", "double", "multiple", "simple", "tout", "triple"))


def work(words: Words, at: int, stop: int, lower: str, first: int | None) -> Iterator[Activity]:
    """« sa mission est de », « son rôle consiste à », « sa priorité : »; « à lui de », which begins at ``first``."""
    listed = words[at] in _DUTY_IS and not DUTIES.isdisjoint(words[max(at - _FAR, 0) : at])
    if listed and is_duty(words, at + 1):
        yield from duties(words, at + 1, stop)
        return
    if words[at] not in {":", "de", "d'"}:
        at += 1
        while at < stop and (is_adverb(words[at]) or words[at] in _QUALIFYING):
            at += 1
    tied = at < stop and words[at] in {":", "de", "d'", "à", "en"}
    if tied or (at < stop and _is_infinitive(words, at)):
        yield from bridged(words, words.after(at) if tied else words.starts[at], stop, lower, weak=True, opened=first)


def charge(words: Words, at: int, stop: int, lower: str, first: int | None) -> Iterator[Activity]:
    """« c'est à lui que revient ensuite la fermeture des portes »: infinitives, or a noun phrase up to its apposition."""
    while at < stop and is_adverb(words[at]):
        at += 1
    if at < stop and is_duty(words, at) and any(words[i] == "," for i, _ in duty_joins(words, at, stop)):
        found = duties(words, at, stop)  # « Au gérant reviennent la tenue de la caisse, la pose des … et … »
    else:
        commas = (i for i in range(at, stop - 1) if words[i] == "," and i not in words.enclosed)
        end = next((i for i in commas if words[i + 1] not in DETERMINERS), stop)
        found = bridged(words, words.starts[at], end, lower, weak=False) if at < end else iter(())
    for part in found:
        part.start = part.start if first is None else words.starts[first]
        first = None
        yield part


def bridged(
    words: Words, offset: int, stop: int, lower: str, *, weak: bool, able: bool = False, opened: int | None = None
) -> Iterator[Activity]:
    """What a periphrasis introduces: infinitives, or (unless ``weak``) a noun phrase, taken whole.

    What one is ``able`` to do is no career. The first activity begins at the word ``opened``, if that is given.
    """
    at = words.at(offset, stop)
    duty = lexicon().periphrasis.match(lower, words, at, stop - 1) if at < stop else None
    if duty:  # « …, le soin d'accueillir les visiteurs »
        at = words.at(duty.end(), stop)
    verb = governed_by(words, at, stop)
    if verb is None:
        if not weak and at < stop:
            start, end = trim(words.text, words.starts[at], words.after(stop - 1))
            if end - start > _SHORTEST:
                yield phrase(words.text, start, end, "charge")
        return
    first = verb
    while first > at and words[first - 1] in CLITICS:
        first -= 1
    first = first if opened is None else opened
    parts = predicates(words, verb, stop, "infinitive", first)
    elsewhere = weak and not able and opened is None and _is_future(words, parts)
    for part in parts:
        bridge = lexicon().periphrasis.match(lower, words, part.heads[0], part.last - 1)
        if bridge:
            yield from bridged(words, bridge.end(), part.last, lower, weak=weak)
        elif not elsewhere and is_done(words, part, lower):
            yield activity(words, part, "mission")


def _is_infinitive(words: Words, at: int) -> bool:
    """Whether an infinitive begins at a word: « son quotidien, c'est accueillir les élèves »."""
    verb = skip_clitics(words, at, len(words) - 1)
    return words[verb] not in verbs.nouns() and finite(words, verb, "infinitive")


def _is_future(words: Words, parts: list[Predicate]) -> bool:
    """Whether « il peut » says what the holder may become: « ouvrir sa boutique ou devenir formateur »."""
    heads = [words[part.heads[0]] for part in parts]
    return heads[0] in lexicon().careers or heads[0] in {"être", "avoir"} or not lexicon().promotions.isdisjoint(heads)
