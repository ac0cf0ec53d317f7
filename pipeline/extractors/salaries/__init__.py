"""Reads the pays that a sheet states for its occupation.

Sentences, table cells and list items with an amount or the SMIC in them go in; a :class:`Salary` comes out
for each amount that is a pay. What decides, in this order: words of another kind of money nearest to the
amount (a price, a budget, a prime), words of pay, and the section. Stage, status, basis and period come from
the clause of the amount, else from its label (row and column headers, term), the sentence, the caption or
lead-in, and the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pipeline.extractors import Earlier
from pipeline.extractors.salaries.amounts import HINT, amounts, number_value
from pipeline.extractors.salaries.clauses import Mention, mentions, split
from pipeline.extractors.salaries.cues import cue, months_paid, nearest, period_of_size, plausible, smic_month, stage
from pipeline.extractors.salaries.evidence import goes_on, is_pay
from pipeline.extractors.salaries.places import SALARY_HEADING, Place, Surroundings
from pipeline.extractors.salaries.remarks import MARKS, adds, complete
from pipeline.extractors.salaries.subjects import has_verb
from pipeline.french.sentences import LONGEST, sentences
from pipeline.reading import Reading
from pipeline.records import Salary
from pipeline.sheet import Block

#: A share of what the words around it name, as the whole of a cell; the label that such a share may stand behind.
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d+)?) ?%(?: (?:brut )?du smic)?(?: ?\([^()]{1,30}\))?\.?")
_SHARE_LABEL = re.compile(r"[^\d%:][^%:]{2,58}?(?: ?[:=] ?| [-–] )(?=\d)")
_OPENING = re.compile(r"(?:à|au|aux|chez|comme|dans|en|pour)\b[^,;:.]{2,50},")
_SAME_SUBJECT = re.compile(r"(?:,|\bet) (?:il|elle|ils|elles)\b|\bqu'(?:il|elle)s?\b")
_BARE = re.compile(r"(?:(?:de|entre|dès|à partir de) )?\d[\d .',]*(?: ?(?:à|-|et|/) ?\d[\d .',]*)?(?: et plus| ?\+)?")
_NOT_A_SUM = re.compile(
    r"indice|échelon|coefficient|\bcoef|durée|\bâge|niveau|\bcode|effectif|heures|position|part\b|"
    r"%|nombre|points?\b|évolution"
)
_SWISS = re.compile(r"\bchf\b|suisse|romand|\bgenève|lausanne|\bcfc\b|\bafp\b|canton|zurich|fribourg")
_CANADIAN = re.compile(r"québec|canad|montréal|cégep|\bdec\b|\$ ?ca\b|ontario")
_DIGIT = re.compile(r"\d")
_RESTATEMENT = re.compile(
    r"^(?:soit|cela (?:correspond|représente|équivaut)|ce qui|c'est-à-dire|autrement dit|en net|"
    r"en brut|ça fait)\b"
)
#: What another statement may begin with.
_APART = re.compile(r";|\b(?:tandis|alors) qu|\bmais\b")
#: How many characters apart a remark and the pays that it is about may stand.
_NEAR = 400


@dataclass(slots=True)
class _Sentence:
    """What was read from one sentence or cell: its rows, and the place."""

    start: int
    end: int
    group: int
    rows: list[Salary] = field(default_factory=list)


def extract(reading: Reading, earlier: Earlier) -> Iterator[Salary]:
    """Yield the salaries of a sheet, in reading order."""
    lower = reading.lower
    around = Surroundings(reading, lower)
    if not around.signs and not any(block.cells for block in reading.blocks):
        return
    reader = _Reader(around, earlier)
    for i, block in enumerate(reading.blocks):
        if block.kind != "heading":
            reader.block(i, block)
    reader.heading_sentences()
    rows = sorted((row for sentence in reader.read for row in sentence.rows), key=lambda r: (r.start, r.end))
    for row in rows:
        reader.annual(row)
    yield from rows


def _short(text: str, cells: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The cells; one that is longer than any sentence, as its sentences."""
    for start, end, label in cells:
        parts = sentences(text, start, end) if end - start > LONGEST else [(start, end)]
        yield from ((a, b, label) for a, b in parts)


def _stands_apart(mention: Mention) -> bool:
    """Whether a statement of its own tells of a mention, which then owes nothing to the one before."""
    cut = _APART.search(mention.before)
    return cut is not None and not mention.restates and has_verb(mention.before[cut.end() :])


