"""Where a text names a level of education or a qualification.

A span of normal text goes in, :class:`Mention` objects come out in reading order, with the label as
named (specialty included), the French level where the name tells it, and how the name was introduced
(« le CAP », « un CAP »). What the lexicon ``diplomas.toml`` does not know is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from pipeline.extractors.diplomas.labels import is_short_name, label_end, shared_heads
from pipeline.french.openings import trie
from pipeline.lexicons import load
from pipeline.normal import fold

#: Years of study after the baccalauréat → French level; bac + 1 has no level of its own, nor bac + 6 and + 7.
LEVEL_OF_YEARS = {0: 4, 1: 4, 2: 5, 3: 6, 4: 6, 5: 7, 6: 7, 7: 7}
#: The scale of 1969, in Roman numerals, ran the other way; « I » is 7 or 8.
LEVEL_OF_ROMAN = {"V": 3, "IV": 4, "III": 5, "II": 6, "I": 7}
_NUMBERS = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10}

_NUMBER = r"(?:1[0-2]|\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b(?![.,]\d| ?%)"
_BAC = r"\bbac(?:calaur[eé]at)?s?"
_PLUS = rf"{_BAC} ?(?:\+|plus(?= (?:\d|deux|trois|quatre|cinq|six|sept|huit)\b)) {{0,3}}{_NUMBER}"
_MORE = (
    rf"(?P<gap> ?(?:/|,|-|et|ou|à) ?)(?P<bac>(?:{_BAC} ?)?)(?P<plus>\+ ?)?(?P<n>{_NUMBER})"
    r"(?! ?(?:ans?|mois|€|euros|%|h\b|000))"
)
_LEVEL = re.compile(_PLUS, re.IGNORECASE)
_LEVEL_MORE = re.compile(_MORE, re.IGNORECASE)
_LEVEL_TAIL = re.compile(
    r" ?\((?:de )?niveau (?:bac|master|licence|bachelor|ing[eé]nieur|bts|mast[eè]re|doctorat)[^()]{0,12}\)",
    re.IGNORECASE,
)
#: « niveau » before a level or a degree makes the level's name: « niveau bachelor ».
_NIVEAU_BEFORE = re.compile(
    r"\b(?:niveau|grade)(?: de| du| d'une?| minimal| minimum| d'études| universitaire(?: de)?)? ?[:«\"]? ?$", re.IGNORECASE
)
_FRAME = re.compile(
    r"\bniv(?:eau|\.) ?(?:de (?:qualification|formation|dipl[oô]me) |RNCP |EQF |CEC )?:? ?(?P<n>[3-8]|IV|"
    r"V|I{1,3})\b(?!\w|[,.]\d| (?:et|ou|à) [0-2]\b)",
)
_FRAME_NOUN = re.compile(
    r"\b(?:dipl[oô]m|titre|certifi|formation|qualification|études|RNCP|cursus|"
    r"brevet)\w*(?: \w+){0,3}(?: (?:de|du|d'un|au|en))* ?$",
    re.IGNORECASE,
)
_EQUIVALENT = re.compile(
    r",? ou (?:un |d'un |de )?(?:(?:titre|diplôme|niveau|dipl\.) )?(?:jugé |reconnu )?[eé]quivalente?s?\b",
    re.IGNORECASE,
)
#: A level in brackets or apposition after a qualification: « (niveau 6) », « , de niveau 7 ».
_STATED = re.compile(
    r"[^.;]{0,40}?(?:\(|, |\bde )(?:[^()]{0,30}, ?)?(?:(?:un |une )?(?:dipl[oô]me|titre|"
    r"certification)s? )?(?:reconnue?s? |class[eé]e?s? |inscrite?s? )?"
    r"(?:au |de |d[eu] |en )?niveau (?P<n>[3-8]|IV|V|I{1,3})\b"
)
#: First letters of the words that an apposition repeats: « , un diplôme de niveau 5 ».
_APPOSITION = frozenset({"dipl", "titr", "cert", "niv"})
#: What « bac » is besides an examination, and when it only dates something.
_NO_BAC_AFTER = re.compile(
    r"(?: (?:à|a) (?!bac)| d'(?!études)| de (?!niveau)| en (?:plastique|acier|bois|poche)| blanc\b|\w|-|"
    r"s\b| ?\+ ?\d| (?:gris|jaune|tampon|roulant|inox))",
    re.IGNORECASE,
)
_NO_BAC_BEFORE = re.compile(
    r"(?:\b(?:après|avant|depuis|post|hors|dès) ?-?(?:l[ea] |un |son |votre )?|\bpost-?|\b(?:au|aux|"
    r"du) moment du )$",
    re.IGNORECASE,
)
_YEARS_AFTER = re.compile(
    r"\b(?:ans?|années?|mois|semestres?)(?: [\wé]+){0,3} après (?:l[ea] |les |un |une |l'|leur |son )$",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"(?:\bune?|\bd'une?|\bdes|\bde) (?:bon |nouveau |simple |solide |premier |vrai )?$", re.IGNORECASE)
_DEFINITE = re.compile(
    r"(?:\b(?:l[ea]s?|du|aux?|ce|cet|cette|ces|son|leurs?|sa|ses|deux|trois) (?:seul |fameux |même )?|"
    r"\bl'|\b(?:deux|trois) )$",
    re.IGNORECASE,
)


#: « du CAP au bac + 2 »: a degree that bounds a range of levels.
_RANGE = re.compile(r" (?:au|à|jusqu'au) (?=bac\b|BTS|BUT|licence|master|dipl[oô]me d'ing|doctorat)", re.IGNORECASE)


#: « (CAP, BEP ou équivalent) »: as good as any of them, not a level.
_LISTED = re.compile(r"[A-Zé\d],? $")


class Name(NamedTuple):
    """A row of the lexicon."""

    name: str
    level: int | None
    years: int | None
    weak_level: bool
    quiet: bool
    school: bool
    state: bool
    loose: bool
    unless: str


@dataclass(slots=True)
class Mention:
    """A level or qualification named in the text.

    ``start`` and ``end`` bound the words it was read from, ``label`` names it; ``head`` is the lexicon's
    name of it and ``specialty`` its folded further words. ``stated`` tells a level that the sheet itself
    prints for it. ``determiner`` is ``definite``, ``indefinite`` or empty.
    """

    kind: str
    start: int
    end: int
    label: str
    head: str
    specialty: frozenset[str] = frozenset()
    level: int | None = None
    years: int | None = None
    level_inferred: bool = False
    weak_level: bool = False
    determiner: str = ""
    school: bool = False
    rule: str = ""
    requirement: str | None = None
    acronym: str = ""


class Place(NamedTuple):
    """Where a name may begin, and the first letters found there."""

    start: int
    letters: str


@cache
def _index() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], tuple[Name, ...]]]]:
    """A pattern that finds the first letters of every name; and, by these letters, the names to try there, a group each."""
    rows: list[dict[str, Any]] = load("diplomas")["qualification"]
    starts: dict[str, list[int]] = {"niv": [], "Niv": [], "NIV": [], "étu": []}
    for i, row in enumerate(rows):
        for start in row["starts"]:
            forms = (start,) if row.get("ignore_case", True) is False else (start, start.capitalize(), start.upper())
            for form in forms:
                starts.setdefault(form, []).append(i)
    shortest = [f for f in starts if not any(f != other and f.startswith(other) for other in starts)]
    by_letters = {}
    for letters in shortest:
        numbers = sorted({i for form, several in starts.items() if form.startswith(letters) for i in several})
        parts = [f"((?{'' if rows[i].get('ignore_case', True) is False else 'i'}:{rows[i]['pattern']}))" for i in numbers]
        by_letters[letters] = (re.compile("|".join(parts) or "(?!)"), tuple(_name(rows[i]) for i in numbers))
    # What stands before a word is matched, too: the engine skips from one such character to the next.
    return re.compile(rf"\W({trie(sorted(shortest))})"), by_letters


def _name(row: dict[str, Any]) -> Name:
    marks = ("weak_level", "quiet", "school", "state", "loose")
    weak_level, quiet, school, state, loose = (bool(row.get(mark)) for mark in marks)
    level, years, unless = row.get("level"), row.get("years_after_bac"), row.get("unless", "")
    return Name(row["name"], level, years, weak_level, quiet, school, state, loose, unless)


def places(text: str, start: int, end: int) -> list[Place]:
    """Where in ``text[start:end]`` a level or qualification may be named, in reading order."""
    pattern = _index()[0]
    if start:
        return [Place(match.start(1), match[1]) for match in pattern.finditer(text, start - 1, end)]
    return [Place(match.start(), match[1]) for match in pattern.finditer("\n" + text[:end])]


@cache
def _states() -> tuple[tuple[re.Pattern[str], int, int | None], ...]:
    rows = load("diplomas")["state"]
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["level"], row.get("years_after_bac")) for row in rows)


class _Taken:
    """Which characters of a span are taken by a mention: a byte each, so that asking costs the same however many are."""

    def __init__(self, start: int, end: int, found: Iterable[Mention]) -> None:
        self.start = start
        self.marks = bytearray(end - start)
        self.add(found)

    def add(self, found: Iterable[Mention]) -> None:
        """Take what ``found`` covers."""
        self.mark((m.start, m.end) for m in found)

    def mark(self, spans: Iterable[tuple[int, int]]) -> None:
        """Take ``spans``."""
        for a, b in spans:
            self.marks[max(0, a - self.start) : b - self.start] = b"\1" * (b - max(a, self.start))

    def touches(self, start: int, end: int) -> bool:
        """Whether any of these characters is taken."""
        return self.marks.find(1, max(0, start - self.start), end - self.start) >= 0


def mentions(text: str, start: int, end: int, *, line: bool, at: list[Place] | None = None) -> list[Mention]:
    """The levels and qualifications named in ``text[start:end]``.

    ``line`` tells a line that is nothing but a name (a list item, a table cell), where a comma or a dash
    belongs to the name, from running prose. ``at`` are the :func:`places` of the span, if known.
    """
    if at is None:
        at = places(text, start, end)
    if not at:
        return []
    bac = any(place.letters[0] in "bB" for place in at)
    capitals = text[start:end].isupper() and " " in text[start:end]
    found = _levels(text, start, end) if bac else []
    stated: list[tuple[int, int]] = []
    taken = _Taken(start, end, found)
    position = start
    for place in at:
        if place.start < position:
            continue
        pattern, names = _index()[1][place.letters]
        match = pattern.match(text, place.start, end)
        if match is None:
            continue
        name = names[(match.lastindex or 1) - 1]
        position = match.end()
        if taken.touches(*match.span()) or (capitals and name.quiet):
            continue
        if name.school and found and _inside_brackets(text, found[-1].end, match.start()):
            continue
        new = _qualification(text, match.span(), (start, end), name, stated, line=line)
        found.extend(new)
        taken.add(new)
        position = max(position, *(m.end for m in new)) if new else position
    if bac:
        found.extend(new := _bare_bac(text, start, end, taken))
        taken.add(new)
    if any(place.letters == "étu" for place in at):
        found.extend(new := _years_of_study(text, start, end))
        taken.add(new)
    if any(place.letters[0] in "nN" for place in at):
        taken.mark(stated)
        found.extend(_frame_levels(text, start, end, taken, line=line))
    found.sort(key=lambda m: (m.start, m.end))
    return found


def _inside_brackets(text: str, after: int, at: int) -> bool:
    """Whether a bracket that opened after ``after`` is still open at ``at``."""
    return text.rfind("(", after, at) > text.rfind(")", after, at)


def _level(  # noqa: PLR0917
    label: str, start: int, end: int, years: int | None, level: int | None, head: str, rule: str
) -> Mention:
    return Mention("level", start, end, label, head, level=level, years=years, rule=rule)


def _levels(text: str, start: int, end: int) -> list[Mention]:
    """« bac + 5 », and each of « bac + 2/3 », « bac + 3 à bac + 5 »."""
    found: list[Mention] = []
    position = start
    while match := _LEVEL.search(text, position, end):
        position = match.end()
        if _YEARS_AFTER.search(text, max(start, match.start() - 40), match.start()):
            continue
        head = re.sub(r"(?:(?<!\d)\d+|(?<![a-z])[a-z]+)$", "", match.group(), flags=re.IGNORECASE)
        first = _niveau(text, start, match.start())
        numbers = [(first, match.end(), text[first : match.end()], _years(match.group()))]
        while more := _LEVEL_MORE.match(text, position, end):
            bare = not more["bac"] and not more["plus"]
            if bare and (more["gap"].strip() in {",", "et", "-"} or _years(more["n"]) <= numbers[-1][3]):
                break
            position = more.end()
            label = more.group()[len(more["gap"]) :] if more["bac"].strip() else f"{head}{more['n']}"
            numbers.append((more.start("bac"), position, label, _years(more["n"])))
        if len(numbers) == 1 and (tail := _LEVEL_TAIL.match(text, position, end)):
            position = tail.end()
            numbers = [(first, position, text[first:position], numbers[0][3])]
        for a, b, label, years in numbers:
            found.append(_level(label, a, b, years, LEVEL_OF_YEARS.get(years, 8), f"bac + {years}", "bac-plus"))
    return found


def _niveau(text: str, start: int, at: int) -> int:
    """Where the label of the level at ``at`` begins: at the word « niveau », if it stands before."""
    before = _NIVEAU_BEFORE.search(text, max(start, at - 24), at)
    return before.start() if before and ":" not in before.group() else at


def _years(words: str) -> int:
    last = re.findall(r"\d+|[a-z]+", words.lower())[-1]
    return int(last) if last.isdigit() else _NUMBERS[last]


def _bare_bac(text: str, start: int, end: int, taken: _Taken) -> list[Mention]:
    """« le bac », « niveau bac », « bac ou équivalent »."""
    found = []
    for match in _BARE_BAC.finditer(text, start, end):
        if taken.touches(*match.span()) or _NO_BAC_AFTER.match(text, match.end(), end):
            continue
        if _NO_BAC_BEFORE.search(text, max(start, match.start() - 24), match.start()):
            continue
        first = _niveau(text, start, match.start())
        last = match.end()
        if (tail := _EQUIVALENT.match(text, last, end)) and "," not in tail.group():
            last = tail.end()
        found.append(_level(text[first:last], first, last, 0, 4, "bac + 0", "bac"))
    return found


_BARE_BAC = re.compile(r"\b(?:bac|baccalaur[eé]at)\b", re.IGNORECASE)


#: Years that only a diploma takes (« 2 ans d'études pour préparer le BTS ») say no more than its name.
_STUDIES = re.compile(
    rf"\b(?P<n>{_NUMBER}) (?:ans?|années) d'études (?:supérieures(?: après le {_BAC[2:]})?|après l[ea] {_BAC[2:]}|post-?bac)\b"
    r"(?! pour (?:l'obtention|obtenir|préparer|passer|décrocher))",
    re.IGNORECASE,
)


def _years_of_study(text: str, start: int, end: int) -> list[Mention]:
    """« cinq ans d'études après le bac »: the level that they lead to."""
    found = []
    for match in _STUDIES.finditer(text, start, end):
        years = _years(match["n"])
        level = LEVEL_OF_YEARS.get(years, 8)
        found.append(_level(match.group(), match.start(), match.end(), years, level, f"bac + {years}", "years-of-study"))
    return found


