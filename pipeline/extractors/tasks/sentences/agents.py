"""Passives whose agent is the job holder: « Les devis sont signés par ses soins », « …, un registre, tenu par l'artisan ».

The words of a sentence, its subjects and what the job holder is called go in; activities come out. A passive by somebody
else, or by nobody, says nothing of the job holder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.extractors.tasks.holder import Holder, stem_of, works
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.phrases import Activity, trim
from pipeline.extractors.tasks.subjects.names import named_at
from pipeline.extractors.tasks.subjects.subject import Subject
from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, finite, is_adverb
from pipeline.french.words import Words, numbers
from pipeline.remembered import Remembered

_BY = frozenset(("par",))
_THEMSELVES = frozenset(("lui", "lui-même", "eux", "eux-mêmes"))
_ARTICLES = frozenset(("le", "la", "l'", "les", "ce", "cet", "cette", "ces"))
#: General words for people that mean the job holder after « par », though no title has them.
_GENERAL = frozenset(("artisan", "artisane", "professionnel", "professionnelle"))
_SHAPED = re.compile(r"[^\W\d_]{2,}ée?s?")  # what must be a participle, of whatever verb
#: Endings of participles, the longest first → those of the infinitives that they may come from.
_INFINITIVES = (
    ("int", ("indre",)),
    ("ert", ("rir",)),
    ("it", ("ire",)),
    ("is", ("ettre", "endre")),
    ("é", ("er",)),
    ("i", ("ir",)),
    ("u", ("re", "ir", "oir")),
)
_BEING = frozenset(("est", "sont", "sera", "seront", "était", "étaient"))
_HAVING = frozenset(("a", "ont", "aura", "auront", "avoir"))
_ABLE = frozenset(("doit", "doivent", "peut", "peuvent"))
_TYING = frozenset((",", "et", "ou", "puis"))
_STOPS = frozenset((";", ":"))
_RELATIVE = frozenset(("qui", "que", "qu'", "dont", "où", "laquelle", "lequel", "lesquelles", "lesquels"))
_LONGEST = 10  # words of what a gapped passive is said of
_NEAR = 5  # words from a participle to its agent: « sont lavés chaque soir par lui »


def done_by(words: Words, marks: Sequence[Subject], holder: Holder) -> Iterator[Activity]:
    """The activities that a sentence tells as done by the job holder, whose places as a subject are ``marks``."""
    floor = 0
    for by in numbers(words, _BY):
        after = _agent(words, by, holder) if by > floor and by not in words.enclosed else None
        if after is None or (participle := _participle(words, by)) is None:
            continue
        verb = _verb(words, participle)
        first = _beginning(words, verb, floor, marks)
        if first is None or first >= verb or _is_denied(words, verb, by) or _is_state(words, first, verb, participle):
            continue
        floor = _end(words, after, marks)
        yield _activity(words, first, floor, participle)
        further = _gapped(words, floor)
        if further is not None and "par" not in words[further:]:
            yield _activity(words, floor + 1, _end(words, further, marks), further)


def _agent(words: Words, by: int, holder: Holder) -> int | None:
    """The word after « par lui », « par ses soins », « par le boulanger », or None."""
    following = words[by + 1 : by + 3]
    if following[:1] and following[0] in _THEMSELVES:
        return by + 2
    if following in (["ses", "soins"], ["leurs", "soins"]):
        return by + 3
    if not following[1:] or following[0] not in _ARTICLES or (named := named_at(words, by + 1, holder)) is None:
        return None
    theirs = holder.is_titled(words[named]) or words[named] in _GENERAL or named > by + 2 or following[0].startswith("ce")
    return named + 1 if theirs else None


def _participle(words: Words, by: int) -> int | None:
    """Where the participle stands that « par » belongs to."""
    for i in range(by - 1, max(by - _NEAR, 0), -1):
        if words[i] in _TYING or words[i] in _STOPS or words[i] in _RELATIVE:
            return None
        if _is_participle(words[i]) and words[i] not in DETERMINERS and _verb(words, i) < i:
            return i
    return None


def _verb(words: Words, participle: int) -> int:
    """Where the verb of a participle begins (« est », « ont été », « doivent être »), or the comma of an apposition.

    The participle itself, where it has neither.
    """
    at = before = _before_adverbs(words, participle)
    while at > 1 and words[at] in _TYING and _is_participle(words[at - 1]):  # « lavés, séchés et rangés »
        at = _before_adverbs(words, at - 1)
    if at > 0 and ((words[at] == "été" and words[at - 1] in _HAVING) or (words[at] == "être" and words[at - 1] in _ABLE)):
        return at - 1
    if words[at] in _BEING:
        return at
    return before if words[before] == "," else participle


def _before_adverbs(words: Words, at: int) -> int:
    """The word before one and the adverbs that stand there: « est d'ailleurs signé »."""
    at -= 1
    while at > 0 and (is_adverb(words[at]) or (words[at] == "d'" and words[at + 1] == "ailleurs")):
        at -= 1
    return at


