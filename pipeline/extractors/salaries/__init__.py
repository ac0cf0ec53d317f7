"""Reads the pays that a sheet states for its occupation.

Sentences, table cells and list items with an amount or the SMIC in them go in; a :class:`Salary` comes out
for each amount that is a pay. What decides, in this order: words of another kind of money nearest to the
amount (a price, a budget, a prime), words of pay, and the section. Stage, status, basis and period come from
the clause of the amount, else from its label (row and column headers, term), the sentence, the caption or
lead-in, and the heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.extractors.salaries.attributes import set_annual
from pipeline.extractors.salaries.periods import smic_month
from pipeline.extractors.salaries.places import Surroundings
from pipeline.extractors.salaries.reader import Reader
from pipeline.reading import Reading
from pipeline.records import Salary


def extract(reading: Reading, earlier: Earlier) -> Iterator[Salary]:
    """Yield the salaries of a sheet, in reading order."""
    around = Surroundings(reading, reading.lower)
    if not around.signs and not any(block.cells for block in reading.blocks):
        return
    reader = Reader(around, earlier)
    reader.blocks()
    reader.heading_sentences()
    smic = smic_month(reading.metadata.modified or reading.metadata.published)
    for row in _once(reader.ledger.rows()):
        set_annual(row, smic)
        yield row


def _once(rows: list[Salary]) -> Iterator[Salary]:
    """The rows in reading order; a pay that the sheet states again in other words (« Aux 2 050 € du départ … ») only once."""
    told: dict[tuple[object, ...], Salary] = {}
    for row in sorted(rows, key=lambda r: (r.start, r.end)):
        what = (row.minimum, row.maximum, row.currency, row.period, row.basis, row.stage, row.smic_multiple)
        first = told.setdefault(what, row)
        if first is row or row.rule == "cell" or row.smic_multiple is not None or first.status != row.status:
            yield row
