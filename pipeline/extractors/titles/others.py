"""Other names of an occupation, and occupations that it leads to, where a sheet announces them.

A :class:`~pipeline.reading.Reading` goes in, (name, rule) pairs come out, in the order of the text
within each way of announcing them. The announcing words are patterns in ``lexicons/titles.toml``;
each names literal ``hints`` without which it cannot match, so that a sheet is searched for a few
literals and only the sentences around them are read closely.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.extractors.holder import Holder
from pipeline.extractors.titles.lists import Name, names
from pipeline.french.occupations import abbreviates
from pipeline.french.openings import Openings
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.records import Section
from pipeline.sections import heading_kind
from pipeline.sheet import Block

Found = tuple[Name, str]


class _Announcement(NamedTuple):
    """Words that announce names: when they count (``scope``) and what they look like."""

    name: str
    scope: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _announcements(table: str) -> tuple[_Announcement, ...]:
    return tuple(
        _Announcement(row["name"], row["scope"], tuple(row["hints"]), re.compile(row["pattern"], re.IGNORECASE))
        for row in load("titles")[table]
    )


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """All patterns of a table as one."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("titles")[table]), re.IGNORECASE)


class _Place(NamedTuple):
    """A sentence to read closely: the rank of its block, its offsets, and the announcements that may stand in it."""

    rank: int
    start: int
    end: int
    numbers: tuple[int, ...]


@cache
def _uses() -> dict[str, dict[str, tuple[int, ...]]]:
    """What is looked for, by use: each literal → the numbers of the announcements in the lexicon that it hints at."""
    uses: dict[str, dict[str, tuple[int, ...]]] = {
        "titles label": dict.fromkeys(_LABELS, ()),
        "career label": dict.fromkeys(_CAREER_LABELS, ()),
    }
    tables = (("alternate", "alternate", ""), ("career", "career", "anywhere"), ("in a career", "career", "career"))
    for use, table, scope in tables:
        found: dict[str, list[int]] = {}
        for number, row in enumerate(_announcements(table)):
            if not scope or row.scope == scope:
                for hint in row.hints:
                    found.setdefault(hint, []).append(number)
        uses[use] = {hint: tuple(numbers) for hint, numbers in found.items()}
    return uses


@cache
def _openings() -> Openings:
    return Openings(sorted({literal for literals in _uses().values() for literal in literals}))


def _sentence(reading: Reading, starts: list[int], at: int) -> tuple[int, int, int] | None:
    """The sentence around an offset, with the rank of its block; None in a heading and between sentences."""
    rank = max(bisect_right(starts, at) - 1, 0)
    block = reading.blocks[rank]
    if block.kind != "heading":
        for start, end in reading.sentences(block):
            if start <= at < end:
                return rank, start, end
    return None


@cache
def _uses_of(literals: tuple[str, ...]) -> tuple[tuple[str, frozenset[int]], ...]:
    """The uses of some literal of ``literals``, each with the numbers of all announcements hinted at."""
    found = []
    for use, hints in _uses().items():
        if any(literal in hints for literal in literals):
            found.append((use, frozenset(number for literal in literals for number in hints.get(literal, ()))))
    return tuple(found)


class Announced:
    """The sentences of a sheet in which some literal of the lexicon opens a word, by what they are looked at for."""

    def __init__(self, reading: Reading) -> None:
        careers = [(section.start, section.end) for section in reading.sections if section.kind == "career"]
        self._found: dict[str, dict[tuple[int, int, int], set[int]]] = {use: {} for use in _uses()}
        found, starts = self._found, [block.start for block in reading.blocks]
        place, end = None, 0
        for at, literals in _openings().find(reading.lower):
            if not (place and place[1] <= at < end):  # literals come in reading order: most share a sentence with the last
                place, end = _sentence(reading, starts, at), 0
                if place is None:
                    continue
                end = place[2]
            for use, numbers in _uses_of(literals):
                if use != "in a career" or any(first <= at < last for first, last in careers):
                    found[use].setdefault(place, set()).update(numbers)

    def places(self, use: str) -> list[_Place]:
        """The sentences to read closely for ``use``, in reading order."""
        return [_Place(*place, tuple(sorted(numbers))) for place, numbers in sorted(self._found[use].items())]


