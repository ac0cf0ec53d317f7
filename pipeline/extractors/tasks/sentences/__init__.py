"""The activities of the job holder in a sentence: who acts, what is done, from where to where.

A sentence that may state one at all (:mod:`.clues`) is read in steps: find the subjects
(:mod:`pipeline.extractors.tasks.subjects`); read what is told before them (:mod:`.bare`), of nobody (:mod:`.impersonal`) or
as done by them (:mod:`.agents`);
keep those that mean the job holder (:mod:`.antecedents`); and see what the clause of each says (:mod:`.clauses`, from where
to where: :mod:`.limits`), where being, having or knowing is no activity (:mod:`.doing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.extractors.tasks.holder import Holder
from pipeline.extractors.tasks.phrases import Activity, finite_head
from pipeline.extractors.tasks.sentences.agents import done_by
from pipeline.extractors.tasks.sentences.antecedents import Antecedents
from pipeline.extractors.tasks.sentences.bare import bare
from pipeline.extractors.tasks.sentences.belonging import belonging
from pipeline.extractors.tasks.sentences.clauses import Clause
from pipeline.extractors.tasks.sentences.clues import DESCRIBING, may_act, may_open
from pipeline.extractors.tasks.sentences.impersonal import impersonal
from pipeline.extractors.tasks.sentences.limits import clause_end
from pipeline.extractors.tasks.sentences.prose import FEWEST, Prose
from pipeline.extractors.tasks.subjects import lead_noun, subjects
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.french.words import Words


class Sentences:
    """Reads the sentences of one sheet. ``lower`` is ``text`` in lower case, offset for offset."""

    def __init__(self, text: str, lower: str, holder: Holder) -> None:
        self.text = text
        self.lower = lower
        self.holder = holder
        self._prose = Prose(text, lower)
        self._antecedents = Antecedents(self._prose)
        self.words = self._prose.words

    def hear(self, start: int, end: int) -> None:
        """Remember the heading ``text[start:end]``, which « elle » in the first sentence below it may take up."""
        self._antecedents.hear(start, end, self.holder)

    def activities(self, start: int, end: int, kind: str, *, lead: bool = False) -> Iterable[Activity]:
        """The activities in the sentence ``text[start:end]`` of a section of ``kind``; ``lead``: the sheet's first."""
        if lead or self.may_state(start, end, kind):
            words = self.words(start, end)
            if self._prose.is_statement(words):
                return self._read(words, self._subjects(words, lead=lead), kind, lead=lead)
        self.hear(start, end)
        return ()

    def may_state(self, start: int, end: int, kind: str) -> bool:
        """Whether a sentence of a section of ``kind`` holds a clue to an activity; without any, no rule reads one."""
        pieces = self.text[start:end].split()
        if may_act(pieces, self.holder) or may_open(pieces, kind) or self._prose.hides_agent(start, end):
            return True
        return kind == "tasks" and ":" in pieces  # infinitives may spell out what stands before it

    def lacks_subject(self, start: int, end: int) -> bool:
        """Whether a sentence begins with its verb, as registers define: « Conçoit et réalise des vêtements. »."""
        words = self.words(start, end)
        return len(words) >= FEWEST and finite_head(words)[1] == "singular" and words[-1] != "?"

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
        """The activities of a sentence whose subjects, as far as the sentence alone tells, are ``marks``."""
        asked = self._antecedents.asks_for_work(words.start)
        yield from bare(words, marks, kind, self.lower, self.holder, lead=lead, asked=asked)
        yield from impersonal(words, marks, kind, self.lower)
        if kind in DESCRIBING:
            yield from belonging(words, marks, self.lower)
            if "par" in words:
                yield from done_by(words, marks, self.holder)
        marks = self._antecedents.own(words, marks, self.holder)
        for i, subject in enumerate(marks):
            following = marks[i + 1].first if i + 1 < len(marks) else None
            floor = marks[i - 1].after if i else 0
            stop = clause_end(words, subject, following)
            yield from Clause(words, subject, floor, stop, kind, self._prose).activities()
