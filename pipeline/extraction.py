"""One sheet in memory: bytes or text in, records out.

``extract(content, source)`` runs the whole way: recognise the format, parse, clean, section, extract,
check. The batch job calls the same function for every input.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.errors import RejectedInput
from pipeline.extractors import extractors
from pipeline.normal import NormalText
from pipeline.parsers import parse
from pipeline.parsers.recognition import is_sheet
from pipeline.reading import Reading
from pipeline.records import EXTRACTED, TABLES, Record, Reject, SheetRow, Span
from pipeline.schema import all_sound, in_order, record_ids, rows_to_arrow, violations
from pipeline.sections import sectionise
from pipeline.sheet import Sheet, assemble, sheet_key

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(slots=True)
class Extraction:
    """What one input yields: the sheet, its records a table, and what was rejected.

    ``sheet`` is None where the input gave no sheet; ``rejects`` then says why. The records of a table
    are an attribute, too: ``extraction.salaries``.
    """

    source: str
    sheet: Sheet | None
    records: dict[str, list[Any]] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def __getattr__(self, name: str) -> list[Any]:
        if name in TABLES:
            return self.records.get(name, [])
        raise AttributeError(f"an extraction has no {name!r}; its tables are {', '.join(TABLES)}")

    def rows(self, name: str) -> list[tuple[str | None, str | None, Record]]:
        """(primary key, sheet id, record) of the table ``name``, in the table's sort order."""
        records = in_order(name, self.rejects if name == "rejects" else self.records.get(name, []))
        if not records:
            return []
        if name == "rejects":
            owner = self.sheet.sheet_id if self.sheet else None
            return list(zip(record_ids(sheet_key(self.source), records), [owner] * len(records), records, strict=True))
        if self.sheet is None:
            return []
        sheet_id = self.sheet.sheet_id
        ids = [sheet_id] if name == "sheets" else record_ids(sheet_id, records)
        return list(zip(ids, [sheet_id] * len(records), records, strict=True))

    def to_arrow(self) -> dict[str, pa.Table]:
        """Every table as Arrow, with the schema of the Parquet files."""
        return {name: rows_to_arrow(name, self.rows(name)) for name in TABLES}

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """Every table as a pandas DataFrame."""
        return {name: table.to_pandas() for name, table in self.to_arrow().items()}


def extract(
    content: str | bytes, source: str | None = None, *, url: str | None = None, fetched: dt.date | None = None,
    taxonomies: Sequence[str] = (),
) -> Extraction:  # fmt: skip
    """Read one job sheet.

    ``content`` is the page or text, ``source`` where it came from (a path or URI; the id of the sheet
    follows from it, or from the content where it is None). ``url`` is the address it was fetched from,
    used where the page names none, and ``fetched`` the day, both as an archive or a crawler noted them.
    ``taxonomies`` are the files of compiled taxonomies to link to
    (:func:`pipeline.taxonomies.library.installed` lists them). Never raises for bad content: the
    extraction then holds no sheet and one reject.
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    content_hash = hashlib.blake2b(data, digest_size=16).hexdigest()
    name = source if source is not None else f"memory:{content_hash}"
    try:
        sheet = read_sheet(data, name, content_hash, url, fetched)
    except RejectedInput as error:
        return Extraction(name, None, rejects=[Reject(source=name, code=error.code, message=str(error))])
    return extract_records(sheet, taxonomies)


def read_sheet(data: bytes, source: str, content_hash: str, url: str | None = None, fetched: dt.date | None = None) -> Sheet:
    """Bytes → a clean, sectioned sheet (see :func:`extract`). Raises :class:`RejectedInput`."""
    parsed = parse(data, source)
    text, blocks, fields, dropped = assemble(parsed.pieces)
    if not text.strip():
        raise RejectedInput("not-a-sheet", f"{source}: nothing is left of the page once menus and the like are removed.")
    sections = sectionise(text, blocks)
    if not fields and not is_sheet(text, blocks, sections):
        raise RejectedInput(
            "not-a-sheet", f"{source}: the text speaks of no occupation in French; leave the file out of the input folder."
        )
    return Sheet(
        sheet_id=sheet_key(source),
        source=source,
        format=parsed.format,
        content_hash=content_hash,
        text=text,
        blocks=blocks,
        sections=sections,
        fields=fields,
        dropped=dropped,
        metadata=replace(parsed.metadata, url=parsed.metadata.url or url, fetched=fetched),
    )


def extract_records(sheet: Sheet, taxonomies: Sequence[str] = ()) -> Extraction:
    """A sheet → its records, each checked; one that breaks a rule of its table becomes a reject."""
    extraction = Extraction(sheet.source, sheet)
    extraction.records = {"sheets": [_sheet_row(sheet)], "sections": list(sheet.sections), "dropped": list(sheet.dropped)}
    reading = Reading(sheet, tuple(taxonomies))
    earlier: dict[str, list[Any]] = {}
    for name, function in extractors():
        earlier[name] = list(function(reading, earlier))
    for name in EXTRACTED:
        extraction.records[name] = earlier[name]
        _cite(earlier[name], reading.normal, sheet.text)
    for name, records in extraction.records.items():
        if not all_sound(name, records, sheet.text):
            extraction.records[name] = [r for r in records if _passes(r, name, extraction, sheet.text)]
    return extraction


def _cite(records: Iterable[Span], normal: NormalText, text: str) -> None:
    """Lead the offsets of ``records`` back from the normal form to the text as written, and note the words there."""
    if normal.origins is not None:
        for record in records:
            record.start, record.end = normal.back(record.start, record.end)
    for record in records:
        record.evidence = text[record.start : record.end]


def _passes(record: Record, name: str, extraction: Extraction, text: str) -> bool:
    faults = violations(record, text)
    if faults:
        message = f"{extraction.source}: a row of {name} was rejected: {'; '.join(faults)}. Please report this as a bug."
        extraction.rejects.append(Reject(source=extraction.source, code="invalid-record", message=message))
    return not faults


def _sheet_row(sheet: Sheet) -> SheetRow:
    about = sheet.metadata
    return SheetRow(
        source=sheet.source,
        url=about.url,
        publisher=about.publisher,
        author=about.author,
        published=about.published,
        modified=about.modified,
        fetched=about.fetched,
        language=about.language or "fr",
        format=sheet.format,
        content_hash=sheet.content_hash,
        text=sheet.text,
        summary=sheet.summary,
    )
