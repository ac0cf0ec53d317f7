"""Real register sheets: the minimum level that the running text gives is the one the register states.

The label lines are cut out first, so that the level must come from the sheet's own words. Text and
label contradict each other in about one sheet of twenty.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import extract
from pipeline.extraction import extract_records
from pipeline.levels import minimum_level
from pipeline.records import Diploma
from tests.examples import read_markup

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SHEETS = DATA / "onisep" / "sheets"
#: Share of sheets that must agree; measured 0.92.
FLOOR = 0.9
_LABELS = re.compile(r"(?m)^.*\*\*(?:Niveau d'accès minimum|ID):\*\*.*\n")
_YEARS_OF_LEVEL = {4: 0, 5: 2, 6: 3, 7: 5, 8: 8}
#: Labels that name no level of the French frame, so that no diploma row is right.
_NO_LEVEL = {"3E", "autre formation", "diplôme national du brevet", "sans diplôme"}
_MOST = 9  # « bac + 9 et plus »


def agrees(found: Diploma | None, label: str) -> bool:
    """Whether a minimum level is the one that the register's label names."""
    if found is None or found.level is None:
        return label in _NO_LEVEL
    if label.startswith("CAP"):
        return found.level == 3
    stated = re.match(r"bac(?: \+ (\d))?", label)
    years = found.years_after_bac if found.years_after_bac is not None else _YEARS_OF_LEVEL.get(found.level)
    return stated is not None and years is not None and min(years, _MOST) == int(stated[1] or 0)


@pytest.mark.skipif(not SHEETS.is_dir(), reason="needs the register sheets in ../shared/data")
@pytest.mark.slow
def test_minimum_level_agrees_with_the_register() -> None:
    rows = map(json.loads, (DATA / "onisep" / "labels.jsonl").read_text("utf-8").splitlines())
    labels = {row["id"]: row["niveau_acces_min"] for row in rows}
    results = []
    for path in sorted(SHEETS.glob("*.md")):
        text = path.read_text("utf-8")
        if "## Accès au métier" not in text:
            continue
        found = minimum_level(extract(_LABELS.sub("", text), path.name).diplomas)
        results.append(agrees(found, labels[path.stem] or ""))
    assert len(results) > 500
    assert sum(results) / len(results) >= FLOOR


PEERS = DATA / "peers" / "diploma_labels.jsonl"


@pytest.mark.skipif(not PEERS.is_file(), reason="needs the peers' labels in ../shared/data")
def test_levels_of_labels_written_alone() -> None:
    """« bac+4/5 » alone on a line under a heading of studies: the lowest and the highest level."""
    rows = [json.loads(line) for line in PEERS.open(encoding="utf-8")]
    wrong = []
    for row in rows:
        expected = row["expected"]
        sheet, _ = read_markup(f"# Métier\n## Formation\n{row['input']}")
        levels = [d.level for d in extract_records(sheet).diplomas if d.level is not None]
        low, high = (min(levels), max(levels)) if levels else (None, None)
        coded = row.get("scale") == "France Travail code"  # « NV5 »: of a data base, not of a sheet
        if not coded and not row["ambiguous"] and (low, high) != (expected["niveau_min"], expected["niveau_max"]):
            wrong.append((row["input"], low, high))
    assert not wrong
