"""Where a text names a level of education: « bac + 5 », « niveau bac », « cinq ans d'études après le bac », « de niveau 6 ».

A span of normal text goes in, with the offsets in it where a level may be named, and
:class:`~pipeline.extractors.diplomas.mention.Mention` objects of kind ``level`` come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extractors.diplomas.mention import Mention, Taken
from pipeline.french.numbers import CARDINALS

#: Years of study after the baccalauréat → French level; bac + 1 has no level of its own, nor bac + 6 and + 7.
LEVEL_OF_YEARS = {0: 4, 1: 4, 2: 5, 3: 6, 4: 6, 5: 7, 6: 7, 7: 7}
#: The scale of 1969, in Roman numerals, ran the other way; « I » is 7 or 8.
LEVEL_OF_ROMAN = {"V": 3, "IV": 4, "III": 5, "II": 6, "I": 7}
_NUMBER = r"(?:1[0-2]|\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b(?![.,]\d| ?%)"
_BAC = r"\bbac(?:calaur[eé]at)?s?"
_PLUS = rf"{_BAC} ?(?:\+|plus(?= (?:\d|deux|trois|quatre|cinq|six|sept|huit)\b)) {{0,3}}{_NUMBER}"
_MORE = (
    rf"(?P<gap> ?(?:/|,|-|et|ou|à) ?)(?P<bac>(?:{_BAC} ?)?)(?P<plus>\+ ?)?(?P<n>{_NUMBER})"
    r"(?! ?(?:ans?|mois|€|euros|%|h\b|000))"
)
LEVEL = re.compile(_PLUS, re.IGNORECASE)
#: Where « bac » may stand, it is in one of these cases.
BAC = ("bac", "Bac", "BAC")
_LEVEL_MORE = re.compile(_MORE, re.IGNORECASE)
_LEVEL_TAIL = re.compile(
    r" ?\((?:de )?niveau (?:bac|master|licence|bachelor|ing[eé]nieur|bts|mast[eè]re|doctorat)[^()]{0,12}\)",
    re.IGNORECASE,
)
#: « niveau » before a level or a degree makes the level's name: « niveau bachelor ».
_NIVEAU_BEFORE = re.compile(
    r"\b(?:niveau|grade)(?: de| du| d'une?| minimal| minimum| d'études| universitaire(?: de)?)? ?[:«\"]? ?$", re.IGNORECASE
)
_OF_FRAME = r"(?P<n>[3-8]|IV|V|I{1,3})"
FRAME = re.compile(
    r"\b[Nn]iv(?:eau|\.) ?(?:de (?:qualification|formation|dipl[oô]me) |RNCP |EQF |CEC )?:? ?"
    rf"{_OF_FRAME}\b(?!\w|[,.]\d| (?:et|ou|à) [0-2]\b)",
)
#: All that a heading or a cell says: « Niveau 6 », « III ».
CELL_LEVEL = re.compile(rf"(?:[Nn]iveau )?{_OF_FRAME}(?: .*)?")
_FRAME_NOUN = re.compile(
    r"\b(?:dipl[oô]m|titre|certifi|formation|qualification|études|RNCP|cursus|"
    r"brevet)\w*(?: \w+){0,3}(?: (?:de|du|d'un|au|en))* ?$",
    re.IGNORECASE,
)
#: « Niveau III (BTS) exigé », « Niveau 5 minimum »: what follows a number of the frame that stands for itself.
_ASKED_FOR = re.compile(
    r"(?: \([^()]*\))? (?:au )?(?:exigé|minim|requis|souhaité|conseillé|"
    r"recommandé|obligatoire|ou (?:plus|supérieur))"
)
EQUIVALENT = re.compile(
    r",? ou (?:un |d'un |de )?(?:(?:titre|diplôme|niveau|dipl\.) )?(?:jugé |reconnu )?[eé]quivalente?s?\b",
    re.IGNORECASE,
)
#: What « bac » is besides an examination, and when it only dates something.
_NO_BAC_AFTER = re.compile(
    r"(?: ?°| (?:à|a) (?!bac)| d'(?!études)| de (?!niveau)| en (?:plastique|acier|bois|poche)| blanc\b|\w|-|"
    r"s\b| ?\+ ?\d| (?:gris|jaune|tampon|roulant|inox))",
    re.IGNORECASE,
)
_NO_BAC_BEFORE = re.compile(
    r"(?:\b(?:horaires?|passage|traversée) du |"
    r"\b(?:après|avant|depuis|post|hors|(?<!accessible )(?<!ouvert )(?<!ouverte )(?<!recrute )(?<!possible )dès)"
    r" ?-?(?:l[ea] |un |son |votre )?|\bpost-?|\b(?:au|aux|du) moment du )$",
    re.IGNORECASE,
)
_YEARS_AFTER = re.compile(
    r"\b(?:ans?|années?|mois|semestres?)(?: [\wé]+){0,3} après (?:l[ea] |les |un |une |l'|leur |son )$",
    re.IGNORECASE,
)


def levels(text: str, start: int, end: int, bacs: Iterable[int]) -> list[Mention]:
    """« bac + 5 », and each of « bac + 2/3 », « bac + 3 à bac + 5 »; ``bacs`` are the places of « bac »."""
    found: list[Mention] = []
    position = start
    for at in bacs:
        match = LEVEL.match(text, at, end) if at >= position else None
        if match is None:
            continue
        position = match.end()
        if dates_years(text, start, at):
            continue
        head = _LAST_NUMBER.sub("", match.group())
        first = opening(text, start, at)
        numbers = [(first, match.end(), text[first : match.end()], years_of(match.group()))]
        while more := _LEVEL_MORE.match(text, position, end):
            bare = not more["bac"] and not more["plus"]
            if bare and (more["gap"].strip() in {",", "et", "-"} or years_of(more["n"]) <= numbers[-1][3]):
                break
            position = more.end()
            label = more.group()[len(more["gap"]) :] if more["bac"].strip() else f"{head}{more['n']}"
            numbers.append((more.start("bac"), position, label, years_of(more["n"])))
        if len(numbers) == 1 and (tail := _LEVEL_TAIL.match(text, position, end)):
            position = tail.end()
            numbers = [(first, position, text[first:position], numbers[0][3])]
        for a, b, label, years in numbers:
            found.append(level_mention(label, a, b, years, LEVEL_OF_YEARS.get(years, 8), f"bac + {years}", "bac-plus"))
    return found


_LAST_NUMBER = re.compile(r"(?:(?<!\d)\d+|(?<![a-z])[a-z]+)$", re.IGNORECASE)


def dates_years(text: str, start: int, at: int) -> bool:
    """Whether what is named at ``at`` only says from when years are counted: « trois ans d'études après le bac »."""
    first = max(start, at - _YEARS_BEFORE)
    return "apr" in text[first:at].lower() and _YEARS_AFTER.search(text, first, at) is not None