def _frame_levels(text: str, start: int, end: int, taken: _Taken, *, line: bool) -> list[Mention]:
    """« un diplôme de niveau 6 »: a number of the French frame that stands for itself."""
    found = []
    for match in _FRAME.finditer(text, start, end):
        if taken.touches(*match.span()):
            continue
        alone = line and (match.start(), match.end()) == (start, end)
        if not alone and _FRAME_NOUN.search(text, max(start, match.start() - 40), match.start()) is None:
            continue
        level = frame_level(match["n"])
        found.append(_level(match.group(), match.start(), match.end(), None, level, f"niveau {level}", "frame-level"))
    return found


def frame_level(number: str) -> int:
    """« 6 » → 6; « II », of the scale before 2019, → 6."""
    return LEVEL_OF_ROMAN[number] if number in LEVEL_OF_ROMAN else int(number)


def stated_level(text: str) -> int | None:
    """The level that a heading or a cell is about (« Niveau bac + 5 », « Niveau 3 », « Après la 3e » is none)."""
    if match := _LEVEL.search(text):
        return LEVEL_OF_YEARS.get(_years(match.group()), 8)
    if match := _FRAME.search(text):
        return frame_level(match["n"])
    if match := _CELL_LEVEL.fullmatch(text.strip()):
        return frame_level(match["n"])
    for mention in mentions(text, 0, len(text), line=True):
        return mention.level
    return None


