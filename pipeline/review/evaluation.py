"""Precision, recall and F1 of an output against hand-annotated sheets, field by field.

A gold file ``NAME.gold.json`` is joined to the sheet that its key ``source`` names, or else to the one
whose source has the stem ``NAME``. Of a table that it names in ``partial``, it holds some records only
(and, under ``rejected``, some that are wrong): what nobody judged is not counted there. Figures are
micro-averaged: every gold record counts once. Each comes with a 95 % interval from a bootstrap over
the sheets (resampled with a fixed seed, so that the same input gives the same figures).
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from pipeline.errors import JobsheetsError
from pipeline.review import likeness
from pipeline.review.likeness import Row

#: Field → what it measures. The order of the printed table.
FIELDS = {
    "clean.keep": "share of `keep` lines found in the clean text",
    "clean.drop": "share of `drop` words absent from the clean text",
    "title": "exact preferred title",
    "titles": "alternate and career names, by kind",
    "salaries": "minimum, maximum, currency, period all equal",
    "salary.attrs": "basis and stage right, among matched salaries",
    "levels": "set of French levels of a sheet",
    "diplomas": "same kind and level, label sharing half its words",
    "requirement": "requirement right, among matched diplomas",
    "tasks.cover": "characters of the text that are task",
    "tasks": "whole activities, sharing 0.6 of their words",
    "skills": "labels sharing half their words",
    "skill.cat": "category right, among matched skills",
    "codes": "scheme and value",
    "evidence": "records whose evidence is what the text holds at their offsets",
}
_TABLES = ("titles", "salaries", "diplomas", "tasks", "skills", "codes")
_LIKENESS = {
    "salaries": likeness.same_salary,
    "diplomas": likeness.same_diploma,
    "tasks": likeness.same_task,
    "skills": likeness.same_skill,
    "codes": likeness.same_code,
}
#: Table → the field that scores its attributes among matched records, these attributes, and whether null in gold counts.
_ATTRIBUTES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "salaries": ("salary.attrs", ("basis", "stage"), True),
    "diplomas": ("requirement", ("requirement",), False),
    "skills": ("skill.cat", ("category",), False),
}
_RESAMPLES = 500


class Tally(NamedTuple):
    """How many records were right, were said, and are true."""

    hit: float = 0
    said: float = 0
    true: float = 0

    def plus(self, other: Tally) -> Tally:
        """The tally of both."""
        return Tally(self.hit + other.hit, self.said + other.said, self.true + other.true)

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 where nothing was said and nothing is true."""
        return self.hit / self.said if self.said else float(self.true == 0)

    @property
    def recall(self) -> float:
        """Share of what is true that was said."""
        return self.hit / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Difference(NamedTuple):
    """A gold record that was missed, or a record said that no gold record matches (``wrong``)."""

    sheet: str
    field: str
    mark: str
    record: Row


@dataclass(slots=True)
class Evaluation:
    """The tallies of every gold sheet, a field; what differs; and the gold sheets without output."""

    sheets: dict[str, dict[str, Tally]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, Tally]:
        """Field → tally over all sheets, in the order of :data:`FIELDS`."""
        return _total(self.sheets.values())

    def intervals(self) -> dict[str, tuple[float, float]]:
        """Field → 95 % bootstrap interval of its F1."""
        rng = random.Random(0)  # noqa: S311  statistics, not secrets
        names = sorted(self.sheets)
        drawn: dict[str, list[float]] = defaultdict(list)
        for _ in range(_RESAMPLES if names else 0):
            for name, tally in _total(self.sheets[rng.choice(names)] for _ in names).items():
                drawn[name].append(tally.f1)
        return {name: _middle(sorted(values)) for name, values in drawn.items()}

    def worst(self, count: int = 10) -> list[tuple[str, str, Tally]]:
        """(sheet, field, tally) where most records are lost or wrong, most first."""
        rows = [(s, name, t) for s, tallies in self.sheets.items() for name, t in tallies.items() if name != "tasks.cover"]
        return sorted(rows, key=lambda row: (2 * row[2].hit - row[2].said - row[2].true, row[0], row[1]))[:count]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    return values[int(0.025 * len(values))], values[max(0, int(0.975 * len(values)) - 1)]


