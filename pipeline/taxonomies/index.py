"""A compiled taxonomy, searched: the concepts whose names equal a name, or are most like it.

A file is mapped into memory as it lies on disk (see :mod:`pipeline.taxonomies.compiling` for what is
in it); opening it takes a millisecond, whatever its size.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa

from pipeline.taxonomies.compiling import HEAD, weighted

_Array = np.ndarray[Any, Any]

#: How many of the most alike names are looked at closely.
_CLOSEST = 25
#: By how many bits a key is shifted to the bucket that it stands in.
_BUCKET = 64 - 13
#: Up to how many names numpy costs more than it saves.
_FEW = 16
#: What the shares of a name, rounded to 32 bits, may add to its length of 1.
_ROUNDING = 1e-5


#: A concept alike some words, the one of its names that is most alike, and the cosine of the two. There are many; a plain
#: tuple costs a fifth of a named one.
Match: TypeAlias = tuple[int, int, float]


class Vector(NamedTuple):
    """The words of a name, weighted as an index weighs them.

    ``words``: of each known word its share in the name's vector of length 1, what it tells wherever it stands, and its
    rank. ``whole``: what all words tell, unknown ones as much as the rarest.
    """

    words: list[tuple[float, float, int]]
    whole: float


class _Texts:
    """A column of strings, read where it lies: an Arrow scalar for each would cost ten times as much."""

    def __init__(self, column: pa.StringArray) -> None:
        _, offsets, data = column.buffers()
        self._offsets = memoryview(offsets).cast("i")[column.offset :]
        self._data = memoryview(data) if data else memoryview(b"")
        self._valid = None if not column.null_count else column.is_valid().to_numpy(zero_copy_only=False)
        self._length = len(column)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, rank: int) -> str | None:
        if self._valid is not None and not self._valid[rank]:
            return None
        return str(self._data[self._offsets[rank] : self._offsets[rank + 1]], "utf-8")


class Index:
    """One vocabulary of a compiled taxonomy. Concepts and names go by their ranks, words and keys by their hashes."""

    def __init__(self, row: Any) -> None:
        self.vocabulary: str = row["vocabulary"].as_py()
        self._head = HEAD[self.vocabulary]
        self._texts = {part: _Texts(row[part].values) for part in ("kind", "code", "uri", "label", "name")}
        parts = ("key", "key_name", "name_concept", "in_name", "share", "mass", "told_most", "untold", "in_concept", "count")
        arrays: dict[str, _Array] = {part: row[part].values.to_numpy() for part in parts}
        self._in_name, self._share, self._in_concept = (arrays[part] for part in ("in_name", "share", "in_concept"))
        self._run = arrays["count"] / (arrays["count"] + 2.0)
        # Single values are read through memory views: each gives a Python number, at a tenth of what numpy asks for one.
        self._keys, self._key_name, self._name_concept = (arrays[part].data for part in parts[:3])
        self._holders, self._mass = arrays["in_name"].data, arrays["mass"].data
        self._told_most, self._untold = arrays["told_most"].data, arrays["untold"].data
        # Hashes are spread evenly: their first bits say nearly where they stand.
        firsts = np.arange(1 << (64 - _BUCKET), dtype=np.uint64) << np.uint64(_BUCKET)
        self._bucket = [*arrays["key"].searchsorted(firsts).tolist(), len(self._keys)]
        lists = ("word", "weight", "names_from", "concepts_from")
        words, self._weight, self._names_from, self._concepts_from = (row[part].values.to_numpy().tolist() for part in lists)
        self._word = {word: rank for rank, word in enumerate(words)}
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
        return self._texts[part][rank]

    def equal(self, key: int) -> dict[int, int]:
        """Concept → its first name of this key (see :mod:`pipeline.taxonomies.names`)."""
        bucket = key >> _BUCKET
        at = bisect_left(self._keys, key, self._bucket[bucket], self._bucket[bucket + 1])
        found: dict[int, int] = {}
        while at < len(self._keys) and self._keys[at] == key:
            name = self._key_name[at]
            found.setdefault(self._name_concept[name], name)
            at += 1
        return found

    def vector(self, words: Sequence[int]) -> Vector:
        """``words`` (hashes of stems, in their order) as the searches below take them."""
        ranks = {word: self._word.get(word, -1) for word in words}
        weight = {word: self._weight[rank] if rank >= 0 else self._rarest for word, rank in ranks.items()}
        shares = weighted(words, weight, self._head)
        length = math.hypot(*shares.values())
        return Vector([(shares[w] / length, weight[w], rank) for w, rank in ranks.items() if rank >= 0], sum(weight.values()))

    def alike(self, vector: Vector, floor: float) -> list[Match]:
        """The concepts whose names are at least ``floor`` like ``vector``, by the cosine of their weights, in no order.

        There are no more of them than a few dozen names have. The cosine is the sum of what each word adds, so a name above
        the floor holds a word that adds at least its average: only names that tell so much by one word are summed up.
        """
        if len(vector.words) == 1:
            return self._best(self._telling(*vector.words[0], floor))
        least = (floor - _ROUNDING) / max(len(vector.words), 1)
        telling: list[int] = []
        for share, _, rank in vector.words:
            if share >= least and len(telling) <= _FEW:
                first, end = self._names_from[rank], self._names_from[rank + 1]
                end = bisect_right(self._untold, -least / share, first, end)
                telling += self._told_most[first : min(end, first + _FEW + 1)]
        if not telling:
            return []
        if len(telling) <= _FEW:
            looked_up = [(name, round(self._cosine(vector, name), 5)) for name in sorted(set(telling))]
            return self._best((name, cosine) for name, cosine in looked_up if cosine >= floor)
        names, cosine = self._summed(vector)
        above = (cosine >= floor).nonzero()[0]
        if len(above) > _CLOSEST:
            values = cosine[above]
            above = above[values >= np.partition(values, -_CLOSEST)[-_CLOSEST]]
        return self._best(zip(names[above].tolist(), cosine[above].round(5).tolist(), strict=True))

    def _telling(self, share: float, _: float, rank: int, floor: float) -> list[tuple[int, float]]:
        """The names of which one word tells most, in their order, and their cosine to it."""
        first, end = self._names_from[rank], self._names_from[rank + 1]
        end = bisect_right(self._untold, -floor / share, first, end)
        if end - first > _CLOSEST:
            end = bisect_right(self._untold, self._untold[first + _CLOSEST - 1], first, end)
        cosine = [round(-untold * share, 5) for untold in self._untold[first:end]]
        return sorted(zip(self._told_most[first:end], cosine, strict=True))

    def _summed(self, vector: Vector) -> tuple[_Array, _Array]:
        """All names that hold a word of ``vector``, in their order, and their cosine."""
        parts = [slice(self._names_from[rank], self._names_from[rank + 1]) for _, _, rank in vector.words]
        shares = [self._share[part] * share for part, (share, _, _) in zip(parts, vector.words, strict=True)]
        names = np.concatenate([self._in_name[part] for part in parts])
        order = names.argsort(kind="stable")
        names = names[order]
        first = np.empty(len(names), dtype=bool)
        first[0] = True
        np.not_equal(names[1:], names[:-1], out=first[1:])
        firsts = first.nonzero()[0]
        return names[firsts], np.add.reduceat(np.concatenate(shares)[order], firsts, dtype=np.float64)

    def _cosine(self, vector: Vector, name: int) -> float:
        whole = 0.0
        for share, _, rank in vector.words:
            end = self._names_from[rank + 1]
            at = bisect_left(self._holders, name, self._names_from[rank], end)
            if at < end and self._holders[at] == name:
                whole += float(self._share[at] * share)  # in 32 bits, as the sums of many are
        return whole

    def _best(self, names: Iterable[tuple[int, float]]) -> list[Match]:
        """The best name of each concept; equals go by rank."""
        best: dict[int, Match] = {}
        for name, value in names:
            concept = self._name_concept[name]
            if concept not in best or value > best[concept][2]:
                best[concept] = concept, name, value
        return list(best.values())

    def commonness(self, vector: Vector, concepts: list[int]) -> list[float]:
        """How far the words run through all names of each concept: 0 for none, towards 1 for all of them in many."""
        if not concepts:
            return []
        holders, values = [], []
        for _, weight, rank in vector.words:
            part = slice(self._concepts_from[rank], self._concepts_from[rank + 1])
            holders.append(self._in_concept[part])
            values.append(weight * self._run[part])
        shares = np.bincount(np.concatenate(holders), np.concatenate(values), minlength=self.concepts)[concepts]
        found: list[float] = (shares / (vector.whole or 1.0)).tolist()
        return found

    def held(self, vector: Vector, name: int) -> float:
        """The part of the weight of a name that lies in the words of ``vector``, 0 to 1."""
        whole = 0.0
        for _, _, rank in vector.words:
            end = self._names_from[rank + 1]
            at = bisect_left(self._holders, name, self._names_from[rank], end)
            if at < end and self._holders[at] == name:
                whole += self._mass[at]
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
