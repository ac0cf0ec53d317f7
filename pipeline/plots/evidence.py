"""A sheet with its evidence in colours beside the records that were read from it."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.plots.style import (
    BLUE,
    FAINT,
    GREEN,
    GRID,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    legend,
    page,
    pale,
    plain,
    rows_of,
)
from pipeline.records import TABLES
from pipeline.schema import attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Tables shown, with a colour each; where records overlap, the shorter one is drawn over the longer.
SHOWN = {
    "titles": PURPLE, "salaries": GREEN, "diplomas": BLUE, "tasks": SKY, "skills": ORANGE, "experience": VERMILION,
    "statuses": VERMILION, "codes": FAINT,
}  # fmt: skip
_HIDDEN = {"start", "end", "evidence", "rule", "position", "group", "annual_minimum", "annual_maximum", "esco_uri"}
#: Characters a line of text, inches a line, points a character; and how wide a character of the font is, in ems.
_LINE = 76
_STEP = 0.17
_SIZE = 7.6
_EM = 0.60205


class _Mark(NamedTuple):
    start: int
    end: int
    table: str
    says: str


def evidence(tables: DuckDBPyConnection, sheet_id: str, most: int = 60) -> Figure:
    """The first ``most`` lines of a sheet's text, coloured by what was read from them, and the records on the right.

    Args:
        tables: the tables, as a connection.
        sheet_id: a key of the table ``sheets``.
        most: how many lines of text to draw.

    """
    source, text = tables.execute("SELECT source, text FROM sheets WHERE sheet_id = ?", [sheet_id]).fetchall()[0]
    marks = sorted(_marks(tables, sheet_id), key=lambda mark: mark.start - mark.end)
    lines = list(_lines(text))[:most]
    heights = [max(1, len(_beginning(marks, *line))) for line in lines]
    height = _STEP * sum(heights) + 1.1
    figure, axes = page(height, "From page to row", f"{plain(source)}: its text, and beside each line what was read")
    # One unit across is one character, so that the colours lie under their words.
    figure.set_layout_engine("none")
    axes.set_position((0.012, 0.35 / height, 0.976, 1 - 1.1 / height))
    width = 0.976 * float(figure.get_figwidth()) * 72 / (_EM * _SIZE)
    axes.set_xlim(0, width)
    axes.set_ylim(sum(heights), 0)
    y = 0.5
    for (start, end), height in zip(lines, heights, strict=True):
        _draw_line(axes, text, (start, end), y, marks)
        for rank, mark in enumerate(_beginning(marks, start, end)):
            axes.text(
                _LINE + 2, y + rank, textwrap.shorten(mark.says, int(width) - _LINE - 2, placeholder=" …"), color=INK, **_FONT
            )
            axes.plot(_LINE + 0.7, y + rank, "s", ms=5, color=SHOWN[mark.table])
        y += height
    axes.axvline(_LINE, color=GRID, lw=1)
    present = [name for name in SHOWN if any(mark.table == name for mark in marks)]
    legend(figure, [(name, SHOWN[name], "s", True) for name in present])
    return figure


_FONT: dict[str, Any] = {"family": "DejaVu Sans Mono", "fontsize": _SIZE, "va": "center"}


def _marks(tables: DuckDBPyConnection, sheet_id: str) -> Iterator[_Mark]:
    for name in SHOWN:
        names = [a.name for a in attributes(TABLES[name]) if a.name not in _HIDDEN and not a.name.endswith("inferred")]
        quoted = ", ".join(f'"{field}"' for field in names)
        sql = f'SELECT "start", "end", {quoted} FROM {name} WHERE sheet_id = ?'  # noqa: S608   names of ours
        for start, end, *values in rows_of(tables, sql, [sheet_id]):
            stated = [
                f"{value:g}" if isinstance(value, float) else str(value) for value in values if value not in (None, False)
            ]
            yield _Mark(start, end, name, f"{TABLES[name].singular}: " + " · ".join(stated))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The half-open places of the lines of ``text``, long ones broken between words."""
    start = 0
    for block in text.split("\n"):
        place = start
        for piece in textwrap.wrap(block, _LINE - 1, break_on_hyphens=False, replace_whitespace=False, expand_tabs=False) or [
            ""
        ]:
            place = text.index(piece, place) if piece else place
            yield place, place + len(piece)
            place += len(piece)
        start += len(block) + 1


def _beginning(marks: list[_Mark], start: int, end: int) -> list[_Mark]:
    return sorted((mark for mark in marks if start <= mark.start < end), key=lambda mark: (mark.start, mark.end))


def _draw_line(axes: Axes, text: str, place: tuple[int, int], y: float, marks: list[_Mark]) -> None:
    start, end = place
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end, *(min(max(edge, start), end) for mark in here for edge in mark[:2])})
    for left, right in pairwise(edges):
        over = [mark for mark in here if mark.start <= left and right <= mark.end]
        if over:
            axes.barh(y, right - left, left=left - start, height=0.92, color=pale(SHOWN[over[-1].table]), lw=0)
    axes.text(0, y, plain(text[start:end].replace("\t", " ")), color=INK, **_FONT)
