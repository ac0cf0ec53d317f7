"""Many literals found in one pass: the same places as a search for each of them would find."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.french.openings import Openings
from pipeline.lexicons import load

LITERALS = ("nom", "nommé", "noms d", " dit", "(dit", "s'appel", "appel", "é", "+1")
FINDER = Openings(LITERALS)


def one_by_one(lower: str) -> set[tuple[int, str]]:
    found = set()
    for literal in LITERALS:
        core = literal.lstrip(" (")
        opens = r"(?<![a-zß-öø-ÿœ0-9_])" if core[0].isalnum() else ""
        found |= {(match.start(), literal) for match in re.finditer(rf"{opens}{re.escape(core)}", lower)}
    return found


@pytest.mark.parametrize(
    ("text", "literals"),
    [
        ("nommé", {"nom", "nommé"}),
        ("prénom", set()),
        ("il s'appelle", {"s'appel", "appel"}),
        ("n+1", {"+1"}),
        ("écrit (dit l'ami)", {"é", " dit", "(dit"}),
    ],
)
def test_literals_that_open_a_word(text: str, literals: set[str]) -> None:
    assert {literal for _, several in FINDER.find(text, 0, len(text)) for literal in several} == literals


@given(st.lists(st.sampled_from([*LITERALS, "m", "é", " ", "'", "\n", "+"])).map("".join))
def test_one_pass_finds_what_a_search_for_each_finds(text: str) -> None:
    found = [(at, literal) for at, several in FINDER.find(text, 0, len(text)) for literal in several]
    assert len(found) == len(set(found))
    assert set(found) == one_by_one(text)


@pytest.mark.parametrize(
    "row", [row for table in ("alternate", "career") for row in load("titles")[table]], ids=lambda row: row["name"]
)
def test_a_literal_of_an_announcement_opens_a_word_of_its_example(row: dict[str, Any]) -> None:
    example = row["example"].lower()
    assert list(Openings(row.get("begins") or row["hints"]).find(example, 0, len(example)))
