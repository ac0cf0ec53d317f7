"""A page while it is being judged: which lines are still kept, where its title stands, what its boxes hold."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, zip_longest
from operator import mul

from pipeline.normal import fold
from pipeline.parsers.boxes import Box, Layout, Line
from pipeline.parsers.wording import plain, sign
from pipeline.remembered import Remembered
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: A line this long that is no link is prose: the matter that pages are written for.
PROSE = 40
#: A label, name or title is shorter than this.
SHORT = 80
#: Link density from which a group of lines is a list of links, and up to which it may be the sheet's own.
LINK_LIST, FEW_LINKS = 0.7, 0.3
_MOST_FACTS = 60
_FIELDS = frozenset(("button", "label", "legend", "optgroup", "option", "select", "textarea"))
_WORDS = re.compile(r"\w+")
#: The words of a title, folded; a site has the same headings on all its pages.
_WORDS_OF = Remembered(lambda text: frozenset(_WORDS.findall(fold(text))))


class Page:
    """A layout, its lines as they are dropped, and how much prose each range still holds.

    ``title`` is the index of the line that is the sheet's title, None where no line is. ``boxes`` are all boxes; from the
    first :meth:`recount` on, those that hold a line that is kept. ``total`` is the characters of prose still kept.
    """

    def __init__(self, layout: Layout, title: str | None) -> None:
        self.layout = layout
        self.lines = layout.lines
        self.pieces = layout.pieces
        self.boxes = layout.boxes
        sizes = zip(layout.lengths, layout.shares, strict=True)
        self._worth = [int(length * (1.0 - linked)) if length >= PROSE else 0 for length, linked in sizes]
        self.title = find_title(layout.lines, title, self._worth)
        self._is_kept: list[bool] | None = None
        self._kept: list[int] = [0]
        self._prose = [0, *accumulate(self._worth)]
        self.total = self._prose[-1]

    def recount(self) -> None:
        """Sum up anew what is still kept; a box of which nothing is kept need not be judged again."""
        is_kept = [piece.drop is None for piece in self.pieces]
        if is_kept == self._is_kept:
            return
        self._is_kept = is_kept
        kept = self._kept = [0, *accumulate(is_kept)]
        self._prose = [0, *accumulate(map(mul, is_kept, self._worth))]
        self.total = self._prose[-1]
        self.boxes = [box for box in self.boxes if kept[box.last] > kept[box.first]]

    def prose(self, first: int, last: int) -> int:
        """Characters of prose still kept from line ``first`` up to ``last``."""
        return self._prose[last] - self._prose[first]

    def prose_in(self, box: Box) -> int:
        """Characters of prose still kept in ``box``."""
        return self._prose[box.last] - self._prose[box.first]

    def kept(self, first: int, last: int) -> int:
        """Lines still kept from ``first`` up to ``last``, as of the last :meth:`recount`."""
        return self._kept[last] - self._kept[first]

    def holds_title(self, box: Box) -> bool:
        """True where the title of the sheet stands in ``box``."""
        return self.title is not None and box.first <= self.title < box.last

    @property
    def headline(self) -> Piece | None:
        """The title of the sheet where it is an ``<h1>``, and none that leads home."""
        line = None if self.title is None else self.lines[self.title]
        return None if line is None or line.box.place.heading != 1 or line.links else line.piece

    def kept_lines(self) -> list[int]:
        """The numbers of the lines that are kept."""
        return [i for i, piece in enumerate(self.pieces) if piece.drop is None]

    def groups(self) -> int:
        """The groups of list items, terms and rows that the page has."""
        return max([piece.group for piece in self.pieces], default=0)

    def drop(self, first: int, last: int, kind: str, rule: str) -> None:
        """Drop the lines of a range that no earlier rule has taken; the title stays."""
        for i in range(first, last):
            piece = self.pieces[i]
            if piece.drop is None and i != self.title:
                piece.drop = (kind, rule)

    def states_facts(self, box: Box) -> bool:
        """A box beside the text that sums up the sheet: labelled facts or headings of known sections, few links.

        What stands below such a heading must not advertise: the site's own courses and articles are no facts.
        """
        if box.last - box.first > _MOST_FACTS or self.layout.link_density(box) > FEW_LINKS:
            return False
        lines = self.lines[box.first : box.last]
        for line, below in zip_longest(lines, lines[1:]):
            if line.piece.kind == "term":
                return True
            if section_named(line) not in {None, "definition"}:  # « En bref » stands over news, too
                matter = [line] if ":" in line.piece.text[:-1] or below is None else [line, below]
                if not any(sign("promotes").search(plain(x.piece.text)) for x in matter):
                    return True
        return False


def section_named(line: Line) -> str | None:
    """The kind of section that a heading, or a label before a colon, names; None where it names none that job sheets have.

    What a field of a form says (« Je suis en reconversion ») it says in its user's name.
    """
    if line.box.tag in _FIELDS and not line.toggle:
        return None
    label, colon, _ = line.piece.text.partition(":")
    alone = line.box.last - line.box.first == 1 and line.piece.kind != "item" and line.piece.text[-1] not in ".;"
    apart = colon or line.piece.kind == "heading" or line.strong or alone
    return heading_kind(label) if apart and len(label) < SHORT else None


def find_title(lines: list[Line], title: str | None, worth: list[int]) -> int | None:
    """The line that is the sheet's own title: the ``<h1>``, or the line that says what ``<title>`` says.

    ``worth`` is the prose of each line: what much of it precedes is the heading of a section, unless it is an ``<h1>``.
    """
    wanted = _WORDS_OF[title] if title else frozenset()
    best, found = 0.0, len(lines)
    headings = [i for i, line in enumerate(lines) if line.piece.kind == "heading"]
    headings.sort(key=lambda i: lines[i].piece.depth)  # the likeliest first: then few others need be read
    others = (i for i, line in enumerate(lines) if line.piece.kind == "paragraph")
    until = bisect_right(list(accumulate(worth)), _MOST_ABOVE * sum(worth)) + 1
    sites = _site_names([lines[i] for i in headings], title or "")
    headed = any(lines[i].piece.depth == 1 and lines[i] not in sites for i in headings)
    for i in chain(headings, others):
        line = lines[i]
        if best > _MOST_LIKE and (line.piece.kind != "heading" or line.piece.depth > 1):  # as usual: no other weighs as much
            break
        weight = _UNMARKED if line in sites else _title_weight(line)
        if i >= until and not (line.piece.kind == "heading" and line.piece.depth == 1):
            continue
        if not weight or weight * _MOST_LIKE < best:
            continue
        words = _WORDS_OF[line.piece.text]
        common = len(words & wanted)
        if weight < _UNMARKED and common < len(words):
            continue
        if weight <= _LIKELY and common < _FEWEST_COMMON and (headed or _names_part(line)):  # <title> may name the site alone
            continue
        score = weight * (0.2 + 0.5 * common / max(1, len(words)) + 2.0 * common / max(1, len(wanted)))
        if score > best or (score == best and i < found):
            best, found = score, i
    return found if best else None


#: Weight up to which a line beside an ``<h1>`` is the title only for so many words of ``<title>``.
_LIKELY, _FEWEST_COMMON = 1.0, 2
#: Share of the page's prose above which no other line than an ``<h1>`` is the title.
_MOST_ABOVE = 1 / 3
#: The most that a line's likeness to ``<title>`` multiplies its weight by; the weight of a line with markup of a title.
_MOST_LIKE, _UNMARKED = 2.7, 0.5


#: What parts the name of a page from that of its site in a ``<title>``.
_BETWEEN_NAMES = re.compile(r"\s*[|·•»]\s*|\s[:–—-]\s")


def _site_names(headings: list[Line], title: str) -> list[Line]:
    """The headings of the first rank that are called the site, or say its name where a lesser heading says the page's.

    Sites set their name in an ``<h1>`` and lead home with it; ``<title>`` ends in it, and begins with the name of the page.
    """
    names = [fold(name) for name in _BETWEEN_NAMES.split(title)]
    found = []
    for line in headings:
        if line.piece.depth > 1:
            break
        words = fold(line.piece.text)
        named = words in names and (line.piece.links > LINK_LIST or words == names[-1])
        if named:
            others = {fold(x.piece.text) for x in headings if x.piece.depth > 1} & {*names} - {words}
            named = bool(others) and (line.piece.links > LINK_LIST or names[0] in others)
        if named or line.box.is_a("site-title"):
            found.append(line)
    return found


def _names_part(line: Line) -> bool:
    """Whether a line is the heading of a part of the sheet: « Diplômes et concours » is none of its titles."""
    return line.piece.kind == "heading" and heading_kind(line.piece.text) not in (None, "definition")


def _title_weight(line: Line) -> float:
    """How much a line looks like a title, whatever it says: 2 for an ``<h1>``, 0 for prose."""
    piece = line.piece
    linked = piece.links > LINK_LIST
    if piece.kind == "heading":
        if piece.depth == 1:
            return 1.6 if linked else 2.0
        return 1.0 if piece.depth <= 3 and not linked else 0.0  # noqa: PLR2004
    if piece.kind != "paragraph" or linked or len(piece.text) > 1.5 * SHORT or line.box.is_a("site-title"):
        return 0.0
    return 1.0 if line.large or line.box.is_a("title") else 0.3
