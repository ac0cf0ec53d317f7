"""What the lines that a pattern matches begin with, read off the pattern: so that few patterns are tried on a line.

A hundred ways of saying « Articles similaires » make a pattern that costs a microsecond on every line of every page.
But what it matches begins with « arti », « nos », « auss » …, and a line of prose that begins otherwise need not be tried:

    « nos |autres articles » ─▶ :func:`beginnings` ─▶ {"nos ", "autr"}      « Il coud » ─▶ "il c" ─▶ nothing to try

Nothing is listed by hand, so that no list can lag behind its pattern. What cannot be told counts as anything at all.
"""

from __future__ import annotations

import re._constants as ops  # type: ignore[import-not-found]  # what CPython compiles patterns from
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product
from typing import Any

from pipeline.french.openings import trie

#: Characters of a beginning.
LONGEST = 4
#: The signs of a beginning: a small letter stands for itself, « 0 » for a figure, a blank for what is neither.
_FIGURE, _OTHER, ANY = "0", " ", "?"
_CATEGORIES = {ops.CATEGORY_DIGIT: _FIGURE, ops.CATEGORY_SPACE: _OTHER, ops.CATEGORY_NOT_WORD: _OTHER}
_REPEATS = frozenset((ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT))
#: What matches between two characters.
_BETWEEN = frozenset((ops.AT, ops.ASSERT, ops.ASSERT_NOT))
_CHARACTERS = frozenset((ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY))
_WIDEST_RANGE = 256
#: A class of so many characters that have signs of their own counts as any: else a few of them in a row were thousands.
_MOST_SIGNS = 30


def _sign(character: str) -> str:
    return character if "a" <= character <= "z" else _FIGURE if character.isdecimal() else _OTHER


def beginnings(pattern: str, sign: Callable[[str], str] = _sign, longest: int = LONGEST) -> frozenset[str]:
    """Signs of the first characters of all that ``pattern`` matches; « ? » is any sign.

    Of what follows a beginning that is shorter than ``longest``, nothing is known: "" says nothing at all. With ``str``
    for ``sign``, each character is its own, and classes of figures and of blanks are any.
    """
    reader = _Reader(sign, longest)
    return frozenset(reader.follow(parser.parse(pattern), {""}) | reader.ended)


@cache
def literal_beginnings(pattern: str, longest: int) -> frozenset[str]:
    """The letters, at most so many, that all that ``pattern`` matches begins with, as far as they are known."""
    return frozenset(begun.partition(ANY)[0] for begun in beginnings(pattern, str, longest))


def lookahead(patterns: Iterable[str], longest: int = LONGEST) -> str:
    """A pattern that looks whether any of ``patterns`` may match at a place: to stand before one that tries them there."""
    begun = frozenset[str]().union(*(literal_beginnings(pattern, longest) for pattern in patterns))
    return "" if "" in begun else f"(?={trie(sorted(begun))})"


class ByBeginning:
    """Which of many patterns may match a line, told from its first characters, at most ``longest``.

    Attributes: ``anything``, the numbers of the patterns that may match lines of whose beginning nothing is known.
    """

    def __init__(self, patterns: Iterable[str], longest: int = LONGEST) -> None:
        self.anything: set[int] = set()
        self._longest = longest
        self._numbers: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            for begun in beginnings(pattern, longest=longest):
                if begun[:1] in ("", ANY):
                    self.anything.add(number)
                else:
                    self._numbers.setdefault(begun, []).append(number)

    def told(self, line: str) -> set[int]:
        """The numbers of the patterns of which something is known that ``line`` begins with."""
        signs = signs_of(line, self._longest)
        found: set[int] = set()
        for length in range(1, len(signs) + 1):
            for rest in product(*((sign, ANY) for sign in signs[1:length])):
                found.update(self._numbers.get(signs[0] + "".join(rest), ()))
        return found


def signs_of(text: str, longest: int = LONGEST) -> str:
    """The signs of the first characters of ``text``."""
    return "".join(map(_sign, text[:longest]))


class _Reader:
    """Reads beginnings off a parsed pattern; those that go no further are ``ended``."""

    def __init__(self, sign: Callable[[str], str], longest: int) -> None:
        self.sign = sign
        self.longest = longest
        self.ended: set[str] = set()

    def follow(self, nodes: Iterable[tuple[Any, Any]], going: set[str]) -> set[str]:
        """The beginnings ``going`` with what ``nodes`` match after them."""
        for kind, argument in nodes:
            if kind in _BETWEEN:
                continue
            if kind is ops.SUBPATTERN:
                going = self.follow(argument[-1], going)
            elif kind is ops.BRANCH:
                going = set().union(*(self.follow(branch, going) for branch in argument[1]))
            elif kind in _REPEATS:
                going = self._repeat(argument, going)
            elif kind not in _CHARACTERS:
                self.ended |= going
                going = set()
            else:
                longer = {begun + more for begun in going for more in _signs(kind, argument, self.sign)}
                going = {begun for begun in longer if len(begun) < self.longest}
                self.ended |= longer - going
        return going

    def _repeat(self, repeated: tuple[int, int, Any], going: set[str]) -> set[str]:
        least, most, body = repeated
        after = set(going) if least == 0 else set()
        for time in range(1, min(most, self.longest) + 1):
            going = self.follow(body, going)
            if time >= min(least, self.longest):
                after |= going
        return after


def _signs(kind: Any, argument: Any, sign: Callable[[str], str]) -> set[str]:
    """The signs of the characters that a node of one character may match."""
    if kind is ops.LITERAL:
        return {sign(chr(argument))}
    if kind is not ops.IN:
        return {ANY}
    signs: set[str] = set()
    for part, value in argument:
        if part is ops.LITERAL:
            signs.add(sign(chr(value)))
        elif part is ops.RANGE and value[1] - value[0] < _WIDEST_RANGE:
            signs.update(sign(chr(code)) for code in range(value[0], value[1] + 1))
        else:
            signs.add(_CATEGORIES.get(value, ANY) if part is ops.CATEGORY and sign is _sign else ANY)
    return {ANY} if ANY in signs or len(signs) > _MOST_SIGNS else signs
