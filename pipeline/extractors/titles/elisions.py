"""Names that go on after the verb that announced the first: « les assureurs d'inspecteur patrimonial ».

A sentence in which an occupation has been named and the end of that name go in; out come the further names that its
later members give, each with a subject or a place of its own: « on dit mécanicien ; les clients, garagiste ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.titles.members import Name
from pipeline.french import verbs
from pipeline.french.inflection import singular
from pipeline.french.occupations import closes_english, is_head, name_end, names_occupation

_BREAK = re.compile(r"\s*[,;](?=\s)|\s(?:et|ou|tandis\s+que|quand|alors\s+que|là\s+où|mais)\s", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?:ifs?|ives?|als?|ales?|els?|elles?|iques?|aires?|financiers?)$")
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*'?")
_OPENING = frozenset(
    (
        *("comme", "et", "ou", "mais", "puis", "voire", "aussi", "même", "parfois"),
        *("plus", "encore", "que", "plutôt", "ici", "là", "là-bas", "ailleurs", "tantôt"),
    )
)
_PLURAL = frozenset(("les", "d'", "certains", "certaines", "ses", "nos", "leurs", "mes", "vos", "autres", "beaucoup"))
_DEFINITE = frozenset(("le", "la", "l'", "au", "aux", "en", "chez", "dans"))
_CLAUSE = frozenset(
    ("il", "elle", "ils", "elles", "on", "ce", "c'", "cela", "nous", "vous", "tu", "je", "qui", "que", "qu'", "dont", "où")
) | frozenset(
    ("est", "sont", "a", "ont", "peut", "peuvent", "doit", "doivent", "fait", "font", "va", "vont", "se", "s'", "ne", "n'")
)
_ARTICLES = frozenset(
    ("les", "le", "la", "l'", "au", "aux", "en", "chez", "dans", "un", "une", "des", "du", "ses", "nos", "leurs")
)
_OF = frozenset(("de", "d'", "à"))
#: « une annonce réclame un vendeur, [une autre un] conseiller »: the subject of a member, and the article of its object.
_ANOTHER = frozenset(
    (("une", "autre"), ("un", "autre"), ("l'", "autre"), ("la", "seconde"), ("le", "second"), ("la", "suivante"))
)
_A = (["un"], ["une"])
_OBJECT = frozenset(("le", "la", "les", "l'", "un", "une", "ses", "son", "sa", "leurs"))


def continued(text: str, start: int, end: int, *, of: bool = False) -> Iterator[Name]:
    """The names in the members of a sentence after ``start``, up to the first that has a verb of its own.

    ``of``: whether « de » leads to the first name, as it then does to the others.
    """
    marks = list(_BREAK.finditer(text, start, end))
    for rank, mark in enumerate(marks):
        stop = marks[rank + 1].start() if rank + 1 < len(marks) else end
        colon = text.find(":", start, stop)
        if 0 <= colon < mark.end():
            return
        stop = colon if colon >= 0 else stop
        tokens = list(_TOKEN.finditer(text, mark.end(), stop))
        words = [t.group().lower() for t in tokens]
        if _has_verb(words):
            return
        at = _name_at(text, tokens, words, of=of)
        if at is not None:
            phrase = text[at : name_end(text, at, stop)].rstrip(" \"«»'-.,")
            if phrase and not names_occupation(phrase):
                phrase = closes_english(phrase) or ""  # « voire rigging mechanic à l'export »
            if phrase:
                yield Name(at, at + len(phrase), phrase)


def _has_verb(words: list[str]) -> bool:
    """Whether a member of the sentence has a clause of its own."""
    for rank, word in enumerate(words):
        if word in _CLAUSE and not (word == "que" and rank < 2):  # noqa: PLR2004
            return True
        form = verbs.read(word)
        finite = form is not None and form.mood in {"singular", "plural"}
        if finite and word in verbs.nouns():
            if rank == 0 and words[1:2] and words[1] in _OBJECT:
                return True  # « garde la cave »
            if 1 < rank < len(words) - 1 and words[rank - 2] in _ARTICLES and words[rank + 1] in _ARTICLES:
                return True  # « la profession [garde] le même nom »
            continue
        if finite and (rank == 0 or words[rank - 1] not in _DEFINITE | _PLURAL | _OF):
            return True
    return False


def _name_at(text: str, tokens: list[re.Match[str]], words: list[str], *, of: bool) -> int | None:
    """Where the name of a member begins: after its conjunctions, its subject or its place."""
    first = 0
    while first < len(words) and (words[first] in _OPENING or words[first].endswith("ment")):
        first += 1
    if first == len(words):
        return None
    if tuple(words[first : first + 2]) in _ANOTHER:
        first += 2 + (words[first + 2 : first + 3] in _A)
        return tokens[first].start() if first < len(words) and is_head(words[first]) else None
    if words[first] not in _PLURAL | _DEFINITE or (words[first] == "d'" and words[first + 1 : first + 2] != ["autres"]):
        if words[first] in _OF:
            first += 1
        return tokens[first].start() if first < len(words) and _opens_name(words[first:]) else None
    plural = of or words[first] in _PLURAL or words[first] == "aux"
    for rank in range(first + 2, len(words)):
        word, before = words[rank], words[rank - 1]
        if not is_head(word) or singular(word) != word or before in _ARTICLES:
            continue
        quoted = text[tokens[rank].start() - 1] in '"«' or text[tokens[rank].start() - 2 : tokens[rank].start()] == "« "
        if quoted or (plural if before in _OF else plural or not _ADJECTIVE.search(word)):
            return tokens[_english_from(words, rank, first)].start()
    return None


def _opens_name(words: list[str]) -> bool:
    """Whether a French name opens the rest of a member, or an English one."""
    return is_head(words[0]) or (words[0] not in _ARTICLES and closes_english(" ".join(words)) is not None)


def _english_from(words: list[str], rank: int, first: int) -> int:
    """Where the name begins that the word at ``rank`` closes: « les chaînes anglaises [wine] steward », no adjective."""
    before = rank - 1
    apart = before <= first + 1 or words[before - 1] in _OF | _ARTICLES or words[before] in _OF
    if apart or not words[first].endswith("s") or words[before].endswith(("s", "x")):
        return rank
    return before if closes_english(f"{words[before]} {words[rank]}") else rank
