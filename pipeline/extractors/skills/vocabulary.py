"""The words of skills: lexicons → look-ups over the lower-case words of a sentence.

:func:`terms` indexes every known word or phrase by its first word; :func:`tokens` and :func:`spot` find
them in a text. Labels are those of the lexicon, but for a tool, which keeps the sheet's own spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.normal import fold

_TOKEN = re.compile(r"(?:(?<!\w)\.)?\w+(?:[-./&_]\w+)*[+#]*'?")


class Term(NamedTuple):
    """A known word or phrase.

    ``kind`` is ``quality`` (noun), ``trait`` (said of a person), ``doing`` (infinitive), ``language``,
    ``tool`` (a name), ``machine`` (a common noun for a tool) or ``field``; ``label`` names the skill;
    ``trait`` is true where the word of another kind is an adjective, too (« calme »); ``cased`` is the
    only spelling accepted, where it matters.
    """

    kind: str
    label: str
    trait: bool = False
    cased: str = ""


class Token(NamedTuple):
    """A word: its offsets, and the word in lower case (an elided one with its apostrophe)."""

    start: int
    end: int
    word: str


class Spot(NamedTuple):
    """A term found in a text: offsets, the index of its first and last token."""

    start: int
    end: int
    term: Term
    first: int
    last: int


def tokens(low: str, start: int, end: int) -> list[Token]:
    """The words of ``low[start:end]``."""
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(low, start, end)]


def spot(text: str, words: list[Token]) -> list[Spot]:
    """The terms among ``words``, the longest at each place, none overlapping; ``text`` as printed."""
    index = terms()
    found = []
    i = 0
    while i < len(words):
        entry = index.get(words[i].word)
        best = None
        for rest, term in entry or ():
            last = i + len(rest)
            if last >= len(words) or any(words[i + 1 + k].word != word for k, word in enumerate(rest)):
                continue
            if not term.cased or text[words[i].start : words[last].end] == term.cased:
                best = Spot(words[i].start, words[last].end, term, i, last)
                break
        if best is None:
            i += 1
        else:
            found.append(best)
            i = best.last + 1
    return found


@cache
def terms() -> dict[str, tuple[tuple[tuple[str, ...], Term], ...]]:
    """First word → (further words, term), the longest first; an earlier kind wins over a later one."""
    entries: dict[tuple[str, ...], Term] = {}
    for phrase, term in _entries():
        for form in {phrase, phrase if _loses_its_accent(phrase, term) else _plain(phrase)}:
            key = tuple(t.word for t in tokens(form, 0, len(form)))
            known = entries.get(key)
            if known is None:
                entries[key] = term
            elif term.kind == "trait" and known.kind == "quality":
                entries[key] = known._replace(trait=True)
    index: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for key, term in entries.items():
        if key:
            index.setdefault(key[0], []).append((key[1:], term))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in index.items()}


def _loses_its_accent(phrase: str, term: Term) -> bool:
    """« organisé » without its accent is a verb."""
    return term.kind == "trait" and phrase.rstrip("es").endswith("é")


def _plain(phrase: str) -> str:
    return fold(phrase.replace("œ", "oe"))


def _entries() -> Iterator[tuple[str, Term]]:
    qualities, languages, tools, fields = (load(name) for name in ("qualities", "languages", "tools", "fields"))
    for noun in qualities["nouns"]:
        yield noun, Term("quality", noun)
    for table in ("phrases", "adjectives"):
        for phrase, noun in qualities[table].items():
            first, _, rest = phrase.partition(" ")
            for form in inflections(first):
                yield f"{form} {rest}".strip(), Term("trait", noun)
    for phrase, noun in qualities["verbs"].items():
        yield phrase, Term("doing", noun)
    for name in languages["names"]:
        yield name.lower(), Term("language", name)
        for form in inflections(name):
            if form != name:
                yield f"langue {form}", Term("language", name)
    for name in languages["common"]:
        yield name.lower(), Term("language", name)
    for name in tools["names"]:
        yield name.lower(), Term("tool", name)
    for name in tools["cased"]:
        yield name.lower(), Term("tool", name, cased=name)
    for name in tools["common"]:
        yield name.lower(), Term("machine", name)
    for name in fields["fields"]:
        yield name.lower(), Term("field", name)


_FEMININE = (
    ("eux", ("euse",)), ("oux", ("ouce",)), ("if", ("ive",)), ("teur", ("trice", "teuse")), ("eur", ("euse", "eure")),
    ("el", ("elle",)), ("en", ("enne",)), ("et", ("ète", "ette")), ("er", ("ère",)), ("on", ("onne",)), ("il", ("ille",)),
    ("anc", ("anche",)), ("ec", ("ecque",)), ("urc", ("urque",)), ("e", ()), ("à", ()),
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


@cache
def words_of(lexicon: str, name: str) -> frozenset[str]:
    """A word list of a lexicon, in lower case."""
    return frozenset(word.lower() for word in load(lexicon)[name])


@cache
def levels() -> re.Pattern[str]:
    """The words for a level of a language, the longest first."""
    words = sorted(words_of("languages", "levels"), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@cache
def cue(role: str, category: str | None = None, requirement: str | None = None) -> re.Pattern[str]:
    """All patterns of ``lexicons/skills.toml`` with that role (and category, requirement) as one."""
    rows = [
        row["pattern"]
        for row in load("skills")["cue"]
        if row["role"] == role and category in (None, row.get("category")) and requirement in (None, row.get("requirement"))
    ]
    return re.compile("|".join(rows))


@cache
def habits() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern, label as a template for ``Match.expand``) of what the person does that shows a quality."""
    return tuple((re.compile(row["pattern"]), row["label"]) for row in load("qualities")["habit"])
