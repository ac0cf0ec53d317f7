"""Texts made to hold extraction up: its work grows no faster than they do.

What counts is the number of calls and lines run, which is the same on every machine, not the clock. A stretch four times
as long may cost four times as much and some more; work that grows with the square would cost sixteen times as much.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from pipeline.extraction import extract
from pipeline.french.sentences import LONGEST, sentences
from tests import corpus

STRETCHES = (
    "BTS a, ", "le CAP ou ", "bac + 2, ", "de bac à bac + 5 ", "niveau 5, ", "1 500 € ", "entre 1 500 et 2 000 euros brut ",
    "il monte, ", "pain ", "(", "« a » ", "1", "savoir pétrir, ", "2 ans d'expérience ", "l'", "- a\n", "## a\n",
)  # fmt: skip


def page(count: int, shape: str) -> str:
    """A sheet with ``count`` headings, list items or table rows."""
    rows = "".join(shape.format(n) for n in range(count))
    return corpus.page(1).replace("</main>", f"<h2>Missions</h2>{rows}</main>")


def work(content: str) -> int:
    """How many lines of code and calls extraction takes."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ARG001
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        found = extract(content)
    finally:
        sys.settrace(before)
    assert found.sheet is not None or found.rejects
    return steps


def grows_evenly(small: str, large: str) -> None:
    extract(small)  # what is loaded and compiled once is no part of it
    extract(large)
    one, four = work(small), work(large)
    assert four < 6 * one + 20_000, f"{four / one:.1f} times the work for 4 times the text"


@pytest.mark.parametrize("heading", ["", "## Compétences\n\n"], ids=["last", "skills"])
@pytest.mark.parametrize("stretch", STRETCHES)
def test_a_repeated_stretch_costs_what_its_length_says(stretch: str, heading: str) -> None:
    small, large = (corpus.sheet(1) + "\n" + heading + stretch * (size // len(stretch)) for size in (1_500, 6_000))
    grows_evenly(small, large)


@pytest.mark.parametrize(
    "shape",
    [
        "<h3>Mission {}</h3><p>Il pétrit la pâte.</p>",
        "<ul><li>Pétrir la pâte {}</li></ul>",
        "<li>Pétrir la pâte {}</li>",
        "<tr><td>Pétrir la pâte {}</td><td>Cuire</td></tr>",
    ],
)
def test_many_blocks_cost_what_their_number_says(shape: str) -> None:
    wrap = {"<li>": "<ul>", "<tr>": "<table>"}.get(shape[:4], "")
    small, large = (
        page(
            1, wrap + "".join(shape.format(n) for n in range(count)).replace("{", "").replace("}", "") + wrap.replace("<", "</")
        )
        for count in (60, 240)
    )
    grows_evenly(small, large)


def test_a_text_without_marks_is_cut_into_sentences_that_lose_no_word() -> None:
    text = "du pain, " * 5_000
    found = sentences(text)
    assert all(0 < end - start <= LONGEST for start, end in found)
    assert " ".join(text[start:end] for start, end in found).split() == text.split()


@pytest.mark.parametrize("marks", ["!", ".", "…", ".»", ". ", '"', ")"])
def test_marks_without_end_hold_no_sentence_up(marks: str) -> None:
    text = marks * 50_000 + "a"
    assert sentences(text)
