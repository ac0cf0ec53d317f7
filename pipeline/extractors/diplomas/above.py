"""What the blocks above say of the ways in below them: a level over its examples, a lead-in or a heading that asks.

:class:`Context` is carried from block to block; :func:`advance` takes note of one, :func:`pass_by` of many that name nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extractors.diplomas.apart import only_asks
from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.names import mentions, stated_level
from pipeline.extractors.diplomas.prose import strongest_cue
from pipeline.extractors.diplomas.requirements import cues
from pipeline.reading import Reading
from pipeline.sheet import Block

#: A line of at most so many characters may be a label (« Niveau d'études minimum »).
SHORT = 80
#: From so many characters on a paragraph ends a list.
PARAGRAPH = 120
_AROUND = " :*-.#"
#: A line that is only a level: a heading over examples.
_LEVEL_LINE = re.compile(
    r"(?:(?:dipl[oô]mes?|formations?|études|cursus) (?:de |du )?)?niveau\b[^.!?;]{0,40}|"
    r"bac ?\+ ?\d\b[^.!?;]{0,25}|apr[eè]s (?:la 3e|le bac|la troisi[eè]me)|niv\. [^.]{1,12}",
    re.IGNORECASE,
)
#: « Niveau bac + 4/5 »: years of one cycle, which the last completes.
_LAST_YEARS = re.compile(r"(\+ ?)4 ?(?:/|et|ou|-|à) ?(?:bac ?)?(?:\+ ?)?5\b", re.IGNORECASE)
#: What opens something new.
_OPENS = frozenset({"heading", "term"})
NAME_LINE = re.compile(
    r"[«\"*\s]*(?:CAP|BEP|BP|BTS|BUT|DUT|D(?:EUST|eust)|DE |DN |MC |CS |TP |CQP|MBA|[Dd]ipl[oô]m|[Bb]ac\b|[Ll]icence|"
    r"[Mm]aster|[Mm]ast[eè]re|[Bb]achelor|[Dd]octorat|"
    r"[Tt]itre|[Bb]revet|[Cc]ertifi|[Mm]ention|[ÉEé]cole|[Gg]rande|D[A-Z]{1,5}\b|[A-Z]{2,7}\b)"
)
LABEL = re.compile(r"niveau|dipl[oô]me|formation|études|^bac\b", re.IGNORECASE)
ASKED = re.compile(
    r"\b(?:requise?s?|exigée?s?|obligatoires?|minimum|minimale?s?|indispensables?|nécessaires?|pr[ée]-?requis)\b", re.IGNORECASE
)
_ADVISED = re.compile(r"\b(?:conseillée?s?|recommandée?s?|souhaitée?s?|appréciée?s?|idéale?s?|préférées?)\b", re.IGNORECASE)
#: Diplomas that have no place in the frame, under whatever heading they are listed; and those that « Après la 3e » are
#: of the level of the CAP that is listed beside them.
_OUTSIDE, _LIKE_CAP = frozenset(("CQP", "DIU", "DU")), frozenset(("CS", "titre professionnel"))


@dataclass(slots=True)
class Context:
    """What the blocks above say of the next one."""

    level: int | None = None
    level_group: bool = False
    after_school: bool = False
    lead: str | None = None

    def forget(self) -> None:
        """Nothing that was said holds any longer."""
        self.level, self.level_group, self.lead = None, False, None


_AFTER_SCHOOL = re.compile(r"\W*apr[eè]s la (?:3e|troisi[eè]me)", re.IGNORECASE)


class LevelLine(NamedTuple):
    """A line that is only a level; « Après la 3e » is none of the frame."""

    level: int | None


def read_level_line(words: str) -> LevelLine | None:
    """What a line says that is only a level, None where it is another."""
    line = words.strip(_AROUND)
    if len(line) >= SHORT or _LEVEL_LINE.fullmatch(line) is None:
        return None
    level = stated_level(_LAST_YEARS.sub(r"\g<1>5", line))
    return LevelLine(level) if level is not None or line[:1] in "aA" else None


def pass_by(context: Context, reading: Reading, first: int, after: int) -> None:
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
        level_line = read_level_line(line) if line[:1] in "aA" else None
        advance(context, block, line, level_line, named=False)


def advance(context: Context, block: Block, line: str, level_line: LevelLine | None, *, named: bool) -> None:
    """Take note of what ``block`` says of the blocks below it."""
    if level_line is not None:
        context.level, context.level_group, context.lead = level_line.level, True, None
        context.after_school = _AFTER_SCHOOL.match(line) is not None
        return
    if _asks(line) and not (named and mentions(line, 0, len(line), line=True)):
        context.lead = "required"
        return
    if block.kind in _OPENS:
        if context.level_group and NAME_LINE.match(line) is None:
            context.level, context.level_group = None, False
        context.lead = only_asks(line)
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
    if len(line) > PARAGRAPH and not NAME_LINE.match(line):
        context.forget()
    elif line.endswith(".") and not NAME_LINE.match(line):
        context.lead = None


def _ends_what_was_said(heading: str) -> bool:
    return NAME_LINE.match(heading) is None and not _asks(heading)


def _asks(line: str) -> bool:
    """Whether a line is a label that asks for what stands below it (« Niveau d'études minimum »)."""
    if len(line) >= SHORT:
        return False
    lower = line.lower()
    may = "niveau" in lower or "dipl" in lower or "formation" in lower or "études" in lower  # far quicker than LABEL
    return may and LABEL.search(line) is not None and ASKED.search(line) is not None


def asked_by(label: str) -> str | None:
    """What a heading or a label asks: « Diplômes requis », « Formation conseillée »."""
    if ASKED.search(label):
        return "required"
    return "recommended" if _ADVISED.search(label) else None


def heading_requirement(reading: Reading, block: Block) -> str | None:
    """What the heading above a block asks of what it names; None for the heading itself."""
    heading = reading.section(block).heading or ""
    if reading.section(block).start == block.start:
        return None
    return asked_by(heading)


def inherit_level(mention: Mention, context: Context) -> None:
    """Give a diploma without a level of its own that of the line above, unless diplomas of its kind have none."""
    if mention.kind != "qualification" or mention.head in _OUTSIDE:
        return
    if context.level is not None and (mention.level is None or mention.weak_level):
        mention.level_inferred = mention.level != context.level
        mention.level = context.level
    elif context.level_group and context.after_school and mention.level is None and mention.head in _LIKE_CAP:
        mention.level, mention.level_inferred = 3, True