_CELL_LEVEL = re.compile(r"(?:[Nn]iveau )?(?P<n>[3-8]|IV|V|I{1,3})(?: .*)?")


def _qualification(
    text: str, head: tuple[int, int], span: tuple[int, int], name: Name, said: list[tuple[int, int]], *, line: bool
) -> list[Mention]:
    """The mentions that a known head begins: one, or one for each specialty that shares it.

    ``said`` collects the places of the levels that the sheet prints for them.
    """
    (at, head_end), (start, end) = head, span
    first = _niveau(text, start, at)
    if _YEARS_AFTER.search(text, max(start, at - 40), at):
        return []
    before = text[max(start, at - 24) : at]
    equivalent = _EQUIVALENT.match(text, head_end, end)
    listed = _LISTED.search(text, max(start, at - 12), at) is not None
    as_good = not listed and equivalent is not None and name.level is not None and "," not in equivalent.group()
    if first != at or as_good or _RANGE.match(text, head_end, end):
        last = head_end if equivalent is None else equivalent.end()
        if name.level is None:
            return []
        degree = "CAP" if name.name == "BEP" else name.name
        return [_level(text[first:last], first, last, None, name.level, f"niveau {degree}", "named-level")]
    last, acronym = label_end(text, at, head_end, end, line=line)
    label = text[at:last]
    if name.loose and last <= head_end + 1:
        return []
    level, years = name.level, name.years
    if name.unless and name.unless in text:
        level = None
    if name.state:
        level, years = _state_level(label, level, years)
    mention = Mention(
        "qualification",
        at,
        last,
        label,
        name.name,
        _specialty(text[at if name.school else head_end : last]),
        level,
        years,
        weak_level=name.weak_level,
        school=name.school,
        rule="name",
        acronym=acronym,
    )
    if _DEFINITE.search(before):
        mention.determiner = "definite"
    elif _INDEFINITE.search(before):
        mention.determiner = "indefinite"
    _take_printed_level(text, mention, end, said)
    others = [] if name.state else shared_heads(text, head_end, last)
    return [_sharing(text, mention, head_end, specialty, first=i == 0) for i, specialty in enumerate(others)] or [mention]


