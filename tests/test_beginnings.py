"""What patterns begin with, read off them: no line that a pattern matches is kept from it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.beginnings import ByBeginning, beginnings, lookahead
from pipeline.lexicons import load
from tests.attacks import drawn


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("^(?:nos |autres )?articles", {"nos ", "autr", "arti"}),
        (r"\d{1,3} avis", {"0 av", "00 a", "000 "}),
        ("[a-c]x", {"ax", "bx", "cx"}),
        (r"\W{0,2}ok$", {"ok", " ok", "  ok"}),
        ("l.auteur", {"l?au"}),
        (".{0,3}fin", {"fin", "?fin", "??fi", "???f"}),
        (r"(?=.*vu)(?!a)\bpas\b", {"pas"}),
        ("(a)\\1b", {"a"}),
    ],
)
def test_beginnings_of_a_pattern(pattern: str, known: set[str]) -> None:
    assert beginnings(pattern) == known


def test_beginnings_in_characters() -> None:
    assert beginnings("(?:é|l')t[eé]\\d?x", sign=str) == {"éte?", "été?", "étex", "étéx", "l'te", "l'té"}


def test_a_look_ahead_keeps_nothing_from_its_pattern() -> None:
    assert lookahead(["(?:sur|dès) x"]) == "(?=(?:dès\\ |sur\\ ))"
    assert lookahead(["(?:sur )?\\w+"]) == ""


@pytest.mark.parametrize(
    ("line", "numbers"), [("nos articles", {0}), ("12 avis", {1}), ("« ok »", {2}), ("ok", {2}), ("o", set()), ("", set())]
)
def test_patterns_told_by_the_beginning_of_a_line(line: str, numbers: set[int]) -> None:
    known = ByBeginning(["nos |les ", r"\d+ avis", r"\W{0,2}ok", ".*fin"])
    assert (known.told(line), known.anything) == (numbers, {3})


NOISE = [pytest.param(row, id=row["name"]) for table in ("zone", "line") for row in load("noise")[table]]


@pytest.mark.parametrize("row", NOISE)
def test_no_line_is_kept_from_its_rule(row: dict[str, Any]) -> None:
    """Any line that the pattern matches begins as it may, or holds what the row says that it holds."""
    known = ByBeginning([row["pattern"]])
    lines = drawn(row["pattern"], 400)
    assert lines
    for line in lines:
        assert known.told(line) or (known.anything and any(word in line for word in row["holds"]))


@pytest.mark.parametrize("row", NOISE)
def test_what_a_row_holds_is_said_where_its_pattern_may_begin_with_anything(row: dict[str, Any]) -> None:
    assert bool(ByBeginning([row["pattern"]]).anything) == ("holds" in row)
    assert re.match(row["pattern"], "") is None
