"""Which occupation a sheet is about: its preferred title, from headline, page title or prose.

A :class:`~pipeline.reading.Reading` goes in, the place of the title in its text and the label come
out. Words that frame a title (« Fiche métier : », « Devenir », « : missions, salaire ») are patterns
in ``lexicons/titles.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.extractors.titles.heads import in_singular
from pipeline.extractors.titles.prose import spoken_of
from pipeline.french.gender import forms, strip_gender_mark
from pipeline.french.inflection import feminine_of, is_pair, masculine_of
from pipeline.french.occupations import abbreviates, is_head, names_occupation
from pipeline.lexicons import load
from pipeline.normal import lowered, normalise
from pipeline.reading import Reading
from pipeline.remembered import Remembered
from pipeline.sections import heading_kind


class Headline(NamedTuple):
    """A preferred title: where it was read, its label, and the rule that found it."""

    start: int
    end: int
    label: str
    rule: str


class _Candidate(NamedTuple):
    start: int
    end: int
    framed: bool


@cache
def _frame(which: str) -> re.Pattern[str]:
    """The patterns of ``[[before]]`` or ``[[after]]`` in the lexicon as one, for lines in lower case."""
    rows = "|".join(row["pattern"] for row in load("titles")[which])
    return re.compile(rf"\s*(?:{rows})" if which == "before" else rf"(?:{rows})")


#: What parts a headline: a spaced dash or bar, a colon, an arrow.
_PART = re.compile(r"\s+[-|›»>·•~]+\s+|\s*:\s+|\s*\|\s*|\s*[»›]\s*|\s:|\t")
_BRACKET = re.compile(r"\s*\(([^()]{2,80})\)$")
_LONGEST_ACRONYM = 6
_APPOSED = re.compile(r",\s+([^\W\d_]+(?:-[^\W\d_]+)*)\s+(?:de|du|des|d'|à|au|en)")
#: The end of an article before a name, and what a list of fields has rather than a gloss.
_TELLING = ("l'", "le ", "la ", "les ")
_COMMON = re.compile(r", | et |/")
_EDGES = ' \t:-|.,;!?»«"*#›>·•[]'
_ARTICLE = re.compile(r"(?:l'|(?:le ou la|la ou le|le/la|un ou une|un/e|une?|les?|la|des)\s+)(?=\w)")
_WINDOW = 25
_WORST = 6  # more than any level
_MASTHEAD = 3  # lines in which the name of the site may stand above the title
_LONGEST = 110


def headline(reading: Reading) -> Headline | None:
    """The preferred title of a sheet; None only for a text without any word."""
    for name in ("title", "title.masculine"):
        field = next(reading.field(name), None)
        if field is not None and field.end > field.start:
            return Headline(field.start, field.end, strip_gender_mark(reading.words(field)), "register")
    found = _from_headings(reading)
    if found and _is_taken_up(reading, found):
        return found._replace(label=_cased(reading, found)) if _is_shouted(found.label) else found
    page = _page_title(reading)
    if found:
        return _said_plainly(reading, page) or found
    return _from_page_title(reading, page) or _from_prose(reading) or _from_anything(reading, page)


def _is_taken_up(reading: Reading, found: Headline) -> bool:
    """Whether the text speaks of the head of a headline again: of a watchmaker, nobody takes up « Gardien du temps ».

    What is one word, or written in both genders, is no figure of speech.
    """
    head, _, rest = found.label.partition(" ")
    if not rest or not head.isalpha() or forms(found.label).inferred is False:
        return True
    both = {form.lower() for form in (head, feminine_of(head), masculine_of(head)) if form}
    return any(reading.lower.count(form) > reading.lower.count(form, found.start, found.end) for form in both)


def _said_plainly(reading: Reading, page: str) -> Headline | None:
    """The occupation by its name, where the headline calls it by a figure of speech: from the page's title, else the prose."""
    if plain := _from_page_title(reading, page):
        return plain
    plain = _from_prose(reading)
    return plain if plain and plain.start < _OPENING and reading.lower.count(plain.label.lower()) >= _OFTEN else None


#: Where and how often a text names an occupation at least that its headline calls otherwise.
_OPENING, _OFTEN = 800, 3


def _page_title(reading: Reading) -> str:
    return clean(normalise(reading.metadata.title or "").text)


def clean(line: str) -> str:
    """The title within a headline: « Fiche métier : Traffic Manager (H/F) - Le Mag » → « Traffic Manager »; else ''."""
    found = _within(line, lowered(line), 0, len(line))
    return strip_gender_mark(line[found.start : found.end]) if found else ""


def _within(text: str, low: str, start: int, end: int) -> _Candidate | None:
    """The part of a headline that names an occupation; ``low`` is the text in lower case."""
    parts, last = [], start
    for mark in _PART.finditer(text, start, end):
        parts.append((last, mark.start()))
        last = mark.end()
    parts.append((last, end))
    framed = False
    for first, stop in parts:
        candidate = _unframed(text, low, first, stop)
        framed = framed or candidate.framed
        words = text[candidate.start : candidate.end]
        label = strip_gender_mark(words)
        shorter = _without_gloss(label, told=low.endswith(_TELLING, first, candidate.start))
        if shorter != label:
            label = words = shorter
        if names_occupation(label):
            end = candidate.start + len(label) if words.startswith(label) else candidate.end
            return _Candidate(candidate.start, end, framed)
    return None


