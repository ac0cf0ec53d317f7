"""Where a text names a level of education or a qualification.

A span of normal text goes in, :class:`~pipeline.extractors.diplomas.mention.Mention` objects come out in reading order,
with the label as named (specialty included), the French level where the name tells it, and how the name was introduced
(« le CAP », « un CAP »). What the lexicon ``diplomas.toml`` does not know is not found.
"""

from __future__ import annotations

import re

from pipeline.extractors.diplomas.elided import add_elided
from pipeline.extractors.diplomas.heads import of_head, regulated, state_level
from pipeline.extractors.diplomas.identity import specialty_words
from pipeline.extractors.diplomas.labels import label_end
from pipeline.extractors.diplomas.levels import (
    BAC,
    CELL_LEVEL,
    EQUIVALENT,
    FRAME,
    LEVEL,
    LEVEL_OF_YEARS,
    bare_bac,
    dates_years,
    frame_level,
    frame_levels,
    level_mention,
    levels,
    opening,
    years_of,
    years_of_study,
)
from pipeline.extractors.diplomas.mention import Mention, Taken, is_introduced
from pipeline.extractors.diplomas.no_names import explains, is_in_capitals, is_institution, is_permit
from pipeline.extractors.diplomas.places import FIRST, Name, places, tried

#: A level in brackets or apposition after a qualification: « (niveau 6) », « , de niveau 7 ».
_STATED = re.compile(
    r"[^.;]{0,60}?(?:\(|, |\bde )(?:[^()]{0,30}, ?)?(?:(?:un |une )?(?:dipl[oô]me|titre|"
    r"certification)s? )?(?:reconnue?s? |class[eé]e?s? |inscrite?s? )?"
    r"(?:au |de |d[eu] |en )?niveau (?P<n>[3-8]|IV|V|I{1,3})\b"
)
#: First letters of the words that an apposition repeats: « , un diplôme de niveau 5 ».
_APPOSITION = ("dipl", "titr", "cert", "niv")
_DETERMINER = re.compile(
    r"\b(?:(?P<indefinite>(?:une?|d'une?|des|de) (?:bon |nouveau |simple |solide |premier |vrai )?)|"
    r"(?P<definite>(?:l[ea]s?|du|aux?|ce|cet|cette|ces|son|leurs?|sa|ses|[nv]otre|deux|trois) (?:seul |fameux |même )?|l'))$",
    re.IGNORECASE,
)
_LONGEST_DETERMINER = len("d'une nouveau ")
#: « du CAP au bac + 2 »: a degree that bounds a range of levels.
_RANGE = re.compile(r" (?:au|à|jusqu'au) (?=bac\b|BTS|BUT|licence|master|dipl[oô]me d'ing|doctorat)", re.IGNORECASE)
#: « (CAP, BEP ou équivalent) »: as good as any of them, not a level.
_LISTED = re.compile(r"[A-Zé\d],? $")


def mentions(text: str, start: int, end: int, *, line: bool, at: list[int] | None = None) -> list[Mention]:
    """The levels and qualifications named in ``text[start:end]``.

    ``line`` tells a line that is nothing but a name (a list item, a table cell), where a comma or a dash
    belongs to the name, from running prose. ``at`` are the :func:`places` of the span, if known.
    """
    if at is None:
        at = places(text, start, end)
    if not at:
        return []
    bacs, numbers, studies = [], [], False  # places of « bac » and « niveau »; whether there is one of « études »
    for place in at:
        initial = text[place]
        if initial in "nN":
            numbers.append(place)
        elif initial in "bB" and text.startswith(BAC, place):
            bacs.append(place)
        elif initial == "é" and text.startswith("étu", place):
            studies = True
    found = levels(text, start, end, bacs) if bacs else []
    stated = _add_qualifications(text, (start, end), at, found, line=line)
    for mention in add_elided(text, start, end, found, line=line) if found else ():
        _take_printed_level(text, mention, end, stated)
    if bacs or studies or numbers:
        taken = Taken(start, end, found)
        found.extend(new := bare_bac(text, start, end, bacs, taken))
        taken.add(new)
        if studies:
            found.extend(new := years_of_study(text, start, end))
            taken.add(new)
        for a, b in stated:
            taken.mark(a, b)
        found.extend(frame_levels(text, start, end, numbers, taken, line=line))
    if len(found) > 1:
        return _in_order(text, found)
    return found


