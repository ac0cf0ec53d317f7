"""Tells what somebody's work is paid from what a thing is sold for: pay by the piece, days that are billed, prices.

A mention and the lower-cased words around it go in, yes or no comes out.
"""

from __future__ import annotations

import re

from pipeline.extractors.salaries.clauses import Mention
from pipeline.extractors.salaries.cues import cue, says
from pipeline.extractors.salaries.subjects import is_a_thing, is_told_of, of_a_thing

_DAY_RATE = re.compile(r"free-?lance|indépendant|consultant|à la journée|tjm")
_OWN_BILL = re.compile(r"(?<!se )(?<!être )\bfacture(?:nt|r)?\b")
_OWN_HOUR = re.compile(r"\bfacture(?:nt|r)? (?:leur|son|votre) heure\b")
_TIME_IS_SOLD = re.compile(r"\b(?:heure|journée)\b[^,;:]{0,40} se (?:loue|monnaie|négocie|vend)(?:nt)? ?$")
_UNIT_OF_WORK = re.compile(
    r" ?(?:bruts? |nets? )?(?:(?:la )?pièce\b|chacune?\b|l'unité|(?:au|le|du) (?:mètre|kilo|stère|mille|litre|m²)|"
    r"par (?:élève|client|lot|tonne|place|hectare)|la leçon)"
)
_PAID = re.compile(r"(?<!se )\b(?:payée?s?|rémunérée?s?|touche\w*|perçoi\w+|reçoi\w+|rapporte\w*|gagne\w*)\b")
_BY_THE_PIECE = re.compile(r"\bà la (?:pièce|tâche)\b|\baux pièces\b")
_DECLARES = re.compile(r"\b(?:déclar|dégag|tir)(?:e|ent|ait|aient)\b[^,;:]{0,25}$")
#: What is said right before the amount that a thing is paid with.
_COSTS = re.compile(r"\bse pa[iy]e(?:nt|r)?(?: \w+)? ?$")
_PAYS = ("paie ", "paye ", "paient ", "payent ", "payer ")
_OF_A_PRICE = re.compile(
    r"(?:sur|pour) (?:une?|chaque) [a-zà-ÿ' -]{3,40} (?:à|de|affichée?|facturée?|vendue?) \d[\d ,.]* ?(?:€|euros?)"
    r"[^,;.\d]{0,12},"
)
_PRICED = re.compile(r"\bune? ([a-zà-ÿ]+) à $")


#: A list of what things are sold for, and what one of them is: « Tarifs : mariage 900 €, portrait 120 € ».
_PRICE_LIST = re.compile(
    r"\W*(?:côté |les |leurs |nos |ses )?(?:prestations|prix|tarifs)\b(?! (?:conventionn|horaire|journal|minim|syndic))"
    r"[^:;,.]{0,30}[:,]"
)
_LABELLED = re.compile(r"(?:^|[:,;]) ?(?:une? |l[ae] |l')?([a-zà-ÿ-]{3,})(?: [a-zà-ÿ' -]{2,30}?)? ?[:=]? ?(?:à |de )?$")
#: To whom a piece of work brings something: « un match vaut 900 € à l'arbitre ».
_BRINGS = re.compile(r"\b(?:assure|laisse|procure|rapporte|vaut|verse)(?:nt)?(?: (?:alors|environ|encore|jusqu'à))? ?$")
_TO_ONE = re.compile(r" ?(?:bruts? |nets? )?(?:aux? |à (?:l'|la |leur |son |sa ))([a-zà-ÿ-]{3,})")


def is_listed_price(mention: Mention, sentence: str, titles: str) -> bool:
    """Whether an amount stands in a list of prices, behind the thing that is sold for it."""
    if _PRICE_LIST.match(sentence) is None:
        return False
    sold = _LABELLED.search(mention.before)
    return sold is not None and is_a_thing(sold[1], titles)


def is_brought(mention: Mention, before: str, titles: str) -> bool:
    """Whether a piece of work brings an amount to who holds the job: « un match rapporte 900 € à l'arbitre »."""
    to = _TO_ONE.match(mention.right)
    return to is not None and to[1].rstrip("s") in titles and _BRINGS.search(before) is not None


def paid_by_the_piece(mention: Mention, before: str, lower: str) -> bool:
    """Whether « un dessin est payé 90 € pièce » gives a pay by the piece, and not what the piece is sold for."""
    paid = _PAID.search(before) or _BY_THE_PIECE.search(before)
    return paid is not None and _UNIT_OF_WORK.match(lower, mention.end) is not None


def earns_profit(bought: str, before: str, titles: str) -> bool:
    """Whether « un médecin libéral déclare 75 000 € de bénéfices » gives what somebody who has no employer earns."""
    return "bénéfice" in bought and _DECLARES.search(before) is not None and is_told_of("person", before, titles)


def is_paid_for(mention: Mention, before: str, printed: str, *, lower: str, after: int, titles: str) -> bool:
    """Whether a thing is paid for: « une préparation se paie 900 € », « il paie 900 € de location », « un four à 9 000 € ».

    Or whoever pays is no employer: « le voyageur, lui, paie 60 € ». The amount is ``printed`` so; ``after`` is where the words
    behind it begin in ``lower``.
    """
    if "se pa" in before and _COSTS.search(before):
        return of_a_thing(before, printed, mention.right, titles) and not says("period", "piece", before)
    if before.endswith(_PAYS):
        return cue("bought", "perhaps").match(lower, after) is not None or is_told_of("payer", before, titles)
    priced = _PRICED.search(before) if before.endswith("à ") else None
    return priced is not None and is_a_thing(priced[1], titles)


def shares_a_price(sentence: str, told: str, titles: str) -> bool:
    """Whether a sentence tells what no person gets of a price: « Sur un roman à 20 €, la librairie garde 7 € ».

    ``told`` are the words of the clause up to the amount.
    """
    of_a_price = sentence.startswith(("sur ", "pour ")) and _OF_A_PRICE.match(sentence) is not None
    return of_a_price and not is_told_of("person", told, titles)


def sells_time(before: str) -> bool:
    """Whether the words before an amount say that a day is sold for it: « une journée de conseil se vend »."""
    return _TIME_IS_SOLD.search(before) is not None


def bills_time(mention: Mention, before: str, words: str, titles: str) -> bool:
    """Whether « facture 400 € la journée » gives a day rate, which is pay, and not the price of a piece of work."""
    around = mention.before + mention.right
    if _DAY_RATE.search(words) and re.search(r"jour|heure|/ ?[hj]\b", around):
        return True
    if "facture" not in before or _OWN_BILL.search(before) is None:
        return False
    own_hour = _OWN_HOUR.search(before) is not None and is_told_of("person", before, titles)
    return own_hour or "jour" in mention.before + mention.right[:30]
