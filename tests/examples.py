"""One string is the whole test: a text with inline markup gives text, expected evidence and values.

    Débutant : [[28 à 32 k€ brut annuel | minimum=28000; maximum=32000; stage=entry]], puis plus.

Between double brackets stands the evidence, after the bar the values that the record must have
(``key=value`` separated by ``;``; ``none`` is null, numbers and ``true``/``false`` as in TOML). Two
records from the same words are separated by ``||``. Words outside brackets must yield no record.

An example file ``examples/<table>.toml`` holds a list of cases: ``text`` (lines; ``# `` to ``###### ``
make headings, ``- `` list items, anything else paragraphs), ``heading`` (a section heading put above
the text), ``title`` (the sheet's name, put at the top), and ``purpose``: ``develop`` (rules were
written with it in view), ``evaluate`` (kept aside), ``known-failure`` (documented as not handled).
At its top, ``span = "exact"`` demands equal evidence, ``"overlap"`` only common characters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.sections import sectionise
from pipeline.sheet import Piece, Sheet, assemble, sheet_key

FOLDER = Path(__file__).parent / "examples"
_MARK = re.compile(r"\[\[(.+?)\s*(?:\|(?!\|)\s*(.*?))?\]\]", re.DOTALL)


@dataclass(frozen=True)
class Expected:
    """A record that a case demands: its evidence by offsets, and its values."""

    start: int
    end: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Case:
    """An example: a sheet, and the records it must yield, no more and no fewer."""

    table: str
    name: str
    purpose: str
    span: str
    sheet: Sheet
    expected: tuple[Expected, ...]


def cases(table: str) -> Iterator[Case]:
    """The cases of ``examples/<table>.toml``."""
    content = tomllib.loads((FOLDER / f"{table}.toml").read_text("utf-8"))
    for i, row in enumerate(content["case"], 1):
        head = "".join(f"{mark} {row[key]}\n" for mark, key in (("#", "title"), ("##", "heading")) if key in row)
        sheet, expected = read_markup(head + row["text"].strip("\n"))
        plain = _MARK.sub(r"\1", row["text"])[:50].replace("\n", " ")
        yield Case(
            table, f"{table}-{i:03}: {plain}", row.get("purpose", "develop"), content.get("span", "exact"), sheet, expected
        )


def read_markup(marked: str) -> tuple[Sheet, tuple[Expected, ...]]:
    """Marked-up lines → the sheet they make and the records they demand."""
    pieces, marks = [], []
    for line in marked.splitlines():
        if not line.strip():
            continue
        piece, found = _piece(line)
        pieces.append(piece)
        marks.append(found)
    text, blocks, fields, _ = assemble(pieces)
    source = f"example:{text[:40]}"
    sheet = Sheet(sheet_key(source), source, "text", "0" * 32, text, blocks, sectionise(text, blocks), fields)
    expected = [
        Expected(block.start + start, block.start + end, values)
        for block, found in zip(blocks, marks, strict=True)
        for start, end, several in found
        for values in several
    ]
    return sheet, tuple(expected)


def _piece(line: str) -> tuple[Piece, list[tuple[int, int, list[dict[str, Any]]]]]:
    kind, depth = "paragraph", 0
    if match := re.match(r"(#{1,6}) ", line):
        kind, depth = "heading", len(match.group(1))
        line = line[match.end() :]
    elif match := re.match(r"( *)- ", line):
        kind, depth = "item", 1 + len(match.group(1)) // 2
        line = line[match.end() :]
    text, found, last = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        found.append((len(text), len(text) + len(mark.group(1)), [_values(v) for v in (mark.group(2) or "").split("||")]))
        text += mark.group(1)
        last = mark.end()
    return Piece(text + line[last:], kind, depth, group=int(kind == "item")), found


def _values(written: str) -> dict[str, Any]:
    pairs = (pair.split("=", 1) for pair in written.split(";") if pair.strip())
    return {key.strip(): _value(value.strip()) for key, value in pairs}


def _value(written: str) -> Any:
    if written in {"none", "true", "false"}:
        return {"none": None, "true": True, "false": False}[written]
    try:
        return float(written)
    except ValueError:
        return written


def faults(case: Case, records: list[Any]) -> list[str]:
    """How ``records`` differ from what ``case`` demands; empty if they do not."""
    left = list(records)
    found = []
    for want in case.expected:
        match = next((r for r in left if _meets(r, want, case.span)), None)
        if match is None:
            found.append(f"missing: {case.sheet.text[want.start : want.end]!r} with {want.values}")
        else:
            left.remove(match)
    return found + [f"unwanted: {record}" for record in left]


def _meets(record: Any, want: Expected, span: str) -> bool:
    exact = (record.start, record.end) == (want.start, want.end)
    overlaps = record.start < want.end and want.start < record.end
    return (exact or (span == "overlap" and overlaps)) and all(getattr(record, k) == v for k, v in want.values.items())
