"""An output on an object store, which has neither links nor renames."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterator

from pipeline import places
from pipeline.errors import LockedError, OutputError, UsageError
from pipeline.records import TABLES
from pipeline.stores.store import MANIFEST, WELCOME, State, Store, holder


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

    @property
    def state_path(self) -> str:
        """See :class:`Store`."""
        return places.join(self.root, ".state", "current.json")

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
        places.write(self.state_path, state.to_json())
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


def _is_stale(held: str) -> bool:
    try:
        since = dt.datetime.fromisoformat(held.rsplit("since ", 1)[1].partition(" ")[0])
    except (IndexError, ValueError):
        return True
    return dt.datetime.now(dt.UTC) - since > dt.timedelta(days=1)
