"""How strongly a sentence asks for the diplomas that it names.

Cue words (« exigé », « idéal », « accessible ») come from ``diplomas.toml``, each with the side on which
the diploma stands: an active verb speaks of what follows it, a predicate of its subject, and neither
reaches beyond its clause.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from pipeline.beginnings import literal_beginnings
from pipeline.french.openings import BEFORE_WORD, trie
from pipeline.french.verbs import read
from pipeline.lexicons import load

RANK = {"required": 3, "recommended": 2, "possible": 1, None: 0}


class Cue(NamedTuple):
    """A cue word at its place. ``side`` is ``before`` (it precedes its diploma), ``next`` (and it only), ``after`` or ``any``.

    An adverb that stands on either side is ``opening`` or ``closing``, and then speaks of nothing on its other side.
    """

    start: int
    end: int
    requirement: str
    side: str


#: First letters of a cue that are looked at.
_LOOKED_AT = 8


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[re.Pattern[str], tuple[tuple[str, str], ...]]]]:
    """A pattern that finds the first letters of every cue; and, by these letters, the cues to try there.

    Those are one pattern with a group a row, and what each row says.
    """
    rows: list[dict[str, Any]] = load("diplomas")["cue"]
    begun = {(letters, i) for i, row in enumerate(rows) for letters in literal_beginnings(row["pattern"], _LOOKED_AT)}
    known = {letters for letters, _ in begun}
    tried = {}
    for start in known:
        if not any(start[:n] in known for n in range(1, len(start))):
            numbers = sorted({i for letters, i in begun if letters.startswith(start)})
            joined = "|".join(f"({rows[i]['pattern']})" for i in numbers)
            tried[start] = re.compile(joined), tuple((rows[i]["requirement"], rows[i]["side"]) for i in numbers)
    # What stands before a word is matched, too: the engine skips from one such character to the next.
    return re.compile(rf"{BEFORE_WORD}(?=({trie(sorted(tried))}))"), tried


def cues(text: str, start: int, end: int) -> list[Cue]:
    """The cue words in ``text[start:end]``, in reading order."""
    openings, tried = _patterns()
    lower = text[start:end].lower()
    if len(lower) != end - start:  # « İ » is two characters in lower case
        lower = text[start:end]
    found: list[Cue] = []
    last = 0
    for word in openings.finditer("\n" + lower):
        first = word.start()
        if first < last:
            continue
        pattern, kinds = tried[word[1]]
        match = pattern.match(lower, first)
        if match is None:
            continue
        last = match.end()
        requirement, side = kinds[(match.lastindex or 1) - 1]
        if side == "after" and _IMPERSONAL.match(lower, last):
            side = "before"
        elif side == "beside":
            if _TIME_BEFORE.search(lower, max(0, first - _BEFORE_ADVERB), first) or _TIME_AFTER.match(lower, last):
                continue  # « après deux ans de pratique au minimum », « au moins 18 ans »
            closes = _CLOSED.match(lower, last) and lower[:first].rstrip()[-1:] not in _OPENED
            side = "closing" if closes else "opening"
        elif side != "any" and lower.endswith(_ADJECTIVE, first, last) and _is_fronted(lower, first, last):
            side = "next"
        if found and _is_conceded(text, found[-1], start + first):
            found.pop()
        found.append(Cue(start + first, start + last, requirement, side))
    return found


def _is_conceded(text: str, cue: Cue, following: int) -> bool:
    """Whether what a cue denies only concedes what the next one says: « sans être requis, … est apprécié »."""
    return text[cue.start : cue.start + len(_WITHOUT)].lower() == _WITHOUT and text.find(";", cue.end, following) < 0


_WITHOUT = "sans être "


def _is_fronted(lower: str, first: int, last: int) -> bool:
    """Whether an adjective opens a clause and is set apart from what it speaks of: « Très recherché, le BTS … »."""
    if _SET_APART.match(lower, last) is None:
        return False
    before = lower[max(0, first - _BEFORE_ADVERB) : first]
    return _OPENS_CLAUSE.search(before if first <= _BEFORE_ADVERB else f"x{before}") is not None


#: How adjectives of requirement end, and what stands behind one that is set apart, and before it.
_ADJECTIVE = ("é", "ée", "és", "ées", "ble", "bles", "ire", "ires", "requis", "requise", "requises")
_SET_APART = re.compile(r"[^,.;:()]{0,50}, (?:une?|l[ea]s?|des|cette?|ces) |[^,.;:()]{0,50}, l'")
_OPENS_CLAUSE = re.compile(
    r"(?:\A|[.;:!?…] |\b(?:et|ou|mais|puis),? )"
    r"(?:(?:très|plus|fort|bien|moins|l[ea]s? plus|encore|souvent|toujours|désormais|aussi|\w{3,20}ment) )*\Z"
)
#: « il est préférable de viser un master »: the predicate speaks of what follows.
_IMPERSONAL = re.compile(
    r" (?:d'|de (?!bon nombre|ce(?:ux|lles)|certain|la part|nombreu|plusieurs|qui|quiconque|tou[st])|que |est |: |"
    r"pour (?:\w+ ){1,4}(?:est|reste) )"
)
#: Time of which an adverb gives the least, and the characters before the adverb that are looked at.
_TIME_BEFORE = re.compile(r"\b(?:ans?|années?|mois|semaines?|jours?|heures?)(?: (?:d'|de )\w+(?: \w+)?)? $")
_TIME_AFTER = re.compile(
    r" (?:d[eu'] ?)?(?:\d+|une?|deux|trois|quatre|cinq|six|dix|douze) (?:ans?|années?|mois|semaines?|jours?|heures?)\b"
)
_BEFORE_ADVERB = 45
#: What stands behind an adverb that closes its clause (« un bac + 2 au minimum, … »), and before one that opens it.
_CLOSED = re.compile(r" ?(?:$|[.,;!?)…])| (?:et|ou|mais|puis|pour|afin|dans|chez)\b")
_OPENED = frozenset(("", ".", ";", ":", "!", "?", "(", "…", "-", "–"))
#: What opens a clause after a space, with a comma before it or without one; and what looks like one: « comme un BTS ».
_AFTER_SPACE = r"(?:mais|tandis que|alors que|même si|quand bien même|quoique|bien que|sinon)\b"
_EXAMPLE = r"(?=par exemple(?!, (?!une?\b|l[ea]s? |l'|des ))|tels? qu|telles? qu|comme (?:une?|l[ea])\b)"
#: « un master, suivi à terre, est apprécié »: the clause goes on.
_NO_INSERTION = r"(?![^,.;:]{1,40}, (?:est|sont|reste|demeure|ouvre|permet|suffit)\b)"
#: « , complété par un DU »: what a diploma is added to is none of its clause; « suivi du » ranks those of one.
_ADDED = (
    r"(?=(?:éventuellement |parfois |souvent )?(?:suivi(?!e?s? (?:du|de (?:la|près)|de l'))|complété|précédé)"
    rf"e?s? {_NO_INSERTION})"
)
# Each alternative begins with a literal: the engine skips to these signs.
_CLAUSE = re.compile(
    rf";|!|\?|…|:(?<=\D:)|, (?:{_AFTER_SPACE}|"
    r"(?<!est, )(?<!sont, )(?<!reste, )(?<!demeure, )(?:en revanche|cependant|toutefois|néanmoins|même)\b(?!,)|"
    r"(?=après|à la suite d|à l'issue d)|(?:puis|il|elle|on)\b(?!,)|les (?:recruteurs|employeurs|entreprises)\b|"
    rf"{_EXAMPLE}|{_ADDED})| (?:{_AFTER_SPACE}|"
    rf"[-–—] |{_EXAMPLE})"
)


def clauses(text: str, start: int, end: int, protected: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The clauses of a sentence as (start, end, the mark that opened them); no cut inside ``protected`` spans."""
    found = []
    first, mark = start, ""
    for match in _CLAUSE.finditer(text, start, end):
        if any(a < match.end() and match.start() < b for a, b in protected):
            continue
        found.append((first, match.start(), mark))
        first, mark = match.end(), match.group().strip()
    found.append((first, end, mark))
    return found


