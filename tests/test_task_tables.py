"""Activities that stand as lines of table cells: below the head of a column, or beside what they are about."""

from pipeline.extraction import extract

PROSE = "<p>Le sellier répare les selles et les harnais, coud au fil poissé et livre les écuries de la région.</p>"


def tasks(*rows: str) -> list[str]:
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    body = f"<h1>Sellier</h1>{PROSE}<h2>Missions</h2><table>{table}</table><h2>Formation</h2><p>Un CAP.</p>"
    page = f"<html><body>{body}</body></html>"
    return [task.evidence for task in extract(page, "sellier.html").tasks if task.rule != "clause"]


def test_each_column_of_a_row_lists_activities() -> None:
    heads = "<th>La coupe</th><th>La couture</th>"
    cells = "<td>Choisir la peau<br>Tracer le patron</td><td>Parer les bords<br>Monter le troussequin</td>"
    expected = ["Choisir la peau", "Tracer le patron", "Parer les bords", "Monter le troussequin"]
    assert tasks(heads, cells) == expected


def test_dashed_lines_beside_a_label_are_items() -> None:
    rows = [
        "<th>Couper</th><td>– choisir la peau ;<br>– tracer le patron.</td>",
        "<th>Coudre</th><td>– parer les bords ;<br>– monter le troussequin.</td>",
    ]
    assert tasks(*rows) == ["choisir la peau", "tracer le patron", "parer les bords", "monter le troussequin"]
