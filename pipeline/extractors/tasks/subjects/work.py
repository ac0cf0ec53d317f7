"""The work as subject, or who it falls to: « sa mission », « objectif : », « à lui de », « c'est au greffier que revient »."""

from __future__ import annotations

from pipeline.extractors.tasks.holder import Holder, folded, stem_of, works
from pipeline.extractors.tasks.subjects.clefts import pointed_from
from pipeline.extractors.tasks.subjects.subject import LONGEST, Subject
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, NEGATIONS, PREPOSITIONS, finite, is_adverb, skip_clitics
from pipeline.french.words import Words

GOALS = frozenset(("objectif", "objectifs", "mission", "missions", "but", "role", "tache", "priorite"))
POSSESSIVES = frozenset(("son", "sa", "ses", "leur", "leurs", "votre", "vos", "mon", "ma", "mes"))
_WORKING = POSSESSIVES | {"le", "la", "l'", "les"}
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
#: Verbs that say what the work is.
BEING = frozenset(("est", "sont", "sera", "consiste", "consistent", "vise", "visent"))
#: Verbs that say whose task it is.
FALLING = frozenset(("revient", "incombe", "appartient", "échoit", "reviennent", "incombent"))
#: Participles that do so after « est »: « Au greffier est confiée la tenue des registres ».
_GIVEN = frozenset(
    participle + ending
    for participle in ("attribué", "confié", "délégué", "dévolu", "réservé")
    for ending in ("", "e", "s", "es")
)
_ENTRUSTING = frozenset(("attribue", "confie", "demande", "laisse"))
#: Verbs by which others let or make the holder do something.
_GRANTING = frozenset(("demande", "demandent", "demandera", "demanderont", "permet", "permettent", "permettra", "permettront"))
_NEAR = 10  # words
_COMPLETING = frozenset(("de", "d'", "du", "des"))


def work(words: Words, at: int, holder: Holder) -> Subject | None:
    """« sa mission », « le rôle du géomètre », « la priorité du responsable »."""
    if words[at] not in _WORKING:
        return None
    of_work = works()
    head = next((i for i, form in enumerate(words[at + 1 : at + 4], at + 1) if stem_of(form) in of_work), None)
    if head is None or any(form in _BEFORE_NOUNS or not form[0].isalpha() for form in words[at + 1 : head]):
        return None
    for i in range(head + 1, min(head + LONGEST, len(words))):
        form = words[i]
        if form == ":" or form in BEING:
            return Subject(at, i, "work", "work")
        if words[i : i + 3] == [",", "c'", "est"]:  # « Son quotidien, c'est accueillir les élèves »
            return Subject(at, i + 2, "work", "work")
        verbal = verbs.read(form) is not None and form not in verbs.nouns()
        if form in ",;" or (verbal and folded(form) not in holder.words):
            return None
    return None


def goal(words: Words, at: int) -> Subject | None:
    """« Objectif : », « Mission principale : », « Au programme de la journée : »."""
    planned = words[0] == "au" and words[1:2] in (["programme"], ["menu"])
    if at or not (planned or folded(words[0]) in GOALS):
        return None
    colon = next((i for i in range(1, min(_NEAR if planned else 4, len(words))) if words[i] == ":"), None)
    return None if colon is None else Subject(0, colon, "work", "work")


def falls_to(words: Words, at: int, holder: Holder) -> Subject | None:
    """« c'est au greffier que revient la mise en forme », « Au greffier d'assurer la mise en forme »."""
    named = at + 1 + (words[at] == "à")
    if words[at] not in {"à", "au", "aux"} or named + 2 >= len(words) or not holder.named(words[named]):
        return None
    if (given := _given(words, at, named)) is not None:
        return given
    near = range(named + 1, min(named + _NEAR, len(words) - 1))
    verb, after = next(((i, after) for i in near if (after := after_falling(words, i)) is not None), (at, at))
    if verb == at:
        return None
    if words[verb - 1] not in {"que", "qu'"}:  # « Au gérant reviennent la caisse et … »
        return Subject(at, after, "singular", "charge") if at == 0 and words[after] in DETERMINERS else None
    return Subject(pointed_from(words, at), after, "singular", "charge")


def after_falling(words: Words, at: int) -> int | None:
    """The word after « revient » or « est aussi confiée » at ``at``, by which something falls to somebody, or None."""
    if words[at] in FALLING:
        return at + 1
    if words[at] not in {"est", "sont"}:
        return None
    given = next((i for i in range(at + 1, len(words) - 1) if not is_adverb(words[i])), at)
    return given + 1 if words[given] in _GIVEN else None


