"""Every pattern of every lexicon matches its example and not its counter-example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.normal import fold

LEXICONS = Path(__file__).parents[1] / "pipeline" / "lexicons"


def rows(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "pattern" in content:
            yield content
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from rows(part)


PATTERNS = [
    pytest.param(row, id=f"{path.stem}: {row.get('name') or row['pattern'][:40]}")
    for path in sorted(LEXICONS.glob("*.toml"))
    for row in rows(tomllib.loads(path.read_text("utf-8")))
]


def found(row: dict[str, Any], key: str) -> bool:
    """Whether the row's pattern is found in its example, folded or as printed."""
    flags = re.IGNORECASE if row.get("ignore_case", True) else 0
    return any(re.search(row["pattern"], form, flags) is not None for form in (row[key], fold(row[key])))


@pytest.mark.parametrize("row", PATTERNS)
def test_pattern_matches_its_example(row: dict[str, Any]) -> None:
    assert found(row, "example")


@pytest.mark.parametrize("row", [p for p in PATTERNS if "counter" in p.values[0]])
def test_pattern_does_not_match_its_counter_example(row: dict[str, Any]) -> None:
    assert not found(row, "counter")


@pytest.mark.parametrize("row", [p for p in PATTERNS if "begins" in p.values[0] or "hints" in p.values[0]])
def test_literals_that_stand_before_a_pattern_stand_in_its_example(row: dict[str, Any]) -> None:
    """A pattern is tried only where one of its literals stands: they must not keep it from what it is for."""
    example = row["example"].lower()
    if "begins" in row:
        match = re.search(row["pattern"], example, re.IGNORECASE)
        assert match is not None
        assert example.startswith(tuple(row["begins"]), match.start())
    else:
        assert any(hint in example for hint in row["hints"])
