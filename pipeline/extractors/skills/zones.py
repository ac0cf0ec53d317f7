"""Stretches of a clause that name skills: where they lie.

:func:`zones` finds them by the cues of ``lexicons/skills.toml``; the modules ``objects``, ``subjects`` and ``doings`` read
the skills in one. How a zone is read: ``noun`` (« la connaissance de … »), ``verb``, ``spoken`` and ``used`` (after
« maîtrise », « parle », « se sert »), ``open`` (after « telles que »), ``asked`` (after « il faut »), ``doing`` (after
« savoir »), ``subject`` (before « est indispensable »), ``tool`` and ``product`` (before what is only said of tools, of
products).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from pipeline.extractors.skills.cues import CUES, PATTERNS, WORDS, again, tool_predicate
from pipeline.extractors.skills.named import Place
from pipeline.extractors.skills.text import Text

_ABLE = ("sachant", "capable", "apte")
_HAVING = frozenset({"a", "ont", "avez", "aura", "avoir", "ayant"})  # « a également recours à la danse » asks for nothing
_KNOWN_FOR = ("as ", "à l'aise", "familiè", "familie", "féru", "incollab", "formé", "ma")
_SPEAKING = ("parl", "lire", "pratiqu", "sa")
_USED = ("se ser", "mani")
_NOUNS = frozenset({"maitrise", "maîtrise", "pratique"})
_NOUN = re.compile(r"(?:\b(?:bonne|cette|de|excellente|la|leur|parfaite|sa|une|votre) |\bd')$")
_ARTICLE = re.compile(r"\b(?:un|une|le|la|les)\b(?! plus| atout| bienvenu)")
_WHEREAS = re.compile(r", (?:(?:alors|tandis) qu(?:e |')|quand )")
_ADVERB = re.compile(
    r" (?:pas|plus|guère|à (?:fond|la perfection|merveille)|aussi(?! bien)|bien|comme personne|couramment|déjà|également|"
    r"les yeux fermés|sans (?:y )?\w+|sur le bout des doigts|toujours|\w{3,20}ment)(?= )"
)
_MUST = re.compile(r"\b(?:doi(?:t|vent)|devr(?:a|ont)|faut) (?:\w+ )?$")
_BEFORE, _COPULA_BEFORE = 12, 45  # characters before a cue that are looked at
#: What stands for a whole predicate: « l'anglais est exigé, l'espagnol [aussi] ».
_ELIDED = frozenset(
    {"aussi", "autant", "de même", "également", "itou", "pareillement", "plus encore", "presque autant", "tout autant"}
)
_BESIDES = re.compile(r"sans (?:oublier|compter|négliger|(?:même )?parler(?= d))")
_NEVER_WITHOUT = re.compile(r"\b(?:aucune?|jamais|nul|pas|personne|point|rien) [^.;:]{0,60}?\bsans(?= )")
_BY_HAND = ("en main", "é", "ée", "ées", "és")
_TWO = 2
_OPENING = ("doing", "such-as", "knowing-verb", "knowing-noun", "quality-head", "predicate", "asking-verb")


@dataclass(slots=True, eq=False)
class Zone:
    """Offsets of a stretch that names skills, the rule that found it, and how to read it."""

    start: int
    end: int
    rule: str
    how: str


def zones(text: Text, start: int, end: int, place: Place) -> Iterator[Zone]:
    """The zones of the clause ``start:end``, those of surer cues first."""
    if place.skills:
        yield from _without(text, start, end)
    if not text.bits & _bits():
        return
    asked = place.skills or text.search(CUES["scope"], start, end) is not None
    for match in text.matches(CUES["doing"], start, end):
        if asked or match.group().startswith(_ABLE):
            yield Zone(match.end(), end, "doing", "doing")
    for match in text.matches(CUES["such-as"], start, end):
        yield Zone(match.end(), end, "such-as", "open")
    for match in text.matches(CUES["knowing-verb"], start, end):
        if match.group() in _NOUNS and _NOUN.search(text.low, max(start, match.start() - _BEFORE), match.start()):
            continue  # « la maîtrise de … » is read as a noun
        known = match.group().startswith(_KNOWN_FOR) or (asked and _demands(text, match))
        if place.skills or known:
            yield Zone(_past_adverb(text, match.end()), end, "knowing-verb", _known_how(match.group()))
    yield from _knowing(text, start, end, place)
    if asked:
        yield from _asked(text, start, end)


def _without(text: Text, start: int, end: int) -> Iterator[Zone]:
    """What a clause opens with that there is no doing without: « [Sans] anglais, point d'embauche. »."""
    first = _past_blanks(text, start)
    besides = _BESIDES.match(text.low, first, end)
    if besides is not None:  # « Sans oublier le sens de l'écoute et le tact. »
        yield Zone(besides.end(), end, "without", "asked")
    elif text.low.startswith("sans ", first) or (text.low.startswith("outre ", first) and text.asked):
        yield Zone(text.low.index(" ", first), max(text.low.find(",", first, end), first), "without", "asked")
    elif text.low.find(" sans ", first, end) >= 0 and (never := _NEVER_WITHOUT.search(text.low, first, end)) is not None:
        yield Zone(never.end(), end, "without", "asked")  # « Pas de bon guide [sans] anglais ni latin. »


def _demands(text: Text, verb: re.Match[str]) -> bool:
    """Whether what is asked for is what the verb knows; rules are respected where one must: « doit respecter les règles … »."""
    if not verb.group().startswith("respect"):
        return True
    return _MUST.search(text.low, max(text.start, verb.start() - _BEFORE), verb.start()) is not None


