"""``jobsheets diff``: what differs between two outputs, for people, for a pull request, for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.review.decisions import Decisions
    from pipeline.review.diff import Change, Diff

FILE = click.Path(dir_okay=False, path_type=Path, allow_dash=True)
DIFFERENT = 1
SOURCES = 3


@click.command(epilog="Exit codes: 0: the same values. 1: different. 2: an output or option that cannot be used.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--markdown", "markdown_path", metavar="FILE", type=FILE,
              help="Write a report for a pull request; - for the screen.")  # fmt: skip
@click.option("--limit", default=20, show_default=True, help="Changes that the report shows.")
@click.option("--json", "json_path", metavar="FILE", type=FILE, help="Write a JSON object a change; - for the screen.")
@click.option("--parquet", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write a row a change.")
@click.option("--html", "page", metavar="PAGE", type=click.Path(dir_okay=False, path_type=Path), help="Write the review page.")
@click.option("--reviewed", metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Decisions made before (reviewed.jsonl); what they cover is no longer open.")  # fmt: skip
@click.option("--show-reviewed", is_flag=True, help="Show what was decided before, too.")
@click.option("--gold", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Annotated sheets: say what the change did to the figures.")  # fmt: skip
@click.option("--fail-on", multiple=True, type=click.Choice(["lost", "changed", "gained"]),
              help="Exit 1 only for changes of this kind that are open, or rejected and still there.")  # fmt: skip
def diff(
    *, old: Path, new: Path, markdown_path: Path | None, limit: int, json_path: Path | None, parquet: Path | None,
    page: Path | None, reviewed: tuple[Path, ...], show_reviewed: bool, gold: Path | None, fail_on: tuple[str, ...],
) -> None:  # fmt: skip
    """Compare two outputs record by record: what was gained, lost and changed from OLD to NEW."""
    from pipeline.review.decisions import read_decisions
    from pipeline.review.diff import diff as compare

    found = compare(old, new)
    decisions = read_decisions(reviewed)
    figures = _figures(gold, old, new)
    if markdown_path:
        from pipeline.review.markdown import markdown

        _write(markdown_path, markdown(found, decisions, figures, show_reviewed=show_reviewed, limit=limit))
    if json_path:
        _write(json_path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(found, decisions)))
    if parquet:
        found.to_frames()["changes"].to_parquet(parquet)
    if page:
        from pipeline.review.page import review_page

        page.write_text(
            review_page(found, decisions, names=(str(old), str(new)), show_reviewed=show_reviewed), "utf-8", newline="\n"
        )
    if not {Path("-")} & {markdown_path, json_path}:
        click.echo("\n".join(_summary(found, decisions, figures)))
        if page:
            click.echo(f"\nReview page written to {page}.")
    failed = _failing(found, decisions, fail_on) if fail_on else found.real
    if fail_on and failed:
        click.echo(f"{len(failed):,} changes stand against this ({', '.join(fail_on)}; not reviewed, or rejected).", err=True)
    if failed:
        raise click.exceptions.Exit(DIFFERENT)


def _figures(gold: Path | None, old: Path, new: Path) -> Any:
    if gold is None:
        return None
    from pipeline.review.evaluation import evaluate

    return evaluate(gold, old), evaluate(gold, new)


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        click.echo(text, nl=False)
    else:
        path.write_text(text, "utf-8", newline="\n")


def _lines(found: Diff, decisions: Decisions) -> Iterator[dict[str, Any]]:
    from pipeline.review.diff import as_line

    for change in found.changes:
        decision = decisions.get(change.change_id)
        yield as_line(change) | ({"decision": decision.decision} if decision else {})


def _failing(found: Diff, decisions: Decisions, kinds: tuple[str, ...]) -> list[Change]:
    from pipeline.review.decisions import ACCEPTED

    accepted = {key for key, decision in decisions.items() if decision.decision == ACCEPTED}
    return [change for change in found.real if change.kind in kinds and change.change_id not in accepted]


def _summary(found: Diff, decisions: Decisions, figures: Any) -> Iterator[str]:
    from pipeline.review.context import visible
    from pipeline.review.decisions import open_changes
    from pipeline.review.markdown import changed_fields, figures_table

    counts = found.counts()
    columns = ("gained", "lost", "changed", "unchanged")
    yield f"{'table':12}" + "".join(f"{column:>11}" for column in columns)
    for name, count in counts.items():
        yield f"{name:12}" + "".join(f"{count[column]:11,}" for column in columns)
    yield from (f"changed in {line}" for line in changed_fields(found))
    for what, sources in (("added", found.sheets_added), ("removed", found.sheets_removed)):
        if sources:
            named = [*sorted(sources)[:SOURCES], *(["…"] if len(sources) > SOURCES else [])]
            yield f"sheets {what}: {len(sources):,} ({visible(', '.join(named))})"
    moved = len(found.changes) - len(found.real)
    if moved:
        yield f"{moved:,} unchanged records have another place, key or rule."
    if not found:
        yield "No value differs."
    elif decisions:
        waiting = len(open_changes(found.real, decisions))
        yield f"{waiting:,} of {len(found.real):,} changes are open; the others were reviewed."
    if figures:
        yield "\n" + "\n\n".join(figures_table(*figures))
