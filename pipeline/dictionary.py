"""The data dictionary: record classes → ``docs/tables.md``.

Run ``python -m pipeline.dictionary > docs/tables.md`` after a change of the records; a test compares.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import takewhile

from pipeline.records import TABLES, Record, Span
from pipeline.schema import Attribute, attributes, key_columns
from pipeline.tables import views

_TYPES = {"str": "string", "int": "int32", "float": "float64", "bool": "bool", "date": "date"}

_INTRODUCTION = """\
# The tables

Generated from `pipeline/records.py` by `make docs`; do not edit by hand.

Every table is a folder `output/<table>/` of Parquet files and holds the rows of all sheets, sorted by
`sheet_id` and then as stated. `<singular>_id` is the primary key: 16 hexadecimal digits, the same in
every run and on every machine for the same sheet. `sheet_id` refers to `sheets.sheet_id`. A record that
was read from the text carries its place (`start`, `end`, half-open, in characters), the words
themselves (`evidence`, equal to `text[start:end]`) and the `rule` that read it. A value that the sheet
does not state is null; what was inferred is flagged so.
"""


def data_dictionary() -> str:
    """The whole page, in Markdown, ending with a newline."""
    parts = [_INTRODUCTION, *_diagram()]
    for name, cls in TABLES.items():
        parts += [
            "",
            f"## {name}",
            "",
            (cls.__doc__ or "").split("\n")[0],
            "",
            f"*Grain:* {cls.grain}. *Sorted by:* {_order(cls)}.",
            "",
        ]
        parts += [
            "| column | type | null | meaning | unit or values | example | French |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        ]
        parts += [_row(attribute) for attribute in key_columns(cls) + attributes(cls)]
    parts += _views()
    return "\n".join(parts) + "\n"


def _order(cls: type[Record]) -> str:
    return ", ".join(f"`{name}`" for name in ("sheet_id", *cls.sort))


def _row(attribute: Attribute) -> str:
    about = attribute.about
    kind = _TYPES[attribute.type.__name__] + (" (dictionary)" if about.dictionary else "")
    limits = [about.unit] if about.unit else []
    if about.values:
        limits.append(", ".join(f"`{value}`" for value in about.values))
    if about.low is not None or about.high is not None:
        limits.append(
            f"{'' if about.low is None else f'{about.low:g}'} … {'' if about.high is None else f'{about.high:g}'}".strip()
        )
    if about.references:
        limits.append(f"→ `{about.references}`")
    example = "" if about.example is None else f"`{about.example}`".replace("\n", "\\n")
    cells = (
        f"`{attribute.name}`",
        kind,
        "yes" if attribute.nullable else "",
        about.meaning,
        "; ".join(limits),
        example,
        about.french,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "erDiagram"
    for name, cls in TABLES.items():
        if name != "sheets":
            yield f"    sheets {'|o' if name == 'rejects' else '||'}--o{{ {name} : sheet_id"
        yield f"    {name} {{"
        for key, mark in zip(key_columns(cls), ("PK", "FK"), strict=False):
            yield f"        {_TYPES[key.type.__name__]} {key.name} {mark}"
        for a in attributes(cls):
            if not issubclass(cls, Span) or a.name not in ("start", "end", "evidence", "rule"):
                yield f"        {_TYPES[a.type.__name__]} {a.name}"
        yield "    }"
    yield "```"


def _views() -> Iterator[str]:
    yield from ("", "## Ready-made views", "")
    yield '`jobsheets query` and `load_tables(output, "duckdb")` know these as well; each is a file of `pipeline/views/`.'
    yield from ("", "| view | what it holds |", "| --- | --- |")
    for name, sql in views().items():
        about = " ".join(line[2:].strip() for line in takewhile(lambda line: line.startswith("--"), sql.splitlines()))
        yield f"| `{name}` | {about.replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