def _asked(text: Text, start: int, end: int) -> Iterator[Zone]:
    """The zones of a clause that asks for something."""
    for match in text.matches(CUES["quality-head"], start, end):
        if not _complements(text, start, match.start()):
            yield Zone(match.start(), end, "quality", "noun")
    yield from _subjects_of(text, start, end)
    inverted = CUES["inverted-predicate"]
    if text.bits & inverted.bits and (opening := inverted.pattern.match(text.low, _past_blanks(text, start), end)):
        yield Zone(opening.end(), end, "predicate", "verb")
    for match in text.matches(CUES["asking-verb"], start, end):
        first = match.end() if match.group() in _HAVING else _past_asking_adverbs(text, match.end(), end)
        yield Zone(first, end, "asking-verb", "asked")


def _past_blanks(text: Text, start: int) -> int:
    """Where the first word or mark from ``start`` on begins."""
    while text.low[start : start + 1].isspace():
        start += 1
    return start


def _past_adverb(text: Text, start: int) -> int:
    """Where the object begins: « connaît [parfaitement] les normes »."""
    adverb = _ADVERB.match(text.low, start, text.end)
    return adverb.end() if adverb else start


def _known_how(verb: str) -> str:
    """How what stands after a verb of knowing is read."""
    if verb.startswith(_USED):
        return "used"
    return "spoken" if verb.startswith(_SPEAKING) else "verb"


def _past_asking_adverbs(text: Text, start: int, end: int) -> int:
    """Where the object of an asking verb begins: « il faut [encore, bien sûr,] de l'humour »."""
    for _ in range(_TWO):
        adverb = PATTERNS["asked-adverb"].match(text.low, start, end)
        if adverb is None:
            return start
        start = adverb.end()
    return start


@cache
def _bits() -> int:
    """The bits of the cues that open a zone."""
    return reduce(or_, (CUES[role].bits for role in _OPENING))


def _knowing(text: Text, start: int, end: int, place: Place) -> Iterator[Zone]:
    """« la connaissance de … » to the end; « ses connaissances juridiques » alone."""
    low = text.low
    for match in text.matches(CUES["knowing-noun"], start, end):
        if match.group().startswith("celle") and not _takes_up_knowing(text, match.start()):
            continue
        if match.group() == "respect" and not place.skills:
            continue  # « dans le respect des règles de sécurité » says how work is done
        if text.match(CUES["knowing"], match.start(), end):
            yield Zone(match.start(), end, "knowing-noun", "noun")
            continue
        own = PATTERNS["own-knowing"].match(low, match.start(), end)
        if own and (place.skills or PATTERNS["own-knowing-opener"].search(low[start : match.start()])):
            yield Zone(match.start(), own.end(), "knowing-noun", "noun")


def _takes_up_knowing(text: Text, start: int) -> bool:
    """Whether « celle » at ``start`` stands for knowing something: « la maîtrise d'Excel et [celle] de Word »."""
    if start == text.start:
        return True
    known = any(text.search(CUES[role], text.start, start) is not None for role in ("knowing-noun", "knowing-verb"))
    return known and not text.low.endswith(("est ", "sont "), text.start, start)


def _complements(text: Text, start: int, head: int) -> bool:
    """Whether « de » leads from another noun to the quality at ``head``."""
    if text.low[head - _TWO : head] == "d'":
        return True
    before = text.low[max(start, head - _BEFORE) : head].split()
    if not before or before[-1] not in {"de", "du", "des"}:
        return False
    return len(before) < _TWO or before[-2] not in WORDS["before_complement"]


def _subjects_of(text: Text, start: int, end: int) -> Iterator[Zone]:
    """What stands before « est indispensable », « s'impose », back to what the predicate before it is said of."""
    predicates = text.matches(CUES["predicate"], start, end)
    for number, match in enumerate(predicates, 1):
        if text.match(again(), match.start(), end):
            if match.group() in _ELIDED and not _predicated(text, match.start()):
                continue
            copula = None
        else:
            copula = PATTERNS["predicate-copula"].search(text.low, max(start, match.start() - _COPULA_BEFORE), match.start())
            if copula is None and not PATTERNS["verbal-predicate"].match(match.group()):
                continue
        stop = copula.start() if copula else match.start()
        welcome = match.group().startswith("bienvenu")  # « est la bienvenue »
        if (welcome or not _ARTICLE.search(text.low[stop : match.start()])) and not text.search(CUES["studies"], start, stop):
            yield Zone(start, stop, "predicate", _how_said(text, match))
            another = text.search(CUES["likewise"], match.end(), end)
            if another is not None:
                yield Zone(another.end(), end, "predicate", "subject")
            start = _next_subject(text, match.end(), predicates[number].start() if number < len(predicates) else end)
            whereas = _WHEREAS.match(text.low, start, end)
            start = whereas.end() if whereas else start


def _how_said(text: Text, predicate: re.Match[str]) -> str:
    """How the subject of a predicate is read: as any, as a tool (« se prend en main »), as a product by its capital."""
    if not text.match(tool_predicate(), predicate.start(), predicate.end()):
        return "subject"
    return "tool" if predicate.group().endswith(_BY_HAND) else "product"


def _predicated(text: Text, end: int) -> bool:
    """Whether something is said of a skill before ``end``: that it is needed, welcome, or learnt."""
    said = text.matches(CUES["predicate"], text.start, end)
    return any(text.match(again(), match.start(), end) is None for match in said)


def _next_subject(text: Text, start: int, end: int) -> int:
    """Where the subject of the predicate at ``end`` may begin: after a comma, else after « et »."""
    comma = text.low.find(", ", start, end)
    if comma >= 0:
        return comma
    return next((first for first, _, _ in text.separators if start <= first < end), start)
