"""Decides whether an amount is what an occupation pays, or a price, a budget, a prime, another trade's pay.

A mention with its clause and its place go in, yes or no comes out. The words nearest to the amount decide.
"""

from __future__ import annotations

import re

from pipeline.extractors.salaries.clauses import Mention
from pipeline.extractors.salaries.cues import cue, nearest, stage
from pipeline.extractors.salaries.places import SALARY_HEADING, Place

_HEDGED = re.compile(
    r"(?:en fonction (?:de|du|des)|selon|suivant|dépend\w* (?:de|du|des|en)|varie\w* (?:selon|avec|en fonction))[^,;:.]*[,;:.]|"
    r"(?:primes?|indemnités?|variable|bonus|avantages|pourboires?)(?: et \w+)? (?:comprise?s?|incluse?s?)\b|"
    r"(?:hors|sans compter|sans les?|compris|inclus|en plus d)[^,;:.(]*|\+ ?(?:primes?|bonus|commissions?|variable)(?! d)|"
    r"(?:plus|et|avec|auxquels? s'ajoute\w*) (?:un |une |des |les |l')?(?:\w+ )?(?:primes?|bonus|"
    r"commissions?|indemnités?)[^,;:.]*[,;]"
)
_LEFT_OUT = re.compile(r"\b(?:hors|sans compter|sans)\b(?! doute)[^,;:.()]*\((?:de |soit |environ |jusqu'à )?$")
_PAID_EXTRA = re.compile(
    r"(?:astreintes?|heures supplémentaires|gardes|primes?|indemnités?|repas|frais|bonus|commissions?|"
    r"stages?|loyers?)(?: [\w']+){0,5}? "
    r"(?:sont |est |être )?(?:payée?s?|rémunérée?s?|versée?s?|remboursée?s?|verse|paie|perç\w+|touche\w*)(?: en (?:plus|sus))?"
)
_DAY_RATE = re.compile(r"free-?lance|indépendant|consultant|à la journée|tjm")
_OWN_BILL = re.compile(r"(?<!se )(?<!être )\bfacture(?:nt|r)?\b")
_PROFILE = re.compile(
    r"plus|moins|hommes?|femmes?|diplômé|cadres?|salarié|master|licence|bac|école|poste|profil|"
    r"ingénieur|technicien|agent|temps|"
    r"titulaire|professionnel|emploi|même|grand|petit|débutant|autre|seconde?|première?|contrat|entreprise"
)
_STUDENT = re.compile(
    r"étudiants?|élèves?|stagiaires?|pendant (?:la|leur|sa) (?:formation|scolarité)|lauréats|en formation|"
    r"formation est rémunérée"
)
#: A statement of a salary section this short needs no word of pay; a sum this great does need one.
_SHORT, _FORTUNE = 90, 1_000_000


def is_pay(  # noqa: C901, PLR0911 — a list of reasons, one a line, reads best in one piece
    mention: Mention,
    place: Place,
    lower: str,
    titles: str,
    *,
    after_pay: bool,
) -> bool:
    """Whether an amount is what the occupation pays.

    ``lower`` is the text in lower case, ``titles`` the names of the occupation; ``after_pay`` says that the mention
    before it, or the sentence before, was a pay.
    """
    words = lower[place.start : place.end]
    before = _HEDGED.sub(lambda m: " " * len(m.group()), mention.before)
    if "(" in mention.before and _LEFT_OUT.search(mention.before):
        return False
    across = mention.currency == "CHF" and "en suisse" in words and ("€" in lower or "euro" in lower)
    if across or cue("statistic", "elsewhere").search(words):
        return False
    if mention.smic is not None and mention.rule == "smic":
        return _smic_is_pay(mention, place, lower, before, after_pay=after_pay)
    if cue("not_pay", "right").match(lower, mention.end):
        return False
    column = place.label.rpartition("|")[2]
    if place.cell and cue("not_pay", "left").search(column) and not SALARY_HEADING.search(column):
        return False
    strong = _last_end(cue("pay", "strong"), before)
    against = max(_last_end(cue("not_pay", "left"), before), _last_end(_PAID_EXTRA, before))
    if _bills_time(mention, before, words):
        against, strong = -1, max(strong, 0)
    if _of_another_trade(mention, titles):
        return False
    if against >= 0 and against >= strong:
        return False
    right = mention.right[:50]
    if strong < 0 and (cue("basis", "gross").match(right.lstrip()) or cue("basis", "net").match(right.lstrip())):
        strong = 0
    if mention.size >= _FORTUNE and (mention.currency != "XOF") and strong < 0:
        return False
    if place.education and _STUDENT.search(words):
        return False
    if place.salary or (place.cell and SALARY_HEADING.search(place.label + place.caption)):
        return strong >= 0 or after_pay or len(words) < _SHORT or bool(cue("pay", "weak").search(f"{mention.left} {right}"))
    return strong >= 0 or (after_pay and against < 0 and mention.restates)


def _of_another_trade(mention: Mention, titles: str) -> bool:
    """Whether « contre 1 900 € pour un maçon » gives the pay of a trade that the sheet compares its own with."""
    if not re.match(r"[ ,;]*contre\b", mention.left):
        return False
    other = re.match(r"[^,;.]{0,40}?\b(?:pour|chez) (?:un|une|le|la|les|des) (\w+)", mention.right)
    if other is None or _PROFILE.match(other[1]) or stage("", mention.right) or nearest("status", "", mention.right)[0]:
        return False
    return other[1] not in titles


def _smic_is_pay(mention: Mention, place: Place, lower: str, before: str, *, after_pay: bool) -> bool:
    near = before[-60:]
    after = lower[mention.end : mention.end + 40]
    if (
        re.match(
            (
                r" (?:n'est|est (?:de|revaloris|fix|le)|s'élève|a (?:été|augment)|augmente|horaire|étant|"
                r":)"
            ),
            after,
        )
        and mention.smic == 1.0
    ):
        return False
    against = _last_end(cue("smic_not", "left"), near)
    if against >= 0 and against >= len(near) - 22:
        return False
    if place.salary or after_pay:
        return True
    return cue("pay", "strong").search(before) is not None or re.search(r"débute\w* au |au niveau du ", near) is not None


def _bills_time(mention: Mention, before: str, words: str) -> bool:
    """Whether « facture 400 € la journée » gives a day rate, which is pay, and not the price of a piece of work."""
    around = mention.before + mention.right
    if "factur" in before and _DAY_RATE.search(words) and re.search(r"jour|heure|/ ?[hj]\b", around):
        return True
    return _OWN_BILL.search(before) is not None and "jour" in mention.before + mention.right[:30]


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match of ``pattern`` in ``words`` ends; -1 if there is none."""
    found = -1
    for match in pattern.finditer(words):
        found = match.end()
    return found
