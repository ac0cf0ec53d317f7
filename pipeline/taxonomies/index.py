"""A compiled taxonomy, searched: the concepts whose names equal a name, or are most like it.

A file is mapped into memory as it lies on disk (see :mod:`pipeline.taxonomies.compiling` for what is
in it); only the words and how they run through occupations are read at once, in ten to twenty milliseconds.

A search looks only at names that it may return. A word alone tells most of the names at the head of its list, down to
where it no longer reaches the floor; a name that holds two of the words stands in the list of the pair. So no list of a
common word is ever walked through, and the few names that are left cost less in plain Python than one call of numpy.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import add
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa

from pipeline.taxonomies.compiling import HEAD, weighted
from pipeline.taxonomies.concepts import KINDS

#: How many of the most alike names are looked at closely.
_CLOSEST = 25
#: By how many bits a key is shifted to the bucket that it stands in.
_BUCKET = 64 - 13
#: Up to how many words their pairs are fewer than the names that hold one of them.
_FEW = 8
#: What bounds are taken times, so that rounding to 32 bits brings nothing above them.
_LESS = 1 - 1e-6

#: A concept alike some words, the one of its names that is most alike, and the cosine of the two. There are many; a plain
#: tuple costs a fifth of a named one.
Match: TypeAlias = tuple[int, int, float]


class Vector(NamedTuple):
    """The words of a name, weighted as an index weighs them.

    ``words``: of each known word its rank, in whose order they stand, its share in the name's vector of length 1, and what
    it tells wherever it stands. ``whole``: what all words tell, unknown ones as much as the rarest. ``reach``: the cosine of
    any name is at most this by the length of its vector.
    """

    words: list[tuple[int, float, float]]
    whole: float
    reach: float


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
    """One vocabulary of a compiled taxonomy. Concepts, names and words go by their ranks; words are asked for by hashes."""

    def __init__(self, row: Any) -> None:
        self.vocabulary: str = row["vocabulary"].as_py()
        self._head = HEAD[self.vocabulary]
        self.code, self.uri, self.label, self.name = (_Texts(row[part].values) for part in ("code", "uri", "label", "name"))

        def column(part: str) -> memoryview:
            """Single values are read through memory views: each is a Python number, at a tenth of what numpy asks for one."""
            data: memoryview = row[part].values.to_numpy().data
            return data

        self._kind, self.is_label = column("kind"), column("is_label")
        self._keys, self._key_name, self._name_concept = column("key"), column("key_name"), column("name_concept")
        self._names_from, self._told_most, self._untold = column("names_from"), column("told_most"), column("untold")
        self._words_from, self._holds, self._mass = column("words_from"), column("holds"), column("mass")
        self._pairs_from, self._other, self._both_from = column("pairs_from"), column("other"), column("both_from")
        self._both, self._lengths = column("both"), column("length")
        self._share, self._other_share = column("share"), column("other_share")
        weights = column("weight").tolist()
        self._unknown = (-1, max(weights, default=1.0))
        self._words = dict(zip(column("word").tolist(), enumerate(weights), strict=True))
        self._run = _run(column("concepts_from"), column("in_concept"), column("count")) if self._head > 1 else []
        self._furthest = [max(run.values()) for run in self._run]
        # Keys are spread evenly: their first bits say nearly where they stand.
        keys = row["key"].values.to_numpy()
        firsts = [bucket << _BUCKET for bucket in range(1 << (64 - _BUCKET))]
        self._bucket = [*keys.searchsorted(array("Q", firsts)).tolist(), len(keys)]

    @property
    def concepts(self) -> int:
        """How many concepts there are."""
        return len(self.code)

    @property
    def names(self) -> int:
        """How many names they have."""
        return len(self.name)

    def kind(self, concept: int) -> str:
        """What a concept is, a key of :data:`~pipeline.taxonomies.concepts.VOCABULARY`."""
        return KINDS[self._kind[concept]]

    def equal(self, key: int) -> dict[int, int]:
        """Concept → its first name of this key (see :mod:`pipeline.taxonomies.names`)."""
        bucket = key >> _BUCKET
        keys, end = self._keys, self._bucket[bucket + 1]
        at = bisect_left(keys, key, self._bucket[bucket], end)
        found: dict[int, int] = {}
        while at < end and keys[at] == key:
            name = self._key_name[at]
            found.setdefault(self._name_concept[name], name)
            at += 1
        return found

    def vector(self, stems: Sequence[int]) -> Vector:
        """The hashes of a name's stems as the searches below take them."""
        known = [self._words.get(stem, self._unknown) for stem in stems]
        if len(known) == 1:
            [(rank, weight)] = known
            return Vector([(rank, 1.0, weight)] if rank >= 0 else [], weight, weight * self._head)
        weights = [weight for _, weight in known]
        shares = weighted(weights, self._head)
        length = math.hypot(*shares)
        words = [(rank, share / length, told) for (rank, told), share in zip(known, shares, strict=True) if rank >= 0]
        words.sort()
        adds = [share * told for _, share, told in words]
        return Vector(words, sum(weights), sum(adds) + (self._head - 1) * max(adds, default=0.0))

    def alike(self, vector: Vector, floor: float) -> dict[int, Match]:
        """The concepts whose names are at least ``floor`` like ``vector``, by the cosine of their weights, in no order.

        There are no more of them than a few dozen names have.
        """
        words = vector.words
        if len(words) == 1:
            [(rank, share, _)] = words
            found = dict(self._told_by(rank, share, floor, "d"))
            least = _least(found.values(), floor)
        elif math.hypot(*[share for _, share, _ in words]) < floor * _LESS:
            return {}  # no name is more like these words than all of them together are like the name asked for
        else:
            ranks, shares = [rank for rank, _, _ in words], array("f", [share for _, share, _ in words]).tolist()
            found = self._told_by_more(ranks, shares, vector.reach, floor)
            least = _least(found.values(), floor)
            for share, rank in sorted(zip(shares, ranks, strict=True), reverse=True):
                if share > least * _LESS:
                    found = {**dict(self._told_by(rank, share, least, "f")), **found}
                    least = _least(found.values(), least)
        best: dict[int, Match] = {}
        name_concept = self._name_concept
        for name, cosine in found.items():
            if cosine >= least:
                concept, value = name_concept[name], int(cosine * 100_000 + 0.5) / 100_000
                if concept in best:
                    _, other, known = best[concept]
                    if value < known or (value == known and name > other):
                        continue
                best[concept] = concept, name, value
        return best

    def covered(self, vector: Vector, floor: float) -> list[Match]:
        """The concepts of a likeness of ``floor`` at least, in no order.

        It is the cosine of :meth:`alike`, times the root of the part of the name's weight that lies in the words of ``vector``.
        Of the names that reach the floor by their cosine most fall below it by the root. Those that a word alone tells are not
        even looked at where its share leaves too little weight, unless others depend on them: where there are more than the
        closest, or where a concept has several names.
        """
        words = vector.words
        if not words or math.hypot(*[share for _, share, _ in words]) < floor * _LESS:
            return []
        more: dict[int, float] = {}
        shares = [share for _, share, _ in words]
        bits = "d"
        if len(words) > 1:
            shares, bits = array("f", shares).tolist(), "f"
            more = self._told_by_more([rank for rank, _, _ in words], shares, vector.reach, floor)
        near = [(name, cosine) for name, cosine in more.items() if cosine >= floor]
        reaching = len(near)
        untold = self._untold
        for (rank, _, _), share in zip(words, shares, strict=True):
            least = floor * _LESS / share
            first = self._names_from[rank]
            if least < 1 and untold[first] <= -least:
                end = bisect_right(untold, -least, first, self._names_from[rank + 1])
                reaching += end - first
                end = bisect_right(untold, -_covering(least), first, end)
                if end > first:
                    parts = array(bits, [-share * part for part in untold[first:end]])
                    near += [found for found in zip(self._told_most[first:end], parts, strict=True) if found[0] not in more]
        if not near:
            return []
        if reaching <= _CLOSEST:
            name_concept = self._name_concept
            found = self._covered_of(vector, floor, [(name_concept[name], name, _rounded(cosine)) for name, cosine in near])
            if not any(self._has_others(concept, name) for concept, name, _ in found):
                return found
        return self._covered_of(vector, floor, self.alike(vector, floor).values())

    def _covered_of(self, vector: Vector, floor: float, matches: Iterable[Match]) -> list[Match]:
        asked = {rank for rank, _, _ in vector.words}
        words_from, holds, mass = self._words_from, self._holds, self._mass
        found = []
        for concept, name, cosine in matches:
            words = range(words_from[name], words_from[name + 1])
            likeness = cosine * min(1.0, sum([mass[word] for word in words if holds[word] in asked])) ** 0.5
            if likeness >= floor:
                found.append((concept, name, likeness))
        return found

    def _has_others(self, concept: int, name: int) -> bool:
        """Whether a concept has other names than this; the names of one stand together."""
        return self._name_concept[max(name - 1, 0) : name + 2].tolist().count(concept) > 1

    def _told_by(self, rank: int, share: float, floor: float, bits: str) -> Iterable[tuple[int, float]]:
        """The names of which one word alone tells enough, the closest of them, and what it adds to their cosine."""
        untold, first = self._untold, self._names_from[rank]
        end = bisect_right(untold, _LESS * floor / -share, first, self._names_from[rank + 1])
        if end - first > _CLOSEST:
            end = bisect_right(untold, _LESS * untold[first + _CLOSEST - 1], first, end)
        added = array(bits, [-share * part for part in untold[first:end].tolist()])
        return zip(self._told_most[first:end].tolist(), added, strict=True)

    def _told_by_more(self, ranks: list[int], shares: list[float], reach: float, floor: float) -> dict[int, float]:
        """Names that hold two of the words or more, and their cosine; not all that are below ``floor`` or not of the closest.

        A name is met first with the first word that it holds, in the pairs of that word with each other one.
        """
        found: dict[int, float] = {}
        longest = reach / (floor * _LESS)
        pairs_from, others = self._pairs_from, self._other
        for at, (rank, share) in enumerate(zip(ranks, shares, strict=True)):
            new: dict[int, float] = {}
            pair, end = pairs_from[rank], pairs_from[rank + 1]
            for other, other_share in zip(ranks[at + 1 :], shares[at + 1 :], strict=True):
                pair = bisect_left(others, other, pair, end)
                if pair == end:
                    break
                if others[pair] == other:
                    part, longest = self._within(pair, share, other_share, reach, longest)
                    names = self._both[part].tolist()
                    one = array("f", [share * value for value in self._share[part].tolist()])
                    two = array("f", [other_share * value for value in self._other_share[part].tolist()])
                    if not new:
                        new = dict(zip(names, map(add, one, two), strict=True))
                    else:
                        for name, first, second in zip(names, one, two, strict=True):
                            new[name] = new.get(name, first) + second
            found = {**new, **found} if found else new
        return found

    def _within(self, pair: int, share: float, other_share: float, reach: float, longest: float) -> tuple[slice, float]:
        """The names of a pair that are no longer than ``longest``, and what is too long from now on."""
        first, end = self._both_from[pair], self._both_from[pair + 1]
        if end - first > _CLOSEST:
            shortest = slice(first, first + _CLOSEST)
            parts = zip(self._share[shortest], self._other_share[shortest], strict=True)
            longest = min(longest, reach / (_LESS * min([share * one + other_share * two for one, two in parts])))
        if end - first > 1:
            end = bisect_right(self._lengths, longest, first, end)
        return slice(first, end), longest

    def commonness(self, vector: Vector, concepts: Iterable[int]) -> list[float]:
        """How far the words run through all names of each concept: 0 for none, towards 1 for all of them in many."""
        concepts, whole = list(concepts), vector.whole or 1.0
        runs = [(weight / whole, self._run[rank]) for rank, _, weight in vector.words]
        return [sum([weight * run[concept] for weight, run in runs if concept in run]) for concept in concepts]

    def commonest(self, vector: Vector) -> float:
        """What :meth:`commonness` is at most, for any concept."""
        return sum([weight * self._furthest[rank] for rank, _, weight in vector.words]) / (vector.whole or 1.0)


