"""Checkpoints: what one worker read from some sheets, as one Arrow file that is there whole or not at all.

A chunk is a line of JSON (the byte length of each part and a checksum), then one Arrow IPC stream of
:class:`Outcome` rows, one an input, and one stream a table in the order of ``TABLES``. Tables are read
one at a time, so that merging many chunks holds one table of one bucket in memory, not all.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline import places
from pipeline.records import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

#: Outcomes other than these three are codes of ``rejects``.
SHEET, SAME, CONTAINER = "sheet", "same", "container"

#: Rejects that may come out otherwise the next time, and are tried again then.
TRANSIENT = frozenset({"timeout", "memory", "crash", "unreadable"})


class Outcome(NamedTuple):
    """What became of one input.

    ``source`` names it, ``container`` the archive that it lies in (empty for a file of its own) at
    ``place``; ``size`` and ``stamp`` are those of the file when it was read; ``key`` is the hash of
    its content; ``outcome`` is ``sheet``, ``same`` (content unchanged, nothing extracted),
    ``container`` (an archive that was listed), or the code of its reject.
    """

    source: str
    container: str
    place: int
    size: int
    stamp: str
    key: str
    sheet_id: str
    outcome: str
    seconds: float = 0.0


def outcome_schema() -> pa.Schema:
    """The Arrow schema of :class:`Outcome` rows."""
    import pyarrow as pa

    kinds = {"place": pa.int64(), "size": pa.int64(), "seconds": pa.float64()}
    return pa.schema([pa.field(name, kinds.get(name, pa.string()), nullable=False) for name in Outcome._fields])


def outcomes_to_arrow(outcomes: Sequence[Outcome]) -> pa.Table:
    """Outcomes as an Arrow table."""
    import pyarrow as pa

    columns = list(zip(*outcomes, strict=True)) or [()] * len(Outcome._fields)
    schema = outcome_schema()
    return pa.table([pa.array(values, f.type) for f, values in zip(schema, columns, strict=True)], schema=schema)


def outcomes_from_arrow(table: pa.Table) -> list[Outcome]:
    """The outcomes in an Arrow table."""
    return [Outcome(*row) for row in zip(*(table.column(name).to_pylist() for name in Outcome._fields), strict=True)]


def to_bytes(table: pa.Table) -> bytes:
    """An Arrow table as one IPC stream."""
    import pyarrow as pa

    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return sink.getvalue()


def from_bytes(data: bytes | memoryview) -> pa.Table:
    """The Arrow table in one IPC stream."""
    import pyarrow as pa

    return pa.ipc.open_stream(pa.py_buffer(data)).read_all()


def write_chunk(folder: str, outcomes: Sequence[Outcome], tables: dict[str, pa.Table]) -> str:
    """Write a chunk into ``folder`` under a name that follows from what it holds; returns that name."""
    parts = [to_bytes(outcomes_to_arrow(outcomes)), *(to_bytes(tables[name]) for name in TABLES)]
    body = b"".join(parts)
    head = {"lengths": [len(p) for p in parts], "checksum": hashlib.blake2b(body, digest_size=16).hexdigest()}
    identity = "\n".join(f"{o.source}\x1f{o.key}\x1f{o.size}\x1f{o.stamp}\x1f{o.outcome}" for o in outcomes)
    name = hashlib.blake2b(identity.encode(), digest_size=16).hexdigest() + ".chunk"
    places.write(places.join(folder, name), json.dumps(head).encode() + b"\n" + body)
    return name


class Chunk:
    """A chunk that a worker wrote, read part by part."""

    def __init__(self, path: str) -> None:
        self.path = path
        with places.open_input(path) as file:
            line = file.readline()
        head = json.loads(line)
        self.checksum: str = head["checksum"]
        offsets = [len(line)]
        for length in head["lengths"]:
            offsets.append(offsets[-1] + length)
        self._bounds = dict(zip(("outcomes", *TABLES), itertools.pairwise(offsets), strict=True))

    def table(self, name: str) -> pa.Table:
        """One table of the chunk, or ``outcomes``."""
        start, end = self._bounds[name]
        with places.open_input(self.path) as file:
            file.seek(start)
            return from_bytes(file.read(end - start))

    def outcomes(self) -> list[Outcome]:
        """What became of each input of the chunk."""
        return outcomes_from_arrow(self.table("outcomes"))

    def is_whole(self) -> bool:
        """Whether the bytes are those that were written (a machine that lost power may have lost some)."""
        with places.open_input(self.path) as file:
            file.seek(self._bounds["outcomes"][0])
            return hashlib.blake2b(file.read(), digest_size=16).hexdigest() == self.checksum


def found_chunks(folder: str) -> Iterable[Chunk]:
    """The whole chunks that an earlier run left in ``folder``; a torn one is removed."""
    for name in places.names(folder):
        path = places.join(folder, name)
        try:
            chunk = Chunk(path)
            whole = chunk.is_whole()
        except (OSError, ValueError, KeyError):
            whole = False
        if whole:
            yield chunk
        else:
            places.remove(path)
