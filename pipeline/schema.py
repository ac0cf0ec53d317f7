"""Record classes → Arrow schemas, primary keys, checks, and the data dictionary.

This is the only place that knows how a record becomes a row. A table's columns are
``<singular>_id`` (primary key), ``sheet_id`` (foreign key, except in ``sheets`` itself and, where an
input gave no sheet, null in ``rejects``), then the fields of the record class in their order.
"""

from __future__ import annotations

import datetime as dt
import math
import typing
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from operator import attrgetter, le, lt
from typing import Any

import pyarrow as pa

from pipeline.records import TABLES, Column, Record, Section, Span

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
}


class Attribute(typing.NamedTuple):
    """A column of a table: its name, Python type, whether it may be null, and what it means."""

    name: str
    type: type
    nullable: bool
    about: Column


def attributes(cls: type[Record]) -> tuple[Attribute, ...]:
    """The columns that ``cls`` declares, in order, without the key columns."""
    return _attributes(cls.table)


@cache
def _attributes(name: str) -> tuple[Attribute, ...]:
    cls: typing.Any = TABLES[name]
    hints = typing.get_type_hints(cls)
    found = []
    # Values first, evidence last: the order in which a person reads a row.
    for f in sorted(fields(cls), key=lambda f: f.name in _LAST and issubclass(cls, Span)):
        options = typing.get_args(hints[f.name]) or (hints[f.name],)
        base = next(option for option in options if option is not type(None))
        found.append(Attribute(f.name, base, type(None) in options, f.metadata["column"]))
    return tuple(found)


_LAST = ("start", "end", "evidence", "rule")


def key_columns(cls: type[Record]) -> tuple[Attribute, ...]:
    """The primary key of the table of ``cls`` and its foreign key to ``sheets``."""
    primary = Attribute(
        f"{cls.singular}_id", str, False, Column(f"Primary key: {cls.grain}", "identifiant", example="6f1c2a90be34d7a1")
    )
    if cls.table == "sheets":
        return (primary,)
    nullable = cls.table == "rejects"
    meaning = "The sheet" + ("; null where the input gave none" if nullable else " that the row was read from")
    return primary, Attribute(
        "sheet_id", str, nullable, Column(meaning, "fiche", example="018fbe7370f14d9f", references="sheets.sheet_id")
    )


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The fixed Arrow schema of the table ``name``, with each field's meaning and unit as metadata."""
    cls = TABLES[name]
    arrow_fields = []
    for attribute in key_columns(cls) + attributes(cls):
        kind = _ARROW[attribute.type]
        if attribute.about.dictionary:
            kind = pa.dictionary(pa.int32(), pa.string())
        about = {"description": attribute.about.meaning}
        if attribute.about.unit:
            about["unit"] = attribute.about.unit
        if attribute.about.french:
            about["french"] = attribute.about.french
        if attribute.about.values:
            about["values"] = " ".join(attribute.about.values)
        arrow_fields.append(pa.field(attribute.name, kind, attribute.nullable, about))
    order = ("sheet_id", *cls.sort)
    return pa.schema(arrow_fields, {"table": name, "grain": cls.grain, "sorted_by": " ".join(order)})


def record_ids(sheet_id: str, records: Sequence[Record]) -> list[str]:
    """Primary keys of the records of one table in one sheet.

    A key is a hash of the sheet, the table and the record's identifying fields; records alike in
    these are told apart by their rank among their like, so that a record keeps its key as long as
    nothing before it with the same value comes or goes.
    """
    if not records:
        return []
    table = type(records[0]).table
    begun = blake2b(f"{sheet_id}\x1f{table}\x1f".encode("utf-8", "surrogatepass"), digest_size=8)
    read, identity = _identity(table)
    seen: dict[str, int] = {}
    ids = []
    for values in map(read, records):
        value = identity % values
        rank = seen[value] = seen.get(value, 0) + 1
        digest = begun.copy()
        digest.update(f"{value}\x1f{rank}".encode("utf-8", "surrogatepass"))
        ids.append(digest.hexdigest())
    return ids


@cache
def _identity(name: str) -> tuple[attrgetter[Any], str]:
    """What reads the fields that identify a record of the table ``name``, and the template that they are put into."""
    key = TABLES[name].key
    return attrgetter(*key), "\x1f".join(["%s"] * len(key))


def in_order(name: str, records: Iterable[Record]) -> list[Record]:
    """The records of the table ``name`` in the table's sort order."""
    order = TABLES[name].sort
    return sorted(records, key=attrgetter(*order)) if order else list(records)


