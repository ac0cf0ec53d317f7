"""What stands before a title is searched for only where it can be: no text is kept from a pattern that it matches."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.beginnings import literal_beginnings
from pipeline.extractors.titles.careers import _OUTLOOK_HINTS, _OUTLOOK_WORD
from pipeline.extractors.titles.outlooks import _MUCH_LATER, _MUCH_LATER_HINTS, _TURN, _TURN_HINTS
from pipeline.extractors.titles.patterns import stands_in
from pipeline.french.openings import Openings, holds
from pipeline.lexicons import load
from tests.attacks import drawn

TABLES = ("bare_after", "not_bare", "not_career")
ROWS = [pytest.param(table, row, id=f"{table}: {row['name']}") for table in TABLES for row in load("titles")[table]]
SPACES = re.compile(r"\s+")


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_what_a_pattern_matches_is_not_kept_from_it(table: str, row: dict[str, Any]) -> None:
    found = [text for text in (SPACES.sub(" ", text).lower() for text in drawn(row["pattern"], 400)) if _matches(row, text)]
    assert found
    for text in found:
        assert stands_in(table, text), text


def _matches(row: dict[str, Any], text: str) -> bool:
    return re.search(row["pattern"], text) is not None


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_examples_and_counter_examples_are_told_apart(table: str, row: dict[str, Any]) -> None:
    assert stands_in(table, row["example"].lower())
    assert not stands_in(table, row["counter"].lower())


ANNOUNCEMENTS = [pytest.param(row, id=row["name"]) for table in ("alternate", "career") for row in load("titles")[table]]


@pytest.mark.parametrize("row", ANNOUNCEMENTS)
def test_an_announcement_is_tried_wherever_its_words_stand(row: dict[str, Any]) -> None:
    """One that begins with literals is tried at those, one with hints in the sentences in which some word begins with one."""
    pattern = re.compile(row["pattern"], re.IGNORECASE if row.get("cased") else 0)
    found = [text for text in (SPACES.sub(" ", text).lower() for text in drawn(row["pattern"], 400)) if pattern.match(text)]
    if "begins" in row:
        begins = tuple(row["begins"])
        told = {SPACES.sub(" ", start) for start in literal_beginnings(row["pattern"], longest=6)}
        assert [start for start in told if not start.startswith(begins) and not any(b.startswith(start) for b in begins)] == []
        assert [text for text in found if not text.startswith(begins)] == []
    else:
        hints = Openings(row["hints"])
        assert [text for text in found if not list(hints.find(text, 0, len(text)))] == []


@pytest.mark.parametrize(
    ("pattern", "hints"),
    [(_MUCH_LATER, _MUCH_LATER_HINTS), (_OUTLOOK_WORD, _OUTLOOK_HINTS), (_TURN, _TURN_HINTS)],
    ids=["much later", "outlook", "turn"],
)
def test_no_sentence_is_kept_from_a_pattern_by_its_hints(pattern: re.Pattern[str], hints: tuple[str, ...]) -> None:
    found = {SPACES.sub(" ", text) for text in drawn(pattern.pattern, 400)}
    assert found
    assert all(holds(text, hints) for text in found)
