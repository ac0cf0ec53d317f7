"""Where the clause of a subject begins and ends: before its circumstance, and at the latest where the next subject begins."""

from __future__ import annotations

from pipeline.extractors.tasks.holder import stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import TYING
from pipeline.extractors.tasks.subjects import ENDING_RELATIVES
from pipeline.extractors.tasks.subjects.subject import LINKS, LONGEST, SUBORDINATORS, Subject, conjoined
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, finite, is_adverb
from pipeline.french.words import Words, numbers

_CONTRASTS = frozenset((("ce", "qui"), ("ce", "que"), ("alors", "que"), ("tandis", "que")))
_STOPS = frozenset((";", ":"))
_ADDING = frozenset(("aussi", "également", "encore", "surtout"))
_ALTERNATING = frozenset(("tantôt", "parfois", "quelquefois"))  # circumstances that no comma parts from « il »
_SUBORDINATING = frozenset(("que", "qu'", "qui", "dont", "où", "si", "quand", "lorsque"))
_JOINING = frozenset((",", "et", "ou", "puis"))
_ASIDES = 2  # commas: « Debout à la barre, un œil sur le radar, il … » has one
_NEAR = 5  # words between « il lui revient » and what falls to them
_ASKING = ("-il", "-elle", "-ils", "-elles", "-on")  # « Une bagarre éclate-t-elle, il donne l'alerte »
#: The pronoun that takes up an object → the determiners that the object may have.
_TAKEN_UP = {
    "le": frozenset(("le", "l'", "un", "ce", "cet", "son", "leur", "chaque", "tout")),
    "la": frozenset(("la", "l'", "une", "cette", "sa", "son", "leur", "chaque", "toute")),
    "l'": frozenset(("le", "la", "l'", "un", "une", "ce", "cet", "cette", "son", "sa", "leur")),
    "les": frozenset(("les", "des", "ces", "ses", "leurs", "tous", "toutes")),
}
#: Endings of verbs whose present sounds and looks like their past participle.
_LIKE_PARTICIPLES = ("indre", "uire", "crire", "dire")
#: What turns, after « , et », to somebody or something else; and what does so where « ne » follows.
_TURNING = frozenset(("on", "c'", "dont", "chacun", "chacune", "cela", "ça"))
_NOBODY = frozenset(("aucun", "aucune", "nul", "nulle", "personne", "rien"))
#: What may stand before a word that opens a circumstance.
_BEFORE_OPENERS = frozenset(("bien", "juste", "longtemps", "même", "notamment", "peu", "seulement", "surtout"))
#: Nouns for what is done, beside those of the work: « …, corvée dont nul ne se vante ».
_COMMENTING = frozenset(
    ("besogne", "besognes", "corvée", "corvées", "étape", "geste", "gestes", "opération", "précaution", "précautions")
)
_UNLESS = ["à", "moins", "que"], ["à", "moins", "qu'"], ["à", "moins", "de"]
#: What a clause may break off at.
_BREAKING = frozenset(("car", "mais", ",", ";", ":"))
#: What only takes up what was said before: « pour cela », « en effet », but « en plus du bilan ».
_TAKING_BACK = frozenset(("de", "en", "par", "pour"))
_BACKWARD = frozenset(
    ("ailleurs", "ce", "cela", "effet", "exemple", "fait", "général", "outre", "plus", "pratique", "réalité", "résumé", "somme")
)  # fmt: skip


def opening(words: Words, subject: Subject, floor: int, lower: str) -> int:
    """The first word of the clause: of its opening circumstance if it has one, else of its subject.

    ``lower`` is the text of the words in lower case; the clause before it began at ``floor``.
    """
    before = words[subject.first - 1] if subject.first else ""
    mark = next((i + 1 for i in range(subject.first - 2, floor - 1, -1) if words[i] in _STOPS), None if floor else 0)
    if before != ",":
        return mark if mark is not None and _unparted(words, mark, subject) else subject.first - (before in _ALTERNATING)
    first = _opening_start(words, subject.first, floor) if mark is None else mark
    while first < subject.first and words[first] in {",", "et", "mais", "puis"}:
        first += 1
    if first >= subject.first:
        return subject.first
    form = words[first]
    if form == "s'" and words[first + 1] in {"il", "elle", "ils", "elles"}:
        return first
    if form in lexicon().connectives and not _opens_by_two(words, first):
        comma = next((i for i in range(first, subject.first - 1) if words[i] == ","), None)
        after = comma is not None and _opens(words, comma + 1)
        return comma + 1 if comma is not None and after else subject.first
    if _opens(words, first):
        backward = form in _TAKING_BACK and words[first + 1] in _BACKWARD and words[first + 2] not in {"de", "d'", "du", "des"}
        return subject.first if backward or words[first + 1] == "mi-chemin" else first
    if form in lexicon().postures:
        told = words[first : subject.first - 1].count(",") < (_ASIDES if subject.kind == "pronoun" else 1)
    else:
        told = (
            _when(words, first, subject, lower)
            or supposes(words, first, subject.first - 1)
            or _is_object(words, first, subject)
        )
    return first if told else subject.first


