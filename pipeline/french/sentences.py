"""French sentences of a block, by rule.

Text in normal form goes in, half-open (start, end) offsets come out. A full stop ends a sentence
unless it belongs to an abbreviation, a number, an initial or a name such as « E. Business ». What goes on for
:data:`LONGEST` characters is no sentence but a file without marks: it is cut, so that rules whose work grows faster than
a sentence's length cannot be held up.
"""

from __future__ import annotations

import re

#: Characters that a sentence has at most; the longest of some 17,000 real ones has 765.
LONGEST = 2_000

#: A mark or marks that may end a sentence; it begins with a set of characters, for which a text is searched at once.
_END = re.compile(r"[.!?…](?:(?<=[!?])(?<![!?]{2})[!?]*|(?<=\.)(?<!\.\.)\.{2,}|(?<=[….]))(?:\s{0,4}[»\"'’)\]]){0,6}(?=\s|$)")
_CUTS = ("; ", ", ", " ")
#: What ends in a full stop of its own: always, as an initial, before a small letter or a number, only before a number
#: (« vol. 2 »).
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«'\"])(?:(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|Me|St|Ste|ex|cf|tél|bd|fém|masc|(?:[A-Z]{1,2}|Ph)\.[A-Z])|(?P<initial>[A-Z])"
    r"|(?P<inside>env|max|min|resp|av|niv|dép|hab|approx)|(?P<number>art|[Ff]r|p|vol|n°|no|sec))\.$"
)
#: « un permis B. Il faut … »: what opens a sentence and no name.
_OPENER = re.compile(
    r"(?:Les?|La|Une?|Des|Ce(?:tte|s|t)?|Ils?|Elles?|On|Vous|Nous|En|Au|Aux|À|A|Pour|Par|Dans|Sur|Avec|Sans|Après|Avant|"
    r"Si|Mais|Puis|Son|Sa|Ses|Leurs?|Tout|Toutes?|Tous|Certaine?s?|Selon|Chez|Depuis)(?=[\s,])|[LDCSJNM]['’]|C['’]est"
)
_AHEAD = 20
_LONG_WORD = 7


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Offsets of the sentences in ``text[start:end]``, without the white space around them."""
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    first = start
    for match in _END.finditer(text, start, stop):
        at, after = match.span()
        if after == stop:  # the end of most blocks
            break
        if text[at] == ".":
            # A word of seven letters abbreviates nothing: most full stops need no closer look.
            if at < _LONG_WORD or not text[at - _LONG_WORD : at].isalpha():
                short = _ABBREVIATION.search(text, max(first, at - 8), at + 1)
                if short is not None and _is_abbreviation(short, text[after : min(stop, after + _AHEAD)].lstrip()):
                    continue
            goes_on = text.startswith("..", at, after) and _first_letter(text, after, stop).islower()
        else:
            goes_on = _first_letter(text, after, stop).islower()
        if not goes_on:
            _append(found, text, first, after)
            first = after
    _append(found, text, first, stop)
    return found


def _is_abbreviation(match: re.Match[str], following: str) -> bool:
    """Whether a full stop belongs to the word before it and not to the sentence, by the words that follow."""
    if match["number"]:
        return following[:1].isdigit()
    if match["initial"]:
        return _OPENER.match(following) is None
    return not (match["inside"] and (following[:1].isupper() or not following))


def _first_letter(text: str, start: int, end: int) -> str:
    """The first character of ``text[start:end]`` that is no white space, or none."""
    while start < end:
        if not text[start].isspace():
            return text[start]
        start += 1
    return ""


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > LONGEST:
        cut = _cut(text, start, start + LONGEST)
        _append(found, text, start, cut)
        start = cut
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _cut(text: str, start: int, end: int) -> int:
    """Where ``text[start:end]`` is best cut: after a semicolon, else a comma, else a space, of its second half."""
    half = (start + end) // 2
    return next((at + len(mark) for mark in _CUTS if (at := text.rfind(mark, half, end)) >= 0), end)
