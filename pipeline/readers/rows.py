"""JSON lines and Parquet as crawlers write them: one page a row, with its address and its ``html`` or ``text``.

Columns: the content is the first present of ``html``, ``content``, ``raw_content``, ``text``; the address
``url``; the day ``date`` or ``fetched`` (ISO 8601). A row is named after its address, else its ``id``, else
its content.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, cast

from pipeline.errors import RejectedInput
from pipeline.readers import Content, Limits, Member, beyond, too_large

SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".parquet")
CONTENT = ("html", "content", "raw_content", "text")
NAMES = ("url", "id", "date", "fetched")


def walk(file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
    """See :class:`pipeline.readers.Container`; a member's place is the offset of its line, or the rank of its row."""
    name = source.lower()
    if name.endswith(".parquet"):
        found = _parquet(file, source, wanted)
    elif name.endswith(".gz"):
        found = _lines(cast("BinaryIO", gzip.GzipFile(fileobj=file)), source, limits, wanted, seekable=False)
    else:
        found = _lines(file, source, limits, wanted, seekable=True)
    left = limits.container
    try:
        for place, row in found:
            member = _member(row, place, source, limits)
            left -= len(member.content.data) if isinstance(member.content, Content) else 0
            if left < 0:
                raise beyond(source, limits)
            yield member
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise RejectedInput("malformed", f"{source}: it cannot be unpacked, or is cut short: {error}.") from error


Row = Mapping[str, Any] | RejectedInput


def _lines(
    file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None, *, seekable: bool
) -> Iterator[tuple[int, Row]]:
    """(offset, row) of every line that is not blank, or of the lines at the offsets ``wanted``."""
    chosen = None if wanted is None else set(wanted)
    if chosen is not None and seekable:
        for offset in sorted(chosen):
            file.seek(offset)
            yield offset, _row(file.readline(limits.sheet * 2), source, limits)
        return
    offset = 0
    while line := file.readline(limits.sheet * 2):
        start, offset = offset, offset + len(line)
        whole = line
        while not whole.endswith(b"\n") and (whole := file.readline(limits.sheet * 2)):
            offset += len(whole)  # the rest of a line beyond all bounds
        if line.strip() and (chosen is None or start in chosen):
            yield start, _row(line, source, limits)


def _row(line: bytes, source: str, limits: Limits) -> Row:
    if len(line) >= limits.sheet * 2:
        return too_large(source, len(line), limits.sheet)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return RejectedInput("malformed", f"{source}: a line is no JSON.")
    return row if isinstance(row, dict) else RejectedInput("malformed", f"{source}: a line is no JSON object.")


def _parquet(file: BinaryIO, source: str, wanted: Sequence[int] | None) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file)
        columns = [name for name in table.schema_arrow.names if name in {*CONTENT, *NAMES}]
        place, chosen = 0, None if wanted is None else set(wanted)
        for batch in table.iter_batches(64, columns=columns):
            ranks = range(place, place + batch.num_rows)
            place += batch.num_rows
            if chosen is None or not chosen.isdisjoint(ranks):
                rows = zip(ranks, batch.to_pylist(), strict=True)
                yield from ((rank, row) for rank, row in rows if chosen is None or rank in chosen)
    except (pa.ArrowException, OSError) as error:
        raise RejectedInput("malformed", f"{source}: it is no readable Parquet file: {error}.") from error


def _member(row: Row, place: int, source: str, limits: Limits) -> Member:
    if isinstance(row, RejectedInput):
        return Member(None, place, row)
    name = next((str(row[n]) for n in ("url", "id") if row.get(n)), None)
    value = next((row[n] for n in CONTENT if row.get(n)), None)
    if not isinstance(value, str | bytes):
        return Member(name, place, RejectedInput("empty", f"{source}: a row has none of the columns {', '.join(CONTENT)}."))
    data = value.encode("utf-8", "replace") if isinstance(value, str) else value
    if len(data) > limits.sheet:
        return Member(name, place, too_large(f"{source}!{name}", len(data), limits.sheet))
    url = row.get("url")
    return Member(name, place, Content(data, str(url) if url else None, _day(row.get("fetched") or row.get("date"))))


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
