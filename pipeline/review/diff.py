"""What differs between two outputs, record by record.

Records of the same sheet and table are matched by primary key; those whose key moved, by the words of
their evidence and the likeness of their values, so that an altered salary is one *changed* record and
not a loss and a gain. Parts that are the same on both sides are never opened (see :mod:`.outputs`).

``diff(a, a)`` is empty; the changes of ``diff(a, b)``, applied to a, give b (:func:`apply`); what
``diff(a, b)`` gained, ``diff(b, a)`` lost.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.records import TABLES, Span
from pipeline.review import likeness
from pipeline.review.outputs import Row, count_rows, differing, read_output, read_rows

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("gained", "lost", "changed", "moved")
#: Two records whose keys differ are one altered record where they are this alike, 0 to 1.
_ALIKE = 0.5
_PLACE = ("start", "end", "rule", "at", "position")
#: Stands before the hash of a text that is too long to be carried about.
_HASHED = "blake2b:"


@dataclass(frozen=True, slots=True)
class Change:
    """A record that was gained, lost or changed, or that only moved (place, rule or key; same value).

    ``sheet_change`` tells what became of its sheet: ``same`` bytes, ``edited``, ``added`` or ``removed``.
    ``rule`` is the rule that made the change: that of the new record, or of the lost one. ``fields`` are
    the columns that differ. ``contents`` are the content hashes of the sheet on the sides that the record
    stands on. ``change_id`` is bound to the values, the evidence and these contents, so that a decision
    about the change holds for nothing else.
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
    contents: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet on one side: its row (None where it is not there), and its records a table."""

    sheet: Row | None
    records: Mapping[str, Sequence[Row]]


@dataclass(slots=True)
class Diff:
    """The changes between two outputs, their counts, and the sheets that came and went.

    ``sheets`` holds both sides of every sheet that has a change, by sheet id.
    """

    changes: list[Change] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    sheets_added: list[str] = field(default_factory=list)
    sheets_removed: list[str] = field(default_factory=list)
    sheets: dict[str, tuple[SheetView, SheetView]] = field(default_factory=dict)

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


def as_line(change: Change) -> Row:
    """A change as a JSON object that stands for itself: what ``--json``, the review page and decisions hold."""
    line: Row = {name: getattr(change, name) for name in (*COLUMNS[:-2], "contents")}
    for side, row in (("old", change.old), ("new", change.new)):
        place = {} if row is None else {name: row[name] for name in _PLACE if row.get(name) is not None}
        line[side] = None if row is None else _stated(change.table, row) | place
    return line


def diff(old: str | Path, new: str | Path) -> Diff:
    """Compare two outputs of ``jobsheets run``. Raises :class:`JobsheetsError` where one is none."""
    result = Diff()
    before, after = read_output(old), read_output(new)
    groups = differing(before, after)
    for buckets in groups:
        _compare(result, read_rows(before, buckets), read_rows(after, buckets))
    result.unchanged.update(count_rows(before, frozenset().union(*groups)))
    rank = {name: i for i, name in enumerate(TABLES)}
    result.changes.sort(key=lambda c: (rank[c.table], c.source, (c.new or c.old or {}).get("start") or 0, c.change_id))
    return result


def _compare(result: Diff, old: Mapping[str, list[Row]], new: Mapping[str, list[Row]]) -> None:
    sides = (_by_sheet(old), _by_sheet(new))
    for sheet_id in sorted(sides[0].keys() | sides[1].keys()):
        pair = (_view(sides[0].get(sheet_id)), _view(sides[1].get(sheet_id)))
        if pair[0].sheet is None and pair[1].sheet is not None:
            result.sheets_added.append(pair[1].sheet["source"])
        if pair[1].sheet is None and pair[0].sheet is not None:
            result.sheets_removed.append(pair[0].sheet["source"])
        for name in TABLES:
            for before, after in _match(name, pair[0].records[name], pair[1].records[name]):
                if before == after:
                    result.unchanged[name] += 1
                else:
                    result.changes.append(_change(name, sheet_id, [view.sheet for view in pair], before, after))
                    result.sheets[sheet_id] = pair


def _by_sheet(tables: Mapping[str, list[Row]]) -> dict[str, dict[str, list[Row]]]:
    """Sheet id (or the source of an input that gave no sheet) → table → rows."""
    grouped: dict[str, dict[str, list[Row]]] = defaultdict(lambda: {name: [] for name in TABLES})
    for name, rows in tables.items():
        for row in rows:
            grouped[row["sheet_id"] or row["source"]][name].append(row)
    return grouped


def _view(records: dict[str, list[Row]] | None) -> SheetView:
    records = records or {name: [] for name in TABLES}
    return SheetView(next(iter(records["sheets"]), None), records)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the likeness of a record rests on: its values, and the words of its evidence or key."""

    values: tuple[Any, ...]
    words: frozenset[str]


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
    pairs = _pair([_told(name, row) for row in rest_old], [_told(name, row) for row in rest_new])
    yield from ((rest_old[i], rest_new[j]) for i, j in pairs)
    paired = ({i for i, _ in pairs}, {j for _, j in pairs})
    yield from ((row, None) for i, row in enumerate(rest_old) if i not in paired[0])
    yield from ((None, row) for j, row in enumerate(rest_new) if j not in paired[1])


