"""What the names of an HTML element (class, id, role, schema.org type) say of it, by ``lexicons/boilerplate.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicons import load

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9à-ÿ]+")
_TOLD = frozenset(("class", "id", "role", "itemprop", "data-elementor-type"))
#: A name that tells of a state, or of what lies inside, rather than what the element is: « has-sidebar ».
_STATES = frozenset(("can", "has", "hide", "is", "js", "no", "not", "open", "show", "with", "without", "wp"))
_COMPONENT_PREFIX = 2


class Cue(NamedTuple):
    """A row of the lexicon: ``kind`` is what the box is dropped as, "" for a mere trait."""

    rank: int
    rule: str
    kind: str
    most: int


class _Lexicon(NamedTuple):
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]]
    beginnings: list[tuple[str, Cue]]
    any_beginning: tuple[str, ...]
    whole: dict[tuple[str, ...], list[Cue]]


@cache
def _lexicon() -> _Lexicon:
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    beginnings: list[tuple[str, Cue]] = []
    whole: dict[tuple[str, ...], list[Cue]] = {}
    content = load("boilerplate")
    for rank, row in enumerate(content["box"] + content["trait"]):
        cue = Cue(rank, row["rule"], row.get("kind", ""), row.get("most", 0))
        for phrase in row["names"]:
            words = tuple(phrase.split())
            if phrase.endswith("*"):
                beginnings.append((phrase[:-1], cue))
            else:
                phrases.setdefault(words[0], []).append((words, cue))
        for phrase in row["whole"]:
            whole.setdefault(tuple(phrase.split()), []).append(cue)
    return _Lexicon(phrases, beginnings, tuple(beginning for beginning, _ in beginnings), whole)


@lru_cache(maxsize=8192)
def name_cues(name: str) -> tuple[Cue, ...]:
    """The rows that one name (one class of an element) answers to."""
    words = _WORD.findall(name if name.islower() else _CAMEL.sub(" ", name).lower())
    if not words or words[0] in _STATES:
        return ()
    lexicon = _lexicon()
    found = set()
    for i, word in enumerate(words):
        for phrase, cue in lexicon.phrases.get(word, ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                found.add(cue)
        if word.startswith(lexicon.any_beginning):
            found.update(cue for beginning, cue in lexicon.beginnings if word.startswith(beginning))
    if len(words) > 1 and words[-1].isdigit():
        words.pop()
    found.update(lexicon.whole.get(tuple(words), ()))
    if len(words) > 1 and len(words[0]) <= _COMPONENT_PREFIX:
        found.update(lexicon.whole.get(tuple(words[1:]), ()))
    return tuple(sorted(found))


class Names(NamedTuple):
    """What the names of an element say: the rows that they answer to, in the lexicon's order, and these rows' rules."""

    cues: tuple[Cue, ...]
    rules: frozenset[str]

    @classmethod
    def of(cls, cues: Iterable[Cue]) -> Names:
        """What is said by ``cues``, in any order."""
        found = tuple(sorted(set(cues)))
        return cls(found, frozenset(cue.rule for cue in found)) if found else NOTHING


#: The names of most elements say nothing.
NOTHING = Names((), frozenset())


@lru_cache(maxsize=8192)
def _read_names(names: str) -> Names:
    return Names.of(cue for name in names.split() for cue in name_cues(name))


@lru_cache(maxsize=8192)
def _together(some: tuple[Cue, ...], others: tuple[Cue, ...]) -> Names:
    return Names.of(some + others)


def names_of(tag: str, attributes: list[tuple[str, str]]) -> Names:
    """What class, id, role and schema.org type of an element say of it, and its tag where it is of the site's own making."""
    if "-" in tag:  # ``<app-footer>``
        attributes = [*attributes, ("class", f"{tag} {tag.partition('-')[2]}")]
    found = NOTHING
    for key, value in attributes:
        if key in _TOLD:
            names = _read_names(value)
        elif key == "itemtype":
            names = _together(name_cues(value.rstrip("/").rpartition("/")[2]), ())
        else:
            continue
        if names is not NOTHING:
            found = names if found is NOTHING else _together(found.cues, names.cues)
    return found
