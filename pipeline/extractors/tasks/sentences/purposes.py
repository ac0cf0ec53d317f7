"""What a state is good for: « Il est présent pour réceptionner les colis », « Elle connaît la ville afin de la montrer ».

The words of a clause that says no activity go in, ``lower`` being the text of the words in lower case; the infinitives of its
purposes come out. What one has is told to be good for what one is like, or for a career.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extractors.tasks.phrases import Activity, activity
from pipeline.extractors.tasks.sentences.doing import is_done
from pipeline.french import verbs
from pipeline.french.clauses import NEGATIONS, finite
from pipeline.french.predicates import predicates
from pipeline.french.words import Words, numbers

_OPENING = frozenset(("pour", "afin"))
_JOINING = frozenset(("et", "ou", "soit", ","))
#: What may stand between « pour » and its infinitive; objects there are those of the clause before.
_BEFORE = frozenset(("d'", "de", "mieux", "pouvoir", "s'", "se", "y"))
#: Verbs of what one has or is like.
_HAVING = frozenset(("avoir", "falloir", "posséder", "travailler"))
_LIKE = frozenset(("doté", "dotée", "dotés", "dotées"))


def purposes(words: Words, verb: int, stop: int, lower: str) -> Iterator[Activity]:
    """The activities that the clause whose verb stands at ``verb`` and which ends at ``stop`` names as purposes."""
    form = verbs.read(words[verb])
    if (form is not None and form.lemma in _HAVING) or not _LIKE.isdisjoint(words[verb:stop]):
        return
    opening = [i for i in numbers(words[verb : stop - 1], _OPENING, verb) if i not in words.enclosed]
    joined = [i for n, i in enumerate(opening) if not n or words[i - 1] in _JOINING]
    for begun, following in zip(joined, [*joined[1:], stop], strict=False):
        end = following
        while words[end - 1] in _JOINING:
            end -= 1
        first = begun + 1
        while first < end and words[first] in _BEFORE - {"s'", "se", "y"}:
            first += 1
        head = first
        while head < end and words[head] in _BEFORE:
            head += 1
        if head >= end or words[head] in NEGATIONS or not finite(words, head, "infinitive"):
            return
        done = [part for part in predicates(words, head, end, "infinitive", first) if is_done(words, part, lower)]
        if not done:
            return
        for part in done:
            yield activity(words, part, "purpose")
