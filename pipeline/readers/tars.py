"""Tar archives, plain or compressed, read from their beginning member by member.

Guards as for zip archives; whatever is no regular file (links, devices) is passed over.
"""

from __future__ import annotations

import lzma
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

from pipeline.errors import RejectedInput
from pipeline.readers import Content, Limits, Member, beyond, is_container, is_skipped_path, nested, read_capped, too_large

SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")


def walk(file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
    """See :class:`pipeline.readers.Container`; a member's place is its rank."""
    left = limits.container
    last = max(wanted, default=-1) if wanted is not None else None
    chosen = None if wanted is None else set(wanted)
    try:
        with tarfile.open(fileobj=file, mode="r|*") as archive:
            for place, about in enumerate(archive):
                if last is not None and place > last:
                    return
                left -= about.size
                if left < 0 and chosen is None:
                    raise beyond(source, limits)
                if about.isreg() and not is_skipped_path(about.name) and (chosen is None or place in chosen):
                    yield Member(about.name, place, _content(archive, about, source, limits))
                archive.members.clear()  # type: ignore[attr-defined] # it would remember every member it met
    except (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError, ValueError) as error:
        raise RejectedInput("malformed", f"{source}: it is no readable tar archive, or is cut short: {error}.") from error


def _content(archive: tarfile.TarFile, about: tarfile.TarInfo, source: str, limits: Limits) -> Content | RejectedInput:
    name = f"{source}!{about.name}"
    if is_container(about.name):
        return nested(name)
    if about.size > limits.sheet:
        return too_large(name, about.size, limits.sheet)
    stream = archive.extractfile(about)
    data = read_capped(cast("BinaryIO", stream), name, limits.sheet) if stream else b""
    return Content(data) if len(data) == about.size else RejectedInput("malformed", f"{name}: it is cut short.")
