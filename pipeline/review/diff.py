"""What differs between two outputs, record by record.

Records of the same sheet and table are matched by primary key; those whose key moved, by the words of
their evidence and the likeness of their values, so that an altered salary is one *changed* record and
not a loss and a gain. Parts that are the same bytes on both sides are never opened.

``diff(a, a)`` is empty; the changes of ``diff(a, b)``, applied to a, give b (:func:`apply`); what
``diff(a, b)`` gained, ``diff(b, a)`` lost.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from pipeline.errors import JobsheetsError
from pipeline.records import TABLES, Span
from pipeline.review import likeness
from pipeline.schema import attributes

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

KINDS = ("gained", "lost", "changed", "moved")
#: Two records whose keys differ are one altered record where they are this alike, 0 to 1.
_ALIKE = 0.5
_PLACE = ("start", "end", "rule", "at", "position")


@dataclass(frozen=True, slots=True)
class Change:
    """A record that was gained, lost or changed, or that only moved (place, rule or key; same value).

    ``sheet_change`` tells what became of its sheet: ``same`` bytes, ``edited``, ``added`` or ``removed``.
    ``rule`` is the rule that made the change: that of the new record, or of the lost one. ``fields`` are
    the columns that differ. ``change_id`` is bound to the values, the evidence and the content of the
    sheet on both sides, so that a decision about the change holds for nothing else.
    """

    change_id: str
    kind: str
    table: str
    sheet_id: str
    source: str
    publisher: str | None
    sheet_change: str
    rule: str
    fields: tuple[str, ...]
    old: Row | None
    new: Row | None


@dataclass(slots=True)
class Diff:
    """The changes between two outputs, their counts, and the sheets that came and went."""

    changes: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    sheets_added: list[str] = field(default_factory=list)
    sheets_removed: list[str] = field(default_factory=list)
    texts: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.real)

    @property
    def real(self) -> list[Change]:
        """The changes of value: all but those that only moved."""
        return [change for change in self.changes if change.kind != "moved"]

    def counts(self) -> dict[str, dict[str, int]]:
        """Table → gained, lost, changed, unchanged (moved records are unchanged)."""
        found: dict[str, Counter[str]] = {name: Counter() for name in TABLES}
        for change in self.changes:
            found[change.table]["unchanged" if change.kind == "moved" else change.kind] += 1
        for name, count in self.unchanged.items():
            found[name]["unchanged"] += count
        return {
            name: {kind: counter[kind] for kind in ("gained", "lost", "changed", "unchanged")}
            for name, counter in found.items()
        }

    def field_counts(self) -> dict[str, Counter[str]]:
        """Table → how often each column differs among the changed records."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for change in self.changes:
            if change.kind == "changed":
                found[change.table].update(change.fields)
        return dict(found)

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """``changes`` (a row a change, old and new values as JSON) and ``counts`` (a row a table)."""
        import pandas as pd

        rows = [as_row(change) for change in self.changes]
        counts = [{"table": name, **count} for name, count in self.counts().items()]
        return {"changes": pd.DataFrame(rows, columns=list(COLUMNS)), "counts": pd.DataFrame(counts)}


COLUMNS = ("change_id", "kind", "table", "sheet_id", "source", "publisher", "sheet_change", "rule", "fields", "old", "new")


def as_row(change: Change) -> Row:
    """A change as one flat row: ``fields`` separated by spaces, ``old`` and ``new`` as JSON or null."""
    row = {name: getattr(change, name) for name in COLUMNS}
    row["fields"] = " ".join(change.fields)
    for side in ("old", "new"):
        row[side] = None if row[side] is None else json.dumps(row[side], ensure_ascii=False, default=str, sort_keys=True)
    return row


def diff(old: str | Path, new: str | Path) -> Diff:
    """Compare two outputs of ``jobsheets run``. Raises :class:`JobsheetsError` where one is none."""
    result = Diff()
    sides = [_parts(Path(folder)) for folder in (old, new)]
    for part_names in _groups(sides):
        tables = [{name: _rows(side, name, part_names) for name in TABLES} for side in sides]
        _compare(result, tables[0], tables[1])
    for name in TABLES:
        result.unchanged[name] += sum(
            pq.read_metadata(path).num_rows for part, (path, same) in _same_parts(sides, name).items() if same and part
        )
    result.changes.sort(
        key=lambda c: (list(TABLES).index(c.table), c.source, (c.new or c.old or {}).get("start") or 0, c.change_id)
    )
    return result


Parts = dict[str, dict[str, tuple[Path, str]]]


def _parts(folder: Path) -> Parts:
    """Table → part name → (path, hash of its bytes)."""
    if not (folder / "sheets").is_dir():
        raise JobsheetsError(f"{folder} is no output of `jobsheets run`: it holds no table sheets.")
    listed = _listed(folder)
    found: Parts = {}
    for name in TABLES:
        paths = sorted((folder / name).glob("*.parquet"))
        found[name] = {
            p.name: (p, listed.get(f"{name}/{p.name}") or hashlib.blake2b(p.read_bytes(), digest_size=16).hexdigest())
            for p in paths
        }
    return found


def _listed(folder: Path) -> dict[str, str]:
    """The hashes of the parts that the manifest states."""
    path = folder / "manifest.json"
    parts = json.loads(path.read_text("utf-8")).get("parts", {}) if path.exists() else {}
    return {name: part["hash"] for name, part in parts.items()}


