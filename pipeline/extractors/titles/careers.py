"""Occupations that a sheet leads to, where it announces them.

A :class:`~pipeline.reading.Reading` goes in, (name, rule) pairs come out: the entries of a career section, names after
words that announce a next post (« peut devenir », « évoluer vers »), names that stand bare of an article in a career
section (French gives a trade without an article only to what somebody is or becomes), and labelled lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extractors.titles.announcements import (
    LONGEST_ENTRY,
    LONGEST_LABEL,
    Announced,
    Found,
    announcements,
    block_at,
    labelled,
    names_below,
)
from pipeline.extractors.titles.bare import bare_names
from pipeline.extractors.titles.holder import Holder
from pipeline.extractors.titles.lists import names
from pipeline.extractors.titles.members import Name
from pipeline.extractors.titles.outlooks import Outlooks, is_possible, is_years_later, may_be_years_later
from pipeline.extractors.titles.patterns import pattern, stands_in
from pipeline.french.gender import forms
from pipeline.french.occupations import conjugated
from pipeline.french.openings import holds
from pipeline.normal import lowered
from pipeline.reading import Reading
from pipeline.sheet import Block


def careers(reading: Reading, announced: Announced, outlooks: Outlooks, holder: Holder) -> list[Found]:
    """Occupations that one can move to, other than the job holder's own."""
    found = list(_entries(reading, outlooks.kinds, holder))
    turned: set[int] = set()
    read = {name.start: name.end for name, _ in found}
    for rule, listed, rank in _after_announcements(reading, announced, outlooks):
        turned.add(rank)
        read |= {name.start: name.end for name in listed}
        found += ((name, rule) for name in _beyond(listed, holder))
    found += _bare(reading, outlooks, turned, read, holder)
    found += ((name, "career-answer") for name in _answers(reading))
    found += ((name, "career-heading") for name in _headings(reading))
    found += _labels(reading, announced)
    return [(name, rule) for name, rule in found if _is_another(name.label.lower(), holder)]


def is_move(rule: str) -> bool:
    """Whether the rule by which a career was read is an announcement that says by itself that somebody moves."""
    return rule in _moves()


@cache
def _moves() -> frozenset[str]:
    return frozenset(row.name for row in announcements("career") if row.scope == "anywhere")


def _is_another(name: str, holder: Holder) -> bool:
    """Whether a name is an occupation that the job holder has yet to come to, be it on their own account."""
    other = name.removeprefix("artisan ").removeprefix("artisane ")
    own = other in holder.nouns or (" ou " in other and forms(other).masculine in holder.nouns)
    return not own and pattern("no_occupation").search(name) is None


def _beyond(listed: list[Name], holder: Holder) -> list[Name]:
    """« Un apprenti peut devenir ouvrier, puis maçon, [chef d'équipe] »: of an ascent, what comes after the job holder."""
    own = [rank for rank, name in enumerate(listed) if (forms(name.label).masculine or name.label).lower() in holder.names]
    return listed[own[-1] + 1 :] if own else listed


def _after_announcements(reading: Reading, announced: Announced, outlooks: Outlooks) -> Iterator[tuple[str, list[Name], int]]:
    """(Rule, the names after an announcement, the rank of their block)."""
    low, turned = reading.lower, -1
    for rank, start, end, announcing in announced.places("career"):
        kind = outlooks.kinds[rank]
        in_career = kind == "career"
        speaks = in_career or outlooks.speaks(rank, start)
        possible = speaks or rank == turned or (announcing and is_possible(low, start, end, kind))
        for row, match in announcing:
            if not (possible or row.scope == "surely"):
                continue
            before = low[start : match.start()]
            if low.find("d'abord", start, match.end()) >= 0 or stands_in("not_career", before):
                continue
            if not in_career and pattern("not_career_elsewhere").search(before):
                continue
            if listed := names(reading, match.end(), end, skipping=in_career and row.scope == "anywhere"):
                yield row.name, listed, rank
                turned = rank
        outlook = speaks and holds(low[start:end], _OUTLOOK_HINTS)
        if outlook and (opening := list(_opening_names(reading, start, end))):
            yield "career-opening", opening, rank


