"""The compiled taxonomies of a user: one file each in one folder, named after its scheme and a hash of its content.

A file is written once and never changed; adding a taxonomy again puts another in its place. So the
names of the files say all that the rows of a run can follow from (see :mod:`pipeline.fingerprint`).
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pipeline.errors import OutputError, UsageError

#: The schemes, each read by the module of its name.
SCHEMES = ("esco", "rome")

#: Bump when the layout or the words of the compiled files change: files of another format are not read.
FORMAT = "3"


def folder(setting: str | None) -> Path:
    """Where compiled taxonomies lie: the setting ``taxonomies``, else this user's data folder."""
    if setting:
        return Path(setting).expanduser()
    from platformdirs import user_data_path

    return user_data_path("jobsheets", appauthor=False) / "taxonomies"


def installed(setting: str | None) -> list[str]:
    """The files of the compiled taxonomies, in order of scheme. Raises :class:`UsageError` for one of another format."""
    place = folder(setting)
    found = sorted(name for name in (os.listdir(place) if place.is_dir() else ()) if name.endswith(".arrow"))  # noqa: PTH208
    for name in found:
        if len(name.split(".")) != 4 or name.split(".")[1] != FORMAT:  # noqa: PLR2004 - scheme, format, digest, arrow
            raise UsageError(
                f"{place / name} was compiled by another version of jobsheets; run `jobsheets taxonomy add` for it again, "
                f"or `jobsheets taxonomy remove {name.split('.')[0]}`."
            )
    return [str((place / name).resolve()) for name in found]


def add(scheme: str, download: Path, setting: str | None, version: str | None = None) -> Path:
    """Read a download, compile it, and put it in the place of any other of its scheme; returns the compiled file."""
    from importlib import import_module

    import pyarrow as pa

    from pipeline.taxonomies.compiling import compile_taxonomy
    from pipeline.taxonomies.downloads import Download

    taxonomy = import_module(f"pipeline.taxonomies.{scheme}").read(Download(download), version)
    table = compile_taxonomy(taxonomy)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    data = sink.getvalue().to_pybytes()
    place = folder(setting)
    path = place / f"{scheme}.{FORMAT}.{hashlib.blake2b(data, digest_size=8).hexdigest()}.arrow"
    try:
        place.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        unfinished.write_bytes(data)
        unfinished.replace(path)
        for other in _of_scheme(place, scheme):
            if other != path:
                other.unlink()
    except OSError as error:
        raise OutputError(f"The folder of taxonomies {place} cannot be written: {error.strerror}.") from error
    return path


def remove(scheme: str, setting: str | None) -> bool:
    """Take a taxonomy out; returns whether there was one."""
    found = _of_scheme(folder(setting), scheme)
    for path in found:
        path.unlink()
    return bool(found)


def _of_scheme(place: Path, scheme: str) -> list[Path]:
    return sorted(place.glob(f"{scheme}.*.arrow"))