def _groups(sides: Sequence[Parts]) -> Iterator[frozenset[str]]:
    """Part names to be compared together: each by itself where both sides have the same buckets, else all at once."""
    names = [{part for parts in side.values() for part in parts} for side in sides]
    if names[0] != names[1]:
        yield frozenset(names[0] | names[1])
        return
    for part in sorted(names[0]):
        if any(sides[0][name].get(part, (None, ""))[1] != sides[1][name].get(part, (None, ""))[1] for name in TABLES):
            yield frozenset({part})


def _same_parts(sides: Sequence[Parts], name: str) -> dict[str, tuple[Path, bool]]:
    opened = {part for group in _groups(sides) for part in group}
    return {part: (path, part not in opened) for part, (path, _) in sides[0][name].items()}


def _rows(side: Parts, name: str, part_names: frozenset[str]) -> list[Row]:
    return [row for part, (path, _) in side[name].items() if part in part_names for row in pq.read_table(path).to_pylist()]


def _compare(result: Diff, old: Mapping[str, list[Row]], new: Mapping[str, list[Row]]) -> None:
    sheets = [{row["sheet_id"]: row for row in tables["sheets"]} for tables in (old, new)]
    result.sheets_added += [row["source"] for key, row in sheets[1].items() if key not in sheets[0]]
    result.sheets_removed += [row["source"] for key, row in sheets[0].items() if key not in sheets[1]]
    for name in TABLES:
        grouped = [_by_sheet(tables[name]) for tables in (old, new)]
        for sheet_id in sorted(grouped[0].keys() | grouped[1].keys()):
            pairs = _match(name, grouped[0].get(sheet_id, []), grouped[1].get(sheet_id, []))
            about = [side.get(sheet_id) for side in sheets]
            for before, after in pairs:
                if before == after:
                    result.unchanged[name] += 1
                    continue
                result.changes.append(_change(name, sheet_id, about, before, after))
                result.texts[sheet_id] = _texts(about)


def _texts(about: Sequence[Row | None]) -> tuple[str | None, str | None]:
    old, new = (None if sheet is None else str(sheet["text"]) for sheet in about)
    return old, new


def _by_sheet(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["sheet_id"] or row["source"]].append(row)
    return grouped


def _match(name: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Pairs of rows of one sheet and table; a row without partner stands alone."""
    key = f"{TABLES[name].singular}_id"
    by_key = {row[key]: row for row in new}
    rest_old = []
    for row in old:
        partner = by_key.pop(row[key], None)
        if partner is None:
            rest_old.append(row)
        else:
            yield row, partner
    rest_new = list(by_key.values())
    pairs = likeness.pair(rest_old, rest_new, lambda before, after: _alike(name, before, after))
    yield from ((rest_old[i], rest_new[j]) for i, j in pairs)
    paired = ({i for i, _ in pairs}, {j for _, j in pairs})
    yield from ((row, None) for i, row in enumerate(rest_old) if i not in paired[0])
    yield from ((None, row) for j, row in enumerate(rest_new) if j not in paired[1])


def value_columns(name: str) -> tuple[str, ...]:
    """The columns of a table that say something: without keys, place and rule."""
    return tuple(a.name for a in attributes(TABLES[name]) if a.name not in _PLACE)


def _alike(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    columns = [column for column in value_columns(name) if column != "evidence" and (old[column] or new[column])]
    agreed = sum(old[column] == new[column] for column in columns) / len(columns) if columns else 0.0
    words = likeness.overlap(_words(name, old), _words(name, new))
    score = (agreed + words) / 2
    return score if score >= _ALIKE and (words > 0 or agreed >= _ALIKE) else 0.0


def _words(name: str, row: Mapping[str, Any]) -> str:
    if issubclass(TABLES[name], Span):
        return str(row["evidence"])
    return " ".join(str(row[column]) for column in TABLES[name].key)


def _change(name: str, sheet_id: str, about: Sequence[Row | None], old: Row | None, new: Row | None) -> Change:
    fields: tuple[str, ...] = ()
    if old is not None and new is not None:
        fields = tuple(column for column in value_columns(name) if old[column] != new[column])
    kind = "gained" if old is None else "lost" if new is None else "changed" if fields else "moved"
    sheet = about[1] or about[0] or {}
    row: Row = new or old or {}
    bound = [kind, name, sheet_id, *(_bound(name, side, here) for side, here in zip((old, new), about, strict=True))]
    return Change(
        change_id=hashlib.blake2b(json.dumps(bound, default=str, sort_keys=True).encode(), digest_size=8).hexdigest(),
        kind=kind,
        table=name,
        sheet_id=sheet_id,
        source=sheet.get("source") or row.get("source") or "",
        publisher=sheet.get("publisher"),
        sheet_change=_sheet_change(about),
        rule=str(row.get("rule") or row.get("reason") or ""),
        fields=fields,
        old=old,
        new=new,
    )


def _bound(name: str, row: Row | None, sheet: Row | None) -> list[Any] | None:
    if row is None:
        return None
    return [[row[column] for column in value_columns(name)], sheet and sheet["content_hash"]]


def _sheet_change(about: Sequence[Row | None]) -> str:
    old, new = about
    if old is None or new is None:
        return "added" if old is None else "removed"
    return "same" if old["content_hash"] == new["content_hash"] else "edited"


def apply(rows: Mapping[str, Sequence[Row]], changes: Sequence[Change]) -> dict[str, list[Row]]:
    """The tables that result from ``rows`` (table → rows) by making the changes; sorted by primary key."""
    result = {}
    for name in TABLES:
        key = f"{TABLES[name].singular}_id"
        here = [change for change in changes if change.table == name]
        gone = {change.old[key] for change in here if change.old is not None}
        kept = [row for row in rows[name] if row[key] not in gone]
        come = [change.new for change in here if change.new is not None]
        result[name] = sorted(kept + come, key=lambda row: str(row[key]))
    return result
