"""What jobs pay: by diploma and stage, by who says it, and the same job as several publishers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.plots.style import BLUE, FAINT, GRID, INK, SKY, VERMILION, Rows, canvas, counted, empty, legend, rows_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from matplotlib.figure import Figure

STAGES = {"entry": (SKY, "o"), "experienced": (BLUE, "s"), "senior": (VERMILION, "^"), None: (FAINT, "D")}
LEVELS = {3: "CAP, BEP", 4: "bac", 5: "bac + 2", 6: "bac + 3, + 4", 7: "bac + 5", 8: "bac + 8", None: "no level"}
#: Yearly pay beyond which a mark would squeeze all others; how many there are is said under the title.
MOST_PAY = 200_000
#: How far marks that would hide each other stand apart, in parts of a lane.
_STEP = 0.2


def pay_by_level(tables: DuckDBPyConnection) -> Figure:
    """Yearly gross pay by minimum level; the colour and shape of a mark tell the stage, its fill whether it is stated."""
    found = rows_of(tables, "SELECT minimum_level, stage, annual_is, annual_middle, sheet_id FROM gross_pay")
    groups = {name: [row for row in found if row[0] == level] for level, name in LEVELS.items()}
    return _pay_strips(
        "What these jobs pay, by lowest diploma asked for", {name: rows for name, rows in groups.items() if rows}
    )


def pay_by_origin(tables: DuckDBPyConnection, most: int = 15) -> Figure:
    """The same by publisher (or folder, where pages name none), the ``most`` that state most."""
    found = rows_of(tables, "SELECT origin, stage, annual_is, annual_middle, sheet_id FROM gross_pay")
    names = sorted({row[0] for row in found}, key=lambda name: (-sum(row[0] == name for row in found), name))
    groups = {name: [row for row in found if row[0] == name] for name in names[:most]}
    return _pay_strips("What these jobs pay, by who says it", groups)


def _pay_strips(title: str, groups: dict[str, Rows]) -> Figure:
    shown = [row for rows in groups.values() for row in rows if row[3] <= MOST_PAY]
    beyond = sum(len(rows) for rows in groups.values()) - len(shown)
    sheets = counted(len({row[4] for row in shown}), "sheet")
    about = f"Middle of each gross yearly pay in euros; {counted(len(shown), 'pay')} of {sheets}"
    if beyond:
        about += f"; {beyond} above {MOST_PAY // 1000} k€ not drawn"
    if not shown:
        return empty(title, about)
    lanes = [stage for stage in STAGES if any(row[1] == stage for row in shown)]
    widest = max(row[3] for row in shown) / 1000
    figure, axes = canvas(len(groups) * max(2, len(lanes)), title, about + ". Bar: median of three or more.")
    for place, rows in enumerate(groups.values()):
        for lane, stage in enumerate(lanes):
            y = place + (lane + 1) / (len(lanes) + 1) - 0.5
            pays = sorted((row[3] / 1000, row[2] == "stated") for row in rows if row[1] == stage and row[3] <= MOST_PAY)
            colour, shape = STAGES[stage]
            aside = _aside([pay for pay, _ in pays], widest / 70)
            for (pay, stated), level in zip(pays, aside, strict=True):
                at = y + level * _STEP / max(2, len(lanes))
                axes.plot(pay, at, shape, ms=6.5, mew=1.4, mec=colour, mfc=colour if stated else "white", alpha=0.85)
            if len(pays) > 2:  # noqa: PLR2004   a median of two says no more than the two
                middle = (pays[(len(pays) - 1) // 2][0] + pays[len(pays) // 2][0]) / 2
                tall = 0.48 / max(2, len(lanes))
                axes.plot([middle, middle], [y - tall, y + tall], color=INK, lw=2.2, solid_capstyle="butt", zorder=5)
    for place in range(1, len(groups)):
        axes.axhline(place - 0.5, color=GRID, lw=1)
    axes.set_yticks(range(len(groups)), [f"{name}\nn = {len(rows)}" for name, rows in groups.items()])
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.set_xlabel("thousand euros a year, gross or unstated")
    legend(figure, [(stage or "stage unstated", *STAGES[stage], True) for stage in lanes]
            + [("stated by year", INK, "o", True), ("derived from another period", INK, "o", False)])  # fmt: skip
    return figure


def _aside(pays: list[float], apart: float) -> list[int]:
    """How many steps each mark of a lane, from the left, stands aside of its middle so that none hides another."""
    last: dict[int, float] = {}
    levels = []
    for pay in pays:
        level = next((level for level in (0, -1, 1, -2, 2) if pay - last.get(level, -apart) >= apart), 0)
        last[level] = pay
        levels.append(level)
    return levels


def same_job(tables: DuckDBPyConnection, most: int = 12) -> Figure:
    """What several publishers say of the same job: the range of each stated pay, a line a pay."""
    found = rows_of(
        tables,
        """WITH several AS (SELECT occupation_key FROM gross_pay GROUP BY ALL HAVING count(DISTINCT origin) > 1
                            ORDER BY count(DISTINCT origin) DESC, 1 LIMIT ?)
           SELECT occupation_key, origin, stage, annual_is, annual_minimum, annual_maximum
           FROM gross_pay JOIN several USING (occupation_key) WHERE coalesce(annual_maximum, annual_minimum) <= ?
           ORDER BY occupation_key, array_position(['entry', 'experienced', 'senior'], stage) NULLS LAST, origin,
                    annual_minimum, annual_maximum""",
        [most, MOST_PAY],
    )
    title = "What several publishers say of the same job"
    jobs = sorted({row[0] for row in found})
    about = f"Gross yearly pay as a range; {counted(len(jobs), 'job')}, {counted(len(found), 'pay')}"
    if not found:
        return empty(title, about)
    figure, axes = canvas(len(found), title, about + ". A cross marks an open end.")
    for y, (_, _, stage, annual_is, low, high) in enumerate(found):
        colour, shape = STAGES[stage]
        ends = [value / 1000 for value in (low, high) if value is not None]
        axes.plot(ends, [y] * len(ends), color=colour, lw=2, ls="-" if annual_is == "stated" else (0, (2, 1.5)))
        for value in (low, high):
            if value is not None:
                face = colour if annual_is == "stated" else "white"
                axes.plot(value / 1000, y, shape, ms=6, mew=1.4, mec=colour, mfc=face)
        if len(ends) == 1:
            axes.plot(ends[0], y, "x", ms=4, color=INK)
    keys = [row[0] for row in found]
    for y in range(1, len(found)):
        if keys[y] != keys[y - 1]:
            axes.axhline(y - 0.5, color=GRID, lw=1)
    axes.set_yticks(range(len(found)), [f"{row[0]} · {row[1]}" for row in found])
    axes.set_ylim(len(found) - 0.5, -0.5)
    axes.set_xlim(left=0)
    axes.set_xlabel("thousand euros a year, gross or unstated")
    stages = [stage for stage in STAGES if any(row[2] == stage for row in found)]
    legend(figure, [(stage or "stage unstated", *STAGES[stage], True) for stage in stages]
            + [("stated by year", INK, "o", True), ("derived from another period", INK, "o", False)])  # fmt: skip
    return figure
