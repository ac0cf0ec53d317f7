"""What one is able to do, after « savoir », « capable de »: infinitives one after the other → the skills that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extractors.skills.cues import CUES, LISTS, WORDS
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.named import Named, Place
from pipeline.extractors.skills.names import name
from pipeline.extractors.skills.phrases import Element, elements, shared, trimmed
from pipeline.extractors.skills.products import product
from pipeline.extractors.skills.terms import Spot
from pipeline.extractors.skills.text import Text

_USING = ("utiliser ", "manier ", "se servir ", "maîtriser ", "exploiter ", "manipuler ")
#: Infinitives of what one is, has or uses, which other rules read.
_NO_DOING = (
    *("être ", "rester ", "se montrer ", "se révéler ", "se tenir ", "se faire", "faire face", "faire preuve"),
    *("avoir ", "posséder", "disposer", "se servir "),
)
_TOWARDS = re.compile(r" (?:\w+ment )?(?:à|aux?) ")
_WITH = re.compile(r" (?:\w+ment )?(?:auprès d|avec )")
_WITH_WHAT = re.compile(r" (?:\w+ment )?avec (?:beaucoup de |la |le |l'|une? (?:grande? )?)?")
_USE = re.compile(
    r"(?:utiliser|se servir d(?:e|')|(?P<by_hand>manier))(?: bien)? ?(?=(?:l'|la |le |les |une? |des |d'une? )\w)"
)
_ABLE = re.compile(r"\s*(?:de |d')?(?:savoir|pouvoir|être)\b")
_OBJECT = re.compile(r" (?:des|l[ae]|les|leurs?|sa|ses|son|une?|tou(?:s|te|tes)) | l'")
_TAKEN_UP = re.compile(r"(?:d'|de )?(?:en|y) ")  # « capable d'[en] changer »: of what was named before
_ANY = (" chaque ", " différent", " divers", " plusieurs ", " tous ", " tout ", " toute ", " toutes ")
_AGAIN = re.compile(r"(?<=[er] (?:et|ou)) d(?:e |')")  # « analyser et [de] synthétiser »
_THAN = re.compile(r" qu(?:e |')")
_MEANS = ("à", "au")
_KNOWING_HOW = ("savoir", "sait", "savent", "sachant", "sache")
_ABLE_BEFORE = 12  # characters before an infinitive that hold « savoir »


def doings(text: Text, start: int, end: int, place: Place) -> list[Named]:
    """What one is able to do: infinitives, and what they use."""
    found: list[Named] = []
    using: str | None = None  # what the verb before is done with: a `tool`, or `any` thing
    being = False
    asked = place.skills or text.low[max(text.start, start - _ABLE_BEFORE) : start].rstrip().endswith(("sachant", "savoir"))
    joined: int | None = None  # where the first of the infinitives begins that share the object of the next one
    for number, part in enumerate(_parts(text, start, end)):
        purpose = text.search(CUES["aside"], part.start + 1, part.end)
        stop = purpose.start() if purpose else part.end  # « prospecter [pour trouver des clients] »
        first, last = trimmed(text, part.start, stop)
        words = text.low[first:last]
        infinitive = is_infinitive(words)
        used = _used(text, first, last, stop) if infinitive else _used_too(text, part, using, found) if number else None
        if used is not None:
            found.append(used)
            using = using or "tool"
            continue
        if _is_no_doing(text, part, first, last) or (being and not infinitive and not text.has_verb(first, last)):
            being = True  # « savoir [être à l'écoute, patient], négocier »
            continue
        using, being = "any" if words.startswith(_USING) else None, False
        if not infinitive:
            if not (found and _is_object(text, found[-1], part)):
                break
            found[-1] = replace(found[-1], end=last, label=found[-1].label + text.low[found[-1].end : last])
            continue
        if asked and joined is None and _shares_object(text, first, last, part.end, end):
            joined = first
            continue
        known = text.spot_at(first, last)
        plain = known is not None and known.start == first and known.term.kind == "doing" and joined is None
        if known is not None and plain and not has_complement(text, known, last):
            found.append(Named(known.start, known.end, known.term.label, known.term.category, known=True))
            continue
        named = name(text, Element(first, stop, part.before), "know-how") if asked else None
        if named is None:
            break
        if joined is not None:
            if named.category == "know-how":
                named = replace(named, start=joined, label=_AGAIN.sub(" ", text.low[joined : named.end], count=1))
            joined = None
        elif " " not in named.label and not named.known and number == 0 and not _after_knowing_how(text, start, first):
            break
        found.append(named)
    return found


def _used(text: Text, start: int, end: int, stop: int) -> Named | None:
    """The tool that is used: « utiliser [un défibrillateur] », « se servir [d'une pince] », « manier [la pelle] »."""
    using = _USE.match(text.low, start, end)
    if using is None or not WORDS["no_tools"].isdisjoint(text.words_in(using.end(), end)[:3]):
        return None
    named = name(text, Element(using.end(), stop, ","), "tool")
    known = named is not None and text.spot_at(named.start, named.end) is not None
    if named is None or named.category != "tool" or (using["by_hand"] and not known):
        return None
    return None if named.label.lower() in LISTS["tools.heads"] else named


def _used_too(text: Text, part: Element, using: str | None, found: list[Named]) -> Named | None:
    """What is used beside a tool: « utiliser une soudeuse [et un réflectomètre] »."""
    if using is None or text.has_verb(part.start, part.end):
        return None
    beside = product(text, part, None) or (shared(text, part, found[-1]) if found else None)
    if beside is not None or using == "any":
        return beside or name(text, part)
    return name(text, part, "tool") if text.opens_determined(part.start, part.end) else None


def _is_no_doing(text: Text, part: Element, first: int, last: int) -> bool:
    """Whether a part of an enumeration tells what one is or has, or only takes up what was named."""
    own, words = text.low[part.start : part.end].lstrip(), text.low[first:last]
    if _TAKEN_UP.match(own) and is_infinitive(words) and _OBJECT.search(words) is None:
        return True
    return own.startswith(_NO_DOING) or words.startswith(_NO_DOING) or shows(text, text.low.find(" ", first, last))


def _is_object(text: Text, doing: Named, part: Element) -> bool:
    """Whether a part is one more object of what is done before it: « analyser le marché [et les prix] »."""
    if part.before not in {"et", "ou"} or doing.known or doing.category != "know-how":
        return False
    start, end = trimmed(text, part.start, part.end)
    if text.low[doing.end : part.start].strip() != part.before or text.has_verb(start, end) or text.spot_at(start, end):
        return False
    able = _ABLE.match(text.low, part.start, part.end) is not None or text.match(CUES["knowing"], start, end) is not None
    return not able and text.opens_determined(part.start, part.end)


def _parts(text: Text, start: int, end: int) -> Iterator[Element]:
    """The parts of an enumeration, of which « aussi bien [écrire] que [parler] » makes two."""
    both = text.low.find("aussi bien ", start, end) >= 0 or text.low.find("autant ", start, end) >= 0
    for part in elements(text, start, end):
        than = _THAN.search(text.low, part.start, part.end) if both else None
        if than is not None and is_infinitive(text.low[than.end() : part.end]):
            yield Element(part.start, than.start(), part.before)
            part = Element(than.end(), part.end, "que")  # noqa: PLW2901 - the rest of it
        yield part


def _after_knowing_how(text: Text, start: int, verb: int) -> bool:
    """Whether « savoir » stands right before the verb at ``verb``: « savoir nager »."""
    return text.low[max(text.start, start - _ABLE_BEFORE) : verb].rstrip().removesuffix(" pas").endswith(_KNOWING_HOW)


def has_complement(text: Text, verb: Spot, end: int) -> bool:
    """Whether what a known verb is done to or with follows it: « communiquer [avec ses clients] », not « s'adapter à tout »."""
    if verb.first < verb.last and _TOWARDS.match(text.low, verb.end, end):
        return False
    return (
        text.opens_determined(verb.end, end)
        or text.low.startswith(_ANY, verb.end)
        or (_WITH.match(text.low, verb.end, end) is not None and not shows(text, verb.end))
    )


def shows(text: Text, start: int) -> bool:
    """Whether a quality is shown in what one does: « travailler [avec rigueur] »."""
    shown = _WITH_WHAT.match(text.low, start)
    quality = text.spots.get(shown.end()) if shown else None
    return quality is not None and quality.term.kind == "quality"


def _shares_object(text: Text, first: int, last: int, stop: int, end: int) -> bool:
    """Whether the lone infinitive at ``first`` shares the object of the next one: « encadrer et motiver son équipe »."""
    known = text.spots.get(first)
    if " " in text.low[first:last] or "'" in text.low[first:last] or (known is not None and known.term.category == "soft"):
        return False
    following = next((part for part in elements(text, stop, end) if part.before in {"et", "ou"}), None)
    if following is None or text.low[last : following.start].strip() not in {"et", "ou"}:
        return False
    words = text.low[following.start : following.end].strip().removeprefix("de ").removeprefix("d'").split()
    return is_infinitive(" ".join(words)) and len(words) > 1 and not words[1].startswith(_MEANS)  # « forger et souder à l'arc »
