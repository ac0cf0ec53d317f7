"""Names of occupations that stand bare of an article: « on finit chef d'atelier », « un poste de contremaître ».

French uses the name of a trade without an article for what somebody is or becomes, and with one for the people who
practise it. Where a text speaks of careers, the bare ones are therefore the occupations that one can move to. The words
after which a name counts as bare are in ``lexicons/titles.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extractors.titles.lists import names
from pipeline.extractors.titles.members import Name
from pipeline.extractors.titles.patterns import pattern, stands_in
from pipeline.french import verbs
from pipeline.french.inflection import feminine_of, singular
from pipeline.french.occupations import is_head, opens_english
from pipeline.lexicons import load
from pipeline.reading import Reading
from pipeline.remembered import Remembered

_TOKEN = re.compile(r"[^\W\d_]+(?:[-'·./](?=[^\W\d_])[^\W\d_]+|\([^\W\d_]+\))*")
_OPENS = ' "«*•'
#: Characters that a rule looks ahead and back within a sentence; what is longer is no prose.
REACH, BACK = 600, 300
#: Adverbs between the announcing word and the name.
_ADVERBS = re.compile(
    r"(?:\s*\b(?:puis|ensuite|aussi|également|même|plus\s+tard|un\s+jour|parfois|souvent|enfin|alors|donc|bientôt|vite|peut-être|"
    r"à\s+(?:son|leur|votre)\s+tour|tour\s+à\s+tour|tôt\s+ou\s+tard|à\s+terme|\w{4,}ment)){1,6}$"
)
#: How they end.
_ADVERBIAL = (
    *("puis", "ensuite", "aussi", "également", "même", "tard", "jour", "parfois", "souvent", "enfin", "alors", "donc"),
    *("bientôt", "vite", "peut-être", "tour", "terme", "ment"),
)
#: « on lui confie la cave : il est alors caviste »: what somebody is by now, they have become.
_IS_THEN = tuple(f" {are} {then}" for are in ("est", "sont") for then in ("alors", "bientôt", "désormais", "ensuite"))
_WORD = re.compile(r"(?<![^\W_])(?<![^\W_]-)([^\W_]+(?:-[^\W_]+)*'?)$")
_FINITE = re.compile(r"[^\W_]+")


#: Words before a name that make another of it: « premier vendeur ».
_RANKS = frozenset(("deuxième", "grand", "grande", "premier", "première", "second", "seconde"))


def _heads_in(piece: str) -> tuple[tuple[int, str], ...]:
    """(Offset, word) of what may head a name in a piece of text between blanks: « chef », « l'agent »."""
    words = ((token.end(), token.group().rpartition("'")[2]) for token in _TOKEN.finditer(piece))
    return tuple((end - len(word), word) for end, word in words if is_head(word) or opens_english(word))


_HEADS_IN = Remembered(_heads_in)


