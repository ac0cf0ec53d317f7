"""The gates of the patterns of skills: what a pattern matches holds a trigger or sign, and begins where it may."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.extraction import extract
from pipeline.extractors.skills.clauses import read
from pipeline.extractors.skills.cues import PATTERNS, Cue, asking_places, habit_bit, sought_bits
from pipeline.extractors.skills.elsewhere import may_name
from pipeline.extractors.skills.named import ELSEWHERE
from pipeline.extractors.skills.text import Text
from pipeline.lexicons import load
from pipeline.reading import Reading
from tests.attacks import drawn
from tests.examples import cases

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


def test_one_pass_finds_every_place_that_asks() -> None:
    asking = PATTERNS["asking"]
    words = [f"{before}{words}{after}" for words in drawn(asking.pattern, 300) for before, after in _BETWEEN]
    low = "\n".join(["", *words]).lower()
    expected = [match.start() for match in asking.finditer(low)]
    assert len(expected) > len(words) / 2
    assert asking_places(low, 0, len(low)) == expected
    assert asking_places(low, expected[1], expected[1] + 1) == []
    assert asking_places(low, expected[1], expected[2]) == [expected[1]]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["pattern"]) for row in load("qualities")["habit"]])
def test_no_sentence_is_kept_from_a_habit(row: dict[str, Any]) -> None:
    pattern = re.compile(row["pattern"])
    matched = 0
    for words in drawn(row["pattern"], 300):
        for before, after in _BETWEEN:
            low = f"{before}{words}{after}".lower()
            if pattern.search(low) and any(hint in low for hint in row["hints"]):
                matched += 1
                assert Text(low, low, 0, len(low)).bits & habit_bit(), low
    assert matched


@pytest.mark.parametrize("table", ["skills", "tasks", "diplomas"])
def test_no_sentence_is_left_unread_that_names_a_skill_outside_the_skills_sections(table: str) -> None:
    read_ones = left = 0
    for case in cases(table):
        reading = Reading(case.sheet)
        for start, end in [sentence for block in reading.blocks for sentence in reading.sentences(block)]:
            if read(Text(reading.text, reading.lower, start, end), ELSEWHERE):
                read_ones += 1
                assert may_name(reading.lower, start, end), reading.text[start:end]
            else:
                left += not may_name(reading.lower, start, end)
    assert read_ones
    assert left


def test_the_first_row_of_a_table_says_how_strongly_each_column_asks() -> None:
    rows = ["<td>Indispensable<td>Apprécié", "<td>Excel<td>Python", "<td>Gestion des stocks<td>Rigueur"]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    prose = "<p>Il achète les matières premières de l'atelier et négocie les prix avec les fournisseurs.</p>"
    page = f"<html><body><h1>Acheteur</h1><h2>Compétences</h2><table>{table}</table>{prose}</body></html>"
    assert {skill.label: skill.requirement for skill in extract(page, "acheteur.html").skills} == {
        "Excel": "required",
        "gestion des stocks": "required",
        "Python": "appreciated",
        "rigueur": "appreciated",
    }
