"""The diplomas that a sentence names, and what it asks of each."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extractors.diplomas.apart import asked_behind, only_asks
from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.requirements import Cue, clause_at, cues, has_finite_verb, requirement, strongest
from pipeline.french.openings import holds

_CONTINUES = re.compile(
    r"(?:il|elle|ce|cette|cet|celui-ci|celle-ci)\b(?: dipl[oô]me| formation| titre|"
    r" certificat)?[^.]{0,30}?\b(?:prépar|obt|délivr|dur|s'acqu)",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"\bl'est\b|\ble sont\b")
_DURATION = re.compile(
    r"(?:\b(?:ans?|années?|mois)\b (?:d'études |de formation )?(?:pour|de plus pour) |"
    r"suivie?s? (?:\w+ ){0,3}d)",
)
#: « le CAP est le niveau minimum », « dès le CAP »: a level, which asks for no diploma of the list below.
_AS_LEVEL = re.compile(r" (?:est|reste|constitue|demeure) (?:le|un) niveau\b")
_FROM = ("dès ", "partir d", "moins ")
_FROM_LEVEL = re.compile(r"(?:\bdès |\bà partir d(?:u |e )|\bau moins )(?:le |un |l')?$")


class Sentence(NamedTuple):
    """A sentence: its clauses (start, end, mark before), its cues, the diplomas it names, what the one before asked."""

    start: int
    end: int
    parts: list[tuple[int, int, str]]
    said: list[Cue]
    named: list[tuple[int, int]]
    previous: str | None


def continues(text: str, start: int, end: int) -> bool:
    """Whether a sentence speaks on of the diploma named before it: « Il se prépare en deux ans »."""
    return _CONTINUES.match(text, start, end) is not None


def asked_of_pronoun(text: str, start: int, end: int, before: list[Mention]) -> None:
    """What a sentence says of the diplomas ``before`` it without naming them: « Il est exigé dans toutes les crèches »."""
    if not before:
        return
    if "?" in text[before[-1].end : start] and (answer := only_asks(text[start:end])) is not None:
        before[-1].requirement = answer  # « Un BTS ? Indispensable. »
        return
    subject = _PRONOUN.match(text, start, end)
    if subject is not None:
        asked = strongest_cue([c for c in cues(text, subject.end(), end) if c.side == "after"], (start, end))
        for mention in before if subject["several"] else before[-1:]:
            mention.requirement = asked or mention.requirement
        return
    said = cues(text, start, end)
    until = end
    for rank in reversed(list(_RANK.finditer(text, start, end))):
        mention = before[0 if rank["first"] else -1]
        mention.requirement = strongest_cue([c for c in said if c.side != "before"], (rank.end(), until)) or mention.requirement
        until = rank.start()
    for cue in said:
        if cue.requirement == "required" and text[cue.start : cue.end].lower().startswith("sans "):
            before[-1].requirement = "required"  # « Sans lui, nul ne peut exercer »
        elif (asked_of_them := _taken_up(text, start, cue)) is not None:
            for mention in before if asked_of_them.several else before[-1:]:
                mention.requirement = strongest(mention.requirement, asked_of_them.requirement)


class TakenUp(NamedTuple):
    """What is asked of the diploma, or of ``several``, for which a pronoun stands."""

    requirement: str
    several: bool


def _taken_up(text: str, start: int, cue: Cue) -> TakenUp | None:
    """What a cue asks whose object is a pronoun: « les maisons le préfèrent », « celle que les chefs préfèrent »."""
    if cue.side != "before" or _FINITE.search(text, cue.start, cue.end) is None:
        return None
    if _EITHER.match(text, cue.end) is not None:
        return TakenUp(cue.requirement, several=True)
    pronoun = _OBJECT.search(text, max(start, cue.start - _TAKEN_UP), cue.start) or _RELATIVE.fullmatch(text, start, cue.start)
    if pronoun is None:
        return None
    return TakenUp("possible" if pronoun["no"] else cue.requirement, several=pronoun.groupdict().get("several") is not None)


_FINITE = re.compile(r"[^é]e(?<!idéale)(?<!ence)$|(?:ent|ons|r(?:a|ont|ait|aient))$", re.IGNORECASE)
_EITHER = re.compile(r" (?:l'une?|les) (?:deux|des deux|d'(?:eux|elles)|ou l'autre)\b")
#: Characters before a verb in which its object stands: a pronoun, or « c'est lui que les maisons ».
_TAKEN_UP = 70
_OBJECT = re.compile(
    r"\b(?P<no>ne )?(?:(?P<several>les )|l[ea] |l')$|"
    r"\bc'est (?:elle|lui|celui-ci|celle-ci|ce dernier|cette dernière) qu(?:e |')(?:[^.;:,]{2,40} )?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?: ?\([^()]*\))?(?:, de niveau \d)?,? (?:(?:celle|celui|diplôme|formation|titre) )?"
    r"qu(?:e |')(?:[^.;:,]{2,40} )?(?P<no>ne )?"
)


#: « Le premier est indispensable, le second facultatif »: of the first and of the last named.
_RANK = re.compile(
    r"\b(?:(?P<first>le premier|la première)|l[ea] (?:seconde?|deuxième|troisième)|le dernier|la dernière)(?= [a-z])",
    re.IGNORECASE,
)
#: A subject that stands for the diploma just named, and the verb of its predicate.
_PRONOUN = re.compile(
    r"(?:[^\W\d_][^,;:.!?]{2,60}, )?(?:(?P<several>Ils|Elles|(?:Tous|Toutes) (?:deux|trois)|Ceux-ci|Celles-ci|"
    r"Ces (?:diplômes|titres|formations|certificats)|Les deux|L'une? (?:des deux|d'(?:eux|elles)|ou l'autre))|"
    r"Il|Elle|Celui-ci|Celle-ci|Ce dernier|Cette dernière|"
    r"(?:Ce|Cette) (?:\w+ )?(?:diplôme|titre|brevet|certificat|formation|certification|sésame|niveau|cursus|parcours)) "
    r"(?=(?:est|sont|n'est|ne sont|reste|restent|demeure|demeurent|s'impose|constitue)\b)",
    re.IGNORECASE,
)


def note_recalled(text: str, start: int, found: list[Mention]) -> None:
    """In « 3 ans pour une licence professionnelle » a bare name only recalls a fuller one."""
    for mention in found:
        if mention.specialty:
            continue
        first = max(start, mention.start - 40)
        before = text[first : mention.start]
        if (
            (("pour " in before or "suivi" in before) and _DURATION.search(text, first, mention.start))
            or _AS_LEVEL.match(text, mention.end)
            or (holds(before, _FROM) and _FROM_LEVEL.search(text, max(start, mention.start - 30), mention.start))
        ):
            mention.determiner = "recalled"


def asked_in_sentence(text: str, mention: Mention, before: list[Mention], sentence: Sentence) -> str | None:
    """What a sentence asks of ``mention``, which the mentions ``before`` precede in it."""
    level, parts = mention.kind == "level", sentence.parts
    index = clause_at(parts, mention.start)
    clause = parts[index]
    after_name = level and before and before[-1].kind == "qualification"
    apposed = after_name and _APPOSED.fullmatch(text, before[-1].end, mention.start)
    if apposed:
        return before[-1].requirement
    if (before or sentence.previous) and _ELLIPSIS.search(text, mention.end, clause[1]):
        return before[-1].requirement if before else sentence.previous
    span = (mention.start, mention.end)
    asked = requirement(text, span, clause[:2], sentence.said, sentence.named) or asked_behind(
        text, span, parts, sentence.named
    )
    if asked in {None, "possible"}:
        asked = strongest(asked, _asked_by_pronoun(text, mention, index, sentence))
    if asked is not None:
        passed_over = asked == "recommended" and before and _is_passed_over(text, sentence.start, before[-1], mention)
        return "possible" if passed_over else asked
    if clause[2] in {";", ":"}:
        return _asked_by_clause_before(text, mention, index, before, sentence)
    return sentence.previous if level and continues(text, sentence.start, sentence.end) else None


def _asked_by_clause_before(text: str, mention: Mention, index: int, before: list[Mention], sentence: Sentence) -> str | None:
    """What the clause before a colon asks of the names behind it, or that before a semicolon of one without a verb."""
    (start, end, mark), lead = sentence.parts[index], sentence.parts[index - 1]
    if mark == ";":
        gapped = before and _GAPPED.match(text, mention.end, end) and not has_finite_verb(text[start:end])
        return before[-1].requirement if gapped else None
    if any(lead[0] <= a < lead[1] for a, _ in sentence.named):
        preferred = any(c.requirement == "recommended" and 0 <= lead[1] - c.end <= 1 for c in sentence.said)
        return "recommended" if preferred else None if mention.kind == "level" else "possible"
    return strongest_cue(sentence.said, lead[:2])


#: Behind a name whose verb is that of the clause before: « ; le DSCG, les groupes ».
_GAPPED = re.compile(r", (?:l[ea]s? |l'|une? |des |aux? |chez |dans |pour )")


def _asked_by_pronoun(text: str, mention: Mention, index: int, sentence: Sentence) -> str | None:
    """What a later clause of the sentence asks of the last thing named before it: « …, mais les cliniques l'exigent »."""
    following = next((a for a, _ in sentence.named if a >= mention.end), sentence.end)
    if index + 1 < len(sentence.parts) and following > (after := sentence.parts[index + 1])[0]:
        if after[2] in _STATES and (subject := _PRONOUN.match(text, after[0] + 1, after[1])) is not None:
            return strongest_cue([c for c in sentence.said if c.side == "after"], (subject.end(), min(after[1], following)))
        set_apart = after[2] in _SUBJECTS and _ASIDE.fullmatch(text, mention.end, sentence.parts[index][1]) is not None
        if set_apart:  # « Quant au CQP, il est très apprécié »
            asked = strongest_cue([c for c in sentence.said if c.side == "after"], (after[0], min(after[1], following)))
            if asked is not None:
                return asked
        conceded = after[2].endswith(_CONCEDED)
        if conceded and (goes_on := _GOES_ON.match(text, sentence.parts[index][1], sentence.end)) is not None:
            for cue in sentence.said:
                if (
                    cue.side == "after"
                    and goes_on.end() <= cue.start < following
                    and _AT_ONCE.fullmatch(text, goes_on.end(), cue.start)
                ):
                    return cue.requirement
    for cue in sentence.said:
        if mention.end < cue.start and text[cue.start : cue.end].lower().startswith("sans "):
            return cue.requirement  # « le CAP ou le BEP : sans eux, pas d'embauche »
        taken_up = _taken_up(text, mention.end, cue) if mention.end < cue.start else None
        if taken_up is not None and (taken_up.several or cue.start < following):
            return taken_up.requirement
    return None


