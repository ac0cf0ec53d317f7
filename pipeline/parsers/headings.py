"""Lines that serve as headings without being marked up as such, and the depth that they take.

Old pages print a heading as a bold paragraph, a table cell of its own or a large font; page builders as a
``<div class="…-title">`` or the button of an accordion. :func:`promote_headings` finds them among the lines that
are kept and gives them a depth below the real headings around them. :func:`pair_labels` does the same for labels
and their values.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from pipeline.parsers.boxes import Box, Line
from pipeline.parsers.judging import FEW_LINKS, Page
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

_LONGEST = 100
#: A heading has a word: a code (« M1704 »), a figure or a level (« bac + 5 ») set in bold is a value.
_WORD = re.compile(r"[^\W\d_]{4}")
#: What a number before a heading is written with.
_ORDINAL = "0123456789.)-–/ \u00a0"
_LONGEST_PLAIN, _MOST_WORDS_PLAIN, _LONGEST_LABEL = 60, 6, 60
_DEEPEST = 6
_TAB_TARGETS = ("aria-controls", "data-bs-target", "data-target", "href")


def promote_headings(page: Page, kept: list[int]) -> None:
    """Turn those of the ``kept`` lines that stand as headings into pieces of kind ``heading``, in place."""
    lines = page.lines
    builds = _heading_builds(lines[i] for i in kept)
    real = 1 if page.title is not None else 0
    strongest = False
    for position, i in enumerate(kept):
        piece = lines[i].piece
        if piece.kind == "heading":
            if lines[i].box.tag != "table":
                real, strongest = piece.depth, False
            continue
        if i == page.title:
            piece.kind, piece.depth, real, strongest = "heading", 1, 1, False
            continue
        following = lines[kept[position + 1]] if position + 1 < len(kept) else None
        style = _style(page, i) or ("strong" if builds and _build(lines[i]) in builds and _may_serve(lines[i]) else None)
        if style is None or following is None or not _governs(lines[i], following):
            continue
        depth = real + 1 if style == "apart" or not strongest else real + 2
        strongest = strongest or style == "apart"
        piece.kind, piece.depth = "heading", max(1, min(_DEEPEST, depth))


def _build(line: Line) -> tuple[str, str] | None:
    """The tag and class of a box that holds nothing but the line; None without a class of its own."""
    box = line.box
    if box.last - box.first > 1:
        return None
    names = (box.element.get("class") or "").strip()
    return (box.tag, names) if names else None


def _heading_builds(lines: Iterable[Line]) -> frozenset[tuple[str, str]]:
    """Boxes built like those of two lines that name sections, none of prose: what is built alike serves alike."""
    named: Counter[tuple[str, str]] = Counter()
    prose: set[tuple[str, str]] = set()
    for line in lines:
        build = _build(line) if line.piece.kind == "paragraph" else None
        if build is None:
            continue
        if not _may_serve(line):
            prose.add(build)
        named[build] += _names_section(line)
    return frozenset(build for build, count in named.items() if count > 1 and build not in prose)


def _may_serve(line: Line) -> bool:
    """Whether a line may be a heading at all: short, of words, no link, not finished like a sentence."""
    piece = line.piece
    return (
        piece.kind == "paragraph"
        and len(piece.text) <= _LONGEST_PLAIN
        and _may_be_heading(piece.text)
        and piece.links <= FEW_LINKS
        and _WORD.search(piece.text) is not None
    )


def pair_labels(page: Page, kept: list[int]) -> None:
    """Labels and the values beside them, laid out in boxes rather than in a ``<dl>``, become terms and definitions.

    A label says so by the name of its box (« field__label »), or it is the first of two lines of a box, short, and
    the second is a figure, a level or a code set in bold. Both are plain paragraphs among the ``kept`` lines.
    """
    lines = page.lines
    group = 0
    last = -1
    plain = [i for i in kept if lines[i].piece.kind == "paragraph" and not lines[i].toggle]
    for i, below in pairwise(plain):
        label, value = lines[i], lines[below]
        if below > i + 1 or len(label.piece.text) > _LONGEST_LABEL or i in (last, page.title):
            continue
        around = _labelled(label)
        pair = label.box if label.box is value.box and value.box.last - value.box.first == 2 else None  # noqa: PLR2004
        if around is not None:
            if value.box.first >= around.last:
                continue
        elif pair is None or not value.strong or label.strong or _WORD.fullmatch(value.piece.text):
            continue
        group = group or page.groups()
        group += i != last + 1
        label.piece.kind, value.piece.kind = "term", "definition"
        label.piece.group = value.piece.group = group
        last = i + 1


def _labelled(line: Line) -> Box | None:
    """The box around a label's own box, which holds its value too; None where the line is no label."""
    for outer in line.box.around():
        if outer.last - outer.first > 1:
            return None
        if outer.is_a("label"):
            return next((b for b in outer.around() if b.last - b.first > 1), None)
    return None


