"""What a user downloaded of a taxonomy: a folder, a ZIP file or one CSV file → its CSV files as rows."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.errors import UsageError

Row = Mapping[str, str]


class Download:
    """The CSV files at ``path``, found by a pattern that their names match."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._files = dict(sorted(_files(path)))
        if not self._files:
            raise UsageError(f"{path} holds no CSV file; give the folder or ZIP file as it was downloaded.")

    @property
    def names(self) -> list[str]:
        """Names of the CSV files, and before them that of the folder, ZIP file or CSV file itself."""
        return [self.path.resolve().name, *self._files]

    def rows(self, pattern: str, *columns: str) -> list[Row] | None:
        """The rows of the file whose name matches ``pattern``, or None; an error where one of ``columns`` is absent.

        An apostrophe that was doubled, as SQL asks for, is one again.
        """
        name = next((n for n in self._files if re.search(pattern, n, re.IGNORECASE)), None)
        if name is None:
            return None
        text = _decoded(self._files[name])
        comma = max(",;\t", key=text.partition("\n")[0].count)
        reader = csv.DictReader(io.StringIO(text.replace("''", "'"), newline=""), delimiter=comma)
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(f"{self.path}: {name} has no column {' or '.join(missing)}, so it cannot be read.")
        return [{key: value or "" for key, value in row.items() if key} for row in reader]

    def version(self, pattern: str) -> str:
        """What ``pattern`` finds in the names of the download, else a version made of its content."""
        for name in self.names:
            if match := re.search(pattern, name, re.IGNORECASE):
                return match[1]
        content = hashlib.blake2b(digest_size=4)
        for data in self._files.values():
            content.update(data)
        return f"content-{content.hexdigest()}"


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for file in path.rglob("*.[cC][sS][vV]"):
                yield file.relative_to(path).as_posix(), file.read_bytes()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.lower().endswith(".csv"):
                        yield name, archive.read(name)
        elif path.suffix.lower() == ".csv":
            yield path.name, path.read_bytes()
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path} cannot be read: {error}.") from error


def _decoded(data: bytes) -> str:
    """The older downloads of ROME are in Latin-9."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("iso8859-15")