def all_sound(name: str, records: Sequence[Any], text: str) -> bool:
    """Whether no record of the table ``name`` has any fault; :func:`violations` tells which one has which."""
    return not records or _checker(name).passes(records, text)


def violations(record: Record, text: str) -> list[str]:
    """What is wrong with a record of a sheet whose clean text is ``text``; empty if nothing."""
    cls = type(record)
    if _checker(cls.table).passes((record,), text):
        return []
    faults = [fault for attribute in attributes(cls) if (fault := _fault(attribute, getattr(record, attribute.name)))]
    if isinstance(record, Span):
        if not 0 <= record.start < record.end <= len(text):
            faults.append(f"offsets {record.start} to {record.end} do not lie in a text of {len(text)} characters")
        elif text[record.start : record.end] != record.evidence:
            faults.append(f"evidence {record.evidence!r} is not text[{record.start}:{record.end}]")
    elif isinstance(record, Section) and not 0 <= record.start <= record.end <= len(text):
        faults.append(f"offsets {record.start} to {record.end} do not lie in a text of {len(text)} characters")
    return faults


class _Checker:
    """The checks of one table, made ready: whether records pass, column by column, without saying which or why."""

    def __init__(self, name: str) -> None:
        cls = TABLES[name]
        columns = _attributes(name)
        names = [c.name for c in columns]
        self._values = attrgetter(*names)
        self._kinds = tuple(
            frozenset((c.type, *((int,) if c.type is float else ()), *((type(None),) if c.nullable else ()))) for c in columns
        )
        self._listed = tuple((i, frozenset((*c.about.values, None))) for i, c in enumerate(columns) if c.about.values)
        bounds = ((i, c.about.low, c.about.high) for i, c in enumerate(columns))
        self._bounded = tuple(
            (i, -math.inf if low is None else low, math.inf if high is None else high)
            for i, low, high in bounds
            if low is not None or high is not None
        )
        #: Where a record says what it spans, and the words there; what must hold between its start and its end.
        self._span = tuple(names.index(x) for x in ("start", "end") if x in names)
        self._evidence = names.index("evidence") if issubclass(cls, Span) else None
        self._in_order = lt if issubclass(cls, Span) else le

    def passes(self, records: Sequence[Record], text: str) -> bool:
        """True where ``records`` (at least one) of a sheet whose clean text is ``text`` have no fault."""
        columns = tuple(zip(*map(self._values, records), strict=True))
        for allowed, column in zip(self._kinds, columns, strict=True):
            if not allowed.issuperset(map(type, column)):
                return False
        for i, values in self._listed:
            if not values.issuperset(columns[i]):
                return False
        for i, low, high in self._bounded:
            for value in columns[i]:
                if value is not None and not low <= value <= high:
                    return False
        return not self._span or self._cites(columns, text)

    def _cites(self, columns: Sequence[tuple[Any, ...]], text: str) -> bool:
        """Whether each record lies in the text, and says what stands there."""
        starts, ends = (columns[i] for i in self._span)
        if max(ends) > len(text) or not all(map(self._in_order, starts, ends)):
            return False
        if self._evidence is None:
            return True
        return columns[self._evidence] == tuple([text[start:end] for start, end in zip(starts, ends, strict=True)])


@cache
def _checker(name: str) -> _Checker:
    return _Checker(name)


def _fault(attribute: Attribute, value: Any) -> str | None:
    name, about = attribute.name, attribute.about
    if value is None:
        return None if attribute.nullable else f"{name} is null"
    kinds: Any = (float, int) if attribute.type is float else attribute.type
    if not isinstance(value, kinds):
        return f"{name} is a {type(value).__name__}, not a {attribute.type.__name__}"
    if about.values and value not in about.values:
        return f"{name} is {value!r}, not one of {', '.join(about.values)}"
    if about.low is not None and value < about.low:
        return f"{name} is {value}, below {about.low:g}"
    if about.high is not None and value > about.high:
        return f"{name} is {value}, above {about.high:g}"
    return None


def rows_to_arrow(name: str, rows: Iterable[tuple[str | None, str | None, Record]]) -> pa.Table:
    """(primary key, sheet_id, record) triples → an Arrow table of the fixed schema, in the given order."""
    cls = TABLES[name]
    schema = arrow_schema(name)
    values = attrgetter(*(attribute.name for attribute in attributes(cls)))
    columns: list[Sequence[Any]] = [()] * len(schema)
    if triples := tuple(rows):
        *keys, records = zip(*triples, strict=True)
        columns = [*keys[: len(key_columns(cls))], *zip(*map(values, records), strict=True)]
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
