"""Products named as examples of a tool: « un logiciel de gestion, Cosium ou Osiweb », « un tableur comme Calc ».

No lexicon knows them all; what tells them is their capital inside a sentence and the kind of tool named before them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extractors.skills.named import Named
from pipeline.extractors.skills.phrases import Element, trimmed
from pipeline.extractors.skills.text import Text

_KIND = re.compile(
    r"\b(?:outils?|logiciels?|progiciels?|applications?|informatique|erp|crm|plateformes?|suites?|langages?|"
    r"bases? de (?:données|contacts))\b"
)
#: A product's name: words with a capital or a number, a small « de » between two of them.
_NAME = re.compile(r"[A-ZÉÈÀ][\w.+#'-]*(?: (?:de |for )?[A-ZÉÈÀ0-9][\w.+#'-]*)*")
_SORT_OF = re.compile(
    r"(?: (?:et|ou) [\w.+#-]{1,30})?, (?:(?:une?|des|les?|(?:les )?(?:deux|trois|quatre)|nos|son) "
    r"(?:logiciel|progiciel|application|outil|plateforme)|logiciel|progiciel)s?\b"
)
#: « Vectorix, [un logiciel de coupe]. »: what the product before the last comma is.
_SORT = re.compile(r"\s*une? (?:logiciel|progiciel|application|outil|plateforme|langage)\b[^,;.()]{0,60}[.;]?$")
#: « …, [logiciel de prêt le plus répandu] », « …, [le logiciel de la profession] »: said of the product before it.
_SAID_OF_IT = re.compile(
    r"\s*(?:l[ea] (?:logiciel|progiciel|application|outil|plateforme|langage)\b|l'(?:application|outil)\b|"
    r"(?:(?:une?|les (?:deux|trois)|des) )?(?:logiciel|progiciel|application|outil|plateforme|langage)s?\b"
    r"[^,;.()]{0,40} (?:les? plus|la plus|très|maison|de référence|utilisée?s?|employée?s?|répandue?s?|devenue?s?|"
    r"de la profession|d[eu] (?:marché|métier|secteur))\b|"
    r"(?:logiciel|progiciel|application|outil|plateforme|langage) [^,;.()]{2,40},)"
)
_SUCH_AS = ("tel ", "telle ", "telles ", "tels ")
_LIKE = frozenset({"comme", "tel", "tels", "telle", "telles", "que", "("})
_SUCH = re.compile(r",? (?:comme|dont|en particulier|notamment|principalement|surtout|tel(?:le)?s? que) (?:l[ea'] ?|du )?")
#: What leads from a kind of tool to its examples; brackets that stand behind the name of an item only add to it.
_LEADS_TO = re.compile(r" ?(?:\((?:comme )?|,|,? ?comme|,? ?tel(?:le)?s? qu(?:e|')|du type|de type)? ?")
_LEADS_ON = re.compile(r" ?(?:,|,? ?comme|,? ?tel(?:le)?s? qu(?:e|')|du type|de type)? ?")
#: « les bases [Vectorix et Plankor] », « le logiciel [Vectorix] ».
_KIND_BEFORE = re.compile(r"(?:applications?|bases?|logiciels?|plateformes?|progiciels?) (?=[A-ZÉÈÀ][\w.+#'-]*[a-z])")
#: « un logiciel de [CAO], comme … »: of a kind whose name stands before.
_KIND_OF = re.compile(r"\b(?:logiciel|progiciel|outil|langage)s? d(?:e |')$")
#: « monter un film [sous Vectorix] »: what is done or known, and the product.
_UNDER = re.compile(r"[^,;:.()]{3,60}? sous ([A-ZÉÈÀ][\w+#'-]*(?: [A-Z0-9][\w+#'-]*)*)")
_DONE = frozenset({"know-how", "knowledge"})
_FAR = 15


def may_tell(piece: str) -> bool:
    """Whether a piece of a sentence may hold what tells a product: the kind of tool, or « d'un » before it."""
    return _KIND.search(piece) is not None or "base" in piece or "d'un" in piece