def clause_at(parts: list[tuple[int, int, str]], at: int) -> int:
    """The number of the clause that holds an offset; the last where it stands between two."""
    for number, (start, end, _) in enumerate(parts):
        if start <= at < end:
            return number
    return len(parts) - 1


def requirement(
    text: str, span: tuple[int, int], clause: tuple[int, int], said: list[Cue], named: list[tuple[int, int]]
) -> str | None:
    """What the clause asks of the diploma named in ``span``; None where it has no cue for it.

    ``said`` are the cues of the sentence, ``named`` the spans of all diplomas named in it.
    """
    (start, end), (first, last) = span, clause
    best: tuple[int, str] | None = None
    for cue in said:
        if cue.end <= first or cue.end > last or (cue.start < end and start < cue.end and cue.side != "any"):
            continue
        following = cue.start >= end
        gap_start, gap_end = (end, cue.start) if following else (cue.end, start)
        gap = text[gap_start:gap_end]
        if (not following and _CLOSES.match(gap)) or (following and _OF_ELSE.search(gap)):
            continue
        others = 0
        for a, b in named:
            others += gap_start <= a and b <= gap_end
        cost = (gap_end - gap_start) + 15 * others
        wrong_side = cue.side in (BEFORE if following else _AFTER)
        if _speaks_of_another(text, end, cue, named, others) if following else others and cue.side == "next":
            continue
        if wrong_side:
            elsewhere = any((a >= cue.end) if following else (b <= cue.start) for a, b in named if first <= a and b <= last)
            if cue.side == "next" or (elsewhere and cue.side in _ADVERBS):
                continue
            cost += 1000 if elsewhere else 60
            if elsewhere and _breaks(gap):
                cost += 2000
        elif _breaks(gap) and others == 0 and cue.side != "next" and not (following and _APPOSED.fullmatch(gap)):
            cost += 40
        if cue.side == "any":
            cost += 25
        if best is None or cost < best[0]:
            best = (cost, cue.requirement)
    return best[1] if best is not None else None


