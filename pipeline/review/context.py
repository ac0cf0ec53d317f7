"""The words around a record, and hostile text made visible.

The text of a sheet is shown to reviewers in terminals, in Markdown and in a page. It may hold characters
that steer the screen or the order of reading; :func:`visible` names them instead.
"""

from __future__ import annotations

import re
from typing import Any

from pipeline.french.sentences import sentences
from pipeline.review.outputs import Row

#: A line up to this length is shown whole; of a longer one, the sentence.
_LINE = 280
#: Controls, invisible characters and everything that turns the direction of reading; no-break spaces and soft hyphens,
#: which French pages are full of, may stay.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with every steering or invisible character as ``⟨U+202E⟩``."""
    return _STEERING.sub(lambda match: f"⟨U+{ord(match.group()):04X}⟩", text)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the line that ``text[start:end]`` stands on; where it is long, of the sentence."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > _LINE:
        inside = [(s, e) for s, e in sentences(text, first, last) if s < end and e > start]
        if inside:
            return min(start, inside[0][0]), max(end, inside[-1][1])
    return first, last


def place(row: Row | None, sheet: Row | None) -> tuple[int, int, int, int] | None:
    """Offsets (sentence start, evidence start, evidence end, sentence end) of a record in its sheet's text."""
    if row is None or sheet is None or row.get("start") is None:
        return None
    start, end = row["start"], row["end"]
    if "evidence" not in row:  # a section: its heading says where it begins
        end = min(end, start + len(row.get("heading") or ""))
    first, last = sentence(sheet["text"], start, end)
    return first, start, end, last


def show(value: Any) -> str:
    """A value in a terminal or a report: numbers with thin groups, null as an empty set."""
    if value is None:
        return "∅"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return f"{value:,.10g}".replace(",", "\u202f")
    return visible(str(value))
