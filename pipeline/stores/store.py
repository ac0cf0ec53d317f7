"""What a batch job asks of an output, whatever it lies on: :class:`Store`, and the :class:`State` that a run leaves in it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline import places
from pipeline.records import TABLES

#: Files that may lie in an output folder beside what is ours.
WELCOME = frozenset({"README.md", ".gitignore", ".gitkeep", ".DS_Store"})
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Bucket:
    """What one part of every table holds.

    ``digest`` stands for its inputs and what became of them; ``files`` holds hash, rows and bytes of the
    part of each table, ``codes`` the number of rejects a code.
    """

    digest: str
    inputs: int
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """What a run needs to know of the one before it.

    ``snapshot`` is a digest of the listed inputs, empty where the next run may not rely on it;
    ``index`` names the file of outcomes, one a listed input.
    """

    fingerprint: str
    snapshot: str
    buckets: list[Bucket] = field(default_factory=list)
    version: str = ""
    index: str = ""

    def to_json(self) -> bytes:
        """The state as JSON."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> State:
        """A state from JSON. Raises :class:`ValueError`, :class:`KeyError` or :class:`TypeError` where it is none."""
        values = json.loads(data)
        return cls(**(values | {"buckets": [Bucket(**b) for b in values["buckets"]]}))


class Store(ABC):
    """An output that versions of the tables are committed to."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.work = places.join(root, ".state", "work")

    @abstractmethod
    def check(self) -> None:
        """Raise :class:`UsageError` where the output holds something that is not ours; writes nothing."""

    @abstractmethod
    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Hold the output for this run. Raises :class:`LockedError` where another run does."""

    @property
    @abstractmethod
    def state_path(self) -> str:
        """Where the state of the current version lies."""

    def state(self) -> State | None:
        """The state of the current version, if there is one that can be read."""
        data = places.read(self.state_path)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return State.from_json(data) if data else None
        return None

    @abstractmethod
    def begin(self) -> str:
        """Make room for a new version; returns its name."""

    @abstractmethod
    def part(self, version: str, table: str, bucket: int, digest: str) -> str:
        """Where a part of a table of a version lies."""

    @abstractmethod
    def keep(self, old: str, new: str) -> None:
        """Take the part ``old`` over into the new version as ``new``."""

    @abstractmethod
    def manifest(self) -> bytes:
        """The manifest of the current version."""

    @abstractmethod
    def index_name(self, version: str) -> str:
        """Where the outcomes of a version lie below the root."""

    @abstractmethod
    def commit(self, state: State, index: bytes, manifest: bytes) -> None:
        """Make ``state.version`` the current version, and remove what nobody can be reading."""

    def parts(self, state: State, bucket: int) -> dict[str, str]:
        """Table → where its part of ``bucket`` lies in the version of ``state``."""
        return {name: self.part(state.version, name, bucket, state.buckets[bucket].digest) for name in TABLES}

    def index(self, state: State) -> bytes | None:
        """The outcomes of the version of ``state``, as Arrow IPC bytes."""
        return places.read(places.join(self.root, state.index))

    def clear_work(self, keep: str = "") -> None:
        """Remove the chunks of unfinished runs, but those in the folder ``keep``."""
        for name in places.names(self.work):
            if name != keep:
                places.remove(places.join(self.work, name))


def holder() -> str:
    """Who holds a lock, as the other run prints it."""
    since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return f"process {os.getpid()} on {socket.gethostname()}, since {since}"
