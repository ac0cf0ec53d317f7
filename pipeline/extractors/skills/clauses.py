"""A clause of a job sheet → the skills that it asks for.

:func:`read` takes a sentence and what its place in the sheet says of it (:class:`Place`), and yields
the skills named in it, each with the rule that read it. A clause without a verb in a skills section is
a list of skills; elsewhere a cue of ``lexicons/skills.toml`` must ask for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.extractors.skills.phrases import (
    Element,
    Named,
    Text,
    adjectival,
    elements,
    is_finite,
    is_infinitive,
    name,
    opens_knowing,
    singular,
    trimmed,
)
from pipeline.extractors.skills.vocabulary import Spot, cue, habits, terms, tokens

#: What stands right before an adjective that is said of the job holder.
_COPULA = frozenset(
    "être est sont soit soient sera seront es êtes suis sommes étant reste restent resteront montre montrer montrent révèle révéler "
    "demeure demeurer sois soyez paraître".split()
)
_PERSONS = frozenset("personne personnes professionnel professionnelle professionnels candidat candidate candidats quelqu'un esprit tempérament "
                     "caractère personnalité nature profil profils individu".split())
_DEGREES = frozenset(
    "très assez bien plus particulièrement extrêmement vraiment parfaitement également aussi donc surtout toujours tout toute si fort "
    "naturellement suffisamment avant plutôt autant relativement forcément obligatoirement impérativement évidemment notamment encore "
    "physiquement tantôt hautement résolument bon bonne fin fine excellent excellente véritable vrai vraie parfois enfin même "
    "absolument nécessairement bref".split()
)
_JOINING = frozenset("et ou mais comme ni voire puis ainsi".split())
_OWN_KNOWING = re.compile(r"(?:connaissances|compétences|culture|bagage|background|notions|bases)(?: (?!et\b|de\b|du\b|en\b|est\b|sont\b|nouvel|réel|essentiel|professionnel|personnel|actuel|multiple|particuli|spécifique)[\w-]+(?:iques?|elles?|ales?|aires?|al|el|ique|ières?|ives?)(?![\w-]))(?: et [\w-]+(?:iques?|elles?|ales?|aires?|ières?|ives?)(?![\w-]))?")
_QUALITY_HEAD = re.compile(r"\b(?:sens|esprit|goût|capacités?|aptitudes?|aisance|facilités?|résistance|souci|talents?|don|ouverture|force|vivacité|présence|qualités)\s(?:de |d'|du |des |à |au |aux |pour )(?!(?:toute|tout|base|plus|nouveau|ce|cette|proposition)\b)")
_ENUMERATED = re.compile(r"(?:compétences|qualités|atouts|connaissances|aptitudes|talents|vertus|savoirs|savoir-faire|disciplines)(?: (?!sont|est\b)[\w'-]+){0,2}$")
_SEGMENT = re.compile(r"\s?:\s|;|:$")
_SUCH_AS = re.compile(r"\b(?:compétences|qualités|connaissances|aptitudes|savoir-faire)\b[^.;:,]{0,30},? (?:comme|tels? que|telles? que|à savoir)(?= )")
_VERBAL_PREDICATE = re.compile(r"(?:s'|n'|est |sont |seront |sera |vont|va |form|lui|leur|vous|font|fait|constitu|restent?|serai|compte|serv|comme|un |sans)")
_STUDIES = re.compile(r"\b(?:licences?|masters?|mba|bts|dut|but|diplôm\w+|écoles?|universit\w+|iut|bachelors?|mastères?|cap|bac|bep|titre|certificats?|formations?(?! (?:à|de la))|ecoles?|institut|iae|cqp|deust|deug|doctorats?)\b")
_SUBJECT = re.compile(r"\s*,\s*(?:tout |souvent |toujours |parfois )?(?:l'|(?:le|la|les|il|elle|ils|elles|on|vous|tu|ce|cette|cet|ces|un|une|notre|votre|son|sa)(?!\w))")
_VERB = re.compile(
    r"(?<![\w'-])(?:il|elle|ils|elles|on|vous|nous|tu|je|j'|est|sont|était|a|ont|avoir|doit|doivent|devra|faut|faudra|peut|peuvent|sera|seront|"
    r"fait|font|va|vont|sait|savent|demande|demandent|exige|exigent|nécessite|nécessitent|requiert|permet|permettent|travaille|travaillent|"
    r"suppose|implique|existe|maîtrise (?=aussi|l[ea']|par|bien)|possède|dispose|connaît|n'|ne|qui|parle|utilise|apprécie|recherche|attend|doté|dotée|\w+er(?:a|ont))(?![\w-])"
)
_BOUNDARY = re.compile(r"[;]|, (?:mais|celles?|ceux|tandis)\b|\bmais (?=l|la|les|aussi il|il )| [-–] ")
_OPEN_DETERMINER = re.compile(r"\s*(?:le |la |les |l'|un |une |des |de |d'|du |son |sa |ses |leur |leurs |aux? |à |cette |ce |savoir |bien |également |aussi )")
_NOUN_BEFORE_DE = frozenset(
    "preuve besoin beaucoup dose sens minimum maximum qualités plus part peu énormément suffisamment autant faire grande esprit doté dotée dotés dotées "
    "capacité capacités qualité manque question maître pourvu pleine plein montrer et ou mais gage atout mélange coup armé munir s'armer".split()
)
_BEFORE_NOUN = frozenset("le la l' un une avec et ou sa son ses leur votre vos notre nos exige demande".split())
_SEVERAL, _OPENING = 2, 40
_WEAK = frozenset(
    "accueil adaptation application attention assurance clarté cohérence communication compréhension constance coordination distance "
    "engagement énergie équilibre éthique exigence force goût grâce innovation jugement logique mémoire mesure mobilité nez œil oeil "
    "ordre organisation orientation ouverture partage présence présentation pratique précaution réflexion réserve résolution respect responsabilité "
    "sensibilité sécurité soin solidité stabilité toucher vision vocation volonté passion initiative initiatives expression indépendance recul distance "
    "concentration confidentialité discipline application calme toucher collaboration concertation propreté rapidité efficacité précision "
    "coopération neutralité humanité qualité aisance relationnel adresse anticipation justice".split()
)


class Skillful(NamedTuple):
    """A skill read from a clause."""

    named: Named
    requirement: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: in the skills section or not, a heading, an item; what the heading or lead says of it.

    ``closed`` is true below a line that announces courses instead of skills.
    """

    skills: bool
    heading: bool = False
    item: bool = False
    category: str | None = None
    requirement: str | None = None
    closed: bool = False


