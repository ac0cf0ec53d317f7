"""Levels and what exemplifies them: « un bac + 5 : diplôme d'ingénieur, master … », « de niveau 3 (CAP, BEP) ».

The mentions of a sentence or a line go in; levels lend themselves to their examples.
"""

from __future__ import annotations

import re

from pipeline.extractors.diplomas.levels import LEVEL_OF_YEARS
from pipeline.extractors.diplomas.mention import Mention


def lend_level(text: str, found: list[Mention]) -> None:
    """A level lends itself to its examples: « un bac + 5 : diplôme d'une école de communication, master … »."""
    level: int | None = None
    last = 0
    for mention in found:
        if (
            mention.level is None
            and mention.school
            and (years := _YEARS_FOR.search(text, max(0, mention.start - 60), mention.start))
        ):
            mention.level, mention.level_inferred = LEVEL_OF_YEARS[int(years["n"])], True
    for before, mention in zip((None, *found), found, strict=False):
        if mention.kind == "level":
            level = mention.level
            if before is not None and before.head == "diplôme" and before.level is None and text[last : mention.start] == " (":
                before.level, before.level_inferred = level, True  # « diplôme d'officier (bac + 3) »
        elif level is not None:
            gap = text[last : mention.start]
            if _BREAK.search(gap) or not (_EXAMPLE.match(gap) or _SERIES.match(gap)):
                level = None
            elif mention.level is None and (mention.school or mention.head == "diplôme"):
                mention.level, mention.level_inferred = level, True
        last = mention.end


#: « 5 ans pour un master ou un diplôme d'école spécialisée »
_YEARS_FOR = re.compile(r"\b(?P<n>[345]) ans (?:d'études )?(?:pour|dans|en) [^.;:0-9]*$")
_BREAK = re.compile(r"[.;!?]")
#: Between a level and its first example; between two of its examples.
_EXAMPLE = re.compile(r" ?(?::|\(|, (?:par exemple|comme|soit|tels? qu|telles? qu)| tels? qu| telles? qu| comme )")
_SERIES = re.compile(r" ?(?:\([^()]*\))?(?:, | ou | et | / ?|/)(?:une? |l[ea] |des |les )?(?:titulaires d'une? )?$")


def exemplifies(text: str, before: list[Mention], mention: Mention) -> bool:
    """Whether a qualification stands in brackets after a level: « de niveau 3 (CAP, BEP ou équivalent) »."""
    for named in reversed(before):
        if named.kind == "level":
            return _TO_EXAMPLE.fullmatch(text, named.end, mention.start) is not None
    return False


#: From a level to an example in brackets: « exigé (BTS, »; or to one by which it is reached: « à bac + 2, avec un BTS ».
_TO_EXAMPLE = re.compile(r"[^.;:,()]{0,25}\([^()]*|, (?:avec|grâce à|via) (?:par exemple )?(?:une? |l[ea] |l')?")


def in_range(text: str, found: list[Mention], i: int) -> bool:
    """Whether level ``i`` bounds a range « du CAP au bac + 2 »."""
    pairs = ((a, b) for a, b in ((i - 1, i), (i, i + 1)) if a >= 0 and b < len(found))
    return any(_TO.fullmatch(text, found[a].end, found[b].start) is not None for a, b in pairs)


#: « du bac + 3 (au minimum) au bac + 5 »
_TO = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:jusqu'|allant )?au\s*")
