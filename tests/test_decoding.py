"""Bytes of every kind that French pages come in, and bytes that are no page."""

from __future__ import annotations

import codecs

import pytest

from pipeline.errors import RejectedInput
from pipeline.parsers.decoding import LARGEST, decode, repair

FRENCH = "Le façonnier étudie les œuvres, là où l’été « brûle » : 2 400 € à Noël…\nIl dîne."
PLAIN = "Le menuisier étudie à Noël la façade et le chêne."
#: What ISO-8859-15 and Mac OS Roman can both write.
OLD = "L'été, l'œil du façonnier dîne à Noël pour 30 € en août.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252"]
)
def test_every_unicode_form_with_or_without_its_mark(encoding: str) -> None:
    assert decode((FRENCH * 3).encode(encoding), "x") == FRENCH * 3


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "mac_roman"])
@pytest.mark.parametrize("label", ["", '<meta charset="{}">', '<?xml version="1.0" encoding="{}"?>'])
def test_one_byte_a_character(encoding: str, label: str) -> None:
    text = label.format(encoding) + OLD * 2
    assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("utf-8", "iso8859-15"),
        ("windows-1252", "utf-8"),
        ("no-such-code", "utf-8"),
        ("no-such-code", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-16", "utf-8"),
        ("us-ascii", "cp1252"),
    ],
)
def test_a_wrong_label_is_overruled_by_the_bytes(label: str, encoding: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={label}"></head><p>{OLD}</p>'
    assert decode(page.encode(encoding), "x") == page


def test_a_declared_codec_of_another_script_is_used() -> None:
    page = '<meta charset="koi8-r">Работа'
    assert decode(page.encode("koi8-r"), "x") == page


def test_stray_bytes_leave_the_rest_right() -> None:
    data = PLAIN.encode() + b" \x80 de prime, \xe9t\xe9 " + PLAIN.encode()
    assert decode(data, "x") == f"{PLAIN} € de prime, été {PLAIN}"


def test_truncated_utf16_keeps_what_is_whole() -> None:
    assert decode((codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"))[:-1], "x") == PLAIN[:-1]
    assert decode((PLAIN * 4).encode("utf-16-le")[:-1], "x") == (PLAIN * 4)[:-1]


@pytest.mark.parametrize("text", [FRENCH, PLAIN, "déjà, voilà où"])
@pytest.mark.parametrize("times", [1, 2])
def test_text_encoded_twice_is_repaired(text: str, times: int) -> None:
    twice = text
    for _ in range(times):
        twice = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in twice.encode())
    assert decode(twice.encode(), "x") == text


@pytest.mark.parametrize("text", ["CHÂTEAU, ÂGE, MÂT", "São Paulo, João", "Â", "L’Ã des linguistes", PLAIN.upper()])
def test_repair_leaves_sound_text_alone(text: str) -> None:
    assert repair(text) == text


def test_line_ends_become_one() -> None:
    assert decode(b"un\r\ndeux\rtrois\n", "x") == "un\ndeux\ntrois\n"


def test_a_few_nulls_are_left_out() -> None:
    assert decode(PLAIN.encode() + b"\0" + PLAIN.encode(), "x") == PLAIN * 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"\0" * 500, "empty"),
        (b"%PDF-1.7 \xe2\xe3", "not-text"),
        (b"PK\x03\x04rest", "not-text"),
        (b"\x89PNG\r\n", "not-text"),
        (b"\xff\xd8\xff\xe0", "not-text"),
        (b"{\\rtf1 Le m\\'e9tier}", "not-text"),
        (bytes(i * i % 251 for i in range(5000)), "not-text"),
        (bytes(range(1, 32)) * 20, "not-text"),
        (b"\x81\x8d\x8f\x90\x9d" * 40, "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RejectedInput) as refused:
        decode(data, "lot/page.html")
    assert refused.value.code == code
    assert str(refused.value).startswith("lot/page.html: ")


def test_a_file_too_large_is_refused_unread() -> None:
    with pytest.raises(RejectedInput) as refused:
        decode(b"a" * (LARGEST + 1), "x")
    assert refused.value.code == "too-large"


@pytest.mark.parametrize("text", ["€ : le prixâ€¦", "lâ€™atelier", "30 â€“ 40 €"])
def test_a_doubled_sign_alone_is_mended(text: str) -> None:
    """Wherever other euro signs stand."""
    assert "â" not in decode(text.encode(), "page.html")


@pytest.mark.parametrize("text", ["€", "30 €, pâte", "â la €"])
def test_euros_and_circumflexes_are_left_alone(text: str) -> None:
    assert decode(text.encode(), "page.html") == text
