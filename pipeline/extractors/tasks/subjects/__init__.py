"""Who acts: the places in a sentence where the job holder is the subject of a clause.

The words of a sentence and what the job holder is called (:mod:`pipeline.extractors.tasks.holder`) go in; :class:`Subject`
objects come out: where the noun phrase or pronoun begins, where its verb stands, and the mood that the verb has.

This module knows where a subject may begin; one module a kind of subject knows which words are one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extractors.tasks.holder import NOUNS, Holder, folded, is_agent
from pipeline.extractors.tasks.subjects.clefts import (
    EMPHATIC,
    SAME,
    SHOWING,
    as_cleft,
    described,
    pointed_at,
    pointed_from,
    points_to_place,
    relatives,
    shown,
    those_who,
)
from pipeline.extractors.tasks.subjects.names import inverted, name, of_rank, with_verb
from pipeline.extractors.tasks.subjects.pronouns import (
    PRONOUNS,
    QUANTIFYING,
    THAT,
    contrasted,
    of_others,
    presented,
    pronoun,
    quantity,
    usual,
)
from pipeline.extractors.tasks.subjects.subject import ARTICLES, LINKS, SINGULAR, SUBORDINATORS, Subject, conjoined
from pipeline.extractors.tasks.subjects.work import FALLING, GOALS, POSSESSIVES, falls_to, goal, granted, incumbent, work
from pipeline.french.clauses import is_adverb
from pipeline.french.words import Words, numbers

#: Words of which a sentence holds one wherever the job holder is its subject without being named: « cela lui permet »,
#: « il », « on lui demande », « c'est eux qui », « c'est quelqu'un qui », « au programme : », « à lui qu'incombe »; a
#: pronoun is one wherever it stands.
TELLING = frozenset(("on", "lui", "eux", "toi", "programme", "menu", *SHOWING, *PRONOUNS, *SAME, *FALLING))
_OF_WHICH = frozenset(("duquel", "desquels", "desquelles"))
#: Relative pronouns after which a clause of its own follows: « au terme duquel il … », « après quoi il … », « …, où il … ».
ENDING_RELATIVES = _OF_WHICH | {"laquelle", "lequel", "lesquels", "lesquelles", "quoi", "où"}
_WHEREIN = frozenset(("avant", "dans", "durant", "pendant"))  # « un diagnostic, dans lequel il … »
_BEFORE_NAMES = ARTICLES | POSSESSIVES
_NEAR_NAMES = _BEFORE_NAMES | {"aux", "du"}
_REACH = range(5)
_REACH_BACK = 8  # words from « dont » back to the name of the holder
#: What :func:`_subject` reads elsewhere than at the start of a sentence: a form that it learns must be added here.
_BEGINNING = frozenset(("on", "à", "au", "aux", "du", *SHOWING, *THAT, *EMPHATIC, *PRONOUNS, *SAME, *ARTICLES, *POSSESSIVES))


def subjects(words: Words, holder: Holder) -> list[Subject]:
    """The job holder's places as the subject of a main clause, in order, without overlap."""
    found: list[Subject] = []
    after = 0  # the word after the last subject
    for at in _places(words, holder):
        if at < after or at in words.enclosed:
            continue
        if _may_begin(words, at, found):
            subject = _subject(words, at, holder, found) or (granted(words, at, holder) if words[at] == "lui" else None)
        elif not found and (whole := presented(words, at)) is not None:
            subject = whole
        elif words[at - 1] == "dont":  # « le greffier, dont le rôle consiste à … »
            subject = work(words, at, holder) if any(map(holder.named, words[max(at - _REACH_BACK, 0) : at - 1])) else None
        else:
            who = (described(words, at, found) or shown(words, at) or inverted(words, at, holder)) if "qui" in words else None
            subject = who or (granted(words, at, holder) if words[at] != "lui" or not found else None)
        if subject is not None:
            if at == 0 or words[at - 1] != "par" or subject.kind == "relative":
                found.append(as_cleft(words, subject))
            if "qui" in words:
                found += relatives(words, subject)
            after = max(subject.after, found[-1].after if found else 0)
    return found