def _rounded(cosine: float) -> float:
    """To 5 places; ``round`` goes by way of the decimal digits and takes three times as long."""
    return int(cosine * 100_000 + 0.5) / 100_000


@lru_cache(maxsize=1024)
def _covering(least: float) -> float:
    """The least share of a word in a name, of which no smaller one times the root of its part of the weight is ``least``.

    The other words of the name have the length sqrt(1 - share²), so together they weigh at least that much beside the share.
    """
    low, high = least, 1.0
    for _ in range(20):
        share = (low + high) / 2
        if share * math.sqrt(share / (share + math.sqrt(1 - share * share))) < least * _LESS:
            low = share
        else:
            high = share
    return low


def _least(cosines: Iterable[float], floor: float) -> float:
    """``floor``, or the cosine of the last of the closest names where so many reach it."""
    above = [cosine for cosine in cosines if cosine >= floor]
    return sorted(above)[-_CLOSEST] if len(above) >= _CLOSEST else floor


def _run(starts: memoryview, concepts: memoryview, counts: memoryview) -> list[dict[int, float]]:
    """Of each word the concepts that hold it, and how far it runs through their names."""
    runs = [count / (count + 2.0) for count in counts]
    return [dict(zip(concepts[a:b], runs[a:b], strict=True)) for a, b in pairwise(starts)]


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
