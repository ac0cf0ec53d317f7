"""Lists of activities: which lists are, what an item states, and the group that it belongs to.

The blocks of a sheet go in, item by item in reading order. A list is judged once, by the lead-in above it, its section and
its items.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.extractors.tasks.actions import after_circumstance, after_label, begins_with_action, is_infinitive
from pipeline.extractors.tasks.holder import Holder
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, phrase, trim
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.extractors.tasks.sentences.doing import governed_by
from pipeline.extractors.tasks.subjects import may_open, opening_subject, subjects
from pipeline.extractors.tasks.subjects.work import FALLING
from pipeline.french import verbs
from pipeline.french.clauses import DETERMINERS
from pipeline.french.words import Words, first_word, first_words, words_of
from pipeline.normal import fold
from pipeline.reading import Reading
from pipeline.remembered import Remembered
from pipeline.sheet import Block

#: Blocks that name what follows them.
NAMING = frozenset(("heading", "term"))
#: Kinds of section whose lists are activities where their items begin with infinitives.
LISTING = frozenset(("definition", "tasks", "other", "titles"))
_SHORTEST = 4  # characters of the shortest activity
_LABEL = 35  # characters of a lead-in that is no more than a label: « Votre profil : »
_LONGEST_ARTICLE = 4  # characters: « les »
_BULLETS = "-–•*▪◦"
_TYING = ("de ", "d'", "à ")
#: « En intervention, il lui faut : », « De janvier à juin, il s'agit de : »: what the work demands.
_DEMANDING = re.compile(r"\b(?:(?:lui|leur) fau(?:t|dra)|s'agi(?:t|ra))\b")
_NAMING = frozenset(("appeler", "intituler", "nommer"))


class Lists:
    """The lists of one sheet; ``names`` are the offsets at which one of a diploma or an occupation begins."""

    def __init__(self, reading: Reading, sentences: Sentences, holder: Holder, names: Sequence[int]) -> None:
        self._reading = reading
        self._text = reading.text
        self._blocks = reading.blocks
        self._sentences = sentences
        self._holder = holder
        self._names = sorted(names)
        self._lists: dict[tuple[int, int, int], bool] = {}  # (block above, group, section) → whether it lists activities
        self._acting: dict[int, bool] = {}  # group → whether its items mostly begin with an activity
        self._groups: dict[tuple[str, int, bool], tuple[int, Block | None]] = {}
        self._above: dict[int, int] = {}  # item → the block above its list

    def states_tasks(self, at: int, kind: str) -> bool:
        """Whether the item at ``at``, in a section of ``kind``, belongs to a list of activities."""
        block = self._blocks[at]
        above = self._above[at] = self._first_above(at)
        if not block.group:
            return self._reads_tasks(at, above, kind)
        place = (above, block.group, self._reading.section(block).start)
        known = self._lists.get(place)
        if known is None:
            known = self._lists[place] = self._reads_tasks(at, above, kind)
        return known

    def item(self, at: int, kind: str) -> Iterator[Activity]:
        """What the item at ``at`` of such a list states."""
        block = self._blocks[at]
        start, end = trim(self._text, block.start, block.end)
        if self._is_group(at) or end - start < _SHORTEST or self.is_name(start):
            return
        told, _ = self._labelled(block)
        if self._speaks_of_holder(told, end):
            for first, last in self._reading.sentences(block):
                yield from self._sentences.activities(max(first, told), last, kind)
        else:
            yield phrase(self._text, self._after_link(start, end), end, "bullet", self.group(at))

    def group(self, at: int) -> str | None:
        """The name of the group that the item or line at ``at`` belongs to: an item above it, or the heading."""
        block = self._blocks[at]
        place = (block.kind, block.depth, block.ordered)
        asked, owner = self._groups.get(place, (0, None))  # asked in order: above the last such block nothing is new
        for above in range(at - 1, asked - 1, -1):
            other = self._blocks[above]
            listed = other.kind == block.kind == "item"
            if other.kind in NAMING or (listed and _is_outer(other, block)):
                owner = other
                break
        self._groups[place] = (at, owner)
        return group_name(self._reading.words(owner)) if owner else None

    # which lists are of activities

    def _reads_tasks(self, at: int, above: int, kind: str) -> bool:
        """Whether a list is one of activities, by the paragraph ending in a colon above it, its section and its items."""
        block, before = self._blocks[at], self._blocks[above]
        lead = before if before.kind == "paragraph" and self._text[before.end - 1] == ":" else None
        if denies(self._reading.section(block).heading) or (lead is not None and self._denies(lead)):
            return False
        if lead is not None and self._announces(lead):
            return True
        demands = lead is not None and _DEMANDING.search(self._sentences.lower, lead.start, lead.end) is not None
        if demands and self._mostly_actions(at):
            return True
        asked = lead is not None and lexicon().asks.search(self._sentences.lower, lead.start, lead.end) is not None
        if kind == "tasks":
            return not (asked and lead is not None and lead.end - lead.start < _LABEL)
        if kind not in LISTING or leads_elsewhere(self._reading, block):
            return False
        return not asked and self._mostly_actions(at)

    def _mostly_actions(self, at: int) -> bool:
        """Whether at least half of the items of the list around the one at ``at`` begin with an activity."""
        block = self._blocks[at]
        if block.kind != "item" or not block.group:
            return is_infinitive(self._text, *trim(self._text, block.start, block.end))
        known = self._acting.get(block.group)
        if known is None:
            items = [b for b in self._blocks if b.group == block.group and b.kind == "item"]
            acting = sum(self._acts(*self._labelled(b)) for b in items)
            known = self._acting[block.group] = 2 * acting >= len(items)
        return known

    def _acts(self, start: int, end: int) -> bool:
        """Whether an item begins with an activity, and not with a name of the job holder: « Masculin : boucher »."""
        words = first_words(self._text, start, end)
        named = self._holder.named(next(words, "")) and next(words, "") not in DETERMINERS
        return not named and begins_with_action(self._text, after_circumstance(self._text, start, end), end)

    def _first_above(self, at: int) -> int:
        """The number of the block above the list around the item at ``at``; the items before it have been asked about."""
        block, before = self._blocks[at], self._blocks[at - 1] if at else None
        if block.kind != "item" or before is None:
            return at
        return self._above[at - 1] if before.kind == "item" and before.group == block.group else at - 1

    def _denies(self, lead: Block) -> bool:
        """Whether a lead-in says that what follows is not done: « Ce n'est pas à lui de : »."""
        start, end = self._reading.sentences(lead)[-1]
        return denies(self._text[start:end])

    def _announces(self, lead: Block) -> bool:
        """Whether a lead-in announces activities: « Sur le chantier, il : », « Sa mission : », « Il est chargé de : »."""
        start, end = self._reading.sentences(lead)[-1]
        words = self._sentences.words(start, end)
        for subject in subjects(words, self._holder):
            if subject.kind == "work" or subject.after >= len(words) or words[subject.after] == ":":
                return True
            if words[subject.first] == "il" and not FALLING.isdisjoint(words[subject.after : subject.after + 2]):
                return True  # « Il lui revient : », « Au gérant, il appartient enfin : »
            bridge = lexicon().periphrasis.match(self._sentences.lower, words, subject.after, -1)
            if bridge is not None:
                return not _names_or_leads(words, words.at(bridge.end(), len(words)))
        return False

    # what an item is

    def _labelled(self, block: Block) -> tuple[int, int]:
        """An item without the marks around it and what it is about: « Clôture : ranger les outils. »."""
        start, end = trim(self._text, block.start, block.end)
        return after_label(self._text, start, end), end

    def _is_group(self, at: int) -> bool:
        """Whether an item only names the group of those below it."""
        block = self._blocks[at]
        if self._text[block.end - 1] == ":":
            return True
        below = self._blocks[at + 1] if at + 1 < len(self._blocks) else None
        if below is None or below.kind != "item" or block.kind != "item":
            return False
        return below.depth > block.depth or (block.ordered and not below.ordered)

    def is_name(self, start: int) -> bool:
        """Whether a name of a diploma or an occupation opens a line: « le BTS Négociation », « designer d'espace »."""
        following = bisect_left(self._names, start)
        return following < len(self._names) and self._names[following] - start <= _LONGEST_ARTICLE

    def _speaks_of_holder(self, start: int, end: int) -> bool:
        """Whether an item is a sentence whose subject is the job holder, rather than a bare activity."""
        if not may_open(first_word(self._text, start, end)):
            return False
        subject = opening_subject(words_of(self._text, start, min(end, start + 200)), self._holder)
        return subject is not None and subject.kind in {"pronoun", "name"}

    def _after_link(self, start: int, end: int) -> int:
        """Where an item begins without the word that ties it to its lead-in: « Il lui revient : - de fixer les prix »."""
        words = self._text[start : min(end, start + _LABEL)]
        after = start + next((len(link) for link in _TYING if words.startswith(link)), 0)
        return after if after > start and is_infinitive(self._text, after, end) else start


