"""What the rules know, as data: one TOML file a subject, loaded once a process.

A row that is a pattern carries ``example`` (it must match) and, where a look-alike exists,
``counter`` (it must not); ``tests/test_lexicons.py`` runs every row both ways.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``lexicons/<name>.toml``; shared, not to be changed by the caller."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
