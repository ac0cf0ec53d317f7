"""Names of a sheet → concepts of a taxonomy: occupations for its titles, competences and knowledge for its skills.

Equality comes first, from the surest kind to the least sure, then a measured likeness. ``score`` is
that kind's worth in :data:`WORTH`, or the likeness itself; ``docs/taxonomies.md`` says how often a
score is right. Of the sheet only names are read: a code that it states is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from pipeline.lexicons import load
from pipeline.taxonomies.index import Index, Match, open_compiled
from pipeline.taxonomies.names import Name, occupation_name, skill_name

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
#: What no rounding adds to a vote.
_VOTE = 2e-6
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


class _Like(NamedTuple):
    """The occupations that a name is like, and those that have one of the same letters.

    ``votes``: the vote of the name for each, and ``others``: what it is at most for any other.
    """

    matches: dict[int, Match]
    exact: set[int]
    votes: dict[int, float]
    others: float


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
        asked = [self._like(name) for name in (preferred, *alternates)]
        for rank, (_, _, given, _) in enumerate(asked):
            weight = 1.0 if rank == 0 else _ALTERNATE
            for concept, vote in given.items():
                votes[concept] = votes.get(concept, 0.0) + weight * vote
        return [_found(index, _most_alike(asked, concept)) for concept in _elected(votes, _KEPT)]

    def _title(self, name: str, *, voted: bool = False) -> tuple[Found, ...]:
        """The occupation that one name speaks of, where it is alike enough; ``voted``: it voted for that of its sheet.

        The occupations of little likeness are looked at only where one of them may have the most votes all the same.
        """
        index = self._occupations
        if index is None:
            return ()
        like = self._like(name) if voted else self._occupations_like(name, _FLOOR_OTHER_TITLE)
        if not voted and (like.exact or like.matches) and max(like.votes.values(), default=0.0) <= like.others:
            like = self._like(name)
        found = [_most_alike([like], concept) for concept in _elected(like.votes, 1)]
        return tuple([_found(index, likeness) for likeness in found if likeness[2] >= _FLOOR_OTHER_TITLE])

    def _occupations_like(self, name: str, floor: float = _FLOOR_TITLE) -> _Like:
        """The occupations that a name may be."""
        index = self._occupations
        if index is None:
            return _Like({}, set(), {}, 0.0)
        asked = occupation_name(name)
        vector = index.vector(asked.stems)
        matches = index.alike(vector, floor)
        exact = {concept for key in asked.exact for concept in index.equal(key)}
        common = index.commonness(vector, matches)
        votes = [(match[2] + _COMMONNESS * share) ** 2 for match, share in zip(matches.values(), common, strict=True)]
        others = (floor + _COMMONNESS * index.commonest(vector)) ** 2 + _VOTE
        return _Like(matches, exact, dict(zip(matches, votes, strict=True)), others)

    def _skill(self, label: str, category: str | None = None) -> tuple[Found, ...]:
        """The concepts that a skill may be, the likeliest first."""
        index = self._skills
        if index is None:
            return ()
        name = skill_name(label)
        found = _equal_skills(index, name, WORTH["exact"])
        if not found:
            other = load("taxonomies")["synonyms"].get(label.lower())
            found = _equal_skills(index, skill_name(other), WORTH["synonym"]) if other else []
        if not found:
            found = [(*match, "similar") for match in index.covered(index.vector(name.stems), _FLOOR_SKILL)]
            if not found:
                return ()
        if category == "soft":
            found = [_as_quality(index, likeness) for likeness in found]
        found = [likeness for likeness in found if likeness[2] >= _FLOOR_SKILL]
        if len(found) > 1:
            found.sort(key=partial(_rank, index, _RATHER.get(category or "", ())))
        return tuple(_found(index, likeness) for likeness in found[:_KEPT])


def _elected(votes: dict[int, float], seats: int) -> list[int]:
    """The concepts with most votes; of as many votes, to six places, the first."""
    least = sorted(votes.values())[-seats:][0] - _VOTE if votes else 0.0
    order = sorted([(-round(vote, 6), concept) for concept, vote in votes.items() if vote >= least])
    return [concept for _, concept in order[:seats]]


def _most_alike(asked: list[_Like], concept: int) -> _Likeness:
    """How like an occupation is to that of the names asked for which it is most like, the first of equals."""
    likely = [(concept in exact, *matches[concept]) for matches, exact, _, _ in asked if concept in matches]
    same, _, name, cosine = max(likely, key=itemgetter(0, 3))
    method = "exact" if same else "lemma" if cosine > _EQUAL else "similar"
    return concept, name, WORTH.get(method) or min(cosine, WORTH["lemma"]), method


def _rank(index: Index, rather: tuple[str, ...], likeness: _Likeness) -> tuple[float, bool, bool, int]:
    """The surest first, then those of a kind that the skill rather is, then those named by their label."""
    concept, name, score, _ = likeness
    return -round(score, 6), index.kind(concept) not in rather, not index.is_label[name], concept


def _as_quality(index: Index, likeness: _Likeness) -> _Likeness:
    """A quality is not the knowledge that shares its word: « bonne présentation », « techniques de présentation »."""
    concept, name, _, method = likeness
    doubtful = method == "core" and index.kind(concept) == "knowledge"
    return (concept, name, _FLOOR_SKILL, method) if doubtful else likeness


def _equal_skills(index: Index, name: Name, worth: float) -> list[_Likeness]:
    """The concepts of the surest equality that finds any, each worth at most ``worth``."""
    asked: tuple[tuple[str, int | None], ...] = (("exact", name.exact[0]), ("lemma", name.lemma), ("core", name.core))
    if name.lemma is not None and not index.equal(name.lemma):
        asked = asked[2:]  # names of the same letters have the same stems
    for method, key in asked:
        concepts = index.equal(key) if key is not None else ()
        if concepts:
            named = method if worth == WORTH["exact"] else "synonym"
            return [(concept, written, min(worth, WORTH[method]), named) for concept, written in concepts.items()]
    return []


def _found(index: Index, likeness: _Likeness) -> Found:
    concept, name, score, method = likeness
    label = index.label[concept] or ""
    written = label if index.is_label[name] else index.name[name] or ""
    return Found(index.code[concept] or "", index.uri[concept], label, written, round(score, 4), method)


@lru_cache(maxsize=4)
def linkers(paths: tuple[str, ...]) -> tuple[Linker, ...]:
    """The linkers of compiled taxonomies, in the order of ``paths``; each file is opened once a process."""
    return tuple(Linker(path) for path in paths)
