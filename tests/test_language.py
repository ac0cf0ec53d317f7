"""The tagger without its tokenizer: its tokens and verbs against those of the whole French model."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.extraction import extract
from pipeline.french import language
from pipeline.french.sentences import sentences

RAW = Path(__file__).parents[1] / "raw"

SENTENCES = (
    "L'actuaire mutualise les risques, puis il les recalcule.",
    "Aujourd'hui, lorsqu'une machine s’arrête, la régleuse la répare : qu'en dit-elle ?",
    "Le technico-commercial prospecte, négocie et vend jusqu’à 2,5 tonnes d'engrais.",
    "Le poste s'ouvre-t-il aux débutants ? Oui… après 3 mois (d'essai).",
    "Elle scénarise des parcours, prototype des bornes etc. avec l'atelier.",
)


@cache
def whole() -> Any:
    """The model with all that it comes with."""
    import spacy

    return spacy.load(language.MODEL)


def stock(sentence: str) -> list[tuple[int, str, str]]:
    return [(token.idx, token.text, token.pos_) for token in whole()(sentence) if not token.is_space]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_tokens_and_parts_of_speech_are_those_of_the_whole_model(sentence: str) -> None:
    assert language.tagged(sentence) == stock(sentence)


def of_samples() -> Iterator[str]:
    for path in sorted(RAW.rglob("*.*")):
        if path.suffix in {".html", ".md", ".txt"} and (sheet := extract(path.read_bytes(), path.name).sheet):
            for line in sheet.text.splitlines():
                yield from (line[start:end] for start, end in sentences(line))


def test_the_verbs_of_the_samples_are_nearly_all_the_same() -> None:
    """What differs are compounds that the model keeps whole, by a list of its own (« micro-informatique »)."""
    pairs = [(language.verb_offsets(s), [at for at, _, part in stock(s) if part == "VERB"]) for s in of_samples()]
    assert len(pairs) > 100
    assert sum(ours == theirs for ours, theirs in pairs) >= 0.98 * len(pairs)


def test_nothing_has_no_tokens() -> None:
    assert language.tagged(" ") == []
