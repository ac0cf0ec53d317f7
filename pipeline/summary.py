"""What a run did, and ``manifest.json``, which says so beside the tables."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline import __version__
from pipeline.fingerprint import library_versions
from pipeline.records import TABLES
from pipeline.settings import Settings, abouts
from pipeline.stores import Bucket


@dataclass(slots=True)
class Summary:
    """What a run did. ``rows`` counts rows a table, ``codes`` rejects a code; ``extracted`` and ``kept`` count inputs."""

    rows: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    inputs: int = 0
    rejected: int = 0
    extracted: int = 0
    skipped: int = 0
    changed: bool = True
    seconds: dict[str, float] = field(default_factory=dict)
    slowest: list[tuple[float, str]] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Inputs whose rows were taken over from before."""
        return self.inputs - self.extracted

    @property
    def reject_rate(self) -> float:
        """Share of the inputs that gave no sheet."""
        return self.rejected / self.inputs if self.inputs else 0.0

    def count(self, buckets: Iterable[Bucket]) -> None:
        """Count the rows, the rejects and the inputs of the ``buckets`` that a version consists of."""
        rows: Counter[str] = Counter()
        codes: Counter[str] = Counter()
        self.inputs = 0
        for bucket in buckets:
            rows.update({name: file["rows"] for name, file in bucket.files.items()})
            codes.update(bucket.codes)
            self.inputs += bucket.inputs
        self.rows = {name: rows[name] for name in TABLES}
        self.codes = dict(sorted(codes.items()))
        self.rejected = self.inputs - self.rows["sheets"]


def manifest(
    summary: Summary, settings: Settings, fingerprint: str, started: dt.datetime, parts: dict[str, dict[str, Any]]
) -> bytes:
    """``manifest.json`` of a version: what the run did, with which code and settings, and every part of its tables."""
    inputs = {"all": summary.inputs, "extracted": summary.extracted, "kept": summary.kept}
    inputs |= {"rejected": summary.rejected, "skipped": summary.skipped}
    content = {
        "fingerprint": fingerprint,
        "versions": {"jobsheets": __version__} | library_versions(),
        "started": started.isoformat(timespec="seconds"),
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": {name: round(value, 3) for name, value in summary.seconds.items()},
        "inputs": inputs,
        "rows": summary.rows,
        "rejects": summary.codes,
        "parts": parts,
        "settings": {name: getattr(settings, name) for name in abouts()},
        "slowest": [{"source": source, "seconds": round(seconds, 4)} for seconds, source in summary.slowest],
    }
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
