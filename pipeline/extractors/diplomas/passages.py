"""The ways in that the sentences of a block name, with what each sentence asks of them."""

from __future__ import annotations

import re

from pipeline.extractors.diplomas.above import Context, heading_requirement, inherit_level
from pipeline.extractors.diplomas.examples import exemplifies, in_range, lend_level
from pipeline.extractors.diplomas.mention import Mention, uncut
from pipeline.extractors.diplomas.names import mentions
from pipeline.extractors.diplomas.prose import (
    Sentence,
    asked_in_sentence,
    asked_of_pronoun,
    continues,
    note_recalled,
)
from pipeline.extractors.diplomas.requirements import clauses, cues
from pipeline.reading import Reading
from pipeline.sheet import Block

_STATISTIC = re.compile(
    r"\d ?% (?:des|de|d')|\btrouvent un emploi\b|\binsertion professionnelle (?:des |est |à \d)|\btaux d'insertion\b"
)
_NO = re.compile(
    r"\s*(?:[RA] ?: ?|Réponse ?: ?)?"
    r"(?:Absolument pas|Aucunement|Du tout|Inutile|Même pas|Non|Nullement|Pas du tout|Point|Superflue?s?)\b"
)
_NOT_ALWAYS = re.compile(r"\s*(?:[RA] ?: ?|Réponse ?: ?)?Pas (?:forcément|nécessairement|obligatoirement|toujours)\b")


def passage(reading: Reading, block: Block, read_ones: list[tuple[int, int]], context: Context, at: list[int]) -> list[Mention]:
    """What sentences of a block name; ``read_ones`` are their offsets."""
    text = reading.text
    kind = reading.kind(block)
    previous: str | None = None
    everything: list[Mention] = []
    before: list[Mention] = []
    done = 0  # the places before this one are done with
    for start, end in read_ones:
        first = done
        while done < len(at) and at[done] < end:
            done += 1
        if first == done and not before and previous is None:
            continue  # nothing is named here, nor just above
        found = mentions(text, start, end, line=False, at=at[first:done]) if first < done else []
        if kind in _ABOUT_WORK:
            found = [m for m in found if not _is_of_others(text, m, start)]
        if kind == "tasks":
            found = [m for m in found if m.kind == "level" or m.head.isupper() or (m.specialty and m.head != "certification")]
        if found and (_is_statistic(text[start:end]) or _answered(_NO, text, end)):
            found = []
        if not found:
            asked_of_pronoun(text, start, end, before)
            if previous and not continues(text, start, end):
                previous = None
            before = []
            continue
        _ask_sentence(reading, block, context, found, (start, end), previous)
        lend_level(text, found)
        previous = found[-1].requirement
        before = found
        everything += found
    return everything


def _ask_sentence(  # noqa: PLR0917
    reading: Reading, block: Block, context: Context, found: list[Mention], span: tuple[int, int], previous: str | None
) -> None:
    """Set what a sentence asks of each that it names; ``previous`` is what the one before asked."""
    text, (start, end) = reading.text, span
    note_recalled(text, start, found)
    spans = [(m.start, m.end) for m in found]
    parts = clauses(text, start, end, uncut(found))
    sentence = Sentence(start, end, parts, cues(text, start, end), spans, previous)
    for i, mention in enumerate(found):
        mention.requirement = asked_in_sentence(text, mention, found[:i], sentence)
        if mention.kind == "qualification" and exemplifies(text, found[:i], mention):
            mention.requirement = "possible"
        if mention.requirement is None:
            mention.requirement = _unasked(reading, block, context, found, i, alone=len(parts) == 1)
        if mention.requirement == "required" and _answered(_NOT_ALWAYS, text, end):
            mention.requirement = "possible"
        if block.kind == "item":
            inherit_level(mention, context)


def _unasked(reading: Reading, block: Block, context: Context, found: list[Mention], i: int, *, alone: bool) -> str | None:
    """The requirement of mention ``i`` of a sentence that says nothing of it: from its lead-in, its heading, or by kind."""
    if found[i].kind == "level" and in_range(reading.text, found, i):
        return "possible"
    if context.lead is not None and (block.kind == "item" or alone):
        return context.lead
    if found[i].kind == "level":
        return None
    return (heading_requirement(reading, block) if block.kind == "item" else None) or "possible"


#: Sections that tell what the job holder does, and with whom; there the diplomas of these are no ways in.
_ABOUT_WORK = frozenset(("conditions", "definition", "skills", "tasks"))
_OF_OTHERS = re.compile(
    r"\b(?:(?:candidat|collégien|écolier|élève|étudiant|lycéen)(?:ne|·ne|e|·e)?s?(?:·s)?(?: [a-zà-ÿ]+)?|cours) "
    r"(?:de |d'|du |en |aux? )(?:l[ae] |l')?$|"
    r"\b(?:prépar|entraîn)\w+ [^.;:]{3,60} (?:aux? |à la |à l')$",
    re.IGNORECASE,
)
_REACH = 80


def _is_of_others(text: str, mention: Mention, start: int) -> bool:
    """Whether a diploma is that of those whom the job holder teaches: « il prépare ses élèves au BTM »."""
    return _OF_OTHERS.search(text, max(start, mention.start - _REACH), mention.start) is not None


def _is_statistic(words: str) -> bool:
    """Whether a sentence tells what becomes of graduates: « 60 % des titulaires d'un BTS trouvent un emploi »."""
    return ("%" in words or "un emploi" in words or "insertion" in words) and _STATISTIC.search(words) is not None


def _answered(answer: re.Pattern[str], text: str, end: int) -> bool:
    """Whether a sentence is a question that the next one answers so."""
    return text[end - 1] == "?" and answer.match(text, end) is not None
