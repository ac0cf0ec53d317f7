"""``jobsheets export``: the tables in the formats that other programs open."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def export() -> None:
    """Write the tables as CSV files, JSON-LD documents or an Excel workbook."""


_output = click.argument("output", type=click.Path(path_type=Path))
_folder = click.argument("destination", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))


@export.command()
@_output
@_folder
@click.option(
    "--separator",
    type=click.Choice(["semicolon", "comma"]),
    default="semicolon",
    show_default=True,
    help="Semicolons go with decimal commas, as a French Excel expects; commas with decimal points.",
)
def csv(output: Path, destination: Path, separator: str) -> None:
    """Write each table of OUTPUT to FOLDER/<table>.csv, in UTF-8 with a byte order mark."""
    from pipeline.exports.delimited import write

    click.echo(f"{len(write(output, destination, separator))} files written to {destination}.")


@export.command()
@_output
@_folder
def jsonld(output: Path, destination: Path) -> None:
    """Write each sheet of OUTPUT to FOLDER/<sheet_id>.jsonld as a schema.org/Occupation."""
    from pipeline.exports.linked import write

    click.echo(f"{len(write(output, destination))} documents written to {destination}.")


@export.command()
@_output
@click.argument("workbook", type=click.Path(dir_okay=False, path_type=Path))
def xlsx(output: Path, workbook: Path) -> None:
    """Write the tables of OUTPUT to one Excel WORKBOOK, a sheet a table."""
    from pipeline.exports.excel import write

    write(output, workbook)
    click.echo(f"Workbook written to {workbook}.")
