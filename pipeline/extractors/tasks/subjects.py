"""Who acts: the places in a sentence where the job holder is the subject of a clause.

Titles of the sheet and the words of a sentence go in; :class:`Subject` objects come out: where the
noun phrase or pronoun begins, where its verb stands, and the mood that the verb has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline import verbs
from pipeline.clauses import DETERMINERS, NEGATIONS, PREPOSITIONS, Words, finite, is_adverb, skip_clitics
from pipeline.lexicons import load
from pipeline.normal import fold

_PRONOUNS = {"il": "singular", "elle": "singular", "iel": "singular", "celui-ci": "singular", "celle-ci": "singular",
             "ils": "plural", "elles": "plural", "iels": "plural", "ceux-ci": "plural", "celles-ci": "plural"}
_SINGULAR = frozenset(("le", "la", "l'", "un", "une", "ce", "cet", "cette", "chaque", "tout", "toute", "notre", "votre"))
_PLURAL = frozenset(("les", "des", "ces", "nos", "certains", "certaines", "tous"))
_SUBORDINATORS = frozenset(
    "que qu' qui quand lorsqu' lorsque si s' dont où lequel laquelle lesquels lesquelles duquel desquels desquelles auquel "
    "auxquels auxquelles comme tant dès quoi jusqu' afin".split()
)
_LINKS = frozenset(', ; : - . … ... " » ) et mais car puis or donc puisqu\' puisque ainsi aussi enfin ensuite alors'.split())
_ADJECTIVES = frozenset(
    "bon bonne futur future jeune simple grand grande petit petite nouveau nouvelle vrai vraie même seul seule meilleur plupart".split()
)
_GOALS = frozenset(("objectif", "objectifs", "mission", "missions", "but", "role", "tache", "priorite"))
_POINTING = frozenset(("ce", "cet", "cette", "ces"))
#: « ce technicien », « cet artiste »: after a demonstrative, a word for people means the job holder …
_AGENT = re.compile(
    r"(?!(?:secteur|quartier|métier|dossier|chantier|atelier|papier|moteur|matière|manière|carrière|filière|chaleur|valeur|moyen|"
    r"lien|soutien|entretien|courrier|fichier|ordinateur|rigueur|dernier|dernière|heure|liste|piste|vérité)s?$)"
    r"[^\W\d_]+(?:eur|euse|trice|ier|ière|iste|ien|ienne|logue|graphe)s?"
)
#: Endings of gender → what stands for both; the rest of a word keeps its letters.
_GENDERS = ((re.compile(r"(?:euse|eure|eur|rice)$"), "E"), (re.compile(r"(?:iere|ier)$"), "I"), (re.compile(r"(?:ere|er)$"), "R"),
            (re.compile(r"(?:ienne|ien)$"), "N"), (re.compile(r"(?:ive|if)$"), "V"), (re.compile(r"(?:onne|on)$"), "O"),
            (re.compile(r"e$"), ""))
_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORTEST = 3  # letters that a stem keeps
_NEAR = 10
_LONGEST = 16  # words that may stand between a subject and its verb


@dataclass(frozen=True, slots=True)
class Holder:
    """The names of the job holder: stems of head words, and every word of the titles."""

    heads: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, labels: Iterable[str]) -> Holder:
        """The holder that titles such as « coiffeur / coiffeuse » name."""
        heads, words = set(_generic()), set()
        for label in labels:
            folded = re.sub(r"[·•.(){}]+", "-", fold(label).replace("'", " "))
            parts = _WORDS.findall(folded)
            for form in [w for part in re.split(r"[/,]| ou | et ", folded) for w in _WORDS.findall(part)[:1]]:
                heads.update(stem(piece) for piece in (form, form.split("-")[0]) if len(piece) > 2)
            words.update(piece for part in parts for piece in (part, *part.split("-")))
        return cls(frozenset(heads), frozenset(words))

    def named(self, form: str) -> bool:
        """Whether ``form`` heads a noun phrase that means the job holder."""
        plain = _folded(form)
        return stem(plain) in self.heads or ("-" in plain and stem(plain.split("-")[0]) in self.heads)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its first word, the word after it, and the mood of the verb that it asks for.

    ``kind`` is ``pronoun``, ``name``, ``tagged`` (a name whose verb the tagger found), ``relative`` (« une sage-femme, qui … ») or ``work`` (« sa mission »).
    """

    first: int
    after: int
    mood: str
    kind: str


