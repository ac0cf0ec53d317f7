"""What on an HTML page is no part of the sheet, told from structure: :func:`mark_boilerplate`.

The rules judge boxes (block-level elements) by what they are and where they stand: their tag and role, the
conventional names in ``lexicons/boilerplate.toml``, how much of their text is links, whether they hold the
title of the sheet, whether they stand in its main column. No rule knows a site. Each rule sets ``drop`` to
(kind, name of the rule) on the lines that it takes; nothing is deleted.

Order matters and is this: named and semantic boxes, then the column that the rest of the text stands in, then
lists of links inside it, then headings whose content is gone. What words alone tell (a byline, « Lire aussi »)
is the business of :mod:`pipeline.parsers.noise`; where such a line opens a box, :func:`spread_openers` takes the
rest of the box, too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.parsers.page import Box, Layout, Line
from pipeline.sections import heading_kind

#: A line this long that is no link is prose: the matter that pages are written for.
_PROSE = 40
#: Share of the prose that a box must hold to be the main column, and above which no name condemns a box.
_MAIN_SHARE, _TOO_MUCH = 0.75, 0.6
#: Link density from which a group of lines is a list of links.
_LINK_LIST = 0.7


class _NameRule(NamedTuple):
    rule: str
    kind: str
    most: int
    pattern: re.Pattern[str]


@cache
def _name_rules() -> tuple[tuple[_NameRule, ...], re.Pattern[str]]:
    rows = load("boilerplate")["box"]
    rules = tuple(_NameRule(r["rule"], r["kind"], r["most"], re.compile(r["pattern"])) for r in rows)
    return rules, re.compile("|".join(f"(?:{r['pattern']})" for r in rows))


@lru_cache(maxsize=4096)
def _rules_for_names(names: str) -> tuple[_NameRule, ...]:
    rules, any_rule = _name_rules()
    return tuple(r for r in rules if r.pattern.search(names)) if any_rule.search(names) else ()


#: Element or role → (kind, rule). A box that holds the title of the sheet is exempt from all of these.
_SEMANTIC = {
    "nav": ("navigation", "nav-element"), "footer": ("footer", "footer-element"), "dialog": ("advertisement", "dialog-element"),
    "button": ("form", "button-element"), "select": ("form", "form-field"), "textarea": ("form", "form-field"),
    "legend": ("form", "form-field"), "noscript": ("media", "noscript-element"), "search": ("form", "search-element"),
    "label": ("form", "form-field"), "optgroup": ("form", "form-field"), "option": ("form", "form-field"),
}
_ROLES = re.compile(r"\| (navigation|contentinfo|search|dialog|alertdialog|menu|menubar|toolbar|alert) \|")
_ROLE_KINDS = {
    "navigation": "navigation", "contentinfo": "footer", "search": "form", "dialog": "advertisement", "alertdialog": "cookie",
    "menu": "navigation", "menubar": "navigation", "toolbar": "share", "alert": "advertisement",
}


class Page:
    """A layout while it is being judged: where its title stands, and how much prose each range still holds."""

    def __init__(self, layout: Layout, title: str | None) -> None:
        self.layout = layout
        self.lines = layout.lines
        self.title = find_title(layout.lines, title)
        self._sums: list[int] = []
        self.recount()

    def recount(self) -> None:
        """Sum up the prose of the lines that are still kept."""
        total = 0
        self._sums = [0]
        for line in self.lines:
            piece = line.piece
            if piece.drop is None and len(piece.text) >= _PROSE:
                total += int(len(piece.text) * (1.0 - piece.links))
            self._sums.append(total)

    def prose(self, first: int, last: int) -> int:
        """Characters of prose still kept from line ``first`` up to ``last``."""
        return self._sums[last] - self._sums[first]

    @property
    def total(self) -> int:
        """Characters of prose still kept on the page."""
        return self._sums[-1]

    def holds_title(self, box: Box) -> bool:
        """True where the title of the sheet stands in ``box``."""
        return self.title is not None and box.first <= self.title < box.last

    def drop(self, first: int, last: int, kind: str, rule: str) -> None:
        """Drop the lines of a range that no earlier rule has taken."""
        for line in self.lines[first:last]:
            if line.piece.drop is None:
                line.piece.drop = (kind, rule)


def mark_boilerplate(layout: Layout, title: str | None) -> Page:
    """Mark in place what stands on the page for other reasons than its sheet. ``title`` is the page's ``<title>``."""
    page = Page(layout, title)
    _named_boxes(page)
    page.recount()
    _dated_posts(page)
    page.recount()
    _outside_main(page)
    page.recount()
    _link_lists(page)
    _linked_lines(page)
    _labels_of_dropped(page)
    orphans(page)
    return page


