"""Bytes → characters, whatever the page declares.

The bytes themselves are the best witness: what is valid UTF-8 is UTF-8 even where the page says otherwise, and what
is not cannot be, whatever it says. A declaration only decides between encodings that the bytes allow. Text that was
encoded twice (« Ã© ») is repaired. A file that is no text is refused with a sentence that says what it is.
"""

from __future__ import annotations

import codecs
import contextlib
import re

from pipeline.errors import RejectedInput

#: Bytes of one page above which the file is no job sheet: the largest real pages hold a few megabytes.
LARGEST = 20_000_000
#: How far into the file a declaration of the encoding may stand (HTML looks at 1,024 bytes; pages are sloppier).
DECLARED_WITHIN = 4096
#: Share of bytes above ASCII that a page in French does not reach; one in a script of its own does.
MOST_HIGH_BYTES = 0.4

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF document", "convert it to text"),
    (b"PK\x03\x04", "a ZIP archive or office document", "unpack it or save it as text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text"),
    (b"{\\rtf", "a rich-text document", "save it as text"),
    (b"\x89PNG", "a PNG image", "copy its text"),
    (b"\xff\xd8\xff", "a JPEG image", "copy its text"),
    (b"GIF8", "a GIF image", "copy its text"),
    (b"RIFF", "a media file", "copy its text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"MZ\x90", "a program", "leave it out"),
    (b"SQLite format", "a database", "export its sheets"),
    (b"PAR1", "a Parquet file", "export its sheets"),
    (b"wOF", "a font", "leave it out"),
    (b"\x00\x00\x01\x00", "an icon", "leave it out"),
    (b"ID3", "a sound file", "leave it out"),
)
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
_VISIBLE = re.compile("[^ \t\n\f\v\ufeff\u00a0\u200b]")
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b")
#: Encodings of one byte a character that French pages were written in, the likelier first.
_SINGLE_BYTE = ("cp1252", "iso8859-15", "mac_roman", "cp850")
_FRENCH = frozenset("éèêëàâçùûüôöîïœæÉÈÊÀÂÇÙÔÎŒ’‘“”«»€–—…°²\u00a0")


def decode(data: bytes, source: str) -> str:
    r"""The text of ``data``, its lines ended by ``\\n``.

    Raises :class:`RejectedInput` where it is empty, too large, no text, or in no encoding that could be found.
    """
    if len(data) > LARGEST:
        raise RejectedInput(
            "too-large",
            f"{source}: the file has {len(data):,} bytes, more than the {LARGEST:,} of a page; split it into one file a sheet.",
        )
    text = _characters(data, source)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "Ã" in text or "Â" in text or _has_doubled_sign(text):
        text = repair(text)
    if _VISIBLE.search(text) is None:
        raise RejectedInput("empty", f"{source}: the file is empty.")
    return text


def _has_doubled_sign(text: str) -> bool:
    """Whether it holds « â€ », searched by its rarer character: two characters at once take fifty times as long to find."""
    at = text.find("€", 1)
    while at >= 0:
        if text[at - 1] == "â":
            return True
        at = text.find("€", at + 1)
    return False


def _characters(data: bytes, source: str) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace").rstrip("\ufffd")
    for signature, what, remedy in _SIGNATURES:
        if data.startswith(signature):
            raise RejectedInput("not-text", f"{source}: this is {what}, not a page or text; {remedy}.")
    if b"\0" in data:
        return _with_nulls(data, source)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, source)
    _refuse_binary(data, source)
    return text