def _names_or_leads(words: Words, at: int) -> bool:
    """Whether a lead-in ends in a verb of being called, working somewhere or becoming: « Il peut devenir : »."""
    verb = governed_by(words, at, len(words))
    known = lexicon()
    form = None if verb is None else verbs.read(words[verb])
    return form is not None and any(form.lemma in group for group in (known.states, known.careers, known.promotions, _NAMING))


def group_name(heading: str) -> str:
    """The name that a heading or a lead-in gives to a group, without the marks around it."""
    return heading.strip(" :.*#")


def is_bulleted(text: str, block: Block) -> bool:
    """Whether a paragraph begins with a printed dash or bullet."""
    return block.kind == "paragraph" and text[block.start] in _BULLETS and block.end - block.start > _SHORTEST


def leads_elsewhere(reading: Reading, block: Block) -> bool:
    """Whether what stands below the heading of a block is advice or conditions rather than work."""
    heading = reading.section(block).heading
    return heading is not None and (_ELSEWHERE[heading] or denies(heading))


def denies(heading: str | None) -> bool:
    """Whether a heading says that what stands below it is not done, or by others: « Ce qu'il ne fait pas »."""
    return bool(heading) and _DENIED[str(heading)]


_ELSEWHERE = Remembered(lambda heading: lexicon().elsewhere.search(fold(heading)) is not None)
_DENIED = Remembered(lambda heading: lexicon().denied.search(fold(heading)) is not None)


def _is_outer(above: Block, block: Block) -> bool:
    """Whether an item stands over another that comes after it."""
    return above.depth < block.depth or above.ordered > block.ordered
