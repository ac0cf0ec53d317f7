"""Running text, read sentence by sentence: paragraphs and definitions that are no lines of activities (:mod:`.lines`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.tasks.lines import Lines
from pipeline.extractors.tasks.phrases import Activity
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.reading import Reading
from pipeline.sections import heading_kind
from pipeline.sheet import Block

_LONG_ENOUGH = 70  # characters of a paragraph that is more than a byline or a label
#: Who said what stands in quotation marks: « … à l'aube. » Karim, à la tête de trois équipes.
_SPOKEN_BY = re.compile(r"[.!?…] ?» ?(?:[(–—-] ?)?(?!(?:Ils?|Elles?|On|Les?|La|Cet?|Ces|Son|Sa|Ses) |L')\w[^.]{2,90}\.?\)?$")
_CUT_SHORT = ("[…]", "[...]")  # how a teaser of the sheet's own first lines ends


class Paragraphs:
    """The running text of one sheet."""

    def __init__(self, reading: Reading, sentences: Sentences, lines: Lines) -> None:
        self._reading = reading
        self._text = reading.text
        self._blocks = reading.blocks
        self._sentences = sentences
        self._lines = lines
        self._lead = next((block for block in self._blocks if _is_running(block)), None)  # the first of running text

    def activities(self, at: int, kind: str) -> Iterator[Activity]:
        """The activities that the block at ``at`` of a section of ``kind`` tells."""
        block, above = self._blocks[at], self._blocks[at - 1] if at else None
        if self._is_quoted(block) or self._text.endswith(_CUT_SHORT, block.start, block.end):
            return
        lead = kind == "definition" and block is self._lead
        if kind == "definition" and self._defines(block):
            kind = "tasks"
        if above is not None and above.kind == "heading" and self._text[above.end - 1] == "?":
            self._sentences.hear(above.start, above.end)
        for start, end in self._reading.sentences(block):
            yield from self._sentences.activities(start, end, kind, lead=lead)
            lead = False

    def _defines(self, block: Block) -> bool:
        """Whether a paragraph is a definition without a subject: « Appliquer la loi. », « Conçoit des vêtements. »."""
        heading = self._reading.section(block).heading
        if heading is None or heading_kind(heading) not in {"definition", "tasks"}:
            return False
        bare = self._lines.is_bare(block) and block.end - block.start > _LONG_ENOUGH
        return bare or self._sentences.lacks_subject(*self._reading.sentences(block)[0])

    def _is_quoted(self, block: Block) -> bool:
        """Whether a paragraph is somebody's own words, who says « ils » of other people, with or without the name."""
        text, start, end = self._text, block.start, block.end
        if block.kind != "paragraph" or text[start] != "«":
            return False
        close = text.rfind("»", start, end)
        if text.find("«", start + 1, end) >= 0:
            return False
        return close == end - 1 or _SPOKEN_BY.match(text, max(close - 2, start), end) is not None


def _is_running(block: Block) -> bool:
    return block.kind == "paragraph" and block.end - block.start > _LONG_ENOUGH
