"""The words of a page gathered in lines: :class:`Gatherer`, fed by the walk through its elements."""

from __future__ import annotations

import re
from typing import Any

from pipeline.parsers.boxes import Box, Line
from pipeline.parsers.shapes import STRONG, piece_of

_LARGE_SIZES = frozenset(("4", "5", "6", "7", "+1", "+2", "+3", "+4"))
#: From this share on, all of a line counts as bold or large.
_NEARLY_ALL = 0.9
_FOLD = re.compile(r"[ \t\n\r\f]+")
#: Signs that editors leave in empty lines: they hold no words.
_BLANK = "\u200b\ufeff"
_TIES = frozenset((",", ";"))
_ENDS = frozenset(".!?…»):;,€%")
#: Characters of the number of a note, or of a chemical formula, that belongs to the word before it.
_LONGEST_INDEX = 2


class Gatherer:
    """The lines of a page so far, the open box, and the line that is being gathered."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.box: Box | None = None
        self.parts: list[str] = []
        self.linked = self.strong = self.large = self.links = 0
        self.in_link = self.in_strong = self.in_large = 0
        self.after_link = False
        self.marked = False  # a link, bold or large print stands in the line, or is open
        self.tie = ""

    def add(self, text: str, *, apart: bool = True) -> None:
        """Gather the words of a text node, ``apart`` where an element ends or begins; white space alone opens no line."""
        parts = self.parts
        if parts and apart and (text[:1].isupper() or text[:1].isdigit()) and _begins_anew(parts[-1], text):
            parts.append(" ")
        parts.append(text)
        if self.marked:
            size = len(text.strip())
            if size:
                self.after_link = False
                if self.in_link:
                    self.linked += size
                if self.in_strong:
                    self.strong += size
                if self.in_large:
                    self.large += size

    def add_lines(self, text: str) -> None:
        """Gather the words of a text node whose line ends are meant."""
        if "\n" in text:
            first, *others = text.split("\n")
            self.add(first)
            for line in others:
                self.flush()
                self.add(line)
        elif self.parts or not text.isspace():
            self.add(text)

    def space(self) -> None:
        """Part two words that stand in one line."""
        if self.parts:
            self.parts.append(" ")

    def flush(self) -> None:
        """End the line: what has been gathered becomes one."""
        if not self.parts:
            return
        text = _folded("".join(self.parts))
        self.parts.clear()
        if not self.marked:
            self._print(text)
            return
        self._print(text, *self._print_of(len(text)))
        self.linked = self.strong = self.large = self.links = 0
        self.after_link = False
        self.marked = bool(self.in_link or self.in_strong or self.in_large)

    def add_link(self, text: str) -> None:
        """A line that is a link from end to end, where none is being gathered."""
        self.links = 1
        self._print(_folded(text), 1.0)
        self.links = 0

    def _print(self, text: str, share: float = 0.0, strong: bool = False, large: bool = False) -> None:  # noqa: FBT001, FBT002
        """A line has been gathered: ``share`` of it in links, all of it ``strong`` or ``large``."""
        box, lines = self.box, self.lines
        if text and box is not None and not ((self.tie or text in _TIES) and self._continues(text)):
            lines.append(Line(piece_of(text, share, box, len(lines)), box, self.links, strong, large))

    def _print_of(self, size: int) -> tuple[float, bool, bool]:
        """The share of a line of ``size`` characters that is inside links, and whether it is bold or large throughout."""
        least = _NEARLY_ALL * size
        share = self.linked / size if self.linked < size else 1.0
        return share, 0 < self.strong >= least, 0 < self.large >= least

    def _continues(self, text: str) -> bool:
        """Join what a comma of its own line ties to the line before: the items of a list that is printed in one line."""
        if text in _TIES:
            self.tie = text if self.lines else ""
            return bool(self.lines)
        if self.tie and self.box is not None:
            last = self.lines[-1]
            if last.box.parent is self.box.parent or last.box is self.box:
                last.piece.text += f"{self.tie} {text}"
                last.links += self.links
                self.tie = ""
                return True
            last.piece.text += self.tie
            self.tie = ""
        return False

    def is_link(self, element: Any) -> bool:
        """Whether an ``<a>`` leads anywhere; to a place of the page, in a heading, it is a permanent link or opens a panel."""
        target = element.get("href")
        return target is not None and not (target[:1] == "#" and self.box is not None and self.box.place.heading)

    def mark(self, tag: str, element: Any, step: int) -> None:
        """A link, bold or large print begins (``step`` 1) or ends (-1)."""
        if tag == "a":
            if not self.is_link(element):
                return
            self.in_link += step
            if step > 0:
                self.links += 1
                if self.after_link:
                    self.parts.append(" ")  # two links side by side are two words
            self.after_link = step < 0
        elif tag in STRONG:
            self.in_strong += step
        elif tag == "font" and (element.get("size") or "").strip() in _LARGE_SIZES:
            self.in_large += step
        self.marked = True


def _folded(text: str) -> str:
    """A text as a browser shows it, its white space folded."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _FOLD.sub(" ", text)
    text = text.strip()
    return text.lstrip(_BLANK) if text[:1] in _BLANK else text


def _begins_anew(before: str, text: str) -> bool:
    """Whether ``text``, which begins with a capital or a figure, is no part of the word that ends the element before it.

    « <time>9 h 30</time>Revue de presse », « <b>01</b>Missions », « Débutant<b>2 100 €</b> »: a style sheet that the page does
    not hold sets them apart.
    """
    last = before[-1:]
    if text[0].isdigit():
        return last.islower() and len(text) > _LONGEST_INDEX
    return text[1:2].islower() and (last in _ENDS or last.isdigit() or (last.islower() and before[-2:-1].isalpha()))
