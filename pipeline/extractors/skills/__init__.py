"""Reads the skills of a sheet: what the job holder must know, be able to do, or be.

In: a :class:`~pipeline.reading.Reading`. Out: :class:`~pipeline.records.Skill` records, one a label. Skills
stand in the skills sections (lists, prose, sub-headings) and in clauses elsewhere that ask for something. This module
walks the blocks; the others of the package read a sentence:

==============  ==================================================================
``vocabulary``  the words and patterns, from the lexicons
``text``        a sentence with its words, known terms, verbs; where it stands
``phrases``     an enumeration cut into its parts
``names``       a part → label, category, level
``zones``       stretches after or before a cue that name skills
``objects``     what a zone names after « il faut », « la connaissance de »
``subjects``    what a zone names before « est indispensable »
``doings``      what a zone names after « savoir », « capable de »
``statements``  qualities said of the job holder in running words
``demands``     required or appreciated
``headings``    which skills a heading names
``kinds``       kinds of knowledge in brackets
``elsewhere``   sentences outside the skills sections that may name one at all
``clauses``     all of it together: a sentence → its skills
==============  ==================================================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache

from pipeline.extractors import Earlier
from pipeline.extractors.skills.clauses import Skillful, announces_studies, names_studies, read
from pipeline.extractors.skills.elsewhere import may_name
from pipeline.extractors.skills.headings import announces
from pipeline.extractors.skills.statements import describes_person, enumerates_qualities, opens_with_trait
from pipeline.extractors.skills.text import ELSEWHERE, INSIDE, Place, Text
from pipeline.extractors.skills.vocabulary import PATTERNS, asking_places, lead_category, strengths
from pipeline.french.sentences import sentences
from pipeline.normal import fold
from pipeline.reading import Reading
from pipeline.records import Section, Skill
from pipeline.sections import heading_kind
from pipeline.sheet import Block

#: Characters of a sentence that are read: beyond, a text has no full stops and its words would be compared too often.
_LONGEST = 2500
_ASKED, _FEWEST = (
    0.5,
    3,
)  # share of the sentences that ask for skills, of a paragraph about skills; sentences that it has at least
_FOUND = 3  # skills that it asks for
_LONGEST_LEAD = 5  # words of a line that only announces
_INSIDE = frozenset({"skills", "other", "definition", "tasks"})
_ELSEWHERE = frozenset({"definition", "tasks", "conditions", "other", "education", "career", "salary"})
_DESCRIBING = frozenset({"definition", "other", "conditions"})
#: What an adjective that opens a sentence may say of others, of a place: « Concentrés en Alsace, … », « Exigeante, la mode … ».
_OTHERWISE = frozenset({"concentration", "exigence", "professionnalisme"})
_REQUIRED_TERM = re.compile(r"il faut|exig|requis|indispensable|nécessaire")
_STRENGTHS = re.compile(
    r"(?:l'|les? |nos |vos |ce qui est )?(?:(?P<required>(?:strictement |vraiment )?"
    r"(?:exigée?s?|impérati\w+|incontournables?|indispensables?|minimum requis|obligatoires?|requis(?:es?)?))|"
    r"(?P<appreciated>(?:(?:petits|vrais) )?plus(?: appréciés)?|appréciée?s?|bienvenue?s?|bonus|souhaitables?|souhaitée?s?))$"
)
_WORD = re.compile(r"\w+[+#]*")
#: How « a language » begins that the text does not name.
_SOME_LANGUAGE = ("autre", "deuxième", "langue ét", "langue v", "langues v", "seconde", "troisième")

#: A skill, and whether a heading alone names it.
_Found = tuple[Skill, bool]


def extract(reading: Reading, earlier: Earlier) -> Iterator[Skill]:  # noqa: ARG001 - every extractor may see earlier records
    """Yield the skills of a sheet in reading order, each label once."""
    kept: dict[str, _Found] = {}
    for skill, from_heading in _Walk(reading).skills():
        key = _key(skill.label)
        known = kept.get(key)
        if known is None or (known[1] and not from_heading):
            kept[key] = (skill, from_heading)
        elif known[0].requirement is None and skill.requirement is not None:
            kept[key] = (replace(known[0], requirement=skill.requirement), known[1])
    yield from sorted(_sifted(kept), key=lambda s: (s.start, s.end))


@lru_cache(maxsize=4096)
def _key(label: str) -> str:
    """What two mentions of a skill share: its words without accents and plural endings."""
    return " ".join(word.rstrip("sx") for word in _WORD.findall(fold(label)))


def _sifted(kept: dict[str, _Found]) -> Iterator[Skill]:
    """Without « langue étrangère » beside a named language, without a heading's word for what the text names in full."""
    spoken = {skill.label for skill, _ in kept.values() if skill.category == "language"}
    for key, (skill, from_heading) in kept.items():
        if skill.label == "LSF" and any(label.startswith("langue des signes") for label in spoken):
            continue
        if (
            skill.category == "language"
            and len(spoken) > 1
            and (skill.label == "langues" or skill.label.startswith(_SOME_LANGUAGE))
        ):
            continue
        if from_heading and _said_below(key, kept):
            continue
        yield skill


