"""Noise that is told from words alone: comments, tweets, menus, share bars, teasers, bylines, footers.

:func:`mark_noise` sets ``drop`` on the pieces that are not part of the sheet, in place, whatever format they come
from. Nothing is deleted: a dropped piece becomes a row of the table ``dropped``, with the name of its rule.

Line rules drop a line that says of itself what it is. Zone rules open at a line (« 12 commentaires », « Articles
similaires ») and drop what follows: to the end where no section of the sheet comes any more, else only the short
lines below. The rules, each with its reason, an example and a look-alike, stand in ``lexicons/noise.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipeline.lexicons import load
from pipeline.sections import heading_kind
from pipeline.sheet import Metadata, Piece

#: Lower-case letters and marks of French text → plain ones, one character each. Replacing them one after the other is
#: several times faster than ``str.translate`` on short lines.
_PLAIN = tuple(zip("éèàêç’\u00a0ùôîâûëïœ\u202f–—‑‘ÿæ\t", "eeaec' uoiaueio ---'ya ", strict=True))
LONGEST_LINE = 240
LONGEST_POST = 400
PROSE = 90
#: Lines among which a title with « fiche métier » ends the head of the page.
HEAD = 40
#: Share of the text that may still follow a zone's first line for the zone to run to the end.
TAIL = 0.4
#: Share of the lines that are noise by themselves, in what follows a zone's first line, for the zone to run to the end.
NOISY = 0.3
#: Characters below which a cut-off line is no teaser.
SHORTEST_TEASER = 40
#: The bare name of a section (« Formation ») has fewer blanks than that.
SECTION_WORDS = 3

_TWEET = re.compile(
    r"^RT @\w|https?://t\.co/|\bpic\.twitter\.com/|^@\w+ .*https?://|https?://\S+.*\s[#@]\w|[#@]\w+.*\shttps?://|\bvia @\w",
    re.IGNORECASE,
)
_TWEETISH = re.compile(r"https?://|[#@]\w{3,}")
_SPEAKER = re.compile(r"(?:\S.{0,50}) (?:dit|a dit|a ecrit|ecrit|said|says|repond|a repondu|a commente)(?: le .{0,40})? ?:?")
_WHEN = re.compile(
    r"(?:le |on |posted? |il y a |y a )?(?:\d{1,2}(?:er)? [a-z]{3,9}\.? \d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|"
    r"\d+ (?:an|mois|jour|semaine|heure|minute)s?)(?:,? (?:a )?\d{1,2} ?[h:] ?\d{2}(?: ?min)?)?.{0,20}"
)
_ORDINAL = re.compile(r"\d{1,3}")
_DATE = re.compile(
    r"\b(\d{1,2})(?:er)? ([a-z]{3,9})\.? (\d{4})\b|\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{4})-(\d\d)-(\d\d)\b"
)
_MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
_BY = re.compile(
    r"(?:\bpar |^auteure?(?:\(e\))? ?: ?)(?=\S)(?P<name>[^,|(–—\d]{3,50}?)\s*(?:$|[,|(–—-]|\ble\b|\bdans\b)", re.IGNORECASE
)
_SIGNED = re.compile(r"^(?P<name>(?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+) \(")


class _Rule(NamedTuple):
    name: str
    kind: str
    zone: bool


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, _Rule]]:
    """One pattern that matches every line or zone rule, and its groups."""
    lexicon = load("noise")
    rows = lexicon["zone"] + lexicon["line"]
    rules = {f"r{i}": _Rule(r["name"], r["kind"], i < len(lexicon["zone"])) for i, r in enumerate(rows)}
    return re.compile("|".join(f"(?P<r{i}>{r['pattern']})" for i, r in enumerate(rows))), rules


@cache
def _menu() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load("noise")["menu"]))


def is_menu_word(line: str) -> bool:
    """Whether a line is a word that only menus use."""
    return _menu().fullmatch(plain(line)) is not None


def plain(text: str) -> str:
    """``text`` without accents, in lower case, each character in its place."""
    text = text.lower()
    if not text.isascii():
        for printed, simple in _PLAIN:
            text = text.replace(printed, simple)
    return text


def _plain_lines(printed: list[str]) -> list[str]:
    """Each line in its :func:`plain` form, all in one go."""
    lines = plain("\n".join(printed)).split("\n")
    return lines if len(lines) == len(printed) else [plain(line) for line in printed]


def mark_noise(pieces: list[Piece]) -> Metadata:
    """Mark what is no part of the sheet; returns the author and dates that dropped bylines state.

    Pieces that already have ``drop`` keep it.
    """
    kept = [p for p in pieces if p.drop is None]
    lines = _plain_lines([p.marker + p.text if len(p.text) <= LONGEST_LINE else "" for p in kept])
    _mark_contents(kept, lines)
    _mark_lines(kept, lines)
    _mark_networks(kept, lines)
    _mark_head(kept, lines)
    _mark_teasers(kept)
    return _imprint([p for p in kept if p.drop and p.drop[0] == "metadata"])


@cache
def _cased() -> tuple[tuple[re.Pattern[str], tuple[str, str]], ...]:
    return tuple((re.compile(r["pattern"]), (r["kind"], r["name"])) for r in load("noise")["cased"])


def _rule_of(line: str) -> _Rule | None:
    pattern, rules = _rules()
    match = pattern.match(line)
    return rules[match.lastgroup] if match and match.lastgroup else None


def _mark_lines(kept: list[Piece], lines: list[str]) -> None:
    """Line and zone rules, and feeds."""
    rules = [None if p.drop or not line else _rule_of(line) for p, line in zip(kept, lines, strict=True)]
    tail = _Tail(kept, rules)
    zone: _Rule | None = None
    to_the_end = False
    for i, (piece, line) in enumerate(zip(kept, lines, strict=True)):
        rule = rules[i]
        if rule and (_speaks_of_the_sheet(piece, rule) or (rule.zone and not _confirmed(rule, kept, lines, i, tail.last))):
            rule = None
        if rule is None and line and line[-1] in ":et" and _SPEAKER.fullmatch(line) and _WHEN.fullmatch(_next(lines, i)):
            rule = _Rule("speaker-and-date", "comment", zone=True)
        if piece.drop is None and rule is None:
            piece.drop = _by_sight(piece)
        if piece.drop:
            continue
        if rule:
            piece.drop = (rule.kind, rule.name)
            if (
                rule.name == "job-offers"
                and i + 1 < len(kept)
                and kept[i + 1].kind == "paragraph"
                and _OFFER.search(lines[i + 1])
            ):
                kept[i + 1].drop = (rule.kind, rule.name)
            if rule.name == "author-box" and i and kept[i - 1].drop is None and lines[i - 1] in line:
                kept[i - 1].drop = (rule.kind, rule.name)
            if rule.zone:
                zone = rule
                to_the_end |= tail.begins(i, rule)
        elif zone and not to_the_end and _resumes(piece, line, zone):
            zone = None
        elif zone:
            piece.drop = (zone.kind, zone.name)
    _mark_counts(kept, lines)


def _by_sight(piece: Piece) -> tuple[str, str] | None:
    """Rules that look at the line as printed: posts of a feed, the names of a photographer."""
    text = piece.text
    if len(text) <= LONGEST_POST and ("http" in text or "@" in text or "pic.tw" in text) and _TWEET.search(text):
        return "tweet", "tweet-marks"
    if text[:2] in {"Ph", "Cr", "Il"} and len(text) <= PROSE:
        return next((drop for pattern, drop in _cased() if pattern.match(text)), None)
    return None


class _Tail:
    """Where the sheet is over: below its last section, with little text or much noise to come."""

    def __init__(self, kept: list[Piece], rules: Sequence[_Rule | None]) -> None:
        self.last = _last_section(kept, rules)
        self._characters = [0] * (len(kept) + 1)
        self._noisy = [0] * (len(kept) + 1)
        for i in range(len(kept) - 1, -1, -1):
            self._characters[i] = self._characters[i + 1] + len(kept[i].text)
            self._noisy[i] = self._noisy[i + 1] + (rules[i] is not None or kept[i].drop is not None)

    def begins(self, i: int, rule: _Rule) -> bool:
        """Whether the zone that ``rule`` opens at piece ``i`` runs to the end."""
        if i <= self.last:
            return False
        if rule.kind in {"comment", "form", "tweet"} or self._characters[i] <= TAIL * self._characters[0]:
            return True
        return self._noisy[i] >= NOISY * (len(self._noisy) - 1 - i)


@cache
def _networks() -> frozenset[str]:
    return frozenset(load("noise")["networks"])


def _mark_networks(kept: list[Piece], lines: list[str]) -> None:
    """Names of networks, each on a line of its own: the buttons of a share bar (a list of tools has items)."""
    run: list[int] = []
    for i, line in enumerate([*lines, ""]):
        after = kept[i - 1].drop if i else None
        button = line and (kept[i].kind in {"paragraph", "heading"} or run or (after and after[0] == "share"))
        if button and line.strip(" :·|()0123456789") in _networks():
            run.append(i)
            continue
        if len(run) > 1:
            for j in run:
                kept[j].drop = kept[j].drop or ("share", "network-names")
        run = []


_CONTENTS = re.compile(
    r"(?:au |le )?(?:sommaire|table des matieres|dans cet(?:te)? (?:article|fiche|page|dossier)|plan de (?:la fiche|l'article))"
    r"\b.{0,30}"
)
_LEADING = re.compile(r"^[\W\d]+")


def _mark_contents(kept: list[Piece], lines: list[str]) -> None:
    """A table of contents: lines below such a heading that stand again, alone, further down."""
    for i, line in enumerate(lines):
        cue = "somm" in line or "table d" in line or "dans cet" in line or "plan de" in line
        if cue and len(line) < PROSE and kept[i].kind != "item" and _CONTENTS.fullmatch(line):
            later: dict[str, int] = {_LEADING.sub("", words): j for j, words in enumerate(lines)}
            j = i + 1
            while j < len(lines) and lines[j] and later.get(_LEADING.sub("", lines[j]), -1) > j:
                kept[j].drop = ("navigation", "table-of-contents")
                j += 1
            if j > i + 1:
                kept[i].drop = ("navigation", "table-of-contents")


_OFFER = re.compile(r"\d ?%|\bcode\b|promo|\boffre|gratuit|livraison|decouvrez|profitez|commandez|devis|reservez|\bdes \d")


def _next(lines: Sequence[str], i: int) -> str:
    return lines[i + 1] if i + 1 < len(lines) else ""


def _mark_counts(kept: list[Piece], lines: list[str]) -> None:
    """A bare number beside a dropped line is the count of comments or shares."""
    for i, line in enumerate(lines):
        if kept[i].drop is None and kept[i].kind != "row" and _ORDINAL.fullmatch(line):
            near = [kept[j].drop for j in (i - 1, i + 1) if 0 <= j < len(kept)]
            beside = next((d for d in near if d and d[0] in {"comment", "share", "form"}), None)
            if beside:
                kept[i].drop = beside


def _speaks_of_the_sheet(piece: Piece, rule: _Rule) -> bool:
    """Whether a line rule met a list item or table row of the sheet (« Partager son expérience »)."""
    if rule.kind in {"share", "newsletter", "advertisement", "navigation", "related"} and piece.kind == "row":
        return True
    return piece.kind == "item" and rule.name in {
        "share-bar",
        "feed-header",
        "author-box",
        "author-line",
        "job-offers",
        "forum-header",
    }


def _confirmed(rule: _Rule, kept: list[Piece], lines: list[str], i: int, last: int) -> bool:
    """Whether what follows line ``i`` bears out that a zone opens there."""
    below = lines[i + 1 : i + 9]
    if rule.kind == "tweet":
        return sum(1 for p in kept[i + 1 : i + 5] if _TWEETISH.search(p.text)) >= 1
    if rule.name in {"numbered-comment", "dated-comment", "form-header"}:
        return True
    if rule.kind == "comment":
        return i > last or any(_is_comment_mark(line) for line in below)
    if rule.name == "footer":
        return i > last
    return True


def _is_comment_mark(line: str) -> bool:
    rule = _rule_of(line) if line else None
    return (
        _SPEAKER.fullmatch(line) is not None
        or _WHEN.fullmatch(line) is not None
        or (rule is not None and rule.name in {"numbered-comment", "dated-comment", "form-header", "comment-form"})
    )


def _resumes(piece: Piece, line: str, zone: _Rule) -> bool:
    """Whether ``piece`` is the sheet again, after a zone in its midst."""
    section = (
        line.count(" ") < SECTION_WORDS and bool(line) and heading_kind(piece.text) is not None and not _menu().fullmatch(line)
    )
    if section or zone.kind in {"comment", "form"}:
        return section and (piece.kind == "heading" or zone.kind not in {"comment", "form"})
    if piece.kind == "heading":
        return True
    return len(piece.text) >= PROSE and piece.text.rstrip()[-1] in ".!?:;»)"


def _last_section(kept: list[Piece], rules: Sequence[_Rule | None]) -> int:
    """Index of the last heading that names a section of a sheet and has words of its own; -1 where there is none."""
    for i in range(len(kept) - 2, -1, -1):
        piece, below = kept[i], kept[i + 1]
        if rules[i] or rules[i + 1] or (piece.kind != "heading" and piece.text.count(" ") >= SECTION_WORDS):
            continue
        if heading_kind(piece.text) is None or _menu().fullmatch(plain(piece.text)):
            continue
        if below.kind in {"item", "row", "heading"} or len(below.text) >= PROSE or below.text[-1:] in ".!":
            return i
    return -1


_HEAD_NOISE = {"", "navigation", "header", "cookie", "author-box"}


def _dropped_as(piece: Piece) -> str:
    return piece.drop[0] if piece.drop else ""


def _mark_head(kept: list[Piece], lines: list[str]) -> None:
    """Logo, slogan, menu and search box above the sheet's title."""
    first = next((i for i, p in enumerate(kept) if _is_body(kept, i, p)), len(kept))
    named = next(
        (i for i, line in enumerate(lines[:HEAD]) if kept[i].drop is None and _is_title(line) and _FICHE.match(line)), -1
    )
    first = named + 1 if named >= 0 else first
    head = [i for i in range(first) if kept[i].drop is None]
    cues = [i for i in range(first) if kept[i].drop or (lines[i] and _menu().fullmatch(lines[i]))]
    strong = [i for i in cues if _dropped_as(kept[i]) in _HEAD_NOISE]
    if strong and (len(strong) > 1 or strong[0] == 0):
        end = max(strong)
        for i in head:
            if i <= end and not _is_title(lines[i]):
                kept[i].drop = ("navigation", "menu") if _menu().fullmatch(lines[i]) else ("header", "above-the-menu")
    elif not cues:
        return
    rest = [i for i in head if kept[i].drop is None]
    title = next((i for i in rest if _is_title(lines[i])), None)
    gone = " ".join(lines[i] for i in range(first) if kept[i].drop)
    for i in rest:
        if (title is not None and i < title) or (i != rest[-1] and lines[i] and lines[i] in gone):
            kept[i].drop = ("header", "above-the-title")