#: Characters before a name in which such years stand.
_YEARS_BEFORE = 40


def level_mention(  # noqa: PLR0917
    label: str, start: int, end: int, years: int | None, level: int | None, head: str, rule: str
) -> Mention:
    """A mention of a level, under the name ``head`` that makes two of them the same."""
    return Mention("level", start, end, label, head, level=level, years=years, rule=rule)


def opening(text: str, start: int, at: int) -> int:
    """Where the label of the level at ``at`` begins: at the word « niveau », if it stands before."""
    first = max(start, at - 24)
    lower = text[first:at].lower()
    if "niveau" not in lower and "grade" not in lower:
        return at
    before = _NIVEAU_BEFORE.search(text, first, at)
    return before.start() if before and ":" not in before.group() else at


def years_of(words: str) -> int:
    """« bac + 5 », « bac plus cinq » → 5."""
    last = _NUMBERS.findall(words.lower())[-1]
    return int(last) if last.isdigit() else CARDINALS[last]


_NUMBERS = re.compile(r"\d+|[a-z]+")
_BARE_BAC = re.compile(r"\b(?:bac|baccalaur[eé]at)\b", re.IGNORECASE)


def bare_bac(text: str, start: int, end: int, bacs: Iterable[int], taken: Taken) -> list[Mention]:
    """« le bac », « niveau bac », « bac ou équivalent »."""
    found = []
    for at in bacs:
        match = _BARE_BAC.match(text, at, end)
        if match is None or taken.touches(*match.span()) or _NO_BAC_AFTER.match(text, match.end(), end):
            continue
        if _NO_BAC_BEFORE.search(text, max(start, at - 24), at):
            continue
        first = opening(text, start, at)
        last = match.end()
        if (tail := EQUIVALENT.match(text, last, end)) and "," not in tail.group():
            last = tail.end()
        found.append(level_mention(text[first:last], first, last, 0, 4, "bac + 0", "bac"))
    return found


#: Years that only a diploma takes (« 2 ans d'études pour préparer le BTS ») say no more than its name.
_HIGHER = rf"études (?:supérieures(?: après le {_BAC[2:]})?|après l[ea] {_BAC[2:]}|post-?bac)\b"
_STUDIES = re.compile(
    rf"\b(?P<n>{_NUMBER}) (?:ans?|années) d'{_HIGHER}(?! pour (?:l'obtention|obtenir|préparer|passer|décrocher))",
    re.IGNORECASE,
)
#: The words by which levels are found that do not say « bac »: a number of the frame, in prose or in a heading; studies.
FOUND_BY = (FRAME.pattern, rf"[Nn]iveau {_OF_FRAME}", _HIGHER)


def years_of_study(text: str, start: int, end: int) -> list[Mention]:
    """« cinq ans d'études après le bac »: the level that they lead to."""
    found = []
    for match in _STUDIES.finditer(text, start, end):
        years = years_of(match["n"])
        level = LEVEL_OF_YEARS.get(years, 8)
        found.append(level_mention(match.group(), match.start(), match.end(), years, level, f"bac + {years}", "years-of-study"))
    return found


def frame_levels(text: str, start: int, end: int, at: Iterable[int], taken: Taken, *, line: bool) -> list[Mention]:
    """« un diplôme de niveau 6 »: a number of the French frame that stands for itself; ``at`` are the places of « niveau »."""
    found = []
    for first in at:
        match = FRAME.match(text, first, end)
        if match is None or taken.touches(first, match.end()):
            continue
        if text[first] == "N":  # a heading of diplomas, unless it asks for the level
            alone = first == start and _ASKED_FOR.match(text, match.end(), end) is not None
        else:
            alone = line and (first, match.end()) == (start, end)
        if not alone and _FRAME_NOUN.search(text, max(start, first - 40), first) is None:
            continue
        level = frame_level(match["n"])
        found.append(level_mention(match.group(), first, match.end(), None, level, f"niveau {level}", "frame-level"))
    return found


def frame_level(number: str) -> int:
    """« 6 » → 6; « II », of the scale before 2019, → 6."""
    return LEVEL_OF_ROMAN[number] if number in LEVEL_OF_ROMAN else int(number)
