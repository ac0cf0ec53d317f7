"""Skills: how often, which go together, what tells two trades apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.plots.style import (
    BLUE,
    GREEN,
    GRID,
    INK,
    ORANGE,
    PURPLE,
    VERMILION,
    canvas,
    counted,
    empty,
    legend,
    pale,
    rows_of,
    sheets_of,
    whole_numbers,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from matplotlib.figure import Figure

CATEGORIES = {"language": PURPLE, "tool": VERMILION, "knowledge": ORANGE, "know-how": GREEN, "soft": BLUE}


def skill_frequency(tables: DuckDBPyConnection, most: int = 20) -> Figure:
    """The skills that most sheets name; the dark part of a bar says that they are required."""
    found = rows_of(tables, "SELECT skill, category, sheets, sheets_required FROM skill_frequency LIMIT ?", [most])
    title, sheets = "The skills most often named", sheets_of(tables)
    about = f"Sheets that name a skill, of {counted(sheets, 'sheet')}; the full part of a bar: said to be required"
    if not found:
        return empty(title, about)
    figure, axes = canvas(len(found), title, about)
    for y, (_, category, count, required) in enumerate(found):
        colour = CATEGORIES[category]
        axes.barh(y, count, height=0.68, color=pale(colour))
        axes.barh(y, required, height=0.68, color=colour)
        axes.text(count, y, f"  {count}", va="center", fontsize=9)
    axes.set_yticks(range(len(found)), [row[0] for row in found])
    axes.set_ylim(len(found) - 0.4, -0.6)
    whole_numbers(axes, "sheets")
    present = [name for name in CATEGORIES if any(row[1] == name for row in found)]
    legend(figure, [(name, CATEGORIES[name], "s", True) for name in present])
    return figure


def skill_pairs(tables: DuckDBPyConnection, support: int | None = None, most: int = 20) -> Figure:
    """The pairs of skills that at least ``support`` sheets name together (by default two, and one in fifty), by lift."""
    total = sheets_of(tables)
    support = max(2, total // 50) if support is None else support
    found = rows_of(
        tables,
        """SELECT skill_a || ' + ' || skill_b, lift, sheets_both FROM skill_pairs WHERE sheets_both >= ? AND lift > 1
           ORDER BY lift DESC, sheets_both DESC, 1 LIMIT ?""",
        [support, most],
    )
    title = "Skills that go together"
    within = f"pairs in at least {support} of {counted(total, 'sheet')}"
    about = f"Lift: how many times more often together than by chance; {within}"
    if not found:
        return empty(title, about)
    figure, axes = canvas(len(found), title, about)
    axes.axvline(1, color=INK, lw=1)
    for y, (_, lift, both) in enumerate(found):
        axes.plot([1, lift], [y, y], color=BLUE, lw=2)
        axes.plot(lift, y, "o", ms=8, color=BLUE)
        axes.annotate(f"{lift:.1f}  (n = {both})", (lift, y), (9, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_yticks(range(len(found)), [row[0] for row in found])
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(0, max(row[1] for row in found) * 1.2)
    axes.set_xlabel("lift (1 = by chance)")
    return figure


def trades_apart(tables: DuckDBPyConnection, one: str, other: str, most: int = 18) -> Figure:
    """What tells two trades apart: the share of the sheets of each that name a skill.

    ``one`` and ``other`` are regular expressions for the names of the occupations, compared without case.
    """
    found = rows_of(
        tables,
        """WITH side AS (
             SELECT sheet_id, CASE WHEN regexp_matches(occupation, ?, 'i') THEN 1
                                   WHEN regexp_matches(occupation, ?, 'i') THEN 2 END AS side FROM occupations),
           total AS (SELECT count(*) FILTER (side = 1) AS n1, count(*) FILTER (side = 2) AS n2 FROM side)
           SELECT lower(label), count(DISTINCT sheet_id) FILTER (side = 1) / any_value(n1) AS one,
                  count(DISTINCT sheet_id) FILTER (side = 2) / any_value(n2) AS other, any_value(n1), any_value(n2)
           FROM skills JOIN side USING (sheet_id) CROSS JOIN total WHERE side IS NOT NULL AND n1 > 0 AND n2 > 0
           GROUP BY lower(label) HAVING one <> other
           QUALIFY row_number() OVER (PARTITION BY one > other ORDER BY abs(one - other) DESC, one + other DESC, 1) <= ?""",
        [one, other, most // 2],
    )
    title = "What tells two trades apart"
    if not found:
        return empty(title, f"« {one} » against « {other} »: no sheets of both")
    found.sort(key=lambda row: (row[2] - row[1], row[0]))
    names = [f"{one.replace('|', ', ')} (n = {found[0][3]})", f"{other.replace('|', ', ')} (n = {found[0][4]})"]
    figure, axes = canvas(len(found), title, "Share of the sheets of each trade that name a skill; the skills that differ most")
    for y, (_, first, second, *_) in enumerate(found):
        axes.plot([first * 100, second * 100], [y, y], color=GRID, lw=3, zorder=1)
        axes.plot(first * 100, y, "o", ms=8, color=BLUE)
        axes.plot(second * 100, y, "D", ms=7, mec=VERMILION, mfc="white", mew=1.8)
    axes.set_yticks(range(len(found)), [row[0] for row in found])
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(-4, 104)
    axes.set_xlabel("% of the sheets of the trade")
    legend(figure, [(names[0], BLUE, "o", True), (names[1], VERMILION, "D", False)])
    return figure
