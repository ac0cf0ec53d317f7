"""Where raw sheets are read from: folders, object stores, and archives of many sheets in one file.

:func:`list_inputs` names what lies under RAW, cheaply, without opening anything. A file that holds
many sheets (a *container*: zip, tar, WARC, JSON lines, Parquet) is opened by the module of this
package that knows its suffix; a new kind of container is one new module here that defines
``SUFFIXES`` and ``walk`` (see :class:`Container`), and nothing else registers it.

Names inside a container are only ever labels: nothing is unpacked to disk and no name is used as a
path. A container inside a container is not opened.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import pkgutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import BinaryIO, NamedTuple, Protocol, cast

from pipeline.errors import RejectedInput

MEGABYTE = 1_000_000


class Input(NamedTuple):
    """A file under RAW: its name there, where it is opened, its size, and a stamp that changes when it does.

    ``source`` is the path relative to RAW with ``/``, in valid Unicode whatever the file system
    holds; ``stamp`` is empty where the file changed so recently that a second change could go unseen.
    """

    source: str
    path: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a sheet, and what its container says of it: its address and when it was fetched."""

    data: bytes
    url: str | None = None
    fetched: dt.date | None = None

    def key(self) -> str:
        """A hash of all that the records of the sheet follow from."""
        digest = hashlib.blake2b(self.data, digest_size=16)
        if self.url is not None or self.fetched is not None:
            digest.update(f"\x1f{self.url}\x1f{self.fetched}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Limits:
    """Guards, in bytes: of one sheet, and of all that one container unpacks to."""

    sheet: int
    container: int


class Member(NamedTuple):
    """A sheet in a container: its name (None where the container names none), where it lies, its content or why it has none.

    ``place`` is a number that leads back to the member: a rank, or an offset where the format allows seeking.
    """

    name: str | None
    place: int
    content: Content | RejectedInput


class Container(Protocol):
    """What a module of this package that reads a kind of container offers."""

    SUFFIXES: tuple[str, ...]

    def walk(self, file: BinaryIO, source: str, limits: Limits, wanted: Sequence[int] | None) -> Iterator[Member]:
        """The members of ``file`` in order; only those at the places ``wanted``, unless None.

        ``source`` is for messages. Raises :class:`RejectedInput` where the container itself cannot be read (further).
        """


@cache
def containers() -> dict[str, Container]:
    """Suffix → the module that opens it."""
    modules = [import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    return {suffix: cast("Container", m) for m in modules if hasattr(m, "walk") for suffix in m.SUFFIXES}


#: Suffixes that a container may have, written once more so that telling files apart imports no reader; a test compares.
CONTAINER_SUFFIXES = (
    ".zip",
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.bz2",
    ".tar.xz",
    ".warc",
    ".warc.gz",
    ".jsonl",
    ".jsonl.gz",
    ".ndjson",
    ".ndjson.gz",
    ".parquet",
)


def is_container(source: str) -> bool:
    """Whether ``source`` is, by its name, a file of many sheets."""
    return source.lower().endswith(CONTAINER_SUFFIXES)


#: Containers that can only be read from their beginning.
STREAMED_SUFFIXES = (".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".jsonl.gz", ".ndjson.gz", ".parquet")


def is_streamed(source: str) -> bool:
    """Whether reaching a member of the container ``source`` costs reading all before it."""
    return source.lower().endswith(STREAMED_SUFFIXES)


def container(source: str) -> Container:
    """The module that opens the container ``source``."""
    return containers()[max((s for s in containers() if source.lower().endswith(s)), key=len)]


def is_skipped(name: str) -> bool:
    """Whether a file or folder is no input: hidden, or a gold file beside a sheet."""
    return name.startswith(".") or name.endswith(".gold.json")


def is_skipped_path(name: str) -> bool:
    """Whether a member of an archive is no input, by the names of its folders or its own."""
    return any(is_skipped(part) for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})


def nested(name: str) -> RejectedInput:
    """The reject of an archive inside an archive."""
    return RejectedInput("unsafe-archive", f"{name}: an archive inside an archive is not opened; unpack it first.")


def beyond(source: str, limits: Limits) -> RejectedInput:
    """The reject of an archive that unpacks to more than it may; what came before is read."""
    allowed = f"{limits.container / MEGABYTE:g} MB"
    return RejectedInput(
        "unsafe-archive", f"{source}: it unpacks to more than {allowed} (archive_limit); the rest is not read."
    )


def too_large(source: str, size: int, limit: int) -> RejectedInput:
    """The reject of an input of ``size`` bytes where ``limit`` are allowed."""
    held, allowed = f"{size / MEGABYTE:.1f} MB", f"{limit / MEGABYTE:g} MB"
    return RejectedInput(
        "too-large", f"{source}: {held} are more than a job sheet has; above {allowed} (size_limit) none is read."
    )


def read_capped(stream: BinaryIO, source: str, limit: int) -> bytes:
    """All bytes of ``stream``. Raises :class:`RejectedInput` as soon as there are more than ``limit``."""
    parts, size = [], 0
    while part := stream.read(min(1 << 20, limit + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise RejectedInput(
                "too-large",
                f"{source}: it unpacks to more than the {limit / MEGABYTE:g} MB (size_limit) that a job sheet may have.",
            )
    return b"".join(parts)


def members(path: str, source: str, limits: Limits, wanted: Sequence[int] | None = None) -> Iterator[Member]:
    """The members of the container at ``path`` (see :meth:`Container.walk`)."""
    from pipeline.places import open_input

    with open_input(path) as file:
        yield from container(source).walk(file, source, limits, wanted)


class Names:
    """Gives each member of a container a source of its own: ``container!name``, a repeated name with its rank."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.seen: Counter[str] = Counter()

    def __call__(self, member: Member) -> str:
        """The source of the next ``member``, which has its own name or that of its content."""
        key = member.content.key() if isinstance(member.content, Content) else str(member.place)
        name = _printable(member.name) if member.name else key
        self.seen[name] += 1
        return f"{self.source}!{name}" + (f"#{self.seen[name]}" if self.seen[name] > 1 else "")


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
