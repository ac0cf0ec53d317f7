"""Paths and URLs alike: opening, listing and writing, on the local file system or through fsspec.

A *place* is a local path or a URL that fsspec knows (``s3://``, ``gs://``, ``abfs://``, ``memory://`` …).
The local file system is spoken to directly: it is the usual case, and fsspec need not be loaded for it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.errors import UsageError
from pipeline.readers import Input, is_skipped

#: A file changed less than this before it was listed may change again under the same time stamp (as in git's index).
RACY_NANOSECONDS = 2_000_000_000


def is_url(place: str) -> bool:
    """Whether ``place`` is a URL for fsspec rather than a local path."""
    return "://" in place


def file_system(url: str) -> tuple[Any, str]:
    """The fsspec file system of ``url``, and the path in it. Raises :class:`UsageError` for one that cannot be used."""
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url} cannot be used: {error}") from error
    return system, str(path).rstrip("/")


def open_input(path: str) -> BinaryIO:
    """Open a local path or a URL for reading bytes."""
    if not is_url(path):
        return open(path, "rb")  # a name that is no valid Unicode must work
    system, inner = file_system(path)
    return system.open(inner, "rb")  # type: ignore[no-any-return]


def list_inputs(raw: str) -> tuple[list[Input], int]:
    """Every input under ``raw``, ordered by source, and how many files were skipped (hidden, gold).

    Raises :class:`UsageError` where ``raw`` does not exist or cannot be listed.
    """
    found = _list_remote(raw) if is_url(raw) else _list_local(raw)
    inputs = [i for i in found if i is not None]
    return sorted(inputs), len(found) - len(inputs)


def _list_local(raw: str) -> list[Input | None]:
    now = time.time_ns()
    try:
        status = os.stat(raw)
        if not os.path.isdir(raw):
            return [_local_input(os.path.basename(raw), raw, status, now)]
        return list(_scan(raw, now))
    except FileNotFoundError as error:
        raise UsageError(f"The input {raw} does not exist; give the folder that holds the raw job sheets.") from error
    except OSError as error:
        raise UsageError(f"The input {raw} cannot be listed: {error.strerror}.") from error


def _scan(raw: str, now: int) -> Iterator[Input | None]:
    """Every file below the folder ``raw``; None for each one skipped. Symbolic links are followed, loops are not."""
    waiting, visited = [(raw, "")], set()
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir():
                    identity = entry.stat()
                    if not is_skipped(entry.name) and (identity.st_dev, identity.st_ino) not in visited:
                        visited.add((identity.st_dev, identity.st_ino))
                        waiting.append((entry.path, f"{prefix}{entry.name}/"))
                elif is_skipped(entry.name):
                    yield None
                else:
                    try:
                        yield _local_input(prefix + entry.name, entry.path, entry.stat(), now)
                    except FileNotFoundError:  # a broken link, or gone since it was listed
                        yield Input(_unicode(prefix + entry.name), entry.path, 0, "")


def stamp(status: os.stat_result, now: int | None = None) -> str:
    """What changes when a file does; empty where it changed within the last two seconds before ``now``."""
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    recent = (now or time.time_ns()) - changed < RACY_NANOSECONDS
    return "" if recent else f"{status.st_mtime_ns:x}.{status.st_ctime_ns:x}"


def _local_input(source: str, path: str, status: os.stat_result, now: int) -> Input:
    return Input(_unicode(source), path, status.st_size, stamp(status, now))


def _unicode(name: str) -> str:
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _list_remote(raw: str) -> list[Input | None]:
    system, root = file_system(raw)
    scheme = raw.split("://", 1)[0]
    try:
        system.invalidate_cache()
        if not system.exists(root):
            raise UsageError(f"The input {raw} does not exist; give the folder that holds the raw job sheets.")
        listed = system.find(root, detail=True)
    except OSError as error:
        raise UsageError(f"The input {raw} cannot be listed: {error}") from error
    found: list[Input | None] = []
    for path, about in listed.items():
        source = path.removeprefix(root).lstrip("/") or path.rsplit("/", 1)[-1]
        if any(is_skipped(part) for part in source.split("/")):
            found.append(None)
        else:
            tag = next(
                (str(about[k]) for k in ("ETag", "etag", "md5Hash", "created", "mtime", "LastModified") if about.get(k)), ""
            )
            found.append(Input(source, f"{scheme}://{path.lstrip('/')}", int(about.get("size") or 0), tag))
    return found


def is_there(raw: str) -> bool:
    """Whether ``raw`` exists and, if it is a folder, holds anything: a file system that was unmounted leaves an empty one."""
    if is_url(raw):
        system, root = file_system(raw)
        system.invalidate_cache()
        return bool(system.exists(root))
    return bool(os.listdir(raw)) if os.path.isdir(raw) else os.path.exists(raw)


def join(place: str, *names: str) -> str:
    """``place`` and ``names`` below it."""
    return "/".join((place.rstrip("/") or "/", *names))


def write(place: str, data: bytes, *, durably: bool = False) -> None:
    """Write a file that is seen whole or not at all; its folder is made where needed.

    On a local file system by renaming a finished file, on an object store because an upload is one step.
    ``durably`` waits until the bytes would survive a loss of power.
    """
    if is_url(place):
        system, path = file_system(place)
        system.pipe_file(path, data)
        return
    os.makedirs(os.path.dirname(place), exist_ok=True)
    temporary = f"{place}.{os.getpid()}.tmp"
    with open(temporary, "wb") as file:
        file.write(data)
        if durably:
            file.flush()
            os.fsync(file.fileno())
    os.replace(temporary, place)


def create(url: str, data: bytes) -> bool:
    """Write an object where there is none; whether that was so. Stores without conditional writes overwrite what is there."""
    system, path = file_system(url)
    try:
        system.pipe_file(path, data, mode="create")
    except FileExistsError:
        return False
    return True


def read(place: str) -> bytes | None:
    """The bytes of a file, or None where there is none."""
    try:
        with open_input(place) as file:
            return file.read()
    except FileNotFoundError:
        return None


def names(place: str) -> list[str]:
    """The names in the folder ``place``, in order; none where it does not exist."""
    try:
        if is_url(place):
            system, path = file_system(place)
            system.invalidate_cache()
            return sorted(str(p).rstrip("/").rsplit("/", 1)[-1] for p in system.ls(path, detail=False))
        return sorted(os.listdir(place))
    except FileNotFoundError:
        return []


def remove(place: str) -> None:
    """Remove a file or a folder with all it holds; nothing where it does not exist."""
    import shutil

    try:
        if is_url(place):
            system, path = file_system(place)
            system.rm(path, recursive=True)
        elif os.path.isdir(place) and not os.path.islink(place):
            shutil.rmtree(place)
        else:
            os.unlink(place)
    except FileNotFoundError:
        pass
