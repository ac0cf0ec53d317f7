"""A clause of a job sheet → the skills that it asks for.

:func:`read` takes a sentence and what its place in the sheet says of it (:class:`~pipeline.extractors.skills.text.Place`),
and yields the skills named in it, each with the rule that read it. A clause without a verb in a skills section is a list of
skills; elsewhere a cue of ``lexicons/skills.toml`` must ask for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from pipeline.extractors.skills import headings
from pipeline.extractors.skills.cues import CUES, PATTERNS, WORDS, habit_bit, habits, lead_category
from pipeline.extractors.skills.demands import demands, requirement
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.kinds import bracketed
from pipeline.extractors.skills.named import Named, Place
from pipeline.extractors.skills.names import name
from pipeline.extractors.skills.objects import in_zone
from pipeline.extractors.skills.persons import is_apposed
from pipeline.extractors.skills.phrases import Element, continued, continues, elements, shared, trimmed
from pipeline.extractors.skills.products import describes, done_with, is_kind_of, product
from pipeline.extractors.skills.statements import asks, stated
from pipeline.extractors.skills.text import Text
from pipeline.extractors.skills.zones import zones

#: Where the clause of a negation may begin.
_OPENS_CLAUSE = re.compile(r"[,;:.(]|\b(?:car|comment|dont|lorsque?|où|parce|pourquoi|puisque?|quand|qu[ei']|qui)\b")
_STOP = re.compile(r"[,;:.)]")
#: What takes up infinitives as skills: « : cela s'apprend », but not « : tout cela exige du tact ».
_ALL_OF_IT = re.compile(
    r" : (?:autant d|c'est |(?:tout )?(?:cela|ça) (?!demande|exige|implique|nécessite|réclame|requiert|suppose)|rien de |voilà)"
)
_TAKES_UP = re.compile(r"\s*autant d[e']")  # « Autant d'atouts … » sums up what was named
_NO_BOUNDARY = ("contrairement", "au contraire", "à la diff")
_LONGEST_LEAD, _SHORT_LEAD = 7, 3  # words before a colon
_LONGEST_OPENING = 12  # characters before a predicate that stands first: « Sont enfin exigés : »
#: Zones that a part of a sentence has at most: each is read to the end, so that more would take the square of a list.
MOST_ZONES = 24


#: A part of a sentence between colons and semicolons: its offsets, the category that a lead gives it (« Langues : »), or
#: `listed` where a lead announces skills of any kind, `told` where it only explains what stands before the colon.
Segment: TypeAlias = tuple[int, int, str | None]


#: A skill read from a clause, how strongly it is asked for, and the rule that read it.
Skillful: TypeAlias = tuple[Named, str | None, str]


def read(text: Text, place: Place) -> list[Skillful]:
    """The skills that a sentence asks for, in reading order, none overlapping."""
    masked = _masked(text)
    taken = list(masked)
    found: list[tuple[Named, str]] = []
    for part in segments(text, place):
        for one in _segment(text, part, place, masked, taken):
            for named in done_with(text, one[0]):
                if not _overlaps(taken, named.start, named.end):
                    taken.append((named.start, named.end))
                    found.append((named, one[1]))
    found.sort(key=_start)
    skills = []
    demanding = demands(text)
    for number, (named, rule) in enumerate(found, 1):
        if number < len(found) and is_kind_of(text, named, found[number][0]):
            continue
        asked = requirement(text, named, place) if demanding and rule != "apposed" else place.requirement
        skills.append((named, asked, rule))
    return skills


def _start(one: tuple[Named, str]) -> int:
    return one[0].start


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    for first, after in spans:  # noqa: SIM110  a generator costs more than the loop
        if start < after and first < end:
            return True
    return False


def _segment(
    text: Text, part: Segment, place: Place, masked: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> Iterable[tuple[Named, str]]:
    """What a part of a sentence names, by the surest rule first."""
    start, end, hint = part
    if place.heading:
        if not headings.names_something(text, start, end):
            return []
        led = headings.leads_on(text, start, end)
        listed = _listed(text, start, end, hint, strict=not led, bare=led)
        habit = [(named, "heading") for named in _habits(text, start, end)]
        return habit or [(named, "heading") for named in headings.headed(text, start, end, listed, led=led)]
    if text.search(CUES["studies"], start, end):
        hint = None
        if not text.has_verb(start, end):
            return ()
    if hint == "told":
        if text.spot_at(start, end) is None:
            return _said(text, part, place, masked, taken)
        hint = None
    if hint == "listed" and text.states(start, end):
        hint = None
    elif hint is not None and hint != "listed" and _is_said_of_them(text, start, end):
        hint, place = None, replace(place, category=hint)
        part = (start, end, None)
    asks_reader = text.low.endswith("?", start, end)  # « Son atout ? » names none
    if hint == "listed" or (place.skills and not asks_reader and _is_list(text, start, end, hint, place)):
        hint = hint or place.category
        bare = place.item or hint is not None or _is_taken_up(text, start, end)
        listed = _listed(text, start, end, hint, strict=False, bare=bare)
        return [(named, "list") for named in listed]
    return _said(text, part, place, masked, taken)


def _is_taken_up(text: Text, start: int, end: int) -> bool:
    """Whether what one does is taken up as a whole: « Poser un diagnostic, rassurer [: cela s'apprend] »."""
    return _ALL_OF_IT.match(text.low, end, text.end) is not None and is_infinitive(text.low[start:end].lstrip())


def _said(
    text: Text, part: Segment, place: Place, masked: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> Iterator[tuple[Named, str]]:
    """What a clause names in running words."""
    start, end, _ = part
    for zone in islice(zones(text, start, end, place), MOST_ZONES):
        if not any(s < zone.start < e for s, e in masked):
            for named in in_zone(text, zone, place):
                yield named, zone.rule
    if place.skills or text.asked:
        for named in bracketed(text, start, end):
            yield named, "bracketed"
    if place.skills:
        for named in _habits(text, start, end):
            yield named, "habit"
    yield from _stated(text, start, end, place, taken)


def _stated(text: Text, start: int, end: int, place: Place, taken: list[tuple[int, int]]) -> Iterator[tuple[Named, str]]:
    """The known terms of a clause that stand in running words; one that is ``taken`` by then is not looked at again."""
    for one in text.spots.values():
        if not start <= one.start < end or _overlaps(taken, one.start, one.end) or asks(text, one, start):
            continue
        said = stated(text, one, place, start)
        if said is None:
            continue
        yield said, "apposed" if is_apposed(text, one, place, start) else f"stated-{said.category}"
        if said.label.startswith("résistance "):  # « résister au stress [et à la pression] »
            beside = next(iter(elements(text, said.end, end)), None)
            split = shared(text, beside, said) if beside is not None and beside.before in {"et", "ou"} else None
            if split is not None:
                yield split, f"stated-{split.category}"


def _is_said_of_them(text: Text, start: int, end: int) -> bool:
    """Whether a part after a lead says of what it names how much it is needed: « Outils : Excel est indispensable, … »."""
    said = text.search(CUES["predicate"], start, end)
    return said is not None and text.states(start, end)


def _is_list(text: Text, start: int, end: int, hint: str | None, place: Place) -> bool:
    """Whether a part of a sentence in a skills section names one skill after the other, without a verb."""
    if PATTERNS["own-clause"].match(text.low[start:end]) or _TAKES_UP.match(text.low, start, end):
        return False
    return hint is not None or not text.has_verb(start, end, sure=place.item)


def _habits(text: Text, start: int, end: int) -> Iterator[Named]:
    if not text.bits & habit_bit():  # as in most
        return
    words = text.low[start:end]
    for habit in habits():
        for hint in habit.hints:
            if hint in words:
                for match in habit.pattern.finditer(text.low, start, end):
                    yield Named(match.start(), match.end(), match.expand(habit.label), habit.category, known=True)
                break


def names_studies(low: str, start: int, end: int) -> bool:
    """Whether the words name a diploma, a level or a school."""
    return PATTERNS["studies"].search(low, start, end) is not None


def announces_studies(low: str, start: int, end: int) -> bool:
    """Whether a paragraph ends by announcing a list of courses."""
    return low[start:end].rstrip().endswith(":") and names_studies(low, start, end)


def segments(text: Text, place: Place) -> list[Segment]:
    """The segments of a sentence, in reading order."""
    start, hint = text.start, None
    segment = CUES["segment"]
    if not text.bits & segment.bits:
        return [(start, text.end, hint)] if start < text.end else []
    found = []
    for match in segment.pattern.finditer(text.low, start, text.end):
        if match.group().strip() == ":" and not place.heading:
            lead = _lead(text, start, match.start(), place)
            if lead is not None:
                hint, start = lead, match.end()
                continue
            if place.skills and _tells(text, start, match.start()):
                found.append((start, match.start(), hint))
                hint, start = "told", match.end()
                continue
        if match.start() > start:
            found.append((start, match.start(), hint))
        start = match.end()
    if start < text.end:
        found.append((start, text.end, hint))
    return found


def _lead(text: Text, start: int, end: int, place: Place) -> str | None:
    """What the words before a colon say of the list after it: a category, `listed`, or None where they only end a clause."""
    words = text.low[start:end]
    length = len(words.split())
    if length <= _SHORT_LEAD and not WORDS["no_leads"].isdisjoint(words.split()):
        return "told"
    verb = text.has_verb(start, end)
    if verb and PATTERNS["lead-to-list"].search(words):
        return "listed"
    category = lead_category(words) if length <= _LONGEST_LEAD and not verb else None
    announces = not verb or text.search(CUES["scope"], start, end) is not None  # « Correct suffit : … » tells
    if category is None and place.skills and announces and length <= _SHORT_LEAD and text.spot_at(start, end) is None:
        return place.category or "listed"
    return category


def _tells(text: Text, start: int, end: int) -> bool:
    """Whether a clause before a colon tells something, so that what follows explains it: « Les heures, on les ignore : … ».

    What asks for things (« Il faut connaître : ») is followed by them, and so are their kinds (« Des savoirs s'imposent : »).
    """
    if lead_category(text.low[start:end]) is not None or not text.has_verb(start, end):
        return False
    said = text.search(CUES["predicate"], start, end)
    return text.search(CUES["scope"], start, end) is None if said is None else said.start() - start > _LONGEST_OPENING


def _masked(text: Text) -> list[tuple[int, int]]:
    """Stretches that ask for nothing: what is denied, somebody else's, or a circumstance."""
    spans: list[tuple[int, int]] = []
    if not text.bits & (CUES["aside"].bits | CUES["contrast"].bits):
        return spans
    low = text.low
    for match in text.matches(CUES["aside"], text.start, text.end):
        stop = _STOP.search(low, match.end(), text.end)
        spans.append((match.start(), stop.start() if stop else text.end))
    for match in text.matches(CUES["contrast"], text.start, text.end):
        stop = PATTERNS["contrast-end"].search(low, match.end(), text.end)
        start = match.start()
        if not match.group().startswith(_NO_BOUNDARY):
            inserted = PATTERNS["inserted"].search(low[text.start : start])
            until = text.start + inserted.start() if inserted else start
            start = max((m.end() for m in _OPENS_CLAUSE.finditer(low, text.start, until)), default=text.start)
        spans.append((start, stop.start() if stop else text.end))
    return spans


def _goes_on_with(text: Text, part: Element, last: Named) -> bool:
    """Whether a part goes on with what a quality is shown for: « du goût pour les vis, [les écrous] »."""
    return " pour les " in text.low[last.start : last.end] and text.low.startswith("les ", part.start)


def _listed(text: Text, start: int, end: int, hint: str | None, *, strict: bool, bare: bool = False) -> list[Named]:
    """The skills of a list without a verb; ``bare``: an item or the like, whose every part names one."""
    hint = None if hint in {"technical", "listed"} else hint
    found: list[Named] = []
    head: Named | None = None
    known_first = bool(text.spots) and min(text.spots) <= trimmed(text, start, end)[0] + 1
    for part in elements(text, start, end):
        split = shared(text, part, head)
        if split is not None:
            found.append(split)
            continue
        if (part.before == "(" and not text.spot_at(part.start, part.end)) or describes(text, part, head):
            continue
        by_capital = None if strict else product(text, part, head)
        if by_capital is not None and by_capital.end == trimmed(text, part.start, part.end)[1]:
            found.append(by_capital)
            head = by_capital
            continue
        named = name(text, part, hint, strict=strict or not (bare or hint or known_first))
        if named is None or (found and not named.known and _goes_on_with(text, part, found[-1])):
            continue
        if found and continues(text, part, found[-1], named):
            found[-1] = continued(text, found[-1], named)
            continue
        found.append(named)
        head = named
    return found
