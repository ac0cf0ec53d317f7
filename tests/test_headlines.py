"""Which occupation a page is about, where its headline and its title disagree, and names beside the labels of a page."""

from __future__ import annotations

import pytest

from pipeline.extraction import extract
from pipeline.records import Title

LEAD = "<p>{0} observe, règle et répare. {0} conseille aussi ceux qui passent la porte de la boutique.</p>"
STUDIES = "<h2>Formation</h2><p>Le CAP est exigé pour exercer ce métier. Il se prépare en deux ans.</p>"


def titles(headline: str, page_title: str, body: str) -> list[Title]:
    html = f"<html><head><title>{page_title}</title></head><body><main><h1>{headline}</h1>{body}{STUDIES}</main></body></html>"
    return [record for _, _, record in extract(html, "page.html").rows("titles")]


@pytest.mark.parametrize(
    ("headline", "page_title", "subject", "label"),
    [
        ("Gardien du temps", "Horloger : le métier, les formations", "L'horloger", "Horloger"),
        ("Le médecin des arbres", "Arboriste grimpeur - Orientation", "L'arboriste grimpeur", "Arboriste grimpeur"),
        ("Chef d'orchestre du chantier", "Conducteur de travaux | Le Mag", "Le conducteur de travaux", "Conducteur de travaux"),
        ("Les mains dans le cambouis", "Mécanicien poids lourd", "Le mécanicien poids lourd", "Mécanicien poids lourd"),
        ("Gardien d'immeuble", "Concierge : fiche métier", "Le gardien", "Gardien d'immeuble"),  # taken up: no figure of speech
        ("Responsable du planning", "Coach carrière - Blog", "Elle", "Responsable du planning"),  # the title names the site
    ],
)
def test_a_figure_of_speech_is_not_the_title(headline: str, page_title: str, subject: str, label: str) -> None:
    assert titles(headline, page_title, LEAD.format(subject))[0].label == label


@pytest.mark.parametrize(
    ("body", "kind", "labels"),
    [
        ("<dl><dt>On l'appelle aussi</dt><dd>chausseur, artisan bottier, shoe maker</dd></dl>", "alternate", 3),
        ("<dl><dt>On dit également</dt><dd>AB ; accompagnant en cuir ; soigneuse de bottes</dd></dl>", "alternate", 3),
        ("<dl><dt>Autres noms</dt><dd>chausseur · artisan bottier</dd></dl>", "alternate", 2),
        ("<dl><dt>Nom courant</dt><dd>chausseur</dd></dl>", "alternate", 1),
        ("<dl><dt>Il peut devenir</dt><dd>chef d'atelier, formateur</dd></dl>", "career", 2),
        ("<dl><dt>Et ensuite</dt><dd>chef d'atelier, formateur</dd></dl>", "career", 2),
        ("<dl><dt>Employeurs</dt><dd>chausseur, artisan bottier</dd></dl>", "alternate", 0),
    ],
)
def test_names_beside_a_label(body: str, kind: str, labels: int) -> None:
    found = titles("Bottier", "Bottier", LEAD.format("Le bottier") + body)
    assert [title.kind for title in found[1:]] == [kind] * labels