_FICHE = re.compile(r"(?:les? |la )?(?:fiches?[- ]?metiers?|metier ?:)")


def _is_title(line: str) -> bool:
    return (
        re.match(r"(?:les? |la )?(?:fiches?[- ]?metiers?|metier|referentiel|zoom metier|devenir|portrait)\b.{3,}", line)
        is not None
    )


def _is_body(kept: list[Piece], i: int, piece: Piece) -> bool:
    """Whether the sheet proper has begun: prose, an item, or a heading that names a section and has words."""
    if piece.drop is not None:
        return False
    if piece.kind in {"item", "row"} and i > 0:
        return True
    if (
        piece.kind == "heading"
        and i > 0
        and i + 1 < len(kept)
        and heading_kind(piece.text)
        and not _is_title(plain(piece.text))
    ):
        return len(kept[i + 1].text) >= PROSE or kept[i + 1].kind == "item"
    return len(piece.text) >= PROSE and piece.text[-1] in ".!…»]):"


_CUT = re.compile(r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*(?:\(?(?:lire la suite|en savoir plus|suite)\b.{0,30})?$", re.IGNORECASE)


def _mark_teasers(kept: list[Piece]) -> None:
    """A cut-off paragraph whose words stand again, in full, further down."""
    for i, piece in enumerate(kept):
        if piece.drop is None and piece.text[-1:] in "]…." and len(piece.text) > SHORTEST_TEASER:
            cut = _CUT.search(piece.text, max(0, len(piece.text) - SHORTEST_TEASER * 2))
            if cut is None:
                continue
            start = re.sub(r"\W", "", piece.text[: cut.start()])[:400]
            below = re.sub(r"\W", "", "".join(p.text[:600] for p in kept[i + 1 : i + 8] if p.drop is None))
            if len(start) > SHORTEST_TEASER * 3 // 4 and start in below:
                piece.drop = ("teaser", "repeated-in-full")


def _imprint(pieces: list[Piece]) -> Metadata:
    """Author and dates out of bylines."""
    found = Metadata()
    for piece in pieces:
        if piece.drop and piece.drop[1] not in {"byline", "author-line"}:
            continue
        line = plain(piece.text)
        dates = [d for d in map(_date, _DATE.finditer(line)) if d]
        if dates:
            changed = re.search(r"a jour|modifi|actualis|maj\b", line)
            if changed:
                before = [d for d in map(_date, _DATE.finditer(line, 0, changed.start())) if d]
                found = replace(
                    found, modified=found.modified or dates[-1], published=found.published or (before[0] if before else None)
                )
            else:
                found = replace(found, published=found.published or dates[0])
        name = _SIGNED.match(piece.text) or _BY.search(piece.text)
        if name and found.author is None:
            found = replace(found, author=name.group("name").strip())
    return found


def _date(match: re.Match[str]) -> dt.date | None:
    day, month, year, day2, month2, year2, year3, month3, day3 = match.groups()
    try:
        if month:
            return dt.date(int(year), _MONTHS.get(month, 0), int(day))
        return dt.date(int(year2 or year3), int(month2 or month3), int(day2 or day3))
    except ValueError:
        return None
