"""A sentence as the rules of skills see it: its words, the known terms among them, its verbs, where it stands.

In: the text of a sheet in normal form, the same in lower case, offsets. Out: :class:`Text`, made once a
sentence; what costs much is worked out when first asked for. What follows from a piece of text between white space
alone (its words, the patterns that it allows) is worked out once for all texts: a crawl repeats its pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from pipeline.extractors.skills.vocabulary import TOKENS, Cue, Spot, cue, marks, pattern, spot, unmarked, word_set
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, PREPOSITIONS, is_adverb
from pipeline.remembered import Remembered

_INFINITIVE = re.compile(r"(?:s'|se |ne pas |bien |ne )?([a-zà-ÿœ-]+(?:er|ir|re|oir))\b")
_OBJECT = re.compile(r" (?:le|la|les|un|une|des|du|d'|l'|en|avec|à|au|aux)\b")
_NOT_WORDS = "'’,.-():;/\"«»!?…•&+#*[]{}=|<>%€·"
_OPENS_NOUN = (DETERMINERS | PREPOSITIONS) - {"en"}
_OPENS_OBJECT = DETERMINERS - {"du", "des"}
_FINITE = frozenset({"singular", "plural", "second"})


class Place(NamedTuple):
    """Where a sentence stands: in the skills section or not, a heading, an item; what the heading or lead says of it.

    ``closed`` is true below a line that announces courses instead of skills.
    """

    skills: bool
    heading: bool = False
    item: bool = False
    category: str | None = None
    requirement: str | None = None
    closed: bool = False


class Named(NamedTuple):
    """A skill by name: offsets of its evidence, label, category, level; ``known`` where the lexicon has it."""

    start: int
    end: int
    label: str
    category: str
    level: str | None = None
    known: bool = False


class Text:
    """A sentence: as printed, in lower case (same offsets), its words and the terms among them."""

    def __init__(self, printed: str, low: str, start: int, end: int) -> None:
        self.printed, self.low, self.start, self.end = printed, low, start, end
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        at = start
        pieces = low[start:end].split()
        for piece in pieces:
            at = low.find(piece, at)
            for first, last, word in TOKENS[piece]:
                self.words.append(word)
                self.spans.append((at + first, at + last))
            at += len(piece)
        self.bits = reduce(or_, map(_ALLOWED.__getitem__, pieces), unmarked())  #: which patterns the words allow
        self.spots: list[Spot] = spot(printed, self.words, self.spans)
        self.cuts: dict[tuple[int, int], tuple[int, int]] = {}
        self._separators: list[tuple[int, int, str]] | None = None
        self._finite: list[int] | None = None
        self._verbs: list[tuple[int, int]] | None = None
        self._firsts: dict[re.Pattern[str], int] = {}

    def holds_before(self, wanted: re.Pattern[str], end: int) -> bool:
        """Whether ``wanted`` matches before ``end``; asked for many parts of one sentence, it is looked for once."""
        first = self._firsts.get(wanted)
        if first is None:
            match = wanted.search(self.low, self.start, self.end)
            first = self._firsts[wanted] = match.end() if match else self.end + 1
        return first <= end

    @property
    def separators(self) -> list[tuple[int, int, str]]:
        """Offsets of what separates the parts of an enumeration, and its last word (a comma, « et »); none within a term."""
        if self._separators is None:
            self._separators = [
                (*match.span(), match.group().split()[-1] if match.group().strip() else ",")
                for match in pattern("separator").finditer(self.low, self.start, self.end)
                if not self._in_one_term(*match.span())
            ]
        return self._separators

    def _in_one_term(self, start: int, end: int) -> bool:
        for found in self.spots:  # noqa: SIM110  a generator costs more than the loop
            if found.start < start and end <= found.end - 1:
                return True
        return False

    def matches(self, wanted: Cue, start: int, end: int) -> Iterable[re.Match[str]]:
        """The matches of a cue in ``start:end``."""
        return wanted.pattern.finditer(self.low, start, end) if self.bits & wanted.bits else ()

    def search(self, wanted: Cue, start: int, end: int) -> re.Match[str] | None:
        """The first match of a cue in ``start:end``."""
        return wanted.pattern.search(self.low, start, end) if self.bits & wanted.bits else None

    def words_in(self, start: int, end: int) -> list[str]:
        """The words of ``start:end``."""
        return [word for word, (first, _) in zip(self.words, self.spans, strict=True) if start <= first < end]

    def spot_at(self, start: int, end: int) -> Spot | None:
        """The first term that lies in ``start:end``."""
        for found in self.spots:
            if found.start >= start and found.end <= end:
                return found
        return None

    def trait_at(self, word: int) -> Spot | None:
        """What is said of a person that the word with that number belongs to."""
        return next((s for s in self.spots if s.first <= word <= s.last and (s.term.kind == "trait" or s.term.trait)), None)

    def in_term(self, place: int) -> bool:
        """Whether the character at ``place`` belongs to a known term."""
        for found in self.spots:  # noqa: SIM110  a generator costs more than the loop
            if found.start <= place < found.end:
                return True
        return False

    def opens_determined(self, start: int, end: int) -> bool:
        """Whether an article or the like opens ``start:end``."""
        return pattern("determiner").match(self.low, start, end) is not None

    @property
    def asked(self) -> bool:
        """Whether the sentence says that something is needed or welcome."""
        return self.search(cue("scope"), self.start, self.end) is not None

    @property
    def finite(self) -> list[int]:
        """Where the finite verbs begin."""
        if self._finite is None:
            forms = finite_forms()
            self._finite = [self.spans[at][0] for at, word in enumerate(self.words) if word in forms and self._is_finite(at)]
        return self._finite

    def has_verb(self, start: int, end: int, *, sure: bool = False) -> bool:
        """Whether a finite verb or its subject pronoun stands in ``start:end``.

        ``sure``: only where no noun or adjective looks so.
        """
        if self._verbs is None:
            self._verbs = [match.span() for match in pattern("verb").finditer(self.low, self.start, self.end)]
        for first, last in self._verbs:
            if start <= first and last <= end:
                return True
        return not sure and any(start <= place < end for place in self.finite)

    def states(self, start: int, end: int) -> bool:
        """Whether ``start:end`` opens with a clause: a verb stands before the first separator (« le rail ne [dort] pas »)."""
        stop = next((first for first, _, _ in self.separators if first > start + 1), end)
        return self.has_verb(start, min(stop, end))

    def _is_finite(self, place: int) -> bool:
        """Whether the word with the number ``place``, a verb form, says what somebody does.

        One that is a noun as well needs an object after it.
        """
        word = self.words[place]
        if self.in_term(self.spans[place][0]):
            return False
        before = self.words[place - 1] if place else ""
        if before in _OPENS_NOUN:
            return False
        if word not in verbs.nouns():
            return True
        after = self.words[place + 1] if place + 1 < len(self.words) else ""
        determined = after in _OPENS_OBJECT or is_adverb(after)
        return bool(before) and determined


@cache
def finite_forms() -> frozenset[str]:
    """Words that are verbs in a finite mood; « é » may have lost its accent at the head of a sentence."""
    known = [form for form, read in verbs.forms().items() if read.mood in _FINITE]
    bare = ["e" + form[1:] for form in known if form[0] == "é"]
    return frozenset(known + [form for form in bare if form not in verbs.forms()]) - word_set("no_verbs")


def spaced(low: str) -> str:
    """``low`` with a space for every mark; offsets stay."""
    for mark in _NOT_WORDS:
        low = low.replace(mark, " ")
    return low


def _allowed(piece: str) -> int:
    """The bits of the cues that the words of ``piece``, a stretch of text in lower case, allow; see :func:`marks`."""
    return reduce(or_, map(marks, spaced(piece).split()), 0)


_ALLOWED = Remembered(_allowed)


def allows(low: str, start: int, end: int, wanted: Cue) -> bool:
    """Whether ``low[start:end]`` holds a word that ``wanted`` needs."""
    return reduce(or_, map(_ALLOWED.__getitem__, low[start:end].split()), 0) & wanted.bits != 0


def is_infinitive(low: str) -> bool:
    """Whether a phrase opens with an infinitive."""
    match = _INFINITIVE.match(low)
    if match is None or match.group(1) in word_set("no_infinitives"):
        return False
    form = verbs.read(match.group(1))
    if form is not None:
        return form.mood == "infinitive"
    return match.group(1).endswith(("er", "ir")) and _OBJECT.match(low, match.end()) is not None


def opens_like_infinitive(low: str, start: int) -> bool:
    """Whether a word that ends as infinitives do opens ``low[start:]``."""
    return _INFINITIVE.match(low, start) is not None