def _pair(old: Sequence[_Told], new: Sequence[_Told]) -> list[tuple[int, int]]:
    """One-to-one pairs, the most alike first; ties by rank, so that old and new can change places."""
    scored = sorted((-score, i + j, i, j) for i, o in enumerate(old) for j, n in enumerate(new) if (score := _alike(o, n)))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in scored:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return sorted(partner.items())


@cache
def value_columns(name: str) -> tuple[str, ...]:
    """The columns of a table that say something: without keys, place, rule, and the hash of the bytes."""
    from pipeline.schema import attributes

    return tuple(a.name for a in attributes(TABLES[name]) if a.name not in _PLACE and a.name != "content_hash")


def _told(name: str, row: Row) -> _Told:
    span = issubclass(TABLES[name], Span)
    text = str(row["evidence"]) if span else " ".join(str(row[column]) for column in TABLES[name].key)
    columns = [column for column in value_columns(name) if column != "evidence"]
    return _Told(tuple(row[column] for column in columns), likeness.words(text))


def _alike(old: _Told, new: _Told) -> float:
    told = [(o, n) for o, n in zip(old.values, new.values, strict=True) if o or n]
    agreed = sum(o == n for o, n in told) / len(told) if told else 0.0
    every = len(old.words | new.words)
    shared = len(old.words & new.words) / every if every else 0.0
    score = (agreed + shared) / 2
    return score if score >= _ALIKE else 0.0


def _change(name: str, sheet_id: str, about: Sequence[Row | None], old: Row | None, new: Row | None) -> Change:
    fields: tuple[str, ...] = ()
    if old is not None and new is not None:
        fields = tuple(column for column in value_columns(name) if old[column] != new[column])
    kind = "gained" if old is None else "lost" if new is None else "changed" if fields else "moved"
    sheet = about[1] or about[0] or {}
    row: Row = new or old or {}
    contents = tuple(
        None if one is None or side is None else one["content_hash"] for one, side in zip(about, (old, new), strict=True)
    )
    return Change(
        change_id=identify(kind, name, sheet_id, contents, (old, new)),
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
        contents=(contents[0], contents[1]),
    )


def identify(kind: str, name: str, sheet_id: str, contents: Sequence[str | None], rows: Sequence[Row | None]) -> str:
    """The id of a change: a hash of what changed, of its values, evidence and sheet's content on both sides."""
    bound = [kind, name, sheet_id, *contents, *(row and _stated(name, row) for row in rows)]
    return hashlib.blake2b(json.dumps(bound, sort_keys=True).encode(), digest_size=8).hexdigest()


def _stated(name: str, row: Row) -> Row:
    """The key and the values of a row that are not null, as JSON holds them; of a sheet's text, its hash."""
    columns = (f"{TABLES[name].singular}_id", *value_columns(name))
    found = {column: _plain(row[column]) for column in columns if row.get(column) is not None}
    if name == "sheets" and not found["text"].startswith(_HASHED):
        found["text"] = _HASHED + hashlib.blake2b(found["text"].encode(), digest_size=16).hexdigest()
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


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