def _take_printed_level(text: str, mention: Mention, end: int, said: list[tuple[int, int]]) -> None:
    """The number of the French frame that the sheet prints inside or after a name wins over the lexicon's."""
    last = mention.end
    if "niveau" in text[last : min(end, last + _NEAR)] and (stated := _STATED.match(text, last, end)):
        between = text[last : stated.start("n")]
        if all(place.letters[:4].lower() in _APPOSITION for place in places(between, 0, len(between))):
            mention.level, mention.weak_level = frame_level(stated["n"]), False
            said.append((stated.start("n"), stated.end("n")))
    elif inner := _FRAME.search(mention.label):
        mention.level = frame_level(inner["n"])


#: A level printed for a qualification stands at most so many characters after it.
_NEAR = 110


def _sharing(text: str, whole: Mention, head_end: int, specialty: tuple[int, int], *, first: bool) -> Mention:
    """One of the qualifications whose specialties share the head of ``whole``."""
    start, end = (whole.start if first else specialty[0]), specialty[1]
    words = text[slice(*specialty)]
    label = text[start:end] if first else f"{text[whole.start : head_end]} {words}"
    return replace(whole, start=start, end=end, label=label, specialty=_specialty(words), rule="shared-head", acronym="")


def _state_level(label: str, level: int | None, years: int | None) -> tuple[int | None, int | None]:
    for pattern, its_level, its_years in _states():
        if pattern.search(label):
            return its_level, its_years
    return level, years


