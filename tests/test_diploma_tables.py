"""Ways in that a table tells in sentences, beside the label of its row."""

import pytest

from pipeline.extraction import extract


def asked(*rows: str) -> dict[str, str | None]:
    """Label → requirement of the ways in that a table of ``rows`` names."""
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    prose = "<p>Il alimente le digesteur chaque matin, surveille les cuves et prélève des échantillons.</p>"
    page = f"<html><body><h1>Agent de méthanisation</h1>{prose}<h2>Repères</h2><table>{table}</table></body></html>"
    return {found.label: found.requirement for found in extract(page, "agent.html").diplomas}


SAID = "Un bac pro agroéquipement suffit souvent ; un BTSA GEMEAU est apprécié."


@pytest.mark.parametrize("label", ["Diplôme", "Formation", "Études", "Comment y accéder"])
@pytest.mark.parametrize("head", ["", "<th>Critère<th>Attendu"])
def test_a_cell_of_sentences_is_read_as_a_paragraph(label: str, head: str) -> None:
    found = asked(head, f"<th>{label}<td>{SAID}", "<th>Rythme<td>Astreintes le week-end")
    assert found == {"bac pro agroéquipement": "possible", "BTSA GEMEAU": "recommended"}


def test_the_label_of_the_row_asks_where_the_sentence_does_not() -> None:
    found = asked("<th>Diplôme exigé<td>Il faut un CAP, par exemple le CAP conducteur d'engins.", "<th>Rythme<td>Astreintes")
    assert found == {"CAP": "required", "CAP conducteur d'engins": "possible"}


def test_a_row_of_another_label_names_no_way_in() -> None:
    assert asked("<th>Critère<th>Attendu", f"<th>Voisins<td>{SAID}", "<th>Rythme<td>Astreintes le week-end") == {}


def test_a_cell_that_only_asks_does_so_of_its_row() -> None:
    found = asked(
        "<td>Obligatoire<td>CQP Méthanisation", "<td>Un plus<td>BTSA GEMEAU", "<td>Pour la suite<td>BP Agroéquipement"
    )
    assert found == {"CQP Méthanisation": "required", "BTSA GEMEAU": "recommended", "BP Agroéquipement": "possible"}


def test_a_column_that_only_asks_does_so_of_its_row() -> None:
    found = asked(
        "<th>Diplôme<th>Durée<th>Statut",
        "<td>CQP Méthanisation<td>un an<td>obligatoire",
        "<td>BTSA GEMEAU<td>deux ans<td>très apprécié",
        "<td>BP Agroéquipement<td>deux ans<td>stage obligatoire",
    )
    assert found == {"CQP Méthanisation": "required", "BTSA GEMEAU": "recommended", "BP Agroéquipement": "possible"}