def _bare(reading: Reading, outlooks: Outlooks, turned: set[int], read: dict[int, int], holder: Holder) -> Iterator[Found]:
    """Names bare of an article where the text speaks of careers, but for those that have been ``read``: start → end of each.

    It does so in career sections, in other paragraphs from which a career has been read (``turned``), and in sentences
    elsewhere that say how late in a career they speak.
    """
    for rank, kind in enumerate(outlooks.kinds):
        speaks = kind == "career" or rank in turned
        outlook = outlooks.starts.get(rank)
        block = reading.blocks[rank]
        late = kind == "definition" and may_be_years_later(reading.lower[block.start : block.end])
        if not (speaks or outlook is not None or late):
            continue
        for start, end in reading.sentences(block):
            if speaks or (outlook is not None and start >= outlook) or is_years_later(reading.lower, start, end):
                yield from ((name, "career-bare") for name in _beyond(list(bare_names(reading, start, end, read)), holder))


#: « Que devient-on quand le dos fatigue ? »
_ASKS = re.compile(
    r"\b(?:que\s+devien\w+|que\s+(?:faire|fait-(?:on|il|elle))\s+(?:ensuite|après)|et\s+(?:après|ensuite|plus\s+tard)(?=\s*\?)|"
    r"quel(?:le)?s?\s+(?:avenir|suites?|évolutions?|perspectives?|débouchés|reconversions?)|"
    r"(?:la\s+suite|l'étape\s+suivante|la\s+marche\s+suivante|le\s+poste\s+d'après)(?:\s+(?:logique|naturelle))?(?=\s*\?)|"
    r"(?:où|à\s+quoi|vers\s+quoi)\s+(?:mène|conduit|évolu\w+)|comment\s+(?:évolue|progresse)\w*)\b"
)


#: What may stand before the first occupation of an answer; an article but that of a post speaks of somebody at work.
_ANSWERS = re.compile(
    r"(?:(?:un|des)\s+(?:postes?|emplois?|fonctions?)\s+(?:de\s+|d')|(?:vers|devenir|comme|le\s+plus\s+souvent,?|souvent)\s+)*"
)


def _answers(reading: Reading) -> Iterator[Name]:
    """« Que devient-on ? Formateur, chef d'atelier. »: occupations that open the sentence after a question, with no verb."""
    low = reading.lower
    for block in reading.blocks_at(reading.occurrences("?")):
        asked = False
        for start, end in reading.sentences(block):
            if asked:
                found = names(reading, start, end)
                if found and _ANSWERS.fullmatch(low, start, found[0].start):
                    after = found[-1].end
                    if not any(map(conjugated, low[start:after].split() + low[after:end].split(maxsplit=1)[:1])):
                        yield from found
            asked = low[end - 1] == "?" and block.kind != "heading" and _ASKS.search(low, start, end) is not None


def _headings(reading: Reading) -> Iterator[Name]:
    """« Devenir [chef d'équipe] »: what a heading inside a career section says one can become."""
    for section in reading.sections:
        if section.kind == "career" and reading.lower.startswith(_BECOMING, section.start):
            heading = reading.blocks[block_at(reading, section.start)]
            yield from names(reading, section.start + len(_BECOMING), heading.end)


_BECOMING = "devenir "

_OUTLOOK_WORD = re.compile(
    r"\b(?:évolutions?|perspectives?|possib\w+|accessibles?|ouverte?s?|envisageables?|passerelles?|débouchés|suite|horizon|"
    r"promotions?|à (?:sa|leur|votre) portée)\b"
)
_OUTLOOK_HINTS = (
    *("évolution", "perspective", "possib", "accessible", "ouvert", "envisageable", "passerelle", "débouchés", "suite"),
    *("horizon", "promotion", "portée"),
)
#: How far after the last of the names it may stand.
_OUTLOOK_REACH = 60


