"""Values under a label: « Statut : salarié, indépendant », or a heading with a list below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.reading import Reading
from pipeline.sheet import Block

_SEPARATOR = re.compile(r"\s{0,3}(?:[,;|•\t]|\s/\s|\bou\b|\bainsi que\b|\.\.\.|…)\s{0,3}")
_LAST = re.compile(r"\s+et\s+")
_ARTICLE = re.compile(r"(?:(?:l[ea]s?|un|une|des?|du|dans l[ea]s?|dans|aussi|notamment)\s+|l'|d'|dans l')+", re.IGNORECASE)
LONGEST_VALUE = 60


def labelled(reading: Reading, label: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Offsets of the values that stand under a label matched by ``label`` at the start of a block.

    The label ends the block (a heading or a lead-in; its values are the items, or the short lines, below) or is
    followed by a colon and its values.
    """
    under: Block | None = None
    for block in reading.blocks:
        match = label.match(reading.text, block.start, block.end)
        if match:
            rest = re.compile(r"\s*(?:\([^()]*\)\s*)?[:\t-]?\s*").match(reading.text, match.end(), block.end)
            first = rest.end() if rest else match.end()
            if first >= block.end:
                under = block
                continue
            if rest and re.search(r"[:\t]", rest.group()):
                yield from values(reading.text, first, block.end)
            under = None
        elif block.kind == "heading":
            under = None
        elif under is not None:
            if block.kind == "item":
                yield from _whole(reading.text, block.start, block.end)
            elif block.end - block.start <= LONGEST_VALUE and reading.text[block.end - 1] not in ".!?":
                yield from values(reading.text, block.start, block.end)
            else:
                under = None


def values(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a list in a line: « la banque, l'assurance et le commerce » → three, without articles."""
    stop = re.compile(r"\.(?:\s|$)").search(text, start, end)
    if stop:
        end = stop.start()
    parts: list[tuple[int, int]] = []
    last = start
    for separator in _SEPARATOR.finditer(text, start, end):
        parts.append((last, separator.start()))
        last = separator.end()
    parts.append((last, end))
    pair = _LAST.search(text, *parts[-1])
    if pair and (len(parts) > 1 or _ARTICLE.match(text, pair.end(), end)):
        parts[-1:] = [(parts[-1][0], pair.start()), (pair.end(), parts[-1][1])]
    for first, after in parts:
        yield from _whole(text, first, after)


def _whole(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    article = _ARTICLE.match(text, start, end)
    start = article.end() if article else start
    while start < end and text[start] in ' -«"':
        start += 1
    while end > start and text[end - 1] in ' .;,:»"':
        end -= 1
    if 1 < end - start <= LONGEST_VALUE:
        yield start, end
