"""A name as an index is asked for it: hashes of its forms and of its stems, worked out once for all taxonomies.

The words of an occupation's name are those of its masculine form; a skill has one form.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.french.gender import forms
from pipeline.taxonomies.words import bag, core, hashed, hashed_stem, stems_of, words

#: How sure an equality is, from the surest: method → the mark that its keys begin with.
TIERS = {"exact": "=", "lemma": "~", "core": "-"}


class Name(NamedTuple):
    """``exact``: a key a form. ``keys``: method → key, from the surest (``exact`` is that of the first form).

    ``words``: its stems, in their order. Keys and words are hashes.
    """

    exact: tuple[int, ...]
    keys: tuple[tuple[str, int], ...]
    words: tuple[int, ...]


def both_forms(name: str) -> tuple[str, ...]:
    """The masculine and the feminine of an occupation's name, and the name as written; the first is the one to compare."""
    found = forms(name)
    return tuple(dict.fromkeys(form for form in (found.masculine, found.feminine, name) if form)) or (name,)


@lru_cache(maxsize=10_000)
def occupation_name(name: str) -> Name:
    """The name of an occupation, as it is written."""
    return hashed_name(both_forms(name))


@lru_cache(maxsize=20_000)
def skill_name(name: str) -> Name:
    """The name of a skill, as it is written."""
    return hashed_name((name,))


def hashed_name(forms_of_name: tuple[str, ...]) -> Name:
    """A name from its forms, the one to compare first."""
    folded = [words(form) for form in forms_of_name]
    exact = tuple([hashed(TIERS["exact"] + " ".join(form)) for form in folded])
    keys, found = [("exact", exact[0])], stems_of(folded[0])
    if found:
        keys += [("lemma", hashed(TIERS["lemma"] + bag(found))), ("core", hashed(TIERS["core"] + bag(core(found))))]
    return Name(exact, tuple(keys), tuple(map(hashed_stem, found)))
