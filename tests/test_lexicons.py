"""Lexicons are data: every pattern matches its example and not its counter-example; sources are stated; rows have one order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.lexicons import load
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
    for row in rows(load(path.stem))
]


def found(row: dict[str, Any], key: str) -> bool:
    """Whether the row's pattern is found in its example, folded or as printed."""
    flags = re.IGNORECASE if row.get("ignore_case", True) else 0
    return any(re.search(row["pattern"], form, flags) is not None for form in (row[key], fold(row[key])))


@pytest.mark.parametrize("row", PATTERNS)
def test_pattern_matches_its_example(row: dict[str, Any]) -> None:
    assert found(row, "example")


@pytest.mark.parametrize("row", PATTERNS)
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


FILES = [pytest.param(load(path.stem), id=path.stem) for path in sorted(LEXICONS.glob("*.toml"))]

#: What rows are ordered by, from the first of these that they have.
IDENTITY = ("from", "scheme", "use", "name", "written", "ending", "example")


def canonical(words: list[str]) -> list[str]:
    """As in a dictionary: without regard to case and accents, each once."""
    return sorted(set(words), key=lambda word: (fold(word), word))


def identity(row: dict[str, Any]) -> list[str]:
    return [fold(str(row[column])) for column in IDENTITY if column in row]


def listed(content: dict[str, Any], at: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Every list of a lexicon, and where it stands: words, the keys of a mapping, or rows."""
    for name, value in content.items():
        place = f"{at}.{name}".lstrip(".")
        if isinstance(value, list):
            yield place, value
        elif isinstance(value, str):
            if "\n" in value or at == "words":
                yield place, value.split()
        elif any(isinstance(part, str) and "\n" not in part for part in value.values()) and name != "words":
            yield place, list(value)
        else:
            yield from listed(value, place)


@pytest.mark.parametrize("content", FILES)
def test_source_is_stated(content: dict[str, Any]) -> None:
    assert len(content["source"].split()) >= 3, "who says so: a law, a publisher, a grammar, knowledge of the domain"
    for row in rows(content):
        assert row.get("source", content["source"]).strip()


@pytest.mark.parametrize("content", FILES)
def test_order_is_canonical_or_says_why(content: dict[str, Any]) -> None:
    """A colleague who adds a row knows where, two who add one do not meet, and a difference shows what was added."""
    content = dict(content)
    del content["source"]
    reasons = content.pop("ordered", {})
    lists = dict(listed(content))
    for table, reason in reasons.items():
        assert table in lists, f"`ordered` names no table: {table}"
        assert re.fullmatch(r"first match wins: \w.{20,}", reason), f"say why the order of {table} matters"
    for place, values in lists.items():
        if place in reasons:
            continue
        if all(isinstance(value, str) for value in values):
            assert values == canonical(values), place
        else:
            found = [identity(row) for row in values]
            assert all(found), f"{place}: rows without a name"
            assert found == sorted(found), place


def test_the_tests_of_lexicons_can_fail() -> None:
    wrong = {"words": {"one": "b a"}, "pairs": {"b": "1", "a": "2"}, "row": [{"name": "b"}, {"name": "a"}], "list": ["é", "a"]}
    assert {place for place, _ in listed(wrong)} == {"words.one", "pairs", "row", "list"}
    for part, value in wrong.items():
        with pytest.raises(AssertionError):
            test_order_is_canonical_or_says_why({"source": "a", part: value})
    with pytest.raises(AssertionError):
        test_order_is_canonical_or_says_why({"source": "a", "row": wrong["row"], "ordered": {"row": "because"}})
    with pytest.raises(KeyError):
        test_source_is_stated({})
