"""Reads the tasks of a sheet: bullets of its missions, and clauses anywhere whose subject is the job holder.

A sentence is read in three steps: find the subjects that mean the job holder (:mod:`pipeline.subjects`),
see what their verbs say (a state, a quality or a career is no task), and cut the rest into activities
(:mod:`pipeline.clauses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pipeline import verbs
from pipeline.clauses import (
    CLITICS, DETERMINERS, NEGATIONS, PREPOSITIONS, Predicate, Words, finite, is_adverb, predicates, skip_clitics, words_of,
)
from pipeline.extractors import Earlier
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.records import Task
from pipeline.sentences import sentences
from pipeline.sheet import Block
from pipeline.subjects import Holder, Subject, subjects

_PROSE = frozenset(("definition", "tasks", "conditions", "other", "titles"))
_CLOCK = re.compile(r"(?:de |à |vers )?\d{1,2} ?(?:h|heures|:)(?: ?\d{2})?(?: ?[-à] ?\d{1,2} ?h(?: ?\d{2})?)?(?: ?: ?| - | )", re.IGNORECASE)
_LEADING = re.compile(r"[\s•▪◦·*\-–>→✓✔]+|\d{1,2}[.)] ")
_FEWEST = 3  # words of the shortest sentence
#: A sentence that tells what people imagine of the occupation.
_IMAGE = re.compile(r"\b(?:l'image|le cliché|la caricature|l'idée reçue|l'imagine|s'imagine|le croit)\b")
#: « exerce une surveillance », but no occupation, place or status.
_EXERCISES = re.compile(r"(?: \w+ment)? (?:une?|des|la|le|l')\s?(?!(?:\S+ )?(?:métier|profession|activité|fonction|emploi|art\b|métiers))")
#: « travaille le bois », but not « travaille le soir », « travaille la nuit ».
_WORKED = frozenset(("le", "la", "l'", "les", "son", "sa", "ses"))
_WHEN = re.compile(r" (?:le|la|les|l')\s?(?:plus|moins|week-ends?|jours?|soirs?|matins?|nuits?|samedis?|dimanches?|lundis?|après-midi|été|hiver|"
                   r"journée)\b")
#: What follows infinitives that are the work: « …, telle est sa mission ».
_SUMMED = re.compile(r"(?:, |- )(?:tels? (?:est|sont)|telles? (?:est|sont)|voilà|c'est|ce sont|autant de)\b")
_SHORTEST = 4  # characters of the shortest activity
_TRAILING = " \t\n;,.:…!?»"


def extract(reading: Reading, earlier: Earlier) -> Iterator[Task]:
    """Yield the tasks of a sheet, in reading order."""
    position = 0
    end = 0
    for found in sorted(_Sheet(reading, earlier).found(), key=lambda f: (f.start, -f.end)):
        if found.start < end or found.end <= found.start:
            continue
        end = found.end
        position += 1
        yield Task(start=found.start, end=found.end, rule=found.rule, label=found.label, group=found.group, verb=found.verb,
                   position=position)


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    rule: str
    label: str
    verb: str | None = None
    group: str | None = None


class _Lexicon:
    """The word lists of ``lexicons/tasks.toml``, compiled."""

    def __init__(self) -> None:
        content = load("tasks")
        self.states = frozenset(content["states"].split())
        self.reflexive_states = frozenset(content["reflexive_states"].split())
        self.modals = frozenset(content["modals"].split())
        self.careers = frozenset(content["careers"].split())
        self.openers = frozenset(content["openers"].split())
        self.connectives = frozenset(content["connectives"].split())
        self.not_done = re.compile("|".join(row["pattern"] for row in content["not_done"]))
        self.impersonal = re.compile("|".join(row["pattern"] for row in content["impersonal"]))
        self.periphrasis = re.compile("|".join(row["pattern"] for row in content["periphrasis"]))


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


class _Sheet:
    """One sheet under extraction."""

    def __init__(self, reading: Reading, earlier: Earlier) -> None:
        self.reading = reading
        self.text = reading.text
        self.earlier = earlier
        self._lists: dict[int, bool] = {}

    @cached_property
    def lower(self) -> str:
        """The text in lower case, where that changes no offset."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else self.text

    @cached_property
    def holder(self) -> Holder:
        titles: Sequence[Any] = self.earlier.get("titles", ())
        labels = [form for t in titles if t.kind != "career" for form in (t.label, t.feminine, t.masculine) if form]
        if not labels:
            labels = [self.reading.words(b) for b in self.reading.blocks if b.kind == "heading"][:1]
        return Holder.of(labels)

    def found(self) -> Iterator[_Found]:
        """Every activity; overlaps are left to the caller."""
        for i, block in enumerate(self.reading.blocks):
            if block.kind in {"heading", "term"}:
                continue
            if block.kind == "row":
                yield from self._row(i)
            elif (block.kind == "item" or _bulleted(self.text, block)) and self._lists_tasks(i):
                yield from self._item(i)
            else:
                yield from self._prose(block.start, block.end, self.reading.kind(block))

    def _prose(self, start: int, end: int, kind: str) -> Iterator[_Found]:
        for first, last in sentences(self.text, start, end):
            yield from self._sentence(first, last, kind)

    def _row(self, at: int) -> Iterator[_Found]:
        """The cells of a table row that state an activity, or speak of the job holder."""
        block = self.reading.blocks[at]
        kind = self.reading.kind(block)
        for i, cell in enumerate(block.cells):
            listed = kind in {"tasks", "definition", "other"} and self._starts_infinitive(cell.start, cell.end)
            if listed or (kind == "tasks" and i and self._starts_action(cell.start, cell.end)):
                start, end = self._trim(cell.start, cell.end)
                group = self.text[block.cells[0].start : block.cells[0].end] if i else None
                yield self._plain(start, end, "cell", group)
            else:
                yield from self._prose(cell.start, cell.end, kind)

    def _starts_action(self, start: int, end: int) -> bool:
        """Whether the words begin with a noun of action: « Gestion des comptes »."""
        words = words_of(self.text, start, min(end, start + 60))
        return len(words) > 1 and verbs.verb_of(words[0].form) is not None

    # bullets

    def _lists_tasks(self, at: int) -> bool:
        """Whether the item at ``at`` belongs to a list of activities."""
        block = self.reading.blocks[at]
        kind = self.reading.kind(block)
        lead = self._lead_in(at)
        if lead is not None:
            said = self._lead_says(lead)
            if said is not None:
                return said
        if kind == "tasks":
            return True
        return kind in {"definition", "other", "conditions", "titles"} and self._list_of_infinitives(at)

    def _list_of_infinitives(self, at: int) -> bool:
        """Whether most items of the list around the item at ``at`` begin with an infinitive."""
        blocks = self.reading.blocks
        if blocks[at].kind != "item" or not blocks[at].group:
            return self._starts_infinitive(blocks[at].start, blocks[at].end)
        group = blocks[at].group
        known = self._lists.get(group)
        if known is None:
            items = [b for b in blocks if b.group == group and b.kind == "item"]
            known = 2 * sum(self._starts_infinitive(b.start, b.end) for b in items) >= len(items)
            self._lists[group] = known
        return known

    def _lead_in(self, at: int) -> Block | None:
        """The paragraph ending in a colon that introduces the list around the item at ``at``."""
        blocks = self.reading.blocks
        group = blocks[at].group
        while at > 0 and blocks[at].kind == "item" and (blocks[at].group == group):
            at -= 1
        before = blocks[at]
        return before if before.kind == "paragraph" and self.text[: before.end].endswith(":") else None

    def _lead_says(self, lead: Block) -> bool | None:
        """Whether a lead-in announces activities; None where it does not say."""
        start, end = self.reading.sentences(lead)[-1]
        words = words_of(self.text, start, end)
        for subject in subjects(words, self.holder):
            after = words[subject.after].form if subject.after < len(words) else ":"
            if after == ":" or subject.kind == "work":
                return True
            if _lexicon().periphrasis.match(self.lower, words[subject.after].start, end):
                return True
        return None

    def _item(self, at: int) -> Iterator[_Found]:
        block = self.reading.blocks[at]
        if self._is_group(at):
            return
        start, end = self._trim(block.start, block.end)
        if end - start < _SHORTEST:
            return
        if self._speaks_of_holder(start, end):
            yield from self._prose(start, end, self.reading.kind(block))
            return
        yield self._plain(start, end, "bullet", self._group(at))

    def _speaks_of_holder(self, start: int, end: int) -> bool:
        """Whether an item is a sentence whose subject is the job holder, rather than a bare activity."""
        words = words_of(self.text, start, min(end, start + 200))
        return any(s.first == 0 and s.kind in {"pronoun", "name"} for s in subjects(words, self.holder))

    def _is_group(self, at: int) -> bool:
        blocks = self.reading.blocks
        block = blocks[at]
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if following is not None and following.kind == "item" and block.kind == "item" and following.depth > block.depth:
            return True
        if self.text[: block.end].rstrip().endswith(":"):
            return True
        return bool(block.ordered and following and following.kind == "item" and not following.ordered)

    def _group(self, at: int) -> str | None:
        blocks = self.reading.blocks
        block = blocks[at]
        for j in range(at - 1, -1, -1):
            other = blocks[j]
            if other.kind == "heading":
                return self._clean(other)
            if other.kind == "item" and other.depth < block.depth or (other.ordered and not block.ordered):
                return self._clean(other)
        return None

    def _clean(self, block: Block) -> str:
        return self.reading.words(block).strip(" :.*#")

    def _plain(self, start: int, end: int, rule: str, group: str | None = None) -> _Found:
        words = words_of(self.text, start, min(end, start + 200))
        verb = None
        for word in words[:4]:
            form = verbs.read(word.form)
            if form is not None and (form.mood == "infinitive" or word.form not in verbs.nouns()):
                verb = form.lemma
                break
            verb = verbs.verb_of(word.form)
            if verb:
                break
        return _Found(start, end, rule, self.text[start:end], verb, group)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        match = _LEADING.match(self.text, start, end)
        if match:
            start = match.end()
        clock = _CLOCK.match(self.text, start, end)
        if clock:
            start = clock.end()
        while end > start and self.text[end - 1] in _TRAILING:
            end -= 1
        return start, end

    def _starts_infinitive(self, start: int, end: int) -> bool:
        start, end = self._trim(start, end)
        words = words_of(self.text, start, min(end, start + 60))
        at = 0
        while at < len(words) and (is_adverb(words[at].form) or words[at].form in CLITICS or words[at].form in NEGATIONS):
            at += 1
        form = verbs.read(words[at].form) if at < len(words) else None
        return form is not None and form.mood == "infinitive" and form.lemma not in {"être", "avoir", "savoir", "pouvoir"}

    # sentences

    def _sentence(self, start: int, end: int, kind: str) -> Iterator[_Found]:
        if kind not in _PROSE and kind != "skills":
            return
        words = words_of(self.text, start, end)
        if len(words) < _FEWEST or words[-1].form == "?" or _IMAGE.search(self.lower, start, end):
            return
        marks = subjects(words, self.holder)
        if not marks and kind == "skills":
            return
        yield from self._infinitives(words, marks, kind)
        if marks and marks[0].kind == "pronoun" and self._another_subject(words, marks[0].first):
            marks = marks[1:]
        for i, subject in enumerate(marks):
            stop = marks[i + 1].first if i + 1 < len(marks) else len(words)
            floor = marks[i - 1].after if i else 0
            yield from self._clause(words, subject, floor, self._region_end(words, subject, stop, more=i + 1 < len(marks)), kind)

    def _another_subject(self, words: Words, pronoun: int) -> bool:
        """Whether « … et il » takes up the subject of the clause before it, which is not the job holder."""
        if words[pronoun - 1].form not in {"et", "mais", "donc"}:
            return False
        return any(words[i].form not in verbs.nouns() and finite(words, i, "singular") for i in range(1, pronoun - 1))

    def _region_end(self, words: Words, subject: Subject, stop: int, *, more: bool) -> int:
        """Where the clause of ``subject`` ends, at the latest at ``stop``, where the next subject begins."""
        causal = subject.first > 0 and words[subject.first - 1].form in {"car", "qu'", "puisqu'"}
        for i in range(subject.after + 1, stop - 1):
            form = words[i].form
            if words[i].enclosed:
                continue
            if form == "car" or (form == "mais" and words[i - 1].form == ","):
                return i
            if causal and form == "," and words[i + 1].form in {"et", "mais", "ce"}:
                return i
            if form == "," and i + 2 < stop and (words[i + 1].form, words[i + 2].form) in {("ce", "qui"), ("ce", "que"), ("alors", "que"), ("tandis", "que")}:
                return i
        if more:
            back = stop
            while back > subject.after + 1 and words[back - 1].form not in {";", ":"}:
                back -= 1
            if back > subject.after + 1:
                return back - 1
            opening = self._opening_start(words, stop, subject.after + 1)
            return opening
        return stop

    def _opening_start(self, words: Words, subject: int, floor: int) -> int:
        """Where the circumstance before a later subject begins: after the last « , et » and its like."""
        if subject > floor and words[subject - 1].form == ",":
            for i in range(subject - 2, floor, -1):
                if words[i].form in {"et", "mais", "puis", ","} and words[i + 1].form in _lexicon().openers:
                    return i + 1
        return subject

    def _clause(self, words: Words, subject: Subject, floor: int, stop: int, kind: str) -> Iterator[_Found]:
        at = subject.after
        if at >= stop:
            return
        lexicon = _lexicon()
        if subject.kind == "work":
            yield from self._work(words, at, stop)
            return
        if words[subject.first].form == "il" and lexicon.impersonal.match(self.lower, words[at].start):
            return
        bridge = lexicon.periphrasis.match(self.lower, words[at].start, words[stop - 1].end)
        if bridge:
            yield from self._bridged(words, bridge.end(), stop, weak=words[at].form.startswith(("peut", "peuv", "pourr")))
            return
        if kind == "skills" or words[at].form in NEGATIONS:
            return
        verb = skip_clitics(words, at, stop)
        if verb >= stop:
            return
        form = verbs.read(words[verb].form)
        given = subject.kind == "tagged" or (subject.kind == "name" and form is not None and form.mood == subject.mood)
        if not given and not finite(words, verb, subject.mood):
            return
        mood = subject.mood
        if form is not None and form.lemma in lexicon.modals:
            verb, mood = self._governed(words, verb + 1, stop), "infinitive"
            if verb is None or (form.lemma == "savoir" and kind != "tasks"):
                return
        first = at if subject.kind == "relative" else self._opening(words, subject, floor)
        parts = predicates(words, verb, stop, mood, first)
        if mood == "infinitive" and words[verb].form in {"être", "avoir"}:
            return
        for part in parts:
            if self._is_done(words, part):
                yield self._activity(words, part, "clause")

    def _governed(self, words: Words, at: int, stop: int) -> int | None:
        """The infinitive that a modal governs, over adverbs, pronouns and an aside."""
        while at < min(stop, len(words)):
            form = verbs.read(words[at].form)
            if form is not None and form.mood == "infinitive":
                return at
            if not (is_adverb(words[at].form) or words[at].form in CLITICS or words[at].form in {",", "par", "exemple", "de", "d'", "à"}):
                return None
            at += 1
        return None

    def _bridged(self, words: Words, offset: int, stop: int, *, weak: bool) -> Iterator[_Found]:
        """What a periphrasis introduces: infinitives, or noun phrases that stay whole."""
        at = next((i for i, w in enumerate(words) if w.start >= offset), stop)
        verb = self._governed(words, at, stop)
        if verb is None:
            if not weak and at < stop:
                start, end = self._trim(words[at].start, words[stop - 1].end)
                if end - start > 6:
                    yield self._plain(start, end, "charge")
            return
        first = verb
        while first > at and words[first - 1].form in CLITICS:
            first -= 1
        elsewhere = weak and (words[verb].form in _lexicon().careers or words[verb].form in {"être", "avoir"})
        for part in predicates(words, verb, stop, "infinitive", first):
            bridge = _lexicon().periphrasis.match(self.lower, words[part.heads[0]].start, words[part.last - 1].end)
            if bridge:
                yield from self._bridged(words, bridge.end(), part.last, weak=weak)
            elif not elsewhere and self._is_done(words, part):
                yield self._activity(words, part, "mission")

    def _work(self, words: Words, at: int, stop: int) -> Iterator[_Found]:
        """« sa mission est de », « son rôle consiste à », « sa priorité : »."""
        if words[at].form not in {":", "de", "d'"}:
            at += 1
            while at < stop and (is_adverb(words[at].form) or words[at].form in {"avant", "tout"}):
                at += 1
        if at >= stop or words[at].form not in {":", "de", "d'", "à", "en"}:
            return
        yield from self._bridged(words, words[at].end, stop, weak=True)

    def _opening(self, words: Words, subject: Subject, floor: int) -> int:
        """The first word of the clause: of its opening circumstance if it has one, else of its subject."""
        if subject.first == 0 or words[subject.first - 1].form != ",":
            return subject.first
        first = floor
        for i in range(floor, subject.first - 1):
            if words[i].form in {";", ":"}:
                first = i + 1
        if floor:
            first = max(first, self._opening_start(words, subject.first, floor))
            if first >= subject.first:
                return subject.first
        while first < subject.first and (words[first].form in {",", "et", "mais", "puis"}):
            first += 1
        lexicon = _lexicon()
        form = words[first].form
        if form in lexicon.connectives or form not in lexicon.openers:
            following = next((i for i in range(first, subject.first - 1) if words[i].form == ","), None)
            if form in lexicon.connectives and following is not None and following + 1 < subject.first and words[following + 1].form in lexicon.openers:
                return following + 1
            return subject.first if form in lexicon.connectives or not self._temporal(words, first, subject.first) else first
        if form in {"pour", "par", "en", "de"} and words[first + 1].form in {"cela", "ce", "exemple", "ailleurs", "effet", "outre", "plus", "résumé", "somme", "fait"}:
            return subject.first
        return first

    def _temporal(self, words: Words, first: int, last: int) -> bool:
        """« La saison venue », « Le matin », « Une fois le plan dessiné »."""
        text = self.lower[words[first].start : words[last - 1].start]
        return bool(re.match(r"(?:(?:le|la|l'|un|une|les) )?(?:\S+ ){0,2}(?:fois|matin|soir|nuit|jour|journée|semaine|lundi|hiver|été|saison|printemps|automne|mois|année|week-end|veille|lendemain)\b", text))

    def _is_done(self, words: Words, part: Predicate) -> bool:
        """Whether an activity says what is done, rather than what the holder is."""
        lexicon = _lexicon()
        head = part.heads[0]
        form = verbs.read(words[head].form)
        lemma = form.lemma if form else ""
        before = words[head - 1].form if head else ""
        if before in {"s'", "se"} and lemma in lexicon.reflexive_states:
            return False
        following = words[head + 1].form if head + 1 < part.last else ""
        if lemma == "travailler":
            return following in _WORKED and not _WHEN.match(self.lower, words[head].end)
        if lemma == "avoir":
            return " œil " in self.lower[words[head].start : words[part.last - 1].end + 1]
        if lemma == "exercer":
            return _EXERCISES.match(self.lower, words[head].end) is not None
        if lemma in lexicon.states:
            return False
        if lemma in lexicon.modals and form is not None and form.mood != "infinitive":
            governed = self._governed(words, head + 1, part.last)
            return governed is not None and self._is_done(words, Predicate(governed, part.last, [governed]))
        if any(w.form in NEGATIONS for w in words[part.first : head]):
            return False
        return not lexicon.not_done.match(self.lower, words[head].start, words[part.last - 1].end)

    def _activity(self, words: Words, part: Predicate, rule: str) -> _Found:
        last = part.last
        while last > part.heads[-1] + 1 and (not words[last - 1].form[0].isalnum() and words[last - 1].form not in ")»" or words[last - 1].form in {"et", "ou", "puis", "mais", "enfin"}):
            last -= 1
        start, end = words[part.first].start, words[last - 1].end
        head = part.heads[0]
        label_from = head
        while label_from > part.first and words[label_from - 1].form in CLITICS:
            label_from -= 1
        pieces, at = [], words[label_from].start
        for h in part.heads:
            form = verbs.read(words[h].form)
            pieces.append(self.text[at : words[h].start])
            pieces.append(form.lemma if form else _guess(words[h].form))
            at = words[h].end
        pieces.append(self.text[at:end])
        form = verbs.read(words[head].form)
        return _Found(start, end, rule, "".join(pieces), form.lemma if form else _guess(words[head].form))

    def _infinitives(self, words: Words, marks: Sequence[Subject], kind: str) -> Iterator[_Found]:
        """« Rempoter mille plants, guetter le puceron : … » before any subject."""
        if kind not in _PROSE:
            return
        stop = marks[0].first if marks else len(words)
        colon = next((i for i in range(stop) if words[i].form in {":", "…", "..."}), None)
        if colon is None and not marks:
            summed = _SUMMED.search(self.lower, words[0].start, words[-1].end)
            colon = next((i for i in range(stop) if summed and words[i].start >= summed.start()), None)
        at = 0
        while at < stop and (is_adverb(words[at].form) or words[at].form in CLITICS):
            at += 1
        form = verbs.read(words[at].form) if at < stop else None
        if form is None or form.mood != "infinitive" or form.lemma in _lexicon().states:
            return
        if colon is None and (marks or kind != "tasks"):
            return
        parts = predicates(words, at, stop if colon is None else colon, "infinitive", 0)
        if marks and len(parts) == 1 and len(parts[0].heads) > 1:  # « Couper, colorer, coiffer : … »
            return
        for part in parts:
            if part.last > part.heads[0] + 2:
                yield self._activity(words, part, "infinitive")


def _guess(form: str) -> str:
    """The infinitive of an unknown verb in -er, from its present: « scrolle » → « scroller »."""
    return form.removesuffix("nt") + "r" if form.endswith(("e", "ent")) else form


def _bulleted(text: str, block: Block) -> bool:
    """A paragraph that begins with a printed dash or bullet."""
    return block.kind == "paragraph" and text[block.start] in "-–•*▪◦" and block.end - block.start > 3
