"""Nouns of action in a row: « la pose, le réglage et l'entretien des vitrages ».

Of a row alone nobody is the subject, so that it states no activity (« Pose, réglage, entretien : le vitrier … »); one that a
sentence calls part of the work does (:mod:`.belonging`). Words go in; where the items begin and end, and their activities,
come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extractors.tasks.phrases import Activity, phrase, trim
from pipeline.extractors.tasks.sentences.duties import names_action
from pipeline.french import verbs
from pipeline.french.clauses import ADVERBS, finite
from pipeline.french.words import Words

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


def row_of(words: Words, begun: int, end: int) -> Row | None:
    """The row that ``words[begun:end]`` consists of, or its one noun of action."""
    items = [] if tells(words, begun, end) else _items(words, begun, end)
    return Row(words, begun, end, items) if items else None


def _items(words: Words, begun: int, end: int) -> list[int]:
    """Where the items of the row in ``words[begun:end]`` begin; none where it does not begin with a noun of action."""
    if not _begins_action(words, begun, end):
        return []
    items = [begun]
    for i in range(begun + 1, end - 1):
        if words[i] not in _JOINING or i in words.enclosed:
            continue
        after = i + 1
        while after < end and words[after] in _ADDING:
            after += 1
        shared = words[i] in {"et", "ou"} and i == _noun(words, items[-1]) + 1  # « Accueil et préparation du patient »
        if after > items[-1] and not shared and _begins_action(words, after, end):
            items.append(after)
    return items


def _noun(words: Words, at: int) -> int:
    """The word ``at``, or the one after the article there."""
    return at + (words[at] in _ARTICLES)


def _begins_action(words: Words, at: int, end: int) -> bool:
    """Whether a noun of action stands at a word, or after the article there."""
    return at < end and (noun := _noun(words, at)) < end and names_action(words[noun])


def tells(words: Words, begun: int, end: int) -> bool:
    """Whether a verb stands among the nouns."""
    return any(
        i not in words.enclosed and words[i] not in verbs.nouns() and finite(words, i, mood)
        for i in range(begun, end)
        for mood in ("singular", "plural", "second")
    )
