"""What headings, terms, leads and headers say of the skills below them: their category, how strongly they are asked for."""

from __future__ import annotations

import re

from pipeline.extractors.skills.cues import PATTERNS, lead_category, strengths
from pipeline.extractors.skills.named import Place
from pipeline.sections import heading_kind
from pipeline.sheet import Block

_LONGEST_LEAD = 5  # words of a line that only announces
_REQUIRED_TERM = re.compile(r"il faut|exig|requis|indispensable|nécessaire")
_STRENGTHS = re.compile(
    r"(?:l'|les? |nos |vos |ce qui est )?(?:(?P<required>(?:strictement |vraiment )?"
    r"(?:exigée?s?|impérati\w+|incontournables?|indispensables?|minimum requis|obligatoires?|requis(?:es?)?))|"
    r"(?P<appreciated>(?:(?:petits|vrais) )?plus(?: appréciés)?|appréciée?s?|bienvenue?s?|bonus|souhaitables?|souhaitée?s?))$"
)


def strength_named(words: str) -> str | None:
    """How strongly the header of a column asks, which says nothing else: « Indispensable », « Appréciés »."""
    for strength, asking in strengths("predicate"):
        if asking.pattern.fullmatch(words.strip()):
            return strength
    return None


def strength_headed(words: str) -> str | None:
    """How strongly a heading that says nothing else asks for what stands below: « L'indispensable », « Les petits plus »."""
    match = _STRENGTHS.match(words.strip(" :.!"))
    return match and match.lastgroup


def strength_asked(words: str) -> str | None:
    """How strongly a line that ends with a colon asks for what stands below: « Il faut aussi : »."""
    if not words.endswith(":"):
        return None
    last = words.rpartition(". ")[2]
    return next((r for r, asking in strengths("scope") if asking.pattern.search(last)), None)


def announced(words: str, place: Place) -> Place:
    """What a term of a definition list announces."""
    kind = heading_kind(words)
    if kind == "skills" or (kind is None and place.skills):
        required = "required" if _REQUIRED_TERM.search(words) else None
        return Place(skills=True, category=lead_category(words), item=True, requirement=required)
    return Place(skills=False)


def lead_in(words: str, block: Block) -> Place | None:
    """What a line announces that only announces the list below it: « Savoir-être », « Connaissances indispensables : »."""
    listed = "," in words or ": " in words or (block.kind == "item" and not words.endswith(":"))
    if listed or len(words.split()) > _LONGEST_LEAD:
        return None
    category = lead_category(words) if PATTERNS["opener"].match(words) else None
    if category is None:
        return None
    required = (r for r, asking in strengths("predicate") if asking.pattern.search(words))
    return Place(skills=True, category=category, requirement=next(required, None))