# ------------------------------------------------------------------------------------------ alternates


def alternates(reading: Reading, holder: Holder, announced: Announced) -> Iterator[Found]:
    """Other names of the occupation."""
    yield from _under_titles_heading(reading, announced)
    rows = _announcements("alternate")
    text = reading.text
    for rank, start, end, numbers in announced.places("alternate"):
        found_here = False
        for row in (rows[number] for number in numbers):
            for match in row.pattern.finditer(text, start, end):
                if not _speaks_of_holder(text, start, match, row.scope, holder, found_here=found_here):
                    continue
                if match.end() >= reading.blocks[rank].end:
                    yield from ((name, row.name) for name in _names_below(reading, rank))
                    continue
                for name in names(text, match.end(), end, lenient=int(row.scope not in _STRICT)):
                    found_here = True
                    yield name, row.name
    yield from _apposed(reading, holder)


_STRICT = frozenset(("called", "strict"))
_ALL = 2


_POST = re.compile(r"\b(?:postes?|métiers?|professions?|fonctions?|titres?|emplois?)\b", re.IGNORECASE)


def _speaks_of_holder(text: str, start: int, match: re.Match[str], scope: str, holder: Holder, *, found_here: bool) -> bool:
    """Whether the words before an announcement speak of the job holder, as its scope demands."""
    before = text[start : match.start()]
    if scope in {"anything", "strict"}:
        return True
    if scope == "called":
        return found_here
    bracket = re.search(r"\((?:[^()]{0,12})$", before)
    if bracket:
        mentions = [m.end() for m in holder.mention.finditer(text, start, start + bracket.start())]
        return bool(mentions) and start + bracket.start() - mentions[-1] <= 1
    opening = len(before.strip(" ,")) <= 2  # noqa: PLR2004
    return opening or any(p.search(before) for p in (holder.mention, _POST)) or _SUBJECT.search(before) is not None


_SUBJECT = re.compile(r"\b(?:il|elle|ils|elles|on\s+(?:l[ea]s?\b|l'))", re.IGNORECASE)


def _under_titles_heading(reading: Reading, announced: Announced) -> Iterator[Found]:
    """Names listed under « Autres appellations », in a row or term so labelled, or on the lines below such a line."""
    if not any(f.name == "synonym" for f in reading.fields):
        for section in reading.sections:
            if section.kind == "titles" and section.heading is not None:
                rank = bisect_left(reading.blocks, section.start, key=lambda b: b.start)
                yield from ((name, "titles-section") for name in _names_below(reading, rank, lines=True))
    for rank, start, _, _ in announced.places("titles label"):
        block = reading.blocks[rank]
        label_end = reading.text.find("\t", block.start, block.end)
        label = reading.text[block.start : label_end if label_end >= 0 else block.end]
        if start != block.start or len(label) > _LONGEST_LABEL or heading_kind(label) != "titles":
            continue
        if label_end >= 0:
            yield from _listed(reading, block, label_end, "titles-label")
        elif ":" not in label[:-1]:
            yield from ((name, "titles-label") for name in _names_below(reading, rank))


_LABELS = ("appellation", "intitulé", "synonyme", "dénomination", "noms d", "autres titres", "appelé", "connu")
_LONGEST_LABEL = 80
_LONGEST_ENTRY = 160


def _listed(reading: Reading, block: Block, start: int, rule: str) -> Iterator[Found]:
    """The names in a block that holds nothing else; a credit or a sentence holds none."""
    words = reading.text[start : block.end].strip()
    if _pattern("noise").search(words) or len(words) > _LONGEST_ENTRY or _SENTENCE.search(words):
        return
    for name in names(reading.text, start, block.end, lenient=_ALL):
        yield name, rule


