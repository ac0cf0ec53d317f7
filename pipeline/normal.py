"""The normal form of a text, beside the text: what rules read, with a way back to what was written.

Rules should not have to know that a page writes « 2 400 » with a thin no-break space, an apostrophe
as U+2019 or « é » as two characters. :func:`normalise` maps such characters to plain ones and keeps,
for the few mappings that change the length of the text, the offsets that lead back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SAME_LENGTH = {
    **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " "),
    **dict.fromkeys("’‘ʼ＇`´′", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("“”„‟", '"'),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in "＇－"},
}
#: Blanks in a row that the normal form holds at most: a longer run is one blank, so that no rule can be held up by it.
BLANKS = 8


def _characters(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


#: Characters that change the length: those that vanish (soft hyphen, zero-width, directions), combining marks, ligatures.
_VANISHING = _characters((0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0xFEFF, 0xFEFF))
_COMBINING = _characters((0x0300, 0x036F))
_LIGATURES = _characters((0xFB00, 0xFB06))
_LENGTH_CHANGING = frozenset(_VANISHING + _COMBINING + _LIGATURES)
_VANISHED = dict.fromkeys(map(ord, _VANISHING), "")
_RUN = re.compile(f"( [ {_VANISHING}]{{{BLANKS},}})|.[{_COMBINING}]+|[{_VANISHING}{_LIGATURES}]", re.DOTALL)
_SPECIAL = re.compile(f"[{re.escape(''.join(sorted(_LENGTH_CHANGING.union(_SAME_LENGTH))))}]")


@dataclass(frozen=True, slots=True)
class NormalText:
    """A text in normal form. ``origins`` is None where every character kept its place."""

    text: str
    origins: tuple[int, ...] | None = None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the normal form → offsets in the text as written."""
        if self.origins is None or start >= end:
            return (start, end) if self.origins is None else (self.origins[start], self.origins[start])
        after = end
        while self.origins[after] == self.origins[end - 1]:  # inside a ligature: all of it
            after += 1
        return self.origins[start], self.origins[after]

    def forth(self, offset: int) -> int:
        """An offset in the text as written → the offset of the same place in the normal form."""
        if self.origins is None:
            return offset
        low, high = 0, len(self.origins) - 1
        while low < high:
            middle = (low + high) // 2
            if self.origins[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def normalise(text: str) -> NormalText:
    """The normal form of ``text``: plain spaces, apostrophes and hyphens, composed characters."""
    plain = text
    special = set(_SPECIAL.findall(text))  # a handful
    for printed in special - _LENGTH_CHANGING:  # far quicker than str.translate, which looks every character up
        plain = plain.replace(printed, _SAME_LENGTH[printed])
    if " " * (BLANKS + 1) not in plain and special.isdisjoint(_LENGTH_CHANGING):
        return NormalText(plain)
    parts: list[str] = []
    origins: list[int] = []
    last = 0
    for match in _RUN.finditer(plain):
        parts.append(plain[last : match.start()])
        origins.extend(range(last, match.start()))
        composed = " " if match[1] else unicodedata.normalize("NFKC", match.group().translate(_VANISHED))
        parts.append(composed)
        origins.extend([match.start()] * len(composed))
        last = match.end()
    parts.append(plain[last:])
    origins.extend(range(last, len(plain) + 1))
    return NormalText("".join(parts), tuple(origins))


def lowered(text: str) -> str:
    """``text`` in lower case, every character in its place: a capital that grows in lower case stays."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str) -> str:
    """``text`` for comparison: normal form, lower case, no accents, one space between words."""
    if not text.isascii():
        for printed, plain in _FREQUENT:  # most texts are ASCII then, which need no table
            text = text.replace(printed, plain)
    folded = text.lower().replace("`", "'") if text.isascii() else text.translate(_FOLDED)
    return " ".join(folded.split())


#: The signs beyond ASCII that French writes most, each with what it is folded to.
_FREQUENT = tuple(zip("éèàêç’ôîâùû\u00a0É", "eeaec'oiauu e", strict=True))


class _Folding(dict[int, str]):
    """Code point → what :func:`fold` makes of it, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = normalise(chr(code)).text.casefold().replace("œ", "oe").replace("æ", "ae")
        folded = self[code] = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        return folded


_FOLDED = _Folding()
