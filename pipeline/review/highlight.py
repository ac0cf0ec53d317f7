"""A sheet with its evidence in colours, as one self-contained HTML page without script or network.

The text is cut at every boundary of a record, so that overlapping records show, too: a piece wears the
colour of the shortest record on it and names all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.records import EXTRACTED, TABLES, Record, Span
from pipeline.schema import attributes
from pipeline.sheet import Sheet

#: Table → hue. Steps of the golden angle keep any number of tables apart, neighbours most; the legend and the
#: title of each mark name the table, too.
HUES = {name: (265 + round(rank * 137.508)) % 360 for rank, name in enumerate(EXTRACTED)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text under the same records; ``tables`` from the shortest record to the longest."""

    text: str
    tables: tuple[str, ...]
    anchors: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the text, cut into marks."""

    kind: str
    depth: int
    marker: str
    marks: tuple[Mark, ...]


def values(record: Record) -> dict[str, Any]:
    """The values that a record states: without nulls, false flags, offsets and evidence."""
    hidden = {"start", "end", "evidence", "rule"} if isinstance(record, Span) else set()
    found = {a.name: getattr(record, a.name) for a in attributes(type(record)) if a.name not in hidden}
    return {name: value for name, value in found.items() if value is not None and value is not False}


def lines(sheet: Sheet, records: Mapping[str, Sequence[Any]]) -> Iterator[Line]:
    """The blocks of a sheet with the records marked in them."""
    spans = sorted(
        ((r.start, r.end, name, f"{name}-{i}", _title(name, r)) for name in EXTRACTED for i, r in enumerate(records[name], 1)),
        key=lambda span: (span[0], span[1]),
    )
    last = 0
    for block in sheet.blocks:
        here = [span for span in spans if span[0] < block.end and span[1] > block.start]
        edges = sorted({block.start, block.end, *(min(max(e, block.start), block.end) for span in here for e in span[:2])})
        marks = tuple(_mark(sheet.text, start, end, here) for start, end in pairwise(edges))
        yield Line(block.kind, block.depth, sheet.text[last : block.start].strip(), marks)
        last = block.end


def _mark(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str, str, str]]) -> Mark:
    over = sorted((s for s in spans if s[0] <= start and end <= s[1]), key=lambda s: s[1] - s[0])
    begins = tuple(s[3] for s in over if s[0] == start)
    return Mark(text[start:end], tuple(s[2] for s in over), begins, "\n".join(s[4] for s in over))


def _title(name: str, record: Record) -> str:
    return f"{TABLES[name].singular}: " + ", ".join(f"{key} {value}" for key, value in values(record).items())


def highlight_page(sheet: Sheet, records: Mapping[str, Sequence[Any]]) -> str:
    """The page for a sheet and its records a table (as in :class:`~pipeline.extraction.Extraction`)."""
    from pipeline.review.templating import render

    shown = {name: records[name] for name in EXTRACTED if records[name]}
    return render(
        "inspect.html.j2",
        sheet=sheet,
        title=next((t.label for t in shown.get("titles", []) if t.kind == "preferred"), sheet.source),
        hues={name: HUES[name] for name in shown},
        lines=list(lines(sheet, records)),
        records={name: [(r, values(r)) for r in rows] for name, rows in shown.items()},
        dropped=sheet.dropped,
        row=records["sheets"][0],
    )