def read(text: Text, place: Place) -> Iterator[Skillful]:
    """The skills that a sentence asks for, in reading order, none overlapping."""
    masked = _masked(text)
    found: list[tuple[Named, str]] = []
    taken: list[tuple[int, int]] = []

    def keep(named: Named | None, rule: str) -> None:
        if named is None or any(named.start < e and s < named.end for s, e in (*taken, *masked)):
            return
        taken.append((named.start, named.end))
        found.append((named, rule))

    for start, end, hint in segments(text, place):
        if place.heading:
            for named in _listed(text, start, end, hint, strict=True):
                keep(named, "heading")
            continue
        if _STUDIES.search(text.low, start, end) and not place.heading:
            hint = None
            if not _has_verb(text, start, end):
                continue
        if hint == "listed" or (place.skills and (hint is not None or not _has_verb(text, start, end, sure=place.item)) and not _verbal(text, start, end)):
            for named in _listed(text, start, end, hint or place.category, strict=False, bare=place.item or (hint or place.category) is not None):
                keep(named, "list")
            continue
        for rule, region, how in _zones(text, start, end, place):
            if any(s < region[0] < e for s, e in masked):
                continue
            for named in _zone(text, region, how, place):
                keep(named, rule)
        for habit, label in habits() if place.skills else ():
            for match in habit.finditer(text.low, start, end):
                keep(Named(match.start(), match.end(), match.expand(label), "soft", known=True), "habit")
        for one in text.spots:
            stated = _stated(text, one, place, start) if start <= one.start < end else None
            if stated is not None:
                keep(stated, f"stated-{stated.category}")
    for named, rule in sorted(found):
        yield Skillful(named, requirement(text, named, place), rule)


