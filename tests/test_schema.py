"""The record classes, and what is derived from them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.dictionary import data_dictionary
from pipeline.extraction import extract_records
from pipeline.records import TABLES, Salary, Skill, Span
from pipeline.schema import arrow_schema, attributes, key_columns, record_ids, rows_to_arrow, violations
from pipeline.tables import views
from tests.examples import read_markup

DOCS = Path(__file__).parents[1] / "docs"


def test_data_dictionary_is_fresh() -> None:
    assert (DOCS / "tables.md").read_text("utf-8") == data_dictionary(), "run `make docs`"


@pytest.mark.parametrize("name", TABLES)
def test_schema_says_what_each_field_means(name: str) -> None:
    schema = arrow_schema(name)
    assert schema.names[0] == f"{TABLES[name].singular}_id"
    assert all(field.metadata[b"description"] for field in schema)


@pytest.mark.parametrize("name", TABLES)
def test_each_field_has_a_french_term_and_an_example_that_its_own_checks_accept(name: str) -> None:
    for attribute in key_columns(TABLES[name]) + attributes(TABLES[name]):
        about = attribute.about
        assert about.french, attribute.name
        assert isinstance(about.example, attribute.type), attribute.name
        assert not about.values or about.example in about.values, attribute.name
        assert about.low is None or about.example >= about.low, attribute.name
        assert about.high is None or about.example <= about.high, attribute.name


def test_the_dictionary_names_every_table_column_and_view() -> None:
    page = data_dictionary()
    for name, cls in TABLES.items():
        assert f"\n## {name}\n" in page
        assert f"    {name} {{" in page
        assert all(f"| `{attribute.name}` |" in page for attribute in attributes(cls))
    assert all(f"| `{name}` |" in page for name in views())


@pytest.mark.parametrize("name", TABLES)
def test_key_and_sort_name_real_fields(name: str) -> None:
    cls = TABLES[name]
    assert {*cls.key, *cls.sort} <= {a.name for a in attributes(cls)}


def test_few_valued_columns_are_dictionaries() -> None:
    assert pa.types.is_dictionary(arrow_schema("skills").field("category").type)
    assert pa.types.is_string(arrow_schema("skills").field("label").type)


def test_rows_keep_values_and_nulls() -> None:
    pay = Salary(start=0, end=4, evidence="2000", minimum=2000.0, currency="EUR", period="month")
    row = rows_to_arrow("salaries", [("k", "s", pay)]).to_pylist()[0]
    assert (row["salary_id"], row["sheet_id"], row["minimum"], row["maximum"], row["period"]) == (
        "k",
        "s",
        2000.0,
        None,
        "month",
    )


def test_record_ids_tell_equal_records_apart_and_ignore_other_sheets() -> None:
    twice = [Skill(start=i, end=i + 3, evidence="SQL", label="SQL", category="tool") for i in (0, 9)]
    ids = record_ids("a", twice)
    assert len(set(ids)) == 2
    assert ids[0] == record_ids("a", twice[:1])[0]
    assert ids[0] != record_ids("b", twice)[0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"category": "talent"}, "category is 'talent', not one of"),
        ({"label": None}, "label is null"),
        ({"label": 3}, "label is a int, not a str"),
        ({"start": -1}, "below 0"),
        ({"end": 99}, "do not lie in a text of 12 characters"),
        ({"evidence": "SQl"}, "is not text[0:3]"),
    ],
)
def test_violations_are_named(change: dict[str, object], fault: str) -> None:
    fields = {"start": 0, "end": 3, "evidence": "SQL", "label": "SQL", "category": "tool", **change}
    assert fault in "; ".join(violations(Skill(**fields), "SQL, Python."))  # type: ignore[arg-type]


def test_a_violating_record_is_rejected_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that cites what the text does not say never reaches a table, and the reject says so."""
    sheet, _ = read_markup("# Fleuriste\n## Compétences\nSens de l'esthétique")
    bad = [Skill(start=0, end=4000, label="x", category="soft"), Skill(start=0, end=9, label="y", category="talent")]
    good = [Skill(start=0, end=9, label="z", category="soft")]
    monkeypatch.setattr("pipeline.extraction.extractors", lambda: [("skills", lambda *_: [*bad, *good])])
    monkeypatch.setattr("pipeline.extraction.EXTRACTED", ("skills",))
    extraction = extract_records(sheet)
    assert [skill.label for skill in extraction.skills] == ["z"]
    assert [reject.code for reject in extraction.rejects] == ["invalid-record"] * 2
    assert "do not lie in a text" in extraction.rejects[0].message
    assert "not one of" in extraction.rejects[1].message


def test_every_extracted_table_cites_its_evidence() -> None:
    assert all(
        {"start", "end", "evidence", "rule"} <= {a.name for a in attributes(c)} for c in TABLES.values() if issubclass(c, Span)
    )
