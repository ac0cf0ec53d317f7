"""Qualities stated in running words: said of the job holder, or standing for themselves in a clause that asks."""

from __future__ import annotations

import re

from pipeline.extractors.skills.cues import CUES, WORDS
from pipeline.extractors.skills.doings import has_complement, shows
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.named import Named, Place
from pipeline.extractors.skills.names import name
from pipeline.extractors.skills.persons import is_said
from pipeline.extractors.skills.phrases import Element, elements
from pipeline.extractors.skills.terms import Spot
from pipeline.extractors.skills.text import Text
from pipeline.french.clauses import is_adverb

_DEGREE_ADJECTIVE = re.compile(r"grande?s?|bonnes?|solides?|forte?s?|certaine|réelle?|excellente?")
_SPOKEN_AFTER = frozenset({"l'", "le", "et", "ou", "parler", "parle", "un", "bon", ""})
#: « …, italien bienvenu », « anglais courant exigé ».
_SAID_AT_ONCE = re.compile(
    r" (?:\w+ )?(?:appréciée?|bienvenue?|exigée?|impérati(?:f|ve)|indispensable|obligatoire|requise?|souhaitée?)\b"
)
_MUST = re.compile(r"\b(?:doi(?:t|vent)|devr(?:a|ont)|faut) (?:\w+ )?(?:s'|se )?\w+(?:er|ir|re|oir)\b(?! (?:qui|que)\b)")
_THAN = ("que l'", "que le ")  # « l'arabe plus [que l'anglais] » asks for the other
_OF = frozenset({"de", "d'", "du", "des"})
_ASKING_OF = frozenset({"demande", "exige", "faut", "demandent", "a", "ait", "avoir"})
_TIMES = frozenset({"avant", "après", "pendant", "durant", "dès", "depuis"})  # « avant l'engagement »
_SOME = frozenset({"un", "une", "aucun", "aucune"})
_BY = re.compile(r"ée?s? par (?:l'|la |le |les )$")  # « exigé par l'[autorité] de contrôle »
_OWN = frozenset({"le", "la", "l'", "son", "sa"})
#: « sans rigueur, pas de … »
_WITHOUT = re.compile(
    r",? (?:pas d|pas la peine|point d|nul|aucun|impossible|inutile d|mieux vaut|rien ne|on ne|on n'|personne ne)"
)
#: « Rien ne se fait [sans rigueur] », « le métier ne s'exerce pas [sans patience] ».
_NOTHING = re.compile(r"\b(?:aucune?|jamais|nul|on ne|pas|personne|point|rien|impossible|difficile)\b[^.;:]{0,60}$")
#: « un sérieux [atout] »: it says nothing of a person.
_OF_MERIT = re.compile(r" (?:atouts?|avantages?|bagages?|efforts?|plus(?! qu))\b")
_LINKING = frozenset({"alors", "aussi", "cependant", "donc", "encore", "enfin", "pourtant", "surtout", "toutefois"})
#: « Le travail en équipe [requiert de la patience] »: what asks is not what is asked for.
_ASKS_FOR = re.compile(r" (?:demande|exige|implique|nécessite|réclame|requi[eè]r|suppose)(?:nt|t)? ")
_OF_SOMETHING = frozenset({"respect"})  # « le respect des normes »: what is respected is the skill
_COMPLEMENT = re.compile(r" d(?:es? |u |')")
_WITH = re.compile(r" (?:\w+ment )?avec ")
_FAR = 12  # characters before a noun in which « exigé par » ends
_TWO = 2  # words back to a noun: « de confort [et de] régularité »


def asks(text: Text, one: Spot, start: int) -> bool:
    """Whether a term only asks for something else: « doit être [irréprochable] », « est un [sérieux] atout »."""
    return any(match.start() < one.start < match.end() for match in text.matches(CUES["predicate"], start, text.end))


def stated(text: Text, one: Spot, place: Place, start: int) -> Named | None:
    """A known term in running words, where it is said of the job holder or asked for."""
    term = one.term
    if (term.kind == "trait" or term.trait) and is_said(text, one, place, start):
        return Named(one.start, one.end, term.label, term.category, known=True)
    of_merit = _OF_MERIT.match(text.low, one.end, text.end) is not None or _goes_on(text, one)
    if term.kind == "trait" or of_merit or not (place.skills or text.search(CUES["scope"], start, text.end)):
        return None
    before = text.words[one.first - 1] if one.first else ""
    if term.kind == "language":
        alone = before in _SPOKEN_AFTER or _SAID_AT_ONCE.match(text.low, one.end) is not None
        compared = text.low.endswith(_THAN, text.start, one.start)
        return name(text, Element(one.start, one.end, ",")) if alone and not compared else None
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
    return at >= 0 and (words[at] in WORDS["modals"] or _in_series(text, one))


def _in_series(text: Text, one: Spot) -> bool:
    """Whether an infinitive stands in a row after « doit »: « il doit trier, ranger et [se remettre en question] »."""
    if text.low[one.start - _TWO : one.start] not in {", ", "t ", "u "}:
        return False
    for part in reversed(elements(text, text.start, one.start)):
        if _MUST.search(text.low, part.start, part.end):
            return True
        own = text.low[part.start : part.end].strip()
        if own and not (
            is_infinitive(own) or (text.opens_determined(part.start, part.end) and not text.has_verb(part.start, part.end))
        ):
            return False
    return False


def _goes_on(text: Text, one: Spot) -> bool:
    """Whether what stands around a noun shows that it is not asked for: it asks itself, or what it is of is the skill."""
    if _ASKS_FOR.match(text.low, one.end, text.end) or _BY.search(text.low, max(text.start, one.start - _FAR), one.start):
        return True
    if one.term.label == "grâce":
        return text.low.startswith(" à", one.end)
    return one.term.label in _OF_SOMETHING and _COMPLEMENT.match(text.low, one.end) is not None


def _done(text: Text, one: Spot) -> Named:
    """What the job holder must be able to do: a quality, or work with whom it is done (« communiquer [avec ses clients] »)."""
    if _WITH.match(text.low, one.end, text.end) and not shows(text, one.end):
        stop = next((first for first, _, _ in text.separators if first >= one.end), text.end)
        named = name(text, Element(one.start, stop, ","), "know-how")
        if named is not None:
            return named
    return Named(one.start, one.end, one.term.label, one.term.category, known=True)


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
        return text.asked or _follows_quality(text, at - _TWO)
    if word in _OF or before in _TIMES:
        return before is None or before in WORDS["before_complement"]
    if word in {"la", "l'"} and before in {"de", "à"}:
        gap = text.low[text.after(at - _TWO) : text.starts[at - 1]]
        opens = at == 1 or ";" in gap or ("," in gap and _follows_quality(text, at - _TWO))  # « Du goût ; de la souplesse »
        return before == "de" and (opens or words[at - _TWO] in WORDS["before_complement"] | _ASKING_OF)
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
        joined = words[at] in {"et", "ni", "ou"}
        if not joined and text.low[text.after(at)] != ",":
            break
        last = at - 1 if joined else at
        beside = next((spot for spot in text.spots.values() if spot.last == last and spot.term.kind == "quality"), None)
        if beside is None:
            break
        at = beside.first - 1
    if at > 0 and words[at] in _SOME and words[at - 1] == "sans":  # « sans une réelle [solidité] »
        at -= 1
    return at


def _follows_quality(text: Text, word: int) -> bool:
    """Whether the word with that number ends the name of a quality."""
    return any(spot.last == word and spot.term.kind == "quality" for spot in text.spots.values())
