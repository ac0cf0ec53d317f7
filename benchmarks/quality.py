"""How good the records are: the tables of ``docs/quality.md``, from one command.

    python -m benchmarks.quality

Needs the annotated sheets and register data beside the checkout for all but the first table; what is absent is
left out with a line that says so. The definitions are those of the tests that hold these figures as floors.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import click

from pipeline.batch import run
from pipeline.commands.evaluate import figures_table
from pipeline.extraction import Extraction, extract
from pipeline.levels import minimum_level
from pipeline.review.evaluation import evaluate
from pipeline.sheet import Piece
from tests import test_levels_data as levels
from tests import test_salaries_data as pay
from tests.register_gold import unpack

HERE = Path(__file__).parents[1]
SHARED = HERE.parent / "shared"
REGISTER = SHARED / "data" / "onisep"


def scored(raw: Path, gold: Path) -> str:
    """The figures of the sheets under ``raw`` against the annotations under ``gold``."""
    with tempfile.TemporaryDirectory() as output:
        run(raw, Path(output) / "out")
        return figures_table(evaluate(gold, Path(output) / "out"))


def plain(words: str | None) -> str:
    """White space folded, plain apostrophes."""
    return " ".join((words or "").replace("’", "'").split())


def agreement(row: dict[str, Any], extraction: Extraction) -> dict[str, bool]:
    """Field → whether the records of a register sheet are those of its label."""
    preferred = [t for t in extraction.titles if t.kind == "preferred"]
    named = {(plain(t.label), plain(t.feminine), plain(t.masculine)) for t in extraction.titles if t.kind == "alternate"}
    return {
        "a sheet, no reject": extraction.sheet is not None and not extraction.rejects,
        "title": [plain(t.label) for t in preferred] == [plain(row["title"])],
        "feminine and masculine": [(plain(t.feminine), plain(t.masculine)) for t in preferred]
        == [(plain(row["fem"]), plain(row["masc"]))],
        "synonyms, with both forms": {(plain(s["label"]), plain(s["fem"]), plain(s["masc"])) for s in row["synonyms"]} <= named,
        "ROME codes": {c.value for c in extraction.codes if c.scheme == "rome"} == set(row["rome"]),
        "courses": {(plain(t.label), t.register_id) for t in extraction.trainings}
        == {(plain(name), key) for name, key in row["formations"]},
        "statuses": {s.label for s in extraction.statuses} == set(row["statuts"]),
        "interests": {plain(i.label) for i in extraction.interests} == {plain(i) for i in row["centres_interet"]},
        "minimum level": levels.agrees(minimum_level(extraction.diplomas), row["niveau_acces_min"] or ""),
    }


def register() -> str:
    """Agreement with the labels of the register's 654 sheets, and of the minimum level that the text alone gives."""
    right: Counter[str] = Counter()
    rows = [json.loads(line) for line in (REGISTER / "labels.jsonl").read_text("utf-8").splitlines()]
    unlabelled = []
    for row in rows:
        text = (REGISTER / "sheets" / f"{row['id']}.md").read_text("utf-8")
        right.update({name: int(same) for name, same in agreement(row, extract(text, f"{row['id']}.md")).items()})
        if "## Accès au métier" in text:
            found = minimum_level(extract(levels._LABELS.sub("", text), row["id"]).diplomas)  # noqa: SLF001
            unlabelled.append(levels.agrees(found, row["niveau_acces_min"] or ""))
    lines = ["| field | sheets that agree |", "| --- | ---: |"]
    lines += [f"| {name} | {count / len(rows):.1%} of {len(rows)} |" for name, count in right.items()]
    text_only = f"{sum(unlabelled) / len(unlabelled):.1%} of {len(unlabelled)}"
    return "\n".join([*lines, f"| minimum level, label lines cut out of the sheet | {text_only} |"])


def statements() -> str:
    """The register's 319 distinct pay statements, each as the pay section of a sheet."""
    found = said = true = 0
    agreed: Counter[str] = Counter()
    for row in pay.rows("onisep/salaries.gold.jsonl"):
        lines = [Piece(line.strip()) for line in re.split(r"<br ?/?>", row["text"]) if line.strip()]
        read = pay.salaries([Piece("Salaire", "heading", 2), Piece("Salaire du débutant", "heading", 3), *lines])
        said, true = said + len(read), true + len(row["salaries"])
        for want in row["salaries"]:
            match = next((r for r in read if pay.same(want, r)), None)
            if match is not None:
                read.remove(match)
                found += 1
                agreed.update(
                    name
                    for name in ("basis", "stage", "status", "variable", "months_paid")
                    if want[name] == getattr(match, name)
                )
    lines = ["| figure | value |", "| --- | ---: |", f"| precision | {found / said:.3f} |", f"| recall | {found / true:.3f} |"]
    return "\n".join(
        [*lines, f"| F1 | {2 * found / (said + true):.3f} |", *(f"| {n} right | {c / found:.3f} |" for n, c in agreed.items())]
    )


@click.command()
def main() -> None:
    """Print every table."""
    click.echo("## The sample sheets of this repository\n\n" + scored(HERE / "raw", HERE / "tests" / "gold"))
    for name, title in (("more", "Sheets written as a blind test"), ("latest", "Sheets of the last blind test")):
        sheets = HERE / "tests" / "gold" / name
        click.echo(f"\n## {title}\n\n" + scored(sheets, sheets))
    if not SHARED.exists():
        click.echo("\nThe annotated sheets and the register data are not beside this checkout; their tables are left out.")
        return
    click.echo("\n## The annotated sheets of development\n\n" + scored(SHARED / "gold" / "dev", SHARED / "gold" / "dev"))
    with tempfile.TemporaryDirectory() as folder:
        real = unpack(Path(folder))
        click.echo("\n## Real sheets of the register, annotated by hand\n\n" + scored(real, real))
    click.echo("\n## Pay statements of the register\n\n" + statements())
    click.echo("\n## The register's own labels\n\n" + register())


if __name__ == "__main__":
    main()
