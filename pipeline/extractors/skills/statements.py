"""Qualities stated in running words: said of the job holder, or standing for themselves in a clause that asks."""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.extractors.skills.doings import has_complement, shows
from pipeline.extractors.skills.names import name
from pipeline.extractors.skills.phrases import Element
from pipeline.extractors.skills.text import INSIDE, Named, Place, Text, first_words
from pipeline.extractors.skills.vocabulary import CUES, PATTERNS, WORDS, Spot, quality_openers, trait_openers
from pipeline.french.clauses import PREPOSITIONS, is_adverb
from pipeline.french.occupations import is_head

_DEGREE_ADJECTIVE = re.compile(r"grande?s?|bonnes?|solides?|forte?s?|certaine|réelle?|excellente?")
_SPOKEN_AFTER = frozenset({"l'", "le", "et", "ou", "parler", "parle", "un", "bon", ""})
_OF = frozenset({"de", "d'", "du", "des"})
_ASKING_OF = frozenset({"demande", "exige", "faut", "demandent", "a", "ait", "avoir"})
_IMAGINED = frozenset({"serait", "seraient", "soit", "soient"})
_TIMES = frozenset({"avant", "après", "pendant", "durant", "dès", "depuis"})  # « avant l'engagement »
_OWN = frozenset({"le", "la", "l'", "son", "sa"})
_STATUS = frozenset({"indépendance"})  # « un contrôleur indépendant », « Indépendant, il … » say how he is employed
_ANY_ONE = frozenset({"un", "une", "tout", "toute", "chaque"})
_APPOSED = frozenset({"doté", "dotée", "dotés", "dotées", "sachant", "ayant", "à", "de"})
#: What may stand between an opening trait and the next comma, and what may stand before a trait.
_OPENS_COMPLEMENT = PREPOSITIONS | {"d'", "du", "des", "mais", "comme", "quand"}
_OPENS_TRAIT = frozenset({"à", "d'", "de", "être", "il", "elle"})
_LONGEST_MEMBER = 4  # words of a member of an enumeration that is no known quality
_WITHOUT = re.compile(r",? (?:pas d|point d|nul|aucun|impossible|rien ne|on ne|personne ne)")  # « sans rigueur, pas de … »
#: « On la dit curieuse, patiente … »: what people say of the job holder.
_DEEMED = re.compile(
    r"(?:[^,;:.]{2,40}, )?on (?:l'|l[ae] |les )"
    r"(?:aime|croit|décrit comme|dit|imagine|juge|préfère|sait|souhaite|veut|voit|voudrait) ?"
)
#: « Rien ne se fait [sans rigueur] », « le métier ne s'exerce pas [sans patience] ».
_NOTHING = re.compile(
    r"\b(?:rien ne|on ne|personne ne|nul ne|ne (?:va|vont|peut|saurait) pas|ne s'\w+ pas|impossible|difficile)\b[^.;:]{0,60}$"
)
#: « un sérieux [atout] »: it says nothing of a person.
_OF_MERIT = re.compile(r" (?:atouts?|avantages?|bagages?|efforts?|plus)\b")
_LINKING = frozenset({"alors", "aussi", "cependant", "donc", "encore", "enfin", "pourtant", "surtout", "toutefois"})
#: « Le travail en équipe [requiert de la patience] »: what asks is not what is asked for.
_ASKS_FOR = re.compile(r" (?:demande|exige|implique|nécessite|réclame|requi[eè]r|suppose)(?:nt|t)? ")
_OF_SOMETHING = frozenset({"respect"})  # « le respect des normes »: what is respected is the skill
_COMPLEMENT = re.compile(r" d(?:es? |u |')")
_WITH = re.compile(r" (?:\w+ment )?avec ")
_MODAL = re.compile(r" (?:doi(?:t|vent)|devr(?:a|ont)|peu(?:t|vent)|sait|savent)\b")
_SEVERAL = 2  # qualities that make a description of a person
_OPENING, _OPENING_END, _SUBJECT_END = 40, 90, 120  # characters in which its first word, its qualities, its subject begin


def asks(text: Text, one: Spot, start: int) -> bool:
    """Whether a term only asks for something else: « doit être [irréprochable] », « est un [sérieux] atout »."""
    return any(match.start() < one.start < match.end() for match in text.matches(CUES["predicate"], start, text.end))


