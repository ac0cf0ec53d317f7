"""Who acts: the places in a sentence where the job holder is the subject of a clause.

The words of a sentence and what the job holder is called (:mod:`.holder`) go in; :class:`Subject` objects come out:
where the noun phrase or pronoun begins, where its verb stands, and the mood that the verb has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extractors.tasks.holder import NOUNS, POINTING, Holder, folded, is_agent, is_person, stem_of, works
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, NEGATIONS, PREPOSITIONS, finite, is_adverb, skip_clitics, word_set
from pipeline.french.words import Words, numbers

_PRONOUNS = {
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
#: Pronouns for the holder that « de » or « qui » must follow: « celui de niveau 2 », « quelqu'un qui … ».
_SAME = {"celui": "singular", "celle": "singular", "ceux": "plural", "celles": "plural", "quelqu'": "singular"}
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
QUANTIFYING = frozenset(first for first, *_ in _QUANTITIES)
SINGULAR = frozenset(("le", "la", "l'", "un", "une", "ce", "cet", "cette", "chaque", "tout", "toute", "notre", "votre"))
_PLURAL = frozenset(("les", "des", "ces", "nos", "certains", "certaines", "tous"))
_ARTICLES = SINGULAR | _PLURAL
_SUBORDINATORS = word_set("subordinators")
_LINKS = word_set("links")
_BEFORE_CLITICS = frozenset(("il", "elle", "on", "ils", "elles", "ne", "n'", "qui", "vous"))  # « vous vous occupez »
_MEANING = frozenset(("désigne", "désignait", "nomme", "qualifie"))  # « le terme désigne celui qui … »
_ADJECTIVES = word_set("adjectives")
GOALS = frozenset(("objectif", "objectifs", "mission", "missions", "but", "role", "tache", "priorite"))
#: What opens the circumstance of « C'est dans son atelier que … », and what makes a clause of it.
_PLACING = frozenset(
    ("à", "au", "aux", "avant", "après", "avec", "chez", "dans", "depuis", "derrière", "devant", "en", "sous", "sur")
)
_CLAUSAL = frozenset(("que", "qu'", "qui", "dont", "où", ",", ";", ":", "lui", "elle", "eux", "elles"))
_SHORTEST = 4  # letters of a form that the tagger is asked about
_NEAR = 10  # words in which a verb unknown to the lexicon is looked for
_FEW = 6
_POSSESSIVES = frozenset(("son", "sa", "ses", "leur", "leurs", "votre", "vos", "mon", "ma", "mes"))
_WORKING = _POSSESSIVES | {"le", "la", "l'", "les"}
_EMPHATIC = frozenset(("lui", "elle", "eux", "elles", "cela", "ceci", "ça", "à"))
#: Verbs that say what the work is.
BEING = frozenset(("est", "sont", "sera", "consiste", "consistent", "vise", "visent"))
#: What :func:`_subject` reads elsewhere than at the start of a sentence: a form that it learns must be added here.
_BEGINNING = frozenset(("on", "au", "aux", "du", *_EMPHATIC, *_PRONOUNS, *_SAME, *SINGULAR, *_PLURAL, *_POSSESSIVES))
_BEFORE_NAMES = _ARTICLES | _POSSESSIVES
_NEAR_NAMES = _BEFORE_NAMES | {"aux", "du"}
_RECEIVING = _ARTICLES | {"au", "aux", "du"}
_OF_OTHERS = PREPOSITIONS - {"à"}  # « avec le rédacteur, qui … », « le temps de l'architecte, qui … »
_REACH = range(5)
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_LONGEST = 16  # words that may stand between a subject and its verb


#: Prepositions that make a pronoun their object, and what may stand between a pronoun and its verb.
_GOVERNING = frozenset(("avec", "pour", "chez", "sans", "entre", "sur", "vers", "contre", "envers", "parmi", "à", "de", "d'"))
_ALONE = frozenset(("seul", "seule", "seuls", "seules", "aussi", "-même", "-mêmes"))


class Subject(NamedTuple):
    """A subject: its first word, the word after it, and the mood of the verb that it asks for.

    ``kind`` is ``pronoun``, ``name``, ``tagged`` (a name whose verb the tagger found), ``relative`` (« une
    sage-femme, qui … »), ``cleft`` (« c'est elle qui … »), ``work`` (« sa mission »), ``charge`` (« à lui
    qu'incombe … »), ``entrusted`` (« à lui que l'on confie … »), ``asked`` (« on lui demande »), ``seen`` (« on le voit
    régler ») or ``quantity`` (« beaucoup »).
    """

    first: int
    after: int
    mood: str
    kind: str


def lead_noun(words: Words, holder: Holder) -> str | None:
    """The noun for a person that a sheet's first sentence speaks of, though no title has it: « la policière municipale »."""
    for at in range(len(words) - 1):
        if words[at] in SINGULAR and _may_begin(words, at) and is_agent(words[at + 1]):
            named = _with_verb(words, at, at + 2, "singular", holder)
            if named is not None and named.kind == "name":
                return words[at + 1]
    return None


