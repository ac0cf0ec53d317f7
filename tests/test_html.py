"""HTML pages → pieces: structure survives, boilerplate is marked, and no visible word vanishes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from pipeline.errors import RejectedInput
from pipeline.lexicons import load
from pipeline.parsers import parse as parse_bytes
from pipeline.parsers.html import claims, parse
from pipeline.parsers.names import name_cues
from pipeline.sheet import Piece, assemble

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"
PAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "html" / "pages"

PROSE = (
    "<p>Le fleuriste compose des bouquets et conseille les clients de sa boutique, du petit matin à la fermeture.</p>"
    "<p>Il achète ses fleurs au marché de gros, surveille leur fraîcheur et tient les comptes de son commerce.</p>"
)


def page(body: str, title: str = "Fleuriste") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>"


def kept(body: str) -> list[Piece]:
    """The pieces of a page with ``body`` that its clean text holds."""
    return [p for p in parse(page(body)).pieces if p.drop is None]


def texts(body: str) -> list[str]:
    return [p.text for p in kept(body)]


def dropped(body: str) -> dict[str, str]:
    """Text → kind of what the cleaning removed."""
    return {p.text: p.drop[0] for p in parse(page(body)).pieces if p.drop is not None}


def kinds(body: str) -> list[tuple[str, str, int]]:
    return [(p.kind, p.text, p.depth) for p in kept(body)]


# -- words and lines ---------------------------------------------------------------------------------------------


def test_inline_tags_do_not_cut_words() -> None:
    assert texts("<p><b>M</b>issions du<i> m</i>étier, 13<sup>e</sup> mois</p>") == ["Missions du métier, 13e mois"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<time>9 h 30</time>Revue de presse", "9 h 30 Revue de presse"),
        ("<span>01</span>Missions", "01 Missions"),
        ("<b>Durée :</b>Trois ans<i>Rythme</i>Alternance", "Durée : Trois ans Rythme Alternance"),
        ("« Un métier debout. »<cite>Lina, fleuriste</cite>", "« Un métier debout. » Lina, fleuriste"),
        ("L'<b>Or</b>éal, H<sub>2</sub>O et <b>É</b>tudes", "L'Oréal, H2O et Études"),
        ("D<b>C</b>G, my<b>SQL</b> et Pôle<img src=x> emploi", "DCG, mySQL et Pôle emploi"),
        ("Débutant·e<b>26 – 30 K€</b><i>Senior</i>45 K€", "Débutant·e 26 – 30 K€ Senior 45 K€"),
        ("CO<sub>2</sub>, m<sup>2</sup> et renvoi<sup>12</sup>", "CO2, m2 et renvoi12"),
    ],
)
def test_a_capital_or_a_figure_begins_a_word_of_its_own_in_another_element(markup: str, text: str) -> None:
    assert texts(f"<p>{markup}</p>") == [text]


def test_white_space_folds_as_in_a_browser() -> None:
    assert texts("<p>  2\u00a0400 €\n\t brut  </p>") == ["2\u00a0400 € brut"]


def test_breaks_part_lines() -> None:
    assert texts("<p>Un<br>Deux<br/>Trois</p>") == ["Un", "Deux", "Trois"]


def test_a_heading_stays_one_line() -> None:
    assert kinds(f"<h1>Fiche métier<br>Fleuriste</h1>{PROSE}")[0] == ("heading", "Fiche métier Fleuriste", 1)


def test_neighbours_are_not_glued() -> None:
    assert texts("<div>Missions</div><div>Profil</div><section>Salaire</section>Divers") == [
        "Missions",
        "Profil",
        "Salaire",
        "Divers",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" + "<span class=lib>Études</span><span class=val>CAP</span> " * 2 + "</div>",
        "<ul><li><strong>Études</strong><span>CAP</span></li><li><strong>Études</strong><span>CAP</span></li></ul>",
        "<p><span class=k>Études</span> <span class=v>CAP</span> <span class=k>Études</span> <span class=v>CAP</span></p>",
        "<div><p><span>Études</span>CAP</p><p><span>Études</span>CAP</p></div>",
        "<ul><li><strong>Études</strong>C<i>AP</i></li><li><strong>Études</strong>CAP</li></ul>",
    ],
)
def test_labels_and_values_that_a_style_sheet_sets_apart(markup: str) -> None:
    assert [(kind, text) for kind, text, _ in kinds(markup)] == [("term", "Études"), ("definition", "CAP")] * 2


def test_chips_are_items() -> None:
    chips = "".join(f"<span class=chip>{name}</span> " for name in ("Fleuriste", "Bouquetière", "Décorateur floral"))
    assert [kind for kind, _, _ in kinds(f"<p>{chips}</p>")] == ["item"] * 3


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>M</b><span>issions</span></p>",
        "<p><span class=c1>Le fleuriste</span><span class=c2> vend</span><span class=c1> des roses</span></p>",
        "<p><strong>Études</strong> <em>CAP</em></p>",
        "<p><strong>Le fleuriste</strong>vend des roses</p>",
        "<div><p><b>Le fleuriste</b>vend des <b>roses</b></p></div>",
        "<p><span class=c1>Le fleuriste </span><span class=c1>vend </span><span class=c1>des roses.</span></p>",
    ],
)
def test_spans_of_a_sentence_stay_in_it(markup: str) -> None:
    assert [kind for kind, _, _ in kinds(markup)] == ["paragraph"]


def test_items_that_a_comma_ties_are_one_line() -> None:
    body = f"<h1>Fleuriste</h1>{PROSE}<div><div>décorateur floral</div>, <div>artisan fleuriste</div></div>"
    assert texts(body)[-1] == "décorateur floral, artisan fleuriste"


def test_entities_and_old_markup() -> None:
    assert texts("<P>M&eacute;tier &amp; qualit&#233;s<P>L&#8217;essentiel") == ["Métier & qualités", "L’essentiel"]


def test_comments_and_code_are_invisible() -> None:
    body = (
        "<p>Visible<!-- caché --></p><!--[if IE]><p>vieux</p><![endif]--><script>var a='<p>x</p>'</script><style>p{}</style>"
        "<template><p>modèle</p></template><svg><title>icône</title></svg>"
    )
    assert texts(body) == ["Visible"]


def test_preformatted_lines_stay_apart() -> None:
    assert texts("<pre>Missions :\n  vendre\n  livrer</pre>") == ["Missions :", "vendre", "livrer"]


# -- lists, definitions, tables -------------------------------------------------------------------------------------


def test_items_keep_nesting_and_order() -> None:
    pieces = kept("<ol><li>Cadrer<ul><li>écouter</li><li>écrire</li></ul></li><li>Livrer</li></ol><ol><li>Suivre</li></ol>")
    assert [(p.text, p.depth, p.ordered) for p in pieces] == [
        ("Cadrer", 1, True),
        ("écouter", 2, False),
        ("écrire", 2, False),
        ("Livrer", 1, True),
        ("Suivre", 1, True),
    ]
    assert pieces[0].group == pieces[3].group
    assert len({p.group for p in pieces}) == 3


def test_unclosed_items() -> None:
    assert [(p.kind, p.text) for p in kept("<UL><LI>poser ;<LI>souder ;<LI>vérifier.</UL>")] == [
        ("item", "poser ;"),
        ("item", "souder ;"),
        ("item", "vérifier."),
    ]


def test_dashed_lines_are_items_without_their_dash() -> None:
    pieces = kept("<p>&#8211; Accueillir la clientèle<br>&#8211; Composer les bouquets</p>")
    assert [(p.kind, p.text) for p in pieces] == [("item", "Accueillir la clientèle"), ("item", "Composer les bouquets")]


def test_lines_in_boxes_built_alike_are_items() -> None:
    lines = ["Arrosage des plantes vertes", "Dressage de la vitrine"]
    cards = "".join(f'<div class="css-9k"><span>{line}</span></div>' for line in lines)
    assert kinds(f'<div><div class="css-2h">Au lever du rideau</div>{cards}</div>{PROSE}')[1:3] == [
        ("item", line, 1) for line in lines
    ]


@pytest.mark.parametrize(
    "boxes",
    [
        "<div class=a>Il arrose les plantes.</div><div class=a>Il dresse la vitrine.</div>",  # sentences are a text
        "<div>Arrosage des plantes</div><div>Dressage de la vitrine</div>",  # boxes of no build
        "<div class=a>Arrosage des plantes</div><div class=b>Dressage de la vitrine</div>",
        "<div class=a>Arrosage des plantes<p>Dressage de la vitrine</p></div>",
    ],
)
def test_boxes_that_make_no_list(boxes: str) -> None:
    assert "item" not in [kind for kind, _, _ in kinds(f"<div>{boxes}</div>{PROSE}")]


def test_printed_numbers_stay_as_markers() -> None:
    pieces = kept("<div>1. Accueillir<br>2. Composer</div>")
    assert [(p.kind, p.marker, p.text, p.ordered) for p in pieces] == [
        ("item", "1. ", "Accueillir", True),
        ("item", "2. ", "Composer", True),
    ]


def test_definition_lists() -> None:
    pieces = kept("<dl><dt>Langues</dt><dd>anglais</dd><dd>espagnol</dd></dl>")
    assert [(p.kind, p.text) for p in pieces] == [("term", "Langues"), ("definition", "anglais"), ("definition", "espagnol")]
    assert len({p.group for p in pieces}) == 1


def test_pay_table_ties_cells_to_headers() -> None:
    pieces = kept(
        "<table><caption>Salaire brut</caption><tr><th>Profil</th><th>Paris</th><th>Lyon</th></tr>"
        "<tr><td>Débutant</td><td>24 k€</td><td>22 k€</td></tr><tr><td>Confirmé</td><td>31 k€</td><td></td></tr></table>"
    )
    assert [p.text for p in pieces] == ["Salaire brut", "Profil\tParis\tLyon", "Débutant\t24 k€\t22 k€", "Confirmé\t31 k€"]
    assert pieces[2].cells == (("Débutant", "Profil", ""), ("24 k€", "Paris", "Débutant"), ("22 k€", "Lyon", "Débutant"))
    assert [p.kind for p in pieces] == ["paragraph", "row", "row", "row"]


@pytest.mark.parametrize("kind", ["table", "grid"])
def test_a_table_of_roles_is_a_table(kind: str) -> None:
    def row(role: str, *cells: str) -> str:
        return "<div class=r role=row>" + "".join(f"<div role={role}><span>{cell}</span></div>" for cell in cells) + "</div>"

    rows = row("columnheader", "Grade", "Net par mois") + row("cell", "Élève", "1 500 €") + row("cell", "Chef", "2 400 €")
    found = [p for p in kept(f"<h1>Fleuriste</h1>{PROSE}<div role={kind}>{rows}</div>") if p.kind == "row"]
    assert [p.text for p in found] == ["Grade\tNet par mois", "Élève\t1 500 €", "Chef\t2 400 €"]
    assert found[2].cells[1] == ("2 400 €", "Net par mois", "Chef")


def test_spans_of_rows_and_columns() -> None:
    pieces = kept(
        "<table><thead><tr><th rowspan='2'>Profil</th><th colspan='2'>Salaire</th></tr>"
        "<tr><th>min</th><th>max</th></tr></thead>"
        "<tr><td rowspan=2>Niveau 3</td><td>20 k€</td><td>24 k€</td></tr><tr><td>21 k€</td><td>25 k€</td></tr></table>"
    )
    assert pieces[2].cells[2] == ("24 k€", "Salaire · max", "Niveau 3")
    assert pieces[3].text == "21 k€\t25 k€"
    assert pieces[3].cells[0] == ("21 k€", "Salaire · min", "Niveau 3")


def test_bold_first_row_is_a_header() -> None:
    pieces = kept(
        "<table border=1><tr><td><b>Grade</b></td><td><b>Brut</b></td></tr><tr><td>Ouvrier</td><td>11,88 €</td></tr>"
        "<tr><td>Chef</td><td>16,07 €</td></tr></table>"
    )
    assert pieces[1].cells[1] == ("11,88 €", "Brut", "Ouvrier")


def test_row_headers_without_column_headers() -> None:
    pieces = kept(
        "<table><tr><th scope=row>Débutant</th><td>24 k€</td></tr><tr><th scope=row>Senior</th><td>40 k€</td></tr></table>"
    )
    assert pieces[1].cells == (("Senior", "", ""), ("40 k€", "", "Senior"))


def test_hostile_spans_are_bounded() -> None:
    assert texts(
        "<table><tr><td colspan=99999999999>a</td><td>b</td></tr><tr><td rowspan='x'>c</td><td>d</td></tr></table>"
    ) == ["a\tb", "c\td"]


def test_layout_tables_are_no_data() -> None:
    body = "<table><tr><td><ul><li>Accueil</li></ul></td><td><h2>Missions</h2><p>Il vend.</p></td></tr></table>"
    assert all("\t" not in p.text and p.kind != "row" for p in parse(page(body)).pieces)


# -- headings -----------------------------------------------------------------------------------------------------


def test_headings_keep_their_depth() -> None:
    assert [
        k for k in kinds(f"<h1>Fleuriste</h1>{PROSE}<h2>Missions</h2><h3>En boutique</h3><p>Il vend.</p>") if k[0] == "heading"
    ] == [("heading", "Fleuriste", 1), ("heading", "Missions", 2), ("heading", "En boutique", 3)]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><strong>Les contraintes</strong></p>",
        "<p><b>Les contraintes</b></p>",
        "<font size=4>Les contraintes</font><br>",
        "<table width='100%'><tr><td class='rubrique'>Les contraintes</td></tr></table>",
        "<div class='section-title'><span class=title>Les contraintes</span></div><div class='titre'>Les contraintes</div>",
        "<details><summary>Les contraintes</summary><p>Debout tout le jour, il porte aussi des seaux d'eau.</p></details>",
        "<button class='accordion' aria-expanded='false'>Les contraintes</button>",
        "<div role='button' aria-controls='p1' class='tab-title'><a>Les contraintes</a></div>",
        "<h2><button aria-expanded=false>Les contraintes</button></h2>",
        "<div role=heading aria-level=2>Les contraintes</div>",
        "<p>LES CONTRAINTES</p>",
    ],
)
def test_lines_that_serve_as_headings(markup: str) -> None:
    body = (
        f"<h1>Fleuriste</h1>{PROSE}{markup}<p>La journée commence à cinq heures, et la boutique est froide en toute saison.</p>"
    )
    assert ("heading", 2) in [(k, d) for k, text, d in kinds(body) if text.casefold() == "les contraintes"]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><strong>Le fleuriste vend des fleurs et conseille ses clients, tous les jours de la semaine.</strong></p>",
        "<p><b>M1704</b></p>",
        "<p><b>Bac+5</b></p>",
        "<p><strong>Connaître.</strong> Il étudie la clientèle de sa rue.</p>",
        "<p><u>En boutique</u>, il :</p>",
    ],
)
def test_bold_print_that_is_no_heading(markup: str) -> None:
    assert [k for k, _, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}{markup}{PROSE}")].count("heading") == 1


def test_hidden_panels_are_content() -> None:
    panel = "<div hidden style='display:none' class=panel><p>Il touche le SMIC en début de carrière, souvent.</p></div>"
    body = f"<h1>Fleuriste</h1>{PROSE}{panel}"
    assert "Il touche le SMIC en début de carrière, souvent." in texts(body)


# -- boilerplate ----------------------------------------------------------------------------------------------------

NOISE = {
    "navigation": "<nav><ul><li><a href=/a>Accueil</a></li><li><a href=/b>Les fiches</a></li></ul></nav>",
    "navigation ": "<div><a href=/1>Accueil</a> <a href=/2>Métiers</a> <a href=/3>Écoles</a> <a href=/4>Contact</a></div>",
    "cookie": "<div id='cookie-bar'><p>Nous mesurons l'audience.</p></div>",
    "share": "<ul class='share-links'><li>Facebook</li><li>LinkedIn</li></ul>",
    "newsletter": "<section class='newsletter'><p>Recevez nos bouquets d'offres.</p></section>",
    "advertisement": "<div class='cta'><p>Dix euros de remise sur la formation.</p></div>",
    "related": "<div class='related-posts'><h3>Poissonnier</h3><p>De 21 à 25 k€ pour débuter.</p></div>",
    "author-box": "<div class='author-box'><p>Paule écrit sur les fleurs.</p></div>",
    "tags": "<p class='tags-links'><a href=/t/a>fleurs</a>, <a href=/t/b>artisanat</a></p>",
    "footer": "<footer><p>Mentions, siège à Nantes.</p></footer>",
    "form": "<form action=/s><label>Votre ville</label><select><option>Brest</option></select><button>Envoyer</button></form>",
    "comment": "<div id=comments><ol><li class='comment-12'><p>Chez nous c'est 1 300 net.</p></li></ol></div>",
    "tweet": "<blockquote class='twitter-tweet'><p>Les pivoines sont là !</p></blockquote>",
    "media": "<noscript><p>Activez les scripts.</p></noscript>",
}


@pytest.mark.parametrize("kind", NOISE)
def test_noise_goes_with_its_kind(kind: str) -> None:
    found = dropped(f"<h1>Fleuriste</h1>{PROSE}{NOISE[kind]}")
    assert found
    assert set(found.values()) == {kind.strip()}
    assert texts(f"<h1>Fleuriste</h1>{PROSE}{NOISE[kind]}") == texts(f"<h1>Fleuriste</h1>{PROSE}")


@pytest.mark.parametrize(
    "block",
    [
        "<aside class='en-bref'><dl><dt>Salaire</dt><dd>1 800 € brut</dd></dl></aside>",
        "<section id='comment-devenir'><h2>Comment devenir fleuriste ?</h2><p>Par un CAP en deux ans.</p></section>",
        "<section id='secteur-social'><p>Certains travaillent en hôpital.</p></section>",
        "<blockquote><p>« J'aime l'odeur du matin. »</p><footer>Rose, fleuriste</footer></blockquote>",
        "<h2>Formation</h2><ul><li><a href=/cap>CAP Fleuriste</a></li><li><a href=/bp>BP Fleuriste</a></li></ul>",
        "<div class='author-note'><p>Il faut aimer se lever tôt et ne pas craindre le froid des chambres.</p></div>",
        "<ul><li>05:30 arrivée au marché</li><li>08:00 ouverture de la boutique</li></ul>",
    ],
)
def test_lines_of_the_sheet_stay(block: str) -> None:
    assert not dropped(f"<main><h1>Fleuriste</h1>{PROSE}{block}{PROSE.replace('fleuriste', 'commerçant')}</main>")


def test_a_sentence_below_the_title_leads_the_sheet_in() -> None:
    lead = "Sans lui, pas de roses pour la fête des mères."
    assert lead in texts(f"<h1>Fleuriste</h1><p>{lead}</p><div>{PROSE}<h2>Salaire</h2>{PROSE}</div>")


@pytest.mark.parametrize("names", ["contentheading", "article-head"])
def test_a_heading_of_a_part_is_no_title(names: str) -> None:
    """Old pages have no ``<h1>``: a section that shares a word with ``<title>`` must not cut the sheet in two."""
    said = ["Je voudrais devenir fleuriste", "Ses missions", "Diplômes et concours", "Un métier pour la vie"]
    head, *parts = said
    body = f"<div class={names}>{head}</div>" + "".join(f"{PROSE}<h2>{part}</h2>" for part in parts) + PROSE
    pieces = parse(page(body, "Fleuriste : un métier, des concours - La gazette des villes")).pieces
    assert set(said) <= {piece.text for piece in pieces if piece.drop is None}


def test_a_byline_with_an_hour_opens_no_comments() -> None:
    byline = "<p>Par Odile Bressan – Publié le 21 mars 2023 à 6h00 – Lecture 7 min</p>"
    body = f"<h1>Fleuriste</h1>{byline}{PROSE}<h2>Écouter, puis couper</h2>{PROSE}<h2>Et demain ?</h2>{PROSE}"
    assert len(texts(body)) == 9


BUILDS = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))


def test_a_link_in_a_heading_to_what_changes_the_text_is_none_of_its_words() -> None:
    link = '<span class="mw-editsection">[<a href="/e">modifier</a> | <a href="/c">modifier le code</a>]</span>'
    body = f"<h1>Fleuriste</h1>{PROSE}<h2><span>Salaire</span>{link}</h2>{PROSE}"
    assert ("heading", "Salaire", 2) in kinds(body)
    assert not any("modifier" in text for text in texts(body))


def test_who_is_quoted_stays_with_the_quotation() -> None:
    quotation = (
        "<blockquote><p>« Les fleurs m'ont choisie. »</p><footer class=blockquote-footer>Aline, fleuriste</footer></blockquote>"
    )
    assert "Aline, fleuriste" in texts(f"<h1>Fleuriste</h1>{PROSE}{quotation}{PROSE}")


@pytest.mark.parametrize("build", BUILDS)
def test_builds_of_sites(build: str) -> None:
    case = BUILDS[build]
    pieces = parse(page(case["body"], case.get("title", "Fleuriste"))).pieces
    text = "\n".join(p.text for p in pieces if p.drop is None)
    assert [words for words in case["keep"] if words not in text] == []
    assert [words for words in case["drop"] if words in text] == []


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("app-footer", "footer"), ("ion-menu", "navigation"), ("cookie-notice", "cookie"), ("amp-ad", "advertisement")],
)
def test_the_tag_of_an_element_of_its_own_making_is_a_name(tag: str, kind: str) -> None:
    body = (
        f"<main><h1>Fleuriste</h1>{PROSE}<{tag}><div>Fleurs à moitié prix</div></{tag}>{PROSE}<my-box>Au calme.</my-box></main>"
    )
    assert dropped(body) == {"Fleurs à moitié prix": kind}


def test_a_number_before_a_heading_hides_no_section() -> None:
    body = "<h1>Fleuriste</h1>" + "".join(
        f"<div><div class=t><span>{i}</span>{name}</div>{PROSE}</div>"
        for i, name in enumerate(["Missions", "Quelles études ?"], 1)
    )
    assert [text for kind, text, _ in kinds(body) if kind == "heading"] == ["Fleuriste", "1 Missions", "2 Quelles études ?"]


def test_a_name_of_a_section_between_two_boxes_is_a_heading() -> None:
    body = f"<h1>Fleuriste</h1><div>{PROSE}<span>Missions</span>{PROSE}<i>Au fil des jours</i> Mardi<br>Jeudi</div>"
    assert [text for kind, text, _ in kinds(body) if kind == "heading"] == ["Fleuriste", "Missions"]


def test_tabs_in_a_list_name_their_panels_once() -> None:
    names = {"a": "Missions", "b": "Formation"}
    tabs = "".join(f"<li role=tab aria-controls={key}>{name}</li>" for key, name in names.items())
    panels = "".join(f"<div role=tabpanel id={key}>{PROSE}</div>" for key in names)
    said = [(kind, text) for kind, text, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}<ul role=tablist>{tabs}</ul>{panels}")]
    assert [text for kind, text in said if kind == "heading"] == ["Fleuriste", "Missions", "Formation"]
    assert [text for _, text in said].count("Missions") == 1


def test_old_page_keeps_only_its_column() -> None:
    body = (
        "<table><tr><td><a href=a>Accueil</a></td><td><a href=b>Annuaire</a></td></tr></table><table><tr>"
        "<td><b>Nos fiches</b><br><a href=1>Boucher</a><br><a href=2>Maçon</a></td>"
        f"<td><font size=5><b>FLEURISTE</b></font><hr>{PROSE}<p>L'ouvrier fleuriste gagne 1.850 euros.</p></td>"
        "<td><b>Petites annonces</b><br>Vends camion frigorifique, 9.000 euros</td></tr></table>"
    )
    lines = texts(body)
    assert lines[0] == "FLEURISTE"
    assert lines[-1] == "L'ouvrier fleuriste gagne 1.850 euros."
    assert "Boucher" not in " ".join(lines)


def test_guestbook_in_a_table_of_another_language() -> None:
    rows = "".join(
        f"<tr><td><b>{name}</b> 1{i}.03.2021 18:22<br>Bei uns verdient man viel weniger, leider.</td></tr>"
        for i, name in enumerate(("titi45", "Herr Ost", "Anna"))
    )
    body = f"<h1>Florist</h1>{PROSE}{PROSE}<table>{rows}</table>"
    assert "verdient" not in " ".join(texts(body))


def test_one_column_beside_the_text_states_facts() -> None:
    body = (
        f"<div><div class=colA><h1>Fleuriste</h1>{PROSE}{PROSE}</div>"
        "<div class=colB><h3>Salaire débutant</h3><p>1 850 € brut</p></div></div>"
    )
    assert "1 850 € brut" in texts(body)


def test_heading_of_what_is_gone_goes() -> None:
    links = "<ul><li><a href=/x>Jardinier</a></li><li><a href=/y>Paysagiste</a></li></ul>"
    body = f"<h1>Fleuriste</h1>{PROSE}<h3>Pour aller plus loin</h3>{links}"
    assert "Pour aller plus loin" in dropped(body)


def test_a_field_of_a_form_states_no_facts() -> None:
    form = "<p>Être rappelé</p><select><option>Je suis en formation</option><option>Je suis en poste</option></select>"
    cards = "<p>Nos autres fiches</p><a href=/j>Jardinier</a> <small>il taille, il plante</small>"
    body = f"<div><main><h1>Fleuriste</h1>{PROSE}</main><aside><div>{form}</div><div>{cards}</div></aside></div>"
    assert "Nos autres fiches" in dropped(body)
    assert "Je suis en formation" in dropped(body)


@pytest.mark.parametrize("head", ["<div class=contentheading>Je veux devenir… fleuriste</div>", ""])
def test_a_section_in_the_midst_of_the_text_is_not_its_title(head: str) -> None:
    """Though it says a word of ``<title>``, nothing above it goes as the head of the page."""
    sections = f"<h2>Derrière le comptoir</h2>{PROSE}<h2>Diplômes et concours</h2>{PROSE}<h2>Traitements</h2>{PROSE}"
    pieces = parse(
        page(f"<div>{head}{PROSE}{sections}</div>", title="Fleuriste : des concours, un métier - Halle aux fleurs")
    ).pieces
    assert [p.text for p in pieces if p.drop is not None] == []
    assert [(p.text, p.depth) for p in pieces if p.depth == 1] == ([("Je veux devenir… fleuriste", 1)] if head else [])


# -- nothing vanishes ----------------------------------------------------------------------------------------------


def visible_words(html: str) -> list[str]:
    """Every word that a browser could show, told by BeautifulSoup: another reader than ours."""
    soup = BeautifulSoup(html, "lxml")
    for tag in soup(["script", "style", "template", "svg", "head", "iframe", "object", "audio", "video", "canvas", "title"]):
        tag.decompose()
    return re.findall(r"\w+", soup.get_text(" ") if soup.body else "")


def accounted(html: str) -> str:
    text, _, _, gone = assemble(parse(html).pieces)
    return re.sub(r"\W+", "", text + "".join(d.text for d in gone))


@pytest.mark.parametrize(
    "body",
    [
        *NOISE.values(),
        "<p>Un <b>d</b>eux<br>3</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        "<select><option>x</option></select><textarea>y</textarea><my-box>z</my-box>",
    ],
)
def test_no_visible_word_vanishes(body: str) -> None:
    html = page(f"<h1>Fleuriste</h1>{PROSE}{body}")
    whole = accounted(html)
    assert [w for w in visible_words(html) if re.sub(r"_", "", w) not in whole.replace("_", "")] == []


def test_no_visible_word_of_the_gold_pages_vanishes() -> None:
    sheets = sorted(GOLD.glob("*.html"))
    if not sheets:
        pytest.skip(f"the annotated sheets are not at {GOLD}")
    for sheet in sheets:
        data = sheet.read_bytes()
        text, _, _, gone = assemble(parse_bytes(data, sheet.name).pieces)
        whole = re.sub(r"\W+", "", text + "".join(d.text for d in gone))
        from pipeline.parsers.decoding import decode

        missing = [w for w in visible_words(decode(data, sheet.name)) if w not in whole]
        assert missing == [], sheet.name


# -- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", [3_000, 100_000])
def test_too_deep_is_rejected(depth: int) -> None:
    with pytest.raises(RejectedInput) as error:
        parse("<html><body>" + "<div>" * depth + "au fond")
    assert error.value.code == "too-deep"


def test_deep_but_readable() -> None:
    assert texts("<div>" * 1500 + "au fond") == ["au fond"]


@pytest.mark.parametrize("html", ["<p", "<table><tr><td>a<table><td>b", "</div></div><p>a", "<p>\x00\x01a", "<p>a</p>" * 3])
def test_broken_markup_does_not_break(html: str) -> None:
    assert isinstance(parse(html).pieces, list)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("<!DOCTYPE html><html><body>x</body></html>", 0.9),
        ("<!-- saved -->\n<HTML><BODY>x", 0.9),
        ("<div><h2>Missions</h2><p>Il vend.</p></div>", 0.8),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>x</html>", 0.9),
    ],
)
def test_claims_pages_and_fragments(text: str, least: float) -> None:
    assert claims(text) >= least


@pytest.mark.parametrize(
    "text",
    [
        "# Fleuriste\n\nIl vend des fleurs.<br/>Il compose des bouquets.<br/>\n\n## Salaire\n\n1 800 €",
        "<?xml version='1.0'?><metiers><metier><nom_metier>fleuriste</nom_metier></metier></metiers>",
        "Fleuriste\n\nIl gagne < 2 000 € et > 1 500 €.",
    ],
)
def test_claims_neither_markdown_nor_xml_nor_text(text: str) -> None:
    assert claims(text) < 0.1


# -- the lexicon of names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", load("boilerplate")["box"] + load("boilerplate")["trait"], ids=lambda row: row["rule"])
def test_names(row: dict[str, str]) -> None:
    assert row["rule"] in [cue.rule for cue in name_cues(row["example"])]
    assert row["rule"] not in [cue.rule for cue in name_cues(row["counter"])]
    assert list(row["names"]) == sorted(row["names"])
    assert list(row["whole"]) == sorted(row["whole"])
    assert row["why"]


# -- found by reading pages of other make ------------------------------------------------------------------------------


def test_labels_beside_their_values() -> None:
    body = (
        "<main><h1>Fleuriste</h1>" + PROSE + "<div><div class=field__label>Niveau</div><div class=field__item>CAP</div></div>"
        "<div><small>Code</small><br><b>D1209</b></div>" + PROSE + "</main>"
    )
    assert [(k, t) for k, t, _ in kinds(body)][3:7] == [
        ("term", "Niveau"),
        ("definition", "CAP"),
        ("term", "Code"),
        ("definition", "D1209"),
    ]


def test_the_label_of_a_tab_heads_its_panel() -> None:
    body = (
        f"<h1>Fleuriste</h1>{PROSE}<ul class='nav nav-tabs'><li><a href='#t1'>Son salaire</a></li></ul>"
        "<div class=tab-pane id=t1><p>Il touche le SMIC en début de carrière, puis un peu davantage.</p></div>"
    )
    assert ("heading", "Son salaire", 2) in kinds(body)


def test_cards_below_the_heading_of_a_zone() -> None:
    body = (
        f"<h1>Fleuriste</h1>{PROSE}{PROSE}<h3>Vous aimerez aussi</h3>"
        "<div><div><h5>Pépiniériste</h5><p>De 1 700 à 2 400 € par mois.</p></div>"
        "<div><h5>Élagueur</h5><p>Tout en haut des arbres.</p></div></div>"
    )
    assert texts(body) == texts(f"<h1>Fleuriste</h1>{PROSE}{PROSE}")


def test_a_label_with_its_value_is_no_heading() -> None:
    pay = "<p><strong>Salaire :</strong> 1 800 €</p><p>Les pourboires s'ajoutent au fixe, surtout le jour des mères.</p>"
    body = f"<h1>Fleuriste</h1>{PROSE}{pay}"
    assert ("paragraph", "Salaire : 1 800 €", 0) in kinds(body)


@pytest.mark.parametrize(
    "table",
    [
        # columns under the names of sections, read row by row, would tie a task to a quality
        (
            "<tr><th>Missions</th><th>Qualités</th></tr><tr><td>Composer des bouquets</td><td>Rigueur</td></tr>"
            "<tr><td>Tenir la caisse</td><td>Écoute</td></tr>"
        ),
        (
            "<tr><td><b>Missions</b></td><td><b>Qualités</b></td></tr>"
            "<tr><td>Composer des bouquets<br>Tenir la caisse</td><td>Rigueur<br>Écoute</td></tr>"
        ),
        (
            "<tr><th>Missions</th><td>Composer des bouquets<br>Tenir la caisse</td></tr>"
            "<tr><th>Qualités</th><td>Rigueur<br>Écoute</td></tr>"
        ),
    ],
)
def test_lists_in_the_columns_or_rows_of_a_table_are_lists(table: str) -> None:
    assert kinds(f"<h1>Fleuriste</h1>{PROSE}<h2>En bref</h2><table>{table}</table><h2>Ensuite</h2>{PROSE}")[4:11] == [
        ("heading", "Missions", 3),
        ("item", "Composer des bouquets", 1),
        ("item", "Tenir la caisse", 1),
        ("heading", "Qualités", 3),
        ("item", "Rigueur", 1),
        ("item", "Écoute", 1),
        ("heading", "Ensuite", 2),
    ]


def test_columns_of_a_single_row_of_lists_may_hold_figures() -> None:
    head = "<tr><th>Savoirs</th><th>Qualités</th></tr>"
    table = f"{head}<tr><td>Norme NF S55<br>Botanique</td><td>Rigueur<br>Écoute</td></tr>"
    found = [text for _, text, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}<h2>Profil</h2><table>{table}</table>")]
    assert found[-6:] == ["Savoirs", "Norme NF S55", "Botanique", "Qualités", "Rigueur", "Écoute"]


def test_in_a_table_of_lists_an_amount_stays_with_its_line() -> None:
    table = (
        "<tr><td>Missions</td><td>Vendre<br>Conseiller</td></tr>"
        "<tr><td>Salaire</td><td>Débutant : 1 800 €<br>Confirmé : 2 300 €</td></tr>"
        "<tr><td>Revenus</td><td>1 900 €<br>brut par mois</td></tr>"
    )
    found = [text for _, text, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}<table>{table}</table>")]
    assert found[-5:] == ["Salaire", "Débutant : 1 800 €", "Confirmé : 2 300 €", "Revenus", "1 900 € brut par mois"]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><th>Formation</th><th>Salaire</th></tr><tr><td>CAP</td><td>1 800 €</td></tr><tr><td>BTS</td><td>2 100 €</td></tr>",
        "<tr><th>Salaire</th><td>1 800 €<br>brut par mois</td></tr><tr><th>Formation</th><td>CAP fleuriste</td></tr>",
        "<tr><th>Niveau</th><th>Missions</th></tr><tr><td>Débutant</td><td>Vendre</td></tr><tr><td>Chef</td><td>Gérer</td></tr>",
    ],
)
def test_a_table_whose_cells_hang_together_stays_rows(table: str) -> None:
    assert {kind for kind, _, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}<table>{table}</table>")[3:]} == {"row"}


def test_spacer_tables_are_no_data() -> None:
    rows = "<tr><td></td><td><p><font size=+4>Fleuriste</font></p></td></tr>" + "<tr><td height=4></td><td></td></tr>" * 6
    assert kinds(f"<table>{rows}</table>{PROSE}")[0][:2] == ("heading", "Fleuriste")


def test_a_side_column_that_advertises_under_the_headings_of_a_sheet_goes() -> None:
    column = (
        '<div class="sidebar"><h3>Formations</h3><p>BTS à distance : 2 900 € l’année, inscrivez-vous</p>'
        "<h3>Salaires</h3><p>Les 10 métiers les mieux payés</p></div>"
    )
    body = f"<h1>Fleuriste</h1>{PROSE}{PROSE}"
    assert "Salaires" not in texts(body + column)
    facts = '<div class="sidebar"><h3>Salaire</h3><p>1 850 € brut par mois</p></div>'
    assert "1 850 € brut par mois" in texts(body + facts)


def test_answers_below_the_post_that_holds_the_sheet_go() -> None:
    def post(day: int, text: str) -> str:
        return f"<table><tr><td>{day}/03/2011, 18h42</td><td>#{day}</td></tr><tr><td>lulu62</td><td>{text}</td></tr></table>"

    sheet = f"<b>Fleuriste</b><hr>{PROSE}<p><b>Salaire</b></p>{PROSE}"
    body = f"<div>{post(1, sheet)}{post(2, 'Mon oncle gagne 1 700 net. ' * 6)}{post(3, 'Il faut le permis. ' * 9)}</div>"
    assert [text for text in texts(body) if "oncle" in text or "permis" in text] == []
    assert "Salaire" in texts(body)


def test_sections_with_dates_below_the_title_stay() -> None:
    dates = "".join(f"<div><p>Depuis le {day} mars 2019</p>{PROSE}</div>" for day in (1, 2, 3))
    assert "Depuis le 2 mars 2019" in texts(f"<div><div><h1>Fleuriste</h1>{PROSE}</div>{dates}</div>")


def test_the_name_of_the_site_is_no_title() -> None:
    body = f"<div class=logo>Les métiers de A à Z</div><p class=grand>Fleuriste, vendeuse</p><p class=i>Le geste</p>{PROSE}"
    pieces = parse(page(body, title="Fleuriste, vendeuse - Les métiers de A à Z")).pieces
    assert [p.text for p in pieces if p.depth == 1] == ["Fleuriste, vendeuse"]


def test_signatures_of_a_forum_go() -> None:
    assert "Un bouquet, une vie" in dropped(f"<h1>Fleuriste</h1>{PROSE}<div class=post-signature>Un bouquet, une vie</div>")


def test_what_is_built_like_headings_is_one() -> None:
    parts = ("Les qualités requises", "Et les vacances alors ?", "Les diplômes, du plus petit au plus rare", "Pour finir")
    body = "".join(f"<p class=inter>{part}</p>{PROSE}" for part in parts)
    assert [text for kind, text, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}{body}") if kind == "heading"] == ["Fleuriste", *parts]
    # a class that prose has, too, tells nothing
    body += "<p class=inter>Il se lève tôt, dort peu et sourit à chacun de ses clients, même en décembre.</p>"
    headings = [text for kind, text, _ in kinds(f"<h1>Fleuriste</h1>{PROSE}{body}") if kind == "heading"]
    assert headings == ["Fleuriste", "Les qualités requises"]


def test_attributes_of_any_name_hold_nothing_up() -> None:
    """A brace in a name, which HTML allows, is the mark of a namespace to lxml."""
    assert texts("<main><h2 a}b='1' {x='2' {y}='3' class='t'>Ses missions</h2><p {z=1>Elle coupe les tiges.</p></main>") == [
        "Ses missions", "Elle coupe les tiges.",
    ]  # fmt: skip
