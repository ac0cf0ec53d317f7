"""A figure may only rise: floors for every field, pinned to one gold.

``gate.json`` holds the checksum of the gold files and the least F1 a field may have. :func:`check`
names what fell; :func:`raised` gives the floors after a change, and refuses to lower one unless told.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import JobsheetsError
from pipeline.review.evaluation import Tally


def read_gate(path: Path) -> dict[str, Any]:
    """The content of a gate file: ``gold`` (checksum) and ``floors`` (field → F1)."""
    if not path.exists():
        raise JobsheetsError(f"{path} does not exist; write it with --update-gate.")
    return dict(json.loads(path.read_text("utf-8")))


def check(gate: Mapping[str, Any], gold: str, figures: Mapping[str, Tally]) -> list[str]:
    """What stands against passing the gate, a sentence each; empty where nothing does."""
    if gate["gold"] != gold:
        return ["The gold files are not those that the gate was set with; look at the figures, then run with --update-gate."]
    faults = []
    for name, floor in gate["floors"].items():
        figure = figures.get(name, Tally(0, 0, 1)).f1
        if figure < floor:
            faults.append(f"{name} fell to {figure:.4f}; its floor is {floor:.4f}.")
    return faults


def raised(old: Mapping[str, float], figures: Mapping[str, Tally], *, allow_lower: bool = False) -> dict[str, float]:
    """The floors after a change: each figure, rounded down to four digits.

    Raises :class:`JobsheetsError` where a floor would fall and ``allow_lower`` is false.
    """
    new = {name: math.floor(tally.f1 * 10_000) / 10_000 for name, tally in figures.items()}
    fallen = [name for name, floor in old.items() if new.get(name, 0.0) < floor]
    if fallen and not allow_lower:
        raise JobsheetsError(f"{', '.join(fallen)} would fall below the floor; if that is meant, add --allow-lower.")
    return new


def write_gate(path: Path, gold: str, floors: Mapping[str, float]) -> None:
    """Write a gate file, its keys sorted."""
    path.write_text(json.dumps({"floors": dict(floors), "gold": gold}, indent=1, sort_keys=True) + "\n", "utf-8")
