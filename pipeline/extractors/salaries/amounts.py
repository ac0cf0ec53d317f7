"""Reads sums of money in running French text.

Text in normal form and a stretch of it go in; :class:`Amount` objects come out, in reading order: a value,
a range (« de 40 à 80 K€ »), a sum at least (« à partir de … ») or at most (« jusqu'à … ») so great. A unit
or a « K » that is printed once for two numbers serves both. Whether a sum is a pay is not decided here.

A number without any unit is an amount only where the words after it can only speak of pay (« 2,85 brut »,
« 159,56 par cachet »); its ``currency`` is then None, as it is for a bare « 35K ».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.extractors.salaries import bounds
from pipeline.extractors.salaries.numbers import Number, numbers
from pipeline.normal import lowered


class Amount(NamedTuple):
    """A sum of money.

    ``start`` and ``end`` bound the words of it: those of comparison (« entre », « environ », « et plus »), the
    numbers and the unit; ``first`` is where its first number stands, ``unit_end`` where the unit of a lone number
    ends. ``bound`` is ``value``, ``range``, ``above`` or ``below``; ``hinge`` is the word that joins it to the
    amount before it, where « de 1 800 à 2 900 € » tells of a progress and not of a range (``from``, ``to``), else empty.
    """

    start: int
    end: int
    first: int
    minimum: float | None
    maximum: float | None
    currency: str | None
    bound: str
    hinge: str = ""
    unit_end: int = 0


_DIGIT = re.compile(r"\d")
#: A sum needs one of these to be a sum.
HINT = re.compile(
    r"(?=[€$£\dcdefglu])(?:[€$£]|\beuros?\b|\beur\b|\d ?k\b|\d ?eur|francs?\b|\bchf|\bfcfa|dollar|\d ?f\b|\bcad\b|\busd\b|"
    r"\bgbp\b|livres\b|dirham)"
)
#: One of these, or a digit, stands wherever :data:`HINT` is found.
_HINTED = ("€", "eur", "$", "£", "franc", "chf", "cfa", "dollar", "cad", "usd", "gbp", "livres", "dirham")
_QUALIFIERS = r"(?:(?: |/)?(?:bruts?|nets?|brute|par mois|par an|par jour|mensuels?|annuels?|ht|/ ?mois|/ ?an|/ ?jour)\b){0,6}"
_SPAN_GAP = re.compile(
    _QUALIFIERS
    + (
        r"(?:\.?-)?\+? ?(?:-{1,2}|à|a|jusqu'à|à plus d[e']|et jusqu'à|/|ou|to) ?(?:environ |plus d[e'] |"
        r"près d[e'] |les )?$"
    )
)
#: « 2 100 €, voire 2 400 € », and nothing said of the second.
_EVEN_GAP, _NO_MORE = re.compile(_QUALIFIERS + r",? voire (?:jusqu'à |même )?$"), re.compile(_QUALIFIERS + r" ?(?:[.;)\n]|$)")
#: « entre deux et trois mille euros »: what stands between two numbers of which the second alone says « mille ».
_THOUSANDS_GAPS = frozenset((" à ", " et ", "-"))
_AND_GAP = re.compile(_QUALIFIERS + r" ?(?:\([^()]{0,40}\) ?)?et (?:d'environ |environ |près d[e'] )?$")
#: « de 55 K€ dans un réseau à 42 K€ chez un indépendant »: the ends of one range, unless they tell of a career.
_APART_GAP = re.compile(
    _QUALIFIERS
    + r" ?(?:\(|au |aux |chez |dans |en |pour |sur |à )[^,;:.()\d]{2,45}\)? (?:à|jusqu'à) (?:environ |près d[e'] )?$"
)
_FROM = re.compile(r"\b(?:de |d')$")
_OF_A_CAREER = re.compile(
    r"\b(?:années?|ans|apprenti|carrière|confirmé|début|départ|dernier|échelon|embauche|entrée|expériment|expérience|fin|junior|"
    r"premi|s[ée]nior|sortie)"
)
#: « La journée débute à 400 € et plafonne à 650 »: the ends of a rate.
_CLIMB_GAP = re.compile(
    _QUALIFIERS + r",? (?:et|mais|pour) (?:peut |peuvent )?"
    r"(?:attein\w+|culmin\w+|fini\w+|grimp\w+|mont\w+|plafonn\w+|va|s'élev\w+) ?(?:à|jusqu'à)? $"
)
_RATE_BEGINS = re.compile(
    r"\b(?:l[ae]s? |l'|une? )(?:demi-journée|forfait|heure|journée|mission|pige|prestation|séance|tarif|taux|tjm|vacation)s?\b"
    r"(?: [\w']+){0,4} (?:débute|démarre|commence|part)(?:nt)? (?:à|de) (?:environ )?$"
)
_COORDINATE = re.compile(r" ?(?:,|et|ou|puis|, puis|, et) (?:à |de |environ )?$")
_BETWEEN = re.compile(r"\bentre (?:environ |les )?$")
_MOVES = re.compile(
    r"\b(?:pass(?:e|er|ent|ant|era)|évolue\w*|progresse\w*|grimpe\w*)(?: \w+ment| ainsi| alors)? (?:de|"
    r"d')[ ]?(?:environ )?$"
)
#: « après 3 ans, la paie passe de 40 à 48 K€ »: a range at one stage of a career, not its two ends.
_AT_A_STAGE = re.compile(r"\b(?:après|au bout de|passé|à partir de|au-delà de) [\w ]{1,14}\b(?:ans|années)\b", re.IGNORECASE)
#: What may follow a bare number that is a sum.
_CLOSES = re.compile(
    r"(?:[.,;)]|$| (?:en|au|à|pour|dans|après|avec|chez|et|puis|quand|selon|sur|s'ils?|si|lorsqu|la \w{3,}ième)\b)"
)
_NOT_A_SUM_BEFORE = re.compile(r"(?:bac ?\+?|à|en|n°|niveau|échelon) $")
#: Below this a sum that goes on with the one before has two digits, as that has.
_SMALL = 100
#: How many characters may stand between two amounts that belong together.
_FAR = 80
_NO_UNIT_AFTER = re.compile(
    r" ?(?:%|°|ans?\b|années?|mois|jours?|h\b|heures?|semaines?|minutes?|km|m²|salariés|élèves|"
    r"personnes|e\b|ème|er\b|ère|pour cent|fois|points?|smic)",
)


def hints(words: str) -> bool:
    """Whether anything in ``words`` says that a sum is among them (:data:`HINT`)."""
    may = any(word in words for word in _HINTED) or _DIGIT.search(words) is not None
    return may and HINT.search(words) is not None


def amounts(text: str, start: int = 0, end: int | None = None, *, francs: str = "FRF", dollars: str = "USD") -> list[Amount]:
    """The sums of money in ``text[start:end]``, in reading order.

    ``francs`` and ``dollars`` are the currencies that these words mean where nothing else is said.
    """
    local = {"franc": francs, "dollar": dollars}
    return amounts_in_lower(lowered(text), start, len(text) if end is None else end, local.__getitem__)


def amounts_in_lower(lower: str, start: int, end: int, currency: Callable[[str], str]) -> list[Amount]:
    """:func:`amounts` of a text that is in lower case already (a sheet is lowered once, not once a sentence).

    ``currency`` says what « franc » and « dollar » mean: few sheets need to know.
    """
    return _joined(lower, start, numbers(lower, start, end, currency))


def _joined(text: str, start: int, printed: list[Number]) -> list[Amount]:
    """Numbers → amounts: pairs that make a range joined, units lent, bounds read."""
    found: list[Amount] = []
    for k in range(len(printed) - 2, -1, -1):
        if printed[k].unit is None and printed[k + 1].unit is not None and _coordinate(text, printed[k], printed[k + 1]):
            low, scale = _lend(printed[k], printed[k + 1])[0], _shared_scale(printed[k], printed[k + 1])
            printed[k] = printed[k]._replace(unit=printed[k + 1].unit, value=round(low / scale, 4), scale=scale)
    i, floor, scale = 0, start, 1.0
    while i < len(printed):
        first = printed[i]
        second = printed[i + 1] if i + 1 < len(printed) else None
        span = _span(text, floor, first, second) if second is not None else None
        if second is not None and span is not None:
            low, high = span
            unit = second.unit if second.unit is not None else first.unit
            moves = _MOVES.search(text, max(floor, first.start - 40), first.start)
            staged = moves and first.unit is None and _AT_A_STAGE.search(text, max(floor, moves.start() - _FAR), moves.start())
            if moves and not staged:
                found.append(Amount(first.start, first.end, first.start, low, low, unit or None, "value", "from"))
                found.append(Amount(second.start, second.end, second.start, high, high, unit or None, "value", "to"))
            else:
                lead = bounds.lead(text, max(floor, first.start - 40), first.start)
                begin = lead.start if lead is not None and lead.kind == "range" else first.start
                begin = _word_start(text, begin, floor)
                found.append(Amount(begin, second.end, first.start, min(low, high), max(low, high), unit or None, "range"))
            i, floor, scale = i + 2, second.end, second.scale
            continue
        if first.unit is None and found and scale > first.scale and first.value < scale:
            first = first._replace(scale=scale)  # « 30 à 38 K€ à 5 ans, plus de 45 au-delà »
        elided = first.elided or (bool(found) and _bare_coordinate(text, first, found[-1]))
        if elided and second is not None and second.unit is None and second.scale < first.scale and second.value < first.scale:
            second = second._replace(scale=first.scale)
        if elided and second is not None and first.unit is None and _bare_range(text, first, second):
            found.append(Amount(first.start, second.end, first.start, first.sum, second.sum, None, "range"))
            i, floor = i + 2, second.end
            continue
        if first.unit is not None or elided:
            found.append(_single(text, floor, first))
            floor, scale = first.end, first.scale
        i += 1
    return found


def _span(text: str, floor: int, first: Number, second: Number) -> tuple[float, float] | None:  # noqa: PLR0911 — one reason a line
    """The two sums of a range, or None where two numbers make none."""
    if second.start - first.end > 70 or (first.unit is None and second.unit is None and not second.elided):
        return None
    if second.unit is None and _NO_UNIT_AFTER.match(text, second.end):
        return None
    if first.unit and second.unit and first.unit != second.unit:
        return None
    low, high = _lend(first, second)
    if low < 10 and first.unit is None and high / 4 <= low * 1000 < high and text[first.end : second.start] in _THOUSANDS_GAPS:
        low *= 1000
    if high <= 0 or (low > 0 and max(low, high) / min(low, high) > (25 if first.unit is not None else 12)):
        return None
    gap = text[first.end : second.start]
    if " ou " in f" {gap} " and (gap.strip() != "ou" or not low < high <= 2 * low):
        return None
    if _SPAN_GAP.match(gap):
        before = text[max(floor, first.start - 9) : first.start]
        doubtful = first.unit is None and low != high and _NOT_A_SUM_BEFORE.search(before) is not None
        return None if doubtful and low <= 1000 and gap.strip() in {"à", "a"} else (low, high)
    if "voire" in gap:
        even = low < high and _EVEN_GAP.match(gap) is not None and _NO_MORE.match(text, second.end) is not None
        return (low, high) if even else None
    if first.unit is not None and low != high and max(low, high) <= 3 * min(low, high):
        lead = text[max(floor, first.start - 80) : first.start]
        if _CLIMB_GAP.match(gap) is not None and _RATE_BEGINS.search(lead) is not None:
            return low, high
        if _APART_GAP.match(gap) is not None and _FROM.search(lead) is not None:
            tail = text[second.end : second.end + 40].partition(".")[0]
            return None if _OF_A_CAREER.search(gap + tail) is not None else (low, high)
    between = _AND_GAP.match(gap) is not None and _BETWEEN.search(text, max(floor, first.start - 20), first.start) is not None
    return (low, high) if between else None


def _lend(first: Number, second: Number) -> tuple[float, float]:
    """The two sums, each with the scale that only the other one prints."""
    if first.scale == second.scale == 1.0:  # as most are
        low, high = first.value, second.value
    else:
        low, high = round(first.value * _shared_scale(first, second), 4), round(second.value * _shared_scale(second, first), 4)
    if first.unit is None and second.unit is not None and low < 1000 and high >= 10_000 and high / 4 <= low * 1000 <= high:
        low *= 1000  # « 25 à 30 000 € »
    return low, high


def _shared_scale(number: Number, other: Number) -> float:
    if number.scale != 1.0 or other.scale == 1.0 or number.value >= other.scale or number.value >= 1000:
        return number.scale
    return other.scale


def _coordinate(text: str, first: Number, second: Number) -> bool:
    """Whether « 1 800, » stands beside « 2 200 et 2 600 euros » and means euros, too."""
    if _COORDINATE.fullmatch(text, first.end, second.start) is None:
        return False
    low, high = _lend(first, second)
    year = first.end - first.start == len("2024") and 1900 <= low <= 2100
    return low > 0 and high > 0 and max(low, high) / min(low, high) <= 4 and not year


def _bare_coordinate(text: str, number: Number, before: Amount) -> bool:
    """Whether a number without unit goes on with the amount before it.

    « 46,60 euros …, 93,22 en tournée » and « 1 900 euros brut et le confirmé 2 600 »: of its size, joined to it,
    and not followed by a noun that it might count.
    """
    if number.scale not in {1.0, 1e3}:
        return False
    size = before.maximum or before.minimum or 0.0
    gap = text[before.end : number.start]
    if not size / 5 <= number.sum <= size * 5 or len(gap) > _FAR or _NO_UNIT_AFTER.match(text, number.end):
        return False
    if number.value != int(number.value):
        return re.search(r"(?:,|\bet|\bou|\()(?: à| de)? ?$", gap) is not None
    printed = text[number.start : number.end]
    year = len(printed) == len("2024") and 1900 <= number.value <= 2100
    return (
        not year
        and len(printed) >= (len("100") if number.scale == 1.0 and size >= _SMALL else len("10"))
        and re.search(r"(?:,|\bet|\bou|\bpuis|\bcontre|;)[^.()]*$", gap) is not None
        and _CLOSES.match(text, number.end) is not None
        and re.search(r"\b(?:indice|échelon|article|loi|code|n°|page)\w*(?: \w+)? $", gap) is None
    )


def _bare_range(text: str, low: Number, high: Number) -> bool:
    """Whether two numbers without a unit make a range: « dix ans plus tard, il en demande 250 à 320 »."""
    return (
        high.unit is None
        and low.sum < high.sum <= 4 * low.sum
        and text[low.end : high.start] in {" à ", "-", " - "}
        and _CLOSES.match(text, high.end) is not None
    )


def _single(text: str, floor: int, number: Number) -> Amount:
    lead = bounds.lead(text, max(floor, number.start - 60), number.start)
    minimum: float | None = number.sum
    maximum = minimum
    begin, bound, end = number.start, "value", number.end
    if lead is not None and lead.kind == "above":
        begin, bound, maximum = lead.start, "above", None
    elif lead is not None and lead.kind == "below":
        begin, bound, minimum = lead.start, "below", None
    else:
        hedge = bounds.hedge().search(text, max(floor, number.start - 30), number.start)
        begin = hedge.start() if hedge is not None else number.start
        if after := bounds.and_above().match(text, number.end):
            bound, maximum, end = "above", None, after.end()
        elif after := bounds.and_below().match(text, number.end):
            bound, minimum, end = "below", None, after.end()
    begin = _word_start(text, begin, floor)
    return Amount(begin, end, number.start, minimum, maximum, number.unit or None, bound, unit_end=number.end)


def _word_start(text: str, begin: int, floor: int) -> int:
    while begin > floor and text[begin - 1].isalpha():
        begin -= 1
    while text[begin : begin + 1].isspace() or text[begin : begin + 1] in {",", ":"}:
        begin += 1
    return begin
