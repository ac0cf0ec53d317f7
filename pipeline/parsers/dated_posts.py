"""Posts that each bear a date: comments, guestbooks, lists of news. :func:`drop_dated_posts` drops runs of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.parsers.boxes import Box
from pipeline.parsers.judging import PROSE, SHORT, Page
from pipeline.parsers.posts import is_post_mark
from pipeline.parsers.wording import plain
from pipeline.sheet import Piece

#: A full date or a moment ago, in any language: what stands beside the name of someone who posts.
_MOMENT = re.compile(
    r"\b\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b\d{1,2}(?:\.|er|st|nd|rd|th)? (?:de )?[^\W\d_]{3,9}\.?,? (?:de )?(?:19|20)\d\d\b"
    r"|\b[^\W\d_]{3,9} \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d\d\b"
    r"|\b(?:il y a|vor|hace|fa) (?:\d+|une?|einem|einer) [^\W\d_]+|\b\d+ [^\W\d_]+ ago\b",
    re.IGNORECASE,
)
#: What each of its alternatives holds, but for those with a word for « ago »: a year, or figures around a sign.
_FIGURES = re.compile(r"\d(?:\d{3}| ?[./-] ?\d)")
#: Kinds of lines that are dropped for nothing but naming an author or a date.
_NAMED = frozenset(("author-box", "metadata"))
_LONGEST_DATED, _MOST_LINES_IN_POST, _MOST_DATED = 100, 40, 0.6
#: What a forum prints of a member beside each post; lines among which, that aside, a post says by whom and when.
_PROFILE, _HEAD = "signature-box", 3


def drop_dated_posts(page: Page) -> None:
    """Runs of boxes built alike that each bear a date and hold a text: comments, guestbooks, lists of news.

    One that holds the title and bears a date, too, is the post that opens a thread: its text is the sheet, those below answer.
    """
    pieces = page.pieces
    dated = [len(p.text) <= _LONGEST_DATED and (p.drop is None or p.drop[0] in _NAMED) and _is_dated(p.text) for p in pieces]
    if sum(dated) < 2:  # noqa: PLR2004
        return
    families: dict[tuple[int, str], list[Box]] = {}
    for box in page.boxes:
        if box.last - box.first > 1 and box.parent is not None and _may_bear_date(pieces[box.first]):
            families.setdefault((id(box.parent), box.tag), []).append(box)
    for boxes in families.values():
        opening = next((i for i, box in enumerate(boxes) if page.holds_title(box)), -1)
        family = boxes[opening + 1 :]
        posts = [box for box in family if _is_dated_post(box, dated, pieces)]
        among = [box for box in family if posts and box.last <= posts[-1].last]  # what stands below the last is the page's
        if len(posts) < max(2, _MOST_DATED * len(among)) or (opening >= 0 and not _opens_dated(boxes[opening], dated, pieces)):
            continue
        if page.prose(page.title or 0, posts[0].first) < 3 * PROSE:
            if opening >= 0 or not all(_is_signed(post, pieces) for post in posts):
                continue
            posts = posts[1:]  # below its own title stands the post that opens the thread
        posts = _with_answers(posts, family)
        for box in posts:
            page.drop(box.first, box.last, "comment", "dated-posts")
        parent = family[0].parent
        if parent is not None and not page.holds_title(parent) and posts[-1].last == parent.last:
            for i in range(parent.first, posts[0].first):  # the heading of the posts
                if len(pieces[i].text) < SHORT:
                    page.drop(i, i + 1, "comment", "dated-posts")
    page.recount()


def _with_answers(posts: list[Box], family: list[Box]) -> list[Box]:
    """Dated posts and those built like them that bear no date: what the site answers, between two posts or after the last."""
    first, last = posts[0].first, posts[-1].first
    builds = {post.element.get("class") for post in posts}
    return [
        box
        for box in family
        if box in posts or (box.first > first and (names := box.element.get("class")) in builds and (names or box.first < last))
    ]


def _may_bear_date(piece: Piece) -> bool:
    return piece.drop is None or piece.drop[0] in _NAMED


def _is_signed(post: Box, pieces: list[Piece]) -> bool:
    """Whether a post says by whom and when it was written."""
    return any(is_post_mark(plain(pieces[i].text)) for i in _head(post, pieces))


def _head(post: Box, pieces: list[Piece]) -> Iterator[int]:
    """The first lines of a post, but for those on the member who wrote it."""
    lines = (i for i in range(post.first, post.last) if (drop := pieces[i].drop) is None or drop[1] != _PROFILE)
    return islice(lines, _HEAD)


def _is_dated(text: str) -> bool:
    """Whether a line bears a date."""
    if _FIGURES.search(text) is None:
        lower = text.lower()
        if not ("il y a " in lower or "vor " in lower or "hace " in lower or "fa " in lower or " ago" in lower):
            return False
    return _MOMENT.search(text) is not None


def _is_dated_post(box: Box, dated: list[bool], pieces: list[Piece]) -> bool:
    if box.last - box.first > _MOST_LINES_IN_POST:
        return False
    return dated[box.last - 1] or _opens_dated(box, dated, pieces)


def _opens_dated(box: Box, dated: list[bool], pieces: list[Piece]) -> bool:
    return any(dated[i] for i in _head(box, pieces))
