"""Stretches of a clause that name skills: where they lie, and what they name.

:func:`zones` finds them by the cues of ``lexicons/skills.toml``; :func:`in_zone` reads the skills in one. How a zone is
read: ``noun`` (« la connaissance de … »), ``verb``, ``spoken`` and ``used`` (after « maîtrise », « parle », « se sert »),
``open`` (after « telles que »), ``asked`` (after « il faut »), ``doing`` (after « savoir »), ``subject`` (before « est
indispensable »), ``tool`` and ``product`` (before what is only said of tools, of products).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, reduce
from operator import or_

from pipeline.extractors.skills.names import field_category, name
from pipeline.extractors.skills.phrases import Element, continues, elements, shared, trimmed
from pipeline.extractors.skills.products import describes, product
from pipeline.extractors.skills.text import Named, Place, Text, is_infinitive
from pipeline.extractors.skills.vocabulary import CUES, LISTS, PATTERNS, WORDS, again, tool_predicate
from pipeline.french.clauses import PREPOSITIONS

_ABLE = ("sachant", "capable", "apte")
_HAVING = frozenset({"a", "ont", "avez", "aura", "avoir", "ayant"})  # « a également recours à la danse » asks for nothing
_KNOWN_FOR = ("as ", "incollab", "formé", "ma")
_SPEAKING = ("parl", "lire", "pratiqu", "sa")
_USED = ("se ser", "mani")
_USING = ("utiliser ", "manier ", "se servir ", "maîtriser ", "exploiter ", "manipuler ")
_NO_DOING = ("être ", "se faire", "faire face", "faire preuve", "avoir ", "posséder", "disposer")
_NEW_SUBJECT = re.compile(r"\s*(?:il|elle|on|qui|que|mais il)\b")
_OTHER_SUBJECT = re.compile(r"\s*(?:il|elle|qui|que|on|ce|cette|ces|un|une autre)\b(?! bon)")
_NEW_NOUN = re.compile(r"\s*(?:le |la |l'|les |un |une )")
_ASIDE = re.compile(r"\s*(?:côté [\w' ]{2,25}$|(?:à (?:l'|la )?|aux? |chez |dans |en |lors |sous )\w)")
_FRONTED = re.compile(r"\s*langue d[^,]{2,60}$")  # « Langue de travail à bord, l'anglais … »
_PLACE = re.compile(r"\s*(?:aux?|en) [A-ZÉÎ][a-zàâçéèêëîïôöûü-]+\s*$")  # « en Alsace comme [en Moselle] »
_RELATIVE = re.compile(r"\b(?:qui|que|dont|où|quand)\b|\bqu'")
_GAP = re.compile(r"\s*(?:l'|la |le |les )(?:[\w'-]+ ){0,5}?(\w+) (?=une? )")
_AGAIN = re.compile(r"\s*en (?!outre|plus|particulier|effet)")
_ARTICLE = re.compile(r"\b(?:un|une|le|la|les)\b(?! plus| atout| bienvenu)")
_DOING_SO = re.compile(r"\s*(?:l'|la |le |les )[\w' -]{2,40}? s(?:e |')\w+ant\b")  # « L'acte se signant sur écran, la … »
_WHEREAS = re.compile(r", (?:(?:alors|tandis) qu(?:e |')|quand )")
_ADVERB = re.compile(
    r" (?:à (?:fond|la perfection|merveille)|aussi(?! bien)|bien|comme personne|couramment|déjà|également|"
    r"les yeux fermés|sans (?:y )?\w+|sur le bout des doigts|\w{3,20}ment)(?= )"
)
_BEFORE, _COPULA_BEFORE, _ABLE_BEFORE = 12, 45, 8  # characters before a cue that are looked at
#: What stands for a whole predicate: « l'anglais est exigé, l'espagnol [aussi] ».
_ELIDED = frozenset(
    {"aussi", "autant", "de même", "également", "itou", "pareillement", "plus encore", "presque autant", "tout autant"}
)
_OF_SUBJECTS = frozenset({"subject", "tool", "product"})
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
    if not text.bits & _bits():
        return
    asked = place.skills or text.search(CUES["scope"], start, end) is not None
    for match in text.matches(CUES["doing"], start, end):
        if asked or match.group().startswith(_ABLE):
            yield Zone(match.end(), end, "doing", "doing")
    for match in text.matches(CUES["such-as"], start, end):
        yield Zone(match.end(), end, "such-as", "open")
    for match in text.matches(CUES["knowing-verb"], start, end):
        if asked or match.group().startswith(_KNOWN_FOR):
            yield Zone(_past_adverb(text, match.end()), end, "knowing-verb", _known_how(match.group()))
    yield from _knowing(text, start, end, place)
    if asked:
        yield from _asked(text, start, end)


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
        if text.match(CUES["knowing"], match.start(), end):
            yield Zone(match.start(), end, "knowing-noun", "noun")
            continue
        own = PATTERNS["own-knowing"].match(low, match.start(), end)
        if own and (place.skills or PATTERNS["own-knowing-opener"].search(low[start : match.start()])):
            yield Zone(match.start(), own.end(), "knowing-noun", "noun")


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
    return "tool" if predicate.group().endswith("en main") else "product"


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


def in_zone(text: Text, zone: Zone, place: Place) -> Iterator[Named]:
    """The skills that a zone names."""
    if zone.how == "doing":
        yield from _doings(text, zone.start, zone.end, place)
    elif zone.how in _OF_SUBJECTS:
        yield from _subjects(text, zone, place)
    else:
        yield from _objects(text, zone, place)


def _objects(text: Text, zone: Zone, place: Place) -> Iterator[Named]:
    """The parts of an enumeration after a cue, up to the first that is no part of it."""
    last: Named | None = None
    for number, part in enumerate(_parts(text, zone)):
        if (number and _NEW_SUBJECT.match(text.low, part.start, part.end)) or "€" in text.low[part.start : part.end]:
            return
        split = shared(text, part, last) if number else None
        if split is not None:
            yield split
            continue
        if number and zone.how in {"verb", "asked"} and _is_clause(text, part):
            return
        by_capital = product(text, part, last)
        if by_capital is not None:
            last = by_capital
            yield by_capital
            continue
        if describes(text, part, last) or _PLACE.match(text.printed, part.start, part.end):
            continue
        determined = _determined(text, zone, part)
        opened = determined or _known_at(text, part)
        if _ends(text, zone, part, number, opened=opened):
            return
        if (part.before == "(" and not text.spot_at(part.start, part.end)) or (zone.how == "asked" and not opened):
            continue
        strict = _strict(zone, number, place, determined=determined)
        named = _fitting(text, zone, place, name(text, part, _hint(zone, last), strict=strict))
        if named is None:
            if zone.how == "noun":
                return
            continue
        if last is not None and continues(text, part, last, named):
            continue
        last = named
        yield named


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
    if named is None or (zone.how == "spoken" and named.category not in {"language", "tool"}):
        return None
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


def _doings(text: Text, start: int, end: int, place: Place) -> Iterator[Named]:
    """What one is able to do: infinitives, and what they use."""
    using = being = False
    asked = place.skills or text.low[max(text.start, start - _ABLE_BEFORE) : start].rstrip().endswith(("sachant", "savoir"))
    joined: int | None = None  # where the first of the infinitives begins that share the object of the next one
    for number, part in enumerate(elements(text, start, end)):
        first, last = trimmed(text, part.start, part.end)
        words = text.low[first:last]
        infinitive = is_infinitive(words)
        used = (product(text, part, None) or name(text, part)) if number and using and not infinitive else None
        if used is not None:
            yield used
            continue
        unlike = text.low[part.start : part.end].lstrip().startswith(_NO_DOING)
        if unlike or (being and not infinitive and not text.has_verb(first, last)):
            being = True  # « savoir [être à l'écoute, patient], négocier »
            continue
        using, being = words.startswith(_USING), False
        if not infinitive:
            return
        if asked and joined is None and _shares_object(text, first, last, part.end, end):
            joined = first
            continue
        known = text.spot_at(first, last)
        plain = known is not None and known.start == first and known.term.kind == "doing" and joined is None
        if known is not None and plain and not _has_complement(text, known.end, last):
            yield Named(known.start, known.end, known.term.label, known.term.category, known=True)
            continue
        if not asked:
            return
        named = name(text, Element(first, part.end, part.before), "know-how")
        if named is None:
            return
        if joined is not None:
            named = replace(named, start=joined, label=text.low[joined : named.end])
            joined = None
        elif " " not in named.label and not named.known and number == 0 and not _after_knowing_how(text, start, first):
            return
        yield named


def _stands_alone(text: Text, part: Element, named: Named) -> bool:
    """Whether what is said to be needed outside the skills sections is a skill: a quality, or a field with its complement."""
    if named.known or named.category == "soft":
        return True
    return named.category == "knowledge" and " " in named.label and _NEW_NOUN.match(text.low, part.start) is not None


def _after_knowing_how(text: Text, start: int, verb: int) -> bool:
    """Whether « savoir » stands right before the verb at ``verb``: « savoir nager »."""
    return text.low[max(text.start, start - _ABLE_BEFORE) : verb].rstrip().endswith("savoir")


def _has_complement(text: Text, start: int, end: int) -> bool:
    """Whether what a known verb is done to or with follows it: « communiquer [avec ses clients] », not « vite »."""
    return text.opens_determined(start, end) or text.low.startswith((" avec ", " auprès "), start)


def _shares_object(text: Text, first: int, last: int, stop: int, end: int) -> bool:
    """Whether the lone infinitive at ``first`` shares the object of the next one: « encadrer et motiver son équipe »."""
    if " " in text.low[first:last]:
        return False
    following = next((part for part in elements(text, stop, end) if part.before in {"et", "ou"}), None)
    if following is None or text.low[last : following.start].strip() not in {"et", "ou"}:
        return False
    words = text.low[following.start : following.end]
    return is_infinitive(words.strip()) and len(words.split()) > 1


def _says_of_what(low: str, part: Element) -> bool:
    """Whether a part only says of what kind the subjects are: « Côté outils, … », « Langue de travail à bord, … »."""
    return _ASIDE.match(low, part.start, part.end) is not None or _FRONTED.match(low, part.start, part.end) is not None


def _subjects(text: Text, zone: Zone, place: Place) -> Iterator[Named]:
    """What stands before « est indispensable »: every part with an article, or a known skill."""
    hint = None if zone.how == "subject" else "tool"
    head: Named | None = None
    bare = False  # « Procédure civile et procédure pénale doivent … »: subjects without an article
    for number, part in enumerate(elements(text, zone.start, zone.end)):
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
        if describes(text, part, head) or (not known and _says_of_what(text.low, part)):
            continue
        if number == 0:
            named_at_once = zone.start == text.start and text.words[0] not in PREPOSITIONS
            bare = place.skills and named_at_once and not text.opens_determined(part.start, part.end)
        doing = place.skills and is_infinitive(text.low[part.start : part.end].strip(" ,"))
        determined = doing or text.opens_determined(part.start, part.end) or (bare and part.before != "(")
        small = zone.how == "product" and not text.printed[trimmed(text, part.start, part.end)[0]].isupper()
        unnamed = not known and (small or not determined or _OTHER_SUBJECT.match(text.low, part.start, part.end))
        if unnamed or text.has_verb(part.start, part.end) or _DOING_SO.match(text.low, part.start, part.end):
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
