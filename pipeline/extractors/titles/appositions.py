"""Other names in apposition to the occupation: « le géomètre (ou topographe) », « le grutier ou conducteur de grue lève … ».

A :class:`~pipeline.reading.Reading` and its job holder go in, (name, rule) pairs come out: the names that stand early in the
sheet beside a mention of the whole name, in brackets, between commas or dashes, or after a bare « ou ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.titles.announcements import LONGEST_LABEL, Found
from pipeline.extractors.titles.holder import Holder
from pipeline.extractors.titles.lists import names
from pipeline.extractors.titles.members import Name
from pipeline.extractors.titles.prose import in_full
from pipeline.french.occupations import abbreviates, names_occupation
from pipeline.reading import Reading

_APPOSITION = re.compile(r"\((?:ou (?:encore |bien )?)?|, ou (?:encore |bien |plutôt )?|- ou (?:encore |bien )?")
_APPOSING = ("(", ", ou ", "- ou ")
#: Where or when a name in apposition is said.
_PLACE = re.compile(r"\s(?:dans|en|à|au|aux|chez|selon|suivant|outre-\w+)(?=\s)")
_OPENING = 3000
_TONGUE = " en anglais"


def apposed(reading: Reading, holder: Holder) -> Iterator[Found]:
    """« le géomètre (ou topographe) », « l'imprimeur, ou conducteur offset, »: early in the sheet, and closed again."""
    text = reading.text
    low = reading.lower[:_OPENING]
    nouns = tuple(ending for noun in holder.nouns for ending in (noun, f"{noun}s"))
    for at in _openings(low, _APPOSING):
        noun_end = at - (low[max(0, at - 1) : at] == " ")
        if not low.endswith(nouns, max(0, noun_end - LONGEST_LABEL), noun_end):
            continue
        match = _APPOSITION.match(low, at)
        if match is None:
            continue
        mark = match.group()
        stop = text.find(")" if "(" in mark else " - " if "-" in mark else ",", match.end(), match.end() + LONGEST_LABEL)
        if stop < 0 or "\n" in text[match.end() : stop]:
            continue
        stop -= len(_TONGUE) * text.endswith(_TONGUE, match.end(), stop)
        acronym = text[match.end() : stop]
        if "(" in mark and any(abbreviates(acronym, noun) for noun in holder.nouns):
            yield Name(match.end(), stop, acronym), "acronym"
            continue
        found = [n for n in names(reading, match.end(), stop) if "ou" in mark or not n.label.isupper()]
        whole = found and (found[-1].end >= stop - 1 or _PLACE.match(low, found[-1].end, stop))
        if whole and found[0].start <= match.end() + 4:
            yield from ((name, "apposition") for name in found)
    yield from ((name, "either") for name in _either(reading, low, holder))


#: What stands before a name that opens a sentence.
_OPENS = ("\nle ", "\nla ", "\nl'", "\nun ", "\nune ", ". le ", ". la ", ". l'", ". un ", ". une ")


_HEAD = re.compile(r"(?![ldLD]')[^\W\d_]+(?:-[^\W\d_]+)*")


def _either(reading: Reading, low: str, holder: Holder) -> Iterator[Name]:
    """« Le grutier ou conducteur de grue lève … »: a name bare of an article after the whole name that opens a sentence."""
    whole = [noun for noun in holder.nouns if not any(other.startswith(f"{noun} ") for other in holder.nouns)]
    for noun in sorted(whole):
        at = low.find(f"{noun} ou ")
        if at < 0 or not low.endswith(_OPENS, 0, at):
            continue
        start = at + len(noun) + len(" ou ")
        head = _HEAD.match(reading.text, start)
        if head is not None:
            start, end = in_full(reading.text, head.span())
            label = reading.text[start:end]
            if names_occupation(label):
                yield Name(start, end, label)


def _openings(low: str, marks: tuple[str, ...]) -> list[int]:
    """Where one of a few marks stands, in the order of the text."""
    found = []
    for mark in marks:
        at = low.find(mark)
        while at >= 0:
            found.append(at)
            at = low.find(mark, at + 1)
    return sorted(found)
