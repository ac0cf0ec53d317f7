"""The patterns of the tasks are tried only from words that they can begin with: no clause is kept from one that it matches."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.extractors.tasks.lexicon import Begun
from pipeline.french.words import words_of
from pipeline.lexicons import load
from tests.attacks import drawn

SPACES = re.compile(r"\s+")
ROWS = [
    pytest.param(row, id=f"{table}: {row['example']}")
    for table in ("able", "charged", "not_done", "periphrasis")
    for row in load("tasks")[table]
]


@pytest.mark.parametrize("row", ROWS)
def test_what_a_pattern_matches_is_not_kept_from_it(row: dict[str, Any]) -> None:
    known = Begun([row])
    texts = [SPACES.sub(" ", f"{text} ailler") for text in (row["example"].lower(), *drawn(row["pattern"], 200))]
    found = [text for text in texts if text[0].isalpha() and re.match(row["pattern"], text)]
    assert found
    for text in found:
        assert known.match(text, words_of(text, 0, len(text)), 0, -1), text


def test_patterns_are_tried_in_their_order() -> None:
    known = Begun([{"pattern": "a (?:pour|contre)"}, {"pattern": "a pour but"}, {"pattern": "on t"}])
    text = "a pour but"
    found = known.match(text, words_of(text, 0, len(text)), 0, -1)
    assert found is not None
    assert found.group() == "a pour"
    assert known.match("le but", words_of("le but", 0, 6), 0, -1) is None
