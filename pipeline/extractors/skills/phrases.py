"""An enumeration → its parts, and of each part the words that may name a skill.

:func:`elements` cuts a stretch of text at its commas and conjunctions; :func:`trimmed` strips what is no
part of a skill's name: article, degree, what follows « qui »; :func:`shared` and :func:`continues` join what
one head holds together (« capacités d'analyse et de synthèse »).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, reduce
from operator import or_

from pipeline.extractors.skills.cues import CUES, PATTERNS, WORDS, Cue
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.named import Named
from pipeline.extractors.skills.text import Text

#: A head and the preposition of its complement, by its kind: « résistance [au] stress » goes on with « à la pression ».
_SHARED_HEAD = re.compile(r"([\w-]+) (?:(?:\w+ ){0,2}?)(?:(?P<of>de (?:la |l')?|d'|du |des )|(?P<to>à |aux? )|(?P<within>en ))")
_SHARED = re.compile(
    r"(?:ceux |celles )?(?:(?P<of>de |d'(?!une? )|du |des )|(?P<to>à |aux? )|(?P<within>en (?!fonction|\w+ant\b)))"
)
_OF_THAT = re.compile(r"cel(?:le|les|ui) (?P<of>de |d'|du |des )")
#: A plural head with one adjective, and an adjective that ends its clause or stands before a verb or « sont ».
_OF_A_KIND = re.compile(r"(aptitudes?|capacités?|compétences|connaissances|langages|notions|qualités|techniques) (\w+)$")
_ADJECTIVE = re.compile(r"(\w+s)(?=(?: \w+s)?(?:[,.;:)]| (?:sont|est|et|pour|qui|afin)\b|\s*$))")
_BARE = frozenset({"de ", "d'"})
_PARTITIVE = re.compile(r"d(?:e l(?:a |')|u )")
_PLURAL = re.compile(r"^(capacité|aptitude|facilité|talent|don|faculté)s\b")
_ONE_ADJECTIVE = re.compile(r" \w+s")
_COMPLEMENT, _COMPLEMENTED = re.compile(r"de (?!la )|d'"), re.compile(r" d[e']")
_FIRST_WORD = re.compile(r"\w+")
_JOINED = frozenset({"et", "ou"})


@dataclass(slots=True, eq=False)
class Element:
    """A part of an enumeration: offsets, and the separator before it (a comma, « et » …)."""

    start: int
    end: int
    before: str


def elements(text: Text, start: int, end: int) -> list[Element]:
    """The parts of the enumeration ``text[start:end]``, never cutting a known term."""
    found = []
    first, before = start, ""
    for stop, next_first, separator in text.separators:
        if stop < start or next_first > end:
            continue
        if stop > first:
            found.append(Element(first, stop, before))
        first, before = next_first, separator
    if first < end:
        found.append(Element(first, end, before))
    return found


@cache
def _leading() -> Cue:
    pattern, bits, _ = CUES["leading"]
    return Cue(re.compile(rf"\s*(?:{pattern.pattern})"), bits)


def trimmed(text: Text, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without articles, words of degree and « être », and without what follows « qui », « dans le »."""
    cut = text.cuts.get((start, end))
    if cut is None:
        cut = text.cuts[start, end] = _trim(text, start, end)
    return cut


def _trim(text: Text, start: int, end: int) -> tuple[int, int]:
    low = text.low
    start = _without_opening(text, start, end)
    stop = _without_marks(low, start, end)
    known = text.spots.get(start)
    if known is not None and known.end == stop:  # of a known term nothing is cut off
        return start, stop
    if text.bits & _tail_bits():
        end = _tail(text, start, end)
    circumstance = CUES["circumstance"]
    around = text.search(circumstance, start + 1, end) if text.bits & circumstance.bits else None
    if around and not (low.startswith("aisance", start) or is_infinitive(low[start:end]) or text.in_term(around.start() - 1)):
        end = around.start() - 1
    for place in text.finite:
        if start < place < end:
            end = place - len("l'") if low.startswith("l'", place - len("l'")) else place
            break
    end = _without_marks(low, start, end)
    last = low.rfind(" ", start, end) + 1
    if last and low[last:end] in WORDS["hanging"]:
        hanging = PATTERNS["hanging"].search(low, start, end)
        if hanging and not text.in_term(hanging.start() + 1):
            end = hanging.start()
    return start, end


