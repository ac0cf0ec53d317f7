"""Finds the stretches of a sheet that may state a pay: sentences, cells, lines below a caption, headings.

Blocks go in, one after the other; for each stretch its place and the mentions in it go to the :class:`Ledger`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from pipeline.extractors import Earlier
from pipeline.extractors.salaries.amounts import HINT, amounts_in_lower, hints
from pipeline.extractors.salaries.clauses import Mention, bare_shares, bare_sum, mentions, split
from pipeline.extractors.salaries.cues import cue, says
from pipeline.extractors.salaries.ledger import Ledger
from pipeline.extractors.salaries.numbers import number_value
from pipeline.extractors.salaries.places import SALARY_HEADING, Place, Surroundings, speaks_of_pay
from pipeline.french.sentences import LONGEST, sentences
from pipeline.remembered import Remembered
from pipeline.sheet import Block

#: A share of what the words around it name, as the whole of a cell; the label that such a share may stand behind.
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%(?: (?:brut )?du smic)?(?: ?\([^()]{1,30}\))?\.?")
_SHARE_LABEL = re.compile(r"[^%:]{3,60}?(?: ?[:=] ?| [-–] )(?=\d)")
#: A cell of numbers alone; columns whose numbers are no sums.
_BARE = re.compile(
    r"(?:(?:de|entre|dès|à partir de) )?\d[\d .',]*(?: ?(?:à|-|et|/) ?\d[\d .',]*)?(?P<more> (?:et|ou) plus| ?\+)?"
)
_NOT_A_SUM = re.compile(
    r"indice|échelon|coefficient|\bcoef|durée|\bâge|niveau|\bcode|effectif|heures|position|part\b|"
    r"%|nombre|points?\b|évolution"
)
_COMPARISON = re.compile(r"%|évolution|part\b")
#: Whether the numbers below the header of a column are no sums; and whether no pays even where they are printed with a unit.
_COUNTS_NO_SUMS: Remembered[bool] = Remembered(
    lambda column: _NOT_A_SUM.search(column) is not None and not speaks_of_pay[column]
)
_COMPARES: Remembered[bool] = Remembered(lambda column: _COMPARISON.search(column) is not None and not speaks_of_pay[column])
#: The longest question that is the label of its answer.
_QUESTION = 50
_DIGIT = re.compile(r"[\d¹²³]")
#: Pays told one after the other, of which the second prints no unit, differ by this factor at most.
_ALIKE = 5
#: Each word begins with a letter of its own, and looks back from there: so the engine skips what begins none.
_SWISS = re.compile(r"c(?<=\bc)(?:hf|fc)\b|suisse|romand|g(?<=\bg)enève|lausanne|a(?<=\ba)fp\b|canton|zurich|fribourg")
_CANADIAN = re.compile(r"québec|canad|montréal|cégep|d(?<=\bd)ec\b|\$ ?ca\b|ontario")


class Reader:
    """Reads the blocks of one sheet, one after the other."""

    def __init__(self, around: Surroundings, earlier: Earlier) -> None:
        self.around, self.reading, self.text, self.lower = around, around.reading, around.reading.text, around.lower
        self.ledger = Ledger(around.reading, around.lower, earlier)

    @cached_property
    def francs(self) -> str:
        """The currency that « francs » means in this sheet."""
        return "CHF" if _SWISS.search(self.lower) else "FRF"

    @cached_property
    def dollars(self) -> str:
        """The currency that « $ » means in this sheet."""
        return "CAD" if _CANADIAN.search(self.lower) else "USD"

    def currency(self, unit: str) -> str:
        """The currency that « franc » or « dollar » means in this sheet."""
        return self.francs if unit == "franc" else self.dollars

    def blocks(self) -> None:
        """Read all blocks but the headings, one after the other; most say nothing of pay and are passed over."""
        signed_blocks, tabbed_blocks, ledger = self.around.signed_blocks, self.around.tabbed_blocks, self.ledger
        unsigned_too = self.around.has_unit_caption or self.around.shares
        for i, block in enumerate(self.reading.blocks):
            signed = block.start in signed_blocks
            row = block.cells or (block.start in tabbed_blocks and (signed or ledger.read))
            if not (signed or row or unsigned_too or (ledger.read and block.start in ledger.marked_blocks)):
                continue
            if block.kind == "heading":
                continue
            if row and (cells := self.around.cells(i, block)):
                self._cells(i, block, cells)
            elif signed:
                self._sentences(i, block)
            else:
                self._unsigned(i, block)

    def _unsigned(self, i: int, block: Block) -> None:
        """Read a block without a sum of its own: a value whose unit stands above it, or a remark on other pays."""
        if self.around.has_unit_caption and self._unit_in_caption(i, block):
            return
        if self.around.shares and self._share_after_label(i, block):
            return
        if self.ledger.read and block.start in self.ledger.marked_blocks:
            for start, end in self.reading.sentences(block):
                self.ledger.remark(start, end)

    def _cells(self, i: int, block: Block, cells: list[tuple[int, int, str]]) -> None:
        """Read the cells of a table row."""
        heading, salary, education = self.around.headings(block)
        caption = self.around.caption(i, block)
        sums = 0
        for start, end, label in _short(self.text, cells):
            place = Place(start, end, label, caption, heading, salary, education, cell=True)
            place.salary = salary or speaks_of_pay[f"{label} {caption}"]
            sums += self._cell(place, block)
        if sums == 1:
            self.ledger.widen(block)

    def _sentences(self, i: int, block: Block) -> None:
        """Read the sentences of a block that hints at money."""
        heading, salary, education = self.around.headings(block)
        caption = self.around.caption(i, block)
        label, label_start = self.around.term(i, block)
        salary = salary or speaks_of_pay[f"{label} {caption}"]
        asked, asked_at = "", 0
        for n, (start, end) in enumerate(self.reading.sentences(block)):
            for first, last in split(self.text, self.lower, start, end):
                bare = [] if self.around.signed(first, last) else self._goes_on(first, last)
                if not bare and not self.around.signed(first, last):
                    self.ledger.remark(first, last)
                    asked, asked_at = self._asked(first, last), first
                    continue
                place = Place(
                    first,
                    last,
                    label or asked,
                    caption,
                    heading,
                    salary,
                    education,
                    label_start=asked_at if asked else label_start if n == 0 and first == start else None,
                )
                asked = ""
                group = block.group if block.kind == "row" else 0
                if bare:
                    self.ledger.keep(place, group, bare)
                else:
                    self._sentence(place, group)

    def _asked(self, start: int, end: int) -> str:
        """The question that the next sentence answers (« Les pourboires ? De 100 à 300 €. »); empty where none is asked."""
        words = self.lower[start:end].rstrip()
        return words.rstrip(" ?") if words.endswith("?") and len(words) <= _QUESTION else ""

    def _goes_on(self, start: int, end: int) -> list[Mention]:
        """What a sentence tells in the unit of the pay just before it (« Après dix ans, il en gagne 3 300. »)."""
        row = self.ledger.row_before(start)
        if row is None:
            return []
        if row.smic_multiple is not None and row.smic_multiple < 1:
            return bare_shares(self.text, self.lower, start, end)
        size = row.maximum or row.minimum
        if row.currency is None or not size:
            return []
        bare = bare_sum(self.text, self.lower, start, end, row.currency)
        return [bare] if bare is not None and size / _ALIKE <= bare.size <= size * _ALIKE else []

    def _unit_in_caption(self, i: int, block: Block) -> bool:
        """Read « Débutant : 32 - 38 » below « Salaire brut annuel, en K€ » as a cell below its header; whether it was one."""
        value = self.around.bare_value(block)
        caption = self.around.unit_caption(i) if value is not None else ""
        if value is None or not caption:
            return False
        heading, salary, education = self.around.headings(block)
        label = self.lower[block.start : value].rstrip(" :=-–")
        self._bare_cell(Place(value, block.end, label, caption, heading, salary, education, cell=True), block, "")
        if self.ledger.read_at(value):
            self.ledger.widen(block)
        return True

    def heading_sentences(self) -> None:
        """Read the headings that state a pay themselves (« Salaire : 2 400 € brut par mois »)."""
        for block in self.reading.blocks_at(self.around.signs):
            if block.kind == "heading" and block.end - block.start <= LONGEST:
                words = self.lower[block.start : block.end]
                if SALARY_HEADING.search(words) and says("pay", "strong", words):
                    self._sentence(Place(block.start, block.end, salary=False), 0)

    def _cell(self, place: Place, block: Block) -> int:
        words = self.lower[place.start : place.end]
        column = place.label.rpartition("|")[2]
        if _DIGIT.search(words) is None and "smic" not in words:
            return 0
        if _SHARE.fullmatch(words.strip()):
            self._share(place, place.start, block)
        elif _BARE.fullmatch(words.strip()) or not self.around.signed(place.start, place.end):
            self._bare_cell(place, block, column)
        elif not (_COMPARES if hints(words) else _COUNTS_NO_SUMS)[column]:
            self._sentence(place, block.group)
        else:
            return 0
        return self.ledger.read_at(place.start)

    def _bare_cell(self, place: Place, block: Block, column: str) -> None:
        """A cell of numbers whose unit stands in its header."""
        words = self.lower[place.start : place.end].strip()
        context = f"{place.label} {place.caption} {place.heading}"
        bare = _BARE.fullmatch(words)
        if bare is None or _COUNTS_NO_SUMS[column]:
            return
        if not (speaks_of_pay[f"{column} {place.caption} {place.heading}"] or cue("basis", "gross").search(column)):
            return
        unit = HINT.search(column) or HINT.search(place.caption) or HINT.search(place.heading)
        money = unit.group().lstrip("0123456789 ") if unit is not None else "€"
        thousand = "k" if re.search(r"\bk ?[€$]|milliers", context) else ""
        more = bare["more"] or ""
        printed = f"{words.removesuffix(more)} {thousand}{'€' if money in {'k', ''} else money}{more}"
        read = amounts_in_lower(printed, 0, len(printed), self.currency)
        if len(read) != 1 or (read[0].maximum or read[0].minimum or 0) < 5:
            return
        start, end = place.start, place.end
        mention = Mention(start, end, read[0].minimum, read[0].maximum, read[0].currency, "bare-cell", clause=(start, end))
        self.ledger.keep(place, block.group, [mention])

    def _share(self, place: Place, at: int, block: Block) -> None:
        """Read « 43 % », in a cell or after a label, where the words around it say that it is a share of the SMIC."""
        match = _SHARE.fullmatch(self.lower[at : place.end].strip())
        if match is None or "smic" not in f"{match[0]} {place.label} {place.caption} {place.heading}":
            return
        place.salary = True
        smic = round(number_value(match[1]) / 100, 4)
        bounds = (place.start, place.end)
        self.ledger.keep(place, block.group, [Mention(*bounds, None, None, None, "smic", smic=smic, clause=bounds)])

    def _share_after_label(self, i: int, block: Block) -> bool:
        """Read « 1re année : 27 % » below « En pourcentage du SMIC : »; whether it was one."""
        words = self.lower[block.start : block.end]
        label = _SHARE_LABEL.match(words) if "%" in words else None
        caption = self.around.caption(i, block) if label is not None else ""
        if label is None or "smic" not in caption:
            return False
        heading, salary, education = self.around.headings(block)
        place = Place(block.start, block.end, label[0].rstrip(" :=-–"), caption, heading, salary, education, cell=True)
        self._share(place, block.start + label.end(), block)
        return True

    def _sentence(self, place: Place, group: int) -> None:
        """Read a stretch that hints at money."""
        found = mentions(self.text, self.lower, place.start, place.end, self.currency)
        self.ledger.keep(place, group, [m for m in found if m.smic is not None or m.size > 0])


def _short(text: str, cells: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The cells; one that is longer than any sentence, as its sentences."""
    for start, end, label in cells:
        parts = sentences(text, start, end) if end - start > LONGEST else [(start, end)]
        yield from ((a, b, label) for a, b in parts)
