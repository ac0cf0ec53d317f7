"""Values under a label: « Statut : salarié, indépendant », or a heading with a list below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.sheet import Block

_SEPARATOR = re.compile(r"\s{0,3}(?:[,;|•\t]|\s/\s|\bou\b|\bainsi que\b|\.\.\.|…)\s{0,3}")
_LAST = re.compile(r"\s+et\s+")
_ARTICLE = re.compile(r"(?:(?:l[ea]s?|un|une|des?|du|dans l[ea]s?|dans|aussi|notamment)\s+|l'|d'|dans l')+", re.IGNORECASE)
#: What stands between a label and its values.
_REST = re.compile(r"\s*(?:\([^()]*\)\s*)?[:\t-]?\s*")
_FULL_STOP = re.compile(r"\.(?:\s|$)")
LONGEST_VALUE = 60


@cache
def _label(table: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What a label of the lexicon looks like, and the words, in lower case, one of which stands in it."""
    rows = load(table)["label"]
    pattern = re.compile("|".join(row["pattern"] for row in rows), re.IGNORECASE | re.MULTILINE)
    return pattern, tuple(hint for row in rows for hint in row["hints"])


def labelled(reading: Reading, table: str) -> Iterator[tuple[int, int]]:
    """Offsets of the values that stand under a label of the lexicon ``table`` at the start of a block.

    The label ends the block (a heading or a lead-in; its values are the items, or the short lines, below) or is
    followed by a colon and its values.
    """
    text, (label, hints) = reading.text, _label(table)
    for block in reading.blocks_at(reading.openings(hints)):
        match = label.match(text, block.start, block.end)
        rest = _REST.match(text, match.end(), block.end) if match is not None else None
        if rest is None:
            continue
        if rest.end() >= block.end:
            yield from _below(reading, block, label)
        elif ":" in rest.group() or "\t" in rest.group():
            yield from values(text, rest.end(), block.end)


def _below(reading: Reading, lead: Block, label: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The values in the items, or the short lines, below a label, up to the next heading or label."""
    text = reading.text
    for block in reading.blocks[reading.blocks.index(lead) + 1 :]:
        if block.kind == "heading" or label.match(text, block.start, block.end):
            return
        if block.kind == "item":
            yield from _whole(text, block.start, block.end)
        elif block.end - block.start <= LONGEST_VALUE and text[block.end - 1] not in ".!?":
            yield from values(text, block.start, block.end)
        else:
            return


def values(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a list in a line: « la banque, l'assurance et le commerce » → three, without articles."""
    stop = _FULL_STOP.search(text, start, end)
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
