"""The cells of table rows: those that state activities, one or a line each, and those that speak of the job holder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.tasks.actions import begins_with_action, is_action, is_infinitive
from pipeline.extractors.tasks.lists import LISTING, denies
from pipeline.extractors.tasks.phrases import Activity, is_time, phrase, trim
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.sheet import Block, Cell

#: What may stand between two activities of one table cell; of two lines, nothing is left but the capital.
_BREAK = re.compile(r"(?<=[\w)»]) (?=[A-ZÀ-ÖØ-Þ])|[.;] (?:[-•*▪◦] )?| [-•*▪◦] ")


def row(block: Block, kind: str, sentences: Sentences) -> Iterator[Activity]:
    """The activities of a table row in a section of ``kind``; the first cell names the group of the others."""
    text, cells = sentences.text, block.cells
    name = text[cells[0].start : cells[0].end]
    timed = kind in LISTING and is_time(name)
    stated = [_stated(text, cell, kind, action=i > 0 and (kind == "tasks" or timed)) for i, cell in enumerate(cells)]
    about = len(stated[0]) < 2 and (any(len(parts) > 1 for parts in stated) or " " not in name)  # noqa: PLR2004
    if any(stated[1:]) and about:
        stated[0] = []  # « Contrôler | Auditer les ateliers Bloquer les lots douteux »: what the activities are about
    for i, (cell, parts) in enumerate(zip(cells, stated, strict=True)):
        if denies(cell.column):
            continue
        for start, end in parts:
            yield phrase(text, start, end, "cell", name if i else None)
        if not parts:
            yield from sentences.activities(cell.start, cell.end, kind)


def _stated(text: str, cell: Cell, kind: str, *, action: bool) -> list[tuple[int, int]]:
    """The activities that a cell consists of: an infinitive or (where ``action``) a noun of action, one or a line each."""
    start, end = trim(text, cell.start, cell.end)
    if not ((kind in LISTING and is_infinitive(text, start, end)) or (action and is_action(text, start, end))):
        return []
    marks = [mark.span() for mark in _BREAK.finditer(text, start, end) if begins_with_action(text, mark.end(), end)]
    starts, ends = [start, *(mark[1] for mark in marks)], [*(mark[0] for mark in marks), end]
    return [trim(text, first, last) for first, last in zip(starts, ends, strict=True)]