def product(text: Text, part: Element, last: Named | None) -> Named | None:
    """The product that ``part`` names by a capital, after a kind of tool or beside another product; ``last`` came before it."""
    if not text.capitals:
        return None
    start, end = trimmed(text, part.start, part.end)
    if text.low.startswith(_SUCH_AS, start, end):  # « des outils de dessin, [tel Vectorix], »
        start = text.low.index(" ", start) + 1
    if (
        start >= end
        or text.spot_at(start, end) is not None
        or (text.low.endswith((" en ", " à "), 0, start) and not text.low.endswith("quant à ", 0, start))
    ):
        return None
    kind = _KIND_BEFORE.match(text.printed, start, end)
    match = _NAME.match(text.printed, kind.end() if kind else start, end)
    if match is None or (kind is not None and match.group().isupper()):
        return None
    name = Named(match.start(), match.end(), match.group(), "tool", known=True)
    if start <= text.start:  # where any word has a capital
        return name if _SORT_OF.match(text.low, match.end(), text.end) else None
    beside = last is not None and last.category == "tool" and (part.before in _LIKE or part.before in {",", "et", "ou"})
    told = kind is not None or beside or (match.end() == end and _follows_tool(text, start))
    if not (told or _is_sort_of(text, match.start(), match.end()) or text.holds_before(_KIND, start)):
        return None
    return name


def _follows_tool(text: Text, start: int) -> bool:
    """Whether a known tool stands before: « Excel est exigé, et [Zimpla] devient un atout »."""
    return any(spot.term.kind == "tool" and spot.end < start for spot in text.spots.values())


def _is_sort_of(text: Text, start: int, end: int) -> bool:
    """Whether a name is said to be a tool after it, or is an acronym with « un »: « Hektor, un logiciel », « d'un PACS »."""
    acronym = end - start > 1 and text.printed[start:end].isupper() and text.low.endswith(("d'un ", "d'une "), 0, start)
    return acronym or _SORT_OF.match(text.low, end, text.end) is not None


def describes(text: Text, part: Element, last: Named | None) -> bool:
    """Whether ``part`` only says what the product ``last``, named right before it, is."""
    if last is None or part.before != ",":
        return False
    if last.category == "language":
        return text.low.startswith("la langue d", part.start)
    if last.category != "tool":
        return False
    sort = last.start not in text.spots and _SORT.match(text.low, part.start, text.end) is not None
    return sort or _SAID_OF_IT.match(text.low, part.start) is not None


def done_with(text: Text, named: Named) -> tuple[Named, ...]:
    """What is done, and the product that it is done with, both asked for: « le dessin [sous Vectorix] »."""
    if not text.capitals or named.category not in _DONE or named.known:
        return (named,)
    under = _UNDER.match(text.printed, named.start, text.end)
    if under is None or under.end() < named.end:
        return (named,)
    start, end = under.span(1)
    tool = Named(start, end, under[1], "tool", known=True)
    return replace(named, end=start - len(" sous"), label=text.low[named.start : start - len(" sous ")]), tool


def is_kind_of(text: Text, named: Named, following: Named) -> bool:
    """Whether ``named`` is only the kind of tool or language that what stands right after it is an example of."""
    if named.category == following.category == "language":
        return named.label.startswith("langue") and _SUCH.fullmatch(text.low, named.end, following.start) is not None
    if named.category != "tool" or following.category != "tool" or not text.printed[following.start].isupper():
        return False
    if _KIND_OF.search(text.low, max(text.start, named.start - _FAR), named.start) is None:
        acronym = text.printed[named.start].isupper() and text.printed[named.start + 1 : named.start + 2].isupper()
        if acronym or _KIND.match(text.low, named.start) is None:  # « ERP » is asked for by its own name
            return False
    if any(letter.isupper() for letter in named.label[1:]) and " " in named.label:
        return False  # « suite Adobe (InDesign, …) »
    any_one = text.low.endswith((" un ", " une "), text.start, named.start)  # « Excel et un langage (Python ou R) »
    leads_to = _LEADS_TO if any_one or text.has_verb(text.start, text.end) else _LEADS_ON
    return leads_to.fullmatch(text.low, named.end, following.start) is not None