@lru_cache(maxsize=8192)
def _folded(form: str) -> str:
    return fold(form)


@lru_cache(maxsize=8192)
def stem(form: str) -> str:
    """``form`` (folded), the same for both genders and numbers: « coiffeur », « coiffeuses » → « coiffE »."""
    single = form[:-1] if form[-1:] in {"s", "x"} else form
    for ending, mark in _GENDERS:
        match = ending.search(single)
        if match and match.start() >= _SHORTEST:
            return single[: match.start()] + mark
    return single


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in load("tasks")["holders"].split())


@cache
def _works() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in load("tasks")["works"].split())


def subjects(words: Words, holder: Holder) -> list[Subject]:
    """The job holder's places as the subject of a main clause, in order, without overlap."""
    found: list[Subject] = []
    at = 0
    while at < len(words):
        subject = None if words[at].enclosed or not _may_begin(words, at) else _subject(words, at, holder)
        if subject is None:
            at += 1
        else:
            if at == 0 or words[at - 1].form != "par" or subject.kind == "relative":
                found.append(subject)
            at = max(subject.after, at + 1)
    return found


def _may_begin(words: Words, at: int) -> bool:
    """Whether a main clause's subject may stand at ``at``."""
    if at == 0:
        return True
    before = words[at - 1].form
    if before == "par":  # « suivie par une sage-femme, qui assure … »
        return True
    if before in _SUBORDINATORS:
        return at > 1 and before in {"qu'", "que"} and words[at - 2].form == "parce"
    if before in _LINKS or (is_adverb(before) and (at == 1 or words[at - 2].form in _LINKS)):
        return True
    if before in {"est", "sont"} and at > 1 and words[at - 2].form in {"c'", "ce"}:
        return True
    return words[at].form in _PRONOUNS or before.endswith("ment")


def _subject(words: Words, at: int, holder: Holder) -> Subject | None:
    form = words[at].form
    if form in {"lui", "elle", "eux", "elles"} and words[at - 1].form == "est" and at > 1 and words[at - 2].form == "c'":
        after = next((i for i in range(at + 1, min(at + 6, len(words))) if words[i].form == "qui"), None)
        return None if after is None else Subject(after + 1, after + 1, "singular", "relative")
    if form in {"cela", "ceci", "ça"} and at + 1 < len(words) and words[at + 1].form == "lui":
        return Subject(at, at + 1, "singular", "pronoun")
    if form == "à" and at + 2 < len(words) and words[at + 1].form in {"lui", "elle"} and words[at + 2].form in {"de", "d'"}:
        return Subject(at, at + 2, "singular", "work")
    if form in _PRONOUNS:
        after = at + 1
        if after + 1 < len(words) and words[after].form in {"ou", "/"} and words[after + 1].form in _PRONOUNS:
            after += 2
        elif after + 2 < len(words) and words[after].form == "(" and words[after + 2].form == ")":
            after += 3
        return Subject(at, after, _PRONOUNS[form], "pronoun")
    if at == 0 and _folded(form) in _GOALS and any(w.form == ":" for w in words[1:4]):
        colon = next(i for i in range(1, 4) if words[i].form == ":")
        return Subject(0, colon, "work", "work")
    if form in {"son", "sa", "ses", "leur", "leurs", "votre", "vos", "le", "la", "l'", "les"}:
        work = _work(words, at, holder)
        if work is not None:
            return work
    if form in _SINGULAR or form in _PLURAL:
        head = at
        if at + 2 < len(words) and words[at + 1].form in {"ou", "/"} and words[at + 2].form in _SINGULAR | _PLURAL:
            head = at + 2
        return _name(words, at, head, holder)
    return None


def _name(words: Words, first: int, at: int, holder: Holder) -> Subject | None:
    """A noun phrase that begins at ``first`` and whose (last) determiner stands at ``at``."""
    mood = "plural" if words[at].form in _PLURAL else "singular"
    pointed = words[at].form in _POINTING
    far = at + 3 if at + 1 < len(words) and words[at + 1].form in _ADJECTIVES else at + 2
    near = range(at + 1, min(far, len(words)))
    head = next((i for i in near if holder.named(words[i].form) or (pointed and _AGENT.fullmatch(words[i].form))), None)
    if head is None:
        return None
    return _verb_after(words, first, head + 1, mood, holder)


