"""Activities of which nobody is the subject: « il faut tracer les axes », « reste à monter les dossiers », « s'y ajoute … ».

The words of a sentence and its subjects go in, ``lower`` being the text of the words in lower case; activities come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extractors.tasks.holder import stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, activity
from pipeline.extractors.tasks.sentences.charges import bridged, charge
from pipeline.extractors.tasks.sentences.clues import ADDED, CONSISTING, DESCRIBING, REMAINING
from pipeline.extractors.tasks.sentences.doing import governed_by, is_done, is_state
from pipeline.extractors.tasks.sentences.duties import NOMINAL, after_aside, duties, duty_joins, is_duty
from pipeline.extractors.tasks.sentences.limits import clause_end, opening
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.extractors.tasks.subjects.work import POSSESSIVES
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, finite, is_adverb, skip_clitics
from pipeline.french.predicates import predicates
from pipeline.french.words import Words, numbers

_REQUIRING = frozenset(("faut", "agit", "agir"))
#: What makes an activity possible; no activity of the job is what a diploma or a career does.
_ENABLING = frozenset(("permet", "permettent", "permettra", "permettront"))
_COURSES = frozenset(
    ("apprentissage", "bac", "bts", "but", "cap", "concours", "diplôme", "expérience", "formation", "formations", "licence",
     "master", "revenu", "revenus", "salaire", "stage", "stages", "statut", "titre")
)  # fmt: skip
_DEFINING = frozenset(("definition", "tasks"))
#: What consists in an activity beside the work itself.
_STEPS = frozenset(
    ("art", "astuce", "défi", "difficulté", "étape", "exercice", "geste", "gros", "jeu", "opération", "partie", "phase",
     "technique", "temps")
)  # fmt: skip
_NEAR = 4  # words from the head of a sentence to « Son travail permet de »
#: Before « s'ajoutent »: what is added to things, not to the work.
_OF_THINGS = frozenset(("auquel", "auxquelles", "auxquels", "laquelle", "quoi"))


def impersonal(words: Words, marks: Sequence[Subject], kind: str, lower: str) -> Iterator[Activity]:
    """What a sentence in a section of ``kind`` says to be necessary, made possible, left to do or added."""
    if kind in _DEFINING:
        if marks and not _REQUIRING.isdisjoint(words):
            yield from _required(words, marks, kind, lower)
        if not _ENABLING.isdisjoint(words):
            yield from _enabled(words, marks, lower)
        if not marks and not CONSISTING.isdisjoint(words):
            yield from _consisting(words, lower)
    if kind in DESCRIBING and not REMAINING.isdisjoint(words):
        yield from _remaining(words, lower)
    if kind in DESCRIBING and not ADDED.isdisjoint(words):
        yield from _added(words)
    if kind == "tasks" and ":" in words[:-2] and all(_is_nobody(words, mark, lower) for mark in marks):
        yield from _spelled_out(words, lower)


def _is_nobody(words: Words, mark: Subject, lower: str) -> bool:
    """« il y a », « il existe »."""
    at = mark.after
    return words[mark.first] == "il" and at < len(words) and lexicon().impersonal.match(lower, words.starts[at]) is not None


def _required(words: Words, marks: Sequence[Subject], kind: str, lower: str) -> Iterator[Activity]:
    """« Avant la pose, il faut tracer les axes »: what the work demands, in the words of the missions.

    Where a definition begins with what one must be or have, all that follows is asked of the person.
    """
    for mark in marks:
        after = mark.after
        given = words[after : after + 1] in (["lui"], ["leur"])  # « il lui faut encore vérifier … »
        after += given
        after += words[after : after + 1] == ["peut"]  # « il peut s'agir de »
        concerned = words[after : after + 2] in (["s'", "agit"], ["s'", "agir"])  # « il s'agit de vider les bacs »
        reason = mark.first > 0 and words[mark.first - 1] == "puisqu'"
        if words[mark.first] != "il" or reason or after >= len(words) or not (concerned or words[after] == "faut"):
            continue
        after += concerned
        verb = governed_by(words, after + 1, len(words))
        following = next((m.first for m in marks if m.first > mark.first), None)
        if verb is None or (kind != "tasks" and is_state(words, verb)) or _judges(words, verb + 1):
            continue
        stop = clause_end(words, mark, following)
        first = verb if concerned else opening(words, mark, 0, lower)
        first = verb if given and first == mark.first else first
        for part in predicates(words, verb, stop, "infinitive", first):
            if is_done(words, part, lower):
                yield activity(words, part, "required")


def _judges(words: Words, at: int) -> bool:
    """« Il faut dire que … », « il faut écrire, et vite », « il faut réunir 150 000 € »."""
    said = words[at : at + 1] in (["que"], ["qu'"]) or words[at : at + 2] == [",", "et"]
    return said or (at < len(words) and words[at][0].isdigit() and "€" in words[at:])


def _enabled(words: Words, marks: Sequence[Subject], lower: str) -> Iterator[Activity]:
    """« Ses relevés lui permettent d'alerter les communes », « Son travail permet de … », but not « Le CAP lui permet … »."""
    for at in numbers(words, _ENABLING):
        of_work = words[0] in POSSESSIVES and stem_of(words[1]) in works() and at <= _NEAR
        if at in words.enclosed or not (of_work or (at > 1 and words[at - 1] == "lui")) or words[at - 2] in NEGATIONS:
            continue
        after = next((i for i in range(at + 1, len(words)) if not is_adverb(words[i])), at)
        if words[after] in {"de", "d'"} and _COURSES.isdisjoint(words[:at]):
            following = next((mark.first for mark in marks if mark.first > after), len(words))
            yield from bridged(words, words.after(after), following, lower, weak=True)


