"""What the clause of one subject says that the job holder does.

A subject and where its clause ends go in; what stands there is a charge (:mod:`.charges`), a list of infinitives, what a
periphrasis introduces, or predicates, of which a state, a quality or a career is no activity (:mod:`.doing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, activity
from pipeline.extractors.tasks.sentences.charges import bridged, charge, work
from pipeline.extractors.tasks.sentences.clues import DESCRIBING
from pipeline.extractors.tasks.sentences.doing import governed_by, is_done
from pipeline.extractors.tasks.sentences.duties import names_action
from pipeline.extractors.tasks.sentences.limits import opening
from pipeline.extractors.tasks.sentences.prose import ADDRESSED, Prose
from pipeline.extractors.tasks.sentences.purposes import purposes
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.extractors.tasks.subjects.work import FALLING
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS, NEGATIONS, affirms, finite, negates_neglect, skip_clitics
from pipeline.french.predicates import Predicate, predicates
from pipeline.french.words import Words

#: What begins « à lui de régler », « c'est à lui qu'incombe le réglage ».
_FALLING_TO = frozenset(("à", "au", "aux", "c'", "ce"))
#: « il lui arrive de », « il lui revient de »: said as a whole to be theirs.
_FALLEN = tuple(f"lui {verb} " for verb in ("arrive", *sorted(FALLING)))
#: Moods of verbs in « tu » and « je », of which other forms are read.
_SPOKEN = frozenset(("familiar", "first"))
#: What gives a reason: « car il … », « parce qu'elle … ».
_EXPLAINING = frozenset(("puisqu'", "puisque", "qu'", "que"))
_PURPOSES = frozenset(("pour", "afin"))
_PURPOSEFUL = DESCRIBING | {"conditions"}
_SPOKEN_TO = frozenset(("vous", "te", "t'"))
_PAST = ("ait", "aient", "rent", "fut", "ut")
#: After what one knows or likes stands what one masters: « il connaît la céramologie et sait lever un plan ».
_KNOWING = frozenset(("adorer", "aimer", "apprécier", "connaître", "maîtriser", "posséder"))
_SHORTEST = 4  # letters of a form that must be a verb, though no list knows it


@dataclass(slots=True, eq=False)
class Clause:
    """A clause in a section of ``kind``: its words end at ``stop``, those of the clause before it began at ``floor``."""

    words: Words
    subject: Subject
    floor: int
    stop: int
    kind: str
    prose: Prose

    def activities(self) -> Iterable[Activity]:
        """What the clause says that the job holder does."""
        words, subject, stop, lower = self.words, self.subject, self.stop, self.prose.lower
        at, first = subject.after, words[subject.first]
        if at >= stop:
            return ()
        if subject.kind == "seen":
            return self._seen()
        if subject.kind == "entrusted":
            return charge(words, at, stop, lower, None)
        if subject.kind in {"work", "charge", "granted"}:
            falls = first in _FALLING_TO and subject.kind != "granted"
            fallen = falls and words[subject.first + 1] not in {"programme", "menu"}
            opened = self._opening() if fallen else None
            return (charge if subject.kind == "charge" else work)(words, at, stop, lower, opened)
        if not self.prose.is_work(words, subject, self.kind) or (
            first == "il" and lexicon().impersonal.match(lower, words.starts[at])
        ):
            return ()
        alternating = words[at:stop].count("soit") > 1 and words[words.index("soit", at) + 1] == "pour"
        told = [] if alternating else list(self._told())  # « il intervient soit pour poser …, soit pour réparer … »
        return told or (self._good_for() if self.kind in _PURPOSEFUL else ())

    def _good_for(self) -> Iterable[Activity]:
        """« il est présent pour réceptionner les denrées »: what a clause is good for that says no activity itself."""
        words, subject = self.words, self.subject
        if _PURPOSES.isdisjoint(words[subject.after : self.stop]) or subject.mood not in {"singular", "plural"}:
            return ()
        verb = skip_clitics(words, subject.after + (words[subject.after] in NEGATIONS), self.stop)
        if verb >= self.stop:
            return ()
        return purposes(words, verb, predicates(words, verb, self.stop, subject.mood)[0].last, self.prose.lower)

    def _opening(self) -> int:
        return opening(self.words, self.subject, self.floor, self.prose.lower)

    def _seen(self) -> Iterator[Activity]:
        """« on le voit régler la machine »."""
        at = self.subject.after
        if self.kind in DESCRIBING and finite(self.words, at, "infinitive"):
            yield from self._done(at, self.stop, self._opening(), "clause")

    def _told(self) -> Iterator[Activity]:
        """What follows the job holder as the subject: infinitives after a colon, and a periphrasis or predicates before it."""
        words, at, stop = self.words, self.subject.after, self.stop
        listed = _listed(words, at, stop)
        if listed is not None:
            yield from self._done(listed + 1, stop, listed + 1, "listed")
            stop = listed
        lower = self.prose.lower
        bridge = lexicon().periphrasis.match(lower, words, at, stop - 1)
        able = None if bridge else self._able(at + negates_neglect(words, at), stop)
        if bridge:
            yield from self._bridged(bridge, stop)
        elif able:
            yield from bridged(words, able.end(), stop, lower, weak=True, able=True)
        elif self.subject.kind != "asked" and not (self.kind == "skills" and self._explains()):
            yield from self._predicates(stop)

    def _bridged(self, bridge: re.Match[str], stop: int) -> Iterator[Activity]:
        """What a periphrasis introduces: infinitives; or nouns, with which its whole clause is the activity.

        « Au printemps, il est chargé du débroussaillage et abat les arbres morts »: verbs after it stand for themselves.
        """
        words, at, lower = self.words, self.subject.after, self.prose.lower
        possible = words[at].startswith(("peu", "pouv", "pourr")) and "charg" not in bridge.group()
        weak = possible or "demande" in bridge.group()
        fallen = words[at] == "lui" and bridge.group().startswith(_FALLEN)
        charged, further = self._further(words.at(bridge.end(), stop), stop)
        for found in bridged(words, bridge.end(), charged, lower, weak=weak, opened=self._opening() if fallen else None):
            if found.rule == "charge" and "responsab" in bridge.group() and not _begins_action(words, found.start):
                continue  # « responsable de la qualité de ses soudures »
            if found.rule == "charge" and self.subject.kind in {"name", "pronoun"}:
                found.start = words.starts[self._opening()]
            yield found
        for part in further:
            yield from self._stated(part, mastering=self.kind == "skills")

    def _able(self, at: int, stop: int) -> re.Match[str] | None:
        """« est capable de », « n'hésite pas à »: among skills, what one is able to do is a skill."""
        return None if self.kind == "skills" else lexicon().able.match(self.prose.lower, self.words, at, stop - 1)

    def _stated(self, part: Predicate, *, mastering: bool) -> Sequence[Activity]:
        """What a predicate says: itself, or what it introduces: « …, et peut mener des audits ».

        ``mastering``: beside others that say what one masters.
        """
        words, lower = self.words, self.prose.lower
        head, last = part.heads[0], part.last
        if words[head - 1] not in NEGATIONS:
            bridge = lexicon().periphrasis.match(lower, words, head, last - 1)
            able = None if bridge else self._able(head, last)
            introduced = bridge or able
            if introduced:
                return list(bridged(words, introduced.end(), last, lower, weak=True, able=able is not None))
        done = is_done(words, part, lower) and not (mastering and _is_mastered(words, part))
        return [activity(words, part, "clause", self.subject.after)] if done else []

    def _further(self, begun: int, stop: int) -> tuple[int, list[Predicate]]:
        """Where what a periphrasis introduces at the word ``begun`` ends, and the predicates of the subject after it."""
        if self.subject.mood not in {"singular", "plural"} or begun >= stop:
            return stop, []
        first, *further = predicates(self.words, begun, stop, self.subject.mood)
        if self.words[first.last : first.last + 1] == ["ou"] or any(self.words[p.heads[0]] in verbs.nouns() for p in further):
            return stop, []
        return first.last, further

    def _done(self, verb: int, stop: int, first: int, rule: str) -> Iterator[Activity]:
        """The infinitives from the word ``verb`` on that say what is done; the first activity begins at ``first``."""
        for part in predicates(self.words, verb, stop, "infinitive", first):
            if is_done(self.words, part, self.prose.lower):
                yield activity(self.words, part, rule)

    def _predicates(self, stop: int) -> Iterator[Activity]:
        """« il trie les colis et doit charger le camion »: what its verbs say, or the infinitives that the first governs."""
        words, subject, mood = self.words, self.subject, self.subject.mood
        verb = _verb(words, subject, stop)
        if verb is None:
            return
        form = _spoken(words, subject, verb) if mood in _SPOKEN else verbs.read(words[verb])
        if not _stands_as_verb(words, subject, verb, form) or _tells_of_else(words, subject, verb, stop, form):
            return
        lemma = form.lemma if form is not None else ""
        begins = lemma == "commencer" and verb + 1 < stop and words[verb + 1] == "par"
        if begins or lemma in lexicon().modals:
            governed = governed_by(words, verb + 1 + begins, stop)
            if governed is not None and words[governed] == "pouvoir" and self.kind != "skills":  # « il doit pouvoir répondre »
                governed = governed_by(words, governed + 1, stop)
            if governed is None or words[governed] in {"être", "avoir"} or (lemma == "savoir" and self.kind != "tasks"):
                return
            verb, mood = governed, "infinitive"
        first = subject.after if subject.kind == "relative" else self._opening()
        governing, further = self._further(verb, stop) if mood == "infinitive" else (stop, [])
        mastering = self.kind == "skills" or lemma in _KNOWING
        for i, part in enumerate([*predicates(words, verb, governing, mood, first), *further]):
            stated = self._stated(part, mastering=mastering)
            yield from stated
            if i == 0 and not stated and (mood == "infinitive" or self.kind == "skills"):
                return  # « il doit savoir établir le dialogue et faire passer un message »

    def _explains(self) -> bool:
        """Whether a clause only gives the reason for a quality: « …, puisqu'il représente la maison »."""
        return self.subject.first > 0 and self.words[self.subject.first - 1] in _EXPLAINING


