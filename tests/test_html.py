"""HTML pages → pieces: structure survives, boilerplate is marked, and no visible word vanishes."""

from __future__ import annotations

from pipeline.parsers.html import parse
from pipeline.sheet import Piece


def kept(body: str) -> list[Piece]:
    """The pieces of a page with ``body`` that its clean text holds."""
    return [p for p in parse(f"<html><head><title>Fiche</title></head><body>{body}</body></html>").pieces if p.drop is None]


def texts(body: str) -> list[str]:
    return [p.text for p in kept(body)]


def test_inline_tags_do_not_cut_words() -> None:
    assert texts("<p><b>M</b>issions du<i> m</i>étier</p>") == ["Missions du métier"]


def test_breaks_part_lines() -> None:
    assert texts("<p>Un<br>Deux<br/>Trois</p>") == ["Un", "Deux", "Trois"]


def test_items_keep_nesting_and_order() -> None:
    pieces = kept("<ol><li>Cadrer<ul><li>écouter</li><li>écrire</li></ul></li><li>Livrer</li></ol><ol><li>Suivre</li></ol>")
    assert [(p.text, p.depth, p.ordered) for p in pieces] == [
        ("Cadrer", 1, True), ("écouter", 2, False), ("écrire", 2, False), ("Livrer", 1, True), ("Suivre", 1, True)]
    assert pieces[0].group == pieces[3].group != pieces[4].group


def test_unclosed_items() -> None:
    assert texts("<UL><LI>poser ;<LI>souder ;<LI>vérifier.</UL>") == ["poser ;", "souder ;", "vérifier."]


def test_pay_table_ties_cells_to_headers() -> None:
    pieces = kept("<table><tr><th>Profil</th><th>Salaire</th></tr><tr><td>Débutant</td><td>24 k€</td></tr>"
                  "<tr><td>Confirmé</td><td>31 k€</td></tr></table>")
    assert pieces[1].text == "Débutant\t24 k€"
    assert pieces[1].cells[1] == ("24 k€", "Salaire", "Débutant")
