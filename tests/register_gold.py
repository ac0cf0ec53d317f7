"""Annotations of real sheets of the register, kept without the words of these sheets.

The register's sheets are not ours to copy. So a gold file under ``gold/register`` says where in its sheet an evidence, a name
or a line stands, ``[start, end]`` in characters of the Markdown file, and holds words only where the annotator's differ from
the sheet's. Beside the sheets it becomes a gold file like all others:

    python -m tests.register_gold unpack INTO       the sheets and their gold, ready for ``jobsheets evaluate``
    python -m tests.register_gold pack GOLD_FOLDER  the other way, after annotating or mending
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import click

PACKED = Path(__file__).parent / "gold" / "register"
SHEETS = Path(__file__).resolve().parents[2] / "shared" / "data" / "onisep" / "sheets"
#: Fields that may hold words of the sheet.
_WORDS = frozenset(("evidence", "feminine", "label", "masculine"))


def unpack(into: Path) -> Path:
    """Write every annotated sheet and its gold file into the folder ``into``, and return it."""
    into.mkdir(parents=True, exist_ok=True)
    for packed in sorted(PACKED.glob("*.gold.json")):
        sheet = SHEETS / packed.name.replace(".gold.json", ".md")
        text = sheet.read_text("utf-8")
        gold = {table: [read(row, text) for row in rows] for table, rows in json.loads(packed.read_text("utf-8")).items()}
        shutil.copy(sheet, into)
        (into / packed.name).write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    return into


def pack(folder: Path, into: Path = PACKED) -> None:
    """Write the gold files of ``folder``, whose sheets are the register's, without the words of their sheets."""
    into.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.gold.json")):
        text = (SHEETS / path.name.replace(".gold.json", ".md")).read_text("utf-8")
        gold = json.loads(path.read_text("utf-8"))
        tables = (f" {json.dumps(table)}: [{_lines(rows, text)}]" for table, rows in gold.items())
        (into / path.name).write_text("{\n" + ",\n".join(tables) + "\n}\n", "utf-8")


def _lines(rows: list[Any], text: str) -> str:
    """The rows of a table, a line each; what is said twice stands where it is said the second time."""
    told: dict[str, int] = {}
    packed = (json.dumps(_placed(row, text, told), ensure_ascii=False) for row in rows)
    return ",".join(f"\n  {row}" for row in packed) + "\n " * bool(rows)


def _placed(row: Any, text: str, told: dict[str, int]) -> Any:
    if not isinstance(row, dict):
        return place(row, text)
    words = {name: place(value, text) for name, value in row.items() if name in _WORDS}
    if list(row) == ["evidence"]:  # an activity
        words["evidence"] = place(row["evidence"], text, told.get(row["evidence"], 0))
        told[row["evidence"]] = words["evidence"][-1]
    return row | words


def place(words: str | None, text: str, after: int = 0) -> list[int] | str | None:
    """Where ``words`` stand in a sheet, at or after a place, white space aside; the words themselves where they do not."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split()))) if words else None
    found = (pattern.search(text, after) or pattern.search(text)) if pattern is not None else None
    return list(found.span()) if found is not None else words


def read(row: Any, text: str) -> Any:
    """A row of a packed file with the words of its sheet."""
    if isinstance(row, dict):
        return {name: read(value, text) if name in _WORDS else value for name, value in row.items()}
    return text[slice(*row)] if isinstance(row, list) else row


@click.group()
def main() -> None:
    """Annotations of the register's sheets, with and without their words."""


main.command("unpack")(click.argument("into", type=click.Path(path_type=Path))(unpack))
main.command("pack")(click.argument("folder", type=click.Path(path_type=Path))(pack))

if __name__ == "__main__":
    main()
