"""French clauses by rule: words, who acts, and where one activity ends and the next begins.

:func:`words_of` cuts a stretch of normal text into words; :func:`predicates` cuts what follows a
subject into activities, a sentence being split where a predicate has an object of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.french import language, verbs
from pipeline.lexicons import load

_WORD = re.compile(r"aujourd'hui|d'abord|[^\W\d_]+(?:-[^\W\d_]+)*'?|\d+(?:[.,]\d+)*|…|\.{2,}|[^\w\s]|\w")
_OPENING, _CLOSING = frozenset("([«{"), frozenset(")]»}")


def word_set(name: str) -> frozenset[str]:
    """A list of ``lexicons/grammar.toml``."""
    return frozenset(load("grammar")[name].split())


DETERMINERS = word_set("determiners")
CLITICS = word_set("clitics")
NEGATIONS = frozenset(("ne", "n'"))
PREPOSITIONS = word_set("prepositions")
ADVERBS = word_set("adverbs")
_NOMINAL = frozenset(("de", "d'", "du"))  # what follows a noun rather than a verb
_JOINING = frozenset((",", "et", "ou", "puis", ";"))
_CAUSATIVE = word_set("causatives")
#: What makes one verb with « mettre », « tenir », « prendre » and is no object.
_IDIOMS = frozenset(
    (
        ("en", "place"),
        ("en", "œuvre"),
        ("en", "oeuvre"),
        ("en", "forme"),
        ("en", "page"),
        ("en", "scène"),
        ("en", "service"),
        ("en", "route"),
        ("en", "charge"),
        ("en", "compte"),
        ("en", "valeur"),
        ("à", "jour"),
        ("au", "point"),
        ("à", "disposition"),
    )
)
_PURPOSE = frozenset(("pour", "afin", "sans"))
#: Endings and words that look like verbs in -er and are none.
_UNVERBAL = (
    "ment",
    "ique",
    "aire",
    "able",
    "ible",
    "elle",
    "iste",
    "euse",
    "ive",
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
_RELATIVE = frozenset(("qui", "que", "qu'", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"))


class Word(NamedTuple):
    """A word or mark: offsets, lower-case form, and whether it stands in brackets or quotes."""

    start: int
    end: int
    form: str
    enclosed: bool


@dataclass(slots=True)
class Predicate:
    """One activity: half-open range of words, and the places of its head verbs."""

    first: int
    last: int
    heads: list[int]


class Words(list[Word]):
    """The words of a stretch of ``text``, in order."""

    def __init__(self, words: Iterable[Word], text: str) -> None:
        super().__init__(words)
        self.text = text

    def tagged_verbs(self) -> frozenset[int]:
        """The offsets at which the tagger sees a verb: for words that the lexicon does not know."""
        start = self[0].start
        return frozenset(start + at for at in language.verb_offsets(self.text[start : self[-1].end]))


def words_of(text: str, start: int, end: int) -> Words:
    """The words and marks of ``text[start:end]``."""
    make = Word._make  # twice as quick as the constructor
    words = [make((*match.span(), match.group().lower(), False)) for match in _WORD.finditer(text, start, end)]
    if any(bracket in text[start:end] for bracket in _OPENING):
        words = _enclosed(words)
    return Words(words, text)


def _enclosed(words: list[Word]) -> list[Word]:
    """The words, those marked that stand in brackets; a bracket that never closes encloses nothing."""
    found, depth = [], 0
    for word in words:
        if word.form in _CLOSING and depth:
            depth -= 1
        found.append(word._replace(enclosed=depth > 0))
        if word.form in _OPENING:
            depth += 1
    return words if depth else found


def is_adverb(form: str) -> bool:
    """Whether ``form`` may stand between a verb and its object without being one."""
    return form in ADVERBS or (form.endswith("ment") and len(form) > len("moment"))


def finite(words: Sequence[Word], at: int, mood: str) -> bool:
    """Whether the word at ``at`` is a verb of ``mood``; a form that is also a noun needs proof from its neighbours."""
    form = verbs.read(words[at].form)
    if words[at].enclosed:
        return False
    if mood == "familiar":
        familiar = verbs.familiar(words[at].form)
        return familiar is not None and (words[at].form[:-1] not in verbs.nouns() or not _reads_as_noun(words, at))
    if form is None:
        return _looks_finite(words, at, mood)
    if form.mood != mood:
        return False
    return mood == "infinitive" or words[at].form not in verbs.nouns() or not _reads_as_noun(words, at)


def _reads_as_noun(words: Sequence[Word], at: int) -> bool:
    """Whether the neighbours of a form such as « contrôle » make it a noun."""
    before = words[at - 1].form if at else ""
    following = words[at + 1].form if at + 1 < len(words) else "."
    if at + 2 < len(words) and words[at + 2].form == words[at].form:  # « élève après élève »
        return True
    if before == "en" and following in DETERMINERS:
        return False
    if before in CLITICS and before in DETERMINERS:
        return following in _NOMINAL or (at > 1 and words[at - 2].form in PREPOSITIONS)
    return before in PREPOSITIONS or before in DETERMINERS or following in _NOMINAL


def _looks_finite(words: Sequence[Word], at: int, mood: str) -> bool:
    """A word that the lexicon does not know, shaped like a verb in -er and followed by an object's determiner."""
    form = words[at].form
    ending = {"singular": "e", "plural": "ent", "infinitive": "er"}.get(mood)
    if ending is None or not form.endswith(ending) or len(form) < _SHORTEST or form.endswith(_UNVERBAL) or form in _FUNCTION:
        return False
    following = words[at + 1].form if at + 1 < len(words) else "."
    return following in DETERMINERS and form not in DETERMINERS | PREPOSITIONS


