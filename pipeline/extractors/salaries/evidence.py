"""Decides whether an amount is what an occupation pays, or a price, a budget, a prime, another trade's pay.

A mention with its clause and its place go in, yes or no comes out. The words nearest to the amount decide.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extractors.salaries import prices
from pipeline.extractors.salaries.clauses import Mention
from pipeline.extractors.salaries.comparisons import of_others
from pipeline.extractors.salaries.cues import cue, last_end, nearest, says, says_any
from pipeline.extractors.salaries.places import NAMES_PAY, SALARY_HEADING, Place
from pipeline.extractors.salaries.prices import bills_time, earns_profit, is_paid_for, paid_by_the_piece, sells_time
from pipeline.extractors.salaries.stages import stage
from pipeline.extractors.salaries.subjects import of_a_thing, reaches, subject

_LEFT_OUT = re.compile(
    r"(?:\b(?:hors|sans compter|sans)|\+ ?(?:une )?(?:bonus|primes?|variable))\b(?! doute)[^,;:.()]*"
    r"\((?:de |soit |environ |jusqu'à )?$"
)
#: What is told of a day after a price of something else: « la coupe se vend 30 €, la journée de 200 à 300 € ».
_OWN_DAY = re.compile(r"(?<!d')\b(?:l[ae]|sa|leur|une) (?:demi-)?journée (?:(?:va|est|tourne) )?[^,;]{0,12}$|\btjm\b")
#: « 2 400 € nets », « 2 400 € par mois bruts »: only what somebody earns is said to be one or the other.
_BASIS_AFTER = re.compile(r" ?(?:(?:par|de) \w+ |l'\w+ |/ ?\w+ |mensuels? |annuels? |\()?(?:bruts?|brute|nets?)\b(?! d'impôt)")
#: A column so headed holds pays, whatever is counted in (« Net, primes comprises »).
_GROSS_OR_NET_COLUMN = re.compile(r" ?(?:(?:montant|total|mensuel|annuel) )?(?:bruts?|nets?)\b(?!-)")
_QUALIFIED = re.compile(
    r"^(?: ?(?:bruts?|brute|nets?|mensuels?|annuels?|par (?:an|mois|jour|heure)|de l'heure|/ ?(?:an|mois|h|jour))\b){1,6}"
)
_A_TIME = re.compile(r" (?:ht )?(?:par (?:an|jour|heure|mois|semaine)|la (?:journée|semaine)|de l'heure|mensuels?|annuels?)\b")
#: Where in a sentence another statement begins, with a subject of its own.
_NEW_CLAUSE = re.compile(
    r";|\b(?:si bien|de sorte|tandis|alors|tant) qu|\bmais\b|\bor\b|, et (?:il|elle|on|une?|l[ae]|les|l')\b"
)
#: The label that a line begins with, and its first word.
_LABEL = re.compile(r"(?:[-•*] ?)?([a-zà-ÿ]{4,})[^:;,.]{0,50}?(?: ?:| [-–])")
#: What stands between an amount and the one it goes on with: « 2 000 € à l'entrée, et 2 700 € ensuite ».
_JOINED = re.compile(r" ?(?:et|ou|puis|voire)(?: (?:de|entre|environ|même|parfois|puis))? ?")
#: What a scholarship is never called.
_REMUNERATION = re.compile(r"rémunér|salair|traitement|\bsoldes?\b|pa[iy]és?\b")
_PERIOD_SAID = re.compile(
    r"heure|/ ?h\b|horaire|\bpar \w|\b(?:l[ae]|l'|au|à la|du) ?(?:mot|signe|ligne|page|cep|pièce|unité|kilo|mètre)|chacun"
)
#: What may stand between an amount and the words that say what it buys.
_QUALIFIERS = re.compile(
    r"(?: (?:bruts?|nets?|ht|environ|en moyenne|par (?:an|mois|jour|semaine)|de l'heure|mensuels?|annuels?|/ ?(?:an|mois))\b)"
    r"{0,6} ?"
)
_AGAINST = re.compile(r"[ ,;]*contre\b")
_FOR_ANOTHER = re.compile(r"[^,;.]{0,40}?\b(?:pour|chez) (?:un|une|le|la|les|des) (\w+)")
#: What is said of the SMIC itself, and not of a pay.
_SMIC_ITSELF = re.compile(
    r"(?:, [^,.;]{3,30},)? (?:n'est|est (?:de|revaloris|fix|le)|s'élève|a (?:été|augment)|augmente|"
    r"horaire (?:est|brut|net|de|a |:|=)|étant|:)"
)
#: « Le fixe n'est souvent que le Smic »: no more than that, and no comparison with it.
_NO_MORE_THAN = re.compile(
    r"\bn(?:e |')[^,;.:]{1,30}\bque (?:le |du |au )?$|\b(?:payé|rémunéré)e?s? sur la base (?:brute |horaire )?(?:du |d'un )$"
)
_AT_THE_SMIC = re.compile(r"\b(?:(?:commence|débute|démarre|embauche|entre)\w*(?: \w+)?|est|sont|restent?) au |au niveau du ")
#: What `before` may say of money that is none that the occupation pays.
_OTHER_MONEY = frozenset({"extra-paid", "other"})
#: A statement of a salary section this short needs no word of pay; a sum this great does need one.
_SHORT, _FORTUNE = 90, 1_000_000
_LEAD = 40  # the longest words before an amount that only say when it is paid, or to whom
_NEAR = 50  # characters after an amount that may say what it is
#: Nobody is paid less for an hour; a smaller sum needs a word that says for what it is.
_LEAST = 5.0


class _Case(NamedTuple):
    """An amount that may be a pay, and the words around it."""

    mention: Mention
    place: Place
    lower: str
    #: The names of the occupation.
    titles: str
    #: The words of the clause before the amount, in lower case, without asides and what is said of the amount before.
    before: str
    #: Where the words after the amount begin that say what it is for, in ``lower``.
    after: int
    #: The amount as it is printed.
    printed: str

    @property
    def sentence(self) -> str:
        """The sentence or cell around the amount."""
        return self.lower[self.place.start : self.place.end]


def is_pay(mention: Mention, place: Place, lower: str, titles: str, *, after_pay: bool) -> bool:
    """Whether an amount is what the occupation pays.

    ``lower`` is the text in lower case, ``titles`` the names of the occupation; ``after_pay`` says that the mention
    before it, or the sentence before, was a pay.
    """
    if ("(" in mention.before and _LEFT_OUT.search(mention.before)) or of_others(mention, place, lower, titles):
        return False
    before = _said_before(mention, place.told)
    if mention.smic is not None and mention.rule == "smic":
        return _smic_is_pay(mention, place, lower, before, after_pay=after_pay)
    said = _QUALIFIERS.match(lower, mention.end)
    after = said.end() if said is not None else mention.end
    case = _Case(mention, place, lower, titles, before, after, lower[mention.start : mention.end])
    if _is_named_otherwise(case):
        return False
    strong, against = _weighed(case)
    return not _is_for_something(case, strong, against) and _is_enough(case, strong, against, after_pay=after_pay)


def _said_before(mention: Mention, told: frozenset[str]) -> str:
    """The words of the clause before an amount, with blanks for asides and for what is said of the amount before."""
    before = cue("aside", "yes").sub(_blank, mention.before) if "aside" in told else mention.before
    qualified = _QUALIFIED.match(before)
    return _blank(qualified) + before[qualified.end() :] if qualified else before


def _is_named_otherwise(case: _Case) -> bool:
    """Whether the words say for certain that the amount buys something, stands in another column or pays another trade."""
    mention, place = case.mention, case.place
    bought = cue("bought", "for certain").match(case.lower, case.after)
    if bought and not (
        paid_by_the_piece(mention, case.before, case.lower) or earns_profit(bought[0], case.before, case.titles)
    ):
        return True
    if place.cell:
        column = place.label.rpartition("|")[2]
        if says("not_pay", "other", column) and not NAMES_PAY.search(column) and not _GROSS_OR_NET_COLUMN.match(column):
            return True
    return prices.is_listed_price(mention, case.sentence, case.titles) or _of_another_trade(mention, case.titles)


def _weighed(case: _Case) -> tuple[int, int]:
    """How near words of pay and words of other money stand to the amount: where the last of each end, -1 for none."""
    mention, before = case.mention, case.before
    strong, against = _for_and_against(before, case.place.told)
    if ("factur" in before or "se vend" in before) and bills_time(mention, before, case.sentence, case.titles):
        strong, against = max(strong, 0), -1
    if strong == against >= 0 and sells_time(before):
        against = -1
    if prices.is_brought(mention, before, case.titles):
        strong, against = max(strong, 0), -1
    if _BASIS_AFTER.match(mention.right[:_NEAR]):  # a price is neither gross nor net, a prime may be
        strong = max(strong, 0)
        if against >= 0 and not _is_extra(before[_last_end(_NEW_CLAUSE, before) + 1 :]):
            against = -1
    return strong, against


def _is_for_something(case: _Case, strong: int, against: int) -> bool:
    """Whether the amount is other money than a pay: a thing's price, an allowance, another trade's line, too little."""
    mention, place, before, printed, titles = case.mention, case.place, case.before, case.printed, case.titles
    if against >= 0 and against >= strong and not reaches(before, printed, titles):
        return True
    if is_paid_for(mention, before, printed, lower=case.lower, after=case.after, titles=titles) or prices.shares_a_price(
        case.sentence, before + printed, titles
    ):
        return True
    if strong < 0 and (
        cue("bought", "perhaps").match(case.lower, case.after)
        or (place.label and not place.cell and _of_other_money(place.label))
        or _of_another_line(mention, place, titles)
        or of_a_thing(before, printed, mention.right, titles)
    ):
        return True
    if mention.size < _LEAST and not _says_for_what(mention):
        return True
    if mention.size >= _FORTUNE and mention.currency != "XOF" and (strong < 0 or _earned_by_no_one(before, printed, titles)):
        return True
    taught = place.education and "student" in place.told and says("student", "yes", case.sentence)
    return taught and not (_BASIS_AFTER.match(mention.right) and _REMUNERATION.search(case.sentence))  # as cadets are


def _says_for_what(mention: Mention) -> bool:
    """Whether words say for how much work a small sum is paid: « le mot vaut 0,09 € », « 0,28 € le pied »."""
    return _PERIOD_SAID.search(mention.left + mention.right) is not None or says("period", "piece", mention.right)


def _earned_by_no_one(before: str, printed: str, titles: str) -> bool:
    """Whether a fortune is what a place or a thing brings in: « un palace engrange 4 M€ »."""
    found = subject(before + printed, titles)
    return found is not None and found.kind in {"place", "thing"}


def _is_enough(case: _Case, strong: int, against: int, *, after_pay: bool) -> bool:
    """Whether an amount that nothing makes other money is said to be a pay, by its words or by where it stands."""
    mention, place = case.mention, case.place
    right = mention.right[:_NEAR]
    if place.salary or (place.cell and SALARY_HEADING.search(place.label + place.caption)):
        short = place.end - place.start < _SHORT
        listed = mention.smic is not None or case.sentence.count("€") + case.sentence.count("euro") > 1
        return strong >= 0 or after_pay or short or listed or _says_whose(mention, right, place.told)
    if strong >= 0:
        return True
    if against < 0 and _A_TIME.match(right) and reaches(case.before, case.printed, case.titles, pronoun=True):
        return True
    second = len(mention.before) < mention.start - place.start  # in its sentence
    own = mention.left if second or len(mention.left) < _LEAD else ""
    whose = "stage" in place.told and stage(own, right) is not None
    whose = whose or (second and "status" in place.told and nearest("status", own, right)[0] is not None)
    joined = mention.restates or mention.currency is None or _JOINED.fullmatch(mention.left) is not None
    return after_pay and against < 0 and (joined or whose)


def _says_whose(mention: Mention, right: str, told: frozenset[str]) -> bool:
    """Whether the words around an amount say whose pay it would be, or how often it is paid."""
    weak = "pay weak" in told and says("pay", "weak", f"{mention.left} {right}")
    return weak or stage(mention.left, right, named="stage" in told) is not None


def _for_and_against(before: str, told: frozenset[str]) -> tuple[int, int]:
    """Where the last words of pay end, and the last words of other money; -1 if there are none.

    Where none speak of other money it does not matter where those of pay end, and 0 stands for it. ``told`` is what the
    words may say at all.
    """
    for_it = "pay strong" in told
    if "not_pay" not in told or not says_any("not_pay", _OTHER_MONEY, before):
        return (0 if for_it and says("pay", "strong", before) else -1), -1
    against = max(last_end("not_pay", value, before) for value in sorted(_OTHER_MONEY))
    return last_end("pay", "strong", before) if for_it else -1, against


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def goes_on(mention: Mention) -> bool:
    """Whether a mention says no more of what it is than the one before: « … facturé 400 €, un cerf jusqu'à 6 000 € »."""
    if mention.restates:
        return True
    own = mention.before.rpartition(";")[2]
    return not (
        mention.smic
        or _OWN_DAY.search(own)
        or _BASIS_AFTER.match(mention.right)
        or says("pay", "strong", own)
        or stage(own, mention.right[:40])
        or nearest("status", own, mention.right[:40])[0]
    )