_SMALL = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "d",
        "dans",
        "de",
        "des",
        "diplome",
        "diplomee",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "mention",
        "option",
        "ou",
        "parcours",
        "specialisation",
        "specialite",
        "un",
        "une",
    ]
)


def _specialty(words: str) -> frozenset[str]:
    """The words that tell two diplomas of one name apart."""
    plain = re.sub(r"\([^)]*\)", " ", fold(words))
    found = (word for word in re.findall(r"[a-z0-9+#]+", plain) if word not in _SMALL)
    return frozenset(re.sub(r"(?<=\w{3})[sx]$", "", word) for word in found)


def same_name(one: Mention, other: Mention) -> bool:
    """Whether two mentions name the same thing, whatever case, accents, plural or small words."""
    if one.kind != other.kind:
        return False
    if one.kind == "level":
        return one.head == other.head or {one.head, other.head} == {"bac + 0", "niveau 4"}
    if one.head == other.head and one.specialty == other.specialty:
        return True
    return _spells_out(one, other) or _spells_out(other, one)


def _spells_out(short: Mention, full: Mention) -> bool:
    """Whether ``full`` says what the capitals of ``short`` stand for: « le DEP, le diplôme d'études paysagères »."""
    if short.specialty or not short.label.isupper() or " " not in full.label:
        return False
    initials = "".join(w[0] for w in re.findall(r"\w+", fold(full.label)) if w not in _SMALL)
    return fold(short.label) == initials


def shortens(short: Mention, full: Mention) -> bool:
    """Whether ``short`` (« le CAP ») is a second mention of ``full`` (« CAP cuisine »)."""
    if short.kind != "qualification" or full.kind != "qualification" or short is full:
        return False
    if short.acronym == "" and full.acronym and not short.specialty and fold(short.label) == fold(full.acronym):
        return True
    if short.head != full.head and not (short.head == "CAP" and full.head == "CAP agricole"):
        return False
    return short.specialty < full.specialty and short.determiner in {"definite", "recalled"} and not is_short_name(short.label)


class ShortForms:
    """Tells which mentions shorten any of ``found``; each distinct name is compared once, however often it stands there."""

    def __init__(self, found: Iterable[Mention]) -> None:
        self.names = {(m.kind, m.head, m.specialty, m.acronym): m for m in found}
        self.known: dict[tuple[object, ...], bool] = {}

    def __contains__(self, mention: Mention) -> bool:
        key = (mention.kind, mention.label, mention.head, mention.specialty, mention.acronym, mention.determiner)
        if key not in self.known:
            self.known[key] = any(shortens(mention, other) for other in self.names.values())
        return self.known[key]
