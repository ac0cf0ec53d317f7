"""The activities of the job holder in a sentence: who acts, what is done, from where to where.

A sentence is read in three steps: find the subjects that mean the job holder (:mod:`.subjects`), see what
their verbs say (a state, a quality or a career is no activity), and cut what is left where a predicate has an
object of its own (:mod:`pipeline.french.clauses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import dropwhile

from pipeline.extractors.tasks.clues import ADDED, PROSE, REMAINING, may_act, may_charge, may_open
from pipeline.extractors.tasks.doing import governed_by, is_done
from pipeline.extractors.tasks.holder import Holder, stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.limits import clause_end, opening, supposes
from pipeline.extractors.tasks.phrases import Activity, activity, finite_head, phrase, trim
from pipeline.extractors.tasks.subjects import (
    FALLING,
    Subject,
    lead_noun,
    speaks_of_another,
    subjects,
)
from pipeline.french import verbs
from pipeline.french.clauses import (
    CLITICS,
    DETERMINERS,
    NEGATIONS,
    Predicate,
    finite,
    is_adverb,
    predicates,
    restricts,
    skip_clitics,
)
from pipeline.french.openings import holds
from pipeline.french.words import Words, numbers, words_of

_FEWEST = 3  # words of the shortest sentence
_SHORTEST = 6  # characters of the shortest charge
_NEXT = 2  # characters between a sentence and the next of its paragraph
#: What follows infinitives that are the work: « …, telle est sa mission ».
_SUMMED = re.compile(r"(?:, |- )(?:tels? (?:est|sont)|telles? (?:est|sont)|voilà|c'est|ce sont|autant de)\b")
_TO_READER = re.compile(
    r"[vt](?<!\w\w)(?:(?<=v)ous (?:(?:en|y|les?|la|leur) |l')?(\w+ez|faites)|(?<=t)u (?:(?:en|y|les?|la|leur) |l')?(\w+s))\b"
)


def _speaks_to_holder(lower: str) -> bool:
    """Whether a sheet tells what « vous » or « tu » do at work, in more than one place."""
    if "vous " not in lower and "tu " not in lower:
        return False
    found = 0
    for match in _TO_READER.finditer(lower):
        form = verbs.read(match.group(1)) if match.group(1) else verbs.familiar(match.group(2))
        known = lexicon().states | lexicon().readers | lexicon().modals
        found += form is not None and form.mood in _ADDRESSED and form.lemma not in known
        if found > 1:
            return True
    return False


class Sentences:
    """Reads the sentences of one sheet. ``lower`` is ``text`` in lower case, offset for offset."""

    def __init__(self, text: str, lower: str, holder: Holder) -> None:
        self.text = text
        self.lower = lower
        self.holder = holder
        #: The last sentence, where the job holder is no subject of it: start, end, who that was, and whether that is sure;
        #: the sentences up to :attr:`_heard_to` tell of the same.
        self._before: tuple[int, int, Holder, bool] | None = None
        self._heard_to = 0
        self._words: dict[tuple[int, int], Words] = {}

    @cached_property
    def _addressed(self) -> bool:
        return _speaks_to_holder(self.lower)

    @cached_property
    def _reports_hearsay(self) -> bool:
        return holds(self.lower, lexicon().hearsay_hints)

    def hear(self, start: int, end: int) -> None:
        """Remember the heading ``text[start:end]``, which « elle » in the first sentence below it may take up."""
        self._before, self._heard_to = (start, end, self.holder, False), end

    def words(self, start: int, end: int) -> Words:
        """The words of ``text[start:end]``, which several rules ask for."""
        found = self._words.get((start, end))
        if found is None:
            found = self._words[start, end] = words_of(self.text, start, end)
        return found

    def activities(self, start: int, end: int, kind: str, *, lead: bool = False) -> Iterable[Activity]:
        """The activities in the sentence ``text[start:end]`` of a section of ``kind``; ``lead``: the sheet's first."""
        pieces = self.text[start:end].split()
        acts = may_act(pieces, self.holder)
        if not (acts and may_charge(pieces) if kind == "skills" else acts or lead or may_open(pieces, kind)):
            self._before, self._heard_to = (start, end, self.holder, False), end
            return ()
        words = self.words(start, end)
        if not self._is_statement(words):
            self._before, self._heard_to = (start, end, self.holder, False), end
            return ()
        return self._read(words, self._subjects(words, lead=lead), kind, lead=lead)

    def _is_statement(self, words: Words) -> bool:
        """Whether a sentence is no question, and not what people imagine of the occupation."""
        if len(words) < _FEWEST or words[-1] == "?":
            return False
        return not (self._reports_hearsay and lexicon().hearsay.search(self.lower, words.start, words.end))

    def _subjects(self, words: Words, *, lead: bool) -> list[Subject]:
        """The job holder as subject; the sheet's first sentence may tell a name of theirs that no title has."""
        marks = subjects(words, self.holder)
        if lead and not any(mark.kind in {"name", "relative"} for mark in marks):
            noun = lead_noun(words, self.holder)
            if noun is not None:
                self.holder = self.holder.known_as(noun)
                marks = subjects(words, self.holder)
        return marks

    def _read(self, words: Words, marks: list[Subject], kind: str, *, lead: bool = False) -> Iterator[Activity]:
        if kind != "skills":
            yield from self._infinitives(words, marks, kind, lead=lead)
            yield from self._charged(words, marks)
        if kind == "tasks":
            if marks and ("faut" in words or "agit" in words):
                yield from self._required(words, marks)
            if not marks:
                yield from self._without_subject(words)
            if not REMAINING.isdisjoint(words):
                yield from self._remaining(words)
        if kind in _TELLING and not ADDED.isdisjoint(words):
            yield from self._added(words)
        marks = self._own(words, marks)
        for i, subject in enumerate(marks):
            following = marks[i + 1].first if i + 1 < len(marks) else None
            floor = marks[i - 1].after if i else 0
            yield from self._clause(words, subject, floor, clause_end(words, subject, following), kind)

    def _own(self, words: Words, marks: list[Subject]) -> list[Subject]:
        """Those subjects of a sentence that mean the job holder; what the next sentence may take up is remembered."""
        own, goes_on = marks, False
        if marks and marks[0].kind == "pronoun" and marks[0].mood != "first" and self._is_of_another(words, marks[0]):
            pronoun = words[marks[0].first]
            own = list(dropwhile(lambda mark: words[mark.first] == pronoun, marks))  # « Elle trie, elle relance. »
            told = self.words(*self._before[:2]) if self._before is not None and marks[0].first == 0 else []
            goes_on = not own and _names_actor(told, pronoun)
        if not goes_on:
            self._before = None if own else (words.start, words.end, self.holder, True)
        self._heard_to = words.end
        return own

    def _is_of_another(self, words: Words, pronoun: Subject) -> bool:
        """Whether « il » takes up the subject of the clause or sentence before it, which is not the job holder."""
        if words[0] == "quant" and words[pronoun.first - 1] == ",":  # « Quant au permis, il … »
            return not any(map(self.holder.named, words[2 : pronoun.first]))
        if pronoun.first == 0:
            return self._follows_another(words.start, words[0])
        return _another_subject(words, pronoun.first) or self._parted_from_another(words, pronoun)

    def _follows_another(self, start: int, pronoun: str) -> bool:
        """Whether the sentence just before the one at ``start`` has somebody or something else for its subject."""
        if self._before is None or not 0 <= start - self._heard_to <= _NEXT:
            return False
        first, last, holder, sure = self._before
        words = self.words(first, last)
        if words[-1] == "?":  # « L'intelligence artificielle le remplacera-t-elle ? Elle … »
            return _names_actor([form for form in words if form in lexicon().machines], pronoun)
        another = speaks_of_another(words, holder) or _names_actor(words[:2], pronoun)
        return self._is_statement(words) and (sure or not subjects(words, holder)) and another

    def _parted_from_another(self, words: Words, pronoun: Subject) -> bool:
        """« Le chasseur n'attend pas les candidatures, il va les chercher »: a comma parts two clauses of somebody else."""
        comma = pronoun.first - 1
        if words[comma] != "," or supposes(words, 0, comma) or not speaks_of_another(words, self.holder):
            return False
        return _OBJECTS.isdisjoint(words[pronoun.after : skip_clitics(words, pronoun.after, len(words))])

    def _clause(self, words: Words, subject: Subject, floor: int, stop: int, kind: str) -> Iterator[Activity]:
        """The activities of one subject, whose clause ends at ``stop``; the clause before it began at ``floor``."""
        at = subject.after
        if at >= stop:
            return
        if subject.kind == "entrusted":
            yield from self._charge(words, at, stop, None)
            return
        if subject.kind == "seen":
            seen = predicates(words, at, stop, "infinitive", opening(words, subject, floor, self.lower))
            told = kind in _TELLING and finite(words, at, "infinitive")
            yield from (activity(words, part, "clause") for part in seen if told and is_done(words, part, self.lower))
            return
        if subject.kind in {"work", "charge"}:
            fallen = words[subject.first] in _FALLING_TO and words[subject.first + 1] not in {"programme", "menu"}
            first = opening(words, subject, floor, self.lower) if fallen else None
            yield from (self._work if subject.kind == "work" else self._charge)(words, at, stop, first)
            return
        if not self._is_said_here(subject, kind, words):
            return
        if words[subject.first] == "il" and lexicon().impersonal.match(self.lower, words.starts[at]):
            return
        listed = _listed(words, at, stop)
        if listed is not None:
            for part in predicates(words, listed + 1, stop, "infinitive", listed + 1):
                if is_done(words, part, self.lower):
                    yield activity(words, part, "listed")
            stop = listed
        bridge = lexicon().periphrasis.match(self.lower, words, at, stop - 1)
        if bridge:
            weak = words[at].startswith(("peu", "pouv", "pourr")) or "demande" in bridge.group()
            fallen = words[at] == "lui" and bridge.group().startswith(_FALLEN)
            first = opening(words, subject, floor, self.lower) if fallen else None
            yield from self._bridged(words, bridge.end(), stop, weak=weak, opened=first)
        elif kind != "skills" and subject.kind != "asked":
            yield from self._predicates(words, subject, floor, stop, kind)

    def _duties(self, words: Words, at: int, stop: int) -> Iterator[Activity]:
        """« Ses missions sont l'accueil des familles, le suivi des dossiers et … »: one activity for each noun of action."""
        joins = _duty_joins(words, at, stop)
        for first, last in zip([at, *(begun for _, begun in joins)], [*(join for join, _ in joins), stop], strict=True):
            start, end = trim(self.text, words.starts[first], words.after(last - 1))
            yield phrase(self.text, start, end, "duty")

    def _moves_on(self, words: Words) -> bool:
        """Whether a sentence, or its paragraph before it, tells what becomes of people: « Beaucoup, après dix ans, … »."""
        paragraph = self.text.rfind("\n", 0, words.start) + 1
        return lexicon().leaving.search(self.lower, paragraph, words.end) is not None

    def _is_said_here(self, subject: Subject, kind: str, words: Words) -> bool:
        """Whether what « vous », « je » or « beaucoup » do is an activity in a section of ``kind``."""
        if subject.kind in {"asked", "quantity"} and kind not in _TELLING:
            return False
        if subject.kind == "quantity" and self._moves_on(words):
            return False
        told = subject.mood == "first" or (subject.mood in _ADDRESSED and not (kind in PROSE and self._addressed))
        return kind == "tasks" or not told

    def _predicates(self, words: Words, subject: Subject, floor: int, stop: int, kind: str) -> Iterator[Activity]:
        only = words[subject.after] in NEGATIONS  # « il ne garde que les meilleures »
        verb = skip_clitics(words, subject.after + only, stop)
        fallen = verb < stop and words[verb] in FALLING and words[verb - 1] == "lui"  # « il lui revient : … »
        if verb >= stop or fallen or (only and not restricts(words, verb)):
            return
        form = verbs.read(words[verb])
        mood = subject.mood
        if mood in {"familiar", "first"}:
            form = verbs.familiar(words[verb]) if mood == "familiar" else self._told(words, subject.after, verb)
            if form is None:
                return
        given = subject.kind == "tagged" or (subject.kind == "name" and form is not None and form.mood == mood)
        if not given and not finite(words, verb, mood) and not _after_pronoun(words, verb, subject):
            return
        lemma = form.lemma if form is not None else ""
        reader = mood in _ADDRESSED and lemma in lexicon().readers
        leaver = subject.kind == "quantity" and lemma in lexicon().careers
        if reader or leaver or _answers(words, subject, verb, stop):
            return
        begins = lemma == "commencer" and verb + 1 < stop and words[verb + 1] == "par"
        if begins or lemma in lexicon().modals:
            governed = governed_by(words, verb + 1 + begins, stop)
            if governed is None or words[governed] in {"être", "avoir"} or (lemma == "savoir" and kind != "tasks"):
                return
            verb, mood = governed, "infinitive"
        first = subject.after if subject.kind == "relative" else opening(words, subject, floor, self.lower)
        for i, part in enumerate(predicates(words, verb, stop, mood, first)):
            if is_done(words, part, self.lower):
                yield activity(words, part, "clause")
            elif i == 0 and mood == "infinitive":  # « il doit savoir établir le dialogue et faire passer un message »
                return

    def _told(self, words: Words, first: int, verb: int) -> verbs.Form | None:
        """The verb of one who tells of their own work: « je relis », but not « je vous conseille », said to the reader."""
        form = verbs.first_person(words[verb])
        spoken = form is None or form.lemma in lexicon().narrators or any(word in _SPOKEN_TO for word in words[first:verb])
        return None if spoken else form

    def _charge(self, words: Words, at: int, stop: int, first: int | None) -> Iterator[Activity]:
        """« c'est à lui que revient ensuite la fermeture des portes »: infinitives, or a noun phrase up to its apposition."""
        while at < stop and is_adverb(words[at]):
            at += 1
        if at < stop and _is_duty(words, at) and any(words[i] == "," for i, _ in _duty_joins(words, at, stop)):
            for duty in self._duties(words, at, stop):  # « Au gérant reviennent la tenue de la caisse, la pose des … et … »
                duty.start = duty.start if first is None else words.starts[first]
                first = None
                yield duty
            return
        commas = (i for i in range(at, stop - 1) if words[i] == "," and i not in words.enclosed)
        end = next((i for i in commas if words[i + 1] not in DETERMINERS), stop)
        for found in self._bridged(words, words.starts[at], end, weak=False) if at < end else ():
            if first is not None:
                found.start = words.starts[first]
                first = None
            yield found

    def _bridged(self, words: Words, offset: int, stop: int, *, weak: bool, opened: int | None = None) -> Iterator[Activity]:
        """What a periphrasis introduces: infinitives, or (unless ``weak``) a noun phrase, taken whole.

        The first activity begins at the word ``opened``, if that is given.
        """
        at = words.at(offset, stop)
        duty = lexicon().periphrasis.match(self.lower, words, at, stop - 1) if at < stop else None
        if duty:  # « …, le soin d'accueillir les visiteurs »
            at = words.at(duty.end(), stop)
        verb = governed_by(words, at, stop)
        if verb is None:
            if not weak and at < stop:
                start, end = trim(self.text, words.starts[at], words.after(stop - 1))
                if end - start > _SHORTEST:
                    yield phrase(self.text, start, end, "charge")
            return
        first = verb
        while first > at and words[first - 1] in CLITICS:
            first -= 1
        first = first if opened is None else opened
        parts = predicates(words, verb, stop, "infinitive", first)
        elsewhere = weak and opened is None and _is_future(words, parts)
        for part in parts:
            bridge = lexicon().periphrasis.match(self.lower, words, part.heads[0], part.last - 1)
            if bridge:
                yield from self._bridged(words, bridge.end(), part.last, weak=weak)
            elif not elsewhere and is_done(words, part, self.lower):
                yield activity(words, part, "mission")

    def _work(self, words: Words, at: int, stop: int, first: int | None) -> Iterator[Activity]:
        """« sa mission est de », « son rôle consiste à », « sa priorité : »; « à lui de », which begins at ``first``."""
        duties = words[at] in _DUTY_IS and not _DUTIES.isdisjoint(words[max(at - _FAR, 0) : at])
        if duties and _is_duty(words, at + 1):
            yield from self._duties(words, at + 1, stop)
            return
        if words[at] not in {":", "de", "d'"}:
            at += 1
            while at < stop and (is_adverb(words[at]) or words[at] in _QUALIFYING):
                at += 1
        if at < stop and words[at] in {":", "de", "d'", "à", "en"}:
            yield from self._bridged(words, words.after(at), stop, weak=True, opened=first)

    def _infinitives(self, words: Words, marks: Sequence[Subject], kind: str, *, lead: bool) -> Sequence[Activity]:
        """« Rempoter mille plants, guetter le puceron : … » before any subject."""
        stop = marks[0].first if marks else len(words)
        at = 0
        while at < stop and (words[at] in CLITICS or is_adverb(words[at])):
            at += 1
        form = verbs.read(words[at]) if at < stop else None
        if form is None or form.mood != "infinitive" or form.lemma in lexicon().states:
            return ()
        if words[at + 1 : at + 2] == [","] and not finite(words, at + 2, "infinitive"):  # « Scanner, échographe, table : … »
            return ()
        end = self._summed(words, marks, stop, lead=lead)
        if is_subject(words, at, end):
            return ()
        if end is None:
            if marks or kind != "tasks":
                return ()
            end = words.index(":") if ":" in words[:stop] else stop
        parts = predicates(words, at, end, "infinitive", 0)
        if marks and len(parts) == 1 and len(parts[0].heads) > 1:  # « Couper, colorer, coiffer : … »
            return ()
        return [activity(words, part, "infinitive") for part in parts if part.last > part.heads[0] + 2]

    def _charged(self, words: Words, marks: Sequence[Subject]) -> Sequence[Activity]:
        """« Chargé de tarifer les contrats, il … », « Chargée d'accueillir les clients. »: before any subject."""
        charge = lexicon().charged.match(self.lower, words, 0, -1)
        if charge is None:
            return ()
        stop = marks[0].first if marks else len(words)
        verb = words.at(charge.end(), stop)
        while verb < stop and words[verb] in CLITICS:
            verb += 1
        if verb >= stop or not finite(words, verb, "infinitive"):
            return ()
        parts = predicates(words, verb, stop, "infinitive")
        return [activity(words, part, "mission") for part in parts if is_done(words, part, self.lower)]

    def _required(self, words: Words, marks: Sequence[Subject]) -> Iterator[Activity]:
        """« Avant la pose, il faut tracer les axes »: what the work demands, in the words of the missions."""
        for mark in marks:
            after = mark.after
            given = words[after : after + 1] in (["lui"], ["leur"])  # « il lui faut encore vérifier … »
            after += given
            concerned = words[after : after + 2] == ["s'", "agit"]  # « il s'agit de vider les bacs »
            if words[mark.first] != "il" or after >= len(words) or not (concerned or words[after] == "faut"):
                continue
            after += concerned
            verb = governed_by(words, after + 1, len(words))
            following = next((m.first for m in marks if m.first > mark.first), None)
            if verb is None or self._is_state(words, verb):
                continue
            stop = clause_end(words, mark, following)
            first = verb if given or concerned else opening(words, mark, 0, self.lower)
            for part in predicates(words, verb, stop, "infinitive", first):
                if is_done(words, part, self.lower):
                    yield activity(words, part, "required")

    def _remaining(self, words: Words) -> Iterator[Activity]:
        """« Reste à monter les dossiers », « …, restent l'entretien et le rangement »: what is left to do."""
        for at, form in enumerate(words):
            if form not in REMAINING or at in words.enclosed or not (at == 0 or words[at - 1] in {",", "il", "lui"}):
                continue
            after = at + 1
            while after < len(words) and is_adverb(words[after]):
                after += 1
            left = words[after : after + 3]
            if left[:1] == ["à"] and left[1:]:
                yield from self._bridged(words, words.starts[after + 1], _judgement(words, after), weak=True)
            elif left[2:] and left[0] in DETERMINERS and left[2] in _NOMINAL and verbs.verb_of(left[1]) is not None:
                yield from self._charge(words, after, len(words), at)
            return

    def _added(self, words: Words) -> Iterator[Activity]:
        """« À ces visites s'ajoutent la rédaction des rapports et le suivi … », « Peut s'y ajouter, l'été, la … »."""
        added = next((i for i in numbers(words, ADDED) if words[i - 1] in {"s'", "y"}), 0)
        at = _after_aside(words, added + 1, len(words))
        at = next((i for i in range(at, len(words)) if not is_adverb(words[i])), at)
        if not added or words[added - 2] in _OF_THINGS or not _is_duty(words, at):
            return
        whole = verbs.read(words[0]) is not None
        for duty in self._duties(words, at, len(words)) if whole or _duty_joins(words, at, len(words)) else ():
            duty.start = words.starts[0] if whole else duty.start
            whole = False
            yield duty

    def lacks_subject(self, start: int, end: int) -> bool:
        """Whether a sentence begins with its verb, as registers define: « Conçoit et réalise des vêtements. »."""
        words = self.words(start, end)
        return len(words) >= _FEWEST and finite_head(words)[1] == "singular" and words[-1] != "?"

    def _without_subject(self, words: Words) -> Iterator[Activity]:
        verb, mood = finite_head(words)
        if mood != "singular":
            return
        bridge = lexicon().periphrasis.match(self.lower, words, verb, -1)
        if bridge:
            yield from self._bridged(words, bridge.end(), len(words), weak=True)
            return
        if self._is_state(words, verb) or self._arrives(words, verb):
            return
        for part in predicates(words, verb, len(words), mood, 0):
            if is_done(words, part, self.lower):
                yield activity(words, part, "bare")

    def _is_state(self, words: Words, verb: int) -> bool:
        form = verbs.read(words[verb])
        return form is not None and form.lemma in lexicon().states

    def _arrives(self, words: Words, verb: int) -> bool:
        """Whether a verb that opens a sentence has its subject behind it: « Arrive enfin le temps du calcul : »."""
        form = verbs.read(words[verb])
        after = next((i for i in range(verb + 1, len(words)) if not is_adverb(words[i])), verb)
        return form is not None and form.lemma in lexicon().arrivals and words[after] in DETERMINERS

    def _summed(self, words: Words, marks: Sequence[Subject], stop: int, *, lead: bool) -> int | None:
        """Where infinitives end that the rest of the sentence takes up, or None.

        They may be the wishes of those whom the job serves (« Acheter un toit, … : »), most of all in a sheet's first
        sentence: what follows a colon must speak of the job.
        """
        colon = next((i for i in range(stop) if words[i] in {":", "…", "..."}), None)
        if colon is not None and words[colon] == ":" and not (_is_of_work if lead else _takes_up)(words, colon + 1, marks):
            return None
        if colon is not None or marks:
            return colon
        rest = _SUMMED.search(self.lower, words.starts[0], words.after(-1))
        end = next((i for i in range(stop) if words.starts[i] >= rest.start()), None) if rest else None
        return end if end is not None and _is_of_work(words, end, ()) else None


