"""Feminine and masculine forms: what labels write, and what rules derive."""

from __future__ import annotations

import pytest

from pipeline.french.gender import Forms, attach, forms, strip_gender_mark
from pipeline.french.inflection import is_pair
from pipeline.lexicons import load

WRITTEN = {
    "contrôleur/euse aérien/ne": ("contrôleuse aérienne", "contrôleur aérien"),
    "technicien·ne de surface": ("technicienne de surface", "technicien de surface"),
    "Chargé.e de clientèle": ("Chargée de clientèle", "Chargé de clientèle"),
    "chargé-e de mission": ("chargée de mission", "chargé de mission"),
    "chargéE de mission": ("chargée de mission", "chargé de mission"),
    "Vendeur(se) en épicerie": ("Vendeuse en épicerie", "Vendeur en épicerie"),
    "Directeur(trice) de théâtre": ("Directrice de théâtre", "Directeur de théâtre"),
    "Chef·fe de rang": ("Cheffe de rang", "Chef de rang"),
    "Directeur / Directrice des ventes": ("Directrice des ventes", "Directeur des ventes"),
    "Agent commercial / Agente commerciale en gros": ("Agente commerciale en gros", "Agent commercial en gros"),
    "éducateur ou éducatrice de rue": ("éducatrice de rue", "éducateur de rue"),
    "chef ou cheffe de gare": ("cheffe de gare", "chef de gare"),
    "dessinateur/trice-cartographe": ("dessinatrice-cartographe", "dessinateur-cartographe"),
    "sellier-bourrelier / sellière-bourrelière": ("sellière-bourrelière", "sellier-bourrelier"),
    "aide-cuisinier / aide-cuisinière": ("aide-cuisinière", "aide-cuisinier"),
    "hôte/esse de caisse": ("hôtesse de caisse", "hôte de caisse"),
    "Infirmière/infirmier scolaire": ("Infirmière scolaire", "infirmier scolaire"),
    "infirmier (infirmière)": ("infirmière", "infirmier"),
    "laborantin/ne": ("laborantine", "laborantin"),
}
DERIVED = {
    "menuisier": ("menuisière", "menuisier"),
    "directeur commercial": ("directrice commerciale", "directeur commercial"),
    "monteur de charpentes": ("monteuse de charpentes", "monteur de charpentes"),
    "technicien support": ("technicienne support", "technicien support"),
    "ingénieur logiciel": ("ingénieure logiciel", "ingénieur logiciel"),
    "fleuriste": ("fleuriste", "fleuriste"),
    "responsable qualité": ("responsable qualité", "responsable qualité"),
    "secrétaire général": ("secrétaire générale", "secrétaire général"),
    "formatrice en langues": ("formatrice en langues", "formateur en langues"),
    "product owner": ("product owner", "product owner"),
}


@pytest.mark.parametrize("label", WRITTEN)
def test_written(label: str) -> None:
    assert forms(label) == Forms(*WRITTEN[label])


@pytest.mark.parametrize("label", DERIVED)
def test_derived(label: str) -> None:
    assert forms(label) == Forms(*DERIVED[label], inferred=True)


@pytest.mark.parametrize("label", ["nez", "BTS/BUT", "conducteur de bus ou d'autocar", "agent (bois/fer)", "VRP"])
def test_no_second_form_is_invented(label: str) -> None:
    both = forms(label)
    assert both.inferred or both == Forms(None, None)


def test_every_ending_has_an_example_that_it_makes() -> None:
    rows = load("gender")
    for row in rows["ending"]:
        masculine, feminine = row["example"].split(" > ")
        assert attach(masculine, row["written"]) == (feminine, masculine)
    for row in rows["masculine_ending"]:
        feminine, masculine = row["example"].split(" > ")
        assert attach(feminine, row["written"]) == (feminine, masculine)


def test_pairs_agree_word_by_word() -> None:
    assert is_pair("ouvrier agricole", "ouvrière agricole")
    assert not is_pair("ouvrier agricole", "ouvrière viticole")
    assert not is_pair("bâtiment", "travaux")


@pytest.mark.parametrize("mark", [" (H/F)", " (F/H)", " H/F", " - H/F", " (h-f)", " (H/F/X)", " (homme/femme)", " F-H"])
def test_gender_marks_go(mark: str) -> None:
    assert strip_gender_mark("Vendeur" + mark) == "Vendeur"


@pytest.mark.parametrize("label", ["Chef (salle)", "Agent B/C", "Vendeur(se)", "Technicien CFA"])
def test_what_is_no_gender_mark_stays(label: str) -> None:
    assert strip_gender_mark(label) == label
