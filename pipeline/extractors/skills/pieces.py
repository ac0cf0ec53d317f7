"""What a piece of a text between blanks says to the rules of skills.

It is worked out once for all texts: a crawl repeats its pieces.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extractors.skills.cues import MARKS, openings_of, sought_bits
from pipeline.extractors.skills.terms import term_openers, tokens_of
from pipeline.french.words import numbers
from pipeline.remembered import Remembered

_ENDS = (".", "!", "?")


def pieces_of(low: str, start: int, end: int) -> list[str]:
    """``low[start:end]`` cut at every blank; the mark that ends a sentence says nothing and is left out."""
    return low[start : end - 1 if low.endswith(_ENDS, start, end) else end].split(" ")


class _Piece(NamedTuple):
    """What a piece between blanks says: the bits that it allows, its words, where they begin.

    ``openers`` are the numbers of the words that may open a term, ``begun`` the offsets where bits that are sought may begin.
    """

    bits: int
    words: tuple[str, ...]
    offsets: tuple[int, ...]
    openers: tuple[int, ...]
    begun: tuple[tuple[int, int], ...]


def _read_piece(piece: str) -> _Piece:
    tokens = tokens_of(piece)
    words = tuple(word for _, word in tokens)
    openers = tuple(numbers(list(words), term_openers()))
    begun = tuple((offset, sought) for offset, bits in openings_of(piece) if (sought := bits & sought_bits()))
    return _Piece(MARKS[piece], words, tuple(offset for offset, _ in tokens), openers, begun)


PIECES = Remembered(_read_piece)


def first_words(low: str, start: int, end: int) -> list[str]:
    """The two words with which ``low[start:end]`` opens."""
    found: list[str] = []
    for piece in low[start:end].split(None, 2):
        found += PIECES[piece].words
        if len(found) > 1:
            break
    return found[:2]
