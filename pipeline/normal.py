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
#: Characters that vanish (soft hyphen, zero-width), ligatures, combining marks, long runs of blanks: these change the length.
_LENGTH_CHANGING = re.compile(".[\u0300-\u036f]+|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufb00-\ufb06]", re.DOTALL)
_VANISHING = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CHANGING_OR_BLANK = re.compile(f"( [ {_VANISHING.pattern[1:]}{{{BLANKS},}})|{_LENGTH_CHANGING.pattern}", re.DOTALL)


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
    for printed, simple in _SAME_LENGTH.items():
        if printed in plain:  # far quicker than str.translate, which looks every character up
            plain = plain.replace(printed, simple)
    if " " * (BLANKS + 1) not in plain and _LENGTH_CHANGING.search(plain) is None:
        return NormalText(plain)
    parts: list[str] = []
    origins: list[int] = []
    last = 0
    for match in _CHANGING_OR_BLANK.finditer(plain):
        parts.append(plain[last : match.start()])
        origins.extend(range(last, match.start()))
        composed = " " if match[1] else unicodedata.normalize("NFKC", _VANISHING.sub("", match.group()))
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
    return " ".join(text.translate(_FOLDED).split())


class _Folding(dict[int, str]):
    """Code point → what :func:`fold` makes of it, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = normalise(chr(code)).text.casefold().replace("œ", "oe").replace("æ", "ae")
        folded = self[code] = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
        return folded


_FOLDED = _Folding()
