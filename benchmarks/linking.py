"""What it costs to link the titles and skills of a sheet to taxonomies, beside nothing else: CPU milliseconds a sheet.

    python -m benchmarks.linking SHEETS TAXONOMIES

SHEETS is a folder of sheets, TAXONOMIES the folder of compiled ones (``jobsheets taxonomy add … --taxonomies``). The
records are read beforehand; each round begins with empty caches, as a run does, and the best of the rounds counts, for a shared
machine only ever adds. The hash is of all links: two versions of the code that print the same one find the same.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from importlib import import_module
from pathlib import Path

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
    print("| against | ms a sheet | links a sheet | hash |\n| --- | ---: | ---: | --- |")
    for paths in (*([path] for path in taxonomies), taxonomies):
        read: Read = [
            (Reading(e.sheet, tuple(paths)), {"titles": e.titles, "skills": e.skills}) for e in found if e.sheet is not None
        ]
        rounds = [timed(read, tuple(paths)) for _ in range(_ROUNDS)]
        names = " and ".join(linker.scheme for linker in linkers(tuple(paths)))
        print(f"| {names} | {min(ms for ms, _, _ in rounds):.2f} | {rounds[0][1]:.1f} | {rounds[0][2]} |")


def timed(read: Read, paths: tuple[str, ...]) -> tuple[float, float, str]:
    """CPU milliseconds and links a sheet, and the hash of the links, from empty caches."""
    for name in _CACHED:
        try:
            module = import_module(f"pipeline.taxonomies.{name}")
        except ModuleNotFoundError:  # an older version, to compare with
            continue
        for value in vars(module).values():
            if hasattr(value, "cache_clear") and value is not open_compiled:  # a file stays open as long as the process
                value.cache_clear()
    linkers(paths)
    started = time.process_time()
    linked = [list(links.extract(reading, earlier)) for reading, earlier in read]
    spent = time.process_time() - started
    words = "\n".join(f"{link.scheme} {link.code} {link.score} {link.method} {link.rank}" for part in linked for link in part)
    digest = hashlib.blake2b(words.encode(), digest_size=4).hexdigest()
    return spent * 1000 / len(read), sum(map(len, linked)) / len(read), digest


if __name__ == "__main__":
    main()
