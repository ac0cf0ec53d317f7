"""Libraries that only some users install: imported when asked for, or one sentence on how to get them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import JobsheetsError


def needs(module: str, extra: str, purpose: str) -> Any:
    """The optional ``module``, imported.

    Raises:
        JobsheetsError: it is not installed; the sentence names the ``extra`` that brings it.

    """
    try:
        return import_module(module)
    except ImportError as error:
        raise JobsheetsError(
            f"{purpose} need {module}, which is not installed; run `pip install 'jobsheets[{extra}]'`."
        ) from error
