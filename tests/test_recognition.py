"""What is a job sheet, and what is none."""

# ruff: noqa: E501 - the texts are written as they stand in a file

from __future__ import annotations

import pytest

from pipeline import extract

SHEETS = {
    "one line": "Le plombier répare les fuites. Salaire d'un débutant : 1 900 € brut par mois.",
    "prose": "La fleuriste compose des bouquets et conseille les clients. Ce métier demande de la patience. On y entre avec un CAP.",
    "bullets": "Magasinier\n\nMissions\n- Réceptionner les colis\n- Ranger les rayons du dépôt\n\nFormation\n- CAP opérateur logistique",
    "no accents": "FICHE METIER : GRUTIER\nLe grutier deplace les charges. Salaire : 1 900 euros. Diplome requis : CAP conducteur d'engins.",
}
OTHERS = {
    "recipe": "Tarte aux pommes\n\nIngrédients\n- 4 pommes\n- 200 g de farine\n- 100 g de beurre\n\nPréparation\nTravaillez la farine et le "
    "beurre du bout des doigts. Étalez la pâte, disposez les pommes en rosace et enfournez quarante minutes à four chaud.\n"
    * 2,
    "shop": "Perceuse à percussion 750 W\n89,90 €\nLivraison offerte dès 50 € d'achat. Garantie deux ans, retour gratuit sous trente jours. "
    "Ajoutez le produit à votre panier et choisissez le mode de paiement.\n" * 4,
    "source code": "import os\n\ndef main(argv):\n    for name in os.listdir(argv[1]):\n        print(name, os.stat(name).st_size)\n"
    * 20,
    "lorem": "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna.\n"
    * 20,
    "links": "\n".join(
        f"Fiche métier {name}" for name in ("fleuriste", "boucher", "maçon", "notaire", "salaire", "formation") * 9
    ),
    "English": "The plumber installs pipes and mends leaks. A salary of 30,000 pounds a year is common for skilled workers.\n"
    * 9,
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_let_through(name: str) -> None:
    extraction = extract(SHEETS[name], "lot/page.txt")
    assert extraction.sheet is not None
    assert not extraction.rejects


def test_one_marked_heading_of_a_section_makes_a_text_markdown() -> None:
    extraction = extract(
        "Le métier de soudeur\n\nIl assemble des pièces.\n\n## Salaire\n1 900 € brut par mois.\n", "soudeur.txt"
    )
    assert extraction.sheet is not None
    assert extraction.sheet.format == "markdown"
    assert [s.heading for s in extraction.sections if s.kind == "salary"] == ["Salaire"]


@pytest.mark.parametrize("name", OTHERS)
def test_another_text_is_refused(name: str) -> None:
    extraction = extract(OTHERS[name], "lot/page.txt")
    assert extraction.sheet is None
    assert [(r.code, r.message.split(":")[0]) for r in extraction.rejects] == [("not-a-sheet", "lot/page.txt")]


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE metiers [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE metiers [<!ENTITY a "métier"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_xml_that_declares_entities_is_refused_unread(prolog: str) -> None:
    content = f'<?xml version="1.0"?>{prolog}<metiers><metier><nom_metier>soudeur &secret;</nom_metier></metier></metiers>'
    (reject,) = extract(content, "a.xml").rejects
    assert reject.code == "malformed"
    assert "document type" in reject.message
