"""Zip archives, read member by member.

Guards: a member is unpacked only as far as a sheet may be large, all members together only as far as the
archive may be; encrypted members and nested archives are not opened; names are labels, never paths.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from pipeline.errors import RejectedInput
from pipeline.readers import Content, Limits, Member, beyond, is_container, is_skipped_path, nested, read_capped

SUFFIXES = (".zip",)


def walk(file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
    """See :class:`pipeline.readers.Container`; a member's place is its rank."""
    try:
        archive = zipfile.ZipFile(file)
        listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RejectedInput("malformed", f"{source}: it is no readable zip archive: {error}.") from error
    left = limits.container
    for place in range(len(listed)) if wanted is None else wanted:
        if place >= len(listed):
            continue
        about = listed[place]
        if about.is_dir() or is_skipped_path(about.filename):
            continue
        if left <= 0 and wanted is None:
            raise beyond(source, limits)
        content = _content(archive, about, source, limits)
        left -= len(content.data) if isinstance(content, Content) else 0
        yield Member(about.filename, place, content)


def _content(archive: zipfile.ZipFile, about: zipfile.ZipInfo, source: str, limits: Limits) -> Content | RejectedInput:
    name = f"{source}!{about.filename}"
    if is_container(about.filename):
        return nested(name)
    if about.flag_bits & 1:
        return RejectedInput("unsafe-archive", f"{name}: it is encrypted.")
    try:
        with archive.open(about) as stream:
            return Content(read_capped(cast("BinaryIO", stream), name, limits.sheet))
    except RejectedInput as error:
        return error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        return RejectedInput("malformed", f"{name}: it cannot be unpacked: {error}.")
