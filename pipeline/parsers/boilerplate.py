"""What on an HTML page is no part of the sheet, told from structure: :func:`mark_boilerplate`.

The rules judge boxes (block-level elements) by what they are and where they stand: their tag, the conventional
names in ``lexicons/boilerplate.toml``, how much of their text is links, whether they hold the title of the sheet,
whether they stand in its main column. No rule knows a site. Each rule sets ``drop`` to (kind, name of the rule) on
the lines that it takes; nothing is deleted.

Order matters and is this: named and semantic boxes, runs of dated posts, then what stands outside the column that
holds the rest of the text, then links inside it, then labels and headings whose matter is gone. What words alone
tell (a byline, « Lire aussi ») is the business of :mod:`pipeline.parsers.noise`; where such a line opens a box,
:func:`spread_openers` takes the rest of the box, too.
"""

from __future__ import annotations

import re

from pipeline.parsers.boxes import Box, Layout, Line
from pipeline.parsers.judging import LINK_LIST, PROSE, SHORT, Page, section_named
from pipeline.parsers.main_column import drop_outside_main
from pipeline.parsers.posts import is_post_mark
from pipeline.parsers.wording import line_rule, plain, sign, states_fact
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: Share of the page's prose above which neither name nor tag condemns a box.
_TOO_MUCH = 0.6
#: Kinds of box that may hold the facts of the sheet in spite of their name or tag.
_MAY_STATE_FACTS = frozenset(("boilerplate", "form", "header"))
_MOST_PROSE_IN_FORM, _LONGEST_HEADER = 600, 1500

#: Element → (kind, rule), its example in the name.
_SEMANTIC = {
    "nav": ("navigation", "nav-element"),
    "footer": ("footer", "footer-element"),
    "dialog": ("advertisement", "dialog-element"),
    "noscript": ("media", "noscript-element"),
    "button": ("form", "button-element"),
    "search": ("form", "search-element"),
    **dict.fromkeys(("label", "legend", "optgroup", "option", "select", "textarea"), ("form", "form-field")),
}
_JUDGED_TAGS = frozenset((*_SEMANTIC, "form", "header", "aside"))


def mark_boilerplate(layout: Layout, title: str | None) -> Page:
    """Mark in place what stands on the page for other reasons than its sheet. ``title`` is the page's ``<title>``."""
    page = Page(layout, title)
    for rule in (_drop_by_name, _drop_dated_posts, drop_outside_main):
        rule(page)
        page.recount()
    _drop_link_lists(page)
    _drop_linked_lines(page)
    drop_orphans(page)
    return page


def _drop_by_name(page: Page) -> None:
    """Boxes for what they are called or their element; of two that nest, the inner one tells the kind more closely."""
    for box in page.boxes:
        verdict = None if box.parent is None else box.parent.verdict
        cues = box.names.cues
        if (cues or box.tag in _JUDGED_TAGS) and not (
            box.place.heading or page.holds_title(box) or box.tag in ("body", "html")
        ):
            named = _verdict_by_name(page, box) if cues and not _names_the_quoted(box) else None
            verdict = named or (_verdict_by_tag(page, box) if box.tag in _JUDGED_TAGS else None) or verdict
        box.verdict = verdict
    for line in page.lines:
        line.piece.drop = line.box.verdict


def _verdict_by_name(page: Page, box: Box) -> tuple[str, str] | None:
    for _, rule, kind, most in box.names.cues:
        if not kind or (most and page.layout.length(box) > most):
            continue
        if kind == "comment":  # the post that opens a thread is its text
            if page.prose(page.title or 0, box.first) < 3 * PROSE and page.prose_in(box) >= 2 * PROSE:
                continue
        elif _is_heavy(page, box) or (kind in _MAY_STATE_FACTS and page.states_facts(box)):
            continue
        return kind, rule
    return None


