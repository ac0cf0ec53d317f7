"""What is said of the job holder as a person: adjectives after a copula, in apposition, in attribute position."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.extractors.skills.cues import CUES, PATTERNS, WORDS
from pipeline.extractors.skills.named import INSIDE, Place
from pipeline.extractors.skills.pieces import first_words
from pipeline.extractors.skills.terms import Spot, quality_openers, trait_openers
from pipeline.extractors.skills.text import Text
from pipeline.french.clauses import PREPOSITIONS
from pipeline.french.occupations import is_head

_IMAGINED = frozenset({"serait", "seraient", "soit", "soient"})
_STATUS = frozenset({"indépendance"})  # « un contrôleur indépendant », « Indépendant, il … » say how he is employed
_ANY_ONE = frozenset({"un", "une", "tout", "toute", "chaque"})
_APPOSED = frozenset({"doté", "dotée", "dotés", "dotées", "sachant", "ayant", "à", "de"})
#: What may stand between an opening trait and the next comma, and what may stand before a trait.
_OPENS_CLAUSE = frozenset(
    {"car", "comme", "lorsqu'", "lorsque", "mais", "même", "parce", "puisqu'", "puisque", "qu'", "quand", "que", "surtout"}
)
_OPENS_COMPLEMENT = PREPOSITIONS | _OPENS_CLAUSE | {"d'", "des", "devant", "derrière", "du", "face", "lors", "quant"}
_OPENS_TRAIT = frozenset({"à", "d'", "de", "être", "il", "elle"})
_ABLE = frozenset({"apte", "aptes", "capable", "capables"})
#: « Créatif[, cela va de soi], mais aussi endurant et débrouillard[ :] on porte, on grimpe. »
_ENDS = re.compile(r"\s?[:;.]|, (?:cela va de soi|ça va de soi|on s'en doute|c'est entendu|bien sûr|évidemment),")
#: Set phrases that may stand between qualities, by their last word.
_ASIDES = {"fois": ["à", "la", "fois"], "soi": ["cela", "va", "de", "soi"], "sûr": ["bien", "sûr"]}
_LONGEST_MEMBER = 4  # words of a member of an enumeration that is no known quality
#: « On la dit curieuse, patiente … »: what people say of the job holder.
_DEEMED = re.compile(
    r"(?:[^,;:.]{2,40}, )?on (?:l'|l[ae] |les )"
    r"(?:aime|attend|croit|décrit comme|dit|espère|exige|imagine|juge|préfère|sait|souhaite|veut|voit|voudrait) ?"
)
_MODAL = re.compile(r" (?:doi(?:t|vent)|devr(?:a|ont)|peu(?:t|vent)|sait|savent)\b")
_SEVERAL = 2  # qualities that make a description of a person
_OPENING, _OPENING_END, _SUBJECT_END = 40, 90, 120  # characters in which its first word, its qualities, its subject begin


def is_said(text: Text, one: Spot, place: Place, start: int) -> bool:
    """Whether a trait is said of the job holder."""
    return is_apposed(text, one, place, start) or is_deemed(text, one, place, start) or said_of_holder(text, one, place)


def describes_person(printed: str, low: str, start: int, end: int) -> bool:
    """Whether a paragraph opens with qualities in apposition: « Créatif et endurant, le chef … », « On la dit créative … »."""
    deemed = _DEEMED.match(low, start, end)
    if deemed is not None:
        return len(_row_of_traits(Text(printed, low, start, min(end, start + _OPENING_END)), deemed.end())) >= _SEVERAL
    if trait_openers().isdisjoint(first_words(low, start, min(end, start + _OPENING))):
        return False
    if len(_apposed(Text(printed, low, start, min(end, start + _SUBJECT_END)), start)) >= _SEVERAL:
        return True
    opening = Text(printed, low, start, min(end, start + _OPENING_END))
    traits = [s for s in opening.spots.values() if s.term.kind == "trait" or s.term.trait]
    if len(traits) < _SEVERAL or traits[0].first > 1 or not said_of_holder(opening, traits[1], INSIDE):
        return False
    between = low[traits[0].end : traits[1].start]
    subject = PATTERNS["subject"].search(low, traits[1].end, min(end, start + _SUBJECT_END))
    return ("," in between or " et " in between) and subject is not None


def opens_with_trait(low: str, start: int, end: int) -> bool:
    """Whether a sentence may open with a quality in apposition: « Organisé, il … », « Toujours à l'écoute, elle … »."""
    opening = first_words(low, start, min(end, start + _OPENING))
    return not trait_openers().isdisjoint(opening) and "," in low[start : min(end, start + _OPENING_END)]


