"""Errors that users meet: each is one sentence of what, where and what to do."""

from __future__ import annotations


class JobsheetsError(Exception):
    """Something that the caller must mend; the message is one clear sentence."""


class RejectedInput(JobsheetsError):
    """An input that gives no sheet.

    ``code`` is one of the values of ``rejects.code``; the message says what and why.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[RejectedInput], tuple[str, str]]:
        return type(self), (self.code, str(self))
