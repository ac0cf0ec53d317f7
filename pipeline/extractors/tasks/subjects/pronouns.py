"""Pronouns as subjects: « il », « elle ou il », « lui seul », « beaucoup », and « on », who asks or sees the job holder."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.subjects.subject import LINKS, Subject, after_aside, verb_at
from pipeline.extractors.tasks.subjects.work import FALLING
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, is_adverb
from pipeline.french.words import Words

PRONOUNS = {
    "il": "singular",
    "elle": "singular",
    "iel": "singular",
    "ils": "plural",
    "elles": "plural",
    "iels": "plural",
    "vous": "second",
    "tu": "familiar",
    "je": "first",
    "j'": "first",
}
_STRESSED = {"lui": "singular", "eux": "plural"}
THAT = frozenset(("cela", "ceci", "ça"))
#: Prepositions that make a pronoun their object, and what may stand between a pronoun and its verb.
_GOVERNING = frozenset(("avec", "pour", "chez", "sans", "entre", "sur", "vers", "contre", "envers", "parmi", "à", "de", "d'"))
_ALONE = frozenset(("seul", "seule", "seuls", "seules", "aussi", "-même", "-mêmes"))
_BEFORE_CLITICS = frozenset(("il", "elle", "on", "ils", "elles", "ne", "n'", "qui", "vous"))  # « vous vous occupez »
_SEEN, _SEEING = frozenset(("l'", "la", "le", "les")), frozenset(("surprend", "verra", "voit"))  # « on le voit régler … »
_ASKED = frozenset(("lui", "leur", "vous", "te"))  # « on lui demande de … »
_QUANTITIES = (
    ("les", "meilleurs"),
    ("les", "plus", "*"),
    ("quelques-uns",),
    ("quelques-unes",),
    ("beaucoup",),
    ("certains",),
    ("certaines",),
    ("plusieurs",),
    ("la", "plupart"),
    ("d'", "autres"),
)
#: What opens a sentence that presents a thing before it says what is done with it, and the relatives that say so.
_PRESENTING = frozenset(("à", "au", "aux", "d'", "de", "vient", "viennent"))
_RELATIVE = frozenset(("dont", "laquelle", "lequel", "lesquelles", "lesquels", "qu'", "que"))
_GIVEN = frozenset((("lui", "est"), ("lui", "sont")))
#: What is said of what one is like: « il arrive qu'il soit absent ».
_BE_OR_HAVE = frozenset(("ait", "soit"))
#: What says how often something is done: « il arrive qu'il … », « il n'est pas rare qu'elle … ».
_USUAL = frozenset(("advient", "arrive", "peut", "rare"))
_LONGEST_USUAL = 6  # words of it
_NEAR = 3  # words from the comma to « sur lequel il »
QUANTIFYING = frozenset(first for first, *_ in _QUANTITIES)


def pronoun(words: Words, at: int) -> Subject | None:
    """« il », « elle ou il », « il (elle) », « lui seul », « cela lui permet de régler »."""
    if words[at] in THAT:
        return Subject(at, at + 1, "singular", "pronoun") if words[at + 1 : at + 2] == ["lui"] else None
    mood = PRONOUNS.get(words[at])
    if mood is None and words[at + 1 : at + 2] and words[at + 1] in _ALONE and (at == 0 or words[at - 1] in LINKS):
        mood = _STRESSED.get(words[at])
    if mood is None or (at and words[at - 1] in _GOVERNING):  # « avec elles »
        return None
    if mood == "second" and at and words[at - 1] in _BEFORE_CLITICS:
        return None
    if words[at + 1 : at + 2] and words[at + 1] in _ALONE:
        return Subject(at, at + 2, mood, "pronoun")
    after = words[at + 1 : at + 4]
    if after[:1] in (["ou"], ["/"]) and len(after) > 1 and after[1] in PRONOUNS:
        return Subject(at, at + 3, mood, "pronoun")
    first = usual(words, at - 1) if at > 1 and mood == "singular" and words[at - 1] in {"qu'", "que"} else None
    return Subject(
        at if first is None else first, at + 4 if after[:1] == ["("] and after[2:] == [")"] else at + 1, mood, "pronoun"
    )


def contrasted(words: Words, at: int) -> Subject | None:
    """« L'équipe passe le code au crible ; lui corrige les failles », « Eux réparent les toits »: set against others."""
    mood = _STRESSED.get(words[at])
    if mood is None or (at and words[at - 1] != ";") or at + 2 >= len(words):
        return None
    if words[at + 1] == ",":  # « ; lui, de son côté, vérifie », « ; lui, vérifie … »
        aside = after_aside(words, at, at + 1, mood)
        return aside or (Subject(at, at + 2, mood, "pronoun") if verb_at(words, at + 2, mood) else None)
    form = verbs.read(words[at + 1])
    acts = form is not None and form.mood == mood and words[at + 1] not in FALLING and form.lemma not in lexicon().states
    return Subject(at, at + 1, mood, "pronoun") if acts and words[at + 2] in DETERMINERS else None


def usual(words: Words, that: int) -> int | None:
    """Where « il arrive » or « il n'est pas rare » begins before the « que » at ``that``, of what one does; or None."""
    if not _BE_OR_HAVE.isdisjoint(words[that + 2 : that + 4]) or words[that + 1] not in {"il", "elle"}:
        return None
    if words[that - 1] == "," and words.index(",") < that - 1:  # « il arrive, l'hiver, qu'elle … »
        that = words.index(",")
    if words[that - 1] not in _USUAL:
        return None
    first = next((i for i in range(that - 2, max(that - _LONGEST_USUAL, 0) - 1, -1) if words[i] == "il"), None)
    return first if first is not None and (first == 0 or words[first - 1] in LINKS) else None


def presented(words: Words, at: int) -> Subject | None:
    """« De ce moule naît une semelle, qu'il ponce », « Les sacs lui sont confiés, qu'il recoud »: the sentence as a whole."""
    mood = PRONOUNS.get(words[at])
    if mood is None or words[at - 1] not in _RELATIVE or "," not in words[max(at - _NEAR, 0) : at - 1]:
        return None
    given = words[0] in _PRESENTING or any(pair in _GIVEN for pair in pairwise(words[: at - 1]))
    resumed = any(mark == "," and form in PRONOUNS for mark, form in pairwise(words[at:]))  # « Aux salons, qu'il court, il … »
    told = given and not resumed and words[at + 1 : at + 2] != ["lui"] and verb_at(words, at + 1, mood)
    return Subject(0, at + 1, mood, "pronoun") if told else None


def quantity(words: Words) -> Subject | None:
    """« Beaucoup ouvrent leur caveau », « D'autres coordonnent … »: some of the job holders."""
    for forms in _QUANTITIES:
        after = len(forms)
        if after >= len(words) or any(form not in (word, "*") for word, form in zip(words, forms, strict=False)):
            continue
        after += after + 1 < len(words) and is_adverb(words[after]) and verbs.read(words[after]) is None  # « D'autres encore »
        if words[after] == "," and (aside := after_aside(words, 0, after, "plural")) is not None:
            return aside._replace(kind="quantity")
        if verb_at(words, after, "plural"):
            return Subject(0, after, "plural", "quantity")
    return None


def of_others(words: Words, at: int) -> Subject | None:
    """« on lui demande de … », « on la voit régler … »: what others ask and see."""
    if at + 2 >= len(words):
        return None
    if words[at + 1] in _SEEN and words[at + 2] in _SEEING:
        return Subject(at, at + 3, "infinitive", "seen")
    return Subject(at, at + 1, "singular", "asked") if words[at + 1] in _ASKED else None
