"""Pays read from real statements, against hand-made labels; skipped where the shared data is absent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.extraction import extract_records
from pipeline.records import Salary
from pipeline.sections import sectionise
from pipeline.sheet import Piece, Sheet, assemble, sheet_key

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def rows(path: str) -> list[dict[str, Any]]:
    if not (DATA / path).exists():
        pytest.skip(f"no {path} beside the checkout")
    return [json.loads(line) for line in (DATA / path).read_text("utf-8").splitlines()]


def salaries(pieces: list[Piece]) -> list[Salary]:
    text, blocks, fields, _ = assemble(pieces)
    sheet = Sheet(sheet_key(text), "statement", "text", "0" * 32, text, blocks, sectionise(text, blocks), fields)
    extraction = extract_records(sheet)
    assert not extraction.rejects
    return extraction.records["salaries"]


def same(want: dict[str, Any], row: Salary) -> bool:
    """Minimum, maximum, currency, period and multiple of the SMIC equal, as the scorer compares them."""
    keys = ["minimum", "maximum", "smic_multiple"]
    keys += ["currency", "period"] if want["minimum"] is not None or want["maximum"] is not None else []
    return all(want[key] == getattr(row, key) for key in keys if key != "period" or want[key])


def test_register_statements() -> None:
    """319 distinct statements of the register, each as the pay section of a sheet."""
    found = said = true = 0
    attributes = {"basis": 0, "stage": 0, "status": 0, "variable": 0, "months_paid": 0, "period_inferred": 0}
    for row in rows("onisep/salaries.gold.jsonl"):
        lines = [Piece(line.strip()) for line in re.split(r"<br ?/?>", row["text"]) if line.strip()]
        read = salaries([Piece("Salaire", "heading", 2), Piece("Salaire du débutant", "heading", 3), *lines])
        said, true = said + len(read), true + len(row["salaries"])
        for want in row["salaries"]:
            match = next((r for r in read if same(want, r)), None)
            if match is not None:
                read.remove(match)
                found += 1
                for name in attributes:
                    attributes[name] += want[name] == getattr(match, name)
    assert 2 * found / (said + true) >= 0.99
    shares = {name: right / found for name, right in attributes.items()}
    assert min(shares.values()) >= 0.97, shares


def test_notations_of_other_sites() -> None:
    """Pay statements of many sites that leave no doubt; the sums and periods of a statement must all be right."""
    right = total = 0
    for row in rows("peers/salary_notations.jsonl"):
        if row["ambiguous"]:
            continue
        want = [e for key in ("expected", "equivalents") for e in row.get(key, [])]
        read = salaries(_pieces(row["text"], row.get("context") or ""))
        got = sorted(str((r.minimum, r.maximum, r.currency, r.period, r.smic_multiple)) for r in read)
        right += got == sorted(_key(e) for e in want)
        total += 1
    assert right / total >= 0.95, f"{right} of {total}"


def _key(want: dict[str, Any]) -> str:
    low, high = (None if want[k] is None else float(want[k]) for k in ("min", "max"))
    stated = low is not None or high is not None
    return str((low, high, want["currency"] if stated else None, want["period"] if stated else None, want.get("smic_factor")))


def _pieces(text: str, context: str) -> list[Piece]:
    """The statement as its context says that it stood: in a table, under a lead-in, or after other words."""
    heading = Piece("Salaire", "heading", 2)
    if context.startswith("columns: ") and text.count("|") > 1:
        columns, cells = ([part.strip() for part in t.split("|")] for t in (context.removeprefix("columns: "), text))
        table = tuple((cell, column, "") for cell, column in zip(cells, columns, strict=True))
        return [heading, Piece("\t".join(cells), "row", cells=table, group=1)]
    if context.startswith("list header: "):
        return [heading, Piece(context.removeprefix("list header: ") + " :"), Piece(text, "item", 1, group=1)]
    if context.startswith(("heading:", "columns", "follows", "table")) or not context:
        return [heading, Piece(text)]
    return [heading, Piece(f"{context} {text}")]
