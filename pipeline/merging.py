"""Chunks of sheets → the Parquet parts of one bucket: :func:`merge`, the last step of a run."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline import places
from pipeline.chunks import Chunk
from pipeline.schema import arrow_schema
from pipeline.sheet import sheet_key

ROW_GROUP = 50_000


def merge(unit: dict[str, Any]) -> dict[str, Any]:
    """Write one part of some tables from the pieces of a bucket, its sheets in the order of their ids.

    Each piece is a chunk or the same tables' parts of the version before, with the ids of the sheets
    to take from it. What is written follows from the rows alone, not from how they were cut into pieces.
    """
    order = np.array(sorted(i for piece in unit["pieces"] for i in piece["ids"]))
    pieces = [_Piece(piece, order) for piece in unit["pieces"]]
    files: dict[str, dict[str, Any]] = {}
    codes: Counter[str] = Counter()
    rejected = 0
    for name, path in unit["parts"].items():
        table = _sorted(name, pieces)
        files[name] = _write_part(path, table)
        if name == "rejects":
            codes.update(table.column("code").to_pylist())
            rejected = len(table.filter(table.column("sheet_id").is_null()).column("source").unique())
    return {"job": "merge", "bucket": unit["bucket"], "files": files, "codes": dict(codes), "rejected": rejected}


class _Piece:
    """Where some sheets of a bucket lie: their ids, the rank of each in the bucket, and what reads a table of theirs."""

    def __init__(self, piece: dict[str, Any], order: Any) -> None:
        self.ids = pa.array(piece["ids"], pa.string())
        self.ranks = np.searchsorted(order, np.array(piece["ids"]))
        self.table = Chunk(piece["chunk"]).table if "chunk" in piece else partial(_read_part, piece["parts"])


def _read_part(parts: dict[str, str], name: str) -> pa.Table:
    with places.open_input(parts[name]) as file:
        return pq.ParquetFile(file).read()


def _sorted(name: str, pieces: list[_Piece]) -> pa.Table:
    """The rows of a table in ``pieces``, in the order of the ids of their sheets."""
    schema = arrow_schema(name)
    plain = pa.schema([f.with_type(pa.string()) if pa.types.is_dictionary(f.type) else f for f in schema], schema.metadata)
    tables, ranks = [plain.empty_table()], [np.empty(0, dtype=np.int64)]
    for piece in pieces:
        table = piece.table(name)
        if not table.num_rows:
            continue
        owner = table.column("sheet_id")
        if name == "rejects":
            owner = pa.array([sheet_key(source) for source in table.column("source").to_pylist()], pa.string())
        chosen = pc.index_in(owner, value_set=piece.ids)
        tables.append(table.filter(pc.is_valid(chosen)).cast(plain))
        ranks.append(piece.ranks[chosen.drop_null().to_numpy()])
    merged = pa.concat_tables(tables).take(np.argsort(np.concatenate(ranks), kind="stable"))
    columns = [
        column.combine_chunks().dictionary_encode() if pa.types.is_dictionary(f.type) else column
        for column, f in zip(merged.columns, schema, strict=True)
    ]
    return pa.table([pa.chunked_array([c]) if isinstance(c, pa.Array) else c for c in columns], schema=schema)


def _write_part(path: str, table: pa.Table) -> dict[str, Any]:
    """Write a Parquet file, the same bytes for the same rows; returns its hash, rows and size."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", compression_level=3, row_group_size=ROW_GROUP)
    data = sink.getvalue()
    places.write(path, data, durably=True)
    return {"hash": hashlib.blake2b(data, digest_size=16).hexdigest(), "rows": table.num_rows, "bytes": len(data)}