def opening_subject(words: Words, holder: Holder) -> Subject | None:
    """The job holder as the subject that the words begin with."""
    return _subject(words, 0, holder) if words and 0 not in words.enclosed else None


def lead_noun(words: Words, holder: Holder) -> str | None:
    """The noun for a person that a sheet's first sentence speaks of, though no title has it: « la policière municipale »."""
    for at in range(len(words) - 1):
        if words[at] in SINGULAR and _may_begin(words, at) and is_agent(words[at + 1]):
            named = with_verb(words, at, at + 2, "singular", holder)
            if named is not None and named.kind == "name":
                return words[at + 1]
    return None


def may_open(form: str) -> bool:
    """Whether a pronoun or a noun phrase may begin with ``form`` that is a subject."""
    return form in _BEGINNING


def _places(words: Words, holder: Holder) -> Sequence[int]:
    """Where a subject may begin, as far as single words tell: in most sentences, nowhere.

    An article or possessive needs a noun of the holder or of the work at most :data:`_REACH` words further on
    (« le ou la jeune fleuriste »), all else one of the words :data:`TELLING`, or the head of the sentence.
    """
    heads = bool(words) and (words[0] in QUANTIFYING or folded(words[0]) in GOALS)
    named = numbers(list(map(NOUNS.__getitem__, words)), holder.nouns)
    if not named and TELLING.isdisjoint(words):
        return (0,) if heads else ()
    near = {at - distance for at in named for distance in _REACH}
    places = [at for at in numbers(words, _BEGINNING) if at in near or words[at] not in _NEAR_NAMES]
    return [0, *places] if heads and places[:1] != [0] else places


def _may_begin(words: Words, at: int, before: Sequence[Subject] = ()) -> bool:
    """Whether a main clause's subject may stand at ``at``, after the subjects ``before``."""
    last = words[at - 1] if at else ""
    if last == "ou" and words[at] in PRONOUNS and words[at - 2] in PRONOUNS:  # « un fichier dans lequel il ou elle note … »
        return False
    if at == 0 or last == "par" or pointed_from(words, at) < at:  # « suivie par une sage-femme, qui … », « c'est encore lui »
        return True
    if last == "où":  # « Il visite les salles, où il accorde … », but not « Au tribunal, où il est seul, il vérifie … »
        return bool(before) and words[at - 2] == ","
    if last in ENDING_RELATIVES:
        after_which = last in _OF_WHICH or words[at - 2] in {"de", "après"}
        return after_which or (words[at - 2] in _WHEREIN and words[at - 3] == "," and bool(before))
    if last in SUBORDINATORS:
        that = at > 1 and last in {"qu'", "que"}
        because = that and (words[at - 2] == "parce" or points_to_place(words, at - 1) or usual(words, at - 1) is not None)
        return because or conjoined(words, at) < at
    linked = last in LINKS or (is_adverb(last) and (at == 1 or words[at - 2] in LINKS))
    return linked or words[at] in PRONOUNS or last.endswith("ment")


def _subject(words: Words, at: int, holder: Holder, before: Sequence[Subject] = ()) -> Subject | None:
    """The subject that begins at ``at``; ``before`` are those found before it."""
    form = words[at]
    if form == "on":
        return of_others(words, at)
    if form in SAME:
        return described(words, at, before) or of_rank(words, at, holder, before) or those_who(words, at)
    if form in EMPHATIC:
        return pointed_at(words, at) or pronoun(words, at) or (None if before else contrasted(words, at))
    if form in PRONOUNS or form in THAT:
        return pronoun(words, at)
    return (quantity(words) if at == 0 and form in QUANTIFYING else None) or _phrase(words, at, holder)


def _phrase(words: Words, at: int, holder: Holder) -> Subject | None:
    """The noun phrase that begins at ``at`` and means the job holder or their work, or to whom it falls."""
    form = words[at]
    if form == "à":
        return falls_to(words, at, holder) or incumbent(words, at)
    if form in {"au", "aux"} or (at == 0 and folded(form) in GOALS):
        return falls_to(words, at, holder) or pointed_at(words, at) or goal(words, at)
    return (work(words, at, holder) or name(words, at, holder)) if form in _BEFORE_NAMES else None
