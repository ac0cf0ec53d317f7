"""Where any of many literals opens a word of a text: one pass of one pattern instead of a search for each.

Literals in lower case go in once; a text in lower case goes in, (offset, literals that begin there) pairs come out, in
reading order. What begins with a sign (« +1 ») opens wherever it stands; white space before a literal is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

#: What stands before a word of printed text: a pattern that is searched as fast as any, for it is one set of characters.
BEFORE_WORD = "[^a-zA-Z0-9_À-ÖØ-öø-ÿŒœ]"


class Openings:
    """Finds the places where one of ``literals`` opens a word."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._by_core: dict[str, tuple[str, ...]] = {}
        cores: dict[str, list[str]] = {}
        for literal in literals:
            cores.setdefault(literal.lstrip(" ("), []).append(literal)
        words = sorted(core for core in cores if core[0].isalnum())
        self._signs = sorted(core for core in cores if not core[0].isalnum())
        for core in cores:  # a word that begins with « nommé » begins with « nom », too
            within = (names for other, names in sorted(cores.items()) if core.startswith(other))
            self._by_core[core] = tuple(name for names in within for name in names)
        # A set of characters is what the engine skips to fastest, so what stands before a word is matched with it.
        self._pattern = re.compile(rf"[^a-zß-öø-ÿœ0-9_]{trie(words)}")

    def find(self, lower: str, start: int, end: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(offset, literals) of every place in ``lower[start:end]``, those that open with a sign after all words."""
        by_core, search, text = self._by_core, self._pattern.search, "\n" + lower
        match = search(text, start, end + 1)
        while match is not None:
            at = match.start()
            yield at, by_core[match[0][1:]]
            match = search(text, at + 1, end + 1)  # another literal may open inside of it (« s'appel », « appel »)
        for sign in self._signs:
            at = lower.find(sign, start, end)
            while at >= 0:
                yield at, by_core[sign]
                at = lower.find(sign, at + len(sign), end)


def holds(low: str, literals: tuple[str, ...]) -> bool:
    """Whether a text holds one of a few literals: to ask that of a sentence costs a tenth of what a pattern does."""
    for literal in literals:  # noqa: SIM110 -- called for every sentence: `any` would take twice the time
        if literal in low:
            return True
    return False


def trie(words: list[str]) -> str:
    """A pattern of the longest of ``words`` that stands at a place, without trying one after the other."""
    return branches([tuple(map(re.escape, word)) for word in words])


def branches(words: list[tuple[str, ...]]) -> str:
    """The same for words of which each letter is a pattern."""
    following: dict[str, list[tuple[str, ...]]] = {}
    for word in words:
        if word:
            following.setdefault(word[0], []).append(word[1:])
    if not following:
        return "" if words else "(?!)"
    joined = "|".join(letter + branches(rest) for letter, rest in following.items())
    return f"(?:{joined})?" if () in words else f"(?:{joined})" if len(following) > 1 else joined
