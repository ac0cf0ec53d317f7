"""Texts whose noise is marked by hand: a line that begins with « ~ » must be dropped, every other must stay."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from pipeline.parsers import text as plain_text
from pipeline.parsers.noise import mark_noise
from pipeline.sheet import Piece

MARKED = sorted((Path(__file__).parent / "marked").glob("*.txt"))


def letters(words: str) -> str:
    return re.sub(r"[\W_]", "", words)


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in MARKED])
def test_marked_lines_are_dropped_and_no_other(path: Path) -> None:
    source = path.read_text("utf-8").splitlines()
    parsed = plain_text.parse("\n".join(line.removeprefix("~ ") for line in source))
    lines = [line for line in source if line]
    kept = [p.text for p in parsed.pieces if p.drop is None]
    dropped = [p.text for p in parsed.pieces if p.drop]
    wrongly_kept = [line for line in lines if line[:2] == "~ " and any(letters(line) == letters(k) for k in kept)]
    wrongly_dropped = [line for line in lines if line[:2] != "~ " and not any(letters(line).endswith(letters(k)) for k in kept)]
    assert (wrongly_kept, wrongly_dropped) == ([], [])
    assert len(dropped) == sum(line[:2] == "~ " for line in lines)


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in MARKED])
def test_no_word_vanishes(path: Path) -> None:
    source = re.sub(r"(?m)^~ ", "", path.read_text("utf-8"))
    parsed = plain_text.parse(source)
    assert letters("".join(p.marker + p.text for p in parsed.pieces)) == letters(source)


@pytest.mark.parametrize(
    ("line", "author", "published", "modified"),
    [
        ("Publié le 14 mai 2019 par Odile Bressan", "Odile Bressan", dt.date(2019, 5, 14), None),
        ("Odile Bressan (publié le 1er août 2020 à 9h15)", "Odile Bressan", dt.date(2020, 8, 1), None),
        ("Mis à jour le 03/06/2022", None, None, dt.date(2022, 6, 3)),
        ("Publié le 2 févr. 2018, mis à jour le 5 décembre 2021", None, dt.date(2018, 2, 2), dt.date(2021, 12, 5)),
        ("Rédigé par Odile Bressan", "Odile Bressan", None, None),
        ("Publié le 31 février 2019", None, None, None),
    ],
)
def test_bylines_tell_author_and_dates(
    line: str, author: str | None, published: dt.date | None, modified: dt.date | None
) -> None:
    piece = Piece(line)
    stated = mark_noise([piece])
    assert piece.drop is not None
    assert piece.drop[0] == "metadata"
    assert (stated.author, stated.published, stated.modified) == (author, published, modified)


SHEET = (
    "Glaciologue\nLe glaciologue étudie les glaciers, de la carotte de glace au modèle numérique, et part deux mois par an.\n\n"
)


@pytest.mark.parametrize("link", ["[modifier | modifier le code]", " [modifier]", "[edit source]", "¶", " 🔗"])
def test_what_a_site_prints_behind_a_heading_is_cut_off(link: str) -> None:
    parsed = plain_text.parse(f"{SHEET}Formation{link}\nUn doctorat en sciences de la Terre est exigé.\n")
    assert [piece.text for piece in parsed.pieces if piece.drop] == ([link.strip()] if "[" in link else [])
    assert "Formation" in [piece.text for piece in parsed.pieces if piece.kind == "heading"]


@pytest.mark.parametrize(
    ("chapters", "dropped"),
    [
        ("00:00 Générique\n01:12 Sur la banquise\n02:15 De retour au laboratoire", True),
        ("Minutage de la vidéo\n1:12 - Sur la banquise\n4:40 - De retour", True),
        ("01:12 Les missions\n02:15 Le salaire\n03:40 Sur la banquise", True),
        ("08:30 Relevé des capteurs\n12:00 Repas au refuge\n14:15 Analyse des carottes", False),
        ("02:00 Pétrissage\n03:30 Façonnage\n05:00 Première fournée", False),
    ],
)
def test_chapters_of_a_film_are_no_hours_of_a_day(chapters: str, *, dropped: bool) -> None:
    parsed = plain_text.parse(f"{SHEET}{chapters}\n\nFormation\nUn doctorat en sciences de la Terre est exigé.\n")
    lines = chapters.splitlines()
    assert [piece.text for piece in parsed.pieces if piece.drop] == (lines if dropped else [])
