"""Taxonomies: reading what was downloaded, compiling it, linking titles and skills, and what a run makes of it."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.extraction import extract
from pipeline.fingerprint import fingerprint
from pipeline.settings import Settings
from pipeline.taxonomies import esco, rome
from pipeline.taxonomies.compiling import compile_taxonomy
from pipeline.taxonomies.concepts import Concept, Taxonomy
from pipeline.taxonomies.downloads import Download
from pipeline.taxonomies.index import Index
from pipeline.taxonomies.library import add, installed, remove
from pipeline.taxonomies.linking import Linker
from pipeline.taxonomies.names import occupation_name, skill_name

SHARED = Path(__file__).resolve().parents[2] / "shared"

CODES = """\
"code_rome","libelle_rome","code_rome_parent"
"T1001","Chef / Cheffe d''atelier de poterie","T1001"
"T1002","Potier / Potière","T1002"
"T1003","Conducteur / Conductrice de tramway","T1003"
"T1004","Responsable des ressources humaines","T1004"
"""
APPELLATIONS = """\
"code_ogr","libelle_appellation_long","libelle_appellation_court","code_rome","classification"
"1","Tourneur / Tourneuse en poterie","Tourneur(se) en poterie","T1002","SYNONYME"
"2","Céramiste potier / Céramiste potière","Céramiste potier(ère)","T1002","SYNONYME"
"3","Wattman","Wattman","T1003","SYNONYME"
"4","Conducteur / Conductrice de rame","Conducteur(trice) de rame","T1003","SYNONYME"
"""
COMPETENCES = """\
"code_ogr","nature","libelle_competence","cat_comp"
"11","Compétence","Cuire des pièces d''argile","Savoir-faire"
"12","Macro-compétence","Faire preuve de rigueur et de précision","Savoir-être professionnel"
"13","Compétence","Organiser une exposition","Savoir-faire"
"""
KNOWLEDGE = """\
"code_ogr_savoir","libelle_savoir","sous_categorie_savoir"
"21","Techniques d''émaillage","Techniques manuelles, artisanales, industrielles"
"22","CAP tournage en céramique","Certifications"
"23","Organisation d''une exposition","Autres techniques professionnelles"
"24","Anglais","Langues"
"""
SKILLS = [
    ["skill/a1", "knowledge", "anglais", "langue anglaise\nanglais écrit"],
    ["skill/a2", "skill/competence", "faire preuve de patience", ""],
    ["skill/a3", "skill/competence", "décorer des céramiques", "décorer des poteries\ndécorer une céramique"],
]
SHEET = """\
# Fiche métier : potier / potière

Autres appellations : céramiste, tourneur en poterie

## Compétences

- Techniques d'émaillage
- Rigueur
- Anglais

## Évolution

