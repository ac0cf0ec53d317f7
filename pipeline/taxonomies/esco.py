"""ESCO as the European Commission publishes it: ``skills_fr.csv`` and ``occupations_fr.csv``, in a folder, a ZIP file, or one.

The columns are those of the official download: ``conceptUri``, ``preferredLabel``, ``altLabels`` and
``hiddenLabels`` (one a line, or « | » between them), ``skillType``, ``status``, ``code`` or ``iscoGroup``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import UsageError
from pipeline.taxonomies.concepts import Concept, Taxonomy
from pipeline.taxonomies.downloads import Download, Row

SCHEME = "esco"
_VERSION = r"\bv(\d+\.\d+(?:\.\d+)?)"
_COLUMNS = ("conceptUri", "preferredLabel")
_SEPARATORS = re.compile(r"[\n|]")


def read(download: Download, version: str | None = None) -> Taxonomy:
    """A download of ESCO → its concepts. Raises :class:`UsageError` where it holds neither skills nor occupations."""
    concepts = []
    for pattern in (r"(^|/)skills(_fr)?\.csv$", r"(^|/)occupations(_fr)?\.csv$"):
        concepts += list(_concepts(download.rows(pattern, *_COLUMNS) or ()))
    if not concepts:
        concepts = list(_concepts(download.rows(r"\.csv$", *_COLUMNS) or ()))
    if not concepts:
        raise UsageError(f"{download.path} holds neither skills_fr.csv nor occupations_fr.csv with concepts of ESCO.")
    return Taxonomy(SCHEME, version or download.version(_VERSION), tuple(concepts))


def _concepts(rows: list[Row] | tuple[()]) -> Iterator[Concept]:
    for row in rows:
        uri, label = row["conceptUri"], row["preferredLabel"].strip()
        if not label or row.get("status", "released") not in {"released", ""}:
            continue
        kind = "occupation" if "/occupation/" in uri else "knowledge" if row.get("skillType") == "knowledge" else "competence"
        others = (row.get("altLabels", ""), row.get("hiddenLabels", ""))
        names = dict.fromkeys([label, *(n for other in others for name in _SEPARATORS.split(other) if (n := name.strip()))])
        yield Concept(kind, uri.rpartition("/")[2], label, tuple(names), uri)
