"""What differs between two outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.batch import run
from pipeline.errors import JobsheetsError
from pipeline.records import TABLES, Salary, Skill
from pipeline.review.diff import Diff, _compare, apply, as_line, diff, identify
from pipeline.schema import record_ids, rows_to_arrow
from tests.examples import read_markup

SENTENCES = (
    "Il prépare les commandes.", "Il conseille les clients.", "Il tient la caisse.", "Il range les rayons.",
    "Le CAP est exigé.", "Un bac + 2 est apprécié.", "À partir de 1 850 € brut par mois.", "La rigueur est indispensable.",
)  # fmt: skip


def write_sheets(folder: Path, sheets: dict[str, list[str]]) -> Path:
    folder.mkdir(parents=True)
    for name, lines in sheets.items():
        (folder / f"{name}.md").write_text(f"# Vendeur {name}\n\n## Missions\n\n" + "\n\n".join(lines) + "\n", "utf-8")
    return folder


def output_of(folder: Path, sheets: dict[str, list[str]]) -> Path:
    run(write_sheets(folder / "raw", sheets), folder / "out")
    return folder / "out"


def rows(output: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        name: sorted(pq.read_table(output / name).to_pylist(), key=lambda row: str(next(iter(row.values())))) for name in TABLES
    }


def test_nothing_differs_from_itself(tmp_path: Path) -> None:
    one = output_of(tmp_path, {"a": list(SENTENCES)})
    result = diff(one, one)
    assert not result
    assert result.changes == []
    assert result.counts()["sheets"]["unchanged"] == 1


def test_an_altered_salary_is_one_changed_record(tmp_path: Path) -> None:
    old = output_of(tmp_path / "old", {"a": ["À partir de 1 850 € brut par mois."]})
    new = output_of(tmp_path / "new", {"a": ["À partir de 1 950 € brut par mois."]})
    found = [change for change in diff(old, new).real if change.table == "salaries"]
    assert [change.kind for change in found] == ["changed"]
    assert "minimum" in found[0].fields


def test_a_moved_record_is_unchanged(tmp_path: Path) -> None:
    old = output_of(tmp_path / "old", {"a": ["À partir de 1 850 € brut par mois."]})
    new = output_of(tmp_path / "new", {"a": ["Rien à voir avec la suite.", "À partir de 1 850 € brut par mois."]})
    found = diff(old, new)
    assert [change.kind for change in found.changes if change.table == "salaries"] == ["moved"]
    assert [change for change in found.real if change.table == "salaries"] == []


def test_sheets_that_come_and_go_are_named(tmp_path: Path) -> None:
    old = output_of(tmp_path / "old", {"a": list(SENTENCES), "b": list(SENTENCES)})
    new = output_of(tmp_path / "new", {"a": list(SENTENCES), "c": list(SENTENCES)})
    found = diff(old, new)
    assert (found.sheets_added, found.sheets_removed) == (["c.md"], ["b.md"])
    assert {change.sheet_change for change in found.changes} == {"added", "removed"}


def test_what_is_no_output_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JobsheetsError, match="is no output"):
        diff(tmp_path, tmp_path)


def test_change_id_is_bound_to_the_content_of_the_sheet() -> None:
    from pipeline.review.diff import _change

    sheet, _ = read_markup("Vendeur")
    row = {**rows_to_arrow("interests", []).schema.empty_table().to_pydict(), "label": "x", "evidence": "x", "rule": "r"}
    ids = {
        _change("interests", sheet.sheet_id, [None, {"content_hash": h, "text": "", "source": "s"}], None, row).change_id
        for h in "ab"
    }
    assert len(ids) == 2


def test_same_outputs_are_told_from_their_manifests(tmp_path: Path) -> None:
    one = output_of(tmp_path, {"a": list(SENTENCES)})
    for name in TABLES:
        for part in (one / name).resolve().glob("*.parquet"):
            part.write_bytes(bytes(part.stat().st_size))  # nothing is read of them
    assert diff(one, one).counts()["sheets"]["unchanged"] == 1


def test_a_part_that_is_not_as_its_manifest_says_is_read(tmp_path: Path) -> None:
    old = output_of(tmp_path / "old", {"a": list(SENTENCES)})
    new = output_of(tmp_path / "new", {"a": list(SENTENCES)})
    part = next((new / "tasks").resolve().glob("*.parquet"))
    pq.write_table(pq.read_table(part).slice(1), part)
    assert diff(old, new).counts()["tasks"]["lost"] == 1


WORDS = st.sampled_from(["accueil", "vente", "caisse", "conseil aux clients", "vente en caisse", "accueil et vente"])
SKILLS = st.builds(
    lambda label, category, start: Skill(start=start, end=start + len(label), evidence=label, label=label, category=category),
    WORDS, st.sampled_from(["soft", "know-how"]), st.integers(0, 40),
)  # fmt: skip
PAYS = st.builds(
    lambda low, evidence, period: Salary(start=0, end=9, evidence=evidence, minimum=low, currency="EUR", period=period),
    st.floats(1000, 3000), st.sampled_from(["1 800 € brut par mois", "1 900 € brut par mois", "un cachet"]),
    st.sampled_from(["month", None]),
)  # fmt: skip


def table_rows(name: str, records: list[Any]) -> list[dict[str, Any]]:
    triples = zip(record_ids("s", records), ["s"] * len(records), records, strict=True)
    found: list[dict[str, Any]] = rows_to_arrow(name, triples).to_pylist()
    return found


def compared(old: dict[str, list[Any]], new: dict[str, list[Any]]) -> Diff:
    result = Diff()
    _compare(result, *({name: table_rows(name, side.get(name, [])) for name in TABLES} for side in (old, new)))
    return result


records = st.fixed_dictionaries({"skills": st.lists(SKILLS, max_size=6), "salaries": st.lists(PAYS, max_size=4)})


@settings(max_examples=150, deadline=None)
@given(old=records, new=records)
def test_old_and_new_can_change_places(old: dict[str, list[Any]], new: dict[str, list[Any]]) -> None:
    there, back = compared(old, new), compared(new, old)
    assert compared(old, old).changes == []
    for kind, mirrored in (("gained", "lost"), ("lost", "gained"), ("changed", "changed"), ("moved", "moved")):
        ours = sorted(str((c.old, c.new)) for c in there.changes if c.kind == kind)
        theirs = sorted(str((c.new, c.old)) for c in back.changes if c.kind == mirrored)
        assert ours == theirs
    before, after = ({name: table_rows(name, side.get(name, [])) for name in TABLES} for side in (old, new))
    by_key = {name: sorted(after[name], key=lambda row: str(next(iter(row.values())))) for name in TABLES}
    assert apply(before, there.changes) == by_key


@settings(max_examples=150, deadline=None)
@given(old=records, new=records)
def test_the_id_of_a_change_follows_from_its_line(old: dict[str, list[Any]], new: dict[str, list[Any]]) -> None:
    changes = compared(old, new).changes
    assert len({change.change_id for change in changes}) == len(changes)
    for change in changes:
        line = json.loads(json.dumps(as_line(change)))
        rows = (line["old"], line["new"])
        assert identify(line["kind"], line["table"], line["sheet_id"], line["contents"], rows) == change.change_id


contents = st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(SENTENCES), max_size=6), min_size=1)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=contents, after=contents)
def test_diff_leads_from_old_to_new_and_back(tmp_path_factory: pytest.TempPathFactory, before: Any, after: Any) -> None:
    folder = tmp_path_factory.mktemp("diff")
    old, new = output_of(folder / "old", before), output_of(folder / "new", after)
    there, back = diff(old, new), diff(new, old)
    assert apply(rows(old), there.changes) == rows(new)
    gained = sorted((change.table, str(change.new)) for change in there.changes if change.kind == "gained")
    lost = sorted((change.table, str(change.old)) for change in back.changes if change.kind == "lost")
    assert gained == lost
