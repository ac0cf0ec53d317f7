"""Finds the amounts and SMIC mentions of a sentence and cuts the sentence into one clause for each.

A stretch of normal text goes in; :class:`Mention` objects come out, in reading order, each with the words
of its own clause to its left and right (lower case).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extractors.salaries.amounts import Amount, amounts_in_lower
from pipeline.extractors.salaries.cues import cue
from pipeline.extractors.salaries.numbers import number_value, words_value

_GLUED = re.compile(
    r"[ <](?:(?<= )(?=[A-ZÀ])(?<=[a-zà-ÿ)] )(?=(?:Le|La|Les|Un|Une|En|Au|Il|Elle|Pour|À|A|De|Entre|Jusqu'à|Avec) [a-zà-ÿ0-9])|"
    r"(?<=<)br ?/?>)"
)
_CONJUNCTION = re.compile(
    r",? ?\b(?:puis|tandis qu|alors qu|contre|mais|soit|comparativement|pour atteindre|avant d'|"
    r"quand|et jusqu'|et peu(?:t|vent)|voire|ou bien|et plus d|et même)"
)
_TRAILING = re.compile(
    r" ?(?:pour|dans|en|hors|primes?|auxquel|selon|variable|à l|à la|chez|avec|sans|après|au |aux |y compris|brut|net|par|sur|"
    r"toutes|tous|avant|dont|s'y|plus|et |ce |ou |qui|si )"
)
#: Where the words on an amount end; it begins with a set of characters, for which a text is searched at once.
_TAIL = re.compile(
    r"[,;. ](?:(?<=;)|(?<=,) ?(?:mais\b|(?:le|la|les|il|elle|ce|cela|celui-ci) )|(?<=,) dont |(?<= )\((?:source|ex\b)|"
    r"(?:(?<=,) |(?<= ))(?:selon|suivant|en fonction)(?! la grille| les? barème)\b|"
    r"(?:(?<=[,;.]) |)(?:très |mais |cette somme étant )?variables? (?:en fonction|selon|d'une?|suivant))"
)
_RESTATED = re.compile(
    r"^[^.;]{0,30}?(?:\(|\bsoit\b|c'est-à-dire|\bou\b|=)[ ]?(?:soit |environ |un |une )*(?:rémunération |"
    r"salaire )?(?:annuel\w* |mensuel\w* )?(?:d'|de )?(?:environ |approximativement |près de )?$"
)
_SMIC_LINK = re.compile(
    r"^ ?(?:bruts?|nets?|par mois|mensuels?|/ ?mois|horaire|en vigueur|la première année|ou presque|\d{4}| ){0,12} ?"
    r"[(,:=-]{0,2} ?"
    r"(?:soit|c'est-à-dire|(?:l')?équivalent|ou)?(?: au?x? | le | du | environ | de | niveau | montant ){0,8} ?$"
)


_SHARE = re.compile(r"(?<![\d,.])(\d{2,3}(?:[.,]\d+)?) ?%")
#: By what the share of an apprentice goes; what is told of the people of a trade, and not of their pay.
_OF_APPRENTICES = re.compile(r"\bans\b|année|âge|\bapprenti|alternant|majeur|mineur|contrat|révolus")
_OF_A_CROWD = re.compile(r"insertion|réussite|taux|femmes|hommes|jeunes|élèves|étudiants|embauché|emplois?\b|trouvent|diplômés")
_NAMED = {"double": 2.0, "triple": 3.0, "moitié": 0.5}
_OTHER_SHARE = re.compile(r" (?:de (?!\d)|d'|du |des |supplémentaire|en plus|sur )| ?(?:à|-|ou) \d+ ?%")
_PLUS = re.compile(r" ?(?:brut |net )?(?:\+|plus) ?")
_BETWEEN_SHARES = re.compile(r"\bentre \d{1,3} ?% et \d")


@dataclass(slots=True)
class Mention:
    """An amount, or a multiple of the SMIC, and the clause that it stands in.

    ``left`` and ``right`` are the lower-cased words of the clause before and after it; ``before`` those since
    the mention before, or since the start of the sentence; ``restates`` is true where it says the mention
    before once more (« soit … », « (… par an) »), ``elided`` where its unit
    is that of the pay before. ``core`` is where its first part ends, where an amount and the
    SMIC tell of one pay.
    """

    start: int
    end: int
    minimum: float | None
    maximum: float | None
    currency: str | None
    rule: str
    smic: float | None = None
    hinge: str = ""
    left: str = ""
    right: str = ""
    before: str = ""
    clause: tuple[int, int] = (0, 0)
    restates: bool = False
    elided: bool = False
    core: int = 0

    @property
    def size(self) -> float:
        """A sum to judge it by: its upper bound, else its lower one."""
        return self.maximum or self.minimum or 0.0


def split(text: str, lower: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence cut where a full stop was lost (« … publique Le revenu moyen … »); ``lower`` is ``text`` in lower case."""
    inside = start + 1
    small = text[inside:end] == lower[inside:end] and text.find("<", start, end) < 0  # no capital, no tag: mostly so
    if small or _GLUED.search(text, start, end) is None:
        return [(start, end)]
    cuts = [start, *(m.end() for m in _GLUED.finditer(text, start, end)), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def mentions(text: str, lower: str, start: int, end: int, currency: Callable[[str], str]) -> list[Mention]:
    """The mentions of the sentence ``text[start:end]``; ``lower`` is ``text`` in lower case.

    ``currency`` says what « franc » and « dollar » mean in the sheet.
    """
    found = [_of_amount(a) for a in amounts_in_lower(lower, start, end, currency)]
    if "smic" in lower[start:end] or "salaire minimum" in lower[start:end]:
        found = _with_smic(lower, start, end, found)
    _cut(text, lower, start, end, found)
    return found


#: « Après dix ans, il en gagne 3 300. », « Le chef atteint 4 200. »: a sum that takes its unit from the sentence before.
_BARE_SUM = re.compile(
    r"\b(?:en (?:est|sera) (?:déjà |alors )?à (?=\d{3}|\d \d)|"
    r"en (?:dégag|demand|empoch|esp[éè]r|gagn|obt|perç|récl|retir|tir|touch)\w+(?: [a-zé]+){0,2} "
    r"(?=\d{3}|\d \d|(?:de|entre) \d)|"
    r"(?:(?:approch|attei|avoisin|dépass|empoch|fris|frôl|gagn|perç|touch)\w+(?: les)?|"
    r"(?:culmin|grimp|mont|pass|plafonn|termin)\w+ à|tourn\w+ autour de) "
    r"(?=\d{1,2} ?\d{3}\b))(?P<sum>(?:(?:de|entre) )?\d{1,3}(?: ?\d{3})?(?: (?:à|et) \d{1,3}(?: ?\d{3})?)?)"
    r"(?= ?(?:[.;,!?]|$| (?:après|au|dans|en|et|pour|à) ))"
)


def bare_sum(text: str, lower: str, start: int, end: int, currency: str) -> Mention | None:
    """The sum in ``currency`` that a sentence tells without a unit, if it does."""
    match = _BARE_SUM.search(lower, start, end)
    read = amounts_in_lower(f"{match['sum']} €", 0, match.end("sum") - match.start("sum") + 2, str) if match is not None else []
    if match is None or len(read) != 1:
        return None
    mention = _of_amount(read[0]._replace(start=match.start("sum"), end=match.end("sum"), currency=currency, unit_end=0))
    mention.elided = True
    _cut(text, lower, start, end, [mention])
    return mention


def bare_shares(text: str, lower: str, start: int, end: int) -> list[Mention]:
    """The shares of the SMIC that a sentence tells without naming it again: « De 18 à 20 ans, ce sera 43 % puis 51 %. »."""
    if "%" not in lower[start:end] or not _OF_APPRENTICES.search(lower, start, end) or _OF_A_CROWD.search(lower, start, end):
        return []
    found = [_of_share(match) for match in _SHARE.finditer(lower, start, end) if _is_share(match)]
    _cut(text, lower, start, end, found)
    return found


def _is_share(match: re.Match[str]) -> bool:
    """Whether a percentage is a share of its own: not of something else, and not the lower end of a range."""
    lower, between = match.string, max(match.start() - len("entre "), 0)
    return not (_OTHER_SHARE.match(lower, match.end()) or _BETWEEN_SHARES.match(lower, between))


def _of_share(match: re.Match[str]) -> Mention:
    share = round(number_value(match[1]) / 100, 4)
    return Mention(match.start(), match.end(), None, None, None, "smic", smic=share, elided=True)


def _of_amount(amount: Amount) -> Mention:
    start, end, _, minimum, maximum, currency, bound, hinge, unit_end = amount
    return Mention(start, end, minimum, maximum, currency, bound, None, hinge, core=unit_end if unit_end < end else 0)


def _with_smic(lower: str, start: int, end: int, found: list[Mention]) -> list[Mention]:
    for match in cue("smic", "multiple").finditer(lower, start, end):
        if any(m.start <= match.start() < m.end for m in found):
            continue
        found.append(Mention(match.start(), match.end(), None, None, None, "smic", smic=_multiple(match)))
        if match["share"]:
            found.extend(_elided_shares(lower, start, end, match))
    found.sort(key=lambda m: m.start)
    merged: list[Mention] = []
    for mention in found:
        last = merged[-1] if merged else None
        if last is not None and last.smic and mention.size and _PLUS.fullmatch(lower, last.end, mention.start):
            continue  # « le Smic + 100 € »
        if last is not None and (last.smic is None) != (mention.smic is None) and not (last.smic and last.size):
            gap = lower[last.end : mention.start]
            if len(gap) < 45 and _SMIC_LINK.match(gap) and gap.strip(" ,"):
                last.smic = last.smic if last.smic is not None else mention.smic
                if mention.smic is None:
                    last.minimum, last.maximum, last.currency = mention.minimum, mention.maximum, mention.currency
                    last.rule = mention.rule
                last.core = last.core or last.end
                last.end = mention.end
                continue
        merged.append(mention)
    return merged


def _elided_shares(lower: str, start: int, end: int, first: re.Match[str]) -> list[Mention]:
    """The shares that take « du Smic » from a coordinate: « 27 % du Smic la première année, 39 % la deuxième »."""
    found = []
    for match in _SHARE.finditer(lower, start, end):
        apart = match.end() <= first.start() or first.end() <= match.start()
        if apart and _is_share(match):
            found.append(_of_share(match))
    return found


def _multiple(match: re.Match[str]) -> float:
    """How many SMIC a mention speaks of; of two, the smaller number."""
    half = 0.5 if "et demi" in match.group() else 0.0
    if match["share"]:
        return round(number_value(match["share"]) / 100, 4)
    if match["times"]:
        return _times(match["times"]) + half
    if match["name"]:
        return _NAMED[match["name"]]
    more = match["more"] or match["raised"] or match["plus"]
    return round(1 + number_value(more) / 100, 4) if more else 1.0


def _times(printed: str) -> float:
    return number_value(printed) if printed[0].isdigit() else words_value(printed)


def _cut(text: str, lower: str, start: int, end: int, found: list[Mention]) -> None:
    """Give each mention its clause."""
    opening = start
    for i, mention in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        mention.before = lower[before.end if before is not None else start : mention.start]
        if before is not None:
            mention.restates = _RESTATED.match(lower[before.end : mention.start]) is not None
        closing = _boundary(lower, start, mention, after) if after is not None else end
        tail = _TAIL.search(lower, mention.end, closing)
        last = tail.start() if tail is not None else closing
        mention.left = lower[opening : mention.start]
        mention.right = lower[mention.core or mention.end : max(last, mention.end)]
        mention.clause = _trim(text, opening, max(last, mention.end))
        opening = closing


def _boundary(lower: str, start: int, mention: Mention, after: Mention) -> int:  # noqa: PLR0911 — the first mark that stands there decides
    """Where, between two mentions, the clause of the first ends and that of the second begins."""
    first, last = mention.end, after.start
    gap = lower[first:last]
    if ";" in gap:
        return first + gap.index(";") + 1
    if "(" in gap and ")" not in gap[gap.rindex("(") :]:
        return first + gap.rindex("(") + 1
    if conjunction := _CONJUNCTION.search(gap):
        return first + conjunction.start()
    commas = [m.start() for m in re.finditer(r",|\)(?= )| - | / | \| | • ", gap)]
    if commas:
        if any(cue("stage", v).search(lower, start, mention.start) for v in ("entry", "experienced", "senior")):
            return first + commas[0] + 1
        for i, comma in enumerate(commas):
            segment = gap[comma + 1 : commas[i + 1] if i + 1 < len(commas) else len(gap)]
            if not _TRAILING.match(segment):
                return first + comma + 1
        return first + commas[-1] + 1
    joints = [m.start() for m in re.finditer(r" et | ou ", gap)] or [m.start() for m in re.finditer(r" à ", gap)]
    return first + joints[-1] + 1 if joints else last if last - first < 25 else first


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:-(•·\t\n":
        start += 1
    while end > start and text[end - 1] in " ,;:.-(\t\n":
        end -= 1
    if text.endswith(")", start, end) and text.count("(", start, end) < text.count(")", start, end):
        end -= 1
    return start, end
