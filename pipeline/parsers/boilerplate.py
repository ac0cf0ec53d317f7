"""What on an HTML page is no part of the sheet, told from structure: :func:`mark_boilerplate`.

The rules judge boxes (block-level elements) by what they are and where they stand: their tag, the conventional
names in ``lexicons/boilerplate.toml``, how much of their text is links, whether they hold the title of the sheet,
whether they stand in its main column. No rule knows a site. Each rule sets ``drop`` to (kind, name of the rule) on
the lines that it takes; nothing is deleted.

Order matters and is this: named and semantic boxes, runs of dated posts (:mod:`pipeline.parsers.dated_posts`), then what
stands outside the column that holds the rest of the text (:mod:`pipeline.parsers.main_column`), then links inside it
(:mod:`pipeline.parsers.linked`), then labels and headings whose matter is gone. What words alone tell (a byline, « Lire
aussi ») is the business of :mod:`pipeline.parsers.noise`; where such a line opens a box, :mod:`pipeline.parsers.openers`
takes the rest of the box, too.
"""

from __future__ import annotations

from pipeline.parsers.boxes import Box, Layout
from pipeline.parsers.dated_posts import drop_dated_posts
from pipeline.parsers.judging import PROSE, SHORT, Page
from pipeline.parsers.linked import drop_link_lists, drop_linked_lines
from pipeline.parsers.main_column import drop_outside_main
from pipeline.parsers.names import NOTHING

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
    _drop_by_name(page)
    drop_dated_posts(page)
    drop_outside_main(page)
    drop_link_lists(page)
    drop_linked_lines(page)
    drop_orphans(page)
    return page


def _drop_by_name(page: Page) -> None:
    """Boxes for what they are called or their element; of two that nest, the inner one tells the kind more closely."""
    for box in page.boxes:
        named = box.names is not NOTHING
        if not named and box.tag not in _JUDGED_TAGS:
            continue
        if box.place.heading or page.holds_title(box) or box.tag in ("body", "html"):
            continue
        verdict = _verdict_by_name(page, box) if named and not (box.tag == "footer" and _names_the_quoted(box)) else None
        if verdict is None and box.tag in _JUDGED_TAGS:
            verdict = _verdict_by_tag(page, box)
        if verdict is not None:
            for piece in page.pieces[box.first : box.last]:  # a box inside comes later
                piece.drop = verdict
    page.recount()


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
    """Whether a footer is that of a quotation."""
    return box.parent is not None and box.parent.tag in ("blockquote", "figure")


def _is_heavy(page: Page, box: Box) -> bool:
    return page.prose_in(box) > _TOO_MUCH * page.total


def _is_content(page: Page, box: Box) -> bool:
    """A footer of a quotation names who is quoted; a button with a panel is a heading."""
    if box.tag == "footer":
        return _names_the_quoted(box)
    return box.tag == "button" and any(line.toggle for line in page.lines[box.first : box.last])


def drop_orphans(page: Page) -> None:
    """Labels and headings whose matter has all been dropped go with it, with its kind."""
    page.recount()
    pieces = page.pieces
    for box in reversed(page.boxes):
        if box.last - box.first < 2:  # noqa: PLR2004
            continue
        first = pieces[box.first]
        if first.drop is None and not (page.holds_title(box) or box.place.heading):
            following = pieces[box.first + 1].drop
            label = len(first.text) <= 1.5 * PROSE and first.text[-1] not in ".;,"
            if following is not None and label and page.kept(box.first, box.last) == 1:
                first.drop = (following[0], "label-of-dropped")
    headings = [i for i, piece in enumerate(pieces[:-1]) if piece.drop is None and piece.kind == "heading"]
    for i in reversed(headings):
        heading, gone = pieces[i], pieces[i + 1].drop
        if gone is None or i == page.title or len(heading.text) > 1.5 * SHORT:
            continue
        below = next((piece for piece in pieces[i + 2 :] if piece.drop is None), None)
        if below is None or (below.kind == "heading" and below.depth <= heading.depth):
            heading.drop = (gone[0], "heading-of-dropped")
