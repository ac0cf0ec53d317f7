"""How one sheet was read, in the terminal and as a page."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.records import EXTRACTED, Skill, Task
from pipeline.review.highlight import lines
from tests.examples import read_markup


def test_overlapping_records_are_both_marked() -> None:
    sheet, _ = read_markup("Maîtriser la soudure des tubes")
    records: dict[str, list[object]] = {name: [] for name in EXTRACTED}
    task = Task(start=0, end=30, evidence=sheet.text, label="x")
    skill = Skill(start=10, end=20, evidence="la soudure", label="soudure", category="know-how")
    (line,) = lines(sheet, {**records, "tasks": [task], "skills": [skill]})
    assert [(mark.text, mark.tables) for mark in line.marks] == [
        ("Maîtriser ", ("tasks",)),
        ("la soudure", ("skills", "tasks")),
        (" des tubes", ("tasks",)),
    ]
    assert line.marks[1].anchors == ("skills-1",)


def test_inspect_prints_and_writes_a_page_that_holds_the_whole_text(tmp_path: Path) -> None:
    sheet = tmp_path / "fleuriste.md"
    sheet.write_text("# Fleuriste\n\n## Salaire\n\nÀ partir de 1 850 € brut <script>alert(1)</script> par mois.\n", "utf-8")
    result = CliRunner().invoke(main, ["inspect", str(sheet), "--html", str(tmp_path / "page.html")])
    assert result.exit_code == 0, result.output
    assert "Salaire  [salary]" in result.output
    page = BeautifulSoup((tmp_path / "page.html").read_text("utf-8"), "lxml")
    assert "1 850 € brut" in page.article.get_text()
    assert page.find("script") is None
    assert "default-src 'none'" in page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]


def test_inspect_of_a_reject_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    result = CliRunner().invoke(main, ["inspect", str(tmp_path / "empty.html")])
    assert result.exit_code == 2
    assert "is empty" in result.output
