"""The evaluation on gold sheets, held against the judge where it is present."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import run
from pipeline.errors import JobsheetsError
from pipeline.review import gate
from pipeline.review.evaluation import Tally, checksum, evaluate
from pipeline.review.likeness import overlap, pair, same_diploma, same_salary, squeeze, words

SHARED = Path(__file__).resolve().parents[2] / "shared"


def test_words_ignore_accents_plurals_and_small_words() -> None:
    assert words("Les compétences de l'équipe") == {"competence", "equipe"}
    assert words("C++ et C#") == {"c++", "c#"}


def test_overlap_of_labels() -> None:
    assert overlap("gestion de projet", "gestion des projets") == 1.0
    assert overlap("gestion de projet", "gestion de stock") == pytest.approx(1 / 3)


def test_squeeze_joins_what_inline_tags_cut() -> None:
    assert squeeze("2 400 €") == squeeze("2 400€")


def test_salaries_are_the_same_only_with_all_amounts() -> None:
    pay = {"minimum": 2000, "maximum": None, "currency": "EUR", "period": "month"}
    assert same_salary(pay, {**pay}) > 0
    assert same_salary(pay, {**pay, "maximum": 2000}) == 0
    assert same_salary(pay, {**pay, "period": "year"}) == 0
    assert same_salary({"smic_multiple": 1.0}, {"smic_multiple": 1.0}) == 1
    assert same_salary({"smic_multiple": 1.0}, {"smic_multiple": 0.5}) == 0


def test_levels_match_by_level_and_qualifications_by_name() -> None:
    master = {"kind": "qualification", "level": 7, "label": "master de droit", "evidence": "un master de droit"}
    assert same_diploma(master, {**master, "label": "Master en droit"}) > 0
    assert same_diploma(master, {**master, "label": "diplôme d'ingénieur", "evidence": "diplôme d'ingénieur"}) == 0
    assert same_diploma({"kind": "level", "level": 7, "label": "bac + 5"}, {"kind": "level", "level": 7, "label": "master"}) > 0


def test_pairs_are_one_to_one_and_greedy() -> None:
    gold, said = [{"x": 1}, {"x": 2}], [{"x": 2}, {"x": 2}]
    assert pair(gold, said, lambda g, s: float(g["x"] == s["x"])) == [(1, 0)]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "fleuriste.md").write_text("# Fleuriste\n\n## Salaire\n\nÀ partir de 1 850 € brut par mois.\n", "utf-8")
    (raw / "fleuriste.gold.json").write_text(
        json.dumps(
            {
                "titles": [{"label": "Fleuriste", "kind": "preferred"}],
                "salaries": [
                    {"minimum": 9999, "maximum": None, "currency": "EUR", "period": "month", "basis": "gross", "stage": None}
                ],
                "keep": ["1 850 € brut"],
                "drop": ["par mois"],
            }
        ),
        "utf-8",
    )
    run(raw, tmp_path / "out")
    return tmp_path


def test_evaluate_counts_what_is_missed_and_wrong(output: Path) -> None:
    result = evaluate(output / "raw", output / "out")
    assert result.missing == []
    assert result.figures()["clean.keep"] == Tally(1, 1, 1)
    assert result.figures()["clean.drop"] == Tally(0, 1, 1)
    assert result.figures()["salaries"].hit == 0
    assert ("fleuriste", "salaries", "missed") in {d[:3] for d in result.differences}
    low, high = result.intervals()["clean.keep"]
    assert (low, high) == (1.0, 1.0)


def test_a_gold_sheet_without_output_counts_as_missed(output: Path) -> None:
    (output / "raw" / "absent.gold.json").write_text('{"keep": ["a"], "drop": ["b"]}', "utf-8")
    result = evaluate(output / "raw", output / "out")
    assert result.missing == ["absent"]
    assert result.sheets["absent"] == {"clean.keep": Tally(0, 1, 1), "clean.drop": Tally(0, 1, 1)}


def test_two_sheets_of_one_name_are_refused(output: Path) -> None:
    (output / "raw" / "fleuriste.txt").write_text(
        "Fleuriste\n\nMissions\n\nIl compose des bouquets et conseille les clients.\n", "utf-8"
    )
    run(output / "raw", output / "out")
    with pytest.raises(JobsheetsError, match=r"Two sheets would be compared with fleuriste\.gold\.json"):
        evaluate(output / "raw", output / "out")


def test_evaluate_says_what_is_absent(output: Path) -> None:
    with pytest.raises(JobsheetsError, match="holds no gold file"):
        evaluate(output, output / "out")
    with pytest.raises(JobsheetsError, match="holds no table sheets"):
        evaluate(output / "raw", output / "nowhere")


def test_gate_names_what_fell_and_refuses_to_lower(output: Path) -> None:
    gold = checksum(output / "raw")
    was = {"floors": {"title": 0.9}, "gold": gold}
    assert gate.check(was, gold, {"title": Tally(9, 10, 10)}) == []
    assert gate.check(was, gold, {"title": Tally(8, 10, 10)}) == ["title fell to 0.8000; its floor is 0.9000."]
    assert "not those" in gate.check(was, "another", {})[0]
    with pytest.raises(JobsheetsError, match="--allow-lower"):
        gate.raised({"title": 0.9}, {"title": Tally(8, 10, 10)})
    assert gate.raised({"title": 0.9}, {"title": Tally(8, 10, 10)}, allow_lower=True) == {"title": 0.8}


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated sheets are not beside this checkout")
def test_figures_are_those_of_the_judge(tmp_path: Path) -> None:
    judge: dict[str, Any] = runpy.run_path(str(SHARED / "tools" / "score.py"))
    run(SHARED / "gold" / "dev", tmp_path)
    theirs, _ = judge["score"](SHARED / "gold" / "dev", tmp_path)
    ours = evaluate(SHARED / "gold" / "dev", tmp_path).figures()
    assert set(ours) == set(theirs)
    for name, tally in ours.items():
        assert (tally.precision, tally.recall) == pytest.approx((theirs[name]["precision"], theirs[name]["recall"])), name
