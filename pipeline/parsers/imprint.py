"""Author and dates of a page, out of the bylines that the noise rules dropped: :func:`read_imprint`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from pipeline.parsers.wording import plain
from pipeline.sheet import Metadata, Piece

_BYLINES = frozenset(("byline", "author-line", "name-and-date", "author-names"))
_DATE = re.compile(
    r"\b(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})\b|\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{4})-(\d\d)-(\d\d)\b"
)
_MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
_CHANGED = re.compile(r"a jour|modifi|actualis|maj\b|verifi")
_BY = re.compile(
    r"(?:\bpar |^(?:auteure?(?:\(e\))?|textes?|rédaction|interview) ?: ?)(?=\S)(?P<name>[^,|(–—\d]{3,50}?)\s*"
    r"(?:$|[,|(–—-]|\ble\b|\bdans\b)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"^(?P<name>(?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+)(?: \(|,? (?:[-–—|·] )?(?:le )?\d)")


def read_imprint(pieces: Iterable[Piece]) -> Metadata:
    """The author and dates that the dropped bylines among ``pieces`` state."""
    found = Metadata()
    for piece in pieces:
        if piece.drop is None or piece.drop[1] not in _BYLINES:
            continue
        line = plain(piece.text)
        dates = [d for d in map(_date, _DATE.finditer(line)) if d]
        if dates:
            changed = _CHANGED.search(line)
            if changed:
                before = [d for d in map(_date, _DATE.finditer(line, 0, changed.start())) if d]
                found = replace(
                    found, modified=found.modified or dates[-1], published=found.published or (before[0] if before else None)
                )
            else:
                found = replace(found, published=found.published or dates[0])
        name = _SIGNED.match(piece.text) or _BY.search(piece.text)
        if name and found.author is None:
            found = replace(found, author=name.group("name").strip())
    return found


def _date(match: re.Match[str]) -> dt.date | None:
    day, month, year, day2, month2, year2, year3, month3, day3 = match.groups()
    try:
        if month:
            return dt.date(int(year), _MONTHS.get(month, 0), int(day))
        return dt.date(int(year2 or year3), int(month2 or month3), int(day2 or day3))
    except ValueError:
        return None
