"""Readers' posts told by what stands around them: who speaks, and when.

« Karim » above « il y a 3 jours », « Karim - 03/06/2015 à 12:44 », « Karim dit : »: one such line may be a byline of the
sheet, so posts open below text, and either below the last section or with others of their kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.parsers.sieve import Lines
from pipeline.parsers.wording import Rule, noise_rule
from pipeline.sheet import Piece

#: Rules of zones whose line is itself the mark of a post.
POST_MARKS = frozenset(("numbered-comment", "dated-comment", "form-header", "comment-form"))
#: The longest name; lines among which a second post stands; lines below a header among which the first one stands.
_LONGEST_NAME, _NEXT_POST, _FIRST_POST = 40, 14, 5
#: Signs of the line that parts a signature from its post; lines of a signature.
_SHORTEST_RULE, _LONGEST_SIGNATURE = 6, 3

_DATE = r"\d{1,2}(?:er)? [a-z]{3,9}\.?,? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
_LONG = r"(?:ans?|mois|jours?|semaines?|sem|heures?|h|minutes?|min|j)\b"
_AGO = rf"il y a (?:\d{{1,4}}|une?|quelques) ?{_LONG}|hier|avant-hier|aujourd.hui|a l.instant"
_HOUR = r"(?:,? (?:a )?\d{1,2} ?[h:] ?(?:\d{2})?(?: ?min)?)"
_SPEAKER = re.compile(r"(?:\S.{0,50}) (?:dit|a dit|a ecrit|ecrit|said|says|repond|a repondu|a commente)(?: le .{0,40})? ?:?")
_WHEN = re.compile(
    rf"(?:le |on |posted? |y a )?(?:{_DATE}|{_AGO}|\d{{1,4}} (?:an|mois|jour|semaine|heure|minute)s?){_HOUR}?.{{0,20}}"
)
_MOMENT = re.compile(rf"(?:le |poste (?:le )?)?(?:{_DATE}|{_AGO}){_HOUR}?")
_NAME_AND_MOMENT = re.compile(
    rf"\S.{{0,38}}?(?: ?[-|,·•»(] ?| le )(?:le )?(?:(?:{_DATE}|\d{{1,2}} [a-z]{{3,9}}){_HOUR}|(?:{_AGO}){_HOUR}?)\)?(?: ?:)?"
)
#: A name and a day without an hour: that may be a byline, or whom a law is called after, unless there are several.
_NAME_AND_DAY = re.compile(
    r"(?!(?:arrete|au|avant|apres|ce|concours|dates?|decret|depuis|des|du|edition|en|entre|fait|fin|jusqu.|journal|loi|maj|mise?|"
    r"modifie|parue?|publiee?|rentree|session|version)\b)"
    rf"[a-z][\w.'’-]*+(?: [a-z][\w.'’-]*+){{0,3}}(?:, \d\d ans)?(?: ?[-|,·•(] ?| )(?:le )?(?:{_DATE})\)?(?: ?:)?"
)
#: What every pattern above has a match of where it states a moment in figures or counts posts, and the words of those that do
#: neither; the most characters of a line that matches one.
_FIGURES = re.compile(
    r"[0-9](?:[/.-]\d\d?[/.-]\d|(?:er)? [a-z]{3,9}\.?,?(?: a)? \d| (?:an|mois|jour|semaine|heure|minute)|\)$)", re.MULTILINE
)
_AGO_WORDS, _LONGEST_MARK = ("hier", "il y a", "aujourd", "instant"), 120
#: A post in a line: « lili (11.09.22) : … », « [12/07/2009 - 14:22] momo : … », « Signé Marcel, le 3 mai 2011 : … ».
_POST_HOUR = r"(?: ?[-,]? ?(?:a )?\d{1,2} ?[h:] ?\d{2})?"
_DATED_LINE = re.compile(
    rf"^(?:\[?(?:le )?(?:{_DATE}){_POST_HOUR}\]? ?[-|,]? ?[^\s:].{{0,40}}?|"
    rf"[^\s\d].{{0,45}}? ?[-|,(\[]? ?(?:le )?(?:{_DATE}){_POST_HOUR}[)\]]?) ?[:>] ?\S.*"
)
#: The fields of a post: who, and when.
_WHO_FIELD = re.compile(r"(?:nom|prenom|pseudo|auteure?|de|par|poste par|visiteur|visiteuse) ?: ?\S.{0,40}")
_WHEN_FIELD = re.compile(rf"(?:date|le|du|poste le|envoye le) ?:? ?(?:{_DATE}){_HOUR}?.{{0,20}}")
_MAY_BE_DATED = re.compile(r"\d[./-]\d\d?[./-]\d\d|[a-z.] \d{4}\b")
#: Characters of a line among which the date of such a post stands; posts that make a run of them amid a sheet.
_DATED_BY, _RUN_OF_POSTS = 70, 3
_COUNTED = re.compile(r"\D{2,50} ?\(\d{1,4}\)")


def is_post_mark(line: str) -> bool:
    """Whether a plain line stands above or below a post and nowhere else."""
    if not line:
        return False
    if any(pattern.fullmatch(line) for pattern in (_SPEAKER, _WHEN, _NAME_AND_MOMENT, _NAME_AND_DAY)):
        return True
    rule = noise_rule(line)
    return rule is not None and rule.name in POST_MARKS


class Moments(NamedTuple):
    """Lines that may bear the mark of a post."""

    timed: frozenset[int]
    """There, or in the line below, stands a date, a moment ago or a count."""
    dated: frozenset[int]
    """They are a post with its author and date before it."""


def moments(lines: Lines) -> Moments:
    """The lines that may bear the mark of a post; the date is sought in all of them in one go."""
    stated = lines.matching(_FIGURES)
    dated = frozenset(i for i in stated if (": " in lines[i] or ">" in lines[i]) and _is_dated(lines[i]))
    stated += (i for words in _AGO_WORDS for i in lines.holding(words))
    timed = {i for i in stated if len(lines[i]) <= _LONGEST_MARK}
    return Moments(frozenset(timed.union(i - 1 for i in timed if i and lines[i - 1])), dated)


def _is_dated(line: str) -> bool:
    return _MAY_BE_DATED.search(line, 0, _DATED_BY) is not None and _DATED_LINE.fullmatch(line) is not None


def dated_line_rule(kept: list[Piece], dated: frozenset[int], i: int, *, below_sheet: bool) -> Rule | None:
    """The rule that a run of ``dated`` lines begins by at line ``i``; ``below_sheet`` says that no section follows."""
    others = sum(j in dated for j in range(i + 1, i + _NEXT_POST // 2))
    above = kept[i - 1].drop if i and below_sheet else None
    answers = above is not None and above[0] in {"comment", "form"}
    if kept[i].kind == "paragraph" and (answers or others >= (1 if below_sheet else _RUN_OF_POSTS - 1)):
        return Rule("dated-line", "comment", zone=True)
    return None


def post_rule(kept: list[Piece], lines: Sequence[str], i: int, *, below_sheet: bool) -> Rule | None:
    """The rule that the posts of readers begin by at line ``i``, one of the ``timed`` ones.

    ``below_sheet`` says that no section follows.
    """
    line = lines[i]
    below = lines[i + 1] if i + 1 < len(lines) else ""
    if line[-1] in ":et" and _SPEAKER.fullmatch(line) and _WHEN.fullmatch(below):
        return Rule("speaker-and-date", "comment", zone=True)
    if len(line) > 2 * _LONGEST_NAME or kept[i].kind == "row":
        return None
    if below_sheet and ":" in line and _WHO_FIELD.fullmatch(line) and _WHEN_FIELD.fullmatch(below):
        return Rule("who-and-when-fields", "comment", zone=True)
    if line[-1] == ")" and _COUNTED.fullmatch(line) and any(map(is_post_mark, lines[i + 1 : i + _FIRST_POST])):
        return Rule("counted-posts", "comment", zone=True)
    others = range(i + 2, min(i + _NEXT_POST, len(lines)))
    if _begins_post(lines, i) and (below_sheet or any(_begins_post(lines, j) for j in others)):
        return Rule("name-and-moment", "comment", zone=True)
    signed = below_sheet and _NAME_AND_DAY.fullmatch(line) and any(_NAME_AND_DAY.fullmatch(lines[j]) for j in others)
    return Rule("name-and-day", "comment", zone=True) if signed else None


def _begins_post(lines: Sequence[str], i: int) -> bool:
    """A name above a moment, or both in a line."""
    line = lines[i]
    if not line or len(line) > 2 * _LONGEST_NAME:
        return False
    dated = any(map(str.isdigit, line)) or "hier" in line or "il y a" in line
    if dated and _NAME_AND_MOMENT.fullmatch(line):
        return True
    below = lines[i + 1] if i + 1 < len(lines) else ""
    named = len(line) <= _LONGEST_NAME and (line[-1].isalnum() or line[-1] in ".)!_")
    return named and bool(below) and _MOMENT.fullmatch(below) is not None


def mark_signatures(kept: list[Piece]) -> None:
    """A line drawn below a post, and what stands between it and the next mark of a forum, is the signature of its author."""
    for i, piece in enumerate(kept):
        if piece.drop is not None or piece.text[0] not in "_-" or len(piece.text) < _SHORTEST_RULE or piece.text.strip("_-"):
            continue
        end = i + 1
        while end < len(kept) and kept[end].drop is None:
            end += 1
        signed = kept[i + 1 : end]
        if len(signed) <= _LONGEST_SIGNATURE and end < len(kept) and kept[end].drop[0] == "comment":  # type: ignore[index]
            for line in (piece, *signed):
                line.drop = ("comment", "forum-signature")


def mark_speakers(kept: list[Piece]) -> None:
    """A name between two lines that forums print around a post is the name of who posted."""
    for above, piece, below in zip(kept, kept[1:], kept[2:], strict=False):
        if (
            piece.drop is None
            and piece.kind == "paragraph"
            and len(piece.text) <= _LONGEST_NAME
            and piece.text[-1].isalnum()
            and above.drop is not None
            and below.drop is not None
            and "forum-profile" in {above.drop[1], below.drop[1]}
        ):
            piece.drop = ("comment", "speaker")
