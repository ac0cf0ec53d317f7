"""Comments that nothing marks: told by how readers speak, by what stands between two of them, by a foreign language.

No name, date or number stands above such posts, and in a text copied from a page no tag either. The rules, each with
its reason, an example and a look-alike, are the rows ``voice`` of ``lexicons/noise.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from pipeline.beginnings import LONGEST as LONGEST_BEGINNING
from pipeline.beginnings import ByBeginning
from pipeline.lexicons import load
from pipeline.parsers.wording import plain_lines
from pipeline.remembered import Remembered
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
    """The voices, with their ranks: those told by the first characters of a line, and those told by hints, with these."""

    opening: Remembered[tuple[tuple[int, _Voice], ...]]
    hinted: tuple[tuple[int, _Voice, tuple[bytes, ...]], ...]


@cache
def _voices() -> _Voices:
    rows = load("noise")["voice"]
    voices = [_Voice(re.compile(row["pattern"]), not row.get("ignore_case", True), (row["kind"], row["name"])) for row in rows]
    known = ByBeginning(row["pattern"] if "hints" not in row else "$" for row in rows)
    hinted = tuple((i, voices[i], tuple(map(str.encode, row["hints"]))) for i, row in enumerate(rows) if "hints" in row)
    return _Voices(Remembered(lambda begun: tuple((i, voices[i]) for i in sorted(known.told(begun)))), hinted)


def mark_voices(kept: list[Piece], lines: list[str]) -> None:
    """Comments without name or date: readers who ask, thank and tell of their own case, and the answers between them.

    A short post above a long one looks like a heading in a plain text. What opens with a quotation mark is no post.
    ``lines`` are the words of the pieces in plain letters, "" for long ones.
    """
    numbers = [i for i, piece in enumerate(kept) if i and _may_be_post(piece)]
    long = [i for i in numbers if not lines[i]]
    plain_words = dict(zip(long, plain_lines([kept[i].text for i in long]), strict=True))
    posts = [lines[i] or plain_words[i] for i in numbers]
    last = None
    for rank, heard in _heard(posts):
        i, line = numbers[rank], posts[rank]
        piece = kept[i]
        if piece.drop is None:
            piece.drop = next((voice.drop for _, voice in heard if _speaks(voice, piece, line)), None)
            if piece.drop:
                _mark_answers(kept[last + 1 : i] if last is not None else [])
                last = i


def _may_be_post(piece: Piece) -> bool:
    posted = piece.kind == "paragraph" or (piece.kind == "heading" and piece.depth > 1)
    return posted and piece.drop is None and len(piece.text) <= LONGEST_VOICE and piece.text[0] not in _QUOTES


def _heard(lines: list[str]) -> list[tuple[int, list[tuple[int, _Voice]]]]:
    """The lines that may be somebody's, in order, each with the voices, in theirs: of all lines a few."""
    opening, hinted = _voices()
    heard = {i: list(voices) for i, line in enumerate(lines) if (voices := opening[line[:LONGEST_BEGINNING]])}
    ends = list(accumulate(len(line) + 1 for line in lines))
    whole = "\n".join(lines).encode("latin-1", "replace")  # a byte a character, searched faster; hints are plain letters
    for rank, voice, hints in hinted:
        found = set()
        for hint in hints:
            at = whole.find(hint)
            while at >= 0:
                line = bisect_right(ends, at)
                found.add(line)
                at = whole.find(hint, ends[line])
        for line in found:
            heard.setdefault(line, []).append((rank, voice))
    return [(line, sorted(heard[line], key=itemgetter(0))) for line in sorted(heard)]


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
    french = [_is_french(p.text) for p in prose]
    if sum(french) * 2 < len(prose):
        return
    for piece, is_french in zip(prose[1:], french[1:], strict=True):
        if not is_french and _is_english(piece.text):
            piece.drop = ("comment", "english-post")
        elif not piece.text.isascii() and _is_other_script(piece.text):
            piece.drop = ("comment", "other-script")


@cache
def _english() -> frozenset[str]:
    return frozenset(load("noise")["english"])


def _is_french(text: str) -> bool:
    return " de " in text or " la " in text or " et " in text or _FRENCH.search(text) is not None


def _is_english(text: str) -> bool:
    if not _SPEAKS.search(text):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in _english() for word in words) >= ENGLISH * len(words)


def _is_other_script(text: str) -> bool:
    return _OTHER_SCRIPT.search(text) is not None and 2 * len(_OTHER_SCRIPT.findall(text)) > len(text) - text.count(" ")
