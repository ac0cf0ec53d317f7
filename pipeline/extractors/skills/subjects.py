"""What stands before « est indispensable », « s'impose »: an enumeration of subjects → the skills that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extractors.skills.cues import LISTS
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.named import Named, Place
from pipeline.extractors.skills.names import name
from pipeline.extractors.skills.phrases import Element, continues, elements, shared, trimmed
from pipeline.extractors.skills.products import describes, product
from pipeline.extractors.skills.text import Text
from pipeline.extractors.skills.zones import Zone
from pipeline.french.clauses import PREPOSITIONS

_OTHER_SUBJECT = re.compile(r"\s*(?:il|elle|qui|que|on|ce|cette|ces|un|une autre)\b(?! bon)")
_NEW_NOUN = re.compile(r"\s*(?:le |la |l'|les |un |une )")
_ASIDE = re.compile(
    r"\s*(?:(?:moins|plus|très) \w+ment$|côté [\w' ]{2,25}$|(?:à (?:l'|la )?|aux? |chez |dans |en |lors |sous |sur )\w)"
)
_FRONTED = re.compile(r"\s*langue d[^,]{2,60}$")  # « Langue de travail à bord, l'anglais … »
_SERVED = re.compile(r"\s*une (?:\w+ ){0,2}expérience (?:\w+ |d'un an |de [\w ]{1,12} ans )?(?:dans|en|comme|auprès) ")
_HEADED = 3  # words of a name with an article and a complement
DOING_SO = re.compile(r"\s*(?:l'|la |le |les )[\w' -]{2,40}? s(?:e |')\w+ant\b")  # « L'acte se signant sur écran, la … »


def _stands_alone(text: Text, part: Element, named: Named) -> bool:
    """Whether what is said to be needed outside the skills sections is a skill: a quality, or a field with its complement."""
    if named.known or named.category == "soft":
        return True
    return named.category == "knowledge" and " " in named.label and _NEW_NOUN.match(text.low, part.start) is not None


def _says_of_what(low: str, part: Element) -> bool:
    """Whether a part only says of what kind the subjects are: « Côté outils, … », « Langue de travail à bord, … »."""
    return _ASIDE.match(low, part.start, part.end) is not None or _FRONTED.match(low, part.start, part.end) is not None


def _is_other(text: Text, part: Element) -> bool:
    """Whether a part is a subject that is no skill: a pronoun, « un » before what heads none."""
    if _OTHER_SUBJECT.match(text.low, part.start, part.end) is None:
        return False
    words = text.words_in(part.start, part.end)
    return words[0] != "un" or len(words) < _HEADED or words[1] not in LISTS["tools.heads"] | LISTS["qualities.heads"]


def subjects(text: Text, zone: Zone, place: Place) -> Iterator[Named]:
    """What stands before « est indispensable »: every part with an article, or a known skill."""
    hint = None if zone.how == "subject" else "tool"
    head: Named | None = None
    served = False  # « Une expérience dans la vente [ou le soin] » is nothing that one knows
    aside = False  # « dans les gares [et les trains] » goes on with where it is needed
    between = False  # « Entre le bruit, le froid [et la nuit], la … »
    bare = False  # « Procédure civile et procédure pénale doivent … »: subjects without an article
    for number, part in enumerate(elements(text, zone.start, zone.end)):
        served = _SERVED.match(text.low, part.start, part.end) is not None or (served and part.before == "ou")
        if served:
            continue
        if between or (number == 0 and text.low.startswith("entre ", part.start)):
            between = part.before not in {"et", "ou"}
            continue
        split = shared(text, part, head)
        if split is not None:
            yield split
            continue
        by_capital = product(text, part, head)
        if by_capital is not None:
            head = by_capital
            yield by_capital
            continue
        known = text.spot_at(part.start, part.end) is not None
        aside = not known and (_says_of_what(text.low, part) or (aside and part.before in {"et", "ou"}))
        if aside or describes(text, part, head):
            continue
        doing = place.skills and is_infinitive(text.low[part.start : part.end].strip(" ,"))
        if number == 0:
            named_at_once = zone.start == text.start and text.words[0] not in PREPOSITIONS
            bare = place.skills and named_at_once and not (doing or text.opens_determined(part.start, part.end))
        determined = doing or text.opens_determined(part.start, part.end) or (bare and part.before != "(")
        small = zone.how == "product" and not text.printed[trimmed(text, part.start, part.end)[0]].isupper()
        unnamed = not known and (small or not determined or _is_other(text, part))
        if unnamed or text.has_verb(part.start, part.end) or DOING_SO.match(text.low, part.start, part.end):
            continue
        named = name(text, part, hint, strict=not place.skills or (number > 0 and not known and not determined))
        if named is None or not (place.skills or _stands_alone(text, part, named)):
            continue
        if zone.how == "product" and not named.known:  # a name keeps its capital
            named = replace(named, label=text.printed[named.start : named.end])
        if head is not None and continues(text, part, head, named):
            continue
        head = named
        yield named
