"""Other names of an occupation, where a sheet announces them.

A :class:`~pipeline.reading.Reading` goes in, (name, rule) pairs come out, in the order of the text within each way of
announcing them: a heading or label of their own, words of naming (« aussi appelé », « sous le nom de », « les textes
disent »), or an apposition (« le géomètre (ou topographe) »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.titles.announcements import (
    LONGEST_LABEL,
    Announced,
    Announcement,
    Found,
    announcements,
    block_at,
    labelled,
    listed,
    names_below,
)
from pipeline.extractors.titles.appositions import apposed
from pipeline.extractors.titles.bare import BACK, REACH, is_participle
from pipeline.extractors.titles.elisions import continued
from pipeline.extractors.titles.holder import Holder
from pipeline.extractors.titles.lists import names
from pipeline.extractors.titles.members import Name
from pipeline.extractors.titles.patterns import pattern
from pipeline.french.inflection import singular
from pipeline.french.occupations import is_head
from pipeline.reading import Reading
from pipeline.records import SECTION_KINDS
from pipeline.sections import heading_kind
from pipeline.sheet import Block


def alternates(reading: Reading, holder: Holder, announced: Announced) -> Iterator[Found]:
    """Other names of the occupation."""
    yield from _under_titles_heading(reading, announced)
    text = reading.text
    for rank, start, end, announcing in announced.places("alternate"):
        block = reading.blocks[rank]
        kind = reading.kind(block)
        if kind not in _NAMING and start > _MASTHEAD:
            continue
        ends: dict[int, bool] = {}  # where a name ends → whether « de » leads to it
        describes = kind in _DESCRIBING
        for row, match in announcing:
            if row.takes == "bare" and not describes and start > _MASTHEAD:
                continue
            if not _counts(reading, (start, end), match, row, holder, found_here=bool(ends)):
                continue
            if not text[match.end() : block.end].strip(" :"):
                bare = row.takes == "bare"
                yield from ((name, row.name) for name in names_below(reading, rank, lines=bare, known=bare))
                continue
            quoted = row.takes == "known" and text[match.end()] in _QUOTES
            takes = "any" if quoted and _means_holder(reading, block, (start, match.start()), holder) else row.takes
            found = list(_names_after(reading, match.end(), min(end, match.end() + REACH), takes))
            if found and pattern("not_naming").match(reading.lower, found[-1].end, end) is not None:
                continue  # « le terme de « croque-mort », lui, désigne plutôt le porteur »
            ends |= {name.end: text.endswith(_OF, 0, name.start) for name in found}
            yield from ((name, row.name) for name in found)
        if describes:
            for name in _opening_names(reading, start, end):
                ends[name.end] = False
                yield name, "naming-opening"
        for stop in sorted(ends):
            yield from ((name, "naming-goes-on") for name in continued(text, stop, min(end, stop + REACH), of=ends[stop]))
    yield from apposed(reading, holder)


_OF = (" de ", " d'", " de « ", " d'« ")
#: Sections in which plain words of naming speak of the sheet's own occupation, and those in which marked ones do.
_DESCRIBING = frozenset(("definition", "titles", "tasks", "conditions", "other"))
_NAMING = frozenset(SECTION_KINDS) - {"career"}
_MASTHEAD = 400  # up to here, a heading is the name of the site or of the sheet


def _names_after(reading: Reading, start: int, end: int, takes: str) -> Iterator[Name]:
    """The names after an announcement: « any » words, « known » occupations, or those that stand « bare » of an article."""
    text = reading.text
    lenient = 1 + text.endswith((":", ": "), 0, start) if takes == "any" else 0  # what a colon opens lists nothing else
    for name in names(reading, start, end, lenient=lenient):
        if takes == "bare" and not (
            _BARE.fullmatch(text, start, name.start) and is_mentioned(text[name.start : name.end], quoted=_quoted(text, name))
        ):
            return
        start = name.end
        yield name


#: What may stand before a name that is mentioned, not used: no article but the indefinite one.
_BARE = re.compile(
    r"(?:[^\w]|\bd'|\b(?:de|un|une|ou|et|puis|voire|aussi|encore|parfois|tantôt|celui|celle|plus|rarement|souvent|même)\b|"
    r"\b(?:en|dans|chez|à|au|aux|selon|pour|sur|dès|quand|lorsqu'?|s'ils?|s'elles?)\b(?:(?!\sou\s)[^,;.:()]){0,60}(?:,|(?=\sou\s)))*"
)


_COLON = re.compile(r":\s|,\s(?=(?:(?:les\s+)?deux|autant|voilà|ce\s+sont)\b)")


def _opening_names(reading: Reading, start: int, end: int) -> Iterator[Name]:
    """« Conducteur offset, pressier : les noms varient »: a sentence that opens with names and then says that they are."""
    text = reading.text
    colon = _COLON.search(text, start, end)
    if colon is None or pattern("naming_noun").search(reading.lower, colon.end(), end) is None:
        return
    stop = start + len(text[start : colon.start()].rstrip())
    found = names(reading, start, stop)
    if found and found[0].start == start and not text[found[-1].end : stop].strip():
        yield from found


_POST = re.compile(r"\b(?:postes?|métiers?|professions?|fonctions?|titres?|emplois?)\b")
_SUBJECT = re.compile(r"\b(?:il|elle|ils|elles|on\s+(?:l[ea]s?\b|l'))")


def _counts(
    reading: Reading, sentence: tuple[int, int], match: re.Match[str], row: Announcement, holder: Holder, *, found_here: bool
) -> bool:
    """Whether the words around an announcement speak of the job holder, as its scope demands."""
    low = reading.lower
    start, end = sentence
    if low.startswith("qui dit ", start):
        return False  # « Qui dit four dit cuisson »
    start = max(start, match.start() - BACK)
    before = low[start : match.start()]
    if row.scope == "holder":
        another = _told_of_another(reading.text[start : match.start()], before, holder)
        return not another and _tells_of_holder(before, holder)
    if row.scope == "antecedent" or (row.scope == "anything" and "qu" in before and _RELATIVE.search(before)):
        return not _told_of_another(reading.text[start : match.start()], before, holder)
    if row.scope in {"noun", "sentence"}:
        farthest = min(end, start + 2 * REACH) if row.scope == "sentence" else match.start()
        return pattern("naming_noun").search(low, start, farthest) is not None
    return found_here if row.scope == "called" else row.scope == "anything" or not before.strip(' "«')


def _tells_of_holder(before: str, holder: Holder) -> bool:
    """Whether the words before an announcement name the job holder or the post; in brackets, right before them."""
    bracket = _BRACKET.search(before)
    if bracket:
        mentions = holder.mentions(before, 0, bracket.start())
        return bool(mentions) and bracket.start() - mentions[-1] <= 1
    opening = len(before.strip(" ,")) <= 2  # noqa: PLR2004
    return bool(opening or _POST.search(before) or _SUBJECT.search(before) or holder.mentions(before))


_BRACKET = re.compile(r"\((?:[^()]{0,12})$")

#: What may stand in a sentence before « on le nomme », where « le » is nobody of the sentence itself.
_ONE_SAYS = re.compile(
    r"(?:(?:dans|en|au|aux|à|chez|sur|selon|ici|là|autrefois|jadis|naguère|longtemps|parfois|souvent|ailleurs|depuis|sous|côté)\b"
    r"[^.;:]*|les\s[\w' -]+|)"
)
_QUOTES = frozenset('"«')


def _means_holder(reading: Reading, block: Block, before: tuple[int, int], holder: Holder) -> bool:
    """Whether « on le nomme » means the job holder: the block has named them, and the sentence no other thing."""
    start, end = before
    if _ONE_SAYS.fullmatch(reading.lower[start:end].removesuffix("on ").rstrip(" ,")) is None:
        return False
    return bool(holder.mentions(reading.lower, block.start, start))


def _quoted(text: str, name: Name) -> bool:
    """Whether a name in quotes stands after an article in the plural: « ce sont des « doreurs-relieurs » »."""
    return text.endswith(("des « ", "des «", "les « ", "les «", 'des "', 'les "'), 0, name.start)


def is_mentioned(name: str, *, quoted: bool = False) -> bool:
    """Whether words may be a name that is mentioned: ``quoted`` or singular, and no participle (« les termes employés »)."""
    first = name.split(" ", maxsplit=1)[0]
    return (quoted or singular(first) == first) and not is_participle(name)


_RELATIVE = re.compile(r"\bqu(?:e\s|')[^,.;]{0,25}$")
_NOUN = re.compile(r"(?<![\w'-])(?:(?:un|une|le|la|les|des|du|au|aux)\s+|[ld]')([^\W\d_]+(?:-[^\W\d_]+)*)")


def _told_of_another(before: str, low: str, holder: Holder) -> bool:
    """« … travaille avec un journaliste, appelé … »: whether the last person named is another than the job holder."""

    def others(start: int) -> bool:
        return any(
            noun[1] not in holder.nouns and is_head(before[noun.start(1) : noun.end(1)]) for noun in _NOUN.finditer(low, start)
        )

    if not others(0):  # mostly
        return False
    mentions = holder.mentions(low)
    return not mentions or others(mentions[-1])


def _under_titles_heading(reading: Reading, announced: Announced) -> Iterator[Found]:
    """Names listed under « Autres appellations », in a row or term so labelled, or on the lines below such a line."""
    if not any(f.name == "synonym" for f in reading.fields):
        for section in reading.sections:
            if section.kind == "titles" and section.heading is not None:
                rank = block_at(reading, section.start)
                beside = list(_beside_label(reading, reading.blocks[rank]))
                below = beside or list(names_below(reading, rank, lines=True))
                yield from ((name, "titles-section") for name in below or _opening_list(reading, rank + 1))
    for rank, start, _, _ in announced.places("titles label"):
        block = reading.blocks[rank]
        if block.cells:
            for cell in labelled(reading, block, _names_titles):
                yield from ((name, "titles-label") for name in listed(reading, cell))
        elif start == block.start and _names_titles(label := reading.words(block)) and ":" not in label[:-1]:
            run_in = _RUN_IN.match(reading.lower, block.start, block.end)
            found = names(reading, run_in.end(), block.end) if run_in is not None else names_below(reading, rank)
            yield from ((name, "titles-label") for name in found)


def _beside_label(reading: Reading, heading: Block) -> Iterator[Name]:
    """The names in a heading that goes on after its label: « Également appelé agent de voyages »."""
    start = reading.text.find(" ", heading.start, heading.end)
    for row in announcements("alternate") if start >= 0 else ():
        if row.takes == "any":
            match = row.pattern.match(reading.text if row.cased else reading.lower, heading.start, heading.end)
            if match is not None:
                yield from _names_after(reading, match.end(), heading.end, row.takes)
                return


def _opening_list(reading: Reading, rank: int) -> list[Name]:
    """The names with which the members of the block at ``rank`` open: « Caviste ; chef de cave, quand il élève le vin. »."""
    found: list[Name] = []
    if rank < len(reading.blocks) and reading.blocks[rank].kind != "heading":
        start = reading.blocks[rank].start
        for member in reading.words(reading.blocks[rank]).split("; "):
            opening = names(reading, start, start + len(member))
            if not opening or opening[0].start != start:
                break
            found += opening
            start += len(member) + len("; ")
    return found if len(found) > 1 else []


def _names_titles(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and heading_kind(label) == "titles"


#: A label that runs on into its names, as a page prints them side by side: « Autres noms du métier conducteur routier ».
_RUN_IN = re.compile(
    r"(?:synonymes?|(?:autres )?(?:appellations|dénominations|intitulés|noms|titres)) "
    r"(?:(?:du|de ce) (?:métier|poste)|de la (?:profession|fonction)) (?=\w)"
)