def describes_person(printed: str, low: str, start: int, end: int) -> bool:
    """Whether a paragraph opens with qualities in apposition: « Créatif et endurant, le chef … »."""
    index = terms()
    if not any(t.word in index for t in tokens(low, start, min(end, start + _OPENING))[:_SEVERAL]):
        return False
    opening = Text(printed, low, start, min(end, start + 90))
    traits = [s for s in opening.spots if s.term.kind == "trait" or s.term.trait]
    if len(traits) < _SEVERAL or traits[0].first > 1 or not _said_of_holder(opening, traits[1], Place(skills=True)):
        return False
    between = low[traits[0].end : traits[1].start]
    return ("," in between or " et " in between) and _SUBJECT.search(low, traits[1].end, min(end, start + 120)) is not None


def names_studies(low: str, start: int, end: int) -> bool:
    """Whether the words name a diploma, a level or a school."""
    return _STUDIES.search(low, start, end) is not None


def announces_studies(low: str, start: int, end: int) -> bool:
    """Whether a paragraph ends by announcing a list of courses."""
    return low[start:end].rstrip().endswith(":") and _STUDIES.search(low, start, end) is not None


def segments(text: Text, place: Place) -> Iterator[tuple[int, int, str | None]]:
    """The parts of a sentence between colons and semicolons, with the category that a lead gives (« Langues : »)."""
    start, hint = text.start, None
    for match in _SEGMENT.finditer(text.low, text.start, text.end):
        if match.group().strip() == ":":
            lead = text.low[start : match.start()]
            named_by_lead = lead_category(lead) if len(lead.split()) <= 7 and not _has_verb(text, start, match.start()) else None
            if not place.heading and _ENUMERATED.search(lead) and _has_verb(text, start, match.start()):
                named_by_lead = "listed"
            if not named_by_lead and place.skills and not place.heading and len(lead.split()) <= 3 and not any(s.start >= start and s.end <= match.start() for s in text.spots):
                named_by_lead = place.category or "listed"
            if named_by_lead and not place.heading:
                hint = named_by_lead
                start = match.end()
                continue
        if match.start() > start:
            yield start, match.start(), hint
        start = match.end()
    if start < text.end:
        yield start, text.end, hint


def _has_verb(text: Text, start: int, end: int, *, sure: bool = False) -> bool:
    """Whether a finite verb or its subject pronoun stands in ``start:end``; ``sure``: only where no noun or adjective looks so."""
    if sure or _VERB.search(text.low, start, end):
        return _VERB.search(text.low, start, end) is not None
    return any(start <= token.start < end and is_finite(text, place) for place, token in enumerate(text.words))


def lead_category(words: str) -> str | None:
    """The category that a lead or sub-heading gives to the list below it: « Savoir-être » → soft."""
    for category in ("soft", "know-how", "language", "tool", "knowledge"):
        if cue("lead", category).search(words):
            return category
    return "technical" if re.search(r"\btechniques?\b", words) else None


def _verbal(text: Text, start: int, end: int) -> bool:
    """Whether the words open with a cue that reads better as a clause (« être capable de … »)."""
    return bool(re.match(r"\s*(?:être |savoir |avoir |faire preuve|posséder |sachant |capable de|capable d'|c'est |on |côté )", text.low[start:end]))


