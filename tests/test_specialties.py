"""Every official name of a specialty is read whole behind the head of a diploma, in running prose."""

from __future__ import annotations

import pytest

from pipeline.extractors.diplomas.names import mentions
from pipeline.lexicons import load

LISTS = load("specialties")


@pytest.mark.parametrize("kind", ["colons", "commas", "names", "whole"])
def test_an_official_name_is_read_whole(kind: str) -> None:
    """« Un BTS … est apprécié » names that specialty, whatever commas, articles or verb-like words it holds."""
    for name in LISTS[kind]:
        text = f"On prépare un BTS {name} en deux ans."
        labels = [mention.label for mention in mentions(text, 0, len(text), line=False)]
        assert labels == [f"BTS {name}"]
