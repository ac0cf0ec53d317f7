"""Whether a verb says what the job holder does, rather than what they are, have, know, earn or become."""

from __future__ import annotations

import re

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, NEGATIONS, affirms, is_adverb
from pipeline.french.predicates import Predicate
from pipeline.french.words import Words

#: « exerce une surveillance », but no occupation, place or status.
_EXERCISES = re.compile(
    r"(?: \w+ment| aussi| souvent| parfois)? (?:une? |des |la |le |l')"
    r"(?!(?:\S+ )?(?:métiers?|profession|activité|fonction|emploi|art\b|travail (?:de (?:bureau|jour|nuit)|sédentaire)))"
)
#: « travaille le bois », but not « travaille le soir ».
_WORKED = frozenset(("le", "la", "l'", "les", "son", "sa", "ses"))
_THEM = frozenset(("l'", "la", "le", "les"))
_PLURAL = frozenset(("des", "les", "ses"))
_SOME = frozenset(("des", "un", "une"))
#: « compte les plateaux », but neither « compte dix salariés » nor « compte parmi ».
_COUNTED = frozenset(("le", "la", "l'", "les", "sa", "ses", "son"))
_WHEN = re.compile(
    r" (?:le|la|les|l')\s?(?:plus|plupart|moins|week-ends?|jours?|soirs?|matins?|nuits?|samedis?|dimanches?|lundis?|après-midi|"
    r"été|hiver|journée)\b"
)
#: « travaille en étroite collaboration avec le graphiste », « travaille à la conception d'un jeu ».
_WORKED_AT = re.compile(
    r"(?: \w+ment| aussi| souvent| parfois| alors| toujours| ensemble)* (?:"
    r"en (?:\w+ )?(?:collaboration|liaison|lien|relation|coordination|concertation|partenariat|coopération|tandem|binôme)"
    r"(?: \w+){0,2} avec |main dans la main avec |de concert avec |d'après |"
    r"avec (?:de nombreux |d'autres |des |les )"
    r"\w*(?:eur|ier|iste|ien|graphe|médecin|partenaire|service|équipe|établissement)s\b|"
    r"(?:à|sur) (?:la |l')\w{3,}(?:tion|sion|ment|age)s? (?:de |d'|du |des ))"
)
_ROLE = re.compile(r"(?: \S+){0,3}? (?:un|le) rôle(?: (?!de |d')\S+)? (?:de |d')(?!plus|premier|tout)")
#: Verbs of being that :func:`_judged` looks at more closely.
_JUDGED = frozenset(("associer", "avoir", "compter", "exercer", "travailler"))
#: What makes a verb reflexive, and what may stand between: « s'en plaint », « s'y consacre ».
_SELF, _PLACES = frozenset(("s'", "se")), frozenset(("en", "y"))
#: Words that may stand between a modal and its infinitive: « par exemple », « avant tout », « en permanence ».
_BETWEEN = frozenset((",", "exemple", "de", "d'", "à", "avant", "tout", "permanence", "fois", "cas", "besoin", "outre"))


def is_done(words: Words, part: Predicate, lower: str) -> bool:
    """Whether a predicate says what is done, rather than what the holder is.

    ``lower`` is the text of the words in lower case.
    """
    head = part.heads[0]
    form = verbs.read(words[head]) or verbs.familiar(words[head])
    lemma = form.lemma if form else ""
    if form is not None and lemma in lexicon().modals and form.mood != "infinitive":
        governed = governed_by(words, head + 1, part.last)
        return governed is not None and is_done(words, Predicate(governed, part.last, [governed]), lower)
    if lemma == "hésiter" and words[head + 1 : head + 3] == ["pas", "à"]:  # « n'hésite pas à reprendre les finitions »
        return governed_by(words, head + 3, part.last) is not None
    if lemma in _JUDGED or lemma in lexicon().with_object:
        return _judged(words, part, lemma, lower)
    yourself = words[max(head - 2, 0) : head] == ["vous", "vous"]
    reflexive = yourself or (
        head > 0 and (words[head - 1] in _SELF or (words[head - 1] in _PLACES and words[head - 2] in _SELF))
    )
    resting = reflexive and lemma in lexicon().reflexive_states
    return not (
        lemma in lexicon().states
        or (resting and not lexicon().reflexive_deeds.match(lower, words, head, part.last - 1))
        or (_negated(words, head) and not affirms(words, head))
        or lexicon().not_done.match(lower, words, head, part.last - 1)
    )


def is_state(words: Words, verb: int) -> bool:
    """Whether a verb says what somebody is, has or knows, whatever follows it."""
    form = verbs.read(words[verb])
    return form is not None and form.lemma in lexicon().states


def _judged(words: Words, part: Predicate, lemma: str, lower: str) -> bool:
    """Verbs of being that are verbs of doing with certain objects."""
    head = part.heads[0]
    following = words[head + 1] if head + 1 < part.last else ""
    if lemma in lexicon().with_object:
        described = lexicon().not_done.match(lower, words, head, part.last - 1)
        return (following in _COUNTED or (following in _SOME and lemma != "disposer")) and described is None
    if lemma == "associer":  # « associe des images », but not « associe rigueur et patience »
        return following in _PLURAL
    if lemma == "travailler":
        worked = following in _WORKED and not _WHEN.match(lower, words.after(head))
        return worked or _WORKED_AT.match(lower, words.after(head)) is not None
    if lemma == "compter":  # « Les semis, il les compte »
        return following in _COUNTED or words[head - 1] in _THEM
    if lemma == "avoir":
        said = lower[words.starts[head] : words.after(part.last - 1) + 1]
        return " œil " in said or (" rôle " in said and _ROLE.match(lower, words.after(head)) is not None)
    return _EXERCISES.match(lower, words.after(head)) is not None


def governed_by(words: Words, at: int, stop: int) -> int | None:
    """The infinitive that a modal governs, over adverbs, pronouns and an aside."""
    for i in range(at, min(stop, len(words))):
        form = verbs.read(words[i])
        if form is not None and form.mood == "infinitive":
            return i
        if not (is_adverb(words[i]) or words[i] in CLITICS or words[i] in _BETWEEN):
            return None
    return None


def _negated(words: Words, head: int) -> bool:
    """Whether « ne » stands before a verb and its pronouns; one in the circumstance before them does not count."""
    at = head - 1
    while at >= 0 and (words[at] in CLITICS or is_adverb(words[at]) or words[at] == "pas"):
        at -= 1
    return at >= 0 and words[at] in NEGATIONS
