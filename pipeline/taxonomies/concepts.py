"""What a taxonomy holds, whichever its publisher: concepts with their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

#: Kind of a concept → the vocabulary that it is searched in.
VOCABULARY = {
    "occupation": "occupations",
    "competence": "skills",
    "knowledge": "skills",
    "quality": "skills",
}
#: The kinds, in the order by which compiled files number them.
KINDS = tuple(VOCABULARY)


class Concept(NamedTuple):
    """A concept: ``kind`` is a key of :data:`VOCABULARY`, ``code`` what identifies it in its scheme, ``uri`` its address.

    ``names`` are all its names, the preferred ``label`` first.
    """

    kind: str
    code: str
    label: str
    names: tuple[str, ...]
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A scheme (``rome``, ``esco``) as published: its version and its concepts."""

    scheme: str
    version: str
    concepts: tuple[Concept, ...]
