"""Reads the skills of a sheet: what the job holder must know, be able to do, or be.

In: a :class:`~pipeline.reading.Reading`. Out: :class:`~pipeline.records.Skill` records, one a label. Skills
stand in the skills sections (lists, prose, sub-headings) and in clauses elsewhere that ask for something. This module
keeps each label once; the others of the package find them:

===============  =================================================================
``walk``         over the blocks of a sheet, sentence by sentence
``leads``        what headings, terms and leads say of the skills below them
``elsewhere``    sentences outside the skills sections that may name one at all
``clauses``      a sentence → its skills, by all that follows
``cues``         the patterns and word lists, from the lexicons
``terms``        the known terms, from the lexicons
``text``         a sentence with its words, known terms, verbs
``pieces``       what the pieces of a text between blanks say, once for all texts
``infinitives``  infinitives, told by their form
``named``        where a sentence stands; a skill by name
``phrases``      an enumeration cut into its parts
``names``        a part → label, category, level
``products``     products named as examples of a tool
``zones``        stretches after or before a cue that name skills
``objects``      what a zone names after « il faut », « la connaissance de »
``subjects``     what a zone names before « est indispensable »
``doings``       what a zone names after « savoir », « capable de »
``statements``   qualities that stand for themselves in running words
``persons``      what is said of the job holder as a person
``demands``      required or appreciated
``headings``     which skills a heading names
``kinds``        kinds of knowledge in brackets
===============  =================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.extractors import Earlier
from pipeline.extractors.skills.walk import Found, Walk
from pipeline.normal import fold
from pipeline.reading import Reading
from pipeline.records import Skill

_WORD = re.compile(r"\w+[+#]*")
#: How « a language » begins that the text does not name.
_SOME_LANGUAGE = ("autre", "deuxième", "langue ét", "langue v", "langues v", "seconde", "troisième")


def extract(reading: Reading, earlier: Earlier) -> Iterator[Skill]:  # noqa: ARG001 - every extractor may see earlier records
    """Yield the skills of a sheet in reading order, each label once."""
    kept: dict[str, Found] = {}
    for skill, from_heading in Walk(reading).skills():
        key = _key(skill.label)
        known = kept.get(key)
        if known is None or (known[1] and not from_heading):
            kept[key] = (skill, from_heading)
        elif known[0].requirement is None and skill.requirement is not None:
            kept[key] = (replace(known[0], requirement=skill.requirement), known[1])
    yield from sorted(_sifted(kept), key=lambda s: (s.start, s.end))


@lru_cache(maxsize=4096)
def _key(label: str) -> str:
    """What two mentions of a skill share: its words without accents and plural endings."""
    return " ".join(word.rstrip("sx") for word in _WORD.findall(fold(label)))


def _sifted(kept: dict[str, Found]) -> Iterator[Skill]:
    """Without « langue étrangère » beside a named language, without a heading's word for what the text names in full."""
    spoken = {skill.label for skill, _ in kept.values() if skill.category == "language"}
    for key, (skill, from_heading) in kept.items():
        if skill.label == "LSF" and any(label.startswith("langue des signes") for label in spoken):
            continue
        if (
            skill.category == "language"
            and len(spoken) > 1
            and (skill.label == "langues" or skill.label.startswith(_SOME_LANGUAGE))
        ):
            continue
        if from_heading and _said_below(key, kept):
            continue
        yield skill


def _said_below(key: str, kept: dict[str, Found]) -> bool:
    """Whether the text names in full what a heading does in a word, or in a word the quality that the heading does in full."""
    for other, (skill, from_heading) in kept.items():
        in_a_word = not from_heading and skill.category == "soft" and f" {other} " in f" {key} "
        if other != key and (in_a_word or f" {key} " in f" {other} "):
            return True
    return False
