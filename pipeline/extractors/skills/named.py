"""What the rules of skills hand each other: where a sentence stands (:class:`Place`), a skill by name (:class:`Named`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Place:
    """Where a sentence stands: in the skills section or not, a heading, an item; what the heading or lead says of it.

    ``closed`` is true below a line that announces courses instead of skills.
    """

    skills: bool
    heading: bool = False
    item: bool = False
    category: str | None = None
    requirement: str | None = None
    closed: bool = False


#: A sentence of the skills section, and one elsewhere, of which nothing more is known.
INSIDE, ELSEWHERE = Place(skills=True), Place(skills=False)


@dataclass(slots=True, eq=False)
class Named:
    """A skill by name: offsets of its evidence, label, category, level; ``known`` where the lexicon has it."""

    start: int
    end: int
    label: str
    category: str
    level: str | None = None
    known: bool = False
