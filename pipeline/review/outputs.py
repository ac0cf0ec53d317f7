"""Two outputs of ``jobsheets run`` side by side: which of their parts differ, and the rows of those.

A part is told by the hash that the manifest states for it; only where there is none is it read and
hashed. Parts that are the same on both sides are never opened; where all are, not even Arrow is loaded.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import JobsheetsError
from pipeline.records import TABLES

Row = dict[str, Any]

_BUCKET = re.compile(r"part-\d+")


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of a table: where it lies, the hash of its bytes, and its number of rows."""

    path: Path
    hash: str
    rows: int


#: Table → bucket (the rank that the name of a part states) → part.
Output = Mapping[str, Mapping[str, Part]]


def read_output(folder: str | Path) -> Output:
    """The parts of an output. Raises :class:`JobsheetsError` where ``folder`` holds none, or a damaged one."""
    root = Path(folder)
    if not (root / "sheets").is_dir():
        raise JobsheetsError(f"{root} is no output of `jobsheets run`: it holds no table sheets.")
    listed = _listed(root / "manifest.json")
    return {
        name: {_bucket(path.name): _part(path, listed.get(f"{name}/{path.name}")) for path in (root / name).glob("*.parquet")}
        for name in TABLES
    }


def _listed(path: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        parts = json.loads(path.read_text("utf-8")).get("parts", {}) if path.exists() else {}
    except (ValueError, AttributeError) as error:
        raise JobsheetsError(f"{path} is damaged; run `jobsheets run --fresh` to write it anew.") from error
    return dict(parts)


def _bucket(name: str) -> str:
    """On an object store the name of a part also holds a digest of its content."""
    match = _BUCKET.match(name)
    return match.group() if match else name


def _part(path: Path, stated: Mapping[str, Any] | None) -> Part:
    if stated and stated["bytes"] == path.stat().st_size:
        return Part(path, stated["hash"], stated["rows"])
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_metadata(path).num_rows
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path) from error
    return Part(path, hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest(), rows)


def differing(old: Output, new: Output) -> list[frozenset[str]]:
    """Buckets to be compared together: each by itself where both sides have the same ones, else all at once."""
    names = [frozenset(bucket for parts in side.values() for bucket in parts) for side in (old, new)]
    if names[0] != names[1]:
        return [names[0] | names[1]]
    return [frozenset({bucket}) for bucket in sorted(names[0]) if _hashes(old, bucket) != _hashes(new, bucket)]


def _hashes(output: Output, bucket: str) -> list[str | None]:
    return [part.hash if (part := output[name].get(bucket)) else None for name in TABLES]


def count_rows(output: Output, without: frozenset[str]) -> dict[str, int]:
    """Table → rows in the buckets that are not among ``without``."""
    return {name: sum(part.rows for bucket, part in output[name].items() if bucket not in without) for name in TABLES}


def read_rows(output: Output, buckets: frozenset[str]) -> dict[str, list[Row]]:
    """Table → rows of some buckets."""
    return {name: list(_rows(output[name], buckets)) for name in TABLES}


def _rows(parts: Mapping[str, Part], buckets: frozenset[str]) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    for bucket in sorted(buckets & parts.keys()):
        try:
            yield from pq.read_table(parts[bucket].path).to_pylist()
        except (pa.ArrowException, OSError) as error:
            raise _damaged(parts[bucket].path) from error


def _damaged(path: Path) -> JobsheetsError:
    return JobsheetsError(f"{path} is damaged and cannot be read as Parquet; run `jobsheets run --fresh` to write it anew.")