class _Reader:
    """Reads the blocks of one sheet, one after the other."""

    def __init__(self, around: Surroundings, earlier: Earlier) -> None:
        reading, lower = around.reading, around.lower
        self.around, self.reading, self.text, self.lower, self.earlier = around, reading, reading.text, lower, earlier
        self.read: list[_Sentence] = []
        self.pending = -1  # where a sentence says that something comes on top of the pays that follow it
        about = reading.metadata
        self.smic = smic_month(about.modified or about.published)

    @cached_property
    def titles(self) -> str:
        """The names of the sheet's own occupation, in lower case."""
        titles = [t.label for t in self.earlier.get("titles", ()) if t.kind == "preferred"]
        titles += [self.reading.words(b) for b in self.reading.blocks[:3] if b.kind == "heading"]
        return " ; ".join(titles).lower()

    @cached_property
    def own_post(self) -> bool:
        """Whether the sheet's own occupation is a director's post, so that such words tell no stage."""
        return cue("post", "senior").search(self.titles) is not None

    @cached_property
    def francs(self) -> str:
        """The currency that « francs » means in this sheet."""
        return "CHF" if _SWISS.search(self.lower) else "FRF"

    @cached_property
    def dollars(self) -> str:
        """The currency that « $ » means in this sheet."""
        return "CAD" if _CANADIAN.search(self.lower) else "USD"

    # --- where to read

    def block(self, i: int, block: Block) -> None:
        """Read the cells, or the sentences, of a block."""
        signed = self.around.signed(block.start, block.end)
        cells = self.around.cells(i, block) if block.cells or (self.around.tabs and (signed or self.read)) else []
        if not cells and not signed and (self._unit_in_caption(i, block) or self._share_after_label(i, block)):
            return
        if not cells and not signed:
            if self.read and MARKS.search(self.lower, block.start, block.end):
                for start, end in self.reading.sentences(block):
                    self._later_words_of(start, end)
            return
        heading, salary, education = self.around.headings(block)
        caption = self.around.caption(i, block)
        if cells:
            sums = 0
            for start, end, label in _short(self.text, cells):
                place = Place(start, end, label, caption, heading, salary, education, cell=True)
                place.salary = salary or SALARY_HEADING.search(label + " " + caption) is not None
                sums += self._cell(place, block)
            if sums == 1:
                self._widen(block)
            return
        label, label_start = self.around.term(i, block)
        for n, (start, end) in enumerate(self.reading.sentences(block)):
            for first, last in split(self.text, start, end):
                if not self.around.signed(first, last):
                    self._later_words_of(first, last)
                    continue
                place = Place(
                    first,
                    last,
                    label,
                    caption,
                    heading,
                    salary,
                    education,
                    label_start=label_start if n == 0 and first == start else None,
                )
                if label and SALARY_HEADING.search(label):
                    place.salary = True
                self._sentence(place, block.group if block.kind == "row" else 0)

    def _unit_in_caption(self, i: int, block: Block) -> bool:
        """Read « Débutant : 32 - 38 » below « Salaire brut annuel, en K€ » as a cell below its header; whether it was one."""
        value = self.around.bare_value(block)
        caption = self.around.unit_caption(i) if value is not None else ""
        if value is None or not caption:
            return False
        heading, salary, education = self.around.headings(block)
        label = self.lower[block.start : value].rstrip(" :=-–")
        self._bare_cell(Place(value, block.end, label, caption, heading, salary, education, cell=True), block, "")
        if self.read and self.read[-1].start == value:
            self._widen(block)
        return True

    def heading_sentences(self) -> None:
        """Read the headings that state a pay themselves (« Salaire : 2 400 € brut par mois »)."""
        for block in self.reading.blocks:
            short = block.end - block.start <= LONGEST
            if block.kind == "heading" and short and self.around.signed(block.start, block.end):
                words = self.lower[block.start : block.end]
                if SALARY_HEADING.search(words) and cue("pay", "strong").search(words):
                    self._sentence(Place(block.start, block.end, salary=False), 0)

    # --- reading

    def _cell(self, place: Place, block: Block) -> int:
        words = self.lower[place.start : place.end]
        column = place.label.rpartition("|")[2]
        if not any(c.isdigit() for c in words) and "smic" not in words:
            return 0
        if "%" in words:
            self._share(place, place.start, block)
        elif not self.around.signed(place.start, place.end):
            self._bare_cell(place, block, column)
        elif not (_NOT_A_SUM.search(column) and SALARY_HEADING.search(column) is None):
            self._sentence(place, block.group)
        else:
            return 0
        return len(self.read[-1].rows) if self.read and self.read[-1].start == place.start else 0

    def _bare_cell(self, place: Place, block: Block, column: str) -> None:
        """A cell of numbers whose unit stands in its header."""
        words = self.lower[place.start : place.end].strip()
        context = f"{place.label} {place.caption} {place.heading}"
        if not _BARE.fullmatch(words) or (_NOT_A_SUM.search(column) and SALARY_HEADING.search(column) is None):
            return
        if not (SALARY_HEADING.search(f"{column} {place.caption} {place.heading}") or cue("basis", "gross").search(column)):
            return
        unit = HINT.search(column) or HINT.search(place.caption) or HINT.search(place.heading)
        money = unit.group().lstrip("0123456789 ") if unit is not None else "€"
        thousand = "k" if re.search(r"\bk ?[€$]|milliers", context) else ""
        read = amounts(f"{words} {thousand}{'€' if money in {'k', ''} else money}", francs=self.francs, dollars=self.dollars)
        if len(read) != 1 or (read[0].maximum or read[0].minimum or 0) < 5:
            return
        start, end = place.start, place.end
        mention = Mention(start, end, read[0].minimum, read[0].maximum, read[0].currency, "bare-cell", clause=(start, end))
        self._keep(place, block.group, [mention])

    def _share(self, place: Place, at: int, block: Block) -> None:
        """Read « 43 % », in a cell or after a label, where the words around it say that it is a share of the SMIC."""
        match = _SHARE.fullmatch(self.lower[at : place.end].strip())
        if match is None or "smic" not in f"{match[0]} {place.label} {place.caption} {place.heading}":
            return
        place.salary = True
        smic = round(number_value(match[1]) / 100, 4)
        bounds = (place.start, place.end)
        self._keep(place, block.group, [Mention(*bounds, None, None, None, "smic", smic=smic, clause=bounds)])

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
        if not self.around.signed(place.start, place.end):
            self._later_words_of(place.start, place.end)
            return
        words = self.lower[place.start : place.end]
        francs = self.francs if "fr" in words else "FRF"
        dollars = self.dollars if "$" in words or "dollar" in words else "USD"
        found = mentions(self.text, self.lower, place.start, place.end, francs=francs, dollars=dollars)
        self._keep(place, group, [m for m in found if m.smic is not None or m.size > 0])

    def _keep(self, place: Place, group: int, found: list[Mention]) -> None:
        words = self.lower[place.start : place.end]
        self._later_words_of(place.start, place.end)
        sentence = _Sentence(place.start, place.end, group)
        last = self.read[-1].rows[-1] if self.read and self.read[-1].rows and _RESTATEMENT.match(words) else None
        kept: list[tuple[Mention, Salary]] = []
        near = bool(self.read and self.read[-1].rows and 0 <= place.start - self.read[-1].end <= 3)
        refused = False
        for mention in found:
            after_pay = bool(kept) or near
            if (refused and goes_on(mention)) or not is_pay(mention, place, self.lower, self.titles, after_pay=after_pay):
                refused = True
                continue
            refused = False
            before = kept[-1] if kept else None
            kept.append((mention, self._row(mention, place, before, last, found)))
        self._even_out(kept)
        sentence.rows = [row for _, row in kept]
        self._top_up(sentence, kept)
        self.read.append(sentence)

    # --- one row

    def _row(
        self,
        mention: Mention,
        place: Place,
        before: tuple[Mention, Salary] | None,
        last: Salary | None,
        found: Sequence[Mention],
    ) -> Salary:
        left, right = mention.left, mention.right
        start, end = mention.clause
        previous = before[1] if before is not None else last if mention is found[0] else None
        restates = (before is not None and mention.restates) or (before is None and previous is not None)
        row = Salary(
            start=start,
            end=max(end, mention.end),
            minimum=mention.minimum,
            maximum=mention.maximum,
            currency=(mention.currency or "EUR") if mention.size else None,
            smic_multiple=mention.smic,
            rule="cell" if place.cell and mention.rule != "smic" else mention.rule,
        )
        if place.label_start is not None and mention is found[0] and not SALARY_HEADING.search(place.label):
            row.start = place.label_start
        row.status = self._status(mention, place, previous, before)
        row.stage = self._stage(mention, place, previous, restates, row.status)
        row.basis = self._basis(left, right, place, row)
        self._period(row, mention, place)
        words, near = f"{left} {right}", f"{place.label} {place.caption} {place.heading}"
        row.months_paid = None
        if row.period in {"month", "year"} or mention.smic is not None:
            row.months_paid = months_paid(self.lower[place.start : place.end]) or months_paid(near)
        if row.months_paid == 12.0 and row.period == "year":
            row.months_paid = None
        row.variable = bool(cue("variable", "yes").search(words)) and not (
            cue("variable", "no").search(words) and not re.search(r"\bhors\b|ajout", words)
        )
        if not row.variable and re.search(r"hors (?:\w+ )?(?:variable|primes?|bonus)", near):
            row.variable = True
        one_bound = previous is not None and None in (previous.minimum, previous.maximum)
        if mention.restates and previous is not None and mention.rule == "value" and one_bound:
            row.minimum = row.minimum if previous.minimum is not None else None
            row.maximum = row.maximum if previous.maximum is not None else None
        if restates and previous is not None:
            row.variable = row.variable or previous.variable
            row.months_paid = row.months_paid or previous.months_paid
        return row

    def _status(
        self, mention: Mention, place: Place, previous: Salary | None, before: tuple[Mention, Salary] | None
    ) -> str | None:
        value, _ = nearest("status", mention.left, mention.right)
        if value is None and place.label:
            parts = [part for part in place.label.split("|") if part.strip()]  # the row's own words before the column's
            value = next((v for v in (nearest("status", part, "")[0] for part in parts) if v), None)
        if (
            value is None
            and previous is not None
            and (mention.restates or before is None or not mention.left.strip(" ,;et:") or before[0].hinge)
        ):
            value = previous.status
        if value is None and before is not None and previous is not None:
            value = previous.status if self._same_breath(mention) or _SAME_SUBJECT.search(mention.before) else None
        if value is None and before is None:
            value, _ = nearest("status", "", self._opening(mention, place))
        if value is None and place.caption:
            value, _ = nearest("status", "", place.caption)
        if value is None and place.caption and "convention" in place.caption:
            value = "employee"
        if value is None and place.heading:
            value, _ = nearest("status", "", place.heading)
        return value

    def _stage(self, mention: Mention, place: Place, previous: Salary | None, restates: bool, status: str | None) -> str | None:
        if status == "apprentice":
            return None
        if mention.hinge and "carrière" in self.lower[place.start : place.end]:
            return "entry" if mention.hinge == "from" else "senior"
        value = stage(mention.left, mention.right)
        if value == "experienced" and not self.own_post and nearest("post", mention.left + " " + place.label, "")[0]:
            value = "senior"  # « un directeur expérimenté »
        if value is None and place.label:
            value = next((v for v in (stage("", part.strip()) for part in place.label.split("|")) if v), None)
        if value is None and not self.own_post:
            value, _ = nearest("post", mention.left + " " + place.label, mention.right)
        if value is None and previous is not None and (restates or self._same_breath(mention)):
            value = previous.stage
        if value is None and place.caption:
            value = stage("", place.caption)
        if value is None and place.heading:
            value = stage("", place.heading)
            contrasted = status == "self-employed" and any(
                row.status != "self-employed" for s in self.read for row in s.rows if s.end <= place.start
            )
            if contrasted and place.heading:
                value = None
        return value

    def _same_breath(self, mention: Mention) -> bool:
        """Whether a mention without a subject of its own goes on with the one before (« l'agrégé, à 2 450 € »)."""
        left = mention.left.strip(" ,;")
        return (
            not left
            or re.match(
                (
                    r"(?:et |puis )?(?:l'|le |la |les |un |une |celui |celle )[\w' -]{2,40}?,? à$|(?:l'\w+, (?:à|"
                    r"de)|et (?:de|à|entre|rarement|parfois|souvent|même)|ou\b|puis|contre|voire|pour atteindre|"
                    r"dans|en (?:province|région)|à \w+$)"
                ),
                left,
            )
            is not None
        )

    def _basis(self, left: str, right: str, place: Place, row: Salary) -> str | None:
        value, _ = nearest("basis", left[-90:], right[:45])
        if value is None:
            for words in (place.label, self._lead(left, place), place.caption, place.heading):
                of_table = words is place.label or (place.cell and words is place.caption)
                if words and (row.status != "self-employed" or of_table):
                    value, _ = nearest("basis", "", words)
                    if value is not None:
                        break
        return value

    def _opening(self, mention: Mention, place: Place) -> str:
        """The circumstance that opens a sentence and holds for all of it (« À son compte, … »), where nothing breaks it off."""
        words = self.lower[place.start : mention.start]
        opening = _OPENING.match(words)
        return opening[0] if opening is not None and ";" not in words else ""

    def _lead(self, left: str, place: Place) -> str:
        """The words from the start of the sentence to its first amount, where they are not the clause itself."""
        digit = _DIGIT.search(self.text, place.start, place.end)
        lead = self.lower[place.start : digit.start()] if digit else ""
        own = not lead or left.startswith(lead)
        return "" if own or re.search(r"salair|rémun|revenu|traitement|fourchette", lead) is None else lead

    def _period(self, row: Salary, mention: Mention, place: Place) -> None:
        if not mention.size:
            return
        fits = plausible(mention.size, row.currency)
        near, near_at = nearest("period", "", mention.right[:60], fits)
        far, _ = nearest("period", mention.left, "", fits)
        value = near if near is not None and (near_at < 28 or far is None) else far if far is not None else near
        if value == "piece" and far in {"hour", "day", "week", "month", "year"} and near == "piece" and near_at > 12:
            value = far
        for words in (place.label, self._lead(mention.left, place), place.caption, place.heading):
            if value is None and words:
                value, _ = nearest("period", "", words, fits)
        if value == "piece":
            row.period = None
        elif value is not None:
            row.period = value
        else:
            row.period, row.period_inferred = period_of_size(mention.size, row.currency), True

    def _even_out(self, kept: list[tuple[Mention, Salary]]) -> None:
        """Let coordinated amounts of a sentence share the period and basis that only one of them prints."""
        for (one, first), (other, second) in pairwise(kept):
            if not one.size or not other.size or first.currency != second.currency:
                continue
            alike = max(one.size, other.size) <= 5 * min(one.size, other.size)
            elided = other.currency is None and one.currency is not None
            apart = _stands_apart(other) and not elided
            alone = first.status != second.status and "self-employed" in {first.status, second.status}
            same_status = (not alone or other.restates or elided) and not apart
            if second.period_inferred and not first.period_inferred and alike and first.period is not None:
                second.period, second.period_inferred = first.period, False
            elif first.period_inferred and not (second.period_inferred or second.period is None or other.restates) and alike:
                first.period, first.period_inferred = second.period, False
            if same_status and second.basis is None and first.basis is not None:
                second.basis = first.basis
            elif same_status and first.basis is None and second.basis is not None and not other.restates and alike:
                first.basis = second.basis

    def annual(self, row: Salary) -> None:
        """Set the amounts over a year."""
        months = row.months_paid or 12.0
        factor = {"hour": 1820.0, "day": 218.0, "week": 52.0, "month": months, "year": 1.0}.get(row.period or "")
        if factor is not None:
            row.annual_minimum = None if row.minimum is None else round(row.minimum * factor, 2)
            row.annual_maximum = None if row.maximum is None else round(row.maximum * factor, 2)
        elif row.smic_multiple is not None and row.currency is None and self.smic is not None:
            value = round(row.smic_multiple * self.smic * (row.months_paid or 12.0), 2)
            row.annual_minimum = row.annual_maximum = value
            row.annual_estimated = True

    # --- words that bear on rows elsewhere

    def _top_up(self, sentence: _Sentence, kept: list[tuple[Mention, Salary]]) -> None:
        """A variable part that the end of a sentence states goes to its last pay; one stated before, to those after."""
        if not kept:
            return
        tail = self.lower[kept[-1][0].end : sentence.end]
        if cue("variable", "yes").search(tail) and not kept[-1][1].variable and not cue("variable", "no").search(tail):
            kept[-1][1].variable = True
        if self.pending >= 0 and sentence.start - self.pending < 300:
            for _, row in kept:
                row.variable = True

    def _later_words_of(self, start: int, end: int) -> None:
        """Apply a remark (« S'y ajoutent des primes ») to the pay, or the table of pays, before it."""
        if not MARKS.search(self.lower, start, end):
            return
        words = self.lower[start:end]
        near = [s for s in self.read if start - s.end < _NEAR and s.rows]
        complete(words, (row for s in near for row in s.rows))
        if not adds(words):
            return
        last = self.read[-1] if self.read and self.read[-1].rows else None
        if last is None or start - last.end > _NEAR:
            self.pending = start
            return
        rows = [s for s in self.read if s is last or (s.group and s.group == last.group)]
        for sentence in rows:
            for row in sentence.rows:
                row.variable = True

    def _widen(self, block: Block) -> None:
        """A table row with one pay is evidence as a whole: its label stands in it."""
        row = self.read[-1].rows[-1] if self.read and self.read[-1].rows else None
        if row is not None and block.start <= row.start and row.end <= block.end and block.end - block.start <= 200:
            row.start, row.end = block.start, block.end
