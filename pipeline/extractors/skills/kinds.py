"""Adjectives that share a head, and fields in brackets: kinds of what one knows or is able to do.

« connaissances juridiques, [fiscales] et [comptables] » names three kinds of knowledge; « une double compétence est exigée
(droit, [gestion] …) » names the fields in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extractors.skills.cues import PATTERNS
from pipeline.extractors.skills.infinitives import is_infinitive
from pipeline.extractors.skills.named import Named
from pipeline.extractors.skills.names import name
from pipeline.extractors.skills.phrases import elements, trimmed
from pipeline.extractors.skills.text import Text
from pipeline.french.occupations import is_head

#: What a competence or a knowledge is made of: « connaissances solides (chimie, biologie) ».
_BRACKETED = re.compile(
    r"\b(?P<head>compétences?|connaissances|(?:expert|expertise|spécialiste)\b[^().;:]{0,25} domaines?(?: d'activité)?)\b"
    r"(?P<between>[^().;:]{0,60}) \((?P<listed>[^()]{5,200})\)"
)
#: « connaissances en électricité (éclairage, chauffage) »: what stands in brackets only says more of what is named.
_NAMED_ALREADY = re.compile(r" (?:d[eu'] ?|des |en |dans |sur |notamment )")
_FEWEST = 3  # parts of a list in brackets


def bracketed(text: Text, start: int, end: int) -> Iterator[Named]:
    """The fields listed in brackets after « connaissances », « double compétence »."""
    if text.low.find(" (", start, end) < 0:
        return
    for match in _BRACKETED.finditer(text.low, start, end):
        parts = elements(text, match.start("listed"), match.end("listed"))
        if len(parts) < _FEWEST or _NAMED_ALREADY.search(match["between"]):
            continue
        adjectives = [trimmed(text, part.start, part.end) for part in parts]
        if all(PATTERNS["kind-of-many"].fullmatch(text.low, *span) for span in adjectives):
            for first, last in adjectives:
                yield Named(first, last, f"{match['head'].rstrip('s')}s {text.low[first:last]}", "knowledge", known=True)
            continue
        for part, (first, last) in zip(parts, adjectives, strict=True):
            words = text.low[first:last]
            named = None
            if words and not is_infinitive(words) and not is_head(words.split()[0]):
                named = name(text, part, "knowledge")
            if named is not None:
                yield named
