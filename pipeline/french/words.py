"""The words of a stretch of French text: their lower-case forms at once, their places only when a rule asks for them.

A word never reaches over white space, so a text is cut at its white space first, and each piece between (« l'entreprise, »)
is cut into words once for all texts: a crawl repeats its pieces far more often than it brings new ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain

from pipeline.french import language
from pipeline.normal import lowered
from pipeline.remembered import Remembered

_WORD = re.compile(r"aujourd'hui|d'abord|[^\W\d_]+(?:-[^\W\d_]+)*'?|\d+(?:[.,]\d+)*|…|\.{2,}|[^\w\s]|\w")
_OPENING, _CLOSING = frozenset("([«{"), frozenset(")]»}")
_NOWHERE: frozenset[int] = frozenset()


class Words(list[str]):
    """The words and marks of ``text[start:end]``, in lower case, in order.

    Attributes: ``enclosed``, the numbers of those in brackets or quotes; ``starts``, their offsets.
    """

    __slots__ = ("_starts", "enclosed", "end", "start", "text")

    def __init__(self, forms: Iterable[str], text: str, start: int, end: int) -> None:
        list.__init__(self, forms)
        self.text = text
        self.start = start
        self.end = end
        self.enclosed = _NOWHERE
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset of each word."""
        if self._starts is None:
            self._starts = _located(self.text, self.start, self)
        return self._starts

    def after(self, number: int) -> int:
        """The offset after the word with that number."""
        return self.starts[number] + len(self[number])

    def at(self, offset: int, otherwise: int) -> int:
        """The number of the first word that begins at ``offset`` or later, or ``otherwise``."""
        number = bisect_left(self.starts, offset)
        return number if number < len(self) else otherwise

    def tagged_verbs(self) -> frozenset[int]:
        """The offsets at which the tagger sees a verb: for words that the lexicon does not know."""
        start = self.starts[0]
        return frozenset(start + at for at in language.verb_offsets(self.text[start : self.after(-1)]))


def words_of(text: str, start: int, end: int) -> Words:
    """The words and marks of ``text[start:end]``."""
    stretch = text[start:end]
    words = Words(chain.from_iterable(map(_FORMS.__getitem__, stretch.split())), text, start, end)
    if "(" in stretch or "«" in stretch or "[" in stretch or "{" in stretch:
        words.enclosed = _enclosed(words)
    return words


def first_word(text: str, start: int, end: int) -> str:
    """The first word or mark of ``text[start:end]``, in lower case; nothing where there is none."""
    pieces = text[start:end].split(None, 1)
    return _FORMS[pieces[0]][0] if pieces else ""


def _cut(piece: str) -> tuple[str, ...]:
    """The words and marks of a piece of text without white space: every character of it belongs to one."""
    return tuple(map(lowered, _WORD.findall(piece)))


_FORMS = Remembered(_cut)


def _located(text: str, start: int, forms: list[str]) -> list[int]:
    """Where words begin that follow one another from ``start``, with nothing but white space between."""
    starts = []
    for form in forms:
        while text[start].isspace():
            start += 1
        starts.append(start)
        start += len(form)
    return starts


def _enclosed(forms: list[str]) -> frozenset[int]:
    """The numbers of the words that stand in brackets; a bracket that never closes encloses nothing."""
    found, depth = [], 0
    for number, form in enumerate(forms):
        if form in _CLOSING and depth:
            depth -= 1
        if depth:
            found.append(number)
        if form in _OPENING:
            depth += 1
    return _NOWHERE if depth else frozenset(found)