def find_title(lines: list[Line], title: str | None) -> int | None:
    """The line that is the sheet's own title: the ``<h1>``, or the line that says what ``<title>`` says."""
    wanted = set(re.findall(r"\w+", fold(title))) if title else set()
    best, found = 0.0, None
    for i, line in enumerate(lines):
        piece = line.piece
        weight = _title_weight(line)
        if not weight:
            continue
        words = set(re.findall(r"\w+", fold(piece.text)))
        common = len(words & wanted)
        shared = common / len(words) if words else 0.0
        if weight < 0.4 and (shared < 0.99 or len(words) > 12):  # noqa: PLR2004
            continue
        score = weight * (0.2 + 0.5 * shared + 2.0 * common / max(1, len(wanted)))
        if score > best:
            best, found = score, i
    return found


def _title_weight(line: Line) -> float:
    """How much a line looks like a title, whatever it says: 2 for an ``<h1>``, 0 for prose."""
    piece = line.piece
    if piece.kind == "heading" and piece.depth == 1:
        return 0.5 if _SITE_NAMES.search(line.box.names) else 1.6 if piece.links > 0.8 else 2.0  # noqa: PLR2004
    if piece.kind == "heading":
        return 1.0 if piece.depth <= 3 and piece.links < 0.5 else 0.0  # noqa: PLR2004
    if piece.kind != "paragraph" or len(piece.text) > 120 or piece.links > 0.5:  # noqa: PLR2004
        return 0.0
    return 1.0 if line.large or _is_title_box(line.box) else 0.3


_SITE_NAMES = re.compile(r"\b(logo|brand|branding|site (title|name|heading)|blog title)\b")
_TITLE_NAMES = re.compile(r"\b(title|titre|heading|headline|entry title|post title)\b")


def _is_title_box(box: Box) -> bool:
    return _TITLE_NAMES.search(box.names) is not None


def _named_boxes(page: Page) -> None:
    """Drop boxes for what they are called, their element or their role; an inner box tells its kind more closely."""
    for box in page.layout.boxes:
        if box.last == box.first or box.heading or page.holds_title(box) or box.tag in ("body", "html", "main"):
            continue
        verdict = _verdict(page, box)
        if verdict is not None:
            kind, rule = verdict
            for line in page.lines[box.first : box.last]:
                line.piece.drop = (kind, rule)


def _verdict(page: Page, box: Box) -> tuple[str, str] | None:
    length = page.layout.length(box.first, box.last)
    heavy = page.prose(box.first, box.last) > _TOO_MUCH * page.total
    for rule in _rules_for_names(box.names) if box.names else ():
        if rule.most and length > rule.most:
            continue
        if rule.kind == "comment":  # the post that opens a thread is its text
            if page.prose(page.title or 0, box.first) < 3 * _PROSE and page.prose(box.first, box.last) >= 2 * _PROSE:
                continue
        elif heavy:
            continue
        if rule.kind in ("boilerplate", "form", "header") and _states_facts(page, box):
            continue
        return rule.kind, rule.rule
    if heavy:
        return None
    semantic = _SEMANTIC.get(box.tag)
    if semantic is not None and not _is_content_element(page, box):
        return semantic
    role = _ROLES.search(box.names) if box.names else None
    if role is not None:
        return _ROLE_KINDS[role.group(1)], f"role-{role.group(1)}"
    if box.tag == "form" and page.prose(box.first, box.last) < 600 and not _states_facts(page, box):  # noqa: PLR2004
        return "form", "form-element"
    if box.tag == "header" and box.first < (page.title or 0) and length < 1500:  # noqa: PLR2004
        return "header", "header-element"
    if box.tag == "aside" and not _states_facts(page, box):
        return "boilerplate", "aside-element"
    return None


def _is_content_element(page: Page, box: Box) -> bool:
    """A footer of a quotation names who is quoted; a button with a panel is a heading."""
    if box.tag == "footer":
        parent = box.parent
        return parent is not None and parent.tag in ("blockquote", "figure")
    return box.tag == "button" and any(line.toggle for line in page.lines[box.first : box.last])


def _states_facts(page: Page, box: Box) -> bool:
    """A box beside the text that sums up the sheet: labelled facts or a heading of a known section, few links."""
    if page.layout.link_density(box.first, box.last) > 0.3:  # noqa: PLR2004
        return False
    lines = page.lines[box.first : box.last]
    return len(lines) <= 60 and any(line.piece.kind == "term" or _names_section(line) for line in lines)  # noqa: PLR2004


def _names_section(line: Line) -> bool:
    label, colon, _ = line.piece.text.partition(":")
    apart = colon or line.piece.kind == "heading" or line.strong or line.box.last - line.box.first == 1
    return bool(apart) and len(label) < 60 and heading_kind(label) is not None  # noqa: PLR2004


