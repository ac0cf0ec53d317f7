"""Reads the tasks of a sheet: its lists of activities, and clauses anywhere whose subject is the job holder.

This module knows where tasks stand (lists, table cells, paragraphs, lead-ins and the groups they name);
:mod:`.activities` knows which words of a sentence are one, :mod:`.subjects` who acts, :mod:`.phrases` how one is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.extractors import Earlier
from pipeline.extractors.tasks.activities import Sentences, is_subject
from pipeline.extractors.tasks.clues import PROSE, REMAINING
from pipeline.extractors.tasks.holder import Holder
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, is_time, phrase, trim
from pipeline.extractors.tasks.subjects import FALLING, may_open, opening_subject, subjects
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, finite, is_adverb
from pipeline.french.words import first_word, first_words, words_of
from pipeline.normal import fold
from pipeline.reading import Reading
from pipeline.records import Task
from pipeline.remembered import Remembered
from pipeline.sections import heading_kind
from pipeline.sheet import Block, Cell

#: Kinds of section of whose prose anything is read, blocks that name what follows them, and blocks that may be one line each.
_READ = PROSE | {"skills"}
_NAMES = frozenset(("heading", "term"))
_LINES = frozenset(("definition", "paragraph"))
#: Kinds of section whose lists are activities where their items begin with infinitives.
_LISTING = frozenset(("definition", "tasks", "other", "titles"))
_SHORTEST = 4  # characters of the shortest activity
_LONGEST_PHRASE = 250  # characters of the longest paragraph that is one activity
_LONG_ENOUGH = 70  # characters of a paragraph that is more than a byline or a label
_CUT_SHORT = ("[…]", "[...]")  # how a teaser of the sheet's own first lines ends
_FEWEST = 3  # words of the shortest line that is an activity
_OCCUPATIONS = frozenset(("conseiller", "manager"))  # infinitives that name people, too
_BY_OBJECT = _OCCUPATIONS | {"compter"}  # infinitives that only their object makes those of doing
_LABEL = 35  # characters of a lead-in that is no more than a label: « Votre profil : »
_LINKING = frozenset(("de", "d'", "du", "des", "et", "aux", "à", "en"))  # what follows a noun of action
_ACTING = ("age", "issement")  # endings of nouns of action, whatever the verb
_BULLETS = "-–•*▪◦"
_TYING = ("de ", "d'", "à ")
_LONGEST_ARTICLE = 4  # characters: « les »
#: What may stand between two activities of one table cell; of two lines, nothing is left but the capital.
_BREAK = re.compile(r"(?<=[\w)»]) (?=[A-ZÀ-ÖØ-Þ])|[.;] (?:[-•*▪◦] )?| [-•*▪◦] ")


def extract(reading: Reading, earlier: Earlier) -> Iterator[Task]:
    """Yield the tasks of a sheet, in reading order, without overlap."""
    position = end = 0
    for found in sorted(_Page(reading, earlier).activities(), key=lambda a: (a.start, -a.end)):
        if end <= found.start < found.end:
            end = found.end
            position += 1
            yield Task(
                start=found.start,
                end=found.end,
                rule=found.rule,
                label=found.label,
                group=found.group,
                verb=found.verb,
                position=position,
            )


def _holder(reading: Reading, earlier: Earlier) -> Holder:
    titles: Sequence[Any] = earlier.get("titles", ())
    labels = [form for t in titles if t.kind != "career" for form in (t.label, t.feminine, t.masculine) if form]
    others = [form for t in titles if t.kind == "career" for form in (t.label, t.feminine, t.masculine) if form]
    labels = labels or [reading.words(b) for b in reading.blocks if b.kind == "heading"][:1]
    return Holder.of(set(labels), set(others) - set(labels))


def _names_action(noun: str) -> bool:
    """Whether a noun says that something is done: « pose », « ravitaillement », but not « Reste à … »."""
    return noun not in REMAINING and (
        verbs.verb_of(noun) is not None or (noun.endswith(_ACTING) and len(noun) > len("ouvrage"))
    )


def _is_running(block: Block) -> bool:
    return block.kind == "paragraph" and block.end - block.start > _LONG_ENOUGH


def _is_outer(above: Block, block: Block) -> bool:
    """Whether an item stands over another that comes after it."""
    return above.depth < block.depth or above.ordered > block.ordered


def _is_doing(word: str) -> bool | None:
    """Whether a word is the infinitive of a verb of doing; None for what may stand before one."""
    if is_adverb(word) or word in CLITICS or word in NEGATIONS:
        return None
    form = verbs.read(word)
    return form is not None and form.mood == "infinitive" and form.lemma not in lexicon().states


_DOING = Remembered(_is_doing)


def _leads_elsewhere(heading: str) -> bool:
    """Whether what stands below a heading is advice or conditions rather than work."""
    return _ELSEWHERE[heading]


_ELSEWHERE = Remembered(lambda heading: lexicon().elsewhere.search(fold(heading)) is not None)


class _Page:
    """The blocks of one sheet."""

    def __init__(self, reading: Reading, earlier: Earlier) -> None:
        self.reading = reading
        self.text = reading.text
        self.blocks = reading.blocks
        self.holder = _holder(reading, earlier)
        self._diplomas = sorted(d.start for d in earlier.get("diplomas", ()) if d.kind == "qualification")
        self.sentences = Sentences(self.text, reading.lower, self.holder)
        self._lists: dict[tuple[int, int, int], bool] = {}  # (block above, group, section) → whether it lists activities
        self._acting: dict[int, bool] = {}  # group → whether its items mostly begin with an activity
        self._groups: dict[tuple[str, int, bool], tuple[int, Block | None]] = {}
        self._bare: dict[int, bool] = {}
        self._above: dict[int, int] = {}  # item → the block above its list
        self._lead = next((block for block in self.blocks if _is_running(block)), None)  # the first of running text

    def activities(self) -> Iterator[Activity]:
        """Every activity, block by block."""
        text, path = self.text, self.reading.path
        for at, block in enumerate(self.blocks):
            shape = block.kind
            if shape in _NAMES:
                continue
            kind = path[block.start][-1].kind
            if shape == "item" or (shape == "paragraph" and text[block.start] in _BULLETS and self._bulleted(block)):
                if self._lists_tasks(at, kind):
                    yield from self._item(at, kind)
                    continue
            elif kind in _LISTING and shape in _LINES and self._is_line(at):
                for start, end in self.reading.sentences(block):
                    yield phrase(text, *trim(text, start, end), "line", self._group(at))
                continue
            if kind not in _READ:
                continue
            if shape == "row":
                yield from self._row(block, kind)
            elif shape != "paragraph" or text[block.start] != "«" or not self._is_quoted(block):
                yield from self._paragraph(block, kind, self.blocks[at - 1] if at else None)

    # paragraphs

    def _paragraph(self, block: Block, kind: str, above: Block | None) -> Iterator[Activity]:
        if kind == "tasks" and block.kind == "paragraph" and self._is_phrase(block):
            yield phrase(self.text, *trim(self.text, block.start, block.end), "phrase", self._heading(block))
        elif not self.text.endswith(_CUT_SHORT, block.start, block.end):
            lead = kind == "definition" and block is self._lead
            if kind == "definition" and self._defines(block):
                kind = "tasks"
            if above is not None and above.kind == "heading" and self.text[above.end - 1] == "?":
                self.sentences.hear(above.start, above.end)
            for start, end in self.reading.sentences(block):
                yield from self.sentences.activities(start, end, kind, lead=lead)
                lead = False

    def _defines(self, block: Block) -> bool:
        """Whether a paragraph is a definition without a subject: « Appliquer la loi. », « Conçoit des vêtements. »."""
        heading = self.reading.section(block).heading
        if heading is None or heading_kind(heading) not in {"definition", "tasks"}:
            return False
        bare = self._is_bare(block) and block.end - block.start > _LONG_ENOUGH
        return bare or self.sentences.lacks_subject(*self.reading.sentences(block)[0])

    def _is_phrase(self, block: Block) -> bool:
        """Whether a paragraph of the missions is one noun phrase: « Gestion des stocks et des commandes. »."""
        if block.end - block.start > _LONGEST_PHRASE or self.text[block.end - 1] in ":?":
            return False
        start, end = trim(self.text, block.start, block.end)
        if not _names_action(first_word(self.text, start, end)):
            return False
        words = words_of(self.text, start, end)
        if len(words) < _FEWEST or words[1] not in _LINKING:
            return False
        object_at = 3 if words[1] == "et" and _names_action(words[2]) else 1  # « Dépose et repose des moteurs »
        return not any(finite(words, i, mood) for i in range(object_at, len(words)) for mood in ("singular", "plural"))

    def _is_line(self, at: int) -> bool:
        """Whether a definition, or one of several lines in a row, is nothing but infinitives: « Tailler les ceps. »."""
        block = self.blocks[at]
        if not self._is_bare(block):
            return False
        near = [self.blocks[i] for i in (at - 1, at + 1) if 0 <= i < len(self.blocks)]
        return block.kind == "definition" or any(b.kind == "paragraph" and self._is_bare(b) for b in near)

    def _is_bare(self, block: Block) -> bool:
        """Whether each sentence of a short block begins with an infinitive that no verb follows."""
        known = self._bare.get(block.start)
        if known is None:
            known = self._bare[block.start] = self._reads_bare(block)
        return known

    def _reads_bare(self, block: Block) -> bool:
        if block.end - block.start > _LONGEST_PHRASE or self.text[block.end - 1] in ":?" or self._bulleted(block):
            return False
        for first, end in self.reading.sentences(block):
            start, _ = trim(self.text, first, end)  # without its hour, after which a noun will do
            if not (self._begins_with_action if start > first else self._is_infinitive)(start, end):
                return False
            words = self.sentences.words(start, end)
            if len(words) < _FEWEST or is_subject(words, 0):
                return False
        heading = self.reading.section(block).heading
        return not (heading and _leads_elsewhere(heading))

    def _row(self, block: Block, kind: str) -> Iterator[Activity]:
        """The cells of a table row that state activities, or speak of the job holder."""
        timed = kind in _LISTING and is_time(self.text[slice(*block.cells[0][:2])])
        stated = [self._stated(cell, kind, action=i > 0 and (kind == "tasks" or timed)) for i, cell in enumerate(block.cells)]
        about = len(stated[0]) < 2 and (any(len(parts) > 1 for parts in stated) or self._is_word(block.cells[0]))  # noqa: PLR2004
        if any(stated[1:]) and about:
            stated[0] = []  # « Contrôler | Auditer les ateliers Bloquer les lots douteux »: what the activities are about
        for i, (cell, parts) in enumerate(zip(block.cells, stated, strict=True)):
            for start, end in parts:
                yield phrase(self.text, start, end, "cell", self.text[slice(*block.cells[0][:2])] if i else None)
            if not parts:
                yield from self.sentences.activities(cell.start, cell.end, kind)

    def _stated(self, cell: Cell, kind: str, *, action: bool) -> list[tuple[int, int]]:
        """The activities that a cell consists of: an infinitive or (where ``action``) a noun of action, one or a line each."""
        start, end = trim(self.text, cell.start, cell.end)
        if not ((kind in _LISTING and self._is_infinitive(start, end)) or (action and self._is_action(start, end))):
            return []
        marks = [mark.span() for mark in _BREAK.finditer(self.text, start, end) if self._begins_with_action(mark.end(), end)]
        starts, ends = [start, *(mark[1] for mark in marks)], [*(mark[0] for mark in marks), end]
        return [trim(self.text, first, last) for first, last in zip(starts, ends, strict=True)]

    def _is_word(self, cell: Cell) -> bool:
        return " " not in self.text[cell.start : cell.end]

    # lists

    def _item(self, at: int, kind: str) -> Iterator[Activity]:
        block = self.blocks[at]
        start, end = trim(self.text, block.start, block.end)
        if self._is_group(at) or end - start < _SHORTEST or self._names_diploma(start):
            return
        if self._speaks_of_holder(start, end):
            for first, last in self.reading.sentences(block):
                yield from self.sentences.activities(max(first, start), last, kind)
        else:
            yield phrase(self.text, self._after_link(start, end), end, "bullet", self._group(at))

    def _names_diploma(self, start: int) -> bool:
        """Whether a diploma opens a line, after no more than an article: « le BTS Négociation »."""
        following = bisect_left(self._diplomas, start)
        return following < len(self._diplomas) and self._diplomas[following] - start <= _LONGEST_ARTICLE

    def _after_link(self, start: int, end: int) -> int:
        """Where an item begins without the word that ties it to its lead-in: « Il lui revient : - de fixer les prix »."""
        words = self.text[start : min(end, start + _LABEL)]
        after = start + next((len(link) for link in _TYING if words.startswith(link)), 0)
        return after if after > start and self._is_infinitive(after, end) else start

    def _is_quoted(self, block: Block) -> bool:
        """Whether a paragraph is somebody's own words, who says « ils » of other people."""
        whole = self.text[block.start] == "«" and self.text[block.end - 1] == "»"
        return whole and self.text.find("«", block.start + 1, block.end) < 0

    def _bulleted(self, block: Block) -> bool:
        """Whether a paragraph begins with a printed dash or bullet."""
        return block.kind == "paragraph" and self.text[block.start] in _BULLETS and block.end - block.start > _SHORTEST

    def _lists_tasks(self, at: int, kind: str) -> bool:
        """Whether the item at ``at`` belongs to a list of activities."""
        block = self.blocks[at]
        above = self._above[at] = self._first_above(at)
        if not block.group:
            return self._reads_tasks(at, above, kind)
        place = (above, block.group, self.reading.section(block).start)
        known = self._lists.get(place)
        if known is None:
            known = self._lists[place] = self._reads_tasks(at, above, kind)
        return known

    def _reads_tasks(self, at: int, above: int, kind: str) -> bool:
        """Whether a list is one of activities, by the paragraph ending in a colon above it, its section and its items."""
        block, before = self.blocks[at], self.blocks[above]
        lead = before if before.kind == "paragraph" and self.text[before.end - 1] == ":" else None
        if lead is not None and self._announces(lead):
            return True
        asked = lead is not None and lexicon().asks.search(self.sentences.lower, lead.start, lead.end) is not None
        if kind == "tasks":
            return not (asked and lead is not None and lead.end - lead.start < _LABEL)
        heading = self.reading.section(block).heading
        if kind not in _LISTING or (heading and _leads_elsewhere(heading)):
            return False
        return not asked and self._mostly_actions(at)

    def _mostly_actions(self, at: int) -> bool:
        """Whether at least half of the items of the list around the one at ``at`` begin with an activity."""
        block = self.blocks[at]
        if block.kind != "item" or not block.group:
            return self._is_infinitive(*trim(self.text, block.start, block.end))
        known = self._acting.get(block.group)
        if known is None:
            items = [b for b in self.blocks if b.group == block.group and b.kind == "item"]
            known = 2 * sum(self._begins_with_action(*trim(self.text, b.start, b.end)) for b in items) >= len(items)
            self._acting[block.group] = known
        return known

    def _first_above(self, at: int) -> int:
        """The number of the block above the list around the item at ``at``; the items before it have been asked about."""
        block, before = self.blocks[at], self.blocks[at - 1] if at else None
        if block.kind != "item" or before is None:
            return at
        return self._above[at - 1] if before.kind == "item" and before.group == block.group else at - 1

    def _announces(self, lead: Block) -> bool:
        """Whether a lead-in announces activities: « Sur le chantier, il : », « Sa mission : », « Il est chargé de : »."""
        start, end = self.reading.sentences(lead)[-1]
        words = self.sentences.words(start, end)
        for subject in subjects(words, self.holder):
            if subject.kind == "work" or subject.after >= len(words) or words[subject.after] == ":":
                return True
            if words[subject.first] == "il" and not FALLING.isdisjoint(words[subject.after : subject.after + 2]):
                return True  # « Il lui revient : », « Au gérant, il appartient enfin : »
            if lexicon().periphrasis.match(self.sentences.lower, words, subject.after, -1):
                return True
        return False

    def _is_group(self, at: int) -> bool:
        """Whether an item only names the group of those below it."""
        block = self.blocks[at]
        if self.text[block.end - 1] == ":":
            return True
        below = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if below is None or below.kind != "item" or block.kind != "item":
            return False
        return below.depth > block.depth or (block.ordered and not below.ordered)

    def _group(self, at: int) -> str | None:
        """The name of the group that the item at ``at`` belongs to: an item above it, or the heading."""
        block = self.blocks[at]
        place = (block.kind, block.depth, block.ordered)
        asked, owner = self._groups.get(place, (0, None))  # asked in order: above the last such block nothing is new
        for above in range(at - 1, asked - 1, -1):
            other = self.blocks[above]
            listed = other.kind == block.kind == "item"
            if other.kind in _NAMES or (listed and _is_outer(other, block)):
                owner = other
                break
        self._groups[place] = (at, owner)
        return self._name(owner) if owner else None

    def _heading(self, block: Block) -> str | None:
        heading = self.reading.section(block).heading
        return heading.strip(" :.*#") if heading else None

    def _name(self, block: Block) -> str:
        return self.reading.words(block).strip(" :.*#")

    # single words

    def _begins_with_action(self, start: int, end: int) -> bool:
        """Whether the words begin with an infinitive, or a noun of action with its object: « Pose et taille des verres »."""
        if self._is_infinitive(start, end):
            return True
        words = words_of(self.text, start, min(end, start + 60))
        return len(words) > _FEWEST - 1 and words[1] in _LINKING and self._is_action(start, end)

    def _speaks_of_holder(self, start: int, end: int) -> bool:
        """Whether an item is a sentence whose subject is the job holder, rather than a bare activity."""
        if not may_open(first_word(self.text, start, end)):
            return False
        subject = opening_subject(words_of(self.text, start, min(end, start + 200)), self.holder)
        return subject is not None and subject.kind in {"pronoun", "name"}

    def _is_infinitive(self, start: int, end: int) -> bool:
        """Whether the words begin with the infinitive of a verb of doing."""
        words = first_words(self.text, start, min(end, start + 60))
        for word in words:
            doing = _DOING[word]
            if doing is not None:
                return (doing and word not in _OCCUPATIONS) or (word in _BY_OBJECT and next(words, "") in DETERMINERS)
        return False

    def _is_action(self, start: int, end: int) -> bool:
        """Whether the words begin with a noun of action: « Gestion des comptes »."""
        words = words_of(self.text, start, min(end, start + 60))
        return len(words) > 1 and verbs.verb_of(words[0]) is not None