def _masked(text: Text) -> list[tuple[int, int]]:
    """Stretches that ask for nothing: what is denied, somebody else's, or a circumstance."""
    spans = []
    for match in cue("aside").finditer(text.low, text.start, text.end):
        stop = re.compile(r"[,;:.]").search(text.low, match.end(), text.end)
        spans.append((match.start(), stop.start() if stop else text.end))
    for match in cue("contrast").finditer(text.low, text.start, text.end):
        stop = re.compile(r", (?:il|elle|ils|elles|le|la|l'|les|on|vous|ce|mais)\b|[;:.]|\bmais\b").search(text.low, match.end(), text.end)
        start = match.start()
        if not match.group().startswith(("contrairement", "au contraire", "à la diff")):
            boundary = [m.end() for m in re.compile(r"[,;:.]").finditer(text.low, text.start, match.start())]
            start = boundary[-1] if boundary else text.start
        spans.append((start, stop.start() if stop else text.end))
    return spans


def _listed(text: Text, start: int, end: int, hint: str | None, *, strict: bool, bare: bool = False) -> Iterator[Named]:
    """The skills of a list without a verb; ``bare``: an item or the like, whose every part names one."""
    if hint in {"technical", "listed"}:
        hint = None
    found: list[Named] = []
    head: Named | None = None
    known_first = bool(text.spots) and text.spots[0].start <= trimmed(text, start, end)[0] + 1
    for part in elements(text, start, end):
        shared = _shared(text, part, head)
        if shared is not None:
            if shared.label:
                found.append(shared)
            continue
        if part.before == "(" and not text.spot_at(part.start, part.end):
            continue
        named = name(text, part, hint, strict=strict or not (bare or hint or known_first))
        if named is None:
            continue
        if found and _continues(text, part, found[-1], named):
            found[-1] = found[-1]._replace(end=named.end, label=found[-1].label + text.printed[found[-1].end : named.end])
            continue
        found.append(named)
        head = named
    yield from found


def _continues(text: Text, part: Element, last: Named, named: Named) -> bool:
    """« résistance physique [et nerveuse] », « règles d'hygiène [et de sécurité] » with a singular head."""
    if named.known or part.before not in {"et", "ou"} or (last.known and last.category != "soft"):
        return False
    words = text.low[part.start : part.end].split()
    gap = text.low[last.end : part.start].strip()
    if gap not in {"et", "ou"}:
        return False
    lone = len(words) == 1 and " " in last.label and adjectival(words[0])
    return lone or (re.match(r"(?:de (?!la )|d')", text.low[part.start :]) is not None and re.search(r" d[e']", last.label) is not None)


_SHARING = re.compile(r"(?:capacités?|aptitudes?|facilités?|sens|goûts?|esprit|outils?|logiciels?|compétences|qualités|talents?|dons?|langages?|\w+s)\b")


def _shared(text: Text, part: Element, head: Named | None) -> Named | None:
    """« capacités d'analyse [et de synthèse] » → « capacité de synthèse »; None where no head is shared."""
    if head is None or not re.match(r"(?:de |d'(?!une? )|du |des |à |en )", text.low[part.start : part.end]):
        return None
    opening = re.match(r"([\w-]+) (?:(?:\w+ ){0,2}?)(?:de |d'|du |des |à |en )", head.label.lower())
    if not opening or not _SHARING.match(opening.group(1)) or (head.category == "soft" and " " not in head.label):
        return None
    start, end = part.start, trimmed(text, part.start, part.end)[1]
    if end <= start:
        return None
    noun = opening.group(1)
    label = singular(f"{noun} {text.printed[start:end]}")
    return Named(start, end, label, head.category, known=True)


