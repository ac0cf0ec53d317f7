"""Activities told before any subject, or without one.

« Rempoter mille plants, … : la journée commence tôt », « Chargé de tarifer les contrats, il … », « Conçoit des vêtements. ».

The words of a sentence and its subjects go in, ``lower`` being the text of the words in lower case; activities come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extractors.tasks.holder import Holder, stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, activity, finite_head
from pipeline.extractors.tasks.sentences.charges import bridged, charge
from pipeline.extractors.tasks.sentences.clues import DESCRIBING
from pipeline.extractors.tasks.sentences.doing import is_done, is_state
from pipeline.extractors.tasks.sentences.duties import after_aside
from pipeline.extractors.tasks.subjects.clefts import EMPHATIC
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.extractors.tasks.subjects.work import FALLING, after_falling
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, finite, is_adverb, skip_clitics
from pipeline.french.predicates import predicates
from pipeline.french.words import Words, numbers

#: Nouns that take infinitives up as work: « Tenir les comptes, relancer : la gestion prend du temps ».
_TIMES = frozenset(
    ("gestion", "journée", "journées", "matinée", "matinées", "routine", "semaine", "semaines", "soirée", "temps")
)
#: What opens a clause inside an infinitive's own: « comprendre pourquoi la lampe clignote ».
_CLAUSAL = frozenset(("ce", "combien", "comment", "dont", "où", "pourquoi", "que", "qu'", "quand", "qui", "si"))
#: How a definition breaks off a list of infinitives: « Poser une serrure, blinder une porte… ».
_TRAILING_OFF = frozenset(("…", "..."))
#: What says of a row of infinitives that the job holder does no such thing.
_NOT_DONE = frozenset(("illégal", "interdit", "interdite", "interdites", "interdits", "proscrit", "proscrits"))
_DENYING = frozenset((("ce", "n'"), ("cela", "ne"), ("cela", "n'"), ("cela", "s'"), ("cela", "se")))
#: What says whose task something is: « la loi réserve au », « cela revient à l' », « c'est l'affaire du », « s'en charge ».
_FALLING_TO = FALLING | {"appartiennent", "réserve", "réservent", "réservé", "réservée", "réservées", "réservés"}
_LEFT = _FALLING_TO | {"affaire", "charge", "chargent", "occupe", "occupent", "rôle", "travail"}
_TO, _OF, _ARTICLES = frozenset(("à", "au", "aux")), frozenset(("de", "des", "du")), frozenset(("l'", "la", "un", "une"))
_DEFINING = frozenset(("definition", "tasks"))
_FEWEST = 2  # infinitives of a row
_HIS = frozenset(("sa", "ses", "son"))


def bare(
    words: Words, marks: Sequence[Subject], kind: str, lower: str, holder: Holder, *, lead: bool = False, asked: bool = False
) -> Iterator[Activity]:
    """The activities before the first of ``marks``, subjects that mean ``holder``, in a section of ``kind``.

    ``lead``: in the sheet's first sentence; ``asked``: after « Son rôle ? ».
    """
    found = _infinitives(words, marks, kind, lower, lead=lead, asked=asked)
    yield from () if found and not marks and _is_left_to_others(words, holder) else found
    if kind == "skills":
        return
    yield from _charged(words, marks, lower)
    if kind in DESCRIBING and not marks and words[0] in {"lui", "leur"} and (after := after_falling(words, 1)) is not None:
        yield from _fallen(words, after, lower)
    elif kind == "tasks" and not marks:
        yield from _without_subject(words, lower)


def is_subject(words: Words, infinitive: int, stop: int | None = None) -> bool:
    """Whether an infinitive is the subject of a verb: « Gérer un fonds, ce n'est pas … », « Savoir rédiger s'apprend »."""
    for i in range(infinitive + 1, len(words) if stop is None else stop):
        if words[i] in _CLAUSAL:
            return words[i] == "ce" and words[i - 1] == ","
        if words[i] in NEGATIONS:
            return True  # « Tailler ne s'improvise pas »
        known = words[i] not in verbs.nouns() and verbs.read(words[i]) is not None
        if (
            known
            and (words[i - 1] == "l'" or words[i - 1] not in DETERMINERS)
            and (finite(words, i, "singular") or finite(words, i, "plural"))
        ):
            return True
    return False


def _infinitives(
    words: Words, marks: Sequence[Subject], kind: str, lower: str, *, lead: bool, asked: bool
) -> Sequence[Activity]:
    """« Rempoter mille plants, guetter le puceron : … » before any subject."""
    stop = marks[0].first if marks else len(words)
    at = _first_infinitive(words, stop)
    if at is None:
        return ()
    if kind == "skills":
        end = _taken_up(words, stop, lower)
    else:
        end = stop if asked and not marks else _summed(words, marks, stop, lower, lead=lead)
        if end is None and kind in _DEFINING and not lead:
            end = _row_end(words, at, lower)
    if is_subject(words, at, end) or (kind == "skills" and (end is None or not _is_of_work(words, end, ()))):
        return ()
    if end is None:
        if marks or not (kind == "tasks" or (kind == "definition" and words[-1] in _TRAILING_OFF)):
            return ()
        end = words.index(":") if ":" in words[:stop] else stop
    if not _NOT_DONE.isdisjoint(words[end:]) or tuple(words[end + 1 : end + 3]) in _DENYING:
        return ()
    parts = predicates(words, at, end, "infinitive", 0)
    if marks and len(parts) == 1 and len(parts[0].heads) > 1:  # « Couper, colorer, coiffer : … »
        return ()
    return [activity(words, part, "infinitive") for part in parts if part.last > part.heads[0] + 2]


def _is_left_to_others(words: Words, holder: Holder) -> bool:
    """« …, poser une couronne : autant d'actes que la loi réserve au dentiste », « … : l'éditeur s'en charge »."""
    for at in numbers(words, _LEFT):
        if words[at - 2 : at] == ["s'", "en"]:
            return True
        falls = words[at] in _FALLING_TO
        said = falls or words[at - 3 : at - 1] == ["c'", "est"]
        if said and at + 3 < len(words) and words[at + 1] in (_TO if falls else _OF):
            noun = at + 2 + (words[at + 2] in _ARTICLES)
            form = verbs.read(words[noun])
            if (form is None or form.mood != "infinitive") and words[noun] not in EMPHATIC:
                return not holder.named(words[noun]) and stem_of(words[noun]) not in works()
    return False


