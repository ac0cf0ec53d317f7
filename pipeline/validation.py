"""``jobsheets validate``: every key, reference, range and evidence of an output, checked again from its files alone.

Part by part: the tables of a bucket are read together, so that memory does not grow with the output.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from pipeline import places
from pipeline.errors import UsageError
from pipeline.plan import bucket_of
from pipeline.records import TABLES, Record
from pipeline.schema import arrow_schema, attributes, record_ids, violations
from pipeline.sheet import sheet_key

Rows = list[dict[str, Any]]


def validate(output: str | Path) -> Iterator[str]:
    """What is wrong with ``output``, a sentence each. Raises :class:`UsageError` where it is no output at all."""
    root = str(output)
    data = places.read(places.join(root, "manifest.json"))
    if data is None:
        raise UsageError(f"{root} is no output of `jobsheets run`: it has no manifest.json.")
    try:
        manifest = json.loads(data)
        parts, expected = manifest["parts"], manifest["rows"]
    except (ValueError, KeyError, TypeError):
        yield "manifest.json cannot be read."
        return
    files = {name: sorted(path for path in parts if path.startswith(f"{name}/")) for name in TABLES}
    yield from _unlisted(root, parts)
    found: Counter[str] = Counter()
    for bucket in range(len(files["sheets"])):
        tables: dict[str, Rows] = {}
        for name in TABLES:
            if bucket >= len(files[name]):
                yield f"manifest.json lists fewer parts of {name} than of sheets."
                tables[name] = []
                continue
            tables[name] = yield from _read(root, name, files[name][bucket], parts)
            found[name] += len(tables[name])
        yield from check_bucket(tables, bucket, len(files["sheets"]))
    for name in TABLES:
        if found[name] != expected.get(name):
            yield f"{name} has {found[name]} rows, but manifest.json says {expected.get(name)}."


def _unlisted(root: str, parts: dict[str, Any]) -> Iterator[str]:
    for name in TABLES:
        for file in places.names(places.join(root, name)):
            if f"{name}/{file}" not in parts:
                yield f"{name}/{file} is not listed in manifest.json."


def _read(root: str, name: str, path: str, parts: dict[str, Any]) -> Generator[str, None, Rows]:
    """The rows of one part (as the value of ``yield from``); yields what is wrong with the file."""
    import hashlib
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    data = places.read(places.join(root, path))
    if data is None:
        yield f"{path} is missing."
        return []
    if hashlib.blake2b(data, digest_size=16).hexdigest() != parts[path]["hash"]:
        yield f"{path} is not the file that the run wrote: its hash differs from that in manifest.json."
    try:
        table = pq.ParquetFile(io.BytesIO(data)).read()
    except (pa.ArrowException, OSError) as error:
        yield f"{path} cannot be read: {error}."
        return []
    if not table.schema.equals(arrow_schema(name), check_metadata=False):
        yield f"{path} has not the schema of the table {name}."
        return []
    rows: Rows = table.to_pylist()
    return rows


def check_bucket(tables: dict[str, Rows], bucket: int = 0, buckets: int = 1) -> Iterator[str]:
    """What is wrong with the rows of one bucket."""
    texts = {row["sheet_id"]: row["text"] for row in tables["sheets"]}
    for row in tables["sheets"]:
        if row["sheet_id"] != sheet_key(row["source"]):
            yield f"sheets {row['sheet_id']}: the key is not that of the source {row['source']!r}."
        elif bucket_of(row["sheet_id"], buckets) != bucket:
            yield f"sheets {row['sheet_id']}: the row lies in the wrong part."
    for name, rows in tables.items():
        yield from _check_table(name, rows, texts)
    preferred = Counter(row["sheet_id"] for row in tables["titles"] if row["kind"] == "preferred")
    for sheet_id in texts:
        if preferred[sheet_id] > 1:
            yield f"titles: the sheet {sheet_id} has {preferred[sheet_id]} preferred titles."
    for row in tables["rejects"]:
        if row["sheet_id"] is None and sheet_key(row["source"]) in texts:
            yield f"rejects {row['reject_id']}: the input {row['source']!r} is a sheet, too."


def _check_table(name: str, rows: Rows, texts: dict[str, str]) -> Iterator[str]:
    cls = TABLES[name]
    key = f"{cls.singular}_id"
    seen: set[str] = set()
    groups: dict[str, list[Record]] = {}
    ids: dict[str, list[str]] = {}
    names = [a.name for a in attributes(cls)]
    last: tuple[Any, ...] | None = None
    for row in rows:
        where = f"{name} {row[key]}"
        if row[key] in seen:
            yield f"{where}: the key occurs twice."
        seen.add(row[key])
        sheet_id = row["sheet_id"]
        if sheet_id not in texts and not (name == "rejects" and sheet_id is None):
            yield f"{where}: there is no sheet {sheet_id}."
            continue
        owner = sheet_key(row["source"]) if name == "rejects" else sheet_id
        rank = (owner, *(row[column] for column in cls.sort))
        if last is not None and rank < last:
            yield f"{where}: the row is out of order."
        last = rank
        record = cls(**{n: row[n] for n in names})
        for fault in violations(record, texts.get(sheet_id, "")):
            yield f"{where}: {fault}."
        groups.setdefault(owner, []).append(record)
        ids.setdefault(owner, []).append(row[key])
    if name != "sheets":
        for owner, records in groups.items():
            if ids[owner] != record_ids(owner, records):
                yield f"{name}: the keys of the sheet {owner} do not follow from its rows."
