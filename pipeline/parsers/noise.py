"""Noise that is told from words alone: comments, tweets, menus, share bars, teasers, bylines, footers.

:func:`mark_noise` sets ``drop`` on the pieces that are not part of the sheet, in place, whatever format they come
from. Nothing is deleted: a dropped piece becomes a row of the table ``dropped``, with the name of its rule.

Line rules drop a line that says of itself what it is. Zone rules open at a line (« 12 commentaires », « Articles
similaires ») and drop what follows: to the end where no section of the sheet comes any more, else only the short
lines below. A rule needs company where the sheet itself could speak so: a list is judged as a whole, comments open
below text and come with other comments. The rules, each with its reason, an example and a look-alike, stand in
``lexicons/noise.toml``; what stands above and below the sheet is told in :mod:`pipeline.parsers.page_top` and
:mod:`pipeline.parsers.page_bottom`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.parsers.imprint import read_imprint
from pipeline.parsers.page_bottom import Tail, mark_bottom
from pipeline.parsers.page_top import mark_top
from pipeline.parsers.voices import mark_foreign, mark_voices
from pipeline.parsers.wording import (
    LONGEST_LINE,
    PROSE,
    SECTION_WORDS,
    Rule,
    cased_rule,
    line_rule,
    menu_word,
    networks,
    plain_lines,
    sign,
    zone_rule,
)
from pipeline.sections import heading_kind
from pipeline.sheet import Metadata, Piece

LONGEST_POST = 400
#: Characters below which a cut-off line is no teaser; characters that stand above the first comment.
SHORTEST_TEASER, LEAST_SAID = 40, 240
#: Lines that make a menu, and words of menus among them.
LEAST_MENU, LEAST_MENU_WORDS = 3, 2
#: The longest advertisement below the word « Publicité »; the longest button.
LONGEST_ADVERT, LONGEST_BUTTON = 200, 24

_TWEET = re.compile(
    r"^RT @\w|https?://t\.co/|\bpic\.twitter\.com/|^@\w+ .*https?://|https?://\S.*\s[#@]\w|[#@]\w.*\shttps?://|\bvia @\w",
    re.IGNORECASE,
)
_TWEETISH = re.compile(r"https?://|[#@]\w{3,}")
_SPEAKER = re.compile(r"(?:\S.{0,50}) (?:dit|a dit|a ecrit|ecrit|said|says|repond|a repondu|a commente)(?: le .{0,40})? ?:?")
_WHEN = re.compile(
    r"(?:le |on |posted? |il y a |y a )?(?:\d{1,2}(?:er)? [a-z]{3,9}\.? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|"
    r"\d{1,6} (?:an|mois|jour|semaine|heure|minute)s?)(?:,? (?:a )?\d{1,2} ?[h:] ?\d{2}(?: ?min)?)?.{0,20}"
)
_ORDINAL = re.compile(r"\d{1,3}")
#: Rules of zones whose line is itself the mark of a comment.
_COMMENT_MARKS = frozenset(("numbered-comment", "dated-comment", "form-header", "comment-form"))


def mark_noise(pieces: list[Piece]) -> Metadata:
    """Mark what is no part of the sheet; returns the author and dates that dropped bylines state.

    Pieces that already have ``drop`` keep it.
    """
    kept = [p for p in pieces if p.drop is None]
    lines = plain_lines([p.marker + p.text if len(p.text) <= LONGEST_LINE else "" for p in kept])
    _mark_contents(kept, lines)
    _mark_lines(kept, lines)
    _mark_networks(kept, lines)
    mark_voices(kept, lines)
    mark_foreign(kept)
    _mark_menus(kept, lines)
    mark_top(kept, lines)
    _mark_teasers(kept)
    imprint = read_imprint(kept)
    mark_bottom(kept, lines, imprint.author)
    return imprint


def _mark_lines(kept: list[Piece], lines: list[str]) -> None:
    """Line and zone rules, and feeds."""
    rules = [None if p.drop or not line else zone_rule(line) or line_rule(line) for p, line in zip(kept, lines, strict=True)]
    _spare_lists(kept, rules)
    tail = Tail(kept, rules)
    zone: Rule | None = None
    to_the_end = False
    for i, (piece, line) in enumerate(zip(kept, lines, strict=True)):
        rule = _rule_at(i, rules[i], kept, lines, tail)
        if piece.drop:
            continue
        if rule is None:
            piece.drop = _by_sight(piece)
        if piece.drop:
            continue
        if rule:
            piece.drop = (rule.kind, rule.name)
            if rule.name == "author-box" and i and kept[i - 1].drop is None and lines[i - 1] in line:
                kept[i - 1].drop = (rule.kind, rule.name)
            if rule.zone:
                zone = rule
                to_the_end |= tail.begins(i, rule)
        elif zone and not to_the_end and _resumes(piece, line, zone):
            zone = None
        elif zone:
            piece.drop = (zone.kind, zone.name)
    _mark_beside(kept, lines)
    _mark_speakers(kept)


def _rule_at(i: int, rule: Rule | None, kept: list[Piece], lines: list[str], tail: Tail) -> Rule | None:
    """The rule that line ``i`` is noise by, where what stands around it bears the ``rule`` out that its words suggest."""
    line = lines[i]
    if rule and rule.zone and not _confirmed(rule, kept, lines, i, tail):
        rule = line_rule(line) or (Rule(rule.name, rule.kind) if rule.name in _COMMENT_MARKS else None)
    if rule and (
        _speaks_of_the_sheet(kept[i], rule) or (rule.name == "advertisement-label" and not _is_advertised(kept, lines, i))
    ):
        rule = None
    if rule is None and line and line[-1] in ":et" and _SPEAKER.fullmatch(line) and _WHEN.fullmatch(_next(lines, i)):
        return Rule("speaker-and-date", "comment", zone=True)
    return rule


def _by_sight(piece: Piece) -> tuple[str, str] | None:
    """Rules that look at the line as printed: posts of a feed, names of a photographer or an author."""
    text = piece.text
    if len(text) <= LONGEST_POST and ("http" in text or "@" in text or "pic.tw" in text) and _TWEET.search(text):
        return "tweet", "tweet-marks"
    rule = cased_rule(text) if len(text) <= PROSE and piece.kind == "paragraph" else None
    return (rule.kind, rule.name) if rule else None


def _spare_lists(kept: list[Piece], rules: list[Rule | None]) -> None:
    """A list is judged as a whole: among items of the sheet « Recherche » is a sector, « Twitter » a tool."""
    sizes: Counter[int] = Counter()
    noisy: Counter[int] = Counter()
    led: dict[int, bool] = {}
    for i, (piece, rule) in enumerate(zip(kept, rules, strict=True)):
        if piece.kind == "item" and piece.group:
            led.setdefault(piece.group, i > 0 and rules[i - 1] is None and kept[i - 1].drop is None)
            sizes[piece.group] += 1
            noisy[piece.group] += rule is not None
    for i, (piece, rule) in enumerate(zip(kept, rules, strict=True)):
        group = piece.group
        if rule and piece.kind == "item" and led.get(group) and noisy[group] * 2 <= sizes[group] and rule.kind != "comment":
            rules[i] = None


def _is_advertised(kept: list[Piece], lines: list[str], i: int) -> bool:
    """Whether « Publicité » is a label rather than a sector; drops the advertisement that it stands above."""
    below = lines[i + 1] if i + 1 < len(lines) else ""
    piece = kept[i + 1] if i + 1 < len(kept) else None
    if piece is None or piece.kind != "paragraph" or not below or len(below) > LONGEST_ADVERT:
        return True
    after = kept[i + 2] if i + 2 < len(kept) else None
    over = after is None or after.kind == "heading" or len(after.text) >= PROSE or after.drop is not None
    if sign("advertises").search(below) or (over and below[-1] not in ".:?" and below.count(" ") > SECTION_WORDS):
        piece.drop = piece.drop or ("advertisement", "advertisement-label")
        return True
    short = after is not None and after.kind == "paragraph" and max(len(below), len(after.text)) < LONGEST_BUTTON * 2
    return not (short and i > 0 and kept[i - 1].drop is None and len(lines[i - 1]) < LONGEST_BUTTON * 2)


def _mark_networks(kept: list[Piece], lines: list[str]) -> None:
    """Names of networks, each on a line of its own: the buttons of a share bar (a list of tools has items)."""
    run: list[int] = []
    for i, line in enumerate([*lines, ""]):
        after = kept[i - 1].drop if i else None
        button = line and (kept[i].kind in {"paragraph", "heading"} or run or (after and after[0] == "share"))
        if button and line.strip(" :·|()0123456789") in networks():
            run.append(i)
            continue
        if len(run) > 1:
            for j in run:
                kept[j].drop = kept[j].drop or ("share", "network-names")
        run = []


_SITES_OWN = ("nos ", "notre ", "tous les ", "tous nos ", "toutes les ", "toutes nos ")


def _mark_menus(kept: list[Piece], lines: list[str]) -> None:
    """Runs of short lines that are words of menus or names of sections without anything below them: a menu in the text."""
    run: list[int] = []
    for i, line in enumerate([*lines, ""]):
        if line and kept[i].drop is None and len(line) <= SHORTEST_TEASER and kept[i].kind in {"paragraph", "heading"}:
            named = line.count(" ") < SECTION_WORDS and heading_kind(kept[i].text) is not None
            if named or line.startswith(_SITES_OWN) or menu_word(line):
                run.append(i)
                continue
        words = [menu_word(lines[j]) for j in run]
        while run and not words[-1]:  # the last name may be a section's
            run.pop()
            words.pop()
        if len(run) >= LEAST_MENU and sum(words) >= LEAST_MENU_WORDS and any(sign("frame").match(lines[j]) for j in run):
            for j in run:
                kept[j].drop = ("navigation", "menu")
        run = []


_CONTENTS = re.compile(
    r"(?:au |le )?(?:sommaire|table des matieres|dans cet(?:te)? (?:article|fiche|page|dossier)|plan de (?:la fiche|l'article))"
    r"\b.{0,30}"
)
_LEADING = re.compile(r"^[\W\d]+")


def _mark_contents(kept: list[Piece], lines: list[str]) -> None:
    """A table of contents: lines below such a heading that stand again, alone, further down."""
    for i, line in enumerate(lines):
        cue = "somm" in line or "table d" in line or "dans cet" in line or "plan de" in line
        if cue and len(line) < PROSE and kept[i].kind != "item" and _CONTENTS.fullmatch(line):
            later: dict[str, int] = {_LEADING.sub("", words): j for j, words in enumerate(lines)}
            j = i + 1
            while j < len(lines) and lines[j] and later.get(_LEADING.sub("", lines[j]), -1) > j:
                kept[j].drop = ("navigation", "table-of-contents")
                j += 1
            if j > i + 1:
                kept[i].drop = ("navigation", "table-of-contents")


def _next(lines: Sequence[str], i: int) -> str:
    return lines[i + 1] if i + 1 < len(lines) else ""


def _mark_beside(kept: list[Piece], lines: list[str]) -> None:
    """A bare number beside a dropped line is the count of comments or shares; a word between two buttons is a third."""
    for i, line in enumerate(lines):
        piece = kept[i]
        if piece.drop is not None or piece.kind == "row" or len(line) > LONGEST_BUTTON or not line:
            continue
        near = [kept[j].drop for j in (i - 1, i + 1) if 0 <= j < len(kept)]
        if _ORDINAL.fullmatch(line):
            piece.drop = next((d for d in near if d and d[0] in {"comment", "share", "form"}), None)
        elif piece.kind == "paragraph" and line.count(" ") < SECTION_WORDS and line[-1].isalnum():
            buttons = [d for d in near if d and d[0] == "share"]
            two_above = i > 1 and all(p.drop and p.drop[0] == "share" for p in kept[i - 2 : i])
            if len(buttons) > 1 or (two_above and line in networks()):
                piece.drop = ("share", "among-buttons")


def _mark_speakers(kept: list[Piece]) -> None:
    """A name between two lines that forums print around a post is the name of who posted."""
    for above, piece, below in zip(kept, kept[1:], kept[2:], strict=False):
        if (
            piece.drop is None
            and piece.kind == "paragraph"
            and len(piece.text) <= LONGEST_BUTTON
            and piece.text[-1].isalnum()
            and above.drop is not None
            and below.drop is not None
            and "forum-profile" in {above.drop[1], below.drop[1]}
        ):
            piece.drop = ("comment", "speaker")


def _speaks_of_the_sheet(piece: Piece, rule: Rule) -> bool:
    """Whether a line rule met a list item or table row of the sheet (« Partager son expérience »)."""
    if rule.kind in {"share", "newsletter", "advertisement", "navigation", "related"} and piece.kind == "row":
        return True
    return piece.kind == "item" and rule.name in {
        "share-bar",
        "feed-header",
        "author-box",
        "author-line",
        "job-offers",
        "forum-header",
        "row-of-buttons",
    }


def _confirmed(rule: Rule, kept: list[Piece], lines: list[str], i: int, tail: Tail) -> bool:
    """Whether what stands around line ``i`` bears out that a zone opens there."""
    below = lines[i + 1 : i + 9]
    if rule.kind == "tweet":
        return sum(1 for p in kept[i + 1 : i + 5] if _TWEETISH.search(p.text)) >= 1
    if rule.name == "form-header":
        return True
    if rule.kind == "comment":
        if tail.before(i) < LEAST_SAID:
            return False
        return i > tail.last or any(_is_comment_mark(line) for line in below)
    if rule.name in {"footer", "site-business"}:
        return i > tail.last and tail.before(i) >= LEAST_SAID
    return True


def _is_comment_mark(line: str) -> bool:
    if not line:
        return False
    if _SPEAKER.fullmatch(line) is not None or _WHEN.fullmatch(line) is not None:
        return True
    rule = zone_rule(line) or line_rule(line)
    return rule is not None and rule.name in _COMMENT_MARKS


def _resumes(piece: Piece, line: str, zone: Rule) -> bool:
    """Whether ``piece`` is the sheet again, after a zone in its midst."""
    section = line.count(" ") < SECTION_WORDS and bool(line) and heading_kind(piece.text) is not None and not menu_word(line)
    if section or zone.kind in {"comment", "form"}:
        return section and (piece.kind == "heading" or zone.kind not in {"comment", "form"})
    if piece.kind == "heading":
        return True
    return len(piece.text) >= PROSE and piece.text.rstrip()[-1] in ".!?:;»)"


_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*(?:\(?(?:lire la suite|en savoir plus|suite)\b.{0,30})?$", re.IGNORECASE)


def _mark_teasers(kept: list[Piece]) -> None:
    """A cut-off paragraph whose words stand again, in full, further down."""
    for i, piece in enumerate(kept):
        if piece.drop is None and piece.text[-1:] in "]…." and len(piece.text) > SHORTEST_TEASER:
            cut = _CUT.search(piece.text, max(0, len(piece.text) - SHORTEST_TEASER * 2))
            if cut is None:
                continue
            start = re.sub(r"\W", "", piece.text[: cut.start()])[:400]
            below = re.sub(r"\W", "", "".join(p.text[:600] for p in kept[i + 1 : i + 8] if p.drop is None))
            if len(start) > SHORTEST_TEASER * 3 // 4 and start in below:
                piece.drop = ("teaser", "repeated-in-full")
