"""What reviewers decided about changes, a JSON object a line.

A line is the change as ``jobsheets diff --json`` writes it (see :func:`pipeline.review.diff.as_line`) with
``decision`` (``accepted`` or ``rejected``) and, from the review page, ``decided`` (when). It stands for
itself, and its ``change_id`` is recomputed when it is read: a decision holds for the values, the evidence
and the content of the sheet that it was made on, and for nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import JobsheetsError
from pipeline.records import TABLES
from pipeline.review.diff import Change, identify
from pipeline.review.outputs import Row

ACCEPTED, REJECTED = "accepted", "rejected"
REVIEWED = "reviewed.jsonl"

#: The decision about each change, by its id.
Decisions = Mapping[str, "Decision"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A change and what was decided about it; ``line`` is all that its line holds."""

    change_id: str
    decision: str
    kind: str
    table: str
    sheet_id: str
    source: str
    old: Row | None
    new: Row | None
    line: Mapping[str, Any]


def read_decisions(paths: Sequence[Path]) -> dict[str, Decision]:
    """The decisions of some files by change id; a later line takes the place of an earlier one.

    Raises :class:`JobsheetsError` at the first line that is no decision, or whose id is not that of its values.
    """
    return {decision.change_id: decision for path in paths for decision in _decisions(path)}


def _decisions(path: Path) -> Iterator[Decision]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise JobsheetsError(f"{path} cannot be read as a file of decisions: {error}.") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _decision(line, f"{path}, line {number}")


def _decision(line: str, where: str) -> Decision:
    try:
        values = json.loads(line)
        decision = Decision(**{name: values[name] for name in Decision.__slots__ if name != "line"}, line=values)
        rows = (decision.old, decision.new)
        found = identify(decision.kind, decision.table, decision.sheet_id, values["contents"], rows)
        sound = decision.table in TABLES and decision.decision in {ACCEPTED, REJECTED} and isinstance(decision.source, str)
    except (ValueError, TypeError, KeyError, AttributeError):
        sound = False
    if not sound:
        raise JobsheetsError(f"{where} is no decision; download the decisions from the review page anew.")
    if found != decision.change_id:
        raise JobsheetsError(f"{where} was altered: its change_id {decision.change_id} is not that of its values.")
    return decision


def write_decisions(path: Path, decisions: Decisions) -> None:
    """Write decisions, sorted by change id, so that the file keeps its lines where nothing changed."""
    lines = [json.dumps(decisions[key].line, ensure_ascii=False, sort_keys=True) + "\n" for key in sorted(decisions)]
    path.write_text("".join(lines), "utf-8")


def open_changes(changes: Sequence[Change], decisions: Decisions) -> list[Change]:
    """The changes that nobody has decided about."""
    return [change for change in changes if change.change_id not in decisions]
