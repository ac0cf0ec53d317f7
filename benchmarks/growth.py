"""How a run grows: one command, Markdown out.

    python -m benchmarks.growth [--counts 1000,10000,100000] [--kind html|text] [--workers 1]

For each count: the CPU time of `jobsheets run` over a folder of so many generated sheets (all its processes together),
the greatest memory of any of them, the same a sheet, then a second run with nothing changed and how many times faster
it is; last, two workers beside one. CPU time is what a shared machine can measure; elapsed time is printed beside it.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click


class Cost(NamedTuple):
    """What a process and its children took: CPU and elapsed seconds, and the memory of the greatest in MB."""

    cpu: float
    elapsed: float
    memory: int


def measured(*arguments: str) -> Cost:
    """Run Python with ``arguments`` in a process of its own, and wait for all of its children."""
    started = time.monotonic()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise click.ClickException(f"{' '.join(arguments)} ended with code {child.returncode}.")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss // 1024)


def run(raw: Path, output: Path, workers: int) -> Cost:
    """One run of the batch job."""
    return measured("-m", "pipeline", "run", str(raw), str(output), "--workers", str(workers))


@click.command()
@click.option("--counts", default="1000,10000,100000", show_default=True)
@click.option("--kind", type=click.Choice(["html", "text"]), default="text", show_default=True)
@click.option("--workers", default=1, show_default=True)
def main(counts: str, kind: str, workers: int) -> None:
    """Print the growth curve."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    click.echo(f"| {kind} sheets | CPU s | ms a sheet | elapsed s | peak MB of a process | again, CPU s | times faster |")
    click.echo("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with TemporaryDirectory() as temporary:
        home = Path(temporary)
        for count in map(int, counts.split(",")):
            raw, output = home / f"raw-{count}", home / f"output-{count}"
            measured("-m", "benchmarks.corpus", str(raw), str(count), "--kind", kind)
            first, second = run(raw, output, workers), run(raw, output, workers)
            click.echo(
                f"| {count:,} | {first.cpu:.1f} | {1000 * first.cpu / count:.2f} | {first.elapsed:.0f} | {first.memory} "
                f"| {second.cpu:.2f} | {first.cpu / second.cpu:.0f} |"
            )
        click.echo("\n| workers | CPU s | elapsed s |\n| ---: | ---: | ---: |")
        for number in (1, 2, 1, 2):
            cost = run(raw, home / f"output-{number}-{time.monotonic_ns()}", number)
            click.echo(f"| {number} | {cost.cpu:.1f} | {cost.elapsed:.1f} |")


if __name__ == "__main__":
    main()
