"""The batch job: every input of a folder into Parquet tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.extraction import extract
from pipeline.records import TABLES
from pipeline.schema import rows_to_arrow


def run(raw: str | Path = "raw", output: str | Path = "output") -> dict[str, int]:
    """Extract every file under ``raw`` into tables under ``output``; returns the rows a table."""
    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    for path in sorted(p for p in Path(raw).rglob("*") if p.is_file() and not p.name.endswith(".gold.json")):
        extraction = extract(path.read_bytes(), path.relative_to(raw).as_posix())
        for name in TABLES:
            rows[name] += extraction.rows(name)
    for name in TABLES:
        folder = Path(output) / name
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows_to_arrow(name, sorted(rows[name], key=lambda r: r[1] or "")), folder / "part-00000.parquet")
    counts = {name: len(found) for name, found in rows.items()}
    (Path(output) / "manifest.json").write_text(json.dumps({"rows": counts, "pyarrow": pa.__version__}, indent=1))
    return counts
