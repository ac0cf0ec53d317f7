"""A taxonomy → one Arrow table that is searched where it lies on disk, without building anything at load.

One row a vocabulary (occupations, skills), one list column a part of its index. Where a column ends in ``_from``, it says
where the part of each begins in the columns after it, and where the last one ends.

- ``kind``, ``code``, ``uri``, ``label``: the concepts.
- ``name``, ``name_concept``, ``is_label``: their names, the concept of each, and whether it is the one it goes by.
- ``key``, ``key_name``: keys of all names (see :mod:`pipeline.taxonomies.names`), rising, and the name of each.
- ``word``, ``weight``: hashes of stems, rising, and how much each tells: its inverse document frequency.
- ``names_from``, ``told_most``, ``untold``: of a word the names that hold it, those first of which it tells most; and its
  part of their vector of length 1 with its sign turned, rising.
- ``words_from``, ``holds``, ``mass``: of a name its words, and their part of its weight.
- ``pairs_from``, ``other``: of a word the words of a higher rank that stand beside it in a name, rising; and of such a pair
  ``both_from``, ``both``, ``length``, ``share``, ``other_share``: the names that hold the two, the shortest vectors first,
  their lengths, and the part of each word in them.
- ``concepts_from``, ``in_concept``, ``count``: of a word the concepts that hold it in so many of their names.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, combinations
from typing import Any

import pyarrow as pa

from pipeline.taxonomies.concepts import KINDS, VOCABULARY, Concept, Taxonomy
from pipeline.taxonomies.names import Name, occupation_name, skill_name

#: How much more the first word of a name tells than the others, a vocabulary: « conducteur de travaux » is a conducteur.
HEAD = {"occupations": 1.5, "skills": 1.0}

_u8, _u64, _i32, _f32, _text = pa.uint8(), pa.uint64(), pa.int32(), pa.float32(), pa.string()
_TYPES = {
    "kind": _u8, "code": _text, "uri": _text, "label": _text, "name": _text, "name_concept": _i32, "is_label": _u8,
    "key": _u64, "key_name": _i32, "word": _u64, "weight": _f32, "names_from": _i32, "told_most": _i32, "untold": _f32,
    "words_from": _i32, "holds": _i32, "mass": _f32, "pairs_from": _i32, "other": _i32, "both_from": _i32, "both": _i32,
    "length": _f32, "share": _f32, "other_share": _f32, "concepts_from": _i32, "in_concept": _i32, "count": _i32,
}  # fmt: skip
SCHEMA = pa.schema([("vocabulary", _text), *((name, pa.list_(kind)) for name, kind in _TYPES.items())])


def compile_taxonomy(taxonomy: Taxonomy) -> pa.Table:
    """The index of ``taxonomy``; the same bytes for the same concepts."""
    rows = []
    for vocabulary in sorted(set(VOCABULARY.values())):
        concepts = [c for c in taxonomy.concepts if VOCABULARY[c.kind] == vocabulary]
        if concepts:
            rows.append({"vocabulary": vocabulary, **_index(concepts, vocabulary)})
    about = {"scheme": taxonomy.scheme, "version": taxonomy.version}
    return pa.Table.from_pylist(rows, SCHEMA.with_metadata(about))


def _index(concepts: list[Concept], vocabulary: str) -> dict[str, Any]:
    read = occupation_name if vocabulary == "occupations" else skill_name
    names = [(concept, name, read(name)) for concept, about in enumerate(concepts) for name in about.names]
    found = {(key, rank) for rank, (_, _, name) in enumerate(names) for key in (*name.exact, name.lemma, name.core)}
    keys = sorted((key, rank) for key, rank in found if key is not None)
    return {
        **{part: [getattr(c, part) for c in concepts] for part in ("code", "uri", "label")},
        "kind": [KINDS.index(c.kind) for c in concepts],
        "name": [name for _, name, _ in names], "name_concept": [concept for concept, _, _ in names],
        "is_label": [int(name == concepts[concept].label) for concept, name, _ in names],
        "key": [key for key, _ in keys], "key_name": [rank for _, rank in keys],
        **_postings([(concept, name) for concept, _, name in names], HEAD[vocabulary]),
    }  # fmt: skip


def _postings(names: list[tuple[int, Name]], head: float) -> dict[str, Any]:
    frequency = Counter(word for _, name in names for word in name.stems)
    words = sorted(frequency)
    rank_of = {word: rank for rank, word in enumerate(words)}
    weight = [math.log(len(names) / (0.5 + frequency[word])) for word in words]
    told: list[list[tuple[float, int]]] = [[] for _ in words]
    both: dict[tuple[int, int], list[tuple[float, int, float, float]]] = defaultdict(list)
    in_concept: list[Counter[int]] = [Counter() for _ in words]
    holds, masses = [], []
    for rank, (concept, name) in enumerate(names):
        held = [rank_of[word] for word in name.stems]
        shares, whole = weighted([weight[word] for word in held], head), sum(weight[word] for word in held) or 1.0
        length = math.hypot(*shares) or 1.0
        vector = [(word, share / length) for word, share in zip(held, shares, strict=True)]
        holds.append(held)
        masses.append([weight[word] / whole for word in held])
        for word, share in vector:
            told[word].append((-share, rank))
            in_concept[word][concept] += 1
        for (one, share), (other, other_share) in combinations(sorted(vector), 2):
            both[one, other].append((length, rank, share, other_share))
    pairs = [(pair, sorted(part)) for pair, part in sorted(both.items())]
    told = [sorted(part) for part in told]
    beside = Counter(one for (one, _), _ in pairs)
    return {
        "word": words, "weight": weight,
        "names_from": _starts(told), **_columns(told, "untold", "told_most"),
        "words_from": _starts(holds), "holds": [*chain(*holds)], "mass": [*chain(*masses)],
        "pairs_from": [*accumulate((beside[rank] for rank in range(len(words))), initial=0)],
        "other": [other for (_, other), _ in pairs],
        "both_from": _starts(part for _, part in pairs),
        **_columns((part for _, part in pairs), "length", "both", "share", "other_share"),
        "concepts_from": _starts(in_concept),
        **_columns((sorted(part.items()) for part in in_concept), "in_concept", "count"),
    }  # fmt: skip


def _starts(lists: Iterable[Sequence[Any] | Counter[int]]) -> list[int]:
    return list(accumulate((len(part) for part in lists), initial=0))


def _columns(lists: Iterable[list[tuple[Any, ...]]], *names: str) -> dict[str, list[Any]]:
    """The tuples of all ``lists`` one after the other, as one column for each of their values."""
    columns = list(zip(*chain.from_iterable(lists), strict=True)) or [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def weighted(weights: Sequence[float], head: float) -> list[float]:
    """The weights of the words of a name, the first one's times ``head``."""
    return [weights[0] * head, *weights[1:]] if weights else []