def _outside_main(page: Page) -> None:
    """Drop what stands outside the column that holds the text: menus, advertisements, whatever they are called."""
    main = _main_box(page)
    if main is None:
        return
    title = page.title
    around, branches = _branches(page, main)
    for i, line in enumerate(page.lines):
        if id(line.box) in around and not main.first <= i < main.last and i != title:
            prose = len(line.piece.text) >= _PROSE and line.piece.links < 0.5 and i > (title or 0)  # noqa: PLR2004
            if not prose:
                page.drop(i, i + 1, "navigation" if line.piece.links else "boilerplate", "outside-main-column")
    for box in branches:
        lead = title is not None and box.last <= main.first and box.first <= title
        if lead and title is not None:  # a banner that holds the title: what follows the title there is the lead
            page.drop(box.first, title, "header", "before-title")
            continue
        if _alike(page, box, main) or _states_facts(page, box) or _is_lead(page, box, main):
            continue
        links = page.layout.link_density(box.first, box.last)
        page.drop(box.first, box.last, "navigation" if links > 0.5 else "boilerplate", "outside-main-column")  # noqa: PLR2004
    if title is not None and main.first <= title < main.last and page.prose(main.first, title) < 0.2 * page.total:
        page.drop(main.first, title, "header", "before-title")


def _is_lead(page: Page, box: Box, main: Box) -> bool:
    """Prose between the title and the main column: the lead of the text."""
    if page.title is None or not page.title < box.first < main.first:
        return False
    return page.prose(box.first, box.last) >= 2 * _PROSE and page.layout.link_density(box.first, box.last) < 0.3  # noqa: PLR2004


def _main_box(page: Page) -> Box | None:
    """The innermost box that holds most of the prose; ``<main>`` itself where it does."""
    found = None
    for box in page.layout.boxes:
        if page.prose(box.first, box.last) >= _MAIN_SHARE * page.total:
            found = box
            if box.tag in ("main", "article") or "| main |" in box.names:
                break
    while found is not None and found.tag in ("p", "li", "ul", "ol", "tr", "tbody", "dl", "dd", "blockquote"):
        found = found.parent
    return found


def _branches(page: Page, main: Box) -> tuple[set[int], list[Box]]:
    """(ids of the boxes around the main box, the outermost boxes that neither hold it nor lie in it)."""
    around = set()
    box: Box | None = main
    while box is not None:
        around.add(id(box))
        box = box.parent
    around.discard(id(main))
    return around, [b for b in page.layout.boxes if b.parent is not None and id(b.parent) in around and b is not main
                    and id(b) not in around and b.last > b.first]


def _alike(page: Page, box: Box, main: Box) -> bool:
    """A sibling of the main box, or of a box around it, that is built the same: another part of the text."""
    part: Box | None = main
    while part is not None and part.parent is not box.parent:
        part = part.parent
    return part is not None and part.tag == box.tag and part.tag not in ("td", "tr") and part.names == box.names and (
        page.prose(box.first, box.last) >= 2 * _PROSE and page.layout.link_density(box.first, box.last) < 0.5)  # noqa: PLR2004


def _link_lists(page: Page) -> None:
    """Drop lists and blocks that are little more than links, unless their section says that they are the sheet's."""
    lines = page.lines
    for box in page.layout.boxes:
        if box.last == box.first or page.holds_title(box) or box.heading:
            continue
        links = sum(line.links for line in lines[box.first : box.last])
        if links >= 3 and page.layout.link_density(box.first, box.last) >= _LINK_LIST and not _belongs(page, box):  # noqa: PLR2004
            page.drop(box.first, box.last, "navigation", "link-list")


#: A full date or a moment ago, in any language: what stands beside the name of someone who posts.
_MOMENT = re.compile(
    r"\b\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
    r"|\b\d{1,2}(?:\.|er|st|nd|rd|th)? (?:de )?[^\W\d_]{3,9}\.?,? (?:de )?(?:19|20)\d\d\b|\b[^\W\d_]{3,9} \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d\d\b"
    r"|\b(?:il y a|vor|hace|fa) (?:\d+|une?|einem|einer) [^\W\d_]+|\b\d+ [^\W\d_]+ ago\b",
    re.IGNORECASE,
)


