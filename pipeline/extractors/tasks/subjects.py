"""Who acts: the places in a sentence where the job holder is the subject of a clause.

Titles of the sheet and the words of a sentence go in; :class:`Subject` objects come out: where the
noun phrase or pronoun begins, where its verb stands, and the mood that the verb has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, NEGATIONS, PREPOSITIONS, finite, is_adverb, skip_clitics, word_set
from pipeline.french.words import Words
from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.remembered import Remembered

_PRONOUNS = {
    "il": "singular",
    "elle": "singular",
    "iel": "singular",
    "ils": "plural",
    "elles": "plural",
    "iels": "plural",
    "vous": "second",
    "tu": "familiar",
}
_ASKED = frozenset(("lui", "leur", "vous", "te"))  # « on lui demande de … »
_QUANTITIES = (("beaucoup",), ("certains",), ("certaines",), ("plusieurs",), ("la", "plupart"), ("d'", "autres"))
_QUANTIFYING = frozenset(first for first, *_ in _QUANTITIES)
_SINGULAR = frozenset(("le", "la", "l'", "un", "une", "ce", "cet", "cette", "chaque", "tout", "toute", "notre", "votre"))
_PLURAL = frozenset(("les", "des", "ces", "nos", "certains", "certaines", "tous"))
_ARTICLES = _SINGULAR | _PLURAL
_SUBORDINATORS = word_set("subordinators")
_LINKS = word_set("links")
_ADJECTIVES = word_set("adjectives")
_GOALS = frozenset(("objectif", "objectifs", "mission", "missions", "but", "role", "tache", "priorite"))
_POINTING = frozenset(("ce", "cet", "cette", "ces"))
#: « ce technicien », « cet artiste »: after a demonstrative, a word for people means the job holder …
_AGENT = re.compile(
    r"(?!(?:secteur|quartier|métier|dossier|chantier|atelier|papier|moteur|matière|manière|carrière|filière|chaleur|"
    r"valeur|moyen|lien|soutien|entretien|courrier|fichier|ordinateur|rigueur|dernier|dernière|heure|liste|piste|vérité)s?$)"
    r"[^\W\d_]+(?:eur|euse|trice|ier|ière|iste|ien|ienne|logue|graphe)s?"
)
_DOING = ("ant", "ante", "prete")  # other endings of the second name of « aide-soignant », « traducteur-interprète »
#: Endings of gender → what stands for both; the rest of a word keeps its letters.
_GENDERS = (
    (re.compile(r"(?:euse|eure|eur|rice)$"), "E"),
    (re.compile(r"(?:iere|ier)$"), "I"),
    (re.compile(r"(?:ere|er)$"), "R"),
    (re.compile(r"(?:ienne|ien)$"), "N"),
    (re.compile(r"(?:ive|if)$"), "V"),
    (re.compile(r"(?:onne|on)$"), "O"),
    (re.compile(r"e$"), ""),
)
_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_JOINS = re.compile(r"[·•.(){}]+")
_SPLITS = re.compile(r"[/,]| ou | et ")
_SHORTEST = 3  # letters that a stem keeps
_NEAR = 10  # words in which a verb unknown to the lexicon is looked for
_FEW = 6
_POSSESSIVES = frozenset(("son", "sa", "ses", "leur", "leurs", "votre", "vos"))
_WORKING = _POSSESSIVES | {"le", "la", "l'", "les"}
_EMPHATIC = frozenset(("lui", "elle", "eux", "elles", "cela", "ceci", "ça", "à"))
#: Verbs that say what the work is.
BEING = frozenset(("est", "sont", "sera", "consiste", "consistent", "vise", "visent"))
#: What :func:`_subject` reads elsewhere than at the start of a sentence: a form that it learns must be added here.
_BEGINNING = frozenset(("on", "au", *_EMPHATIC, *_PRONOUNS, *_SINGULAR, *_PLURAL, *_POSSESSIVES))
_BEFORE_NAMES = _ARTICLES | _POSSESSIVES
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_LONGEST = 16  # words that may stand between a subject and its verb


#: Prepositions that make a pronoun their object, and what may stand between a pronoun and its verb.
_GOVERNING = frozenset(("avec", "pour", "chez", "sans", "entre", "sur", "vers", "contre", "envers", "parmi", "à", "de", "d'"))
_ALONE = frozenset(("seul", "seule", "seuls", "seules", "aussi", "-même", "-mêmes"))


@dataclass(frozen=True, slots=True)
class Holder:
    """The names of the job holder: stems of head words, and every word of the titles.

    ``others`` are the occupations that the sheet tells apart from it (« rédacteur en chef »), word for word.
    """

    heads: frozenset[str]
    words: frozenset[str]
    others: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def of(cls, labels: Iterable[str], others: Iterable[str] = ()) -> Holder:
        """The holder that titles such as « coiffeur / coiffeuse » name; ``others`` are titles of someone else."""
        heads: set[str] = set(_generic())
        words: set[str] = set()
        for label in labels:
            named = _NAMED[label]
            heads |= named[0]
            words |= named[1]
        apart = (_APART[other] for other in others)
        return cls(frozenset(heads), frozenset(words), frozenset(other for other in apart if len(other) > 1))

    def known_as(self, form: str) -> Holder:
        """The holder, called ``form`` too."""
        return replace(self, heads=self.heads | {stem_of(form)})

    def is_other(self, words: Words, head: int) -> bool:
        """Whether the name whose noun stands at ``head`` is another occupation's: « le rédacteur en chef »."""
        if not self.others and "chef" not in words[head : head + _NEAR]:
            return False
        following = [_folded(form).rstrip("'") for form in words[head : head + _NEAR] if form[0].isalnum()]
        if following[1:3] == ["en", "chef"] and "chef" not in self.words:
            return True
        return any(following[: len(other)] == list(other) for other in self.others)

    def is_titled(self, form: str) -> bool:
        """Whether a title has ``form`` as its head; « l'expert » may mean the job holder without."""
        return stem_of(form) not in _generic() or _folded(form) in self.words

    def named(self, form: str) -> bool:
        """Whether ``form`` heads a noun phrase that means the job holder."""
        return stem_of(form) in self.heads or ("-" in form and stem_of(form.split("-", 1)[0]) in self.heads)


