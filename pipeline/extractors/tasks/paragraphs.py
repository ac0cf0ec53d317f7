"""Paragraphs and definitions: those that are one activity, lines of bare infinitives, and prose, read sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.tasks.actions import FEWEST, begins_with_action, is_infinitive, is_noun_phrase
from pipeline.extractors.tasks.lists import group_name, is_bulleted, leads_elsewhere
from pipeline.extractors.tasks.phrases import Activity, phrase, trim
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.extractors.tasks.sentences.bare import is_subject
from pipeline.reading import Reading
from pipeline.sections import heading_kind
from pipeline.sheet import Block

_LONGEST_PHRASE = 250  # characters of the longest paragraph that is one activity
_LONG_ENOUGH = 70  # characters of a paragraph that is more than a byline or a label
#: Who said what stands in quotation marks: « … à l'aube. » Karim, à la tête de trois équipes.
_SPOKEN_BY = re.compile(r"[.!?…] ?» ?(?:[(–—-] ?)?(?!(?:Ils?|Elles?|On|Les?|La|Cet?|Ces|Son|Sa|Ses) |L')\w[^.]{2,90}\.?\)?$")
_CUT_SHORT = ("[…]", "[...]")  # how a teaser of the sheet's own first lines ends


class Paragraphs:
    """The running text of one sheet."""

    def __init__(self, reading: Reading, sentences: Sentences) -> None:
        self._reading = reading
        self._text = reading.text
        self._blocks = reading.blocks
        self._sentences = sentences
        self._bare: dict[int, bool] = {}
        self._lead = next((block for block in self._blocks if _is_running(block)), None)  # the first of running text

    def activities(self, at: int, kind: str) -> Iterator[Activity]:
        """The activities that the block at ``at`` of a section of ``kind`` tells."""
        block, above = self._blocks[at], self._blocks[at - 1] if at else None
        if self._is_quoted(block):
            return
        if kind == "tasks" and block.kind == "paragraph" and self._is_phrase(block):
            yield phrase(self._text, *trim(self._text, block.start, block.end), "phrase", self._heading(block))
        elif not self._text.endswith(_CUT_SHORT, block.start, block.end):
            lead = kind == "definition" and block is self._lead
            if kind == "definition" and self._defines(block):
                kind = "tasks"
            if above is not None and above.kind == "heading" and self._text[above.end - 1] == "?":
                self._sentences.hear(above.start, above.end)
            for start, end in self._reading.sentences(block):
                yield from self._sentences.activities(start, end, kind, lead=lead)
                lead = False

    def is_line(self, at: int) -> bool:
        """Whether a definition, or one of several lines in a row, is nothing but infinitives: « Tailler les ceps. »."""
        block = self._blocks[at]
        if not self._is_bare(block):
            return False
        return block.kind == "definition" or self._is_line(at - 1) or self._is_line(at + 1) or self._is_step(at)

    def _is_line(self, at: int) -> bool:
        """Whether there is a paragraph at ``at``, and nothing but infinitives in it."""
        return 0 <= at < len(self._blocks) and self._blocks[at].kind == "paragraph" and self._is_bare(self._blocks[at])

    def _is_step(self, at: int) -> bool:
        """Whether a line is all that stands under its heading, beside a heading over such a line or a list of activities."""
        blocks = self._blocks
        ends = [i for i in (at - 1, at + 1) if 0 <= i < len(blocks)]
        if any(blocks[i].kind != "heading" for i in ends):
            return False
        near = [i + step for i, step in ((at - 1, -1), (at + 1, 1)) if 0 <= i + step < len(blocks)]
        return any(self._is_line(i) or (blocks[i].kind == "item" and self._begins_with_action(blocks[i])) for i in near)

    def _begins_with_action(self, block: Block) -> bool:
        return is_infinitive(self._text, *trim(self._text, block.start, block.end))

    def _defines(self, block: Block) -> bool:
        """Whether a paragraph is a definition without a subject: « Appliquer la loi. », « Conçoit des vêtements. »."""
        heading = self._reading.section(block).heading
        if heading is None or heading_kind(heading) not in {"definition", "tasks"}:
            return False
        bare = self._is_bare(block) and block.end - block.start > _LONG_ENOUGH
        return bare or self._sentences.lacks_subject(*self._reading.sentences(block)[0])

    def _is_phrase(self, block: Block) -> bool:
        """Whether a paragraph of the missions is one noun phrase: « Gestion des stocks et des commandes. »."""
        if block.end - block.start > _LONGEST_PHRASE or self._text[block.end - 1] in ":?":
            return False
        return is_noun_phrase(self._text, *trim(self._text, block.start, block.end))

    def _is_quoted(self, block: Block) -> bool:
        """Whether a paragraph is somebody's own words, who says « ils » of other people, with or without the name."""
        text, start, end = self._text, block.start, block.end
        if block.kind != "paragraph" or text[start] != "«":
            return False
        close = text.rfind("»", start, end)
        if text.find("«", start + 1, end) >= 0:
            return False
        return close == end - 1 or _SPOKEN_BY.match(text, max(close - 2, start), end) is not None

    def _is_bare(self, block: Block) -> bool:
        """Whether each sentence of a short block begins with an infinitive that no verb follows."""
        known = self._bare.get(block.start)
        if known is None:
            known = self._bare[block.start] = self._reads_bare(block)
        return known

    def _reads_bare(self, block: Block) -> bool:
        text = self._text
        if block.end - block.start > _LONGEST_PHRASE or text[block.end - 1] in ":?" or is_bulleted(text, block):
            return False
        for first, end in self._reading.sentences(block):
            start, _ = trim(text, first, end)  # without its hour, after which a noun will do
            if not (begins_with_action if start > first else is_infinitive)(text, start, end):
                return False
            words = self._sentences.words(start, end)
            if len(words) < FEWEST or is_subject(words, 0):
                return False
        return not leads_elsewhere(self._reading, block)

    def _heading(self, block: Block) -> str | None:
        heading = self._reading.section(block).heading
        return group_name(heading) if heading else None


def _is_running(block: Block) -> bool:
    return block.kind == "paragraph" and block.end - block.start > _LONG_ENOUGH
