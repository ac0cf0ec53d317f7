"""Strings made to hold a regular expression up, built from the expression itself.

An expression is slow where it may read the same characters in many ways, or reads a long stretch again from each place
in it. So each of its repetitions is pumped: what may stand before it, then what it repeats, many times over, then
something that cannot follow. Whole matches and their beginnings are repeated, too, and what sheets hold anyway.
"""

from __future__ import annotations

import random
import re
import re._constants as ops  # type: ignore[import-not-found]  # what CPython compiles expressions from
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any, NamedTuple

#: What sheets hold, over and over.
COMMON = (
    " ", "\t", "\n", "1", "a", "1 ", "a ", "A ", "é", ",", ", ", ". ", ".", "(", ")", "-", " - ", "'", "l'", "/", ": ",
    "« a » ",
    "bac + 2, ", "1 500 € ", "de la ", "et ",
    "un ", "a, a et ", "https://a.fr/", "a@", "a\n", "a-", "A", "<a ", "#", "*", "|", "_",
)  # fmt: skip
#: Ends that most expressions cannot match.
TAILS = ("\x00", "!\né")
#: Repetitions of fewer characters than this are bounded by themselves.
LONG = 16
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_ANY = "a 1,-.b'\n(éA:/"
_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d", ops.CATEGORY_NOT_DIGIT: r"\D", ops.CATEGORY_SPACE: r"\s", ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w", ops.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip

Nodes = list[tuple[Any, Any]]


class Attack(NamedTuple):
    """A string of any length: ``head``, then ``stretch`` over and over, then ``tail``."""

    head: str
    stretch: str
    tail: str

    def text(self, size: int) -> str:
        """The string of about ``size`` characters."""
        return self.head + (self.stretch * (size // len(self.stretch) + 1))[:size] + self.tail


def attacks(pattern: str, flags: int = 0) -> list[Attack]:
    """Attacks on an expression, the same each time, each once."""
    tree = list(parser.parse(pattern, flags))
    draws = [_Drawer(seed) for seed in range(6)]
    found = [Attack("", stretch, tail) for stretch in COMMON for tail in TAILS[:1]]
    for drawer in draws:
        whole = drawer.draw(tree)
        found += [Attack("", part, tail) for part in (whole, whole[:-1], whole + " ") for tail in TAILS[:1]]
    for before, body in _repetitions(tree, []):
        for drawer in draws:
            head, stretch = drawer.draw(before), drawer.draw(body)
            found += [Attack(head, stretch, tail) for tail in TAILS]
            found += [Attack("", head + stretch, TAILS[0])]
    return list(dict.fromkeys(a for a in found if a.stretch))


def drawn(pattern: str, count: int) -> set[str]:
    """Some of the strings that an expression matches, the same each time."""
    tree = list(parser.parse(pattern))
    return {text for seed in range(count) if re.match(pattern, text := _Drawer(seed).draw(tree))}


def _repetitions(nodes: Nodes, before: Nodes) -> Iterator[tuple[Nodes, Nodes]]:
    """(what stands before it, what it repeats) of each repetition without a close bound, at any depth."""
    for at, (code, value) in enumerate(nodes):
        ahead = [*before, *nodes[:at]]
        if code in _REPEATS:
            body = list(value[2])
            if value[1] >= LONG:
                yield ahead, body
            yield from _repetitions(body, ahead)
        else:
            for inner in _inner(code, value):
                yield from _repetitions(inner, ahead)


def _inner(code: Any, value: Any) -> list[Nodes]:
    if code is ops.BRANCH:
        return [list(branch) for branch in value[1]]
    if code is ops.SUBPATTERN:
        return [list(value[3])]
    if code is ops.ATOMIC_GROUP:
        return [list(value)]
    return [list(value[1])] if code in (ops.ASSERT, ops.ASSERT_NOT) else []


class _Drawer:
    """Draws strings that parts of an expression match, or nearly so: what looks around is passed over."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def draw(self, nodes: Nodes) -> str:
        return "".join(self._one(code, value) for code, value in nodes)

    def _one(self, code: Any, value: Any) -> str:
        if code is ops.LITERAL:
            return chr(value)
        if code in (ops.NOT_LITERAL, ops.ANY, ops.IN):
            items = [(code, value)] if code is not ops.IN else value
            return self.chance.choice([c for c in _ANY + "".join(_members(items)) if _holds(items, c)] or ["a"])
        if code in _REPEATS:
            least, most, body = value
            return "".join(self.draw(body) for _ in range(min(most, max(least, self.chance.choice((0, 1, 1, 2))))))
        inner = _inner(code, value) if code not in (ops.ASSERT, ops.ASSERT_NOT) else []
        return self.draw(self.chance.choice(inner)) if inner else ""


def _members(items: Nodes) -> Iterator[str]:
    for code, value in items:
        if code is ops.LITERAL:
            yield chr(value)
        elif code is ops.RANGE:
            yield chr(value[0]) + chr(value[1])


def _holds(items: Nodes, character: str) -> bool:
    wanted = True
    for code, value in items:
        if code is ops.NEGATE:
            wanted = False
        elif (
            code is ops.ANY
            or (code is ops.LITERAL and chr(value) == character)
            or (code is ops.NOT_LITERAL and chr(value) != character)
            or (code is ops.RANGE and value[0] <= ord(character) <= value[1])
            or (code is ops.CATEGORY and re.match(_CATEGORIES[value], character))
        ):
            return wanted
    return not wanted
