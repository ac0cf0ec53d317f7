"""A process of its own for the sheets, so that one that hangs, crashes or eats memory takes nothing else down.

A :class:`Guard` keeps one child process (``python -m pipeline.guard``) that does one unit at a time. They
speak lines of JSON: down go units; up come ``{"at": rank}`` before each sheet, then ``{"done": result}`` or
``{"failed": message}``. The guard so knows which sheet was at work when its child died or fell silent: it
excuses that sheet (which becomes a reject), starts another child and has it do the unit over.

Both engines use guards, so that isolation is the same in each. A child is a plain subprocess rather
than a :mod:`multiprocessing` one, because the workers of Dask may not have children of that kind.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from pipeline.errors import InterruptedRun, OutputError
from pipeline.work import Result, Unit

START_TIMEOUT = 120.0
#: Seconds that listing a container or merging a bucket may take.
LONG_TIMEOUT = 3600.0
#: How often a dying child is replaced where no sheet is to blame, before the unit is given up.
ATTEMPTS = 3
_TICK = 0.1


class _Died(Exception):
    """The child died, or was killed, while it was at the sheet of rank ``at``."""

    def __init__(self, at: int | None, code: str, why: str) -> None:
        super().__init__(why)
        self.at, self.code = at, code


class Guard:
    """One child process and what is allowed to it: seconds a sheet, megabytes in all."""

    def __init__(self, timeout: float, memory: int, stop: threading.Event) -> None:
        self.timeout, self.memory, self.stop = timeout, memory, stop
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()

    def perform(self, unit: Unit) -> Result:
        """Do ``unit`` in the child. Raises :class:`OutputError`, or :class:`InterruptedRun` once ``stop`` is set."""
        excused: dict[int, tuple[str, str]] = dict(unit.get("excused", {}))
        blameless = 0
        while True:
            try:
                return self._ask({**unit, "excused": excused})
            except _Died as death:
                self.close()
                if death.at is not None and unit["job"] == "list":
                    return {"job": "list", "source": unit["source"], "members": [],
                            "fault": (death.code, f"{unit['source']}: {death}")}  # fmt: skip
                if death.at is not None and unit["job"] == "extract":
                    excused[death.at] = (death.code, f"{unit['items'][death.at][0]}: {death}")
                    continue
                blameless += 1
                if blameless == ATTEMPTS:
                    raise OutputError(
                        f"A worker died {ATTEMPTS} times while it wrote to {unit.get('folder')}: {death}"
                    ) from death

    def _ask(self, unit: Unit) -> Result:
        if self._child is None:
            self._start()
        assert self._child is not None
        assert self._child.stdin is not None
        at: int | None = None
        try:
            self._child.stdin.write(json.dumps(unit) + "\n")
            self._child.stdin.flush()
        except OSError as error:
            raise _Died(None, "crash", "its worker died.") from error
        patience = self.timeout if unit["job"] == "extract" else max(self.timeout, LONG_TIMEOUT)
        while True:
            answer = self._answer(at, patience)
            if "at" in answer:
                at = answer["at"]
            elif "failed" in answer:
                raise OutputError(answer["failed"])
            else:
                result: Result = answer["done"]
                if result.get("worn"):  # it ran out of memory once; a new child has it all again
                    self.close()
                return result

    def _answer(self, at: int | None, patience: float) -> dict[str, Any]:
        """The child's next line. Raises :class:`_Died` where none comes in time."""
        deadline = time.monotonic() + patience
        while True:
            try:
                line = self._lines.get(timeout=_TICK)
            except queue.Empty:
                if self.stop.is_set():
                    raise InterruptedRun("The run was stopped.") from None
                if self._resident() > self.memory * 1_000_000:
                    raise _Died(at, "memory", f"it needed more than {self.memory} MB (memory_limit); it is tried again "
                                "in the next run.") from None  # fmt: skip
                if time.monotonic() > deadline:
                    raise _Died(at, "timeout", f"it was not read within {self.timeout:g} seconds (sheet_timeout); it is tried "
                                "again in the next run.") from None  # fmt: skip
                continue
            if line is None:
                raise _Died(at, "crash", "the process that read it died; it is tried again in the next run.")
            answer: dict[str, Any] = json.loads(line)
            return answer

    def _start(self) -> None:
        lines: queue.Queue[str | None] = queue.Queue()
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # others reserve a gigabyte, which the memory limit would count
            "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "pipeline.guard", str(self.memory), str(self.timeout)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=_pump, args=(child, lines), daemon=True).start()
        self._child, self._lines = child, lines
        try:
            self._answer(None, START_TIMEOUT)
        except _Died as death:
            self.close()
            raise OutputError(f"A worker process could not be started: {death}") from death

    def _resident(self) -> int:
        """Bytes that the child holds in memory; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self._child.pid if self._child else 0}/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError):
            return 0

    def close(self) -> None:
        """Kill the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                with contextlib.suppress(OSError, ValueError):
                    if stream:
                        stream.close()


def _pump(child: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    """Carry the child's lines to the guard, which may so wait with a time-out."""
    assert child.stdout is not None
    with contextlib.suppress(OSError, ValueError):
        for line in child.stdout:
            lines.put(line)
    lines.put(None)


# What follows runs in the child.


def _limit_memory(megabytes: int) -> None:
    """Make allocation fail, rather than the machine, a little above what the guard watches for."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (int(megabytes * 1.25) * 1_000_000, hard))


def _die_with_guard() -> None:
    """End this process once the guard is gone, even while it is stuck in a sheet."""

    def watch() -> None:
        while os.getppid() == guard:
            time.sleep(1.0)
        os._exit(1)

    guard = os.getppid()
    threading.Thread(target=watch, daemon=True).start()


def serve(memory: int, timeout: float) -> None:
    """Do the units that come on standard input until it ends."""
    import signal

    from pipeline.work import perform, warm

    up = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_guard()
    warm()
    _limit_memory(memory)

    def say(**answer: Any) -> None:
        up.write(json.dumps(answer) + "\n")
        up.flush()

    def report(rank: int) -> None:
        if unit["job"] == "extract":  # should the guard be dead by then, the system ends whatever this is stuck in
            signal.setitimer(signal.ITIMER_REAL, 2 * timeout + 60)
        say(at=rank)

    say(ready=os.getpid())
    for line in sys.stdin:
        unit = json.loads(line)
        try:
            result = perform(unit, report)
        except OutputError as error:
            say(failed=str(error))
        else:
            say(done=result)
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    serve(int(sys.argv[1]), float(sys.argv[2]))
