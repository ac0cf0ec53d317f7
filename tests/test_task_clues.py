"""The gates of the tasks keep no sentence from a rule that would read it: held against the rules on sentences of all kinds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.extractors.tasks.holder import Holder
from pipeline.extractors.tasks.lexicon import lexicon
from pipeline.extractors.tasks.sentences import Sentences
from pipeline.extractors.tasks.sentences.clues import may_act, may_open
from pipeline.extractors.tasks.subjects import _may_begin, _subject, subjects
from pipeline.french.openings import holds
from pipeline.french.sentences import sentences
from pipeline.french.words import words_of
from pipeline.normal import lowered, normalise

HOLDERS = [Holder.of(titles) for titles in (["boulanger / boulangère"], ["e-commerçante", "aide-soignant"], ["chef de rang"])]
MADE = [
    "Le boulanger pétrit la pâte.",
    "La boulangère, qui pétrit, vend.",
    "L'e-commerçant vend ses bijoux.",
    "L'aide-soignante lave les patients.",
    "Le ou la jeune aide-soignante lave les patients.",
    "Le ou cet artisan pétrit la pâte.",
    "Cet ancien pâtissier pétrit la pâte.",
    "Sa mission : pétrir la pâte.",
    "On lui demande de pétrir la pâte.",
    "Cela lui permet de pétrir.",
    "À lui de pétrir la pâte.",
    "C'est au boulanger que revient le pétrissage.",
    "C'est à elle qu'incombe la cuisson.",
    "Ce sont eux qui pétrissent la pâte.",
    "La plupart pétrissent la pâte.",
    "D'autres pétrissent la pâte.",
    "Certaines pétrissent la pâte.",
    "Objectif : vendre du pain.",
    "Les plus habiles pétrissent la pâte.",
    "Quelques-uns pétrissent la pâte.",
    "C'est dans le fournil qu'il pétrit la pâte.",
    "C'est à elle, enfin, que l'on confie la cuisson.",
    "Lui seul pétrit la pâte.",
    "Rien ne résiste au boulanger, qui pétrit la pâte.",
    "L'agent prélève une part du prix.",
    "Chargé de vendre le pain, on travaille tôt.",
    "Les trier puis les cuire : voilà la nuit.",
    "Rapidement pétrir la pâte, c'est le métier.",
    "Pétrit la pâte et la cuit.",
]


def read() -> Iterator[str]:
    yield from MADE
    for path in sorted((Path(__file__).parent / "examples").glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield str(case.get("sheet", case.get("text", ""))).replace("[[", "").replace("]]", "")


@pytest.fixture(scope="module")
def sentences_read() -> list[str]:
    texts = {normalise(text).text for text in read()}
    found = {text[start:end] for text in texts for start, end in sentences(text)}
    assert len(found) > 1_000
    return sorted(found)


@pytest.mark.parametrize("holder", HOLDERS)
def test_where_no_clue_stands_the_holder_is_no_subject(sentences_read: list[str], holder: Holder) -> None:
    for sentence in sentences_read:
        words = words_of(sentence, 0, len(sentence))
        tried = [at for at in range(len(words)) if _may_begin(words, at) and _subject(words, at, holder)]
        kept = {subject.after for subject in subjects(words, holder)}
        if tried and words[tried[0] - 1] != "par" and tried[0] not in words.enclosed:
            assert _subject(words, tried[0], holder).after in kept, sentence  # type: ignore[union-attr]
        pieces = sentence.split()
        if not may_act(pieces, holder) and not may_open(pieces, "tasks"):
            assert not tried, sentence


@pytest.mark.parametrize("holder", HOLDERS)
def test_where_no_clue_stands_nothing_is_read(sentences_read: list[str], holder: Holder) -> None:
    for sentence in sentences_read:
        for kind in ("tasks", "other", "skills"):
            rules = Sentences(sentence, lowered(sentence), holder)
            if not rules.may_state(0, len(sentence), kind):
                assert not list(rules._read(words_of(sentence, 0, len(sentence)), [], kind)), sentence


def test_hearsay_holds_its_hints(sentences_read: list[str]) -> None:
    known = lexicon()
    for low in map(lowered, sentences_read):
        assert holds(low, known.hearsay_hints) or not known.hearsay.search(low)