#: « le CAP vannerie (permis B exigé) », « un BTS, stage obligatoire »: something else is asked for, too.
_OF_ELSE = re.compile(
    r"[(,] ?(?:(?:une?|l[ea]|l'|des) ?)?(?:alternance|anglais|casier|concours|dossier|entretien|épreuve|expérience|langue|oral|"
    r"permis|pratique|sélection|stage)s?(?: [^\W\d]{1,12}){0,2} $"
)
#: « du bac + 3 (au minimum) au bac + 5 »: what brackets say is said of what stands before them.
_CLOSES = re.compile(r"[^()]*\)")
BEFORE, _AFTER, _ADVERBS = ("before", "next", "opening"), ("after", "closing"), ("opening", "closing")


def _speaks_of_another(text: str, end: int, cue: Cue, named: list[tuple[int, int]], others: int) -> bool:
    """Whether a cue behind the name that ends at ``end``, and behind ``others``, says nothing of that name."""
    if cue.side == "before" and _OF_NAME.match(text, cue.end):
        return True
    if not others:
        return False
    if cue.side == "after" and _SAID.match(text, end, min(a for a, _ in named if a >= end)):
        return True
    if cue.side == "next":
        return True
    _, comma, apposed = text[end : cue.start].rpartition(", ")
    of_one = bool(comma) and len(apposed) < _APPOSITION and _OF_ONE.fullmatch(text, cue.start, cue.end) is not None
    return of_one and not has_finite_verb(apposed)


#: « le BP demande deux ans », « la licence exige un stage »: what the diploma itself takes.
_OF_NAME = re.compile(
    r" (?:au moins |encore |environ |de |du |d'|des )?(?:deux|trois|quatre|cinq|six|\d+|une?) "
    r"(?:\w+ )?(?:ans?|années?|mois|semaines?|heures?|stages?)\b"
)
#: « le BP demande deux ans, la licence … »: the clause of the first name is over before the second.
_SAID = re.compile(r"(?: \([^()]*\))? [^\W\d]\w+ [^,]*\w, (?:une? |l[ea]s? |l'|des )$")
#: « un BTS, voire une licence, appréciée des cabinets »: an adjective of one thing, set off by a comma, speaks of the last.
_APPOSITION, _OF_ONE = 40, re.compile(r"[^ ]{5,}(?:ée?|able)", re.IGNORECASE)
#: Between a name and a predicate beside it: « , (niveau III), vivement recommandé ».
_APPOSED = re.compile(r"(?: \([^()]*\))?, (?:très |si |fort |le plus |\w+ment )?")


def has_finite_verb(words: str) -> bool:
    """Whether any of ``words`` is a finite verb."""
    forms = (read(word) for word in _WORD.findall(_DEGREE.sub(" ", words.lower())))
    return any(form is not None and form.mood in {"plural", "singular"} for form in forms)


#: « plus court »: an adjective that looks like a verb; words.
_DEGREE, _WORD = re.compile(r"\b(?:assez|aussi|moins|plus|si|très|trop) [a-zà-ÿ]+"), re.compile(r"[a-zà-ÿ]+")


def _breaks(gap: str) -> bool:
    """Whether a comma parts a name and a cue; one that opens an insertion (« , par exemple, n'est … ») does not."""
    return ", " in gap and (not gap.startswith(", ") or ", " in _INSERTION.sub("", gap, count=1))


_INSERTION = re.compile(r"^, (?:[^\W\d]|[' ]){2,25}, ")


def strongest(one: str | None, other: str | None) -> str | None:
    """The stronger of two requirements."""
    return one if RANK[one] >= RANK[other] else other
