"""Where the name of a diploma ends.

« BTS Management commercial opérationnel en alternance, puis … » → up to « opérationnel ». In prose a
name ends at a verb, a relative clause, a determiner or a preposition that no specialty begins with; in
a line that is nothing but a name, commas, dashes and « avec option » belong to it.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.diplomas.acronyms import spells
from pipeline.extractors.diplomas.endings import REMARK, TOKEN, is_linked, is_verb, listed, names_another, opens, word_ends
from pipeline.french.openings import branches
from pipeline.lexicons import load

_ACRONYM = re.compile(r"\((?:ex )?(?P<a>[A-Z][A-Za-zÀ-ÿ0-9&-]{1,9})\)$")
#: « métiers du bâtiment : gros œuvre », « option A : produits alimentaires »: names that the ministry prints with a colon.
_MENTION = r"(?: ?\([^()]*\))? ?(?:mention |spécialité )?"
_BEFORE_COLON = re.compile(
    rf"{_MENTION}(?:conducteurs? d'engins|m[ée]tiers? d(?:e |es |u |')[^:;.()]{{2,70}}|[^:;.()]{{2,70}} option [A-E])",
    re.IGNORECASE,
)
_AFTER_COLON = re.compile(r" {1,3}([a-zà-ÿœ]{3,})\b")


@cache
def _official(kind: str) -> re.Pattern[str]:
    """The official names of a list of the lexicon, after « mention » or nothing, with accents or without."""
    names = [tuple(_LETTER.get(letter, re.escape(letter)) for letter in name) for name in load("specialties")[kind]]
    return re.compile(rf"{_MENTION}{branches(names)}(?![\wà-ÿ])", re.IGNORECASE)


_LETTER = {"é": "[ée]", "É": "[Ée]", "è": "[èe]", "ê": "[êe]", "ô": "[ôo]", "î": "[îi]"}


def label_end(text: str, start: int, head_end: int, limit: int, *, line: bool) -> tuple[int, str]:
    """End of the name that begins at ``start`` and whose known head ends at ``head_end``; and its acronym, if printed.

    Never beyond ``limit``.
    """
    whole = _official("whole").match(text, head_end, limit)
    end = position = whole.end() if whole is not None else head_end
    acronym = previous = ""
    words = 0
    first = whole is None
    while position < limit and words < (30 if line else 16):
        token = TOKEN.match(text, position, limit)
        if token is None:
            break
        after = token.end()
        kind, said = token.lastgroup, token[token.lastindex or 0]
        if kind == "word":
            lower = said.lower()
            alone = said if previous in _PREPOSITIONS else said.removeprefix("l'")  # « un master l'ouvre », not « de l'ouvre »
            ends = word_ends(text, lower, after, limit, first=first) or (not line and is_verb(text, alone, after))
            if ends and not is_linked(previous, lower):
                break
            previous = lower
            words += 1
            end = after
            if not line and said[-1] == ".":  # « un bac L. » ends its sentence
                break
        elif kind == "mark":
            if not _mark_continues(text, said, (head_end, token.start()), after, limit, line=line):
                break
            end = after if said == "/" else end
        elif kind == "quote":
            end = after
            if _OF_SCHOOL.match(text, after, limit) is None:
                break
        else:
            known = _ACRONYM.search(said)
            printed = known["a"] if known and any(c.isupper() for c in known["a"][1:]) else ""
            acronym = acronym or printed
            belongs = bool(printed) or spells(_last_word(text, start, position), said)
            end = after if belongs else end
            if not _specialty_follows(text, after, limit) or not (belongs or first or line):
                break
        position = after
        first = False
    return _trim(text, start, end, head_end), acronym


#: Behind a name in quotation marks who grants it belongs to it: « de l'Institut du vin ».
_OF_SCHOOL = re.compile(
    r" (?:de l'|de la |du |des )(?:Acad[ée]mie|Cen|Chambre|Cité|Cnam|Conservatoire|[EÉ]cole|Fédération|Haute|Institut|"
    r"Maison|Universit|[A-ZÉ]{3})"
)


#: What stands before an article in a name: « métiers de l'image ».
_PREPOSITIONS = frozenset(("", "dans", "de", "en", "et", "ou", "par", "pour", "sur", "à"))


def _last_word(text: str, start: int, end: int) -> str:
    """The word that a bracket follows: « PSE 2 » is one, too."""
    word = _LAST_WORD.search(text, max(start, end - 16), end)
    return word["word"] if word is not None else ""


_LAST_WORD = re.compile(r"(?P<word>[A-Z][A-Za-zÀ-ÿ0-9]{1,9})(?: ?\d)?\s*$")


def _mark_continues(text: str, mark: str, name: tuple[int, int], after: int, limit: int, *, line: bool) -> bool:
    """Whether a mark stands inside a name, of which ``name`` bounds the words before it."""
    if mark in ",:" and (official := _official("commas").match(text, name[0])) is not None and official.end() > after:
        return True
    if mark in "/,":
        if name[0] == name[1] or names_another(text, after, limit):
            return False
        return mark == "/" or _comma_continues(text, after, limit, line=line)
    if mark == ":":
        named = _BEFORE_COLON.fullmatch(text, *name) or _official("colons").fullmatch(text, *name)
        following = _AFTER_COLON.match(text, after, limit) if named else None
        return following is not None and not opens(following[1])
    return False


def _specialty_follows(text: str, at: int, limit: int) -> bool:
    """Whether, after a bracket, the name goes on: « CAP (certificat …) fleuriste »."""
    if _SPECIALTY.match(text, at, limit) is None:
        return False
    token = TOKEN.match(text, at, limit)
    return (
        token is not None
        and bool(token["word"])
        and token["word"] not in {"et", "ou"}
        and not word_ends(text, token["word"].lower(), token.end(), limit, first=True)
    )


_SPECIALTY = re.compile(r" (?:d'|de |en |du |des |mention |option )?[a-zàâéèêîôûœç]")


def ends_name(text: str, at: int, limit: int) -> bool:
    """Whether what stands at a place is no further specialty: another diploma, a remark, a word that no name holds."""
    token = TOKEN.match(text, at, limit)
    if token is None or not token["word"] or names_another(text, at, limit) or REMARK.match(text, at, limit):
        return True
    lower = token["word"].lower()
    return (
        lower[0].isdigit()
        or lower.rstrip(".") in listed("after_conjunction", "elsewhere")
        or word_ends(text, lower, token.end(), limit, first=True)
        or is_verb(text, token["word"], token.end())
    )


def opens_other(text: str, at: int, limit: int) -> bool:
    """Whether what stands behind a comma or a conjunction is nothing that could be one more specialty."""
    token = TOKEN.match(text, at, limit)
    return token is None or not token["word"] or ends_name(text, at, limit)


_ENUMERATION = re.compile(r"[^,;.:()]{2,50}?(?:, [^,;.:()]{2,50}?){0,3} (?:et|ou) ")


#: What names a part of a diploma, even after a comma: « bac pro métiers d'art, option tapisserie ».
_PARTS = frozenset({"mention", "option", "parcours", "spécialité"})


def _comma_continues(text: str, after: int, limit: int, *, line: bool) -> bool:
    """Whether a comma stands inside the name: « chauffage, climatisation et énergies renouvelables »."""
    following = TOKEN.match(text, after, limit)
    if following is None or not following["word"] or REMARK.match(text, after, limit):
        return False
    word = following["word"]
    lower = word.lower()
    if (
        opens(lower)
        or lower[0].isdecimal()
        or lower in {"à", "au", "avec", "dans", "des", "et", "ou"}
        or (lower == "en" and not line)
    ):
        return False
    if line or lower in _PARTS:
        return True
    enumeration = _ENUMERATION.match(text, after, limit)
    if enumeration is None or lower.startswith(("l'", "d'")):
        return False
    return listed("stop", "determiner").isdisjoint(enumeration.group().lower().split())


#: What a name cannot end with: signs, and a word that announces another.
_SIGNS = " \t\n\r\f\v\x85\u2028\u2029,;:.-–+/"
_ANNOUNCING = frozenset(
    ("et", "ou", "de", "du", "des", "en", "d'", "l'", "la", "le", "les", "à", "au", "aux", "avec", "dans", "mention", "option")
)


def _trim(text: str, start: int, end: int, head_end: int) -> int:
    while end > head_end:
        label = text[head_end:end].rstrip(_SIGNS)
        cut = head_end + len(label)
        if cut == end:
            kept, blank, word = label.rpartition(" ")
            if not blank or word.lower() not in _ANNOUNCING:
                break
            cut = head_end + len(kept)
        end = cut
    return max(end, start)


def is_short_name(label: str) -> bool:
    """Whether a label is a name of its own although short (« master 2 »)."""
    return _DIGIT.search(label) is not None


_DIGIT = re.compile(r"\d")
