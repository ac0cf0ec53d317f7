"""The review page in a real browser: filter, decide, undo, reload, download, apply; hostile sheets; many changes."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pipeline import extraction
from pipeline.batch import run
from pipeline.records import TABLES
from pipeline.review.decisions import Decisions, read_decisions
from pipeline.review.diff import Change, Diff, SheetView, diff
from pipeline.review.evaluation import evaluate
from pipeline.review.gold import apply
from pipeline.review.page import review_page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt install chromium)")
RAW = Path(__file__).resolve().parents[1] / "raw"

OpenPage = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[OpenPage]:
    """Write a page and open it; nothing may be asked of the network, and no error may reach the console."""
    faults: list[str] = []
    contexts = []

    def open_(html: str, *, allow: str = "nothing", **options: Any) -> Any:
        path = tmp_path / "review.html"
        path.write_text(html, "utf-8")
        context = browser.new_context(**{"locale": "en-US", "viewport": {"width": 1000, "height": 800}} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"error: {error}"))
        page.on(
            "console",
            lambda message: faults.append(message.text) if "error" in message.type and allow not in message.text else None,
        )
        page.on(
            "request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:")) else None
        )
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The samples read twice: as they are, and after a deliberate change of two rules."""
    folder = tmp_path_factory.mktemp("outputs")
    run(RAW, folder / "old")
    patch = pytest.MonkeyPatch()
    rules = extraction.extractors()
    patch.setattr(extraction, "extractors", lambda: [(name, altered(name, function)) for name, function in rules])
    run(RAW, folder / "new")
    patch.undo()
    return folder / "old", folder / "new"