def _in_order(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions in reading order, without what only says a level again: « de niveau 7 conférant le grade de master »."""
    found.sort(key=lambda m: (m.start, m.end))
    if not any(m.label.startswith("grade") for m in found):
        return found
    return [m for last, m in zip((None, *found), found, strict=False) if not _is_said_of(text, last, m)]


def _add_qualifications(
    text: str, span: tuple[int, int], at: list[int], found: list[Mention], *, line: bool
) -> list[tuple[int, int]]:
    """Add the qualifications named in a span to the levels ``found`` in it.

    Where the sheet prints their levels comes out.
    """
    taken = Taken(*span, found) if found else None
    stated: list[tuple[int, int]] = []
    position, end = span
    for place in at:
        known = tried[text[place : place + FIRST]] if place >= position else None
        match = known[0].match(text, place, end) if known else None
        if known is None or match is None:
            continue
        name = known[1][(match.lastindex or 1) - 1]
        position = match.end()
        if (taken and taken.touches(place, position)) or (name.quiet and is_in_capitals(text[span[0] : end])):
            continue
        if name.school and explains(text, found, place):
            continue
        for mention in _qualification(text, match.span(), span, name, stated, line=line):
            position = max(position, mention.end)
            if not _is_said_of(text, found[-1] if found else None, mention):
                found.append(mention)
    return stated


def _is_said_of(text: str, last: Mention | None, mention: Mention) -> bool:
    """Whether a mention only tells the level of the qualification before it, and then lends it.

    « le diplôme du Louvre, qui vaut grade de master », « un DNSEP, diplôme d'école d'art de niveau 7 ».
    """
    if last is None or (last.kind == "level" and last.level != mention.level):
        return False
    between = text[last.end : mention.start]
    if mention.kind == "level" or last.kind == "level":
        said = mention.label.startswith("grade") and _CONFERS.fullmatch(between) is not None
    else:
        bare = mention.label.startswith("titre") and not mention.specialty
        again = mention.head == last.head and mention.label.isupper() and _OPENED.fullmatch(between) is not None
        said = (
            again
            or (between == " (" and bare)
            or (
                between == ", "
                and (bare or (last.determiner != "" and mention.label.startswith("diplôme")))
                and _ANOTHER.match(text, mention.end) is None
            )
        )
    if said and last.level is None:
        last.level, last.level_inferred = mention.level, True
    return said


_CONFERS = re.compile(
    r",? (?:et )?(?:qui )?(?:vaut|valant|équivaut|équivalant|confère|conférant|donne|donnant|octroie|emporte) (?:le |au )?"
)
#: « BTS services informatiques aux organisations (BTS SIO) »: its brackets say a name again.
_OPENED = re.compile(r" \([^()]*")
_ANOTHER = re.compile(r" ?(?:,|;|et\b|ou\b)")


def stated_level(text: str) -> int | None:
    """The level that a heading or a cell is about (« Niveau bac + 5 », « Niveau 3 », « Après la 3e » is none)."""
    if match := LEVEL.search(text):
        return LEVEL_OF_YEARS.get(years_of(match.group()), 8)
    if match := FRAME.search(text):
        return frame_level(match["n"])
    if match := CELL_LEVEL.fullmatch(text.strip()):
        return frame_level(match["n"])
    for mention in mentions(text, 0, len(text), line=True):
        return mention.level
    return None


def _qualification(
    text: str, head: tuple[int, int], span: tuple[int, int], name: Name, said: list[tuple[int, int]], *, line: bool
) -> list[Mention]:
    """The mentions that a known head begins: one, or one for each specialty that shares it.

    ``said`` collects the places of the levels that the sheet prints for them.
    """
    (at, head_end), (start, end) = head, span
    if dates_years(text, start, at):
        return []
    first = opening(text, start, at)
    equivalent = EQUIVALENT.match(text, head_end, end)
    as_good = (
        equivalent is not None
        and name.level is not None
        and "," not in equivalent.group()
        and _LISTED.search(text, max(start, at - 12), at) is None
    )
    if first != at or as_good or _RANGE.match(text, head_end, end):
        last = head_end if equivalent is None else equivalent.end()
        if name.level is None:
            return []
        degree = "CAP" if name.name == "BEP" else name.name
        return [level_mention(text[first:last], first, last, None, name.level, f"niveau {degree}", "named-level")]
    last, acronym = label_end(text, at, head_end, end, line=line)
    label = text[at:last]
    if (name.loose and last <= head_end + 1) or (name.name == "licence" and is_permit(text, start, at, (head_end, last))):
        return []
    if name.school and is_institution(text, start, at, last):
        return []
    level, years = name.level, name.years
    if name.unless and name.unless in text:
        level = None
    if name.state or ((name.loose or name.school) and regulated(text, head_end, last)):
        level, years = state_level(label, level, years)
    mention = Mention(
        "qualification",
        at,
        last,
        label,
        name.name,
        specialty_words[text[at if name.school or name.family else head_end : last]],
        level,
        years,
        weak_level=name.weak_level,
        school=name.school,
        rule="name",
        acronym=acronym,
    )
    before = max(start, at - _LONGEST_DETERMINER)
    if is_introduced(text[before:at]) and (determiner := _DETERMINER.search(text, before, at)):
        mention.determiner = determiner.lastgroup or ""
    _take_printed_level(text, mention, end, said)
    plural = text[before:at].lower().endswith(_SEVERAL) or text[at:head_end].endswith("s")
    return of_head(text, mention, name, (head_end, end), plural=plural, line=line)


_SEVERAL = ("les ", "des ", "aux ", "deux ", "trois ", "plusieurs ")


def _take_printed_level(text: str, mention: Mention, end: int, said: list[tuple[int, int]]) -> None:
    """The number of the French frame that the sheet prints inside or after a name wins over the lexicon's."""
    last = mention.end
    if "niveau" in text[last : min(end, last + _NEAR)] and (stated := _STATED.match(text, last, end)):
        between = text[last : stated.start("n")]
        if all(_apposed(between, place) for place in places(between, 0, len(between))):
            mention.level, mention.weak_level = frame_level(stated["n"]), False
            said.append((stated.start("n"), stated.end("n")))
    elif "niv" in mention.label and (inner := FRAME.search(mention.label)):
        mention.level = frame_level(inner["n"])


def _apposed(words: str, at: int) -> bool:
    """Whether the words at ``at`` say again what the name before is: « , un diplôme de niveau 5 », not « ou un diplôme »."""
    return words[at:].lower().startswith(_APPOSITION) and _JOINED.search(words, 0, at) is None


_JOINED = re.compile(
    r"\b(?:et|ou|puis|voire|complétée?s?|suivie?s?|prolongée?s?|précédée?s?)(?: bien| encore| même)?"
    r"(?: avec| par| pour| via)? (?:aux? |d'une? |de |des |du |l'|l[ea] |une? )?$"
)

#: A level printed for a qualification stands at most so many characters after it.
_NEAR = 110
