"""Infinitives, told by their form and the dictionary of verbs."""

from __future__ import annotations

import re

from pipeline.extractors.skills.cues import WORDS
from pipeline.french import verbs

_INFINITIVE = re.compile(r"(?:s'|se |ne pas |bien |ne )?([a-zà-ÿœ-]+(?:er|ir|re|oir))\b")
_OBJECT = re.compile(r" (?:le|la|les|un|une|des|du|d'|l'|en|avec|à|au|aux)\b")


def is_infinitive(low: str) -> bool:
    """Whether a phrase opens with an infinitive."""
    match = _INFINITIVE.match(low)
    if match is None or match.group(1) in WORDS["no_infinitives"]:
        return False
    form = verbs.read(match.group(1))
    if form is not None:
        return form.mood == "infinitive"
    return match.group(1).endswith(("er", "ir")) and _OBJECT.match(low, match.end()) is not None


def opens_like_infinitive(low: str, start: int) -> bool:
    """Whether a word that ends as infinitives do opens ``low[start:]``."""
    return _INFINITIVE.match(low, start) is not None
