"""How a sheet lays out its ways in: prose, lines of names, headings that are levels, labelled lines, tables.

Every mention of the sheet comes out in reading order, with the requirement that its clause, its lead-in or its heading states.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.names import mentions, stated_level
from pipeline.extractors.diplomas.places import places
from pipeline.extractors.diplomas.prose import (
    Sentence,
    asked_in_sentence,
    asked_of_pronoun,
    continues,
    exemplifies,
    in_range,
    lend_level,
    note_recalled,
    strongest_cue,
)
from pipeline.extractors.diplomas.requirements import Cue, clause_at, clauses, cues, requirement
from pipeline.french.sentences import sentences
from pipeline.reading import Reading
from pipeline.sections import heading_kind
from pipeline.sheet import Block

_REGISTER_ID = re.compile(r"\bFOR\.\d+")
#: « 175 h – 1 650 € »: what a course in a school's catalogue takes and costs.
_OFFER = re.compile(r"\d ?(?:h|heures?|j|jours?)\b[^.;€]{0,30}\d ?€")
#: A line that is only a level: a heading over examples.
_LEVEL_LINE = re.compile(
    r"(?:(?:dipl[oô]mes?|formations?|études|cursus) (?:de |du )?)?niveau\b[^.!?;]{0,40}|"
    r"bac ?\+ ?\d\b[^.!?;]{0,25}|apr[eè]s (?:la 3e|le bac|la troisi[eè]me)|niv\. [^.]{1,12}",
    re.IGNORECASE,
)
_ELSEWHERE = frozenset({"titles", "interests"})
#: What opens something new.
_OPENS = frozenset({"heading", "term"})
#: What a graduate earns says nothing of the way in.
_PAY = re.compile(r"\d ?(?:k?€|k?euros?\b|francs?\b|CHF)|\bsmic\b", re.IGNORECASE)
#: A line of at most so many characters may be a label (« Niveau d'études minimum »).
_SHORT = 80
#: Up to so many characters a line may be a list of names; from so many on, a paragraph ends a list.
_LONG, _PARAGRAPH = 400, 120
_LABEL = re.compile(r"niveau|dipl[oô]me|formation|études|^bac\b", re.IGNORECASE)
_STATISTIC = re.compile(
    r"\d ?% (?:des|de|d')|\btrouvent un emploi\b|\binsertion professionnelle (?:des |est |à \d)|\btaux d'insertion\b"
)
_ASKED = re.compile(
    r"\b(?:requise?s?|exigée?s?|obligatoires?|minimum|minimale?s?|indispensables?|nécessaires?|pr[ée]-?requis)\b", re.IGNORECASE
)
_ADVISED = re.compile(r"\b(?:conseillée?s?|recommandée?s?|souhaitée?s?|appréciée?s?|idéale?s?|préférées?)\b", re.IGNORECASE)
_MINIMUM_LABEL = re.compile(r"\bniveau[^:]{0,30}\bminimum\b", re.IGNORECASE)
_DIPLOMA_COLUMN = re.compile(r"dipl|intitul|titre|formation|certif|nom|^$", re.IGNORECASE)
_LEVEL_COLUMN = re.compile(r"niveau|niv\.?|level", re.IGNORECASE)


@dataclass(slots=True)
class _Context:
    """What the blocks above say of the next one."""

    level: int | None = None
    level_group: bool = False
    lead: str | None = None

    def forget(self) -> None:
        """Nothing that was said holds any longer."""
        self.level, self.level_group, self.lead = None, False, None


def sheet_mentions(reading: Reading) -> Iterator[Mention]:
    """Every mention of the sheet, in reading order, its requirement set."""
    text, blocks = reading.text, reading.blocks
    at = places(text, 0, len(text))
    if not at:
        return
    minimum = {(f.start, f.end) for f in reading.field("level.minimum")}
    trainings = {f.start for f in reading.field("training")}
    context = _Context()
    number = noted = 0  # of the blocks before ``noted`` it is known what they say of those below
    done = 0  # the places before this one are done with
    while done < len(at):  # below the last of them nothing is named, so nobody asks what stands there
        first = done
        while blocks[number].end <= at[first]:
            number += 1
        block = blocks[number]
        while done < len(at) and at[done] < block.end:
            done += 1
        _pass_by(context, reading, noted, number)
        noted = number + 1
        words = text[block.start : block.end]
        level_line = _read_level_line(words)
        if _may_name(reading, block, words, trainings):
            yield from _block(reading, block, words, context, minimum, at[first:done], is_level=level_line is not None)
        _advance(context, block, words.strip(), level_line, named=True)


def _pass_by(context: _Context, reading: Reading, first: int, after: int) -> None:
    """Take note of blocks that name nothing: of the last that ends what was said, and of those below it."""
    blocks, text = reading.blocks, reading.text
    start = after
    while start > first:
        start -= 1
        block = blocks[start]
        if block.kind in _OPENS and _ends_what_was_said(text[block.start : block.end].strip()):
            context.forget()
            break
    for block in blocks[start:after]:
        line = text[block.start : block.end].strip()
        # Other lines that are only a level name it, and so are not passed by.
        level_line = _read_level_line(line) if line[:1] in "aA" else None
        _advance(context, block, line, level_line, named=False)


def _ends_what_was_said(heading: str) -> bool:
    return _NAME_LINE.match(heading) is None and not _asks(heading)


def _may_name(reading: Reading, block: Block, words: str, trainings: set[int]) -> bool:
    """Whether a block can hold ways in: no course of a register, no other name of the occupation, no pay."""
    if "FOR." in words and _REGISTER_ID.search(words):
        return False
    if trainings and any(block.start <= t < block.end for t in trainings):
        return False
    if "€" in words and len(words) < _PARAGRAPH and _OFFER.search(words):
        return False
    kind = reading.kind(block)
    if block.kind == "heading" and block.depth == 1 and kind != "education":
        return False  # « Laborantin·e CFC »: a title names the rank of who holds the job
    if kind in _ELSEWHERE and not (block.kind == "paragraph" and _LEVEL_LABEL.match(words)):
        return False  # the last of the facts above the text may stand below « Autres appellations »
    return not (kind == "salary" and _PAY.search(words))


def _block(  # noqa: PLR0917
    reading: Reading, block: Block, words: str, context: _Context, minimum: set[tuple[int, int]], at: list[int], *,
    is_level: bool,
) -> Iterator[Mention]:  # fmt: skip
    if block.cells:
        yield from _row(reading, block, context, at)
        return
    in_field = bool(minimum) and any(block.start <= a and b <= block.end for a, b in minimum)
    if in_field or (len(words) < _SHORT and _asks_minimum(words)):
        for mention in mentions(reading.text, block.start, block.end, line=True, at=at):
            mention.requirement, mention.rule = "required", "register-minimum" if in_field else "minimum-label"
            yield mention
        return
    if len(words) < _SHORT and (label := _LEVEL_LABEL.match(words)):
        yield from _labelled_levels(reading, block.start + label.end(), block.end, at, entry=bool(label["from"]))
        return
    if is_level and not _labels_names(words):
        heads = _heads_names(reading, block)
        found = mentions(reading.text, block.start, block.end, line=True, at=at)
        own = strongest_cue(cues(reading.text, block.start, block.end), (block.start, block.end))  # « bac + 2 minimum »
        for i, mention in enumerate(found):
            if mention.kind == "level":
                open_range = heads or in_range(reading.text, found, i)
                heading = _heading_requirement(reading, block)
                mention.requirement = (heading or "possible") if open_range else own or context.lead or heading
                mention.rule = "level-heading" if heads else mention.rule
                yield mention
        return
    if _is_name_line(block, words):
        found = mentions(reading.text, block.start, block.end, line=True, at=at)
        note_recalled(reading.text, block.start, found)
        _ask_line(reading, block, context, found)
        for mention in found:
            _inherit_level(mention, context)
            if context.level_group:
                mention.rule = "listed-by-level" if context.level is not None else "listed-after-school"
        yield from found
        return
    yield from _prose(reading, block, reading.sentences(block), context, at)


#: « Niveau d'entrée : CAP / titre professionnel »
_LEVEL_LABEL = re.compile(
    r"niveau (?:(?P<from>d'entrée|d'accès|de recrutement)|d'études|d'étude|de formation|de dipl[oô]me|scolaire|requis)\b"
    r"(?:[^:.]{0,25}: ?| (?=bac\b))",
    re.IGNORECASE,
)

#: The same as the name of a row or of a definition: « Niveau minimum exigé | CAP ».
_LEVEL_NAME = re.compile(
    r"niveau (?:minimum|minimal|requis|exigé|scolaire|d'(?:études?|entrée|accès|instruction)|"
    r"de (?:formation|dipl[oô]me|recrutement|qualification|sortie))\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"d'entrée|d'accès|de recrutement")


def _labelled_levels(reading: Reading, start: int, end: int, at: list[int], *, entry: bool) -> Iterator[Mention]:
    """The levels that a line labelled as one names: a bare degree stands for its level; the one level of ``entry`` is asked."""
    seen: set[int | None] = set()
    asked = "required" if _ASKED.search(reading.text, start - _SHORT if start > _SHORT else 0, end) else None
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


class _LevelLine(NamedTuple):
    """A line that is only a level; « Après la 3e » is none of the frame."""

    level: int | None


def _read_level_line(words: str) -> _LevelLine | None:
    line = words.strip(_AROUND)
    if len(line) >= _SHORT or _LEVEL_LINE.fullmatch(line) is None:
        return None
    level = stated_level(line)
    return _LevelLine(level) if level is not None or line[:1] in "aA" else None


_AROUND = " :*-.#"


def _asks_minimum(line: str) -> bool:
    """Whether a line is a label of the least level asked for, with or without it: « Niveau minimum : bac »."""
    return "minimum" in line.lower() and _MINIMUM_LABEL.search(line) is not None and not line.rstrip().endswith(".")


def _labels_names(words: str) -> bool:
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
    return bool(following) and (block.kind == "heading" or plain or _NAME_LINE.match(following) is not None)


_NAME_LINE = re.compile(
    r"[«\"*\s]*(?:CAP|BEP|BP|BTS|BUT|DUT|DEUST|DE |MC |CS |TP |CQP|MBA|[Dd]ipl[oô]m|[Bb]ac\b|[Ll]icence|"
    r"[Mm]aster|[Mm]ast[eè]re|[Bb]achelor|[Dd]octorat|"
    r"[Tt]itre|[Bb]revet|[Cc]ertifi|[Mm]ention|[ÉEé]cole|[Gg]rande|D[A-Z]{1,5}\b|[A-Z]{2,7}\b)"
)


def _is_name_line(block: Block, words: str) -> bool:
    """Whether a block is nothing but names: it begins with one and is no sentence."""
    if _NAME_LINE.match(words) is None:
        return False
    if block.kind in {"item", "heading", "term", "row"}:
        return not (words.rstrip().endswith(".") and _VERB.search(words))
    last = words.rstrip()
    sentence = last.endswith((".", "!", "?")) and not last.endswith(("..", "…"))
    return len(words) < _LONG and not sentence and not _VERB.search(words)


_VERB = re.compile(
    r"\b(?:est|sont|permet|permettent|peut|peuvent|faut|doit|doivent|exige|exigent|demande|demandent|"
    r"suffit|ont|a été|reste|mène|ouvre|n'est|conviennent|donne)\b",
)


def _ask_line(reading: Reading, block: Block, context: _Context, found: list[Mention]) -> None:
    """Set what a line that is nothing but names asks of each."""
    text = reading.text
    spans = [(m.start, m.end) for m in found]
    said = [c for c in cues(text, block.start, block.end) if not any(a <= c.start and c.end <= b for a, b in spans)]
    parts = clauses(text, block.start, block.end, spans) if said else []
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
    own = requirement(text, (mention.start, mention.end), clause[:2], said, spans)
    if own is None and clause[2] == ":" and not any(a < clause[0] for a, _ in spans):
        own = strongest_cue(said, (block.start, clause[0]))
    return own


def _line_requirement(reading: Reading, block: Block, context: _Context, mention: Mention, *, last: bool) -> str | None:
    """What a line asks of a name of which it says nothing itself."""
    if mention.kind == "level" and not last and _HEADS_LINE.match(reading.text, mention.end, block.end):
        return context.lead or "possible"  # « Bac + 2 : BTS Assurance »: a level over its examples
    if context.lead is not None:
        return context.lead
    if (lead := _heading_requirement(reading, block)) is not None:
        return lead
    return "possible" if mention.kind == "qualification" or context.level_group else None


_HEADS_LINE = re.compile(r" ?: ?")


def _heading_requirement(reading: Reading, block: Block) -> str | None:
    heading = reading.section(block).heading or ""
    if reading.section(block).start == block.start:
        return None
    return _asked_by(heading)


def _asked_by(label: str) -> str | None:
    """What a heading or a label asks: « Diplômes requis », « Formation conseillée »."""
    if _ASKED.search(label):
        return "required"
    return "recommended" if _ADVISED.search(label) else None


#: Diplomas that have no place in the frame, under whatever heading they are listed.
_OUTSIDE = frozenset(("CQP", "DIU", "DU"))


def _inherit_level(mention: Mention, context: _Context) -> None:
    if mention.kind != "qualification" or mention.head in _OUTSIDE:
        return
    if context.level is not None and (mention.level is None or mention.weak_level):
        mention.level_inferred = mention.level != context.level
        mention.level = context.level


def _row(reading: Reading, block: Block, context: _Context, at: list[int]) -> Iterator[Mention]:
    """A row of a table of diplomas: « Niveau | Intitulé | Durée »."""
    level = None
    label = next((reading.words(cell) for cell in block.cells), "")
    lead = (_asked_by(label) if _LABEL.search(label) else None) or context.lead
    if lead is not None and len(block.cells) == 2 and not block.cells[0].column:  # noqa: PLR2004 -- « Bac conseillé | bac général »
        at = [place for place in at if place >= block.cells[1].start]
    for cell in block.cells:
        if _LEVEL_COLUMN.search(cell.column):
            level = stated_level(reading.words(cell))
    if level is None and block.cells and block.cells[0].row and _LEVEL_COLUMN.search(block.cells[0].row):
        level = stated_level(block.cells[0].row)
    if len(block.cells) == 2 and _LEVEL_NAME.match(label):  # noqa: PLR2004 -- « Niveau minimum exigé | CAP »
        value = block.cells[1]
        yield from _labelled_levels(reading, value.start, value.end, at, entry=_ENTRY.search(label) is not None)
        return
    for cell in block.cells:
        of_level = _LEVEL_COLUMN.search(cell.column) is not None
        if not of_level and not _DIPLOMA_COLUMN.search(cell.column) and heading_kind(cell.row) != "education":
            continue
        inside = [place for place in at if cell.start <= place < cell.end]
        if inside and _VERB.search(reading.text, cell.start, cell.end):  # « Formation | Un bac pro suffit. »
            yield from _prose(reading, block, sentences(reading.text, cell.start, cell.end), _Context(lead=lead), inside)
            continue
        for mention in mentions(reading.text, cell.start, cell.end, line=True, at=inside):
            if of_level and not mention.head.startswith("bac"):
                continue
            if mention.kind == "qualification" and level is not None and (mention.level is None or mention.weak_level):
                mention.level, mention.level_inferred = level, True
            mention.requirement = lead or "possible"
            yield mention


def _prose(reading: Reading, block: Block, read_ones: list[tuple[int, int]], context: _Context, at: list[int]) -> list[Mention]:
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
    reading: Reading, block: Block, context: _Context, found: list[Mention], span: tuple[int, int], previous: str | None
) -> None:
    """Set what a sentence asks of each that it names; ``previous`` is what the one before asked."""
    text, (start, end) = reading.text, span
    note_recalled(text, start, found)
    spans = [(m.start, m.end) for m in found]
    parts = clauses(text, start, end, spans)
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
            _inherit_level(mention, context)


def _is_statistic(words: str) -> bool:
    """Whether a sentence tells what becomes of graduates: « 60 % des titulaires d'un BTS trouvent un emploi »."""
    return ("%" in words or "un emploi" in words or "insertion" in words) and _STATISTIC.search(words) is not None


