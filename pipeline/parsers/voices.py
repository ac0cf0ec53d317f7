"""Comments that nothing marks: told by how readers speak, by what stands between two of them, by a foreign language.

No name, date or number stands above such posts, and in a text copied from a page no tag either. The rules, each with
its reason, an example and a look-alike, are the rows ``voice`` of ``lexicons/noise.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.sheet import Piece

#: A post is no longer; what begins with one of these signs is somebody's words that the sheet quotes.
LONGEST_VOICE = 600
_QUOTES = '«“"—–'
#: A line whose language counts has so many words, one in English this share of small words of English. Above the last
#: of the Latin letters, another script begins.
FEWEST_WORDS, ENGLISH, LATIN = 8, 0.4, "\u024f"
_FRENCH = re.compile(r"\b(?:de|des|du|et|est|la|le|les|pour|un|une)\b", re.IGNORECASE)
_SPEAKS = re.compile(r"\b(?:I|my|you|your)\b", re.IGNORECASE)
#: Paragraphs between two posts that may be answers.
MOST_ANSWERS = 3


class _Voice(NamedTuple):
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    printed: bool
    drop: tuple[str, str]


@cache
def _voices() -> tuple[tuple[str, ...], tuple[_Voice, ...]]:
    """All hints, and the rules on how readers speak with their own."""
    voices = tuple(
        _Voice(tuple(row["hints"]), re.compile(row["pattern"]), not row.get("ignore_case", True), (row["kind"], row["name"]))
        for row in load("noise")["voice"]
    )
    return tuple(sorted({hint for voice in voices for hint in voice.hints})), voices


def by_voice(piece: Piece, line: str) -> tuple[str, str] | None:
    """Comments without name or date: readers who ask, thank and tell of their own case, in a paragraph without quotation.

    A short post above a long one looks like a heading in a plain text. ``line`` is the plain form of the paragraph.
    """
    posted = piece.kind == "paragraph" or (piece.kind == "heading" and piece.depth > 1)
    if not posted or len(piece.text) > LONGEST_VOICE or piece.text[0] in _QUOTES:
        return None
    hints, voices = _voices()
    if not any(hint in line for hint in hints):
        return None
    for voice in voices:
        if any(hint in line for hint in voice.hints) and voice.pattern.search(piece.text if voice.printed else line):
            return voice.drop if piece.kind == "paragraph" or voice.drop[1] != "shouts" else None
    return None


def mark_answers(kept: list[Piece]) -> None:
    """Paragraphs between two posts that are told by their voice answer them."""
    voices = {voice.drop for voice in _voices()[1]}
    posts = [i for i, piece in enumerate(kept) if piece.drop in voices]
    for above, below in pairwise(posts):
        between = kept[above + 1 : below]
        if len(between) <= MOST_ANSWERS and all(piece.kind == "paragraph" for piece in between):
            for piece in between:
                piece.drop = piece.drop or ("comment", "between-posts")


def mark_foreign(kept: list[Piece]) -> None:
    """Below a French page, lines of English that speak to its reader, and lines in another script: spam."""
    prose = [p for p in kept if p.drop is None and p.kind == "paragraph" and p.text.count(" ") + 1 >= FEWEST_WORDS]
    if sum(_FRENCH.search(p.text) is not None for p in prose) * 2 < len(prose):
        return
    for piece in prose[1:]:
        if _is_english(piece.text):
            piece.drop = ("comment", "english-post")
        elif not piece.text.isascii() and _is_other_script(piece.text):
            piece.drop = ("comment", "other-script")


@cache
def _english() -> frozenset[str]:
    return frozenset(load("noise")["english"])


def _is_english(text: str) -> bool:
    if _FRENCH.search(text) or not _SPEAKS.search(text):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in _english() for word in words) >= ENGLISH * len(words)


def _is_other_script(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character > LATIN for character in letters) * 2 > len(letters)
