"""What it costs to link the titles and skills of a sheet to taxonomies, beside nothing else: CPU milliseconds a sheet.

    python -m benchmarks.linking SHEETS TAXONOMIES

SHEETS is a folder of sheets, TAXONOMIES the folder of compiled ones (``jobsheets taxonomy add … --taxonomies``). The
records are read beforehand; each round begins with empty caches, as a run does. ``unseen`` is what it costs where no name was
met before on another sheet: what is remembered of names is forgotten before each, words stay known as in a long run. Of each
sheet the best of the rounds counts, for a shared machine only ever adds. The hash is of all links: two versions of the code
that print the same one find the same.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from pipeline.extraction import extract
from pipeline.extractors import Earlier, links
from pipeline.reading import Reading
from pipeline.taxonomies.index import open_compiled
from pipeline.taxonomies.library import installed
from pipeline.taxonomies.linking import linkers

_ROUNDS = 12
_CACHED = ("compiling", "linking", "names", "words")

Read = list[tuple[Reading, Earlier]]


def main() -> None:
    """Print the table in Markdown."""
    sheets, taxonomies = Path(sys.argv[1]), installed(sys.argv[2])
    found = [extract(path.read_bytes(), path.name) for path in sorted(sheets.iterdir()) if path.is_file()]
    gc.freeze()
    print("| against | ms a sheet | unseen | links a sheet | hash |\n| --- | ---: | ---: | ---: | --- |")
    for paths in (*([path] for path in taxonomies), taxonomies):
        read: Read = [
            (Reading(e.sheet, tuple(paths)), {"titles": e.titles, "skills": e.skills}) for e in found if e.sheet is not None
        ]
        names = " and ".join(linker.scheme for linker in linkers(tuple(paths)))
        known, unseen = (least([timed(read, tuple(paths), fresh=fresh) for _ in range(_ROUNDS)]) for fresh in (False, True))
        print(f"| {names} | {known:.2f} | {unseen:.2f} | {' | '.join(found_links(read))} |")


def least(rounds: list[list[float]]) -> float:
    """Milliseconds a sheet, of each sheet in its best round."""
    return sum(map(min, *rounds)) * 1000 / len(rounds[0])


def timed(read: Read, paths: tuple[str, ...], *, fresh: bool) -> list[float]:
    """CPU seconds of each sheet, from empty caches; ``fresh``: what is remembered of names is forgotten before each."""
    _forget(_CACHED)
    asked = linkers(paths)
    spent = []
    for reading, earlier in read:
        if fresh:
            _forget(("names",))
            for linker in asked:
                _clear(vars(linker))
        started = time.process_time()
        list(links.extract(reading, earlier))
        spent.append(time.process_time() - started)
    return spent


def _forget(modules: Iterable[str]) -> None:
    for name in modules:
        try:
            module = import_module(f"pipeline.taxonomies.{name}")
        except ModuleNotFoundError:  # an older version, to compare with
            continue
        own = {key: value for key, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
        _clear(own)


def _clear(values: Mapping[str, Any]) -> None:
    for value in values.values():
        if hasattr(value, "cache_clear") and value is not open_compiled:  # a file stays open as long as the process
            value.cache_clear()


def found_links(read: Read) -> tuple[str, str]:
    """Links a sheet, and the hash of all."""
    linked = [list(links.extract(reading, earlier)) for reading, earlier in read]
    words = "\n".join(f"{link.scheme} {link.code} {link.score} {link.method} {link.rank}" for part in linked for link in part)
    return f"{sum(map(len, linked)) / len(read):.1f}", hashlib.blake2b(words.encode(), digest_size=4).hexdigest()


if __name__ == "__main__":
    main()