def _without_gloss(label: str, *, told: bool) -> str:
    """The name alone of « Maître-nageur (MNS) », « Responsable RSE (responsabilité …) », « éclusier, gardien de l'eau ».

    One that is ``told`` has an article before it: « La glacière, reine de l'été ».
    """
    bracket = _BRACKET.search(label)
    if bracket:
        name, gloss = label[: bracket.start()], bracket[1]
        spelt = any(abbreviates(word, gloss) for word in name.split())
        if (
            spelt
            or _is_other_name(name, gloss)
            or (gloss.isupper() and gloss.isalpha() and gloss[0] == name[0].upper() and len(gloss) <= _LONGEST_ACRONYM)
        ):
            return name
    comma = _APPOSED.search(label)
    if comma and is_head(comma[1]) and names_occupation(label[: comma.start()]) and forms(label).inferred is not False:
        return label[: comma.start()]
    name, _, gloss = label.partition(", ") if told else (label, "", "")
    if " " in gloss and not is_head(gloss.split()[0]) and _COMMON.search(gloss) is None and names_occupation(name):
        return name
    return label


def _is_other_name(name: str, gloss: str) -> bool:
    """Whether a bracket behind a name holds another of the same occupation: « contrôleur de gestion (business controller) »."""
    head = name.partition(" ")[0]
    return " " in gloss and names_occupation(gloss) and names_occupation(name) and not is_pair(head, gloss.partition(" ")[0])


def _unframed(text: str, low: str, start: int, end: int) -> _Candidate:
    """A part of a headline without the words that frame the title."""
    framed = False
    while match := _frame("before").match(low, start, end):
        if match.end() == start:
            break
        framed, start = True, match.end()
    if match := _frame("after").search(low, start, end):
        end = match.start()
    while start < end and text[start] in _EDGES:
        start += 1
    if match := _ARTICLE.match(low, start, end):
        start = match.end()
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return _Candidate(start, end, framed)


def _from_headings(reading: Reading) -> Headline | None:
    """The best of the headings and short first lines: framed before plain, higher before lower, first before later."""
    best, least = None, _WORST
    for start, end, level in _lines(reading):
        if level >= least:
            continue  # were it framed, it would be no better than the best before it
        candidate = _within(reading.text, reading.lower, start, end)
        if candidate and level + (not candidate.framed) < least:
            best, least = candidate, level + (not candidate.framed)
            if not least:
                break
    if best is None:
        return None
    return Headline(best.start, best.end, strip_gender_mark(reading.text[best.start : best.end]), "headline")


def _lines(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """(start, end, level) of lines that may be the headline: 0 for the top heading, 4 for a line below the site's name."""
    headings = 0
    for rank, block in enumerate(reading.blocks):
        words = reading.text[block.start : block.end]
        if block.kind == "heading":
            headings += 1
            if (block.depth == 1 or headings == 1) and len(words) <= _LONGEST:
                yield block.start, block.end, 0 if block.depth == 1 else 2
            elif rank < _MASTHEAD and len(words) <= _LONGEST and heading_kind(words) is None:
                yield block.start, block.end, 4  # below the name of the field
        elif block.kind == "paragraph" and len(words) <= _LONGEST and words[-1:] not in ".;,":
            if not headings:
                yield block.start, block.end, 3
            elif rank < _MASTHEAD:
                yield block.start, block.end, 4
        if rank >= _WINDOW:
            return


_SHORTEST_SHOUT = 6  # below, capitals are an acronym


def _is_shouted(label: str) -> bool:
    """Whether a title stands in capitals, and is no acronym."""
    return label.isupper() and len(label) >= _SHORTEST_SHOUT


def _cased(reading: Reading, found: Headline) -> str:
    """The label of a title in capitals as the sheet prints it elsewhere, else with one capital."""
    label, page = found.label, _page_title(reading)
    if page.lower() == label.lower() and not page.isupper():
        return page
    for match in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", reading.text, re.IGNORECASE):
        if not match.group().isupper():
            return match.group()[0].upper() + match.group()[1:]
    return label.capitalize()


def _from_page_title(reading: Reading, page: str) -> Headline | None:
    """The title of the page, where the text has it in one form or the other."""
    both = forms(page) if page else None
    for name in (page, both and both.masculine, both and both.feminine):
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", reading.text, re.IGNORECASE) if name else None
        if match:
            return Headline(match.start(), match.end(), page, "page-title")
    return None


def _from_prose(reading: Reading) -> Headline | None:
    """The occupation that the sentences speak of; a line that the cleaning took away may give its name in full."""
    gone = [_CLEAN[line.text] for line in reading.sheet.dropped if len(line.text) <= _LONGEST]
    span = spoken_of(reading.text, reading.lower, [(block.start, block.end) for block in reading.blocks], gone)
    if span is None:
        return None
    name = in_singular(reading.text[span[0] : span[1]])
    for line in gone:
        both = forms(line) if line else None
        if both and name.lower() in {form.lower() for form in (both.feminine, both.masculine) if form}:
            return Headline(*span, line, "prose")
    return Headline(*span, name, "prose")


#: The lines that are dropped are those that a site repeats on all its pages.
_CLEAN = Remembered(lambda line: clean(normalise(line).text))


def _from_anything(reading: Reading, page: str) -> Headline | None:
    """Where nothing names a known occupation: the top heading, the page's title, or the first words."""
    for block in reading.blocks:
        if block.kind != "heading":
            continue
        candidate = _unframed(reading.text, reading.lower, block.start, block.end)
        if candidate.start < candidate.end and (candidate.framed or not heading_kind(reading.words(block))):
            part = _PART.search(reading.text, candidate.start, candidate.end)
            end = part.start() if part and part.start() > candidate.start else candidate.end
            return Headline(candidate.start, end, strip_gender_mark(reading.text[candidate.start : end]), "heading")
    first = next((b for b in reading.blocks if b.end > b.start), None)
    if first is None:
        return None
    return Headline(first.start, first.end, page or reading.words(first)[:_LONGEST], "first-line")