def stated(text: Text, one: Spot, place: Place, start: int) -> Named | None:
    """A known term in running words, where it is said of the job holder or asked for."""
    term = one.term
    if (term.kind == "trait" or term.trait) and _is_said(text, one, place, start):
        return Named(one.start, one.end, term.label, term.category, known=True)
    of_merit = _OF_MERIT.match(text.low, one.end, text.end) is not None or _goes_on(text, one)
    if term.kind == "trait" or of_merit or not (place.skills or text.search(CUES["scope"], start, text.end)):
        return None
    before = text.words[one.first - 1] if one.first else ""
    if term.kind == "language":
        return name(text, Element(one.start, one.end, ",")) if before in _SPOKEN_AFTER else None
    named = term.kind == "quality" and (place.skills or term.label not in WORDS["weak"]) and _noun_stands(text, one)
    done = term.kind == "doing" and place.skills and _must(text, one)
    if named or (done and (not has_complement(text, one, text.end) or _WITH.match(text.low, one.end))):
        return _done(text, one) if done else Named(one.start, one.end, term.label, term.category, known=True)
    if term.kind == "tool" and len(term.label) > 1 and (place.skills or "logiciel" in text.low[text.start : one.start]):
        return Named(one.start, one.end, text.printed[one.start : one.end], "tool", known=True)
    return None


def _must(text: Text, one: Spot) -> bool:
    """Whether what one does is what one must be able to do: « doit [cependant] garder ses distances »."""
    words, at = text.words, one.first - 1
    if at > 0 and (words[at] in _LINKING or is_adverb(words[at])):
        at -= 1
    return at >= 0 and words[at] in WORDS["modals"]


def _goes_on(text: Text, one: Spot) -> bool:
    """Whether what follows a noun shows that it is not asked for: it asks itself, or what it is of is the skill."""
    if _ASKS_FOR.match(text.low, one.end, text.end):
        return True
    return one.term.label in _OF_SOMETHING and _COMPLEMENT.match(text.low, one.end) is not None


def _done(text: Text, one: Spot) -> Named:
    """What the job holder must be able to do: a quality, or work with whom it is done (« communiquer [avec ses clients] »)."""
    if _WITH.match(text.low, one.end, text.end) and not shows(text, one.end):
        stop = next((first for first, _, _ in text.separators if first >= one.end), text.end)
        named = name(text, Element(one.start, stop, ","), "know-how")
        if named is not None:
            return named
    return Named(one.start, one.end, one.term.label, one.term.category, known=True)


def _is_said(text: Text, one: Spot, place: Place, start: int) -> bool:
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


def _noun_stands(text: Text, one: Spot) -> bool:
    """Whether a noun is an object or subject of its own, not the complement of another noun."""
    words, at = text.words, _before_row(text, one)
    if at < 0:
        return True
    word, before = words[at], words[at - 1] if at else None
    if word == "sans":
        follows = before is None and _WITHOUT.match(text.low, one.end, text.end) is not None
        return follows or _NOTHING.search(text.low, text.start, text.starts[at]) is not None
    if before == "et" and word in _OF:  # « de confort [et de régularité] »: as the noun before it
        return text.asked or any(spot.last == at - _SEVERAL and spot.term.kind == "quality" for spot in text.spots.values())
    if word in _OF or before in _TIMES:
        return before is None or before in WORDS["before_complement"]
    if word in {"la", "l'"} and before in {"de", "à"}:
        opens = at == 1 or ";" in text.low[text.after(at - 2) : text.starts[at - 1]]  # « Du goût ; de la souplesse »
        return before == "de" and (opens or words[at - 2] in WORDS["before_complement"] | _ASKING_OF)
    between = text.low[text.after(at) : one.start]
    strong = word in WORDS["before_noun"] and (one.term.label not in WORDS["weak"] or "," in between or " et " in between)
    return strong or (word in _OWN and text.asked)


def _before_row(text: Text, one: Spot) -> int:
    """The number of the word before a noun and the qualities side by side with it: « [Autonomie, réactivité et] méthode »."""
    words, at = text.words, one.first - 1
    while at >= 0:
        if words[at] in WORDS["degrees"] or _DEGREE_ADJECTIVE.fullmatch(words[at]):
            at -= 1
            continue
        joined = words[at] in {"et", "ou"}
        if not joined and text.low[text.after(at)] != ",":
            break
        last = at - 1 if joined else at
        beside = next((spot for spot in text.spots.values() if spot.last == last and spot.term.kind == "quality"), None)
        if beside is None:
            break
        at = beside.first - 1
    return at


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
        elif word == "fois" and at > 1 and words[at - 1] == "la":  # « à la fois »
            at -= 3
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
    deemed = _DEEMED.match(text.low, start, text.end) if place.skills else None
    return deemed is not None and one in _row_of_traits(text, deemed.end())


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
        elif found and "," in text.low[gap_start : text.starts[at]] and _after_complement(text, at) - at <= _LONGEST_MEMBER:
            at = _after_complement(text, at)  # said of the person in words that no lexicon has: « jamais pressé »
        else:
            return []
    return found


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
        if PATTERNS["subject"].match(text.low, gap_start):
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
