"""Occupations that a sheet leads to, where it announces them.

A :class:`~pipeline.reading.Reading` goes in, (name, rule) pairs come out: the entries of a career section, names after
words that announce a next post (« peut devenir », « évoluer vers »), names that stand bare of an article in a career
section (French gives a trade without an article only to what somebody is or becomes), and labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.titles.announcements import (
    LONGEST_ENTRY,
    LONGEST_LABEL,
    Announced,
    Found,
    announcements,
    block_at,
    labelled,
    names_below,
    pattern,
)
from pipeline.extractors.titles.bare import bare_names
from pipeline.extractors.titles.lists import Name, names
from pipeline.reading import Reading
from pipeline.records import Section
from pipeline.sheet import Block


def careers(reading: Reading, announced: Announced) -> Iterator[Found]:
    """Occupations that one can move to."""
    for section in reading.sections:
        if section.kind == "career":
            yield from _entries(reading, section)
    turned: set[int] = set()
    for found, rank in _after_announcements(reading, announced):
        turned.add(rank)
        yield found
    yield from _bare(reading, turned)
    yield from _labels(reading, announced)


def _after_announcements(reading: Reading, announced: Announced) -> Iterator[tuple[Found, int]]:
    """The names after an announcement, each with the rank of its block."""
    text, rows = reading.text, announcements("career")
    for rank, start, end, numbers in sorted([*announced.places("career"), *announced.places("in a career")]):
        kind, low = _kind(reading, reading.blocks[rank]), reading.lower[start:end]
        if kind == "related" or (kind != "career" and not _possible(low, kind)):
            continue
        for row in (rows[number] for number in numbers):
            for match in row.pattern.finditer(text, start, end):
                before = text[start : match.start()]
                if "d'abord" in low[: match.end() - start] or pattern("not_career").search(before):
                    continue
                if kind != "career" and pattern("not_career_elsewhere").search(before):
                    continue
                for name in names(text, match.end(), end, skipping=kind == "career" and row.scope == "anywhere"):
                    yield (name, row.name), rank
        if kind == "career":
            yield from (((name, "career-opening"), rank) for name in _opening_names(text, start, end))


def _bare(reading: Reading, turned: set[int]) -> Iterator[Found]:
    """Names bare of an article where the text speaks of careers.

    It does so in career sections, in other paragraphs from which a career has been read (``turned``), and in sentences of
    the opening section, the only one of a text without headings, that say how late in a career they speak.
    """
    for rank, block in enumerate(reading.blocks):
        kind = _kind(reading, block)
        speaks = rank in turned or kind == "career"
        if block.kind == "heading" or not (speaks or kind == "definition"):
            continue
        if pattern("noise").match(reading.text, block.start, block.end):
            continue
        for start, end in reading.sentences(block):
            if speaks or _MUCH_LATER.search(reading.lower, start, end):
                yield from ((name, "career-bare") for name in bare_names(reading.text, start, end))


#: What says that a sentence speaks of years of practice.
_MUCH_LATER = re.compile(
    r"\b(?:ans\s+plus\s+tard|avec\s+(?:le\s+temps|l'âge|l'expérience|les\s+années|de\s+la\s+bouteille)|à\s+terme|fin\s+de\s+carrière|"
    r"(?:au\s+bout\s+d\S+|après|passé)\s+(?:\S+\s+){1,3}(?:ans|années))\b"
)

_OUTLOOK_WORD = re.compile(
    r"\b(?:évolutions?|perspectives?|possib\w+|accessibles?|ouverte?s?|envisageables?|passerelles?|débouchés|suite|horizon|"
    r"promotions?|à (?:sa|leur|votre) portée)\b",
    re.IGNORECASE,
)
#: How far after the last of the names it may stand.
_OUTLOOK_REACH = 60


def _opening_names(text: str, start: int, end: int) -> Iterator[Name]:
    """« Chef d'atelier, formateur : les évolutions sont nombreuses »: a sentence that opens with occupations."""
    if _OUTLOOK_WORD.search(text, start, end) is None:
        return
    found = list(names(text, start, end))
    if found and found[0].start == start and (word := _OUTLOOK_WORD.search(text, found[-1].end, end)):
        between = text[found[-1].end : word.start()]
        if len(between) <= _OUTLOOK_REACH and "." not in between and ";" not in between:
            yield from found