def _is_extra(clause: str) -> bool:
    """Whether a clause speaks of what comes on top of a pay, or of an income that is no pay."""
    return says("not_pay", "extra", clause) or says("not_pay", "extra-paid", clause)


def _of_other_money(label: str) -> bool:
    """Whether the line above names another kind of money (« Indemnité de repas »)."""
    return says("not_pay", "other", label) and not SALARY_HEADING.search(label)


def _of_another_line(mention: Mention, place: Place, titles: str) -> bool:
    """Whether a line outside the words on pay gives the pay of another trade: « Graphiste : 1 900 € net »."""
    label = _LABEL.match(mention.before)
    if place.salary or place.cell or label is None or SALARY_HEADING.search(label[0]):
        return False
    return not (stage("", label[0]) or nearest("status", "", label[0])[0] or label[1][:-1] in titles)


def _of_another_trade(mention: Mention, titles: str) -> bool:
    """Whether « contre 1 900 € pour un maçon » gives the pay of a trade that the sheet compares its own with."""
    if "contre" not in mention.left or not _AGAINST.match(mention.left):
        return False
    other = _FOR_ANOTHER.match(mention.right)
    if (
        other is None
        or cue("profile", "yes").match(other[1])
        or stage("", mention.right)
        or nearest("status", "", mention.right)[0]
    ):
        return False
    return other[1] not in titles


def _smic_is_pay(mention: Mention, place: Place, lower: str, before: str, *, after_pay: bool) -> bool:
    near = before[-60:]
    if mention.smic == 1.0 and _SMIC_ITSELF.match(lower, mention.end):
        return False
    against = last_end("smic-itself", "yes", near) if _NO_MORE_THAN.search(near) is None else -1
    if against >= 0 and against >= len(near) - 22:
        return False
    if place.salary or after_pay:
        return True
    return says("pay", "strong", before) or _AT_THE_SMIC.search(near) is not None


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match of ``pattern`` in ``words`` ends; -1 if there is none."""
    found = -1
    for match in pattern.finditer(words):
        found = match.end()
    return found
