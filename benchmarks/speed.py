"""How fast, side by side: ours, trafilatura, the medium model, and the script of a notebook, on the same pages.

    python -m benchmarks.speed [--pages 60] [--rounds 5]

Prints Markdown: CPU time a page and its ratio to trafilatura's, round by round in turn (the median, the least
and the greatest), the time of each stage of ours, the time to start, and the peak memory of each contender, in a
process of its own that has read its pages from a folder and has never seen the generator of the corpus.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import platform
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click
import pyarrow.parquet as pq

import pipeline.extraction as extraction_module
import pipeline.parsers as parsers_module
import pipeline.parsers.html as html_module
from benchmarks import notebook_script
from benchmarks.corpus import RAW
from benchmarks.processes import python
from pipeline.extraction import Extraction, extract
from pipeline.extractors import extractors
from pipeline.french import language
from pipeline.records import TABLES
from pipeline.schema import rows_to_arrow
from pipeline.work import seldom_collected

if TYPE_CHECKING:
    import pyarrow as pa

Contender = Callable[[Sequence[bytes]], object]


def ours(pages: Sequence[bytes]) -> None:
    """Bytes in, all Parquet tables out, as a worker makes them."""
    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    with seldom_collected():
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
    "parse": [(html_module, name) for name in ("read_tree", "read_metadata", "read_soup", "lay_out")],
    "clean": [(extraction_module, "parse")],
    "assemble": [(extraction_module, "assemble")],
    "section": [(extraction_module, "sectionise")],
    "normalise": [(extraction_module, "Reading")],
    "annotate": [(language, "verb_offsets")],
    "check": [(extraction_module, "all_sound")],
}


@contextmanager
def timed_stages() -> Iterator[dict[str, float]]:
    """Time the stages of every extraction inside the block: stage → CPU seconds."""
    spent: dict[str, float] = defaultdict(float, dict.fromkeys(STAGES, 0.0))
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
        python("-m", "benchmarks.corpus", str(folder / kind), str(count), "--kind", kind)


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
            spent = cpu(lambda run=contender, read=data[name]: run(read))  # type: ignore[misc]
            times[name].append(spent / pages * 1000)
    size = statistics.mean(map(len, data["ours, HTML"])) / 1000
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = f"{os.cpu_count()} cores (load {load}), {platform.python_implementation()} {platform.python_version()}"
    today = dt.datetime.now(dt.UTC).date()
    click.echo(f"{today}, {machine}, {pages} pages of {size:.0f} kB on average, {rounds} rounds, CPU time.\n")
    click.echo("| contender | ms a page | × trafilatura (median, least–greatest) | peak MB |\n| --- | ---: | :---: | ---: |")
    for name, costs in times.items():
        ratios = [mine / theirs for mine, theirs in zip(costs, times["trafilatura"], strict=True)]
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        peak = python("-m", "benchmarks.speed", "--only", name, "--folder", str(folder)).printed.strip()
        click.echo(f"| {name} | {statistics.median(costs):.2f} | {spread} | {peak} |")
    click.echo("\n| of a page of ours | (median, least–greatest) |\n| --- | :---: |")
    for name in ("ours, text", "notebook script"):
        ratios = [other / page for other, page in zip(times[name], times["ours, HTML"], strict=True)]
        click.echo(f"| {name} | × {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) |")
    samples = [path.read_bytes() for path in sorted(RAW.rglob("*")) if path.is_file()]
    reading = min(cpu(lambda: inputs(folder, "ours, HTML")) for _ in range(rounds)) / pages * 1000
    click.echo(f"\nReading a page from its file takes {reading:.2f} ms.")
    _stages({"generated page": data["ours, HTML"], "generated text": data["ours, text"], "sample": samples}, rounds)
    _starts(rounds)


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
        python(*arguments)  # compiles the modules
        times = [python(*arguments).cpu for _ in range(rounds)]
        click.echo(f"| {name} | {statistics.median(times):.2f} ({min(times):.2f}–{max(times):.2f}) |")


def _stages(sets: dict[str, Sequence[bytes]], rounds: int) -> None:
    """Print what each stage takes of each set of inputs: the least of so many rounds."""
    columns = {name: _least(contents, rounds) for name, contents in sets.items()}
    click.echo(f"\n| stage, ms | {' | '.join(f'{name} ({len(contents)})' for name, contents in sets.items())} |")
    click.echo("| --- |" + " ---: |" * len(columns))
    for stage in next(iter(columns.values())):
        click.echo(f"| {stage} | {' | '.join(f'{column[stage]:.2f}' for column in columns.values())} |")


def _least(contents: Sequence[bytes], rounds: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for _ in range(rounds):
        with seldom_collected(), timed_stages() as spent:
            whole = cpu(lambda: [extract(content) for content in contents])
        results = [extract(content, str(i)) for i, content in enumerate(contents)]
        tables: dict[str, Any] = {}
        with seldom_collected():
            rows = cpu(lambda: tables.update(_tables(results)))  # noqa: B023  called at once
        write = cpu(lambda: [pq.write_table(table, io.BytesIO(), compression="zstd") for table in tables.values()])  # noqa: B023
        named = {**spent, "other": whole - sum(spent.values()), "rows to Arrow": rows, "write Parquet": write}
        named["in all"] = whole + rows + write
        for name, seconds in named.items():
            milliseconds = seconds / len(contents) * 1000
            found[name] = min(found.get(name, milliseconds), milliseconds)
    return found


def _tables(results: Sequence[Extraction]) -> dict[str, pa.Table]:
    return {name: rows_to_arrow(name, [row for result in results for row in result.rows(name)]) for name in TABLES}


if __name__ == "__main__":
    main()
