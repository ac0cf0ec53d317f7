"""Noun phrases that mean the job holder, and where their verb stands: « le ou la fleuriste, sur le marché, choisit … »."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.extractors.tasks.holder import POINTING, Holder, folded, is_person, stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.subjects.clefts import EMPHATIC, MEANING, SAME
from pipeline.extractors.tasks.subjects.subject import (
    ARTICLES,
    LONGEST,
    PLURAL,
    SUBORDINATORS,
    Subject,
    after_aside,
    after_comma,
    verb_at,
)
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, PREPOSITIONS, finite, word_set
from pipeline.french.words import Words

_ADJECTIVES = word_set("adjectives")
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_OF_OTHERS = PREPOSITIONS - {"à"}  # « avec le rédacteur, qui … », « le temps de l'architecte, qui … »
_RECEIVING = ARTICLES | {"au", "aux", "du"}
_REACH = 8  # words between « le rôle de la » and the second name of the holder
_SHORTEST = 4  # letters of a form that the tagger is asked about
_CLOSE = 5  # words to « les agents techniques, eux, … »
_IMPERFECT = ("ait", "aient")  # « le luthier d'autrefois coupait lui-même ses arbres »
_NEAR = 10  # words in which a verb unknown to the lexicon is looked for


def name(words: Words, first: int, holder: Holder) -> Subject | None:
    """« le technicien », « le ou la fleuriste », « ce jeune professionnel »."""
    at = first
    if at + 2 < len(words) and words[at + 1] in {"ou", "/"} and words[at + 2] in ARTICLES:
        at += 2
    mood = "plural" if words[at] in PLURAL or words[at] == "aux" else "singular"
    named = named_at(words, at, holder)
    return None if named is None else with_verb(words, first, named + 1, mood, holder)


def named_at(words: Words, at: int, holder: Holder) -> int | None:
    """Where the noun for the job holder stands after the article ``at``: « le technicien », « ce jeune professionnel »."""
    pointed = words[at] in POINTING or words[at + 1 : at + 2] == ["même"]
    head = at + 2 if at + 1 < len(words) and words[at + 1] in _ADJECTIVES else at + 1
    for named in (at + 1, head):
        if named < len(words) and (holder.named(words[named]) or (pointed and is_person(words[named]))):
            if words[named + 1 : named + 2] == ["sur"] and words[at] in {"un", "une"}:  # « une infirmière sur deux »
                return None
            told_apart = holder.is_other(words, named) or (not pointed and _told_apart(words, named, holder))
            return None if told_apart else named
    return None


def _told_apart(words: Words, named: int, holder: Holder) -> bool:
    """« l'expert, lui, … », « l'ingénieur de sûreté »: a general word for people that means somebody else here."""
    if holder.is_titled(words[named]):
        return False
    following = words[named + 1 : named + 4]
    if any(form == "," and after in EMPHATIC for form, after in pairwise(words[named + 1 : named + _CLOSE])):
        return True
    complement = words[named] in lexicon().colleagues and following[:1] in (["de"], ["d'"], ["du"]) and len(following) > 1
    return complement and folded(following[1]) not in holder.words


def of_rank(words: Words, at: int, holder: Holder, before: Sequence[Subject]) -> Subject | None:
    """« L'analyste de niveau 1 trie …, celui de niveau 2 enquête … »."""
    if not before or before[-1].kind != "name" or words[at + 1 : at + 2] not in (["de"], ["d'"], ["du"]):
        return None
    return with_verb(words, at, at + 2, SAME[words[at]], holder)


def inverted(words: Words, at: int, holder: Holder) -> Subject | None:
    """« entre alors en scène le greffier, qui … », « aucun mur ne résiste au peintre, qui … »: told wherever they are named."""
    of_work = _is_of_work(words, at)  # « tel est le rôle de l'assistant qui … »
    if words[at] not in _RECEIVING or (words[at - 1] in _OF_OTHERS and not of_work) or at == 0:
        return None
    subject = name(words, at, holder)
    if subject is None or subject.kind != "relative":
        return None
    added = words[subject.after - 2] == "," and holder.is_titled(words[at + 1])
    return subject if added or of_work or words[at - 1] in MEANING else None


