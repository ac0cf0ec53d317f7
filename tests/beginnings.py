"""What the matches of a regular expression may begin with, read off the expression.

Rules are tried only where the first letters of one of them stand; so a lexicon says what these are, and a test asks here
whether it says all of them.
"""

from __future__ import annotations

import re._constants as ops  # type: ignore[import-not-found]  # what CPython compiles expressions from
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ")
_DIGITS, _SIGNS = frozenset("0123456789"), frozenset(" '-.,;:()/+%€$")
_CATEGORIES = {
    ops.CATEGORY_DIGIT: _DIGITS,
    ops.CATEGORY_WORD: _LETTERS | _DIGITS | {"_"},
    ops.CATEGORY_SPACE: frozenset(" \t\n"),
}
_WITHOUT_WIDTH = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)


def beginnings(pattern: str, length: int) -> set[str]:
    """The first ``length`` characters, in lower case, of whatever ``pattern`` matches; fewer where a match may be shorter."""
    return _of_sequence(list(parser.parse(pattern)), length)


def _of_sequence(nodes: list[tuple[Any, Any]], length: int) -> set[str]:
    found, open_ = set(), {""}
    for node in nodes:
        longer = {begun + more for begun in open_ for more in _of_node(*node, length - len(begun))}
        found |= {text for text in longer if len(text) >= length}
        open_ = {text for text in longer if len(text) < length}
    return found | open_


def _of_node(kind: Any, value: Any, length: int) -> set[str]:
    if kind in _WITHOUT_WIDTH:
        return {""}
    if kind is ops.LITERAL:
        return {chr(value)}
    if kind is ops.IN:
        return _of_set(value)
    if kind is ops.BRANCH:
        return set().union(*(_of_sequence(list(nodes), length) for nodes in value[1]))
    if kind is ops.SUBPATTERN:
        return _of_sequence(list(value[3]), length)
    if kind in {ops.MAX_REPEAT, ops.MIN_REPEAT}:
        least, most, nodes = value
        found, times = ({""} if least == 0 else set()), {""}
        for count in range(1, min(most, least + length) + 1):
            times = {(begun + more)[:length] for begun in times for more in _of_sequence(list(nodes), length)}
            found |= times if count >= least else set()
        return found
    raise NotImplementedError(f"{kind}: teach this function what it may begin with")


def _of_set(members: list[tuple[Any, Any]]) -> set[str]:
    found: set[str] = set()
    for kind, value in members:
        if kind is ops.LITERAL:
            found.add(chr(value))
        elif kind is ops.RANGE:
            found |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif kind is ops.CATEGORY:
            found |= _CATEGORIES[value]
    return (_LETTERS | _DIGITS | _SIGNS) - found if members[0][0] is ops.NEGATE else found
