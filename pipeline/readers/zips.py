"""Zip archives, read member by member.

Guards: a member is unpacked only as far as a sheet may be large, all members together only as far as the
archive may be; encrypted members and nested archives are not opened; names are labels, never paths.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from pipeline.errors import RejectedInput
from pipeline.readers import Content, Limits, Member, beyond, is_container, is_skipped_path, nested, read_capped, too_large

SUFFIXES = (".zip",)
#: The header before each member: mark, flags, method, checksum, packed length, lengths of name and of extra field.
_HEADER = struct.Struct("<4s2xHH4xII4xHH")
_UTF8, _LENGTH_FOLLOWS = 0x800, 0x8


def walk(file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
    """See :class:`pipeline.readers.Container`; a member's place is its rank.

    An archive without its table of contents, which stands at the end, was cut short: it is read up to the cut.
    """
    try:
        archive = zipfile.ZipFile(file)
        listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield from _up_to_the_cut(file, source, limits, wanted)
        raise RejectedInput("malformed", f"{source}: it is no readable zip archive, or is cut short: {error}.") from error
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


def _up_to_the_cut(file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
    """The members of an archive by the headers before each; a member's place is the offset of its header."""
    file.seek(0)
    left = limits.container
    while len(head := file.read(_HEADER.size)) == _HEADER.size and left > 0:
        place = file.tell() - _HEADER.size
        mark, flags, method, check, packed, named, more = _HEADER.unpack(head)
        name = file.read(named).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        file.seek(more, 1)
        if mark != b"PK\x03\x04":
            return
        data, check = _unpacked(file, (flags, method, check, packed), limits.sheet)
        left -= len(data or b"")
        if name.endswith("/") or is_skipped_path(name) or (wanted is not None and place not in wanted):
            continue
        full = f"{source}!{name}"
        if is_container(name):
            yield Member(name, place, nested(full))
        elif data is not None and len(data) > limits.sheet:
            yield Member(name, place, too_large(full, len(data), limits.sheet))
        elif data is None or zlib.crc32(data) != check:
            yield Member(name, place, RejectedInput("malformed", f"{full}: it is cut short or damaged."))
        else:
            yield Member(name, place, Content(data))


def _unpacked(file: BinaryIO, header: tuple[int, int, int, int], limit: int) -> tuple[bytes | None, int]:
    """What follows a header, unpacked up to a byte more than ``limit``, and its checksum; None where the file ends before.

    ``header`` is (flags, method, checksum, packed length).
    """
    data = b""
    flags, method, check, packed = header
    if method == zipfile.ZIP_STORED and not flags & _LENGTH_FOLLOWS:
        data = file.read(packed)
        return (data, check) if len(data) == packed and not flags & 1 else (None, 0)
    if method != zipfile.ZIP_DEFLATED or flags & 1:
        return None, 0
    unpacking, start = zlib.decompressobj(-15), file.tell()
    try:
        while not unpacking.eof:
            part = unpacking.unconsumed_tail or file.read(1 << 16)
            if not part:
                return None, 0
            fresh = unpacking.decompress(part, 1 << 20)
            data += fresh
            if len(data) > limit:
                file.seek(start + packed)
                return data[: limit + 1], check
    except zlib.error:
        return None, 0
    file.seek(-len(unpacking.unused_data), 1)
    if flags & _LENGTH_FOLLOWS:
        first = file.read(4)
        check = int.from_bytes(file.read(4) if first == b"PK\x07\x08" else first, "little")
        file.seek(8, 1)
    return data, check
