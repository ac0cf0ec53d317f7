"""``jobsheets report``: the plots and tables of an output as one page."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("page", type=click.Path(dir_okay=False, path_type=Path))
def report(output: Path, page: Path) -> None:
    """Write one self-contained PAGE (HTML) with the plots and figures of the tables in OUTPUT."""
    from pipeline.report import report_page

    page.write_text(report_page(output), "utf-8")
    click.echo(f"Report written to {page}.")
