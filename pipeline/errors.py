"""Errors that users meet: each is one sentence of what, where and what to do, and an exit code."""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, Self


class ExitCode(IntEnum):
    """What the command's exit code says; the texts below are the documented table."""

    about: str

    def __new__(cls, value: int, about: str) -> Self:
        """A code with its text."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.about = about
        return code

    OK = 0, "Done; rejected inputs, if any, are rows of the table rejects."
    BUG = 1, "The program failed in a way nobody foresaw; please report it."
    USAGE = 2, "A bad option or setting, or an input or output folder that cannot be used; nothing was written."
    TOO_MANY_REJECTS = 3, "The tables were written, but more inputs were rejected than max_reject_rate allows."
    LOCKED = 4, "Another run is writing to this output; nothing was written."
    CANNOT_WRITE = 5, "The output could not be written (disk full, read-only folder, network); the previous output is intact."
    INVALID = 6, "`jobsheets validate` found something wrong in an output."
    INTERRUPTED = 130, "Stopped by Ctrl-C (SIGINT); the previous output is intact and the next run resumes."
    TERMINATED = 143, "Stopped by SIGTERM; the previous output is intact and the next run resumes."


class JobsheetsError(Exception):
    """Something that the caller must mend; the message is one clear sentence."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE


class UsageError(JobsheetsError):
    """An option, a setting or a folder that cannot be used."""


class InternalError(JobsheetsError):
    """A promise of this program that does not hold."""

    exit_code = ExitCode.BUG


class LockedError(JobsheetsError):
    """Another run holds the output."""

    exit_code = ExitCode.LOCKED


class OutputError(JobsheetsError):
    """The output could not be written."""

    exit_code = ExitCode.CANNOT_WRITE


class InterruptedRun(JobsheetsError):
    """The run was stopped by a signal."""

    exit_code = ExitCode.INTERRUPTED


class TerminatedRun(InterruptedRun):
    """The run was stopped by SIGTERM."""

    exit_code = ExitCode.TERMINATED


class RejectedInput(JobsheetsError):
    """An input that gives no sheet.

    ``code`` is one of the values of ``rejects.code``; the message says what and why.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type[RejectedInput], tuple[str, str]]:
        return type(self), (self.code, str(self))
