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
from operator import attrgetter

from pipeline.parsers.imprint import read_imprint
from pipeline.parsers.page_bottom import FULL_NAME, Tail, mark_bottom, mark_portraits
from pipeline.parsers.page_top import mark_top, names_the_sheet
from pipeline.parsers.posts import (
    POST_MARKS,
    Moments,
    dated_line_rule,
    is_post_mark,
    mark_signatures,
    mark_speakers,
    moments,
    post_rule,
)
from pipeline.parsers.runs import (
    SHORTEST_TEASER,
    mark_beside,
    mark_chapters,
    mark_contents,
    mark_menus,
    mark_networks,
    mark_teasers,
)
from pipeline.parsers.sieve import Lines
from pipeline.parsers.voices import mark_foreign, mark_voices
from pipeline.parsers.wording import (
    LONGEST_LINE,
    PROSE,
    SECTION_WORDS,
    Rule,
    cased_rule,
    line_rule,
    menu_word,
    noise_rule,
    noise_rules,
    plain_lines,
    sign,
    unadorned,
)
from pipeline.sections import heading_kind
from pipeline.sheet import Metadata, Piece

LONGEST_POST = 400
#: Rules of zones whose line is noise even where no zone opens.
ALONE = POST_MARKS | {"post-head"}
#: Characters that stand above the first comment.
LEAST_SAID = 240
#: The longest advertisement below the word « Publicité »; the longest line of a list among whose lines it is a sector.
LONGEST_ADVERT, LONGEST_SECTOR = 200, 48

_TWEET = re.compile(
    r"^RT @\w|^@\w{2,30} ?: |"
    r"https?://t\.co/|\bpic\.twitter\.com/|^@\w+ .*https?://|https?://\S.*\s[#@]\w|[#@]\w.*\shttps?://|\bvia @\w",
    re.IGNORECASE,
)
#: A vote in stars, with what its voter says or is called.
_STARS = re.compile(r"[★☆⭐]{3,5}|.{2,40}[★☆⭐]{2,5}(?: ?\(\d[\d ]*\)| \d[\d ]* avis)?$")
#: What the two patterns above match holds one of these.
_PRINTED_MARKS = ("http", "@", "pic.tw", "★", "☆", "⭐")
#: Zones that open below some text: a post of a network may be the sheet itself.
_BELOW_TEXT = frozenset(("footer", "form-header", "post-head", "site-business"))
_DROP = attrgetter("drop")
_TWEETISH = re.compile(r"https?://|[#@]\w{3,}")


def mark_noise(pieces: list[Piece], title: Piece | None = None) -> Metadata:
    """Mark what is no part of the sheet; returns the author and dates that dropped bylines state.

    Pieces that already have ``drop`` keep it. ``title`` is the one that markup tells to be the sheet's title.
    """
    kept = [p for p in pieces if p.drop is None]
    lines = Lines(map(unadorned, plain_lines([p.marker + p.text if len(p.text) <= LONGEST_LINE else "" for p in kept])))
    mark_contents(kept, lines)
    mark_chapters(kept, lines)
    _mark_lines(kept, lines)
    if _any_dropped(kept):
        mark_beside(kept, lines)
        mark_speakers(kept)
        mark_signatures(kept)
    mark_networks(kept, lines)
    mark_voices(kept, lines)
    mark_foreign(kept)
    mark_menus(kept, lines)
    mark_top(kept, lines, title)
    mark_teasers(kept)
    imprint = read_imprint(kept)
    mark_portraits(pieces)
    if _any_dropped(kept):
        mark_bottom(kept, lines, imprint.author)
    return imprint


def _any_dropped(pieces: list[Piece]) -> bool:
    """Whether there is noise at all, beside or below which more may stand."""
    return any(map(_DROP, pieces))


def _mark_lines(kept: list[Piece], lines: Lines) -> None:
    """Line and zone rules, and feeds."""
    rules = [None if piece.drop else rule for piece, rule in zip(kept, noise_rules(lines), strict=True)]
    _spare_lists(kept, rules)
    tail = Tail(kept, rules)
    marked = moments(lines)
    suspects = {i for i, rule in enumerate(rules) if rule}.union(marked.timed, marked.dated, _sighted(kept))
    zone: Rule | None = None
    to_the_end = False
    for i, (piece, line) in enumerate(zip(kept, lines, strict=True)):
        if zone is None and i not in suspects:
            continue
        rule = rules[i]
        if rule is not None:
            rule = _borne_out(i, rule, kept, lines, tail)
        if rule is None and (i in marked.timed or i in marked.dated) and tail.before(i) >= LEAST_SAID:
            rule = _post(i, kept, lines, marked, tail)
        if rule is None and piece.drop is None:
            piece.drop = _by_sight(piece)
        if piece.drop:
            continue
        if rule:
            piece.drop = (rule.kind, rule.name)
            if rule.kind == "author-box":
                _mark_portrait_above(kept, lines, i, rule)
            if rule.zone:
                zone = rule
                to_the_end |= tail.begins(i, rule)
        elif zone and not to_the_end and not _is_portrait(kept, i, zone, tail) and _resumes(piece, line, zone):
            zone = None
        elif zone:
            piece.drop = (zone.kind, zone.name)


def _mark_portrait_above(kept: list[Piece], lines: list[str], i: int, rule: Rule) -> None:
    """Drop what stands of an author above line ``i``: the name that it repeats, the portrait that a link follows."""
    above = kept[max(0, i - 2) : i]
    if rule.name == "portrait-link":
        told = len(above) > 1 and FULL_NAME.fullmatch(above[0].text) and len(above[1].text) <= LONGEST_POST
    else:
        told, above = lines[i - 1] != "" and lines[i - 1] in lines[i], above[-1:]  # "" stands for a long line
    if told:
        for piece in above:
            piece.drop = piece.drop or (rule.kind, rule.name)