def _verdict_by_tag(page: Page, box: Box) -> tuple[str, str] | None:
    tag = box.tag
    if _is_heavy(page, box):
        return None
    if tag in _SEMANTIC:
        return None if _is_content(page, box) else _SEMANTIC[tag]
    if tag == "header":
        before = box.first < (page.title or 0) and page.layout.length(box) < _LONGEST_HEADER
        return ("header", "header-element") if before else None
    if page.states_facts(box) or (tag == "form" and page.prose_in(box) > _MOST_PROSE_IN_FORM):
        return None
    if tag == "aside" and not page.layout.links(box) and _is_in_text(page, box):
        return None
    return ("form", "form-element") if tag == "form" else ("boilerplate", "aside-element")


def _is_in_text(page: Page, box: Box) -> bool:
    """Whether prose of the article that the title stands in goes on below a box: a side note to the text."""
    article = next((b for b in box.around() if b.tag in ("article", "main") and page.holds_title(b)), None)
    if article is None or page.title is None or box.first <= page.title:
        return False
    buttons = any(line.box.tag == "button" for line in page.lines[box.first : box.last])
    return not buttons and page.prose(box.last, article.last) >= 2 * PROSE


def _names_the_quoted(box: Box) -> bool:
    return box.tag == "footer" and box.parent is not None and box.parent.tag in ("blockquote", "figure")


def _is_heavy(page: Page, box: Box) -> bool:
    return page.prose_in(box) > _TOO_MUCH * page.total


def _is_content(page: Page, box: Box) -> bool:
    """A footer of a quotation names who is quoted; a button with a panel is a heading."""
    if box.tag == "footer":
        return _names_the_quoted(box)
    return box.tag == "button" and any(line.toggle for line in page.lines[box.first : box.last])


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
_MOST_LINES_IN_POST, _MOST_DATED = 40, 0.6


def _drop_dated_posts(page: Page) -> None:
    """Runs of boxes built alike that each bear a date and hold a text: comments, guestbooks, lists of news.

    One that holds the title and bears a date, too, is the post that opens a thread: its text is the sheet, those below answer.
    """
    pieces = [line.piece for line in page.lines]
    dated = [_may_bear_date(p) and len(p.text) <= 1.25 * SHORT and _is_dated(p.text) for p in pieces]
    if sum(dated) < 2:  # noqa: PLR2004
        return
    families: dict[tuple[int, str], list[Box]] = {}
    for box in page.boxes:
        if box.last - box.first > 1 and box.parent is not None and _may_bear_date(pieces[box.first]):
            families.setdefault((id(box.parent), box.tag), []).append(box)
    for boxes in families.values():
        opening = next((i for i, box in enumerate(boxes) if page.holds_title(box)), -1)
        family = boxes[opening + 1 :]
        posts = [box for box in family if _is_dated_post(box, dated)]
        if len(posts) < max(2, _MOST_DATED * len(family)) or (opening >= 0 and not _opens_dated(boxes[opening], dated)):
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
                if len(page.lines[i].piece.text) < SHORT:
                    page.drop(i, i + 1, "comment", "dated-posts")


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
    """Whether a line is kept, or dropped for nothing but naming an author or a date."""
    return piece.drop is None or piece.drop[0] in {"author-box", "metadata"}


def _is_signed(post: Box, pieces: list[Piece]) -> bool:
    """Whether a post says by whom and when it was written."""
    return any(is_post_mark(plain(piece.text)) for piece in pieces[post.first : post.first + 3])


def _is_dated(text: str) -> bool:
    """Whether a line bears a date."""
    if _FIGURES.search(text) is None:
        lower = text.lower()
        if not ("il y a " in lower or "vor " in lower or "hace " in lower or "fa " in lower or " ago" in lower):
            return False
    return _MOMENT.search(text) is not None


def _is_dated_post(box: Box, dated: list[bool]) -> bool:
    if box.last - box.first > _MOST_LINES_IN_POST:
        return False
    return dated[box.last - 1] or _opens_dated(box, dated)


def _opens_dated(box: Box, dated: list[bool]) -> bool:
    return any(dated[box.first : min(box.last, box.first + 3)])


