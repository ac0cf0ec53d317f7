"""``jobsheets inspect``: how one sheet was read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.extraction import Extraction
    from pipeline.sheet import Sheet


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Also write a page with the evidence in colours."
)
def inspect(file: Path, page: Path | None) -> None:
    """Print how one sheet was read: its sections, its records with their evidence, and what was dropped and why."""
    from pipeline.errors import JobsheetsError
    from pipeline.extraction import extract
    from pipeline.review.highlight import highlight_page

    extraction = extract(file.read_bytes(), file.name)
    sheet = extraction.sheet
    if sheet is None:
        raise JobsheetsError(extraction.rejects[0].message)
    click.echo("\n".join(_report(sheet, extraction)))
    if page:
        page.write_text(highlight_page(sheet, extraction.records), "utf-8")
        click.echo(f"\nPage written to {page}.")


def _report(sheet: Sheet, extraction: Extraction) -> Iterator[str]:
    from pipeline.records import EXTRACTED
    from pipeline.review.highlight import values

    row = extraction.records["sheets"][0]
    yield from (f"{name:12} {value}" for name, value in values(row).items() if name not in ("text", "summary"))
    yield "\nSECTIONS"
    yield from (
        f"  {'  ' * s.depth}{s.heading or '(before any heading)'}  [{s.kind}]  {s.start}–{s.end}" for s in sheet.sections
    )
    for name in EXTRACTED:
        records = extraction.records[name]
        if records:
            yield f"\n{name.upper()} ({len(records)})"
        for record in records:
            stated = ", ".join(f"{key}={value}" for key, value in values(record).items())
            yield f"  « {_short(record.evidence)} »  {record.start}–{record.end}  [{record.rule}]\n      {stated}"
    if sheet.dropped:
        yield f"\nDROPPED ({len(sheet.dropped)})"
    yield from (f"  {block.kind:14} {block.reason:24} {_short(block.text)}" for block in sheet.dropped)
    yield from (f"\nREJECTED  {reject.message}" for reject in extraction.rejects)


def _short(text: str, width: int = 100) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= width else one_line[: width - 1] + "…"
