"""Lines that are noise together: share bars, menus in the midst of a text, tables of contents, teasers of what follows.

Each may stand in a sheet; their company cannot.
"""

from __future__ import annotations

import re

from pipeline.parsers.wording import PROSE, SECTION_WORDS, menu_word, networks, sign
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: Lines that make a menu, and words of menus among them; its longest line; the longest button.
LEAST_MENU, LEAST_MENU_WORDS = 3, 2
LONGEST_LABEL, LONGEST_BUTTON = 40, 24
#: Characters below which a line is no teaser.
SHORTEST_TEASER = 40


def mark_networks(kept: list[Piece], lines: list[str]) -> None:
    """Names of networks, each on a line of its own: the buttons of a share bar (a list of tools has items)."""
    names = networks()
    named = {i for i, line in enumerate(lines) if line.strip(" :·|()0123456789") in names}
    if len(named) < 2:  # noqa: PLR2004
        return
    run: list[int] = []
    for i in range(len(lines) + 1):
        after = kept[i - 1].drop if i else None
        if i in named and (kept[i].kind in {"paragraph", "heading"} or run or (after and after[0] == "share")):
            run.append(i)
            continue
        if len(run) > 1:
            for j in run:
                kept[j].drop = kept[j].drop or ("share", "network-names")
        run = []


_SITES_OWN = ("nos ", "notre ", "tous les ", "tous nos ", "toutes les ", "toutes nos ")


def mark_menus(kept: list[Piece], lines: list[str]) -> None:
    """Runs of short lines that are words of menus or names of sections without anything below them: a menu in the text."""
    labels = {
        i: menu_word(line)
        for i, (piece, line) in enumerate(zip(kept, lines, strict=True))
        if piece.drop is None and 0 < len(line) <= LONGEST_LABEL and piece.kind in {"paragraph", "heading"}
    }
    if sum(labels.values()) < LEAST_MENU_WORDS:
        return
    run: list[int] = []
    for i, line in enumerate([*lines, ""]):
        if i in labels:
            named = line.count(" ") < SECTION_WORDS and heading_kind(kept[i].text) is not None
            if named or line.startswith(_SITES_OWN) or labels[i]:
                run.append(i)
                continue
        words = [labels[j] for j in run]
        while run and not words[-1]:  # the last name may be a section's
            run.pop()
            words.pop()
        if len(run) >= LEAST_MENU and sum(words) >= LEAST_MENU_WORDS and any(sign("frame").match(lines[j]) for j in run):
            for j in run:
                kept[j].drop = ("navigation", "menu")
        run = []


_CONTENTS = re.compile(
    r"(?:au |le |dans ce )?(?:sommaire|programme|menu|table des matieres|(?:dans )?cet(?:te)? (?:article|fiche|page|dossier)"
    r"|plan(?: de (?:la fiche|l'article))?|ce que (?:vous allez|tu vas) (?:lire|apprendre|decouvrir))"
    r"\b.{0,30}"
)
_LEADING = re.compile(r"^[\W\d]+")


def mark_contents(kept: list[Piece], lines: list[str]) -> None:
    """A table of contents: lines below such a heading that stand again further down."""
    for i, line in enumerate(lines):
        if line and len(line) < PROSE and kept[i].kind != "item" and _CONTENTS.fullmatch(line):
            j = i + 1
            while j < len(lines) and lines[j] and _stands_again(kept, lines, j):
                kept[j].drop = ("navigation", "table-of-contents")
                j += 1
            if j > i + 1:
                kept[i].drop = ("navigation", "table-of-contents")


def _stands_again(kept: list[Piece], lines: list[str], i: int) -> bool:
    """Whether line ``i`` stands again below, alone or, where it names a section, with more words (« Le profil attendu »)."""
    entry = _LEADING.sub("", lines[i])
    below = [_LEADING.sub("", words) for words in lines[i + 1 :] if len(words) < PROSE]
    return entry in below or (heading_kind(kept[i].text) is not None and any(words.startswith(f"{entry} ") for words in below))


#: A line of a film's chapters: « 02:15 Le salaire », « (1:02:15) - Questions ».
_CHAPTER = re.compile(r"[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,2}:[0-5]\d)[\])]?(?: ?[-–:|·>])? (?=\w)")
_CHAPTERS = re.compile(
    r"(?:les |au |le )?(?:chapitr|minutage|programme|sommaire|time ?codes?)\w*(?: de (?:l.|la ).{3,20})?\W{0,3}"
)
_FRAMES = ("conclusion", "generique", "intro", "le mot de la fin", "questions")


def mark_chapters(kept: list[Piece], lines: list[str]) -> None:
    """The chapters of a film: lines with a time from 0:00 on, or most of which name a section, as hours of a day do not."""
    run: list[tuple[int, str, str]] = []
    for i, line in enumerate([*lines, ""]):
        match = _CHAPTER.match(line) if line[:1].isdigit() or line[:1] in {"(", "["} else None
        if match and len(line) <= PROSE and kept[i].drop is None:
            run.append((i, match["time"], line[match.end() :]))
            continue
        if len(run) > 1:
            first = run[0][0]
            headed = first > 0 and _CHAPTERS.fullmatch(lines[first - 1]) is not None
            named = sum(heading_kind(words) is not None or words.startswith(_FRAMES) for *_, words in run)
            if headed or not run[0][1].strip("0:") or named * 2 > len(run):
                for j in range(first - headed, i):
                    kept[j].drop = kept[j].drop or ("media", "chapters")
        run = []


_ORDINAL = re.compile(r"\d{1,3}")


def mark_beside(kept: list[Piece], lines: list[str]) -> None:
    """A bare number beside a dropped line is the count of comments or shares; a word between two buttons is a third."""
    for i, line in enumerate(lines):
        piece = kept[i]
        if piece.drop is not None or piece.kind == "row" or len(line) > LONGEST_BUTTON or not line:
            continue
        above = kept[i - 1].drop if i else None
        below = kept[i + 1].drop if i + 1 < len(kept) else None
        if above is None and below is None:
            continue
        near = (above, below)
        if _ORDINAL.fullmatch(line):
            piece.drop = next((d for d in near if d and d[0] in {"comment", "share", "form"}), None)
        elif piece.kind == "paragraph" and line.count(" ") < SECTION_WORDS and line[-1].isalnum():
            buttons = [d for d in near if d and d[0] == "share"]
            two_above = i > 1 and all(p.drop and p.drop[0] == "share" for p in kept[i - 2 : i])
            if len(buttons) > 1 or (two_above and line in networks()):
                piece.drop = ("share", "among-buttons")


_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*(?:\(?(?:lire la suite|en savoir plus|suite)\b.{0,30})?$", re.IGNORECASE)


def mark_teasers(kept: list[Piece]) -> None:
    """A cut-off paragraph whose words stand again, in full, further down."""
    for i, piece in enumerate(kept):
        text = piece.text
        if piece.drop is None and text[-1:] in "]…." and len(text) > SHORTEST_TEASER and ("…" in text or "..." in text):
            cut = _CUT.search(text, max(0, len(text) - SHORTEST_TEASER * 2))
            if cut is None:
                continue
            start = re.sub(r"\W", "", text[: cut.start()])[:400]
            below = re.sub(r"\W", "", "".join(p.text[:600] for p in kept[i + 1 : i + 8] if p.drop is None))
            if len(start) > SHORTEST_TEASER * 3 // 4 and start in below:
                piece.drop = ("teaser", "repeated-in-full")