Avec de l'expérience, il peut devenir chef d'atelier de poterie.
"""


@pytest.fixture
def rome_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rome"
    folder.mkdir()
    files = {"code_rome": CODES, "appellation": APPELLATIONS, "competence": COMPETENCES, "savoir": KNOWLEDGE}
    for name, text in files.items():
        (folder / f"unix_referentiel_{name}_v123_utf8.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture
def esco_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ESCO dataset - v1.9.0 - classification - fr - csv"
    folder.mkdir()
    with (folder / "skills_fr.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["conceptType", "conceptUri", "skillType", "preferredLabel", "altLabels", "status"])
        for uri, kind, label, others in SKILLS:
            writer.writerow(["KnowledgeSkillCompetence", f"http://data.example/esco/{uri}", kind, label, others, "released"])
    return folder


@pytest.fixture
def library(tmp_path: Path, rome_folder: Path, esco_folder: Path) -> str:
    place = str(tmp_path / "taxonomies")
    add("rome", rome_folder, place)
    add("esco", esco_folder, place)
    return place


@pytest.fixture
def linker(library: str) -> Linker:
    return next(found for found in map(Linker, installed(library)) if found.scheme == "rome")


# Reading


def test_rome_is_read_as_published(rome_folder: Path) -> None:
    taxonomy = rome.read(Download(rome_folder))
    assert taxonomy.version == "123"
    labels = {c.code: (c.kind, c.label) for c in taxonomy.concepts}
    assert labels["T1001"] == ("occupation", "Chef / Cheffe d'atelier de poterie")
    assert labels["12"][0] == "quality"
    assert labels["21"] == ("knowledge", "Techniques d'émaillage")
    assert "22" not in labels, "a diploma is no skill"


def test_qualities_hold_several_names(rome_folder: Path) -> None:
    quality = next(c for c in rome.read(Download(rome_folder)).concepts if c.kind == "quality")
    assert quality.names == ("Faire preuve de rigueur et de précision", "rigueur", "précision")


def test_zip_in_latin_9_reads_like_the_folder(rome_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "rome.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in rome_folder.iterdir():
            archive.writestr(f"deep/{file.name}", file.read_text("utf-8").encode("iso8859-15"))
    assert rome.read(Download(path)) == rome.read(Download(rome_folder))


def test_esco_official_columns(esco_folder: Path) -> None:
    taxonomy = esco.read(Download(esco_folder))
    assert taxonomy.version == "1.9.0"
    first = taxonomy.concepts[0]
    assert (first.kind, first.code, first.names) == ("knowledge", "a1", ("anglais", "langue anglaise", "anglais écrit"))


def test_esco_one_file_with_bars(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("conceptUri,preferredLabel,altLabels\nhttp://x/esco/occupation/o1,potier/potière,céramiste|potière d'art\n")
    taxonomy = esco.read(Download(path))
    assert taxonomy.version.startswith("content-")
    assert taxonomy.concepts[0].names == ("potier/potière", "céramiste", "potière d'art")


@pytest.mark.parametrize(("name", "content"), [("nothing.txt", "a"), ("other.csv", "a,b\n1,2\n"), ("broken.zip", "PK")])
def test_what_is_no_taxonomy_is_refused_in_one_sentence(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    for scheme in ("rome", "esco"):
        with pytest.raises(UsageError, match=name):
            add(scheme, tmp_path / name, str(tmp_path / "taxonomies"))


# Words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("conductrice de rames", "Conducteur de rame"),
        ("responsable RH", "responsable des ressources humaines"),
        ("organiser des expositions", "organisation d'une exposition"),
        ("menuisière", "menuisier"),
        ("système nerveux", "systèmes nerveuse"),
        ("travail manuel", "travaux manuels"),
        ("gestion de projets", "gérer un projet"),
    ],
)
def test_same_words(one: str, other: str) -> None:
    assert skill_name(one).lemma == skill_name(other).lemma


@pytest.mark.parametrize(
    ("one", "other"), [("potier", "pot"), ("soudeur", "soudage"), ("C++", "C#"), ("gestes", "gestation"), ("SAS", "Sass")]
)
def test_other_words(one: str, other: str) -> None:
    assert skill_name(one).lemma != skill_name(other).lemma


def test_frames_go_unless_nothing_else_is_left() -> None:
    assert skill_name("techniques de soudage").core == skill_name("soudage").core
    assert len(skill_name("techniques").stems) == 1
    assert skill_name("techniques").core != skill_name("").core
    assert skill_name("dessin technique").core != skill_name("dessin").core, "only at the head"


def test_the_same_letters() -> None:
    assert skill_name("Rendez-vous  d’ÉTÉ").exact == skill_name("rendez vous d'ete").exact
    assert skill_name("vie de chien").exact != skill_name("chien de vie").exact


# Linking


@pytest.mark.parametrize(
    ("title", "code", "method"),
    [
        ("potière", "T1002", "exact"),
        ("céramiste potier", "T1002", "exact"),
        ("WATTMAN", "T1003", "exact"),
        ("conductrice de rames", "T1003", "lemma"),
        ("responsable RH", "T1004", "lemma"),
        ("chef·fe d'atelier de poterie", "T1001", "exact"),
        ("conducteur de tramways urbains", "T1003", "similar"),
    ],
)
def test_titles(linker: Linker, title: str, code: str, method: str) -> None:
    found = linker.occupation(title)[0]
    assert (found.code, found.method) == (code, method)
    assert (found.score == 1) == (method == "exact")


@pytest.mark.parametrize("title", ["astronome", "", "et de la"])
def test_titles_without_an_occupation(linker: Linker, title: str) -> None:
    assert linker.occupation(title) == []
    assert linker.title(title) == ()


def test_alternates_decide_where_the_preferred_name_does_not(linker: Linker) -> None:
    assert linker.occupation("conducteur de four", ["potier", "tourneur en poterie"])[0].code == "T1002"
    assert linker.occupation("conducteur de four", ["conducteur de tramway"])[0].code == "T1003"


@pytest.mark.parametrize(
    ("label", "category", "code", "method"),
    [
        ("techniques d'émaillage", "knowledge", "21", "exact"),
        ("émaillage", "know-how", "21", "core"),
        ("émaillages techniques", "knowledge", "21", "lemma"),
        ("rigueur", "soft", "12", "exact"),
        ("précis", "soft", "12", "synonym"),
        ("cuire une pièce d'argile", "know-how", "11", "lemma"),
        ("organiser une exposition", "know-how", "13", "exact"),
        ("organisation d'expositions", "knowledge", "23", "lemma"),
        ("organisation d'expositions", "know-how", "13", "lemma"),
    ],
)
def test_skills(linker: Linker, label: str, category: str, code: str, method: str) -> None:
    found = linker.skill(label, category)[0]
    assert (found.code, found.method) == (code, method)


def test_a_narrower_concept_is_no_sure_link(linker: Linker) -> None:
    assert all(found.score < 0.75 for found in linker.skill("exposition", "knowledge"))
    assert linker.skill("philosophie", "knowledge") == ()


# Runs


def test_links_of_a_sheet(library: str) -> None:
    extraction = extract(SHEET, "potier.md", taxonomies=installed(library))
    assert not extraction.rejects
    frames = extraction.to_frames()
    links, titles, skills = frames["links"], frames["titles"], frames["skills"]
    assert set(links.title_id.dropna()) <= set(titles.title_id)
    assert set(links.skill_id.dropna()) <= set(skills.skill_id)
    assert (links.title_id.isna() != links.skill_id.isna()).all()
    preferred = titles[titles.kind == "preferred"].title_id.item()
    first = links[(links.title_id == preferred) & (links["rank"] == 1)]
    assert first[["scheme", "version", "code", "score"]].to_numpy().tolist() == [["rome", "123", "T1002", 1]]
    found = {row.label.lower(): (row.rome_code, row.esco_uri) for row in skills.itertuples()}
    assert found["rigueur"][0] == "12"
    assert found["anglais"] == ("24", "http://data.example/esco/skill/a1")


def test_without_a_taxonomy_nothing_is_linked() -> None:
    extraction = extract(SHEET, "potier.md")
    assert extraction.skills
    assert not extraction.links
    assert all(skill.rome_code is None and skill.esco_uri is None for skill in extraction.skills)


def test_the_same_links_whatever_came_before(library: str) -> None:
    paths = installed(library)
    before = extract(SHEET, "potier.md", taxonomies=paths).rows("links")
    extract("# Fiche métier : wattman\n\n## Compétences\n\n- Patience\n", "w.md", taxonomies=paths)
    assert extract(SHEET, "potier.md", taxonomies=paths).rows("links") == before


def test_a_run_follows_from_its_taxonomies(library: str, rome_folder: Path) -> None:
    settings = Settings(taxonomies=library)
    before = fingerprint(settings)
    assert before != fingerprint(replace(settings, taxonomies=None))
    add("rome", rome_folder, library)
    assert fingerprint(settings) == before, "the same download compiles to the same file"
    add("rome", rome_folder, library, version="124")
    assert fingerprint(settings) != before
    assert len(installed(library)) == 2, "one version of a scheme at a time"
    assert remove("rome", library)
    assert not remove("rome", library)


def test_a_file_of_another_format_is_named(tmp_path: Path) -> None:
    (tmp_path / "rome.0.abc.arrow").write_bytes(b"")
    with pytest.raises(UsageError, match="taxonomy add"):
        installed(str(tmp_path))


def test_commands(tmp_path: Path, rome_folder: Path) -> None:
    place = ["--taxonomies", str(tmp_path / "t")]
    run = CliRunner()
    assert "No taxonomy" in run.invoke(main, ["taxonomy", "list", *place]).output
    added = run.invoke(main, ["taxonomy", "add", "rome", str(rome_folder), *place])
    assert added.exit_code == 0, added.output
    assert added.output == run.invoke(main, ["taxonomy", "list", *place]).output
    assert added.output.startswith("rome 123: 4 occupations with ")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "potier.md").write_text(SHEET)
    ran = run.invoke(main, ["run", str(tmp_path / "raw"), str(tmp_path / "out"), *place])
    assert ran.exit_code == 0, ran.output
    assert "links" in ran.output
    assert not any(line.startswith("links") and line.split()[1] == "0" for line in ran.output.splitlines())
    assert "removed" in run.invoke(main, ["taxonomy", "remove", "rome", *place]).output


# Work: a search looks at the names that it may return, not at all that hold a common word


def occupations(names: int) -> Taxonomy:
    """A taxonomy where one word runs through half of the names, a second through a tenth, and hardly two are as long."""
    labels = []
    for rank in range(names):
        common = f"{'agent ' if rank % 2 else 'aide '}{'' if rank // 2 % 10 else 'polyvalent '}"
        labels.append(f"{common}{_spelt(math.isqrt(rank))} {_spelt(9**6 + rank - math.isqrt(rank) ** 2)}")
    return Taxonomy("rome", "1", tuple(Concept("occupation", str(rank), label, (label,)) for rank, label in enumerate(labels)))


def _spelt(number: int) -> str:
    return "q" + "".join("bcdfghjklm"[int(digit)] for digit in str(number)) + "x"


def opened(taxonomy: Taxonomy) -> Index:
    table = compile_taxonomy(taxonomy)
    return Index({name: table.column(name)[0] for name in table.column_names})


@pytest.mark.parametrize("name", ["agent", "polyvalent", f"agent {_spelt(7)}", f"aide polyvalent {_spelt(5)}"])
def test_a_search_reads_few_names(name: str) -> None:
    """Of each word those that it tells most of, and those that hold two of them; numpy is asked for nothing."""
    taxonomy, words = occupations(4000), set(name.split())
    index = opened(taxonomy)
    vector, done = index.vector(occupation_name(name).stems), Counter[str]()

    def note(_: FrameType, event: str, argument: Any) -> None:
        if event == "c_call":
            done["numpy"] += type(getattr(argument, "__self__", None)).__module__.startswith("numpy")
            if argument.__name__ == "tolist":
                done["values"] += len(argument.__self__)

    sys.setprofile(note)
    try:
        found = index.alike(vector, 0.05)
    finally:
        sys.setprofile(None)
    assert found
    assert done["numpy"] == 0
    pairs = sum(len(words.intersection(concept.label.split())) > 1 for concept in taxonomy.concepts)
    assert 0 < done["values"] <= 80 * len(words) + 5 * pairs


# The real downloads

needs_data = pytest.mark.skipif(not (SHARED / "data" / "rome").is_dir(), reason="needs ../shared/data")


@needs_data
def test_real_esco_is_read() -> None:
    taxonomy = esco.read(Download(SHARED / "data" / "esco"))
    assert sum(c.kind == "occupation" for c in taxonomy.concepts) == 2740
    assert sum(c.kind != "occupation" for c in taxonomy.concepts) == 13_095


@pytest.mark.slow
@needs_data
def test_rome_codes_of_onisep(tmp_path: Path) -> None:
    """The code that Onisep states is found by the names of its sheets: first for 72 %, among three for 85 %."""
    add("rome", SHARED / "data" / "rome", str(tmp_path))
    linker = Linker(installed(str(tmp_path))[0])
    path = SHARED / "data" / "rome" / "unix_referentiel_code_rome_v460_utf8.csv"
    parents = {row["code_rome"]: row["code_rome_parent"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8")))}
    first = third = stated = 0
    for line in (SHARED / "data" / "onisep" / "labels.jsonl").read_text("utf-8").splitlines():
        sheet = json.loads(line)
        if not sheet["rome"]:
            continue
        stated += 1
        found = linker.occupation(sheet["masc"] or sheet["title"], [s["masc"] or s["label"] for s in sheet["synonyms"]])
        right = [not {f.code, parents.get(f.code)}.isdisjoint(sheet["rome"]) for f in found]
        first += right[:1] == [True]
        third += any(right)
    assert stated == 564
    assert first / stated >= 0.78
    assert third / stated >= 0.90
