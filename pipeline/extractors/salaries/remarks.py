"""Applies what one sentence says of the pays in others: « S'y ajoutent des primes », « Ces salaires sont versés sur 13 mois ».

The lower-cased words of a sentence go in, with the rows before it; those rows are completed, never overruled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extractors.salaries.amounts import HINT
from pipeline.extractors.salaries.cues import cue, months_paid, nearest
from pipeline.records import Salary

#: One of these stands in every sentence that says something of pays elsewhere: what callers may test before they read.
MARKS = re.compile(r"ajout|compl|en sus|majoré|montants|chiffres|salaires|sommes|\bces ")
_ADDS = re.compile(r"s'y ajout|à (?:cela|ce|quoi|cette|ces)\b.{0,40}ajout|ajout|compl[éèe]t|en sus|majoré")
_ADDED = re.compile(
    r"prime|variable|bonus|commission|intéressement|pourboire|13e|treizième|participation|indemnit|droits|avantages|pourcentage"
)
_ADDS_ALONE = re.compile(r"s'y|à cela|à ce|s'ajout|une? (?:prime|part)")
_THESE_PAYS = re.compile(
    r"\b(?:ces|tous les|les) (?:\w+ )?"
    r"(?:salaires?|montants?|chiffres?|sommes?|rémunérations?|revenus|fourchettes?|traitements?|grilles?)\b"
    r"|^\W*(?:montants?|chiffres?|salaires?|sommes?) (?:\w+ )?(?:en )?(?:bruts?|nets?|mensuels?|annuels?)\b"
)

_ON_TOP = re.compile(r"\b(?:primes?|bonus)\b.{0,40}\ben (?:plus|sus)\b")


def adds(words: str) -> bool:
    """Whether a sentence says that a variable part comes on top of the pays beside it."""
    if not (_ADDS.search(words[:90]) and _ADDED.search(words)):
        return False
    return HINT.search(words) is None or _ADDS_ALONE.match(words) is not None


def complete(words: str, rows: Iterable[Salary]) -> None:
    """Give the rows before a remark on « ces salaires » the basis, the months paid and the variable part that it states."""
    if HINT.search(words) or not _THESE_PAYS.search(words):
        return
    basis, _ = nearest("basis", "", words)
    months = months_paid(words)
    variable = cue("variable", "yes").search(words) or _ON_TOP.search(words)
    for row in rows:
        row.basis = row.basis or basis
        if row.period == "month" and row.months_paid is None:
            row.months_paid = months
        row.variable = row.variable or bool(variable)
