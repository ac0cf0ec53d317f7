"""A taxonomy → one Arrow table that is searched where it lies on disk, without building anything at load.

One row a vocabulary (occupations, skills), one list column a part of its index:

- ``kind``, ``code``, ``uri``, ``label``: the concepts.
- ``name``, ``name_concept``: their names, and the concept of each.
- ``key``, ``key_name``: hashes of all names in the forms of :data:`~pipeline.taxonomies.names.TIERS`, sorted, and the
  name of each.
- ``word``, ``weight``, ``names_from``, ``concepts_from``: hashes of stems, sorted; how much each tells (its
  inverse document frequency); and where its postings begin in
- ``in_name``, ``share``, ``mass``: names that hold it, its part of their length 1 vector, and of their weight;
- ``told_most``, ``untold``: the same names, those first of which it tells most, and that part with its sign turned, rising;
- ``in_concept``, ``count``: concepts that hold it in so many of their names.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import pyarrow as pa

from pipeline.taxonomies.concepts import VOCABULARY, Concept, Taxonomy
from pipeline.taxonomies.names import both_forms, hashed_name
from pipeline.taxonomies.words import hashed, stems

#: How much more the first word of a name tells than the others, a vocabulary: « conducteur de travaux » is a conducteur.
HEAD = {"occupations": 1.5, "skills": 1.0}

_Word = TypeVar("_Word", bound=Hashable)

_u64, _i32, _f32, _text = pa.uint64(), pa.int32(), pa.float32(), pa.string()
_TYPES = {
    "kind": _text, "code": _text, "uri": _text, "label": _text, "key": _u64, "key_name": _i32, "name": _text,
    "name_concept": _i32, "word": _u64, "weight": _f32, "names_from": _i32, "concepts_from": _i32, "in_name": _i32,
    "share": _f32, "mass": _f32, "told_most": _i32, "untold": _f32, "in_concept": _i32, "count": _i32,
}  # fmt: skip
SCHEMA = pa.schema([("vocabulary", _text), *((name, pa.list_(kind)) for name, kind in _TYPES.items())])


def compile_taxonomy(taxonomy: Taxonomy) -> pa.Table:
    """The index of ``taxonomy``; the same bytes for the same concepts."""
    rows = []
    for vocabulary in sorted(set(VOCABULARY.values())):
        concepts = [c for c in taxonomy.concepts if VOCABULARY[c.kind] == vocabulary]
        if concepts:
            rows.append({"vocabulary": vocabulary, **_index(concepts, HEAD[vocabulary], genders=vocabulary == "occupations")})
    about = {"scheme": taxonomy.scheme, "version": taxonomy.version}
    return pa.Table.from_pylist(rows, SCHEMA.with_metadata(about))


def _index(concepts: list[Concept], head: float, *, genders: bool) -> dict[str, Any]:
    names: list[tuple[int, str, list[str]]] = []
    found: set[tuple[int, int]] = set()
    for concept, about in enumerate(concepts):
        for name in about.names:
            written = both_forms(name) if genders else (name,)
            hashes = hashed_name(written)
            found.update((k, len(names)) for k in (*hashes.exact, *(k for _, k in hashes.keys)))
            names.append((concept, name, stems(written[0])))
    ordered = sorted(found)
    return {
        **{part: [getattr(c, part) for c in concepts] for part in ("kind", "code", "uri", "label")},
        "key": [k for k, _ in ordered], "key_name": [name for _, name in ordered],
        "name": [name for _, name, _ in names], "name_concept": [concept for concept, _, _ in names],
        **_postings(names, head),
    }  # fmt: skip


def _postings(names: list[tuple[int, str, list[str]]], head: float) -> dict[str, Any]:
    frequency = Counter(word for _, _, words in names for word in set(words))
    weight = {word: math.log(len(names) / (0.5 + count)) for word, count in frequency.items()}
    in_name: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    in_concept: dict[str, Counter[int]] = defaultdict(Counter)
    for rank, (concept, _, words) in enumerate(names):
        vector = weighted(words, weight, head)
        length = math.sqrt(sum(v * v for v in vector.values())) or 1.0
        whole = sum(weight[word] for word in vector) or 1.0
        for word, value in vector.items():
            in_name[word].append((rank, value / length, weight[word] / whole))
            in_concept[word][concept] += 1
    vocabulary = sorted((hashed(word), word) for word in weight)
    by_name = [in_name[word] for _, word in vocabulary]
    by_concept = [sorted(in_concept[word].items()) for _, word in vocabulary]
    most = [(rank, -share) for holders in by_name for rank, share, _ in sorted(holders, key=lambda row: (-row[1], row[0]))]
    flat, pairs = list(itertools.chain(*by_name)), list(itertools.chain(*by_concept))
    return {
        "word": [h for h, _ in vocabulary], "weight": [weight[word] for _, word in vocabulary],
        "names_from": _starts(by_name), "concepts_from": _starts(by_concept),
        "in_name": [rank for rank, _, _ in flat], "share": [share for _, share, _ in flat], "mass": [m for _, _, m in flat],
        "told_most": [rank for rank, _ in most], "untold": [share for _, share in most],
        "in_concept": [concept for concept, _ in pairs], "count": [count for _, count in pairs],
    }  # fmt: skip


def _starts(lists: Iterable[list[Any]]) -> list[int]:
    return list(itertools.accumulate((len(part) for part in lists), initial=0))


def weighted(words: Sequence[_Word], weight: Mapping[_Word, float], head: float) -> dict[_Word, float]:
    """Stem, or its hash → its weight in a name, the first one's times ``head``."""
    vector: dict[_Word, float] = {}
    for rank, word in enumerate(words):
        value = weight[word] * (head if rank == 0 else 1.0)
        vector[word] = max(value, vector.get(word, value))
    return vector
