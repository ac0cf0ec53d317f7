"""The prose of one sheet: the words of its sentences, whom it speaks to, and where « vous », « je » or « beaucoup » work.

A text in normal form and the same in lower case go in, once a sheet; what costs much is worked out when first asked for.
"""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.sentences.clues import DESCRIBING, PROSE
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.french import verbs
from pipeline.french.openings import holds
from pipeline.french.words import Words, words_of

#: Agents of passives that no name of the job holder tells.
HIDDEN_AGENTS = ("par ses soins", "par leurs soins", "par le même ", "par la même ")
FEWEST = 3  # words of the shortest sentence
#: Moods of the verbs of a sheet that speaks to its reader as the job holder.
ADDRESSED = frozenset(("second", "familiar"))
_TO_READER = re.compile(
    r"[vt](?<!\w\w)(?:(?<=v)ous (?:(?:en|y|les?|la|leur) |l')?(\w+ez|faites)|(?<=t)u (?:(?:en|y|les?|la|leur) |l')?(\w+s))\b"
)


class Prose:
    """The prose of a sheet. ``lower`` is ``text`` in lower case, offset for offset."""

    def __init__(self, text: str, lower: str) -> None:
        self.text = text
        self.lower = lower
        self._words: dict[tuple[int, int], Words] = {}

    def words(self, start: int, end: int) -> Words:
        """The words of ``text[start:end]``, which several rules ask for."""
        found = self._words.get((start, end))
        if found is None:
            found = self._words[start, end] = words_of(self.text, start, end)
        return found

    def is_statement(self, words: Words) -> bool:
        """Whether a sentence is no question, and not what people imagine of the occupation."""
        if len(words) < FEWEST or words[-1] == "?":
            return False
        return not (self._reports_hearsay and lexicon().hearsay.search(self.lower, words.start, words.end))

    def is_work(self, words: Words, subject: Subject, kind: str) -> bool:
        """Whether what « vous », « je » or « beaucoup » do is an activity in a section of ``kind``."""
        if subject.kind in {"asked", "quantity"} and kind not in DESCRIBING:
            return False
        if subject.kind == "quantity" and self._moves_on(words):
            return False
        told = subject.mood == "first" or (subject.mood in ADDRESSED and not (kind in PROSE and self._speaks_to_holder))
        return kind == "tasks" or not told

    def _moves_on(self, words: Words) -> bool:
        """Whether a sentence, or its paragraph before it, tells what becomes of people: « Beaucoup, après dix ans, … »."""
        paragraph = self.text.rfind("\n", 0, words.start) + 1
        return lexicon().leaving.search(self.lower, paragraph, words.end) is not None

    def hides_agent(self, start: int, end: int) -> bool:
        """Whether a sentence says « par ses soins », by which it names the job holder without their name."""
        return self._hides_agent and holds(self.lower[start:end], HIDDEN_AGENTS)

    @cached_property
    def _hides_agent(self) -> bool:
        return holds(self.lower, HIDDEN_AGENTS)

    @cached_property
    def _reports_hearsay(self) -> bool:
        return holds(self.lower, lexicon().hearsay_hints)

    @cached_property
    def _speaks_to_holder(self) -> bool:
        """Whether a sheet tells what « vous » or « tu » do at work, in more than one place."""
        if "vous " not in self.lower and "tu " not in self.lower:
            return False
        found = 0
        for match in _TO_READER.finditer(self.lower):
            form = verbs.read(match.group(1)) if match.group(1) else verbs.familiar(match.group(2))
            known = lexicon().states | lexicon().readers | lexicon().modals
            found += form is not None and form.mood in ADDRESSED and form.lemma not in known
            if found > 1:
                return True
        return False
