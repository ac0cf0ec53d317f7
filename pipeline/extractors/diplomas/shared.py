"""Which qualifications share one head: « CAP [cuisine] ou [boulangerie] », « BTS [banque] ; [tourisme] », « BUT ([chimie]…) ».

The end of a head goes in, the spans of the specialties that share it come out; none where there is one specialty. Commas
part them only where each is the official name of one (``specialties.toml``): « droit, économie, gestion » is one name.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from pipeline.extractors.diplomas.acronyms import spells
from pipeline.extractors.diplomas.endings import is_head
from pipeline.extractors.diplomas.labels import ends_name, label_end, opens_other
from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.remembered import Remembered

Span = tuple[int, int]

#: What parts specialties; each of the marks begins with a character of its own, to which the engine skips.
_SPLIT = re.compile(r"[,/oe](?:(?<=[,/])|(?<=\bo)u\b|(?<=\be)t\b)")
#: Alternatives of more words than this are clauses, no list of specialties.
_FEW = 3
_MENTION = re.compile(r"\bmention ")
#: « master mention droit, économie ou gestion »: the alternatives of one mention are one diploma.
_ONE_MENTION = re.compile(r" mentions? (?!.*\b(?:mention|options?) )")
_CODE = re.compile(r"[A-Z][A-Z0-9&]{1,6}")
#: What a specialty begins with whose alternatives stay together.
_BEGINS_ONE = re.compile(
    r"(?:en|de|d'|du|des|dans|avec|à|option|mention|parcours|spécialité|agricole|généraliste|\()\b", re.IGNORECASE
)


def shared_heads(text: str, head_end: int, end: int, *, plural: bool) -> list[Span]:
    """The specialties that share one head, as spans: « CAP [cuisine] ou [boulangerie] », « BTS [MCO] et [NDRC] ».

    Empty where the name has one specialty: alternatives after a preposition (« licence en gestion ou
    économie ») stay together. ``plural`` tells that several are meant: « les BTS [Tourisme], [MCO] et [NDRC] ».
    """
    spans: list[Span] = []
    joints: list[str] = []
    last = head_end
    for joint in _SPLIT.finditer(text, head_end, end):
        spans.append((last, joint.start()))
        joints.append(joint.group())
        last = joint.end()
    if not joints:
        return []
    spans.append((last, end))
    spans = [_strip(text, a, b) for a, b in spans]
    spans = [(a, b) for a, b in spans if text[a:b] != "etc"]
    pieces = [text[a:b] for a, b in spans]
    if any(not p for p in pieces) or any(" en " in p for p in pieces[:-1]):
        return []
    if len(_MENTION.findall(text, head_end, end)) == len(pieces):  # « DN MADE mention mode ou mention objet »
        return spans
    codes = all(_CODE.fullmatch(p) for p in pieces)
    bare = (
        "ou" in joints
        and "et" not in joints
        and all(len(p.split()) <= _FEW for p in pieces)
        and not _BEGINS_ONE.match(pieces[0])
        and "option" not in text[head_end:end]
        and "/" not in joints
    )
    several = plural and "/" not in joints and all(" " not in p and p[0].isupper() for p in pieces)
    return spans if codes or bare or several or (plural and _each_of(pieces)) else []


def _each_of(pieces: list[str]) -> bool:
    """Whether each of several names its own field: « des DU [de fauconnerie] ou [de vannerie] »."""
    return all(_OF_FIELD.match(piece) for piece in pieces)


_OF_FIELD = re.compile(r"(?:de |d')(?!(?:la|l|leur|sa|son|ses)\b)", re.IGNORECASE)


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


#: What parts official names; what stands before one, and what after it belongs to it.
_JOINT = re.compile(
    r"[\s;,/oe](?:(?<=\s)\s*(?:[;,/](?:\s*(?:ou|et)\b)?|(?:ou|et)\b)|(?<=[;,/])(?:\s*(?:ou|et)\b)?|(?<=\bo)u\b|(?<=\be)t\b)\s*"
)
_ONE_BEFORE = re.compile(r"\s*(?:mentions? |spécialités? )?", re.IGNORECASE)
#: « les licences de droit ou d'économie » are two, « une licence de droit ou d'économie » is one.
_SEVERAL_BEFORE = re.compile(r"\s*(?:mentions? |spécialités? )?(?:en |de |d')?", re.IGNORECASE)
_PART = re.compile(r",? \(?(?:options? [A-E] ?:|options?\b|parcours\b|spécialités?\b)[^,;:.()]*$", re.IGNORECASE)
_BRACKET, _WORD = re.compile(r"\([^()]*\)"), re.compile(r"[a-z0-9]+")
_HANGING = (" et", " ou")
#: What no official name runs over.
_OVER = re.compile(r"[.;]")
#: An official name holds at most so many joints; characters behind a head in which the first ends.
_MOST_JOINTS, _REACH = 6, 160
#: Words that part names and stand inside of them, too.
_BETWEEN = frozenset(("et", "ou"))


def _official_key(name: str) -> str:
    """A name without the signs, the plurals and the conjunctions in which it is printed now this way, now that."""
    words = _WORD.findall(fold(_BRACKET.sub(" ", _PART.sub("", name))))
    return " ".join(word.rstrip("s") for word in words if word not in _BETWEEN)


@cache
def _official() -> frozenset[str]:
    lists = load("specialties")
    return frozenset(_official_key(name) for kind in ("names", "commas") for name in lists[kind])


_key = Remembered(_official_key)


def official_heads(text: str, head_end: int, last: int, limit: int, *, plural: bool, line: bool) -> list[Span]:
    """The specialties behind a head that are official names, one after the other; one that runs over a comma alone, too.

    ``last`` is where the label of the first would end.
    """
    if _ONE_MENTION.match(text, head_end, last) is not None:
        return []
    if _JOINT.search(text, head_end, last) is None and not _goes_on(text, head_end, last, limit, plural=plural):
        return []
    before = _SEVERAL_BEFORE if plural else _ONE_BEFORE
    spans: list[Span] = []
    at = head_end
    while True:
        skipped = before.match(text, at, limit)
        at = skipped.end() if skipped else at
        end = _official_end(text, at, limit, last if not spans else at)
        if spans and (end is None or _AND.match(text, end, limit)):  # « histoire de l'art et archéologie »
            end = _official_end(text, at, limit, label_end(text, at, at, limit, line=line)[0])
        if end is None:
            if not spans or not opens_other(text, at, limit):
                return []
            break
        spans.append((at, _without_remark(text, at, end)))
        joint = _JOINT.match(text, end, limit)
        if joint is None:
            break
        at = joint.end()
    if len(spans) == 1:
        return spans if _JOINT.search(text, *spans[0]) else []
    return spans if any(text[a:b].strip() != "et" for (_, a), (b, _) in pairwise(spans)) else []


def _without_remark(text: str, at: int, end: int) -> int:
    """Where a name ends without brackets that do not spell it out: « BTS tourisme (2 ans d'études) »."""
    opened = text.rfind("(", at, end) if text[end - 1] == ")" else -1
    words = text[at:opened].split() if opened > at else []
    return end if not words or spells(words[-1], text[opened:end]) else at + len(text[at:opened].rstrip())


_AND = re.compile(r"\s*et\b")


def _goes_on(text: str, head_end: int, last: int, limit: int, *, plural: bool) -> bool:
    """Whether more may stand behind a label without a joint: the next of a list, or « et de leurs activités »."""
    joint = _JOINT.match(text, last, limit)
    return joint is not None and (plural or joint.group().strip() == "et" or _key[text[head_end:last]] in _official())


def _official_end(text: str, at: int, limit: int, last: int) -> int | None:
    """Where the longest official name ends that begins at a place: at a joint or at ``last``."""
    ends = [last] if last > at else []
    for joint in _JOINT.finditer(text, at, min(limit, at + _REACH)):
        if joint.start() > at and _OVER.search(text, at, joint.start()):
            break
        ends.append(joint.start())
        if len(ends) > _MOST_JOINTS:
            break
    for end in sorted(ends, reverse=True):
        if end > at and not text.endswith(_HANGING, at, end) and _key[text[at:end]] in _official():
            return end
    return None


#: Between two names of a list: « chimie et procédés (spécialité génie des procédés) ; biologie... ».
_SEMICOLON = re.compile(
    r"(?: ?\([^()]{1,120}\))?(?: ?(?:\.\.\.|…))? ?; ?(?=(?:mention )?(?:[a-zà-ÿœ']{3,}|en |[A-Z][A-Z\d]{1,6}\b))"
)
#: What may stand behind a name of such a list.
_BEHIND = re.compile(
    r" ?(?:$|[.;:,…()\n]|(?:ou|et|puis|voire)\b|éventuellement|suivie?s? |complétée?s? |notamment|principalement)",
    re.IGNORECASE,
)


#: What further options, not further specialties, may follow.
_OPTIONS = re.compile(r"\boptions\b[^;]*$")


def listed_heads(text: str, start: int, last: int, limit: int) -> list[Span]:
    """The further specialties that semicolons part from the one that is read from ``start`` to ``last``."""
    spans: list[Span] = []
    if text.find(";", last, min(limit, last + _REACH)) < 0:
        return spans
    while (parted := _SEMICOLON.match(text, last, limit)) is not None:
        at = parted.end()
        if ends_name(text, at, limit) or is_head(text, at, limit):
            break
        options = _OPTIONS.search(text, start, last) is not None
        last, _ = label_end(text, at, at, limit, line=True)
        if options and _key[text[at:last]] not in _official():
            break  # « options couture ; garniture »
        if last <= at or _BEHIND.match(text, last, limit) is None:
            break
        spans.append((at, last))
    return spans


#: Brackets behind a bare head, and what parts the specialties that they list.
_IN_BRACKETS = re.compile(r" ?\((?P<listed>[a-zà-ÿœ][^()]{3,299})\)")
_PARTED, _OR = re.compile(r" ?; ?"), re.compile(r", (?:ou |et )?| ou ")
_PREPOSITION = re.compile(r"(?:en|de|du|des|dans) |d'")


def bracketed_heads(text: str, head_end: int, limit: int) -> tuple[list[Span], int]:
    """The specialties that brackets behind a bare head list, and where the brackets end; one span where they say one thing.

    As outside of brackets, alternatives after a preposition stay together: « BEP (en électricité ou en mécanique) ».
    """
    brackets = _IN_BRACKETS.match(text, head_end, limit) if "(" in text[head_end : head_end + 2] else None
    if brackets is None:
        return [], head_end
    start, end = brackets.span("listed")
    if ends_name(text, start, end):
        return [], head_end
    whole = [(start, end)]
    if _PREPOSITION.match(text, start, end):
        return whole, brackets.end()
    for joint in (_PARTED, _OR):
        spans = _cut(text, start, end, joint)
        if len(spans) > 1 and (joint is _PARTED or all(_is_short(text[a:b]) for a, b in spans)):
            return spans, brackets.end()
    return whole, brackets.end()


def _is_short(words: str) -> bool:
    return len(words.split()) <= _FEW or _key[words] in _official()


def _cut(text: str, start: int, end: int, joint: re.Pattern[str]) -> list[Span]:
    spans = []
    for parted in joint.finditer(text, start, end):
        spans.append(_strip(text, start, parted.start()))
        start = parted.end()
    spans.append(_strip(text, start, end))
    return [(a, b) for a, b in spans if b > a and text[a:b].strip(".… ") not in {"", "etc"}]
