"""Processes of their own for the benchmarks, as a user has them: their modules compiled, nothing else in their memory.

Where an environment forbids bytecode files (containers often do), every start would compile all modules anew and be
charged for it; here they are kept in a temporary folder, and what a measurement starts is started once before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import cache
from tempfile import TemporaryDirectory
from typing import NamedTuple


class Cost(NamedTuple):
    """What a process and its children took: CPU and elapsed seconds, and the memory of the greatest in MB; what it printed."""

    cpu: float
    elapsed: float
    memory: int
    printed: str


@cache
def _compiled() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="bytecode-")


def environment() -> dict[str, str]:
    """The variables of this process, with bytecode kept."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return variables | {"PYTHONPYCACHEPREFIX": _compiled().name}


def python(*arguments: str) -> Cost:
    """Run Python with ``arguments``, and wait for it and all of its children; an error where it fails."""
    started = time.monotonic()
    command = [sys.executable, *arguments]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment())  # noqa: S603  our own command
    assert child.stdout is not None  # noqa: S101  it is a pipe
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.stdout.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with code {child.returncode}.")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss // 1024, printed)
