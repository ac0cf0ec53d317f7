"""Lines that are an activity from end to end: « Tailler les ceps. », « Entretien : graisser les vérins. ».

A line is a definition or a short paragraph. The blocks of a sheet go in; which of them are such lines comes out, and the
activities that they state, without the label before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.extractors.tasks.actions import (
    FEWEST,
    after_label,
    begins_with_action,
    is_infinitive,
    is_noun_phrase,
    may_have_label,
)
from pipeline.extractors.tasks.lists import LISTING, Lists, group_name, is_bulleted, leads_elsewhere
from pipeline.extractors.tasks.phrases import Activity, is_time, phrase, trim
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.extractors.tasks.sentences.bare import is_subject
from pipeline.reading import Reading
from pipeline.sheet import Block

#: Kinds of block that may be a line.
_KINDS = frozenset(("definition", "paragraph"))
_LONGEST = 250  # characters of the longest paragraph that is one activity


class Lines:
    """The lines of one sheet."""

    def __init__(self, reading: Reading, sentences: Sentences, lists: Lists) -> None:
        self._reading = reading
        self._text = reading.text
        self._blocks = reading.blocks
        self._sentences = sentences
        self._lists = lists
        self._bare: dict[int, bool] = {}

    def rule(self, at: int, kind: str) -> str | None:
        """The rule by which the block at ``at`` of a section of ``kind`` is such a line, if it is one."""
        block = self._blocks[at]
        if block.kind not in _KINDS or kind not in LISTING:
            return None
        labelled = kind == "tasks" and self.is_bare(block) and self._after_label(block) > block.start
        if labelled or self._is_list(at):
            return "line"
        return "phrase" if kind == "tasks" and self._is_phrase(block) else None

    def is_bare(self, block: Block) -> bool:
        """Whether each sentence of a short block begins with an infinitive that no verb follows."""
        known = self._bare.get(block.start)
        if known is None:
            known = self._bare[block.start] = self._reads_bare(block)
        return known

    def activities(self, at: int, rule: str) -> Iterator[Activity]:
        """The activities of such a line, one a sentence."""
        block = self._blocks[at]
        begun = self._after_label(block)
        if self._lists.is_name(begun):
            return
        group = group_name(self._text[block.start : begun]) or self._lists.group(at)
        for first, end in self._reading.sentences(block):
            if begun < end:
                yield phrase(self._text, *trim(self._text, max(first, begun), end), rule, group)

    def _is_list(self, at: int) -> bool:
        """Whether a definition, or one of several lines in a row, is nothing but infinitives; beside a time, nouns will do."""
        block = self._blocks[at]
        if block.kind == "definition":
            return self.is_bare(block) or (is_time(self._lists.group(at) or "") and self._begins(block, begins_with_action))
        return self.is_bare(block) and (self._is_line(at - 1) or self._is_line(at + 1) or self._is_step(at))

    def _is_phrase(self, block: Block) -> bool:
        """Whether a line of the missions is one noun phrase: « Gestion des stocks et des commandes. »."""
        if block.end - block.start > _LONGEST or self._text[block.end - 1] in ":?" or leads_elsewhere(self._reading, block):
            return False
        return is_noun_phrase(self._text, *trim(self._text, self._after_label(block), block.end))

    def _reads_bare(self, block: Block) -> bool:
        text = self._text
        if block.end - block.start > _LONGEST or text[block.end - 1] in ":?" or is_bulleted(text, block):
            return False
        plain = text[block.start].isalpha() and not may_have_label(text, block.start, block.end)
        if plain and not is_infinitive(text, block.start, block.end):  # as most
            return False
        begun = self._after_label(block)
        for first, end in self._reading.sentences(block):
            if end <= begun:
                continue
            start, _ = trim(text, max(first, begun), end)  # without its hour, after which a noun will do
            if not (begins_with_action if start > max(first, begun) else is_infinitive)(text, start, end):
                return False
            words = self._sentences.words(start, end)
            if len(words) < FEWEST or is_subject(words, 0):
                return False
        return not leads_elsewhere(self._reading, block)

    def _after_label(self, block: Block) -> int:
        """Where a line begins after its label, which may be a sentence of one word: « Surveiller. Relever les niveaux. »."""
        begun = after_label(self._text, block.start, block.end)
        if begun > block.start:
            return begun
        sentences = self._reading.sentences(block) if is_infinitive(self._text, block.start, block.end) else []
        alone = len(sentences) > 1 and " " not in self._text[sentences[0][0] : sentences[0][1]].strip()
        return sentences[1][0] if alone else block.start

    def _is_line(self, at: int) -> bool:
        """Whether there is a paragraph at ``at``, and nothing but infinitives in it."""
        return 0 <= at < len(self._blocks) and self._blocks[at].kind == "paragraph" and self.is_bare(self._blocks[at])

    def _is_step(self, at: int) -> bool:
        """Whether a line is all that stands under its heading, beside a heading over such a line or a list of activities."""
        blocks = self._blocks
        ends = [i for i in (at - 1, at + 1) if 0 <= i < len(blocks)]
        if any(blocks[i].kind != "heading" for i in ends):
            return False
        near = [i + step for i, step in ((at - 1, -1), (at + 1, 1)) if 0 <= i + step < len(blocks)]
        return any(self._is_line(i) or (blocks[i].kind == "item" and self._begins(blocks[i], is_infinitive)) for i in near)

    def _begins(self, block: Block, rule: Callable[[str, int, int], bool]) -> bool:
        return rule(self._text, *trim(self._text, block.start, block.end))
