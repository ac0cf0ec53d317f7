"""What « est » and « sont » point at: « c'est lui qui … », « elle est celle qui … », « c'est dans son atelier que … »."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extractors.tasks.holder import is_person
from pipeline.extractors.tasks.subjects.subject import LONGEST, Subject, after_comma, verb_at
from pipeline.french import verbs
from pipeline.french.clauses import finite, is_adverb
from pipeline.french.words import Words

#: « c'est lui qui », « ce sont eux qui »: the verb and the mood of the one that follows.
POINTS = {"est": "singular", "sont": "plural"}
EMPHATIC = frozenset(("lui", "elle", "eux", "elles", "vous", "toi"))
_ADDRESSED = {"vous": "second", "toi": "familiar"}  # « c'est vous qui réglez »
#: Pronouns for the holder that « de » or « qui » must follow: « celui de niveau 2 », « quelqu'un qui … ».
SAME = {"celui": "singular", "celle": "singular", "ceux": "plural", "celles": "plural", "quelqu'": "singular"}
MEANING = frozenset(("désigne", "désignait", "nomme", "qualifie"))  # « le terme désigne celui qui … »
#: What opens the circumstance of « C'est dans son atelier que … », and what makes a clause of it.
_PLACING = frozenset(
    ("à", "au", "aux", "avant", "après", "avec", "chez", "dans", "depuis", "derrière", "devant", "en", "sous", "sur")
)
_CLAUSAL = frozenset(("que", "qu'", "qui", "dont", "où", ",", ";", ":", *EMPHATIC))
SHOWING = frozenset(("voici", "voilà"))
_SHOWN = {"l'": "singular", "la": "singular", "le": "singular", "les": "plural"}
_COORDINATING = frozenset(("et", "ou", "qui", "que", "qu'", "dont", "où"))
_PARTING = frozenset((",", ";", ":"))
_NEAR = 6  # words between « c'est lui » and « qui »


def pointed_at(words: Words, at: int) -> Subject | None:
    """« c'est lui qui règle », « ce sont aussi eux qui règlent »: from « c'est » on."""
    if words[at - 1 : at] == [","] and words[at + 2 : at + 3] == ["qui"] and is_adverb(words[at + 1]):  # « …, lui encore qui »
        return Subject(at, at + 3, "singular" if words[at] in {"lui", "elle"} else "plural", "cleft")
    first = pointed_from(words, at)
    who = next((i for i in range(at + 1, min(at + _NEAR, len(words))) if words[i] == "qui"), None) if first < at else None
    return None if who is None else Subject(first, who + 1, _ADDRESSED.get(words[at], POINTS[words[first + 1]]), "cleft")


def described(words: Words, at: int, before: Sequence[Subject]) -> Subject | None:
    """« c'est quelqu'un qui … », « elle est aussi celle qui … »: the clause that says what the holder does."""
    who = at + 1 + (words[at] == "quelqu'")
    if words[at] not in SAME or words[who : who + 1] != ["qui"]:
        return None
    is_at = at - 1 - is_adverb(words[at - 1]) if at else 0
    said = is_at > 0 and words[is_at] in POINTS and (before or words[is_at - 1] in {"c'", "ce"})
    if not (said or words[is_at] in MEANING):
        return None
    return Subject(at, after_comma(words, who + 1, SAME[words[at]]), SAME[words[at]], "relative")


def shown(words: Words, at: int) -> Subject | None:
    """« Le voilà qui suit un passant », « …, et la voici qui démonte la serrure »."""
    mood = _SHOWN.get(words[at - 1]) if words[at] in SHOWING and words[at + 1 : at + 2] == ["qui"] else None
    return None if mood is None else Subject(at - 1, after_comma(words, at + 2, mood), mood, "cleft")


def relatives(words: Words, subject: Subject) -> list[Subject]:
    """The clauses behind a subject that say more of what the holder does."""
    being = _what_they_are(words, subject)
    further = _and_who(words, being or subject)
    return [found for found in (being, further) if found is not None]


def _and_who(words: Words, subject: Subject) -> Subject | None:
    """« c'est elle qui brosse les chevaux et qui cure les boxes »: the second clause."""
    if subject.kind not in {"cleft", "relative"}:
        return None
    who = next((i for i in range(subject.after, len(words)) if words[i] in _CLAUSAL), len(words))
    if words[who : who + 1] == [","]:
        who += 2
    told = words[who : who + 1] == ["qui"] and words[who - 1] == "et" and verb_at(words, who + 1, subject.mood)
    return Subject(who, who + 1, subject.mood, "relative") if told else None


