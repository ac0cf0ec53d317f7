"""Verb forms by rule, verbs of nouns of action, and where the tagger is asked."""

from __future__ import annotations

import pytest

from pipeline.french import language, verbs
from pipeline.french.clauses import finite
from pipeline.french.predicates import predicates
from pipeline.french.words import words_of


@pytest.mark.parametrize(
    ("form", "lemma", "mood"),
    [
        ("règle", "régler", "singular"), ("nettoie", "nettoyer", "singular"), ("achète", "acheter", "singular"),
        ("appelle", "appeler", "singular"), ("plongent", "plonger", "plural"), ("plongeant", "plonger", "participle"),
        ("lançant", "lancer", "participle"), ("enrichit", "enrichir", "singular"), ("accueillez", "accueillir", "second"),
        ("conçoit", "concevoir", "singular"), ("peignent", "peindre", "plural"), ("connait", "connaître", "singular"),
        ("evaluer", "évaluer", "infinitive"),
    ],
)  # fmt: skip
def test_forms(form: str, lemma: str, mood: str) -> None:
    assert verbs.read(form) == verbs.Form(lemma, mood)


@pytest.mark.parametrize("word", ["entre", "contre", "devant", "table", "soigneusement"])
def test_other_words_are_no_forms(word: str) -> None:
    assert verbs.read(word) is None


@pytest.mark.parametrize(
    ("noun", "verb"),
    [("gestion", "gérer"), ("planification", "planifier"), ("construction", "construire"), ("hier", None)],
)
def test_verb_of_a_noun(noun: str, verb: str | None) -> None:
    assert verbs.verb_of(noun) == verb


def test_a_homograph_is_judged_by_its_neighbours() -> None:
    words = words_of(text := "il contrôle la qualité, le contrôle de gestion", 0, len(text))
    assert [finite(words, i, "singular") for i, word in enumerate(words) if word == "contrôle"] == [True, False]


def test_predicates_share_an_object_or_have_their_own() -> None:
    words = words_of(text := "récolte, trie et stocke les grains puis répare la moissonneuse", 0, len(text))
    cut = [text[words.starts[p.first] : words.after(p.last - 1)] for p in predicates(words, 0, len(words), "singular")]
    assert cut == ["récolte, trie et stocke les grains", "répare la moissonneuse"]


def test_the_tagger_sees_a_verb() -> None:
    sentence = "Le technicien répare la machine."
    assert sentence.index("répare") in language.verb_offsets(sentence)


def test_words_tile_a_stretch_and_know_their_places() -> None:
    text = "—  D'abord, l'entre-deux (« 2,5 kg ») :\n ils vont… İci"
    words = words_of(text, 1, len(text))
    assert "".join(words) == "".join(text[1:].split()).replace("D", "d")
    assert [text[start : words.after(i)].replace("D", "d") for i, start in enumerate(words.starts)] == words
    assert [words[i] for i in sorted(words.enclosed)] == ["«", "2,5", "kg", "»"]


def test_a_bracket_that_never_closes_encloses_nothing() -> None:
    assert not words_of("il (répare les vélos", 0, 20).enclosed
