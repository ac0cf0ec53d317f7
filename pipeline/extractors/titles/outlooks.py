"""Where a text speaks of what comes later in a career.

A :class:`~pipeline.reading.Reading` goes in, an :class:`Outlooks` comes out: the kind of section of each block, and where
the paragraphs of a sheet without a career section begin to speak of careers. Text is in normal form.
"""

from __future__ import annotations

import re

from pipeline.extractors.titles.patterns import pattern
from pipeline.french.openings import holds
from pipeline.normal import lowered
from pipeline.reading import Reading
from pipeline.sections import heading_kind


class Outlooks:
    """What the blocks of a sheet speak of.

    ``kinds``: « heading », the kind of its section, or « related » for each block; ``starts``: the rank of a paragraph
    outside of career sections → where the sentence begins from which on it speaks of careers.
    """

    def __init__(self, reading: Reading) -> None:
        self.kinds = _kinds(reading)
        self.starts = {} if "career" in self.kinds else _starts(reading, self.kinds)

    def speaks(self, rank: int, start: int) -> bool:
        """Whether a block without a career heading speaks of careers in a sentence."""
        return self.starts.get(rank, start + 1) <= start


#: What a heading of a career section may say of itself; one about studies (« Préparer un diplôme ») is a part of the outlook.
_OUTLOOKS = frozenset(("career", None))


def _kinds(reading: Reading) -> list[str]:
    """What each block speaks of: « heading », the kind of its section, or « related ».

    The last is said of a career section whose heading announces neighbouring trades or employers.
    """
    related = [
        section
        for section in reading.sections
        if section.kind == "career"
        and section.heading
        and heading_kind(section.heading) in _OUTLOOKS
        and pattern("not_heading").search(lowered(section.heading))
    ]
    kinds, path = [], reading.path
    for block in reading.blocks:
        section = path[block.start][-1]
        kinds.append("heading" if block.kind == "heading" else "related" if section in related else section.kind)
    return kinds


#: Sections whose paragraphs may turn to careers where the sheet has no section for them.
_MAY_TURN = frozenset(("conditions", "definition", "other", "salary"))


def _starts(reading: Reading, kinds: list[str]) -> dict[int, int]:
    """Where the paragraphs of a sheet that has no career section begin to speak of careers."""
    starts = {}
    for rank, (block, kind) in enumerate(zip(reading.blocks, kinds, strict=True)):
        if kind in _MAY_TURN and block.kind == "paragraph" and holds(reading.lower[block.start : block.end], _TURN_HINTS):
            for start, end in reading.sentences(block):
                if _TURN.search(reading.lower, start, end) is not None:
                    starts[rank] = start
                    break
    return starts


_YEARS_LATER = (
    r"ans\s+plus\s+tard|avec\s+(?:le\s+temps|l'âge|l'expérience|les\s+années|de\s+la\s+bouteille)|à\s+terme|fin\s+de\s+carrière|"
    r"(?:au\s+bout\s+d\S+|après|passé)\s+(?:\S+\s+){1,3}(?:ans|années)(?!\s+d(?:'études|e\s+formation))"
)
#: What says that a sentence speaks of years of practice, and the literals without which nothing does.
_MUCH_LATER = re.compile(rf"\b(?:{_YEARS_LATER})\b")
_MUCH_LATER_HINTS = ("plus", "temps", "l'âge", "expérience", "années", "bouteille", "terme", "carrière", " ans")