def _verb_after(words: Words, first: int, at: int, mood: str, holder: Holder) -> Subject | None:
    """Walk from the head of a noun phrase to its verb, over complements and one aside between commas."""
    aside = False
    for i in range(at, min(at + _LONGEST, len(words))):
        word = words[i]
        if word.enclosed or word.form in "()":
            continue
        if word.form == ":":
            return Subject(first, i, mood, "name")
        if word.form == "/" or (words[i - 1].form == "/" and word.start == words[i - 1].end):
            continue
        if word.form == "qui":
            return Subject(first, i + 1, mood, "relative")
        if word.form == "," and i + 1 < len(words) and _folded(words[i + 1].form) in holder.words:
            continue
        if word.form == ",":
            closing = next((j for j in range(i + 1, min(i + _LONGEST, len(words))) if words[j].form == ","), None)
            if words[min(i + 1, len(words) - 1)].form == "qui":
                return Subject(first, i + 2, mood, "relative")
            if aside or closing is None or closing + 1 >= len(words):
                return None
            return _verb_after(words, first, closing + 1, mood, holder) if _verb_at(words, closing + 1, mood) else None
        if word.form in {"que", "qu'", "dont", "où", ";"}:
            return None
        if _folded(word.form) in holder.words or (i > at and words[i - 1].form in {"de", "d'"}):
            at += i == at
            continue
        if _verb_at(words, i, mood) or (i == at and _only_verb(words, i, mood)):
            return Subject(first, i, mood, "name")
    return _unlisted(words, first, at, mood)


def _unlisted(words: Words, first: int, at: int, mood: str) -> Subject | None:
    """A subject whose verb the lexicon lacks: the tagger says which word it is."""
    near = [i for i in range(at, min(at + _NEAR, len(words))) if _could_be_verb(words, i, mood)]
    if not near or any(verbs.read(word.form) and word.form not in verbs.nouns() for word in words[at:]):
        return None
    tagged = words.tagged_verbs()
    return next((Subject(first, i, mood, "tagged") for i in near if words[i].start in tagged), None)


def _could_be_verb(words: Words, at: int, mood: str) -> bool:
    form = words[at].form
    ending = ("nt",) if mood == "plural" else ("e", "t", "d")
    return (
        form.endswith(ending) and len(form) > _SHORTEST and verbs.read(form) is None and not words[at].enclosed
        and words[at - 1].form not in DETERMINERS | PREPOSITIONS
    )


def _only_verb(words: Words, at: int, mood: str) -> bool:
    """Whether a form that may be a noun is the only verb that its clause can have: « le fleuriste fabrique de la beauté »."""
    form = verbs.read(words[at].form)
    if form is None or form.mood != mood:
        return False
    for i in range(at + 1, len(words)):
        if words[i].form in {",", ";", ":", "qui", "que", "qu'", "."}:
            break
        if words[i].form not in verbs.nouns() and finite(words, i, mood):
            return False
    return True


def _verb_at(words: Words, at: int, mood: str) -> bool:
    if words[at].form in NEGATIONS:
        return True
    verb = skip_clitics(words, at, len(words))
    if verb >= len(words) or (verb > at and words[at].form in {"le", "la", "l'", "les", "leur"} and not finite(words, verb, mood)):
        return False
    if verb > at and words[at].form in {"se", "s'", "lui"}:
        return True
    return finite(words, verb, mood)


def _work(words: Words, at: int, holder: Holder) -> Subject | None:
    """« sa mission », « le rôle du géomètre », « la priorité du responsable »."""
    head = next((i for i in range(at + 1, min(at + 4, len(words))) if stem(_folded(words[i].form)) in _works()), None)
    if head is None or any(words[i].form in DETERMINERS | PREPOSITIONS or not words[i].form[0].isalpha() for i in range(at + 1, head)):
        return None
    farthest = _LONGEST if words[at].form in {"son", "sa", "ses"} else _NEAR
    for i in range(head + 1, min(head + farthest, len(words))):
        form = words[i].form
        if form == ":" or form in {"est", "sont", "consiste", "consistent", "vise", "visent", "sera"}:
            return Subject(at, i, "work", "work")
        if form in ",;" or (verbs.read(form) is not None and form not in verbs.nouns() and _folded(form) not in holder.words):
            return None
    return None
