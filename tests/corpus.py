"""Job sheets made up for the tests of the batch job: seeded, varied, small, in several formats."""

from __future__ import annotations

import random
from pathlib import Path

TRADES = ("cordier", "vannière", "luthier", "rempailleuse", "tonnelier", "doreuse", "fondeur", "brodeuse")
TASKS = (
    "choisit les matières",
    "prépare les outils",
    "répare les pièces anciennes",
    "conseille les clients",
    "tient son atelier",
)


def sheet(number: int) -> str:
    """The text of sheet ``number``, as Markdown."""
    chance = random.Random(number)
    trade = chance.choice(TRADES)
    tasks = chance.sample(TASKS, 3)
    low = chance.randrange(1800, 2600, 10)
    lines = [f"# Fiche métier : {trade} {number}", "", f"Le métier de {trade} s'exerce en atelier.", "", "## Missions", ""]
    lines += [f"- Il {task}." for task in tasks]
    lines += ["", "## Salaire", "", f"De {low} à {low + 300} € brut par mois.", "", "## Formation", "", "CAP ou bac pro.", ""]
    return "\n".join(lines)


def page(number: int) -> str:
    """Sheet ``number`` as an HTML page."""
    body = []
    for line in sheet(number).splitlines():
        if line.startswith("#"):
            depth = len(line) - len(line.lstrip("#"))
            body.append(f"<h{depth}>{line[depth + 1 :]}</h{depth}>")
        elif line.startswith("- "):
            body.append(f"<ul><li>{line[2:]}</li></ul>")
        elif line:
            body.append(f"<p>{line}</p>")
    return f"<!DOCTYPE html><html><head><title>Sheet</title></head><body><main>{''.join(body)}</main></body></html>"


def build(folder: Path, count: int, *, first: int = 0) -> Path:
    """Write ``count`` sheets below ``folder``."""
    for number in range(first, first + count):
        name, content = (f"{number:05}.html", page(number)) if number % 2 else (f"{number:05}.md", sheet(number))
        put(folder / f"{number % 3}" / name, content.encode())
    return folder


def put(path: Path, content: bytes) -> None:
    """Write a file and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def content(output: Path) -> dict[str, bytes]:
    """Name → bytes of every table file that a reader of ``output`` sees, and of the manifest."""
    files = [*output.glob("*/*.parquet"), output / "manifest.json"]
    return {str(path.relative_to(output)): path.read_bytes() for path in files if path.exists()}


def tables(output: Path) -> dict[str, bytes]:
    """Name → bytes of every table file; the manifest, which holds a clock, is left out."""
    return {name: data for name, data in content(output).items() if name != "manifest.json"}
