"""No name of a diploma, no level and no cue is missed where sheets are only looked at, not read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.extractors.diplomas.levels import CELL_LEVEL, FRAME, LEVEL
from pipeline.extractors.diplomas.places import FIRST, places, tried
from pipeline.extractors.diplomas.requirements import cues
from pipeline.lexicons import load
from tests.attacks import drawn

NAMES = load("diplomas")["qualification"]
CUES = load("diplomas")["cue"]


@pytest.mark.parametrize("row", NAMES, ids=lambda row: row["name"])
def test_a_name_begins_at_a_place_where_it_is_tried(row: dict[str, Any]) -> None:
    in_any_case = row.get("ignore_case", True)
    pattern = re.compile(row["pattern"], re.IGNORECASE if in_any_case else 0)
    lines = {row["example"], *drawn(row["pattern"], 200)}
    if in_any_case:
        lines |= {form for line in lines for form in (line.lower(), line.upper(), line.title(), line.capitalize())}
    for line in lines:
        for match in pattern.finditer(line):
            at = match.start()
            assert at in places(line, 0, len(line)), line
            names = tried[line[at : at + FIRST]]
            assert names, line
            assert names[0].match(line, at), line


@pytest.mark.parametrize("row", CUES, ids=lambda row: row["example"])
def test_a_cue_is_found_whatever_it_begins_with(row: dict[str, Any]) -> None:
    for line in (row["example"].lower(), *(line for line in drawn(row["pattern"], 400) if line == line.lower())):
        for match in re.finditer(row["pattern"], line):
            assert any(cue.start <= match.start() < cue.end for cue in cues(line, 0, len(line))), line


@pytest.mark.parametrize("pattern", [LEVEL, FRAME, CELL_LEVEL])
def test_a_level_has_a_place(pattern: re.Pattern[str]) -> None:
    for line in drawn(pattern.pattern, 400):
        if "iveau" in line or "bac" in line.lower():
            assert places(line, 0, len(line)), line


@pytest.mark.parametrize(
    "words", ["le bac", "Bac", "BACCALAURÉAT", "cinq ans d'études après le bac", "2 ans d'études supérieures"]
)
def test_a_level_in_words_has_a_place(words: str) -> None:
    assert places(words, 0, len(words))


@pytest.mark.parametrize(
    "words", ["la maison", "son niveau sonore", "une grande surface", "attention", "un instant", "des études de sol"]
)
def test_what_only_begins_as_a_name_is_no_place(words: str) -> None:
    assert not places(words, 0, len(words))
