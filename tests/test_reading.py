"""What extractors ask of a sheet in normal form."""

from __future__ import annotations

import re

import pytest

from pipeline.reading import Reading
from tests.examples import read_markup

WORDS = ("rs", "statut", "fr. ", " eur ", "où ", "met.", "france travail")


@pytest.mark.parametrize(
    "line",
    [
        "Le Statut, RS5601, des statuts et leurs cours ; où ? Où aller.",
        "rs",
        "12 fr. ou 30 eur de plus, chez France Travail (MET.12), pas à l'institut",
        "un cœur serein",
    ],
)
def test_openings_are_where_a_search_for_each_word_finds_them(line: str) -> None:
    sheet, _ = read_markup(line)
    reading = Reading(sheet)
    sought = "|".join(rf"(?:(?<![^\W\d_])|(?= )){re.escape(word)}" for word in WORDS)
    assert reading.openings(WORDS) == [match.start() for match in re.finditer(sought, reading.lower)]
