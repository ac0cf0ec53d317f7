"""The column that a page is written in, and what stands outside it: :func:`drop_outside_main`.

A page has one box that holds most of its prose: ``<main>``, an article, a cell of a layout table. What stands in
other boxes is menu, advertisement or the site's business, whatever it is called, unless it leads the text in,
is another part of it (a box of the same build), or sums the sheet up in labelled facts.
"""

from __future__ import annotations

from pipeline.parsers.boxes import Box
from pipeline.parsers.judging import FEW_LINKS, LINK_LIST, PROSE, Page

#: Share of the prose that the main box holds.
_MAIN_SHARE = 0.75
#: Share of the prose above which what precedes a title cannot be the head of the page.
_HEAD_SHARE = 0.1
_LEAST = 3 * PROSE
_INNER = frozenset(("p", "li", "ul", "ol", "tr", "tbody", "dl", "dd", "dt", "blockquote"))


def drop_outside_main(page: Page) -> None:
    """Drop what stands outside the main box, and what stands in it before the title."""
    main = main_box(page)
    if main is None:
        return
    title = page.title
    around = {*main.around()} - {main}
    for i, line in enumerate(page.lines):
        if line.box in around and not main.first <= i < main.last:
            piece = line.piece
            if len(piece.text) < PROSE or piece.links > FEW_LINKS or i < (title or 0):
                page.drop(i, i + 1, "navigation" if piece.links else "boilerplate", "outside-main-column")
    for box in page.boxes:
        if box.parent not in around or box is main or box in around:
            continue
        if title is not None and page.holds_title(box) and box.last <= main.first:
            page.drop(box.first, title, "header", "before-title")  # what follows the title in its banner is the lead
        elif not (_is_part(page, box, main) or _is_lead(page, box, main) or page.states_facts(box)):
            links = page.layout.link_density(box) > FEW_LINKS
            page.drop(box.first, box.last, "navigation" if links else "boilerplate", "outside-main-column")
    if title is not None and main.first <= title < main.last:
        _drop_head(page, main, title)
    page.recount()


def _drop_head(page: Page, main: Box, title: int) -> None:
    """Drop what stands in the main box above the title; prose only where the title is sure and the prose is little."""
    sure = page.lines[title].piece.depth == 1 and page.prose(main.first, title) < _HEAD_SHARE * page.total
    for i in range(main.first, title):
        piece = page.lines[i].piece
        if sure or len(piece.text) < 2 * PROSE or piece.links > FEW_LINKS:
            page.drop(i, i + 1, "header", "before-title")


def main_box(page: Page) -> Box | None:
    """The innermost box that holds most of the prose; the box that calls itself main where it does.

    None where the page holds hardly any prose: then every box is as good as the next.
    """
    if page.total < _LEAST:
        return None
    found = None
    least = _MAIN_SHARE * page.total
    for box in page.boxes:
        if page.prose_in(box) >= least:
            found = box
            if box.tag in ("main", "article") or box.is_a("main"):
                break
    while found is not None and found.tag in _INNER:
        found = found.parent
    return found


def _is_part(page: Page, box: Box, main: Box) -> bool:
    """A sibling of the main box, or of a box around it, that is built the same: another part of the text."""
    part = next((b for b in main.around() if b.parent is box.parent), None)
    if part is None or part.tag != box.tag or part.tag in ("td", "tr"):
        return False
    built = [(b.element.get("class"), b.element.get("class") or b.element.get("id")) for b in (part, box)]
    if built[0] != built[1]:
        return False
    return page.prose_in(box) >= 2 * PROSE and page.layout.link_density(box) < LINK_LIST


def _is_lead(page: Page, box: Box, main: Box) -> bool:
    """Prose between the title and the main box: the lead of the text, be it one finished sentence."""
    if page.title is None or not page.title < box.first < main.first or page.layout.link_density(box) >= FEW_LINKS:
        return False
    last = page.lines[box.last - 1].piece.text
    return page.prose_in(box) >= 2 * PROSE or (len(last) >= PROSE // 2 and last[-1] in ".?…»")
