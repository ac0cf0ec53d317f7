"""A compiled taxonomy, searched: the concepts whose names equal a name, or are most like it.

A file is mapped into memory as it lies on disk (see :mod:`pipeline.taxonomies.compiling` for what is
in it); opening it takes a millisecond, whatever its size.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from pipeline.taxonomies.compiling import HEAD, weighted
from pipeline.taxonomies.words import hashed

#: How many of the most alike names are looked at closely.
_CLOSEST = 60


class Match(NamedTuple):
    """A concept alike a name: the cosine of the two, and how much of the weight of each lies in the words they share."""

    concept: int
    name: int
    cosine: float
    of_name: float
    of_query: float


class Index:
    """One vocabulary of a compiled taxonomy. Concepts and names go by their ranks."""

    def __init__(self, row: Any) -> None:
        self.vocabulary: str = row["vocabulary"].as_py()
        self.head = HEAD[self.vocabulary]
        self._texts = {part: row[part].values for part in ("kind", "code", "uri", "label", "name")}
        parts = ("key", "key_concept", "name_concept", "word", "weight", "names_from", "concepts_from", "in_name", "share",
                 "mass", "in_concept", "count")  # fmt: skip
        self._parts: dict[str, np.ndarray[Any, Any]] = {part: row[part].values.to_numpy() for part in parts}
        self._rarest = float(self._parts["weight"].max(initial=1.0))

    def text(self, part: str, rank: int) -> str | None:
        """The ``kind``, ``code``, ``uri`` or ``label`` of a concept, or a ``name``."""
        found: str | None = self._texts[part][rank].as_py()
        return found

    def equal(self, key: str) -> list[int]:
        """The concepts with a name of this key (see :data:`~pipeline.taxonomies.compiling.TIERS`)."""
        keys, wanted = self._parts["key"], np.uint64(hashed(key))
        first = int(keys.searchsorted(wanted))
        last = first
        while last < len(keys) and keys[last] == wanted:
            last += 1
        found: list[int] = self._parts["key_concept"][first:last].tolist()
        return found

    def alike(self, words: list[str], floor: float) -> list[Match]:
        """The concepts whose names are at least ``floor`` like ``words`` (stems), by the cosine of their weights; best first.

        Only words rare enough to lift a name above the floor open postings of their own; the others are
        looked up for the names found so far.
        """
        ranks = {word: rank for word in words if (rank := self._word(word)) is not None}
        if not ranks:
            return []
        weight = {word: float(self._parts["weight"][ranks[word]]) if word in ranks else self._rarest for word in words}
        vector = weighted(words, weight, self.head)
        length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        known = sorted(ranks, key=lambda word: (-vector[word], word))
        rest = sum((vector[word] / length) ** 2 for word in known)
        opened = []
        for word in known:
            if math.sqrt(max(rest, 0.0)) < floor:
                break
            opened.append(self._postings(ranks[word])[0])
            rest -= (vector[word] / length) ** 2
        if not opened:
            return []
        names = np.unique(np.concatenate(opened)) if len(opened) > 1 else opened[0]
        cosine, of_name, of_query = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
        whole = sum(weight[word] for word in vector)
        for word in known:
            holders, share, mass = self._postings(ranks[word])
            at = np.minimum(holders.searchsorted(names), len(holders) - 1)
            held = holders[at] == names
            cosine += held * share[at] * (vector[word] / length)
            of_name += held * mass[at]
            of_query += held * (weight[word] / whole)
        return self._best(names, cosine, of_name, of_query, floor)

    def _best(self, names: Any, cosine: Any, of_name: Any, of_query: Any, floor: float) -> list[Match]:
        """The best name of each concept, of those above the floor."""
        above = np.flatnonzero(cosine >= floor)
        above = above[np.lexsort((above, -cosine[above].round(6)))][:_CLOSEST]
        found: dict[int, Match] = {}
        for at in above.tolist():
            concept = int(self._parts["name_concept"][names[at]])
            if concept not in found:
                cos = min(1.0, float(cosine[at]))
                found[concept] = Match(concept, int(names[at]), cos, float(of_name[at]), float(of_query[at]))
        return list(found.values())

    def commonness(self, words: list[str], concepts: list[int]) -> list[float]:
        """How far the words run through all names of each concept: 0 for none, towards 1 for all of them in many."""
        total, found = 0.0, np.zeros(len(concepts))
        wanted = np.array(concepts)
        for word in dict.fromkeys(words):
            rank = self._word(word)
            weight = self._rarest if rank is None else float(self._parts["weight"][rank])
            total += weight
            if rank is not None:
                part = slice(self._parts["concepts_from"][rank], self._parts["concepts_from"][rank + 1])
                holders, count = self._parts["in_concept"][part], self._parts["count"][part]
                at = np.minimum(holders.searchsorted(wanted), len(holders) - 1)
                found += (holders[at] == wanted) * weight * count[at] / (count[at] + 2.0)
        shares: list[float] = (found / (total or 1.0)).tolist()
        return shares

    def _word(self, word: str) -> int | None:
        words, wanted = self._parts["word"], np.uint64(hashed(word))
        at = int(words.searchsorted(wanted))
        return at if at < len(words) and words[at] == wanted else None

    def _postings(self, rank: int) -> tuple[Any, Any, Any]:
        part = slice(self._parts["names_from"][rank], self._parts["names_from"][rank + 1])
        return self._parts["in_name"][part], self._parts["share"][part], self._parts["mass"][part]


class Compiled(NamedTuple):
    """A compiled taxonomy: what it is, and its vocabularies."""

    scheme: str
    version: str
    indexes: dict[str, Index]


@lru_cache(maxsize=8)
def open_compiled(path: str) -> Compiled:
    """The compiled taxonomy at ``path``; compiled files never change, so each is opened once a process."""
    table = pa.ipc.open_file(pa.memory_map(str(Path(path)))).read_all()
    about = {name.decode(): value.decode() for name, value in table.schema.metadata.items()}
    rows = [{name: table.column(name)[row] for name in table.column_names} for row in range(table.num_rows)]
    return Compiled(about["scheme"], about["version"], {index.vocabulary: index for index in map(Index, rows)})
