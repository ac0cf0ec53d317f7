"""Plain text copied from a page: lines go in, headings, items, table rows and paragraphs come out.

Nothing marks the structure of such a text but the shape of its lines, so each is told from what stands around it: a
short line above prose is a heading, a line that ends in a colon opens a list, a number that stands before a heading
belongs to it. Hard-wrapped lines are joined; a list marker never stays in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.parsers import Parsed
from pipeline.parsers.lines import Line, Marked, Nesting, marks_of, split_lines, undecorate, unwrap, wrap_width
from pipeline.parsers.noise import mark_noise
from pipeline.parsers.wording import is_menu_label, networks, noise_rule, plain
from pipeline.sections import heading_kind
from pipeline.sheet import Piece

LONGEST_HEADING = 80
MOST_HEADING_WORDS = 10
SHORT = 60
#: The name of a section has fewer words than that, where a title may hold one (« Opticien : fiche métier, salaire »).
SECTION_NAME_WORDS = 4
#: A line of at least so many characters is prose rather than a title.
PROSE = 60
#: A sentence of at least so many characters says that the head of the page is over.
SHORTEST_PROSE = 40

#: Words in the bare name of a section, and kinds of section that such names must tell of to be believed.
MOST_BARE_WORDS, LEAST_BARE_KINDS = 6, 3

#: Times that a line stands that heads every page.
LEAST_PAGES = 3
#: Kinds of section whose name alone may stand above a list.
_LISTED = frozenset(("tasks", "skills", "interests", "conditions", "education"))
#: Letters that make a line of capitals a heading, and short lines close together that make a crowd.
LEAST_CAPITALS = 4
CROWD = 3

_UNDERLINES = "=-_~*"
_UNDERLINE = re.compile(rf"[{re.escape(_UNDERLINES)}]{{3,}}$")
_SENTENCE = re.compile(
    r"(?:il|elle|on|ils|elles|nous|vous|je|ce(?! qu)|cela|c[’']est|d[’']autres|certain(?:e?s)?)\s", re.IGNORECASE
)
_SECTION_NUMBER = re.compile(
    r"(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+|(?:[IVX]{1,5}|[A-H]|\d{1,2})\s?(?:[.)/:–-]|°)\s?(?:- ?)?(?<=\s))(?=[^\W\d])"
)
_TITLE = re.compile(r"(?!.* [>›»/] )(?:les? )?(?:fiches?[ -]?m[ée]tiers?\b\s*[:–-]?|m[ée]tier\s*[:–-])\s*\S", re.IGNORECASE)
#: What stands in no heading: a value behind its label, a cell, an address.
_NO_HEADING = (": ", "\t", "@", "http:", "https:")
#: Letters that the pattern of titles begins with.
_OPENS_TITLE = frozenset("LlFfMm")
_CELLS = re.compile(r"\t+| {3,}|\|")
_AMOUNT = re.compile(r"\d\s?(?:€|euros?|k€|%|ans?\b|heures?\b)", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in load("headings")["bare"]))


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
    times = Counter(piece.text for piece in pieces if piece.kind in {"paragraph", "heading"})
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
    short = len(words) <= LONGEST_HEADING and words[-1] not in ".;,:!" and not _AMOUNT.search(words)
    section = (
        words.count(" ") < SECTION_NAME_WORDS and heading_kind(words) is not None and not words.lower().startswith("devenir ")
    )
    if short and not section:
        kept[0].kind, kept[0].depth = "heading", 1


def _underlines(below: str, words: str) -> bool:
    """Whether the line ``below`` is nothing but a line under ``words``."""
    return _UNDERLINE.match(below) is not None and len(below) >= min(len(words), 8)


def _is_titled(words: str) -> bool:
    """Whether a line calls itself the title of a sheet."""
    return len(words) <= LONGEST_HEADING and _TITLE.match(words) is not None


def _is_name(words: str) -> bool:
    """Whether a line that ends in a colon is the name of a section rather than the beginning of its text."""
    return words.count(" ") < SECTION_NAME_WORDS and heading_kind(words) is not None


class _Reader:
    """The lines of a text, each read with its neighbours in view."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines, self._ornate = undecorate(lines)
        self._marks = marks_of(self._lines)
        self._nesting = Nesting()
        self._numbered = self._numbers_are_headings()
        self._capitals = False
        self._titled = self._said = False
        self._bare = self._bare_names()
        self._headed = -1  # the last line that was a heading
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
            return Piece(line.words) if len(line.words) > 1 and not _UNDERLINE.match(line.words) and "*" in line.words else None
        depth = self._heading_depth(i)
        if depth:
            self._nesting.close()
            self._until = 0
            words, marker = line.words, ""
            number = _SECTION_NUMBER.match(words)
            if number:
                marker, words = number.group("mark"), words[number.end() :]
            elif marked.mark:
                words = marked.words
            self._headed = i
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

    # --- headings -------------------------------------------------------------------------------------------------

    def _heading_depth(self, i: int) -> int:  # noqa: PLR0911 - one exit a kind of heading
        """1 to 3 where line ``i`` is a heading, else 0."""
        line, marked = self._lines[i], self._marks[i]
        words = line.words
        if len(words) > LONGEST_HEADING + 20:
            return 0
        below = self._lines[i + 1].words if i + 1 < len(self._lines) else ""
        if below and below[0] in _UNDERLINES and words[-1] not in ".;," and _underlines(below, words):
            return 1 if below[0] == "=" and not self._titled_now() else 2
        if not self._titled and words[0] in _OPENS_TITLE and words[-1] not in ".,;" and _is_titled(words):
            self._titled = True
            return 1
        if i in self._bare or i in self._ornate:
            self._capitals = self._capitals or words.isupper()
            return 3 if self._capitals and not words.isupper() else 2
        if i < self._until or (marked.mark and not (marked.ordered and self._numbered)):
            return 0
        if len(words) > LONGEST_HEADING or words.count(" ") >= MOST_HEADING_WORDS + 2 or words[-1] in ".,;…" or not below:
            return 0
        numbered = self._numbered and _SECTION_NUMBER.match(words) is not None
        if not words[0].isupper() and not numbered and words[0] not in '«"':
            return 0
        capitals = (
            words.isupper()
            and sum(c.isalpha() for c in words) >= LEAST_CAPITALS
            and not _AMOUNT.search(words)
            and ":" not in words[:-1]
        )
        if capitals and not (words[-1] == ":" and not self._is_body(i + 1)):
            self._capitals = True
            return 2
        base = 3 if self._capitals else 2
        if numbered and words[0].isdigit():
            return base + min(words.split(None, 1)[0].rstrip(".").count("."), 2)
        if words[-1] == ":":
            return base + 1 if self._opens_known_list(i) else 0
        return base if self._names_section(i) or self._looks_like_heading(i) else 0

    def _bare_names(self) -> set[int]:
        """Lines that are the bare name of a section, though no blank line need set them apart.

        Such names tell of several kinds of section. A run of them, or one beside a word of menus, is a menu; of equal
        names the last is meant (« Formation » may be an item of the missions, too).
        """
        lines = self._lines
        named: dict[str, int] = {}
        for i, line in enumerate(lines[:-1]):
            words = line.words
            short = len(words) < SHORT and words.count(" ") < MOST_BARE_WORDS and words[0].isupper()
            if short and not self._marks[i].mark and heading_kind(words) and _bare().search(folded := fold(words)):
                named[folded] = i
        if len({heading_kind(words) for words in named}) < LEAST_BARE_KINDS:
            return set()
        found = set(named.values())
        spaced = {i for i in found if lines[i].gap}
        if 2 * len(spaced) > len(found):  # then one without a blank line above it is an item
            found = spaced
        menus = {j for i in found if {i + 1, i + 2} <= found for j in (i, i + 1, i + 2)}
        return {i for i in found - menus if not self._beside_menu(i)}

    def _beside_menu(self, i: int) -> bool:
        return any(is_menu_label(line.words) for line in self._lines[max(0, i - 1) : i + 2])

    def _titled_now(self) -> bool:
        titled, self._titled = self._titled, True
        return titled

    def _names_section(self, i: int) -> bool:
        """A short line whose words name a section of a job sheet."""
        words = self._lines[i].words
        if words.count(" ") >= MOST_HEADING_WORDS or _AMOUNT.search(words) or (self._is_sentence(i) and words[-1] != "?"):
            return False
        if ":" in words and words[-1] != "?" and words.index(":") < len(words) - 1:
            return False
        return heading_kind(words) is not None and (self._stands_apart(i) or words[-1] == "?") and not self._in_run(i)

    def _is_sentence(self, i: int) -> bool:
        """A line that begins like a sentence, unless it stands alone above a text as headings do (« Il faut être »)."""
        words = self._lines[i].words
        if not _SENTENCE.match(words):
            return False
        below = self._lines[i + 1] if i + 1 < len(self._lines) else None
        alone = self._lines[i].gap > 0 and below is not None and below.gap == 0 and below.words[0].isupper()
        return not (alone and words.count(" ") < SECTION_NAME_WORDS and words[-1].isalnum())

    def _looks_like_heading(self, i: int) -> bool:
        """A short line without full stop between something finished and something that begins."""
        words = self._lines[i].words
        if words[-1] == "?":
            return words.count(" ") <= MOST_HEADING_WORDS and self._stands_apart(i) and self._is_body(i + 1)
        short = len(words) <= SHORT and words.count(" ") < MOST_HEADING_WORDS - 2
        if (
            not short
            or words[0] == "*"
            or _AMOUNT.search(words)
            or self._is_sentence(i)
            or any(sign in words for sign in _NO_HEADING)
        ):
            return False
        return (words[-1].isalnum() or words[-1] in ")»!’'") and self._stands_apart(i) and self._is_body(i + 1)

    def _stands_apart(self, i: int) -> bool:
        """Whether what stands above line ``i`` is finished."""
        above = self._lines[i - 1].words if i else ""
        if i == 0 or self._lines[i].gap or i - 1 == self._headed or (i == 1 and len(above) < SHORT and above[-1].isalnum()):
            return True
        return above[-1] in ".!?…»" or self._marks[i - 1].mark != "" or bool(_UNDERLINE.match(above)) or above[-1] == ")"

    def _is_body(self, i: int) -> bool:
        """Whether line ``i`` is prose, an item, or a « Label : value » line: what a heading stands above."""
        if i >= len(self._lines):
            return False
        line = self._lines[i]
        if self._marks[i].mark:
            return True
        words = line.words
        return (
            (len(words) >= PROSE and words[-1] in ".!?…»):;*")
            or len(words) > 2 * PROSE
            or (words[-1] == ":" and i + 1 < len(self._lines) and not _is_name(words))
        )

    def _in_run(self, i: int) -> bool:
        """Whether line ``i`` is one of several short lines close together, as in a menu or a list without bullets."""
        near = self._lines[max(i - 2, 0) : i] + self._lines[i + 1 : i + 2]
        below = self._lines[i + 1] if i + 1 < len(self._lines) else None
        crowded = below is not None and below.gap == 0 and len(below.words) < PROSE and not self._marks[i + 1].mark
        return (
            crowded
            and self._lines[i].gap == 0
            and sum(1 for n in near if len(n.words) < PROSE and n.words[-1] not in ".!?:") >= CROWD
        )

    def _opens_known_list(self, i: int) -> bool:
        """A line ending in a colon that names a section and stands above a list."""
        words = self._lines[i].words
        if words.count(" ") >= MOST_HEADING_WORDS or not self._stands_apart(i) or i + 1 >= len(self._lines):
            return False
        return heading_kind(words) is not None and not _SENTENCE.match(words)

    def _numbers_are_headings(self) -> bool:
        """Whether numbers stand before the names of sections (« 2. Formation ») rather than before list items."""
        named = 0
        for i, marked in enumerate(self._marks[:-1]):
            if marked.ordered and len(marked.words) <= LONGEST_HEADING and heading_kind(marked.words) is not None:
                named += not self._marks[i + 1].ordered and marked.words[-1] not in ".;,"
        return named > 1 and named * 2 >= sum(1 for m in self._marks if m.ordered and len(m.words) <= LONGEST_HEADING)

    # --- lists without bullets, tables --------------------------------------------------------------------------------

    def _open_list(self, i: int) -> None:
        """Short lines below a colon or the name of a section, or that each end in a semicolon, are items."""
        lines = self._lines
        named = i == self._headed and heading_kind(lines[i].words) in _LISTED
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
        if self._marks[i].mark or i in self._bare or i in self._ornate or _UNDERLINE.match(words):
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
