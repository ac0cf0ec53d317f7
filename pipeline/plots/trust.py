"""How far one can trust an output: who says what, what could not be used, what was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.plots.style import (
    BLUE,
    INK,
    ORANGE,
    SKY,
    VERMILION,
    Rows,
    canvas,
    counted,
    empty,
    rows_of,
    sheets_of,
    whole_numbers,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from matplotlib.figure import Figure


def coverage(tables: DuckDBPyConnection, most: int = 20) -> Figure:
    """What share of each publisher's sheets has at least one record of a kind."""
    kinds = ("pay", "diploma", "task", "skill", "code", "date")
    found = rows_of(
        tables,
        """SELECT origin, sheets, with_salary, with_diploma, with_task, with_skill, with_code, with_date
           FROM coverage LIMIT ?""",
        [most],
    )
    title = "Who says what"
    about = f"Share of sheets with at least one record of a kind, of {counted(sheets_of(tables), 'sheet')}"
    if not found:
        return empty(title, about)
    figure, axes = canvas(len(found) + 1, title, about)
    from matplotlib.colors import LinearSegmentedColormap

    shades = LinearSegmentedColormap.from_list("share", ["#f6f8fa", SKY, BLUE])
    shares = [[float(share) for share in row[2:]] for row in found]
    axes.pcolormesh(range(len(kinds)), range(len(found)), shares, cmap=shades, vmin=0, vmax=1, shading="nearest")
    axes.set_ylim(len(found) - 0.5, -0.5)
    for y, row in enumerate(found):
        for x, share in enumerate(row[2:]):
            axes.text(x, y, f"{share:.0%}", ha="center", va="center", fontsize=9, color="white" if share > 0.7 else INK)  # noqa: PLR2004
    axes.grid(visible=False)
    for x in range(1, len(kinds)):
        axes.axvline(x - 0.5, color="white", lw=2)
    for y in range(1, len(found)):
        axes.axhline(y - 0.5, color="white", lw=2)
    axes.set_yticks(range(len(found)), [f"{row[0]}  (n = {row[1]})" for row in found])
    axes.set_xticks(range(len(kinds)), [f"a {kind}" for kind in kinds])
    axes.xaxis.tick_top()
    return figure


def rejects(tables: DuckDBPyConnection) -> Figure:
    """Inputs and records that could not be used, by reason."""
    found = rows_of(tables, "SELECT code, count(*) AS n FROM rejects GROUP BY code ORDER BY n DESC, code")
    total = sum(row[1] for row in found)
    about = f"{counted(total, 'reject')} beside {counted(sheets_of(tables), 'sheet')} read"
    return _bars("What could not be used, and why", about, found, VERMILION, "rejects")


def removed(tables: DuckDBPyConnection) -> Figure:
    """Blocks that the cleaning took out of the pages, by what they are."""
    found = rows_of(tables, "SELECT kind, count(*) AS n FROM dropped GROUP BY kind ORDER BY n DESC, kind")
    total = sum(row[1] for row in found)
    about = f"{counted(total, 'block')} of {counted(sheets_of(tables), 'sheet')}; each with its rule in the table dropped"
    return _bars("What the cleaning removed", about, found, ORANGE, "blocks")


def _bars(title: str, about: str, found: Rows, colour: str, unit: str) -> Figure:
    if not found:
        return empty(title, about)
    figure, axes = canvas(len(found), title, about)
    axes.barh(range(len(found)), [row[1] for row in found], height=0.68, color=colour)
    for y, row in enumerate(found):
        axes.text(row[1], y, f"  {row[1]}", va="center", fontsize=9)
    axes.set_yticks(range(len(found)), [row[0] for row in found])
    axes.set_ylim(len(found) - 0.4, -0.6)
    whole_numbers(axes, unit)
    return figure
