"""The ``jobsheets`` command: each subcommand parses its words, calls one function, prints."""

from __future__ import annotations

import click


@click.group()
@click.version_option(package_name="jobsheets")
def main() -> None:
    """Raw French job sheets in, normalised Parquet tables out."""


@main.command()
@click.argument("raw", default="raw")
@click.argument("output", default="output")
def run(raw: str, output: str) -> None:
    """Read every sheet under RAW and write the tables to OUTPUT."""
    from pipeline.batch import run as run_batch

    for name, count in run_batch(raw, output).items():
        click.echo(f"{name:12} {count:6}")