def _drop_link_lists(page: Page) -> None:
    """Boxes that are little more than links, unless their section says that they are the sheet's."""
    for box in page.boxes:
        if page.layout.links(box) < 2 or box.place.heading or page.holds_title(box):  # noqa: PLR2004
            continue
        if _density_below_heading(page, box) >= LINK_LIST and not _belongs(page, box):
            page.drop(box.first, box.last, "navigation", "link-list")


def _density_below_heading(page: Page, box: Box) -> float:
    """Link density of a box, but for its heading where that names no section of a sheet."""
    first = page.lines[box.first]
    if first.piece.kind != "heading" or first.links or heading_kind(first.piece.text) is not None:
        return page.layout.link_density(box)
    below = page.lines[box.first + 1 : box.last]
    linked = sum(len(line.piece.text) * line.piece.links for line in below)
    return linked / max(1, sum(len(line.piece.text) for line in below))


def _belongs(page: Page, box: Box) -> bool:
    """True for links under a heading of the sheet: « Formations » may well list links to courses."""
    for line in reversed(page.lines[max(0, box.first - 6) : box.first]):
        if line.piece.drop is None and line.piece.kind == "heading":
            return heading_kind(line.piece.text) in ("education", "titles", "career", "skills", "tasks")
    return False


_MOST_LINES_IN_CARD, _LONGEST_CARD, _LONGEST_APPEAL = 4, 500, 120
#: Rules whose line, at its end, says what a small box is for.
_APPEALS = frozenset(("call-to-action", "job-offers", "newsletter"))


def _drop_linked_lines(page: Page) -> None:
    """Lines that are a link from end to end, and the cards that such a line opens: ways to other pages."""
    for box in page.boxes:
        size = box.last - box.first
        first = page.lines[box.first]
        if not first.links or size > _MOST_LINES_IN_CARD or first.piece.drop is not None:
            continue
        if page.holds_title(box) or box.tag in ("tr", "td", "table", "tbody") or not _leads_away(first) or _belongs(page, box):
            continue
        opens_card = first.piece.kind == "heading" or page.layout.link_density(box) >= LINK_LIST
        if size == 1 or (opens_card and page.layout.length(box) < _LONGEST_CARD):
            page.drop(box.first, box.last, "related", "linked-line")


def _leads_away(line: Line) -> bool:
    """A line that is a link from end to end, or after a label: « Lire aussi : … »."""
    piece = line.piece
    if not line.links or piece.links < 0.6 or (line.links > 1 and piece.kind != "heading"):  # noqa: PLR2004
        return False
    label, colon, _ = piece.text.partition(":")
    return piece.links >= 0.9 or (bool(colon) and len(label) <= 0.4 * len(piece.text) and section_named(line) is None)  # noqa: PLR2004


def drop_orphans(page: Page) -> None:
    """Labels and headings whose matter has all been dropped go with it, with its kind."""
    page.recount()
    lines = page.lines
    for box in reversed(page.boxes):
        first = lines[box.first].piece
        if first.drop is None and box.last - box.first > 1 and not (page.holds_title(box) or box.place.heading):
            following = lines[box.first + 1].piece.drop
            label = len(first.text) <= 1.5 * PROSE and first.text[-1] not in ".;,"
            if following is not None and label and page.kept(box.first, box.last) == 1:
                first.drop = (following[0], "label-of-dropped")
    following_depth = 0
    dropped: tuple[str, str] | None = None
    i = len(lines)
    for line in reversed(lines):
        i -= 1
        piece = line.piece
        if piece.drop is not None:
            dropped = piece.drop
            continue
        last = following_depth <= piece.depth
        if piece.kind == "heading" and dropped is not None and last and i != page.title and len(piece.text) <= 1.5 * SHORT:
            piece.drop = (dropped[0], "heading-of-dropped")
            continue
        following_depth = piece.depth if piece.kind == "heading" else 9
        dropped = None


_CLOSES_SENTENCE = ".;!?"


_ZONES = frozenset(("comment", "related", "newsletter", "tweet", "advertisement", "author-box", "cookie"))