def _answered(answer: re.Pattern[str], text: str, end: int) -> bool:
    """Whether a sentence is a question that the next one answers so."""
    return text[end - 1] == "?" and answer.match(text, end) is not None


_NO = re.compile(
    r"\s*(?:[RA] ?: ?|Réponse ?: ?)?(?:Absolument pas|Aucunement|Du tout|Même pas|Non|Nullement|Pas du tout|Point)\b"
)
_NOT_ALWAYS = re.compile(r"\s*(?:[RA] ?: ?|Réponse ?: ?)?Pas (?:forcément|nécessairement|obligatoirement|toujours)\b")


def _unasked(reading: Reading, block: Block, context: _Context, found: list[Mention], i: int, *, alone: bool) -> str | None:
    """The requirement of mention ``i`` of a sentence that says nothing of it: from its lead-in, its heading, or by kind."""
    if found[i].kind == "level" and in_range(reading.text, found, i):
        return "possible"
    if context.lead is not None and (block.kind == "item" or alone):
        return context.lead
    if found[i].kind == "level":
        return None
    return (_heading_requirement(reading, block) if block.kind == "item" else None) or "possible"


def _asks(line: str) -> bool:
    """Whether a line is a label that asks for what stands below it (« Niveau d'études minimum »)."""
    if len(line) >= _SHORT:
        return False
    lower = line.lower()
    may = "niveau" in lower or "dipl" in lower or "formation" in lower or "études" in lower  # far quicker than _LABEL
    return may and _LABEL.search(line) is not None and _ASKED.search(line) is not None


def _advance(context: _Context, block: Block, line: str, level_line: _LevelLine | None, *, named: bool) -> None:
    """Take note of what ``block`` says of the blocks below it."""
    if level_line is not None:
        context.level, context.level_group, context.lead = level_line.level, True, None
        return
    if _asks(line) and not (named and mentions(line, 0, len(line), line=True)):
        context.lead = "required"
        return
    if block.kind in _OPENS:
        if context.level_group and _NAME_LINE.match(line) is None:
            context.level, context.level_group = None, False
        context.lead = None
        return
    if line.endswith(":"):
        sentence = line[max(line.rfind(". "), 0) :]
        context.lead = strongest_cue(cues(sentence, 0, len(sentence)), (0, len(sentence)))
        if context.lead in {"required", "recommended"} and any(
            m.kind == "level" for m in mentions(sentence, 0, len(sentence), line=False)
        ):
            context.lead = "possible"  # what is asked for is the level; below stand examples of it
        return
    if block.kind != "paragraph" or (context.lead is None and not context.level_group):
        return
    if len(line) > _PARAGRAPH and not _NAME_LINE.match(line):
        context.forget()
    elif line.endswith(".") and not _NAME_LINE.match(line):
        context.lead = None