def speaks_of_another(words: Words, holder: Holder) -> bool:
    """Whether a sentence opens with a person who is not the job holder and does something: « L'agent prélève 20 %. »."""
    if (
        len(words) < _FEW
        or words[0] not in SINGULAR
        or not is_person(words[1])
        or holder.named(words[1])
        or folded(words[1]) in holder.words
    ):
        return False
    return any(_verb_at(words, i, "singular") for i in range(2, min(_NEAR, len(words))))


def subjects(words: Words, holder: Holder) -> list[Subject]:
    """The job holder's places as the subject of a main clause, in order, without overlap."""
    found: list[Subject] = []
    after = 0  # the word after the last subject
    for at in _places(words, holder):
        if at < after or at in words.enclosed:
            continue
        if _may_begin(words, at, found):
            subject = _subject(words, at, holder, found)
        else:
            subject = (_described(words, at, found) or _inverted(words, at, holder)) if "qui" in words else None
        if subject is not None:
            if at == 0 or words[at - 1] != "par" or subject.kind == "relative":
                found.append(_as_cleft(words, subject))
            after = subject.after
    return found


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


def opening_subject(words: Words, holder: Holder) -> Subject | None:
    """The job holder as the subject that the words begin with."""
    return _subject(words, 0, holder) if words and 0 not in words.enclosed else None


def may_open(form: str) -> bool:
    """Whether a pronoun or a noun phrase may begin with ``form`` that is a subject."""
    return form in _BEGINNING


def _may_begin(words: Words, at: int, before: Sequence[Subject] = ()) -> bool:
    """Whether a main clause's subject may stand at ``at``, after the subjects ``before``."""
    if at == 0 or words[at - 1] == "par":  # « suivie par une sage-femme, qui assure … »
        return True
    last = words[at - 1]
    pointing = at - 1 - is_adverb(last)  # « c'est encore lui »
    if words[pointing] in _POINTS and pointing > 0 and words[pointing - 1] in {"c'", "ce"}:
        return True
    if last == "où":  # « Il visite les salles, où il accorde … », but not « Au tribunal, où il est seul, il vérifie … »
        return bool(before) and words[at - 2] == ","
    if last in ENDING_RELATIVES:
        return last == "duquel" or words[at - 2] in {"de", "après"}
    if last in _SUBORDINATORS:
        return at > 1 and last in {"qu'", "que"} and (words[at - 2] == "parce" or _points_to_place(words, at - 1))
    linked = last in _LINKS or (is_adverb(last) and (at == 1 or words[at - 2] in _LINKS))
    return linked or words[at] in _PRONOUNS or last.endswith("ment")


def _points_to_place(words: Words, that: int) -> bool:
    """« C'est dans son atelier que … », « C'est alors qu'… »: up to the word ``that``, a circumstance and nothing else."""
    circumstance = words[2:that]
    if words[:2] != ["c'", "est"] or not circumstance or that > _LONGEST or not _CLAUSAL.isdisjoint(circumstance):
        return False
    return circumstance[0] in _PLACING or (len(circumstance) == 1 and is_adverb(circumstance[0]))


