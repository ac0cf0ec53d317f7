"""Reads the titles of a sheet: its own name, its other names, and the occupations it leads to.

The preferred title is found by :mod:`pipeline.extractors.titles.headlines`. Other names and careers stand in a
register's fields, under headings of their own, after a label (« Autres intitulés : … »), or in
sentences after words that announce them (``lexicons/titles.toml``); :mod:`pipeline.extractors.titles.lists` reads
the lists that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors import Earlier
from pipeline.extractors.titles.alternates import alternates
from pipeline.extractors.titles.announcements import Announced, Found
from pipeline.extractors.titles.careers import careers, is_move
from pipeline.extractors.titles.headlines import headline
from pipeline.extractors.titles.holder import holder_of
from pipeline.extractors.titles.members import Name
from pipeline.extractors.titles.outlooks import Outlooks
from pipeline.french.gender import forms, strip_gender_mark
from pipeline.reading import Reading
from pipeline.records import Title


def extract(reading: Reading, earlier: Earlier) -> Iterator[Title]:  # noqa: ARG001
    """Yield the preferred title, then the alternates, then the careers, each name once."""
    found = headline(reading)
    if found is None:
        return
    title = _title(reading, Name(found.start, found.end, found.label), kind="preferred", rule=found.rule)
    _register_forms(reading, title, "title", "")
    yield title
    told, registered = _keys(title), set[str]()
    for other in _registered(reading):
        keys = _keys(other)
        if keys.isdisjoint(told) and keys.isdisjoint(registered):
            registered |= keys
            yield other
    holder = holder_of(title)
    outlooks = Outlooks(reading)
    announced = Announced(reading, outlooks)
    for other_name in alternates(reading, holder, announced):
        yield from _unless_seen(reading, other_name, "alternate", told, registered)
    for move in careers(reading, announced, outlooks, holder):
        # A register counts a specialty among the other names: one to which its text says that one can move is a career, too.
        yield from _unless_seen(reading, move, "career", told, *(() if is_move(move[1]) else (registered,)))


def _unless_seen(reading: Reading, found: Found, kind: str, told: set[str], *seen: set[str]) -> Iterator[Title]:
    """The title of a name, unless it is ``told`` or otherwise ``seen``; it is told from then on."""
    name, rule = found
    key = _key(name.label)
    if key in told or any(key in keys for keys in seen):
        return  # most are read twice: where they are listed, and where they stand bare
    title = _title(reading, name, kind=kind, rule=rule)
    keys = _keys(title)
    if keys.isdisjoint(told) and all(map(keys.isdisjoint, seen)):
        told |= keys
        yield title


def _registered(reading: Reading) -> Iterator[Title]:
    """The synonyms of a register; one that states no label goes by its masculine form."""
    labelled = {f.key for f in reading.field("synonym")}
    for field in reading.fields:
        if field.name != "synonym" and (field.name != "synonym.masculine" or field.key in labelled):
            continue
        other = _title(reading, Name(field.start, field.end, reading.words(field)), kind="alternate", rule="register")
        _register_forms(reading, other, "synonym", field.key)
        yield other


def _keys(title: Title) -> set[str]:
    """What makes two titles the same name: the label and both forms, whatever the case, the apostrophe and the number."""
    return {_key(form) for form in {title.label, title.feminine, title.masculine} if form}


#: The sign of the plural comes first in it, for which a text is searched at once; then what stands before that.
_PLURAL = re.compile(r"[sx](?!\w)(?<=[^\W\d_]{3}.)")


def _key(form: str) -> str:
    return _PLURAL.sub("", form.lower().replace("’", "'"))


def _label(reading: Reading, name: Name) -> str:
    """The label of a name as the sheet prints it, without « (H/F) »."""
    label = strip_gender_mark(name.label)
    if label != reading.text[name.start : name.end]:
        return label
    start, end = reading.normal.back(name.start, name.end)
    return reading.sheet.text[start:end]


def _title(reading: Reading, name: Name, *, kind: str, rule: str) -> Title:
    """A title with both forms of its label; a derived form that the sheet prints somewhere was read, not inferred."""
    label = strip_gender_mark(name.label)
    both = forms(label)
    inferred = both.inferred
    if inferred and both.feminine and both.masculine and both.feminine != both.masculine:
        derived = both.feminine if both.masculine == label else both.masculine
        inferred = derived.lower() not in reading.lower
    return Title(
        start=name.start,
        end=name.end,
        rule=rule,
        label=_label(reading, name),
        kind=kind,
        feminine=both.feminine,
        masculine=both.masculine,
        gender_inferred=inferred,
    )


def _register_forms(reading: Reading, title: Title, name: str, key: str) -> None:
    """The forms that a register states win over those read from the label."""
    stated = {f.name: reading.words(f) for f in reversed(reading.fields) if f.key == key and f.name.startswith(f"{name}.")}
    feminine, masculine = stated.get(f"{name}.feminine"), stated.get(f"{name}.masculine")
    if feminine or masculine:
        title.feminine, title.masculine = feminine or title.feminine, masculine or title.masculine
        title.gender_inferred = title.gender_inferred and not (feminine and masculine)
