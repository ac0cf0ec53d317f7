"""What two names are compared by: their folded words, and the stems of those that carry their meaning, as hashes.

A stem is what the feminine and masculine, singular and plural forms of a word have in common, and
often its verb and noun (« organiser », « organisation »). It is no word; it only has to be the same
for words of one family. Lists are in ``lexicons/taxonomies.toml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.normal import fold


class Token(NamedTuple):
    """What stands between two spaces of a name: hashes of its folded words, and of their stems in the same order.

    Words that carry no meaning have no stem, an abbreviation has those of all that it stands for.
    """

    words: tuple[int, ...]
    stems: tuple[int, ...]


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
#: Most words end otherwise, and one question tells.
_FORM_ENDINGS, _FAMILY_ENDINGS = (tuple(rule[0] for rule in rules) for rules in (_FORMS, _FAMILIES))


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], dict[str, list[str]], dict[str, str]]:
    data = load("taxonomies")
    abbreviations = {short: _WORD.findall(fold(words)) for short, words in data["abbreviations"].items()}
    families = {word: fold(verb) for word, verb in data["families"].items()}
    return frozenset(data["grammar"].split()), frozenset(data["frames"].split()), abbreviations, families


def stem(word: str) -> str:
    """The stem of a folded word."""
    families = _lists()[3]
    word = families.get(word) or families.get(word.removesuffix("s"), word)
    if len(word) >= _SHORTEST and word.endswith(("s", "oux", "eaux")) and not word.endswith(("ss", "us", "sas")):
        word = word[:-1]
    if word.endswith(_FORM_ENDINGS):
        for ending, other in _FORMS:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                word = word[: len(word) - len(ending)] + other
                break
    if word.endswith(_FAMILY_ENDINGS) and not word.endswith("ier"):
        for ending, other, shortest in _FAMILIES:
            if word.endswith(ending) and len(word) - len(ending) >= shortest:
                word = word[: len(word) - len(ending)] + other
                break
    while len(word) >= _SHORTEST and word[-1] == "e":
        word = word[:-1]
    return word


@lru_cache(maxsize=32_768)
def token(text: str) -> Token:
    """What stands between two spaces of a name. Names share their words: few of a sheet's are new in a run."""
    grammar, _, abbreviations, _ = _lists()
    folded = _WORD.findall(fold(text))
    whole = [part for word in folded for part in abbreviations.get(word, (word,))]
    return Token(tuple(map(hashed, folded)), tuple([hashed(stem(word)) for word in whole if word not in grammar]))


@cache
def frames() -> frozenset[int]:
    """Hashes of the stems that only frame a skill where they stand at its head."""
    return frozenset(hashed(stem(word)) for word in _lists()[1])


def hashed(text: str) -> int:
    """64 bits of a hash of ``text``, by which compiled indexes find it."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
