"""A sentence as the rules of skills see it: its words, the known terms among them, its verbs, where it stands.

In: the text of a sheet in normal form, the same in lower case, offsets. Out: :class:`Text`, made once a
sentence; what costs much is worked out when first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from pipeline.extractors.skills.vocabulary import Cue, Spot, cue, marks, pattern, spans, spot, unmarked, word_set
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, PREPOSITIONS, is_adverb

_INFINITIVE = re.compile(r"(?:s'|se |ne pas |bien |ne )?([a-zà-ÿœ-]+(?:er|ir|re|oir))\b")
_OBJECT = re.compile(r" (?:le|la|les|un|une|des|du|d'|l'|en|avec|à|au|aux)\b")
_NOT_WORDS = "'’,.-():;/\"«»!?…•&+#*[]{}=|<>%€·"
_OPENS_NOUN = (DETERMINERS | PREPOSITIONS) - {"en"}
_OPENS_OBJECT = DETERMINERS - {"du", "des"}
_FINITE = frozenset({"singular", "plural", "second"})


@dataclass(frozen=True, slots=True)
class Place:
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
        self.spans = spans(low, start, end)
        self.words = [low[first:last] for first, last in self.spans]
        self.spots: list[Spot] = spot(printed, self.words, self.spans)
        self.cuts: dict[tuple[int, int], tuple[int, int]] = {}

    @cached_property
    def separators(self) -> list[tuple[int, int, str]]:
        """Offsets of what separates the parts of an enumeration, and its last word (a comma, « et »); none within a term."""
        return [
            (*match.span(), match.group().split()[-1] if match.group().strip() else ",")
            for match in pattern("separator").finditer(self.low, self.start, self.end)
            if not any(s.start < match.start() and match.end() <= s.end - 1 for s in self.spots)
        ]

    @cached_property
    def bits(self) -> int:
        """Which patterns the words allow."""
        return allowed(spaced(self.low[self.start : self.end]))

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
        return any(s.start <= place < s.end for s in self.spots)

    def opens_determined(self, start: int, end: int) -> bool:
        """Whether an article or the like opens ``start:end``."""
        return pattern("determiner").match(self.low, start, end) is not None

    @cached_property
    def asked(self) -> bool:
        """Whether the sentence says that something is needed or welcome."""
        return self.search(cue("scope"), self.start, self.end) is not None

    @cached_property
    def finite(self) -> list[int]:
        """Where the finite verbs begin."""
        forms = finite_forms()
        return [self.spans[place][0] for place, word in enumerate(self.words) if word in forms and self._is_finite(place)]

    @cached_property
    def _verbs(self) -> list[tuple[int, int]]:
        return [match.span() for match in pattern("verb").finditer(self.low, self.start, self.end)]

    def has_verb(self, start: int, end: int, *, sure: bool = False) -> bool:
        """Whether a finite verb or its subject pronoun stands in ``start:end``.

        ``sure``: only where no noun or adjective looks so.
        """
        if any(start <= first and last <= end for first, last in self._verbs):
            return True
        return not sure and any(start <= place < end for place in self.finite)

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


def allowed(words: str) -> int:
    """The bits of the cues that ``words``, with no marks among them, allow; see :func:`marks`."""
    bits = unmarked()
    for word in words.split():
        bits |= marks(word)
    return bits


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