def those_who(words: Words, at: int) -> Subject | None:
    """« Ceux qui possèdent leurs murs, un sur cinq, négocient … »: the second verb, behind no aside or a closed one."""
    if at or words[1:2] != ["qui"] or words[0] not in SAME:
        return None
    mood = SAME[words[0]]
    inside = [i for i in range(2, min(2 * LONGEST, len(words))) if words[i] not in verbs.nouns() and finite(words, i, mood)]
    second = next((i for i in inside[1:] if words[i - 1] not in _COORDINATING), None)
    closed = second is not None and words[:second].count(",") in {0, 2}
    return Subject(0, second, mood, "quantity") if closed and second is not None else None


def _what_they_are(words: Words, subject: Subject) -> Subject | None:
    """« Le généticien est un chercheur qui … »: the clause that says what one who is such a person does."""
    at = subject.after
    if subject.kind not in {"name", "pronoun"} or at >= len(words) or words[at] not in POINTS:
        return None
    at += 1 + (at + 1 < len(words) and is_adverb(words[at + 1]))
    who = next((i for i in range(at + 2, min(at + _NEAR, len(words))) if words[i] == "qui"), None)
    if words[at : at + 1] not in (["un"], ["une"], ["des"]) or who is None or not any(map(is_person, words[at + 1 : who])):
        return None
    return Subject(at, after_comma(words, who + 1, subject.mood), subject.mood, "relative")


def as_cleft(words: Words, subject: Subject) -> Subject:
    """« c'est le greffier qui rédige » as one subject, from « c'est » on; « c'est un greffier qui … » says what they are."""
    at = subject.first
    if at > 1 and words[at - 1] in {"que", "qu'"} and (pointing := _place_from(words, at - 1)) is not None:
        return subject._replace(first=pointing)
    if subject.kind == "relative" and words[at] not in SAME and words[at] not in {"un", "une"}:
        first = pointed_from(words, at)
        return subject._replace(first=first, kind="cleft") if first < at else subject
    return subject


def pointed_from(words: Words, at: int) -> int:
    """Where « c'est encore » begins before the word at ``at``, or ``at``."""
    back = at - 1 - (at > 0 and is_adverb(words[at - 1]))
    return back - 1 if back > 0 and words[back] in POINTS and words[back - 1] in {"c'", "ce"} else at


def points_to_place(words: Words, that: int) -> bool:
    """« C'est dans son atelier que … », « C'est alors qu'… »: up to the word ``that``, a circumstance or object alone."""
    return _place_from(words, that) is not None


def _place_from(words: Words, that: int) -> int | None:
    """Where « c'est » begins that points at the circumstance or object before the word ``that``, or None."""
    first = next((i for i in range(that - 2, max(that - LONGEST, 0) - 1, -1) if words[i : i + 2] == ["c'", "est"]), None)
    if first is None or (first and words[first - 1] not in _PARTING):
        return None
    told = words[first + 2 : that]
    said = [form for i, form in enumerate(told, first + 2) if form != "," or not (i + 1 == that or words[i + 1] in _PLACING)]
    if not said or said[0] == "," or not _CLAUSAL.isdisjoint(said):
        return None
    adverbial = all(map(is_adverb, said))
    return first if said[0] in _PLACING or said[0] in {"un", "une"} or adverbial else None