def _tail(text: Text, start: int, end: int) -> int:
    """Where what follows the name in ``start:end`` begins: « [qui …] », « [dans le …] », a mark; else ``end``."""
    for role, first, blank in (("tail", start + 1, 1), ("tail-clause", start, 0)):
        for match in text.matches(CUES[role], first, end):
            if not text.in_term(match.start() - blank):
                end = match.start() - blank
                break
    for role in ("tail-future", "tail-mark"):
        pattern, bits, _ = CUES[role]
        for match in pattern.finditer(text.low, start, end) if text.bits & bits else ():
            if not text.in_term(match.start()):
                end = match.start()
                break
    return end


@cache
def _tail_bits() -> int:
    return reduce(or_, (CUES[role].bits for role in ("tail", "tail-future", "tail-clause", "tail-mark")))


def _without_opening(text: Text, start: int, end: int) -> int:
    low = text.low
    while start < end and not (low[start].isalnum() or low[start] == "."):
        start += 1
    leading = _leading()
    while start < end and text.begun(start) & leading.bits:
        match = leading.pattern.match(low, start, end)
        if match is None or match.end() == start:
            break
        known = text.spots.get(start)
        if known is not None and match.end() < known.end <= end:
            break
        start = match.end()
    return start


def _without_marks(low: str, start: int, end: int) -> int:
    while end > start and not (low[end - 1].isalnum() or low[end - 1] in "+#"):
        end -= 1
    return end


def shared(text: Text, part: Element, head: Named | None) -> Named | None:
    """« capacités d'analyse [et de synthèse] » → « capacité de synthèse »; None where no head is shared."""
    if head is None:
        return None
    return _of_another_kind(text, part, head) or _of_that(text, part, head) or _of_more(text, part, head)


def _of_more(text: Text, part: Element, head: Named) -> Named | None:
    """« capacités d'analyse [et de synthèse] »: one more complement of the same head."""
    taken_up = _SHARED.match(text.low, part.start, part.end)
    opening = _SHARED_HEAD.match(head.label.lower()) if taken_up is not None else None
    if taken_up is None or opening is None or opening.lastgroup != taken_up.lastgroup:
        return None
    start, end = taken_up.start(taken_up.lastgroup or 0), trimmed(text, part.start, part.end)[1]
    known = end <= start or text.match(CUES["knowing"], *trimmed(text, part.start, part.end)) is not None
    if known or PATTERNS["sharing-head"].match(opening[0]) is None:
        return None
    if is_infinitive(text.low[taken_up.end() : end]):
        alone = head.category != "soft" and taken_up["of"] is not None  # « connaître les procédures, [de réaliser …] »
    else:
        some = head.category == "soft" and opening["of"] in _BARE and _is_some(text, start)
        alone = some or (
            taken_up["to"] is not None and head.category != "soft"
        )  # « des outils propres au tri [et à la vente] »
    if alone:
        return None
    label = singular(f"{opening.group(1)} {text.printed[start:end]}")
    return Named(start, end, label, head.category, known=True)


def _of_that(text: Text, part: Element, head: Named) -> Named | None:
    """« la conduite d'un broyeur et [celle d'une nacelle] » → « conduite d'une nacelle »; not « celle » for knowing one."""
    that = _OF_THAT.match(text.low, part.start, part.end)
    opening = _SHARED_HEAD.match(head.label.lower()) if that is not None else None
    if that is None or opening is None or opening.lastgroup != "of":
        return None
    if text.search(CUES["knowing-noun"], text.start, part.start) is not None:
        return None
    start, end = that.start("of"), trimmed(text, part.start, part.end)[1]
    return Named(start, end, f"{opening.group(1)} {text.printed[start:end]}", head.category, known=True)


