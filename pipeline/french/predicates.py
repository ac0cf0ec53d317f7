"""Predicates of a French clause: where one activity ends and the next begins.

What follows a subject is split where a predicate has an object of its own; verbs that share one, and a clause whose only object
is a pronoun, stay together. A range of words goes in; :class:`Predicate` objects come out.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.french import verbs
from pipeline.french.clauses import (
    CLITICS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    finite,
    is_adverb,
    skip_clitics,
    word_set,
)
from pipeline.french.words import Words, numbers

_JOINING = frozenset((",", "et", "mais", "ou", "puis", ";"))
_LINKING = _JOINING | {"enfin", "/", "ensuite", "voire"}
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
_ADDING = frozenset(("et", "ou", "puis", "mais", "enfin", "ensuite"))
#: What opens a circumstance between « et, » and its verb.
_CIRCUMSTANTIAL = PREPOSITIONS | frozenset(
    ("au", "aux", "ces", "chaque", "faute", "l'", "la", "le", "les", "lorsqu'", "lorsque", "parfois", "passé", "quand", "s'",
     "si", "une")
)  # fmt: skip
_LONGEST_ASIDE = 14
_PURPOSE = frozenset(("pour", "afin", "sans"))
_AUXILIARIES = frozenset(("a", "ont", "avait", "avaient", "aura", "auront", "est", "sont"))
_RELATIVE = frozenset(("qui", "que", "qu'", "dont", "où", "lequel", "laquelle", "lesquels", "lesquelles"))
_OBLIQUE = _RELATIVE - {"qui"}
#: Where a predicate may end, a clause begin whose verbs do not count, or a list of nouns.
_TURNING = _JOINING | _RELATIVE | _PURPOSE | {":"}
_LONGEST_RELATIVE_ASIDE = 8
#: Prepositions that tie an infinitive to the verb before it.
_TYING = frozenset(("à", "de", "d'"))
_OPENS_OBJECT = DETERMINERS - {"du", "des"}
_NEAR = 5  # words between « que » and its verb
_FAR = 10  # words of a clause in which its verb stands


@dataclass(slots=True)
class Predicate:
    """One activity: half-open range of words, and the places of its head verbs."""

    first: int
    last: int
    heads: list[int]


def predicates(words: Words, verb: int, stop: int, mood: str, first: int | None = None) -> list[Predicate]:
    """The activities in ``words[verb:stop]``, whose first head verb stands at ``verb``.

    ``mood`` is that of the verbs to look for; ``first`` is where the first activity begins, if before its verb.
    """
    parts = [Predicate(verb if first is None else first, stop, [verb])]
    subordinate = False  # inside a relative clause or a purpose, whose own verbs do not count
    listing = False  # after a colon, where nouns that look like verbs stand in a row
    reached = verb
    for at in numbers(words[verb + 1 : stop], _TURNING, verb + 1):
        form = words[at]
        if at <= reached or at in words.enclosed:
            continue
        if form == ":":
            listing = True
        elif form in _JOINING:
            if form in {",", ";"}:
                subordinate = subordinate and mood == "infinitive"
            found = None if subordinate and form != ";" else _joined(words, at, stop, mood)
            if found is not None and (
                (listing and _is_listed(words, found[1]))
                or _goes_with(words, parts[-1], at, found[0], verb)
                or _is_relative(words, parts[-1], at, found, mood)
            ):
                found = None
            if found is not None:
                start, reached = found
                parts[-1].last = at
                parts.append(Predicate(start, stop, [reached]))
                subordinate = False
        elif form in _RELATIVE or mood == "infinitive":
            ended = mood == "infinitive" and form in _OBLIQUE and _ends_finitely(words, at + 1, stop)
            nominal = form == "pour" and words[at + 1] in DETERMINERS and not _is_infinitive(words, at + 1)
            subordinate = not (ended or nominal or _differs(words, at, stop, mood))
            if form in _RELATIVE and words[at + 1 : at + 2] == [","]:  # « un prototype qui, grâce à des tests, sera … »
                closing = (i for i in range(at + 2, min(at + _LONGEST_RELATIVE_ASIDE, stop)) if words[i] == ",")
                reached = next(closing, reached)
    return _merged(words, parts) if len(parts) > 1 else parts


def _is_listed(words: Words, head: int) -> bool:
    """Whether a form in a row of nouns is one of them: « : table des matières, équilibre des chapitres »."""
    following = words[head + 1] if head + 1 < len(words) else "."
    return (words[head] in verbs.nouns() or verbs.read(words[head]) is None) and following not in _OPENS_OBJECT


def _goes_with(words: Words, part: Predicate, at: int, start: int, verb: int) -> bool:
    """Whether the infinitive joined at ``at`` goes on with one inside ``part``: « apprendre à lire et à écrire ».

    ``start`` is where the infinitive stands, after its « à » or « de »; ``verb`` is the first of all.
    """
    tie = "de" if words[start - 1] == "d'" else words[start - 1]
    if tie not in _TYING or words[start - 2] not in {"et", "ou", ","}:
        return False
    inner = next((i for i in range(at - 1, part.heads[-1], -1) if words[i] in _TYING and _is_infinitive(words, i + 1)), None)
    if inner is None or ("de" if words[inner] == "d'" else words[inner]) != tie:
        return False
    before = verb - 1
    while before >= 0 and words[before] in CLITICS:
        before -= 1
    bridged = before >= 0 and ("de" if words[before] == "d'" else words[before]) == tie
    return not bridged or skip_clitics(words, inner + 1, at) == at - 1


def _is_relative(words: Words, part: Predicate, at: int, found: tuple[int, int], mood: str) -> bool:
    """Whether a verb without an object goes on with those of « les grilles que chacun franchit, pousse ou frôle »."""
    start, head = found
    if mood == "infinitive" or start != head or words[head + 1 : head + 2] == [] or words[head + 1] in DETERMINERS:
        return False
    inside = words[part.heads[-1] + 1 : at - 1]
    verbal = words[at - 1] not in verbs.nouns() or words[at - 2] in _JOINING
    return ("que" in inside or "qu'" in inside) and verbal and finite(words, at - 1, mood)


def _is_infinitive(words: Words, at: int) -> bool:
    """Whether an infinitive, with no more than pronouns before it, begins at a word."""
    verb = skip_clitics(words, at, len(words))
    return verb < len(words) and finite(words, verb, "infinitive")


def _differs(words: Words, at: int, stop: int, mood: str) -> bool:
    """Whether a relative clause cannot run on into a verb of ``mood``: « les pièces qui arrivent et signale … »."""
    inverted = words[at] in _OBLIQUE and at + 2 < stop and words[at + 2] in DETERMINERS
    if inverted and mood != "infinitive" and finite(words, at + 1, mood):  # « ce que coûtera le chantier et surveille … »
        return True
    if words[at] in {"que", "qu'"}:  # « la liste que lui a remise le client et prépare … »
        return mood != "infinitive" and not _AUXILIARIES.isdisjoint(words[at + 1 : min(at + _NEAR, stop)])
    if words[at] != "qui":
        return False
    verb = skip_clitics(words, at + 1, stop)
    if verb >= stop:
        return False
    if mood == "infinitive":
        modal = verb + 1 < stop and finite(words, verb + 1, "infinitive")
        return not modal and (finite(words, verb, "singular") or finite(words, verb, "plural"))
    return words[at - 1] == "ce" or any(finite(words, verb, m) for m in ("singular", "plural") if m != mood)


def _ends_finitely(words: Words, at: int, stop: int) -> bool:
    """Whether the verb of a clause that begins at ``at`` governs no infinitive: « noter ce que dit le client, chiffrer … »."""
    for i in range(at, min(at + _FAR, stop)):
        if words[i] in _JOINING:
            return words[i] == "," and i > at + 1  # « pour que la pile reste d'aplomb, … »: its verb looks like a noun
        if finite(words, i, "infinitive"):
            return False
        if finite(words, i, "singular") or finite(words, i, "plural"):
            tied = i + 1 + (words[i + 1 : i + 2] != [] and words[i + 1] in _TYING)
            return tied >= stop or not _is_infinitive(words, tied)
    return False


def _joined(words: Words, at: int, stop: int, mood: str) -> tuple[int, int] | None:
    """A verb joined to the one before by the mark or conjunction at ``at``: (start, head) of its clause."""
    while at < stop and (words[at] in _LINKING or (words[at - 1] == "ou" and words[at] in {"bien", "encore"})):
        at += 1
    start = at
    resumed = _after_circumstance(words, at, stop)
    if resumed is not None:  # « contrôle la pose et, si la pluie s'en mêle, bâche le toit »
        at = resumed
    if mood == "infinitive":
        particle = at
        while particle < stop and is_adverb(words[particle]):  # « …, mais aussi à former »
            particle += 1
        if particle < stop and words[particle] in {"de", "d'", "à"}:
            start = at = particle + 1
    while at < stop and is_adverb(words[at]) and verbs.read(words[at]) is None:
        at += 1
    at += at < stop and words[at] in NEGATIONS
    head = skip_clitics(words, at, stop)
    if head >= stop or (head > at and verbs.read(words[head]) is None) or _is_set_phrase(words, head):
        return None
    if head > start and words[head - 1] in PREPOSITIONS and words[head - 1] not in CLITICS:  # « , par téléphone »
        return None
    return (start, head) if finite(words, head, mood) else None


def _is_set_phrase(words: Words, head: int) -> bool:
    """« autrement dit », « à partir de »: what looks like a verb and belongs to a set phrase."""
    return tuple(words[head - 1 : head + 1]) == ("autrement", "dit") or tuple(words[head - 1 : head + 2]) in _STARTING


#: « à partir de modèles »
_STARTING = frozenset((("à", "partir", "de"), ("à", "partir", "d'"), ("à", "partir", "du"), ("à", "partir", "des")))


def _after_circumstance(words: Words, at: int, stop: int) -> int | None:
    """Where a clause goes on after the circumstance at ``at``, which « et, » opens and a comma closes; or None."""
    if at >= stop or words[at - 1] != "," or words[at - 2] not in _ADDING or words[at] not in _CIRCUMSTANTIAL:
        return None
    return next((i + 1 for i in range(at + 1, min(at + _LONGEST_ASIDE, stop - 1)) if words[i] == ","), None)


def _merged(words: Words, parts: list[Predicate]) -> list[Predicate]:
    """Join verbs that share an object, and a clause whose only object is a pronoun, to their neighbours."""
    merged: list[Predicate] = []
    open_ended = False  # the last one still waits for the object that it shares
    for i, part in enumerate(parts):
        if merged and not _has_negation(words, part) and (open_ended or (i and _only_pronoun(words, part))):
            merged[-1].last = part.last
            merged[-1].heads += part.heads
        else:
            merged.append(part)
        closed = words[part.last : part.last + 1] == [";"]  # « laver et sécher ; tondre le dos »
        open_ended = not (closed or _has_object(words, part.heads[-1], part.last) or _takes_pronoun(words, part))
    lone = open_ended and len(merged) > 1 and len(merged[-1].heads) == 1
    if lone and words[merged[-2].last] != ";":  # « écoute le client, recommence »
        last = merged.pop()
        merged[-1].last = last.last
        merged[-1].heads += last.heads
    return merged


def _has_negation(words: Words, part: Predicate) -> bool:
    return not NEGATIONS.isdisjoint(words[part.first : part.heads[0]])


def _accusative(words: Words, part: Predicate) -> bool:
    at = part.heads[0] - 1
    while at >= part.first and words[at] in CLITICS:
        if words[at] in _OBJECTS:
            return True
        at -= 1
    return False


#: Pronouns for what has just been named: « les trie », « en rend compte ».
_OBJECTS = frozenset(("le", "la", "l'", "les", "en"))


def _takes_pronoun(words: Words, part: Predicate) -> bool:
    """Whether a verb has its object before it, or is said of the subject itself: « les trie », « se déplace »."""
    head = part.heads[0]
    return _accusative(words, part) or (head > 0 and words[head - 1] in {"se", "s'"})


def _has_object(words: Words, head: int, last: int) -> bool:
    if tuple(words[head + 1 : head + 3]) in _IDIOMS and words[head] != "entre":  # « entre en scène » has all it needs
        head += 2
    if words[head] in _CAUSATIVE and head + 1 < last and verbs.read(words[head + 1]):
        head += 1
    for at in range(head + 1, min(last, len(words))):
        form = words[at]
        if form[0].isalnum() and not is_adverb(form) and at not in words.enclosed:
            return True
    return False


def _only_pronoun(words: Words, part: Predicate) -> bool:
    """« le transmet (au client) »: the object is a pronoun, and no other follows."""
    head = part.heads[0]
    if not _accusative(words, part):
        return False
    after = head + 1
    while after < part.last and is_adverb(words[after]):
        after += 1
    if after + 1 < part.last and words[after] in _TYING and _is_infinitive(words, after + 1):
        return False  # « l'invite à retravailler son texte »
    others = DETERMINERS if words[head - 1] == "en" else _OPENS_OBJECT  # « en tire des réponses » has an object of its own
    return after >= part.last or words[after] not in others