def _named(label: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the head words of a title, and all its words."""
    folded = _JOINS.sub("-", fold(label).replace("'", " "))
    heads: set[str] = set()
    for form in [w for part in _SPLITS.split(folded) for w in _WORDS.findall(part)[:1]]:
        first, *later = form.split("-")
        joined = [piece for piece in later if _AGENT.fullmatch(piece) or piece.endswith(_DOING)]
        heads.update(stem(piece) for piece in (form, first, *joined) if len(piece) >= _SHORTEST)
    return frozenset(heads), frozenset(piece for part in _WORDS.findall(folded) for piece in (part, *part.split("-")))


#: Titles, most of which stand in several sheets: what they name, and their words.
_NAMED = Remembered(_named)
_APART = Remembered(lambda label: tuple(_WORDS.findall(fold(label).replace("'", " "))))


class Subject(NamedTuple):
    """A subject: its first word, the word after it, and the mood of the verb that it asks for.

    ``kind`` is ``pronoun``, ``name``, ``tagged`` (a name whose verb the tagger found), ``relative`` (« une
    sage-femme, qui … »), ``cleft`` (« c'est elle qui … »), ``work`` (« sa mission »), ``charge`` (« à lui
    qu'incombe … »), ``asked`` (« on lui demande ») or ``quantity`` (« beaucoup »).
    """

    first: int
    after: int
    mood: str
    kind: str


_FOLDED = Remembered(fold)


def _folded(form: str) -> str:
    return _FOLDED[form]


@lru_cache(maxsize=8192)
def stem(form: str) -> str:
    """``form`` (folded), the same for both genders and numbers: « coiffeur », « coiffeuses » → « coiffE »."""
    single = form[:-1] if form[-1:] in {"s", "x"} else form
    for ending, mark in _GENDERS:
        match = ending.search(single)
        if match and match.start() >= _SHORTEST:
            return single[: match.start()] + mark
    return single


_STEMS = Remembered(lambda form: stem(fold(form)))


def stem_of(form: str) -> str:
    """The stem of a form as it stands in a text."""
    return _STEMS[form]


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in load("tasks")["holders"].split())


@cache
def _pointed_at() -> frozenset[str]:
    """Stems of nouns that mean the job holder after « ce » only: « ce salarié », but « le salarié »."""
    return frozenset(stem(fold(word)) for word in load("tasks")["pointed_holders"].split())


@cache
def _works() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in load("tasks")["works"].split())


def lead_noun(words: Words, holder: Holder) -> str | None:
    """The noun for a person that a sheet's first sentence speaks of, though no title has it: « la policière municipale »."""
    for at in range(len(words) - 1):
        if words[at] in _SINGULAR and _may_begin(words, at) and _AGENT.fullmatch(words[at + 1]):
            named = _with_verb(words, at, at + 2, "singular", holder)
            if named is not None and named.kind == "name":
                return words[at + 1]
    return None


def speaks_of_another(words: Words, holder: Holder) -> bool:
    """Whether a sentence opens with a person who is not the job holder and does something: « L'agent prélève 20 %. »."""
    if len(words) < _FEW or words[0] not in _SINGULAR or not _is_person(words[1]) or holder.named(words[1]):
        return False
    return any(_verb_at(words, i, "singular") for i in range(2, min(_NEAR, len(words))))


def subjects(words: Words, holder: Holder) -> list[Subject]:
    """The job holder's places as the subject of a main clause, in order, without overlap."""
    found: list[Subject] = []
    after = 0  # the word after the last subject
    heads, works = holder.heads, _works()
    beginning = [at for at, form in enumerate(words) if form in _BEGINNING or not at]
    for at in beginning:
        if at < after or at in words.enclosed:
            continue
        if (at or words[0] not in _QUANTIFYING) and words[at] in _BEFORE_NAMES and not _may_name(words, at, heads, works):
            continue
        subject = _subject(words, at, holder) if _may_begin(words, at) else None
        if subject is not None:
            if at == 0 or words[at - 1] != "par" or subject.kind == "relative":
                found.append(_as_cleft(words, subject))
            after = subject.after
    return found


def opening_subject(words: Words, holder: Holder) -> Subject | None:
    """The job holder as the subject that the words begin with."""
    return _subject(words, 0, holder) if words and 0 not in words.enclosed else None


def may_open(form: str) -> bool:
    """Whether a pronoun or a noun phrase may begin with ``form`` that is a subject."""
    return form in _BEGINNING


def _may_name(words: Words, at: int, heads: frozenset[str], works: frozenset[str]) -> bool:
    """Whether an article or possessive may open what :func:`_work` or :func:`_name` reads: few nouns are the holder or work."""
    near = words[at + 1 : at + 4]
    if near and (near[0] in {"ou", "/"} or words[at] in _POINTING):
        return True
    for form in near:
        stemmed = _STEMS[form]
        if stemmed in heads or stemmed in works or "-" in form:
            return True
    return False


def _may_begin(words: Words, at: int) -> bool:
    """Whether a main clause's subject may stand at ``at``."""
    if at == 0 or words[at - 1] == "par":  # « suivie par une sage-femme, qui assure … »
        return True
    before = words[at - 1]
    pointing = at - 1 - is_adverb(before)  # « c'est encore lui »
    if words[pointing] in _POINTS and pointing > 0 and words[pointing - 1] in {"c'", "ce"}:
        return True
    if before in ENDING_RELATIVES:
        return before == "duquel" or words[at - 2] in {"de", "après"}
    if before in _SUBORDINATORS:
        return at > 1 and before in {"qu'", "que"} and words[at - 2] == "parce"
    linked = before in _LINKS or (is_adverb(before) and (at == 1 or words[at - 2] in _LINKS))
    return linked or words[at] in _PRONOUNS or before.endswith("ment")


def _subject(words: Words, at: int, holder: Holder) -> Subject | None:
    form = words[at]
    if form == "on":
        asked = at + 2 < len(words) and words[at + 1] in _ASKED
        return Subject(at, at + 1, "singular", "asked") if asked else None
    if at == 0 and form in _QUANTIFYING and (quantity := _quantity(words)) is not None:
        return quantity
    if form in _EMPHATIC or form == "au" or (at == 0 and _folded(form) in _GOALS):
        return _falls_to(words, at, holder) or _emphatic(words, at) or _goal(words, at) or _pronoun(words, at)
    if form in _PRONOUNS:
        return _pronoun(words, at)
    if form in _ARTICLES or form in _POSSESSIVES:
        return _work(words, at, holder) or _name(words, at, holder)
    return None


def _pronoun(words: Words, at: int) -> Subject | None:
    """« il », « elle ou il », « il (elle) »."""
    mood = _PRONOUNS.get(words[at])
    if mood is None or (at and words[at - 1] in _GOVERNING):  # « avec elles »
        return None
    if words[at + 1 : at + 2] and words[at + 1] in _ALONE:
        return Subject(at, at + 2, mood, "pronoun")
    after = words[at + 1 : at + 4]
    if after[:1] in (["ou"], ["/"]) and len(after) > 1 and after[1] in _PRONOUNS:
        return Subject(at, at + 3, mood, "pronoun")
    return Subject(at, at + 4 if after[:1] == ["("] and after[2:] == [")"] else at + 1, mood, "pronoun")


def _quantity(words: Words) -> Subject | None:
    """« Beaucoup ouvrent leur caveau », « D'autres coordonnent … »: some of the job holders."""
    for quantity in _QUANTITIES:
        after = len(quantity)
        if tuple(words[:after]) == quantity and after < len(words) and _verb_at(words, after, "plural"):
            return Subject(0, after, "plural", "quantity")
    return None


def _emphatic(words: Words, at: int) -> Subject | None:
    """« c'est lui qui règle », « cela lui permet de régler », « à lui de régler »."""
    form = words[at]
    following = words[at + 1 : at + 3]
    if form in {"cela", "ceci", "ça"}:
        return Subject(at, at + 1, "singular", "pronoun") if following[:1] == ["lui"] else None
    if form == "à":
        return _incumbent(words, at) if following[:1] in (["lui"], ["elle"]) else None
    back = at - 1 - (at > 0 and is_adverb(words[at - 1]))  # « c'est aussi lui qui »
    if back > 0 and words[back] in _POINTS and words[back - 1] in {"c'", "ce"}:
        who = next((i for i in range(at + 1, min(at + _FEW, len(words))) if words[i] == "qui"), None)
        return None if who is None else Subject(back - 1, who + 1, _POINTS[words[back]], "cleft")
    return None


def _incumbent(words: Words, at: int) -> Subject | None:
    """« à lui de régler », « c'est à lui qu'il revient de régler », « c'est à elle qu'incombe le réglage »."""
    if words[at + 2 : at + 3] in (["de"], ["d'"]):
        return Subject(at, at + 2, "singular", "work")
    verb = next((i for i in range(at + 3, min(at + 6, len(words) - 1)) if words[i] in FALLING), None)
    if words[at + 2 : at + 3] not in (["qu'"], ["que"]) or verb is None:
        return None
    of = next((i for i in range(verb + 1, min(verb + 5, len(words))) if words[i] in {"de", "d'"}), None)
    if words[at + 3] == "il" and of is not None:
        return Subject(at, of, "singular", "work")
    return Subject(at, verb + 1, "singular", "charge") if verb == at + 3 else None


def _falls_to(words: Words, at: int, holder: Holder) -> Subject | None:
    """« c'est au greffier que revient la mise en forme »."""
    named = at + 1 + (words[at] == "à")
    if words[at] not in {"à", "au"} or named + 2 >= len(words) or not holder.named(words[named]):
        return None
    that = next((i for i in range(named + 1, min(named + _NEAR, len(words) - 1)) if words[i] in {"que", "qu'"}), None)
    if that is None or words[that + 1] not in FALLING or that + 2 >= len(words):
        return None
    return Subject(at, that + 2, "singular", "charge")


#: Verbs that say whose task it is.
FALLING = frozenset(("revient", "incombe", "appartient", "échoit", "reviennent", "incombent"))
#: Relative pronouns after which a clause of its own follows: « au terme duquel il … », « après quoi il … ».
ENDING_RELATIVES = frozenset(("laquelle", "duquel", "quoi"))
#: « c'est lui qui », « ce sont eux qui »: the verb and the mood of the one that follows.
_POINTS = {"est": "singular", "sont": "plural"}


def _as_cleft(words: Words, subject: Subject) -> Subject:
    """« c'est le greffier qui rédige » as one subject, from « c'est » on."""
    at = subject.first
    if subject.kind == "relative" and at > 1 and words[at - 1] in _POINTS and words[at - 2] in {"c'", "ce"}:
        return Subject(at - 2, subject.after, subject.mood, "cleft")
    return subject


def _goal(words: Words, at: int) -> Subject | None:
    """« Objectif : », « Mission principale : »."""
    colon = next((i for i in range(1, min(4, len(words))) if words[i] == ":"), None)
    return Subject(0, colon, "work", "work") if at == 0 and colon is not None and _folded(words[0]) in _GOALS else None


def _name(words: Words, first: int, holder: Holder) -> Subject | None:
    """« le technicien », « le ou la fleuriste », « ce jeune professionnel »."""
    at = first
    if at + 2 < len(words) and words[at + 1] in {"ou", "/"} and words[at + 2] in _ARTICLES:
        at += 2
    mood = "plural" if words[at] in _PLURAL else "singular"
    pointed = words[at] in _POINTING
    head = at + 2 if at + 1 < len(words) and words[at + 1] in _ADJECTIVES else at + 1
    for named in (at + 1, head):
        if named < len(words) and (holder.named(words[named]) or (pointed and _is_person(words[named]))):
            if holder.is_other(words, named) or (not pointed and _told_apart(words, named, holder)):
                return None
            return _with_verb(words, first, named + 1, mood, holder)
    return None


def _told_apart(words: Words, named: int, holder: Holder) -> bool:
    """« l'expert, lui, … », « l'ingénieur de sûreté »: a general word for people that means somebody else here."""
    if holder.is_titled(words[named]):
        return False
    following = words[named + 1 : named + 4]
    if following[:2] in ([",", "lui"], [",", "elle"]):
        return True
    complement = words[named] in _COLLEAGUES and following[:1] in (["de"], ["d'"], ["du"]) and len(following) > 1
    return complement and _folded(following[1]) not in holder.words


#: General words for people that, with a complement, name another occupation.
_COLLEAGUES = frozenset(
    ("agent", "agente", "consultant", "consultante", "expert", "experte", "ingénieur", "technicien", "technicienne")
)


def _is_person(form: str) -> bool:
    """Whether a noun after « ce » means the job holder: « ce technicien », « cette salariée »."""
    return _AGENT.fullmatch(form) is not None or stem_of(form) in _pointed_at()


def _with_verb(words: Words, first: int, at: int, mood: str, holder: Holder) -> Subject | None:
    """Walk from the head of a noun phrase to its verb, over complements and an aside between commas."""
    for i in range(at, min(at + _LONGEST, len(words))):
        form = words[i]
        if form == ":":
            return Subject(first, i, mood, "name")
        if form == "qui" or (form == "," and words[i + 1 : i + 2] == ["qui"]):
            return _who(words, first, i, mood)
        if _is_complement(words, i, at, holder):
            at += i == at
        elif form == ",":
            return _after_aside(words, first, i, mood)
        elif form in {"que", "qu'", "dont", "où", ";"}:
            return None
        elif _verb_at(words, i, mood) or (i == at and _only_verb(words, i, mood)):
            return Subject(first, i, mood, "name")
    return _unlisted(words, first, at, mood)


def _is_complement(words: Words, at: int, floor: int, holder: Holder) -> bool:
    """Whether a word belongs to the name of the holder: in brackets, an ending after a slash, a word of the title, « de … »."""
    form, before = words[at], words[at - 1]
    if at in words.enclosed or form in {"(", ")", "/"} or (before == "/" and words.starts[at] == words.after(at - 1)):
        return True
    if form == ",":
        return at + 1 < len(words) and _folded(words[at + 1]) in holder.words
    return _folded(form) in holder.words or (at > floor and before in {"de", "d'"})


def _after_aside(words: Words, first: int, comma: int, mood: str) -> Subject | None:
    """« Le géomètre, sur le terrain, mesure … »."""
    closing = next((j for j in range(comma + 1, min(comma + _LONGEST, len(words) - 1)) if words[j] == ","), None)
    if closing is None or not _verb_at(words, closing + 1, mood):
        return None
    return Subject(first, closing + 1, mood, "name")


def _who(words: Words, first: int, at: int, mood: str) -> Subject | None:
    """« une sage-femme, qui assure … »: the clause itself; « l'artisan qui travaille seul établit … »: the verb after it."""
    if words[at] == ",":
        return Subject(first, at + 2, mood, "relative")
    inside = [i for i in range(at + 1, len(words)) if words[i] not in verbs.nouns() and finite(words, i, mood)]
    between = words[inside[0] : inside[1]] if len(inside) > 1 else []
    if between and not any(form in _SUBORDINATORS or form in {"et", "ou", ","} for form in between):
        return Subject(first, inside[1], mood, "name")
    return Subject(first, at + 1, mood, "relative")


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
        and len(form) > _SHORTEST
        and verbs.read(form) is None
        and at not in words.enclosed
        and words[at - 1] not in _BEFORE_NOUNS
    )


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


def _verb_at(words: Words, at: int, mood: str) -> bool:
    if words[at] in NEGATIONS:
        return True
    verb = skip_clitics(words, at, len(words))
    return verb < len(words) and ((verb > at and words[at] in {"se", "s'", "lui"}) or finite(words, verb, mood))


def _work(words: Words, at: int, holder: Holder) -> Subject | None:
    """« sa mission », « le rôle du géomètre », « la priorité du responsable »."""
    if words[at] not in _WORKING:
        return None
    works = _works()
    head = next((i for i, form in enumerate(words[at + 1 : at + 4], at + 1) if stem_of(form) in works), None)
    if head is None or any(form in _BEFORE_NOUNS or not form[0].isalpha() for form in words[at + 1 : head]):
        return None
    farthest = _LONGEST if words[at] in {"son", "sa", "ses"} else _NEAR
    for i in range(head + 1, min(head + farthest, len(words))):
        form = words[i]
        if form == ":" or form in BEING:
            return Subject(at, i, "work", "work")
        verbal = verbs.read(form) is not None and form not in verbs.nouns()
        if form in ",;" or (verbal and _folded(form) not in holder.words):
            return None
    return None