def _said_below(key: str, kept: dict[str, _Found]) -> bool:
    """Whether the text names in full what a heading does in a word, or in a word the quality that the heading does in full."""
    for other, (skill, from_heading) in kept.items():
        in_a_word = not from_heading and skill.category == "soft" and f" {other} " in f" {key} "
        if other != key and (in_a_word or f" {key} " in f" {other} "):
            return True
    return False


class _Walk:
    """Walks over the blocks of a sheet and remembers what the last heading, term or lead announced."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.low = reading.lower
        self.place = ELSEWHERE
        self.told = any(section.kind == "skills" for section in reading.sections)  # whether a section is about skills
        self.columns: dict[tuple[int, int], str | None] = {}  # table and column → how strongly its first row asks
        self.duties = False  # whether the last paragraph announces activities: « il s'agit de : »
        self.asked: str | None = None  # how strongly the last paragraph, which ends with a colon, asks for the items below it

    def skills(self) -> list[_Found]:
        """The skills of every block."""
        found: list[_Found] = []
        paths, text = self.reading.path, self.reading.text
        path: tuple[Section, ...] = ()
        kind, inside = "", False
        blocks = self.reading.blocks
        for number, block in enumerate(blocks, 1):
            if paths[block.start] is not path:  # one for all blocks of a section
                path = paths[block.start]
                kind = path[-1].kind
                inside = kind in _INSIDE and any(s.kind == "skills" for s in path)
            if block.kind == "heading":
                if inside:
                    listed = number == len(blocks) or blocks[number].kind != "paragraph"
                    found += self._heading(block, path, listed=listed)
                else:
                    self.asked, self.place = None, ELSEWHERE
            elif block.kind == "term":
                self.place = _term(self.low[block.start : block.end], self.place)
            elif block.kind == "paragraph" and text[block.start] in '«"':
                continue  # somebody's own words
            elif block.kind == "row":
                found += self._row(block, replace(self.place, skills=inside))
            elif inside or (self.place.skills and block.kind == "definition"):
                found += self._inside(block)
            else:
                if block.kind != "definition":
                    self.place = ELSEWHERE
                if kind in _ELSEWHERE:
                    found += self._elsewhere(block, kind)
        return found

    def _heading(self, block: Block, path: tuple[Section, ...], *, listed: bool) -> list[_Found]:
        """A heading of a skills section, which may name a skill itself; ``listed``: a list follows it, no paragraph."""
        words = self.low[block.start : block.end]
        opens = _opens(path, block) and heading_kind(words) is not None
        closed = names_studies(self.low, block.start, block.end) or (self.place.closed and not opens)
        asked = "required" if words.startswith("il faut ") else _strength_headed(words)
        self.asked, self.duties = None, False
        self.place = Place(skills=True, category=lead_category(words), closed=closed, requirement=asked)
        if not closed and path[-1].depth > 1 and not opens and not announces(words, listed=listed):
            return self._sentence(block.start, block.end, replace(self.place, heading=True))
        return []

    def _inside(self, block: Block) -> list[_Found]:
        """A block of a skills section."""
        lead = _lead(self.low[block.start : block.end].strip(), block)
        if lead is not None:
            self.place = lead
            return []
        if announces_studies(self.low, block.start, block.end):
            self.place = replace(self.place, closed=True)
        if self.place.closed:
            return []
        if block.kind == "paragraph" and self.place.item:  # the definition list before it is over
            self.place = INSIDE
        if block.kind == "paragraph":
            words = self.low[block.start : block.end].rstrip()
            self.asked = _strength(words)
            self.duties = words.endswith(":") and PATTERNS["duties"].search(words) is not None
        elif self.duties:
            return []
        item, asked = block.kind != "paragraph", self.place.requirement or self.asked
        place = Place(skills=True, heading=self.place.heading, item=item, category=self.place.category, requirement=asked)
        return self._sentences(block, place)

    def _elsewhere(self, block: Block, kind: str) -> list[_Found]:
        """Outside the skills sections a clause must ask; a paragraph that describes the person is read as if inside."""
        if block.kind == "paragraph" and PATTERNS["asks-what"].match(self.low, block.start, block.end):
            return self._sentences(block, INSIDE)
        described = block.kind == "paragraph" and kind in _DESCRIBING
        asks = self._asks(block.start, block.end)
        if not (asks or described):  # as most blocks
            return []
        if described and describes_person(self.reading.text, self.low, block.start, block.end):
            return self._sentences(block, INSIDE)
        found, share = self._asked(block, asks=asks, described=described)
        # A paragraph about skills, in a sheet without headings.
        if described and not self.told and share >= _ASKED and len(found) >= _FOUND:
            return self._sentences(block, INSIDE)
        return found

    def _asked(self, block: Block, *, asks: bool, described: bool) -> tuple[list[_Found], float]:
        """The skills that the sentences of a block outside the skills sections ask for, and the share of those that do."""
        found: list[_Found] = []
        those_that_ask = 0
        read_ones = self.reading.sentences(block)
        for first, last in read_ones:
            before, asked = len(found), False
            if described and opens_with_trait(self.low, first, last):
                qualities = (one for one in self._sentence(first, last, INSIDE) if one[0].rule == "apposed")
                found += [one for one in qualities if one[0].label not in _OTHERWISE]
            if described and enumerates_qualities(self.reading.text, self.low, first, last):
                found += self._sentence(first, last, INSIDE)
            elif asks and self._asks(first, last):
                if may_name(self.low, first, last):
                    found += self._sentence(first, last, ELSEWHERE)
                asked = described and not self.told and _asks(self.low, first, last)
            those_that_ask += asked or len(found) > before
        return found, those_that_ask / max(len(read_ones), _FEWEST)

    @cached_property
    def _asking(self) -> list[int]:
        """Where a word asks for something, anywhere in the sheet."""
        return asking_places(self.low)

    def _asks(self, start: int, end: int) -> bool:
        """Whether a word between ``start`` and ``end`` asks for something."""
        following = bisect_left(self._asking, start)
        return following < len(self._asking) and self._asking[following] < end

    def _row(self, block: Block, place: Place) -> Iterator[_Found]:
        """A table row: its first cell or header says what kind of skill the others list."""
        if not block.cells or "€" in self.low[block.start : block.end]:
            return
        columns = {(block.group, number): _strength_named(self.low[c.start : c.end]) for number, c in enumerate(block.cells)}
        if all(columns.values()):
            self.columns |= columns
            return
        first, *others = block.cells
        head = self.low[first.start : first.end] if others else (first.row or first.column).lower()
        category = lead_category(head)
        if not place.skills and (category is None or not PATTERNS["opener"].match(head)):
            return
        told = next((strength for strength, asking in strengths("predicate") if asking.pattern.search(head)), None)
        for number, cell in enumerate(block.cells):
            if category and others and not number:
                continue
            asked = _strength_named(cell.column.lower()) or self.columns.get((block.group, number)) or told
            here = Place(skills=True, item=True, category=category or lead_category(cell.column.lower()), requirement=asked)
            for start, end in sentences(self.reading.text, cell.start, cell.end):
                yield from self._sentence(start, end, here)

    def _sentences(self, block: Block, place: Place) -> list[_Found]:
        found: list[_Found] = []
        for start, end in self.reading.sentences(block):
            found += self._sentence(start, end, place)
        return found

    def _sentence(self, start: int, end: int, place: Place) -> list[_Found]:
        text = Text(self.reading.text, self.low, start, min(end, start + _LONGEST))
        return [(_record(found), place.heading) for found in read(text, place)]


def _asks(low: str, start: int, end: int) -> bool:
    """Whether a sentence that names no skill it is known by asks for something, but no diploma: « Le chant est un atout »."""
    asked = any(asking.pattern.search(low, start, end) for _, asking in strengths("scope"))
    return asked and not names_studies(low, start, end)


def _strength_named(words: str) -> str | None:
    """How strongly the header of a column asks, which says nothing else: « Indispensable », « Appréciés »."""
    for strength, asking in strengths("predicate"):
        if asking.pattern.fullmatch(words.strip()):
            return strength
    return None


def _strength_headed(words: str) -> str | None:
    """How strongly a heading that says nothing else asks for what stands below: « L'indispensable », « Les petits plus »."""
    match = _STRENGTHS.match(words.strip(" :.!"))
    return match and match.lastgroup


