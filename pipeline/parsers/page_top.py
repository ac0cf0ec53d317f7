"""The head of a page in plain lines: logo, slogan, menu, search box and tools above the sheet: :func:`mark_top`.

The head ends where the sheet's prose begins. What the sheet is called stands in it, too: the line that says what the
prose below keeps saying is the title, and it stays, wherever the menu ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parsers.sieve import Lines
from pipeline.parsers.wording import PROSE, SECTION_WORDS, menu_word, plain, sign, states_fact
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: Lines among which a title ends the head of the page; the longest title; characters of the prose that titles speak of.
_HEAD, _LONGEST_TITLE, _BODY = 60, 130, 5000
#: From this score on a line is the title of the sheet; what the line next to the text has more than others, and one
#: above a byline.
_SURE, _NEAREST, _SIGNED = 1.3, 0.7, 0.7
_HEAD_NOISE = frozenset(("", "navigation", "header", "cookie", "author-box"))
_WORD = re.compile(r"[^\W\d_]{4,}")
_PATH = re.compile(r" [>»/|·] | ?[›→] ?|\] ?\[")
#: « Bac + 2 / 1 900 € / industrie » sums up the sheet.
_FACTS = re.compile(r"\d ?(?:€|euros?|k€)|\bbac ?[+\d]")
#: Long words that every title may hold.
_EMPTY_WORDS = frozenset(
    (
        "avec",
        "chez",
        "dans",
        "elle",
        "fiche",
        "leur",
        "leurs",
        "metier",
        "metiers",
        "nous",
        "plus",
        "pour",
        "sans",
        "sous",
        "vous",
    )
)
_COLUMNS = re.compile(r" {2,}")
_LONGEST_STEP, _LEAST_STEPS = 50, 3
#: A sentence is shorter than other prose; a slogan is no longer.
_SENTENCE = 75


def mark_top(kept: list[Piece], lines: Lines, known: Piece | None = None) -> None:
    """Drop what stands above the sheet; ``lines`` are the words of the pieces in plain letters.

    ``known`` is the title of the sheet where its markup tells: the head ends with it.
    """
    first = next((i for i, p in enumerate(kept) if _is_body(kept, lines, i, p)), len(kept))
    _mark_path(kept, lines, first)
    is_sheet = sign("job-sheet").match
    named = next((i for i in lines.holding("metier") if i < _HEAD and kept[i].drop is None and is_sheet(lines[i])), -1)
    if known is not None and known.drop is None:
        named = next((i for i, piece in enumerate(kept[:first]) if piece is known), named)
    first = named + 1 if named >= 0 else first
    head = [i for i in range(first) if kept[i].drop is None]
    cues = [i for i in range(first) if kept[i].drop or (lines[i] and menu_word(lines[i]))]
    slogans = [i for i in head if lines[i] and i != named and sign("slogan").match(lines[i])]
    if not cues and not slogans:
        return
    title = named if named >= 0 else _find_title(kept, lines, head, first)
    facts = {i for i in head if states_fact(kept[i].text)}
    own = facts.union([title], (i for i in head if is_called(lines[i])))
    strong = [i for i in cues if _dropped_as(kept[i]) in _HEAD_NOISE or kept[i].drop == ("tweet", "post-head")]
    if strong and (len(strong) > 1 or strong[0] == 0 or any(_is_whole_menu(kept[i]) for i in strong)):
        end = max(strong)
        for i in head:
            if i <= end and i not in own:
                kept[i].drop = ("navigation", "menu") if menu_word(lines[i]) else ("header", "above-the-menu")
    if slogans and any(i > slogans[-1] for i in head if kept[i].drop is None):
        for i in head:
            if i <= slogans[-1] and i not in own and kept[i].drop is None:
                kept[i].drop = ("header", "slogan")
    rest = [i for i in head if kept[i].drop is None]
    title = title if title in rest else next((i for i in rest if is_called(lines[i])), None)
    gone = " ".join(lines[i] for i in range(first) if kept[i].drop)
    for i in rest:
        if i == title or i in facts:
            continue
        if (title is not None and i < title) or (i != rest[-1] and lines[i] and lines[i] in gone):
            kept[i].drop = ("header", "above-the-title")


def _is_whole_menu(piece: Piece) -> bool:
    """Whether a menu stands in one line: then what stands above it is the site's name."""
    return piece.drop == ("navigation", "menu-line")


def is_called(line: str) -> bool:
    """Whether a plain line calls itself a job sheet, or says what one may become."""
    return sign("called").match(line) is not None


def _dropped_as(piece: Piece) -> str:
    return piece.drop[0] if piece.drop else ""