_SENTENCE = re.compile(r"\b(?:est|sont|peut|peuvent|a|ont|s'agit|on)\b[^,;]*\.$")


def _names_below(reading: Reading, rank: int, *, lines: bool = False) -> Iterator[Name]:
    """The names in the blocks after a lead-in, up to the first that lists none: a list, a definition, or one line.

    With ``lines`` any number of lines that are no items: what stands below a heading of its own.
    """
    first = True
    for block in reading.blocks[rank + 1 :]:
        if block.kind == "heading" or not (first or lines or block.kind in {"item", "definition"}):
            return
        found = [name for name, _ in _listed(reading, block, block.start, "")]
        if not found and any(c.isalnum() for c in reading.words(block)):
            return
        yield from found
        first = False


_APPOSITION = re.compile(r"\((?:ou (?:encore )?)?|, ou (?:encore |bien |plutôt )?")
_OPENING = 3000


def _apposed(reading: Reading, holder: Holder) -> Iterator[Found]:
    """« le géomètre (ou topographe) », « l'imprimeur, ou conducteur offset, »: early in the sheet, and closed again."""
    text = reading.text
    low = reading.lower[:_OPENING]
    nouns = tuple(ending for noun in holder.nouns for ending in (noun, f"{noun}s"))
    for match in _APPOSITION.finditer(low):
        noun_end = match.start() - (low[max(0, match.start() - 1) : match.start()] == " ")
        if not low.endswith(nouns, max(0, noun_end - _LONGEST_LABEL), noun_end):
            continue
        stop = text.find(")" if "(" in match.group() else ",", match.end(), match.end() + _LONGEST_LABEL)
        if stop < 0 or "\n" in text[match.end() : stop]:
            continue
        acronym = text[match.end() : stop]
        if "(" in match.group() and any(abbreviates(acronym, noun) for noun in holder.nouns):
            yield Name(match.end(), stop, acronym), "acronym"
            continue
        found = [n for n in names(text, match.end(), stop) if "ou" in match.group() or not n.label.isupper()]
        if found and found[-1].end >= stop - 1 and found[0].start <= match.end() + 4:
            yield from ((name, "apposition") for name in found)


# --------------------------------------------------------------------------------------------- careers


def careers(reading: Reading, announced: Announced) -> Iterator[Found]:
    """Occupations that one can move to."""
    text = reading.text
    for section in reading.sections:
        if section.kind == "career":
            yield from _career_entries(reading, section)
    rows = _announcements("career")
    for rank, start, end, numbers in sorted([*announced.places("career"), *announced.places("in a career")]):
        kind, low = _career_kind(reading, reading.blocks[rank]), reading.lower[start:end]
        if kind == "related" or (kind != "career" and not _possible(low, kind)):
            continue
        for row in (rows[number] for number in numbers):
            for match in row.pattern.finditer(text, start, end):
                before = text[start : match.start()]
                if "d'abord" in low[: match.end() - start] or _pattern("not_career").search(before):
                    continue
                if kind != "career" and _pattern("not_career_elsewhere").search(before):
                    continue
                for name in names(text, match.end(), end, skipping=kind == "career" and row.scope == "anywhere"):
                    yield name, row.name
        if kind == "career":
            yield from ((name, "career-opening") for name in _opening_names(text, start, end))
    yield from _career_labels(reading, announced)


