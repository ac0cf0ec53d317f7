"""Web archives (WARC): each HTML page or plain text that a crawler was answered with 200 is a sheet.

Its name is the target URI, which is also its ``url``; ``fetched`` is the day of its WARC-Date. Other
records (requests, images, redirects, metadata) are passed over. Content and transfer encodings are undone.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pipeline.errors import RejectedInput
from pipeline.readers import Content, Limits, Member, beyond, read_capped

SUFFIXES = (".warc", ".warc.gz")
_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 1 << 16
_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown")


def walk(file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
    """See :class:`pipeline.readers.Container`; a member's place is the offset of its record in the file."""
    left = limits.container
    if wanted is not None:
        for offset in wanted:
            file.seek(offset)
            found = next(iter(_records(file)), None)
            if found is not None:
                yield Member(found.headers.get("WARC-Target-URI"), offset, _content(found, source, limits))
        return
    last: Member | None = None  # held back, for a cut within it shows only at the end
    at = 0
    try:
        for record in _records(file):
            at = record.stream_pos
            if not _is_page(record):
                continue
            content = _content(record, source, limits)
            left -= len(content.data) if isinstance(content, Content) else 0
            if left < 0:
                raise beyond(source, limits)
            if last is not None:
                yield last
            last = Member(record.headers.get("WARC-Target-URI"), at, content)
    except (OSError, ValueError, EOFError) as error:
        if last is not None:
            yield last
        raise RejectedInput("malformed", f"{source}: it is no readable web archive, or is cut short: {error}.") from error
    cut = _cut(file, at)
    if last is not None:
        short = RejectedInput("malformed", f"{source}!{last.name}: it is cut short.")
        yield last._replace(content=short) if cut == last.place else last
    if cut is not None:
        raise RejectedInput("malformed", f"{source}: it is cut short; what came before is read.")


def _cut(file: BinaryIO, start: int) -> int | None:
    """The place of a record, from the one at ``start`` on, that the end of the file cuts short; None where all are whole."""
    file.seek(start)
    if file.read(2) == _GZIP:
        return _cut_member(file, start)
    file.seek(start)
    while head := file.readline(_LONGEST_LINE):
        length = None
        while (line := file.readline(_LONGEST_LINE)).strip():
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length" and value.strip().isdigit():
                length = int(value)
        if not head.strip():  # blank lines between records
            continue
        if length is None or not line:
            return start
        end = file.tell() + length
        if file.seek(0, 2) < end:
            return start
        start = file.seek(end)
    return None


def _cut_member(file: BinaryIO, start: int) -> int | None:
    """As :func:`_cut`, of a file in which each record is a gzip member of its own."""
    file.seek(start)
    unpacking, place = zlib.decompressobj(31), start
    while part := file.read(1 << 16):
        while part:
            try:
                unpacking.decompress(part)
            except zlib.error:
                return place
            part = unpacking.unused_data
            if unpacking.eof:
                place, unpacking = file.tell() - len(part), zlib.decompressobj(31)
    return None if place == file.tell() else place


def _records(file: BinaryIO) -> Iterable[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    found: Iterable[Any] = ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")
    return found


def _is_page(record: Any) -> bool:
    http = record.http_headers
    return http is not None and http.status_code == 200 and (record.http_content_type or "") in _PAGES  # noqa: PLR2004


def _content(record: Any, source: str, limits: Limits) -> Content | RejectedInput:
    uri = record.headers.get("WARC-Target-URI")
    try:
        data = read_capped(record.reader, f"{source}!{uri}", limits.sheet)
    except RejectedInput as error:
        return error
    except (OSError, ValueError, EOFError) as error:
        return RejectedInput("malformed", f"{source}!{uri}: its content cannot be decoded: {error}.")
    day = record.record_date
    return Content(data, uri, day.date() if isinstance(day, dt.datetime) else None)