def _total(sheets: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    total = dict.fromkeys(FIELDS, Tally())
    for tallies in sheets:
        for name, tally in tallies.items():
            total[name] = total[name].plus(tally)
    return {name: tally for name, tally in total.items() if tally != Tally()}


def gold_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Stem → content of the gold files of a folder."""
    paths = sorted(folder.glob("*.gold.json"))
    if not paths:
        raise JobsheetsError(f"{folder} holds no gold file; one is named NAME.gold.json after its sheet.")
    return {path.name.removesuffix(".gold.json"): json.loads(path.read_text("utf-8")) for path in paths}


def checksum(folder: Path) -> str:
    """BLAKE2b-128 over the gold files of a folder: a figure is of this gold and no other."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.glob("*.gold.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def evaluate(gold: str | Path, output: str | Path) -> Evaluation:
    """Compare the tables under ``output`` with the gold files under ``gold``."""
    files = gold_files(Path(gold))
    tables = {name: _read(Path(output), name) for name in ("sheets", *_TABLES)}
    sheets = _by_stem(tables["sheets"], [stem for stem, truth in files.items() if "source" not in truth])
    sheets |= {sheet["source"]: sheet for sheet in tables["sheets"]}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {name: defaultdict(list) for name in _TABLES}
    for name in _TABLES:
        for row in tables[name]:
            rows[name][row["sheet_id"]].append(row)
    result = Evaluation()
    for stem, truth in files.items():
        sheet = sheets.get(truth.get("source", stem))
        if sheet is None:
            result.missing.append(stem)
        said = {name: rows[name][sheet["sheet_id"]] if sheet else [] for name in _TABLES}
        tallies: dict[str, Tally] = defaultdict(Tally)
        for name, tally, differences in _compare(truth, said, sheet["text"] if sheet else None):
            tallies[name] = tallies[name].plus(tally)
            result.differences += [Difference(stem, name, mark, record) for mark, record in differences]
        result.sheets[stem] = dict(tallies)
    return result


def _by_stem(rows: Sequence[Row], wanted: Iterable[str]) -> dict[str, Row]:
    """The sheets by the stem of their source; two that would join the same gold file are an error."""
    found: dict[str, Row] = {}
    for row in rows:
        stem = PurePosixPath(row["source"]).stem
        if stem in found and stem in wanted:
            sources = f"{found[stem]['source']} and {row['source']}"
            raise JobsheetsError(f"Two sheets would be compared with {stem}.gold.json: {sources}; rename one of them.")
        found[stem] = row
    return found


def _read(output: Path, name: str) -> list[dict[str, Any]]:
    folder = output / name
    if not folder.exists():
        raise JobsheetsError(f"{output} holds no table {name}; run `jobsheets run RAW {output}` first.")
    rows: list[dict[str, Any]] = pq.read_table(folder).to_pylist()
    return rows


Step = tuple[str, Tally, list[tuple[str, Row]]]


def _compare(truth: Mapping[str, Any], said: Mapping[str, Sequence[Row]], text: str | None) -> Iterator[Step]:
    flat = likeness.squeeze(text or "")
    for piece in truth.get("keep", []):
        yield _share("clean.keep", {"keep": piece}, right=likeness.squeeze(piece) in flat)
    for piece in truth.get("drop", []):
        yield _share("clean.drop", {"drop": piece}, right=text is not None and likeness.squeeze(piece) not in flat)
    partial = truth.get("partial", [])
    judged = {name: _judged(name, truth, rows) if name in partial else rows for name, rows in said.items()}
    if "titles" in truth:
        yield from _titles(truth["titles"], judged["titles"])
    for name in _LIKENESS:
        if name in truth:
            yield from _records(name, truth[name], judged[name])
    if "diplomas" in truth and "diplomas" not in partial:
        ours, theirs = (
            {likeness.number(row.get("level")) for row in rows} - {None} for rows in (said["diplomas"], truth["diplomas"])
        )
        yield "levels", Tally(len(ours & theirs), len(ours), len(theirs)), []
    if "tasks" in truth and "tasks" not in partial:
        yield "tasks.cover", _coverage(truth["tasks"], said["tasks"], flat), []
    for name in _TABLES[:-1]:
        for row in said[name]:
            yield _share("evidence", row, right=(text or "")[row["start"] : row["end"]] == row["evidence"])


def _judged(name: str, truth: Mapping[str, Any], said: Sequence[Row]) -> list[Row]:
    """The rows of a partly annotated table that are like one of its records, right or rejected."""
    alike = _LIKENESS.get(name, likeness.same_title)
    known = [*truth[name], *truth.get("rejected", {}).get(name, [])]
    return [row for row in said if any(alike(record, row) for record in known)]


def _share(name: str, record: Row, *, right: bool) -> Step:
    return name, Tally(right, 1, 1), [] if right else [("wrong", record)]


def _titles(truth: Sequence[Row], said: Sequence[Row]) -> Iterator[Step]:
    ours = [title["label"] for title in said if title["kind"] == "preferred"]
    for name in [title["label"] for title in truth if title["kind"] == "preferred"]:
        right = len(ours) == 1 and likeness.plain(ours[0]) == likeness.plain(name)
        yield _share("title", {"said": ours, "gold": name}, right=right)
    others = [[title for title in rows if title["kind"] != "preferred"] for rows in (truth, said)]
    yield _match("titles", others[0], others[1], likeness.pair(others[0], others[1], likeness.same_title))


def _records(name: str, truth: Sequence[Row], said: Sequence[Row]) -> Iterator[Step]:
    pairs = likeness.pair(truth, said, _LIKENESS[name])
    yield _match(name, truth, said, pairs)
    field_name, columns, null_counts = _ATTRIBUTES.get(name, ("", (), False))
    for i, j in pairs:
        for column in columns:
            if truth[i].get(column) or null_counts:
                right = truth[i].get(column) == said[j].get(column)
                yield _share(field_name, {**said[j], f"gold.{column}": truth[i].get(column)}, right=right)


def _match(name: str, truth: Sequence[Row], said: Sequence[Row], pairs: list[tuple[int, int]]) -> Step:
    found, right = {i for i, _ in pairs}, {j for _, j in pairs}
    differences = [("missed", row) for i, row in enumerate(truth) if i not in found]
    differences += [("wrong", row) for j, row in enumerate(said) if j not in right]
    return name, Tally(len(pairs), len(said), len(truth)), differences


def _coverage(truth: Sequence[Row], said: Sequence[Row], flat: str) -> Tally:
    theirs = likeness.covered(flat, [row["evidence"] for row in truth])
    ours = likeness.covered(flat, [row["evidence"] for row in said])
    lost = sum(len(piece) for row in truth if (piece := likeness.squeeze(row["evidence"])) not in flat)
    return Tally(len(ours & theirs), len(ours), len(theirs) + lost)