def enumerates_qualities(printed: str, low: str, start: int, end: int) -> bool:
    """Whether a sentence opens with qualities side by side: « La curiosité, la ténacité et un certain entregent … »."""
    stop = min(end, start + _OPENING_END)
    if quality_openers().isdisjoint(first_words(low, start, stop)) or _SIDE_BY_SIDE.match(low, start, end) is None:
        return False
    opening = Text(printed, low, start, stop)
    qualities = [s for s in opening.spots.values() if s.term.kind == "quality"][:_SEVERAL]
    if len(qualities) < _SEVERAL or qualities[0].first > 1:
        return False
    between = opening.words[qualities[0].last + 1 : qualities[1].first]
    return all(word in WORDS["joining"] or word in WORDS["degrees"] or word in _ARTICLES for word in between)


#: Two nouns with articles, side by side, open a sentence; and the articles.
_SIDE_BY_SIDE = re.compile(
    r"(?:l'|(?:la|le|les|un|une|du|de la) )?[^\s,.;:]+(?: [^\s,.;:]+){0,4}(?:,| et) (?:l'|la |le |les |une? |du |de la |de l')"
)
_ARTICLES = frozenset(("la", "le", "l'", "les", "un", "une", "du", "de", "des", "certain", "certaine"))


def said_of_holder(text: Text, one: Spot, place: Place) -> bool:
    """Whether an adjective stands after a copula, in apposition, or as a noun with « un » that is asked for."""
    words = text.words
    at = one.first - 1
    crossed = False
    while at >= 0:
        word, gap = words[at], text.low[text.after(at) : text.starts[at + 1]]
        if any(mark in gap for mark in ".:;"):
            return False
        crossed = crossed or "," in gap
        said = _said_by(text, at, one, place, crossed=crossed)
        if said is not None:
            return said
        other = text.trait_at(at)
        if other is not None:
            at = other.first - 1
        elif word == "pas" and at and words[at - 1] in _IMAGINED:  # « on imagine mal un pilote qui ne serait pas calme »
            at -= 1
        elif (aside := _ASIDES.get(word)) and words[max(at + 1 - len(aside), 0) : at + 1] == aside:
            at -= len(aside)
        elif (
            word in WORDS["degrees"] or word in WORDS["joining"] or (word == "de" and at and words[at - 1] in WORDS["joining"])
        ):
            at -= 1
        else:
            return False
    return place.skills and one.term.label not in _STATUS and _before_participle(text, one)


def _said_by(text: Text, at: int, one: Spot, place: Place, *, crossed: bool) -> bool | None:
    """Whether the word with the number ``at`` says it of the job holder; None where it does not decide."""
    words, word = text.words, text.words[at]
    asked = place.skills or text.search(CUES["scope"], text.start, one.start) is not None
    if word in WORDS["copulas"]:
        before = words[at - 1] if at else ""
        if word == "rester":  # « sa souplesse lui permet [de rester serein] » asks for nothing
            return asked and before in WORDS["modals"]
        return asked and before not in {"n'", "c'"} and before not in WORDS["others"]
    if word in {"un", "une"} and not crossed:
        return text.search(CUES["recruiting"], text.start, text.starts[at]) is not None
    named = not crossed and one.term.label not in _STATUS and is_head(word) and _opens_clause(text, at)
    if named or word in WORDS["persons"]:
        return asked and _MODAL.match(text.low, one.end, text.end) is None  # « Un professionnel efficace doit … »
    if word == "de" and words[max(at - 2, 0) : at] == ["quelqu'", "un"]:
        return asked
    return None


def _opens_clause(text: Text, noun: int) -> bool:
    """Whether the noun with that number opens a clause with an indefinite article: « ; un [pilote] calme »."""
    at = noun - 1
    while at > 0 and text.words[at] in WORDS["degrees"]:
        at -= 1
    if at < 0 or text.words[at] not in _ANY_ONE:
        return False
    return at == 0 or any(mark in text.low[text.after(at - 1) : text.starts[at]] for mark in ",;:")


