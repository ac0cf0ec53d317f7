"""The triggers of the patterns of skills: every match holds one, or the pattern would not be run."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.extractors.skills.text import Text
from pipeline.lexicons import load

ROWS = list(enumerate(load("skills")["cue"]))


@pytest.mark.parametrize(("number", "row"), [pytest.param(n, r, id=f"{r['role']}-{n}") for n, r in ROWS if "triggers" in r])
def test_example_holds_a_trigger(number: int, row: dict[str, Any]) -> None:
    example = row["example"]
    assert Text(example, example, 0, len(example)).bits & 1 << number
    assert not Text("", "", 0, 0).bits & 1 << number
