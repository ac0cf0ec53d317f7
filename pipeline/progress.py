"""How far a run is: a bar on a terminal, a line every half minute elsewhere, JSON for machines. Writes to the error stream."""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Protocol


class Progress(Protocol):
    """Told by the batch job how far it is."""

    def start(self, total: int, kept: int) -> None:
        """Extraction of ``total`` sheets begins; ``kept`` more are taken over from before."""

    def advance(self, done: int, rejected: int) -> None:
        """``done`` more sheets are through, ``rejected`` of them without success."""

    def stop(self) -> None:
        """Extraction is over."""


class Silent:
    """Says nothing."""

    def start(self, total: int, kept: int) -> None:
        """See :class:`Progress`."""

    def advance(self, done: int, rejected: int) -> None:
        """See :class:`Progress`."""

    def stop(self) -> None:
        """See :class:`Progress`."""


def silent() -> Progress:
    """A progress that says nothing."""
    return Silent()


class Lines:
    """A log line at the start, every ``interval`` seconds, and at the end; as text or JSON."""

    def __init__(self, interval: float, *, as_json: bool) -> None:
        self.interval, self.as_json = interval, as_json
        self.total = self.kept = self.done = self.rejected = 0
        self.began = self.last = 0.0

    def start(self, total: int, kept: int) -> None:
        """See :class:`Progress`."""
        self.total, self.kept = total, kept
        self.began = self.last = time.monotonic()
        self._say("start")

    def advance(self, done: int, rejected: int) -> None:
        """See :class:`Progress`."""
        self.done += done
        self.rejected += rejected
        if time.monotonic() - self.last >= self.interval:
            self.last = time.monotonic()
            self._say("progress")

    def stop(self) -> None:
        """See :class:`Progress`."""
        self._say("extracted")

    def _say(self, event: str) -> None:
        rate = self.done / max(1e-9, time.monotonic() - self.began)
        left = (self.total - self.done) / rate if rate else None
        if self.as_json:
            log_json(event=event, total=self.total, kept=self.kept, done=self.done, rejected=self.rejected, rate=round(rate, 1),
                     seconds_left=None if left is None else round(left))  # fmt: skip
        elif event == "start":
            print(f"{self.total} sheets to extract, {self.kept} unchanged", file=sys.stderr, flush=True)  # noqa: T201
        else:
            more = f", {left:.0f} s left" if event == "progress" and left is not None else ""
            print(  # noqa: T201
                f"{self.done} of {self.total} sheets, {self.rejected} rejected, {rate:.0f} a second{more}",
                file=sys.stderr,
                flush=True,
            )


def log_json(**values: Any) -> None:
    """One line of JSON on the error stream."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    print(json.dumps({"time": stamp, **values}, ensure_ascii=False), file=sys.stderr, flush=True)  # noqa: T201


class Bar:
    """A bar with the rate, the time that remains, and the rejects so far."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.bar = Progress(
            TextColumn("extracting"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]:.0f} a second"),
            TimeRemainingColumn(), TextColumn("{task.fields[rejected]} rejected"), console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self.began = 0.0
        self.done = self.rejected = 0

    def start(self, total: int, kept: int) -> None:  # noqa: ARG002
        """See :class:`Progress`."""
        self.began = time.monotonic()
        self.task = self.bar.add_task("extracting", total=total, rate=0.0, rejected=0)
        self.bar.start()

    def advance(self, done: int, rejected: int) -> None:
        """See :class:`Progress`."""
        self.done += done
        self.rejected += rejected
        rate = self.done / max(1e-9, time.monotonic() - self.began)
        self.bar.update(self.task, advance=done, rate=rate, rejected=self.rejected)

    def stop(self) -> None:
        """See :class:`Progress`."""
        self.bar.stop()


def progress(log_format: str, interval: float) -> Progress:
    """The progress that suits where the error stream goes."""
    if log_format == "json" or not sys.stderr.isatty():
        return Lines(interval, as_json=log_format == "json")
    return Bar()
