"""Whom « il » or « elle » takes up: the job holder, or somebody or something else that was spoken of just before.

The subjects of a sentence go in, sentence by sentence; those that mean the job holder come out, and what the next sentence
may take up is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from pipeline.extractors.tasks.holder import Holder, folded, is_person, stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.sentences.limits import supposes
from pipeline.extractors.tasks.sentences.prose import Prose
from pipeline.extractors.tasks.subjects import subjects
from pipeline.extractors.tasks.subjects.subject import SINGULAR, Subject, verb_at
from pipeline.french import verbs
from pipeline.french.clauses import finite, skip_clitics
from pipeline.french.openings import holds
from pipeline.french.words import Words

_NEXT = 2  # characters between a sentence and the next of its paragraph
_FEWEST = 6  # words of the shortest sentence that tells of somebody else
_NEAR = 10  # words in which its verb stands
#: An article or pronoun that tells the gender of the noun after it; an elided one, before a noun whose ending does.
_NAMED = re.compile(r"\b(?:(la|le|une?|cet(?:te)?|ce|du|au) |l'(?=[\w-]+e\b))([\w-]+)")
_MASCULINE = frozenset(("le", "un", "cet", "ce", "du", "au"))
_EITHER = (
    "il ou elle",
    "elle ou il",
    "ils ou elles",
    "elles ou ils",
    "il/elle",
    "elle/il",
    "il (elle)",
    "il(elle)",
    "il/ elle",
)
#: Pronouns by which the job holder does something to the person named before.
_OBJECTS = frozenset(("le", "la", "l'", "lui"))


class Antecedents:
    """What the sentences of one sheet spoke of last."""

    def __init__(self, prose: Prose) -> None:
        self._prose = prose
        #: The last sentence, where the job holder is no subject of it: start, end, who that was, and whether that is sure;
        #: the sentences up to :attr:`_heard_to` tell of the same.
        self._before: tuple[int, int, Holder, bool] | None = None
        self._heard_to = 0
        self._masculine: bool | None = None  # whether the sheet calls the job holder by masculine nouns alone

    def hear(self, start: int, end: int, holder: Holder) -> None:
        """Remember a heading, or a sentence of which no subject is read, which « elle » in the next one may take up."""
        self._before, self._heard_to = (start, end, holder, False), end

    def asks_for_work(self, start: int) -> bool:
        """Whether what was said just before ``start`` asks what the work is: « Son rôle ? », « La mission du greffier ? »."""
        if self._before is None or not 0 <= start - self._heard_to <= _NEXT:
            return False
        words = self._prose.words(*self._before[:2])
        return words[-1:] == ["?"] and len(words) <= _NEAR and any(stem_of(form) in works() for form in words[1:_FEWEST])

    def own(self, words: Words, marks: list[Subject], holder: Holder) -> list[Subject]:
        """Those subjects of a sentence that mean the job holder; what the next sentence may take up is remembered."""
        marks = [mark for mark in marks if not self._disagrees(words, mark, holder)]
        own, goes_on = marks, False
        if marks and marks[0].kind == "pronoun" and marks[0].mood != "first" and self._is_of_another(words, marks[0], holder):
            pronoun = words[marks[0].first]
            own = list(dropwhile(lambda mark: words[mark.first] == pronoun, marks))  # « Elle trie, elle relance. »
            told = self._prose.words(*self._before[:2]) if self._before is not None and marks[0].first == 0 else []
            goes_on = not own and _names_actor(told, pronoun)
        if not goes_on:
            self._before = None if own else (words.start, words.end, holder, True)
        self._heard_to = words.end
        return own

    def _disagrees(self, words: Words, mark: Subject, holder: Holder) -> bool:
        """Whether « elle » stands in a sheet that calls the job holder by masculine nouns alone: it means a thing."""
        if mark.kind != "pronoun" or words[mark.first] not in {"elle", "elles"}:
            return False
        if words[mark.first + 1 : mark.first + 3] in (["ou", "il"], ["ou", "ils"], ["/", "il"], ["/", "ils"]):
            return False
        if self._masculine is None:
            self._masculine = _calls_masculine(self._prose.lower, holder)
        return self._masculine

    def _is_of_another(self, words: Words, pronoun: Subject, holder: Holder) -> bool:
        """Whether « il » takes up the subject of the clause or sentence before it, which is not the job holder."""
        if words[0] == "quant" and words[pronoun.first - 1] == ",":  # « Quant au permis, il … », but « Quant aux devis, il … »
            agrees = words[1] != "aux" or pronoun.mood == "plural"
            return agrees and not _does_to_it(words, pronoun) and not any(map(holder.named, words[2 : pronoun.first]))
        if pronoun.first == 0:
            return self._follows_another(words.start, words[0])
        return _joined_to_another(words, pronoun.first) or _parted_from_another(words, pronoun, holder)

    def _follows_another(self, start: int, pronoun: str) -> bool:
        """Whether the sentence just before the one at ``start`` has somebody or something else for its subject."""
        if self._before is None or not 0 <= start - self._heard_to <= _NEXT:
            return False
        first, last, holder, sure = self._before
        words = self._prose.words(first, last)
        if words[-1] == "?":  # « L'intelligence artificielle le remplacera-t-elle ? Elle … »
            return _names_actor([form for form in words if form in lexicon().machines], pronoun)
        another = _speaks_of_another(words, holder) or _names_actor(words[:2], pronoun)
        return self._prose.is_statement(words) and (sure or not subjects(words, holder)) and another


def _calls_masculine(lower: str, holder: Holder) -> bool:
    """Whether a sheet says « le soudeur » and nowhere « la soudeuse », « l'hôtesse » or « il ou elle »."""
    found = {match[1] in _MASCULINE for match in _NAMED.finditer(lower) if holder.named(match[2])}
    return True in found and False not in found and not holds(lower, _EITHER)


def _names_actor(words: Sequence[str], pronoun: str) -> bool:
    """Whether a machine, an employer or the trade is named that ``pronoun`` may take up."""
    return not lexicon().actors.get(pronoun, frozenset()).isdisjoint(words)


def _speaks_of_another(words: Words, holder: Holder) -> bool:
    """Whether a sentence opens with a person who is not the job holder and does something: « L'agent prélève 20 %. »."""
    if (
        len(words) < _FEWEST
        or words[0] not in SINGULAR
        or not is_person(words[1])
        or holder.named(words[1])
        or folded(words[1]) in holder.words
    ):
        return False
    return any(verb_at(words, i, "singular") for i in range(2, min(_NEAR, len(words))))


def _joined_to_another(words: Words, pronoun: int) -> bool:
    """Whether « … et il » takes up the subject of the clause before it, which is not the job holder."""
    if words[pronoun - 1] not in {"et", "mais", "donc"}:
        return False
    return any(words[i] not in verbs.nouns() and finite(words, i, "singular") for i in range(1, pronoun - 1))


def _parted_from_another(words: Words, pronoun: Subject, holder: Holder) -> bool:
    """« Le chasseur n'attend pas les candidatures, il va les chercher »: a comma parts two clauses of somebody else."""
    comma = pronoun.first - 1
    if words[comma] != "," or supposes(words, 0, comma) or not _speaks_of_another(words, holder):
        return False
    return not _does_to_it(words, pronoun)


def _does_to_it(words: Words, pronoun: Subject) -> bool:
    """Whether « il » does something to what was named before: « il le relit »."""
    return not _OBJECTS.isdisjoint(words[pronoun.after : skip_clitics(words, pronoun.after, len(words))])
