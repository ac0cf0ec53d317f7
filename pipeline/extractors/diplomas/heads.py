"""The qualifications that one head begins: one, or one for each specialty, occupation or kind that is named behind it.

The mention that was read from a head goes in, with the span in which more of its name may stand; mentions come out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pipeline.extractors.diplomas.identity import specialty_words
from pipeline.extractors.diplomas.labels import label_end
from pipeline.extractors.diplomas.mention import Mention
from pipeline.extractors.diplomas.places import Name
from pipeline.extractors.diplomas.shared import bracketed_heads, listed_heads, official_heads, shared_heads
from pipeline.lexicons import load


def of_head(text: str, whole: Mention, name: Name, span: tuple[int, int], *, plural: bool, line: bool) -> list[Mention]:
    """``whole``, or a mention for each specialty that shares its head; ``span`` is from the end of the head to the limit."""
    if name.name in _KINDS.values() and (kinds := _of_kinds(text, whole, *span)):
        return kinds
    if name.school or name.loose:
        return [whole]
    if name.state:
        return _of_state(text, whole, *span)
    head_end, limit = span
    leading = _LEADING.match(text, head_end, whole.end) if "(" in text[head_end : head_end + 2] else None
    begin = leading.end() if leading else head_end
    last = whole.end
    known = whole.level is not None
    bracketed = False
    shared = official_heads(text, begin, whole.end, limit, plural=plural, line=line) if known and begin < last else []
    if shared:
        last = max(last, shared[0][1]) if len(shared) == 1 else shared[-1][1]
    elif begin < last:
        shared = shared_heads(text, begin, last, plural=plural)
        last = shared[-1][1] if shared else last
    elif known:
        shared, last = bracketed_heads(text, head_end, limit)
        bracketed = True
    if len(shared) == 1:  # a name that runs over a comma, or brackets that say one thing
        words = text[slice(*shared.pop())] if bracketed else text[begin:last]
        whole.end, whole.label, whole.specialty = last, text[whole.start : last], specialty_words[words]
    further = listed_heads(text, begin, last, limit) if last > begin and (line or known) else []
    first = [_sharing(text, whole, head_end, piece, first=i == 0, bare=bracketed) for i, piece in enumerate(shared)] or [whole]
    return first + [_sharing(text, whole, head_end, piece, first=False) for piece in further]


#: « DN MADE (diplôme national …) mention mode »: the name is spelt out before its specialty.
_LEADING = re.compile(r"\s*\([^()]*\)(?= )")


#: « bac général, technologique ou professionnel »: kinds of one examination.
_KINDS = {"gé": "bac général", "ge": "bac général", "te": "bac techno", "pr": "bac pro"}
_KIND = r"(?:g[eé]n[eé]ral|techno(?:logique)?|pro(?:fessionnel)?)\b"
_FIRST_KIND, _NEXT_KIND = (
    re.compile(pattern, re.IGNORECASE) for pattern in (f"{_KIND}$", rf"(?:, (?:ou |et )?| (?:ou|et) |/)(?P<kind>{_KIND})")
)


def _of_kinds(text: str, whole: Mention, head_end: int, limit: int) -> list[Mention]:
    """The kinds of « bac » that are named one after the other, each a diploma; what follows the last belongs to it."""
    first = _FIRST_KIND.search(text, whole.start, head_end)
    if first is None:
        return []
    spans = [first.span()]
    while (following := _NEXT_KIND.match(text, spans[-1][1], limit)) is not None:
        spans.append(following.span("kind"))
    if len(spans) == 1:
        return []
    found: list[Mention] = []
    for at, end in spans:
        last = label_end(text, at, end, limit, line=False)[0] if (at, end) == spans[-1] else end
        found.append(
            replace(
                whole,
                start=at if found else whole.start,
                end=last,
                label=text[whole.start : first.start()] + text[at:last],
                head=_KINDS[text[at : at + 2].lower()],
                specialty=specialty_words[text[end:last]],
                rule="shared-head",
                shares=bool(found),
            )
        )
    return found


def _of_state(text: str, whole: Mention, head_end: int, limit: int) -> list[Mention]:
    """« le DE d'infirmier, d'auxiliaire de puériculture ou d'aide-soignant »: the occupations that share it, a diploma each."""
    found: list[Mention] = []
    joint = _TO_STATE.match(text, head_end, limit)
    while joint is not None and any(pattern.match(text, joint.end(), limit) for pattern, _, _ in _states()):
        at = joint.end()
        end, _ = label_end(text, at, at, limit, line=False)
        if (until := _NEXT_STATE.search(text, at, end)) is not None:
            end = until.start()
        said = _sharing(text, whole, head_end, (at, end), first=not found, bare=True)
        said.level, said.years = state_level(text[at:end], None, None)
        found.append(said)
        joint = _NEXT_STATE.match(text, end, limit)
    return found if len(found) > 1 else [whole]


_TO_STATE = re.compile(r" ?(?:\([^()]*\) ?)?(?:de |d')?")
_NEXT_STATE = re.compile(r",? (?:ou|et) (?:de |d')?|, (?:de |d')?")


def _sharing(
    text: str, whole: Mention, head_end: int, specialty: tuple[int, int], *, first: bool, bare: bool = False
) -> Mention:
    """One of the qualifications whose specialties share the head of ``whole``; ``bare``: brackets stand between them."""
    start, end = (whole.start if first else specialty[0]), specialty[1]
    words = text[slice(*specialty)]
    head = text[whole.start : head_end].rstrip()
    if _OF_ITS_OWN.match(words):  # « un titre de [secrétaire] ou [d'assistant] »
        head = _ENDS_OF.sub("", head)
    label = text[start:end] if first and not bare else f"{head} {words}"
    return Mention(
        whole.kind,
        start,
        end,
        label,
        whole.head,
        specialty_words[words],
        whole.level,
        whole.years,
        weak_level=whole.weak_level,
        determiner=whole.determiner,
        rule="shared-head",
        shares=not first,
    )


_OF_ITS_OWN, _ENDS_OF = re.compile(r"(?:de |d'|en )", re.IGNORECASE), re.compile(r" (?:de|d'|en)$")


@cache
def _states() -> tuple[tuple[re.Pattern[str], int, int | None], ...]:
    rows = load("diplomas")["state"]
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["level"], row.get("years_after_bac")) for row in rows)


def regulated(text: str, at: int, end: int) -> bool:
    """Whether a diploma or its school is named after an occupation that one of the State leads to: « diplôme d'infirmier »."""
    occupation = _OF.match(text, at, end)
    return occupation is not None and any(pattern.match(text, occupation.end(), end) for pattern, _, _ in _states())


_OF = re.compile(r" ?(?:de |d'|(?<=de )|(?<=d'))")


def state_level(label: str, level: int | None, years: int | None) -> tuple[int | None, int | None]:
    """The level of a diploma of the State by its occupation, and its years; those given where none is known."""
    for pattern, its_level, its_years in _states():
        if pattern.search(label):
            return its_level, its_years
    return level, years
