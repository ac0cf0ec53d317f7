"""French verbs among their neighbours, by rule: what is a verb and what a noun, and which « ne » denies nothing.

Where one activity ends and the next begins is known to :mod:`pipeline.french.predicates`.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.french import verbs
from pipeline.french.words import Words
from pipeline.lexicons import load


def word_set(name: str) -> frozenset[str]:
    """A list of ``lexicons/grammar.toml``."""
    return frozenset(load("grammar")[name].split())


DETERMINERS = word_set("determiners")
CLITICS = word_set("clitics")
NEGATIONS = frozenset(("ne", "n'"))
PREPOSITIONS = word_set("prepositions")
ADVERBS = word_set("adverbs")
_OPENS_OBJECT = DETERMINERS - {"du", "des"}
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_NOMINAL = frozenset(("de", "d'", "du"))  # what follows a noun rather than a verb
#: Endings and words that look like verbs in -er and are none.
_UNVERBAL = (
    "age",
    "ment",
    "ique",
    "aire",
    "able",
    "ible",
    "elle",
    "iste",
    "euse",
    "ive",
    "omie",
    "ogie",
    "erie",
    "aphie",
    "ienne",
    "trice",
    "ière",
    "ance",
    "ence",
    "esse",
    "ure",
)
_FUNCTION = word_set("unverbal")
_SHORTEST = 5  # letters of the shortest form that is taken for a verb unseen
_SUBJECTS = frozenset(("elle", "elles", "il", "ils", "je", "on", "qui", "tu", "vous"))
_VERBAL = _SUBJECTS | {"se", "s'"}  # before a verb only
#: What follows the noun of a subject rather than a verb: « le reste est … », « la pose se fait … ».
_AFTER_SUBJECT = frozenset(("a", "est", "n'", "ne", "ont", "s'", "se", "sont"))
_FAR = 10  # words between « ne » and « que »
_NEGLECTING = ("hésit", "manqu", "néglig", "oubli")
#: What makes « ne » a denial.
_NEGATIVE = frozenset(("aucun", "aucune", "guère", "jamais", "ni", "nullement", "pas", "personne", "plus", "point", "rien"))
#: What ends the search for the « que » of « ne … que ».
_ENDING = frozenset((",", "et", "mais", "ou", "puis", ";"))


@lru_cache(maxsize=1 << 15)
def is_adverb(form: str) -> bool:
    """Whether ``form`` may stand between a verb and its object without being one."""
    return form in ADVERBS or (form.endswith("ment") and len(form) > len("moment"))


def finite(words: Words, at: int, mood: str) -> bool:
    """Whether the word at ``at`` is a verb of ``mood``; a form that is also a noun needs proof from its neighbours."""
    form = verbs.read(words[at])
    if at in words.enclosed:
        return False
    if mood == "familiar":
        familiar = verbs.familiar(words[at])
        return familiar is not None and (words[at][:-1] not in verbs.nouns() or not _reads_as_noun(words, at))
    if mood == "first":
        return verbs.first_person(words[at]) is not None and (words[at] not in verbs.nouns() or not _reads_as_noun(words, at))
    if form is None:
        enters = words[at] == "entre" and mood == "singular" and words[at + 1 : at + 2] in (["en"], ["dans"])
        return enters or _looks_finite(words, at, mood)
    if form.mood != mood:
        return False
    return mood == "infinitive" or words[at] not in verbs.nouns() or not _reads_as_noun(words, at)


def _reads_as_noun(words: Words, at: int) -> bool:
    """Whether the neighbours of a form such as « contrôle » make it a noun."""
    before = words[at - 1] if at else ""
    following = words[at + 1] if at + 1 < len(words) else "."
    if at + 2 < len(words) and words[at + 2] == words[at]:  # « élève après élève »
        return True
    if before in _VERBAL or (before == "en" and (following in DETERMINERS or (at > 1 and words[at - 2] in _SUBJECTS))):
        return False  # « il taille de la pierre », « il en délivre aussi »
    if before == "leur" and following not in DETERMINERS and not is_adverb(following):  # « les produits et leur usage sur … »
        return True
    if before in CLITICS and before in DETERMINERS:
        return following in _NOMINAL or following in _AFTER_SUBJECT or (at > 1 and words[at - 2] in PREPOSITIONS)
    return before in PREPOSITIONS or before in DETERMINERS or following in _NOMINAL


def _looks_finite(words: Words, at: int, mood: str) -> bool:
    """A word that the lexicon does not know, shaped like a verb in -er and followed by an object's determiner."""
    form = words[at]
    ending = {"singular": "e", "plural": "ent", "infinitive": "er"}.get(mood)
    if ending is None or not form.endswith(ending) or len(form) < _SHORTEST or form.endswith(_UNVERBAL) or form in _FUNCTION:
        return False
    following = words[at + 1] if at + 1 < len(words) else "."
    return following in _OPENS_OBJECT and form not in _BEFORE_NOUNS and form not in ADVERBS


def skip_clitics(words: Words, at: int, stop: int) -> int:
    """The place after pronouns that stand before a verb."""
    while at < stop and words[at] in CLITICS:
        at += 1
    return at


def affirms(words: Words, head: int) -> bool:
    """Whether a verb after « ne » is no denial: « ne livre au client que les meilleures », « n'oublie pas les papiers »."""
    if negates_neglect(words, head - 1):
        return True
    for at in range(head + 1, min(head + _FAR, len(words) - 1)):
        form = words[at]
        if form in {"que", "qu'"}:  # but not « n'arrive que dans les films »
            return at == head + 1 or words[at + 1] in DETERMINERS or words[at + 1] == "pour"
        if form in _NEGATIVE or form in _ENDING:
            return False
    return False


def negates_neglect(words: Words, at: int) -> bool:
    """« n'hésite pas », « ne manque pas »: two denials that say what is done, of which the first stands at ``at``."""
    return words[at] in NEGATIONS and words[at + 2 : at + 3] == ["pas"] and words[at + 1].startswith(_NEGLECTING)
