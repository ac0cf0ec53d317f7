"""Lines of a plain text: what stands before the words (indentation, bullet, number), and where lists nest.

Shared by the plain-text and the Markdown parser. A :class:`Line` goes through ``split_marker`` and
:class:`Nesting`; the text of a piece never holds its bullet, and a printed number becomes the piece's marker.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipeline.parsers.wording import line_rule, plain
from pipeline.sections import heading_kind

#: A bullet and the white space after it. An ASCII hyphen may touch its word; an asterisk that does is a footnote.
_BULLET = re.compile(
    r"(?P<mark>[•◦▪▫‣⁃●○■□◆◇❖➢➤►▶➔→✓✔·\uf0b7\uf0a7]|★(?![★☆⭐])|[-–—*»](?=\s)|-(?=[A-ZÀ-Þ][^\W\d]{2})|o(?=\s+[A-ZÀ-Þ]))\s*(?=\S)"
)
#: What is a bullet only where a neighbour has it too: a plus, an arrowhead, a letter, a pictogram.
_SHY_BULLET = re.compile(r"(?P<mark>[+§o>~]|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?)\s+(?=\S)")
#: A plus and a minus stand in one list: assets and drawbacks.
_ALIKE = {"+": "-", "–": "-", "—": "-"}
_NUMBER = re.compile(r"(?P<mark>\d{1,2}\s?[.)](?=\s)|\d{1,2}\s?°|[a-hA-H]\)|[a-h]\.|[ivx]{1,4}\))\s+(?=\S)")
#: Ornaments around a heading, the longest line that they stand around, and the words of a section's name.
_ORNATE = re.compile(r"^(?P<sign>[*=~_#<>|•·–—\[【-]{1,9})\s*(?P<words>[^\W_].*[\w)?!:])\s*[*=~_#<>|•·–—\]】-]{1,9}")
_LAST_ORNAMENTS = "*=~_#<>|•·–—]】-"
LONGEST_ORNATE, MOST_NAME_WORDS = 80, 5
#: What :func:`_shape` says of numbers and letters.
_NUMBERS = frozenset(("1", "A", "a", "i"))
TAB_WIDTH = 4
#: Columns between which texts are hard-wrapped; the breaks that show it, and the share of them that must cut a sentence.
NARROWEST, WIDEST = 40, 120
LEAST_BREAKS = 3
GOES_ON = 0.75
#: Signs that a line may hold and yet be empty.
_INVISIBLE = "\ufeff\u200b\u00a0"


class Line(NamedTuple):
    """A line that holds words: the words, the columns of white space before them, the empty lines above."""

    words: str
    indent: int
    gap: int


class Marked(NamedTuple):
    """A line's words after its list marker; ``mark`` is "" where there is none."""

    mark: str
    ordered: bool
    words: str


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold words. Any line end counts, form feeds and line separators too."""
    lines = []
    gap = 0
    for raw in text.splitlines():
        words = raw.strip()
        if not words or (words[0] in _INVISIBLE and not words.strip(_INVISIBLE)):
            gap += 1
            continue
        indent = 0
        if raw[0] != words[0]:
            head = raw[: raw.index(words[0])]
            indent = len(head) + (TAB_WIDTH - 1) * head.count("\t")
        if words[-1] in _LAST_OF_LINKS and (link := _BEHIND.search(words)) and _is_link(words, link[1]):
            lines.append(Line(words[: link.start()], indent, gap))
            words, gap = link[1], 0
        lines.append(Line(words, indent, gap))
        gap = 0
    return lines


#: What a site prints behind a heading, glued to it in a copy: « Formation[modifier | modifier le code] », « Formation¶ ».
_BEHIND = re.compile(r"(?<=[\w)?!]) ?(\[[^\[\] ][^\[\]]{2,60}\]|[¶🔗])$")
_LAST_OF_LINKS = frozenset("]¶🔗")


def _is_link(words: str, last: str) -> bool:
    """Whether the last of a line's words are what a site prints behind a heading: a sign, or a button in brackets.

    A line that is all of it the site's own (« Sommaire [masquer] ») is no heading.
    """
    if last[0] != "[":
        return True
    rule = line_rule(plain(last))
    return rule is not None and rule.kind == "navigation" and line_rule(plain(words)) is None


def split_marker(words: str) -> Marked:
    """Tell a bullet or a list number from the words that it stands before."""
    first = words[0]
    if first.isalpha() and first not in "iov" and words[1:2] not in {")", "."}:  # as most lines
        return Marked("", False, words)
    ordered = first.isdigit() or words[1:2] in {")", "."} or first in "iv"
    match = (_NUMBER if ordered else _BULLET).match(words)
    return Marked(match["mark"], ordered, words[match.end() :]) if match else Marked("", False, words)


def marks_of(lines: list[Line]) -> list[Marked]:
    """The marker of each line. Some signs are bullets in company only: a lone plus adds to what stands above it."""
    marks = [split_marker(line.words) for line in lines]
    signs = [i for i, line in enumerate(lines) if not marks[i].mark and (line.words[0] == "o" or not line.words[0].isalpha())]
    shy = {i: match for i in signs if (match := _SHY_BULLET.match(lines[i].words))}
    if not shy:
        return marks
    shapes = [_ALIKE.get(marked.mark, marked.mark) for marked in marks]
    for i, match in shy.items():
        shapes[i] = _ALIKE.get(match["mark"], match["mark"])
    for i, match in shy.items():
        if shapes[i] in (shapes[i - 1] if i else "", shapes[i + 1] if i + 1 < len(shapes) else ""):
            marks[i] = Marked(match["mark"], ordered=False, words=lines[i].words[match.end() :])
    return marks


def undecorate(lines: list[Line]) -> tuple[list[Line], set[int]]:
    """Headings out of their ornaments (« *** Profil *** », « ▶ Missions ») and the numbers of the lines that had some.

    Ornaments on both sides speak for themselves, but single ones need the name of a section; so do those on one side,
    which must not be the bullet of the line below as well.
    """
    found: set[int] = set()
    plain = lines
    for i, line in enumerate(lines):
        words = line.words
        if words[0].isalnum() or len(words) > LONGEST_ORNATE or words[0] in '«“"(':
            continue
        match = _ORNATE.fullmatch(words) if words[-1] in _LAST_ORNAMENTS else None
        inner = match["words"] if match else words.lstrip(words[0] + " \ufe0f")
        below = lines[i + 1].words if i + 1 < len(lines) else ""
        alone = match is not None or ((line.gap > 0 or i == 0) and below[:1] != words[0])
        strong = match is not None and len(match["sign"]) > 1
        if inner and inner[0].isupper() and alone and (strong or (_is_name(inner) and words[0] not in "-–*•")):
            plain = list(lines) if plain is lines else plain
            plain[i] = line._replace(words=inner)
            found.add(i)
    return plain, found


def _is_name(words: str) -> bool:
    return words.count(" ") < MOST_NAME_WORDS and words[-1] not in ".;," and heading_kind(words) is not None


class Nesting:
    """The depth of list items in reading order, from their indentation and the shape of their marker.

    ``group`` numbers the lists of the text; :meth:`close` ends a list.
    """

    def __init__(self) -> None:
        self.group = 0
        self._open: list[tuple[int, str]] = []

    def close(self) -> None:
        """What follows is no longer part of the list."""
        self._open.clear()

    def depth(self, indent: int, marked: Marked) -> int:
        """The depth (from 1) of the item that ``marked`` opens at column ``indent``."""
        shape = _shape(marked)
        if not self._open:
            self.group += 1
            self._open = [(indent, shape)]
            return 1
        while len(self._open) > 1 and indent < self._open[-1][0]:
            self._open.pop()
        if indent > self._open[-1][0] + 1:
            self._open.append((indent, shape))
        elif shape != self._open[-1][1] and not (marked.ordered and len(self._open) == 1 and self._open[0][1] not in _NUMBERS):
            known = next((i for i, (_, s) in enumerate(self._open) if s == shape), None)
            if known is None:
                self._open.append((indent, shape))
            else:
                del self._open[known + 1 :]
        elif shape != self._open[-1][1]:  # numbers after bullets are a list of their own
            self.group += 1
            self._open = [(indent, shape)]
        elif indent < self._open[0][0]:
            self._open = [(indent, shape)]
        return len(self._open)


def _shape(marked: Marked) -> str:
    """What the markers of one list have in common: figures, letters (small, capital, Roman numbers), a bullet."""
    if not marked.ordered:
        return _ALIKE.get(marked.mark, marked.mark)
    first = marked.mark[0]
    return "1" if first.isdigit() else "i" if first in "ivx" else "A" if first.isupper() else "a"


def wrap_width(lines: list[Line]) -> int:
    """The column at which the text was hard-wrapped, 0 where it was not.

    In a wrapped text no line is wider than the column, and the first word of a line that goes on would
    not have fitted on the line above.
    """
    if len(lines) <= LEAST_BREAKS:
        return 0
    width = max(len(line.words) + line.indent for line in lines)
    if not NARROWEST <= width <= WIDEST:
        return 0
    forced = continued = 0
    for above, line in pairwise(lines):
        if line.gap == 0 and len(above.words) + above.indent + 1 + len(line.words.split(None, 1)[0]) > width:
            forced += 1
            continued += line.words[0].islower() or above.words[-1] not in ".!?:;"
    return width if forced >= LEAST_BREAKS and continued >= GOES_ON * forced else 0


def unwrap(lines: list[Line], width: int) -> list[Line]:
    """Join the lines of each hard-wrapped paragraph or item with a space."""
    joined: list[Line] = []
    last = ""
    start = 0
    for line in lines:
        above = joined[-1] if joined else None
        fits = len(last) + start + 1 + len(line.words.split(None, 1)[0]) <= width
        goes_on = not fits or (line.words[0].islower() and last[-1:] not in ".!?:;")
        if above and line.gap == 0 and goes_on and not split_marker(line.words).mark and not fits:
            glue = "" if last.endswith("-") and line.words[0].islower() else " "
            joined[-1] = Line(above.words + glue + line.words, above.indent, above.gap)
        else:
            joined.append(line)
        last, start = line.words, line.indent
    return joined
