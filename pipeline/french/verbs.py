"""French verb forms, by conjugation rules over the verb list of ``lexicons/verbs.toml``.

A lower-case word goes in; out come its infinitive and its mood, one of :data:`MOODS`. Only the forms
that say what somebody does are known: present and future, third person or « vous »; infinitive; present participle.
:func:`familiar` and :func:`first_person` read the forms that go with « tu » and « je ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.lexicons import load

#: Forms of rare verbs that nearly always are prepositions or adverbs.
_NEVER = frozenset(load("grammar")["unconjugated"].split())
#: What may stand before a verb, the longer of two that begin alike first, and letters that the verb has at least.
_PREFIXES = ("auto-", "co-", "co", "dés", "dé", "géo", "pré", "re", "ré", "rétro", "sous-", "sur", "télé")
_SHORTEST_BASE = 5
_TRADES = frozenset(("conseiller",))  # « téléconseiller » is an occupation
MOODS = ("singular", "plural", "second", "infinitive", "participle")


class Form(NamedTuple):
    """What a word is a form of: the infinitive and the mood (one of :data:`MOODS`)."""

    lemma: str
    mood: str


def familiar(word: str) -> Form | None:
    """What a form that goes with « tu » comes from: « répares », « finis », « feras », « prends »; or None."""
    if word[-1:] not in {"s", "x"}:
        return None
    for third in (word[:-1], word[:-1] + "t"):
        form = read(third)
        if form is not None and form.mood == "singular":
            return Form(form.lemma, "familiar")
    return None


def first_person(word: str) -> Form | None:
    """What a form that goes with « je » comes from: « répare », « finis », « prends »; « suis » is of « être »."""
    form = read(word)
    if form is not None and form.mood == "singular" and word.endswith("e"):
        return Form(form.lemma, "first")
    form = familiar(word) if word != "suis" else None
    return None if form is None else Form(form.lemma, "first")


@cache
def forms() -> dict[str, Form]:
    """Every known form; where two verbs share one, the first of the lexicon has it."""
    known: dict[str, Form] = {}
    for lemma, mood, form in _conjugated():
        if form in _NEVER:
            continue
        known.setdefault(form, Form(lemma, mood))
        if "î" in form or "û" in form:  # the spelling of 1990
            known.setdefault(form.replace("î", "i").replace("û", "u"), Form(lemma, mood))
    return known


@cache
def nouns() -> frozenset[str]:
    """Forms that are nouns as well (« contrôle », « forme »)."""
    return frozenset(load("verbs")["nouns"].split())


@lru_cache(maxsize=1 << 15)
def read(word: str) -> Form | None:
    """What ``word`` (lower case) is a form of, or None; a capital may have lost its accent (« Evaluer »)."""
    found = forms().get(word)
    if found is None:
        found = forms().get("é" + word[1:]) if word[:1] == "e" else _derived(word)
    return found


def _derived(word: str) -> Form | None:
    """What a form is of a verb that the lexicon has without its prefix: « télétransmet », « reconfigurer »; or None."""
    for prefix in _PREFIXES:
        base = word.removeprefix(prefix) if word.startswith(prefix) else ""
        form = forms().get(base) if len(base) >= _SHORTEST_BASE and base not in nouns() else None
        if form is not None and form.mood != "participle" and base not in _TRADES:
            return Form(prefix + form.lemma, form.mood)
    return None


def _conjugated() -> Iterator[tuple[str, str, str]]:
    content = load("verbs")
    for row in content["third"]:
        singular, plural, participle = row["forms"]
        for verb in row["verbs"].split():
            stem = verb.removesuffix(row["ending"])
            yield verb, "infinitive", verb
            yield verb, "singular", stem + singular
            yield verb, "plural", stem + plural
            yield verb, "participle", stem + participle
            yield verb, "second", stem + row.get("second", participle.removesuffix("ant") + "ez")
            yield from _future(verb, stem + row["future"] if "future" in row else verb.removesuffix("e"))
    for verb in content["second"].split():
        stem = verb[:-1]
        yield from ((verb, "infinitive", verb), (verb, "singular", stem + "t"), (verb, "plural", stem + "ssent"))
        yield from ((verb, "participle", stem + "ssant"), (verb, "second", stem + "ssez"))
        yield from _future(verb, verb)
    for verb in content["first"].split():
        stem = verb[:-2]
        yield verb, "infinitive", verb
        for strong in _strong_stems(stem):
            yield verb, "singular", strong + "e"
            yield verb, "plural", strong + "ent"
            yield from _future(verb, strong + "er")
        yield from _future(verb, verb)
        soft = stem[:-1] + "ç" if stem[-1] == "c" else stem + "e" if stem[-1] == "g" else stem
        yield from ((verb, "participle", soft + "ant"), (verb, "second", stem + "ez"))


def _future(verb: str, stem: str) -> Iterator[tuple[str, str, str]]:
    return ((verb, mood, stem + ending) for mood, ending in (("singular", "a"), ("plural", "ont"), ("second", "ez")))


def _strong_stems(stem: str) -> tuple[str, ...]:
    """The stems of a verb in -er before a mute ending: « gér » → « gèr », « nettoy » → « nettoi »."""
    if match := re.search(r"[eé](?=(?:[bcdfghjklmnpqrstvz]|ch|gn|gu|qu|gl|gr|tr|br|cr|vr)$)", stem):
        grave = stem[: match.start()] + "è" + stem[match.end() :]
        if match.group() == "e" and stem[-1] in "lt":
            return grave, stem + stem[-1]
        return (grave,)
    if stem.endswith("ay"):
        return stem[:-1] + "i", stem
    if stem.endswith(("oy", "uy")):
        return (stem[:-1] + "i",)
    return (stem,)


#: Endings of nouns of action → endings of the verbs that they come from, the likelier first.
_ACTION = (
    ("isation", ("iser",)),
    ("ification", ("ifier",)),
    ("ication", ("iquer", "ier")),
    ("ation", ("er",)),
    ("duction", ("duire",)),
    ("struction", ("struire",)),
    ("scription", ("scrire",)),
    ("ception", ("cevoir",)),
    ("osition", ("oser",)),
    ("ition", ("ir", "iter")),
    ("tion", ("ter", "tre", "er")),
    ("sion", ("ser", "dre", "tre")),
    ("issement", ("ir",)),
    ("ement", ("er", "re")),
    ("issage", ("ir",)),
    ("age", ("er", "re")),
    ("ance", ("er", "ir")),
    ("ure", ("er",)),
    ("eil", ("eillir",)),
    ("e", ("er",)),
    ("", ("er",)),
)


@lru_cache(maxsize=16384)
def verb_of(noun: str) -> str | None:
    """The verb that a noun of action comes from (« gestion » → « gérer »), or None."""
    given = load("tasks")["actions"].get(noun)
    if given:
        return str(given)
    for ending, verbs in _ACTION:
        if noun.endswith(ending) and len(noun) > len(ending) + 1:
            for verb in verbs:
                candidate = noun.removesuffix(ending) + verb
                form = read(candidate)
                if form is not None and form.mood == "infinitive":
                    return candidate
    return None
