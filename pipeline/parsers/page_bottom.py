"""The end of a sheet, and what stands below it: :class:`Tail` for zones of noise, :func:`mark_bottom` for what is left.

Below its last section a page has nothing but its own business. Each piece of it may look like a line of the sheet, but
it stands among lines that do not: share bars, the author's portrait, teasers, comments, the imprint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from pipeline.parsers.voices import is_french
from pipeline.parsers.wording import PROSE, SECTION_WORDS, Rule, menu_word, plain, states_fact
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: Share of the text that may still follow a zone's first line for the zone to run to the end.
_TAIL = 0.4
#: Share of the lines that are noise by themselves, in what follows a zone's first line, for the zone to run to the end.
_NOISY = 0.3
#: What may be left of sentences between the lines of noise below a sheet: characters, and their share of the text.
_MOST_LEFT, _SHARE_LEFT = 700, 0.15
#: Share of the text that stands above the end of a sheet; what finished sentences end in.
_SHARE_ABOVE, _FINISHED = 0.6, ".!?…»)*"
#: A paragraph that long below the sheet is part of it: the page's own business is told in less.
_LONG_PROSE = 200
#: Kinds of noise that stand below a sheet; the second lot may stand in its midst, and says less.
_ENDS = frozenset(("comment", "form", "author-box", "tweet", "tags", "footer"))
_MARKS = _ENDS | {"share", "related", "newsletter", "advertisement", "metadata", "navigation", "cookie"}
_LONGEST_PORTRAIT = 400
#: What begins so is said rather than told.
_QUOTES = '«“"—–'
_WORD = re.compile(r"[^\W\d_]{5,}")
#: First name and family name.
FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]{1,40}+(?: (?:de |d’|d'|du |Le |La )?[A-ZÀ-Þ][\w’'-]{1,40}+){1,2}")


class Tail:
    """Where the sheet is over: below its last section, with little text or much noise to come."""

    def __init__(self, kept: list[Piece], rules: Sequence[Rule | None]) -> None:
        self.last = last_section(kept, rules)
        self._before = list(accumulate([len(piece.text) for piece in kept], initial=0))
        self._noisy = [rule is not None or piece.drop is not None for piece, rule in zip(kept, rules, strict=True)]

    def begins(self, i: int, rule: Rule) -> bool:
        """Whether the zone that ``rule`` opens at piece ``i`` runs to the end."""
        if i <= self.last or rule.amid:
            return False
        if rule.kind in {"comment", "form", "tweet"} or self._before[-1] - self._before[i] <= _TAIL * self._before[-1]:
            return True
        return sum(self._noisy[i:]) >= _NOISY * (len(self._noisy) - i)

    def before(self, i: int) -> int:
        """Characters that stand before piece ``i``."""
        return self._before[i]


def last_section(kept: list[Piece], noise: Sequence[object]) -> int:
    """Index of the last heading that names a section of a sheet and has words of its own; -1 where there is none.

    ``noise`` holds something true for each line that is none of the sheet's.
    """
    for i in range(len(kept) - 2, -1, -1):
        piece, below = kept[i], kept[i + 1]
        if noise[i] or noise[i + 1] or (piece.kind != "heading" and piece.text.count(" ") >= SECTION_WORDS):
            continue
        if heading_kind(piece.text) is None or menu_word(plain(piece.text)):
            continue
        if below.kind in {"item", "row", "heading"} or len(below.text) >= PROSE or below.text[-1:] in ".!":
            return i
        if piece.kind == "heading" and piece.drop is None and piece.text.count(" ") < SECTION_WORDS and _lists(kept, i + 1):
            return i
    return -1


def _lists(kept: list[Piece], first: int) -> bool:
    """Whether a list without bullets begins at piece ``first``: two short lines that no menu would hold."""
    lines = [piece for piece in kept[first : first + 2] if piece.kind == "paragraph" and piece.drop is None and not piece.links]
    return len(lines) > 1 and not any(menu_word(plain(piece.text)) or heading_kind(piece.text) for piece in lines)


def mark_bottom(kept: list[Piece], lines: list[str], author: str | None) -> None:
    """Drop what is left among the noise below the sheet: a portrait, teasers, counts of votes."""
    last = last_section(kept, [piece.drop for piece in kept])
    if author:
        _mark_portrait(kept, lines, max(last + 2, len(kept) // 3), plain(author))
    start = _end_of_sheet(kept, last)
    if start is None:
        return
    drop = kept[start].drop
    while start - 1 > last and _is_label(kept[start - 1]) and kept[start - 1].text[-1] != "?":
        start -= 1
    if kept[start - 1].text[-1] not in _FINISHED:  # a list without bullets: short lines below a heading
        while kept[start].drop is None:
            start += 1
    for piece in kept[start:]:
        if piece.drop is None:
            piece.drop = (drop[0] if drop else "boilerplate", "below-the-sheet")
        drop = piece.drop


def _end_of_sheet(kept: list[Piece], last: int) -> int | None:
    """The first dropped piece below which nothing goes on with the sheet, whose last section begins at ``last``."""
    names = _names(kept)
    lengths = list(accumulate([len(piece.text) if piece.drop is None else 0 for piece in kept], initial=0))
    budget = min(_MOST_LEFT, int(_SHARE_LEFT * lengths[-1]))
    said = sentences = dropped = 0
    start = None
    for i in range(len(kept) - 1, last + 1, -1):
        piece = kept[i]
        if lengths[i] < _SHARE_ABOVE * lengths[-1]:
            break
        if piece.drop is not None:
            dropped += 1
            kind = piece.drop[0]
            if kind in _MARKS and sentences <= dropped and (not sentences or kind in _ENDS or _has_company(kept, i)):
                start = i
        elif _is_the_sheets(kept, i, names):
            break
        elif not _is_label(piece):
            said, sentences = said + len(piece.text), sentences + 1
            if said > budget:
                break
    return start


def _is_label(piece: Piece) -> bool:
    """Whether a kept piece says nothing: a name, a link, the title of another page."""
    text = piece.text
    short = piece.drop is None and piece.kind in {"paragraph", "heading"} and len(text) < PROSE and text[-1] not in ".;:!…»)*"
    return short and not states_fact(text)


def _mark_portrait(kept: list[Piece], lines: list[str], start: int, author: str) -> None:
    """Below the sheet the author's name opens the author's portrait."""
    called = author.split(maxsplit=1)[0]
    for i in range(start, len(kept)):
        piece = kept[i]
        if piece.drop is None and lines[i].startswith(author) and len(piece.text) <= _LONGEST_PORTRAIT:
            piece.drop = ("author-box", "author-again")
            for below in kept[i + 1 : i + 2]:
                told = lines[i] == author or called in plain(below.text)
                if told and below.kind == "paragraph" and len(below.text) <= _LONGEST_PORTRAIT:
                    below.drop = below.drop or ("author-box", "author-again")


def mark_portraits(pieces: list[Piece]) -> None:
    """Below the last section, a full name and one paragraph, alone between lines of noise, are the portrait of an author."""
    last = None
    for i, name in enumerate(pieces[1:-1], 1):
        if name.drop or pieces[i - 1].drop is None or pieces[i + 1].drop:
            continue
        portrait = pieces[i + 1]
        if i + 2 < len(pieces) and pieces[i + 2].drop is None:
            continue
        plainly = name.kind in {"paragraph", "heading"} and portrait.kind == "paragraph" and heading_kind(name.text) is None
        told = len(portrait.text) <= _LONGEST_PORTRAIT and portrait.text[0] not in _QUOTES and is_french(portrait.text)
        if plainly and told and FULL_NAME.fullmatch(name.text):
            last = last_section(pieces, [piece.drop for piece in pieces]) if last is None else last
            if i > last + 1:
                name.drop = portrait.drop = ("author-box", "name-and-portrait")


def _names(kept: list[Piece]) -> frozenset[str]:
    """The beginnings of the words that the sheet's title is made of."""
    title = next((piece.text for piece in kept if piece.drop is None), "")
    return frozenset(word[: max(5, len(word) - 2)] for word in _WORD.findall(plain(title)[: 2 * PROSE]))


def _has_company(kept: list[Piece], i: int) -> bool:
    """Whether two of the three lines below a dropped one are dropped, too, or the last of all: one alone may stand in midst."""
    below = [piece.drop is not None for piece in kept[i + 1 : i + 4]]
    return sum(below) > 1 or below == [False, True]


def _is_the_sheets(kept: list[Piece], i: int, names: frozenset[str]) -> bool:
    """Whether a line below the last known section goes on with the sheet."""
    piece = kept[i]
    if piece.kind in {"row", "term", "definition"} or len(piece.text) >= _LONG_PROSE or piece.text[0] == "*":
        return True
    if len(piece.text) < PROSE and states_fact(piece.text):
        return True
    if piece.kind == "item":
        return i > 0 and kept[i - 1].drop is None
    if piece.kind == "heading":
        return heading_kind(piece.text) is not None and kept[i + 1 : i + 2] != [] and kept[i + 1].drop is None
    return len(piece.text) >= PROSE and piece.text[-1] in ".!?" and any(name in plain(piece.text) for name in names)
