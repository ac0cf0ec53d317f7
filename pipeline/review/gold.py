"""Decisions → gold files ``NAME.gold.json``, the annotations that figures are measured against.

A reviewer who accepts a change says that its new record is right and its old one wrong; one who rejects
it says the reverse. The right record becomes gold; the wrong one is taken out of it.

Reviewers see changes, not sheets: what they say of a table is rarely all that the sheet holds. Tables
that a gold file did not have before are named in its key ``partial``, and what was found wrong in them
stands under ``rejected``. On a partial table the evaluation counts no record that nobody judged. A block
that the cleaning rightly removed becomes a ``drop``, one that it should have kept a ``keep``.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import JobsheetsError
from pipeline.records import EXTRACTED
from pipeline.review import likeness
from pipeline.review.decisions import ACCEPTED, Decision, Decisions
from pipeline.review.diff import value_columns
from pipeline.review.outputs import Row

Gold = dict[str, Any]

#: Table → the columns of a gold record that stand even where they are null; then those that stand where they say something.
_COLUMNS = {
    "titles": (("label", "kind", "feminine", "masculine"), ()),
    "salaries": (
        ("minimum", "maximum", "currency", "period", "basis", "stage", "status", "evidence"),
        ("months_paid", "variable", "smic_multiple"),
    ),
    "diplomas": (("kind", "label", "level", "requirement", "evidence"), ()),
    "tasks": (("evidence",), ()),
    "skills": (("label", "category", "requirement", "evidence"), ()),
    "codes": (("scheme", "value"), ()),
}
#: Table → the columns that tell one gold record from another.
_IDENTITY = {
    "titles": ("kind", "label"),
    "salaries": ("minimum", "maximum", "currency", "period", "smic_multiple", "evidence"),
    "diplomas": ("kind", "label", "level"),
    "tasks": ("evidence",),
    "skills": ("label",),
    "codes": ("scheme", "value"),
}
#: A shorter block may well stand elsewhere in the sheet, too, where it belongs.
_LEAST_BLOCK = 12


def record(table: str, row: Row) -> Row:
    """A row of a table as a gold file has it."""
    fixed, said = _COLUMNS.get(table, ((), value_columns(table)))
    found = {name: row.get(name) for name in fixed} | {name: row[name] for name in said if row.get(name)}
    if found.get("evidence"):
        found["evidence"] = _folded(str(found["evidence"]))
    return found


def _folded(text: str) -> str:
    return " ".join(text.split())


def apply(decisions: Decisions, folder: Path) -> Counter[str]:
    """Bring the decisions into the gold files of ``folder``; returns how many records became what.

    The counts are of ``added``, ``removed``, ``rejected`` (noted as wrong in a partial table), ``standing``
    (the gold said so already) and ``no gold`` (changes in tables that have none).
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    by_source: dict[str, list[Decision]] = {}
    for key in sorted(decisions):
        by_source.setdefault(decisions[key].source, []).append(decisions[key])
    paths = _paths(folder)
    for source, decided in sorted(by_source.items()):
        path = paths.get(source) or _by_stem(paths, source, by_source) or _new_path(folder, source, decided[0].sheet_id)
        gold = _read(path) if path.exists() else {"source": source}
        before = json.dumps(gold)
        # First everything that goes, so that what comes is not taken for standing already.
        for step in (_take_out, _put_in):
            for decision in decided:
                counts[step(gold, decision)] += 1
        if json.dumps(gold) != before:
            path.write_text(_written(gold), "utf-8")
    del counts[""]
    return counts


def _paths(folder: Path) -> dict[str, Path]:
    """The gold files by the source that they name, or by the stem of their sheet."""
    return {
        _read(path).get("source") or path.name.removesuffix(".gold.json"): path for path in sorted(folder.glob("*.gold.json"))
    }


def _by_stem(paths: Mapping[str, Path], source: str, sources: Iterable[str]) -> Path | None:
    """The gold file that names no source but has the stem of this one."""
    stem = PurePosixPath(source).stem
    path = paths.get(stem)
    others = [other for other in sources if other != source and other not in paths and PurePosixPath(other).stem == stem]
    if path and others:
        raise JobsheetsError(f"{path} could be of {source} or of {others[0]}; name its sheet in a key `source`.")
    return path