def _is_future(words: Words, parts: Sequence[Predicate]) -> bool:
    """Whether « il peut » says what the holder may become: « ouvrir sa boutique ou devenir formateur »."""
    heads = [words[part.heads[0]] for part in parts]
    return heads[0] in lexicon().careers or heads[0] in {"être", "avoir"} or not lexicon().promotions.isdisjoint(heads)


def _names_actor(words: Sequence[str], pronoun: str) -> bool:
    """Whether a machine, an employer or the trade is named that ``pronoun`` may take up."""
    return not lexicon().actors.get(pronoun, frozenset()).isdisjoint(words)


def _is_duty(words: Words, at: int) -> bool:
    """Whether a noun of action with its object begins at a word: « la pose de carrelage »."""
    head = at + (at < len(words) and words[at] in DETERMINERS)
    return head + 1 < len(words) and words[head + 1] in _NOMINAL and verbs.verb_of(words[head]) is not None


def _is_of_work(words: Words, at: int, marks: Sequence[Subject]) -> bool:
    """Whether what begins at a word speaks of the job: « ses journées sont longues », « telle est la mission du greffier »."""
    begins = words[at : at + 1] != [] and words[at] in _HIS
    return begins or any(mark.first == at for mark in marks) or any(stem_of(form) in works() for form in words[at:])