def _described(words: Words, at: int, before: Sequence[Subject]) -> Subject | None:
    """« c'est quelqu'un qui … », « elle est aussi celle qui … »: the clause that says what the holder does."""
    who = at + 1 + (words[at] == "quelqu'")
    if words[at] not in _SAME or words[who : who + 1] != ["qui"]:
        return None
    is_at = at - 1 - is_adverb(words[at - 1]) if at else 0
    said = is_at > 0 and words[is_at] in _POINTS and (before or words[is_at - 1] in {"c'", "ce"})
    if not (said or words[is_at] in _MEANING):
        return None
    return Subject(at, _after_comma(words, who + 1, _SAME[words[at]]), _SAME[words[at]], "relative")


def _after_comma(words: Words, at: int, mood: str) -> int:
    """Where the verb of « celui qui, dans une entreprise, achète … » stands, or ``at`` where no aside parts it."""
    if words[at : at + 1] != [","]:
        return at
    closing = next((i for i in range(at + 1, min(at + _LONGEST, len(words) - 1)) if words[i] == ","), None)
    return closing + 1 if closing is not None and _verb_at(words, closing + 1, mood) else at


def _of_rank(words: Words, at: int, holder: Holder, before: Sequence[Subject]) -> Subject | None:
    """« L'analyste de niveau 1 trie …, celui de niveau 2 enquête … »."""
    if not before or before[-1].kind != "name" or words[at + 1 : at + 2] not in (["de"], ["d'"], ["du"]):
        return None
    return _with_verb(words, at, at + 2, _SAME[words[at]], holder)


def _inverted(words: Words, at: int, holder: Holder) -> Subject | None:
    """« entre alors en scène le greffier, qui … », « aucun mur ne résiste au peintre, qui … »: told wherever they are named."""
    if words[at] not in _RECEIVING or words[at - 1] in _OF_OTHERS or at == 0:
        return None
    subject = _name(words, at, holder)
    if subject is None or subject.kind != "relative":
        return None
    added = words[subject.after - 2] == "," and holder.is_titled(words[at + 1])
    return subject if added or words[at - 1] in _MEANING else None


def _subject(words: Words, at: int, holder: Holder, before: Sequence[Subject] = ()) -> Subject | None:
    """The subject that begins at ``at``; ``before`` are those found before it."""
    form = words[at]
    if form in _SAME:
        return _described(words, at, before) or _of_rank(words, at, holder, before)
    if form == "on":
        return _of_others(words, at)
    if at == 0 and form in QUANTIFYING and (quantity := _quantity(words)) is not None:
        return quantity
    if form in _EMPHATIC or form == "au" or (at == 0 and folded(form) in GOALS):
        return _falls_to(words, at, holder) or _emphatic(words, at) or _goal(words, at) or _pronoun(words, at)
    if form in _PRONOUNS:
        return _pronoun(words, at)
    return (_work(words, at, holder) or _name(words, at, holder)) if form in _BEFORE_NAMES else None


def _of_others(words: Words, at: int) -> Subject | None:
    """« on lui demande de … », « on la voit régler … »: what others ask and see."""
    if at + 2 >= len(words):
        return None
    if words[at + 1] in _SEEN and words[at + 2] in _SEEING:
        return Subject(at, at + 3, "infinitive", "seen")
    return Subject(at, at + 1, "singular", "asked") if words[at + 1] in _ASKED else None


