"""The figures on our own annotated sheets may only rise: ``gate.json`` and ``gate-more.json`` hold the floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.review import gate
from pipeline.review.evaluation import checksum, evaluate

TESTS = Path(__file__).parent
SETS = {
    "gate.json": (TESTS.parent / "raw", TESTS / "gold"),
    "gate-more.json": (TESTS / "gold" / "more", TESTS / "gold" / "more"),
}


@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls(name: str, tmp_path: Path) -> None:
    raw, gold = SETS[name]
    run(raw, tmp_path / "out")
    result = evaluate(gold, tmp_path / "out")
    assert result.missing == []
    faults = gate.check(gate.read_gate(TESTS / name), checksum(gold), result.figures())
    assert not faults, "\n".join(faults)
