"""The gates of the patterns of skills: what a pattern matches holds a trigger or sign, and begins where it may."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.extractors.skills.text import Text
from pipeline.extractors.skills.vocabulary import Cue, sought_bits
from pipeline.lexicons import load
from tests.attacks import drawn

ROWS = [
    pytest.param(number, row, id=f"{row['role']}-{number}")
    for number, row in enumerate(load("skills")["cue"])
    if "triggers" in row or "signs" in row
]

#: What a pattern only looks at is not drawn.
_AROUND = re.compile(r"\(\?<?=[^()]*\)")
#: What may stand before and after; the mark that ends a sentence says nothing and is never last.
_BETWEEN = (("tact, ", " a"), ("", " a"), ("tact", ", a"), ("« ", " »"))


@pytest.mark.parametrize(("number", "row"), ROWS)
def test_example_holds_a_trigger(number: int, row: dict[str, Any]) -> None:
    example = row["example"]
    assert Text(example, example, 0, len(example)).bits & 1 << number
    assert not Text("", "", 0, 0).bits & 1 << number


@pytest.mark.parametrize(("number", "row"), ROWS)
def test_no_sentence_is_kept_from_its_pattern(number: int, row: dict[str, Any]) -> None:
    """Whatever the pattern matches between other words passes the gate, and is found at the word where it begins."""
    pattern, bit = re.compile(row["pattern"]), 1 << number
    matched = 0
    for words in drawn(_AROUND.sub("", row["pattern"]), 300):
        for before, after in _BETWEEN:
            low = f"{before}{words}{after}".lower()
            match = pattern.search(low)
            if match is None:
                continue
            matched += 1
            text = Text(low, low, 0, len(low))
            assert text.bits & bit, low
            if sought_bits() & bit:
                found = text.search(Cue(pattern, bit), 0, len(low))
                assert found is not None, low
                assert found.span() == match.span()
    assert matched