def _is_passed_over(text: str, start: int, preferred: Mention, mention: Mention) -> bool:
    """Whether a mention is what another is preferred to: « mieux vaut un BTS qu'un bac », « préfèrent le BTS au bac »."""
    compared = _COMPARED.fullmatch(text, preferred.end, mention.start)
    return compared is not None and (bool(compared["said"]) or _PREFERS.search(text, start, preferred.start) is not None)


_COMPARED = re.compile(
    r"(?: \([^()]*\))?(?P<said> (?:est|sont|reste|restent) (?:\w+ )?préférée?s?)? "
    r"(?:qu'une? |qu[e'] ?l[ea] ?|aux? |à (?:une? |la |l'))"
)
_PREFERS = re.compile(r"\b(?:préf[èé]r\w+|mieux|plutôt|privilégi\w+)\b[^.;:]*$", re.IGNORECASE)


#: What leads on to what is said of a name after a denial or a concession: « …, mais il est conseillé », « …, bien que
#: facultatif, est apprécié »; and what stands between that and the word which says it.
_GOES_ON = re.compile(
    r",? (?:mais|quoique|bien que|même si)\b(?:[^,.;:]{0,45}, (?=(?:est|reste|demeure|sera)\b)| (?=\w))",
    re.IGNORECASE,
)
_CONCEDED = ("mais", "que", "si", "quoique")
_AT_ONCE = re.compile(
    r"(?:(?:il|elle) )?(?:(?:est|reste|demeure|sera|serait) )?"
    r"(?:(?:très|bien|fort|toujours|souvent|plutôt|de plus en plus|\w{3,20}ment) )*"
)
#: What may stand between a name set apart and the pronoun that takes it up: « Quant au CQP, qui se prépare en un an, il … ».
_ASIDE = re.compile(r"\s*(?:\([^()]*\))?\s*(?:, (?:qui|qu[e']|dont|où)\b[^.;:]*)?")
_STATES = frozenset((";", ":"))
_SUBJECTS = frozenset((", il", ", elle", ", on"))
_APPOSED = re.compile(
    r"[^.;:]{0,40}, soit (?:un |de |au )?(?:niveau )?| ?\(?(?:RNCP ?\d+, ?)?,? ?(?:soit |de |"
    r"d[eé]livr\w+ |reconnu\w* |class\w+ |accessible |obtenu \w+ )?(?:au |de |un )?(?:niveau )?",
    re.IGNORECASE,
)


def strongest_cue(said: list[Cue], span: tuple[int, int]) -> str | None:
    """The strongest of the requirements said within ``span``."""
    best: str | None = None
    for cue in said:
        if span[0] <= cue.start and cue.end <= span[1]:
            best = strongest(best, cue.requirement)
    return best
