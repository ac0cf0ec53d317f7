"""The versions in a fingerprint are those that the installed libraries state of themselves."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest

from pipeline.fingerprint import LIBRARIES, library_versions


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_has_the_version_that_its_metadata_state(name: str) -> None:
    try:
        stated = version(name)
    except PackageNotFoundError:
        stated = None
    assert library_versions().get(name) == stated
