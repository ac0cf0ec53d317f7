"""Web archives (WARC): each HTML page or plain text that a crawler was answered with 200 is a sheet.

Its name is the target URI, which is also its ``url``; ``fetched`` is the day of its WARC-Date. Other
records (requests, images, redirects, metadata) are passed over. Content and transfer encodings are undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pipeline.errors import RejectedInput
from pipeline.readers import Content, Limits, Member, beyond, read_capped

SUFFIXES = (".warc", ".warc.gz")
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
    try:
        for record in _records(file):
            if not _is_page(record):
                continue
            content = _content(record, source, limits)
            left -= len(content.data) if isinstance(content, Content) else 0
            if left < 0:
                raise beyond(source, limits)
            yield Member(record.headers.get("WARC-Target-URI"), record.stream_pos, content)
    except (OSError, ValueError, EOFError) as error:
        raise RejectedInput("malformed", f"{source}: it is no readable web archive, or is cut short: {error}.") from error


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
