"""``jobsheets validate``: check an output again."""

from __future__ import annotations

import click

from pipeline.errors import ExitCode


@click.command()
@click.argument("output", default="output")
@click.option("--limit", default=100, show_default=True, help="Print at most so many faults.")
def validate(output: str, limit: int) -> None:
    """Check every key, reference, range and evidence of OUTPUT (default output), and say what is wrong."""
    from pipeline import validation

    found = 0
    for fault in validation.validate(output):
        found += 1
        if found <= limit:
            click.echo(fault)
    if found:
        click.echo(f"{found} faults in {output}.", err=True)
        raise click.exceptions.Exit(ExitCode.INVALID)
    click.echo(f"{output}: every key, reference, range and evidence holds.")
