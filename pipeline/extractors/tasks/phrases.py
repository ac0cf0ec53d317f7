"""From words to an activity: where it begins and ends, its label with the verbs in the infinitive, its verb.

:func:`phrase` takes a line, cell or item whole; :func:`activity` takes a predicate of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.french import verbs
from pipeline.french.clauses import CLITICS, DETERMINERS, NEGATIONS, finite, is_adverb
from pipeline.french.predicates import Predicate, predicates
from pipeline.french.words import Words, first_word, words_of
from pipeline.remembered import Remembered

_LEADING = re.compile(r"[\s•▪◦·*\-–>→✓✔]+|\d{1,2}[.)/] ")
_HOUR = r"\d{1,2} ?(?:heures?|h|:)(?: ?\d{2})?"
#: A time of day before an activity, which a capital may follow without a blank (« 9 h 20Accueil du public »), or a share.
_CLOCK = re.compile(
    rf"(?:de |à |vers |dès )?{_HOUR}(?: ?[-à] ?{_HOUR})?(?: ?: ?| - | |(?=(?-i:[A-ZÀ-Þ])))|\d{{1,2}} ?%(?: du temps)? ?[:-] ",
    re.IGNORECASE,
)
_TIME = re.compile(rf"(?:(?:de|à|vers|dès) )?{_HOUR}(?: ?[-à] ?{_HOUR})?(?: ?:)?", re.IGNORECASE)
_BEFORE_TIME = frozenset("0123456789dDàÀvV")
_TRAILING = " \t\n;,.:…!?»"
#: What may join or follow a clause and belongs to none.
TYING = frozenset(("et", "ou", "puis", "mais", "enfin"))
_OPENS_OBJECT = DETERMINERS - {"du", "des"}
#: Pronouns of the person spoken to or speaking, which no label holds.
_ADDRESSES = frozenset(("vous", "te", "t'", "me", "m'"))
_CLITICS = (CLITICS - _ADDRESSES) | NEGATIONS  # « ne garder que les meilleurs »


@dataclass(slots=True)
class Activity:
    """An activity: its offsets in the normal text, and what the record says of it."""

    start: int
    end: int
    rule: str
    label: str
    verb: str | None = None
    group: str | None = None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without list marks and times of day before it, and punctuation after it."""
    if not text[start : start + 1].isalpha():
        match = _LEADING.match(text, start, end)
        start = match.end() if match else start
    if text[start : start + 1] in _BEFORE_TIME:
        match = _CLOCK.match(text, start, end)
        start = match.end() if match else start
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return start, end


def is_time(text: str) -> bool:
    """Whether a text is nothing but a time of day: « 9 h 30 », « De 8h à 10h »."""
    return _TIME.fullmatch(text) is not None


def phrase(text: str, start: int, end: int, rule: str, group: str | None = None) -> Activity:
    """An activity that is no clause of a subject: an infinitive, a noun of action or « pèse la farine », taken whole."""
    form = verbs.read(first_word(text, start, end))
    if form is not None and form.mood == "infinitive":  # most: the words behind it tell nothing
        return Activity(start, end, rule, text[start:end], form.lemma, group)
    verb = None
    words = words_of(text, start, end)
    head, mood = finite_head(words)
    if mood is not None:
        heads = [at for part in predicates(words, head, len(words), mood, 0) for at in part.heads]
        label = _relabelled(words, heads, words.starts[0], end)
        return Activity(start, end, rule, label, _INFINITIVES[words[head]], group)
    for word in words[:4]:
        form = verbs.read(word)
        if form is not None and (form.mood == "infinitive" or word not in verbs.nouns()):
            verb = form.lemma
            break
        verb = verbs.verb_of(word)
        if verb:
            break
    return Activity(start, end, rule, text[start:end], verb, group)


def activity(words: Words, part: Predicate, rule: str, after: int = 0) -> Activity:
    """The activity that a predicate states, its verbs in the infinitive; ``after``: the word behind its subject."""
    last = part.last
    while last > part.heads[-1] + 1 and _is_loose(words[last - 1]):
        last -= 1
    end = words.after(last - 1)
    first = part.heads[0]
    while first > max(part.first, after) and words[first - 1] in _CLITICS:
        first -= 1
    label = _reflexive(words, first) + _relabelled(words, part.heads, words.starts[first], end)
    return Activity(words.starts[part.first], end, rule, label, _INFINITIVES[words[part.heads[0]]])


def finite_head(words: Words) -> tuple[int, str | None]:
    """Where the verb of « pèse la farine » stands, and its mood; None where the words begin with no finite verb."""
    at = 0
    while at < len(words) - 1:
        form = words[at]
        if form not in CLITICS and (not is_adverb(form) or verbs.read(form) is not None):
            break
        at += 1
    if not words or verbs.read(words[at]) is None or not _stands_as_verb(words, at):
        return at, None
    return at, next((mood for mood in ("singular", "plural", "second") if finite(words, at, mood)), None)


def _stands_as_verb(words: Words, at: int) -> bool:
    """Whether a form at the head of a line is no noun: « trace les axes », but neither « la nuit » nor « code ROME »."""
    if words[at] not in verbs.nouns():
        return True
    before = words[at - 1] if at else ""
    return before not in DETERMINERS and at + 1 < len(words) and words[at + 1] in _OPENS_OBJECT


def _relabelled(words: Words, heads: Sequence[int], start: int, end: int) -> str:
    """The text from ``start`` to ``end`` with the verbs at ``heads`` in the infinitive."""
    pieces, at = [], start
    for head in heads:
        pieces += [words.text[at : words.starts[head]], _INFINITIVES[words[head]]]
        at = words.after(head)
    return "".join(pieces) + words.text[at:end]


def _reflexive(words: Words, head: int) -> str:
    """« s' » or « se » for « vous vous occupez », « tu te charges » and « je m'occupe »."""
    before = tuple(words[max(head - 2, 0) : head])
    if before not in {("vous", "vous"), ("tu", "te"), ("tu", "t'"), ("je", "me"), ("je", "m'")}:
        return ""
    return "s'" if _INFINITIVES[words[head]][0] in "aeiouyhâéèêî" else "se "


def _infinitive(form: str) -> str:
    """The infinitive of a verb form; of one that the lexicon lacks, as if it were in -er (« scrolle » → « scroller »)."""
    known = verbs.read(form) or verbs.familiar(form)
    if known is not None:
        return known.lemma
    return form.removesuffix("nt") + "r" if form.endswith(("e", "ent")) else form


_INFINITIVES = Remembered(_infinitive)


def _is_loose(form: str) -> bool:
    """Whether a word or mark at the end of a clause does not belong to it."""
    return form in TYING or (not form[0].isalnum() and form not in {")", "»", "%", "€"})
