"""The central model: a sheet as one immutable text, its blocks, its sections, and what was dropped.

Parsers turn bytes into :class:`Piece` objects (a block of text with what the format says of it) and
:class:`Metadata`; :func:`assemble` joins the pieces that the noise rules kept into a :class:`Sheet`.
Nothing changes the text of a sheet afterwards: every later step points into it by offsets.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from pipeline.records import Dropped, Section

BLOCK_KINDS = ("heading", "paragraph", "item", "row", "term", "definition")


class Cell(NamedTuple):
    """A cell of a table row: its place in the text, and the header cells that govern it."""

    start: int
    end: int
    column: str = ""
    row: str = ""


class Block(NamedTuple):
    """A line of the text: a heading, paragraph, list item, table row, term or definition.

    ``start`` and ``end`` are offsets into the sheet's text, without a list marker (« 1. ») that may
    stand before ``start`` on the line. ``depth`` is the level of a heading (1 to 6) or the nesting of
    a list item (from 1), else 0. ``group`` numbers the list or table that the block belongs to
    (from 1; 0 for none), so that two lists in a row stay apart. ``topic`` is the section kind that the
    format itself states for what begins here (an XML element name), "" where only the words can tell.
    """

    kind: str
    start: int
    end: int
    depth: int = 0
    group: int = 0
    ordered: bool = False
    cells: tuple[Cell, ...] = ()
    topic: str = ""


class Field(NamedTuple):
    """A labelled value that the format itself states, for example a register's feminine form.

    ``name`` is one of :data:`FIELD_NAMES`; ``key`` ties values together (the rank of the synonym
    that a feminine form belongs to, or the register id of a course).
    """

    name: str
    start: int
    end: int
    key: str = ""


FIELD_NAMES = (
    "title",
    "title.feminine",
    "title.masculine",
    "synonym",
    "synonym.feminine",
    "synonym.masculine",
    "code.rome",
    "code.onisep",
    "level.minimum",
    "training",
    "status",
    "interest",
    "sector",
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself, outside its text."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: dt.date | None = None
    modified: dt.date | None = None
    fetched: dt.date | None = None
    language: str | None = None
    summary: str | None = None


@dataclass(slots=True)
class Piece:
    """A block before cleaning: its text, what the format says of it, and, if dropped, why.

    ``cells`` are (text, column header, row header) of a table row; their texts joined by a tab are
    the ``text``. ``fields`` are (name, start, end, key) within ``text``. ``context`` holds words that
    describe the containers around the block (HTML tags, classes, roles), for the noise rules;
    ``links`` is the share of the text that is inside links, 0 to 1. ``drop`` is (kind, rule).
    ``marker`` is a printed list marker that carries meaning (« 1. »), kept in the text before the block.
    ``topic`` is the kind of section that begins here, where the format states it.
    """

    text: str
    kind: str = "paragraph"
    depth: int = 0
    group: int = 0
    ordered: bool = False
    marker: str = ""
    cells: tuple[tuple[str, str, str], ...] = ()
    fields: tuple[tuple[str, int, int, str], ...] = ()
    context: tuple[str, ...] = ()
    links: float = 0.0
    drop: tuple[str, str] | None = None
    topic: str = ""


@dataclass(frozen=True)
class Sheet:
    """A job sheet after cleaning. ``text`` is verbatim; blocks, sections and fields point into it."""

    sheet_id: str
    source: str
    format: str
    content_hash: str
    text: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    fields: tuple[Field, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)

    @cached_property
    def summary(self) -> str | None:
        """The sheet's own lead: what the page declares, else the first paragraph of its definition."""
        for section in self.sections:
            if section.kind == "definition":
                for block in self.blocks:
                    if section.start <= block.start < section.end and block.kind == "paragraph":
                        return self.text[block.start : block.end]
        return self.metadata.summary


def sheet_key(source: str) -> str:
    """The id of the sheet read from ``source``: 16 hexadecimal digits of its BLAKE2b."""
    return hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...], tuple[Field, ...], tuple[Dropped, ...]]:
    """Join the kept pieces, one a line, and list the dropped ones.

    Returns (text, blocks, fields, dropped); all offsets point into text.
    """
    lines: list[str] = []
    blocks: list[Block] = []
    fields: list[Field] = []
    dropped: list[Dropped] = []
    offset = 0
    for piece in pieces:
        if piece.drop is not None:
            kind, rule = piece.drop
            dropped.append(
                Dropped(position=len(dropped) + 1, at=offset, kind=kind, text=piece.marker + piece.text, reason=rule)
            )
            continue
        start = offset + len(piece.marker)
        end = start + len(piece.text)
        cells = _cells(piece, start) if piece.cells else ()
        blocks.append(Block(piece.kind, start, end, piece.depth, piece.group, piece.ordered, cells, piece.topic))
        if piece.fields:
            fields.extend(Field(name, start + first, start + last, key) for name, first, last, key in piece.fields)
        lines.append(piece.marker + piece.text if piece.marker else piece.text)
        offset = end + 1
    text = "\n".join(lines)
    length = len(text)
    for gone in reversed(dropped):  # what stood below the last line stands at its end
        if gone.at <= length:
            break
        gone.at = length
    return text, tuple(blocks), tuple(fields), tuple(dropped)


def _cells(piece: Piece, start: int) -> tuple[Cell, ...]:
    cells = []
    for text, column, row in piece.cells:
        cells.append(Cell(start, start + len(text), column, row))
        start += len(text) + 1
    return tuple(cells)
