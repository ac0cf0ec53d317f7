"""Bytes → pieces: one module a source format, each with ``claims`` and ``parse``.

``claims(text)`` says how surely (0 to 1) a decoded text is of the module's format; the surest wins,
whatever the file's extension. ``parse(text)`` returns a :class:`Parsed` whose pieces are marked by the
noise rules. A new source format is one new module here: nothing else registers it.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from pipeline.errors import RejectedInput
from pipeline.parsers.decoding import decode
from pipeline.sheet import Metadata, Piece


@dataclass(slots=True)
class Parsed:
    """A parsed input: its format's name, its pieces in reading order, what the page says of itself."""

    format: str
    pieces: list[Piece]
    metadata: Metadata = field(default_factory=Metadata)


class Parser(Protocol):
    """What a format module offers."""

    def claims(self, text: str) -> float:
        """How surely ``text`` is of this format: 0 (not at all) to 1."""

    def parse(self, text: str) -> Parsed:
        """The pieces of ``text``. Raises :class:`~pipeline.errors.RejectedInput`."""


@cache
def parsers() -> tuple[Parser, ...]:
    """Every format module of this package (those that define ``claims``), by name."""
    modules = [import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    return tuple(cast("Parser", m) for m in modules if hasattr(m, "claims"))


def parse(data: bytes, source: str) -> Parsed:
    """Decode ``data``, recognise its format from its content, and parse it."""
    text = decode(data, source)
    try:
        return max(parsers(), key=lambda parser: parser.claims(text)).parse(text)
    except RejectedInput as error:
        raise RejectedInput(error.code, f"{source}: {error}") from error
