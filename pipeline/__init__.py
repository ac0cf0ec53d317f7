"""jobsheets: raw French job sheets in, normalised Parquet tables out.

The public face of the package; everything is loaded on first use, so that importing it is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_LAZY = {
    "Extraction": "pipeline.extraction",
    "diff": "pipeline.review.diff",
    "extract": "pipeline.extraction",
    "load_tables": "pipeline.tables",
    "run": "pipeline.batch",
}
__all__ = ["Extraction", "__version__", "diff", "extract", "load_tables", "run"]


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