def _row_of_traits(text: Text, start: int) -> list[Spot]:
    """The qualities that stand side by side from ``start`` on, with no more than words of degree between."""
    found: list[Spot] = []
    at = bisect_left(text.starts, start)
    while at < len(text.words):
        trait = text.trait_at(at)
        if trait is not None:
            found.append(trait)
            at = trait.last + 1
        elif text.words[at] in WORDS["degrees"] or text.words[at] in WORDS["joining"]:
            at += 1
        else:
            break
    return found


def is_apposed(text: Text, one: Spot, place: Place, start: int) -> bool:
    """Whether a trait opens the clause from ``start`` before its subject: « Courtois avec chacun, le greffier … »."""
    if not place.skills:
        return False
    apposed = _apposed(text, start)
    return one in apposed and not (len(apposed) == 1 and one.term.label in _STATUS)


def is_deemed(text: Text, one: Spot, place: Place, start: int) -> bool:
    """Whether people say a trait of the job holder: « On la dit curieuse, patiente … »."""
    if not place.skills or "on " not in text.low[start : one.start]:
        return False
    return any(one in _row_of_traits(text, said.end()) for said in _DEEMED.finditer(text.low, start, one.start))


def _apposed(text: Text, start: int) -> list[Spot]:
    found: list[Spot] = []
    words = text.words
    at = bisect_left(text.starts, start)
    complement = -1  # where one of the last trait would begin
    while at < len(words):
        gap_start = text.after(at - 1) if at else text.start
        if found and text.low.startswith(" (", gap_start):  # « Sobre (l'alcool est à portée de main), il … »
            gap_start = max(text.low.find(")", gap_start, text.end) + 1, gap_start)
            at = bisect_left(text.starts, gap_start)
        if found and PATTERNS["subject"].match(text.low, gap_start):
            return found
        if at == len(words):
            return []
        other = text.trait_at(at)
        if other is not None and (not found or words[at - 1] in WORDS["joining"] or "," in text.low[gap_start : other.start]):
            found.append(other)
            at = complement = other.last + 1
        elif found and at == complement and words[at] in _OPENS_COMPLEMENT:
            at = _after_complement(text, at)
        elif words[at] in WORDS["degrees"] or words[at] in WORDS["joining"] or words[at] in _OPENS_TRAIT:
            complement += at == complement
            at += 1
        elif found and "," in text.low[gap_start : text.starts[at]] and _is_member(text, at):
            at = _after_complement(text, at)  # said of the person in words that no lexicon has: « jamais pressé »
        else:
            return []
    return found


def _is_member(text: Text, at: int) -> bool:
    """Whether what begins at word ``at`` may stand in a row of qualities: a few words, or what one is able to do."""
    return text.words[at] in _ABLE or _after_complement(text, at) - at <= _LONGEST_MEMBER


def _after_complement(text: Text, at: int) -> int:
    """The number of the word after the complement of a trait that begins at word ``at``: « [avec chacun], »."""
    at += 1  # what opens the complement belongs to it, whatever stands before
    while at < len(text.words):
        gap = text.low[text.after(at - 1) : text.starts[at]]
        if "," in gap or (text.words[at] in WORDS["joining"] and text.trait_at(at + 1) is not None):
            return at
        at += 1
    return at


def _before_participle(text: Text, one: Spot) -> bool:
    """« patient et doté d'un bon coup d'œil », « sociable, il … »: what comes after the trait opens no other noun."""
    at = one.last + 1
    while at < len(text.words):
        gap_start = text.after(at - 1)
        if PATTERNS["subject"].match(text.low, gap_start) or _ENDS.match(text.low, gap_start):
            return True
        word = text.words[at]
        other = text.trait_at(at)
        if other is not None:
            at = other.last + 1
        elif word in WORDS["degrees"] or word in WORDS["joining"]:
            at += 1
        else:
            joined = text.words[at - 1] in WORDS["joining"] or "," in text.low[gap_start : text.starts[at]]
            return word in _APPOSED and joined
    return True
