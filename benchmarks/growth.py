"""How a run grows: one command, Markdown out.

    python -m benchmarks.growth [--counts 1000,10000,100000] [--kind html|text|short] [--workers 1]

For each count: the CPU time of `jobsheets run` over a folder of so many generated sheets (all its processes together),
the greatest memory of any of them, the same a sheet, then a second run with nothing changed and how many times faster
it is; last, two workers beside one in turn over ``--beside`` sheets, and how much of the CPU time is the job's own rather
than its workers': that share cannot be spread. CPU time is what a shared machine can measure; elapsed time is printed
beside it.
"""

from __future__ import annotations

import resource
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.processes import Cost, python


def run(raw: Path, output: Path, workers: int) -> Cost:
    """One run of the batch job."""
    return python("-m", "pipeline", "run", str(raw), str(output), "--workers", str(workers))


#: A run that prints the CPU time of its own process, without its workers'.
_JOB = """
import resource, sys
from pipeline import run
run(sys.argv[1], sys.argv[2], settings=__import__("pipeline.settings").settings.Settings(workers=int(sys.argv[3])))
usage = resource.getrusage(resource.RUSAGE_SELF)
print(usage.ru_utime + usage.ru_stime)
"""


@click.command()
@click.option("--counts", default="1000,10000,100000", show_default=True)
@click.option("--kind", type=click.Choice(["html", "text", "short"]), default="text", show_default=True)
@click.option("--workers", default=1, show_default=True)
@click.option("--beside", default=4000, show_default=True, help="Sheets over which two workers run beside one.")
@click.option("--rounds", default=3, show_default=True, help="How often they do.")
def main(counts: str, kind: str, workers: int, beside: int, rounds: int) -> None:
    """Print the growth curve."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    python("-c", "from pipeline.work import warm; warm()")  # compiles the modules
    click.echo(f"| {kind} sheets | CPU s | ms a sheet | elapsed s | peak MB of a process | again, CPU s | times faster |")
    click.echo("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with TemporaryDirectory() as temporary:
        home = Path(temporary)
        several = [int(count) for count in counts.split(",")]
        for count in several:
            raw, output = home / f"raw-{count}", home / f"output-{count}"
            python("-m", "benchmarks.corpus", str(raw), str(count), "--kind", kind)
            first, second = run(raw, output, workers), run(raw, output, workers)
            click.echo(
                f"| {count:,} | {first.cpu:.1f} | {1000 * first.cpu / count:.2f} | {first.elapsed:.0f} | {first.memory} "
                f"| {second.cpu:.2f} | {first.cpu / second.cpu:.0f} |"
            )
        _beside(home, kind, beside, rounds)


def _beside(home: Path, kind: str, count: int, rounds: int) -> None:
    """Print what one and two workers take over the same sheets, and how many times faster two are, start-up included."""
    raw = home / "raw-beside"
    python("-m", "benchmarks.corpus", str(raw), str(count), "--kind", kind)
    click.echo("\n| workers | CPU s of the workers | of the job itself | elapsed s |\n| ---: | ---: | ---: | ---: |")
    ratios = []
    for turn in range(rounds):
        elapsed = []
        for workers in (1, 2):
            cost = python("-c", _JOB, str(raw), str(home / f"output-{workers}-{turn}"), str(workers))
            own = float(cost.printed)
            elapsed.append(cost.elapsed)
            click.echo(f"| {workers} | {cost.cpu - own:.1f} | {own:.1f} | {cost.elapsed:.1f} |")
        ratios.append(elapsed[0] / elapsed[1])
    spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    click.echo(f"\nOver {count:,} sheets two workers are {spread} times as fast as one.")


if __name__ == "__main__":
    main()
