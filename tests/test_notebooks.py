"""The notebooks as committed: without outputs, on one changeable line, and rendered as they are now.

That they run from top to bottom is what ``make try-notebooks`` shows.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_five() -> None:
    assert [path.stem[2:] for path in NOTEBOOKS] == ["from-page-to-row", "pay", "skills", "tasks", "trust"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_no_outputs_and_one_line_to_change(path: Path) -> None:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    text = "".join(line for cell in code for line in cell["source"])
    assert text.startswith('OUTPUT = "../output"')
    assert text.count("../output") - text.count("../output-of") == 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_rendered_copy_is_of_this_notebook(path: Path) -> None:
    page = (ROOT / "docs" / "notebooks" / f"{path.stem}.md").read_text("utf-8")
    place = 0
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        place = page.find("".join(cell["source"]), place)
        assert place >= 0, "run `make notebooks`"
    pictures = re.findall(r"\]\(([^)]+\.png)\)", page)
    assert pictures
    assert all((ROOT / "docs" / "notebooks" / name).stat().st_size for name in pictures)


def test_the_walk_through_names_what_exists() -> None:
    page = (ROOT / "docs" / "analysts.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", page)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