def spread_openers(page: Page, before: list[bool]) -> None:
    """Where words told that a line opens a zone of noise, the rest of the box that it opens goes with it.

    A heading of a zone takes the box that follows it, too, with its cards and their smaller headings. ``before`` says
    for each line whether it had been dropped before the words were judged.
    """
    _drop_appeals(page)
    _drop_linked_tail(page)
    for i, line in enumerate(page.lines):
        drop = line.piece.drop
        if drop is None or before[i] or drop[0] not in _ZONES or len(line.piece.text) > 1.5 * SHORT:
            continue
        box = next((b for b in line.box.around() if b.first != i or b.last > i + 1), None)
        if box is not None and box.first == i and not page.holds_title(box):
            page.drop(box.first, box.last, *drop)
        elif line.piece.kind == "heading":
            _drop_cards_below(page, i, drop)


def _drop_appeals(page: Page) -> None:
    """A small box that ends in a call to action, or in a form to fill in, advertises from its first line on.

    So does one that ends in a button, where a line above it invites the reader.
    """
    for box in page.boxes:
        size = box.last - box.first
        if not 1 < size <= _MOST_LINES_IN_CARD or page.holds_title(box) or page.layout.length(box) >= _LONGEST_CARD:
            continue
        lines = page.lines[box.first : box.last]
        last = lines[-1]
        rule = line_rule(plain(last.piece.text)) if last.piece.drop else None
        named = rule is not None and rule.name in _APPEALS
        pressed = _is_button(last) and any(map(_invites, lines[:-1]))
        if not (named or pressed or _is_filled_in(last, box)) or any(
            section_named(line) and not _invites(line) for line in lines
        ):
            continue
        if (rule and rule.name == "call-to-action") or max(len(line.piece.text) for line in lines) <= _LONGEST_APPEAL:
            told = (
                (rule.kind, rule.name) if rule and named else ("advertisement", "appeal") if pressed else ("form", "form-below")
            )
            page.drop(box.first, box.last, *told)


def _is_button(line: Line) -> bool:
    """Whether a line is a button, or a link that says what to do."""
    piece = line.piece
    linked = line.links == 1 and piece.links >= 0.9  # noqa: PLR2004
    return (linked or line.box.tag == "button") and not line.toggle and sign("button").match(plain(piece.text)) is not None


def _invites(line: Line) -> bool:
    return len(line.piece.text) <= _LONGEST_APPEAL and sign("invites").search(plain(line.piece.text)) is not None


def _is_filled_in(line: Line, box: Box) -> bool:
    """Whether a line is of a form that stands in ``box``."""
    if line.piece.drop is None or line.piece.drop[0] != "form":
        return False
    return any(outer.tag == "form" and outer.first > box.first for outer in line.box.around())


def _drop_linked_tail(page: Page) -> None:
    """Below the last line of the sheet, headings of no section over lines that each bear a link: ways to other pages."""
    linked: list[int] = []
    for i in range(len(page.lines) - 1, page.title or 0, -1):
        line = page.lines[i]
        piece = line.piece
        if piece.drop is not None:
            continue
        if line.links and piece.kind != "heading" and piece.text[-1] not in _CLOSES_SENTENCE and not states_fact(piece.text):
            linked.append(i)
        elif piece.kind == "heading" and len(linked) > 1 and heading_kind(piece.text) is None:
            for at in (i, *linked):
                page.drop(at, at + 1, "related", "linked-tail")
            linked.clear()
        else:
            return


def _drop_cards_below(page: Page, i: int, drop: tuple[str, str]) -> None:
    """Drop the box after the heading ``i``, if all of its own headings are smaller."""
    line = page.lines[i]
    box = next((b for b in page.boxes if b.first == i + 1 and b.parent is line.box.parent), None)
    if box is None or box.tag == "p" or page.holds_title(box):
        return
    if all(x.piece.kind != "heading" or x.piece.depth > line.piece.depth for x in page.lines[box.first : box.last]):
        page.drop(box.first, box.last, *drop)