def _consisting(words: Words, lower: str) -> Iterator[Activity]:
    """« La première étape consiste à dégrossir le bloc », « Tout l'art consiste à doser la colle »."""
    at = next(iter(numbers(words, CONSISTING)))
    if at in words.enclosed or _STEPS.isdisjoint(words[:at]) or not NEGATIONS.isdisjoint(words[:at]):
        return
    tie = next((i for i in range(at + 1, len(words) - 1) if not is_adverb(words[i])), at)
    if words[tie] == "à" and not _COURSES.intersection(words):
        yield from bridged(words, words.after(tie), len(words), lower, weak=True)


def _remaining(words: Words, lower: str) -> Iterator[Activity]:
    """« Reste à monter les dossiers », « …, restent l'entretien et le rangement »: what is left to do."""
    for at, form in enumerate(words):
        if form not in REMAINING or at in words.enclosed or not (at == 0 or words[at - 1] in {",", "il", "lui"}):
            continue
        after = at + 1
        while after < len(words) and is_adverb(words[after]):
            after += 1
        left = words[after : after + 3]
        colon = next((i + 1 for i in range(after, len(words) - 1) if words[i] == ":"), None)
        if colon is not None and finite(words, colon, "infinitive"):  # « Reste un travail ingrat : contrôler les factures »
            yield from bridged(words, words.starts[colon], len(words), lower, weak=True)
            return
        if left[:1] == ["à"] and left[1:] and left[1] not in CLITICS:  # but not « L'annonce faite, reste à la tenir »
            closed = at > 0 and words[at - 1] == "," and lexicon().season.match(lower, words.start, words.after(at - 1))
            opened = 0 if closed else at - 2 if words[max(at - 2, 0) : at] == ["il", "lui"] else None
            yield from bridged(words, words.starts[after + 1], _judgement(words, after), lower, weak=True, opened=opened)
        elif left[2:] and left[0] in DETERMINERS and left[2] in NOMINAL and verbs.verb_of(left[1]) is not None:
            yield from charge(words, after, len(words), lower, at)
        return


def _spelled_out(words: Words, lower: str) -> Sequence[Activity]:
    """« Les gestes sont précis : doser la colle, peser le sable »: two infinitives with objects of their own at least."""
    colon = words.index(":")
    verb = skip_clitics(words, colon + 1, len(words) - 1)
    if colon in words.enclosed or words[verb] in verbs.nouns() or not finite(words, verb, "infinitive"):
        return ()
    if not NEGATIONS.isdisjoint(words) or not _COURSES.isdisjoint(words) or not lexicon().promotions.isdisjoint(words):
        return ()
    parts = predicates(words, verb, len(words), "infinitive", colon + 1)
    told = [activity(words, part, "listed") for part in parts if is_done(words, part, lower)]
    return told if len(told) == len(parts) > 1 else ()


def _judgement(words: Words, at: int) -> int:
    """Where what is said of an activity begins, else where the sentence ends: « …, corvée dont nul ne se vante. »."""
    return next(
        (i for i in range(at, len(words) - 2) if words[i] == "," and words[i + 2] in {"dont", "que", "qui"}), len(words)
    )


def _added(words: Words) -> Iterator[Activity]:
    """« À ces visites s'ajoutent la rédaction des rapports et le suivi … », « Peut s'y ajouter, l'été, la … »."""
    added = next((i for i in numbers(words, ADDED) if words[i - 1] in {"s'", "y"}), 0)
    at = after_aside(words, added + 1, len(words))
    at = next((i for i in range(at, len(words)) if not is_adverb(words[i])), at)
    if not added or words[added - 2] in _OF_THINGS or not is_duty(words, at):
        return
    whole = verbs.read(words[0]) is not None
    for duty in duties(words, at, len(words)) if whole or duty_joins(words, at, len(words)) else ():
        duty.start = words.starts[0] if whole else duty.start
        whole = False
        yield duty