def _beginning(words: Words, verb: int, floor: int, marks: Sequence[Subject]) -> int | None:
    """Where the clause of a passive begins; None where it belongs to a clause of which the job holder is the subject."""
    first = max((i + 1 for i in range(floor, verb) if words[i] in _STOPS), default=floor)
    if any(first <= mark.first < verb for mark in marks):
        return None
    who = verb
    while who > first and (is_adverb(words[who - 1]) or words[who - 1] in CLITICS):
        who -= 1
    if who > first and words[who - 1] in {"qui", "que", "qu'"}:
        return None  # « les pièces qui sont tournées par lui »
    while first < verb and words[first] in {",", "et", "mais", "puis", "car"}:
        first += 1
    return first


def _is_denied(words: Words, verb: int, by: int) -> bool:
    """Whether « ne » denies a passive: « ne sont pas lavés par lui », but neither « que par lui » nor « rien ne … sans »."""
    return words[by - 1] != "que" and any(form in NEGATIONS for form in words[max(verb - 2, 0) : verb])


def _is_state(words: Words, first: int, verb: int, participle: int) -> bool:
    """Whether a passive says what becomes of the job holder or of the work: « le métier est exercé par l'artisan »."""
    lemma = _LEMMAS[words[participle]]
    return lemma in lexicon().states or any(stem_of(form) in works() for form in words[first : min(verb, first + 3)])


def _end(words: Words, after: int, marks: Sequence[Subject]) -> int:
    """Where the clause of a passive ends, whose agent ends before the word ``after``: before the next clause."""
    stop = next((mark.first for mark in marks if mark.first >= after), len(words))
    tie = None
    for i in range(after, stop):
        if words[i] in _STOPS or (words[i] == "," and words[i + 1 : i + 2] and words[i + 1] in _RELATIVE):
            return i
        if words[i] in _TYING:
            if _gapped(words, i) is not None:
                return i
            tie = i
        elif i > after and (finite(words, i, "singular") or finite(words, i, "plural")):
            return len(words) if tie is None else tie
    return stop if tie is None or stop == len(words) else tie


def _gapped(words: Words, at: int) -> int | None:
    """Where the participle stands of « et le plan, dressé avec un géomètre », which begins at ``at``."""
    if words[at : at + 1] != ["et"] or at + 1 >= len(words) or words[at + 1] not in DETERMINERS:
        return None
    comma = next((i for i in range(at + 2, min(at + _LONGEST, len(words) - 1)) if words[i] == ","), None)
    participle = None if comma is None else next((i for i in range(comma + 1, len(words)) if not is_adverb(words[i])), None)
    return participle if participle is not None and _is_participle(words[participle]) else None


def _activity(words: Words, first: int, end: int, participle: int) -> Activity:
    start, stop = trim(words.text, words.starts[first], words.after(end - 1))
    return Activity(start, stop, "passive", words.text[start:stop], _LEMMAS[words[participle]])


def _is_participle(form: str) -> bool:
    return _LEMMAS[form] is not None or _SHAPED.fullmatch(form) is not None


def _lemma(participle: str) -> str | None:
    """The infinitive that a participle comes from: « signées » → « signer »."""
    single = participle.removesuffix("s").removesuffix("e")
    for form in (participle, single):
        for ending, infinitives in _INFINITIVES:
            for other in infinitives if form.endswith(ending) else ():
                known = verbs.read(form.removesuffix(ending) + other)
                if known is not None and known.mood == "infinitive":
                    return known.lemma
    return None


_LEMMAS = Remembered(_lemma)
