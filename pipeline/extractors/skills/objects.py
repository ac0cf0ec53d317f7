"""What stands after a cue that asks or knows (« il faut », « la connaissance de »): an enumeration → the skills it names.

:func:`in_zone` reads any zone of a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extractors.skills.cues import LISTS
from pipeline.extractors.skills.doings import doings
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.named import Named, Place
from pipeline.extractors.skills.names import field_category, name
from pipeline.extractors.skills.phrases import Element, continued, continues, elements, shared, trimmed
from pipeline.extractors.skills.products import describes, product
from pipeline.extractors.skills.subjects import DOING_SO, subjects
from pipeline.extractors.skills.text import Text
from pipeline.extractors.skills.zones import Zone
from pipeline.french.clauses import PREPOSITIONS

_NEW_SUBJECT = re.compile(r"\s*(?:il|elle|on|qui|que|mais il)\b")
_NEW_NOUN = re.compile(r"\s*(?:le |la |l'|les |un |une )")
_PLACE = re.compile(r"\s*(?:aux?|en) [A-ZÉÎ][a-zàâçéèêëîïôöûü-]+\s*$")  # « en Alsace comme [en Moselle] »
_RELATIVE = re.compile(r"\b(?:qui|que|dont|où|quand)\b|\bqu'")
_GAP = re.compile(r"\s*(?:l'|la |le |les )(?:[\w'-]+ ){0,5}?(\w+) (?=une? )")
_PREPOSITION = re.compile(r"\s*(à l(?:a |')|à |aux? |d(?:e (?!l(?:a |'))|'))(?!(?:la|aise) )")
_AGAIN = re.compile(r"\s*en (?!outre|plus|particulier|effet)")
_PLURAL_ARTICLES = ("des ", "les ", "ses ")
_PLURAL_NOUN = re.compile(r"\s*[a-zà-ÿœ-]{3,}[sx](?: d(?:e |es |u |')[^,;.]*)?[\s.!]*")
#: Categories of which brackets only say more, where they are named by more than a word.
_TOLD = frozenset({"know-how", "knowledge", "soft"})
_OF_MANY = ("compétences ", "connaissances ", "sciences ")
_OF_SUBJECTS = frozenset({"subject", "tool", "product"})


def in_zone(text: Text, zone: Zone, place: Place) -> Iterator[Named]:
    """The skills that a zone names."""
    if zone.how == "doing":
        yield from doings(text, zone.start, zone.end, place)
    elif zone.how in _OF_SUBJECTS:
        yield from subjects(text, zone, place)
    else:
        yield from _objects(text, zone, place)


def _objects(text: Text, zone: Zone, place: Place) -> list[Named]:
    """The parts of an enumeration after a cue, up to the first that is no part of it."""
    found: list[Named] = []
    last: Named | None = None
    for number, part in enumerate(_parts(text, zone)):
        if _is_over(text, part, number):
            break
        split = shared(text, part, last) if number else None
        if split is not None:
            found.append(split)
            continue
        if number and zone.how in {"verb", "asked"} and _is_clause(text, part):
            break
        by_capital = product(text, part, last)
        if by_capital is not None:
            last = by_capital
            found.append(by_capital)
            continue
        determined = _determined(text, zone, part)
        opened = determined or _known_at(text, part) or _shares_article(text, zone, part)
        if _is_none(text, zone, part, last) or (not opened and zone.how == "asked"):
            continue
        if _ends(text, zone, part, number, opened=opened):
            break
        strict = _strict(zone, number, place, determined=determined)
        named = _fitting(text, zone, place, name(text, part, _hint(zone, last), strict=strict))
        if named is not None and last is not None and continues(text, part, last, named):
            if found[-1] is last:
                found[-1] = last = continued(text, last, named)
        elif named is not None:
            last = named
            found.append(named)
        if zone.how == "noun" and (named is None or _states(text, part)):
            break
    return found


def _is_over(text: Text, part: Element, number: int) -> bool:
    """Whether something else begins with ``part``: a subject with its verb, an amount."""
    if "€" in text.low[part.start : part.end]:
        return True
    if number == 0:
        return False
    subject = _NEW_SUBJECT.match(text.low, part.start, part.end) or DOING_SO.match(text.low, part.start, part.end)
    return subject is not None


def _is_none(text: Text, zone: Zone, part: Element, last: Named | None) -> bool:
    """Whether a part of an enumeration is no skill: an aside, a place, what only tells of the product ``last`` before it."""
    if describes(text, part, last) or _PLACE.match(text.printed, part.start, part.end):
        return True
    if part.before == "(" and not text.spot_at(part.start, part.end):
        return True
    if last is not None and last.category in _TOLD and " " in last.label and _bracketed(text, part, last):
        return True
    return zone.how == "asked" and part.start > zone.start and _is_complement(text, part)


def _bracketed(text: Text, part: Element, last: Named) -> bool:
    """Whether a part stands in brackets behind ``last``, of which it only says more: « des règles de l'art ([…]) »."""
    known = text.spot_at(part.start, part.end)
    if last.label.startswith(_OF_MANY) or (known is not None and known.term.kind in {"tool", "language"}):
        return False
    opened = text.low.rfind("(", last.end, part.start)
    return opened >= 0 and text.low[last.end : opened].isspace() and text.low.find(")", opened, part.start) < 0


