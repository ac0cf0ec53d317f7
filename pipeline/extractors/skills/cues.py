"""The patterns and word lists of skills, from the lexicons.

:data:`CUES` gives the patterns of ``lexicons/skills.toml``. Few of them can match in a sentence, and only from
few of its words: a pattern has a bit, :data:`MARKS` tells which of them a piece of text between blanks allows at all,
:func:`openings_of` which of them may match from each of its words on.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, reduce
from operator import or_
from typing import NamedTuple, TypeAlias

from pipeline.beginnings import ANY, beginnings, signs_of
from pipeline.french.openings import BEFORE_WORD, holds, trie
from pipeline.lexicons import load
from pipeline.remembered import Remembered

_TECHNICAL = re.compile(r"\btechniques?\b|(?<=à )maîtriser\b|(?<=faut )maîtriser\b")
_AND = re.compile(r" et |[&/,]")
_RUN = re.compile(r"\w+")
_NOT_WORDS = "'’,.-():;/\"«»!?…•&+#*[]{}=|<>%€·"


def _words_of(place: str) -> frozenset[str]:
    lexicon, _, name = place.partition(".")
    return frozenset(word.lower() for word in load(lexicon)[name])


#: Lexicon and table (« fields.heads ») → its words, in lower case.
LISTS = Remembered(_words_of)


@cache
def levels() -> re.Pattern[str]:
    """The words for a level of a language, the longest first."""
    words = sorted(LISTS["languages.levels"], key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


#: Patterns one by one, each with its bit.
Rows: TypeAlias = tuple[tuple[int, re.Pattern[str]], ...]


class Cue(NamedTuple):
    """The patterns of a role as one, and the bits of :data:`MARKS` of which a sentence must have one.

    ``rows`` are the patterns one by one where there are several: of many, few may begin at a word.
    """

    pattern: re.Pattern[str]
    bits: int
    rows: Rows = ()


@cache
def cue(role: str, category: str | None = None, requirement: str | None = None) -> Cue:
    """All patterns of ``lexicons/skills.toml`` with that role (and category, requirement) as one."""
    rows = [
        (1 << number, row)
        for number, row in enumerate(load("skills")["cue"])
        if row["role"] == role and category in (None, row.get("category")) and requirement in (None, row.get("requirement"))
    ]
    single = tuple((bit, re.compile(row["pattern"])) for bit, row in rows) if len(rows) > 1 else ()
    return Cue(re.compile("|".join(row["pattern"] for _, row in rows)), sum(bit for bit, _ in rows), single)


#: Role → its patterns as one with the bits, or to be run whatever the words are.
CUES = Remembered(cue)
PATTERNS = Remembered(lambda role: cue(role).pattern)
#: Name of a list of ``lexicons/skills.toml`` → its words.
WORDS = Remembered(lambda name: frozenset(load("skills")["words"][name].split()))


def _marks(piece: str) -> int:
    """The bits of the patterns of which ``piece``, a stretch of text in lower case, holds a trigger or sign."""
    triggers, longest, signs = _triggers()
    bits = 0
    for word in _plain_words(piece):
        for form in (word + " ", word + "'"):
            for length in range(1, min(len(form), longest) + 1):
                bits |= triggers.get(form[:length], 0)
    alone, plain = f" {piece} ", f" {' '.join(piece.split())} "  # a line's end is white space as well as a sign
    for sign, marked in signs:
        if sign in alone or sign in plain:
            bits |= marked
    return bits | habit_bit() if holds(piece, _hinting()) else bits


#: Piece of a text between blanks → the bits of the patterns that it allows.
MARKS = Remembered(_marks)


@cache
def habit_bit() -> int:
    """The bit of a piece that may belong to a hint of a habit; those of the patterns are below."""
    return 1 << len(load("skills")["cue"])


@cache
def _hinting() -> tuple[str, ...]:
    """The longest word of each hint: what a piece holds of it, wherever its blanks are."""
    return tuple({max(hint.split(), key=len) for habit in habits() for hint in habit.hints})


def _plain_words(piece: str) -> list[str]:
    """The words of ``piece`` without the marks among them."""
    for mark in _NOT_WORDS:
        piece = piece.replace(mark, " ")
    return piece.split()


@cache
def _triggers() -> tuple[dict[str, int], int, tuple[tuple[str, int], ...]]:
    """(Beginning of a word → bits of the patterns that it triggers; the length of the longest; signs, and their bits)."""
    triggers: dict[str, int] = {}
    signs: dict[str, int] = {}
    for number, row in enumerate(load("skills")["cue"]):
        for known, named in ((triggers, "triggers"), (signs, "signs")):
            for beginning in row.get(named, ()):
                known[beginning] = known.get(beginning, 0) | 1 << number
    return triggers, max(map(len, triggers)), tuple(signs.items())


#: Roles of patterns that may begin with a mark or blank, or with any word.
_MARKS = frozenset(("boundary", "future", "segment", "separator", "tail-future", "tail-mark"))


@cache
def unmarked() -> int:
    """The bits of the patterns without triggers and signs."""
    return sum(1 << number for number, row in enumerate(load("skills")["cue"]) if not ("triggers" in row or "signs" in row))


@cache
def sought_bits() -> int:
    """The bits of the patterns that are looked for at the words where they may begin."""
    marks = sum(1 << number for number, row in enumerate(load("skills")["cue"]) if row["role"] in _MARKS)
    return ~unmarked() & ~marks & ~habit_bit()


def openings_of(piece: str) -> tuple[tuple[int, int], ...]:
    """(Offset, bits of the patterns that may match from there on) of every word in ``piece``."""
    return tuple((word.start(), _bits_begun(piece[word.start() :] + " ")) for word in _RUN.finditer(piece))


def _bits_begun(beginning: str) -> int:
    """The bits of the patterns that may match where a text begins so; all of them where it begins with no word."""
    if _RUN.match(beginning) is None:
        return -1
    signs, begun = signs_of(beginning), _begun()
    return reduce(or_, (begun.get(signs[:length], 0) for length in range(len(signs) + 1)))


#: The first characters of a text → the bits of the patterns that may match there.
BEGUN = Remembered(_bits_begun)


@cache
def _begun() -> dict[str, int]:
    """Signs of the first characters of what patterns match → bits of the patterns; of the next word nothing is known."""
    begun: dict[str, int] = {}
    for number, row in enumerate(load("skills")["cue"]):
        for beginning in beginnings(row["pattern"]):
            known = beginning.partition(ANY)[0]
            for told in {known, *(known[: at + 1] for at, sign in enumerate(known) if sign == " ")}:
                begun[told] = begun.get(told, 0) | 1 << number
    return begun


@cache
def _asking() -> re.Pattern[str]:
    # What stands before a word is matched, too, and its first letters are looked at first: the engine skips to both.
    words = PATTERNS["asking"].pattern
    return re.compile(f"{BEFORE_WORD}(?={trie(sorted(beginnings(words, sign=str)))}){words}")


def asking_places(low: str, start: int, end: int) -> list[int]:
    """Where in ``low[start:end]`` the cue `asking` matches, in reading order."""
    return [match.start() + 1 for match in _asking().finditer(low, max(start - 1, 0), end)]


@lru_cache(maxsize=4096)
def lead_category(words: str) -> str | None:
    """The category that a lead or sub-heading gives to the list below it: « Savoir-être » → soft.

    One that names two kinds (« Savoirs et outils ») tells of neither which it is.
    """
    named = {_first_category(part) for part in _AND.split(words)} - {None}
    return "technical" if len(named) > 1 or (not named and _TECHNICAL.search(words)) else _first_category(words)


def _first_category(words: str) -> str | None:
    for category in ("soft", "know-how", "language", "tool", "knowledge"):
        if cue("lead", category).pattern.search(words):
            return category
    return None


@cache
def strengths(role: str) -> tuple[tuple[str, Cue], ...]:
    """How strongly a sentence asks for something, and the patterns of a role that say so."""
    return tuple((strength, cue(role, requirement=strength)) for strength in ("required", "appreciated"))


@cache
def again() -> Cue:
    """The predicates that take up what another says: « l'espagnol ne l'est pas moins »."""
    return cue("predicate", requirement="inherited")


@cache
def tool_predicate() -> Cue:
    """The predicates that say of their subjects that they are tools: « sont ses logiciels », « se prend en main »."""
    return cue("predicate", category="tool")


class Habit(NamedTuple):
    """What the person does that shows a quality; ``label`` is a template for ``Match.expand``."""

    pattern: re.Pattern[str]
    label: str
    category: str
    hints: tuple[str, ...]


@cache
def habits() -> tuple[Habit, ...]:
    """The habits of ``lexicons/qualities.toml``."""
    return tuple(
        Habit(re.compile(row["pattern"]), row["label"], row.get("category", "soft"), tuple(row["hints"]))
        for row in load("qualities")["habit"]
    )