def _first_infinitive(words: Words, stop: int) -> int | None:
    """Where the infinitive of something done stands that a sentence opens with, before the word ``stop``."""
    at = 0
    while at < stop and (words[at] in CLITICS or is_adverb(words[at])):
        at += 1
    form = verbs.read(words[at]) if at < stop else None
    if form is None or form.mood != "infinitive" or form.lemma in lexicon().states:
        return None
    further = at + 2 if not at else skip_clitics(words, at + 2, len(words) - 1)  # « Les coudre, les teindre, … »
    if words[at + 1 : at + 2] == [","] and not finite(words, further, "infinitive"):  # « Scanner, échographe, table : … »
        return None
    return at


def _summed(words: Words, marks: Sequence[Subject], stop: int, lower: str, *, lead: bool) -> int | None:
    """Where infinitives end that the rest of the sentence takes up, or None.

    They may be the wishes of those whom the job serves (« Acheter un toit, … : »), most of all in a sheet's first
    sentence: what follows a colon must speak of the job.
    """
    colon = next((i for i in range(stop) if words[i] in {":", "…", "..."}), None)
    if colon is not None and words[colon] == ":" and not (_is_of_work if lead else _takes_up)(words, colon + 1, marks):
        return None
    if colon is not None or marks:
        return colon
    end = _taken_up(words, stop, lower)
    return end if end is not None and _is_of_work(words, end, ()) else None


def _taken_up(words: Words, stop: int, lower: str) -> int | None:
    """Where « …, telle est sa mission », « … fait partie de ses tâches » begins, or None."""
    rest = lexicon().summing.search(lower, words.starts[0], words.after(-1))
    rest = rest or lexicon().belonging.search(lower, words.starts[0], words.after(-1))
    return next((i for i in range(stop) if words.starts[i] >= rest.start()), None) if rest else None


