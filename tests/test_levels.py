"""Which diploma of a sheet gives its minimum level."""

from __future__ import annotations

import pytest

from pipeline.levels import minimum_level
from pipeline.records import Diploma


def row(level: int | None, years: int | None, rule: str = "name", **values: str) -> Diploma:
    return Diploma(
        start=0,
        end=1,
        kind=values.get("kind", "level"),
        label="",
        level=level,
        years_after_bac=years,
        rule=rule,
        requirement=values.get("requirement"),
    )


REGISTER = row(6, 3, "register-minimum", requirement="required")
HEADING = row(5, 2, "level-heading", requirement="possible")
SCHOOL = row(3, None, "listed-after-school", kind="qualification")
REQUIRED = row(7, 5, "bac-plus", requirement="required")
POSSIBLE = row(4, 0, "bac", requirement="possible")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([POSSIBLE, HEADING, REGISTER], REGISTER),
        ([POSSIBLE, REQUIRED, HEADING], HEADING),
        ([HEADING, SCHOOL], SCHOOL),
        ([POSSIBLE, REQUIRED], REQUIRED),
        ([POSSIBLE, row(3, None, kind="qualification")], POSSIBLE),
        ([row(6, 4), row(6, 3)], row(6, 3)),
        ([row(6, None), row(6, 3)], row(6, 3)),
        ([row(None, None)], None),
        ([], None),
    ],
)
def test_minimum_level(rows: list[Diploma], expected: Diploma | None) -> None:
    assert minimum_level(rows) == expected
