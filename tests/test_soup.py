"""lxml cuts a page, BeautifulSoup reads what can be content; which of the two has read a line changes nothing about it."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from benchmarks.corpus import sheets
from pipeline.errors import RejectedInput
from pipeline.parsers.decoding import decode
from pipeline.parsers.html import read_tree
from pipeline.parsers.page import lay_out
from pipeline.parsers.soup import Cut, read_soup
from pipeline.parsers.spans import row_of

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PAGES = [
    path
    for folder in (ROOT / "raw", ROOT / "tests" / "gold", SHARED / "gold" / "dev", SHARED / "data" / "html" / "pages")
    for path in sorted(folder.rglob("*.html"))
    if path.parent.name != "rebuts"
]
PAGE = """<html><head><title>Fleuriste</title></head><body><nav><a href=/>Accueil</a></nav>
<div class="cookie-bar">Ce site pose des cookies.</div><main><h1>Fleuriste</h1><p>Il vend des <b>fleurs</b>.</p>
<script>var a = "<p>";</script><svg><text>logo</text></svg><ul class="share-links"><li>Courriel</li></ul>
<table><tr><th>Début</th><td>1 850 €</td></tr><tr><th>Fin</th><td>2 400 €</td></tr></table></main>
<footer>Contact</footer></body></html>"""


def attributes(element: Any) -> dict[str, str]:
    return dict(element.attrs if isinstance(element, Tag) else element.attrib)


def lines(page: Any) -> list[Any]:
    """All that the rules see of a page."""
    layout = lay_out(page)
    boxes = [(box.tag, attributes(box.element), box.first, box.last, box.names.cues) for box in layout.boxes]
    return [*((x.piece, x.links, x.strong, x.large, x.toggle, layout.boxes.index(x.box)) for x in layout.lines[:400]), *boxes]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_soup_and_tree_say_the_same(path: Path) -> None:
    root = read_tree(decode(path.read_bytes(), path.name))
    assert lines(read_soup(root)) == lines(root)


TAGS = re.findall(
    r"\S+",
    "div p span b a ul li dl dt dd table tr td th thead caption nav footer form h1 h2 main article section aside header button"
    " select option textarea noscript script style template svg path pre br hr img font my-box xmp summary details body html",
)
MARKS = ("", 'class="menu"', 'class="comment"', "id=cookie", "role=heading", "href=/x", 'href="#a"', "@x=1", "rowspan=2")
WORDS = (
    "Salaire", "&amp;lt;b&amp;gt;", " ", "\n", "&nbsp;", ",", "• un", "1. deux", "\x01", "<!-- x -->", "<", "</", "&", "<p",
)  # fmt: skip


def tangle(seed: int) -> str:
    """Tags, words and half of either in an order that nobody would write."""
    rng = random.Random(seed)
    opening, closing = lambda: f"<{rng.choice(TAGS)} {rng.choice(MARKS)}>", lambda: f"</{rng.choice(TAGS)}>"
    return "".join(rng.choice((opening, closing, lambda: rng.choice(WORDS)))() for _ in range(rng.randrange(60)))


@pytest.mark.parametrize("start", range(0, 500, 100))
def test_soup_and_tree_say_the_same_of_broken_pages(start: int) -> None:
    for seed in range(start, start + 100):
        try:
            root = read_tree(tangle(seed))
        except RejectedInput:
            continue
        assert lines(read_soup(root)) == lines(root), tangle(seed)


def test_the_soup_holds_content_and_stand_ins() -> None:
    soup = read_soup(read_tree(PAGE))
    assert isinstance(soup, BeautifulSoup)
    assert soup.get_text(" ", strip=True) == "Fleuriste Il vend des fleurs . Début 1 850 € Fin 2 400 €"
    assert [str(cut) for cut in soup.find_all(string=lambda words: isinstance(words, Cut))] == ["nav", "div", "ul", "footer"]
    assert "<!-- cut: nav -->" in str(soup)


@pytest.mark.parametrize("name", ["main", "h1"])
def test_what_holds_the_text_is_not_cut_whatever_it_is_called(name: str) -> None:
    page = f'<form class="menu"><div id="comments"><{name}>Fleuriste</{name}><p>Il vend des fleurs.</p></div></form>'
    assert read_soup(read_tree(page)).get_text() == "FleuristeIl vend des fleurs."


def test_names_cut_nothing_where_the_page_does_not_say_where_its_text_stands() -> None:
    assert read_soup(read_tree('<div class="comment"><p>Il vend des fleurs.</p></div>')).p is not None


def test_most_of_a_page_is_cut() -> None:
    for _, page in sheets(3):
        root = read_tree(page)
        assert len(read_soup(root).find_all(True)) < 0.6 * sum(1 for _ in root.iter())


def test_a_deep_page_stays_with_lxml_below() -> None:
    root = read_tree("<h1>a</h1>" + "<div>" * 1500 + "au fond")
    assert len(read_soup(root).find_all(True)) < 150
    assert [line.piece.text for line in lay_out(read_soup(root)).lines] == ["a", "au fond"]


def test_text_under_many_elements_is_filed_in_even_time() -> None:
    """BeautifulSoup goes up to the root for each text: what nests deep must not reach it."""
    deep = read_tree("<div>" * 1900 + "a<br>" * 2000)
    assert len(list(read_soup(deep).descendants)) < 200


def test_a_cell_that_holds_much_is_not_read() -> None:
    """Else each box of a page that nests deep would be read whole, once for each box around it."""

    def row(inside: int) -> str:
        value = "<i>" * inside + "CAP" + "</i>" * inside
        root = read_tree(f"<div><span class=label>Études</span><span class=value>{value}</span></div>")
        return row_of(next(root.iter("div")))

    assert (row(3), row(30)) == ("pairs", "")


def test_a_pictogram_stands_in_no_row() -> None:
    page = "<main><div><b class=a>Études</b><img src=x.png><i class=b>CAP</i><svg></svg></div></main>"
    root = read_tree(page)
    assert row_of(next(root.iter("div"))) == row_of(read_soup(root).div) == "pairs"
