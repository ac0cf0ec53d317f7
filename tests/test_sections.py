"""Sections: what headings speak of."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.beginnings import beginnings
from pipeline.lexicons import load
from pipeline.parsers.text import parse
from pipeline.reading import Reading
from pipeline.sections import _named, heading_kind, sectionise
from pipeline.sheet import assemble
from tests.attacks import drawn
from tests.examples import read_markup


@pytest.mark.parametrize(
    "title",
    [
        "# Devenir fleuriste : missions, études, salaire",
        "## Fleuriste - Référentiel de compétences",
        "## Salaire et formation du fleuriste",
    ],
)
def test_the_title_of_a_sheet_governs_nothing(title: str) -> None:
    sheet, _ = read_markup(f"{title}\nLe fleuriste compose des bouquets.\n## Formation\nUn CAP suffit.")
    assert [section.kind for section in sheet.sections] == ["definition", "definition", "education"]


def test_a_first_section_without_title_keeps_its_name() -> None:
    sheet, _ = read_markup("Le fleuriste compose des bouquets.\n## Formation\nUn CAP suffit.")
    assert [section.kind for section in sheet.sections] == ["definition", "education"]


def test_other_names_do_not_govern_the_lists_after_them() -> None:
    page = """Fleuriste

Le fleuriste compose et vend des bouquets, des couronnes et des plantes en pot.

Le fleuriste est aussi connu comme :

  • bouquetier
  • artisan fleuriste

Tenir la boutique

  • Accueillir les clients
  • Encaisser les ventes
"""
    text, blocks, _, _ = assemble(parse(page).pieces)
    named = {section.heading: section.kind for section in sectionise(text, blocks)}
    assert named["Le fleuriste est aussi connu comme :"] == "titles"
    assert named["Tenir la boutique"] != "titles"


def test_a_phrase_among_the_missions_takes_their_kind_where_the_sheet_treats_its_subject_elsewhere() -> None:
    page = """# Céramiste
## Missions
### {}
Le céramiste tourne les pièces.
## {}
Un CAP suffit."""

    def kind(heading: str, other: str = "Formation") -> str:
        sheet, _ = read_markup(page.format(heading, other))
        return next(section.kind for section in sheet.sections if section.heading == heading)

    assert kind("Étude et essais") == "tasks"
    assert kind("Suivre les études du bureau") == "tasks"
    assert kind("Études et diplômes") == "education"  # the name of a section and no more
    assert kind("Étude et essais", "Salaire") == "education"  # spoken of nowhere else


def test_what_comes_after_the_job_touches_on_studies_and_duties_and_stays_a_career() -> None:
    page = """# Céramiste
