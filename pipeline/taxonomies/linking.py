"""Names of a sheet → concepts of a taxonomy: occupations for its titles, competences and knowledge for its skills.

Equality comes first, from the surest kind to the least sure, then a measured likeness. ``score`` is
that kind's worth in :data:`WORTH`, or the likeness itself; ``docs/taxonomies.md`` says how often a
score is right. Of the sheet only names are read: a code that it states is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from pipeline.lexicons import load
from pipeline.taxonomies.index import Index, open_compiled
from pipeline.taxonomies.names import occupation_name, skill_name

#: What an equality is worth, a method.
WORTH = {"exact": 1.0, "lemma": 0.95, "core": 0.85, "synonym": 0.8}

#: The least score of a skill's link that fills the column of the skills table.
SURE = 0.8
#: The least likeness of a skill's link, and of a title's.
_FLOOR_SKILL = 0.6
_FLOOR_TITLE = 0.35
_FLOOR_OTHER_TITLE = 0.6
#: The cosine of the same words, but for rounding.
_EQUAL = 0.999
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


#: How like a concept is: its rank, that of its name, the score, the method.
_Likeness: TypeAlias = tuple[int, int, float, str]
#: Of an occupation: its rank, that of its name, their cosine, whether they are the same, and what it counts beside other
#: names of a sheet. There are many of these, and few become a link.
_Candidate: TypeAlias = tuple[int, int, float, bool, float]


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
        if index is None:
            return []
        votes: dict[int, float] = {}
        best: dict[int, _Candidate] = {}
        for rank, name in enumerate((preferred, *alternates)):
            weight = 1.0 if rank == 0 else _ALTERNATE
            for candidate in self._like(name):
                concept, _, cosine, same, vote = candidate
                if concept not in best:
                    best[concept], votes[concept] = candidate, weight * vote * vote
                    continue
                votes[concept] += weight * vote * vote
                if (same, cosine) > best[concept][3:1:-1]:
                    best[concept] = candidate
        order = sorted([(-round(vote, 6), concept) for concept, vote in votes.items()])
        return [_found(index, _as_occupation(best[concept])) for _, concept in order[:_KEPT]]

    def _title(self, name: str) -> tuple[Found, ...]:
        """The occupation that one name speaks of, where it is alike enough.

        An occupation whose vote is 1 wins over all that are less alike than the floor, so these need not be looked at.
        """
        index = self._occupations
        if index is None:
            return ()
        found = self._occupations_like(name, _FLOOR_OTHER_TITLE)
        if not found or max(vote for _, _, _, _, vote in found) <= 1:
            found = self._like(name)
        best = min(found, key=lambda candidate: (-round(candidate[-1] ** 2, 6), candidate[0]), default=None)
        likeness = _as_occupation(best) if best else None
        return (_found(index, likeness),) if likeness and likeness[2] >= _FLOOR_OTHER_TITLE else ()

    def _occupations_like(self, name: str, floor: float = _FLOOR_TITLE) -> tuple[_Candidate, ...]:
        """The occupations at least ``floor`` like a name."""
        index = self._occupations
        if index is None:
            return ()
        asked = occupation_name(name)
        vector = index.vector(asked.words)
        matches = index.alike(vector, floor)
        common = index.commonness(vector, [concept for concept, _, _ in matches])
        exact = set[int]().union(*map(index.equal, asked.exact)) if matches else ()
        return tuple(
            (concept, written, cosine, concept in exact, cosine + _COMMONNESS * commonness)
            for (concept, written, cosine), commonness in zip(matches, common, strict=True)
        )

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
            vector = index.vector(skill_name(label).words)
            found = [
                (concept, name, cosine * index.held(vector, name) ** 0.5, "similar")
                for concept, name, cosine in index.alike(vector, _FLOOR_SKILL)
            ]
        if category == "soft":
            found = [_as_quality(index, likeness) for likeness in found]
        found = [likeness for likeness in found if likeness[2] >= _FLOOR_SKILL]
        if len(found) > 1:
            found.sort(key=partial(_rank, index, _RATHER.get(category or "", ())))
        return tuple(_found(index, likeness) for likeness in found[:_KEPT])


def _as_occupation(candidate: _Candidate) -> _Likeness:
    concept, name, cosine, same, _ = candidate
    method = "exact" if same else "lemma" if cosine > _EQUAL else "similar"
    return concept, name, WORTH.get(method) or min(cosine, WORTH["lemma"]), method


def _rank(index: Index, rather: tuple[str, ...], likeness: _Likeness) -> tuple[float, bool, bool, int]:
    """The surest first, then those of a kind that the skill rather is, then those named by their label."""
    concept, name, score, _ = likeness
    kind, label = index.text("kind", concept), index.text("label", concept)
    return -round(score, 6), kind not in rather, index.text("name", name) != label, concept


def _as_quality(index: Index, likeness: _Likeness) -> _Likeness:
    """A quality is not the knowledge that shares its word: « bonne présentation », « techniques de présentation »."""
    concept, name, _, method = likeness
    doubtful = method == "core" and index.text("kind", concept) == "knowledge"
    return (concept, name, _FLOOR_SKILL, method) if doubtful else likeness


def _equal_skills(index: Index, label: str, worth: float) -> list[_Likeness]:
    """The concepts of the surest equality that finds any, each worth at most ``worth``."""
    for method, wanted in skill_name(label).keys:
        concepts = index.equal(wanted)
        if concepts:
            named = method if worth == WORTH["exact"] else "synonym"
            return [(concept, name, min(worth, WORTH[method]), named) for concept, name in concepts.items()]
    return []


def _found(index: Index, likeness: _Likeness) -> Found:
    concept, name, score, method = likeness
    text = index.text
    return Found(
        text("code", concept) or "", text("uri", concept), text("label", concept) or "", text("name", name) or "",
        round(score, 4), method,
    )  # fmt: skip


@lru_cache(maxsize=4)
def linkers(paths: tuple[str, ...]) -> tuple[Linker, ...]:
    """The linkers of compiled taxonomies, in the order of ``paths``; each file is opened once a process."""
    return tuple(Linker(path) for path in paths)
