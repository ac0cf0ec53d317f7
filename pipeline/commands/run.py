"""``jobsheets run``: the batch job."""

from __future__ import annotations

import click


@click.command()
@click.argument("raw", default="raw")
@click.argument("output", default="output")
def run(raw: str, output: str) -> None:
    """Read every sheet under RAW and write the tables to OUTPUT."""
    from pipeline.batch import run as run_batch

    for name, count in run_batch(raw, output).items():
        click.echo(f"{name:12} {count:6}")