def _given(words: Words, at: int, named: int) -> Subject | None:
    """« Au boucher de choisir … », « C'est à l'ingénieur d'études d'organiser … »: up to « de » and its infinitive."""
    first = pointed_from(words, at)
    if first and (first == at or words[first - 1] not in {",", ";", ":"}):
        return None
    for i in range(named + 1, min(named + _NEAR, len(words) - 1)):
        verb = skip_clitics(words, i + 1, len(words) - 1)
        if words[i] in {"de", "d'"} and finite(words, verb, "infinitive") and words[verb] not in verbs.nouns():
            return Subject(first, i, "singular", "work")
        if words[i] in {",", ";", ":"} or (verbs.read(words[i]) is not None and words[i] not in verbs.nouns()):
            return None
    return None


def incumbent(words: Words, at: int) -> Subject | None:
    """« à lui de régler », « à lui le réglage », « c'est à lui qu'il revient de régler », « … qu'incombe le réglage »."""
    if words[at + 1 : at + 2] not in (["lui"], ["elle"]):
        return None
    first = pointed_from(words, at)
    after = at + 2
    if words[after : after + 1] == ["ou"]:  # « à lui ou à elle de »
        after += 2 + (words[after + 1 : after + 2] == ["à"])
    after += after < len(words) and is_adverb(words[after])  # « à lui aussi de »
    of = after
    while of < len(words) and (words[of] == "," or is_adverb(words[of])):  # « à lui, ensuite, de »
        of += 1
    if words[of : of + 1] in (["de"], ["d'"]):
        return Subject(first, of, "singular", "work")
    if (entrusted := _entrusted(words, first, after)) is not None:
        return entrusted
    if words[after : after + 1] not in (["qu'"], ["que"]):
        return _fallen(words, after) if at == 0 else None
    verb = next((i for i in range(after + 1, min(after + 4, len(words) - 1)) if after_falling(words, i)), None)
    near = () if verb is None else range(verb + 1, min(verb + 5, len(words)))
    what = next((i for i in near if words[i] in {"de", "d'"}), None)
    if what is not None and words[after + 1] == "il":
        return Subject(first, what, "singular", "work")
    return Subject(first, after_falling(words, verb) or verb + 1, "singular", "charge") if verb == after + 1 else None


def _fallen(words: Words, at: int) -> Subject | None:
    """« À lui revient de régler … », « À lui le réglage … »: what stands after « à lui », from the word ``at`` on."""
    fallen = after_falling(words, at) if at < len(words) else None
    what = at if fallen is None else fallen
    if fallen is not None and words[what : what + 1] in (["de"], ["d'"]):
        return Subject(0, what, "singular", "work")
    if what + 2 >= len(words) or words[what] not in DETERMINERS or words[what + 2] not in _COMPLETING:
        return None
    return Subject(0, what, "singular", "charge") if verbs.verb_of(words[what + 1]) else None


def granted(words: Words, at: int, holder: Holder) -> Subject | None:
    """« les cliniques permettent aux auxiliaires d'assister … », « sa mémoire lui permet de retenir … »: what they may do."""
    verb = at - 1
    while verb > 0 and is_adverb(words[verb]):
        verb -= 1
    if words[at] == "lui":
        permitted = words[at + 1 : at + 2] in (["permet"], ["permettent"]) and words[0] in {"sa", "ses", "son"}
        permitted = permitted and words[at - 1] not in NEGATIONS
        return Subject(at, at, "singular", "pronoun") if permitted else None
    if words[at] not in {"à", "au", "aux"} or verb <= 0 or words[verb] not in _GRANTING:
        return None
    named = at + 1 + (words[at] == "à")
    if named >= len(words) or not (holder.named(words[named]) and holder.is_titled(words[named])):
        return None
    of = (i for i in range(named + 1, min(named + _NEAR, len(words) - 1)) if words[i] in {"de", "d'"})
    what = next((i for i in of if finite(words, skip_clitics(words, i + 1, len(words) - 1), "infinitive")), None)
    return None if what is None else Subject(at, what, "singular", "granted")


def _entrusted(words: Words, first: int, at: int) -> Subject | None:
    """« c'est à lui, enfin, que l'on confie l'accueil »: ``at`` is the word after the pronoun."""
    while words[at : at + 1] == [","] or (at < len(words) and is_adverb(words[at])):
        at += 1
    on = at + 1 + (words[at + 1 : at + 2] == ["l'"])
    said = words[at : at + 1] in (["qu'"], ["que"]) and words[on : on + 1] == ["on"] and words[on + 1 : on + 2] != []
    return Subject(first, on + 2, "singular", "entrusted") if said and words[on + 1] in _ENTRUSTING else None
