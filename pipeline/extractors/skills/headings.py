"""A heading of a skills section → the skills that it names: « Rigueur et technicité », « Savoir lire des plans ».

Most headings are figures (« Une oreille savante ») or speak of what stands below them (« La science du corps »), so that only
what a lexicon knows is taken from them; but one that opens with « savoir » or « connaissance de » names what comes after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extractors.skills.cues import LISTS, PATTERNS, WORDS
from pipeline.extractors.skills.named import Named
from pipeline.extractors.skills.phrases import elements, trimmed
from pipeline.extractors.skills.text import Text

#: A heading that spans what stands below it: « De l'algèbre à l'atelier », « Entre science et commerce ».
_SPAN = re.compile(r"(?:de la |de l'|du |des )[^,]+ (?:à la |à l'|aux? )|entre [^,]+ et ")
#: « Un peu de gestion », « La science du corps » head what is told below them.
_BROAD = frozenset({"droit", "gestion", "science", "sciences", "technique", "techniques"})
#: « Une santé de fer » heads what is said of more than health.
_IN_FIGURES = frozenset({"dos", "nerfs", "santé"})
_ONE = re.compile(r"une? (?!forte? |grande? |réelle? |solide |vraie? )")
#: What one does it for or where: « S'adapter [à l'imprévu] », « Communiquer [en permanence] », of which the first is named.
_AIM = re.compile(r"(?: (?:à la |à l'|aux? )[\w' -]{3,25}|(?P<manner> (?:à |en |partout|rapidement|vite)[\w' -]{0,25}))$")


def names_something(text: Text, start: int, end: int) -> bool:
    """Whether a heading may name a skill at all: not one that only spans what stands below it."""
    return _SPAN.match(text.low, start, end) is None


def leads_on(text: Text, start: int, end: int) -> bool:
    """Whether a heading opens with what leads to a skill: « Savoir … », « Maîtrise de … », « Notions de … »."""
    return PATTERNS["heading-lead"].match(text.low, start, end) is not None


def announces(words: str, *, listed: bool) -> bool:
    """Whether a heading only says what kind of skills stands below it: « Compétences techniques » above a list."""
    if PATTERNS["opener"].match(words) is None or _COMPLEMENT.search(words) is not None:
        return False
    return listed or PATTERNS["heading-kind"].fullmatch(words.strip(" .:!…")) is None


_COMPLEMENT = re.compile(r" (?:de|du|des|d'|en|à|et) ?")


def headed(text: Text, start: int, end: int, listed: list[Named], *, led: bool) -> Iterator[Named]:
    """Those of the skills ``listed`` in a heading that it names, and the qualities that are named so only in headings."""
    figure = False
    found: list[Named] = []
    for part in elements(text, start, end):
        named = next((one for one in listed if part.start <= one.start < part.end), None)
        first, last = trimmed(text, part.start, part.end)
        words = text.low[first:last]
        if words in LISTS["qualities.headed"] and (named is None or named.label == words):
            named = Named(first, last, words, "soft", known=True)
        done = text.spots.get(first)
        if named is None and done is not None and done.term.kind == "doing":
            named = Named(first, done.end, done.term.label, done.term.category, known=True)
        if named is not None:
            found.append(named)
        elif not led and text.opens_determined(part.start, part.end):
            figure = True
    for named in found:
        if (named.category == "knowledge" and figure) or not _heads(named, led=led):
            continue
        if named.label in WORDS["weak"] and not WORDS["figures"].isdisjoint(text.words_in(start, end)):
            continue  # « Des mains, du nez, [du souffle] »
        if _ONE.match(text.low, start) and not _stands_alone(named.label):
            continue
        whole = _with_aim(text, named, end)
        if whole is not None:
            yield whole


def _stands_alone(label: str) -> bool:
    """Whether a quality is named after « un »: « Un esprit d'équipe », but « Un geste sûr » speaks of what stands below."""
    head, _, rest = label.partition(" ")
    return (rest != "" and head in LISTS["qualities.heads"]) or label in LISTS["qualities.headed"]


def _heads(named: Named, *, led: bool) -> bool:
    """Whether a heading names the skill itself: no figure (« Une oreille savante »), no kind of tool (« Des outils neufs »)."""
    first, _, rest = named.label.lower().partition(" ")
    if named.category == "tool" and not named.label[0].isupper():
        return led and named.known and rest != ""
    if named.category == "knowledge" and not led and (first in _BROAD or not named.known):
        return False
    known = named.label in LISTS["qualities.nouns"] and first not in _IN_FIGURES
    return first != "bagage" and (first not in WORDS["figures"] or (rest != "" and known))


def _with_aim(text: Text, named: Named, end: int) -> Named | None:
    """What is done with what it is done for: « S'adapter [à l'imprévu] »; None where more is told of it.

    « Convaincre sans culpabiliser » is no heading of conviction.
    """
    known = text.spots.get(named.start)
    if known is None or known.term.kind != "doing":
        return named
    stop = next((first for first, _, _ in text.separators if first >= named.end), end)
    rest = text.low[named.end : stop].rstrip(" .:!?…")
    if not rest.strip():
        return named
    aim = _AIM.fullmatch(rest)
    if aim is None:
        return None
    if aim["manner"]:
        return named
    return replace(named, end=named.end + len(rest), label=named.label + rest)
