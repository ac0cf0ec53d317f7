"""What an output says, as one page for somebody without Python: plots, the figures behind them, how to read them.

The page is self-contained (inline SVG, no script, nothing from a network, a content security policy that says so) and
depends on the tables alone: the same output gives the same page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import JobsheetsError
from pipeline.records import TABLES
from pipeline.tables import load_tables

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A plot with its question, how to read it, and the figures behind it."""

    anchor: str
    question: str
    reading: str
    svg: str
    columns: list[str]
    rows: list[list[str]]
    more: int


#: Anchor (the name of the plot), question, how to read it, the query for the figures behind it.
_PARTS = (
    (
        "pay_by_level",
        "What do these jobs pay, by diploma and career stage?",
        (
            "Each mark is one stated pay: its place is the middle of the range, over a year. A full mark is a yearly "
            "pay that the sheet states; a hollow one was worked out from pay by hour, day or month, or rests on a "
            "period or a minimum wage that the sheet leaves to the reader. Groups of fewer than about ten marks are anecdotes."
        ),
        """SELECT minimum_level AS "level (1 to 8)", stage, annual_is AS "known as", pays, sheets,
                  round(lower_quartile)::BIGINT AS "lower quartile (€)", round(median)::BIGINT AS "median (€)",
                  round(upper_quartile)::BIGINT AS "upper quartile (€)" FROM pay_by_level""",
    ),
    (
        "pay_by_origin",
        "Who says that they pay this?",
        (
            "The same marks by publisher, or by folder where a page names no publisher. Publishers choose their trades: a "
            "difference between two of them is no difference of opinion unless the jobs are the same."
        ),
        """SELECT origin, count(*) AS pays, count(DISTINCT sheet_id) AS sheets,
                  round(min(annual_middle))::BIGINT AS "least (€)",
                  round(median(annual_middle))::BIGINT AS "median (€)", round(max(annual_middle))::BIGINT AS "most (€)"
           FROM gross_pay GROUP BY origin ORDER BY pays DESC, origin""",
    ),
    (
        "same_job",
        "What do several publishers say of the same job?",
        (
            "Jobs whose name at least two publishers share, letter for letter but for case, accents and gender. A line "
            "is the range of one stated pay; a cross marks a bound with an open end."
        ),
        """SELECT occupation, origin, stage, stated_minimum AS "from", stated_maximum AS "to", currency, period, basis, evidence
           FROM annual_pay
           JOIN (SELECT occupation_key FROM gross_pay GROUP BY ALL HAVING count(DISTINCT origin) > 1)
           USING (occupation_key) ORDER BY occupation_key, origin, stage, "from", "to" """,
    ),
    (
        "skill_frequency",
        "Which skills are asked for?",
        (
            "In how many sheets a skill is named; the full part of the bar says that it is required. The same skill in "
            "other words (« organisation », « sens de l'organisation ») is counted apart."
        ),
        """SELECT skill, category, sheets, sheets_required AS "of them required", round(100 * share)::INT AS "% of sheets"
           FROM skill_frequency""",
    ),
    (
        "skill_pairs",
        "Which skills go together?",
        (
            "Lift compares how often two skills stand in the same sheet with how often they would by chance. With few sheets "
            "together, a high lift means little: look at n."
        ),
        """SELECT skill_a, skill_b, sheets_a, sheets_b, sheets_both AS "sheets with both", round(lift, 2) AS lift
           FROM skill_pairs""",
    ),
    (
        "head_verbs",
        "What does one do?",
        "The verbs that activities begin with, and the words that most often follow them.",
        """SELECT verb, count(*) AS tasks, count(DISTINCT sheet_id) AS sheets, min(label) AS "for example"
           FROM task_objects GROUP BY verb ORDER BY tasks DESC, verb""",
    ),
    (
        "coverage",
        "How far does it go?",
        (
            "The share of sheets in which at least one record of a kind was found. A low share says that these sheets "
            "do not state it, or that it was not read; jobsheets inspect on one of them tells which."
        ),
        """SELECT origin, sheets, round(100 * with_salary)::INT AS "% pay", round(100 * with_diploma)::INT AS "% diploma",
                  round(100 * with_task)::INT AS "% task", round(100 * with_skill)::INT AS "% skill",
                  round(100 * with_code)::INT AS "% code", round(100 * with_date)::INT AS "% date" FROM coverage""",
    ),
    (
        "rejects",
        "What could not be used?",
        "Inputs that gave no sheet and records that failed their checks, each with its reason.",
        "SELECT source, code, message FROM rejects ORDER BY source, code, message",
    ),
    (
        "removed",
        "What did the cleaning remove?",
        (
            "Menus, comments, advertisements: each block that was taken out of a page, by what it is. A wrong one shows in the "
            "table dropped."
        ),
        (
            "SELECT kind, count(*) AS blocks, count(DISTINCT sheet_id) AS sheets FROM dropped GROUP BY kind ORDER BY "
            "blocks DESC, kind"
        ),
    ),
)


def report_page(output: str | Path) -> str:
    """The page about the tables in the folder ``output``.

    Raises:
        JobsheetsError: there are no tables, or matplotlib is not installed.

    """
    from pipeline.review.templating import render

    tables = load_tables(output, "duckdb")
    counts = [(name, _count(tables, name), cls.grain) for name, cls in TABLES.items()]
    if not counts[0][1]:
        raise JobsheetsError(f"{output} holds no sheet to report on; its table rejects tells why.")
    dates = tables.execute(
        "SELECT min(coalesce(modified, published)), max(coalesce(modified, published)) FROM sheets"
    ).fetchall()
    first, last = dates[0]
    return render("report.html.j2", parts=list(_parts(tables)), counts=counts, first=first, last=last)


def _count(tables: DuckDBPyConnection, name: str) -> int:
    return int(tables.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])  # noqa: S608   a table of ours


def _parts(tables: DuckDBPyConnection) -> Iterator[Part]:
    from pipeline import plots

    for anchor, question, reading, sql in _PARTS:
        result = tables.execute(sql)
        columns = [column[0] for column in result.description]
        rows = result.fetchall()
        svg = plots.as_svg(getattr(plots, anchor)(tables), f"{anchor}-")
        shown = [[_cell(value) for value in row] for row in rows[:_MOST_ROWS]]
        yield Part(anchor, question, reading, svg, columns, shown, max(0, len(rows) - _MOST_ROWS))


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.2f}".replace(",", "\u202f")
    return f"{int(value):,}".replace(",", "\u202f") if isinstance(value, int | float) else str(value)