def _opens(words: Words, at: int) -> bool:
    """Whether a circumstance may open at a word: « faute de place », « là où … », « bien avant l'aube », « même en hiver »."""
    return words[at] in lexicon().openers or _opens_by_two(words, at)


def _opens_by_two(words: Words, at: int) -> bool:
    """Whether a word opens a circumstance together with the one after it."""
    pair = tuple(words[at : at + 2])
    return pair in lexicon().paired_openers or (pair[0] in _BEFORE_OPENERS and pair[-1] in lexicon().openers)


def _when(words: Words, first: int, subject: Subject, lower: str) -> bool:
    """Whether a time opens a clause, or what « il » holds or wears."""
    start, end = words.starts[first], words.after(subject.first - 1)
    if lexicon().season.match(lower, start, end):
        return True
    return subject.kind == "pronoun" and lexicon().equipment.match(lower, start, end) is not None


def _unparted(words: Words, first: int, subject: Subject) -> bool:
    """Whether a circumstance that no comma parts from the pronoun opens at a word: « De ces chiffres il tire un bilan »."""
    until = subject.first
    if until > first + 1 and words[until - 2 : until] == [",", "et"] and words[first] in {"que", "qu'"}:
        return True  # « Qu'une panne survienne, et c'est lui qui … »
    if subject.kind != "pronoun" or not first + 1 < until < first + LONGEST or words[until - 1] in LINKS:
        return False
    return (
        words[first] in lexicon().openers and words[first + 1] not in _BACKWARD and SUBORDINATORS.isdisjoint(words[first:until])
    )


def supposes(words: Words, first: int, comma: int) -> bool:
    """Whether words before a comma suppose a case: « Un client hésite-t-il, », « Survient une panne, », « Qu'il neige, »."""
    if words[first] in {"que", "qu'"} or any(form.endswith(_ASKING) for form in words[first:comma]):
        return True
    form = verbs.read(words[first])
    return form is not None and form.lemma in lexicon().arrivals and words[first + 1] in DETERMINERS


def _is_object(words: Words, first: int, subject: Subject) -> bool:
    """Whether what stands before a subject is the object that a pronoun takes up: « Les étiquettes, il les relit »."""
    near = words[
        subject.after : subject.after + _NEAR
    ]  # « Le bilan, il le relit », « Les écarts, il lui revient de les corriger »
    told = next((form for form in near if form in {"de", "d'"} or form in _TAKEN_UP), "")
    taken_up = near[near.index(told) + 1 :][:1] if told in {"de", "d'"} else [told]
    if not any(words[first] in _TAKEN_UP.get(pronoun, ()) for pronoun in taken_up):
        return False
    for i in range(first + 1, subject.first - 1):
        if words[i] in _SUBORDINATING:
            return True  # « Le vernis, dont chaque maison garde la recette, il le pose »
        form = verbs.read(words[i])
        participle = form is not None and form.lemma.endswith(_LIKE_PARTICIPLES)  # « Le papier peint, il le pose »
        if words[i] not in verbs.nouns() and not participle and (finite(words, i, "singular") or finite(words, i, "plural")):
            return False
    return True


def clause_end(words: Words, subject: Subject, following: int | None) -> int:
    """Where the clause of ``subject`` ends, at the latest where the ``following`` subject begins."""
    stop = len(words) if following is None else following
    inside = _contrast(words, subject, stop)
    if inside is not None or following is None:
        return stop if inside is None else inside
    if words[stop - 1] in _ALTERNATING:
        return stop - 1
    if (conjunction := conjoined(words, stop)) < stop:
        return conjunction
    if words[stop - 1] in ENDING_RELATIVES:
        return next((i for i in range(stop - 1, subject.after, -1) if words[i] == ","), stop)
    mark = next((i for i in range(stop - 1, subject.after, -1) if words[i] in _STOPS), None)
    return _opening_start(words, stop, subject.after + 1) if mark is None else mark


