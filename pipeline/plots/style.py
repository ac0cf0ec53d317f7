"""One style for all plots: what they are drawn on, with, and how they are written.

Colours of Okabe and Ito, told apart by colour-blind
readers, with a second sign (fill, shape, place) wherever a colour means something; a title that says what is
shown, a line below it with n, and filled marks for what a sheet states against hollow ones for what was derived. A plot
without data says so. Nothing is random, and nothing depends on the clock.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.optional import needs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, FAINT, GRID = "#1d2126", "#5b6470", "#e3e6ea"
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY = "#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"

#: Where an SVG names an id or refers to one.
_ID = re.compile(r'(\bid="|href="#|url\(#)')
_WIDTH = 9.0
_ROW = 0.3
_STYLE = {
    "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.labelcolor": FAINT, "axes.edgecolor": GRID,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "axes.grid": True, "axes.axisbelow": True,
    "grid.color": GRID, "xtick.color": FAINT, "ytick.color": INK, "ytick.left": False, "xtick.bottom": False,
    "legend.frameon": False, "figure.facecolor": "white", "svg.hashsalt": "jobsheets", "figure.dpi": 110, "savefig.dpi": 110,
}  # fmt: skip

Rows = list[tuple[Any, ...]]


def as_svg(figure: Figure, prefix: str = "") -> str:
    """The figure as an ``<svg>`` element, the same for the same data.

    ``prefix`` stands before every id, so that several figures can stand on one page.
    """
    buffer = io.StringIO()
    with _pyplot().rc_context(_STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = buffer.getvalue()
    return _ID.sub(rf"\g<1>{prefix}", text[text.index("<svg") :].rstrip())


def _pyplot() -> Any:
    needs("matplotlib", "analyst", "Plots")
    import matplotlib.pyplot as plt

    return plt


def pale(colour: str) -> tuple[float, ...]:
    """The colour on white at a third of its strength."""
    from matplotlib.colors import to_rgb

    return tuple(1 - 0.35 * (1 - part) for part in to_rgb(colour))


def page(height: float, title: str, about: str) -> tuple[Figure, Axes]:
    """An empty page of so many inches, without axes, with its title and the line under it."""
    plt = _pyplot()
    with plt.rc_context(_STYLE):
        figure, axes = plt.subplots(figsize=(_WIDTH, height), layout="constrained")
    figure.get_layout_engine().set(rect=(0.012, 0.04 / height, 0.976, 1 - 0.76 / height))
    figure.text(0.012, 1 - 0.12 / height, title, fontsize=13, fontweight="bold", va="top", color=INK)
    figure.text(0.012, 1 - 0.43 / height, about, fontsize=9, color=FAINT, va="top")
    axes.set_axis_off()
    plt.close(figure)
    return figure, axes


def canvas(rows: int, title: str, about: str) -> tuple[Figure, Axes]:
    """An empty plot for so many rows of marks, with its title and the line under it."""
    figure, axes = page(1.7 + _ROW * max(rows, 3), title, about)
    axes.set_axis_on()
    axes.grid(axis="y", visible=False)
    axes.tick_params(length=0)
    return figure, axes


def empty(title: str, about: str) -> Figure:
    """The plot of nothing: it says so."""
    figure, axes = canvas(3, title, about)
    axes.set_axis_off()
    axes.text(0.5, 0.5, "Nothing to show: these sheets state none of it.", ha="center", color=FAINT, transform=axes.transAxes)
    return figure


def counted(number: int, noun: str) -> str:
    """« 1 sheet », « 1 204 sheets »."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", "\u202f")


def rows_of(tables: DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> Rows:
    """What a query gives; a dollar sign in a text is marked as one, so that it begins no formula."""
    rows = tables.execute(sql, list(values)).fetchall()
    return [tuple(plain(value) if isinstance(value, str) else value for value in row) for row in rows]


def plain(text: str) -> str:
    """``text`` as matplotlib draws it letter for letter."""
    return text.replace("$", r"\$")


def sheets_of(tables: DuckDBPyConnection) -> int:
    """How many sheets there are."""
    return int(rows_of(tables, "SELECT count(*) FROM sheets")[0][0])


def legend(figure: Figure, entries: Sequence[tuple[str, str, str, bool]]) -> None:
    """A line of marks under the plot: (label, colour, shape, whether it is filled)."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], ls="", marker=shape, ms=6.5, mew=1.4, mec=colour, mfc=colour if filled else "white", label=label)
        for label, colour, shape, filled in entries
    ]
    figure.legend(
        handles=handles,
        loc="outside lower left",
        frameon=False,
        ncols=len(handles),
        fontsize=8.5,
        handletextpad=0.2,
        columnspacing=1.2,
    )


def whole_numbers(axes: Axes, label: str) -> None:
    """Label the axis of counts and part it at whole numbers."""
    from matplotlib.ticker import MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(label)