def skip_clitics(words: Sequence[Word], at: int, stop: int) -> int:
    """The place after pronouns that stand before a verb."""
    while at < stop and words[at].form in CLITICS:
        at += 1
    return at


def predicates(words: Sequence[Word], verb: int, stop: int, mood: str, first: int | None = None) -> list[Predicate]:
    """The activities in ``words[verb:stop]``, whose first head verb stands at ``verb``.

    ``mood`` is that of the verbs to look for; ``first`` is where the first activity begins, if before its verb.
    """
    parts = [Predicate(verb if first is None else first, stop, [verb])]
    at = verb + 1
    subordinate = False  # inside a relative clause or a purpose, whose own verbs do not count
    while at < stop:
        word = words[at]
        if word.enclosed:
            at += 1
            continue
        if word.form in _RELATIVE or (mood == "infinitive" and word.form in _PURPOSE):
            subordinate = not _differs(words, at, stop, mood)
        elif word.form in _JOINING:
            if word.form in {",", ";"}:
                subordinate = subordinate and mood == "infinitive"
            found = None if subordinate and word.form != ";" else _joined(words, at, stop, mood)
            if found is not None:
                start, head = found
                parts[-1].last = at
                parts.append(Predicate(start, stop, [head]))
                subordinate = False
                at = head
        at += 1
    return _merged(words, parts)


def _differs(words: Sequence[Word], at: int, stop: int, mood: str) -> bool:
    """Whether a relative clause cannot run on into a verb of ``mood``: « les pièces qui arrivent et signale … »."""
    if words[at].form != "qui":
        return False
    verb = skip_clitics(words, at + 1, stop)
    if verb >= stop:
        return False
    if mood == "infinitive":
        modal = verb + 1 < stop and finite(words, verb + 1, "infinitive")
        return not modal and (finite(words, verb, "singular") or finite(words, verb, "plural"))
    return words[at - 1].form == "ce" or any(finite(words, verb, m) for m in ("singular", "plural") if m != mood)


def _joined(words: Sequence[Word], at: int, stop: int, mood: str) -> tuple[int, int] | None:
    """A verb joined to the one before by the mark or conjunction at ``at``: (start, head) of its clause."""
    while at < stop and words[at].form in {",", ";", "et", "ou", "puis", "mais", "enfin", "/", "ensuite"}:
        at += 1
    start = at
    if mood == "infinitive" and at < stop and words[at].form in {"de", "d'", "à"}:
        at += 1
        start = at
    while at < stop and is_adverb(words[at].form) and verbs.read(words[at].form) is None:
        at += 1
    head = skip_clitics(words, at, stop)
    if head >= stop or (head > at and verbs.read(words[head].form) is None):
        return None
    return (start, head) if finite(words, head, mood) else None


def _merged(words: Sequence[Word], parts: list[Predicate]) -> list[Predicate]:
    """Join verbs that share an object, and a clause whose only object is a pronoun, to their neighbours."""
    merged: list[Predicate] = []
    open_ended = False  # the last one still waits for the object that it shares
    for i, part in enumerate(parts):
        if merged and (open_ended or (i and _only_pronoun(words, part))):
            merged[-1].last = part.last
            merged[-1].heads += part.heads
        else:
            merged.append(part)
        open_ended = not (_has_object(words, part.heads[-1], part.last) or _takes_pronoun(words, part))
    return merged


def _accusative(words: Sequence[Word], part: Predicate) -> bool:
    at = part.heads[0] - 1
    while at >= part.first and words[at].form in CLITICS:
        if words[at].form in {"le", "la", "l'", "les"}:
            return True
        at -= 1
    return False


def _takes_pronoun(words: Sequence[Word], part: Predicate) -> bool:
    """Whether a verb has its object before it, or is said of the subject itself: « les trie », « se déplace »."""
    head = part.heads[0]
    return _accusative(words, part) or (head > 0 and words[head - 1].form in {"se", "s'"})


def _has_object(words: Sequence[Word], head: int, last: int) -> bool:
    if tuple(word.form for word in words[head + 1 : head + 3]) in _IDIOMS:
        head += 2
    if words[head].form in _CAUSATIVE and head + 1 < last and verbs.read(words[head + 1].form):
        head += 1
    return any(w.form[0].isalnum() and not is_adverb(w.form) and not w.enclosed for w in words[head + 1 : last])


def _only_pronoun(words: Sequence[Word], part: Predicate) -> bool:
    """« le transmet (au client) »: the object is a pronoun, and no other follows."""
    head = part.heads[0]
    if not _accusative(words, part):
        return False
    after = head + 1
    while after < part.last and is_adverb(words[after].form):
        after += 1
    return after >= part.last or words[after].form not in DETERMINERS - {"du", "des"}
