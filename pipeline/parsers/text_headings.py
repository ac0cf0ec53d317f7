"""Headings of a plain text, told from the shape of a line and what stands around it: :class:`Headings`."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.parsers.lines import Line, Marked
from pipeline.parsers.wording import is_menu_label
from pipeline.sections import heading_kind

LONGEST_HEADING = 80
MOST_HEADING_WORDS = 10
SHORT = 60
#: The name of a section has fewer words than that, where a title may hold one (« Opticien : fiche métier, salaire »).
SECTION_NAME_WORDS = 4
#: A line of at least so many characters is prose rather than a title.
PROSE = 60
#: Words in the bare name of a section, and kinds of section that such names must tell of to be believed.
MOST_BARE_WORDS, LEAST_BARE_KINDS = 6, 3
#: Letters that make a line of capitals a heading, and short lines close together that make a crowd.
LEAST_CAPITALS = 4
CROWD = 3

#: A line drawn under a heading.
UNDERLINE = re.compile(r"[=\-_~*]{3,}$")
#: The number before a heading.
SECTION_NUMBER = re.compile(
    r"(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+|(?:[IVX]{1,5}|[A-H]|\d{1,2})\s?(?:[.)/:–-]|°)\s?(?:- ?)?(?<=\s))(?=[^\W\d])"
)
#: What a pay, a share or a time is told by.
AMOUNT = re.compile(r"\d\s?(?:€|euros?|k€|%|ans?\b|heures?\b)", re.IGNORECASE)
_UNDERLINES = "=-_~*"
_SENTENCE = re.compile(
    r"(?:il|elle|on|ils|elles|nous|vous|je|ce(?! qu)|cela|c[’']est|d[’']autres|certain(?:e?s)?)\s", re.IGNORECASE
)
_TITLE = re.compile(r"(?!.* [>›»/] )(?:les? )?(?:fiches?[ -]?m[ée]tiers?\b\s*[:–-]?|m[ée]tier\s*[:–-])\s*\S", re.IGNORECASE)
#: What stands in no heading: a value behind its label, a cell, an address.
_NO_HEADING = (": ", "\t", "@", "http:", "https:")
#: Letters that the pattern of titles begins with.
_OPENS_TITLE = frozenset("LlFfMm")


@cache
def _bare() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in load("headings")["bare"]))


class Headings:
    """Which lines of a text are headings, asked from the first line on."""

    def __init__(self, lines: list[Line], marks: list[Marked], ornate: set[int]) -> None:
        self._lines, self._marks = lines, marks
        self._numbered = self._numbers_are_headings()
        self._capitals = self._titled = False
        #: Lines that are headings by their ornaments, or for being the bare name of a section.
        self.sure = self._bare_names() | ornate
        #: The last line that was a heading.
        self.last = -1

    def depth(self, i: int, *, listed: bool) -> int:
        """1 to 3 where line ``i`` is a heading, else 0; ``listed`` where it is an item without a bullet."""
        depth = self._depth(i, listed=listed)
        if depth:
            self.last = i
        return depth

    def _depth(self, i: int, *, listed: bool) -> int:  # noqa: PLR0911 - one exit a kind of heading
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
        if i in self.sure:
            self._capitals = self._capitals or words.isupper()
            return 3 if self._capitals and not words.isupper() else 2
        if listed or (marked.mark and not (marked.ordered and self._numbered)):
            return 0
        if len(words) > LONGEST_HEADING or words.count(" ") >= MOST_HEADING_WORDS + 2 or words[-1] in ".,;…" or not below:
            return 0
        numbered = self._numbered and SECTION_NUMBER.match(words) is not None
        if not words[0].isupper() and not numbered and words[0] not in '«"':
            return 0
        capitals = (
            words.isupper()
            and sum(c.isalpha() for c in words) >= LEAST_CAPITALS
            and not AMOUNT.search(words)
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
        if words.count(" ") >= MOST_HEADING_WORDS or AMOUNT.search(words) or (self._is_sentence(i) and words[-1] != "?"):
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
            or AMOUNT.search(words)
            or self._is_sentence(i)
            or any(sign in words for sign in _NO_HEADING)
        ):
            return False
        return (words[-1].isalnum() or words[-1] in ")»!’'") and self._stands_apart(i) and self._is_body(i + 1)

    def _stands_apart(self, i: int) -> bool:
        """Whether what stands above line ``i`` is finished."""
        above = self._lines[i - 1].words if i else ""
        if i == 0 or self._lines[i].gap or i - 1 == self.last or (i == 1 and len(above) < SHORT and above[-1].isalnum()):
            return True
        return above[-1] in ".!?…»" or self._marks[i - 1].mark != "" or bool(UNDERLINE.match(above)) or above[-1] == ")"

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


def _underlines(below: str, words: str) -> bool:
    """Whether the line ``below`` is nothing but a line under ``words``."""
    return UNDERLINE.match(below) is not None and len(below) >= min(len(words), 8)


def _is_titled(words: str) -> bool:
    """Whether a line calls itself the title of a sheet."""
    return len(words) <= LONGEST_HEADING and _TITLE.match(words) is not None


def _is_name(words: str) -> bool:
    """Whether a line that ends in a colon is the name of a section rather than the beginning of its text."""
    return words.count(" ") < SECTION_NAME_WORDS and heading_kind(words) is not None
