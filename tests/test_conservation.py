"""Nothing vanishes: the letters and digits of the text and of what was dropped are those of the sheet, no more and no fewer."""

from __future__ import annotations

import html
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from pipeline import extract
from pipeline.parsers.decoding import decode

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold" / "dev"
SUFFIXES = {".html", ".htm", ".md", ".txt", ".xml"}
SHEETS = [
    p for folder in (ROOT / "raw", ROOT / "tests" / "gold", GOLD) for p in sorted(folder.rglob("*")) if p.suffix in SUFFIXES
]
INVISIBLE = ["script", "style", "template", "svg", "head", "iframe", "object", "audio", "video", "canvas", "title"]


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]+", "", text))


def visible(path: Path) -> str:
    """What a reader of the file could see, told by other means than ours."""
    text = decode(path.read_bytes(), path.name)
    if path.suffix in {".html", ".htm"}:
        soup = BeautifulSoup(text, "lxml")
        for tag in soup(INVISIBLE):
            tag.decompose()
        return soup.get_text("")
    if path.suffix == ".xml":
        text = html.unescape(html.unescape(re.sub(r"<!\[CDATA\[|\]\]>|<\?xml[^>]*>", "", text)))
        return re.sub(r"<[^<>]*>", "", text)
    return re.sub(r"<br\s*/?>", "", text)


@pytest.mark.parametrize(
    "path", [p for p in SHEETS if p.parent.name != "rebuts" and p.name != "README.md"], ids=lambda p: p.name
)
def test_no_letter_vanishes_and_none_is_added(path: Path) -> None:
    sheet = extract(path.read_bytes(), path.name).sheet
    assert sheet is not None
    assert letters(sheet.text + "".join(d.text for d in sheet.dropped)) == letters(visible(path))


def test_the_samples_are_there() -> None:
    assert len([p for p in SHEETS if ROOT in p.parents]) >= 16
