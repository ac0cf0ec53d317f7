"""Plain text copied from a page: lines go in, headings, items, table rows and paragraphs come out.

Nothing marks the structure of such a text but the shape of its lines, so each is told from what stands around it: a
short line above prose is a heading, a line that ends in a colon opens a list, a number that stands before a heading
belongs to it. Hard-wrapped lines are joined; a list marker never stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pipeline.parsers import Parsed
from pipeline.parsers.lines import Line, Marked, Nesting, marks_of, split_lines, undecorate, unwrap, wrap_width
from pipeline.parsers.noise import mark_noise
from pipeline.parsers.text_headings import AMOUNT, LONGEST_HEADING, SECTION_NAME_WORDS, SECTION_NUMBER, UNDERLINE, Headings
from pipeline.parsers.wording import is_menu_label, networks, noise_rule, plain
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

#: A sentence of at least so many characters says that the head of the page is over.
SHORTEST_PROSE = 40
#: Times that a line stands that heads every page.
LEAST_PAGES = 3
#: Kinds of section whose name alone may stand above a list.
_LISTED = frozenset(("tasks", "skills", "interests", "conditions", "education"))
_CELLS = re.compile(r"\t+| {3,}|\|")


def claims(text: str) -> float:  # noqa: ARG001
    """Anything may be plain text; every other format is surer of its own."""
    return 0.1


def parse(text: str) -> Parsed:
    """The pieces of a plain text."""
    raw = split_lines(text)
    width = wrap_width(raw)
    pieces = structure(unwrap(raw, width) if width else raw)
    _mark_running_heads(pieces)
    metadata = mark_noise(pieces)
    _name_sections(pieces)
    _entitle(pieces)
    return Parsed("text", pieces, metadata)


def structure(lines: list[Line]) -> list[Piece]:
    """Lines → pieces, in order."""
    pieces = list(_Reader(lines).read())
    _continue_topic(pieces)
    return pieces


def _mark_running_heads(pieces: list[Piece]) -> None:
    """A line of several words that stands three times, word for word, heads or foots the pages of a print."""
    texts = [piece.text for piece in pieces if piece.kind in {"paragraph", "heading"}]
    if len(texts) - len(set(texts)) < LEAST_PAGES - 1:  # as in most texts
        return
    times = Counter(texts)
    for piece in pieces:
        words = piece.text
        if times[words] >= LEAST_PAGES and words.count(" ") >= SECTION_NAME_WORDS and words[-1] not in ":)":
            piece.drop = ("header", "running-head")


#: What a lead-in may announce several lists of; other names of the occupation make one list.
_CONTINUED = ("tasks", "skills")


def _continue_topic(pieces: list[Piece]) -> None:
    """A heading of unknown words above a list goes on with the topic of the heading that opened the lists before it."""
    topic = None
    for piece, below in pairwise(pieces):
        if piece.kind != "heading":
            continue
        kind = heading_kind(piece.text)
        if kind is not None:
            topic = kind if kind in _CONTINUED and piece.text[-1] == ":" and below.kind == "item" else None
        elif topic and below.kind == "item":
            piece.topic = topic


def _name_sections(pieces: list[Piece]) -> None:
    """The bare name of a section stands apart once the noise above it is gone."""
    for above, piece, below in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if (
            above.drop
            and not piece.drop
            and not below.drop
            and piece.kind == "paragraph"
            and piece.text.count(" ") < SECTION_NAME_WORDS
        ):
            words = piece.text
            if (
                words[0].isupper()
                and (words[-1].isalnum() or words[-1] in "?:")
                and ":" not in words[:-1]
                and heading_kind(words)
            ):
                piece.kind, piece.depth = "heading", 2


def _entitle(pieces: list[Piece]) -> None:
    """The first line that is left, where it is short and no section's name, is the title of the sheet."""
    kept = [p for p in pieces if p.drop is None]
    if len(kept) < 2 or kept[0].kind not in {"heading", "paragraph"} or any(p.depth == 1 for p in kept if p.kind == "heading"):  # noqa: PLR2004
        return
    words = kept[0].text
    short = len(words) <= LONGEST_HEADING and words[-1] not in ".;,:!" and not AMOUNT.search(words)
    section = (
        words.count(" ") < SECTION_NAME_WORDS and heading_kind(words) is not None and not words.lower().startswith("devenir ")
    )
    if short and not section:
        kept[0].kind, kept[0].depth = "heading", 1