def _zones(text: Text, start: int, end: int, place: Place) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Stretches of a clause that name skills: (rule, offsets, how to read them)."""
    low = text.low
    asked = place.skills or cue("scope").search(low, start, end) is not None
    for match in cue("doing").finditer(low, start, end):
        if asked or match.group().startswith(("sachant", "capable", "apte")):
            yield "doing", (match.end(), end), "doing"
    for match in _SUCH_AS.finditer(low, start, end):
        yield "such-as", (match.end(), end), "open"
    for match in cue("knowing-verb").finditer(low, start, end):
        if place.skills or asked or match.group().startswith(("as ", "incollab", "formé", "ma")):
            yield "knowing-verb", (match.end(), end), "spoken" if match.group().startswith(("parl", "lire", "pratiqu")) else "verb"
    for match in cue("knowing-noun").finditer(low, start, end):
        if opens_knowing(low, match.start(), end):
            yield "knowing-noun", (match.start(), end), "noun"
        elif (own := _OWN_KNOWING.match(low, match.start(), end)) and (place.skills or re.search(r"\b(?:ses|vos|leurs|de bonnes|de solides|des|une (?:solide|bonne|large|vaste)) $", low[start : match.start()])):
            yield "knowing-noun", (match.start(), own.end()), "noun"
    if asked:
        for match in _QUALITY_HEAD.finditer(low, start, end):
            before = low[max(start, match.start() - 12) : match.start()].split()
            if (before and before[-1] in {"de", "du", "des"} and (len(before) < 2 or before[-2] not in _NOUN_BEFORE_DE)) or low[match.start() - 2 : match.start()] == "d'":
                continue
            yield "quality", (match.start(), end), "noun"
    if asked:
        for match in cue("predicate").finditer(low, start, end):
            copula = re.compile(r"(?:est|sont|sera|seront|s'avère\w*|semblent?|restent?|demeurent?|constituent?|paraît|figurent?|serait|vont?|doit|peut)(?: [\w']+){0,3} *$").search(
                low, max(start, match.start() - 45), match.start()
            )
            subject_end = copula.start() if copula else match.start()
            between = low[subject_end : match.start()]
            if (copula is None and not _VERBAL_PREDICATE.match(match.group())) or re.search(r"\b(?:un|une|le|la|les)\b(?! plus| atout)", between):
                continue
            if _STUDIES.search(low, start, subject_end):
                continue
            yield "predicate", (start, subject_end), "subject"
    for match in re.compile(r"\b(?:il (?:lui |leur |vous |nous |te )?faut|exige(?:nt)?|(?<!la )(?<!une )demande(?:nt)?|nécessite(?:nt)?|requi(?:ert|èrent)|réclame(?:nt)?|suppose(?:nt)?|"
                            r"possède(?:nt)?|posséder|avoir|a|ont|fai(?:t|re) preuve|font preuve|dispose(?:r|nt)?|doté(?:e|s|es)?|garde|avez|ayant|aura)(?!\w)").finditer(low, start, end):
        if asked:
            yield "asking-verb", (match.end(), end), "asked"


def _zone(text: Text, region: tuple[int, int], how: str, place: Place) -> Iterator[Named]:
    start, end = region
    low = text.low
    if how == "doing":
        yield from _doings(text, start, end, place)
        return
    if how == "subject":
        yield from _subjects(text, start, end, place)
        return
    last: Named | None = None
    for number, part in enumerate(elements(text, start, end)):
        if number and re.match(r"\s*(?:il|elle|on|qui|que|mais il)\b", low[part.start : part.end]):
            return
        shared = _shared(text, part, last) if number else None
        if shared is not None and last is not None:
            last = last if last.known and last.category != shared.category else last
            yield shared
            continue
        if how in {"verb", "spoken", "open"} and not _OPEN_DETERMINER.match(low[part.start : part.end]) and not _known_at(text, part):
            return
        if part.before == "(" and not text.spot_at(part.start, part.end):
            continue
        if how == "asked" and not (_OPEN_DETERMINER.match(low[part.start : part.end]) or _known_at(text, part)):
            continue
        strict = how == "asked" or (how == "noun" and number > 0 and not _OPEN_DETERMINER.match(low[part.start : part.end])) or (how == "verb" and not place.skills and number > 0)
        if how == "noun" and number and re.match(r"\s*(?:le |la |l'|les |un |une )", low[part.start :]):
            return
        named = name(text, part, None, strict=strict)
        if how == "spoken" and named is not None and named.category not in {"language", "tool"}:
            named = None
        if named is None:
            if how == "noun":
                return
            continue
        if last is not None and _continues(text, part, last, named):
            continue
        last = named
        yield named


def _known_at(text: Text, part: Element) -> bool:
    """Whether a known term opens ``part``."""
    start, end = trimmed(text, part.start, part.end)
    return any(s.start == start for s in text.spots)


def _doings(text: Text, start: int, end: int, place: Place) -> Iterator[Named]:
    using = False
    low_before = text.low[max(text.start, start - 8) : start].rstrip()
    for number, part in enumerate(elements(text, start, end)):
        first, last = trimmed(text, part.start, part.end)
        words = text.low[first:last]
        if number and using and not is_infinitive(words) and (named := name(text, part)) is not None:
            yield named
            continue
        using = words.startswith(("utiliser ", "manier ", "se servir ", "maîtriser ", "exploiter ", "manipuler "))
        if not is_infinitive(words) or words.startswith(("être ", "se faire", "faire face", "faire preuve", "avoir ", "posséder", "disposer")):
            return
        known = text.spot_at(first, last)
        if known is not None and known.start == first and known.term.kind == "doing" and not _OPEN_DETERMINER.match(text.low[known.end : last]):
            yield Named(known.start, known.end, known.term.label, "soft", known=True)
            continue
        if not (place.skills or low_before.endswith("sachant")) or words.startswith(("se ", "s'", "rester ")):
            return
        named = name(text, part._replace(start=first), "know-how")
        if named is None or (number == 0 and " " not in named.label and not named.known):
            return
        yield named


def _subjects(text: Text, start: int, end: int, place: Place) -> Iterator[Named]:
    """What stands before « est indispensable »: every part with an article, or a known skill."""
    head: Named | None = None
    for number, part in enumerate(elements(text, start, end)):
        shared = _shared(text, part, head)
        if shared is not None:
            yield shared
            continue
        known = text.spot_at(part.start, part.end)
        if known is None and not _OPEN_DETERMINER.match(text.low[part.start : part.end]):
            continue
        if re.match(r"\s*(?:il|elle|qui|que|on|ce|cette|ces|un|une autre)\b(?! bon)", text.low[part.start : part.end]) and known is None:
            continue
        if _has_verb(text, part.start, part.end):
            continue
        named = name(text, part, None, strict=number > 0 and known is None and not _OPEN_DETERMINER.match(text.low[part.start : part.end]))
        if named is None or (not place.skills and not (named.known or named.category == "soft")):
            continue
        if head is not None and _continues(text, part, head, named):
            continue
        head = named
        yield named


def _stated(text: Text, one: Spot, place: Place, start: int) -> Named | None:
    """A known term in running words, where it is said of the job holder."""
    term = one.term
    if term.kind == "trait" or term.trait:
        if _said_of_holder(text, one, place):
            return Named(one.start, one.end, term.label, "soft", known=True)
        if term.kind == "trait":
            return None
    if not place.skills and not cue("scope").search(text.low, start, text.end):
        return None
    before = text.words[one.first - 1].word if one.first else ""
    if term.kind == "language":
        if before in {"l'", "le", "et", "ou", "parler", "parle", "un", "bon", ""} and cue("asking").search(text.low):
            return name(text, Element(one.start, one.end, ","), None)
        return None
    if term.kind == "quality" and (place.skills or term.label not in _WEAK) and _noun_stands(text, one, before):
        return Named(one.start, one.end, term.label, "soft", known=True)
    if term.kind == "tool" and len(term.label) > 1 and (place.skills or "logiciel" in text.low[text.start : one.start]):
        return Named(one.start, one.end, text.printed[one.start : one.end], "tool", known=True)
    return None


def _noun_stands(text: Text, one: Spot, before: str) -> bool:
    """Whether a noun is an object or subject of its own, not the complement of another noun."""
    place = one.first - 1
    while place >= 0 and (text.words[place].word in _DEGREES or re.fullmatch(r"grande?s?|bonnes?|solides?|forte?s?|certaine|réelle?|excellente?", text.words[place].word)):
        place -= 1
    if place < 0:
        return True
    word = text.words[place].word
    if word in {"de", "d'", "du", "des"}:
        earlier = text.words[place - 1].word if place else ""
        return earlier in _NOUN_BEFORE_DE or not earlier
    if word in {"la", "l'"} and place and text.words[place - 1].word in {"de", "à"}:
        return text.words[place - 1].word == "de" and (place < 2 or text.words[place - 2].word in _NOUN_BEFORE_DE | {"demande", "exige", "faut", "demandent", "a"})
    return (word in _BEFORE_NOUN and one.term.label not in _WEAK) or (
        word in {"le", "la", "l'", "son", "sa"} and cue("scope").search(text.low, text.start, text.end) is not None
    )


def _said_of_holder(text: Text, one: Spot, place: Place) -> bool:
    """Whether an adjective stands after a copula, in apposition, or as a noun with « un » that is asked for."""
    words = text.words
    at = one.first - 1
    crossed = False
    while at >= 0:
        word = words[at].word
        gap = text.low[words[at].end : words[at + 1].start]
        if "." in gap or ":" in gap or ";" in gap:
            return False
        if "," in gap:
            crossed = True
        if word in _COPULA:
            return (place.skills or cue("scope").search(text.low, text.start, one.start) is not None) and not (at and words[at - 1].word in {"n'", "c'"})
        if word in {"un", "une"} and not crossed:
            return re.search(r"\b(?:recrute|recherche|faut être|être|c'est|doit)\b", text.low[text.start : words[at].start]) is not None
        if word in _PERSONS:
            return place.skills or cue("scope").search(text.low, text.start, one.start) is not None
        other = next((s for s in text.spots if s.first <= at <= s.last and (s.term.kind == "trait" or s.term.trait)), None)
        if other is not None:
            at = other.first - 1
            continue
        if word == "fois" and at > 1 and words[at - 1].word == "la":  # « à la fois »
            at -= 3
            continue
        if word in _DEGREES or word in _JOINING:
            at -= 1
            continue
        return False
    return place.skills and _apposed(text, one)


def _apposed(text: Text, one: Spot) -> bool:
    """« Patient et rigoureux, l'horticulteur … »: only traits up to the comma before the subject."""
    at = one.last + 1
    while at < len(text.words):
        gap_start = text.words[at - 1].end
        if _SUBJECT.match(text.low, gap_start):
            return True
        word = text.words[at].word
        other = next((s for s in text.spots if s.first <= at <= s.last and (s.term.kind == "trait" or s.term.trait)), None)
        if other is not None:
            at = other.last + 1
        elif word in _DEGREES or word in _JOINING:
            at += 1
        else:
            return word in {"doté", "dotée", "dotés", "dotées", "sachant", "ayant", "à", "de"} and (text.words[at - 1].word in _JOINING or "," in text.low[gap_start : text.words[at].start])
    return True


def requirement(text: Text, named: Named, place: Place) -> str | None:
    """`required` or `appreciated`, as the clause around a skill says; else what its lead says."""
    start, end = text.start, text.end
    for match in _BOUNDARY.finditer(text.low, text.start, text.end):
        if match.end() <= named.start:
            start = match.end()
        elif match.start() >= named.end:
            end = match.start()
            break
    colon = text.low.rfind(" : ", start, named.start)
    following = text.low.find(" : ", named.end, end)
    end = following if following >= 0 else end
    after = [(m.start(), r) for r in ("required", "appreciated") if (m := cue("predicate", requirement=r).search(text.low, named.end, end))]
    if after:
        return min(after)[1]
    for first in (colon, start) if colon >= 0 else (start,):
        before = [
            (m.start(), r) for r in ("required", "appreciated")
            for m in cue("scope", requirement=r).finditer(text.low, max(first, start), named.start)
        ]
        if before:
            return max(before)[1]
    around = [(m.start(), r) for r in ("required", "appreciated") if (m := cue("scope", requirement=r).search(text.low, named.end, end))]
    return min(around)[1] if around else place.requirement
