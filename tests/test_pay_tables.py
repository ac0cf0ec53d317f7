"""Columns of a table: which of them state a pay."""

from pipeline.extraction import extract


def test_what_is_paid_on_top_has_a_column_of_its_own() -> None:
    heads = "<th>Échelon<th>Traitement brut mensuel<th>Indemnités mensuelles brutes<th>Rémunération nette mensuelle"
    rows = ["<td>Échelon 1<td>1 944 €<td>266 €<td>1 771 €", "<td>Échelon 2<td>2 050 €<td>281 €<td>1 866 €"]
    table = "".join(f"<tr>{row}</tr>" for row in (heads, *rows))
    prose = "<p>Le greffier assiste le juge, tient la plume aux audiences et garde les dossiers.</p>"
    page = f"<html><body><h1>Greffier</h1>{prose}<h2>Formation</h2><p>Un concours.</p><h2>Salaire</h2><table>{table}</table>"
    assert sorted(pay.minimum for pay in extract(page, "greffier.html").salaries) == [1771, 1866, 1944, 2050]
