"""Walks over the blocks of a sheet: every sentence that may name skills, with what its place says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from pipeline.extractors.skills.clauses import Skillful, announces_studies, names_studies, read
from pipeline.extractors.skills.cues import PATTERNS, asking_places, lead_category, strengths
from pipeline.extractors.skills.elsewhere import may_name
from pipeline.extractors.skills.headings import announces
from pipeline.extractors.skills.leads import announced, lead_in, strength_asked, strength_headed, strength_named
from pipeline.extractors.skills.named import ELSEWHERE, INSIDE, Place
from pipeline.extractors.skills.persons import describes_person, enumerates_qualities, opens_with_trait
from pipeline.extractors.skills.text import Text
from pipeline.french.sentences import sentences
from pipeline.reading import Reading
from pipeline.records import Section, Skill
from pipeline.sections import heading_kind
from pipeline.sheet import Block

#: Characters of a sentence that are read: beyond, a text has no full stops and its words would be compared too often.
_LONGEST = 2500
#: Share of the sentences that ask for skills, of a paragraph about skills; sentences that it has at least.
_ASKED, _FEWEST = 0.5, 3
_FOUND = 3  # skills that it asks for
_INSIDE = frozenset({"skills", "other", "definition", "tasks"})
_ELSEWHERE = frozenset({"definition", "tasks", "conditions", "other", "education", "career", "salary"})
_DESCRIBING = frozenset({"definition", "tasks", "other", "conditions"})
#: What an adjective that opens a sentence may say of others, of a place: « Concentrés en Alsace, … », « Exigeante, la mode … »,
#: of a contract: « Engagé au mois, il … ».
_OTHERWISE = frozenset({"concentration", "engagement", "exigence", "professionnalisme"})
_WHERE = (" contre ", " sous ", " sur ")
#: What opens somebody's own words → what closes them; what may follow them.
_QUOTES = {"«": "»", '"': '"'}
_SAYS = (",", " ,")
_LONGEST_QUESTION = 90  # characters of a question that opens a paragraph about skills
_LONGEST_NAME = 100  # characters in which the one who says it is named

#: A skill, and whether a heading alone names it.
Found: TypeAlias = tuple[Skill, bool]


class Walk:
    """Walks over the blocks of a sheet and remembers what the last heading, term or lead announced."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.low = reading.lower
        self.place = ELSEWHERE
        self.told = any(section.kind == "skills" for section in reading.sections)  # whether a section is about skills
        self.columns: dict[tuple[int, int], str | None] = {}  # table and column → how strongly its first row asks
        self.duties = False  # whether the last paragraph announces activities: « il s'agit de : »
        self.asked: str | None = None  # how strongly the last paragraph, which ends with a colon, asks for the items below it

    def skills(self) -> list[Found]:
        """The skills of every block."""
        found: list[Found] = []
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
                self.place = announced(self.low[block.start : block.end], self.place)
            elif block.kind == "row":
                found += self._row(block, replace(self.place, skills=inside))
            else:
                found += self._prose(_after_own_words(text, block), kind, inside=inside)
        return found

    def _prose(self, block: Block, kind: str, *, inside: bool) -> list[Found]:
        """A paragraph, item or definition, in a skills section or elsewhere."""
        if block.start == block.end:
            return []
        if inside or (self.place.skills and block.kind == "definition"):
            return self._inside(block)
        if block.kind != "definition":
            self.place = ELSEWHERE
        return self._elsewhere(block, kind) if kind in _ELSEWHERE else []

    def _heading(self, block: Block, path: tuple[Section, ...], *, listed: bool) -> list[Found]:
        """A heading of a skills section, which may name a skill itself; ``listed``: a list follows it, no paragraph."""
        words = self.low[block.start : block.end]
        opens = _opens(path, block) and heading_kind(words) is not None
        closed = names_studies(self.low, block.start, block.end) or (self.place.closed and not opens)
        asked = "required" if words.startswith("il faut ") else strength_headed(words)
        self.asked, self.duties = None, False
        self.place = Place(skills=True, category=lead_category(words), closed=closed, requirement=asked)
        if not closed and path[-1].depth > 1 and not opens and not announces(words, listed=listed):
            return self._sentence(block.start, block.end, replace(self.place, heading=True))
        return []

    def _inside(self, block: Block) -> list[Found]:
        """A block of a skills section."""
        lead = lead_in(self.low[block.start : block.end].strip(), block)
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
            self.asked = strength_asked(words)
            self.duties = words.endswith(":") and PATTERNS["duties"].search(words) is not None
        elif self.duties:
            return []
        item, asked = block.kind != "paragraph", self.place.requirement or self.asked
        place = Place(skills=True, heading=self.place.heading, item=item, category=self.place.category, requirement=asked)
        return self._sentences(block, place)

    def _answers(self, block: Block) -> bool:
        """Whether a paragraph opens with a question that might head the skills: « Et l'étoffe du personnage ? … »."""
        asked = self.low.find("?", block.start, min(block.end, block.start + _LONGEST_QUESTION))
        if asked < 0 or self.low.find(". ", block.start, asked) >= 0:
            return False
        headed = block.end - asked > _LONGEST_QUESTION and heading_kind(self.low[block.start : asked + 1]) == "skills"
        return headed or PATTERNS["asks-what"].match(self.low, block.start, block.end) is not None

    def _elsewhere(self, block: Block, kind: str) -> list[Found]:
        """Outside the skills sections a clause must ask; a paragraph that describes the person is read as if inside."""
        if block.kind == "paragraph" and self._answers(block):
            return self._sentences(block, INSIDE)
        described = block.kind == "paragraph" and kind in _DESCRIBING
        asking = asking_places(self.low, block.start, block.end)
        if not (asking or described):  # as most blocks
            return []
        if described and describes_person(self.reading.text, self.low, block.start, block.end):
            return self._sentences(block, INSIDE)
        found, share, demanding = self._asked(block, asking, described=described)
        # A paragraph about skills, in a sheet without headings.
        if described and not self.told and share >= _ASKED and max(len(found), demanding) >= _FOUND:
            return self._sentences(block, INSIDE)
        return found

    def _asked(self, block: Block, asking: list[int], *, described: bool) -> tuple[list[Found], float, int]:
        """What the sentences of a block outside the skills sections ask for, the share of those that do.

        Last, the number of those that say of something that it is needed or welcome. ``asking`` is where a word asks.
        """
        found: list[Found] = []
        those_that_ask = demanding = 0
        read_ones = self.reading.sentences(block)
        for first, last in read_ones:
            before, asked = len(found), False
            if described and opens_with_trait(self.low, first, last):
                qualities = (one for one in self._sentence(first, last, INSIDE) if one[0].rule == "apposed")
                found += [one for one in qualities if one[0].label not in _OTHERWISE and not self._lies(one[0])]
            if described and enumerates_qualities(self.reading.text, self.low, first, last):
                found += self._sentence(first, last, INSIDE)
            elif any(first <= at < last for at in asking):
                if may_name(self.low, first, last):
                    found += self._sentence(first, last, ELSEWHERE)
                asked = described and not self.told and _asks(self.low, first, last)
            those_that_ask += asked or len(found) > before
            demanding += asked and _demands(self.low, first, last)
        return found, those_that_ask / max(len(read_ones), _FEWEST), demanding

    def _lies(self, quality: Skill) -> bool:
        """Whether a participle only says where a thing is: « Posée sur l'établi, la montre … »."""
        return self.low.startswith(_WHERE, quality.end) and self.low.endswith(("é", "ée", "és", "ées"), 0, quality.end)

    def _row(self, block: Block, place: Place) -> Iterator[Found]:
        """A table row: its first cell or header says what kind of skill the others list."""
        if not block.cells or "€" in self.low[block.start : block.end]:
            return
        columns = {(block.group, number): strength_named(self.low[c.start : c.end]) for number, c in enumerate(block.cells)}
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
            asked = strength_named(cell.column.lower()) or self.columns.get((block.group, number)) or told
            here = Place(skills=True, item=True, category=category or lead_category(cell.column.lower()), requirement=asked)
            for start, end in sentences(self.reading.text, cell.start, cell.end):
                yield from self._sentence(start, end, here)

    def _sentences(self, block: Block, place: Place) -> list[Found]:
        found: list[Found] = []
        for start, end in self.reading.sentences(block):
            found += self._sentence(start, end, place)
        return found

    def _sentence(self, start: int, end: int, place: Place) -> list[Found]:
        text = Text(self.reading.text, self.low, start, min(end, start + _LONGEST))
        return [(_record(found), place.heading) for found in read(text, place)]


def _after_own_words(text: str, block: Block) -> Block:
    """What a paragraph says after somebody's own words, with which it opens; any other block is left as it is."""
    if block.kind != "paragraph" or text[block.start] not in _QUOTES:
        return block
    after = text.rfind(_QUOTES[text[block.start]], block.start + 1, block.end) + 1
    if after and text.startswith(_SAYS, after):  # « … », dit-elle.
        after = text.find(". ", after, block.end) + 1
    told = after > 0 and block.end - after > _LONGEST_NAME
    return block._replace(start=after + 1 if told else block.end)


def _asks(low: str, start: int, end: int) -> bool:
    """Whether a sentence that names no skill it is known by asks for something, but no diploma: « Le chant est un atout »."""
    asked = any(asking.pattern.search(low, start, end) for _, asking in strengths("scope"))
    return asked and not names_studies(low, start, end)


def _demands(low: str, start: int, end: int) -> bool:
    """Whether a sentence says of something that it is needed or welcome: « Le chant est exigé »."""
    return PATTERNS["predicate"].search(low, start, end) is not None


def _opens(path: tuple[Section, ...], block: Block) -> bool:
    """Whether a heading is the one that opens the skills section."""
    return next(s for s in path if s.kind == "skills").start == block.start


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
