"""Tables of activities: beside a time of day, a noun of action is one; a cell may hold several, one a line."""

from __future__ import annotations

import pytest

from pipeline.extraction import extract
from pipeline.extractors.tasks.phrases import is_time, trim

PAGE = """<html lang="fr"><body><h1>Fiche métier : poissonnier</h1>
<p>Le poissonnier achète, prépare et vend du poisson dans sa boutique ou sur les marchés.</p>
<h2>Ses heures</h2><table>{rows}</table><h2>Salaire</h2><p>1 900 € brut par mois</p></body></html>"""


def tasks(*rows: tuple[str, str]) -> list[tuple[str, str | None]]:
    table = "".join(f"<tr><td>{time}</td><td>{what}</td></tr>" for time, what in rows)
    return [(task.evidence, task.group) for task in extract(PAGE.format(rows=table), "poissonnier.html").tasks[1:]]


def test_nouns_of_action_beside_a_time() -> None:
    assert tasks(("4 h", "Achat du poisson à la criée"), ("De 14h à 15h30", "Nettoyage du laboratoire")) == [
        ("Achat du poisson à la criée", "4 h"),
        ("Nettoyage du laboratoire", "De 14h à 15h30"),
    ]


def test_other_rows_and_breaks_are_none() -> None:
    assert tasks(("9 h", "Café, avec les voisins"), ("Été", "Fermeture de la boutique"), ("Lieu", "Vente au marché")) == []


@pytest.mark.parametrize(
    "cell",
    [
        "Lever les filets<br>Écailler les dorades (au couteau)<br>Préparer les plateaux",
        "Lever les filets ; Écailler les dorades (au couteau) ; Préparer les plateaux",
        "- Lever les filets - Écailler les dorades (au couteau) - Préparer les plateaux",
        "Lever les filets. Écailler les dorades (au couteau). Préparer les plateaux.",
    ],
)
def test_a_cell_of_several_lines_and_what_they_are_about(cell: str) -> None:
    lines = ["Lever les filets", "Écailler les dorades (au couteau)", "Préparer les plateaux"]
    assert tasks(("Transformer", cell), ("Le soir", "Laver l'étal")) == [
        *((line, "Transformer") for line in lines),
        ("Laver l'étal", "Le soir"),
    ]


def test_a_name_in_a_cell_begins_no_activity() -> None:
    assert tasks(("Le matin", "Acheter la sole à Port Camargue"), ("Le soir", "Laver l'étal")) == [
        ("Acheter la sole à Port Camargue", "Le matin"),
        ("Laver l'étal", "Le soir"),
    ]


@pytest.mark.parametrize("text", ["4 h", "4h30", "9:15", "16 heures", "De 8 h à 10 h", "8h-10h", "À 9 h :"])
def test_times(text: str) -> None:
    assert is_time(text)


@pytest.mark.parametrize("text", ["4", "4 € de l'heure", "8 heures par jour", "Été"])
def test_what_is_no_time(text: str) -> None:
    assert not is_time(text)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("4 h 10Achat du poisson", "Achat du poisson"),
        ("9 h 30 : accueil des clients.", "accueil des clients"),
        ("8h - Ouverture", "Ouverture"),
        ("12 heures de garde", "de garde"),
    ],
)
def test_a_time_before_an_activity_is_left_out(line: str, kept: str) -> None:
    start, end = trim(line, 0, len(line))
    assert line[start:end] == kept
