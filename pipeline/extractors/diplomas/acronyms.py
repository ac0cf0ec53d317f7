"""Whether words spell out an acronym: « STHR », « (sciences et technologies de l'hôtellerie et de la restauration) »."""

from __future__ import annotations

import re

from pipeline.normal import fold

_WORD = re.compile(r"[a-z0-9]+")
#: Letters of an acronym that its words may leave out: « DEUST (diplôme d'études universitaires scientifiques) ».
_LEFT_OUT = 1


def spells(acronym: str, words: str) -> bool:
    """Whether ``words`` begin, in order, with the letters of ``acronym``; the last of a long one may lack."""
    if len(acronym) <= _SHORT and not acronym[1:2].isupper():
        return False  # « La (…) »
    letters = _LETTER.findall(fold(acronym))
    initials = [word[0] for word in _WORD.findall(fold(words))]
    if len(letters) < 2 or initials[:1] != letters[:1]:  # noqa: PLR2004 -- one letter is no acronym
        return False
    found = 0
    for initial in initials:
        if found < len(letters) and initial == letters[found]:
            found += 1
    return found == len(letters) or (len(letters) > _SHORT and found >= len(letters) - _LEFT_OUT)


_LETTER = re.compile(r"[a-z]")
#: An acronym of more letters may be printed as a word (« Staps », « Deust ») and be spelt out in part.
_SHORT = 3


def initials(words: str) -> str:
    """The letters that words of a name begin with, small words aside: « diplôme d'État de moniteur-éducateur » → « deme »."""
    return "".join(word[0] for word in _WORD.findall(fold(words)) if word not in _SMALL)


_SMALL = frozenset(("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "pour"))
