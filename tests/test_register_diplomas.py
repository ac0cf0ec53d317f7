"""A sheet of the register prints its diplomas in full in a list by level; what its prose names is a second mention of them."""

from __future__ import annotations

import pytest

from pipeline.extraction import extract

SHEET = """# vannier / vannière

**ID:** MET.90017

## Présentation

Le vannier tresse l'osier et le rotin pour en faire des paniers, des sièges et des berceaux.

### Durée des études

#### Après le bac

{prose}

## Accès au métier

### Niveau bac + 2

{listed}

**Niveau d'accès minimum:** {minimum}
"""


def named(prose: str, listed: str, minimum: str = "bac + 2") -> list[tuple[str, str | None]]:
    """The qualifications of a sheet whose prose and whose list are given, each with its requirement."""
    sheet = extract(SHEET.format(prose=prose, listed=listed, minimum=minimum).encode(), "vannier.md")
    return [(row.label, row.requirement) for _, _, row in sheet.rows("diplomas") if row.kind == "qualification"]


@pytest.mark.parametrize(
    ("prose", "listed", "rows"),
    [
        pytest.param(
            "2 ans pour un BTS, 3 ans pour une licence professionnelle.",
            "BTS arts de la fibre\n\nBTS métiers de la mode",
            [
                ("licence professionnelle", "possible"),
                ("BTS arts de la fibre", "possible"),
                ("BTS métiers de la mode", "possible"),
            ],
            id="a bare degree",
        ),
        pytest.param(
            "2 ans pour un BTS spécialisé en vannerie.",
            "BTS arts de la vannerie et de l'osier",
            [("BTS arts de la vannerie et de l'osier", "possible")],
            id="some of its words",
        ),
        pytest.param(
            "Le BTS arts de la fibre, option osier, est le plus apprécié des ateliers.",
            "BTS arts de la fibre",
            [("BTS arts de la fibre", "recommended")],
            id="with an option",
        ),
        pytest.param(
            "Un BTS est exigé pour enseigner.",
            "BTS arts de la fibre\n\nBTS métiers de la mode",
            [("BTS", "required"), ("BTS arts de la fibre", "possible"), ("BTS métiers de la mode", "possible")],
            id="any of several is asked for",
        ),
    ],
)
def test_prose_recalls_the_list(prose: str, listed: str, rows: list[tuple[str, str | None]]) -> None:
    """A degree that the list prints in full is no row of its own, unless any of several is asked for."""
    assert named(prose, listed) == rows
