"""A part of an enumeration → the skill it names: label, category, level.

:func:`name` strips « connaissance de », « savoir » and the like from the words that
:func:`~pipeline.extractors.skills.phrases.trimmed` leaves, then knows them by the lexicon or by their head noun.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.skills.cues import CUES, LISTS, WORDS, levels
from pipeline.extractors.skills.infinitives import is_infinitive, opens_like_infinitive
from pipeline.extractors.skills.named import Named
from pipeline.extractors.skills.phrases import Element, lowered, singular, trimmed
from pipeline.extractors.skills.products import product
from pipeline.extractors.skills.terms import Spot
from pipeline.extractors.skills.text import Text

_SHAPED = re.compile(r"[A-Za-z]*[a-z][A-Z]\w*|[A-Z]\w*[+#]+|[A-Z][\w.]*\d[\w.]*|\w+\.(?:js|io|net)")
_OTHER = re.compile(r"\bautres? $")
_LEVEL = re.compile(r"\b(?:niveau )?([abc][12])\b")
_LEVEL_NAMES = {"courante": "courant", "courants": "courant", "maternelle": "maternel"}
_FAR = 45  # characters before such a thing in which it is looked for
_BEYOND, _BEFORE, _AFTER = 25, 16, 22  # characters around a language in which its level is looked for
_PLAIN_HEADS = {
    "compétences": "know-how",
    "connaissances": "knowledge",
    "qualités": "soft",
    "aptitudes": "soft",
    "capacités": "soft",
}
_INSTRUMENTS = ("graphe", "graphes", "mètre", "mètres", "scope", "scopes")  # « sonomètre », « rétinographe »
_NO_INSTRUMENTS = (
    *("orthographe", "paragraphe", "paragraphes", "autographe", "photographe", "cartographe", "géographe"),
    *("centimètre", "diamètre", "kilomètre", "millimètre", "paramètre", "périmètre"),
    *("centimètres", "diamètres", "kilomètres", "millimètres", "paramètres", "périmètres", " mètres"),
)
_ADJECTIVE = ("aires", "ales", "elles", "iques", "ives")  # « techniques culinaires »
_ANNOUNCING = frozenset({"ci-après", "ci-dessous", "suivantes"})  # « les qualités suivantes »
_USE = ("bonne utilisation", "usage", "utilisation")
_PER = re.compile(
    r" par (?:jour|semaine|mois|an)$|^[a-z]{2,5}\.\d+$"
)  # a register's number, an amount: « quelques lignes de code par semaine »
_MEASURED = re.compile(r"qualité (?:de l'|de la |du |des )")  # a field, not a quality: « qualité de l'eau »
#: What leads to a thing one knows that is too general to name a skill alone: « connaître [les produits] ».
_KNOWN = re.compile(
    r"\b(?:conna(?:[iî]tre|[iî]t|is|issances?|issent|issez|issant)|maîtris(?:e|er|ent|ez|ant))"
    r"(?: \w+ment| approfondie| fine| parfaite)?"
    r"(?: (?:d[eu]|des|l[ae]|les|sa|ses|son|leurs?|bien|diver\w+|différente?s)){1,3} $"
)
_INTEREST = re.compile(r"intérêts?\b(?! (?:\w+ )?pour )")  # « l'intérêt du métier » is nobody's quality
#: « répondre [rapidement] aux questions »
_MANNER = re.compile(r"(?<=[er]) (?:bien|mieux|parfaitement|vite|\w{3,20}[eé]ment|\w{3,20}[ae]mment)(?= \w)")
_PRONOUN = re.compile(r"\b(?:l'|la |le |les |leur |lui )$")
_KNOWING_VERB = re.compile(r"(?:connaître|maîtriser|parler|lire|pratiquer|écrire|comprendre|utiliser)")
#: « un sens [aigu] de la sécurité »: how much of it is no part of its name.
_KEEN = re.compile(r"(?<=^sens) (?:affirmé|aigu|aiguisé|développé|inné|profond|prononcé|vif) (?=d)")
_SEVERAL = ("aux ", "des ", "les ")
_COMPLEMENT = (" de ", " des ", " du ", " d'")
_LONGEST = 9  # words of a label
_LONGEST_QUALITY = 6
_LONGEST_TOOL_LEAD = 3
_SHORTEST_AGE = 5  # letters of a word that ends in -age without being a noun of action


def name(text: Text, element: Element, hint: str | None = None, *, strict: bool = False) -> Named | None:
    """The skill that ``element`` names, or None. ``strict``: only one whose first word is known to open a skill."""
    start, end = trimmed(text, element.start, element.end)
    used = practised = False
    named_at = start
    if text.low.endswith(("autre ", "autres "), element.start, start) and _OTHER.search(text.low, element.start, start):
        return None
    if text.begun(start) & _covering():
        start, end = _unabled(text, start, end)
        while match := text.match(CUES["knowing"], start, end):
            whole = text.spots.get(start)
            if match.end() >= end or (whole is not None and whole.end >= end):
                break
            indefinite = match.group() == "maîtrise d'" and text.low.startswith(("un ", "une "), match.end())
            indefinite = indefinite and LISTS["tools.heads"].isdisjoint(text.words_in(match.end(), end)[1:2])
            if indefinite and not text.spot_at(match.end(), end):
                return Named(start, end, text.printed[start:end].lower(), "know-how")
            used = match.group().startswith(_USE)
            practised = match.group().startswith("pratique")
            start, end = trimmed(text, match.end(), end)
    if start >= end or text.low[start:end] in LISTS["fields.alone"]:
        return None
    known = _known(text, start, end, hint) or (product(text, Element(start, end, ""), None) if start > named_at else None)
    if known is None and used and end - start > 1 and text.printed[start:end].isupper():
        return Named(start, end, text.printed[start:end], "tool")  # « l'usage du XRT »
    if practised and hint is None and not text.printed[start].isupper():
        hint = "know-how"  # « la pratique d'un instrument »
    named = known or _thing_known(text, start, end) or _by_head(text, start, end, hint, strict=strict)
    if practised and named is not None and named.category == "soft" and not named.known:
        named.category = "know-how"  # « la pratique d'un art martial »
    return named


def _thing_known(text: Text, start: int, end: int) -> Named | None:
    """A thing too general to name a skill, which is one where somebody knows it: « connaître [les produits] »."""
    if text.low[start:end] not in WORDS["known_things"]:
        return None
    before = _KNOWN.search(text.low, max(text.start, start - _FAR), start)
    return Named(start, end, text.low[start:end], "knowledge") if before else None


@cache
def _covering() -> int:
    """The bits of the cues that stand before the name of a skill."""
    return CUES["able"].bits | CUES["knowing"].bits


def _unabled(text: Text, start: int, end: int) -> tuple[int, int]:
    """Without « savoir », « capable de », and without « connaître », « parler » before what one knows."""
    match = text.match(CUES["able"], start, end)
    if match is None:
        return start, end
    inner = trimmed(text, match.end(), end)
    if inner[0] >= inner[1]:
        return start, end
    verb = match.group()
    if not _KNOWING_VERB.match(verb):
        return inner
    term = text.spot_at(*inner)
    if verb.startswith(("connaître", "maîtriser")) or (term is not None and term.term.kind in {"language", "tool", "machine"}):
        return inner
    return start, end


def _known(text: Text, start: int, end: int, hint: str | None) -> Named | None:
    found = text.spot_at(start, end)
    if found is None or (found.start > start and not LISTS["fields.never"].isdisjoint(text.words_in(start, end)[:1])):
        return None
    at_head = not text.low[start : found.start].strip(" \"'")
    kind = found.term.kind
    if kind == "tool":
        return _tool(text, start, end, found, at_head=at_head)
    if kind not in {"language", "machine", "field"}:
        return _quality(text, start, end, found, hint) if at_head else None
    if kind == "language":
        spoken = at_head or text.low[start : found.start].strip() in {"langue", "en", "l'"}
        return (
            Named(found.start, end, found.term.label, "language", level(text, found.start, end), known=True) if spoken else None
        )
    if not at_head or (kind == "field" and found.end < end - 1):
        return None
    label = text.printed[start:end]
    if kind == "field":
        label, category = lowered(label), field_category(found.term.label)
    else:
        label, category = label.lower() if label[0].isupper() else label, "tool"
    return Named(start, end, label, category, known=True)


def _tool(text: Text, start: int, end: int, found: Spot, *, at_head: bool) -> Named | None:
    """A known tool, alone after « logiciel », with what stands before it elsewhere (« requêtes SQL »)."""
    before = text.low[start : found.start].split()
    infinitive = opens_like_infinitive(text.low, start)
    if not at_head and len(before) > _LONGEST_TOOL_LEAD and not infinitive:
        return None
    if at_head or before[0].rstrip("s") in WORDS["tool_openers"]:
        return Named(found.start, found.end, text.printed[found.start : found.end], "tool", known=True)
    if found.end >= end - 1 and not infinitive:
        return Named(start, end, text.printed[start:end], "tool", known=True)
    return None


def _quality(text: Text, start: int, end: int, found: Spot, hint: str | None) -> Named | None:
    """A quality at the head of ``start:end``: by its noun, or with the words that belong to it."""
    term, to_end = found.term, found.end >= end - 1
    if term.label == "professionnalisme" and text.low.endswith(_SEVERAL, text.start, start):
        return None  # « Les recruteurs exigent [des professionnels] »
    if term.kind == "doing" and _PRONOUN.search(text.low, max(text.start, start - _BEFORE), start):
        return None  # « il faut les [analyser] »
    if term.kind == "doing" and (not to_end or hint == "know-how"):
        return None
    if term.kind == "trait" or to_end or term.trait:
        return Named(start, found.end, term.label, term.category, known=True)
    if len(text.low[start:end].split()) <= (_LONGEST if text.low.startswith(" pour ", found.end) else _LONGEST_QUALITY):
        taught = term.label in LISTS["fields.fields"] and text.low.startswith(_COMPLEMENT, found.end)
        category = "knowledge" if taught else "soft"  # « psychologie de l'enfant »
        return Named(start, end, singular(lowered(text.printed[start:end])), category, known=True)
    return None


def _is_work(spot: Spot) -> bool:
    return spot.term.kind == "doing" and spot.term.label.startswith("travail ")


def field_category(label: str) -> str:
    """A field is knowledge, one that is practised or named by a noun of action know-how (« tir », « gestion de projet »)."""
    first, _, rest = label.lower().partition(" ")
    return "know-how" if first in WORDS["done_fields" if rest else "practices"] else "knowledge"


def _by_head(text: Text, start: int, end: int, hint: str | None, *, strict: bool) -> Named | None:
    low, label = text.low[start:end], text.printed[start:end]
    words = text.words_in(start, end)
    if not words or len(words) > _LONGEST or len(low) == 1 or not (low[0].isalpha() or any(c.isalpha() for c in low)):
        return None
    head, alone, infinitive = words[0], len(words) == 1, is_infinitive(low)
    if not alone and head in _PLAIN_HEADS:
        announces = words[1] in _ANNOUNCING
        return None if announces else Named(start, end, singular(lowered(label)), _PLAIN_HEADS[head])
    if not alone and head in {"bon", "bonne", "double", "fine"}:
        head = words[1]
    measured = _MEASURED.match(low) is not None
    if hint != "know-how" and infinitive and _PRONOUN.search(text.low, max(text.start, start - _BEFORE), start):
        return None
    if (_opens_nothing(head, alone=alone) and not measured) or "€" in low or _PER.search(low) or _INTEREST.match(low):
        return None
    category = _category(words, head, infinitive=infinitive, measured=measured)
    if infinitive and category == "know-how":
        unsure = strict or (alone and hint not in {"know-how", "soft", "knowledge"})
    elif category in {None, "knowledge"} and hint in {"tool", "language"}:
        unsure, category = hint == "language", "tool"
    else:
        unsure = strict and category is None
        if category == "know-how" and hint == "knowledge" and alone:
            category = "knowledge"
    if unsure:
        return None
    category = category or hint or ("tool" if _SHAPED.fullmatch(label) else "knowledge")
    work = text.spot_at(start, end) if category == "soft" else None  # « l'aptitude à [travailler en équipe] »
    label = work.term.label if work is not None and _is_work(work) else singular(_KEEN.sub(" ", lowered(label), count=1))
    if infinitive and category == "know-how":
        label = _MANNER.sub("", label, count=1)
    return Named(start, end, label, category)


@cache
def heads() -> frozenset[str]:
    """The words at the head of a name by which :func:`_category` knows what it names, but for nouns in -age."""
    tables = ("qualities.heads", "tools.heads", "fields.actions", "fields.heads", "fields.fields")
    return frozenset(_PLAIN_HEADS).union({"techniques"}, *(LISTS[table] for table in tables))


def may_head(word: str) -> bool:
    """Whether a name that begins with ``word`` may be known by it."""
    return word in heads() or _is_action(word)


def _opens_nothing(head: str, *, alone: bool) -> bool:
    """Whether no name of a skill begins with ``head``."""
    if head in LISTS["fields.never"] or head in WORDS["function_words"] or head.isdigit():
        return True
    return alone and (head in WORDS["generic"] or head in WORDS["degrees"] or head.endswith(("emment", "amment")))


def _category(words: list[str], head: str, *, infinitive: bool, measured: bool) -> str | None:
    """The category that a phrase has by its first word, or None."""
    if head == "techniques" and (not {"de", "d'"}.isdisjoint(words[1:3]) or words[-1].endswith(_ADJECTIVE)):
        return "know-how"
    if head in LISTS["qualities.heads"] and len(words) > 1 and not (head == "sens" and words[1] == "en"):
        return "knowledge" if measured else "soft"
    if head in LISTS["tools.heads"] or _is_instrument(head):
        return "tool"
    if infinitive or head in LISTS["fields.actions"] or _is_action(head) or head in WORDS["practices"] or head == "compétences":
        return "know-how"
    if head in LISTS["fields.heads"] or head in LISTS["fields.fields"]:
        return "knowledge"
    return None


def _is_instrument(noun: str) -> bool:
    return noun.endswith(_INSTRUMENTS) and not noun.endswith(_NO_INSTRUMENTS)


def _is_action(noun: str) -> bool:
    return noun.endswith("age") and len(noun) > _SHORTEST_AGE and noun not in WORDS["no_actions"]


def level(text: Text, start: int, end: int) -> str | None:
    """The level of a language: a CEFR level anywhere near, else the sheet's own word beside it."""
    if match := _LEVEL.search(text.low, start, min(text.end, end + _BEYOND)):
        return match.group(1).upper()
    around = text.low[max(text.start, start - _BEFORE) : min(text.end, end + _AFTER)]
    match = levels().search(around)
    return _LEVEL_NAMES.get(match.group(), match.group()) if match else None
