"""``jobsheets review``: what becomes of the decisions made on the review page."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def review() -> None:
    """Make reviewers' decisions count."""


@review.command()
@click.argument("decisions", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--gold", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder of the gold files.")
@click.option("--reviewed", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="File that remembers all decisions. [default: reviewed.jsonl in the gold folder]")  # fmt: skip
def apply(*, decisions: tuple[Path, ...], gold: Path, reviewed: Path | None) -> None:
    """Turn the decisions of the files DECISIONS into gold files, and remember them for later diffs."""
    from pipeline.review import gold as golds
    from pipeline.review.decisions import REVIEWED, read_decisions, write_decisions

    memory = reviewed or gold / REVIEWED
    made = read_decisions(decisions)
    known = read_decisions([memory] if memory.exists() else [])
    counts = golds.apply(made, gold)
    write_decisions(memory, known | made)
    click.echo(f"{len(made):,} decisions: {', '.join(f'{count:,} {what}' for what, count in sorted(counts.items()))}.")
    click.echo(f"{len(known | made):,} decisions remembered in {memory}; give it to `jobsheets diff --reviewed`.")