_POSSIBLE = re.compile(
    r"\b(?:peu(?:t|vent|x)|pou(?:rr|v)\w+|possib\w+|certaine?s|beaucoup|d'autres|années|expérience|ancienneté|"
    r"évolu\w+|avec le temps|à terme|ensuite|carrière|promotion|par la suite|plus tard|choisi\w*|il arrive|il en est|"
    r"en grade|échelons|galon|quelques-une?s|plusieurs|parfois|reconver\w+|dix ans|cinq ans)\b"
)
_LATER = re.compile(
    r"\b(?:titulaires? d[eu]|une fois|années|expérience|ancienneté|évolu\w+|avec le temps|à terme|carrière|"
    r"promotion|par la suite|plus tard)\b"
)


def _possible(sentence: str, kind: str) -> bool:
    """Whether a sentence (in lower case) outside a career section speaks of what may come later in a career."""
    return (_LATER if kind in {"education", "titles"} else _POSSIBLE).search(sentence) is not None


def _kind(reading: Reading, block: Block) -> str:
    """The kind of the block's section; « related » where a heading around it announces neighbouring trades or employers."""
    section = reading.section(block)
    if section.kind == "career" and section.heading and pattern("not_heading").search(section.heading):
        return "related"
    return section.kind


def _entries(reading: Reading, section: Section) -> Iterator[Found]:
    """The short blocks of a career section that list occupations; blocks of its sub-sections come with these."""
    for block in reading.blocks[block_at(reading, section.start) :]:
        if block.start >= section.end:
            return
        if block.kind != "heading" and block.end - block.start <= LONGEST_ENTRY and reading.section(block) is section:
            yield from _entry(reading, block)


def _entry(reading: Reading, block: Block) -> Iterator[Found]:
    """A list item that opens with an occupation, or a line that lists nothing else."""
    text = reading.text
    if _kind(reading, block) != "career" or pattern("noise").match(text, block.start, block.end):
        return
    for span in block.cells or (block,):
        found = list(names(text, span.start, span.end))
        if not found or found[0].start - span.start > _LONGEST_LEAD or _PREDICATE.match(text, found[0].end, span.end):
            continue
        if block.kind in {"item", "definition", "row", "term"} or not text[found[-1].end : span.end].strip(" .;"):
            yield from ((name, "career-list") for name in found)


_LONGEST_LEAD = 30
#: « L'opticien peut devenir … »: the sentence opens with its subject, and lists nothing.
_PREDICATE = re.compile(
    r"[^.;:,]{0,30}?\s(?:peu(?:t|vent)|pourr\w+|doi(?:t|vent)|devien\w+|évolue\w*|accède\w*|"
    r"est|sont|a|ont|passe\w*|gravi\w*|n'|se)\s",
    re.IGNORECASE,
)


def _labels(reading: Reading, announced: Announced) -> Iterator[Found]:
    """« Évolution : chef d'atelier, formateur », as a line or a row, outside a career section."""
    text = reading.text
    for rank, start, end, _ in announced.places("career label"):
        block = reading.blocks[rank]
        if reading.kind(block) == "career":
            continue
        for cell in labelled(reading, block, _labels_careers):
            yield from ((name, "career-label") for name in names(text, cell.start, cell.end))
        if block.cells or start != block.start:
            continue
        mark = _LABEL_END.search(text, start, min(block.end, start + LONGEST_LABEL))
        if not _labels_careers(text[start : mark.start() if mark else end]):
            continue
        if mark and mark.end() < block.end:
            yield from ((name, "career-label") for name in names(text, mark.end(), block.end))
        else:
            yield from ((name, "career-label") for name in names_below(reading, rank, known=True))


def _labels_careers(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and pattern("career_label").match(label) is not None


_LABEL_END = re.compile(r"\s*:\s*")
