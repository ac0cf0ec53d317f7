"""The figures on annotated sheets may only rise: the files ``gate*.json`` hold the floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.review import gate
from pipeline.review.evaluation import checksum, evaluate
from tests.register_gold import PACKED, SHEETS, pack, place, read, unpack

TESTS = Path(__file__).parent
SETS = {
    "gate.json": (TESTS.parent / "raw", TESTS / "gold"),
    "gate-more.json": (TESTS / "gold" / "more", TESTS / "gold" / "more"),
    "gate-latest.json": (TESTS / "gold" / "latest", TESTS / "gold" / "latest"),
}


@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls(name: str, tmp_path: Path) -> None:
    raw, gold = SETS[name]
    run(raw, tmp_path / "out")
    result = evaluate(gold, tmp_path / "out")
    assert result.missing == []
    faults = gate.check(gate.read_gate(TESTS / name), checksum(gold), result.figures())
    assert not faults, "\n".join(faults)


@pytest.mark.skipif(not SHEETS.is_dir(), reason="needs the register's sheets in ../shared/data")
def test_no_figure_falls_on_real_sheets(tmp_path: Path) -> None:
    gold = unpack(tmp_path / "gold")
    run(gold, tmp_path / "out")
    result = evaluate(gold, tmp_path / "out")
    assert result.missing == []
    faults = gate.check(gate.read_gate(TESTS / "gate-register.json"), checksum(gold), result.figures())
    assert not faults, "\n".join(faults)
    pack(gold, tmp_path / "packed")
    assert checksum(tmp_path / "packed") == checksum(PACKED)


def test_gold_of_real_sheets_holds_no_words_of_theirs() -> None:
    text = "Le luthier\n    règle les violons. Il règle\nles violons."
    first = place("règle les violons", text)
    assert first == [15, 32]
    assert place("règle les violons", text, 32) == [37, 54]
    assert read({"evidence": first, "minimum": None}, text) == {"evidence": "règle les violons", "minimum": None}
    assert place("facteur", text) == "facteur"