def _is_of_work(words: Words, at: int) -> bool:
    """Whether a noun of the work stands before a name of the holder: « le rôle de la greffière ou du greffier qui … »."""
    if words[at] != "du" and words[at - 1] != "de":
        return False
    before = words[max(at - _REACH, 0) : at]
    return any(stem_of(form) in works() for form in (before if "ou" in before else before[-2:]))


def with_verb(words: Words, first: int, at: int, mood: str, holder: Holder) -> Subject | None:
    """Walk from the head of a noun phrase to its verb, over complements and an aside between commas."""
    for i in range(at, min(at + LONGEST, len(words))):
        form = words[i]
        if form == ":":
            return Subject(first, i, mood, "name")
        if form == "qui" or (form == "," and words[i + 1 : i + 2] == ["qui"]):
            return _who(words, first, i, mood)
        if _is_complement(words, i, at, holder):
            at += i == at
        elif form in {",", "-"}:
            return after_aside(words, first, i, mood)
        elif form in {"que", "qu'", "dont", "où", ";"}:
            return None
        elif verb_at(words, i, mood) or (i == at and _only_verb(words, i, mood)):
            return Subject(first, i, mood, "name")
    return _unlisted(words, first, at, mood)


def _is_complement(words: Words, at: int, floor: int, holder: Holder) -> bool:
    """Whether a word belongs to the name of the holder: in brackets, an ending after a slash, a word of the title, « de … »."""
    form, before = words[at], words[at - 1]
    if at in words.enclosed or form in {"(", ")", "/"} or (before == "/" and words.starts[at] == words.after(at - 1)):
        return True
    if form == ",":
        return at + 1 < len(words) and folded(words[at + 1]) in holder.words
    return folded(form) in holder.words or (at > floor and before in {"de", "d'"})


def _who(words: Words, first: int, at: int, mood: str) -> Subject | None:
    """« une sage-femme, qui assure … »: the clause itself; « l'artisan qui travaille seul établit … »: the verb after it."""
    if words[at] == ",":
        return Subject(first, after_comma(words, at + 2, mood), mood, "relative")
    inside = [i for i in range(at + 1, len(words)) if words[i] not in verbs.nouns() and finite(words, i, mood)]
    between = words[inside[0] : inside[1]] if len(inside) > 1 else []
    if between and not any(form in SUBORDINATORS or form in {"et", "ou", ","} for form in between):
        return Subject(first, inside[1], mood, "name")
    return Subject(first, after_comma(words, at + 1, mood), mood, "relative")


def _only_verb(words: Words, at: int, mood: str) -> bool:
    """Whether a form that may be a noun is its clause's only verb: « le fleuriste fabrique de la beauté »."""
    form = verbs.read(words[at])
    if form is None or form.mood != mood:
        return False
    for i in range(at + 1, len(words)):
        if words[i] in {",", ";", ":", "qui", "que", "qu'", "."}:
            break
        if words[i] not in verbs.nouns() and finite(words, i, mood):
            return False
    return True


def _unlisted(words: Words, first: int, at: int, mood: str) -> Subject | None:
    """A subject whose verb the lexicon lacks: the tagger says which word it is."""
    near = [i for i in range(at, min(at + _NEAR, len(words))) if _could_be_verb(words, i, mood)]
    if not near or any(verbs.read(form) and form not in verbs.nouns() for form in words[at:]):
        return None
    tagged = words.tagged_verbs()
    return next((Subject(first, i, mood, "tagged") for i in near if words.starts[i] in tagged), None)


def _could_be_verb(words: Words, at: int, mood: str) -> bool:
    form = words[at]
    ending = ("nt",) if mood == "plural" else ("e", "t", "d")
    return (
        form.endswith(ending)
        and not form.endswith(_IMPERFECT)
        and len(form) >= _SHORTEST
        and verbs.read(form) is None
        and at not in words.enclosed
        and words[at - 1] not in _BEFORE_NOUNS
    )
