"""Applies what one sentence says of the pays in others: « S'y ajoutent des primes », « Ces salaires sont versés sur 13 mois ».

The lower-cased words of a sentence go in, with the rows before it; those rows are completed, never overruled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.extractors.salaries.amounts import hints
from pipeline.extractors.salaries.cues import nearest, says
from pipeline.extractors.salaries.periods import months_paid, plausible
from pipeline.records import Salary

#: One of these opens a word of every sentence that says something of pays elsewhere.
MARKS = (
    "ajout", "arrondi", "ces ", "chiffres", "compl", "données", "en sus", "étoff", "fixe", "fourchettes", "gonfl", "grossi",
    "majoré", "montants", "rajout", "rémunération", "salaires", "sommes", "source",
)  # fmt: skip
_ADDS = re.compile(
    r"s'y ajout|à (?:cela|ce|quoi|cette|ces)\b.{0,40}ajout|ajout|compl[éèe]t|en sus|majoré|"
    r"\b(?:arrondi|étoff|gonfl|grossi)"
)
_ADDED = re.compile(
    r"prime|variable|bonus|commission|intéressement|pourboire|13e|treizième|participation|indemnit|droits|avantages|pourcentage"
)
_ADDS_ALONE = re.compile(r"s'y|à cela|à ce|s'ajout|une? (?:prime|part)")
_THESE_PAYS = re.compile(
    r"\b(?:ces|leurs|les|mes|nos|tou(?:s|tes) (?:ces|les|nos)) (?:\w+ )?"
    r"(?:salaires?|montants?|chiffres?|sommes?|rémunérations?|revenus|fourchettes?|traitements?|grilles?)\b"
    r"|^\W*(?:nb|note|source)s? ?:.*\b(?:bruts?|nets?)\b"
)
#: A line on pays beside it: « Montants bruts annuels, hors primes ».
_BARE_REMARK = re.compile(
    r"\W*(?:données|montants?|chiffres?|fixes?|fourchettes?|rémunérations?|salaires?|sommes?) (?:\w+ ){0,2}(?:en )?(?:euros )?"
    r"(?:brute?s?|net(?:te)?s?|mensuel(?:le)?s?|annuel(?:le)?s?)\b"
)

_AHEAD = re.compile(r"\bsuiv|ci-dessous|ci-après")
_ON_TOP = re.compile(r"\b(?:primes?|bonus)\b.{0,40}\ben (?:plus|sus)\b")


def adds(words: str, *, paying: bool) -> bool:
    """Whether a sentence says that a variable part comes on top of the pays beside it; ``paying`` where it may state one."""
    if not (_ADDS.search(words[:90]) and _ADDED.search(words)):
        return False
    return not paying or _ADDS_ALONE.match(words) is not None or not hints(words)


class Remark(NamedTuple):
    """What a sentence says of pays in others; ``ahead`` where these are still to come (« les chiffres qui suivent »)."""

    basis: str | None
    period: str | None
    months: float | None
    variable: bool
    ahead: bool

    def complete(self, rows: Iterable[Salary]) -> None:
        """Give rows what the remark states and they do not."""
        for row in rows:
            if row.status in {"apprentice", "self-employed"} or row.minimum is row.maximum is None:
                continue
            row.basis = row.basis or self.basis
            size = row.maximum or row.minimum
            if row.period_inferred and self.period and size and self.period in plausible(size, row.currency):
                row.period, row.period_inferred = self.period, False
            if row.period == "month" and row.months_paid is None:
                row.months_paid = self.months
            row.variable = row.variable or self.variable


def remark(words: str) -> Remark | None:
    """The remark that a sentence makes on « ces salaires », « les montants qui suivent »; None where it makes none."""
    sentence = words.rstrip()[-1:] in {".", ":"} and _THESE_PAYS.search(words) is not None
    if not (sentence or _BARE_REMARK.match(words)) or hints(words):
        return None
    variable = says("variable", "yes", words) or _ON_TOP.search(words) is not None
    basis, period = nearest("basis", "", words)[0], nearest("period", "", words)[0]
    return Remark(basis, None if period == "piece" else period, months_paid(words), variable, bool(_AHEAD.search(words)))