def _with_nulls(data: bytes, source: str) -> str:
    """UTF-16 or UTF-32 without its mark, a text with a few stray nulls, or no text."""
    sample = data[: 4 * (min(len(data), 40_000) // 4)]
    nulls = [sample[i::4].count(0) / max(len(sample) // 4, 1) for i in range(4)]
    often, seldom = 0.6, 0.25
    for places, encoding in (((1, 2, 3), "utf-32-le"), ((0, 1, 2), "utf-32-be"), ((1, 3), "utf-16-le"), ((0, 2), "utf-16-be")):
        if all((nulls[i] > often) == (i in places) and (i in places or nulls[i] < seldom) for i in range(4)):
            return data.decode(encoding, "replace").rstrip("\ufffd")
    stripped = data.replace(b"\0", b"")
    if not stripped.strip():
        raise RejectedInput("empty", f"{source}: the file holds nothing but null bytes.")
    if len(data) - len(stripped) > len(data) // 500 + 1:
        raise RejectedInput(
            "not-text", f"{source}: this is a binary file, not a page or text; leave it out or export its text."
        )
    return _characters(stripped, source)


def _refuse_binary(data: bytes, source: str) -> None:
    """A text holds hardly any control characters."""
    sample = data[:4096]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls > len(sample) // 50 + 1:
        raise RejectedInput(
            "not-text", f"{source}: this is a binary file, not a page or text; leave it out or export its text."
        )


def _not_utf8(data: bytes, source: str) -> str:
    """UTF-8 with stray bytes, or an encoding of one byte a character."""
    _refuse_binary(data, source)
    escaped = data.decode("utf-8", "surrogateescape")
    strays = len(_STRAYS.findall(escaped))
    if 2 * strays < len(escaped) - len(escaped.encode("ascii", "ignore")):
        return _STRAYS.sub(_stray, escaped)
    declared = _declared(data)
    if declared and declared not in _SINGLE_BYTE:
        with contextlib.suppress(UnicodeDecodeError, LookupError):  # a wrong declaration leaves the bytes to speak
            return data.decode(declared)
    high = data.translate(None, bytes(range(128)))
    if len(high) > MOST_HIGH_BYTES * len(data):
        raise RejectedInput(
            "undecodable", f"{source}: the bytes make sense in no encoding that French pages use; save the page again as UTF-8."
        )
    counts = {byte: high.count(byte) for byte in set(high)}
    best = min(_SINGLE_BYTE, key=lambda name: (-_likeness(counts, name), name != declared))
    return data.decode(best, "replace")


#: How Python keeps a byte that is no UTF-8 in a string.
_STRAYS = re.compile("[\udc80-\udcff]")


def _stray(match: re.Match[str]) -> str:
    return bytes([ord(match.group()) - 0xDC00]).decode("cp1252", "replace")


def _declared(data: bytes) -> str | None:
    """The codec that the page declares, under Python's name; Latin-1 means Windows-1252, as in browsers."""
    match = _DECLARED.search(data, 0, DECLARED_WITHIN)
    if match is None:
        return None
    try:
        name = codecs.lookup((match.group(1) or match.group(2)).decode("ascii", "replace")).name
    except LookupError:
        return None
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "mac-roman": "mac_roman"}.get(name, name)


def _likeness(counts: dict[int, int], encoding: str) -> int:
    """How much the bytes above ASCII, read as ``encoding``, look like French: letters count one, oddities minus two."""
    total = 0
    for byte, count in counts.items():
        c = bytes([byte]).decode(encoding, "replace")
        total += count * (1 if c in _FRENCH else 0 if c.isalpha() and c < "\u0180" else -2)
    return total


_BYTE_OF = {bytes([b]).decode("cp1252", "ignore") or chr(b): b for b in range(0x80, 0x100)} | {
    chr(b): b for b in range(0x80, 0xA0)
}
_LATER = "".join(re.escape(c) for c, b in _BYTE_OF.items() if b < 0xC0)  # noqa: PLR2004 - UTF-8 continuation bytes
_TWICE = re.compile(f"[Â-ß][{_LATER}]|[à-ï][{_LATER}]{{2}}|[ð-ô][{_LATER}]{{3}}")


def repair(text: str) -> str:
    """Undo a second encoding: UTF-8 bytes that were read as Windows-1252 (« Ã© » → « é »), each where it stands.

    A French text does not hold such pairs otherwise. The letter « à », whose second byte is a no-break space that
    editors turn into a plain one, is mended only where other letters show that the text was encoded twice.
    """
    seen = False
    for _ in range(2):
        mended, count = _TWICE.subn(_once, text)
        if not count or mended == text:
            break
        text = mended
        seen = True
    return re.sub(r"Ã(?: (?= ))?(?!\w)", "à", text) if seen and "Ã" in text else text


def _once(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTE_OF[c] for c in match.group()).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return match.group()