def _dated_posts(page: Page) -> None:
    """Drop runs of boxes built alike that each bear a date and hold a text: comments, guestbooks, lists of news."""
    families: dict[tuple[int, str], list[Box]] = {}
    for box in page.layout.boxes:
        if box.last - box.first >= 2 and box.parent is not None and page.lines[box.first].piece.drop is None:  # noqa: PLR2004
            families.setdefault((id(box.parent), box.tag), []).append(box)
    for family in families.values():
        if len(family) < 2 or any(page.holds_title(box) for box in family):  # noqa: PLR2004
            continue
        dated = [box for box in family if _bears_date(page, box)]
        if len(dated) < max(2, 0.6 * len(family)) or page.prose(page.title or 0, dated[0].first) < 3 * _PROSE:
            continue
        for box in dated:
            page.drop(box.first, box.last, "comment", "dated-posts")
        parent = family[0].parent
        if parent is not None and not page.holds_title(parent) and dated[-1].last == parent.last:
            for i in range(dated[0].first - 1, parent.first - 1, -1):  # the heading of the posts
                if len(page.lines[i].piece.text) < 2 * _PROSE:
                    page.drop(i, i + 1, "comment", "dated-posts")


def _bears_date(page: Page, box: Box) -> bool:
    lines = page.lines[box.first : box.last]
    if len(lines) > 40:  # noqa: PLR2004
        return False
    near = lines[:3] + lines[-1:]
    return any(len(line.piece.text) < 2.5 * _PROSE and _MOMENT.search(line.piece.text) for line in near)


def _linked_lines(page: Page) -> None:
    """Drop lines that are a link from end to end, and the cards that they open: ways to other pages."""
    lines = page.lines
    for box in page.layout.boxes:
        if box.last == box.first or page.holds_title(box) or box.tag in ("tr", "td", "table", "tbody"):
            continue
        first = lines[box.first]
        if first.piece.drop is not None or not _leads_away(first) or _belongs(page, box):
            continue
        length, size = page.layout.length(box.first, box.last), box.last - box.first
        opens_card = first.piece.kind == "heading" or page.layout.link_density(box.first, box.last) >= _LINK_LIST
        if size == 1 or (size <= 4 and length < 500 and opens_card):  # noqa: PLR2004
            page.drop(box.first, box.last, "related", "linked-line")


def _leads_away(line: Line) -> bool:
    """A line that is a link from end to end, or after a label: « Lire aussi : … »."""
    piece = line.piece
    if not line.links or piece.links < 0.6 or (line.links > 1 and piece.kind != "heading"):  # noqa: PLR2004
        return False
    label, colon, _ = piece.text.partition(":")
    return piece.links >= 0.9 or (bool(colon) and len(label) <= 0.4 * len(piece.text) and not _names_section(line))  # noqa: PLR2004


def _labels_of_dropped(page: Page) -> None:
    """Drop a short first line of a box whose other lines have all been dropped: what it announced is gone."""
    lines = page.lines
    for box in reversed(page.layout.boxes):
        if box.last - box.first < 2 or page.holds_title(box):  # noqa: PLR2004
            continue
        first = lines[box.first].piece
        following = lines[box.first + 1].piece.drop
        if first.drop is not None or following is None or len(first.text) > 1.5 * _PROSE or first.text[-1] in ".;,":
            continue
        if all(line.piece.drop is not None for line in lines[box.first + 1 : box.last]):
            first.drop = (following[0], "label-of-dropped")


def _belongs(page: Page, box: Box) -> bool:
    """True for links under a heading of the sheet: « Formations » may well list links to courses."""
    for line in reversed(page.lines[max(0, box.first - 6) : box.first]):
        if line.piece.drop is None and line.piece.kind == "heading":
            return heading_kind(line.piece.text) in ("education", "titles", "career", "skills", "tasks")
    return False


def orphans(page: Page) -> None:
    """Drop a heading whose whole section has been dropped, with the kind of what followed it."""
    following: Line | None = None
    dropped: tuple[str, str] | None = None
    for line in reversed(page.lines):
        piece = line.piece
        if piece.drop is not None:
            dropped = piece.drop
            continue
        if piece.kind == "heading" and dropped is not None and len(piece.text) <= 120 and (  # noqa: PLR2004
            following is None or (following.piece.kind == "heading" and following.piece.depth <= piece.depth)
        ):
            if piece.depth > 1:
                piece.drop = (dropped[0], "heading-of-dropped")
                continue
        following, dropped = line, None


def spread_openers(page: Page, before: list[bool]) -> None:
    """Where words told that a line opens a zone of noise and the line opens a box, the rest of the box goes with it.

    ``before`` says for each line whether it had been dropped before the words were judged.
    """
    for i, line in enumerate(page.lines):
        if line.piece.drop is None or before[i] or len(line.piece.text) > 120:  # noqa: PLR2004
            continue
        kind, rule = line.piece.drop
        if kind not in ("comment", "related", "newsletter", "tweet", "advertisement", "author-box", "cookie"):
            continue
        box: Box | None = line.box
        while box is not None and box.first == i and box.last == i + 1:
            box = box.parent
        if box is not None and box.first == i and not page.holds_title(box):
            page.drop(box.first, box.last, kind, rule)
