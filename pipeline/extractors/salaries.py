"""Reads the pays that a sheet states for its occupation.

Sentences, table cells and list items with an amount or the SMIC in them go in; a :class:`Salary` comes out
for each amount that is a pay. What decides, in this order: words of another kind of money nearest to the
amount (a price, a budget, a prime), words of pay, and the section. Stage, status, basis and period come from
the clause of the amount, else from its label (row and column headers, term), the sentence, the caption or
lead-in, and the heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.amounts import HINT, amounts, lowered
from pipeline.extractors import Earlier
from pipeline.pay_clauses import Mention, mentions, split
from pipeline.pay_cues import cue, months_paid, nearest, period_of_size, plausible, smic_month, stage
from pipeline.reading import Reading
from pipeline.records import Salary
from pipeline.sheet import Block

_SALARY_HEADING = re.compile(r"salair|rémun|gagne|\bpayes?\b|\bpaies?\b|revenu|traitement|honoraires|combien")
#: What no amount does without; looked up by `str.find`, which is far quicker than a regular expression.
_SIGNS = ("€", "$", "£", "euro", "smic", "salaire minimum", "francs", "chf", "dollar", "cfa", "dirham", "livres sterling", " eur ", " cad ", " usd ")
_SIGN_BY_NUMBER = re.compile(r"\d(?: ?(?:k\b|f\b|ff\b|eur|(?:brut|net)s?\b)|[.,]\d\d\b)")
_BARE = re.compile(r"(?:(?:de|entre|dès|à partir de) )?\d[\d .',]*(?: ?(?:à|-|et|/) ?\d[\d .',]*)?(?: et plus| ?\+)?")
_NOT_A_SUM = re.compile(r"indice|échelon|coefficient|\bcoef|durée|\bâge|niveau|\bcode|effectif|heures|position|part\b|%|nombre|points?\b|évolution")
_SWISS = re.compile(r"\bchf\b|suisse|romand|\bgenève|lausanne|\bcfc\b|\bafp\b|canton|zurich|fribourg")
_CANADIAN = re.compile(r"québec|canad|montréal|cégep|\bdec\b|\$ ?ca\b|ontario")
_HEDGED = re.compile(
    r"(?:en fonction (?:de|du|des)|selon|suivant|dépend\w* (?:de|du|des|en)|varie\w* (?:selon|avec|en fonction))[^,;:.]*[,;:.]|"
    r"(?:primes?|indemnités?|variable|bonus|avantages|pourboires?)(?: et \w+)? (?:comprise?s?|incluse?s?)\b|"
    r"(?:hors|sans compter|sans les?|compris|inclus|en plus d)[^,;:.(]*|\+ ?(?:primes?|bonus|commissions?|variable)(?! d)|"
    r"(?:plus|et|avec|auxquels? s'ajoute\w*) (?:un |une |des |les |l')?(?:\w+ )?(?:primes?|bonus|commissions?|indemnités?)[^,;:.]*[,;]"
)
_LEFT_OUT = re.compile(r"\b(?:hors|sans compter|sans)\b(?! doute)[^,;:.()]*\((?:de |soit |environ |jusqu'à )?$")
_PAID_EXTRA = re.compile(
    r"(?:astreintes?|heures supplémentaires|gardes|primes?|indemnités?|repas|frais|bonus|commissions?|stages?|loyers?)(?: [\w']+){0,5}? "
    r"(?:sont |est |être )?(?:payée?s?|rémunérée?s?|versée?s?|remboursée?s?|verse|paie|perç\w+|touche\w*)(?: en (?:plus|sus))?"
)
_DAY_RATE = re.compile(r"free-?lance|indépendant|consultant|à la journée|tjm")
_OWN_BILL = re.compile(r"(?<!se )(?<!être )\bfacture(?:nt|r)?\b")
_PROFILE = re.compile(
    r"plus|moins|hommes?|femmes?|diplômé|cadres?|salarié|master|licence|bac|école|poste|profil|ingénieur|technicien|agent|temps|"
    r"titulaire|professionnel|emploi|même|grand|petit|débutant|autre|seconde?|première?|contrat|entreprise"
)
_NEXT_ADDS = re.compile(r"s'y ajout|à (?:cela|ce|quoi|cette|ces)\b.{0,40}ajout|ajout|compl[éèe]t|en sus|majoré")
_STUDENT = re.compile(r"étudiants?|élèves?|stagiaires?|pendant (?:la|leur|sa) (?:formation|scolarité)|lauréats|en formation")
_RESTATEMENT = re.compile(r"^(?:soit|cela (?:correspond|représente|équivaut)|ce qui|c'est-à-dire|autrement dit|en net|en brut|ça fait)\b")
_OWN_LABEL = 80


@dataclass(slots=True)
class Place:
    """A stretch of text to read, and the words around it that bear on it (all lower case)."""

    start: int
    end: int
    label: str = ""
    caption: str = ""
    heading: str = ""
    salary: bool = False
    education: bool = False
    cell: bool = False
    label_start: int | None = None


@dataclass(slots=True)
class _Sentence:
    """What was read from one sentence or cell: its rows, and the place."""

    start: int
    end: int
    group: int
    rows: list[Salary] = field(default_factory=list)


def extract(reading: Reading, earlier: Earlier) -> Iterator[Salary]:
    """Yield the salaries of a sheet, in reading order."""
    lower = lowered(reading.text)
    signs = _signs(lower)
    if not signs and not any(block.cells for block in reading.blocks):
        return
    reader = _Reader(reading, lower, signs, earlier)
    for i, block in enumerate(reading.blocks):
        if block.kind != "heading":
            reader.block(i, block)
    reader.heading_sentences()
    yield from sorted((row for sentence in reader.read for row in sentence.rows), key=lambda r: (r.start, r.end))


def _signs(lower: str) -> list[int]:
    """Where something stands that an amount may not do without, in order."""
    found = [match.start() for match in _SIGN_BY_NUMBER.finditer(lower)]
    for sign in _SIGNS:
        at = lower.find(sign)
        while at >= 0:
            found.append(at)
            at = lower.find(sign, at + 1)
    return sorted(found)


class _Reader:
    """Reads the blocks of one sheet, one after the other."""

    def __init__(self, reading: Reading, lower: str, signs: list[int], earlier: Earlier) -> None:
        self.reading, self.text, self.lower, self.earlier = reading, reading.text, lower, earlier
        self.signs = signs
        self.tabs = "\t" in reading.sheet.text
        self.francs = "CHF" if "franc" in lower and _SWISS.search(lower) else "FRF"
        self.dollars = "CAD" if ("$" in lower or "dollar" in lower) and _CANADIAN.search(lower) else "USD"
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

    def _signed(self, start: int, end: int) -> bool:
        """Whether anything between two offsets hints at money."""
        i = bisect_left(self.signs, start)
        return i < len(self.signs) and self.signs[i] < end

    # --- where to read

    def block(self, i: int, block: Block) -> None:
        """Read the cells, or the sentences, of a block."""
        signed = self._signed(block.start, block.end)
        cells = self._cells(i, block) if block.cells or (self.tabs and (signed or self.read)) else []
        if not cells and not signed:
            words = self.lower[block.start : block.end] if self.read else ""
            if any(mark in words for mark in ("ajout", "compl", "13e", "treizième")):
                for start, end in self.reading.sentences(block):
                    self._later_words_of(start, end)
            return
        heading, salary, education = self._headings(block)
        caption = self._caption(i, block)
        if cells:
            sums = 0
            for start, end, label in cells:
                place = Place(start, end, label, caption, heading, salary, education, cell=True)
                place.salary = salary or _SALARY_HEADING.search(label + " " + caption) is not None
                sums += self._cell(place, block)
            if sums == 1:
                self._widen(block)
            return
        label, label_start = self._term(i, block)
        for n, (start, end) in enumerate(self.reading.sentences(block)):
            for first, last in split(self.text, start, end):
                place = Place(first, last, label, caption, heading, salary, education,
                              label_start=label_start if n == 0 and first == start else None)
                if label and _SALARY_HEADING.search(label):
                    place.salary = True
                self._sentence(place, block.group if block.kind == "row" else 0)

    def heading_sentences(self) -> None:
        """Read the headings that state a pay themselves (« Salaire : 2 400 € brut par mois »)."""
        for block in self.reading.blocks:
            if block.kind == "heading" and self._signed(block.start, block.end):
                words = self.lower[block.start : block.end]
                if _SALARY_HEADING.search(words) and cue("pay", "strong").search(words):
                    self._sentence(Place(block.start, block.end, salary=False), 0)

    def _headings(self, block: Block) -> tuple[str, bool, bool]:
        path = self.reading.path[block.start]
        kinds = {s.kind for s in path[-2:]}
        headings = [s.heading.lower() for s in path if s.heading]
        if path[-1].kind == "salary" and path[-1].heading is None and self.reading.sheet.format == "onisep-xml":
            headings.append("salaire du débutant")  # the one pay that this register has an element for
        own = headings[-1] if headings else ""
        salary = path[-1].kind == "salary" or (len(path) > 1 and _SALARY_HEADING.search(own) is not None)
        near = " ; ".join(h for h in headings[-2:] if _SALARY_HEADING.search(h) or (h == own and (salary or "salary" in kinds)))
        return near, salary or "salary" in kinds, path[-1].kind == "education"

    def _caption(self, i: int, block: Block) -> str:
        """The line before a list or table, where it leads in to it."""
        if block.kind not in {"item", "row", "definition"}:
            return ""
        blocks = self.reading.blocks
        k = i - 1
        while k >= 0 and blocks[k].kind in {"item", "row", "term", "definition"} and (
            blocks[k].group == block.group or blocks[k].kind != block.kind
        ):
            k -= 1
        if k < 0 or blocks[k].kind != "paragraph":
            return ""
        words = self.lower[blocks[k].start : blocks[k].end]
        if len(words) > 160 and words.rstrip().endswith(":"):
            start, end = self.reading.sentences(blocks[k])[-1]
            return self.lower[start:end]
        return words if len(words) <= 160 and (words.rstrip().endswith(":") or HINT.search(words) is None) else ""

    def _term(self, i: int, block: Block) -> tuple[str, int | None]:
        """The label on the line before, where this line is its value (« Débutant » above « 1 800 € »)."""
        if i == 0 or block.kind not in {"definition", "paragraph"}:
            return "", None
        before = self.reading.blocks[i - 1]
        words = self.lower[before.start : before.end]
        if block.kind == "definition" and before.kind == "term":
            return words, before.start
        if (
            before.kind in {"paragraph", "term"} and len(words) < (160 if words.rstrip().endswith(":") else _OWN_LABEL) and HINT.search(words) is None
            and words.rstrip()[-1:] not in ".!?;" and len(self.lower[block.start : block.end]) < 120
        ):
            return words, before.start if block.start - before.end <= 1 else None
        return "", None

    def _cells(self, i: int, block: Block) -> list[tuple[int, int, str]]:
        """(start, end, lower-cased row and column headers) of the cells of a table row that may hold a sum."""
        if block.cells:
            named = (self.lower[c.start : c.end] for c in block.cells if not self._signed(c.start, c.end))
            own = " ".join(words for words in named if any(c.isalpha() for c in words))
            cells = []
            for cell in block.cells:
                side = own if cell.row.lower() in own else f"{cell.row.lower()} {own}"
                cells.append((cell.start, cell.end, f"{side} | {cell.column.lower()}" if side or cell.column else ""))
            return cells
        bounds = self._tabbed(block)
        if len(bounds) < 2:
            return []
        header: list[str] = []
        k = i - 1
        while k >= 0 and len(row := self._tabbed(self.reading.blocks[k])) == len(bounds):
            header = [self.lower[a:b] for a, b in row]
            k -= 1
        own = " ".join(self.lower[a:b] for a, b in bounds if not self._signed(a, b))
        return [(a, b, f"{own} | {header[n] if header else ''}") for n, (a, b) in enumerate(bounds)]

    def _tabbed(self, block: Block) -> list[tuple[int, int]]:
        if self.reading.normal.origins is not None:
            return []
        raw = self.reading.sheet.text
        start, bounds = block.start, []
        while (tab := raw.find("\t", start, block.end)) >= 0:
            bounds.append((start, tab))
            start = tab + 1
        return [*bounds, (start, block.end)] if bounds else []

    # --- reading

    def _cell(self, place: Place, block: Block) -> int:
        words = self.lower[place.start : place.end]
        column = place.label.rpartition("|")[2]
        if not any(c.isdigit() for c in words) and "smic" not in words:
            return 0
        if not self._signed(place.start, place.end):
            self._bare_cell(place, block, column)
        elif not (_NOT_A_SUM.search(column) and _SALARY_HEADING.search(column) is None):
            self._sentence(place, block.group)
        else:
            return 0
        return len(self.read[-1].rows) if self.read and self.read[-1].start == place.start else 0

    def _bare_cell(self, place: Place, block: Block, column: str) -> None:
        """A cell of numbers whose unit stands in its header."""
        words = self.lower[place.start : place.end].strip()
        context = f"{place.label} {place.caption} {place.heading}"
        if not _BARE.fullmatch(words) or (_NOT_A_SUM.search(column) and _SALARY_HEADING.search(column) is None):
            return
        if not (_SALARY_HEADING.search(f"{column} {place.caption} {place.heading}") or cue("basis", "gross").search(column)):
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

    def _sentence(self, place: Place, group: int) -> None:
        if not self._signed(place.start, place.end):
            self._later_words_of(place.start, place.end)
            return
        found = mentions(self.text, self.lower, place.start, place.end, francs=self.francs, dollars=self.dollars)
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
            if (mention.restates and refused) or not self._is_pay(mention, place, words, bool(kept) or near):
                refused = True
                continue
            refused = False
            before = kept[-1] if kept else None
            kept.append((mention, self._row(mention, place, before, last, found)))
        self._even_out(kept)
        sentence.rows = [row for _, row in kept]
        self._top_up(sentence, kept, words)
        self.read.append(sentence)

    def _is_pay(self, mention: Mention, place: Place, words: str, after_pay: bool) -> bool:
        """Whether an amount is what the occupation pays."""
        before = _HEDGED.sub(lambda m: " " * len(m.group()), mention.before)
        if _LEFT_OUT.search(mention.before):
            return False
        if cue("statistic", "elsewhere").search(words):
            return False
        if mention.smic is not None and mention.rule == "smic":
            return self._smic_is_pay(mention, place, before, after_pay)
        if cue("not_pay", "right").match(self.lower, mention.end):
            return False
        column = place.label.rpartition("|")[2]
        if place.cell and cue("not_pay", "left").search(column) and not _SALARY_HEADING.search(column):
            return False
        strong = _last_end(cue("pay", "strong"), before)
        against = max(_last_end(cue("not_pay", "left"), before), _last_end(_PAID_EXTRA, before))
        if "factur" in before and _DAY_RATE.search(words) and re.search(r"jour|heure|/ ?[hj]\b", mention.before + mention.right):
            against, strong = -1, max(strong, 0)
        if _OWN_BILL.search(before) and "jour" in mention.before + mention.right[:30]:
            against, strong = -1, max(strong, 0)
        if self._of_another_trade(mention):
            return False
        if against >= 0 and against >= strong:
            return False
        right = mention.right[:50]
        if strong < 0 and (cue("basis", "gross").match(right.lstrip()) or cue("basis", "net").match(right.lstrip())):
            strong = 0
        if mention.size >= 1e6 and (mention.currency != "XOF") and strong < 0:
            return False
        if place.education and _STUDENT.search(words):
            return False
        if place.salary or (place.cell and _SALARY_HEADING.search(place.label + place.caption)):
            return strong >= 0 or after_pay or len(words) < 90 or cue("pay", "weak").search(mention.left + " " + right) is not None
        return strong >= 0 or (after_pay and against < 0 and mention.restates)

    def _of_another_trade(self, mention: Mention) -> bool:
        """Whether « contre 1 900 € pour un maçon » gives the pay of a trade that the sheet compares its own with."""
        if not re.match(r"[ ,;]*contre\b", mention.left):
            return False
        other = re.match(r"[^,;.]{0,40}?\b(?:pour|chez) (?:un|une|le|la|les|des) (\w+)", mention.right)
        if other is None or _PROFILE.match(other[1]) or stage("", mention.right) or nearest("status", "", mention.right)[0]:
            return False
        return other[1] not in self.titles

    def _smic_is_pay(self, mention: Mention, place: Place, before: str, after_pay: bool) -> bool:
        near = before[-60:]
        after = self.lower[mention.end : mention.end + 40]
        if re.match(r" (?:n'est|est (?:de|revaloris|fix|le)|s'élève|a (?:été|augment)|augmente|horaire|étant|:)", after) and mention.smic == 1.0:
            return False
        against = _last_end(cue("smic_not", "left"), near)
        if against >= 0 and against >= len(near) - 22:
            return False
        if place.salary or after_pay:
            return True
        return cue("pay", "strong").search(before) is not None or re.search(r"débute\w* au |au niveau du ", near) is not None

    # --- one row

    def _row(
        self, mention: Mention, place: Place, before: tuple[Mention, Salary] | None, last: Salary | None, found: Sequence[Mention]
    ) -> Salary:
        left, right = mention.left, mention.right
        start, end = mention.clause
        previous = before[1] if before is not None else last if mention is found[0] else None
        restates = (before is not None and mention.restates) or (before is None and previous is not None)
        row = Salary(
            start=start, end=max(end, mention.end), minimum=mention.minimum, maximum=mention.maximum,
            currency=(mention.currency or "EUR") if mention.size else None, smic_multiple=mention.smic,
            rule="cell" if place.cell and mention.rule != "smic" else mention.rule,
        )
        if place.label_start is not None and mention is found[0] and not _SALARY_HEADING.search(place.label):
            row.start = place.label_start
        row.status = self._status(mention, place, previous, before)
        row.stage = self._stage(mention, place, previous, restates, row.status)
        row.basis = self._basis(left, right, place, row)
        self._period(row, mention, place)
        words = f"{left} {right}"
        row.months_paid = None
        if row.period in {"month", "year"} or mention.smic is not None:
            row.months_paid = months_paid(self.lower[place.start : place.end]) or months_paid(f"{place.label} {place.caption} {place.heading}")
        if row.months_paid == 12.0 and row.period == "year":
            row.months_paid = None
        row.variable = bool(cue("variable", "yes").search(words)) and not (
            cue("variable", "no").search(words) and not re.search(r"\bhors\b|ajout", words)
        )
        if not row.variable and re.search(r"hors (?:\w+ )?(?:variable|primes?|bonus)", f"{place.label} {place.caption} {place.heading}"):
            row.variable = True
        if mention.restates and previous is not None and mention.rule == "value" and None in (previous.minimum, previous.maximum):
            row.minimum = row.minimum if previous.minimum is not None else None
            row.maximum = row.maximum if previous.maximum is not None else None
        if restates and previous is not None:
            row.variable = row.variable or previous.variable
            row.months_paid = row.months_paid or previous.months_paid
        return row

    def _status(self, mention: Mention, place: Place, previous: Salary | None, before: tuple[Mention, Salary] | None) -> str | None:
        value, _ = nearest("status", mention.left, mention.right)
        if value is None and place.label:
            value, _ = nearest("status", place.label, "")
        if value is None and previous is not None and (mention.restates or before is None or not mention.left.strip(" ,;et:") or before[0].hinge):
            value = previous.status
        if value is None and before is not None and previous is not None and self._same_breath(mention):
            value = previous.status
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
        return not left or re.match(r"(?:et |puis )?(?:l'|le |la |les |un |une |celui |celle )[\w' -]{2,40}?,? à$|(?:l'\w+, (?:à|de)|et (?:de|à|entre|rarement|parfois|souvent|même)|ou\b|puis|contre|voire|pour atteindre|dans|en (?:province|région)|à \w+$)", left) is not None

    def _basis(self, left: str, right: str, place: Place, row: Salary) -> str | None:
        value, _ = nearest("basis", left[-90:], right[:45])
        if value is None:
            for words in (place.label, self._lead(left, place), place.caption, place.heading):
                if words and (row.status != "self-employed" or words is place.label):
                    value, _ = nearest("basis", "", words)
                    if value is not None:
                        break
        return value

    def _lead(self, left: str, place: Place) -> str:
        """The words from the start of the sentence to its first amount, where they are not the clause itself."""
        first = next((i for i in range(place.start, place.end) if self.text[i].isdigit()), place.start)
        lead = self.lower[place.start : first]
        return lead if lead and not left.startswith(lead) and re.search(r"salair|rémun|revenu|traitement|fourchette", lead) else ""

    def _period(self, row: Salary, mention: Mention, place: Place) -> None:
        if not mention.size:
            return
        fits = frozenset(p for p in ("hour", "day", "week", "month", "year", "piece") if plausible(p, mention.size, row.currency))
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
        for (one, first), (other, second) in zip(kept, kept[1:], strict=False):
            if not one.size or not other.size or first.currency != second.currency:
                continue
            alike = max(one.size, other.size) <= 5 * min(one.size, other.size)
            same_status = first.status == second.status or other.restates
            if second.period_inferred and not first.period_inferred and alike and first.period is not None:
                second.period, second.period_inferred = first.period, False
            elif first.period_inferred and not second.period_inferred and alike and second.period is not None and not other.restates:
                first.period, first.period_inferred = second.period, False
            if same_status and second.basis is None and first.basis is not None:
                second.basis = first.basis
            elif same_status and first.basis is None and second.basis is not None and not other.restates and alike:
                first.basis = second.basis
        for _, row in kept:
            self._annual(row)

    def _annual(self, row: Salary) -> None:
        """The amounts over a year."""
        factor = {"hour": 1820.0, "day": 218.0, "week": 52.0, "month": row.months_paid or 12.0, "year": 1.0}.get(row.period or "")
        if factor is not None:
            row.annual_minimum = None if row.minimum is None else round(row.minimum * factor, 2)
            row.annual_maximum = None if row.maximum is None else round(row.maximum * factor, 2)
        elif row.smic_multiple is not None and row.currency is None and self.smic is not None:
            value = round(row.smic_multiple * self.smic * (row.months_paid or 12.0), 2)
            row.annual_minimum = row.annual_maximum = value
            row.annual_estimated = True

    # --- words that bear on rows elsewhere

    def _top_up(self, sentence: _Sentence, kept: list[tuple[Mention, Salary]], words: str) -> None:
        """A variable part that the end of a sentence states goes to its last pay; one stated before, to those after."""
        if not kept:
            return
        tail = self.lower[kept[-1][0].end : sentence.end]
        if cue("variable", "yes").search(tail) and not kept[-1][1].variable and not cue("variable", "no").search(tail):
            kept[-1][1].variable = True
        if 0 <= self.pending and sentence.start - self.pending < 300:
            for _, row in kept:
                row.variable = True

    def _later_words_of(self, start: int, end: int) -> None:
        """« S'y ajoutent des primes » after a pay, or a table of pays, sets their variable part."""
        words = self.lower[start:end]
        if not (_NEXT_ADDS.search(words[:90]) and re.search(
            r"prime|variable|bonus|commission|intéressement|pourboire|13e|treizième|participation|indemnit|droits|avantages|pourcentage", words
        )):
            return
        if HINT.search(words) and not re.match(r"s'y|à cela|à ce|s'ajout|une? (?:prime|part)", words) :
            return
        last = self.read[-1] if self.read and self.read[-1].rows else None
        if last is None or start - last.end > 400:
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


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match of ``pattern`` in ``words`` ends; -1 if there is none."""
    found = -1
    for match in pattern.finditer(words):
        found = match.end()
    return found