class _Reader:
    """The lines of a text, each read with its neighbours in view."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines, ornate = undecorate(lines)
        self._marks = marks_of(self._lines)
        self._nesting = Nesting()
        self._headings = Headings(self._lines, self._marks, ornate)
        self._said = False
        self._until = 0  # lines before this one are items without a bullet

    def read(self) -> Iterator[Piece]:
        """The pieces."""
        i = 0
        while i < len(self._lines):
            words = self._lines[i].words
            rows = self._table(i) if "\t" in words or "|" in words or "   " in words else None
            if rows:
                self._nesting.close()
                yield from self._rows(rows)
                i += len(rows)
                continue
            piece = self._piece(i)
            if piece is not None:
                yield piece
            i += 1

    def _piece(self, i: int) -> Piece | None:
        line, marked = self._lines[i], self._marks[i]
        if not line.words[0].isalnum() and not any(map(str.isalnum, line.words)):
            return Piece(line.words) if len(line.words) > 1 and not UNDERLINE.match(line.words) and "*" in line.words else None
        depth = self._headings.depth(i, listed=i < self._until)
        if depth:
            self._nesting.close()
            self._until = 0
            words, marker = line.words, ""
            number = SECTION_NUMBER.match(words)
            if number:
                marker, words = number.group("mark"), words[number.end() :]
            elif marked.mark:
                words = marked.words
            self._open_list(i)
            return Piece(words.lstrip("#").strip(" *_") or words, "heading", depth, marker=marker)
        if marked.mark:
            marker = f"{marked.mark} " if marked.ordered else ""
            return Piece(
                marked.words, "item", self._nesting.depth(line.indent, marked), self._nesting.group, marked.ordered, marker
            )
        if i < self._until:
            return Piece(
                line.words.strip(), "item", self._nesting.depth(0, Marked("•", ordered=False, words="")), self._nesting.group
            )
        if not (self._nesting.group and line.indent > 0 and line.gap == 0 and line.words[0].islower()):
            self._nesting.close()
        self._open_list(i)
        self._said = self._said or (len(line.words) >= SHORTEST_PROSE and line.words[-1] == ".")
        return Piece(line.words)

    # --- lists without bullets, tables --------------------------------------------------------------------------------

    def _open_list(self, i: int) -> None:
        """Short lines below a colon or the name of a section, or that each end in a semicolon, are items."""
        lines = self._lines
        named = i == self._headings.last and heading_kind(lines[i].words) in _LISTED
        opened = lines[i].words[-1] == ":" or (named and self._said)
        if not opened and (i + 2 >= len(lines) or lines[i + 1].words[-1] != ";"):
            return
        apart = named and i + 2 < len(lines) and lines[i + 1].gap == 1  # an empty line between all items
        widest = lines[i + 2].gap if apart else 0
        end = i + 1
        while end < len(lines) and self._may_be_item(end, first=end == i + 1, opened=opened, widest=widest):
            end += 1
        if end - i - 1 >= 2 and not (named and any(map(self._is_noise, range(i + 1, end)))):  # noqa: PLR2004 - one line is no list
            self._until = end

    def _is_noise(self, i: int) -> bool:
        """Whether a line speaks of the page rather than of the occupation."""
        words = self._lines[i].words
        line = plain(words)
        return is_menu_label(words) or line in networks() or noise_rule(line) is not None

    def _may_be_item(self, i: int, *, first: bool, opened: bool, widest: int) -> bool:
        words, gap = self._lines[i].words, self._lines[i].gap
        if self._marks[i].mark or i in self._headings.sure or UNDERLINE.match(words):
            return False
        if words[-1] == ";" or (not first and self._lines[i - 1].words[-1] == ";"):
            return True
        spaced = gap == 0 or (gap == 1 and (first or (widest == 1 and heading_kind(words) is None)))
        return opened and spaced and len(words) <= LONGEST_HEADING and words[-1] not in ".:?!"

    def _table(self, i: int) -> list[list[str]]:
        """The rows of the table that begins at line ``i``, [] where none does."""
        rows: list[list[str]] = []
        for j in range(i, len(self._lines)):
            words = self._lines[j].words
            if (
                self._marks[j].mark
                or not ("\t" in words or "|" in words or "   " in words)
                or (rows and self._lines[j].gap > 1)
            ):
                break
            cells = [c.strip() for c in _CELLS.split(words.strip("| \t")) if c.strip()]
            if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or max(map(len, cells)) > 2 * LONGEST_HEADING:  # noqa: PLR2004
                break
            rows.append(cells)
        tabbed = bool(rows) and "\t" in self._lines[i].words
        return rows if len(rows) > 1 or tabbed else []

    def _rows(self, rows: list[list[str]]) -> Iterator[Piece]:
        rows = [row for row in rows if any(map(str.isalnum, "".join(row)))]  # no rules between the header and the rest
        self._nesting.group += 1
        digits = [any(map(str.isdigit, "".join(row))) for row in rows]
        header = rows[0] if len(rows) > 1 and not digits[0] and all(digits[1:]) else []
        for row in rows:
            named = [] if row is header else header
            cells = tuple((c, named[k] if k < len(named) else "", row[0] if k else "") for k, c in enumerate(row))
            yield Piece("\t".join(row), "row", group=self._nesting.group, cells=cells)
