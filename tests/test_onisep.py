"""The register's 654 sheets against the register's own fields. Skips where the shared data is absent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.extraction import Extraction, extract
from pipeline.reading import Reading

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "onisep"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.exists(), reason="the register's sheets are not there: ../shared/data/onisep"),
]


@pytest.fixture(scope="module")
def register() -> list[tuple[dict[str, Any], Extraction]]:
    labels = [json.loads(line) for line in (DATA / "labels.jsonl").read_text("utf-8").splitlines()]
    return [(row, extract((DATA / "sheets" / f"{row['id']}.md").read_bytes(), f"{row['id']}.md")) for row in labels]


def stated(extraction: Extraction, name: str) -> list[tuple[str, str]]:
    """(key, words) of the fields called ``name``."""
    assert extraction.sheet is not None
    reading = Reading(extraction.sheet)
    return [(f.key, reading.words(f)) for f in reading.field(name)]


def synonyms(extraction: Extraction) -> set[tuple[str, str, str]]:
    forms = {name: dict(stated(extraction, f"synonym{name}")) for name in ("", ".feminine", ".masculine")}
    return {(label, forms[".feminine"].get(key, ""), forms[".masculine"].get(key, "")) for key, label in forms[""].items()}


def plain(words: str) -> str:
    return " ".join(words.replace("’", "'").split())


CHECKS: dict[str, Callable[[dict[str, Any], Extraction], bool]] = {
    "parses": lambda _, e: e.sheet is not None and not e.rejects,
    "id": lambda r, e: [c.value for c in e.codes if c.scheme == "onisep"] == [r["id"]],
    "rome": lambda r, e: {c.value for c in e.codes if c.scheme == "rome"} == set(r["rome"]),
    "courses": lambda r, e: (
        {(plain(t.label), t.register_id) for t in e.trainings} == {(plain(n), i) for n, i in r["formations"]}
    ),
    "statuses": lambda r, e: {s.label for s in e.statuses} == set(r["statuts"]),
    "interests": lambda r, e: {plain(i.label) for i in e.interests} == {plain(i) for i in r["centres_interet"]},
    "title": lambda r, e: [w for _, w in stated(e, "title")] == [r["title"]],
    "forms": lambda r, e: [w for n in ("feminine", "masculine") for _, w in stated(e, f"title.{n}")] == [r["fem"], r["masc"]],
    "synonyms": lambda r, e: synonyms(e) == {(s["label"], s["fem"], s["masc"]) for s in r["synonyms"]},
    "level": lambda r, e: [w for _, w in stated(e, "level.minimum")] == [r["niveau_acces_min"]],
}


@pytest.mark.parametrize("check", CHECKS)
def test_agrees_with_the_register(register: list[tuple[dict[str, Any], Extraction]], check: str) -> None:
    wrong = [row["id"] for row, extraction in register if not CHECKS[check](row, extraction)]
    rate = 1 - len(wrong) / len(register)
    assert rate >= (1.0 if check == "parses" else 0.99), f"{check}: {rate:.4f}, wrong: {wrong[:20]}"
