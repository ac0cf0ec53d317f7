"""The members of a list in running text, as its separators part them: « responsable qualité | ou, en agence, | directeur ».

Text in normal form and a stretch of it go in, :class:`Item`s come out, in the order of the text. What a member names is
read by :mod:`pipeline.extractors.titles.lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.french.inflection import is_pair
from pipeline.french.occupations import is_head, names_occupation


class Name(NamedTuple):
    """An occupation of a list; ``label`` differs from the text where a head was shared or a plural undone."""

    start: int
    end: int
    label: str


class Item(NamedTuple):
    """A member of the list as split: after which separator, from where, to where, and where the next separator stands.

    ``aside``: whether the separator says where or when the member is said (« ou, en agence, »).
    """

    joint: str
    start: int
    end: int
    next_joint: str
    aside: bool = False


ADVERB = (
    r"puis|ensuite|voire|ainsi|même|soit|tantôt|enfin|encore|aussi|également|bien|alors|d'abord|notamment|plutôt|directement|rapidement|"
    r"éventuellement|volontiers|souvent|parfois|quelquefois|bientôt|vite|naturellement|logiquement|fréquemment|"
    r"progressivement|facilement|généralement|finalement|peu\s+à\s+peu|d'autres|certaine?s|par\s+exemple|à\s+son\s+tour|à\s+leur\s+tour|un\s+jour|à\s+terme|plus\s+tard|simple|mais\s+aussi|ainsi\s+que"
)
#: « ou, en agence, », « et parfois, dans le privé, »: a conjunction and where its member is said or found.
_ASIDE = (
    r"(?P<aside>ou|et|puis|voire)\s*,?\s+(?:parfois\s+|encore\s+|aussi\s+|bien(?=\W)\s*)?,?\s*(?:en|dans|chez|à|au|aux|selon|par|pour|sur|sous(?!-)|s'il|si|"
    r"depuis|avec|après|moyennant|plus\s+\w+|outre-\w+|dès|lorsqu\w+|quand|là|entre|parmi|devant|auprès|côté)\b[^,;.:()]{0,60},\s*(?:(?:un|une|de)\s+|d')?"
)
#: What parts two members. It begins with a set of characters, for which a text is searched at once.
_SEPARATOR = re.compile(
    r"[\s,;•|→➜➔>](?:"
    rf"(?<=\s)\s*(?:{_ASIDE}|(?P<conjunction>et/ou|ou|et|puis|voire|soit|ainsi\s+que|mais\s+aussi)\s+(?:(?:{ADVERB})\s+)?)"
    r"|(?:(?<=[,;•|→➜➔>])|\s*(?:[,;•|→➜➔>]|(?<=\s)[/·-]\s))"
    rf"\s*(?:(?P<word>et/ou|ou|et|puis|voire|soit)\b\s*(?:(?:{ADVERB})\s+)?)?)"
)
_BRACKET = re.compile(r"(?<=\s)\([^()]*\)?")


def bracket_end(text: str, start: int, end: int) -> int:
    """Where a list ends: with the bracket in which it stands, if in one: « le conseil ([chef de cave]) ou l'État »."""
    closing = text.find(")", start, end)
    return closing if closing >= 0 and text.find("(", start, closing) < 0 else end


def items(text: str, start: int, end: int) -> Iterator[Item]:
    """The members of a list; what stands in brackets separates nothing."""
    brackets = [m.span() for m in _BRACKET.finditer(text, start, end)] if text.find("(", start, end) >= 0 else []
    joint, first, aside = "", start, False
    for separator in _SEPARATOR.finditer(text, start, end):
        stop, after = separator.span()
        if brackets and any(a <= stop < b for a, b in brackets):
            continue
        kind = separator.lastgroup or "mark"
        next_joint = "," if kind == "mark" else separator[kind]
        if next_joint == "ou" and _is_rank(text, first, stop, after):
            continue
        yield Item(joint, first, stop, next_joint, aside)
        joint, first, aside = next_joint, after, kind == "aside"
    yield Item(joint, first, end, "", aside)


_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: What follows a rank in both genders that heads a name: « chef ou cheffe [d'atelier] », but « expert ou experte, il … ».
_HEADED = re.compile(r" (?=\w)(?!(?:et|ou|ni|qui|que|puis|voire|dans|chez|avec|est|sont|a|peut)\b)")


def _is_rank(text: str, first: int, stop: int, after: int) -> bool:
    """« chef [ou] cheffe d'atelier »: a word that alone names no occupation stands in both genders before what it heads."""
    one, other = text[first:stop].replace("'", " ").rpartition(" ")[2], _FIRST_WORD.match(text, after)
    if other is None or names_occupation(one) or not is_head(one):
        return False
    heads = _HEADED.match(text, other.end()) is not None
    return heads and (is_pair(one, other.group()) or is_pair(other.group(), one))
