"""Boxes that a line of theirs gives away: where words tell that it opens a zone of noise, or calls upon the reader.

Words are judged line by line (:mod:`pipeline.parsers.noise`); :func:`spread_openers` takes the rest of the box, too.
"""

from __future__ import annotations

from pipeline.parsers.boxes import Box, Line
from pipeline.parsers.judging import SHORT, Page, section_named
from pipeline.parsers.linked import LONGEST_CARD, MOST_LINES_IN_CARD, drop_linked_tail
from pipeline.parsers.wording import line_rule, plain, sign

_LONGEST_APPEAL = 120
#: Rules whose line, at its end, says what a small box is for.
_APPEALS = frozenset(("call-to-action", "job-offers", "newsletter"))
_ZONES = frozenset(("comment", "related", "newsletter", "tweet", "advertisement", "author-box", "cookie"))


def spread_openers(page: Page, judged: list[int]) -> None:
    """Where words told that a line opens a zone of noise, the rest of the box that it opens goes with it.

    A heading of a zone takes the box that follows it, too, with its cards and their smaller headings. ``judged`` are the
    lines that words have been asked of: those that structure had left.
    """
    _drop_appeals(page)
    drop_linked_tail(page)
    for i in judged:
        drop = page.pieces[i].drop
        if drop is None or drop[0] not in _ZONES or len(page.pieces[i].text) > 1.5 * SHORT:
            continue
        line = page.lines[i]
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
        if not 1 < size <= MOST_LINES_IN_CARD or page.holds_title(box) or page.layout.length(box) >= LONGEST_CARD:
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


def _drop_cards_below(page: Page, i: int, drop: tuple[str, str]) -> None:
    """Drop the box after the heading ``i``, if all of its own headings are smaller."""
    line = page.lines[i]
    box = next((b for b in page.boxes if b.first == i + 1 and b.parent is line.box.parent), None)
    if box is None or box.tag == "p" or page.holds_title(box):
        return
    if all(x.piece.kind != "heading" or x.piece.depth > line.piece.depth for x in page.lines[box.first : box.last]):
        page.drop(box.first, box.last, *drop)
