"""Plain text, Markdown and XML → pieces: what becomes a heading, an item, a row, a field."""

# ruff: noqa: E501 - the texts are written as they stand in a file

from __future__ import annotations

import contextlib
import datetime as dt
import re
import textwrap
import time
from pathlib import Path

import pytest

from pipeline import extract
from pipeline.errors import RejectedInput
from pipeline.parsers import markdown, onisep_xml, parse
from pipeline.parsers import text as plain_text
from pipeline.sheet import Piece

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"


def shape(pieces: list[Piece]) -> list[str]:
    """Each kept piece as one line: its kind's initial, its depth, its marker and words."""
    return [f"{p.kind[0]}{p.depth or ''} {p.marker}{p.text}" for p in pieces if p.drop is None]


def lines(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


# --- plain text ---------------------------------------------------------------------------------------------------------

TEXTS = {
    "bare words above prose": (
        """
        Boulanger
        Mission
        Le boulanger pétrit la pâte, façonne les pains et surveille la cuisson.
        Combien gagne-t-il ?
        Un débutant est payé au SMIC. Un chef boulanger gagne davantage.
        """,
        [
            "h1 Boulanger",
            "h2 Mission",
            "p Le boulanger pétrit la pâte, façonne les pains et surveille la cuisson.",
            "h2 Combien gagne-t-il ?",
            "p Un débutant est payé au SMIC. Un chef boulanger gagne davantage.",
        ],
    ),
    "capitals above bare words": (
        """
        BOULANGER

        FORMATION

        Le CAP boulanger se prépare en deux ans, souvent par apprentissage.

        LA JOURNÉE

        Il commence son travail à trois heures du matin et finit à midi.
        """,
        [
            "h1 BOULANGER",
            "h2 FORMATION",
            "p Le CAP boulanger se prépare en deux ans, souvent par apprentissage.",
            "h2 LA JOURNÉE",
            "p Il commence son travail à trois heures du matin et finit à midi.",
        ],
    ),
    "ornaments": (
        """
        Géomètre

        ▶ Ses missions
        ✔ Dresser les plans
        ✔ Borner les parcelles

        *** LE PROFIL ***
        Rigueur et bonne vue sont exigées.

        == Formation ==
        🔹 BTS Métiers du géomètre
        🔹 Diplôme d'ingénieur

        *Enquête de 2021.
        """,
        [
            "h1 Géomètre",
            "h2 Ses missions",
            "i1 Dresser les plans",
            "i1 Borner les parcelles",
            "h2 LE PROFIL",
            "p Rigueur et bonne vue sont exigées.",
            "h3 Formation",
            "i1 BTS Métiers du géomètre",
            "i1 Diplôme d'ingénieur",
            "p *Enquête de 2021.",
        ],
    ),
    "signs that are bullets in company": (
        """
        Le chirurgien opère, suture et suit ses malades.
        Atouts et contraintes
        + Un métier utile
        - Des gardes de nuit
        Compétences :
        • chirurgie
        o gestes techniques
        o suture
        600 € de prime
        + les gardes
        """,
        [
            "p Le chirurgien opère, suture et suit ses malades.",
            "h2 Atouts et contraintes",
            "i1 Un métier utile",
            "i1 Des gardes de nuit",
            "h3 Compétences :",
            "i1 chirurgie",
            "i2 gestes techniques",
            "i2 suture",
            "p 600 € de prime",
            "p + les gardes",
        ],
    ),
    "short lines below the name of a section": (
        """
        Le projectionniste reçoit les films et programme les séances.

        QUE FAUT-IL SAVOIR ?
        Informatique
        Électricité
        Anglais

        QUE GAGNE-T-IL ?
        1 800 € brut.

        Missions :

        Recevoir les films

        Régler le son
        """,
        [
            "p Le projectionniste reçoit les films et programme les séances.",
            "h2 QUE FAUT-IL SAVOIR ?",
            "i1 Informatique",
            "i1 Électricité",
            "i1 Anglais",
            "h2 QUE GAGNE-T-IL ?",
            "p 1 800 € brut.",
            "h4 Missions :",
            "i1 Recevoir les films",
            "i1 Régler le son",
        ],
    ),
    "a table of Markdown in a text": (
        "Les gains\n\n| Étape | Brut |\n|---|---|\n| Début | 1 802 € |\n",
        ["h2 Les gains", "r Étape\tBrut", "r Début\t1 802 €"],
    ),
    "underlined": (
        "Boulanger\n=========\n\nSon fournil\n-----------\nIl y passe la nuit.\n",
        ["h1 Boulanger", "h2 Son fournil", "p Il y passe la nuit."],
    ),
    "numbers that belong to headings": (
        """
        Boulanger
        1. Présentation
        Il fabrique le pain et la viennoiserie pour la clientèle du quartier.
        2. Formation
        Le CAP boulanger suffit pour débuter dans le métier.
        2.1 Diplômes
        Le BP vient ensuite et permet de s'installer à son compte.
        """,
        [
            "h1 Boulanger",
            "h2 1. Présentation",
            "p Il fabrique le pain et la viennoiserie pour la clientèle du quartier.",
            "h2 2. Formation",
            "p Le CAP boulanger suffit pour débuter dans le métier.",
            "h3 2.1 Diplômes",
            "p Le BP vient ensuite et permet de s'installer à son compte.",
        ],
    ),
    "numbers, letters and dashes, one within the other": (
        """
        Fleuriste

        Missions
        1. Recevoir
         a) À l'ouverture
          - saluer
         b) Le soir
        2. Livrer
        a. charger
        b. rouler
        """,
        [
            "h1 Fleuriste",
            "h2 Missions",
            "i1 1. Recevoir",
            "i2 a) À l'ouverture",
            "i3 saluer",
            "i2 b) Le soir",
            "i1 2. Livrer",
            "i2 a. charger",
            "i2 b. rouler",
        ],
    ),
    "nested bullets of every shape": (
        "Il lui revient de :\n• Préparer\n   o Peser la farine\n   o Régler le four\n• Vendre\n– Encaisser\n",
        ["p Il lui revient de :", "i1 Préparer", "i2 Peser la farine", "i2 Régler le four", "i1 Vendre", "i2 Encaisser"],
    ),
    "numbering that starts anew": (
        "Ses activités\n  1. Pétrir\n  • Peser\n  • Mélanger\n\n  1. Cuire\n  • Enfourner\n",
        ["h2 Ses activités", "i1 1. Pétrir", "i2 Peser", "i2 Mélanger", "i1 1. Cuire", "i2 Enfourner"],
    ),
    "a list without bullets": (
        "Le boulanger travaille le bon grain.\nOn l'appelle aussi :\nmitron\nartisan boulanger\n\nIl se lève tôt chaque matin de la semaine.\n",
        [
            "p Le boulanger travaille le bon grain.",
            "p On l'appelle aussi :",
            "i1 mitron",
            "i1 artisan boulanger",
            "p Il se lève tôt chaque matin de la semaine.",
        ],
    ),
    "a label and its value stay together": (
        "Boulanger\nSalaire : 1 850 € brut par mois\nFormation : CAP boulanger\nIl travaille la nuit dans un fournil.\n",
        [
            "h1 Boulanger",
            "p Salaire : 1 850 € brut par mois",
            "p Formation : CAP boulanger",
            "p Il travaille la nuit dans un fournil.",
        ],
    ),
    "tables copied with tabs": (
        "Boulanger\nGrade\tSalaire\nOuvrier\t1 850 €\nChef\t2 600 €\n",
        ["h1 Boulanger", "r Grade\tSalaire", "r Ouvrier\t1 850 €", "r Chef\t2 600 €"],
    ),
    "a footnote is no bullet": (
        "Il vend à des GMS* et à des cantines.\n*Grandes et moyennes surfaces.\n",
        ["p Il vend à des GMS* et à des cantines.", "p *Grandes et moyennes surfaces."],
    ),
    "Windows line ends and form feeds": (
        "Boulanger\r\n\r\nSalaire\r\n\fUn débutant est payé au SMIC, un chef davantage.\r\n",
        ["h1 Boulanger", "h2 Salaire", "p Un débutant est payé au SMIC, un chef davantage."],
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_plain_text(name: str) -> None:
    source, expected = TEXTS[name]
    assert shape(plain_text.parse(lines(source)).pieces) == expected


def test_cells_know_their_headers() -> None:
    row = plain_text.parse("Boulanger\nGrade\tSalaire\nOuvrier\t1 850 €\nChef\t2 600 €\n").pieces[-1]
    assert row.cells == (("Chef", "Grade", ""), ("2 600 €", "Salaire", "Chef"))


PROSE = (
    "Le boulanger pétrit la pâte, façonne les pains et surveille la cuisson, seul ou avec un apprenti. "
    "Il se lève avant l'aube et vend le matin ce qu'il a cuit la nuit, puis il prépare les levains du lendemain.\n\n"
    "Le métier demande une bonne santé et le goût du travail bien fait. On y entre par l'apprentissage, "
    "avec un CAP que complète parfois une mention de pâtisserie boulangère.\n\nIl peut s'installer à son compte."
)


@pytest.mark.parametrize("width", [48, 60, 72, 80])
def test_hard_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in PROSE.split("\n\n"))
    assert [p.text for p in plain_text.parse(wrapped).pieces] == PROSE.split("\n\n")


def test_short_lines_are_not_taken_for_wrapped_ones() -> None:
    source = "Missions\n- Peser la farine et le sel\n- Régler le four du fournil\n- Vendre le pain aux clients\n- Former un apprenti boulanger\n"
    assert len(plain_text.parse(source).pieces) == 5


# --- Markdown ---------------------------------------------------------------------------------------------------------------

RECORD = """
# boulanger/ère
**ID:** MET.900

**Appellations:**
- Féminin: boulangère
- Masculin: boulanger

## Autres appellations

### mitron/ne
- Féminin: mitronne
- Masculin: mitron

**Codes ROME:**
- D1102

## En bref

Le boulanger fait le pain.

            ### Durée des études
            ## Après la 3e
            2 ans pour préparer le CAP boulanger.

## Vie professionnelle

## Salaire
            ### Salaire du débutant
            1 801 euros brut par mois<br/>2 200 euros avec de l'expérience

            ## Intégrer le marché du travail
            ### Partout en France
            Les boulangeries recrutent.

**Niveau d'accès minimum:** CAP ou équivalent

## Formations recommandées

- CAP boulanger (ID: FOR.17)

**Statuts possibles:**
- artisan

## Centres d'intérêt

- je suis gourmand
"""


def test_the_register_export_nests_as_a_reader_would_nest_it() -> None:
    parsed = markdown.parse(RECORD)
    headings = [(p.depth, p.text) for p in parsed.pieces if p.kind == "heading"]
    assert headings == [
        (1, "boulanger/ère"),
        (2, "Appellations:"),
        (2, "Autres appellations"),
        (3, "mitron/ne"),
        (2, "Codes ROME:"),
        (2, "En bref"),
        (3, "Durée des études"),
        (4, "Après la 3e"),
        (2, "Vie professionnelle"),
        (3, "Salaire"),
        (4, "Salaire du débutant"),
        (3, "Intégrer le marché du travail"),
        (4, "Partout en France"),
        (2, "Formations recommandées"),
        (2, "Statuts possibles:"),
        (2, "Centres d'intérêt"),
    ]
    assert not any(re.search(r"\*\*|#|<br", p.text) for p in parsed.pieces)
    assert "1 801 euros brut par mois" in [p.text for p in parsed.pieces]


def test_the_register_export_states_its_fields() -> None:
    found = {(name, p.text[start:end], key) for p in markdown.parse(RECORD).pieces for name, start, end, key in p.fields}
    assert found == {
        ("title", "boulanger/ère", ""),
        ("code.onisep", "MET.900", ""),
        ("title.feminine", "boulangère", ""),
        ("title.masculine", "boulanger", ""),
        ("synonym", "mitron/ne", "1"),
        ("synonym.feminine", "mitronne", "1"),
        ("synonym.masculine", "mitron", "1"),
        ("code.rome", "D1102", ""),
        ("level.minimum", "CAP ou équivalent", ""),
        ("training", "CAP boulanger", "FOR.17"),
        ("status", "artisan", ""),
        ("interest", "je suis gourmand", ""),
    }


def test_ordinary_markdown() -> None:
    source = lines(
        """
        ---
        title: Boulanger
        author: Inès Delmas
        ---
        # Boulanger

        Il fait le **pain**, la _viennoiserie_ et vend [ses tartes](http://exemple.fr).

        **Formation**

        * CAP &amp; BP
          * en deux ans
        1. Pétrir
        2. Cuire

        | Grade | Salaire |
        |-------|--------:|
        | Chef  | 2 600 € |

        Salaire
        -------
        > Le SMIC* au début.
        """
    )
    parsed = parse(source.encode(), "boulanger.txt")
    assert parsed.format == "markdown"
    assert shape(parsed.pieces) == [
        "h1 Boulanger",
        "p Il fait le pain, la viennoiserie et vend ses tartes.",
        "h2 Formation",
        "i1 CAP & BP",
        "i2 en deux ans",
        "i1 1. Pétrir",
        "i1 2. Cuire",
        "r Grade\tSalaire",
        "r Chef\t2 600 €",
        "h2 Salaire",
        "p Le SMIC* au début.",
    ]
    assert (parsed.metadata.title, parsed.metadata.author) == ("Boulanger", "Inès Delmas")


# --- XML ----------------------------------------------------------------------------------------------------------------------

XML = """<?xml version="1.0" encoding="ISO-8859-1"?>
<metiers><metier>
<identifiant>MET.900</identifiant><nom_metier>boulanger / boulangère</nom_metier>
<synonymes><synonyme><nom_masculin>mitron</nom_masculin><nom_feminin>mitronne</nom_feminin></synonyme></synonymes>
<accroche_metier><![CDATA[<p>Le boulanger fait le pain.</p>]]></accroche_metier>
<nature_travail>&lt;h5&gt;P&#233;trir&lt;/h5&gt;&lt;p&gt;Il p&#233;trit&amp;nbsp;:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;la farine&lt;/li&gt;&lt;li&gt;l'eau&lt;/li&gt;&lt;/ul&gt;</nature_travail>
<bloc_inconnu><detail>Il vend aussi des tartes.</detail></bloc_inconnu>
<niveau_acces_min><id>REF.1</id><libelle>CAP ou équivalent</libelle></niveau_acces_min>
<statuts><statut><id>REF.2</id><libelle>artisan</libelle></statut></statuts>
<creation>2004-02-17</creation><modification>2023-01-09</modification>
</metier></metiers>"""


def test_xml_becomes_lines_topics_and_fields() -> None:
    parsed = parse(XML.encode("iso-8859-1"), "boulanger.xml")
    assert shape(parsed.pieces) == [
        "d MET.900",
        "h1 boulanger / boulangère",
        "i1 mitron",
        "i1 mitronne",
        "p Le boulanger fait le pain.",
        "h2 Pétrir",
        "p Il pétrit\u00a0:",
        "i1 la farine",
        "i1 l'eau",
        "p Il vend aussi des tartes.",
        "p CAP ou équivalent",
        "i1 artisan",
    ]
    assert [p.topic for p in parsed.pieces if p.topic] == ["titles", "definition", "tasks", "education", "conditions"]
    assert (parsed.metadata.published, parsed.metadata.modified) == (dt.date(2004, 2, 17), dt.date(2023, 1, 9))
    assert [p.text for p in parsed.pieces if p.drop] == ["REF.1", "REF.2", "2004-02-17", "2023-01-09"]


BOMB = '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><metier><nom_metier>&b;</nom_metier></metier>'
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/hostname">]><metier><nom_metier>&a;</nom_metier></metier>'
)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (BOMB, "malformed"),
        (OUTSIDE, "malformed"),
        ("<?xml version='1.0'?><metier><nom_metier>maçon</metier>", "malformed"),
        ("<?xml version='1.0'?><metiers><metier><nom_metier>a</nom_metier></metier><metier/></metiers>", "not-a-sheet"),
    ],
)
def test_xml_that_is_unsafe_or_broken_is_refused(source: str, code: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        onisep_xml.parse(source)
    assert refused.value.code == code


# --- every text of the gold ------------------------------------------------------------------------------------------------------

SHEETS = [p for p in sorted(GOLD.glob("*")) if p.suffix in {".txt", ".md", ".xml"}] if GOLD.exists() else []


@pytest.mark.skipif(not SHEETS, reason="the gold sheets are not there: ../shared/gold/dev")
def test_no_word_of_a_sheet_vanishes() -> None:
    for path in SHEETS:
        sheet = extract(path.read_bytes(), path.name).sheet
        assert sheet is not None
        source = path.read_text("utf-8")
        if path.suffix == ".xml":
            source = re.sub(
                r"<[^<>]*>", " ", re.sub(r"&lt;.*?&gt;", " ", source.replace("<![CDATA[", "").replace("]]>", ""))
            ).replace("&amp;", "&")
        source = re.sub(r"&nbsp;|<br/>", " ", source)
        held = sheet.text + " " + " ".join(d.text for d in sheet.dropped)
        assert sorted(re.findall(r"\w+", source)) == sorted(re.findall(r"\w+", held)), path.name


# --- hostile texts ---------------------------------------------------------------------------------------------------------

HOSTILE = {
    "one line of blanks": "Boulanger" + " " * 100_000 + "x",
    "addresses": "http://a.fr " * 9_000,
    "stars": "# a\n# b\n" + "**a " * 30_000,
    "hashes and blanks": "# a\n# b\n# " + "a " * 50_000 + "#",
    "open front matter": "---\n" + " \n" * 300 + "a: b\n" * 300,
    "bars": "| a " * 30_000,
    "bullets": "- a\n" * 30_000,
    "ever deeper bullets": "\n".join(" " * i + "- a" for i in range(400)),
    "short lines": "Formation\n" * 10_000,
    "labels": "Statut : " * 12_000 + "ROME RNCP FOR. " * 2_000,
    "open tags": "<?xml version='1.0'?><metier><nature_travail>" + "&lt;p " * 20_000 + "</nature_travail></metier>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_no_longer_than_others(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(RejectedInput):
        parse(HOSTILE[name].encode(), "x")
    assert time.process_time() - start < 5.0


def test_bare_names_are_headings_where_no_blank_line_sets_them_apart() -> None:
    source = (Path(__file__).parent / "marked" / "unspaced.txt").read_text("utf-8").replace("~ ", "")
    headings = [p.text for p in plain_text.parse(source).pieces if p.kind == "heading" and p.drop is None]
    assert headings == ["Monteur-câbleur", "Missions", "Qualités requises", "Salaire", "Évolution", "Formation"]


def test_a_bare_name_among_items_is_an_item_where_blank_lines_set_headings_apart() -> None:
    """What a department does may be called like a section."""
    source = """
Le responsable des ressources humaines

Il conduit la politique sociale de son entreprise et répond de la paie, des contrats et de la formation du personnel.

Missions

Recrutement
Formation
Paie
Dialogue social

Salaire

De 45 000 à 60 000 € brut par an, selon la taille de l'entreprise et le nombre de salariés.

Évolution

Il peut devenir directeur des ressources humaines ou consultant auprès d'autres entreprises.
"""
    headings = [p.text for p in plain_text.parse(source).pieces if p.kind == "heading"]
    assert headings == ["Le responsable des ressources humaines", "Missions", "Salaire", "Évolution"]