def _beside(text: Text, part: Element, head: Named) -> Named | None:
    """« techniques mécaniques [et hydrauliques] » → « techniques hydrauliques »: one plural head, two adjectives."""
    if part.before not in _JOINED:
        return None
    first, adjective = _OF_A_KIND.match(head.label.lower()), _ADJECTIVE.match(text.low, part.start, text.end)
    if first is None or adjective is None or text.low[head.end : part.start].strip() not in _JOINED:
        return None
    if PATTERNS["relational"].search(adjective[1]) is None or PATTERNS["relational"].search(first[2]) is None:
        return None
    kind = adjective[1] if first[1].endswith("s") else adjective[1].rstrip("s")
    return Named(part.start, adjective.end(), f"{first[1]} {kind}", head.category)


def _of_another_kind(text: Text, part: Element, head: Named) -> Named | None:
    """« connaissances juridiques, [fiscales] … » → « connaissances fiscales », of heads that have many kinds."""
    opening = PATTERNS["kind-head"].fullmatch(head.label.lower())
    if opening is None:
        return _beside(text, part, head)
    start, end = trimmed(text, part.start, part.end)
    noun = opening[0].partition(" ")[0]
    pattern = "kind-of-many" if noun.endswith("s") else "kind-of-one"
    if PATTERNS[pattern].fullmatch(text.low[start:end]) is None:
        return None
    return Named(start, end, f"{noun} {text.low[start:end]}", head.category, known=True)


def _is_some(text: Text, start: int) -> bool:
    """Whether some of a quality opens there, which needs no head: « une capacité d'écoute, [de la patience] »."""
    some = _PARTITIVE.match(text.low, start)
    quality = text.spots.get(some.end()) if some else None
    return quality is not None and quality.term.kind == "quality"


def continues(text: Text, part: Element, last: Named, named: Named) -> bool:
    """« résistance physique [et nerveuse] », « règles d'hygiène [et de sécurité] » with a singular head."""
    if " en matière d" in last.label and _COMPLEMENT.match(text.low, part.start):
        return True
    spot = text.spots.get(named.start)
    trait = spot is not None and spot.term.kind == "trait" and " " in last.label  # « un esprit vif [et dynamique] »
    if (named.known and not trait) or part.before not in _JOINED or (last.known and last.category != "soft"):
        return False
    if text.low[last.end : part.start].strip() not in _JOINED:
        return False
    words = text.low[part.start : _without_marks(text.low, part.start, part.end)].split()
    if len(words) == 1 and " " in last.label and PATTERNS["relational"].search(words[0]):
        return True
    complement = _COMPLEMENT.match(text.low, part.start)
    if complement is None or is_infinitive(text.low[complement.end() : part.end]):
        return False
    return _COMPLEMENTED.search(last.label) is not None


def continued(text: Text, last: Named, named: Named) -> Named:
    """``last`` with ``named``, which goes on with it: « résistance physique [et nerveuse] »."""
    return replace(last, end=named.end, label=last.label + text.printed[last.end : named.end])


def lowered(label: str) -> str:
    """A label without the capital of a sentence's first word; acronyms and names keep theirs."""
    if label[:1].islower():
        return label
    first = _FIRST_WORD.match(label)
    if first and len(first.group()) > 1 and first.group()[1:].islower():
        return label[0].lower() + label[1:]
    if label.isupper() and " " in label:
        return label.lower()
    return label


def singular(label: str) -> str:
    """« capacités de synthèse » → « capacité de synthèse », of the nouns that head a quality."""
    plural = _PLURAL.match(label)
    if plural is None:
        return label
    rest = label[plural.end() :]
    return plural[1] + (rest[:-1] if _ONE_ADJECTIVE.fullmatch(rest) else rest)  # « capacité [physique] »