def _opening_names(reading: Reading, start: int, end: int) -> Iterator[Name]:
    """« Chef d'atelier, formateur : les évolutions sont nombreuses »: a sentence that opens with occupations."""
    if _OUTLOOK_WORD.search(reading.lower, start, end) is None:
        return
    found = names(reading, start, end)
    if found and found[0].start == start and (word := _OUTLOOK_WORD.search(reading.lower, found[-1].end, end)):
        between = reading.text[found[-1].end : word.start()]
        if len(between) <= _OUTLOOK_REACH and "." not in between and ";" not in between:
            yield from found


def _entries(reading: Reading, kinds: list[str], holder: Holder) -> Iterator[Found]:
    """The short blocks of career sections that list occupations."""
    for block, kind in zip(reading.blocks, kinds, strict=True):
        if kind == "career" and block.end - block.start <= LONGEST_ENTRY:
            yield from _entry(reading, block, holder)


def _entry(reading: Reading, block: Block, holder: Holder) -> Iterator[Found]:
    """A list item that opens with an occupation, or a line that lists nothing else."""
    text, low = reading.text, reading.lower
    for span in block.cells or (block,):
        steps = _STEPS.search(text, span.start, span.end) is not None  # « Vendeur → chef de rayon → directeur »
        found = names(reading, span.start, span.end, skipping=steps)
        if steps:
            found = _beyond(found, holder)
        elif not found and (lead := _LEAD.match(low, span.start, span.end)) and pattern("bare_lead").match(low, span.start):
            found = names(reading, lead.end(), span.end)  # « À long terme - [directeur financier] »
        if not found or found[0].start - span.start > _LONGEST_LEAD or _PREDICATE.match(low, found[0].end, span.end):
            continue
        after = text[found[-1].end : span.end].strip(" .;")
        glossed = after[:1] == ":" and len(found) == 1 and found[0].start == span.start  # « Caviste : sans diplôme de plus »
        if block.kind in {"item", "definition", "row", "term"} or not after or glossed:
            yield from ((name, "career-list") for name in found)


_LONGEST_LEAD = 30
_LEAD = re.compile(r"[^.;:,]{3,25}\s[-|]\s")
_STEPS = re.compile(r"[→➜➔>][^→➜➔>]{3,60}[→➜➔>]")
#: « L'opticien peut devenir … »: the sentence opens with its subject, and lists nothing.
_PREDICATE = re.compile(
    r"[^.;:,]{0,30}?\s(?:peu(?:t|vent)|pourr\w+|doi(?:t|vent)|devien\w+|évolue\w*|accède\w*|"
    r"est|sont|a|ont|passe\w*|gravi\w*|n'|se)\s"
)


def _labels(reading: Reading, announced: Announced) -> Iterator[Found]:
    """« Évolution : chef d'atelier, formateur », as a line or a row, outside a career section."""
    low = reading.lower
    for rank, start, end, _ in announced.places("career label"):
        block = reading.blocks[rank]
        if reading.kind(block) == "career":
            continue
        for cell in labelled(reading, block, _labels_careers):
            yield from ((name, "career-label") for name in names(reading, cell.start, cell.end))
        if block.cells:
            continue
        if low.endswith(":", start, block.end):  # « Plusieurs évolutions s'offrent à lui : »
            if block.end - start <= LONGEST_LABEL and pattern("career_label").search(low, start, block.end):
                yield from ((name, "career-label") for name in names_below(reading, rank, lines=True, known=True))
            continue
        if start != block.start:
            continue
        mark = _LABEL_END.search(low, start, min(block.end, start + LONGEST_LABEL))
        if not _labels_careers(low[start : mark.start() if mark else end]):
            continue
        if mark:
            listed = names(reading, mark.end(), block.end) or names(reading, _after_lead(low, mark.end(), block.end), block.end)
            yield from ((name, "career-label") for name in listed)
        else:
            yield from ((name, "career-label") for name in names_below(reading, rank, known=True))


def _after_lead(low: str, start: int, end: int) -> int:
    """Where what a circumstance opens goes on: « après cinq ans, [chef d'atelier] »."""
    comma = low.find(",", start, min(end, start + LONGEST_LABEL))
    return comma + 1 if comma >= 0 and pattern("bare_lead").match(low, start, end) is not None else end


def _labels_careers(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and pattern("career_label").match(lowered(label)) is not None


_LABEL_END = re.compile(r"\s*:\s*")
