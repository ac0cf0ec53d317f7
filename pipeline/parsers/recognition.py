"""Is this text a job sheet at all? A lenient test on the clean text.

A recipe, a shop page, source code or a list of links is refused; anything that speaks of an occupation at some
length is let through, for a sheet lost is worse than a page too many.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Section
from pipeline.sheet import Block

#: Stems that sheets are full of, with what each weighs; a line holds the spellings of one word.
_CUES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (2, ("métier", "metier")),
    (2, ("salaire", "rémunér", "remuner", "smic")),
    (2, ("diplôm", "diplom")),
    (2, ("mission", "tâches", "taches")),
    (2, ("bac +", "bac+", "bac pro", "bts", "cap ", "licence pro", "master")),
    (2, ("débutant", "debutant")),
    (2, ("profession",)),
    (2, ("carrière", "carriere")),
    (2, ("recrut", "embauch")),
    (2, ("compéten", "competen")),
    (2, ("salarié", "fonctionnaire", "indépendant", "à son compte", "salarie")),
    (1, ("formation", "études", "etudes", "école", "ecole")),
    (1, ("poste", "emploi")),
    (1, ("expérience", "experience")),
    (1, ("qualités", "qualites", "rigueur", "rigoureu", "autonom")),
    (1, ("il doit", "elle doit", "il travaille", "elle travaille", "exerce")),
    (1, ("entreprise", "employeur")),
    (1, ("responsable", "chargé", "technicien", "ingénieur", "ouvrier", "assistant", "agent ")),
    (1, ("stage", "apprenti", "alternance", "concours")),
    (1, ("secteur",)),
    (1, ("horaires", "conditions de travail")),
    (1, ("client", "équipe")),
)
#: (length of the text, weight of the cues that make it a sheet): a short note need not name everything.
_ENOUGH = ((300, 2), (800, 3), (2500, 4))
ENOUGH = 6
#: Kinds of section that only a sheet of some sort has together.
_KINDS = {"tasks", "skills", "conditions", "education", "salary", "career"}
ENOUGH_KINDS = 3
#: Characters of the text that are looked at.
LOOKED_AT = 30_000


def is_sheet(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> bool:
    """Whether a clean text may be a job sheet."""
    if len(blocks) > 1 and len({s.kind for s in sections} & _KINDS) >= ENOUGH_KINDS:
        return True
    if not any(_is_prose(text, block) for block in blocks):
        return False
    lower = text[:LOOKED_AT].lower()
    enough = next((weight for length, weight in _ENOUGH if len(text) <= length), ENOUGH)
    return sum(weight for weight, stems in _CUES if any(stem in lower for stem in stems)) >= enough


def _is_prose(text: str, block: Block) -> bool:
    """Whether a block says something, rather than naming or linking."""
    words = text[block.start : block.end].count(" ")
    return words >= 5 or (block.kind == "item" and words >= 2)  # noqa: PLR2004 - a clause; an activity in a list
