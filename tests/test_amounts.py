"""The reader of sums of money, on notations of its own and on those of other projects' tests."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.extractors.salaries.amounts import amounts
from pipeline.extractors.salaries.cues import told
from pipeline.extractors.salaries.numbers import number_value, words_value
from pipeline.lexicons import load
from pipeline.normal import lowered, normalise
from tests.attacks import drawn

PEERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "peers"

NOTATIONS = [
    ("2 400 €", 2400, 2400, "EUR"),
    ("2.400 €", 2400, 2400, "EUR"),
    ("2\u202f400\u00a0€", 2400, 2400, "EUR"),
    ("2’400 CHF", 2400, 2400, "CHF"),
    ("2,4 K€", 2400, 2400, "EUR"),
    ("1 850,50 euros", 1850.5, 1850.5, "EUR"),
    ("CHF 72’000.– à 80’000.–", 72000, 80000, "CHF"),
    ("55 000 $ CA", 55000, 55000, "CAD"),
    ("25 000 F", 25000, 25000, "FRF"),
    ("deux mille cinq cents euros", 2500, 2500, "EUR"),
    ("entre mille huit cents et deux mille euros", 1800, 2000, "EUR"),
    ("1,2 million d’euros", 1_200_000, 1_200_000, "EUR"),
    ("de 40 à 80 K€", 40000, 80000, "EUR"),
    ("25 à 30 000 €", 25000, 30000, "EUR"),
    ("2 200 € / 2300 €", 2200, 2300, "EUR"),
    ("entre 3 100 et 2 920 euros", 2920, 3100, "EUR"),
    ("35K à 45K", 35000, 45000, None),
    ("à partir de 2 500 €", 2500, None, "EUR"),
    ("80 k€ et plus", 80000, None, "EUR"),
    ("rarement moins de 4 000 euros", 4000, None, "EUR"),
    ("jusqu’à 55 K€", None, 55000, "EUR"),
    ("ne dépasse pas 3 000 €", None, 3000, "EUR"),
    ("environ 350 €/jour", 350, 350, "EUR"),
    ("un minimum de 46.60 euros", 46.6, None, "EUR"),
]


@pytest.mark.parametrize(("printed", "minimum", "maximum", "currency"), NOTATIONS)
def test_notation(printed: str, minimum: float | None, maximum: float | None, currency: str | None) -> None:
    text = normalise(f"On y gagne {printed}.").text
    [amount] = amounts(text)
    assert (amount.minimum, amount.maximum, amount.currency) == (minimum, maximum, currency)


@pytest.mark.parametrize(
    "printed",
    [
        "40 heures par semaine",
        "indice majoré 366",
        "en 2024",
        "le 01 23 45 67 89",
        "2 400 offres",
        "une base de 35 km",
        "bac + 5",
        "10 %",
    ],
)
def test_no_money(printed: str) -> None:
    assert amounts(normalise(printed).text) == []


def test_elided_units_are_taken_from_their_coordinate() -> None:
    read = amounts("1 800, 2 200 et 2 600 euros")
    assert [a.minimum for a in read] == [1800, 2200, 2600]
    read = amounts("il touche 1 900 euros brut et le confirmé 2 600.")
    assert [a.minimum for a in read] == [1900, 2600]


def test_a_count_after_an_amount_is_no_amount() -> None:
    assert len(amounts("il gagne 2 000 € et travaille 1 600 heures")) == 1


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1'049,95", 1049.95),
        ("11.499,00", 11499),
        ("0,281", 0.281),
        ("12.02", 12.02),
        ("1 234 567", 1234567),
    ],
)
def test_number_value(printed: str, value: float) -> None:
    assert number_value(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("quatre-vingt-dix", 90),
        ("mille deux cents", 1200),
        ("deux mille cinq cents", 2500),
        ("vingt et un", 21),
    ],
)
def test_words_value(printed: str, value: float) -> None:
    assert words_value(printed.replace(" et ", " ")) == value


def test_long_hostile_text_is_read_in_time() -> None:
    text = "de 1 à " * 10_000 + "1 000 " * 5_000 + "mille " * 5_000
    assert amounts(text) == []


def peers(name: str) -> list[dict[str, Any]]:
    path = PEERS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"no {path.name} beside the checkout")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_duckling() -> None:
    """All of Duckling's French money but an invented currency (« pouloutes »)."""
    missed = []
    for row in peers("duckling_money_fr"):
        want, read = row["expected"], amounts(normalise(row["input"]).text)
        right = len(read) == 1 and (read[0].minimum, read[0].maximum) == (want["min"], want["max"])
        if not right or (want["currency"] and read[0].currency != want["currency"]):
            missed.append(row["input"])
    assert missed == ["à peu près 3 pouloutes"]


def test_price_parser() -> None:
    """Prices cut out of shop pages; ours reads running text, so that one without a unit gets the unit of its hint.

    Not meant for us: « 1250€600 » for 1250.6.
    """
    missed = []
    for row in peers("price_parser_frlike"):
        if row["fr_core"]:
            text = normalise(row["input"]).text
            read = amounts(text if re.search("€|eur", text, re.IGNORECASE) else f"{text} €")
            if not read or (read[0].minimum or read[0].maximum or 0.0) != float(row["expected"]["amount"]):
                missed.append(row["input"])
    assert missed == ["1250€600"]


def test_recognizers() -> None:
    """Euros, dollars and francs in sentences; « 12,345 $ » is twelve thousand to a reader of French pages."""
    missed = []
    for row in peers("recognizers_currency_fr"):
        read = [a.minimum if a.minimum is not None else a.maximum for a in amounts(normalise(row["input"]).text)]
        want = [e for e in row["expected"] if e["value"] is not None]
        missed += [e["text"] for e in want if re.match("Euro|Dollar|Franc", e["unit"]) and e["value"] not in read]
        if not want:
            assert read == []
    assert missed == ["12,345 $"]


CUES = load("salaries")
TOLD = [
    pytest.param(row, answer, id=f"{answer}: {row['name']}")
    for row in CUES["cue"]
    for answer in (row["use"], f"{row['use']} {row['value']}")
    if row["use"] in CUES["word_start"] or answer in CUES["held"]
]


@pytest.mark.parametrize(("row", "answer"), TOLD)
def test_what_is_looked_for_first_keeps_no_cue_from_what_it_is_for(row: dict[str, Any], answer: str) -> None:
    """A cue is sought only where the one pass over a stretch says that it may stand there."""
    lines = [row["example"], *(f" {line}" for line in drawn(row["pattern"], 100))]
    assert len(lines) > 1
    assert [line for line in lines if answer not in told(lowered(line))] == []
