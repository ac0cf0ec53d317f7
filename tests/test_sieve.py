"""All lines at once: what is found in them is what is found in each."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.lexicons import load
from pipeline.parsers.posts import _AGO_WORDS, _COUNTED, _DATED_LINE, _FIGURES, _MOMENT, _NAME_AND_MOMENT, _WHEN, _WHEN_FIELD
from pipeline.parsers.sieve import Lines, Sieve
from pipeline.parsers.wording import noise_rule, noise_rules, plain, plain_lines
from tests.attacks import drawn

PRINTED = ["Élève « là »", "", "→ l’œuvre…", "2 500 € ?", "ÇA : Œil", "Δοκιμή", "fin"]


def test_lines_are_made_plain_together_as_one_by_one() -> None:
    assert plain_lines(PRINTED) == [plain(line) for line in PRINTED]
    assert plain_lines(["a\nb", "É"]) == ["a\nb", "e"]


def test_what_lines_hold() -> None:
    lines = Lines(["un deux", "", "deux, deux", "« 3 ° »"])
    assert lines.holding("deux") == [0, 2]
    assert lines.holding("°") == lines.matching(re.compile("[0-9]")) == [3]
    assert Lines([]).holding("a") == []


def test_a_pattern_is_tried_where_a_line_begins_so_or_holds_its_words() -> None:
    sieve = Sieve([("nos ", ()), (".*avis|nos? ", ("avis",)), ("$", ("?",))])
    lines = Lines(["nos avis", "prose", "un avis", "nos ?"])
    assert [(i, list(ranks)) for i, ranks in sieve.sift(lines)] == [(0, [0, 1]), (2, [1]), (3, [0, 1, 2])]
    assert [list(sieve.ranks(line)) for line in lines] == [[0, 1], [], [1], [0, 1, 2]]


NOISE = load("noise")


@pytest.mark.parametrize("key", ["example", "counter"])
def test_all_lines_are_judged_as_each(key: str) -> None:
    rows = [row for table in ("zone", "line", "voice") for row in NOISE[table]]
    lines = plain_lines([row[key] for row in rows] + ["Imprimer | Partager", "a - b", "Accueil · Contact"])
    assert noise_rules(Lines(lines)) == [noise_rule(line) for line in lines]


TOLD = [row for row in NOISE["voice"] if "hints" not in row]


@pytest.mark.parametrize("row", TOLD, ids=[row["name"] for row in TOLD])
def test_a_voice_without_hints_is_told_by_how_it_begins(row: dict[str, Any]) -> None:
    sieve = Sieve([(row["pattern"], ())])
    lines = [line for line in (row["example"], *drawn(row["pattern"], 200)) if re.search(row["pattern"], plain(line))]
    assert lines
    assert all(sieve.ranks(plain(line)) for line in lines)


@pytest.mark.parametrize("pattern", [_COUNTED, _MOMENT, _NAME_AND_MOMENT, _WHEN, _WHEN_FIELD, _DATED_LINE])
def test_no_moment_is_overlooked(pattern: re.Pattern[str]) -> None:
    """Whatever the patterns of moments match states figures so, or a word of its own."""
    for line in drawn(pattern.pattern, 400):
        assert _FIGURES.search(line) or any(words in line for words in _AGO_WORDS), line
