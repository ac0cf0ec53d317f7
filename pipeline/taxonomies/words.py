"""What two names are compared by: their folded form, and the stems of the words that carry their meaning.

A stem is what the feminine and masculine, singular and plural forms of a word have in common, and
often its verb and noun (« organiser », « organisation »). It is no word; it only has to be the same
for words of one family. Lists are in ``lexicons/taxonomies.toml``.
"""

from __future__ import annotations

import itertools
import re
from functools import cache, lru_cache
from hashlib import blake2b

from pipeline.lexicons import load
from pipeline.normal import fold

_WORD = re.compile(r"[a-z0-9+#]+")
_SHORTEST = 4

#: Feminine and plural endings → the ending of the masculine singular.
_FORMS = (
    ("trices", "teur"), ("trice", "teur"), ("euse", "eur"), ("eure", "eur"), ("iere", "ier"), ("ere", "er"), ("enne", "en"),
    ("onne", "on"), ("elle", "el"), ("aux", "al"), ("ale", "al"), ("ive", "if"), ("eux", "eur"),
)  # fmt: skip
#: Endings of nouns and infinitives, what stands for them in the family, and how many letters must be left.
_FAMILIES = (
    ("isation", "is", 4), ("ication", "iqu", 4), ("ation", "", 5), ("ition", "i", 4), ("ement", "", 4), ("age", "", 5),
    ("er", "", 4),
)  # fmt: skip


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], dict[str, list[str]], dict[str, str]]:
    data = load("taxonomies")
    abbreviations = {short: _WORD.findall(fold(words)) for short, words in data["abbreviations"].items()}
    families = {word: fold(verb) for word, verb in data["families"].items()}
    return frozenset(data["grammar"].split()), frozenset(data["frames"].split()), abbreviations, families


def words(name: str) -> list[str]:
    """The folded words of a name."""
    return _WORD.findall(fold(name))


def key(name: str) -> str:
    """The folded form of a name, hyphens as spaces: equal for names that differ in case, accents or punctuation alone."""
    return " ".join(words(name))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word."""
    word = _lists()[3].get(word) or _lists()[3].get(word.removesuffix("s"), word)
    if len(word) >= _SHORTEST and word.endswith(("s", "oux", "eaux")) and not word.endswith(("ss", "us", "sas")):
        word = word[:-1]
    for ending, other in _FORMS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: len(word) - len(ending)] + other
            break
    for ending, other, shortest in _FAMILIES:
        if word.endswith(ending) and len(word) - len(ending) >= shortest and not word.endswith("ier"):
            word = word[: len(word) - len(ending)] + other
            break
    while len(word) >= _SHORTEST and word[-1] == "e":
        word = word[:-1]
    return word


def stems(name: str) -> list[str]:
    """The stems of the words of ``name`` that carry meaning, in their order, abbreviations written out."""
    return stems_of(words(name))


def stems_of(folded: list[str]) -> list[str]:
    """:func:`stems`, of the folded words of a name."""
    grammar, _, abbreviations, _ = _lists()
    found: list[str] = []
    for word in folded:
        if word in abbreviations:
            found += [stem(w) for w in abbreviations[word] if w not in grammar]
        elif word not in grammar:
            found.append(stem(word))
    return found


@cache
def _frame_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _lists()[1])


def core(words: list[str]) -> list[str]:
    """``words`` (stems) without those at their head that only frame a skill; all of them where nothing else is there."""
    return list(itertools.dropwhile(_frame_stems().__contains__, words)) or words


def bag(words: list[str]) -> str:
    """What two names have in common that hold the same stems in any order."""
    return " ".join(sorted(set(words)))


def hashed(text: str) -> int:
    """64 bits of a hash of ``text``, by which compiled indexes find it."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(maxsize=65_536)
def hashed_stem(stem: str) -> int:
    """:func:`hashed` of one word; names share their words, as they do not share their keys."""
    return hashed(stem)
