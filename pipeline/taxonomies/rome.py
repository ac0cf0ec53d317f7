"""ROME 4.0 as France Travail publishes it: CSV files named ``unix_referentiel_…_vNNN_utf8.csv``, in a folder or ZIP file.

Occupations come from the codes and their appellations (long and short), competences and personal
qualities from the « compétences », knowledge from the « savoirs ». Diplomas listed among the
« savoirs » name no skill and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import UsageError
from pipeline.lexicons import load
from pipeline.taxonomies.concepts import Concept, Taxonomy
from pipeline.taxonomies.downloads import Download

SCHEME = "rome"
_VERSION = r"_v(\d+)"
_DIPLOMAS = "Certifications"
_QUALITIES = "Savoir-être professionnel"


def read(download: Download, version: str | None = None) -> Taxonomy:
    """A download of ROME → its concepts. Raises :class:`UsageError` where the appellations are missing."""
    concepts = [*_occupations(download), *_competences(download), *_knowledge(download)]
    return Taxonomy(SCHEME, version or download.version(_VERSION), tuple(concepts))


def _occupations(download: Download) -> Iterator[Concept]:
    codes = download.rows(r"referentiel_code_rome", "code_rome", "libelle_rome")
    appellations = download.rows(r"referentiel_appellation", "code_rome", "libelle_appellation_long")
    if codes is None or appellations is None:
        raise UsageError(
            f"{download.path} holds no file named like unix_referentiel_code_rome_v460_utf8.csv and "
            "unix_referentiel_appellation_v460_utf8.csv; give the folder or ZIP file of ROME as France Travail publishes it."
        )
    names: dict[str, list[str]] = {row["code_rome"]: [row["libelle_rome"]] for row in codes}
    for row in appellations:
        found = names.setdefault(row["code_rome"], [row["libelle_appellation_long"]])
        found += [row["libelle_appellation_long"], row.get("libelle_appellation_court", "")]
    for code, labels in names.items():
        yield Concept("occupation", code, labels[0], tuple(dict.fromkeys(label for label in labels if label)))


def _competences(download: Download) -> Iterator[Concept]:
    for row in download.rows(r"referentiel_competence", "code_ogr", "libelle_competence") or ():
        label = row["libelle_competence"]
        if row.get("cat_comp") == _QUALITIES:
            yield Concept("quality", row["code_ogr"], label, (label, *_qualities(label)))
        else:
            yield Concept("competence", row["code_ogr"], label, (label,))


def _knowledge(download: Download) -> Iterator[Concept]:
    for row in download.rows(r"referentiel_savoir", "code_ogr_savoir", "libelle_savoir") or ():
        if row.get("sous_categorie_savoir") != _DIPLOMAS:
            yield Concept("knowledge", row["code_ogr_savoir"], row["libelle_savoir"], (row["libelle_savoir"],))


def _qualities(label: str) -> list[str]:
    """« Faire preuve de rigueur et de précision » → rigueur, précision; one label holds up to three qualities."""
    verbs = load("taxonomies")["quality_verbs"]
    parts = re.split(r",\s+|(?<!\s)\s+et\s+(?=d[eu']|l')", label)
    bare = [re.sub(rf"^(?:{'|'.join(verbs)})\s*", "", part, flags=re.IGNORECASE) for part in parts]
    return [re.sub(r"^(?:de la |de l'|du |de |d'|à l'|à |aux |au |les |le |la |l')", "", part) for part in bare]