## Missions
Le céramiste tourne les pièces.
## Formation
Un CAP suffit.
## Évolution
### {}
Cinq ans suffisent."""

    def kind(heading: str) -> str:
        sheet, _ = read_markup(page.format(heading))
        return next(section.kind for section in sheet.sections if section.heading == heading)

    assert kind("Devenir chef d'atelier") == "career"
    assert kind("Une fonction en devenir") == "career"
    assert kind("Missions") == "tasks"  # the name of a section and no more
    assert kind("Conditions de travail") == "conditions"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Les missions du responsable formation", "tasks"),
        ("Qualités du gestionnaire de paie", "skills"),
        ("Que fait un chargé d’études ?", "tasks"),
        ("La journée d’un directeur d’école", "tasks"),
        ("Évolution du conseiller en formation", "career"),
        ("Devenir gestionnaire de paie", "education"),
        ("Formation du responsable paie et formation", "education"),
        ("Au bureau d’études", None),
        ("À l’auto-école", None),
        ("Avant l’envoi de la paie", None),
        ("La paie", "salary"),
        ("Quelles études pour devenir chargé d’études ?", "education"),
        ("Ingénieur : les études", "education"),
        ("L’infirmier en formation", "education"),
        ("De la carrière au chantier", None),
        ("Une carrière de comptable", "career"),
    ],
)
def test_the_name_of_an_occupation_names_no_section(heading: str, kind: str | None) -> None:
    assert heading_kind(heading) == kind


@pytest.mark.parametrize(
    ("last", "kind"), [("Après", "tasks"), ("Ensuite :", "tasks"), ("Et après ?", "career"), ("Salaire", "salary")]
)
def test_what_comes_last_in_a_day_is_no_career(last: str, kind: str) -> None:
    sheet, _ = read_markup(f"# Disquaire\n## Missions\n### Avant\nIl trie.\n### Pendant\nIl vend.\n### {last}\nIl range.")
    assert sheet.sections[-1].kind == kind


NAMES = load("headings")["heading"]


@pytest.mark.parametrize("row", NAMES, ids=[row["example"] for row in NAMES])
def test_no_heading_is_kept_from_its_kind(row: dict[str, Any]) -> None:
    """What a name of a section matches begins as it may, where a word begins: only there it is sought."""
    assert row["pattern"].startswith(("^", "\\b"))
    assert all(begun[:1].isalnum() for begun in beginnings(row["pattern"]))
    headings = [x for x in drawn(row["pattern"], 60) if re.search(row["pattern"], x)]
    assert headings
    assert all(row["kind"] in _named(heading) for heading in headings)


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("tasks", ["♦ Son poste, heure par heure", "🔧 Missions", "3 – Ses missions", "De l'aube à la nuit"]),
        ("skills", ["Ce qu'on cherche chez elle", "L'étoffe d'une soudeuse", "A-t-il la fibre ?", "Est-ce fait pour moi ?"]),
        ("skills", ["Êtes-vous du bois dont on fait les luthiers ?", "Qui cherchons-nous ?", "Un bon œil et du souffle"]),
        ("skills", ["Rêveurs s'abstenir", "La tête de l'emploi", "Exigences du poste", "Le candidat idéal"]),
        (
            "education",
            ["Avec quel bagage ?", "D'où vient-elle ?", "Entrer dans l'atelier", "Le ticket d'entrée", "Parcours type"],
        ),
        ("career", ["Comment évolue-t-on ?", "Évoluez !", "Tourner la page", "Ça embauche ?", "Rester ou partir"]),
        ("salary", ["Traitements", "Et côté sous ?", "Combien dans la poche ?", "Comment évolue le salaire ?"]),
        ("conditions", ["Un cadre qui surprend", "La vie à bord", "Les risques du métier", "Avec qui ?"]),
        ("titles", ["On l'appelle aussi", "Ses petits noms"]),
        ("tasks", ["Concrètement, tu fais quoi ?", "Ce qui t'attend", "Le travail au jour le jour", "Descriptif du poste"]),
        ("salary", ["Ça gagne combien ?", "Tu toucheras combien ?", "Parlons argent", "Combien je vais gagner ?"]),
        ("education", ["Tu te formes où ?", "On apprend où ?", "Les voies d'accès", "Bac ou pas bac ?", "Pour y arriver"]),
        ("career", ["Où ça mène ?", "Peut-on en sortir ?", "Tu peux devenir quoi ensuite ?", "Pour aller plus haut"]),
        ("conditions", ["Où ça se passe ?", "Où exercer ?", "Les difficultés du métier"]),
        ("skills", ["C'est pour toi si…", "Fait pour vous si"]),
        (None, ["Tu fais quoi ensuite ?", "Voie rapide", "Où ça coince", "Monter plus haut que le toit"]),
        (None, ["Entrer en relation", "Ouvrir la boutique", "Vie professionnelle", "Sur le terrain", "Tourner les pièces"]),
    ],
)
def test_what_headings_speak_of(kind: str | None, headings: list[str]) -> None:
    assert {heading: heading_kind(heading) for heading in headings} == dict.fromkeys(headings, kind)


@pytest.mark.parametrize("nothing", ["\u00ad", "\u200b", "\u2060"])
def test_a_line_that_the_normal_form_leaves_out_is_no_block(nothing: str) -> None:
    sheet, _ = read_markup(f"# Soudeur\n## Missions\nLe soudeur assemble des tôles.\n## Formation\nUn CAP suffit.\n- {nothing}")
    reading = Reading(sheet)
    assert all(block.start < block.end for block in reading.blocks)
    assert reading.path[reading.blocks[-1].start]
