"""What pages say of themselves: address, publisher, author, dates, language, title, summary."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.parsers.html import parse
from pipeline.sheet import Metadata

DAY = dt.date(2021, 9, 14)


def read(head: str, body: str = "<h1>Fleuriste</h1>", html: str = "") -> Metadata:
    return parse(f"<!DOCTYPE html><html {html}><head>{head}</head><body>{body}</body></html>").metadata


def test_head_of_a_blog() -> None:
    found = read(
        '<title> Fleuriste -\n Le Mag </title><link rel="canonical" href="https://mag.example/fleuriste/">'
        '<meta property="og:site_name" content="Le Mag"><meta name="author" content="Ana Roux">'
        '<meta property="article:published_time" content="2021-09-14T07:30:12+00:00">'
        '<meta property="article:modified_time" content="2023-02-02T16:04:51+00:00">'
        '<meta name="description" content="&lt;p&gt;Tout sur le &lt;b&gt;f&lt;/b&gt;leuriste.&lt;/p&gt;">',
        html='lang="fr-FR"',
    )
    assert found == Metadata(
        title="Fleuriste - Le Mag",
        url="https://mag.example/fleuriste/",
        publisher="Le Mag",
        author="Ana Roux",
        published=DAY,
        modified=dt.date(2023, 2, 2),
        language="fr-FR",
        summary=found.summary,
    )
    assert found.summary == "Tout sur le fleuriste."


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"Article","author":{"name":"Ana Roux"},"publisher":{"name":"Le Mag"},"datePublished":"2021-09-14"}',
        (
            '{"@graph":[{"@type":"WebSite","name":"Le Mag"},'
            '{"@type":["Article"],"author":[{"name":"Ana Roux"}],"datePublished":"2021-09-14T08:00"}]}'
        ),
    ],
)
def test_linked_data(script: str) -> None:
    found = read(f'<script type="application/ld+json">{script}</script>')
    assert (found.author, found.publisher, found.published) == ("Ana Roux", "Le Mag", DAY)


@pytest.mark.parametrize("script", ["{", "[[[", "null", '"x"', '{"@type":{"a":1},"author":3}', "[" * 10_000])
def test_broken_linked_data(script: str) -> None:
    assert read(f'<script type="application/ld+json">{script}</script>').author is None


@pytest.mark.parametrize(
    ("line", "author", "published", "modified"),
    [
        ("Publié le 14 septembre 2021 par Ana Roux", "Ana Roux", DAY, None),
        ("Publié le 14/09/2021, mis à jour le 2 février 2023", None, DAY, dt.date(2023, 2, 2)),
        ("Mis à jour le 14 septembre 2021", None, None, DAY),
    ],
)
def test_printed_bylines(line: str, author: str | None, published: dt.date | None, modified: dt.date | None) -> None:
    found = read("", f"<h1>Fleuriste</h1><p class=entry-meta>{line}</p><p>Il vend des fleurs.</p>")
    assert (found.author, found.published, found.modified) == (author, published, modified)


def test_dates_of_the_text_are_not_the_page_s() -> None:
    found = read("", "<h1>Fleuriste</h1><p>La convention du 14 septembre 2021 fixe les salaires de la branche.</p>")
    assert (found.published, found.modified) == (None, None)


@pytest.mark.parametrize("value", ["2021-13-45", "hier", "0000-00-00", ""])
def test_impossible_dates(value: str) -> None:
    assert read(f'<meta property="article:published_time" content="{value}">').published is None


def test_time_element() -> None:
    assert read("", '<h1>Fleuriste</h1><time class="entry-date published" datetime="2021-09-14">hier</time>').published == DAY


def test_profile_addresses_are_no_names() -> None:
    assert read('<meta property="article:author" content="https://reseau.example/ana">').author is None
