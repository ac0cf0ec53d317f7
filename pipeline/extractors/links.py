"""Links: the concepts of the taxonomies in use that the titles and skills of a sheet stand for.

Reads the records extracted before, writes the table ``links``, and puts the surest concept of a
skill beside it (``skills.esco_uri``, ``skills.rome_code``). Nothing is done where no taxonomy is in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pipeline.extractors import Earlier
from pipeline.reading import Reading
from pipeline.records import Link, Skill, Span, Title
from pipeline.schema import record_ids
from pipeline.taxonomies.linking import SURE, Found, Linker, linkers

_Linked = TypeVar("_Linked", bound=Span)


def extract(reading: Reading, earlier: Earlier) -> Iterator[Link]:
    """The links of the titles, then those of the skills, a taxonomy at a time."""
    if not reading.taxonomies:
        return
    titles, skills = _with_ids(reading, earlier.get("titles", ())), _with_ids(reading, earlier.get("skills", ()))
    for linker in linkers(reading.taxonomies):
        yield from _titles(linker, titles)
        yield from _skills(linker, skills)


def _titles(linker: Linker, titles: list[tuple[str, Title]]) -> Iterator[Link]:
    """All names together say what the preferred one means; an alternate or a career is linked by its own words."""
    alternates = [_name(title) for _, title in titles if title.kind == "alternate"]
    for primary, title in titles:
        if title.kind == "preferred":
            found: Iterable[Found] = linker.occupation(_name(title), alternates)
        else:
            found = linker.title(_name(title), voted=title.kind == "alternate")
        for rank, concept in enumerate(found, 1):
            yield _link(linker, title, concept, rank, title_id=primary)


def _skills(linker: Linker, skills: list[tuple[str, Skill]]) -> Iterator[Link]:
    for primary, skill in skills:
        found = linker.skill(skill.label, skill.category)
        if found and found[0].score >= SURE:
            if linker.scheme == "esco":
                skill.esco_uri = found[0].uri
            else:
                skill.rome_code = found[0].code
        for rank, concept in enumerate(found, 1):
            yield _link(linker, skill, concept, rank, skill_id=primary)


def _link(
    linker: Linker, record: Span, found: Found, rank: int, *, title_id: str | None = None, skill_id: str | None = None
) -> Link:
    return Link(
        start=record.start, end=record.end, rule=found.method, title_id=title_id, skill_id=skill_id, scheme=linker.scheme,
        version=linker.version, code=found.code, uri=found.uri, label=found.label, name=found.name, score=found.score,
        method=found.method, rank=rank,
    )  # fmt: skip


def _name(title: Title) -> str:
    return title.masculine or title.label


def _with_ids(reading: Reading, records: Sequence[_Linked]) -> list[tuple[str, _Linked]]:
    """The records with the primary keys that they will have in their table."""
    ordered = sorted(records, key=lambda r: (r.start, r.end))
    return list(zip(record_ids(reading.sheet.sheet_id, ordered), ordered, strict=True))
