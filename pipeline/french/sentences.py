"""French sentences of a block, by rule.

Text in normal form goes in, half-open (start, end) offsets come out. A full stop ends a sentence
unless it belongs to an abbreviation, a number, an initial or a name such as « E. Business ». What goes on for
:data:`LONGEST` characters is no sentence but a file without marks: it is cut, so that rules whose work grows faster than
a sentence's length cannot be held up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Characters that a sentence has at most; the longest of some 17,000 real ones has 765.
LONGEST = 2_000

#: What may stand between the mark that ends a sentence and the next sentence, of which the blanks are a group.
_CLOSING = r"(?:\s{0,4}[»\"'’)\]]){0,6}(\s+|$)"
#: A mark or marks that may end a sentence; full stops alone, as in most blocks, are found in a tenth of the time.
_END = re.compile(r"[.!?…](?:(?<=[!?])(?<![!?]{2})[!?]*|(?<=\.)(?<!\.\.)\.{2,}|(?<=[….]))" + _CLOSING)
_FULL_STOP = re.compile(r"\.(?:(?<!\.\.)\.{2,})?" + _CLOSING)
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
    stretch = text[start:end]
    first, stop = start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())
    if first >= stop:
        return []
    found: list[tuple[int, int]] = []
    plain = "?" not in stretch and "!" not in stretch and "…" not in stretch
    for match in (_FULL_STOP if plain else _END).finditer(text, first, stop):
        after, following = match.span(1)
        if following == stop:  # the end of most blocks
            break
        at = match.start()
        if text[at] == ".":
            # A word of seven letters abbreviates nothing: most full stops need no closer look.
            if at < _LONG_WORD or not text[at - _LONG_WORD : at].isalpha():
                short = _ABBREVIATION.search(text, max(first, at - 8), at + 1)
                if short is not None and _is_abbreviation(short, text[following : min(stop, after + _AHEAD)]):
                    continue
            goes_on = text.startswith("..", at, after) and text[following].islower()
        else:
            goes_on = text[following].islower()
        if not goes_on:
            found.append((first, after))
            first = following
    found.append((first, stop))
    return found if len(stretch) <= LONGEST else [part for sentence in found for part in _parts(text, *sentence)]


def _is_abbreviation(match: re.Match[str], following: str) -> bool:
    """Whether a full stop belongs to the word before it and not to the sentence, by the words that follow."""
    if match["number"]:
        return following[:1].isdigit()
    if match["initial"]:
        return _OPENER.match(following) is None
    return not (match["inside"] and (following[:1].isupper() or not following))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it is too long."""
    while start < end:
        cut = end if end - start <= LONGEST else _cut(text, start, start + LONGEST)
        part = text[start:cut]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        start = cut


def _cut(text: str, start: int, end: int) -> int:
    """Where ``text[start:end]`` is best cut: after a semicolon, else a comma, else a space, of its second half."""
    half = (start + end) // 2
    return next((at + len(mark) for mark in _CUTS if (at := text.rfind(mark, half, end)) >= 0), end)
