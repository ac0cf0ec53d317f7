"""Reads the levels of education and the qualifications that a sheet names as ways in.

Every block is searched for names (:mod:`~pipeline.extractors.diplomas.names`), each name takes the
requirement that its clause, its lead-in or its heading states (:mod:`~pipeline.extractors.diplomas.requirements`),
and names of the same thing are merged into one record, a shortened second mention (« le CAP ») lending
its requirement to the full one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from pipeline.extractors import Earlier
from pipeline.extractors.diplomas.names import Mention, Place, ShortForms, mentions, places, same_name, shortens, stated_level
from pipeline.extractors.diplomas.requirements import Cue, clauses, cues, requirement, strongest
from pipeline.reading import Reading
from pipeline.records import Diploma
from pipeline.sheet import Block

_REGISTER_ID = re.compile(r"\bFOR\.\d+")
#: A line that is only a level: a heading over examples.
_LEVEL_LINE = re.compile(
    r"(?:(?:dipl[oô]mes?|formations?|études|cursus) (?:de |du )?)?niveau\b[^.!?;]{0,40}|"
    r"bac ?\+ ?\d\b[^.!?;]{0,25}|apr[eè]s (?:la 3e|le bac|la troisi[eè]me)|niv\. [^.]{1,12}",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"(?:il|elle|ce|cette|cet|celui-ci|celle-ci)\b(?: dipl[oô]me| formation| titre|"
    r" certificat)?[^.]{0,30}?\b(?:prépar|obt|délivr|dur|s'acqu)",
    re.IGNORECASE,
)
#: « … ne vous servira à rien ici »: named to be ruled out.
_USELESS = re.compile(
    r"[^.;:,]{0,20}\bn(?:e |')(?:vous |te |lui )?"
    r"(?:ser(?:t|vira|viront|vent) à rien|est d'aucun|a aucune? (?:intérêt|utilité))"
)
#: « pas de diplôme d'État », « aucun CAP », « ni BTS ni licence »: named as what there is not, or what one does without.
_RULED_OUT = re.compile(
    r"\b(?:(?:pas|plus|besoin|exist\w+|requiert|exige\w*) (?:d'une? |d[e'] ?|une? )|aucune? |"
    r"ni (?:d'une? |d[e'] ?|une? |l[ea] ?|l')?|nulle? |sans (?:une? |l[ea] |l'|son |aucune? )?)(?:véritable |vrai |simple )?$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\bn(?:e |'|i )|\b(?:pas|aucune?|sans) ", re.IGNORECASE)
#: « sans le bac, pas d'admission », « point de salut sans CAP »: what one cannot do without.
_NOT_WITHOUT = re.compile(r",? (?:pas|point|impossible|aucune?|nul)\b", re.IGNORECASE)
_NO_WAY = re.compile(
    r"(?:\bn(?:e |')|\b(?:pas|point|guère|difficile|impossible|impensable|rare|inutile)\b)[^.;!?]*$", re.IGNORECASE
)
_ELSEWHERE = frozenset({"titles", "interests"})
#: What a graduate earns says nothing of the way in.
_PAY = re.compile(r"\d ?(?:k?€|k?euros?\b|francs?\b|CHF)|\bsmic\b", re.IGNORECASE)
#: A line of at most so many characters may be a label (« Niveau d'études minimum »).
_SHORT = 80
#: Up to so many characters a line may be a list of names; from so many on, a paragraph ends a list.
_LONG, _PARAGRAPH = 400, 120
_LABEL = re.compile(r"niveau|dipl[oô]me|formation|études", re.IGNORECASE)
#: « 60 % des titulaires d'un BTS trouvent un emploi »
_STATISTIC = re.compile(r"\d ?% (?:des|de|d')|\btrouvent un emploi\b|\binsertion professionnelle\b")
_DURATION = re.compile(
    r"(?:\b(?:ans?|années?|mois)\b (?:d'études |de formation )?(?:pour|de plus pour) |"
    r"suivie?s? (?:de préférence )?d)",
)
#: « le CAP est le niveau minimum », « dès le CAP »: a level, which asks for no diploma of the list below.
_AS_LEVEL = re.compile(r" (?:est|reste|constitue|demeure) (?:le|un) niveau\b")
_FROM_LEVEL = re.compile(r"(?:\bdès |\bà partir d(?:u |e )|\bau moins )(?:le |un |l')?$")
_ELLIPSIS = re.compile(r"\bl'est\b|\ble sont\b")
_ASKED = re.compile(r"\b(?:requise?s?|exigée?s?|obligatoires?|minimum|minimal|indispensables?|nécessaires?)\b", re.IGNORECASE)
_ADVISED = re.compile(r"\b(?:conseillée?s?|recommandée?s?|souhaitée?s?|appréciée?s?|idéale?s?|préférées?)\b", re.IGNORECASE)
_MINIMUM_LABEL = re.compile(r"\bniveau[^:]{0,30}\bminimum\b", re.IGNORECASE)
_DIPLOMA_COLUMN = re.compile(r"dipl|intitul|titre|formation|certif|nom|^$", re.IGNORECASE)
_LEVEL_COLUMN = re.compile(r"niveau|niv\.?|level", re.IGNORECASE)


#: Rules of the rows of a sheet that lays its ways in out by level.
LAID_OUT = ("level-heading", "listed-after-school")


#: Mentions that are read of one sheet: a text that names more is a catalogue, and comparing them all would take its square.
MOST = 400


@dataclass(slots=True)
class _Context:
    """What the blocks above say of the next one."""

    level: int | None = None
    level_group: bool = False
    lead: str | None = None


def extract(reading: Reading, earlier: Earlier) -> Iterator[Diploma]:  # noqa: ARG001
    """Yield the levels and qualifications named in a sheet, one a distinct name."""
    rows: list[Mention] = []
    lenders: list[Mention] = []
    found = [m for m in islice(_mentions(reading), MOST) if not _is_ruled_out(reading.text, m)]
    shortened = ShortForms(found)
    for mention in found:
        if mention in shortened:
            lenders.append(mention)
            continue
        for row in rows:
            if same_name(row, mention):
                row.requirement = strongest(row.requirement, mention.requirement)
                if row.level is None or (row.weak_level and mention.level_inferred):
                    row.level, row.level_inferred, row.weak_level = mention.level, mention.level_inferred, False
                row.acronym = row.acronym or mention.acronym
                row.rule = mention.rule if mention.rule in LAID_OUT else row.rule
                if mention.rule == "register-minimum":
                    row.start, row.end, row.label, row.rule = mention.start, mention.end, mention.label, mention.rule
                break
        else:
            rows.append(mention)
    for lender in lenders:
        for row in rows:
            if lender.determiner != "recalled" and shortens(lender, row):
                row.requirement = strongest(row.requirement, lender.requirement)
    for row in sorted(rows, key=lambda m: (m.start, m.end)):
        yield Diploma(
            start=row.start,
            end=row.end,
            rule=row.rule,
            kind=row.kind,
            label=row.label,
            years_after_bac=row.years,
            level=row.level,
            level_inferred=row.level_inferred,
            requirement=row.requirement,
        )


def _is_ruled_out(text: str, mention: Mention) -> bool:
    """Whether a diploma is named only to say that it is none of the ways in."""
    if _USELESS.match(text, mention.end):
        return True
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    negated = _RULED_OUT.search(before)
    if negated is None or _NEGATED.search(before) is None:
        return False
    lead = before[: negated.start()]
    if negated.group().lower().startswith("sans") and (_NOT_WITHOUT.match(text, mention.end) or _NO_WAY.search(lead)):
        mention.requirement = "required"
        return False
    return True


#: Characters before a name in which it may be ruled out.
_BEFORE = 60


def _mentions(reading: Reading) -> Iterator[Mention]:
    """Every mention of the sheet, in reading order, its requirement set."""
    text = reading.text
    at = places(text, 0, len(text))
    if not at:
        return
    minimum = {(f.start, f.end) for f in reading.field("level.minimum")}
    trainings = {f.start for f in reading.field("training")}
    context = _Context()
    for block in reading.blocks:
        words = text[block.start : block.end]
        here = _within(at, block.start, block.end)
        if here and _may_name(reading, block, words, trainings):
            yield from _block(reading, block, words, context, minimum, here)
        _advance(context, block, words, named=bool(here))


def _within(at: list[Place], start: int, end: int) -> list[Place]:
    return at[bisect_left(at, (start, "")) : bisect_left(at, (end, ""))]


def _may_name(reading: Reading, block: Block, words: str, trainings: set[int]) -> bool:
    """Whether a block can hold ways in: no course of a register, no other name of the occupation, no pay."""
    if ("FOR." in words and _REGISTER_ID.search(words)) or any(block.start <= t < block.end for t in trainings):
        return False
    kind = reading.kind(block)
    if block.kind == "heading" and block.depth == 1 and words.count("CFC"):
        return False
    return kind not in _ELSEWHERE and not (kind == "salary" and _PAY.search(words))


def _block(  # noqa: PLR0917
    reading: Reading, block: Block, words: str, context: _Context, minimum: set[tuple[int, int]], at: list[Place]
) -> Iterator[Mention]:
    if block.cells:
        yield from _row(reading, block, context)
        return
    in_field = any(block.start <= a and b <= block.end for a, b in minimum)
    if in_field or (len(words) < _SHORT and _MINIMUM_LABEL.search(words) and not words.rstrip().endswith(".")):
        for mention in mentions(reading.text, block.start, block.end, line=True, at=at):
            mention.requirement, mention.rule = "required", "register-minimum" if in_field else "minimum-label"
            yield mention
        return
    if len(words) < _SHORT and (label := _LEVEL_LABEL.match(words)):
        yield from _labelled_levels(reading, block.start + label.end(), block.end, at)
        return
    if _is_level_line(words):
        heads = _heads_names(reading, block)
        found = mentions(reading.text, block.start, block.end, line=True, at=at)
        for i, mention in enumerate(found):
            if mention.kind == "level":
                open_range = heads or _in_range(reading.text, found, i)
                heading = _heading_requirement(reading, block)
                mention.requirement = (heading or "possible") if open_range else context.lead or heading
                mention.rule = "level-heading" if heads else mention.rule
                yield mention
        return
    if _is_name_line(block, words):
        found = mentions(reading.text, block.start, block.end, line=True, at=at)
        _note_durations(reading.text, block.start, found)
        for mention in found:
            mention.requirement = _line_requirement(reading, block, context, mention, found)
            _inherit_level(mention, context)
            if context.level_group:
                mention.rule = "listed-by-level" if context.level is not None else "listed-after-school"
        yield from found
        return
    yield from _prose(reading, block, context, at)


#: « Niveau d'entrée : CAP / titre professionnel »
_LEVEL_LABEL = re.compile(
    r"niveau (?:d'entrée|d'accès|d'études|d'étude|de formation|de dipl[oô]me|de recrutement|scolaire|requis)\b[^:.]{0,25}: ?",
    re.IGNORECASE,
)


def _labelled_levels(reading: Reading, start: int, end: int, at: list[Place]) -> Iterator[Mention]:
    """The levels that a line labelled as one names: a bare degree stands for its level."""
    seen: set[int | None] = set()
    asked = "required" if _ASKED.search(reading.text, start - _SHORT if start > _SHORT else 0, end) else None
    found = mentions(reading.text, start, end, line=True, at=[p for p in at if p.start >= start])
    for i, mention in enumerate(found):
        if mention.kind == "qualification" and not mention.specialty and mention.level is not None:
            if mention.level in seen:
                continue
            mention.kind, mention.head, mention.rule = "level", f"niveau {mention.head}", "labelled-level"
        elif mention.kind == "qualification":
            mention.requirement = "possible"
            yield mention
            continue
        mention.requirement = "possible" if _in_range(reading.text, found, i) else asked
        seen.add(mention.level)
        yield mention


def _is_level_line(words: str) -> bool:
    line = words.strip(" :*-.#")
    if len(line) >= _SHORT or _LEVEL_LINE.fullmatch(line) is None:
        return False
    return line[:1] in "aA" or stated_level(line) is not None


def _heads_names(reading: Reading, block: Block) -> bool:
    """Whether a line that is only a level stands over lines that name diplomas."""
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


def _line_requirement(reading: Reading, block: Block, context: _Context, mention: Mention, found: list[Mention]) -> str | None:
    text = reading.text
    said = cues(text, block.start, block.end)
    spans = [(m.start, m.end) for m in found]
    outside = [c for c in said if not any(a <= c.start and c.end <= b for a, b in spans)]
    parts = clauses(text, block.start, block.end, spans)
    clause = next((p for p in parts if p[0] <= mention.start < p[1]), parts[-1])
    own = requirement(text, (mention.start, mention.end), clause[:2], outside, spans)
    if own is not None:
        return own
    if context.lead is not None:
        return context.lead
    if (lead := _heading_requirement(reading, block)) is not None:
        return lead
    return "possible" if mention.kind == "qualification" or context.level_group else None


def _heading_requirement(reading: Reading, block: Block) -> str | None:
    heading = reading.section(block).heading or ""
    if reading.section(block).start == block.start:
        return None
    if _ASKED.search(heading):
        return "required"
    return "recommended" if _ADVISED.search(heading) else None


def _inherit_level(mention: Mention, context: _Context) -> None:
    if mention.kind == "qualification" and context.level is not None and (mention.level is None or mention.weak_level):
        mention.level_inferred = mention.level != context.level
        mention.level = context.level


def _row(reading: Reading, block: Block, context: _Context) -> Iterator[Mention]:
    """A row of a table of diplomas: « Niveau | Intitulé | Durée »."""
    level = None
    for cell in block.cells:
        if _LEVEL_COLUMN.search(cell.column):
            level = stated_level(reading.words(cell))
    if level is None and block.cells and block.cells[0].row and _LEVEL_COLUMN.search(block.cells[0].row):
        level = stated_level(block.cells[0].row)
    for cell in block.cells:
        if _LEVEL_COLUMN.search(cell.column):
            for mention in mentions(reading.text, cell.start, cell.end, line=True):
                if mention.head.startswith("bac"):
                    mention.requirement = context.lead or "possible"
                    yield mention
        if _LEVEL_COLUMN.search(cell.column) or not _DIPLOMA_COLUMN.search(cell.column):
            continue
        for mention in mentions(reading.text, cell.start, cell.end, line=True):
            if mention.kind == "qualification" and level is not None and (mention.level is None or mention.weak_level):
                mention.level, mention.level_inferred = level, True
            mention.requirement = context.lead or "possible"
            yield mention


def _prose(reading: Reading, block: Block, context: _Context, at: list[Place]) -> Iterator[Mention]:
    text = reading.text
    kind = reading.kind(block)
    previous: str | None = None
    for start, end in reading.sentences(block):
        here = _within(at, start, end)
        found = mentions(text, start, end, line=False, at=here) if here else []
        if kind == "tasks":
            found = [m for m in found if m.kind == "level" or m.head.isupper() or m.specialty]
        if found and _STATISTIC.search(text, start, end):
            found = []
        if not found:
            if previous and not _CONTINUES.match(text, start, end):
                previous = None
            continue
        _note_durations(text, start, found)
        spans = [(m.start, m.end) for m in found]
        parts = clauses(text, start, end, spans)
        sentence = _Sentence(start, end, parts, cues(text, start, end), spans, previous)
        for i, mention in enumerate(found):
            mention.requirement = _in_sentence(text, mention, found[:i], sentence)
            if mention.kind == "qualification" and _exemplifies(text, found[:i], mention):
                mention.requirement = "possible"
            if mention.requirement is None:
                mention.requirement = _unasked(reading, block, context, found, i, alone=len(parts) == 1)
            if block.kind == "item":
                _inherit_level(mention, context)
        previous = found[-1].requirement
        yield from found


def _unasked(reading: Reading, block: Block, context: _Context, found: list[Mention], i: int, *, alone: bool) -> str | None:
    """The requirement of mention ``i`` of a sentence that says nothing of it: from its lead-in, its heading, or by kind."""
    if found[i].kind == "level" and _in_range(reading.text, found, i):
        return "possible"
    if context.lead is not None and (block.kind == "item" or alone):
        return context.lead
    if found[i].kind == "level":
        return None
    return (_heading_requirement(reading, block) if block.kind == "item" else None) or "possible"


class _Sentence(NamedTuple):
    """A sentence: its clauses (start, end, mark before), its cues, the diplomas it names, what the one before asked."""

    start: int
    end: int
    parts: list[tuple[int, int, str]]
    said: list[Cue]
    named: list[tuple[int, int]]
    previous: str | None


def _exemplifies(text: str, before: list[Mention], mention: Mention) -> bool:
    """Whether a qualification stands in brackets after a level: « de niveau 3 (CAP, BEP ou équivalent) »."""
    levels = [m for m in before if m.kind == "level"]
    if not levels:
        return False
    between = text[levels[-1].end : mention.start]
    return between.lstrip().startswith("(") and ")" not in between


def _in_range(text: str, found: list[Mention], i: int) -> bool:
    """Whether level ``i`` bounds a range « du CAP au bac + 2 »."""
    pairs = ((a, b) for a, b in ((i - 1, i), (i, i + 1)) if a >= 0 and b < len(found))
    return any(text[found[a].end : found[b].start].strip() in {"au", "jusqu'au"} for a, b in pairs)


def _note_durations(text: str, start: int, found: list[Mention]) -> None:
    """In « 3 ans pour une licence professionnelle » a bare name only recalls a fuller one."""
    for mention in found:
        if mention.specialty:
            continue
        if (
            _DURATION.search(text, max(start, mention.start - 40), mention.start)
            or _AS_LEVEL.match(text, mention.end)
            or (_FROM_LEVEL.search(text, max(start, mention.start - 30), mention.start))
        ):
            mention.determiner = "recalled"


def _in_sentence(text: str, mention: Mention, before: list[Mention], sentence: _Sentence) -> str | None:
    """What a sentence asks of ``mention``, which the mentions ``before`` precede in it."""
    level, parts = mention.kind == "level", sentence.parts
    index = next(i for i, (a, b, _) in enumerate(parts) if a <= mention.start < b or i == len(parts) - 1)
    clause = parts[index]
    after_name = level and before and before[-1].kind == "qualification"
    apposed = after_name and _APPOSED.fullmatch(text, before[-1].end, mention.start)
    if apposed or (before and _ELLIPSIS.search(text, mention.end, clause[1])):
        return before[-1].requirement
    asked = requirement(text, (mention.start, mention.end), clause[:2], sentence.said, sentence.named)
    if asked is not None:
        return asked
    if clause[2] == ":":
        lead = parts[index - 1]
        if any(lead[0] <= a < lead[1] for a, _ in sentence.named):
            preferred = any(c.requirement == "recommended" and 0 <= lead[1] - c.end <= 1 for c in sentence.said)
            return "recommended" if preferred else None if level else "possible"
        return _strongest_cue(sentence.said, lead[:2])
    return sentence.previous if level and _CONTINUES.match(text, sentence.start, sentence.end) else None


_APPOSED = re.compile(
    r"[^.;:]{0,40}, soit (?:un |de |au )?(?:niveau )?| ?\(?(?:RNCP ?\d+, ?)?,? ?(?:soit |de |"
    r"d[eé]livr\w+ |reconnu\w* |class\w+ |accessible |obtenu \w+ )?(?:au |de |un )?(?:niveau )?",
    re.IGNORECASE,
)


def _strongest_cue(said: list[Cue], span: tuple[int, int]) -> str | None:
    best: str | None = None
    for cue in said:
        if span[0] <= cue.start and cue.end <= span[1]:
            best = strongest(best, cue.requirement)
    return best


def _advance(context: _Context, block: Block, words: str, *, named: bool) -> None:
    """Take note of what ``block`` says of the blocks below it."""
    line = words.strip()
    if (named or line[:1] in "aA") and _is_level_line(line):
        context.level = stated_level(line)
        context.level_group = True
        context.lead = None
        return
    label = len(line) < _SHORT and _LABEL.search(line) and _ASKED.search(line)
    if label and not (named and mentions(line, 0, len(line), line=True)):
        context.lead = "required"
        return
    if block.kind in {"heading", "term"}:
        if _NAME_LINE.match(line) is None:
            context.level, context.level_group = None, False
        context.lead = None
        return
    if line.endswith(":"):
        sentence = line[max(line.rfind(". "), 0) :]
        found = [c.requirement for c in cues(sentence, 0, len(sentence))]
        context.lead = max(found, key=lambda r: {"required": 3, "recommended": 2, "possible": 1}[r]) if found else None
        return
    if _NAME_LINE.match(line):
        return
    if block.kind not in {"item", "row", "definition"} and len(line) > _PARAGRAPH:
        context.level, context.level_group, context.lead = None, False, None
    elif block.kind == "paragraph" and context.lead is not None and line.endswith("."):
        context.lead = None
