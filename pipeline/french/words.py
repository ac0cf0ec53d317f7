"""The words of a stretch of French text: their lower-case forms at once, their places only when a rule asks for them.

A word never reaches over white space, so a text is cut at its white space first, and each piece between (« l'entreprise, »)
is cut into words once for all texts: a crawl repeats its pieces far more often than it brings new ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, chain, compress, count

from pipeline.french import language
from pipeline.normal import lowered
from pipeline.remembered import Remembered

_WORD = re.compile(r"aujourd'hui|d'abord|[^\W\d_]+(?:-[^\W\d_]+)*'?|\d+(?:[.,]\d+)*|…|\.{2,}|[^\w\s]|\w")
_OPENING, _CLOSING = frozenset("([«{"), frozenset(")]»}")
_NOWHERE: frozenset[int] = frozenset()


class Words(list[str]):
    """The words and marks of ``text[start:end]``, in lower case, in order.

    Attributes: ``enclosed``, the numbers of those in brackets or quotes; ``starts``, the offset of each, which few rules
    ask for: it is worked out then.
    """

    __slots__ = ("enclosed", "end", "start", "starts", "text")
    text: str
    start: int
    end: int
    starts: list[int]
    enclosed: frozenset[int]

    def __getattr__(self, name: str) -> list[int]:
        if name != "starts":
            raise AttributeError(name)
        self.starts = _located(self.text[self.start : self.end], self.start, self)
        return self.starts

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
    words = Words(chain.from_iterable(map(FORMS.__getitem__, stretch.split())))
    words.text = text
    words.start = start
    words.end = end
    bracketed = "(" in stretch or "«" in stretch or "»" in stretch or "[" in stretch or "{" in stretch
    words.enclosed = _enclosed(words) if bracketed else _NOWHERE
    return words


def numbers(words: list[str], known: frozenset[str], first: int = 0) -> list[int]:
    """The numbers of those of ``words`` that are ``known``, counted from ``first``."""
    return list(compress(count(first), map(known.__contains__, words)))


def first_words(text: str, start: int, end: int) -> Iterator[str]:
    """The words and marks of ``text[start:end]``, in lower case, one by one: for who needs one or two."""
    return chain.from_iterable(map(FORMS.__getitem__, text[start:end].split()))


def first_word(text: str, start: int, end: int) -> str:
    """The first word or mark of ``text[start:end]``, in lower case; nothing where there is none."""
    pieces = text[start:end].split(None, 1)
    return FORMS[pieces[0]][0] if pieces else ""


def _cut(piece: str) -> tuple[str, ...]:
    """The words and marks of a piece of text without white space: every character of it belongs to one."""
    return tuple(map(lowered, _WORD.findall(piece)))


#: Piece of a text without white space → its words and marks.
FORMS = Remembered(_cut)


#: Piece of a text → how far each of its words is from the next, with one blank after the last.
_STEPS = Remembered(lambda piece: (*map(len, FORMS[piece][:-1]), len(FORMS[piece][-1]) + 1))


def _located(stretch: str, offset: int, forms: list[str]) -> list[int]:
    """Where the words of ``stretch`` begin, which begins at ``offset`` and holds nothing but white space between them."""
    first = offset + len(stretch) - len(stretch.lstrip())
    starts = list(accumulate(chain.from_iterable(map(_STEPS.__getitem__, stretch.split())), initial=first))
    if starts.pop() == offset + len(stretch.rstrip()) + 1:  # nowhere more than one blank
        return starts
    starts, at = [], 0
    for form in forms:
        while stretch[at].isspace():
            at += 1
        starts.append(offset + at)
        at += len(form)
    return starts


def _enclosed(forms: list[str]) -> frozenset[int]:
    """The numbers of the words that stand in brackets; a bracket that never closes encloses nothing.

    A quotation that ends in the sentence and began before it encloses all before its end: « Je porte », dit-elle.
    """
    found: list[int] = []
    depth = 0
    for number, form in enumerate(forms):
        if form in _CLOSING and depth:
            depth -= 1
        elif form == "»":
            found = list(range(number))
        if depth:
            found.append(number)
        if form in _OPENING:
            depth += 1
    return _NOWHERE if depth else frozenset(found)
