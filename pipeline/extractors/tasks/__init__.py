"""Reads the tasks of a sheet: its lists of activities, and clauses anywhere whose subject is the job holder.

Where tasks stand is known to :mod:`.lists`, :mod:`.cells`, :mod:`.lines` and :mod:`.paragraphs`, one kind of block each; all
of them ask :mod:`.sentences` which words of a sentence are one, and that asks :mod:`.subjects` who acts. :mod:`.phrases`
knows how an activity is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.extractors import Earlier
from pipeline.extractors.tasks.cells import row
from pipeline.extractors.tasks.holder import Holder
from pipeline.extractors.tasks.lines import Lines
from pipeline.extractors.tasks.lists import NAMING, Lists, denies, is_bulleted
from pipeline.extractors.tasks.paragraphs import Paragraphs
from pipeline.extractors.tasks.phrases import Activity
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.extractors.tasks.sentences.clues import PROSE
from pipeline.reading import Reading
from pipeline.records import Task

#: Kinds of section of whose prose anything is read.
_READ = PROSE | {"skills"}


def extract(reading: Reading, earlier: Earlier) -> Iterator[Task]:
    """Yield the tasks of a sheet, in reading order, without overlap."""
    position = end = 0
    for found in sorted(_activities(reading, earlier), key=lambda a: (a.start, -a.end)):
        if end <= found.start < found.end:
            end = found.end
            position += 1
            yield Task(
                start=found.start,
                end=found.end,
                rule=found.rule,
                label=found.label,
                group=found.group,
                verb=found.verb,
                position=position,
            )


def _holder(reading: Reading, earlier: Earlier) -> Holder:
    titles: Sequence[Any] = earlier.get("titles", ())
    labels = [form for t in titles if t.kind != "career" for form in (t.label, t.feminine, t.masculine) if form]
    others = [form for t in titles if t.kind == "career" for form in (t.label, t.feminine, t.masculine) if form]
    labels = labels or [reading.words(b) for b in reading.blocks if b.kind == "heading"][:1]
    return Holder.of(set(labels), set(others) - set(labels)).abbreviated(labels, reading.text)


def _activities(reading: Reading, earlier: Earlier) -> Iterator[Activity]:
    """Every activity, block by block."""
    text, path, holder = reading.text, reading.path, _holder(reading, earlier)
    sentences = Sentences(text, reading.lower, holder)
    names = [d.start for d in earlier.get("diplomas", ()) if d.kind == "qualification"]
    names += [t.start for t in earlier.get("titles", ()) if t.kind != "preferred"]
    lists = Lists(reading, sentences, holder, names)
    lines = Lines(reading, sentences, lists)
    paragraphs = Paragraphs(reading, sentences, lines)
    for at, block in enumerate(reading.blocks):
        if block.kind in NAMING:
            continue
        kind = path[block.start][-1].kind
        if kind == "tasks" and denies(path[block.start][-1].heading):
            kind = "other"  # what is not done: only a clause may say what is
        if block.kind == "item" or is_bulleted(text, block):
            if lists.states_tasks(at, kind):
                yield from lists.item(at, kind)
                continue
            kind = "other" if kind == "tasks" else kind
        elif (rule := lines.rule(at, kind)) is not None:
            yield from lines.activities(at, rule)
            continue
        if kind in _READ:
            yield from row(block, kind, sentences) if block.kind == "row" else paragraphs.activities(at, kind)