def _takes_up(words: Words, at: int, marks: Sequence[Subject]) -> bool:
    """Whether what follows a colon may speak of the job, too: « la gestion occupe ses soirées », not « à chacun de ces … »."""
    if marks:
        return words[at : at + 1] not in (["pour"], ["à"]) or words[at + 1] not in {"chacun", "chacune", "chaque"}
    return _is_of_work(words, at, marks) or not _TIMES.isdisjoint(words[at:])


def _duty_joins(words: Words, at: int, stop: int) -> list[tuple[int, int]]:
    """Where nouns of action are joined in a list, and where the next begins: « et, chaque mois, la paie des équipes »."""
    joins: list[tuple[int, int]] = []
    reached = at
    for i in range(at, stop - 1):
        if words[i] not in {",", "et", ";"} or i < reached:
            continue
        after = _after_aside(words, i + 1, stop)
        if _is_duty(words, after):
            joins.append((i, i + 1 + (after > i + 1)))
            reached = after
    return joins


def _after_aside(words: Words, at: int, stop: int) -> int:
    """The word after an aside in commas that begins at ``at``: « , une fois par mois, »; ``at`` where there is none."""
    if words[at : at + 1] != [","]:
        return at
    return next((i + 1 for i in range(at + 1, min(at + _FAR, stop - 1)) if words[i] == ","), at)


