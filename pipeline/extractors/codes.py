"""Codes of public schemes: the fields of a register, and codes that the text announces.

A code counts only where its scheme is named before it, on the same line or as the label of the lines below
(« Codes ROME : M1805, M1806 », « RNCP37680 », « CITP 2431 »): a bare letter with four digits may be a room. A
level (« niveau RNCP 6 ») is no code. The schemes stand in ``lexicons/codes.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.extractors import Earlier
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.records import Code

#: What may stand between a scheme's name and its code, and between two codes of a list.
_GAP = re.compile(
    r"(?:[\s:;,/|()\[\]«»\"=–-]|n°|num[ée]ros?|codes?|\bs\)|\b(?:et|ou|est|sont|l[ea]s?|du|de|associés?|suivants?|correspondants?)\b|"
    r"[a-zé']{1,30}(?=\s?:|[\n\t])){0,14}",
    re.IGNORECASE,
)
_FIELDS = {"code.onisep": "onisep", "code.rome": "rome"}


class _Scheme(NamedTuple):
    scheme: str
    begins: tuple[str, ...]
    label: re.Pattern[str]
    value: re.Pattern[str]
    form: str
    far: bool


@cache
def _schemes() -> tuple[_Scheme, ...]:
    return tuple(
        _Scheme(
            r["scheme"],
            tuple(r["begins"]),
            re.compile(r["pattern"], re.IGNORECASE),
            re.compile(r["value"]),
            r["form"],
            r["far"],
        )
        for r in load("codes")["scheme"]
    )


def extract(reading: Reading, earlier: Earlier) -> Iterator[Code]:  # noqa: ARG001
    """Yield each code of the sheet once, where it is first announced."""
    seen: set[tuple[str, str]] = set()
    for code in (*_stated(reading), *_announced(reading)):
        if (code.scheme, code.value) not in seen:
            seen.add((code.scheme, code.value))
            yield code


def _stated(reading: Reading) -> Iterator[Code]:
    for field in reading.fields:
        scheme = _FIELDS.get(field.name)
        if scheme and (scheme != "onisep" or reading.words(field).startswith("MET.")):
            yield Code(start=field.start, end=field.end, scheme=scheme, value=reading.words(field), rule="register-field")


def _announced(reading: Reading) -> Iterator[Code]:
    text = reading.text
    for scheme in _schemes():
        free = 0
        for at in reading.openings(scheme.begins):
            label = scheme.label.match(text, at) if at >= free else None
            if label is not None:
                free = label.end()
                if not _of_another(reading, at):
                    yield from _after(text, free, scheme)


def _of_another(reading: Reading, at: int) -> bool:
    """Whether a code is announced for a neighbouring occupation: « Métiers proches », « opticien (ROME J1405) »."""
    block = next(reading.blocks_at([at]), None)
    if block is None:
        return False
    section, before = reading.section(block), reading.text[block.start : at]
    if _neighbours().search(before):
        return True
    if not before.strip() or section.start == block.start:
        return False
    return (section.kind == "career" and block.kind == "item") or _neighbours().search(section.heading or "") is not None


@cache
def _neighbours() -> re.Pattern[str]:
    return re.compile(load("codes")["neighbours"][0]["pattern"], re.IGNORECASE)


def _after(text: str, start: int, scheme: _Scheme) -> Iterator[Code]:
    """The codes that follow a scheme's name: on its line, or at the head of the lines below it."""
    line_end = _line_end(text, start)
    last = start
    while True:
        gap = _GAP.match(text, last)
        first = gap.end() if gap else last
        match = scheme.value.match(text, first)
        if match is None and scheme.far and last != start:
            match = scheme.value.search(text, last, line_end)
        if match is None:
            if last < line_end:  # a line that lists codes with their names: the next line may begin with one, too
                following = scheme.value.match(text, line_end + 1) if last != start and scheme.far else None
                if following is None:
                    return
                match = following
            else:
                return
        digits = re.sub(r"\s", "", match.group())
        if scheme.form != "{}":
            digits = re.sub(r"^\D+", "", digits)
        yield Code(
            start=match.start(), end=match.end(), scheme=scheme.scheme, value=scheme.form.format(digits), rule="announced"
        )
        last = match.end()
        line_end = _line_end(text, last)
        if not scheme.far and text[last : last + 1] not in ",;/ ":
            return


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