def altered(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def changed(*arguments: Any) -> Iterator[Any]:
        for record in function(*arguments):
            if name == "salaries" and record.period == "month":
                record.period = "year"
            if not (name == "skills" and record.category == "soft"):
                yield record

    return changed


def cards(page: Any) -> list[str]:
    return list(page.locator(".change").evaluate_all("nodes => nodes.map(node => node.dataset.id)"))


def decisions_of(page: Any, path: Path) -> dict[str, Any]:
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(path)
    return dict(read_decisions([path]))


def test_decisions_are_kept_undone_downloaded_and_become_gold(
    outputs: tuple[Path, Path], open_page: OpenPage, tmp_path: Path
) -> None:
    found = diff(*outputs)
    lost = [change for change in found.real if change.kind == "lost"]
    altered_pay = [change for change in found.real if change.kind == "changed"]
    assert {change.table for change in lost} == {"skills"}
    assert {change.table for change in altered_pay} == {"salaries"}
    page = open_page(review_page(found, {}))
    assert page.inner_text("#progress") == f"0 of {len(found.real)} decided"

    # Filter, then decide by keyboard: reject the first change of pay, accept the second, and undo that.
    page.click("#kinds label:has-text('lost')")
    first, second = cards(page)[:2]
    assert {first, second} <= {change.change_id for change in altered_pay}
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.press("a")
    assert page.inner_text("#progress").startswith("2 of")
    page.keyboard.press("u")
    assert page.inner_text("#progress").startswith("1 of")
    assert page.inner_text("#live") == "Undone: 1 change."

    # Search leaves what holds the words, no matter accents; reloading keeps what was decided.
    page.reload()
    assert page.inner_text("#progress").startswith("1 of")
    page.fill("#search", "resistance PHYSIQUE")
    playwright.expect(page.locator("#live")).to_have_text(re.compile("^[0-9] changes? shown"))
    shown = cards(page)
    assert "résistance physique" in [change.old["label"] for change in lost if change.old and change.change_id in shown]
    page.fill("#search", "")
    playwright.expect(page.locator("#live")).to_have_text(f"{len(found.real) - 1} changes shown.")

    # A whole group at once.
    page.click("#groups label:has-text('table')")
    page.keyboard.press("c")
    page.click(".group:has-text('skills') .reject")
    made = decisions_of(page, tmp_path / "decisions.jsonl")
    assert made.keys() == {first} | {change.change_id for change in lost}
    assert {decision.decision for decision in made.values()} == {"rejected"}

    # Another browser restores them from the file.
    other = open_page(review_page(found, {}))
    other.set_input_files("#file", tmp_path / "decisions.jsonl")
    playwright.expect(other.locator("#progress")).to_have_text(f"{len(made)} of {len(found.real)} decided")

    check_gold(made, outputs, tmp_path / "gold")
    assert "open" in open_page(review_page(found, made)).inner_text("#statuses")


def check_gold(made: Decisions, outputs: tuple[Path, Path], gold: Path) -> None:
    """What was rejected says that the old output was right: it scores better on the gold than the new one."""
    apply(made, gold)
    files = [json.loads(path.read_text("utf-8")) for path in gold.glob("*.gold.json")]
    labels = [skill["label"] for file in files for skill in file.get("skills", [])]
    assert "résistance physique" in labels
    periods = [pay["period"] for file in files for pay in file.get("salaries", [])]
    assert periods == ["month"]
    before, after = (evaluate(gold, output).figures() for output in outputs)
    assert (before["skills"].f1, before["salaries"].f1) == (1.0, 1.0)
    assert after["skills"].hit == 0
    assert after["salaries"].hit == 0


def test_a_click_opens_the_whole_sheet_with_its_records(outputs: tuple[Path, Path], open_page: OpenPage) -> None:
    found = diff(*outputs)
    page = open_page(review_page(found, {}), viewport={"width": 1500, "height": 900})
    page.keyboard.press("j")
    page.keyboard.press("o")
    change = next(change for change in found.real if change.change_id == page.get_attribute(".change[aria-current]", "data-id"))
    text = found.sheets[change.sheet_id][1].sheet["text"]  # type: ignore[index]
    assert [line for line in page.inner_text(".text").split("\n") if line] == [line for line in text.split("\n") if line]
    assert page.locator(".text mark").count() > 5
    assert page.evaluate("document.activeElement.dataset.id") == change.change_id
    page.keyboard.press("Escape")
    assert not page.is_visible("#sheet")


def test_page_speaks_french_and_keeps_its_keys_out_of_the_search_field(outputs: tuple[Path, Path], open_page: OpenPage) -> None:
    page = open_page(review_page(diff(*outputs), {}), locale="fr-FR")
    assert page.get_attribute("html", "lang") == "fr"
    assert "décidés sur" in page.inner_text("#progress")
    page.click("#search")
    page.keyboard.type("a")
    assert page.inner_text("#progress").startswith("0 ")
    page.click("#language")
    assert "decided" in page.inner_text("#progress")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert page.inner_text("#help dt:has-text('j') + dd") == "next change"


@pytest.mark.parametrize("width", [360, 900, 1600])
def test_nothing_overflows_the_width_of_the_screen(outputs: tuple[Path, Path], open_page: OpenPage, width: int) -> None:
    page = open_page(review_page(diff(*outputs), {}), viewport={"width": width, "height": 800})
    page.wait_for_selector(".change")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.getElementById('list').scrollWidth <= document.getElementById('list').clientWidth")


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    folder = files("pipeline.review") / "templates"
    wording = tomllib.loads((folder / "review.toml").read_text("utf-8"))
    texts = [(folder / name).read_text("utf-8") for name in ("review.js", "review.html.j2")]
    used = {key for text in texts for key in re.findall(r'(?:say\(|unseen\(|data-t(?:-\w+)?=)"(\w+)"', text)}
    assert len(used) > 40
    assert used <= wording["ui"].keys()
    for key, forms in wording["ui"].items():
        assert forms.keys() == {"en", "fr"}, key
        assert len({tuple(sorted(re.findall(r"\{\w+\}", form))) for form in forms.values()}) == 1, key
    assert wording["tables"].keys() <= TABLES.keys()


HOSTILE = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "<!--<script>", "&lt;b&gt; & <b>", "\u2028\u2029",
    "prix \u202e€ 0001", "p\u0430yer la note", "]]>", "{{ 7 * 7 }}", "\u200bcaché",
)  # fmt: skip