def _read(path: Path) -> Gold:
    try:
        gold = json.loads(path.read_text("utf-8"))
        if isinstance(gold, dict):
            return gold
    except ValueError:
        pass
    raise JobsheetsError(f"{path} is no gold file: it holds no JSON object.")


def _new_path(folder: Path, source: str, sheet_id: str) -> Path:
    """A name for the gold of a sheet that has none: its stem, told apart where another sheet has that stem, too."""
    stem = re.sub(r"[^\w.+-]+", "-", PurePosixPath(source).stem).strip(".-")[:100] or sheet_id
    path = folder / f"{stem}.gold.json"
    return folder / f"{stem}-{sheet_id}.gold.json" if path.exists() else path


def _written(gold: Gold) -> str:
    """A record a line, as people edit it."""
    parts = []
    for name, value in gold.items():
        if isinstance(value, list) and value:
            rows = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in value)
            parts.append(f" {json.dumps(name)}: [\n{rows}\n ]")
        else:
            parts.append(f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _sides(decision: Decision) -> tuple[Row | None, Row | None]:
    """The record that is right and the one that is wrong."""
    return (decision.new, decision.old) if decision.decision == ACCEPTED else (decision.old, decision.new)


def _take_out(gold: Gold, decision: Decision) -> str:
    table, (_, wrong) = decision.table, _sides(decision)
    if wrong is None or table not in EXTRACTED:
        return ""
    row = record(table, wrong)
    kept = [other for other in gold.get(table, []) if not _identical(table, other, row)]
    removed = len(kept) < len(gold.get(table, []))
    if removed:
        gold[table] = kept
    if table in gold and table not in gold.get("partial", []):
        return "removed" if removed else ""
    _set_partial(gold, table)
    noted = gold.setdefault("rejected", {}).setdefault(table, [])
    if row in noted:
        return "removed" if removed else ""
    noted.append(row)
    return "rejected"


def _put_in(gold: Gold, decision: Decision) -> str:
    table, (right, wrong) = decision.table, _sides(decision)
    if table == "dropped":
        return _block(gold, right, wrong)
    if table not in EXTRACTED:
        return "no gold"
    if right is None:
        return ""
    row = record(table, right)
    if table not in gold:
        _set_partial(gold, table)
    rejected = gold.get("rejected", {}).get(table, [])
    if row in rejected:
        rejected.remove(row)
    if any(_SAME.get(table, _same_label)(other, row) for other in gold[table]):
        return "standing"
    gold[table].append(row)
    return "added"


def _set_partial(gold: Gold, table: str) -> None:
    gold.setdefault(table, [])
    if table not in gold.setdefault("partial", []):
        gold["partial"].append(table)


def _block(gold: Gold, right: Row | None, wrong: Row | None) -> str:
    """A block of `dropped`: rightly removed, it is a `drop`; wrongly, a `keep`. A change of its rule says nothing."""
    block = right or wrong or {}
    text = _folded(str(block.get("text", "")))
    if len(text) < _LEAST_BLOCK or (right and wrong):
        return "no gold"
    name, other = ("drop", "keep") if right else ("keep", "drop")
    if text in gold.get(other, []):
        gold[other].remove(text)
    if text in gold.get(name, []):
        return "standing"
    gold.setdefault(name, []).append(text)
    return "added"


def _identical(table: str, left: Row, right: Row) -> bool:
    columns = _IDENTITY.get(table, tuple(right))
    return all(_plain(left.get(name)) == _plain(right.get(name)) for name in columns)


def _plain(value: Any) -> Any:
    return likeness.plain(value) if isinstance(value, str) else value


def _same_label(left: Row, right: Row) -> bool:
    """The same words in the label, and the same of what else tells records apart."""
    alike = likeness.overlap(left.get("label") or "", right.get("label") or "") >= likeness.NAME_OVERLAP
    return alike and all(left.get(name) == right.get(name) for name in ("kind", "level", "register_id"))


def _same_salary(left: Row, right: Row) -> bool:
    shared = likeness.overlap(left.get("evidence") or "", right.get("evidence") or "")
    return likeness.same_salary(left, right) > 0 and shared >= likeness.LABEL_OVERLAP


#: Table → whether a gold record, maybe in other words, is the record already.
_SAME: Mapping[str, Callable[[Row, Row], Any]] = {
    "titles": likeness.same_title,
    "salaries": _same_salary,
    "tasks": likeness.same_task,
    "codes": likeness.same_code,
    "experience": lambda left, right: _identical("experience", left, right),
}