def _pronoun(words: Words, at: int) -> Subject | None:
    """« il », « elle ou il », « il (elle) », « lui seul »."""
    mood = _PRONOUNS.get(words[at])
    if mood is None and words[at + 1 : at + 2] and words[at + 1] in _ALONE and (at == 0 or words[at - 1] in _LINKS):
        mood = _STRESSED.get(words[at])
    if mood is None or (at and words[at - 1] in _GOVERNING):  # « avec elles »
        return None
    if mood == "second" and at and words[at - 1] in _BEFORE_CLITICS:
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
        if after >= len(words) or any(form not in (word, "*") for word, form in zip(words, quantity, strict=False)):
            continue
        after += after + 1 < len(words) and is_adverb(words[after]) and verbs.read(words[after]) is None  # « D'autres encore »
        if words[after] == "," and (aside := _after_aside(words, 0, after, "plural")) is not None:
            return aside._replace(kind="quantity")
        if _verb_at(words, after, "plural"):
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
    first = _pointed_from(words, at)
    after = at + 2 + (at + 2 < len(words) and is_adverb(words[at + 2]))  # « à lui aussi de »
    if words[after : after + 1] in (["de"], ["d'"]):
        return Subject(first, after, "singular", "work")
    if (entrusted := _entrusted(words, first, after)) is not None:
        return entrusted
    verb = next((i for i in range(at + 3, min(at + 6, len(words) - 1)) if words[i] in FALLING), None)
    if words[at + 2 : at + 3] not in (["qu'"], ["que"]) or verb is None:
        return None
    of = next((i for i in range(verb + 1, min(verb + 5, len(words))) if words[i] in {"de", "d'"}), None)
    if words[at + 3] == "il" and of is not None:
        return Subject(first, of, "singular", "work")
    return Subject(first, verb + 1, "singular", "charge") if verb == at + 3 else None


def _entrusted(words: Words, first: int, at: int) -> Subject | None:
    """« c'est à lui, enfin, que l'on confie l'accueil »: ``at`` is the word after the pronoun."""
    while words[at : at + 1] == [","] or (at < len(words) and is_adverb(words[at])):
        at += 1
    on = at + 1 + (words[at + 1 : at + 2] == ["l'"])
    said = words[at : at + 1] in (["qu'"], ["que"]) and words[on : on + 1] == ["on"] and words[on + 1 : on + 2] != []
    return Subject(first, on + 2, "singular", "entrusted") if said and words[on + 1] in _ENTRUSTING else None


def _falls_to(words: Words, at: int, holder: Holder) -> Subject | None:
    """« c'est au greffier que revient la mise en forme »."""
    named = at + 1 + (words[at] == "à")
    if words[at] not in {"à", "au"} or named + 2 >= len(words) or not holder.named(words[named]):
        return None
    near = range(named + 1, min(named + _NEAR, len(words) - 1))
    verb = next((i for i in near if words[i] in FALLING), None)
    if verb is None:
        return None
    if words[verb - 1] not in {"que", "qu'"}:  # « Au gérant reviennent la caisse et … »
        return Subject(at, verb + 1, "singular", "charge") if at == 0 and words[verb + 1] in DETERMINERS else None
    return Subject(_pointed_from(words, at), verb + 1, "singular", "charge")


#: Verbs that say whose task it is.
_ENTRUSTING = frozenset(("attribue", "confie", "demande", "laisse"))
FALLING = frozenset(("revient", "incombe", "appartient", "échoit", "reviennent", "incombent"))
#: Words of which a sentence holds one wherever the job holder is its subject without being named: « cela lui permet »,
#: « il », « on lui demande », « c'est eux qui », « c'est quelqu'un qui », « au programme : », « à lui qu'incombe »; a
#: pronoun is one wherever it stands.
TELLING = frozenset(("on", "lui", "eux", "programme", "menu", *_PRONOUNS, *_SAME, *FALLING))
#: Relative pronouns after which a clause of its own follows: « au terme duquel il … », « après quoi il … », « …, où il … ».
ENDING_RELATIVES = frozenset(("laquelle", "duquel", "quoi", "où"))
#: « c'est lui qui », « ce sont eux qui »: the verb and the mood of the one that follows.
_POINTS = {"est": "singular", "sont": "plural"}


def _as_cleft(words: Words, subject: Subject) -> Subject:
    """« c'est le greffier qui rédige » as one subject, from « c'est » on; « c'est un greffier qui … » says what they are."""
    at = subject.first
    if at > 1 and words[at - 1] in {"que", "qu'"} and _points_to_place(words, at - 1):
        return subject._replace(first=0)
    if (
        subject.kind == "relative"
        and words[at] not in _SAME
        and words[at] not in {"un", "une"}
        and _pointed_from(words, at) < at
    ):
        return Subject(_pointed_from(words, at), subject.after, subject.mood, "cleft")
    return subject


