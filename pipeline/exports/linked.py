"""Tables → one JSON-LD document a sheet, of the type `schema.org/Occupation <https://schema.org/Occupation>`_.

What schema.org has no property for (stage, basis, requirement) stands in the ``description`` of its value. A pay whose
amounts the sheet does not state (a multiple of the SMIC) is left out: schema.org has no unit for it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.tables import load_tables

Row = Mapping[str, Any]

_TABLES = ("titles", "salaries", "diplomas", "tasks", "skills", "experience", "codes")
_CODE_SETS = {
    "rome": "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html",
    "isco": "https://isco.ilo.org/",
    "pcs": "https://www.nomenclature-pcs.fr/",
    "esco": "https://esco.ec.europa.eu/",
    "onisep": "https://www.onisep.fr/",
}
_EQF = "https://europass.europa.eu/european-qualifications-framework-eqf"
_MONTHS = 12


def write(output: str | Path, destination: str | Path) -> list[Path]:
    """Write ``destination/<sheet_id>.jsonld`` for every sheet of ``output``; returns the files.

    Sheets without a preferred title have no name to stand under and are left out.
    """
    folder = Path(destination)
    folder.mkdir(parents=True, exist_ok=True)
    tables = load_tables(output, "arrow")
    rows: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name in _TABLES}
    for name, found in rows.items():
        for row in tables[name].to_pylist():
            found[row["sheet_id"]].append(row)
    written = []
    for sheet in tables["sheets"].drop_columns(["text"]).to_pylist():
        document = occupation(sheet, {name: found[sheet["sheet_id"]] for name, found in rows.items()})
        if document:
            path = folder / f"{sheet['sheet_id']}.jsonld"
            path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
            written.append(path)
    return written


def occupation(sheet: Row, rows: Mapping[str, list[Row]]) -> dict[str, Any] | None:
    """The document of one sheet from its rows a table; None where it has no preferred title."""
    preferred = next((title for title in rows["titles"] if title["kind"] == "preferred"), None)
    if preferred is None:
        return None
    others = [title["label"] for title in rows["titles"] if title["kind"] == "alternate"]
    names = _distinct([preferred["feminine"], preferred["masculine"], *others])
    return {
        "@context": "https://schema.org",
        **_thing(
            "Occupation",
            name=preferred["label"],
            alternateName=[name for name in names if name != preferred["label"]],
            description=sheet["summary"],
            identifier=_thing("PropertyValue", propertyID="jobsheets.sheet_id", value=sheet["sheet_id"]),
            occupationalCategory=[_code(code) for code in rows["codes"] if code["scheme"] in _CODE_SETS],
            responsibilities=_distinct(task["label"] for task in rows["tasks"]),
            skills=[_skill(skill) for skill in rows["skills"]],
            educationRequirements=[_credential(diploma) for diploma in rows["diplomas"]],
            experienceRequirements=[_experience(row) for row in rows["experience"] if row["years_minimum"] is not None],
            estimatedSalary=[_pay(row) for row in rows["salaries"] if row["currency"] and _stated(row)],
            mainEntityOfPage=_page(sheet),
        ),
    }


def _thing(kind: str, **properties: Any) -> dict[str, Any]:
    """A typed node without its empty properties; a list of one value is that value."""
    kept: dict[str, Any] = {"@type": kind}
    for name, value in properties.items():
        if value is None or value in ([], ""):
            continue
        kept[name] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return kept


def _distinct(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _page(sheet: Row) -> dict[str, Any]:
    return _thing(
        "WebPage",
        url=sheet["url"] if str(sheet["url"]).startswith(("http://", "https://")) else None,
        name=sheet["source"],
        inLanguage=sheet["language"],
        publisher=_thing("Organization", name=sheet["publisher"]) if sheet["publisher"] else None,
        author=_thing("Person", name=sheet["author"]) if sheet["author"] else None,
        datePublished=sheet["published"].isoformat() if sheet["published"] else None,
        dateModified=sheet["modified"].isoformat() if sheet["modified"] else None,
    )


def _code(code: Row) -> dict[str, Any]:
    return _thing("CategoryCode", codeValue=code["value"], name=code["scheme"].upper(), inCodeSet=_CODE_SETS[code["scheme"]])


def _skill(skill: Row) -> dict[str, Any]:
    about = ", ".join(part for part in (skill["category"], skill["level"], skill["requirement"]) if part)
    return _thing("DefinedTerm", name=skill["label"], description=about, url=skill["esco_uri"], termCode=skill["rome_code"])


def _credential(diploma: Row) -> dict[str, Any]:
    level = diploma["level"]
    term = _thing("DefinedTerm", name=f"EQF level {level}", termCode=str(level), inDefinedTermSet=_EQF)
    return _thing(
        "EducationalOccupationalCredential",
        name=diploma["label"],
        credentialCategory=diploma["kind"],
        educationalLevel=term if level else None,
        description=diploma["requirement"],
    )


def _experience(row: Row) -> dict[str, Any]:
    return _thing(
        "OccupationalExperienceRequirements",
        name=row["evidence"],
        monthsOfExperience=round(_MONTHS * row["years_minimum"]),
    )


def _stated(pay: Row) -> bool:
    return pay["minimum"] is not None or pay["maximum"] is not None


def _pay(pay: Row) -> dict[str, Any]:
    about = ", ".join(part for part in (pay["stage"], pay["status"], pay["basis"]) if part)
    low, high = pay["minimum"], pay["maximum"]
    same = low is not None and low == high
    value = _thing(
        "QuantitativeValue",
        value=low if same else None,
        minValue=None if same else low,
        maxValue=None if same else high,
        unitText=pay["period"].upper() if pay["period"] else None,
    )
    return _thing(
        "MonetaryAmount",
        name=pay["evidence"],
        description=about,
        currency=pay["currency"],
        value=value,
    )
