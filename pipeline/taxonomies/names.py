"""A name as an index is asked for it: keys of what it may equal and hashes of its stems, worked out once for all taxonomies.

The words of an occupation's name are those of its masculine form; a skill has one form. A key is made of the hashes of
words by arithmetic alone, so that a name costs a look-up a word.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import dropwhile
from typing import NamedTuple

from pipeline.french.gender import forms
from pipeline.taxonomies.words import frames, hashed, token

#: How sure an equality is, from the surest: method → the mark that its keys begin with.
TIERS = {"exact": hashed("="), "lemma": hashed("~"), "core": hashed("-")}

_EXACT, _LEMMA, _CORE = TIERS.values()
_BITS = (1 << 64) - 1
#: An odd number without a pattern in its bits: what the words before are multiplied by, so that their order counts.
_ORDER = 0x9E3779B97F4A7C15


class Name(NamedTuple):
    """What a name is looked up by.

    ``exact``: a key a form. ``lemma``: of the same stems in any order, ``core``: of these but for a frame at their head, both
    None where there are none. ``stems``: hashes of its stems, each once, in their order.
    """

    exact: tuple[int, ...]
    lemma: int | None
    core: int | None
    stems: tuple[int, ...]


@lru_cache(maxsize=10_000)
def occupation_name(name: str) -> Name:
    """The name of an occupation, as it is written; it may also equal a name in its masculine or its feminine."""
    feminine, masculine, _ = forms(name)
    first = masculine or feminine or name
    exact, lemma, core, stems = _name(first)
    others = [_name(other)[0][0] for other in {feminine: None, name: None} if other and other != first]
    return Name((*exact, *others), lemma, core, stems)


@lru_cache(maxsize=20_000)
def skill_name(name: str) -> Name:
    """The name of a skill, as it is written."""
    return _name(name)


def _name(name: str) -> Name:
    exact = _EXACT
    stems: list[int] = []
    for text in name.split():
        words, found = token(text)
        for word in words:
            exact = (exact * _ORDER + word) & _BITS
        stems += found
    if not stems:
        return Name((exact,), None, None, ())
    distinct = tuple(dict.fromkeys(stems))
    lemma = core = sum(distinct)
    if stems[0] in frames():
        core = sum(set(dropwhile(frames().__contains__, stems))) or lemma
    return Name((exact,), (_LEMMA + lemma) & _BITS, (_CORE + core) & _BITS, distinct)