def _judgement(words: Words, at: int) -> int:
    """Where what is said of an activity begins, else where the sentence ends: « …, corvée dont nul ne se vante. »."""
    return next(
        (i for i in range(at, len(words) - 2) if words[i] == "," and words[i + 2] in {"dont", "que", "qui"}), len(words)
    )


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
    return colon if len(predicates(words, colon + 1, stop, "infinitive", colon + 1)) > 1 else None


def _after_pronoun(words: Words, verb: int, subject: Subject) -> bool:
    """Whether a word that no list knows must be a verb, for it follows « il » or « elles »."""
    form = words[verb]
    ending = {"singular": ("e", "t", "d"), "plural": ("nt",)}.get(subject.mood, ())
    past = form.endswith(("ait", "aient", "rent", "fut", "ut"))
    return subject.kind == "pronoun" and verbs.read(form) is None and form.endswith(ending) and len(form) > _FEWEST and not past


def _answers(words: Words, subject: Subject, verb: int, stop: int) -> bool:
    """« C'est l'actuaire qui répond, … »: who does it, not what is done."""
    if subject.kind != "cleft" or (verb + 1 < stop and words[verb + 1][0].isalnum()):
        return False
    aside_end = next((i for i in range(verb + 2, stop - 1) if words[i] == ","), None)
    return aside_end is None or words[aside_end + 1] not in DETERMINERS


