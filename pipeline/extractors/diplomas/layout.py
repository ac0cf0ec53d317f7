"""How a sheet lays out its ways in: prose, lines of names, headings that are levels, labelled lines, tables.

Every mention of the sheet comes out in reading order, with the requirement that its clause, its lead-in or its heading states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.diplomas.above import PARAGRAPH, SHORT, Context, advance, pass_by, read_level_line
from pipeline.extractors.diplomas.lines import (
    LEVEL_LABEL,
    asks_minimum,
    is_name_line,
    labelled_levels,
    labels_names,
    level_line,
    name_line,
)
from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.names import mentions
from pipeline.extractors.diplomas.passages import passage
from pipeline.extractors.diplomas.places import places
from pipeline.extractors.diplomas.rows import row
from pipeline.reading import Reading
from pipeline.sheet import Block

_REGISTER_ID = re.compile(r"\bFOR\.\d+")
#: « 175 h – 1 650 € »: what a course in a school's catalogue takes and costs.
_OFFER = re.compile(r"\d ?(?:h|heures?|j|jours?)\b[^.;€]{0,30}\d ?€")
_ELSEWHERE = frozenset({"titles", "interests"})
#: What a graduate earns says nothing of the way in.
_PAY = re.compile(r"\d ?(?:k?€|k?euros?\b|francs?\b|CHF)|\bsmic\b", re.IGNORECASE)


def sheet_mentions(reading: Reading) -> Iterator[Mention]:
    """Every mention of the sheet, in reading order, its requirement set."""
    text, blocks = reading.text, reading.blocks
    at = places(text, 0, len(text))
    if not at:
        return
    minimum = {(f.start, f.end) for f in reading.field("level.minimum")}
    trainings = {f.start for f in reading.field("training")}
    context = Context()
    number = noted = 0  # of the blocks before ``noted`` it is known what they say of those below
    done = 0  # the places before this one are done with
    while done < len(at):  # below the last of them nothing is named, so nobody asks what stands there
        first = done
        while blocks[number].end <= at[first]:
            number += 1
        block = blocks[number]
        while done < len(at) and at[done] < block.end:
            done += 1
        pass_by(context, reading, noted, number)
        noted = number + 1
        words = text[block.start : block.end]
        level = read_level_line(words)
        if _may_name(reading, block, words, trainings):
            yield from _block(reading, block, words, context, minimum, at[first:done], is_level=level is not None)
        advance(context, block, words.strip(), level, named=True)


def _may_name(reading: Reading, block: Block, words: str, trainings: set[int]) -> bool:
    """Whether a block can hold ways in: no course of a register, no other name of the occupation, no pay."""
    if "FOR." in words and _REGISTER_ID.search(words):
        return False
    if trainings and any(block.start <= t < block.end for t in trainings):
        return False
    if "€" in words and len(words) < PARAGRAPH and _OFFER.search(words):
        return False
    kind = reading.kind(block)
    if block.kind == "heading" and block.depth == 1 and kind != "education":
        return False  # « Laborantin·e CFC »: a title names the rank of who holds the job
    if kind in _ELSEWHERE and not (block.kind == "paragraph" and LEVEL_LABEL.match(words)):
        return False  # the last of the facts above the text may stand below « Autres appellations »
    return not (kind == "salary" and _PAY.search(words))


def _block(  # noqa: PLR0917
    reading: Reading, block: Block, words: str, context: Context, minimum: set[tuple[int, int]], at: list[int], *,
    is_level: bool,
) -> Iterator[Mention]:  # fmt: skip
    if block.cells:
        yield from row(reading, block, context, at)
        return
    in_field = bool(minimum) and any(block.start <= a and b <= block.end for a, b in minimum)
    if in_field or (len(words) < SHORT and asks_minimum(words)):
        for mention in mentions(reading.text, block.start, block.end, line=True, at=at):
            mention.requirement, mention.rule = "required", "register-minimum" if in_field else "minimum-label"
            yield mention
        return
    if len(words) < SHORT and (label := LEVEL_LABEL.match(words)):
        yield from labelled_levels(reading, block.start + label.end(), block.end, at, entry=bool(label["from"]))
        return
    if is_level and not labels_names(words):
        yield from level_line(reading, block, context, at)
    elif is_name_line(block, words, listed=context.level_group):
        yield from name_line(reading, block, context, at)
    else:
        yield from passage(reading, block, reading.sentences(block), context, at)