def _mark_path(kept: list[Piece], lines: list[str], first: int) -> None:
    """Lines of the head that are told by their build: a path that does not begin at home, a menu in one line, a date."""
    for piece, line in zip(kept[:first], lines, strict=False):
        if piece.drop is not None or piece.kind not in {"paragraph", "heading"} or not line or line[-1] in ".;:" or "«" in line:
            continue
        steps = _PATH.split(line)
        is_path = len(steps) >= _LEAST_STEPS and all(0 < len(step) <= _LONGEST_STEP for step in steps)
        if is_path and not (_FACTS.search(line) or states_fact(piece.text)):
            piece.drop = ("navigation", "breadcrumb")
        elif len(_COLUMNS.split(line)) > _LEAST_STEPS:
            piece.drop = ("navigation", "menu-line")
        elif line[0].isalnum() and sign("date-line").match(line):
            piece.drop = ("metadata", "byline")


def _find_title(kept: list[Piece], lines: list[str], head: Sequence[int], first: int) -> int | None:
    """The line of the head that names what the prose below speaks of; None where no line does."""
    body = plain(" ".join(piece.text for piece in kept[first : first + 40] if piece.drop is None))[:_BODY]
    path = next((lines[i] for i in range(first) if kept[i].drop and kept[i].drop[1] == "breadcrumb"), "")  # type: ignore[index]
    last_step = set(_WORD.findall(_PATH.split(path)[-1]))
    best, found = _SURE, None
    nearest = _NEAREST
    for i in reversed(head):
        line = lines[i]
        if kept[i].kind not in {"heading", "paragraph"} or not line or len(line) > _LONGEST_TITLE or line[-1] in ".;,":
            continue
        if (
            not any(map(str.isalpha, line))
            or menu_word(line)
            or (line.count(" ") < SECTION_WORDS and heading_kind(line) is not None and not is_called(line))
        ):
            continue
        signed = i + 1 < len(kept) and _dropped_as(kept[i + 1]) == "metadata"
        score = _likeness(line, body, last_step) + nearest + _SIGNED * signed + (kept[i].depth == 1)
        nearest = 0.0
        if score > best:
            best, found = score, i
    return found


def names_the_sheet(kept: list[Piece], i: int) -> bool:
    """Whether « Métier du mois : fondeur » names what the lines below go on to speak of."""
    named = kept[i].text.lower().partition(" : ")[2].strip()
    if named.endswith(")"):  # « (F/H) »
        named = named.rpartition("(")[0].rstrip()
    return bool(named) and sum(named in piece.text.lower() for piece in kept[i + 1 :]) >= _TAKEN_UP


#: Lines below in which the name stands again that a line at the top gives.
_TAKEN_UP = 2


def _likeness(line: str, body: str, last_step: set[str]) -> float:
    """How much a line looks like the title of a sheet with that ``body``, below a path that ends in ``last_step``."""
    score = 2.0 * max(_spoken_of(line, body), _spoken_of(line.partition(":")[0], body))
    if last_step and last_step <= set(_WORD.findall(line)):
        score += 2.0
    if is_called(line) or sign("announces").search(line):
        score += 2.0
    return score - (1.0 if sign("site").search(line) else 0.0)


def _spoken_of(words: str, body: str) -> float:
    """How often the ``body`` says each of the words, from 0 to 1: three times is often."""
    said = [min(3, body.count(word[: max(4, len(word) - 2)])) / 3 for word in set(_WORD.findall(words)) - _EMPTY_WORDS]
    return sum(said) / len(said) if said else 0.0


def _is_body(kept: list[Piece], lines: list[str], i: int, piece: Piece) -> bool:
    """Whether the sheet proper has begun: prose, an item, or a heading that names a section and has words."""
    if piece.drop is not None:
        return False
    if piece.kind in {"item", "row"} and i > 0:
        return piece.kind == "row" or (_is_list(kept, i) and not _is_menu(kept, lines, i))
    if (
        piece.kind == "heading"
        and i > 0
        and i + 1 < len(kept)
        and heading_kind(piece.text)
        and not is_called(plain(piece.text))
    ):
        return len(kept[i + 1].text) >= PROSE or kept[i + 1].kind == "item"
    return len(piece.text) >= (_SENTENCE if piece.text[-1] == "." else PROSE) and piece.text[-1] in ".!…»]):"


def _is_list(kept: list[Piece], i: int) -> bool:
    """Whether a second item follows, or the only one says something."""
    return len(kept[i].text) > _LONGEST_STEP or (i + 1 < len(kept) and kept[i + 1].kind == "item")


def _is_menu(kept: list[Piece], lines: list[str], i: int) -> bool:
    """Whether the list that begins at piece ``i`` has two words that only menus use."""
    known = 0
    while i < len(kept) and kept[i].kind == "item":
        known += kept[i].drop is not None or menu_word(lines[i].lstrip("0123456789. "))
        i += 1
    return known > 1
