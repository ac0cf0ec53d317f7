"""The known terms of skills: lexicons → look-ups over the lower-case words of a sentence.

:func:`terms` holds every known word or phrase. Labels are those of the lexicon, but for a tool, which keeps the sheet's
own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.lexicons import load
from pipeline.normal import fold

_TOKEN = re.compile(r"\.?\w+(?:[-./&_]\w+)*[+#]*'?")


# What is made for every sentence has slots: its fields are read in a third of the time that those of a tuple take.
@dataclass(slots=True, eq=False)
class Term:
    """A known word or phrase.

    ``kind`` is ``quality`` (noun), ``trait`` (said of a person), ``doing`` (infinitive), ``language``,
    ``tool`` (a name), ``machine`` (a common noun for a tool) or ``field``; ``label`` names the skill;
    ``trait`` is true where the word of another kind is an adjective, too (« calme »); ``cased`` is the
    only spelling accepted, where it matters; ``category`` is that of a quality, trait or doing, of which
    some are work rather than a quality (« négocier », « expression écrite »).
    """

    kind: str
    label: str
    trait: bool = False
    cased: str = ""
    category: str = "soft"


@dataclass(slots=True, eq=False)
class Spot:
    """A term found in a text: offsets, the index of its first and last token."""

    start: int
    end: int
    term: Term
    first: int
    last: int


def tokens_of(piece: str) -> list[tuple[int, str]]:
    """Offsets and words of a piece of text; an elided one ends with its apostrophe."""
    return [(match.start(), match.group()) for match in _TOKEN.finditer(piece)]


@cache
def terms() -> tuple[dict[str, Term], dict[str, dict[str, tuple[int, ...]]]]:
    """(Words joined by a space → term; first word → second word of terms → how many words they have, the most first).

    Of two terms with the same words, the earlier kind wins.
    """
    known: dict[str, Term] = {}
    lengths: dict[str, dict[str, set[int]]] = {}
    for phrase, term in _entries():
        for form in (phrase, phrase if _loses_its_accent(phrase, term) else _plain(phrase)):
            words = _TOKEN.findall(form)
            if not words:
                continue
            key = " ".join(words)
            if len(words) > 1:
                lengths.setdefault(words[0], {}).setdefault(words[1], {1}).add(len(words))
            before = known.setdefault(key, term)
            if term.kind == "trait" and before.kind == "quality":
                known[key] = replace(before, trait=True)
    return known, {
        first: {second: tuple(sorted(counts, reverse=True)) for second, counts in following.items()}
        for first, following in lengths.items()
    }


@cache
def term_openers() -> frozenset[str]:
    """The words that open a term."""
    return frozenset(key.partition(" ")[0] for key in terms()[0])


@cache
def term_keys() -> frozenset[str]:
    """The longest word of every term, which says the most: of « à l'écoute », « écoute »; of « pro tools », « tools »."""
    return frozenset(max(key.split(), key=len) for key in terms()[0])


@cache
def trait_openers() -> frozenset[str]:
    """The words that open what is said of a person."""
    return frozenset(key.split()[0] for key, term in terms()[0].items() if term.kind == "trait" or term.trait)


@cache
def quality_openers() -> frozenset[str]:
    """The words that open the name of a quality."""
    return frozenset(key.split()[0] for key, term in terms()[0].items() if term.kind == "quality")


def _loses_its_accent(phrase: str, term: Term) -> bool:
    """« organisé » without its accent is a verb."""
    return term.kind == "trait" and phrase.rstrip("es").endswith("é")


def _plain(phrase: str) -> str:
    return fold(phrase.replace("œ", "oe"))


def _entries() -> Iterator[tuple[str, Term]]:
    qualities, languages, tools, fields = (load(name) for name in ("qualities", "languages", "tools", "fields"))
    abilities = frozenset(qualities["abilities"])
    for noun in qualities["nouns"]:
        yield noun, Term("quality", noun, category="know-how" if noun in abilities else "soft")
    for table in ("phrases", "adjectives"):
        for phrase, noun in qualities[table].items():
            for form in _inflected(phrase):
                yield form, Term("trait", noun, category="know-how" if noun in abilities else "soft")
    for phrase, noun in qualities["verbs"].items():
        yield phrase, Term("doing", noun, category="know-how" if noun == phrase else "soft")
    for name in languages["names"]:
        yield name.lower(), Term("language", name)
        yield from ((f"langue {form}", Term("language", name)) for form in inflections(name) if form != name)
    yield from ((name.lower(), Term("language", name)) for name in languages["common"])
    yield from ((name.lower(), Term("tool", name)) for name in tools["names"])
    yield from ((name.lower(), Term("tool", name, cased=name)) for name in tools["cased"])
    yield from ((name.lower(), Term("machine", name)) for name in tools["common"])
    yield from ((name.lower(), Term("field", name)) for name in fields["fields"])


_BEFORE_NOUN = frozenset({"bon", "excellent", "fin"})
_FEMININE = (
    ("eux", ("euse",)),
    ("oux", ("ouce",)),
    ("if", ("ive",)),
    ("teur", ("trice", "teuse")),
    ("eur", ("euse", "eure")),
    ("el", ("elle",)),
    ("en", ("enne",)),
    ("et", ("ète", "ette")),
    ("er", ("ère",)),
    ("on", ("onne",)),
    ("il", ("ille",)),
    ("anc", ("anche",)),
    ("ec", ("ecque",)),
    ("urc", ("urque",)),
    ("e", ()),
    ("à", ()),
)


@cache
def inflections(word: str) -> tuple[str, ...]:
    """The forms of an adjective given in the masculine singular: « créatif » → créatif, créatifs, créative, créatives."""
    feminine: Iterable[str] = (word + "e",)
    for ending, endings in _FEMININE:
        if word.endswith(ending):
            feminine = [word[: len(word) - len(ending)] + e for e in endings]
            break
    plural = word[:-2] + "aux" if word.endswith("al") else word if word[-1] in "sx" else word + "s"
    return tuple(dict.fromkeys([word, plural, *feminine, *(f + "s" for f in feminine)]))


def _inflected(phrase: str) -> Iterator[str]:
    """The forms of what is said of a person: its first word inflects, and the noun after « bon » as well."""
    first, _, rest = phrase.partition(" ")
    rests = inflections(rest) if first in _BEFORE_NOUN and rest and " " not in rest else (rest,)
    for form in inflections(first):
        for ending in rests:
            yield f"{form} {ending}".strip()
