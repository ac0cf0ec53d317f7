"""French sentences of a block, by rule.

Text in normal form goes in, half-open (start, end) offsets come out. A full stop ends a sentence
unless it belongs to an abbreviation, a number, an initial or a name such as « E. Business ».
"""

from __future__ import annotations

import re

_END = re.compile(r"(?:[!?]+|\.{3,}|…|\.)(?:\s*[»\"'’)\]])*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«'\"])(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|St|Ste|art|env|ex|cf|max|min|resp|tél|av|bd|p|vol|n°|no|sec|"
    r"niv|dép|fém|masc|hab|approx|(?:(?:[A-Z]{1,2}|Ph)\.)?[A-Z])\.$"
)
_OPENING = re.compile(r"[\s»\"')\]]*")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the sentences in ``text[start:end]``, without the white space around them."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    first = start
    for match in _END.finditer(text, start, stop):
        mark = match.group()
        after = text[match.end() : stop].lstrip()
        if mark.startswith("."):
            if _ABBREVIATION.search(text, max(first, match.start() - 8), match.start() + 1):
                continue
            if mark[:2] == ".." and after[:1].islower():
                continue
        if mark[0] == "…" and after[:1].islower():
            continue
        if mark[0] in "!?" and after[:1].islower():
            continue
        _append(found, text, first, match.end())
        first = match.end()
    _append(found, text, first, stop)
    return found


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
