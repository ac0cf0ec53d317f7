"""Where tables are written so that a reader sees the old ones or the new ones, never a mixture.

On a local file system::

    output/.versions/000007/<table>/part-00000.parquet   one complete output, with its manifest and its state
    output/.current            -> .versions/000007       the commit point: one symbolic link, renamed into place
    output/<table>             -> .current/<table>       what readers open
    output/manifest.json       -> .current/manifest.json
    output/.state/                                       the lock, and the chunks of an unfinished run

The version before stays until the next one is committed, for readers that are still at it. On an object
store, which has neither links nor renames, see :class:`ObjectStore`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import shutil
import socket
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from pipeline import places
from pipeline.errors import LockedError, OutputError, UsageError
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

    @abstractmethod
    def state(self) -> State | None:
        """The state of the current version, if there is one."""

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


def open_store(root: str) -> Store:
    """The store at a path or URL."""
    return ObjectStore(root) if places.is_url(root) else LocalStore(root)


class LocalStore(Store):
    """A folder of a file system with symbolic links and renames."""

    def check(self) -> None:
        """See :class:`Store`."""
        try:
            present = set(places.names(self.root))
        except OSError as error:
            raise UsageError(f"The output {self.root} is no folder that can be used: {error.strerror}.") from error
        links = {n for n in present & {*TABLES, MANIFEST} if self._is_ours(n)}
        foreign = sorted(present - links - WELCOME - {".current", ".current.new", ".versions", ".state"})
        if foreign:
            raise UsageError(
                f"The output folder {self.root} holds something that this program did not write ({foreign[0]}"
                f"{' and more' if len(foreign) > 1 else ''}); give an empty or new folder."
            )

    def _is_ours(self, name: str) -> bool:
        path = places.join(self.root, name)
        return os.path.islink(path) and os.readlink(path) == f".current/{name}"

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """See :class:`Store`; the system releases the lock when the process ends, however it ends."""
        import fcntl

        path = places.join(self.root, ".state", "lock")
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file = open(path, "a+", encoding="utf-8")  # noqa: SIM115 - closed below
        except OSError as error:
            raise OutputError(f"The output {self.root} cannot be written: {error.strerror}.") from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.seek(0)
                raise LockedError(f"Another run is writing to {self.root}: {file.read().strip() or 'unknown'}.") from None
            file.truncate(0)
            file.write(holder())
            file.flush()
            yield

    def state(self) -> State | None:
        """See :class:`Store`."""
        data = places.read(places.join(self.root, ".current", "state.json"))
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return State.from_json(data) if data else None
        return None

    def begin(self) -> str:
        """See :class:`Store`."""
        versions = places.join(self.root, ".versions")
        current = self._current()
        for name in places.names(versions):
            if current is None or name > current:  # an unfinished run's
                places.remove(places.join(versions, name))
        version = f"{int(current or 0) + 1:06}"
        os.makedirs(places.join(versions, version))
        return version

    def _current(self) -> str | None:
        try:
            return os.readlink(places.join(self.root, ".current")).rsplit("/", 1)[-1]
        except OSError:
            return None

    def part(self, version: str, table: str, bucket: int, digest: str) -> str:  # noqa: ARG002
        """See :class:`Store`."""
        return places.join(self.root, ".versions", version, table, f"part-{bucket:05}.parquet")

    def keep(self, old: str, new: str) -> None:
        """See :class:`Store`."""
        os.makedirs(os.path.dirname(new), exist_ok=True)
        try:
            os.link(old, new)
        except OSError:  # a file system without hard links
            shutil.copyfile(old, new)

    def manifest(self) -> bytes:
        """See :class:`Store`."""
        return places.read(places.join(self.root, ".current", MANIFEST)) or b""

    def commit(self, state: State, index: bytes, manifest: bytes) -> None:
        """See :class:`Store`."""
        folder = places.join(self.root, ".versions", state.version)
        for name, data in ((MANIFEST, manifest), ("index.arrow", index), ("state.json", state.to_json())):
            places.write(places.join(folder, name), data, durably=True)
        for name in (*TABLES, ""):
            _sync_folder(places.join(folder, name))
        before = self._current()
        for name in (*TABLES, MANIFEST):
            link = places.join(self.root, name)
            if not os.path.islink(link):  # dangling in the first run, until the switch below
                os.symlink(f".current/{name}", link)
        switch = places.join(self.root, ".current.new")
        places.remove(switch)
        os.symlink(f".versions/{state.version}", switch)
        os.replace(switch, places.join(self.root, ".current"))  # the commit point
        _sync_folder(self.root)
        for name in places.names(places.join(self.root, ".versions")):
            if name not in {state.version, before}:
                places.remove(places.join(self.root, ".versions", name))

    def index_name(self, version: str) -> str:
        """See :class:`Store`."""
        return f".versions/{version}/index.arrow"


class ObjectStore(Store):
    """An object store: no links, no renames, but a written object is seen whole or not at all.

    Parts have names of their own for each content, ``<table>/part-00000-<digest>.parquet``, so that
    nothing that a reader holds is overwritten. ``manifest.json`` lists them and is written after them:
    it is the commit point for readers that go by it (:func:`pipeline.load_tables` does). After it,
    ``.state/current.json`` is written for the next run, then parts that no manifest names are deleted.
    A reader that lists a folder rather than reads the manifest may meet both versions in between.
    """

    #: What this run wrote into its lock.
    _token = b""

    def check(self) -> None:
        """See :class:`Store`."""
        try:
            present = set(places.names(self.root))
        except OSError as error:
            raise UsageError(f"The output {self.root} cannot be used: {error}") from error
        ours = {*TABLES, MANIFEST} if ".state" in present else set()
        foreign = sorted(name for name in present - ours - WELCOME - {".state"} if name)
        if foreign:
            raise UsageError(f"The output {self.root} holds something that this program did not write ({foreign[0]}); "
                             "give an empty or new folder.")  # fmt: skip

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """See :class:`Store`.

        The lock is an object that the store is asked to create only if there is none (« If-None-Match »), and that is
        read again, for stores that cannot do so. One older than a day is held to be left by a run that was killed.
        """
        path, held = self._lock_path, places.read(self._lock_path)
        if held and _is_stale(held.decode()):
            places.remove(path)
            held = None
        self._token = f"{holder()} ({secrets.token_hex(8)})".encode()
        try:
            taken = held is None and places.create(path, self._token)
        except OSError as error:
            raise OutputError(f"The output {self.root} cannot be written: {error}") from error
        if not taken or places.read(path) != self._token:
            other = (held or places.read(path) or b"unknown").decode().rsplit(" (", 1)[0]
            raise LockedError(f"Another run is writing to {self.root}: {other}. If it was killed, delete {path}.")
        try:
            yield
        finally:
            if places.read(path) == self._token:
                places.remove(path)

    @property
    def _lock_path(self) -> str:
        return places.join(self.root, ".state", "lock")

    def state(self) -> State | None:
        """See :class:`Store`."""
        data = places.read(places.join(self.root, ".state", "current.json"))
        with contextlib.suppress(ValueError, KeyError, TypeError):
            return State.from_json(data) if data else None
        return None

    def begin(self) -> str:
        """See :class:`Store`."""
        state = self.state()
        return f"{int(state.version if state else 0) + 1:06}"

    def part(self, version: str, table: str, bucket: int, digest: str) -> str:  # noqa: ARG002
        """See :class:`Store`."""
        return places.join(self.root, table, f"part-{bucket:05}-{digest}.parquet")

    def keep(self, old: str, new: str) -> None:
        """See :class:`Store`: the part keeps its name."""

    def manifest(self) -> bytes:
        """See :class:`Store`."""
        return places.read(places.join(self.root, MANIFEST)) or b""

    def commit(self, state: State, index: bytes, manifest: bytes) -> None:
        """See :class:`Store`. Raises :class:`LockedError` where somebody removed or replaced this run's lock."""
        if places.read(self._lock_path) != self._token:
            raise LockedError(f"Another run has taken over {self.root} in the meantime; nothing was committed.")
        places.write(places.join(self.root, state.index), index)
        places.write(places.join(self.root, MANIFEST), manifest)
        places.write(places.join(self.root, ".state", "current.json"), state.to_json())
        wanted = {path.rsplit("/", 1)[-1] for b in range(len(state.buckets)) for path in self.parts(state, b).values()}
        for table in TABLES:
            for name in places.names(places.join(self.root, table)):
                if name.endswith(".parquet") and name not in wanted:
                    places.remove(places.join(self.root, table, name))
        for name in places.names(places.join(self.root, ".state")):
            if name.startswith("index-") and name != state.index.rsplit("/", 1)[-1]:
                places.remove(places.join(self.root, ".state", name))

    def index_name(self, version: str) -> str:
        """See :class:`Store`."""
        return f".state/index-{version}.arrow"


def holder() -> str:
    """Who holds a lock, as the other run prints it."""
    since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return f"process {os.getpid()} on {socket.gethostname()}, since {since}"


def _is_stale(held: str) -> bool:
    try:
        since = dt.datetime.fromisoformat(held.rsplit("since ", 1)[1].partition(" ")[0])
    except (IndexError, ValueError):
        return True
    return dt.datetime.now(dt.UTC) - since > dt.timedelta(days=1)


def _sync_folder(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(*words: Any) -> str:
    """A short hash of ``words`` in their order."""
    return blake2b("\x1f".join(map(str, words)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
