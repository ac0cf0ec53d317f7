"""Reads the levels of education and the qualifications that a sheet names as ways in.

Every block is searched for names (:mod:`~pipeline.extractors.diplomas.names`), each name takes the
requirement that its clause, its lead-in or its heading states (:mod:`~pipeline.extractors.diplomas.layout`),
and names of the same thing are merged into one record (:mod:`~pipeline.extractors.diplomas.identity`), a shortened
second mention (« le CAP ») lending its requirement to the full one (:mod:`~pipeline.extractors.diplomas.short_forms`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pipeline.extractors import Earlier
from pipeline.extractors.diplomas.identity import prints_in_full, same_name
from pipeline.extractors.diplomas.layout import sheet_mentions
from pipeline.extractors.diplomas.mention import Mention, is_introduced
from pipeline.extractors.diplomas.requirements import strongest
from pipeline.extractors.diplomas.short_forms import ShortForms
from pipeline.french.openings import holds
from pipeline.reading import Reading
from pipeline.records import Diploma

#: « … ne vous servira à rien ici »: named to be ruled out.
_USELESS = re.compile(
    r"[^.;:,]{0,20}\bn(?:e |')(?:vous |te |lui )?"
    r"(?:ser(?:t|vira|viront|vent) à rien|est d'aucun|a aucune? (?:intérêt|utilité))"
)
#: Characters behind a name in which one of these stands, if :data:`_USELESS` finds it.
_NEAR, _NOT = 23, ("ne ", "n'")
#: « l'année de mastère coûte 10 400 € »: named to tell what it costs.
_COSTS = re.compile(r"[^.;:,]{0,30}\b(?:coût|factur|revien)")
#: « En M1, les élèves font un stage »: a year of studies, named to tell when.
_YEARS = frozenset(("licence 2", "licence 3", "master 1", "master 2"))
_IN = (" en ", "En ")
_OF, _YEAR_OF = (" de ", " d'", " du ", " au ", " aux ", *_IN), re.compile(r"\b(?:année|semestre) (?:de |d'|en )$")
#: « il encadre des stagiaires de master », « les copies du bac »: who still studies, what is taught and examined.
_STUDY = re.compile(
    r"\b(?:(?:alternant|apprenti|stagiaire)(?:e|·e)?s?(?:·s)?|classes|copies|examinat(?:eur|rice)s?|inscriptions?|jurys?|"
    r"\d+ (?:candidats|élèves|étudiants|inscrits)) (?:de |d'|du |en |aux? )(?:l[ae] |l')?$",
    re.IGNORECASE,
)
_FIRST_YEAR = re.compile(r"\b(?:1[èe]?re|première) année (?:de |d')$")
#: « pas de diplôme d'État », « aucun CAP », « ni BTS ni licence »: named as what there is not, or what one does without.
_RULED_OUT = re.compile(
    r"\b(?:(?:pas|plus|besoin|exist\w+|requiert|exige\w*) (?:d'une? |d[e'] ?|du |une? )|aucune? |"
    r"ni (?:d'une? |d[e'] ?|une? |l[ea] ?|l')?|nul(?:le)? |sans (?:une? |l[ea] |l'|son |aucune? )?)"
    r"(?:véritable |vrai |simple )?$|"
    r"\bn'(?:ai|as|a|avons|avez|ont|avai\w+) (?:même )?(?:pas|jamais) (?:\w+é |eu )?(?:l[ea] |l'|son |leur )$",
    re.IGNORECASE,
)
#: One of these stands in whatever :data:`_RULED_OUT` finds.
_RULING_OUT = ("pas ", "plus ", "besoin ", "exist", "requiert ", "exige", "aucun", "ni ", "nul", "sans ")
_NEGATED = re.compile(r"\bn(?:e |'|i )|\b(?:pas|aucune?|nul(?:le)?|sans) ", re.IGNORECASE)
#: « sans le bac, pas d'admission », « point de salut sans CAP »: what one cannot do without.
_NOT_WITHOUT = re.compile(
    r",? (?:(?:l'accès|la porte|les portes) (?:est|reste|restent|sont) (?:clos|ferm|inter)|"
    r"(?:pas|point|impossible|inutile|interdit|exclu|aucune?|nul)\b|(?:on|vous|tu|il|elle|nul|personne) n(?:e |')"
    r"(?:accèd|entr|exerc|franchi|intègr|obtien|ouvr|pass|peu|peut|pou[rv]|postul|sign|s'inscri|s'install|va\b|vont\b))",
    re.IGNORECASE,
)
#: « qui n'a pas le CAP n'entre pas »: two denials ask.
_WHO_LACKS = re.compile(r"\bqui n(?:e |')[^.;:,]*$", re.IGNORECASE)
_NOR = re.compile(r" n(?:e |')[a-zà-ÿ]+ (?:guère|jamais|nulle part|pas|plus|point|rien)\b")
_NO_WAY = re.compile(
    r"(?:\bn(?:e |')|\b(?:pas|point|guère|difficile|impossible|impensable|rare|inutile)\b)[^.;!?]*$", re.IGNORECASE
)
#: Rules of the rows of a sheet that lays its ways in out by level.
LAID_OUT = ("level-heading", "listed-after-school")
#: Mentions that are read of one sheet: a text that names more is a catalogue, and comparing them all would take its square.
MOST = 400


def extract(reading: Reading, earlier: Earlier) -> Iterator[Diploma]:  # noqa: ARG001
    """Yield the levels and qualifications named in a sheet, one a distinct name."""
    rows: list[Mention] = []
    lenders: list[Mention] = []
    found = [m for m in islice(sheet_mentions(reading), MOST) if not _is_ruled_out(reading.text, m)]
    shortened = ShortForms(found, register=any(reading.field("level.minimum")))
    for mention in found:
        if mention in shortened:
            lenders.append(mention)
            continue
        for row in rows:
            if same_name(row, mention):
                row.requirement = strongest(row.requirement, mention.requirement)
                if row.level is None or (row.weak_level and (mention.level_inferred or not mention.weak_level)):
                    row.level, row.level_inferred, row.weak_level = mention.level, mention.level_inferred, False
                row.acronym = row.acronym or mention.acronym
                if prints_in_full(mention, row):
                    row.start, row.end, row.label, row.rule = mention.start, mention.end, mention.label, mention.rule
                row.rule = mention.rule if mention.rule in LAID_OUT else row.rule
                if mention.rule == "register-minimum":
                    row.start, row.end, row.label, row.rule = mention.start, mention.end, mention.label, mention.rule
                break
        else:
            rows.append(mention)
    for lender in lenders:
        for row in rows:
            if lender.determiner != "recalled" and shortened.lends(lender, row):
                row.requirement = strongest(row.requirement, lender.requirement)
    for row in sorted(rows, key=lambda m: (m.start, m.end)):
        yield Diploma(
            start=row.start,
            end=row.end,
            rule=row.rule,
            kind=row.kind,
            label=row.label,
            years_after_bac=row.years,
            level=row.level,
            level_inferred=row.level_inferred,
            requirement=row.requirement,
        )


def _is_ruled_out(text: str, mention: Mention) -> bool:
    """Whether a diploma is named only to say that it is none of the ways in."""
    if holds(text[mention.end : mention.end + _NEAR], _NOT) and _USELESS.match(text, mention.end):
        return True
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    if not is_introduced(before):
        return False
    if before.endswith(_OF) and (_STUDY.search(before) or (not mention.specialty and _is_year(text, mention, before))):
        return True
    negated = _RULED_OUT.search(before) if holds(before.lower(), _RULING_OUT) else None
    if negated is None or _NEGATED.search(before) is None:
        return False
    lead = before[: negated.start()]
    without = negated.group().lower().startswith("sans") and (_NOT_WITHOUT.match(text, mention.end) or _NO_WAY.search(lead))
    if without or (_WHO_LACKS.search(before) and _NOR.match(text, mention.end)):
        mention.requirement = "required"
        return False
    return True


def _is_year(text: str, mention: Mention, before: str) -> bool:
    """Whether a year of studies is named, to tell when something is or what it costs."""
    if before.endswith(_IN):
        return mention.head in _YEARS and text.startswith(",", mention.end)
    if _YEAR_OF.search(before) is None:
        return False
    return _FIRST_YEAR.search(before) is not None or _COSTS.match(text, mention.end) is not None


#: Characters before a name in which it may be ruled out.
_BEFORE = 60