#: Moods of the verbs of a sheet that speaks to its reader as the job holder, or in which a job holder speaks.
_ADDRESSED = frozenset(("second", "familiar"))
#: What may stand before a list of nouns of action, and between whose words and it no more than a few stand.
_DUTY_IS = frozenset((":", "est", "sont", "sera", "seront"))
_DUTIES = frozenset(
    ("activité", "activités", "fonction", "fonctions", "menu", "mission", "missions", "programme", "quotidien",
     "responsabilités", "rôle", "tâche", "tâches")
)  # fmt: skip
_FAR = 10
#: What may stand between « son rôle est » and what it is: « avant tout de », « double : ».
_QUALIFYING = frozenset(("avant", "claire", "clair", "double", "multiple", "simple", "tout", "triple"))
_OF_THINGS = frozenset(("auquel", "auxquelles", "auxquels", "laquelle", "quoi"))
_NOMINAL = frozenset(("de", "d'", "du", "des"))
#: Kinds of section that tell what is done without the job holder as its subject.
_TELLING = frozenset(("definition", "other", "tasks"))
#: Nouns that take infinitives up as work: « Tenir les comptes, relancer : la gestion prend du temps ».
_TIMES = frozenset(("gestion", "journée", "journées", "matinée", "routine", "semaine", "semaines", "soirée", "temps"))
_HIS = frozenset(("sa", "ses", "son"))
#: Pronouns by which the job holder does something to the person named before.
_OBJECTS = frozenset(("le", "la", "l'", "lui"))
_SPOKEN_TO = frozenset(("vous", "te", "t'"))
#: « il lui arrive de », « il lui revient de »: said as a whole to be theirs.
_FALLEN = tuple(f"lui {verb} " for verb in ("arrive", *sorted(FALLING)))
#: What begins « à lui de régler », « c'est à lui qu'incombe le réglage ».
_FALLING_TO = frozenset(("à", "au", "c'", "ce"))


def is_subject(words: Words, infinitive: int, stop: int | None = None) -> bool:
    """Whether an infinitive is the subject of a verb: « Gérer un fonds, ce n'est pas … », « Savoir rédiger s'apprend »."""
    for i in range(infinitive + 1, len(words) if stop is None else stop):
        if words[i] in {"que", "qu'", "qui", "dont", "où", "ce"}:
            return words[i] == "ce" and words[i - 1] == ","
        known = words[i] not in verbs.nouns() and verbs.read(words[i]) is not None
        if known and words[i - 1] not in DETERMINERS and finite(words, i, "singular"):
            return True
    return False


def _another_subject(words: Words, pronoun: int) -> bool:
    """Whether « … et il » takes up the subject of the clause before it, which is not the job holder."""
    if words[pronoun - 1] not in {"et", "mais", "donc"}:
        return False
    return any(words[i] not in verbs.nouns() and finite(words, i, "singular") for i in range(1, pronoun - 1))
