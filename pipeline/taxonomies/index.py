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

_Array = np.ndarray[Any, Any]

#: How many of the most alike names are looked at closely.
_CLOSEST = 25


class Match(NamedTuple):
    """A concept alike some words: the one of its names that is most alike, and the cosine of the two."""

    concept: int
    name: int
    cosine: float


class Index:
    """One vocabulary of a compiled taxonomy. Concepts and names go by their ranks."""

    def __init__(self, row: Any) -> None:
        self.vocabulary: str = row["vocabulary"].as_py()
        self.head = HEAD[self.vocabulary]
        self._texts = {part: row[part].values for part in ("kind", "code", "uri", "label", "name")}
        parts = ("key", "key_name", "name_concept", "in_name", "share", "mass", "in_concept", "count")
        self._parts: dict[str, _Array] = {part: row[part].values.to_numpy() for part in parts}
        lists = ("word", "weight", "names_from", "concepts_from")
        words, self._weight, self._names_from, self._concepts_from = (row[part].values.to_numpy().tolist() for part in lists)
        self._word = {word: rank for rank, word in enumerate(words)}
        self._name_concept = self._parts["name_concept"]
        self._rarest = max(self._weight, default=1.0)

    @property
    def concepts(self) -> int:
        """How many concepts there are."""
        return len(self._texts["code"])

    @property
    def names(self) -> int:
        """How many names they have."""
        return len(self._texts["name"])

    def text(self, part: str, rank: int) -> str | None:
        """The ``kind``, ``code``, ``uri`` or ``label`` of a concept, or a ``name``."""
        found: str | None = self._texts[part][rank].as_py()
        return found

    def equal(self, key: str) -> dict[int, int]:
        """Concept → its first name of this key (see :data:`~pipeline.taxonomies.compiling.TIERS`)."""
        keys, wanted = self._parts["key"], np.uint64(hashed(key))
        at = int(keys.searchsorted(wanted))
        found: dict[int, int] = {}
        while at < len(keys) and keys[at] == wanted:
            name = int(self._parts["key_name"][at])
            found.setdefault(int(self._name_concept[name]), name)
            at += 1
        return found

    def alike(self, words: list[str], floor: float) -> list[Match]:
        """The concepts whose names are at least ``floor`` like ``words`` (stems), by the cosine of their weights.

        Best first; no more concepts than a few dozen names have.
        """
        weight, ranks = self._weights(words)
        if not ranks:
            return []
        vector = weighted(words, weight, self.head)
        length = math.sqrt(sum(v * v for v in vector.values()))
        parts = [self._holders(rank) for rank in ranks.values()]
        shares = [self._parts["share"][part] * (vector[word] / length) for word, part in zip(ranks, parts, strict=True)]
        holders = [self._parts["in_name"][part] for part in parts]
        cosine = np.bincount(np.concatenate(holders), np.concatenate(shares))
        above = np.flatnonzero(cosine >= floor)
        if len(above) > _CLOSEST:
            values = cosine[above]
            above = above[values >= np.partition(values, -_CLOSEST)[-_CLOSEST]]
        return self._best(above.tolist(), cosine[above].round(5).tolist())

    def _best(self, names: list[int], cosine: list[float]) -> list[Match]:
        """The best name of each concept."""
        best: dict[int, tuple[float, int]] = {}
        for name, value in zip(names, cosine, strict=True):
            concept = int(self._name_concept[name])
            if concept not in best or value > best[concept][0]:
                best[concept] = value, name
        found = [Match(concept, name, min(1.0, value)) for concept, (value, name) in best.items()]
        return sorted(found, key=lambda m: (-m.cosine, m.concept))

    def commonness(self, words: list[str], concepts: list[int]) -> list[float]:
        """How far the words run through all names of each concept: 0 for none, towards 1 for all of them in many."""
        weight, ranks = self._weights(words)
        if not ranks:
            return [0.0] * len(concepts)
        holders, values = [], []
        for word, rank in ranks.items():
            part = slice(self._concepts_from[rank], self._concepts_from[rank + 1])
            count = self._parts["count"][part]
            holders.append(self._parts["in_concept"][part])
            values.append(weight[word] * (count / (count + 2.0)))
        shares = np.bincount(np.concatenate(holders), np.concatenate(values), minlength=self.concepts)[concepts]
        found: list[float] = (shares / (sum(weight.values()) or 1.0)).tolist()
        return found

    def _weights(self, words: list[str]) -> tuple[dict[str, float], dict[str, int]]:
        """Word → what it tells, and → its rank, where it is known; an unknown word tells as much as the rarest."""
        ranks = {word: rank for word in words if (rank := self._word.get(hashed(word))) is not None}
        weights = {word: self._weight[ranks[word]] if word in ranks else self._rarest for word in words}
        return weights, ranks

    def _holders(self, rank: int) -> slice:
        return slice(self._names_from[rank], self._names_from[rank + 1])

    def held(self, words: list[str], name: int) -> float:
        """The part of the weight of a name that lies in ``words``, 0 to 1."""
        whole = 0.0
        for rank in self._weights(words)[1].values():
            part = self._holders(rank)
            holders = self._parts["in_name"][part]
            at = int(holders.searchsorted(name))
            if at < len(holders) and holders[at] == name:
                whole += float(self._parts["mass"][part][at])
        return min(1.0, whole)


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
