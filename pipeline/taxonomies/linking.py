"""Names of a sheet → concepts of a taxonomy: occupations for its titles, competences and knowledge for its skills.

Equality comes first, from the surest kind to the least sure, then a measured likeness. ``score`` is
that kind's worth in :data:`WORTH`, or the likeness itself; ``docs/taxonomies.md`` says how often a
score is right. Of the sheet only names are read: a code that it states is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.taxonomies.compiling import TIERS, both_forms, keys
from pipeline.taxonomies.index import Index, open_compiled
from pipeline.taxonomies.words import key, stems

#: What an equality is worth, a method.
WORTH = {"exact": 1.0, "lemma": 0.95, "core": 0.85, "synonym": 0.8}

#: The least score of a skill's link that fills the column of the skills table.
SURE = 0.8
#: The least likeness of a skill's link, and of a title's.
_FLOOR_SKILL = 0.6
_FLOOR_TITLE = 0.35
_FLOOR_OTHER_TITLE = 0.6
#: Links kept a name and a scheme.
_KEPT = 3
#: What a name counts beside the preferred one, and how far all names of a concept count beside the most alike one.
_ALTERNATE = 0.5
_COMMONNESS = 0.4

#: Category of a skill → kinds of concept that it rather is.
_RATHER = {
    "language": ("knowledge",), "tool": ("knowledge",), "knowledge": ("knowledge",), "know-how": ("competence",),
    "soft": ("quality", "competence"),
}  # fmt: skip


class Found(NamedTuple):
    """A concept that a name was linked to; ``name`` is the taxonomy's name that was matched."""

    code: str
    uri: str | None
    label: str
    name: str
    score: float
    method: str


class _Likeness(NamedTuple):
    """How like a concept is, by its name of the rank ``name``; ``vote`` is what that counts beside other names of a sheet."""

    concept: int
    name: int
    score: float
    method: str
    vote: float


class Linker:
    """One compiled taxonomy, asked for links. Gives the same answer to the same question, whatever was asked before."""

    def __init__(self, path: str) -> None:
        compiled = open_compiled(path)
        self.scheme, self.version = compiled.scheme, compiled.version
        self._occupations = compiled.indexes.get("occupations")
        self._skills = compiled.indexes.get("skills")
        self.skill = lru_cache(maxsize=50_000)(self._skill)
        self.title = lru_cache(maxsize=10_000)(self._title)
        self._like = lru_cache(maxsize=10_000)(self._occupations_like)

    def occupation(self, preferred: str, alternates: Sequence[str] = ()) -> list[Found]:
        """The occupations that the names of one sheet speak of together, the likeliest first.

        Every name votes for the concepts like it, by the square of the likeness, alternates by half;
        the score of a concept is the likeness of its best name.
        """
        index = self._occupations
        votes: dict[int, float] = {}
        best: dict[int, _Likeness] = {}
        for rank, name in enumerate((preferred, *alternates)):
            for likeness in self._like(name):
                weight = 1.0 if rank == 0 else _ALTERNATE
                votes[likeness.concept] = votes.get(likeness.concept, 0.0) + weight * likeness.vote**2
                if likeness.concept not in best or likeness.score > best[likeness.concept].score:
                    best[likeness.concept] = likeness
        order = sorted(votes, key=lambda c: (-round(votes[c], 6), c))
        return [_found(index, best[concept]) for concept in order[:_KEPT]] if index else []

    def _title(self, name: str) -> tuple[Found, ...]:
        """The occupation that one name speaks of, where it is alike enough."""
        return tuple(found for found in self.occupation(name)[:1] if found.score >= _FLOOR_OTHER_TITLE)

    def _occupations_like(self, name: str) -> tuple[_Likeness, ...]:
        index = self._occupations
        if index is None:
            return ()
        written = both_forms(name)
        words = stems(written[0])
        exact = set[int]().union(*(index.equal(TIERS["exact"] + key(form)) for form in written))
        matches = index.alike(words, _FLOOR_TITLE)
        common = index.commonness(words, [m.concept for m in matches])
        found = []
        for match, commonness in zip(matches, common, strict=True):
            equal = match.concept in exact
            method = "exact" if equal else "lemma" if match.cosine > 0.999 else "similar"  # noqa: PLR2004 - equal but for rounding
            score = WORTH.get(method, min(match.cosine, WORTH["lemma"]))
            found.append(_Likeness(match.concept, match.name, score, method, match.cosine + _COMMONNESS * commonness))
        return tuple(found)

    def _skill(self, label: str, category: str | None = None) -> tuple[Found, ...]:
        """The concepts that a skill may be, the likeliest first."""
        index = self._skills
        if index is None:
            return ()
        found = _equal_skills(index, label, WORTH["exact"])
        if not found:
            other = load("taxonomies")["synonyms"].get(label.lower())
            found = _equal_skills(index, other, WORTH["synonym"]) if other else []
        if not found:
            words = stems(label)
            found = [
                _Likeness(m.concept, m.name, m.cosine * index.held(words, m.name) ** 0.5, "similar", 0.0)
                for m in index.alike(words, _FLOOR_SKILL)
            ]
        rather = _RATHER.get(category or "", ())
        if category == "soft":
            found = [_as_quality(index, likeness) for likeness in found]
        order = sorted(
            (f for f in found if f.score >= _FLOOR_SKILL),
            key=lambda f: (
                -round(f.score, 6),
                index.text("kind", f.concept) not in rather,
                index.text("name", f.name) != index.text("label", f.concept),
                f.concept,
            ),
        )
        return tuple(_found(index, likeness) for likeness in order[:_KEPT])


def _as_quality(index: Index, likeness: _Likeness) -> _Likeness:
    """A quality is not the knowledge that shares its word: « bonne présentation », « techniques de présentation »."""
    doubtful = likeness.method == "core" and index.text("kind", likeness.concept) == "knowledge"
    return likeness._replace(score=_FLOOR_SKILL) if doubtful else likeness


def _equal_skills(index: Index, label: str, worth: float) -> list[_Likeness]:
    """The concepts of the surest equality that finds any, each worth at most ``worth``."""
    for method, wanted in {"exact": TIERS["exact"] + key(label), **keys((label,))}.items():
        concepts = index.equal(wanted)
        if concepts:
            named = method if worth == WORTH["exact"] else "synonym"
            return [_Likeness(concept, name, min(worth, WORTH[method]), named, 0.0) for concept, name in concepts.items()]
    return []


def _found(index: Index, likeness: _Likeness) -> Found:
    code, uri, label = (index.text(part, likeness.concept) for part in ("code", "uri", "label"))
    name = index.text("name", likeness.name)
    return Found(code or "", uri, label or "", name or "", round(likeness.score, 4), likeness.method)


@lru_cache(maxsize=4)
def linkers(paths: tuple[str, ...]) -> tuple[Linker, ...]:
    """The linkers of compiled taxonomies, in the order of ``paths``; each file is opened once a process."""
    return tuple(Linker(path) for path in paths)
