"""How fast, side by side: ours, trafilatura, the medium model, and the script of a notebook, on the same pages.

    python -m benchmarks.speed [--pages 60] [--rounds 5]

Prints Markdown: CPU time a page and its ratio to trafilatura's, round by round in turn (the median, the least
and the greatest), the time of each stage of ours, the time to start, and the peak memory of each contender, in a
process of its own that has read its pages from a folder and has never seen the generator of the corpus.
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
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import pyarrow.parquet as pq

import pipeline.extraction as extraction_module
import pipeline.parsers as parsers_module
from benchmarks import notebook_script
from pipeline.extraction import extract
from pipeline.extractors import extractors
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
    """fr_core_news_md with every component over the same sheets as plain text."""
    model = notebook_script._model()  # noqa: SLF001
    for page in pages:
        model(page.decode())


def notebook(pages: Sequence[bytes]) -> None:
    """BeautifulSoup, the whole model, dateparser's search, regular expressions, pandas."""
    for page in pages:
        notebook_script.read(page.decode())


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
    "check": [(extraction_module, "all_sound")],
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
    originals.append((extraction_module, "extractors", extractors))
    real = extractors()
    for stage, pairs in STAGES.items():
        for module, name in pairs:
            setattr(module, name, timed(stage, getattr(module, name)))
    tables = tuple((name, timed(f"extract {name}", _eager(function))) for name, function in real)
    setattr(extraction_module, "extractors", lambda: tables)  # noqa: B010  the module does not export it
    try:
        yield spent
    finally:
        for module, name, function in originals:
            setattr(module, name, function)


def _eager(function: Callable[..., Any]) -> Callable[..., list[Any]]:
    return lambda *arguments: list(function(*arguments))


CONTENDERS: dict[str, Contender] = {
    "ours, HTML": ours,
    "ours, text": ours,
    "trafilatura": trafilatura,
    "medium model": medium_model,
    "notebook script": notebook,
}


def peak_memory() -> int:
    """The most memory that this process has had, in MB: of its own, where `getrusage` counts what its parent had, too."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def build(folder: Path, count: int) -> None:
    """Write ``count`` sheets, as pages and as text, under ``folder``; in a process of its own."""
    for kind in ("html", "text"):
        _python("-m", "benchmarks.corpus", str(folder / kind), str(count), "--kind", kind)


def inputs(folder: Path, name: str) -> list[bytes]:
    """What a contender reads: pages, or the same sheets as plain text."""
    kind = "text" if name in {"ours, text", "medium model"} else "html"
    return [path.read_bytes() for path in sorted((folder / kind).rglob("*.*"))]


@click.command()
@click.option("--pages", default=60, show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--only", type=click.Choice(list(CONTENDERS)), help="Run one contender once and print its peak memory in MB.")
@click.option("--folder", type=click.Path(path_type=Path), help="A folder that holds the pages already.")
def main(pages: int, rounds: int, only: str | None, folder: Path | None) -> None:
    """Compare the contenders and print the tables of docs/performance.md."""
    if only and folder:
        CONTENDERS[only](inputs(folder, only))
        click.echo(peak_memory())
        return
    with TemporaryDirectory() as temporary:
        home = folder or Path(temporary)
        if folder is None:
            build(home, pages)
        _compare(home, rounds)


def _compare(folder: Path, rounds: int) -> None:
    data = {name: inputs(folder, name) for name in CONTENDERS}
    for name, contender in CONTENDERS.items():
        contender(data[name][:3])  # start-up apart
    pages = len(data["ours, HTML"])
    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, contender in CONTENDERS.items():
            few = data[name] if contender in (ours, trafilatura) else data[name][: max(3, pages // 10)]
            times[name].append(cpu(lambda run=contender, some=few: run(some)) / len(few) * 1000)  # type: ignore[misc]
    size = statistics.mean(map(len, data["ours, HTML"])) / 1000
    click.echo(f"{pages} pages of {size:.0f} kB on average, {rounds} rounds, one process, CPU time.\n")
    click.echo("| contender | ms a page | × trafilatura (median, least–greatest) | peak MB |\n| --- | ---: | :---: | ---: |")
    for name, spent in times.items():
        ratios = [mine / theirs for mine, theirs in zip(spent, times["trafilatura"], strict=True)]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        peak = _python("-m", "benchmarks.speed", "--only", name, "--folder", str(folder))[1].strip()
        click.echo(f"| {name} | {statistics.median(spent):.2f} | {spread} | {peak} |")
    _stages(data["ours, HTML"], folder)
    _starts(rounds)


def _python(*arguments: str) -> tuple[float, str]:
    """Run Python; (CPU seconds, what it printed)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)  # noqa: S603  our own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


STARTS = {
    "`import pipeline`": ("-c", "import pipeline"),
    "`jobsheets --help`": ("-m", "pipeline", "--help"),
    "a worker, ready": ("-c", "from pipeline.work import warm; warm()"),
    "a worker, with the tagger": (
        "-c",
        "from pipeline.work import warm; from pipeline.french.language import tagger; warm(); tagger()",
    ),
}


def _starts(rounds: int) -> None:
    click.echo("\n| start of | CPU seconds (median, least–greatest) |\n| --- | :---: |")
    for name, arguments in STARTS.items():
        times = [_python(*arguments)[0] for _ in range(rounds)]
        click.echo(f"| {name} | {statistics.median(times):.2f} ({min(times):.2f}–{max(times):.2f}) |")


def _stages(pages: Sequence[bytes], folder: Path) -> None:
    read = cpu(lambda: inputs(folder, "ours, HTML"))
    with timed_stages() as spent:
        whole = cpu(lambda: [extract(page) for page in pages])
    results = [extract(page, str(i)) for i, page in enumerate(pages)]
    tables: dict[str, Any] = {}
    rows = cpu(lambda: tables.update({n: rows_to_arrow(n, [row for e in results for row in e.rows(n)]) for n in TABLES}))
    write = cpu(lambda: [pq.write_table(table, io.BytesIO(), compression="zstd") for table in tables.values()])
    named = {"read": read, **spent, "other": whole - sum(spent.values()), "rows to Arrow": rows, "write Parquet": write}
    click.echo("\n| stage | ms a page |\n| --- | ---: |")
    for name, seconds in named.items():
        click.echo(f"| {name} | {seconds / len(pages) * 1000:.3f} |")


if __name__ == "__main__":
    main()