def _strength(words: str) -> str | None:
    """How strongly a line that ends with a colon asks for what stands below: « Il faut aussi : »."""
    if not words.endswith(":"):
        return None
    last = words.rpartition(". ")[2]
    return next((r for r, asking in strengths("scope") if asking.pattern.search(last)), None)


def _term(words: str, place: Place) -> Place:
    """What a term of a definition list announces."""
    kind = heading_kind(words)
    if kind == "skills" or (kind is None and place.skills):
        required = "required" if _REQUIRED_TERM.search(words) else None
        return Place(skills=True, category=lead_category(words), item=True, requirement=required)
    return Place(skills=False)


def _opens(path: tuple[Section, ...], block: Block) -> bool:
    """Whether a heading is the one that opens the skills section."""
    return next(s for s in path if s.kind == "skills").start == block.start


def _lead(words: str, block: Block) -> Place | None:
    """What a line announces that only announces the list below it: « Savoir-être », « Connaissances indispensables : »."""
    listed = "," in words or ": " in words or (block.kind == "item" and not words.endswith(":"))
    if listed or len(words.split()) > _LONGEST_LEAD:
        return None
    category = lead_category(words) if PATTERNS["opener"].match(words) else None
    if category is None:
        return None
    required = (r for r, asking in strengths("predicate") if asking.pattern.search(words))
    return Place(skills=True, category=category, requirement=next(required, None))


def _record(found: Skillful) -> Skill:
    named, requirement, rule = found
    return Skill(
        label=named.label,
        category=named.category,
        level=named.level,
        requirement=requirement,
        start=named.start,
        end=named.end,
        rule=rule,
    )
