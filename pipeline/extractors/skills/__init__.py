"""Reads the skills of a sheet: what the job holder must know, be able to do, or be.

In: a :class:`~pipeline.reading.Reading`. Out: :class:`~pipeline.records.Skill` records, one a label. Skills
stand in the skills sections (lists, prose, sub-headings) and in clauses elsewhere that ask for something.
:mod:`~pipeline.extractors.skills.clauses` reads a sentence, :mod:`~pipeline.extractors.skills.phrases` names
what it finds, :mod:`~pipeline.extractors.skills.vocabulary` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extractors import Earlier
from pipeline.extractors.skills.clauses import (
    Place,
    Skillful,
    announces_studies,
    describes_person,
    lead_category,
    names_studies,
    read,
)
from pipeline.extractors.skills.phrases import Text
from pipeline.extractors.skills.vocabulary import cue
from pipeline.normal import fold
from pipeline.reading import Reading
from pipeline.records import Section, Skill
from pipeline.sections import heading_kind
from pipeline.sentences import sentences
from pipeline.sheet import Block

_LEADS = re.compile(
    r"(?:ses |les |vos )?(?:savoirs?|compétences?|connaissances?|outils?|langues?|qualités?|aptitudes?|logiciels?|humaines?|techniques?|soft|hard|"
    r"capacités|atouts?|informatique|profil\b)"
)
#: Characters of a sentence that are read: beyond, a text has no full stops and its words would be compared too often.
_LONGEST = 2500
_ELSEWHERE = frozenset({"definition", "tasks", "conditions", "other", "education", "career", "salary"})


def extract(reading: Reading, earlier: Earlier) -> Iterator[Skill]:  # noqa: ARG001
    """Yield the skills of a sheet in reading order, each label once."""
    low = reading.lower
    kept: dict[str, tuple[bool, Skill]] = {}
    for skill, from_heading in _all(reading, low):
        key = " ".join(word.rstrip("sx") for word in re.findall(r"\w+[+#]*", fold(skill.label)))
        known = kept.get(key)
        if known is None or (known[0] and not from_heading):
            kept[key] = (from_heading, skill)
        elif known[1].requirement is None and skill.requirement is not None:
            kept[key] = (known[0], replace(known[1], requirement=skill.requirement))
    yield from sorted(_sifted(kept), key=lambda s: (s.start, s.end))


def _sifted(kept: dict[str, tuple[bool, Skill]]) -> Iterator[Skill]:
    """Without « langue étrangère » beside a named language, and without a heading's word for what the text below names in full."""
    spoken = {skill.label for _, skill in kept.values() if skill.category == "language"}
    for key, (from_heading, skill) in kept.items():
        if skill.category == "language" and skill.label.startswith(("langue", "seconde")) and len(spoken) > 1:
            continue
        if from_heading and any(f" {key} " in f" {other} " for other in kept if other != key):
            continue
        yield skill


def _all(reading: Reading, low: str) -> Iterator[tuple[Skill, bool]]:
    place = Place(skills=False)
    for block in reading.blocks:
        path = reading.path[block.start]
        inside = any(s.kind == "skills" for s in path) and path[-1].kind in {"skills", "other", "definition", "tasks"}
        if block.kind == "heading":
            closed = inside and (names_studies(low, block.start, block.end) or (place.closed and not _opens(path, block)))
            place = Place(skills=inside, category=lead_category(low[block.start : block.end]) if inside else None, closed=closed)
            if inside and not closed and path[-1].depth > 1 and not _opens(path, block):
                yield from _records(reading, low, block.start, block.end, replace(place, heading=True))
        elif block.kind == "term":
            place = _term(low, block, place)
        elif block.kind == "paragraph" and reading.text[block.start] in '«"':
            continue  # somebody's own words
        elif block.kind == "row":
            yield from _row(reading, low, block, replace(place, skills=inside))
        elif inside or (place.skills and block.kind == "definition"):
            if lead := _lead(low, block):
                place = lead
                continue
            if announces_studies(low, block.start, block.end):
                place = replace(place, closed=True)
            if place.closed:
                continue
            if block.kind == "paragraph" and place.item:  # the definition list before it is over
                place = Place(skills=True)
            here = replace(place, skills=True, item=block.kind != "paragraph")
            for start, end in reading.sentences(block):
                yield from _records(reading, low, start, end, here)
        else:
            if block.kind != "definition":
                place = Place(skills=False)
            if path[-1].kind in _ELSEWHERE:
                yield from _elsewhere(reading, low, block, path[-1].kind)


def _elsewhere(reading: Reading, low: str, block: Block, kind: str) -> Iterator[tuple[Skill, bool]]:
    """Outside the skills sections a clause must ask; a paragraph that describes the person is read as if inside."""
    if block.kind == "paragraph" and kind in {"definition", "other", "conditions"} and describes_person(reading.text, low, block.start, block.end):
        for start, end in reading.sentences(block):
            yield from _records(reading, low, start, end, Place(skills=True))
        return
    if not cue("asking").search(low, block.start, block.end):
        return
    for start, end in reading.sentences(block):
        if cue("asking").search(low, start, end):
            yield from _records(reading, low, start, end, Place(skills=False))


def _term(low: str, block: Block, place: Place) -> Place:
    """What a term of a definition list announces."""
    words = low[block.start : block.end]
    kind = heading_kind(words)
    if kind == "skills" or (kind is None and place.skills):
        required = "required" if re.search(r"il faut|exig|requis|indispensable|nécessaire", words) else None
        return Place(skills=True, category=lead_category(words), item=True, requirement=required)
    return Place(skills=False)


def _row(reading: Reading, low: str, block: Block, place: Place) -> Iterator[tuple[Skill, bool]]:
    """A table row: its first cell or header says what kind of skill the others list."""
    if not block.cells:
        return
    first, *others = block.cells
    head = low[first.start : first.end] if others else (first.row or first.column).lower()
    category = lead_category(head)
    if not place.skills and (category is None or not re.match(_LEADS, head)):
        return
    for cell in (others if category else block.cells) or block.cells:
        here = Place(skills=True, item=True, category=category or lead_category(cell.column.lower()))
        for start, end in sentences(reading.text, cell.start, cell.end):
            yield from _records(reading, low, start, end, here)


def _opens(path: tuple[Section, ...], block: Block) -> bool:
    """Whether a heading is the one that opens the skills section."""
    return next(s for s in path if s.kind == "skills").start == block.start


def _lead(low: str, block: Block) -> Place | None:
    """A line that only announces the list below it: « Savoir-être », « Connaissances indispensables : »."""
    words = low[block.start : block.end].strip()
    if len(words.split()) > 5 or "," in words or (": " in words):
        return None
    category = lead_category(words)
    if category is None or not re.match(_LEADS, words):
        return None
    if not words.endswith(":") and block.kind == "item":
        return None
    for requirement in ("required", "appreciated"):
        if cue("predicate", requirement=requirement).search(words):
            return Place(skills=True, category=category, requirement=requirement)
    return Place(skills=True, category=category)


def _records(reading: Reading, low: str, start: int, end: int, place: Place) -> Iterator[tuple[Skill, bool]]:
    end = min(end, start + _LONGEST)
    for found in read(Text(reading.text, low, start, end), place):
        yield _record(found), place.heading


def _record(found: Skillful) -> Skill:
    named = found.named
    return Skill(
        label=named.label, category=named.category, level=named.level, requirement=found.requirement,
        start=named.start, end=named.end, rule=found.rule,
    )
