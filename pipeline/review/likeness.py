"""When two records say the same thing: the definitions that the evaluation on gold sheets rests on.

Text is compared as a reader sees it: no matter the case, white space, the shape of apostrophes and
hyphens; labels by the words they share, without accents, plural endings and small words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

Row = Mapping[str, Any]

_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\u00ad": None, "\u200b": None})
_WORD = re.compile(r"[a-z0-9+#]+")
_SMALL_WORDS = frozenset(
    [
        "a",
        "à",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "est",
        "et",
        "être",
        "il",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "ou",
        "où",
        "par",
        "pour",
        "qu",
        "que",
        "qui",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sur",
        "un",
        "une",
        "y",
        "bonne",
        "bon",
        "bonnes",
        "bons",
        "grande",
        "grand",
    ]
)
#: Two tasks are one where they share this much of their words; two labels, this much; two names, this much.
TASK_OVERLAP = 0.6
LABEL_OVERLAP = 0.5
NAME_OVERLAP = 0.99


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, single spaces, typewriter apostrophes and hyphens."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)).strip()


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """The plain text without any space, so that inline tags make no difference."""
    return plain(text).replace(" ", "")


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """The telling words of a text, without accents and plural endings."""
    bare = "".join(c for c in unicodedata.normalize("NFD", plain(text)) if unicodedata.category(c) != "Mn")
    found = frozenset(w[:-1] if len(w) > len("des") and w[-1] in "sx" else w for w in _WORD.findall(bare))
    return found - _SMALL_WORDS or found


def overlap(left: str, right: str) -> float:
    """Share of the words that two texts have in common, 0 to 1."""
    ours, theirs = words(left), words(right)
    if not ours or not theirs:
        return float(plain(left) == plain(right))
    return len(ours & theirs) / len(ours | theirs)


def number(value: Any) -> float | None:
    """A number to the cent; None for null."""
    return None if value is None else round(float(value), 2)


def same_title(gold: Row, said: Row) -> float:
    """The same name in the same role."""
    return float(gold["kind"] == said["kind"] and overlap(gold["label"], said["label"] or "") >= NAME_OVERLAP)


def same_salary(gold: Row, said: Row) -> float:
    """The same amounts, currency and period; more alike the more of the rest agrees."""
    bounds = ["minimum", "maximum", *(["smic_multiple"] if "smic_multiple" in gold else [])]
    if any(number(gold.get(name)) != number(said.get(name)) for name in bounds):
        return 0.0
    if number(gold.get("minimum")) is None and number(gold.get("maximum")) is None:
        return float(number(gold.get("smic_multiple")) == number(said.get("smic_multiple")))
    if gold.get("currency", "EUR") != said.get("currency"):
        return 0.0
    if gold.get("period") and gold["period"] != said.get("period"):
        return 0.0
    agreed = sum(gold.get(name) == said.get(name) for name in ("basis", "stage"))
    return 1.0 + float(agreed) + overlap(gold.get("evidence", ""), said.get("evidence") or "")


def same_diploma(gold: Row, said: Row) -> float:
    """The same level and kind; a qualification also by half the words of its name."""
    if number(gold.get("level")) != number(said.get("level")) or gold.get("kind", said.get("kind")) != said.get("kind"):
        return 0.0
    alike = max(overlap(gold.get(name) or "", said.get(name) or "") for name in ("label", "evidence"))
    return 1.0 + alike if gold.get("kind") == "level" or alike >= LABEL_OVERLAP else 0.0


def same_task(gold: Row, said: Row) -> float:
    """The same activity, whole."""
    alike = max(overlap(gold["evidence"], said.get(name) or "") for name in ("evidence", "label"))
    return alike if alike >= TASK_OVERLAP else 0.0


def same_skill(gold: Row, said: Row) -> float:
    """The same skill by its label."""
    alike = overlap(gold["label"], said.get("label") or "")
    return alike if alike >= LABEL_OVERLAP else 0.0


def same_code(gold: Row, said: Row) -> float:
    """The same code of the same scheme."""
    return float((gold["scheme"], str(gold["value"])) == (said.get("scheme"), str(said.get("value"))))


def pair(gold: Sequence[Row], said: Sequence[Row], alike: Callable[[Row, Row], float]) -> list[tuple[int, int]]:
    """Indices of one-to-one pairs of like records, the most alike first; a likeness of 0 is no pair."""
    scored = sorted(
        ((alike(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(said)), key=lambda t: (-t[0], t[1], t[2])
    )
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for likeness, i, j in scored:
        if likeness > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def covered(text: str, pieces: Sequence[str]) -> set[int]:
    """Offsets, in a squeezed text, of the characters under any of the pieces; one that is not found covers nothing."""
    marks: set[int] = set()
    for piece in pieces:
        needle = squeeze(piece)
        at = text.find(needle) if needle else -1
        if at >= 0:
            marks.update(range(at, at + len(needle)))
    return marks