def panel_headings(page: Page, root: Any) -> dict[int, Piece]:
    """Line index → heading of the tab panel that begins there, for panels whose only heading is the label of their tab."""
    found: dict[int, Piece] = {}
    panels = [box for box in page.boxes if box.is_a("panel") and box.element.get("id")]
    if not panels:
        return found
    labels: dict[str, str] = {}
    for tab in root.iter("a", "button", "li", "div"):
        target = next((value for value in map(tab.get, _TAB_TARGETS) if value), "").lstrip("#")
        if target and target not in labels:
            labels[target] = " ".join("".join(tab.itertext()).split())
    for box in panels:
        first = next((i for i in range(box.first, box.last) if page.lines[i].piece.drop is None), None)
        label = labels.get(box.element.get("id") or "", "")
        if first is not None and page.lines[first].piece.kind != "heading" and 0 < len(label) <= _LONGEST:
            above = (x.piece for x in reversed(page.lines[: box.first]) if x.box.place.heading)
            depth = next((piece.depth for piece in above if piece.drop is None), 1)
            found[first] = Piece(label, "heading", min(_DEEPEST, depth + 1))
    return found


def with_panel_headings(pieces: list[Piece], headings: dict[int, Piece]) -> list[Piece]:
    """The pieces with the label of each tab over its panel, and no longer in the row of tabs, so that no word stands twice."""
    if not headings:
        return pieces
    labels = {heading.text for heading in headings.values()}
    first = min(headings)
    moved: list[Piece] = []
    for i, piece in enumerate(pieces):
        if i in headings:
            moved.append(headings[i])
        if piece.text in labels and (piece.drop is not None or i < first):
            labels.discard(piece.text)
        else:
            moved.append(piece)
    return moved


def _style(page: Page, index: int) -> str | None:
    """How a line stands out: ``apart`` (named, large, a cell or button of its own), ``strong`` or None."""
    line = page.lines[index]
    piece, box = line.piece, line.box
    alone = box.last - box.first == 1
    if not _may_be_heading(piece.text) or piece.kind not in ("paragraph", "item"):
        return None
    if line.toggle:
        return "apart" if alone or (piece.kind == "paragraph" and box.first == index) else None
    if piece.kind == "item" or piece.links > FEW_LINKS or not _WORD.search(piece.text):
        return None
    if line.large or (alone and (piece.text.isupper() or _is_called_title(box) or _is_lone_cell(box))):
        return "apart"
    return "strong" if line.strong or ((alone or _is_between_boxes(page, index)) and _names_section_plainly(line)) else None


def _is_between_boxes(page: Page, index: int) -> bool:
    """Whether the lines above and below a line, that stands straight in a larger box, stand in boxes of their own."""
    beside = page.lines[max(0, index - 1) : index + 2 : 2] if index else page.lines[1:2]
    return all(line.box is not page.lines[index].box for line in beside)


def _may_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST and (text[-1] not in ".,;…»”)" or text.endswith("?)"))


def _names_section_plainly(line: Line) -> bool:
    """An unmarked line of few words that is the usual heading of a section: « Salaire débutant »."""
    return len(line.piece.text.lstrip(_ORDINAL).split()) <= _MOST_WORDS_PLAIN and _names_section(line)


def _names_section(line: Line) -> bool:
    """A line, of many words, too, that names a section: « Les diplômes, du plus petit au plus rare »."""
    text = line.piece.text.lstrip(_ORDINAL)
    return (
        len(text) <= _LONGEST_PLAIN
        and text[:1].isupper()
        and ":" not in text[:-1]
        and line.box.tag in ("div", "td", "p", "center")
        and heading_kind(text) is not None
    )


def _is_called_title(box: Box) -> bool:
    """True where a box, or a box around it that holds nothing else, is called a title."""
    for outer in box.around():
        if outer.last - outer.first > 1:
            return False
        if outer.is_a("title"):
            return True
    return False


def _is_lone_cell(box: Box) -> bool:
    """True for the only line of a table: a coloured band with a word in it."""
    for outer in box.around():
        if outer.last - outer.first > 1:
            return False
        if outer.tag == "table":
            return True
    return False


def _governs(line: Line, following: Line) -> bool:
    """A heading has something under it: a longer line, a list, a row, or a heading of a lower rank."""
    piece = following.piece
    if piece.kind in ("item", "row", "term", "definition", "heading"):
        return True
    return len(piece.text) > len(line.piece.text) or following.strong != line.strong or following.box is not line.box