def made_up(lines: list[str], url: str = "https://exemple.fr/fiche#haut", source: str = "a.html") -> Diff:
    """A diff that gained every line of a made-up sheet as a task."""
    sheet_id, text = f"id of {source}", "\n".join(lines)
    sheet = {"sheet_id": sheet_id, "source": source, "publisher": lines[0], "url": url, "content_hash": "0", "text": text}
    changes, start = [], 0
    for i, line in enumerate(lines):
        row = {"task_id": f"{i}", "sheet_id": sheet_id, "label": line, "group": f"{line} …", "position": i, "verb": None,
               "start": start, "end": start + len(line), "evidence": line, "rule": line[:20]}  # fmt: skip
        changes.append(
            Change(f"{source}-{i}", "gained", "tasks", sheet_id, source, lines[0], "added", line[:20], (), None, row)
        )
        start += len(line) + 1
    tables: dict[str, list[Any]] = {name: [] for name in ("sections", *extraction.EXTRACTED)}
    tables["tasks"] = [change.new for change in changes]
    views = (SheetView(None, dict.fromkeys(tables, ())), SheetView(sheet, tables))
    return Diff(changes=changes, sheets={sheet_id: views})


def test_hostile_text_neither_runs_nor_escapes(open_page: OpenPage) -> None:
    page = open_page(review_page(made_up(list(HOSTILE), url="javascript:alert(3)"), {}, names=("<i>old", "new</title>")),
                     viewport={"width": 1000, "height": 4000})  # fmt: skip
    page.wait_for_selector(".change")
    assert page.locator("script").count() == 3
    assert page.locator("#feed img, #feed b, #feed script, #names i, a[href^=javascript]").count() == 0
    quotes = " ".join(page.locator("#feed q").all_inner_texts())
    assert "</script><script>alert(1)</script>" in quotes
    assert "<img src=x onerror=alert(2)>" in quotes
    assert "U+202E" in quotes
    assert "\u202e" not in quotes
    assert "\u200b" not in quotes
    assert page.locator("#feed .mixed").first.inner_text() == "p\u0430yer"
    page.keyboard.press("o")
    assert page.locator("#sheet .text script, #sheet .text img, #sheet a").count() == 0
    assert "<img src=x onerror=alert(2)>" in page.inner_text("#sheet .text")
    attributes = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(node => [...node.attributes]).map(one => one.value)"
    )
    assert any("[U+202E]" in value for value in attributes)
    assert not any("\u202e" in value for value in attributes)


def test_no_other_script_runs_in_the_page(open_page: OpenPage) -> None:
    page = open_page(review_page(made_up(["Il range."]), {}), allow="blocked")
    blocked = page.evaluate(
        "() => new Promise(done => { document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));"
        " document.body.append(Object.assign(document.createElement('script'), { src: 'data:,0' })); })"
        ".catch(error => String(error))"
    )
    assert blocked.startswith(("script-src", "require-trusted-types-for", "TypeError"))


def test_links_to_the_live_page_go_to_the_sentence(open_page: OpenPage) -> None:
    page = open_page(review_page(made_up(["Il range les rayons, vite-fait."]), {}))
    href = page.get_attribute(".live", "href")
    assert href == "https://exemple.fr/fiche#haut:~:text=Il%20range%20les%20rayons%2C%20vite%2Dfait."
    assert page.get_attribute(".live", "rel") == "noopener noreferrer"


#: Whether a change or group, and not emptiness, stands in the middle of the list.
MIDDLE_OF_LIST = """(() => {
    const box = document.getElementById("list").getBoundingClientRect();
    return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2).closest("#feed > article") !== null;
})()"""


def test_only_what_is_in_view_of_many_changes_is_in_the_document(open_page: OpenPage) -> None:
    found = Diff()
    for i in range(250):
        one = made_up([f"Il prépare la commande numéro {i} de la ligne {j}." for j in range(20)], source=f"{i}.html")
        found.changes += one.changes
        found.sheets |= one.sheets
    page = open_page(review_page(found, {}))
    page.wait_for_selector(".change")
    assert page.inner_text("#progress") == "0 of 5,000 decided"
    for place in ("0", "1e7", "3e5"):
        page.evaluate(f"document.getElementById('list').scrollTop = {place}")
        page.wait_for_timeout(100)
        assert 3 < page.locator("#feed > article").count() < 40
        middle = page.evaluate(MIDDLE_OF_LIST)
        assert middle
    page.keyboard.press("A")
    assert not page.inner_text("#progress").startswith("0 of")