#: What says that a paragraph turns to careers, and the literals without which nothing does.
_TURN = re.compile(
    rf"\b(?:{_YEARS_LATER}|passé\s+la\s+\w+aine|(?<!début\sde\s)carrières?|promotion|reconver\w+|bifurqu\w+|"
    r"évolutions?\s+(?:de\s+carrière|professionnelles?|possibles?|sont)|évolue(?:r|nt)?\s+(?:\w+\s+)?vers|"
    r"(?<!on\s)devien(?:ne|nent|t)|deven(?:ir|ues?|us?)|promue?s?|nommée?s?|se\s+f(?:aire|ait|ont)|tend\w*\s+les\s+bras|s'(?:offr|ouvr)ent\s+à|"
    r"gravi(?:r|t|ssent)|(?:mont|grimp)\w+\s+en\s+grade|du\s+galon|chang\w+\s+de\s+(?:branche|cap|côté|horizon|métier|vie|voie)|"
    r"lassée?s?|à\s+(?:leur|son)\s+compte|débouchés|perspectives?|passerelles?|"
    r"(?:dans|en)\s+(?:ce|le)\s+métier\s+à\s+\w+\s+ans|quitt\w+\s+le\s+(?:métier|terrain)|"
    r"les\s+plus\s+(?:aguerri|ambitieu|audacieu|chevronné|doué|expérimenté)\w+|"
    r"(?:marche|poste|grade|échelon|étape)s?\s+(?:suivant|supérieur)\w*|"
    r"(?:et|que\s+devient-on)\s+(?:après|demain|ensuite|plus\s+tard)\s*\?|que\s+devient-on)\b"
)
_TURN_HINTS = (
    *(
        "plus tard",
        "temps",
        "l'âge",
        "l'expérience",
        "années",
        "bouteille",
        "à terme",
        "carrière",
        " ans",
        "passé",
        "promotion",
    ),
    *("reconver", "bifurqu", "évolu", "gravi", "grade", "galon", "chang", "lassé", "compte", "débouché", "perspective"),
    *("devien", "deven", "promu", "nommé", "se fai", "se font", "les bras", "s'offr", "s'ouvr"),
    *("passerelle", "quitt", "les plus", "suivant", "supérieur", "et demain", "et ensuite", "et après", "devient-on"),
)


def may_be_years_later(low: str) -> bool:
    """Whether :func:`is_years_later` may hold for a sentence of a text."""
    return holds(low, _MUCH_LATER_HINTS)


def is_years_later(low: str, start: int, end: int) -> bool:
    """Whether a sentence says how late in a career it speaks."""
    return _MUCH_LATER.search(low, start, end) is not None


_POSSIBLE = re.compile(
    r"\b(?:peu(?:t|vent|x)|pou(?:rr|v)\w+|possib\w+|certaine?s|beaucoup|d'autres|les\s+uns|après\s+quoi|volontiers|années|expérience|ancienneté|"
    r"évolu\w+|de\s+\w+,\s+(?:on|il|elle|vous|tu)\s+(?:passe|devien)\w*|"
    r"avec le temps|à terme|ensuite|carrière|promotion|par la suite|plus tard|choisi\w*|il arrive|il en est|"
    r"en grade|échelons|concours\s+interne|par\s+concours|pas\s+rare|vis(?:e|ent|er)|brigu\w+|"
    r"ambitionn\w+|convoit\w+|au\s+choix|à\s+l'ancienneté|au\s+mérite|mobilité|"
    r"galon|sur\s+(?:deux|trois|quatre|cinq|dix)|après\s+(?:\d|deux|trois|cinq|dix)|sera\s+(?:nommé|promu)\w*|"
    r"quelques-une?s|plusieurs|parfois|reconver\w+|dix ans|cinq ans)\b"
)
_LATER = re.compile(
    r"\b(?:titulaires? d[eu]|une fois|années|expérience|ancienneté|évolu\w+|avec le temps|à terme|carrière|"
    r"concours\s+interne|au\s+choix|à\s+l'ancienneté|au\s+mérite|mobilité|promotion|par la suite|plus tard)\b"
)


def is_possible(low: str, start: int, end: int, kind: str) -> bool:
    """Whether a sentence outside a career section speaks of what may come later in a career."""
    return (_LATER if kind in {"education", "titles"} else _POSSIBLE).search(low, start, end) is not None
