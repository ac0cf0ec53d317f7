"""Rows of tables of diplomas, and of tables of facts that name one: « Niveau | Intitulé | Durée », « Niveau minimum | CAP »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.diplomas.above import LABEL, Context, asked_by
from pipeline.extractors.diplomas.apart import only_asks
from pipeline.extractors.diplomas.lines import VERB, labelled_levels
from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.names import mentions, stated_level
from pipeline.extractors.diplomas.passages import passage
from pipeline.french.sentences import sentences
from pipeline.reading import Reading
from pipeline.sections import heading_kind
from pipeline.sheet import Block

_DIPLOMA_COLUMN = re.compile(r"dipl|intitul|titre|formation|certif|nom|^$", re.IGNORECASE)
_LEVEL_COLUMN = re.compile(r"niveau|niv\.?|level", re.IGNORECASE)
#: The same as the name of a row or of a definition: « Niveau minimum exigé | CAP ».
_LEVEL_NAME = re.compile(
    r"niveau (?:minimum|minimal|requis|exigé|scolaire|d'(?:études?|entrée|accès|instruction)|"
    r"de (?:formation|dipl[oô]me|recrutement|qualification|sortie))\b",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"d'entrée|d'accès|de recrutement")


def row(reading: Reading, block: Block, context: Context, at: list[int]) -> Iterator[Mention]:
    """A row of a table of diplomas: « Niveau | Intitulé | Durée »."""
    level = None
    label = next((reading.words(cell) for cell in block.cells), "")
    lead = (asked_by(label) if LABEL.search(label) else None) or _only_asked(reading, block) or context.lead
    if lead is not None and len(block.cells) == 2 and not block.cells[0].column:  # noqa: PLR2004 -- « Bac conseillé | bac général »
        at = [place for place in at if place >= block.cells[1].start]
    for cell in block.cells:
        if _LEVEL_COLUMN.search(cell.column):
            level = stated_level(reading.words(cell))
    if level is None and block.cells and block.cells[0].row and _LEVEL_COLUMN.search(block.cells[0].row):
        level = stated_level(block.cells[0].row)
    if len(block.cells) == 2 and _LEVEL_NAME.match(label):  # noqa: PLR2004 -- « Niveau minimum exigé | CAP »
        value = block.cells[1]
        yield from labelled_levels(reading, value.start, value.end, at, entry=_ENTRY.search(label) is not None)
        return
    for cell in block.cells:
        of_level = _LEVEL_COLUMN.search(cell.column) is not None
        if not of_level and not _DIPLOMA_COLUMN.search(cell.column) and heading_kind(cell.row) != "education":
            continue
        inside = [place for place in at if cell.start <= place < cell.end]
        if inside and VERB.search(reading.text, cell.start, cell.end):  # « Formation | Un bac pro suffit. »
            yield from passage(reading, block, sentences(reading.text, cell.start, cell.end), Context(lead=lead), inside)
            continue
        for mention in mentions(reading.text, cell.start, cell.end, line=True, at=inside):
            if of_level and not mention.head.startswith("bac"):
                continue
            if mention.kind == "qualification" and level is not None and (mention.level is None or mention.weak_level):
                mention.level, mention.level_inferred = level, True
            mention.requirement = lead or "possible"
            yield mention


def _only_asked(reading: Reading, block: Block) -> str | None:
    """What a cell of the row asks that says nothing else: « Obligatoire | CQP », « BTS tourisme | apprécié »."""
    return next((asked for cell in block.cells if (asked := only_asks(reading.words(cell))) is not None), None)
