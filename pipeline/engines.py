"""The engines that work is mapped over: processes of this machine, or a Dask cluster.

An engine gives one function, ``map_units(units)``: it does every unit with :func:`pipeline.work.perform`
and yields the results as they come, in any order. It takes units from the iterator no faster than it
does them, and ends with :class:`InterruptedRun` soon after ``stop`` is set. Nothing that is written
depends on the engine or on the number of workers.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from pipeline.errors import InterruptedRun, OutputError, UsageError
from pipeline.settings import Settings
from pipeline.work import Result, Unit

MapUnits = Callable[[Iterable[Unit]], Iterator[Result]]


def engine(settings: Settings, stop: threading.Event) -> AbstractContextManager[MapUnits]:
    """The engine that ``settings`` name; its workers live as long as the context, and serve several maps."""
    if settings.engine == "dask":
        return _dask(settings, stop)
    in_process = settings.workers == 0 or any(place.startswith("memory://") for place in (settings.raw, settings.output))
    return _inline(stop) if in_process else _local(settings, stop)


def _go_on(stop: threading.Event) -> None:
    if stop.is_set():
        raise InterruptedRun("The run was stopped.")


def workers(settings: Settings) -> int:
    """How many processes to use."""
    return settings.workers if settings.workers is not None else len(os.sched_getaffinity(0))


@contextmanager
def _inline(stop: threading.Event) -> Iterator[MapUnits]:
    """Everything in this process: for debuggers, and for places that only this process sees."""
    from pipeline.work import perform

    def map_units(units: Iterable[Unit]) -> Iterator[Result]:
        for unit in units:
            _go_on(stop)
            yield perform(unit)

    yield map_units


@contextmanager
def _local(settings: Settings, stop: threading.Event) -> Iterator[MapUnits]:
    """One thread a guard: each takes the next unit, has its child do it, hands over the result."""
    from pipeline.guard import Guard

    closing = threading.Event()
    guards = [Guard(settings.sheet_timeout, settings.memory_limit, _Either(stop, closing)) for _ in range(workers(settings))]

    def map_units(units: Iterable[Unit]) -> Iterator[Result]:
        waiting = iter(units)
        taking = threading.Lock()
        results: queue.Queue[Result | BaseException | None] = queue.Queue(maxsize=2 * len(guards))

        def work(guard: Guard) -> None:
            try:
                while True:
                    with taking:
                        unit = next(waiting, None)
                    if unit is None:
                        break
                    results.put(guard.perform(unit))
            except BaseException as error:  # noqa: BLE001 - raised where the results are taken
                results.put(error)
            results.put(None)

        threads = [threading.Thread(target=work, args=(guard,), daemon=True) for guard in guards]
        for thread in threads:
            thread.start()
        yield from _drain(results, threads, closing)

    try:
        yield map_units
    finally:
        closing.set()
        for guard in guards:
            guard.close()


class _Either(threading.Event):
    """Set when any of several events is."""

    def __init__(self, *events: threading.Event) -> None:
        super().__init__()
        self.events = events

    def is_set(self) -> bool:
        return any(e.is_set() for e in self.events)


def _drain(results: queue.Queue[Any], threads: list[threading.Thread], closing: threading.Event) -> Iterator[Result]:
    """The results until every thread is through; if the caller stops before, the threads are stopped, too."""
    running = len(threads)
    try:
        while running:
            result = results.get()
            if result is None:
                running -= 1
            elif isinstance(result, BaseException):
                raise result  # noqa: TRY301 - it comes from another thread
            else:
                yield result
    except BaseException:
        closing.set()
        raise
    finally:
        while any(thread.is_alive() for thread in threads):
            try:
                results.get(timeout=0.05)
            except queue.Empty:
                continue


# Dask

#: Seconds for which a cluster may be without any worker: a lost one may be on its way back.
WITHOUT_WORKERS = 120.0
#: The guards of this Dask worker process, one a thread.
_guards = threading.local()


def perform_guarded(unit: Unit, timeout: float, memory: int) -> Result:
    """What a Dask worker does with a unit: hand it to the guard of its thread."""
    from pipeline.guard import Guard

    if getattr(_guards, "guard", None) is None:
        _guards.guard = Guard(timeout, memory, threading.Event())
    _guards.guard.timeout, _guards.guard.memory = timeout, memory
    result: Result = _guards.guard.perform(unit)
    return result


@contextmanager
def _dask(settings: Settings, stop: threading.Event) -> Iterator[MapUnits]:
    """A cluster: the one at ``scheduler``, or one of this machine's own for as long as the run lasts."""
    try:
        import distributed
    except ImportError as error:
        raise UsageError("The engine dask needs the extra of that name: pip install 'jobsheets[dask]'.") from error
    try:
        client = (
            distributed.Client(settings.scheduler, timeout=10)
            if settings.scheduler
            else distributed.Client(n_workers=max(1, workers(settings)), threads_per_worker=1, dashboard_address=None)
        )
    except OSError as error:
        raise UsageError(f"The Dask scheduler {settings.scheduler} does not answer: {error}") from error
    with client:
        yield lambda units: _submit(client, units, settings, stop)


