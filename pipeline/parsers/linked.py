"""Ways to other pages amid the text of one: lists of links, cards and lines that are links, what is linked below the sheet."""

from __future__ import annotations

from pipeline.parsers.boxes import Box, Line
from pipeline.parsers.judging import LINK_LIST, Page, section_named
from pipeline.parsers.wording import states_fact
from pipeline.sections import heading_kind

#: Lines of a card and its characters.
MOST_LINES_IN_CARD, LONGEST_CARD = 4, 500
_CLOSES_SENTENCE = ".;!?"


def drop_link_lists(page: Page) -> None:
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


def drop_linked_lines(page: Page) -> None:
    """Lines that are a link from end to end, and the cards that such a line opens: ways to other pages."""
    for box in page.boxes:
        size = box.last - box.first
        first = page.lines[box.first]
        if not first.links or size > MOST_LINES_IN_CARD or first.piece.drop is not None:
            continue
        if page.holds_title(box) or box.tag in ("tr", "td", "table", "tbody") or not _leads_away(first) or _belongs(page, box):
            continue
        opens_card = first.piece.kind == "heading" or page.layout.link_density(box) >= LINK_LIST
        if size == 1 or (opens_card and page.layout.length(box) < LONGEST_CARD):
            page.drop(box.first, box.last, "related", "linked-line")


def _leads_away(line: Line) -> bool:
    """A line that is a link from end to end, or after a label: « Lire aussi : … »."""
    piece = line.piece
    if not line.links or piece.links < 0.6 or (line.links > 1 and piece.kind != "heading"):  # noqa: PLR2004
        return False
    label, colon, _ = piece.text.partition(":")
    return piece.links >= 0.9 or (bool(colon) and len(label) <= 0.4 * len(piece.text) and section_named(line) is None)  # noqa: PLR2004


def drop_linked_tail(page: Page) -> None:
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
