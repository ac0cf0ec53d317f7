"""Both forms of names in two public registers. Skips where the shared data is absent."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pipeline.french.gender import forms

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.exists(), reason="the registers are not there: ../shared/data"),
]


def test_compact_names_of_onisep_expand_as_the_register_states() -> None:
    lines = (DATA / "onisep" / "labels.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    wrong = [row["title"] for row in rows if forms(row["title"])[:2] != (row["fem"], row["masc"])]
    assert 1 - len(wrong) / len(rows) >= 0.97, wrong


def test_doublets_of_rome_part_into_their_halves() -> None:
    """« Abatteur / Abatteuse de carrière »: one form opens with the first half, the other is the second."""
    with (DATA / "rome" / "unix_referentiel_appellation_v460_utf8.csv").open(encoding="utf-8") as file:
        labels = [row["libelle_appellation_long"].replace("''", "'") for row in csv.DictReader(file)]
    doublets = [label.split(" / ") for label in labels if label.count(" / ") == 1]
    wrong = []
    for first, second in doublets:
        both = forms(f"{first} / {second}")
        if second not in both[:2] or not any((form or "").startswith(first.split(" ")[0]) for form in both[:2]):
            wrong.append(f"{first} / {second}")
    assert 1 - len(wrong) / len(doublets) >= 0.97, wrong[:50]