def _submit(client: Any, units: Iterable[Unit], settings: Settings, stop: threading.Event) -> Iterator[Result]:
    """Keep a few units a worker under way; a unit whose worker was lost is done by another.

    Dask gives a unit up that was at work while several workers were lost, one after the other. Such a unit waits until all
    others are through, and is then done alone, and half by half, until the sheet that kills workers is found.
    """
    from distributed.scheduler import KilledWorker

    def start(unit: Unit, *, alone: bool) -> None:
        future = client.submit(perform_guarded, unit, settings.sheet_timeout, settings.memory_limit, pure=False)
        running[future] = unit, alone

    waiting = iter(units)
    suspects: list[Unit] = []
    running: dict[Any, tuple[Unit, bool]] = {}
    while True:
        while len(running) < 3 * max(1, len(client.ncores())) and (unit := next(waiting, None)) is not None:
            start(unit, alone=False)
        if not running and suspects:
            start(suspects.pop(), alone=True)
        if not running:
            return
        for future in _finished(client, list(running), stop):
            unit, alone = running.pop(future)
            try:
                yield future.result()
            except KilledWorker as error:
                if not alone:
                    suspects.append(unit)
                elif unit["job"] == "list":
                    yield {"job": "list", "source": unit["source"], "members": [], "fault": ("crash", _lost(unit["source"]))}
                elif unit["job"] == "extract" and len(unit["items"]) > len(unit["excused"]):
                    suspects += _narrowed(unit)
                else:
                    raise OutputError("Dask workers were lost over and over, and no sheet is to blame; the previous output is "
                                      "intact.") from error  # fmt: skip


def _finished(client: Any, running: list[Any], stop: threading.Event) -> list[Any]:
    """The futures that are through, at least one. Raises :class:`OutputError` where no worker is left to do any."""
    import distributed

    deadline = time.monotonic() + WITHOUT_WORKERS
    while True:
        try:
            return list(distributed.wait(running, timeout=0.5, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            pass
        if stop.is_set():
            client.cancel(running, force=True)
        _go_on(stop)
        if client.ncores():
            deadline = time.monotonic() + WITHOUT_WORKERS
        elif time.monotonic() > deadline:
            raise OutputError(f"The Dask cluster has had no worker for {WITHOUT_WORKERS:g} seconds; start some and run again.")


def _narrowed(unit: Unit) -> list[Unit]:
    """The halves of a unit that lost its workers, or, of one sheet, a unit that only writes its reject."""
    items, excused = unit["items"], unit["excused"]
    if len(items) == 1:
        return [{**unit, "excused": {0: ("crash", _lost(items[0][0]))}}]
    half = len(items) // 2
    late = {rank - half: fault for rank, fault in excused.items() if rank >= half}
    early = {rank: fault for rank, fault in excused.items() if rank < half}
    return [{**unit, "items": items[half:], "excused": late}, {**unit, "items": items[:half], "excused": early}]


def _lost(source: str) -> str:
    return f"{source}: several workers were lost while it was read; it is tried again in the next run."
