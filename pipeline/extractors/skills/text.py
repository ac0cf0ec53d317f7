"""A sentence as the rules of skills see it: its words, the known terms among them, its verbs, where it stands.

In: the text of a sheet in normal form, the same in lower case, offsets. Out: :class:`Text`, made once a
sentence; what costs much is worked out when first asked for. What follows from a piece of text between white space
alone (its words, the patterns that it allows) is worked out once for all texts: a crawl repeats its pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from pipeline.beginnings import LONGEST as LONGEST_BEGINNING
from pipeline.extractors.skills.cues import BEGUN, CUES, WORDS, Cue, Rows, sought_bits, unmarked
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.pieces import PIECES, pieces_of
from pipeline.extractors.skills.terms import Spot, terms
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, PREPOSITIONS, is_adverb
from pipeline.french.occupations import is_head

_OPENS_NOUN = (DETERMINERS | PREPOSITIONS) - {"en"}
_OPENS_OBJECT = DETERMINERS - {"du", "des"}
_REFLEXIVE = frozenset({"s'", "se"})
_CLITIC_OBJECTS = frozenset({"l'", "la", "le", "les", "leur"})
_SUBJECTS = frozenset({"cela", "chacun", "personne", "rien", "tout", "ça"})
_HOW_MUCH = frozenset({"autant", "beaucoup", "davantage", "énormément"})
_AFTER_VERB = PREPOSITIONS - {"de", "d'"}
_LEADS_TO_INFINITIVE = frozenset({"à", "de", "d'"})
_PARTITIVE = frozenset({"la", "l'"})
_REMAINS = frozenset({"reste", "restent"})
_ALONE = (1,)
_FINITE = frozenset({"singular", "plural", "second"})


class Text:
    """A sentence: as printed, in lower case (same offsets), its words and the terms among them."""

    #: Worked out when first asked for.
    _separators: list[tuple[int, int, str]] | None = None
    _boundaries: list[tuple[int, int]] | None = None
    _finite: list[int] | None = None

    def __init__(self, printed: str, low: str, start: int, end: int) -> None:
        self.printed, self.low, self.start, self.end = printed, low, start, end
        words: list[str] = []
        starts: list[int] = []
        openings: list[tuple[int, int]] = []
        openers: list[int] = []  # the numbers of the words that may open a term
        allowed, at = unmarked(), start
        for piece in pieces_of(low, start, end):
            bits, forms, offsets, opening_terms, begun = PIECES[piece]
            allowed |= bits
            for number in opening_terms:  # of none or one, as the next: a comprehension costs more than the loop
                openers.append(len(words) + number)  # noqa: PERF401
            words += forms
            for offset in offsets:
                starts.append(at + offset)  # noqa: PERF401
            for offset, bits in begun:
                openings.append((at + offset, bits))
            at += len(piece) + 1
        sought = allowed & sought_bits()
        self.words, self.starts = words, starts  #: the offset of each word
        #: Where patterns that are sought at words may begin, and the bits of those.
        self._openings: list[tuple[int, int]] = []
        #: The bits of the patterns that may match: some word allows them, and those sought at words have one to begin with.
        self.bits = allowed ^ sought
        for at, opening in openings:
            bits = opening & sought
            if bits:
                self._openings.append((at, bits))
                self.bits |= bits
        #: Whether a name may stand in it: a letter after the first is a capital.
        self.capitals = printed[start + 1 : end] != low[start + 1 : end]
        #: Offset of each known term → the term: the longest of each, none overlapping, in reading order.
        self.spots: dict[int, Spot] = self._spots(openers)
        self.cuts: dict[tuple[int, int], tuple[int, int]] = {}
        self._firsts: dict[re.Pattern[str], int] = {}

    def after(self, number: int) -> int:
        """The offset after the word with that number."""
        return self.starts[number] + len(self.words[number])

    def _spots(self, openers: list[int]) -> dict[int, Spot]:
        words, starts = self.words, self.starts
        found: dict[int, Spot] = {}
        known, lengths = terms()
        after, last = 0, len(words) - 1
        for first in openers:
            if first < after:
                continue
            word = words[first]
            following = lengths.get(word)
            several = following and first < last and following.get(words[first + 1])
            for length in several or _ALONE:
                stop = first + length
                term = known.get(" ".join(words[first:stop]) if length > 1 else word)
                if term is None or stop > len(words):
                    continue
                start, end = starts[first], starts[stop - 1] + len(words[stop - 1])
                if term.cased and self.printed[start:end] != term.cased:
                    continue
                found[start] = Spot(start, end, term, first, stop - 1)
                after = stop
                break
        return found

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
            pattern, bits, _ = CUES["separator"]
            self._separators = []
            for match in pattern.finditer(self.low, self.start, self.end) if self.bits & bits else ():
                start, end = match.span()
                if not self._in_one_term(start, end):
                    words = match.group().split()
                    self._separators.append((start, end, words[-1] if words else ","))
        return self._separators

    @property
    def boundaries(self) -> list[tuple[int, int]]:
        """Offsets of what ends a clause."""
        if self._boundaries is None:
            boundary = CUES["boundary"]
            self._boundaries = (
                [match.span() for match in boundary.pattern.finditer(self.low, self.start, self.end)]
                if self.bits & boundary.bits
                else []
            )
        return self._boundaries

    def _in_one_term(self, start: int, end: int) -> bool:
        for found in self.spots.values():  # noqa: SIM110  a generator costs more than the loop
            if found.start < start and end <= found.end - 1:
                return True
        return False

    def matches(self, wanted: Cue, start: int, end: int) -> Sequence[re.Match[str]]:
        """The matches in ``start:end`` of a cue that begins at a word."""
        pattern, bits, rows = wanted
        if not self.bits & bits:
            return ()
        found: list[re.Match[str]] = []
        for at, opening in self._openings:
            if opening & bits and start <= at < end:
                match = self._first(rows, opening, at, end) if rows else pattern.match(self.low, at, end)
                if match is not None:
                    found.append(match)
                    start = match.end()
        return found

    def search(self, wanted: Cue, start: int, end: int) -> re.Match[str] | None:
        """The first match in ``start:end`` of a cue that begins at a word."""
        pattern, bits, rows = wanted
        if self.bits & bits:
            for at, opening in self._openings:
                if opening & bits and start <= at < end:
                    match = self._first(rows, opening, at, end) if rows else pattern.match(self.low, at, end)
                    if match is not None:
                        return match
        return None

    def _first(self, rows: Rows, opening: int, start: int, end: int) -> re.Match[str] | None:
        """The match at ``start`` of the first of many patterns, of which those are tried that ``opening`` allows."""
        for bit, pattern in rows:
            if opening & bit:
                match = pattern.match(self.low, start, end)
                if match is not None:
                    return match
        return None

    def match(self, wanted: Cue, start: int, end: int) -> re.Match[str] | None:
        """The match of a cue at ``start``."""
        begun = BEGUN[self.low[start : start + LONGEST_BEGINNING]]
        return wanted.pattern.match(self.low, start, end) if begun & wanted.bits else None

    def begun(self, start: int) -> int:
        """The bits of the patterns that may match at ``start``."""
        return BEGUN[self.low[start : start + LONGEST_BEGINNING]]

    def words_in(self, start: int, end: int) -> list[str]:
        """The words of ``start:end``."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def spot_at(self, start: int, end: int) -> Spot | None:
        """The first term that lies in ``start:end``."""
        for found in self.spots.values():
            if found.start >= start and found.end <= end:
                return found
        return None

    def trait_at(self, word: int) -> Spot | None:
        """What is said of a person that the word with that number belongs to."""
        return next(
            (s for s in self.spots.values() if s.first <= word <= s.last and (s.term.kind == "trait" or s.term.trait)), None
        )

    def in_term(self, place: int) -> bool:
        """Whether the character at ``place`` belongs to a known term."""
        for found in self.spots.values():  # noqa: SIM110  a generator costs more than the loop
            if found.start <= place < found.end:
                return True
        return False

    def opens_determined(self, start: int, end: int) -> bool:
        """Whether an article or the like opens ``start:end``."""
        return self.match(CUES["determiner"], start, end) is not None

    @property
    def asked(self) -> bool:
        """Whether the sentence says that something is needed or welcome."""
        return self.search(CUES["scope"], self.start, self.end) is not None

    @property
    def finite(self) -> list[int]:
        """Where the finite verbs begin."""
        if self._finite is None:
            forms = finite_forms()
            self._finite = [self.starts[at] for at, word in enumerate(self.words) if word in forms and self._is_finite(at)]
        return self._finite

    def has_verb(self, start: int, end: int, *, sure: bool = False) -> bool:
        """Whether a finite verb or its subject pronoun stands in ``start:end``.

        ``sure``: only where no noun or adjective looks so.
        """
        pattern, bits, _ = CUES["verb"]
        if self.bits & bits:
            for at, opening in self._openings:
                if opening & bits and start <= at < end:
                    match = pattern.match(self.low, at, self.end)  # what comes after ``end`` may decide
                    if match is not None and match.end() <= end:
                        return True
        future, bits, _ = CUES["future"]
        if self.bits & bits and future.search(self.low, start, end):
            return True
        if not sure:
            for place in self.finite:
                if start <= place < end:
                    return True
        return False

    def states(self, start: int, end: int) -> bool:
        """Whether ``start:end`` opens with a clause: a verb stands before the first separator (« le rail ne [dort] pas »)."""
        for first, _, _ in self.separators:
            if first > start + 1:
                end = min(first, end)
                break
        return self.has_verb(start, end)

    def _is_finite(self, place: int) -> bool:
        """Whether the word with the number ``place``, a verb form, says what somebody does.

        One that is a noun as well needs an object after it.
        """
        word = self.words[place]
        before = self.words[place - 1] if place else ""
        object_ = before in WORDS["light_verbs"] and word in WORDS["objects"]  # « rendre [compte] »
        if before in _REFLEXIVE or object_ or self.in_term(self.starts[place]):
            return before in _REFLEXIVE
        nominal = word in verbs.nouns()
        if before in _OPENS_NOUN:  # « l'attendent » has an object before it
            return before in _CLITIC_OBJECTS and not nominal
        if not nominal or word in _REMAINS:  # « lire une partition [reste] apprécié »
            return True
        return bool(before) and self._is_governed(place, before)

    def _is_governed(self, place: int, before: str) -> bool:
        """Whether the words beside a verb form that is a noun as well show it to be a verb."""
        after = self.words[place + 1] if place + 1 < len(self.words) else ""
        if before in _SUBJECTS or after in _HOW_MUCH:  # « tout [passe] par … », « la solidité du dos [compte] autant »
            return True
        following = next(iter(self.words[place + 2 : place + 3]), "")
        partitive = after == "de" and following in _PARTITIVE
        if (after in DETERMINERS or partitive) and is_head(before):  # « le menuisier pose des fenêtres »
            return True
        if after in _LEADS_TO_INFINITIVE and is_infinitive(following):  # « l'observation [aide] à repérer les malades »
            return self.low[self.after(place - 1) : self.starts[place]] == " "
        if after in _AFTER_VERB and any(s.last == place - 1 and s.term.kind == "quality" for s in self.spots.values()):
            return self.low[self.after(place - 1) : self.starts[place]] == " "  # « la bonne humeur [compte] pour beaucoup »
        return after in _OPENS_OBJECT or is_adverb(after)


@cache
def finite_forms() -> frozenset[str]:
    """Words that are verbs in a finite mood; « é » may have lost its accent at the head of a sentence."""
    known = [form for form, read in verbs.forms().items() if read.mood in _FINITE]
    bare = ["e" + form[1:] for form in known if form[0] == "é"]
    return frozenset(known + [form for form in bare if form not in verbs.forms()]) - WORDS["no_verbs"]