def _heads(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """(Offset, word) of what may head a name in a sentence: of its head, or of the rank before that."""
    after, rank = start, ""
    for piece in text[start:end].split():
        heads = _HEADS_IN[piece]
        if heads:
            at = _piece(text, piece, after, end)
            after = at + len(piece)
            for offset, word in heads:
                ranked = len(rank) + 1 if rank and not offset and text.endswith(rank + " ", start, at) else 0
                yield at + offset - ranked, word
        rank = piece if piece in _RANKS else ""


def _piece(text: str, piece: str, start: int, end: int) -> int:
    """Where a piece of ``text[start:end]``, which begins with a whole one or a blank, first stands between blanks."""
    at = text.index(piece, start, end)
    while not ((at == start or text[at - 1].isspace()) and (at + len(piece) == end or text[at + len(piece)].isspace())):
        at = text.index(piece, at + 1, end)
    return at


def bare_names(reading: Reading, start: int, end: int, read: dict[int, int]) -> Iterator[Name]:
    """The names in a sentence about careers that are what somebody becomes, with the lists that they open.

    Those that have been ``read`` before (start → end of each) are passed over.
    """
    done = 0
    for at, word in _heads(reading.text, start, end):
        done = max([done, *(stop for first, stop in read.items() if first <= at < stop)])
        if at < done + len(" (") or not _stands_bare(reading, start, at, end, plural=singular(word) != word):
            continue
        found = names(reading, at, min(end, at + REACH))
        if found and found[0].start == at and not is_participle(found[0].label):
            yield from found
            done = found[-1].end


@cache
def _doubtful() -> frozenset[str]:
    words = load("titles")["attributes"]["doubtful"]
    return frozenset(words) | frozenset(feminine_of(word) or word for word in words)


def is_participle(name: str) -> bool:
    """Whether a name says what is done to somebody or something rather than a trade: « employé par », « associée à »."""
    first, _, rest = name.lower().partition(" ")
    return first in _doubtful() and (not rest or rest.startswith(_CIRCUMSTANCES))


_CIRCUMSTANCES = ("à ", "au ", "aux ", "par ", "en ", "dans ", "chez ", "pour ")


def _stands_bare(reading: Reading, start: int, at: int, end: int, *, plural: bool) -> bool:
    """Whether the words before a name make it what somebody becomes."""
    low = reading.lower
    before = low[start:at] if at - start < BACK else f"… {low[at - BACK : at]}"
    before = before.rstrip(_OPENS)
    if before:
        bare = _leads_to_post(before, plural=plural)
    else:
        bare = not plural and (pattern("bare_opening").match(low, at, end) is not None or _is_list(reading, at, end))
    return bare and not (stands_in("not_career", before + " ") or stands_in("not_bare", before))


def _leads_to_post(before: str, *, plural: bool) -> bool:
    """Whether words, by the last of them, lead to what somebody becomes."""
    if before.endswith(_IS_THEN):
        return True
    if before.endswith(_ADVERBIAL):
        if stands_in("bare_after", before):
            return True  # « plus rarement »
        before = _ADVERBS.sub("", before)
    if before[-1:] in _MARKS:
        return not plural and _opens_list(before)
    if stands_in("bare_after", before):
        return True
    last = _WORD.search(before, before.rfind(" ") + 1)
    return last is not None and _attributes(last[1], before[: last.start()], plural=plural)


def _is_list(reading: Reading, start: int, end: int) -> bool:
    """« Les perspectives ? Formateur, chef d'atelier. »: whether a sentence lists several names and says nothing else."""
    found = names(reading, start, min(end, start + REACH))
    return len(found) > 1 and reading.text[found[-1].end : end].strip(" .…!?;)")[:1] in ("", ":")


_MARKS = frozenset("(:?,;")


def _opens_list(before: str) -> bool:
    """Whether a name after the mark that ends ``before`` tells a next post: « à terme, », « vers l'édition ( », « : »."""
    if before[-1] == "(":
        return pattern("bare_bracket").search(before) is not None
    clause = before[:-1].rpartition(";")[2]
    return before[-1] in ":?" or (
        pattern("bare_lead").match(clause) is not None and "(" not in clause and not _has_verb(clause)
    )


@cache
def _copulas() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs whose attribute is the next post, beyond those of the lexicon of verbs; verbs whose attribute is not."""
    data = load("titles")["attributes"]
    return frozenset(data["becoming"]), frozenset(data["being"])


def _attributes(word: str, before: str, *, plural: bool) -> bool:
    """Whether ``word`` is a verb whose attribute follows it; what follows most verbs in the plural is their object."""
    becoming, being = _copulas()
    if word in becoming:
        return True
    form = None if plural else verbs.read(word)
    if form is None or form.lemma in being or form.mood == "participle":
        return False
    return word not in verbs.nouns() or _PRONOUN.search(before) is not None


_PRONOUN = re.compile(
    r"\b(?:ils?|elles?|on|se|vous|qui|d'autres|certaine?s|beaucoup|quelques-une?s|plusieurs|peu(?:t|vent))\s$"
)


def _has_verb(before: str) -> bool:
    return any(map(_is_finite, _FINITE.findall(before)))


def _is_finite(word: str) -> bool:
    form = verbs.read(word)
    return word in _AUXILIARIES or (form is not None and form.mood in {"singular", "plural"} and word not in verbs.nouns())


_AUXILIARIES = frozenset(("est", "sont", "a", "ont", "peut", "peuvent"))
