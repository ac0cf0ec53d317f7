"""An output on a file system with symbolic links and renames.

::

    output/.versions/000007/<table>/part-00000.parquet   one complete output, with its manifest and its state
    output/.current            -> .versions/000007       the commit point: one symbolic link, renamed into place
    output/<table>             -> .current/<table>       what readers open
    output/manifest.json       -> .current/manifest.json
    output/.state/                                       the lock, and the chunks of an unfinished run

The version before stays until the next one is committed, for readers that are still at it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from pipeline import places
from pipeline.errors import LockedError, OutputError, UsageError
from pipeline.records import TABLES
from pipeline.stores.store import MANIFEST, WELCOME, State, Store, holder


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

    @property
    def state_path(self) -> str:
        """See :class:`Store`."""
        return places.join(self.root, ".current", "state.json")

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


def _sync_folder(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
