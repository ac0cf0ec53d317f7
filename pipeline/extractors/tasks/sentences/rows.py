"""Nouns of action in a row, of which nobody is the subject.

« Montage des projecteurs, réglage, tenue de la régie... le régisseur éclaire la scène » opens a sentence; « Elle assume des
missions variées : accueil des familles, suivi des dossiers » spells out what a word for the work names.

The words of a sentence and its subjects go in; where the row begins and ends, and its activities, come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extractors.tasks.phrases import Activity, phrase, trim
from pipeline.extractors.tasks.sentences.clues import DESCRIBING
from pipeline.extractors.tasks.sentences.duties import DUTIES, NOMINAL, VERSATILE, is_duty, names_action
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.french import verbs
from pipeline.french.clauses import ADVERBS, finite
from pipeline.french.words import Words

_FAR = 10  # words between a word for the work and the colon
_FEWEST = 2  # nouns of action in a row
_ENDING = frozenset((":", "…", "..."))
_JOINING = frozenset((",", "et", "ou", ";"))
#: What may stand before a noun of action in a row.
_ADDING = ADVERBS | {",", "et", "ou", "mais", "bien", "sûr", "voire"}
_TRAILING = _ADDING | {"etc", ".", "…", "..."}
_ARTICLES = frozenset(("l'", "la", "le", "les", "des"))


@dataclass(frozen=True, slots=True)
class Row:
    """Nouns of action in a row: half-open range of words, and where each item begins."""

    words: Words
    first: int
    last: int
    items: list[int]

    def activities(self) -> Iterator[Activity]:
        """One activity an item."""
        for begun, end in zip(self.items, [*self.items[1:], self.last], strict=True):
            last = end
            while last > begun + 1 and self.words[last - 1] in _TRAILING:
                last -= 1
            start, stop = trim(self.words.text, self.words.starts[begun], self.words.after(last - 1))
            yield phrase(self.words.text, start, stop, "row")


def row(words: Words, marks: Sequence[Subject], kind: str) -> Row | None:
    """The row of nouns of action in a sentence of a section of ``kind``, if there is one."""
    if kind not in DESCRIBING:
        return None
    end = next((i for i, form in enumerate(words) if form in _ENDING and i not in words.enclosed), len(words))
    if end + 1 < len(words) and words[end] == ":" and _names_work(words, end):
        begun = end + 1
        if is_duty(words, begun) and any(mark.kind == "work" and mark.first < end for mark in marks):
            return None  # « Ses missions : l'accueil des familles, … » is read with its subject
        stop = next((mark.first for mark in marks if mark.first > end), len(words))
        items = _items(words, begun, stop)
        return Row(words, begun, stop, items) if len(items) >= _FEWEST and not _tells(words, begun, stop) else None
    return _opening(words, marks, end)


def row_of(words: Words, begun: int, end: int) -> Row | None:
    """The row that ``words[begun:end]`` consists of, or its one noun of action."""
    items = [] if _tells(words, begun, end) else _items(words, begun, end)
    return Row(words, begun, end, items) if items else None


def _opening(words: Words, marks: Sequence[Subject], end: int) -> Row | None:
    """The row that opens a sentence and ends at the word ``end``."""
    if (marks and marks[0].first < end) or not _names_action(words, 0, end) or _tells(words, 0, end):
        return None
    items = _items(words, 0, end)
    explained = bool(marks) and marks[0].first == end + 1
    objects = any(word in NOMINAL for word in words[:end])
    parted = words[1:2] != [","] and "," in words[:end]
    return Row(words, 0, end, items) if objects and (explained or (parted and len(items) >= _FEWEST)) else None


def _names_work(words: Words, colon: int) -> bool:
    """Whether a word for the work stands before a colon: « des missions variées : », « la polyvalence est de mise : »."""
    before = [form for form in words[max(colon - _FAR, 0) : colon] if form != "fonction"]  # « en fonction de »
    return not (DUTIES.isdisjoint(before) and VERSATILE.isdisjoint(before))


def _items(words: Words, begun: int, end: int) -> list[int]:
    """Where the items of the row in ``words[begun:end]`` begin; none where it does not begin with a noun of action."""
    if not _names_action(words, begun, end):
        return []
    items = [begun]
    for i in range(begun + 1, end - 1):
        if words[i] not in _JOINING or i in words.enclosed:
            continue
        after = i + 1
        while after < end and words[after] in _ADDING:
            after += 1
        shared = words[i] in {"et", "ou"} and i == _noun(words, items[-1]) + 1  # « Accueil et préparation du patient »
        if after > items[-1] and not shared and _names_action(words, after, end):
            items.append(after)
    return items


def _noun(words: Words, at: int) -> int:
    """The word ``at``, or the one after the article there."""
    return at + (words[at] in _ARTICLES)


def _names_action(words: Words, at: int, end: int) -> bool:
    """Whether a noun of action stands at a word, or after the article there."""
    return at < end and (noun := _noun(words, at)) < end and names_action(words[noun])


def _tells(words: Words, begun: int, end: int) -> bool:
    """Whether a verb stands among the nouns."""
    return any(
        i not in words.enclosed and words[i] not in verbs.nouns() and finite(words, i, mood)
        for i in range(begun, end)
        for mood in ("singular", "plural", "second")
    )