def _is_of_work(words: Words, at: int, marks: Sequence[Subject]) -> bool:
    """Whether what begins at a word speaks of the job: « ses journées sont longues », « telle est la mission du greffier »."""
    begins = words[at : at + 1] != [] and words[at] in _HIS
    if (
        begins
        or words[at : at + 2] == ["la", "vie"]
        or any(mark.first == at for mark in marks)
        or "autant" in words[at : at + 2]
    ):
        return True
    return any(stem_of(form) in works() for form in words[at:])


def _row_end(words: Words, infinitive: int, lower: str) -> int | None:
    """Where two infinitives or more with their objects end, whatever is said of them, or None.

    « Plumer la volaille, la brider : nul ne va plus vite », « Brosser les tapis, cirer les sols, tout cela se fait de nuit ».
    """
    colon = next((i for i in range(len(words)) if words[i] == ":"), None)
    end = _taken_up(words, len(words), lower) if colon is None else colon
    if end is None:
        return None
    heads = [at for part in predicates(words, infinitive, end, "infinitive", 0) for at in part.heads]
    bare_verbs = words[heads[0] + 1] in {",", "et", "ou"} and words[heads[0] - 1] not in CLITICS  # « Couper, coiffer : … »
    return None if bare_verbs or len(heads) < _FEWEST else end


def _takes_up(words: Words, at: int, marks: Sequence[Subject]) -> bool:
    """Whether what follows a colon may speak of the job, too: « la gestion occupe ses soirées », not « à chacun de ces … »."""
    if marks:
        return words[at : at + 1] not in (["pour"], ["à"]) or words[at + 1] not in {"chacun", "chacune", "chaque"}
    return _is_of_work(words, at, marks) or not _TIMES.isdisjoint(words[at:])


def _charged(words: Words, marks: Sequence[Subject], lower: str) -> Sequence[Activity]:
    """« Chargé de tarifer les contrats, il … », « Chargée d'accueillir les clients. »: before any subject."""
    charge = lexicon().charged.match(lower, words, 0, -1)
    if charge is None:
        return ()
    stop = marks[0].first if marks else len(words)
    verb = words.at(charge.end(), stop)
    while verb < stop and words[verb] in CLITICS:
        verb += 1
    if verb >= stop or not finite(words, verb, "infinitive"):
        return ()
    parts = predicates(words, verb, stop, "infinitive")
    return [activity(words, part, "mission") for part in parts if is_done(words, part, lower)]


def _fallen(words: Words, at: int, lower: str) -> Iterator[Activity]:
    """« Lui revient la tenue de la caisse »; as a whole with « de »: « Lui incombe, chaque soir, de fermer l'agence »."""
    while at < len(words) - 1 and is_adverb(words[at]):
        at += 1
    at = after_aside(words, at, len(words))
    if words[at] in {"de", "d'"}:
        return bridged(words, words.after(at), len(words), lower, weak=True, opened=0)
    return charge(words, at, len(words), lower, None)


def _without_subject(words: Words, lower: str) -> Iterator[Activity]:
    """« Conçoit et réalise des vêtements. »: as registers define."""
    verb, mood = finite_head(words)
    if mood != "singular":
        return
    bridge = lexicon().periphrasis.match(lower, words, verb, -1)
    if bridge:
        yield from bridged(words, bridge.end(), len(words), lower, weak=True)
        return
    if is_state(words, verb) or _arrives(words, verb):
        return
    for part in predicates(words, verb, len(words), mood, 0):
        if is_done(words, part, lower):
            yield activity(words, part, "bare")


def _arrives(words: Words, verb: int) -> bool:
    """Whether a verb that opens a sentence has its subject behind it: « Arrive enfin le temps du calcul : »."""
    form = verbs.read(words[verb])
    after = next((i for i in range(verb + 1, len(words)) if not is_adverb(words[i])), verb)
    return form is not None and form.lemma in lexicon().arrivals and words[after] in DETERMINERS