def _states(text: Text, part: Element) -> bool:
    """Whether a part ends in what its clause says of the enumeration: « … et l'attention [permettent au vendeur de …] »."""
    said = next((place for place in text.finite if part.start < place < part.end), None)
    return said is not None and _RELATIVE.search(text.low, part.start, said) is None


def _hint(zone: Zone, last: Named | None) -> str | None:
    """What a part of an enumeration is where its words do not tell: « maîtrise la prise de vue et [le portrait] »."""
    if zone.how == "used":
        return "tool"
    return "know-how" if zone.how == "verb" and last is not None and last.category == "know-how" else None


def _parts(text: Text, zone: Zone) -> list[Element]:
    """The parts of an enumeration after a cue."""
    parts = elements(text, zone.start, zone.end)
    if zone.how == "asked" and len(parts) > 1:
        parts[1:] = [_past_gap(text, part) for part in parts[1:]]
    return parts


def _past_gap(text: Text, part: Element) -> Element:
    """A part without a subject whose verb is left out: « …, et la vente [un sourire constant] »."""
    gap = _GAP.match(text.low, part.start, part.end)
    if gap is None or gap[1] in PREPOSITIONS:
        return part
    return Element(gap.end(), part.end, part.before)


def _is_complement(text: Text, part: Element) -> bool:
    """Whether a part goes on with what stands in the one before: « s'intéresser aux robots et [à la technique] »."""
    match = _PREPOSITION.match(text.low, part.start, part.end)
    if match is None or text.spots.get(match.start(1)) is not None or trimmed(text, part.start, part.end)[0] > match.end():
        return False  # « et de [solides] qualités »
    quality = text.spots.get(match.end())
    return quality is None or quality.term.kind not in {"quality", "trait"}


def _shares_article(text: Text, zone: Zone, part: Element) -> bool:
    """Whether a lone plural noun goes on with what a verb knows: « connaît les normes, [procédures] et [règlements] »."""
    if zone.how != "verb" or not text.low.startswith(_PLURAL_ARTICLES, zone.start + 1):
        return False
    return _PLURAL_NOUN.fullmatch(text.low, part.start, part.end) is not None


def _is_clause(text: Text, part: Element) -> bool:
    """Whether a part has a subject and a verb of its own: « [et la banque lui préfère un ingénieur] »."""
    verbs = [place for place in text.finite if part.start < place < part.end]
    return bool(verbs) and (len(verbs) > 1 or _RELATIVE.search(text.low, part.start, verbs[0]) is None)


def _determined(text: Text, zone: Zone, part: Element) -> bool:
    """Whether ``part`` opens with an article or takes up the preposition of the part before (« en droit et en gestion »)."""
    return text.opens_determined(part.start, part.end) or (
        zone.how == "noun" and _AGAIN.match(text.low, part.start) is not None
    )


def _fitting(text: Text, zone: Zone, place: Place, named: Named | None) -> Named | None:
    """``named`` as its zone means it; None where it is none of what the zone names."""
    if named is None or (zone.how == "asked" and named.label == "expertise"):  # « une expertise dans son domaine »
        return None
    if zone.how == "spoken" and named.category not in {"language", "tool"}:
        return None
    if zone.how == "asked" and not place.skills and named.category == "know-how" and is_infinitive(named.label):
        return None  # « il faut [coordonner] la mission » is work, « il faut savoir … » would be a skill
    if named.label in LISTS["fields.fields"] and (zone.rule == "knowing-noun" or zone.how == "verb"):
        return replace(named, category=field_category(named.label))  # « connaissances en psychologie » is no quality
    if place.category == "tool" and named.category == "knowledge" and text.printed[named.start].isupper():
        return replace(named, category="tool")  # « Logiciels : la connaissance de Vectorix serait un plus »
    return named


def _ends(text: Text, zone: Zone, part: Element, number: int, *, opened: bool) -> bool:
    """Whether the enumeration is over before ``part``."""
    if zone.how in {"verb", "spoken", "used", "open"}:
        return not opened
    return zone.how == "noun" and number > 0 and _NEW_NOUN.match(text.low, part.start) is not None


def _strict(zone: Zone, number: int, place: Place, *, determined: bool) -> bool:
    """Whether a part must open with a word that is known to open a skill."""
    if zone.how == "asked":
        return True
    return number > 0 and ((zone.how == "noun" and not determined) or (zone.how == "verb" and not place.skills))


def _known_at(text: Text, part: Element) -> bool:
    """Whether a known term opens ``part``."""
    start, _ = trimmed(text, part.start, part.end)
    return start in text.spots
