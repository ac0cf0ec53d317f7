"""Comments that nothing marks: told by how readers speak, by what stands between two of them, by a foreign language.

No name, date or number stands above such posts, and in a text copied from a page no tag either. The rules, each with
its reason, an example and a look-alike, are the rows ``voice`` of ``lexicons/noise.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.parsers.sieve import Lines, Sieve
from pipeline.parsers.wording import plain_lines
from pipeline.sheet import Piece

#: A post is no longer.
LONGEST_VOICE = 600
#: What begins with one of these signs is somebody's words that the sheet quotes.
_QUOTES = '«“"—–'
#: A line whose language counts has so many words, one in English this share of small words of English.
FEWEST_WORDS, ENGLISH = 8, 0.4
#: Letters of Greek, Cyrillic, Arabic … and those of the Far East.
_OTHER_SCRIPT = re.compile("[\u0370-\u1cff\u3040-\ud7ff]")
_FRENCH = re.compile(r"\b(?:de|des|du|et|est|la|le|les|pour|un|une)\b", re.IGNORECASE)
_SPEAKS = re.compile(r"\b(?:I|my|you|your)\b", re.IGNORECASE)
#: Paragraphs between two posts that may be answers.
MOST_ANSWERS = 3


class _Voice(NamedTuple):
    """A row of the lexicon; ``printed``: it is searched in the line as it stands rather than in plain letters."""

    pattern: re.Pattern[str]
    printed: bool
    drop: tuple[str, str]


class _Voices(NamedTuple):
    """The voices, and which to try on a line."""

    sieve: Sieve
    rows: tuple[_Voice, ...]


@cache
def _voices() -> _Voices:
    rows = load("noise")["voice"]
    return _Voices(
        Sieve(("$", row["hints"]) if "hints" in row else (row["pattern"], ()) for row in rows),  # whose hints tell all of it
        tuple(_Voice(re.compile(row["pattern"]), not row.get("ignore_case", True), (row["kind"], row["name"])) for row in rows),
    )


def mark_voices(kept: list[Piece], lines: Lines) -> None:
    """Comments without name or date: readers who ask, thank and tell of their own case, and the answers between them.

    A short post above a long one looks like a heading in a plain text. What opens with a quotation mark is no post.
    ``lines`` are the words of the pieces in plain letters, "" for long ones.
    """
    voices, last = _voices().rows, None
    for i, line, ranks in _heard(kept, lines):
        piece = kept[i]
        if piece.drop is None:
            piece.drop = next((voices[rank].drop for rank in ranks if _speaks(voices[rank], piece, line)), None)
            if piece.drop:
                _mark_answers(kept[last + 1 : i] if last is not None else [])
                last = i


def _may_be_post(piece: Piece) -> bool:
    posted = piece.kind == "paragraph" or (piece.kind == "heading" and piece.depth > 1)
    return posted and piece.drop is None and len(piece.text) <= LONGEST_VOICE and piece.text[0] not in _QUOTES


def _heard(kept: list[Piece], lines: Lines) -> list[tuple[int, str, Sequence[int]]]:
    """The lines that may be somebody's, in order, each in plain letters and with the voices to try: of all lines a few."""
    sift = _voices().sieve.sift
    heard = [(i, lines[i], ranks) for i, ranks in sift(lines) if i and _may_be_post(kept[i])]
    long = [i for i, line in enumerate(lines) if not line and i and _may_be_post(kept[i])]
    if long:
        posts = Lines(plain_lines([kept[i].text for i in long]))
        heard += [(long[k], posts[k], ranks) for k, ranks in sift(posts)]
        heard.sort()
    return heard


def _speaks(voice: _Voice, piece: Piece, line: str) -> bool:
    if voice.drop[1] == "shouts" and piece.kind == "heading":
        return False
    return voice.pattern.search(piece.text if voice.printed else line) is not None


def _mark_answers(between: list[Piece]) -> None:
    """Paragraphs between two posts that are told by their voice answer them."""
    if len(between) <= MOST_ANSWERS and all(piece.kind == "paragraph" for piece in between):
        for piece in between:
            piece.drop = piece.drop or ("comment", "between-posts")


def mark_foreign(kept: list[Piece]) -> None:
    """Below a French page, lines of English that speak to its reader, and lines in another script: spam."""
    prose = [p for p in kept if p.drop is None and p.kind == "paragraph" and p.text.count(" ") + 1 >= FEWEST_WORDS]
    others = [i for i, piece in enumerate(prose) if not is_french(piece.text)]
    if len(others) * 2 > len(prose):
        return
    for i in others:
        if i and _is_english(prose[i].text):
            prose[i].drop = ("comment", "english-post")
    for piece in prose[1:]:
        if piece.drop is None and not piece.text.isascii() and _is_other_script(piece.text):
            piece.drop = ("comment", "other-script")


@cache
def _english() -> frozenset[str]:
    return frozenset(load("noise")["english"])


def is_french(text: str) -> bool:
    """Whether a text holds one of the small words that no French sentence does without."""
    return " de " in text or " la " in text or " et " in text or _FRENCH.search(text) is not None


def _is_english(text: str) -> bool:
    if not _SPEAKS.search(text):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in _english() for word in words) >= ENGLISH * len(words)


def _is_other_script(text: str) -> bool:
    return _OTHER_SCRIPT.search(text) is not None and 2 * len(_OTHER_SCRIPT.findall(text)) > len(text) - text.count(" ")