def _contrast(words: Words, subject: Subject, stop: int) -> int | None:
    """Where a clause breaks off before ``stop``: at « car », « , mais », or a semicolon before something else."""
    causal = subject.first > 0 and words[subject.first - 1] in {"car", "qu'", "puisqu'"}
    begun = subject.after + 1
    for i in numbers(words[begun : stop - 1], _BREAKING, begun):
        form = words[i]
        if i in words.enclosed:
            continue
        contrary = form == "mais" and words[i - 1] == "," and not _adds(words, i + 1, stop)
        explained = form == ":" and _explains(words, i + 1, stop)
        if form == "car" or contrary or explained or (form == ";" and not _goes_on(words, i + 1, stop)):
            return i
        if form == ",":
            after = tuple(words[i + 1 : i + 3])
            if (
                after in _CONTRASTS
                or _comments(words, i + 1)
                or words[i + 1 : i + 4] in _UNLESS
                or _turns(words, i + 1)
                or (causal and after[0] in {"et", "mais", "ce"})
            ):
                return i
    return None


def _comments(words: Words, at: int) -> bool:
    """Whether an aside says what to think of the activity before it: « …, corvée dont nul ne se vante »."""
    if at + 2 >= len(words) or (stem_of(words[at]) not in works() and words[at] not in _COMMENTING):
        return False
    return words[at + 1] in _SUBORDINATING or words[at + 2] in {"laquelle", "lesquelles", "lequel", "lesquels"}


def _turns(words: Words, at: int) -> bool:
    """Whether « …, et l'on voit », « …, et c'est », « …, et aucun détail ne … » goes over to somebody or something else."""
    if words[at] != "et":
        return False
    form = next((form for form in words[at + 1 : at + 3] if form != "l'"), "")
    return form in _TURNING or (form in _NOBODY and not NEGATIONS.isdisjoint(words[at + 2 : at + _NEAR]))


def _explains(words: Words, at: int, stop: int) -> bool:
    """Whether a clause of its own follows a colon: « il reprend le dossier : une naissance suffit à le périmer »."""
    subordinate = next((i for i in range(at, stop) if words[i] in _SUBORDINATING), stop)
    for i in range(at + 1, subordinate):
        form = verbs.read(words[i]) if words[i - 1] not in _JOINING and words[i - 1] not in CLITICS else None
        if form is not None and form.mood in {"singular", "plural"} and words[i] not in verbs.nouns():
            return True  # but not « il règle la console : le jeu d'orgue, et transmet … »
    return False


def _adds(words: Words, at: int, stop: int) -> bool:
    """Whether « mais aussi » adds another verb of the same subject: « …, mais aussi à former les usagers »."""
    if words[at] not in _ADDING:
        return False
    while at < stop and words[at] in _ADDING:
        at += 1
    return _goes_on(words, at + (at < stop and words[at] in {"à", "de", "d'"}), stop)


def _goes_on(words: Words, at: int, stop: int) -> bool:
    """Whether a verb, with no more than pronouns and adverbs before it, stands after a semicolon."""
    while at < stop and (
        words[at] in TYING or words[at] in CLITICS or (is_adverb(words[at]) and verbs.read(words[at]) is None)
    ):
        at += 1
    return at < stop and any(finite(words, at, mood) for mood in ("singular", "plural", "infinitive"))


def _governed(words: Words, at: int) -> bool:
    """Whether an infinitive goes on with its « à » or « de »: « Il aide à se lever et à s'habiller, il … »."""
    verb = at + 1
    while verb < len(words) and words[verb] in CLITICS:
        verb += 1
    return words[at] in {"à", "de", "d'"} and verb < len(words) and finite(words, verb, "infinitive")


def _opening_start(words: Words, subject: int, floor: int) -> int:
    """Where the circumstance before a later subject begins: after the last « , et » and its like."""
    if subject > floor and words[subject - 1] == ",":
        for i in range(subject - 2, floor, -1):
            if words[i] in {"et", "mais", "puis", ","} and _opens(words, i + 1):
                return subject if words[i] == "et" and _governed(words, i + 1) else i + 1
    return subject
