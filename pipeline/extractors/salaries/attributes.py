"""What a mention says of a pay: status, stage, basis, period, months paid, a variable part.

A mention with its place goes in, a row comes out. Each attribute is looked for in the clause, then in the label, then in the
pay before where the mention goes on with it, and last in the caption and the heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extractors.salaries.clauses import Mention
from pipeline.extractors.salaries.cues import nearest, says
from pipeline.extractors.salaries.periods import months_paid, period_of_size, plausible
from pipeline.extractors.salaries.places import Place
from pipeline.extractors.salaries.stages import stage
from pipeline.extractors.salaries.subjects import has_verb, is_a_thing
from pipeline.records import Salary

_OPENING = re.compile(r"(?:à|au|aux|chez|comme|dans|en|pour)\b[^,;:.]{2,50},")
_STILL_HE = re.compile(r"; (?:[^,;]{0,20}, )?(?:il|elle|on)\b[^;]*$")
_SAME_SUBJECT = re.compile(r"(?:,|\bet) (?:il|elle|ils|elles)\b|\bqu'(?:il|elle)s?\b")
_DIGIT = re.compile(r"\d")
#: What tells of a time after the one told before it.
_LATER = re.compile(r"; ?(?:ensuite|après|mais|par la suite|plus tard|puis)\b(?!.*;)")
#: What another statement may begin with.
_APART = re.compile(r";|\b(?:tandis|alors) qu|\bmais\b")
#: « ; s'il est qualifié, jusqu'à 3 100 € »: the same person's pay, under a condition.
_PROVIDED = re.compile(r"[ ,;]*(?:s'ils?|si (?:elles?|on)) ")
#: What a mention without a subject of its own begins with (« l'agrégé, à 2 450 € »).
_GOES_ON = re.compile(
    r"(?:parfois|souvent)(?: (?:de|à|entre))?$|(?:et |puis )?(?:l'|le |la |les |un |une |celui |celle )[\w' -]{2,40}?,? à$|"
    r"(?:l'\w+, (?:à|"
    r"de)|et (?:de|à|entre|rarement|parfois|souvent|même)|(?:et|de|et d[e'])$|ou\b|puis|contre|voire|pour atteindre|"
    r"dans|en (?:province|région)|s'ils? |si (?:elles?|on) |à \w+$|(?:à peine|tout juste|un peu)$)"
)
#: A subject of its own, and one whose adjective gives the stage: it goes for nobody else.
_SOMEONE_ELSE = re.compile(r"(?:et |puis )?(?:une?|l[ae]s?|l') ?[\w' -]{2,40}?,? à$")
_PROFILE = re.compile(r"\b(?:confirmé|débutant|expérimenté|junior|s[ée]nior|chevronné)(?:e?s?|·e)\b")
_LEAD_OF_PAY = re.compile(r"salair|rémun|revenu|traitement|fourchette")
_RATE_BEGINS = re.compile(
    r"\b(?:l[ae]s? |l'|une? )(?:cachet|forfait|heure|journée|mission|page|pige|prestation|séance|tarif|tjm|vacation)s?\b"
    r"(?: [\w']+){0,4} (?:débute|démarre|commence)(?:nt)? (?:à|autour d)[^,;]{0,12}$"
)
_COMES_ON_TOP = re.compile(r"\bhors\b|ajout")
#: How many paid hours, days, weeks a year has (see the contract of `annual_minimum`).
_A_YEAR = {"hour": 1820.0, "day": 218.0, "week": 52.0, "year": 1.0}
#: « 12 € la benne », « 4 € par palette »: what so little is paid for, as it would be for a short time.
_SHORT_TIMES = ("hour", "day")
_FOR_EACH = re.compile(
    r" ?(?:bruts? |nets? |ht )?(?:l'|(?:l[ae]|par|chaque) )"
    r"(?!(?:ailleurs|an|conséquent|derni[eè]re?|exemple|fois|plus|premi[eè]re?|rapport|reste|suite|temps|tout|trimestre)\b)"
    r"([a-zà-ÿ-]{3,})"
)
#: How far a period counts to be that leads in to a sum (« à la journée : 190 € pour un film »).
_LEADS_IN = 11
#: What is asked before tax is a rate, of a day if it is smaller than this.
_DAY_RATE, _BEFORE_TAX = 2000.0, re.compile(r" (?:ht|hors taxes?)\b")
#: Two sums of one statement differ by this factor at most.
_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Before:
    """The pay before a mention, and its own mention where it stands in the same sentence."""

    row: Salary
    mention: Mention | None = None


def row_of(mention: Mention, place: Place, lower: str, before: Before | None, *, own_post: bool, contrasted: bool) -> Salary:
    """The row that a mention makes.

    ``own_post`` says that the sheet's own occupation is a director's post, so that such words tell no stage;
    ``contrasted`` that pays of others than the self-employed stand above.
    """
    start, end = mention.clause
    row = Salary(
        start=start,
        end=max(end, mention.end),
        minimum=mention.minimum,
        maximum=mention.maximum,
        currency=_currency(mention, before) if mention.size else None,
        smic_multiple=mention.smic,
        rule="cell" if place.cell and mention.rule != "smic" else mention.rule,
    )
    previous = before.row if before is not None else None
    restates = before is not None and (before.mention is None or mention.restates)
    row.status = _status(mention, place, lower, before)
    row.stage = _stage(mention, place, lower, before, row.status, own_post=own_post, contrasted=contrasted)
    row.basis = _basis(mention, place, lower, row.status)
    _set_period(row, mention, place, lower)
    near = f"{place.label} {place.caption} {place.heading}"
    if row.period in {"month", "year"} or mention.smic is not None:
        stated = months_paid(lower[place.start : place.end]) if "months" in place.told else None
        row.months_paid = stated or months_paid(near)
    if row.months_paid == 12.0 and row.period == "year":
        row.months_paid = None
    row.variable = "variable yes" in place.told and _variable(f"{mention.left} {mention.right}")
    row.variable = row.variable or ("hors " in near and _variable(near[near.index("hors ") :]))
    one_sided = previous is not None and (previous.minimum is None) != (previous.maximum is None)
    if previous is not None and one_sided and mention.restates and mention.rule == "value":
        row.minimum = row.minimum if previous.minimum is not None else None
        row.maximum = row.maximum if previous.maximum is not None else None
    if previous is not None and restates:
        row.variable = row.variable or previous.variable
        row.months_paid = row.months_paid or previous.months_paid
    if previous is not None and mention.elided:
        row.basis = row.basis or previous.basis
        if row.period_inferred:
            row.period, row.period_inferred = previous.period, previous.period_inferred
    return row


def _currency(mention: Mention, before: Before | None) -> str:
    """The currency of a mention; where it prints none, that of the mention before (« 4 800 francs … et un régleur 6 500 »)."""
    elided = before is not None and before.mention is not None and before.row.currency is not None
    return mention.currency or (before.row.currency if before is not None and elided else None) or "EUR"


def _variable(words: str) -> bool:
    return says("variable", "yes", words) and not (says("variable", "no", words) and not _COMES_ON_TOP.search(words))


def _status(mention: Mention, place: Place, lower: str, before: Before | None) -> str | None:
    told = "status" in place.told
    value = nearest("status", mention.left, mention.right)[0] if told else None
    if value is None and place.label:
        parts = [part for part in place.label.split("|") if part.strip()]  # the row's own words before the column's
        value = next((v for v in (nearest("status", part, "")[0] for part in parts) if v), None)
    if value is None and before is not None and _shares_status(mention, before):
        value = before.row.status
    if told and value is None and (before is None or before.mention is None):
        value, _ = nearest("status", "", _opening(mention, place, lower))
    if value is None and place.caption:
        value, _ = nearest("status", "", place.caption)
    if value is None and place.caption and "convention" in place.caption:
        value = "employee"
    if value is None and place.heading:
        value, _ = nearest("status", "", place.heading)
    return value


def _shares_status(mention: Mention, before: Before) -> bool:
    return (
        before.mention is None
        or mention.restates
        or bool(before.mention.hinge)
        or not mention.left.strip(" ,;et:")
        or _same_breath(mention)
        or _SAME_SUBJECT.search(mention.before) is not None
    )


def _stage(
    mention: Mention, place: Place, lower: str, before: Before | None, status: str | None, *, own_post: bool, contrasted: bool
) -> str | None:
    if status == "apprentice":
        return None
    if mention.hinge and "carrière" in lower[place.start : place.end]:
        return "entry" if mention.hinge == "from" else "senior"
    value = stage(_since_then(mention.left), mention.right, named="stage" in place.told)
    if value == "entry" and _RATE_BEGINS.search(mention.left):
        value = None  # « la journée de tournage débute à 440 € »: the least of a rate, not the pay of a beginner
    if value == "experienced" and not own_post and nearest("post", mention.left + " " + place.label, "")[0]:
        value = "senior"  # « un directeur expérimenté »
    if value is None and place.label:
        value = next((v for v in (stage("", part.strip()) for part in place.label.split("|")) if v), None)
    if value is None and not own_post and (place.label or "post" in place.told):
        value, _ = nearest("post", mention.left + " " + place.label, mention.right)
    if value is None and before is not None and (before.mention is None or mention.restates or _shares_stage(mention, before)):
        value = before.row.stage
    if value is None and place.caption:
        value = stage("", place.caption)
    if value is None and place.heading and place.heading_stages and not (contrasted and status == "self-employed"):
        value = stage("", place.heading)
    return value


def _since_then(left: str) -> str:
    """The words before an amount that tell of its own time: « rien la première année ; ensuite, il touche … »."""
    later = _LATER.search(left) if ";" in left else None
    return left[later.start() :] if later is not None else left


def _shares_stage(mention: Mention, before: Before) -> bool:
    """Whether a mention goes on with the one before, and is not of somebody else than « un profil confirmé »."""
    someone = _SOMEONE_ELSE.match(mention.left.strip(" ,;")) is not None
    profile = before.mention is not None and _PROFILE.search(before.mention.left) is not None
    return _same_breath(mention) and not (someone and profile)


def _same_breath(mention: Mention) -> bool:
    """Whether a mention without a subject of its own goes on with the one before."""
    left = mention.left.strip(" ,;")
    return not left or _GOES_ON.match(left) is not None


def _basis(mention: Mention, place: Place, lower: str, status: str | None) -> str | None:
    if "basis" in place.told:
        value, _ = nearest("basis", mention.left[-90:], mention.right[:45])
        if value is not None:
            return value
    value = None
    for words in (place.label, _lead(mention, place, lower), place.caption, place.heading):
        of_table = words is place.label or (place.cell and words is place.caption)
        if words and value is None and (status != "self-employed" or of_table):
            value, _ = nearest("basis", "", words)
    return value


def _opening(mention: Mention, place: Place, lower: str) -> str:
    """The circumstance that opens a sentence and holds for all of it (« À son compte, … »), where nothing breaks it off."""
    words = lower[place.start : mention.start]
    opening = _OPENING.match(words)
    return opening[0] if opening is not None and (";" not in words or _STILL_HE.search(words)) else ""


def _lead(mention: Mention, place: Place, lower: str) -> str:
    """The words from the start of the sentence to its first amount, where they are not the clause itself."""
    digit = _DIGIT.search(lower, place.start, place.end)
    lead = lower[place.start : digit.start()] if digit else ""
    own = not lead or mention.left.startswith(lead)
    return "" if own or _LEAD_OF_PAY.search(lead) is None else lead


def _set_period(row: Salary, mention: Mention, place: Place, lower: str) -> None:
    if not mention.size:
        return
    fits = plausible(mention.size, row.currency)
    near, near_at = nearest("period", "", mention.right[:60], fits)
    decided = near is not None and near_at < (12 if near == "piece" else 28)
    far, far_at = (None, 0) if decided and near != "piece" else nearest("period", mention.left, "", fits)
    value = near if near is not None and (near_at < 28 or far is None) else far if far is not None else near
    if value == near == "piece" and far not in {None, "piece"} and (near_at > 12 or far_at <= _LEADS_IN):
        value = far
    if value is None:
        for words in (place.label, _lead(mention, place, lower), place.caption, place.heading):
            if value is None and words:
                value, _ = nearest("period", "", words, fits)
    by_size = period_of_size(mention.size, row.currency) if value is None else None
    if by_size in _SHORT_TIMES and (thing := _FOR_EACH.match(mention.right)) and is_a_thing(thing[1], ""):
        value = "piece"
    if value == "piece":
        row.period = None
    elif value is not None:
        row.period = value
    elif mention.size < _DAY_RATE and _BEFORE_TAX.match(mention.right):
        row.period, row.period_inferred = "day", True
    else:
        by_month = by_size == "day" and row.status == "apprentice"  # they are paid little, and never by the day
        row.period, row.period_inferred = "month" if by_month else by_size, True


def even_out(kept: list[tuple[Mention, Salary]]) -> None:
    """Let coordinated amounts of a sentence share the period and basis that only one of them prints."""
    for (one, first), (other, second) in pairwise(kept):
        if not one.size or not other.size or first.currency != second.currency:
            continue
        alike = max(one.size, other.size) <= _ALIKE * min(one.size, other.size)
        elided = other.currency is None and one.currency is not None
        unsaid = elided or first.period is not None or not has_verb(other.left)  # « 1 500 € le match ; en National, 400 € »
        if second.period_inferred and not first.period_inferred and alike and unsaid:
            second.period, second.period_inferred = first.period, False
        elif first.period_inferred and not (second.period_inferred or second.period is None or other.restates) and alike:
            first.period, first.period_inferred = second.period, False
        if not _share_basis(one, first, other, second):
            continue
        if second.basis is None:
            second.basis = first.basis
        elif first.basis is None and not other.restates and alike:
            first.basis = second.basis


def _share_basis(one: Mention, first: Salary, other: Mention, second: Salary) -> bool:
    """Whether what is said of one amount, gross or net, goes for the next, too."""
    elided = other.currency is None and one.currency is not None
    cut = None if elided or other.restates or _PROVIDED.match(other.left) else _APART.search(other.before)
    if cut is not None and has_verb(other.before[cut.end() :]):  # not « ; titulaire, 2 100 € »
        return False
    alone = first.status != second.status and "self-employed" in {first.status, second.status}
    return not alone or other.restates or elided


def set_annual(row: Salary, smic: float | None) -> None:
    """Set the amounts over a year; ``smic`` is what the SMIC was worth a month when the sheet was written, if known."""
    months = row.months_paid or 12.0
    factor = months if row.period == "month" else _A_YEAR.get(row.period or "")
    if factor is not None:
        row.annual_minimum = None if row.minimum is None else round(row.minimum * factor, 2)
        row.annual_maximum = None if row.maximum is None else round(row.maximum * factor, 2)
    elif row.smic_multiple is not None and row.currency is None and smic is not None:
        row.annual_minimum = row.annual_maximum = round(row.smic_multiple * smic * months, 2)
        row.annual_estimated = True
