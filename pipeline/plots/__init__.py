"""The plots of the report and of the notebooks: each function takes a connection and gives a matplotlib figure.

The connection is that of ``load_tables(output, "duckdb")``. What a sheet states is drawn with filled marks, what was
derived with hollow ones; n stands on every plot; nothing is random, and nothing depends on the clock.
"""

from __future__ import annotations

from pipeline.plots.evidence import evidence
from pipeline.plots.pay import pay_by_level, pay_by_origin, same_job
from pipeline.plots.skills import skill_frequency, skill_pairs, trades_apart
from pipeline.plots.style import as_svg
from pipeline.plots.tasks import head_verbs
from pipeline.plots.trust import coverage, rejects, removed

__all__ = [
    "as_svg",
    "coverage",
    "evidence",
    "head_verbs",
    "pay_by_level",
    "pay_by_origin",
    "rejects",
    "removed",
    "same_job",
    "skill_frequency",
    "skill_pairs",
    "trades_apart",
]