def _post(i: int, kept: list[Piece], lines: Lines, marked: Moments, tail: Tail) -> Rule | None:
    """The rule that the posts of readers begin by at line ``i``, which bears a time or a date, if any do."""
    below_sheet = i > tail.last
    rule = post_rule(kept, lines, i, below_sheet=below_sheet) if i in marked.timed else None
    return rule or (dated_line_rule(kept, marked.dated, i, below_sheet=below_sheet) if i in marked.dated else None)


def _borne_out(i: int, rule: Rule | None, kept: list[Piece], lines: list[str], tail: Tail) -> Rule | None:
    """The rule that line ``i`` is noise by, where what stands around it bears the ``rule`` out that its words suggest."""
    if rule and rule.zone and not _confirmed(rule, kept, lines, i, tail):
        rule = line_rule(lines[i]) or (Rule(rule.name, rule.kind) if rule.amid or rule.name in ALONE else None)
    if rule and (
        _speaks_of_the_sheet(kept[i], rule)
        or _heads_a_list(kept, lines, i)
        or (rule.name == "advertisement-label" and not _is_advertised(kept, lines, i))
    ):
        return None
    return rule


def _sighted(kept: list[Piece]) -> set[int]:
    """The lines that a rule looks at as printed: with an address or stars, or short enough to be names."""
    whole = "\n".join([piece.text for piece in kept])
    marks = [mark for mark in _PRINTED_MARKS if mark in whole]
    return {
        i
        for i, piece in enumerate(kept)
        if (len(piece.text) <= PROSE and piece.kind == "paragraph") or (marks and any(mark in piece.text for mark in marks))
    }


def _by_sight(piece: Piece) -> tuple[str, str] | None:
    """Rules that look at the line as printed: posts of a feed, names of a photographer or an author."""
    text = piece.text
    if len(text) <= LONGEST_POST and ("http" in text or "@" in text or "pic.tw" in text) and _TWEET.search(text):
        return "tweet", "tweet-marks"
    if ("★" in text or "☆" in text or "⭐" in text) and piece.kind == "paragraph" and _STARS.match(text):
        return "comment", "stars"
    rule = cased_rule(text) if len(text) <= PROSE and piece.kind == "paragraph" else None
    return (rule.kind, rule.name) if rule else None


def _spare_lists(kept: list[Piece], rules: list[Rule | None]) -> None:
    """A list is judged as a whole: among items of the sheet « Recherche » is a sector, « Twitter » a tool."""
    if not any(rules) or not any(rule and piece.kind == "item" for piece, rule in zip(kept, rules, strict=True)):
        return
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
    above = kept[i - 1] if i and kept[i - 1].drop is None else None
    listed = above is not None and above.kind == "paragraph" and above.text[-1].isalnum() and below[-1].isalnum()
    return not (listed and max(len(lines[i - 1]), len(below)) <= LONGEST_SECTOR)


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
        "call-to-action",
    }


def _heads_a_list(kept: list[Piece], lines: list[str], i: int) -> bool:
    """Whether a heading of one word, that is a button elsewhere (« Réagir »), stands above items of the sheet."""
    below = kept[i + 1 : i + 3]
    return (
        kept[i].kind == "heading"
        and " " not in lines[i]
        and len(below) > 1
        and all(p.kind == "item" and p.drop is None and p.text.count(" ") >= SECTION_WORDS - 1 for p in below)
        and not any(map(noise_rule, lines[i + 1 : i + 3]))
    )


def _confirmed(rule: Rule, kept: list[Piece], lines: list[str], i: int, tail: Tail) -> bool:
    """Whether what stands around line ``i`` bears out that a zone opens there."""
    if (rule.kind == "comment" or rule.amid or rule.name in _BELOW_TEXT) and tail.before(i) < LEAST_SAID:
        return False
    below = lines[i + 1 : i + 9]
    if rule.kind == "tweet" and rule.name != "post-head":
        return sum(1 for p in kept[i + 1 : i + 5] if _TWEETISH.search(p.text)) >= 1
    if rule.kind == "comment" or rule.name == "form-header":
        return (i > tail.last and rule.name != "questions-header") or any(is_post_mark(line) for line in below)
    if rule.name == "further-reading":
        return not (below and len(below[0]) > SHORTEST_TEASER and below[0][-1] == ".")
    if rule.name in {"footer", "site-business"}:
        return i > tail.last
    return not (rule.name == "related-elsewhere" and tail.before(i) < 2 * LEAST_SAID and names_the_sheet(kept, i))


def _is_portrait(kept: list[Piece], i: int, zone: Rule, tail: Tail) -> bool:
    """Whether a paragraph below the sheet is the first one that tells of the author whose name stands above it."""
    portrait = kept[i]
    below = zone.kind == "author-box" and i > tail.last + 1 and tail.before(i) >= LEAST_SAID
    return below and portrait.kind == "paragraph" and len(portrait.text) <= LONGEST_POST and len(kept[i - 1].text) < PROSE


def _resumes(piece: Piece, line: str, zone: Rule) -> bool:
    """Whether ``piece`` is the sheet again, after a zone in its midst."""
    section = line.count(" ") < SECTION_WORDS and bool(line) and heading_kind(piece.text) is not None and not menu_word(line)
    if section or zone.kind in {"comment", "form"}:
        return section and (piece.kind == "heading" or zone.kind not in {"comment", "form"})
    if piece.kind == "heading":
        return zone.kind != "tweet" or _TWEETISH.search(piece.text) is None
    return len(piece.text) >= PROSE and piece.text.rstrip()[-1] in ".!?:;»)"
