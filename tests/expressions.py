"""Every regular expression of the package, where it is made and how it is used: run as a program, prints them as JSON.

    python -m tests.expressions   →   [[pattern, flags, where, {method: characters at most}], …]

It needs a process of its own, in which nothing has been compiled before: ``re`` is watched while the package is
imported and reads the samples, the examples, and each sample as one endless line. Patterns of lexicons, and those that stand
in calls that nothing reached, are added as they are written.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HOME = ROOT / "pipeline"
#: Characters of a line that no sentence is as long as.
ENDLESS = 8_000
#: Samples by which everything is made that is made once a process; of what one line makes after them, one a title for
#: instance, so many expressions stand for all.
WARMING, ALIKE = 3, 2

#: Methods that take the places to begin and to end at.
_FROM_TO = frozenset({"search", "match", "fullmatch", "finditer", "findall"})

_compile = re._compile  # type: ignore[attr-defined]
#: (pattern, flags) → (where it is made, {method: greatest number of characters that it was called on}).
_found: dict[tuple[str, int], tuple[str, dict[str, int]]] = {}
_made_while_reading: Counter[str] = Counter()
_reading = False


class Watched:
    """An expression that notes by which methods it is used, and on how many characters at most."""

    def __init__(self, made: re.Pattern[str], seen: dict[str, int]) -> None:
        self.made, self.seen = made, seen

    def __getattr__(self, name: str) -> Any:
        held = getattr(self.made, name)
        if not callable(held):
            return held

        def called(*words: Any, **options: Any) -> Any:
            subject, *bounds = words[name in {"sub", "subn"} :]
            start, end = (*bounds, *(0, len(subject))[len(bounds) :])[:2] if name in _FROM_TO else (0, len(subject))
            self.seen[name] = max(self.seen.get(name, 0), min(end, len(subject)) - start)
            return held(*words, **options)

        return called

    def __copy__(self) -> Watched:
        return self

    def __deepcopy__(self, memo: object) -> Watched:
        return self


def _watch(pattern: Any, flags: int) -> Any:
    """What ``re`` compiles with from now on."""
    if isinstance(pattern, Watched):
        return pattern
    made = _compile(pattern, flags)
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__") in {"re", "functools"}:
        frame = frame.f_back
    name = frame.f_globals.get("__name__", "")
    if not isinstance(made.pattern, str) or not name.startswith("pipeline"):
        return made
    where, key = f"{name}:{frame.f_lineno}", (made.pattern, int(made.flags))
    if _reading and key not in _found:
        _made_while_reading[where] += 1
        if _made_while_reading[where] > ALIKE:
            return made
    return Watched(made, _found.setdefault(key, (where, {}))[1])


def _read_samples() -> None:
    global _reading  # noqa: PLW0603
    from pipeline.extraction import extract
    from tests.examples import FOLDER, cases

    for rank, sample in enumerate(sorted(p for p in (ROOT / "raw").rglob("*") if p.is_file())):
        _reading = rank >= WARMING
        extract(sample.read_bytes(), sample.name)
        line = " ".join(sample.read_text("utf-8", "replace").split())
        for char in ".!?…":
            line = line.replace(char, ",")
        line += ", "
        line *= ENDLESS // len(line) + 1
        for mark in ("", "- ", "## ")[: 1 if rank % 4 else 3]:
            extract(f"# Fiche métier : essayeur\n\nIl essaie.\n\n{mark}{line}", "endless.md")
    for path in sorted(FOLDER.glob("*.toml")):
        for case in cases(path.stem):
            extract("Fiche métier\n" + case.sheet.text, "example.txt")


def _patterns(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if isinstance(content.get("pattern"), str):
            yield content["pattern"]
        content = list(content.values())
    for part in content if isinstance(content, list) else ():
        yield from _patterns(part)


def _add_written() -> None:
    """Patterns of lexicons, and those that stand in calls of ``re``, as far as they have not been met."""
    from pipeline.lexicons import load

    known = {pattern for pattern, _ in _found}
    for path in sorted(HOME.glob("lexicons/*.toml")):
        for pattern in _patterns(load(path.stem)):
            if pattern not in known:
                _found.setdefault((pattern, int(_compile(pattern, re.IGNORECASE).flags)), (f"lexicons/{path.name}", {}))
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=method), args=[ast.Constant(str(pattern)), *_]):
                    if pattern not in known and method != "escape":
                        where = f"{'.'.join(('pipeline', *path.relative_to(HOME).with_suffix('').parts))}:{node.lineno}"
                        _found.setdefault((pattern, int(_compile(pattern, 0).flags)), (where, {method: sys.maxsize}))


def main() -> None:
    """Print what is found."""
    re._compile = _watch  # type: ignore[attr-defined]
    import pipeline

    for info in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    _read_samples()
    _add_written()
    print(json.dumps([[*key, where, seen] for key, (where, seen) in sorted(_found.items())]))  # noqa: T201


if __name__ == "__main__":
    main()
