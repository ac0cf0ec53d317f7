"""Bytes → characters, whatever the page declares."""

from __future__ import annotations

from pipeline.errors import RejectedInput


def decode(data: bytes, source: str) -> str:
    """The text of ``data``. Raises :class:`RejectedInput` where it is empty or no text."""
    if not data.strip():
        raise RejectedInput("empty", f"{source}: the file is empty.")
    if b"\0" in data[:4096]:
        raise RejectedInput("not-text", f"{source}: this is a binary file, not a page or text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
