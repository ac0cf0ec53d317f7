"""No regular expression of the product backtracks super-linearly, whatever stands in a sheet.

Every expression is collected (``tests/expressions.py``) and searched in strings made from itself (``tests/attacks.py``), in
one of two ways, by what it is given in use. Most are given a sentence or less, which has at most ``LONGEST`` characters and, in
normal form, no long run of blanks: the worst such string must be done with at once. The others are given whole lines and
texts: four times the string may take little more than four times as long, up to 100,000 characters. Python's matcher counts
no steps, so CPU time stands for them; an expression that reads a string again from each of its places takes sixteen
times as long, far beyond what a busy machine adds.
"""

from __future__ import annotations

import json
import math
import re
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.french.sentences import LONGEST
from pipeline.normal import normalise
from tests.attacks import Attack, attacks

ROOT = Path(__file__).parents[1]
#: Seconds below which nothing is compared; the growth allowed for four times the text; CPU seconds that a sentence may take;
#: when a search is given up.
MEASURABLE, GROWTH, SENTENCE, HANG = 0.008, 8.0, 0.05, 2.0


class Expression(NamedTuple):
    """A compiled pattern, where it is made, and how it is used."""

    pattern: re.Pattern[str]
    where: str
    #: Whether it is only ever matched from a given place on, and not looked for anywhere.
    anchored: bool = False
    #: Whether it is given sentences, which have an end, and nothing longer.
    bounded: bool = False

    @property
    def reads_normal_form(self) -> bool:
        """Whether it is given a sheet in normal form, whose lines hold no long runs of blanks, rather than what was written."""
        return self.where.startswith(("pipeline.extractors.", "pipeline.french.", "lexicons/"))

    def text(self, attack: Attack, size: int) -> str:
        """The string of an attack as it would reach the expression."""
        written = attack.text(size)
        return normalise(re.sub(r"\n+", " " if self.bounded else "\n", written)).text if self.reads_normal_form else written


@cache
def expressions() -> tuple[Expression, ...]:
    """Every expression of the package, in the order of their patterns."""
    said = subprocess.run([sys.executable, "-m", "tests.expressions"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(said.stdout)
    whole = "\n".join(pattern for pattern, _, where, _ in found if where.startswith("pipeline."))
    chosen = []
    for pattern, flags, where, seen in found:
        part = where.startswith("lexicons/")  # a module makes a longer one of it
        if not (part and pattern in whole):
            anchored = bool(seen) and set(seen) <= {"match", "fullmatch"}
            bounded = part or (bool(seen) and max(seen.values()) <= 2 * LONGEST)
            chosen.append(Expression(re.compile(pattern, flags), where, anchored, bounded))
    re.purge()
    return tuple(chosen)


class _Hangs(Exception):
    pass


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """End a search that hangs; the matcher listens to signals."""

    def end(*_: object) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def search(expression: Expression, text: str) -> None:
    """Find every match, as the program looks for them."""
    if expression.anchored:
        expression.pattern.match(text)
    else:
        deque(expression.pattern.finditer(text), 0)


def seconds(expression: Expression, text: str, least: float) -> float:
    """CPU seconds that a search takes: many are made until ``least`` have passed, for the clock may be a coarse one."""
    count, before = 0, time.process_time()
    while (passed := time.process_time() - before) < least:
        search(expression, text)
        count += 1
    return passed / count


def growth(expression: Expression, attack: Attack, size: int) -> float:
    """How many times longer four times the string takes; 0 where that is too little to be measured, infinite where it hangs."""
    small, large = expression.text(attack, size), expression.text(attack, 4 * size)
    try:
        with given_up_after(HANG):
            before = time.perf_counter()
            search(expression, large)
            if time.perf_counter() - before < MEASURABLE or (long := seconds(expression, large, 0.04)) < MEASURABLE:
                return 0.0
            return long / seconds(expression, small, 0.04)
    except _Hangs:
        return math.inf


def fault(expression: Expression, size: int, step: int = 1) -> str | None:
    """How an expression runs away on a string made from itself, if it does on any (of each ``step``-th)."""
    pattern = expression.pattern
    for attack in attacks(pattern.pattern, pattern.flags)[::step]:
        if expression.bounded:
            said = slowness(expression, attack)
        else:
            times = growth(expression, attack, size)
            said = f"{times:.0f} times the work for 4 times the text" if times > GROWTH else ""
        if said:
            shown = f"{attack.head!r} + {attack.stretch!r} … + {attack.tail!r}"
            return f"{expression.where}: {said}, on {shown}: {pattern.pattern[:200]!r}"
    return None


def slowness(expression: Expression, attack: Attack) -> str:
    """Whether an expression is slow on the longest sentence there is."""
    text = expression.text(attack, LONGEST)
    try:
        with given_up_after(HANG):
            before = time.perf_counter()
            search(expression, text)
            if time.perf_counter() - before < SENTENCE or (taken := seconds(expression, text, SENTENCE)) < SENTENCE:
                return ""
    except _Hangs:
        return "a sentence hangs"
    return f"{1000 * taken:.0f} ms for a sentence"


def faults(chosen: Iterable[Expression], size: int, step: int = 1) -> list[str]:
    """A line for each expression that runs away."""
    return [said for expression in chosen if (said := fault(expression, size, step))]


def test_expressions_are_found_wherever_they_are_kept() -> None:
    assert len(expressions()) > 500
    assert sum(not e.bounded for e in expressions()) > 50
    assert {e.where.split(":")[0].split(".")[0] for e in expressions()} >= {"pipeline", "lexicons/diplomas"}


def test_no_bound_became_a_tuple() -> None:
    """In an f-string « {1,4} » is a tuple, and the expression looks for « (1, 4) »."""
    assert not [e.where for e in expressions() if re.search(r"\(\d+, ?\d*\)", e.pattern.pattern)]


RUNAWAYS = (r"(?:a+)+$", r"\s+$", r"(?:a|ab|b)*c", r"\w+\s*\w+!", r"x.*y", r"(?!\s*(?:de )*la)un", r"(?:.*,)?z")
HARMLESS = (r"(?<!a)a++$", r"\b\w{1,40}\b", r"(?:abc|d)e", r"(?<!\s)\s++$")


@pytest.mark.parametrize("pattern", RUNAWAYS)
def test_attacks_find_what_runs_away(pattern: str) -> None:
    assert faults([Expression(re.compile(pattern), "here")], 2_000)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_attacks_blame_nobody_else(pattern: str) -> None:
    assert not faults([Expression(re.compile(pattern), "here")], 2_000)


#: A group that is possessive or atomic: « (…)*+ », « (…){0,2}+ », « (?>…) ».
_GREEDY_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")


def test_no_group_keeps_what_it_took() -> None:
    """CPython before 3.11.5 loses matches of possessive and atomic groups; sets of characters are safe."""
    assert [e.pattern.pattern for e in expressions() if _GREEDY_GROUP.search(e.pattern.pattern)] == []
    assert _GREEDY_GROUP.search("(?:un|une){0,2}+ mot")


def test_no_expression_runs_away() -> None:
    """By one attack in five; the next test makes them all."""
    assert not faults(expressions(), 2_000, 5)


@pytest.mark.slow
def test_no_expression_runs_away_on_any_attack() -> None:
    assert not faults(expressions(), 2_000)


@pytest.mark.slow
def test_no_expression_runs_away_on_long_strings() -> None:
    assert not faults((e for e in expressions() if not e.bounded), 25_000)