_OUTLOOK_WORD = re.compile(
    r"\b(?:évolutions?|perspectives?|possib\w+|accessibles?|ouverte?s?|envisageables?|passerelles?|débouchés|suite|horizon|"
    r"promotions?|à (?:sa|leur|votre) portée)\b",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(rf"[^.;]{{0,60}}{_OUTLOOK_WORD.pattern}", re.IGNORECASE)


def _opening_names(text: str, start: int, end: int) -> Iterator[Name]:
    """« Chef d'atelier, formateur : les évolutions sont nombreuses »: a sentence that opens with occupations."""
    if _OUTLOOK_WORD.search(text, start, end) is None:
        return
    found = list(names(text, start, end))
    if found and found[0].start == start and _OUTLOOK.match(text, found[-1].end, end):
        yield from found


_POSSIBLE = re.compile(
    r"\b(?:peu(?:t|vent|x)|pou(?:rr|v)\w+|possib\w+|certaine?s|beaucoup|d'autres|années|expérience|ancienneté|"
    r"évolu\w+|avec le temps|à terme|ensuite|carrière|promotion|par la suite|plus tard|choisi\w*)\b"
)
_LATER = re.compile(
    r"\b(?:titulaires? d[eu]|une fois|années|expérience|ancienneté|évolu\w+|avec le temps|à terme|carrière|"
    r"promotion|par la suite|plus tard)\b"
)


def _possible(sentence: str, kind: str) -> bool:
    """Whether a sentence (in lower case) outside a career section speaks of what may come later in a career."""
    return (_LATER if kind in {"education", "titles"} else _POSSIBLE).search(sentence) is not None


def _career_kind(reading: Reading, block: Block) -> str:
    """The kind of the block's section; « related » where a heading around it announces neighbouring trades or employers."""
    section = reading.section(block)
    if section.kind == "career" and section.heading and _pattern("not_heading").search(section.heading):
        return "related"
    return section.kind


def _career_entries(reading: Reading, section: Section) -> Iterator[Found]:
    """The short blocks of a career section that list occupations; blocks of its sub-sections come with these."""
    first = bisect_left(reading.blocks, section.start, key=lambda b: b.start)
    for block in reading.blocks[first:]:
        if block.start >= section.end:
            return
        if block.kind != "heading" and block.end - block.start <= _LONGEST_ENTRY and reading.section(block) is section:
            yield from _career_entry(reading, block)


def _career_entry(reading: Reading, block: Block) -> Iterator[Found]:
    """A list item that opens with an occupation, or a line that lists nothing else."""
    text = reading.text
    if _career_kind(reading, block) != "career" or _pattern("noise").match(text, block.start, block.end):
        return
    found = list(names(text, block.start, block.end))
    if not found or found[0].start - block.start > _LONGEST_LEAD or _PREDICATE.match(text, found[0].end, block.end):
        return
    if block.kind in {"item", "definition", "row", "term"} or not text[found[-1].end : block.end].strip(" .;"):
        yield from ((name, "career-list") for name in found)


_LONGEST_LEAD = 30
#: « L'opticien peut devenir … »: the sentence opens with its subject, and lists nothing.
_PREDICATE = re.compile(
    r"[^.;:,]{0,30}?\s(?:peu(?:t|vent)|pourr\w+|doi(?:t|vent)|devien\w+|évolue\w*|accède\w*|"
    r"est|sont|a|ont|passe\w*|gravi\w*|n'|se)\s",
    re.IGNORECASE,
)


def _career_labels(reading: Reading, announced: Announced) -> Iterator[Found]:
    """« Évolution : chef d'atelier, formateur », as a line or a row, outside a career section."""
    text = reading.text
    for rank, start, end, _ in announced.places("career label"):
        block = reading.blocks[rank]
        if start != block.start or reading.kind(block) == "career":
            continue
        mark = _LABEL_END.search(text, start, min(block.end, start + _LONGEST_LABEL))
        label_end = mark.start() if mark else end
        if label_end - start > _LONGEST_LABEL or not _pattern("career_label").match(text, start, label_end):
            continue
        if mark and mark.end() < block.end:
            yield from ((name, "career-label") for name in names(text, mark.end(), block.end))
        else:
            yield from ((name, "career-label") for name in _names_below(reading, rank))


_CAREER_LABELS = (
    "évolution", "evolution", "passerelle", "perspective", "promotion", "débouché", "métiers accessibles", "p+1", "p + 1"
)  # fmt: skip
_LABEL_END = re.compile(r"\s*[:\t]\s*")
