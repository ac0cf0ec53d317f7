"""What an HTML page says of itself outside its text."""

from __future__ import annotations

from typing import Any

from pipeline.sheet import Metadata


def read_metadata(root: Any) -> Metadata:
    """Metadata of the page whose tree is ``root``."""
    title = root.findtext(".//title")
    return Metadata(title=title.strip() if title else None)
