"""A subject, and the way from its last word to its verb."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.french.clauses import NEGATIONS, finite, skip_clitics, word_set
from pipeline.french.words import Words

SINGULAR = frozenset(("le", "la", "l'", "un", "une", "ce", "cet", "cette", "chaque", "tout", "toute", "notre", "votre"))
PLURAL = frozenset(("les", "des", "ces", "nos", "certains", "certaines", "tous"))
ARTICLES = SINGULAR | PLURAL
LINKS = word_set("links")
SUBORDINATORS = word_set("subordinators")
#: What makes a conjunction with « que » after which the holder acts in a clause of their own: « tandis que », « d'autant que ».
_CONJOINED = (("tandis",), ("d'", "autant"), ("c'", "est-à-dire"))
LONGEST = 16  # words that may stand between a subject and its verb


class Subject(NamedTuple):
    """A subject: its first word, the word after it, and the mood of the verb that it asks for.

    ``kind`` is ``pronoun``, ``name``, ``tagged`` (a name whose verb the tagger found), ``relative`` (« une
    sage-femme, qui … »), ``cleft`` (« c'est elle qui … »), ``work`` (« sa mission »), ``charge`` (« à lui
    qu'incombe … »), ``entrusted`` (« à lui que l'on confie … »), ``asked`` (« on lui demande »), ``seen`` (« on le voit
    régler »), ``granted`` (« aux auxiliaires d'assister ») or ``quantity`` (« beaucoup »).
    """

    first: int
    after: int
    mood: str
    kind: str


def verb_at(words: Words, at: int, mood: str) -> bool:
    """Whether a verb of ``mood`` stands at a word, or the pronouns and « ne » before it."""
    if words[at] in NEGATIONS:
        return True
    verb = skip_clitics(words, at, len(words))
    return verb < len(words) and ((verb > at and words[at] in {"se", "s'", "lui"}) or finite(words, verb, mood))


def conjoined(words: Words, at: int) -> int:
    """Where « tandis que » or its like begins, which ends before the word ``at``; ``at`` where there is none."""
    if at and words[at - 1] in {"que", "qu'"}:
        for forms in _CONJOINED:
            first = at - 1 - len(forms)
            if first >= 0 and tuple(words[first : at - 1]) == forms:
                return first
    return at


def after_comma(words: Words, at: int, mood: str) -> int:
    """Where the verb of « celui qui, dans une entreprise, achète … » stands, or ``at`` where no aside parts it."""
    if words[at : at + 1] != [","]:
        return at
    closing = next((i for i in range(at + 1, min(at + LONGEST, len(words) - 1)) if words[i] == ","), None)
    return closing + 1 if closing is not None and verb_at(words, closing + 1, mood) else at


def after_aside(words: Words, first: int, comma: int, mood: str) -> Subject | None:
    """« Le géomètre, sur le terrain, mesure … », « Le géomètre - ou la géomètre, cela va de soi - mesure … »."""
    mark, longest = words[comma], LONGEST if words[comma] == "," else 2 * LONGEST
    closing = next((j for j in range(comma + 1, min(comma + longest, len(words) - 1)) if words[j] == mark), None)
    if closing is None or not verb_at(words, closing + 1, mood):
        return None
    return Subject(first, closing + 1, mood, "name")