def _is_mastered(words: Words, part: Predicate) -> bool:
    """Whether what is done shows, among skills, what one masters or how one is: « lit l'anglais », « sait lever un plan »."""
    form = verbs.read(words[part.heads[0]])
    return form is not None and form.lemma in lexicon().mastered


def _begins_action(words: Words, offset: int) -> bool:
    """Whether a noun of action begins at an offset: « la vente des billets », but neither « la qualité » nor « une classe »."""
    at = words.at(offset, len(words) - 1)
    at += words[at] in {"la", "le", "les", "l'"}
    return at < len(words) and words[at] not in DETERMINERS and names_action(words[at])


def _listed(words: Words, at: int, stop: int) -> int | None:
    """The colon after which infinitives spell the clause out: « il assure le quart : surveiller le radar, tenir le cap »."""
    if ":" not in words:
        return None
    colon = next((i for i in range(at + 1, stop - 1) if words[i] == ":" and i not in words.enclosed), None)
    if colon is None or words[colon + 1] in verbs.nouns():
        return None
    form = verbs.read(words[colon + 1])
    if form is None or form.mood != "infinitive":
        return None
    parts = predicates(words, colon + 1, stop, "infinitive", colon + 1)
    bare = words[colon + 2] in {",", "et", "ou"}  # « il accompagne les premiers gestes : marcher, parler »
    return colon if len(parts) > 1 or (len(parts[0].heads) > 1 and not bare) else None


