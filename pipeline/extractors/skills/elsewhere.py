"""Which sentences outside the skills sections may name a skill, told from their words alone.

Most of those that ask for something ask for a diploma or for years of work. A skill that is asked for there is a known
term, a product, or headed by a word that a lexicon has, unless a cue (« la connaissance de … ») or a colon introduces it,
or the sentence opens with its predicate (« Sont indispensables … »). So a sentence without any of these is not read at all.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import or_

from pipeline.beginnings import LONGEST as LONGEST_BEGINNING
from pipeline.extractors.skills.cues import BEGUN, CUES, MARKS
from pipeline.extractors.skills.names import may_head
from pipeline.extractors.skills.pieces import pieces_of
from pipeline.extractors.skills.products import may_tell
from pipeline.extractors.skills.terms import term_keys, tokens_of
from pipeline.remembered import Remembered


@cache
def _naming() -> int:
    """The bits of the cues after which any words name a skill, wherever they stand."""
    return reduce(or_, (CUES[role].bits for role in ("doing", "such-as", "knowing-verb", "knowing-noun", "quality-head")))


def _may_name(piece: str) -> bool:
    if MARKS[piece] & _naming() or ":" in piece or ";" in piece or may_tell(piece):
        return True
    return any(word == "maîtrise" or word in term_keys() or may_head(word) for _, word in tokens_of(piece))


_MAY_NAME = Remembered(_may_name)


def may_name(low: str, start: int, end: int) -> bool:
    """Whether ``low[start:end]``, a sentence outside the skills sections, may name a skill."""
    opening = BEGUN[low[start : start + LONGEST_BEGINNING]] & CUES["inverted-predicate"].bits
    return opening != 0 or any(map(_MAY_NAME.__getitem__, pieces_of(low, start, end)))
