"""Where in a sheet a pay may stand, and the words around that place which bear on it.

A :class:`~pipeline.reading.Reading` goes in; :class:`Surroundings` answers for a block what headings, caption, term
and table headers say of it, and whether anything in it hints at money.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from pipeline.extractors.salaries.amounts import hints
from pipeline.extractors.salaries.cues import nearest
from pipeline.reading import Reading
from pipeline.records import Section
from pipeline.remembered import Remembered
from pipeline.sheet import Block

#: Words for a pay. Each begins with a letter of its own, and looks back from there: so the engine skips what begins none.
_PAY_WORDS = r"salair|rémun|gagne|s(?<=\bs)oldes?\b|g(?<=\bg)ages\b|p(?<=\bp)a[iy]es?\b|revenu|traitement|honoraires|combien"
NAMES_PAY = re.compile(_PAY_WORDS)
#: The same, and captions that only say how it is counted; what is paid on top of it is counted so, too.
SALARY_HEADING = re.compile(
    rf"{_PAY_WORDS}|"
    r"fourchettes? (?:annuel|brut|constat|de (?:gain|pa[iy]e|rém|sal)|mensuel|net|observ|pratiqu|relev)|"
    r"brute?s? (?:annuel|mensuel)|(?:annuel|mensuel)(?:le)?s? (?:brut|net)|n(?<=\bn)et(?:te)?s? (?:annuel|mensuel)"
)
#: Whether a heading or a caption speaks of pay: every crawl repeats its headings.
speaks_of_pay: Remembered[bool] = Remembered(lambda words: SALARY_HEADING.search(words) is not None)
#: What no amount does without: words, and what is found by a character.
_SIGNS = (
    "euro", "keuro", "smic", "salaire minimum", "francs", "chf", "kchf", "dollar", "cfa", "fcfa", "dirham",
    "livres sterling", "fr. ", " eur ", " cad ", " usd ",
)  # fmt: skip
_SIGN = re.compile(r"[0-9€$£](?:(?<=[€$£])|(?<=\d)(?: ?(?:k\b|f\b|ff\b|eur|(?:brut|net)s?\b)|[.,]\d\d\b))")
#: A label and a number without a unit; a line that gives such lines their unit, and how many of them it may serve.
_LABELLED_NUMBER = re.compile(
    r"(?:[^\d:]{3,60}?|[^\d:]{0,20}\d{1,2}(?: ?(?:à|-|/|et|ou) ?\d{1,2})? ?ans?\b[^\d:]{0,30}?)(?: ?[:=] ?| [-–] )(?=\d)"
)
_UNIT_CAPTION = re.compile(r"(?:\ben|\() ?(?:k ?€|k ?euros|milliers d'euros|euros|€|francs|chf)")
#: What stands before « € », « euros », « francs » or « chf » in such a line.
_BEFORE_UNIT = re.compile(r"[n(] ?(?:k ?|milliers d')?$")
_LONGEST_BEFORE_UNIT = len("n milliers d'")
_SERVED = 8
_OWN_LABEL = 80
#: An amount that is said to be gross or net; how many of them make a section, of how many characters, one about pay.
_GROSS_OR_NET = re.compile(r"(?:€|euros?|f(?<=\bf)|francs?|chf) (?:(?:par|de) \w+ |mensuels? |annuels? )?(?:bruts?|nets?)\b")
_ENOUGH_PAYS, _SALARY_SECTION = 2, 2500
_LABELLED_SUM = re.compile(
    r"[^:]{3,50} ?[:=] ?[^:]{0,20}\d|[^:.!?;]{3,50} \d[\d .,']{0,11} ?(?:k ?)?(?:€|euros?\b|francs?\b|chf\b)[^:.!?;]{0,25}$"
)
#: A number with a unit of money behind it; what a caption says in brackets.
_SUM = re.compile(r"\d ?(?:k\b|k?[€$£]|k ?euros?\b|euros?\b|eur\b|f\b|francs?\b|chf|dollar|milliers)")
_BRACKETS = re.compile(r"\([^()]*\)")
#: The longest line that holds a sum alone, and how many lines apart such sums may stand in a table printed a cell a line.
_SUM_ALONE, _COLUMNS = 30, range(2, 7)
_SUM_LINE = re.compile(
    r"(?:(?:de|entre|dès|environ|à partir de) )?\d[\d .,']{0,11}(?: ?(?:à|-|et) ?\d[\d .,']{0,11})? ?(?:k ?)?(?:€|euros?)"
)
_DIGIT = re.compile(r"\d")
#: The longest line that may be a caption or lead-in as a whole, and the longest value of a label on the line before.
_CAPTION, _VALUE = 160, 120


@dataclass(slots=True)
class Place:
    """A stretch of text to read, and the words around it that bear on it (all lower case).

    ``heading_stages`` says whether a stage that the heading names holds here; ``told`` is what its own words may say (see
    :func:`~pipeline.extractors.salaries.cues.told`).
    """

    start: int
    end: int
    label: str = ""
    caption: str = ""
    heading: str = ""
    salary: bool = False
    education: bool = False
    cell: bool = False
    label_start: int | None = None
    heading_stages: bool = True
    told: frozenset[str] = frozenset()


class Surroundings:
    """The words around the blocks of one sheet; ``lower`` is its normal text in lower case."""

    def __init__(self, reading: Reading, lower: str) -> None:
        self.reading, self.lower = reading, lower
        self.signs = _signs(reading)
        self.signed_blocks = {block.start for block in reading.blocks_at(self.signs)}
        self.tabbed_blocks = _tabbed_blocks(reading)
        self.shares = "%" in lower and bool(reading.occurrences("smic"))
        self._path: tuple[Section, ...] | None = None
        self._headings = ("", False, False)
        self._pays: dict[int, bool] = {}

    def signed(self, start: int, end: int) -> bool:
        """Whether anything between two offsets hints at money."""
        i = bisect_left(self.signs, start)
        return i < len(self.signs) and self.signs[i] < end

    @cached_property
    def has_unit_caption(self) -> bool:
        """Whether the sheet has anywhere what makes a line the unit of the lines below it."""
        lower = self.lower
        units = (sign for sign in self.signs if not lower[sign].isdecimal())
        return any(_BEFORE_UNIT.search(lower, max(unit - _LONGEST_BEFORE_UNIT, 0), unit) for unit in units)

    def headings(self, block: Block) -> tuple[str, bool, bool]:
        """The headings over ``block`` that speak of pay, whether it stands among pays, and whether among courses."""
        path = self.reading.path[block.start]
        if path is not self._path:
            self._path, self._headings = path, self._headings_over(path)
        return self._headings

    def _headings_over(self, path: tuple[Section, ...]) -> tuple[str, bool, bool]:
        kinds = {s.kind for s in path[-2:]}
        headings = [s.heading.lower() for s in path if s.heading]
        if path[-1].kind == "salary" and path[-1].heading is None and self.reading.sheet.format == "onisep-xml":
            headings.append("salaire du débutant")  # the one pay that this register has an element for
        own = headings[-1] if headings else ""
        salary = path[-1].kind == "salary" or (len(path) > 1 and (speaks_of_pay[own] or self._states_pays(path[-1])))
        near = " ; ".join(h for h in headings[-2:] if speaks_of_pay[h] or (h == own and (salary or "salary" in kinds)))
        return near, salary or "salary" in kinds, path[-1].kind == "education"

    def _states_pays(self, section: Section) -> bool:
        """Whether a section states so many pays that it must be about them, whatever its heading says (« Ses gages »)."""
        if section.start not in self._pays:
            short = section.end - section.start <= _SALARY_SECTION
            found = _GROSS_OR_NET.findall(self.lower, section.start, section.end) if short else []
            self._pays[section.start] = len(found) >= _ENOUGH_PAYS
        return self._pays[section.start]

    def caption(self, i: int, block: Block) -> str:
        """The line before a list or table, where it leads in to it."""
        blocks = self.reading.blocks
        k = i - 1
        if block.kind == "paragraph" and block.start in self.tabbed_blocks:
            while k >= 0 and blocks[k].start in self.tabbed_blocks:
                k -= 1
        elif block.kind == "paragraph":
            return self._caption_of_lines(i)
        elif block.kind not in {"item", "row", "definition"}:
            return ""
        while (
            k >= 0
            and blocks[k].kind in {"item", "row", "term", "definition"}
            # many a list of terms is as many lists of one
            and (blocks[k].group == block.group or blocks[k].kind != block.kind or block.kind == "definition")
        ):
            k -= 1
        if k < 0 or blocks[k].kind != "paragraph":
            return ""
        words = self.lower[blocks[k].start : blocks[k].end]
        if len(words) > _CAPTION and words.rstrip().endswith(":"):
            start, end = self.reading.sentences(blocks[k])[-1]
            return self.lower[start:end]
        return words if len(words) <= _CAPTION and (words.rstrip().endswith(":") or not _states_sum(words)) else ""

    def _caption_of_lines(self, i: int) -> str:
        """The line over « Élève : 1 400 € » and its likes, where it says what they are pays of (« Solde nette mensuelle »)."""
        blocks = self.reading.blocks
        for k in range(i, max(i - _SERVED, -1), -1):
            words = self.lower[blocks[k].start : blocks[k].end]
            if blocks[k].kind != "paragraph" or len(words) > _OWN_LABEL:
                return ""
            if not _LABELLED_SUM.match(words):
                of_pay = k < i and SALARY_HEADING.search(words) is not None and not hints(words)
                return words if of_pay and words.rstrip()[-1:] not in ".!?" else self._column_header(i)
        return ""

    def _column_header(self, i: int) -> str:
        """The header over a sum in a table printed a cell a line: « Grade », « Net par mois », « Major », « 2 945 € »."""
        if not self._sum_alone(i):
            return ""
        step = next((n for n in _COLUMNS if self._sum_alone(i + n) or self._sum_alone(i - n)), None)
        above = range(i - step, -1, -step)[:_SERVED] if step is not None else ()
        k = next((k for k in above if not self._sum_alone(k)), None)
        if k is None:
            return ""
        header = self.reading.blocks[k]
        words = self.lower[header.start : header.end]
        alone = header.kind == "paragraph" and len(words) <= _SUM_ALONE and _DIGIT.search(words) is None
        of_pay = SALARY_HEADING.search(words) or nearest("basis", "", words)[0] or nearest("period", "", words)[0]
        return words if alone and of_pay else ""

    def _sum_alone(self, i: int) -> bool:
        """Whether a line holds a sum and nothing else."""
        if not 0 <= i < len(self.reading.blocks):
            return False
        block = self.reading.blocks[i]
        short = block.kind == "paragraph" and block.end - block.start <= _SUM_ALONE
        return short and _SUM_LINE.fullmatch(self.lower, block.start, block.end) is not None

    def bare_value(self, block: Block) -> int | None:
        """Where the number begins in a line of a label and a number without a unit; None for any other line."""
        if block.kind == "row" or block.end - block.start > _OWN_LABEL:
            return None
        match = _LABELLED_NUMBER.match(self.lower, block.start, block.end)
        return match.end() if match is not None else None

    def unit_caption(self, i: int) -> str:
        """The line over a block and its likes that says what they are pays of, and in which unit; empty where none does."""
        blocks = self.reading.blocks
        for k in range(i - 1, max(i - 1 - _SERVED, -1), -1):
            words = self.lower[blocks[k].start : blocks[k].end]
            if len(words) <= _CAPTION and _UNIT_CAPTION.search(words):
                return words if SALARY_HEADING.search(words) or blocks[k].kind != "heading" else ""
            if self.bare_value(blocks[k]) is None:
                break
        return ""

    def term(self, i: int, block: Block) -> tuple[str, int | None]:
        """The label on the line before, where this line is its value (« Débutant » above « 1 800 € »)."""
        if i == 0 or block.kind not in {"definition", "paragraph"}:
            return "", None
        before = self.reading.blocks[i - 1]
        words = self.lower[before.start : before.end]
        if block.kind == "definition" and before.kind == "term":
            return words, before.start
        if (
            block.end - block.start < _VALUE
            and before.kind in {"paragraph", "term"}
            and len(words) < (_CAPTION if words.rstrip().endswith(":") else _OWN_LABEL)
            and words.rstrip()[-1:] not in ".!?;"
            and words[:1] not in "+*(–"
            and not hints(words)
        ):
            return words, before.start if block.start - before.end <= 1 else None
        return "", None

    def cells(self, i: int, block: Block) -> list[tuple[int, int, str]]:
        """(start, end, lower-cased row and column headers) of the cells of a table row that may hold a sum."""
        if block.cells:
            named = (self.lower[c.start : c.end] for c in block.cells if not self.signed(c.start, c.end))
            own = " | ".join(words for words in named if any(c.isalpha() for c in words))
            cells = []
            for cell in block.cells:
                side = own if cell.row.lower() in own else f"{cell.row.lower()} {own}"
                corner = block.cells[0].column.lower() if cell is not block.cells[0] else ""
                parts = [side, corner, cell.column.lower()] if corner else [side, cell.column.lower()]
                cells.append((cell.start, cell.end, " | ".join(parts) if any(parts) else ""))
            return cells
        bounds = self._tabbed(block)
        if not bounds:
            return []
        header: list[str] = []
        k = i - 1
        while k >= 0 and len(row := self._tabbed(self.reading.blocks[k])) == len(bounds):
            header = [self.lower[a:b] for a, b in row]
            k -= 1
        own = " ".join(self.lower[a:b] for a, b in bounds if not self.signed(a, b))
        side = f"{own} | {header[0]}" if header else own
        return [(a, b, f"{side} | {header[n] if header else ''}") for n, (a, b) in enumerate(bounds)]

    def _tabbed(self, block: Block) -> list[tuple[int, int]]:
        """The parts of a block that tabs set apart; none where there are no tabs."""
        if block.start not in self.tabbed_blocks:
            return []
        raw = self.reading.sheet.text
        start, bounds = block.start, []
        while (tab := raw.find("\t", start, block.end)) >= 0:
            bounds.append((start, tab))
            start = tab + 1
        return [*bounds, (start, block.end)]


def _states_sum(words: str) -> bool:
    """Whether a line states a sum, and not only the unit of sums or, in brackets, what they are reckoned with."""
    return hints(words) and _SUM.search(_BRACKETS.sub("", words)) is not None


def _tabbed_blocks(reading: Reading) -> frozenset[int]:
    """Where the blocks begin that hold a tab, as long as all characters stand where they were written."""
    raw = reading.sheet.text
    if "\t" not in raw or reading.normal.origins is not None:
        return frozenset()
    return frozenset(block.start for block in reading.blocks if "\t" in raw[block.start : block.end])


def _signs(reading: Reading) -> list[int]:
    """Where something stands that an amount may not do without, in order."""
    found = [match.start() for match in _SIGN.finditer(reading.lower)]
    found += reading.openings(_SIGNS)
    found.sort()
    return found
