"""What the rules know, as data: one TOML file a subject, loaded once a process.

A row that is a pattern carries ``example`` (it must match) and ``counter``, a look-alike (it must not). A file states
its ``source``, a row its own where that differs. Words stand as in a dictionary, rows by their name or example, unless
``ordered`` gives a table a reason: « first match wins », and why. ``tests/test_lexicons.py`` demands all of it.

A long pattern is written over several lines, an alternative or a few in each; :func:`load` joins them. So a blank that
belongs to a pattern neither opens nor ends a line of it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``lexicons/<name>.toml``; shared, not to be changed by the caller."""
    content = tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
    _join_patterns(content)
    return content


def _join_patterns(part: Any) -> None:
    """Make one line of every pattern in ``part`` that is written over several."""
    if isinstance(part, dict):
        if "\n" in part.get("pattern", ""):
            part["pattern"] = "".join(map(str.strip, part["pattern"].splitlines()))
        part = part.values()
    elif not isinstance(part, list):
        return
    for inner in part:
        _join_patterns(inner)
