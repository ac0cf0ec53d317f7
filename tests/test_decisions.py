"""Decisions: bound to what they decided, turned into gold, remembered; and the commands around them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.errors import JobsheetsError
from pipeline.review.decisions import read_decisions, write_decisions
from pipeline.review.diff import as_line, diff
from pipeline.review.evaluation import evaluate
from pipeline.review.gold import apply
from pipeline.review.markdown import escape, markdown
from tests.test_diff import SENTENCES, output_of

PAY, MORE_PAY = "À partir de 1 850 € brut par mois.", "À partir de 1 950 € brut par mois."
TASK = "Il prépare les commandes."


@pytest.fixture
def outputs(tmp_path: Path) -> tuple[Path, Path]:
    """A salary that changed and a task that was lost."""
    return output_of(tmp_path / "before", {"a": [TASK, PAY]}), output_of(tmp_path / "after", {"a": [MORE_PAY]})


def decide(outputs: tuple[Path, Path], path: Path, choose: Callable[[Any], str | None]) -> Path:
    """Write a decision for every change that ``choose`` gives one for."""
    lines = [as_line(change) | {"decision": choose(change)} for change in diff(*outputs).real if choose(change)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def of_table(name: str, decision: str) -> Callable[[Any], str | None]:
    return lambda change: decision if change.table == name else None


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_decision_survives_the_file(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    made = read_decisions([decide(outputs, tmp_path / "d.jsonl", lambda _: "accepted")])
    assert made.keys() == {change.change_id for change in diff(*outputs).real}
    write_decisions(tmp_path / "again.jsonl", made)
    assert read_decisions([tmp_path / "again.jsonl"]) == made


def test_an_altered_decision_is_refused(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    path = decide(outputs, tmp_path / "d.jsonl", of_table("salaries", "accepted"))
    for word, other in (("1950", "9999"), ("1 950", "1 960"), ("by the month", "")):
        text = path.read_text("utf-8").replace(word, other)
        (tmp_path / "altered.jsonl").write_text(text, "utf-8")
        if text != path.read_text("utf-8"):
            with pytest.raises(JobsheetsError, match="line 1 was altered"):
                read_decisions([tmp_path / "altered.jsonl"])
    line = json.loads(path.read_text("utf-8"))
    for broken in (
        "{",
        "[]",
        "null",
        json.dumps(line | {"decision": "maybe"}),
        json.dumps(line | {"table": "x"}),
        '{"change_id": "1"}',
    ):
        (tmp_path / "altered.jsonl").write_text(f"\n{broken}\n", "utf-8")
        with pytest.raises(JobsheetsError, match="line 2 is no decision"):
            read_decisions([tmp_path / "altered.jsonl"])


def test_what_was_accepted_and_rejected_becomes_partial_gold(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    choices = {"salaries": "accepted", "tasks": "rejected"}
    made = read_decisions([decide(outputs, tmp_path / "d.jsonl", lambda change: choices.get(change.table))])
    counts = apply(made, tmp_path / "gold")
    gold = json.loads((tmp_path / "gold" / "a.gold.json").read_text("utf-8"))
    assert [pay["minimum"] for pay in gold["salaries"]] == [1950]
    assert [pay["minimum"] for pay in gold["rejected"]["salaries"]] == [1850]
    assert len(gold["tasks"]) == 1
    assert gold["tasks"][0]["evidence"] in TASK
    assert gold["partial"] == ["salaries", "tasks"]
    assert counts == {"added": 2, "rejected": 1}
    assert apply(made, tmp_path / "gold") == {"standing": 2}
    before, after = (evaluate(tmp_path / "gold", output).figures() for output in outputs)
    assert (before["salaries"], after["salaries"]) == ((0, 1, 1), (1, 1, 1))
    assert (before["tasks"].f1, after["tasks"].f1) == (1.0, 0.0)


def test_whole_gold_is_corrected_and_stays_whole(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    pay = {"maximum": None, "currency": "EUR", "period": "month", "basis": "gross", "stage": None, "evidence": PAY[:-1]}
    gold = {"salaries": [{"minimum": 1850, **pay}], "keep": ["par mois"]}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.gold.json").write_text(json.dumps(gold), "utf-8")
    row = next(change.old for change in diff(*outputs).real if change.table == "salaries")
    assert row is not None
    gold["salaries"][0]["evidence"] = row["evidence"]  # type: ignore[index]
    (tmp_path / "gold" / "a.gold.json").write_text(json.dumps(gold), "utf-8")
    apply(read_decisions([decide(outputs, tmp_path / "d.jsonl", of_table("salaries", "accepted"))]), tmp_path / "gold")
    found = json.loads((tmp_path / "gold" / "a.gold.json").read_text("utf-8"))
    assert [pay["minimum"] for pay in found["salaries"]] == [1950]
    assert (found["keep"], "partial" in found, "rejected" in found) == (["par mois"], False, False)
    # The reviewer comes back on it.
    apply(read_decisions([decide(outputs, tmp_path / "d.jsonl", of_table("salaries", "rejected"))]), tmp_path / "gold")
    found = json.loads((tmp_path / "gold" / "a.gold.json").read_text("utf-8"))
    assert [pay["minimum"] for pay in found["salaries"]] == [1850]


def test_sheets_of_one_stem_have_gold_of_their_own(tmp_path: Path) -> None:
    for folder, pay in (("x/one", PAY), ("x/two", MORE_PAY)):
        (tmp_path / "raw" / folder).mkdir(parents=True)
        (tmp_path / "raw" / folder / "fiche.md").write_text(f"# Vendeur\n\n## Salaire\n\n{pay}\n", "utf-8")
    (tmp_path / "none").mkdir()
    assert call("run", tmp_path / "raw", tmp_path / "new").exit_code == 0
    assert call("run", tmp_path / "none", tmp_path / "old").exit_code == 0
    path = decide((tmp_path / "old", tmp_path / "new"), tmp_path / "d.jsonl", of_table("salaries", "accepted"))
    apply(read_decisions([path]), tmp_path / "gold")
    assert len(list((tmp_path / "gold").glob("fiche*.gold.json"))) == 2
    result = evaluate(tmp_path / "gold", tmp_path / "new")
    assert result.missing == []
    assert result.figures()["salaries"] == (2, 2, 2)


def test_dropped_blocks_become_keep_and_drop(tmp_path: Path) -> None:
    row = {"dropped_id": "1", "sheet_id": "s", "kind": "share", "reason": "x", "text": "Partager  cette\nfiche avec vos amis"}
    from pipeline.review.decisions import Decision

    for verdict, key in (("accepted", "drop"), ("rejected", "keep")):
        apply({"1": Decision("1", verdict, "gained", "dropped", "s", "s.html", None, row, {})}, tmp_path)
        gold = json.loads((tmp_path / "s.gold.json").read_text("utf-8"))
        assert gold[key] == ["Partager cette fiche avec vos amis"]
    assert gold["drop"] == []


def test_review_apply_remembers_and_diff_leaves_out_what_was_decided(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    path = decide(outputs, tmp_path / "d.jsonl", of_table("salaries", "accepted"))
    result = call("review", "apply", path, "--gold", tmp_path / "gold")
    assert result.exit_code == 0, result.output
    assert "1 decisions: 1 added, 1 rejected." in result.output
    memory = tmp_path / "gold" / "reviewed.jsonl"
    total = len(diff(*outputs).real)
    result = call("diff", *outputs, "--reviewed", memory)
    assert f"{total - 1} of {total} changes are open" in result.output
    assert result.exit_code == 1
    report = call("diff", *outputs, "--reviewed", memory, "--markdown", "-").output
    assert "in salaries" not in report
    assert "in salaries" in call("diff", *outputs, "--reviewed", memory, "--markdown", "-", "--show-reviewed").output
    # The same change on another content of the sheet was not decided about.
    for output in outputs:
        rows = pq.read_table(output / "sheets").to_pylist()
        table = pq.read_table(output / "sheets")
        hashes = [row["content_hash"][::-1] for row in rows]
        at = table.schema.get_field_index("content_hash")
        part = next((output / "sheets").resolve().glob("*.parquet"))
        pq.write_table(table.set_column(at, table.schema.field(at), [hashes]), part)
        (output / "manifest.json").unlink()  # it states another hash
    assert f"{total} of {total} changes are open" in call("diff", *outputs, "--reviewed", memory).output


def test_diff_fails_on_losses_that_are_open_or_rejected(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    assert call("diff", *outputs, "--fail-on", "lost").exit_code == 1
    assert call("diff", *outputs, "--fail-on", "gained").exit_code == 0
    for verdict, code in (("accepted", 0), ("rejected", 1)):
        path = decide(outputs, tmp_path / "d.jsonl", lambda _, verdict=verdict: verdict)
        assert call("diff", *outputs, "--fail-on", "lost", "--reviewed", path).exit_code == code


def test_diff_says_same_different_or_unusable_by_its_exit_code(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    same = call("diff", outputs[0], outputs[0])
    assert (same.exit_code, "No value differs." in same.output) == (0, True)
    different = call("diff", *outputs)
    assert different.exit_code == 1
    assert "changed in salaries: " in different.output
    assert call("diff", outputs[0], tmp_path).exit_code == 2
    part = next((outputs[1] / "salaries").glob("*.parquet"))
    part.resolve().write_bytes(b"PAR1 no more")
    damaged = call("diff", *outputs)
    assert damaged.exit_code == 2
    assert "is damaged" in damaged.output


def test_diff_writes_for_machines_what_it_finds(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    call("diff", *outputs, "--json", tmp_path / "d.jsonl", "--parquet", tmp_path / "d.parquet", "--html", tmp_path / "d.html")
    found = diff(*outputs)
    lines = [json.loads(line) for line in (tmp_path / "d.jsonl").read_text("utf-8").splitlines()]
    ids = [change.change_id for change in found.changes]
    assert [line["change_id"] for line in lines] == ids
    assert pq.read_table(tmp_path / "d.parquet").column("change_id").to_pylist() == ids
    assert "<title>" in (tmp_path / "d.html").read_text("utf-8")


def test_markdown_carries_counts_words_around_and_figures(outputs: tuple[Path, Path], tmp_path: Path) -> None:
    apply(read_decisions([decide(outputs, tmp_path / "d.jsonl", of_table("salaries", "accepted"))]), tmp_path / "gold")
    report = call("diff", *outputs, "--markdown", "-", "--gold", tmp_path / "gold").output
    assert "| salaries | 0 | 0 | 1 | 0 | 1 |" in report
    assert "| salaries | 1.000 | 1.000 | 1.000 | 0.000 | ▲ +1.000 |" in report
    assert "minimum 1\u202f850 → 1\u202f950" in report
    assert "€ brut par mois" in report
    assert report.index("**lost** in tasks") < report.index("**changed** in salaries")


def test_markdown_is_capped_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    old = output_of(tmp_path / "old", {"a": list(SENTENCES)})
    new = output_of(tmp_path / "new", {"a": list(SENTENCES[:2])})
    found = diff(old, new)
    report = markdown(found, {}, limit=2)
    assert report.count("\n- **") == 2
    assert report.rstrip().endswith(f"… and {len(found.real) - 2} more.")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<b>|`x`*", "&#60;b&#62;&#124;&#96;x&#96;&#42;"),
        ("# title", "&#35; title"),
        ("- item", "&#45; item"),
        ("par @octocat", "par @\u2060octocat"),
        ("http://mal.example www.mal.example", "http&#58;//mal.example www.\u2060mal.example"),
        ("a\u202eb\nc", "a⟨U+202E⟩b ⏎ c"),
        ("1 850 € (brut), a-b: c!", "1 850 € (brut), a-b: c!"),
    ],
)
def test_markdown_shows_hostile_text_as_it_is(text: str, escaped: str) -> None:
    assert escape(text) == escaped
