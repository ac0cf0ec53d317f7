"""The plots and the report: what they say, that they say it the same way twice, and what stands on the page."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import lxml.html
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline import plots
from pipeline.batch import run
from pipeline.cli import main
from pipeline.errors import JobsheetsError
from pipeline.records import TABLES
from pipeline.report import report_page
from pipeline.schema import arrow_schema
from pipeline.tables import load_tables

RAW = Path(__file__).parents[1] / "raw"
PLOTS = [name for name in plots.__all__ if name not in ("as_svg", "evidence", "trades_apart")]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "output"
    run(RAW, folder)
    return folder


@pytest.fixture(scope="module")
def page(output: Path) -> str:
    return report_page(output)


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_has_a_title_and_says_how_many(output: Path, name: str) -> None:
    figure = getattr(plots, name)(load_tables(output, "duckdb"))
    title, about = (text.get_text() for text in figure.texts[:2])
    assert title[0].isupper()
    assert re.search(r"\d+ \w*(?:sheet|pay|job|task|block)s?\b", about), about
    assert len(figure.axes[0].get_children()) > 8, "nothing is drawn"


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_of_nothing_says_so(tmp_path: Path, name: str) -> None:
    for table in TABLES:
        (tmp_path / table).mkdir()
        pq.write_table(arrow_schema(table).empty_table(), tmp_path / table / "part-00000.parquet")
    figure = getattr(plots, name)(load_tables(tmp_path, "duckdb"))
    assert "Nothing to show" in figure.axes[0].texts[0].get_text()


def test_full_marks_are_what_sheets_state(output: Path) -> None:
    tables = load_tables(output, "duckdb")
    stated, derived = tables.sql(
        "SELECT count(*) FILTER (annual_is = 'stated'), count(*) FILTER (annual_is <> 'stated') FROM gross_pay"
    ).fetchall()[0]
    marks = [line for line in plots.pay_by_level(tables).axes[0].lines if line.get_marker() in "os^D"]
    assert Counter(line.get_markerfacecolor() == "white" for line in marks) == {True: derived, False: stated}


def test_evidence_lies_under_its_words(output: Path) -> None:
    tables = load_tables(output, "duckdb")
    sheet_id, first = tables.sql("SELECT sheet_id, evidence FROM skills ORDER BY sheet_id, start LIMIT 1").fetchall()[0]
    axes = plots.evidence(tables, sheet_id, most=500).axes[0]
    shown = " ".join(text.get_text() for text in axes.texts if text.get_position()[0] == 0)
    assert " ".join(first.split()) in " ".join(shown.split())
    bars = [bar for bar in axes.patches if round(bar.get_width()) == len(first)]
    assert bars


def test_trades_apart_names_both_sides_and_their_n(output: Path) -> None:
    figure = plots.trades_apart(load_tables(output, "duckdb"), "data analyst", "boulanger")
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["data analyst (n = 2)", "boulanger (n = 2)"]
    named = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert "sql" in named
    assert "résistance physique" in named


def test_the_page_is_self_contained(page: str) -> None:
    document = lxml.html.fromstring(page)
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert not document.xpath("//script | //link | //img | //iframe")
    references = [
        value for value in document.xpath("//@href | //@src | //@*[name()='xlink:href']") if not value.startswith("#")
    ]
    assert references == []
    ids = Counter(document.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert {value[1:] for value in document.xpath("//@href") if value.startswith("#")} <= set(ids)


def test_the_page_says_what_the_tables_say(output: Path, page: str) -> None:
    document = lxml.html.fromstring(page)
    figures = [int(figure.replace("\u202f", "")) for figure in document.xpath("//dl//dd/text()")]
    counts = dict(zip(document.xpath("//dl//dt/text()"), figures, strict=True))
    assert counts == {name: table.num_rows for name, table in load_tables(output, "arrow").items()}
    assert len(document.xpath("//figure//*[local-name()='svg']")) == len(PLOTS)


def test_hostile_words_stay_words(output: Path, tmp_path: Path) -> None:
    tables = load_tables(output, "arrow")
    for name, table in tables.items():
        (tmp_path / name).mkdir()
        if name == "skills":
            place = table.schema.get_field_index("label")
            labels = ["<script>alert(1)</script> $x^$"] * table.num_rows
            table = table.set_column(place, table.schema.field("label"), [labels])  # noqa: PLW2901
        pq.write_table(table, tmp_path / name / "part-00000.parquet")
    page = report_page(tmp_path)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_command_writes_the_page_the_same_every_time(output: Path, page: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["report", str(output), str(tmp_path / "report.html")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "report.html").read_text("utf-8") == page


def test_without_matplotlib_one_sentence_tells_how_to_get_it(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(JobsheetsError, match=r"Plots need matplotlib.*pip install 'jobsheets\[analyst\]'"):
        report_page(output)
