"""What the rules know, as data: one TOML file a subject, loaded once a process.

A row that is a pattern carries ``example`` (it must match) and ``counter``, a look-alike (it must not). A file states
its ``source``, a row its own where that differs. Words stand as in a dictionary, rows by their name or example, unless
``ordered`` gives a table a reason: « first match wins », and why. ``tests/test_lexicons.py`` demands all of it.
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
