"""The normal form keeps the way back to what was written, whatever characters a page is made of."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normal import BLANKS, fold, normalise

#: What French pages are made of, the troublesome signs first.
SIGNS = st.sampled_from(
    [
        *"\u00ad\u200b\u200d\ufeff\u2060ﬁﬂﬀ\u0301\u0300\u0327１２３\u00a0\u202f\u2009\t’‘–—‑“”",
        "e\u0301",
        "c\u0327",
        "œ",
        "é",
        *"abz 12.,;\n'",
    ]
)
TEXTS = st.lists(SIGNS | st.sampled_from([" " * BLANKS, "\u00a0" * 12]), max_size=40).map("".join)


VANISHING = re.compile("[\u00ad\u200b\u200d\ufeff\u2060]")


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.data())
def test_every_span_leads_back_to_the_words_it_was_read_from(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    first, after = normal.back(start, end)
    assert 0 <= first <= after <= len(text)
    if start < end:
        read = normalise(text[first:after]).text
        assert normal.text[start:end] in read
        assert len(read) <= end - start + 4  # no more than the rest of a ligature at either end


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_offsets_never_run_backwards_and_the_whole_is_the_whole(text: str) -> None:
    normal = normalise(text)
    places = [normal.back(i, i + 1) for i in range(len(normal.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(places))
    if normal.text and normal.origins is not None:
        assert normal.back(0, len(normal.text))[1] == len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_there_and_back_again(text: str) -> None:
    normal = normalise(text)
    for i in range(len(normal.text)):
        first, _ = normal.back(i, i + 1)
        assert normal.back(normal.forth(first), normal.forth(first) + 1)[0] == first


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = normalise(VANISHING.sub("", text)).text
    assert normalise(once).text == once


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("rému\u00adnération : 2\u202f400\u00a0€", "rémunération : 2 400 €", "rému\u00adnération : 2\u202f400\u00a0€"),
        ("le ﬁnancier", "financier", "ﬁnancier"),
        ("dipl\u0302ome e\u0301tat", "état", "e\u0301tat"),
        ("de １８０1 euros", "1801", "１８０1"),
        ("mé\u200btier", "tier", "tier"),
    ],
)
def test_words_found_in_the_normal_form_are_cited_as_written(text: str, words: str, written: str) -> None:
    normal = normalise(text)
    start = normal.text.index(words)
    first, after = normal.back(start, start + len(words))
    assert text[first:after] == written


@pytest.mark.parametrize(
    ("text", "folded"), [("  Œuvre\u00a0d’ÉTÉ ", "oeuvre d'ete"), ("Ça\u00ad va", "ca va"), ("e\u0301", "e")]
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u2009", "\u00ad ", " \u200b"])
@pytest.mark.parametrize("count", [BLANKS, BLANKS + 1, 50_000])
def test_a_long_run_of_blanks_is_one(blank: str, count: int) -> None:
    written = f"pain{blank * count}doux"
    normal = normalise(written)
    assert len(normal.text) <= len("paindoux") + BLANKS
    assert normal.text.split() == ["pain", "doux"]
    assert normal.back(normal.text.index("d"), len(normal.text)) == (len(written) - 4, len(written))
