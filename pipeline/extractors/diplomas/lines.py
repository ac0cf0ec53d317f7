"""Lines that are nothing but ways in: labelled levels, levels over examples, names of diplomas one after the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.extractors.diplomas.above import ASKED, NAME_LINE, SHORT, Context, heading_requirement, inherit_level
from pipeline.extractors.diplomas.apart import asked_behind
from pipeline.extractors.diplomas.examples import exemplifies, in_range
from pipeline.extractors.diplomas.mention import Mention, uncut
from pipeline.extractors.diplomas.names import mentions
from pipeline.extractors.diplomas.prose import (
    note_recalled,
    strongest_cue,
)
from pipeline.extractors.diplomas.requirements import Cue, clause_at, clauses, cues, requirement
from pipeline.reading import Reading
from pipeline.sheet import Block

#: Up to so many characters a line may be a list of names.
_LONG = 400
_MINIMUM_LABEL = re.compile(r"\bniveau[^:]{0,30}\bminim(?:al|um)\b", re.IGNORECASE)
#: « Niveau d'entrée : CAP / titre professionnel »
LEVEL_LABEL = re.compile(
    r"niveau (?:(?P<from>d'entrée|d'accès|de recrutement)|d'études|d'étude|de formation|de dipl[oô]me|scolaire|requis)\b"
    r"(?:[^:.]{0,25}: ?| (?=bac\b))",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:est|sont|permet|permettent|peut|peuvent|faut|doit|doivent|exige|exigent|demande|demandent|"
    r"suffit|ont|a été|reste|mène|ouvre|n'est|conviennent|donne)\b",
)
_HEADS_LINE = re.compile(r" ?: ?")


def asks_minimum(line: str) -> bool:
    """Whether a line is a label of the least level asked for, with or without it: « Niveau minimum : bac »."""
    return "minim" in line.lower() and _MINIMUM_LABEL.search(line) is not None and not line.rstrip().endswith(".")


def labelled_levels(reading: Reading, start: int, end: int, at: list[int], *, entry: bool) -> Iterator[Mention]:
    """The levels that a line labelled as one names: a bare degree stands for its level; the one level of ``entry`` is asked."""
    seen: set[int | None] = set()
    asked = "required" if ASKED.search(reading.text, start - SHORT if start > SHORT else 0, end) else None
    found = mentions(reading.text, start, end, line=True, at=[place for place in at if start <= place < end])
    if entry and len(found) == 1:
        asked = "required"
    for i, mention in enumerate(found):
        if mention.kind == "qualification" and not mention.specialty and mention.level is not None:
            if mention.level in seen:
                continue
            mention.kind, mention.head, mention.rule = "level", f"niveau {mention.head}", "labelled-level"
        elif mention.kind == "qualification":
            mention.requirement = "possible"
            yield mention
            continue
        mention.requirement = "possible" if in_range(reading.text, found, i) else asked
        seen.add(mention.level)
        yield mention


def level_line(reading: Reading, block: Block, context: Context, at: list[int]) -> Iterator[Mention]:
    """The levels that a line names which is nothing else: « Bac + 2 minimum », or a heading over examples."""
    heads = _heads_names(reading, block)
    found = mentions(reading.text, block.start, block.end, line=True, at=at)
    said = cues(reading.text, block.start, block.end)
    named = [(m.start, m.end) for m in found]
    for i, mention in enumerate(found):
        if mention.kind == "level":
            own = requirement(reading.text, named[i], (block.start, block.end), said, named)  # « bac + 2 minimum »
            open_range = heads or in_range(reading.text, found, i)
            heading = heading_requirement(reading, block)
            mention.requirement = own or ((heading or "possible") if open_range else context.lead or heading)
            mention.rule = "level-heading" if heads else mention.rule
            yield mention


def labels_names(words: str) -> bool:
    """Whether a line gives a level and, after a colon, names of diplomas: « Bac + 2 : BTS Assurance »."""
    _, colon, rest = words.partition(":")
    return bool(colon) and any(m.kind == "qualification" for m in mentions(rest, 0, len(rest), line=True))


def _heads_names(reading: Reading, block: Block) -> bool:
    """Whether a line that is only a level stands over lines that name diplomas."""
    if block.kind == "definition":
        return False  # the value of a label: « Niveau requis » / « niveau CAP »
    after = bisect_right(reading.blocks, block.start, key=lambda b: b.start)
    if after == len(reading.blocks):
        return False
    beside = reading.blocks[after]
    if block.kind == beside.kind == "item" and beside.depth <= block.depth:
        return False
    following = reading.words(beside)
    plain = ":" not in reading.words(block) and reading.words(block).strip(" *").lower().startswith("niveau ")
    return bool(following) and (block.kind == "heading" or plain or NAME_LINE.match(following) is not None)


def is_name_line(block: Block, words: str, *, listed: bool) -> bool:
    """Whether a block is nothing but names: it begins with one and is no sentence; a full stop may close what is ``listed``."""
    if NAME_LINE.match(words) is None:
        return False
    if block.kind in {"item", "heading", "term", "row"}:
        return not (words.rstrip().endswith(".") and VERB.search(words))
    last = words.rstrip()
    sentence = last.endswith((".", "!", "?")) and not last.endswith(("..", "…")) and not (listed and ". " not in last)
    return len(words) < _LONG and not sentence and not VERB.search(words)


def name_line(reading: Reading, block: Block, context: Context, at: list[int]) -> list[Mention]:
    """What a line names that is nothing but names: « CAP ébéniste, bac pro ATEB »."""
    found = mentions(reading.text, block.start, block.end, line=True, at=at)
    note_recalled(reading.text, block.start, found)
    _ask_line(reading, block, context, found)
    for mention in found:
        inherit_level(mention, context)
        if context.level_group:
            mention.rule = "listed-by-level" if context.level is not None else "listed-after-school"
    return found


def _ask_line(reading: Reading, block: Block, context: Context, found: list[Mention]) -> None:
    """Set what a line that is nothing but names asks of each."""
    text = reading.text
    spans = [(m.start, m.end) for m in found]
    said = [c for c in cues(text, block.start, block.end) if not any(a <= c.start and c.end <= b for a, b in spans)]
    parts = clauses(text, block.start, block.end, uncut(found)) if said else []
    for i, mention in enumerate(found):
        if mention.kind == "qualification" and exemplifies(text, found[:i], mention):
            mention.requirement = "possible"
        else:
            own = _own_requirement(text, block, mention, said, spans, parts) if said else None
            mention.requirement = own or _line_requirement(reading, block, context, mention, last=mention is found[-1])


def _own_requirement(  # noqa: PLR0917
    text: str, block: Block, mention: Mention, said: list[Cue], spans: list[tuple[int, int]], parts: list[tuple[int, int, str]]
) -> str | None:
    """What a name's clause in a line asks of it, or the words before a colon do."""
    clause = parts[clause_at(parts, mention.start)]
    span = (mention.start, mention.end)
    own = requirement(text, span, clause[:2], said, spans) or asked_behind(text, span, parts, spans)
    if own is None and clause[2] == ":" and not any(a < clause[0] for a, _ in spans):
        own = strongest_cue(said, (block.start, clause[0]))
    return own


def _line_requirement(reading: Reading, block: Block, context: Context, mention: Mention, *, last: bool) -> str | None:
    """What a line asks of a name of which it says nothing itself."""
    if mention.kind == "level" and not last and _HEADS_LINE.match(reading.text, mention.end, block.end):
        return context.lead or "possible"  # « Bac + 2 : BTS Assurance »: a level over its examples
    if context.lead is not None:
        return context.lead
    if (lead := heading_requirement(reading, block)) is not None:
        return lead
    return "possible" if mention.kind == "qualification" or context.level_group else None
