"""Tasks: what one does, and to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.plots.style import FAINT, GREEN, canvas, counted, empty, rows_of, sheets_of, whole_numbers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from matplotlib.figure import Figure


def head_verbs(tables: DuckDBPyConnection, most: int = 20) -> Figure:
    """The verbs that tasks begin with, each with the objects that follow it most often."""
    found = rows_of(
        tables,
        """WITH pair AS (SELECT verb, object, count(*) AS n FROM task_objects WHERE object IS NOT NULL GROUP BY ALL),
           listed AS (SELECT verb, list(object ORDER BY n DESC, object)[:4] AS objects FROM pair GROUP BY verb)
           SELECT verb, count(*) AS n, any_value(objects) FROM task_objects LEFT JOIN listed USING (verb)
           GROUP BY verb ORDER BY n DESC, verb LIMIT ?""",
        [most],
    )
    total = int(rows_of(tables, "SELECT count(*) FROM tasks")[0][0])
    title = "What one does: head verbs and their objects"
    of = f"{counted(total, 'task')} in {counted(sheets_of(tables), 'sheet')}"
    about = f"Tasks by head verb, of {of}; beside them the objects most often met"
    if not found:
        return empty(title, about)
    figure, axes = canvas(len(found), title, about)
    widest = max(row[1] for row in found)
    for y, (_, count, objects) in enumerate(found):
        axes.barh(y, count, height=0.68, color=GREEN)
        axes.text(count + widest * 0.01, y, f" {count}", va="center", fontsize=9)
        axes.text(count + widest * 0.09, y, ", ".join(objects or []), va="center", fontsize=8.5, color=FAINT)
    axes.set_yticks(range(len(found)), [row[0] for row in found])
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(0, widest * 1.75)
    axes.grid(visible=False)
    whole_numbers(axes, "tasks")
    return figure
