"""``jobsheets evaluate``: the figures of an output on annotated sheets, and the gate that keeps them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("output", default="output", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--show", metavar="FIELD", help="Also print the missed and wrong records of one field.")
@click.option("--worst", default=0, metavar="N", help="Also print the N sheets and fields that lose most.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Also write the figures to a file.")
@click.option(
    "--gate", type=click.Path(dir_okay=False, path_type=Path), help="Exit 1 where a figure fell below its floor in this file."
)
@click.option("--update-gate", is_flag=True, help="Raise the floors of the gate file to these figures.")
@click.option("--allow-lower", is_flag=True, help="With --update-gate: let a floor fall.")
def evaluate(
    *, gold: Path, output: Path, show: str | None, worst: int, json_path: Path | None, gate: Path | None,
    update_gate: bool, allow_lower: bool,
) -> None:  # fmt: skip
    """Compare OUTPUT with the hand-annotated sheets of GOLD: precision, recall and F1 a field, in Markdown."""
    from pipeline.review import evaluation
    from pipeline.review import gate as gates

    result = evaluation.evaluate(gold, output)
    if show and show not in evaluation.FIELDS:
        raise click.UsageError(f"There is no field {show!r}; the fields are {', '.join(evaluation.FIELDS)}.")
    click.echo(figures_table(result))
    for sheet, name, tally in result.worst(worst):
        click.echo(f"{sheet}: {name} {tally.hit:g} right of {tally.said:g} said and {tally.true:g} true")
    for difference in result.differences:
        if difference.field == show:
            shown = {key: value for key, value in difference.record.items() if value is not None and not key.endswith("_id")}
            click.echo(f"{difference.sheet}: {difference.mark:6} {json.dumps(shown, ensure_ascii=False, default=str)}")
    figures = result.figures()
    if json_path:
        rows = {name: {"precision": t.precision, "recall": t.recall, "f1": t.f1, **t._asdict()} for name, t in figures.items()}
        json_path.write_text(
            json.dumps({"figures": rows, "missing": result.missing}, indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
    if gate and update_gate:
        old = gates.read_gate(gate)["floors"] if gate.exists() else {}
        gates.write_gate(gate, evaluation.checksum(gold), gates.raised(old, figures, allow_lower=allow_lower))
    elif gate and (faults := gates.check(gates.read_gate(gate), evaluation.checksum(gold), figures)):
        click.echo("\n".join(faults), err=True)
        sys.exit(1)


def figures_table(result: Any) -> str:
    """The figures as a Markdown table, with the bootstrap interval of F1."""
    missing = f", {len(result.missing)} without output: {', '.join(result.missing)}" if result.missing else ""
    lines = [f"{len(result.sheets)} sheets{missing}", "", "| field | precision | recall | F1 | 95 % | said | gold |",
             "| --- | ---: | ---: | ---: | :---: | ---: | ---: |"]  # fmt: skip
    intervals = result.intervals()
    for name, t in result.figures().items():
        low, high = intervals[name]
        lines.append(
            f"| {name} | {t.precision:.3f} | {t.recall:.3f} | {t.f1:.3f} | {low:.2f}–{high:.2f} | {t.said:g} | {t.true:g} |"
        )
    return "\n".join(lines)
