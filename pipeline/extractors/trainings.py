"""Named courses that carry an id of the register (« FOR.2176 »), with their school where the label shows it.

A course without an id is a diploma or part of the prose, no row here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Training

_WITH_ID = re.compile(r"^(?P<label>\S[^\n]*?)\s*[(\[–-]\s?(?:ID\s*:\s*)?(?P<id>FOR\.\d+)\)?\]?\s*$", re.MULTILINE)
_BRACKET = re.compile(r"\((?P<school>[^()]+)\)$")
#: The school a diploma is named after: « diplôme d'ingénieur de l'École … spécialité … ».
_NAMED = re.compile(
    r"^(?:dipl[ôo]me|bachelor|mast[èe]re)\b[^()]{0,80}?\b(?:de l'|de la |du |de |d')"
    r"(?P<school>(?:[ÉE]cole|Institut|Universit[ée]|Conservatoire|Centre|[A-Z]{2,}|[A-Z][\w-]+ (?:School|BS|Business))\b"
    r"[^()]*?)"
    r"(?: spécialité .*| option .*| mention .*| en (?:partenariat|convention) .*)?$"
)
_NO_SCHOOL = re.compile(r"polynési|étudiants|programme|option|ex |licence|parcours|,", re.IGNORECASE)


def extract(reading: Reading, earlier: Earlier) -> Iterator[Training]:  # noqa: ARG001
    """Yield each course once."""
    seen: set[tuple[str, str]] = set()
    stated = [(f.start, f.end, f.key, "register-field") for f in reading.field("training")]
    stated += [(*m.span("label"), m["id"], "printed-id") for m in _printed(reading)]
    for start, end, register_id, rule in stated:
        label = reading.text[start:end]
        if (register_id, label) not in seen:
            seen.add((register_id, label))
            yield Training(start=start, end=end, label=label, register_id=register_id or None, school=school(label), rule=rule)


def _printed(reading: Reading) -> Iterator[re.Match[str]]:
    """The labels with an id behind them, on their line or at the head of the line below."""
    text, read = reading.text, 0
    for at in reading.openings(("for.",)):
        above = text.rfind("\n", 0, max(text.rfind("\n", 0, at), 0)) + 1
        end = text.find("\n", at)
        match = _WITH_ID.search(text, max(above, read), end if end >= 0 else len(text)) if at >= read else None
        if match is not None:
            yield match
            read = match.end()


def school(label: str) -> str | None:
    """The school that a course's label names: « graphiste (Gobelins) » → « Gobelins »."""
    bracket = _BRACKET.search(label)
    if bracket:
        words = bracket.group("school").strip()
        known = re.search(r"[A-Z]", words) is not None and not _NO_SCHOOL.search(words)
        if known and (
            words[0].isupper() or re.match(r"(?:école|académie|institut|réseau|université|centre)\b", words, re.IGNORECASE)
        ):
            return words
        label = label[: bracket.start()].strip()
    named = _NAMED.match(label)
    return named.group("school").strip() if named else None
