"""``jobsheets taxonomy``: which public taxonomies titles and skills are linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.commands.run import setting_flags


@click.group()
def taxonomy() -> None:
    """Add, list and remove the taxonomies that titles and skills are linked to: ROME and ESCO, from your own downloads."""


def _folder(taxonomies: str | None) -> str | None:
    from pipeline.settings import load_settings

    return load_settings({"taxonomies": taxonomies}).taxonomies


@taxonomy.command()
@click.argument("scheme", type=click.Choice(["esco", "rome"]))
@click.argument("download", type=click.Path(exists=True, path_type=Path))
@click.option("--version", help="Version, where the names of the downloaded files do not tell it.")
@setting_flags("taxonomies")
def add(scheme: str, download: Path, version: str | None, taxonomies: str | None) -> None:
    """Read DOWNLOAD (a folder, a ZIP file or, for ESCO, one CSV file) and use it from the next run on.

    Another version of the same taxonomy is replaced. Sheets are extracted anew in the next run.
    """
    from pipeline.taxonomies.library import add as add_taxonomy

    path = add_taxonomy(scheme, download, _folder(taxonomies), version)
    click.echo(_described(path))


@taxonomy.command("list")
@setting_flags("taxonomies")
def list_taxonomies(taxonomies: str | None) -> None:
    """Print the taxonomies in use: scheme, version, numbers of concepts and of their names, file."""
    from pipeline.taxonomies.library import folder, installed

    found = installed(_folder(taxonomies))
    for path in found:
        click.echo(_described(path))
    if not found:
        click.echo(f"No taxonomy in {folder(_folder(taxonomies))}; add one with `jobsheets taxonomy add`.")


@taxonomy.command()
@click.argument("scheme", type=click.Choice(["esco", "rome"]))
@setting_flags("taxonomies")
def remove(scheme: str, taxonomies: str | None) -> None:
    """Use a taxonomy no longer."""
    from pipeline.taxonomies.library import remove as remove_taxonomy

    removed = remove_taxonomy(scheme, _folder(taxonomies))
    click.echo(f"{scheme} removed." if removed else f"{scheme} was not in use.")


def _described(path: Any) -> str:
    from pipeline.taxonomies.index import open_compiled

    compiled = open_compiled(str(path))
    counts = ", ".join(f"{index.concepts} {name} with {index.names} names" for name, index in compiled.indexes.items())
    return f"{compiled.scheme} {compiled.version}: {counts} ({path})"
