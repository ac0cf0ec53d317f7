"""Tells the pays that a sheet states only to compare with: of a wider group, another country or trade, another time.

A mention with its sentence goes in, yes or no comes out. What is said of a whole nation, or of « tous métiers confondus »,
goes for the sentence; a group (« un cadre français ») is a wider one only where the occupation is not named so itself.
"""

from __future__ import annotations

import re

from pipeline.extractors.salaries.clauses import Mention
from pipeline.extractors.salaries.cues import cue, says
from pipeline.extractors.salaries.places import Place
from pipeline.french.occupations import is_head

#: What a comparison behind an amount is set off by: « 1 900 €, loin de la moyenne nationale ».
_SET_OFF = re.compile(
    r"[;:(]|\b(?:mais|contre|alors|tandis|quand|loin|soit|plus|moins|que|sous|au-dess\w+|inférieur\w*|supérieur\w*)\b"
)
_DIGIT = re.compile(r"\d")
#: Where one is paid in another money than the sheet counts in.
_ABROAD = {
    "CHF": re.compile(r"\b(?:en suisse|à (?:bâle|genève|lausanne|zurich))\b"),
    "CAD": re.compile(r"\b(?:au (?:canada|québec)|à (?:montréal|québec|toronto|vancouver))\b"),
}
_CONTRAST = re.compile(r"\bcontre (?:environ |seulement |à peine )?$")


def of_others(mention: Mention, place: Place, lower: str, titles: str) -> bool:
    """Whether an amount is told of others than the sheet's own occupation today; ``titles`` names the occupation."""
    told = place.told
    abroad = _ABROAD.get(mention.currency or "")
    return (
        (abroad is not None and abroad.search(lower, place.start, place.end) is not None and _in_euros(lower))
        or ("statistic" in told and _elsewhere(mention, place, lower))
        or ("comparison wider" in told and _of_a_wider_group(mention, place, lower, titles))
        or ("neighbour" in told and says("neighbour", "yes", mention.before))
        or ("comparison foreigner" in told and _of_a_foreigner(mention, lower, titles))
        or _of_the_past(mention)
    )


def _elsewhere(mention: Mention, place: Place, lower: str) -> bool:
    """Whether the sentence tells of all occupations or of another country; what is set off behind an amount leaves it alone."""
    if not says("statistic", "elsewhere", lower[place.start : place.end]):
        return False
    said = cue("statistic", "elsewhere").search(lower, place.start, place.end)
    return said is None or _bears(said, mention, lower)


def _of_a_wider_group(mention: Mention, place: Place, lower: str, titles: str) -> bool:
    """Whether it is told of a group that the occupation is one of many in: « un cadre, tous secteurs confondus »."""
    for match in cue("comparison", "wider").finditer(lower, place.start, place.end):
        named = [who for who in match.groupdict().values() if who]
        if not any(who in titles for who in named) and _bears(match, mention, lower):
            return True
    return False


def _bears(said: re.Match[str], mention: Mention, lower: str) -> bool:
    """Whether words that tell of others go for an amount: before it they do, behind it unless something sets them off."""
    if said.start() < mention.end:
        return True
    gap = lower[mention.end : said.start()]
    own = gap.removesuffix("(")  # « 2 600 € (tous métiers confondus) »
    return _SET_OFF.search(own) is None and _DIGIT.search(own) is None


def _of_a_foreigner(mention: Mention, lower: str, titles: str) -> bool:
    """Whether « son homologue allemand », « l'infirmière américaine » earns the amount, in a sheet from another country."""
    if mention.currency not in {None, "EUR"} and not _in_euros(lower):
        return False
    for match in cue("comparison", "foreigner").finditer(mention.before):
        who = match["person"]
        if match["peer"] or is_head(who) or who in titles:
            return True
    return False


def _in_euros(lower: str) -> bool:
    """Whether the sheet gives amounts in euros."""
    return "€" in lower or "euro" in lower


def _of_the_past(mention: Mention) -> bool:
    """Whether an amount is what was paid once: « il y a vingt ans, on débutait à … », « contre 1 650 € en 2012 »."""
    if "contre" in mention.before and _CONTRAST.search(mention.before):
        return cue("comparison", "once").match(mention.right) is not None
    past = "ait" in mention.before or "aient" in mention.before
    return past and cue("comparison", "past").search(mention.before) is not None
