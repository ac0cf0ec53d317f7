"""Every example table, run three times: on the extractors, on a stub that finds nothing, on one that finds everything."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.extraction import extract_records
from tests.examples import FOLDER, Case, cases, faults

TABLES = sorted(path.stem for path in FOLDER.glob("*.toml"))
CASES = [case for table in TABLES for case in cases(table)]


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in CASES if c.purpose != "known-failure"])
def test_example(case: Case) -> None:
    extraction = extract_records(case.sheet)
    assert not extraction.rejects
    assert not faults(case, extraction.records[case.table])


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in CASES if c.purpose == "known-failure"])
def test_known_failure(case: Case) -> None:
    """A case that comes to pass moves out of the known failures."""
    assert faults(case, extract_records(case.sheet).records[case.table])


@pytest.mark.parametrize("table", TABLES)
def test_table_fails_where_nothing_is_found(table: str) -> None:
    assert any(faults(case, []) for case in cases(table))


@pytest.mark.parametrize("table", TABLES)
def test_table_fails_where_everything_is_found(table: str) -> None:
    def everything(case: Case) -> list[Any]:
        wanted = [SimpleNamespace(start=e.start, end=e.end, **e.values) for e in case.expected]
        return [*wanted, *(SimpleNamespace(start=b.start, end=b.end) for b in case.sheet.blocks)]

    assert any(faults(case, everything(case)) for case in cases(table))