def _pointed_from(words: Words, at: int) -> int:
    """Where « c'est encore » begins before the word at ``at``, or ``at``."""
    back = at - 1 - (at > 0 and is_adverb(words[at - 1]))
    return back - 1 if back > 0 and words[back] in _POINTS and words[back - 1] in {"c'", "ce"} else at


def _goal(words: Words, at: int) -> Subject | None:
    """« Objectif : », « Mission principale : », « Au programme de la journée : »."""
    planned = words[0] == "au" and words[1:2] in (["programme"], ["menu"])
    if at or not (planned or folded(words[0]) in GOALS):
        return None
    colon = next((i for i in range(1, min(_NEAR if planned else 4, len(words))) if words[i] == ":"), None)
    return None if colon is None else Subject(0, colon, "work", "work")


def _name(words: Words, first: int, holder: Holder) -> Subject | None:
    """« le technicien », « le ou la fleuriste », « ce jeune professionnel »."""
    at = first
    if at + 2 < len(words) and words[at + 1] in {"ou", "/"} and words[at + 2] in _ARTICLES:
        at += 2
    mood = "plural" if words[at] in _PLURAL or words[at] == "aux" else "singular"
    pointed = words[at] in POINTING
    head = at + 2 if at + 1 < len(words) and words[at + 1] in _ADJECTIVES else at + 1
    for named in (at + 1, head):
        if named < len(words) and (holder.named(words[named]) or (pointed and is_person(words[named]))):
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
    return complement and folded(following[1]) not in holder.words


#: General words for people that, with a complement, name another occupation.
_COLLEAGUES = frozenset(
    ("agent", "agente", "consultant", "consultante", "expert", "experte", "ingénieur", "technicien", "technicienne")
)


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
        elif form in {",", "-"}:
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
        return at + 1 < len(words) and folded(words[at + 1]) in holder.words
    return folded(form) in holder.words or (at > floor and before in {"de", "d'"})


def _after_aside(words: Words, first: int, comma: int, mood: str) -> Subject | None:
    """« Le géomètre, sur le terrain, mesure … », « Le géomètre - ou la géomètre, cela va de soi - mesure … »."""
    mark, longest = words[comma], _LONGEST if words[comma] == "," else 2 * _LONGEST
    closing = next((j for j in range(comma + 1, min(comma + longest, len(words) - 1)) if words[j] == mark), None)
    if closing is None or not _verb_at(words, closing + 1, mood):
        return None
    return Subject(first, closing + 1, mood, "name")


def _who(words: Words, first: int, at: int, mood: str) -> Subject | None:
    """« une sage-femme, qui assure … »: the clause itself; « l'artisan qui travaille seul établit … »: the verb after it."""
    if words[at] == ",":
        return Subject(first, _after_comma(words, at + 2, mood), mood, "relative")
    inside = [i for i in range(at + 1, len(words)) if words[i] not in verbs.nouns() and finite(words, i, mood)]
    between = words[inside[0] : inside[1]] if len(inside) > 1 else []
    if between and not any(form in _SUBORDINATORS or form in {"et", "ou", ","} for form in between):
        return Subject(first, inside[1], mood, "name")
    return Subject(first, _after_comma(words, at + 1, mood), mood, "relative")


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
        and len(form) >= _SHORTEST
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
    of_work = works()
    head = next((i for i, form in enumerate(words[at + 1 : at + 4], at + 1) if stem_of(form) in of_work), None)
    if head is None or any(form in _BEFORE_NOUNS or not form[0].isalpha() for form in words[at + 1 : head]):
        return None
    farthest = _LONGEST if words[at] in {"son", "sa", "ses"} else _NEAR
    for i in range(head + 1, min(head + farthest, len(words))):
        form = words[i]
        if form == ":" or form in BEING:
            return Subject(at, i, "work", "work")
        verbal = verbs.read(form) is not None and form not in verbs.nouns()
        if form in ",;" or (verbal and folded(form) not in holder.words):
            return None
    return None