def _verb(words: Words, subject: Subject, stop: int) -> int | None:
    """Where the verb of a subject stands; None where it is denied, or falls to them: « il lui revient : … »."""
    only = words[subject.after] in NEGATIONS  # « il ne garde que les meilleures »
    verb = skip_clitics(words, subject.after + only, stop)
    if verb >= stop or (words[verb] in FALLING and words[verb - 1] == "lui"):
        return None
    return None if only and not affirms(words, verb) else verb


def _spoken(words: Words, subject: Subject, verb: int) -> verbs.Form | None:
    """The verb of « tu », or of one who tells of their own work: « je relis », but not « je vous conseille »."""
    if subject.mood == "familiar":
        return verbs.familiar(words[verb])
    form = verbs.first_person(words[verb])
    to_reader = form is None or form.lemma in lexicon().narrators or not _SPOKEN_TO.isdisjoint(words[subject.after : verb])
    return None if to_reader else form


def _stands_as_verb(words: Words, subject: Subject, verb: int, form: verbs.Form | None) -> bool:
    """Whether the word ``verb``, which is read as ``form``, is the verb that a subject asks for."""
    if form is None:
        return subject.mood not in _SPOKEN and (
            subject.kind == "tagged" or finite(words, verb, subject.mood) or _must_be_verb(words[verb], subject)
        )
    given = subject.kind == "tagged" or (subject.kind == "name" and form.mood == subject.mood)
    return given or finite(words, verb, subject.mood)


def _must_be_verb(form: str, subject: Subject) -> bool:
    """Whether a word that no list knows must be a verb, for it follows « il » or « elles »."""
    ending = {"singular": ("e", "t", "d"), "plural": ("nt",)}.get(subject.mood, ())
    return subject.kind == "pronoun" and form.endswith(ending) and len(form) >= _SHORTEST and not form.endswith(_PAST)


def _tells_of_else(words: Words, subject: Subject, verb: int, stop: int, form: verbs.Form | None) -> bool:
    """Whether a verb says what « vous » do in reading, what becomes of « beaucoup », or who answers for something."""
    lemma = form.lemma if form is not None else ""
    reads = subject.mood in ADDRESSED and lemma in lexicon().readers
    leaves = subject.kind == "quantity" and lemma in lexicon().careers
    return reads or leaves or _answers(words, subject, verb, stop)


def _answers(words: Words, subject: Subject, verb: int, stop: int) -> bool:
    """« C'est l'actuaire qui répond, … »: who does it, not what is done."""
    if subject.kind != "cleft" or (verb + 1 < stop and words[verb + 1][0].isalnum()):
        return False
    aside_end = next((i for i in range(verb + 2, stop - 1) if words[i] == ","), None)
    return aside_end is None or words[aside_end + 1] not in DETERMINERS
