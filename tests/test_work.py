"""How much work a sheet takes, counted instead of timed: a slow path cannot come back unseen.

Counted are calls, through the interpreter's own profile hook: of the parser, of the tagger, of regular expressions,
and of all functions together. The ceilings leave room for rules to grow by a third; who must raise one says why.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from pipeline.extraction import extract
from pipeline.extractors import extractors
from pipeline.parsers import parsers

RAW = Path(__file__).parents[1] / "raw"
PAGE, TEXT = RAW / "magazine" / "boulanger.html", RAW / "recruteur" / "product-owner.txt"
_SEARCHING = frozenset(("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"))


def work(content: bytes, source: str) -> Counter[str]:
    """Calls made to read ``content``: ``calls`` in all, ``regex``, and each Python function by its full name."""
    extract(content, source)  # lexicons are loaded and patterns compiled once a process
    count: Counter[str] = Counter()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            count["calls"] += 1
            count[f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}"] += 1
        elif event == "c_call":
            count["calls"] += 1
            owner = getattr(argument, "__self__", None)
            count["regex"] += isinstance(owner, re.Pattern) and argument.__name__ in _SEARCHING
            count["compiled"] += argument.__name__ == "compile" and isinstance(owner, type(sys)) and owner.__name__ == "_sre"

    sys.setprofile(note)
    try:
        extract(content, source)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("path", [PAGE, TEXT], ids=["page", "text"])
def test_a_sheet_is_parsed_lowered_and_normalised_once(path: Path) -> None:
    done = work(path.read_bytes(), path.name)
    assert sum(done[f"{parser.__name__}.parse"] for parser in parsers()) == 1
    # lxml reads a page once, and BeautifulSoup once what lxml leaves of it
    for once in ("html.read_tree", "soup.read_soup", "page.lay_out"):
        assert done[f"pipeline.parsers.{once}"] == (path.suffix == ".html")
    assert done["bs4.BeautifulSoup.__init__"] == (path.suffix == ".html")
    assert done["pipeline.reading.Reading.lower"] == done["pipeline.reading.Reading.__init__"] == 1
    assert done["pipeline.sheet.assemble"] == done["pipeline.sections.sectionise"] == 1


@pytest.mark.parametrize("path", [PAGE, TEXT], ids=["page", "text"])
def test_no_pattern_is_compiled_while_a_sheet_is_read(path: Path) -> None:
    assert work(path.read_bytes(), path.name)["compiled"] == 0


@pytest.mark.parametrize(("path", "ceiling"), [(PAGE, 16), (TEXT, 22)], ids=["page", "text"])
def test_regular_expressions_a_line(path: Path, ceiling: int) -> None:
    result = extract(path.read_bytes(), path.name)
    assert result.sheet is not None
    lines = len(result.sheet.blocks) + len(result.sheet.dropped)
    assert work(path.read_bytes(), path.name)["regex"] <= ceiling * lines


def test_the_model_reads_only_sentences_that_need_it() -> None:
    """At most one sentence in ten of the samples goes to the tagger, and its model is loaded by nobody else."""
    calls = blocks = 0
    for path in sorted(p for p in RAW.rglob("*") if p.is_file()):
        content = path.read_bytes()
        result = extract(content, path.name)
        blocks += len(result.sheet.blocks) if result.sheet else 0
        calls += work(content, path.name)["pipeline.french.language.verb_offsets"]
    assert calls * 10 <= blocks


SHEET = """# Fiche métier : boulanger

## Missions

Le boulanger pétrit la pâte et vend du pain.

## Formation, compétences et salaire

{line}
"""
HOSTILE = {
    "names in one line": "BTS a, ",
    "different names": "BTS a{i}, licence b{i} ou master c{i}, ",
    "levels": "bac + 3, bac + 5, niveau 6, ",
    "cues": "un CAP est exigé, un BEP est apprécié, ",
    "amounts": "de 1 500 à 2 000 € brut par mois, ",
    "skills": "maîtrise de l'anglais, sens de l'écoute et rigueur, ",
    "tasks": "il répare les vélos, vend des pneus et conseille les clients, ",
    "occupations": "comptable, chef d'atelier ou formateur, ",
    "sentences": "Le boulanger pétrit la pâte. ",
    "openings": "((« [ ",
    "spaces": " \u00a0 \t ",
}


@pytest.mark.parametrize("repeated", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_long_line_takes_time_in_proportion(repeated: str) -> None:
    """Twice the line, at most little more than twice the calls."""

    def calls(size: int) -> int:
        line = "".join(repeated.format(i=i) for i in range(size // len(repeated)))[:size]
        done = work(SHEET.format(line=line).encode(), "long.txt")
        assert done["pipeline.extraction.extract_records"] == 1
        return done["calls"]

    assert calls(8_000) <= 2.6 * calls(4_000) + 5_000


def test_every_extractor_is_counted() -> None:
    assert {name for name, _ in extractors()} >= {"titles", "salaries", "diplomas", "tasks", "skills", "codes"}
