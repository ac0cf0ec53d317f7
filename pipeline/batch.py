"""The batch job: every input under RAW into Parquet tables, incremental, resumable and isolated.

:func:`run` goes through five steps. *List*: name every input, cheaply; if nothing changed since the last
version, stop. *Plan*: keep what the ledger knows, and list what is in changed containers. *Extract*: map
units of sheets over the engine, each of which leaves a chunk. *Merge*: write the parts of the tables whose
sheets changed, link the others. *Commit*: switch to the new version. A run killed at any point leaves
the old version in place, and the next one takes up its chunks. ``docs/batch.md`` tells why.
"""

from __future__ import annotations

import datetime as dt
import heapq
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.chunks import (
    CONTAINER,
    SHEET,
    TRANSIENT,
    Chunk,
    found_chunks,
    from_bytes,
    outcomes_from_arrow,
    outcomes_to_arrow,
    to_bytes,
)  # fmt: skip
from pipeline.engines import MapUnits, engine, workers
from pipeline.errors import InternalError, InterruptedRun, OutputError, UsageError
from pipeline.fingerprint import digest, fingerprint
from pipeline.places import is_there, is_url, join, list_inputs
from pipeline.plan import Known, Ledger, bucket_count, bucket_of, container_outcome, snapshot, units
from pipeline.progress import Progress, silent
from pipeline.readers import MEGABYTE, Input, is_container, is_streamed
from pipeline.records import TABLES
from pipeline.settings import Settings, load_settings
from pipeline.sheet import sheet_key
from pipeline.stores import Bucket, State, Store, open_store
from pipeline.summary import Summary, manifest
from pipeline.taxonomies.library import installed
from pipeline.work import Item, Result, Unit

#: Sheets that a worker takes at a time at the least.
LEAST_UNIT = 4
#: Units at most of an archive that each unit reads from its start.
STREAM_UNITS = 8
#: Units that a bucket of at least so many sheets is merged in: for fewer, a second worker would start for longer than it saves.
MERGE_UNITS, WORTH_SHARING = 4, 500


def run(
    raw: str | Path | None = None, output: str | Path | None = None, *, settings: Settings | None = None, fresh: bool = False,
    only_rejects: bool = False, stop: threading.Event | None = None, progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Extract every input under ``raw`` into tables under ``output``.

    ``fresh`` forgets earlier runs; ``only_rejects`` tries the rejected inputs again and leaves all else
    as it is. Raises :class:`UsageError` (nothing is written then), :class:`LockedError`,
    :class:`OutputError`, or :class:`InterruptedRun` soon after ``stop`` is set; the previous output is
    intact after any of them.
    """
    settings = settings or load_settings()
    settings = replace(settings, raw=str(raw or settings.raw), output=str(output or settings.output))
    _check_apart(settings)
    store = open_store(settings.output)
    store.check()
    inputs, skipped = list_inputs(settings.raw)
    try:
        with store.lock():
            return _Run(settings, store, stop or threading.Event(), progress or silent()).go(
                inputs, skipped, fresh=fresh, only_rejects=only_rejects
            )
    except OSError as error:
        raise OutputError(f"The output {settings.output} cannot be written: {error.strerror or error}.") from error


def _check_apart(settings: Settings) -> None:
    if is_url(settings.raw) or is_url(settings.output):
        return
    raw, output = Path(settings.raw).resolve(), Path(settings.output).resolve()
    if raw == output or raw in output.parents:
        raise UsageError(f"The output {settings.output} lies inside the input {settings.raw}; give a folder elsewhere.")


class _Run:
    """One run over one output, under its lock."""

    def __init__(self, settings: Settings, store: Store, stop: threading.Event, progress: Progress) -> None:
        self.settings, self.store, self.stop, self.progress = settings, store, stop, progress
        self.started = dt.datetime.now(dt.UTC)
        self.fingerprint = fingerprint(settings)
        self.work = join(store.work, self.fingerprint)
        self.taxonomies = installed(settings.taxonomies)
        self.limits = {"sheet": int(settings.size_limit * MEGABYTE), "container": int(settings.archive_limit * MEGABYTE)}
        self.summary = Summary()

    def go(self, inputs: list[Input], skipped: int, *, fresh: bool, only_rejects: bool) -> Summary:
        """List, plan, extract, merge, commit."""
        state = None if fresh else self.store.state()
        if state and state.fingerprint != self.fingerprint:
            state = None
        self.summary.skipped = skipped
        if (
            state
            and not only_rejects
            and state.snapshot
            and state.snapshot == snapshot((i.source, i.size, i.stamp) for i in inputs)
        ):
            return self._unchanged(state)
        self.store.clear_work(keep="" if fresh else self.fingerprint)
        ledger = self._ledger(state)
        if only_rejects:
            inputs = self._only_rejects(inputs, ledger)
        with engine(self.settings, self.stop) as map_units:
            done = self._extract(inputs, ledger, map_units)
            if only_rejects:
                done = {s: k for s, k in ledger.known.items() if s not in done} | done
            self._check_ids(done)
            if inputs and not is_there(self.settings.raw):
                raise UsageError(f"The input {self.settings.raw} vanished while it was read; the previous output is intact.")
            changed, new = self._merge(state, done, map_units)
        self._commit(state, new, done, tables_changed=changed)
        return self.summary

    def _unchanged(self, state: State) -> Summary:
        self.summary.changed = False
        self.summary.count(state.buckets)
        return self.summary

    # Plan

    def _ledger(self, state: State | None) -> Ledger:
        data = self.store.index(state) if state else None
        ledger = Ledger(outcomes_from_arrow(from_bytes(data)) if data else [], len(state.buckets) if state else 1)
        for chunk in found_chunks(self.work):
            ledger.learn(chunk)
        return ledger

    def _only_rejects(self, inputs: list[Input], ledger: Ledger) -> list[Input]:
        """The listed inputs that were rejected before, with a stamp that no settled outcome has."""
        rejected = {s for s, k in ledger.known.items() if k.outcome.outcome not in {SHEET, CONTAINER}}
        rejected |= {k.outcome.container for s, k in ledger.known.items() if s in rejected and k.outcome.container}
        for source in rejected:
            ledger.known[source] = Known(ledger.known[source].outcome._replace(key="", stamp=""), ledger.known[source].where)
        return [i for i in inputs if i.source in rejected]

    # Extract

    def _extract(self, inputs: list[Input], ledger: Ledger, map_units: MapUnits) -> dict[str, Known]:
        """What became of every input, once all that need it have been extracted."""
        start = time.monotonic()
        done: dict[str, Known] = {}
        todo: list[Item] = []
        changed: dict[str, Input] = {}
        for entry in inputs:
            known = ledger.settled(entry)
            if known and is_container(entry.source):
                done |= {k.outcome.source: k for k in ledger.inside(entry.source)}
            if known:
                done[entry.source] = known
            elif is_container(entry.source):
                changed[entry.source] = entry
            else:
                todo.append(ledger.item(entry))
        todo.sort(key=lambda item: sheet_key(item.source))  # so that a part of a table is merged from few chunks
        work = [*self._units(todo), *self._list(changed, ledger, done, map_units)]
        self.summary.seconds["list"] = time.monotonic() - start
        start = time.monotonic()
        expected = [item.source for unit in work for item in unit["items"]]
        self.progress.start(len(expected), len(done))
        for result in map_units(work):
            self._took(result, ledger)
        for source in expected:
            done[source] = ledger.known[source]
        self.summary.extracted = len(expected)
        self.progress.stop()
        self.summary.seconds["extract"] = time.monotonic() - start
        return done

    def _took(self, result: Result, ledger: Ledger) -> None:
        for chunk in result["chunks"]:
            ledger.learn(Chunk(join(self.work, chunk)))
        self.summary.slowest = heapq.nlargest(10, [*self.summary.slowest, *(tuple(s) for s in result["slowest"])])
        self.progress.advance(result["done"], result["rejected"])
        if self.stop.is_set():
            raise InterruptedRun("The run was stopped.")

    def _units(self, items: list[Item], container: str = "", faults: dict[str, Any] | None = None) -> Iterator[Unit]:
        """Units of work: small enough to keep every worker busy, large where an archive must be read from its start."""
        most = self.settings.unit
        least = min(most, LEAST_UNIT)
        if is_streamed(container):
            least = max(least, -(-len(items) // STREAM_UNITS))
        for part in units(items, workers(self.settings), least=least, most=most):
            excused = {rank: faults[item.source] for rank, item in enumerate(part) if item.source in faults} if faults else {}
            yield {"job": "extract", "container": container, "items": part, "folder": self.work, "limits": self.limits,
                   "chunk": self.settings.unit, "excused": excused, "taxonomies": self.taxonomies}  # fmt: skip

    def _list(self, changed: dict[str, Input], ledger: Ledger, done: dict[str, Known], map_units: MapUnits) -> Iterator[Unit]:
        """Units for the members of changed containers that are new or have changed; the others are done."""
        listing = ({"job": "list", "source": e.source, "path": e.path, "limits": self.limits, "folder": self.work}
                   for e in changed.values())  # fmt: skip
        for result in map_units(listing):
            entry = changed[result["source"]]
            if result["fault"]:
                item = Item(entry.source, entry.path, 0, entry.size, entry.stamp, "")
                yield from self._units([item], faults={item.source: result["fault"]})
            else:
                done[entry.source] = Known(container_outcome(entry), 0)
            todo, faults = [], {}
            for source, place, size, key, fault in result["members"]:
                known = ledger.known.get(source)
                if known and key and ledger.key(source) == key:
                    done[source] = Known(known.outcome._replace(place=place), known.where)
                else:
                    todo.append(Item(source, entry.path, place, size, entry.stamp, ""))
                if fault:
                    faults[source] = fault
            yield from self._units(todo, entry.source, faults)

    def _check_ids(self, done: dict[str, Known]) -> None:
        ids = {k.outcome.sheet_id for k in done.values()}
        if len(ids) != len(done):
            raise InternalError("Two inputs have the same sheet id; rename one of them, and please report this.")

    # Merge

    def _merge(self, state: State | None, done: dict[str, Known], map_units: MapUnits) -> tuple[bool, State]:
        """Write or take over every part of a new version; returns whether any table changed, and the version's state."""
        start = time.monotonic()
        sheets = [k for k in done.values() if k.outcome.outcome != CONTAINER]
        count = bucket_count(len(sheets))
        buckets: list[list[Known]] = [[] for _ in range(count)]
        for known in sheets:
            buckets[bucket_of(known.outcome.sheet_id, count)].append(known)
        version = self.store.begin()
        new = State(self.fingerprint, "", [Bucket(self._digest(b, count), len(b)) for b in buckets], version,
                    self.store.index_name(version))  # fmt: skip
        kept = [
            i
            for i in range(count)
            if state and len(state.buckets) == count and state.buckets[i].digest == new.buckets[i].digest
        ]
        for i in kept:
            assert state is not None
            new.buckets[i] = state.buckets[i]
            for old, part in zip(self.store.parts(state, i).values(), self.store.parts(new, i).values(), strict=True):
                self.store.keep(old, part)
        rest = [i for i in range(count) if i not in set(kept)]
        merged: dict[int, list[Result]] = {i: [] for i in rest}
        for result in map_units(unit for i in rest for unit in self._merging(state, new, i, buckets[i])):
            merged[result["bucket"]].append(result)
        for i in rest:
            new.buckets[i] = self._accounted(new.buckets[i], merged[i])
        self.summary.seconds["merge"] = time.monotonic() - start
        self.summary.count(new.buckets)
        return bool(rest), new

    def _digest(self, bucket: list[Known], count: int) -> str:
        bucket.sort(key=lambda k: k.outcome.sheet_id)
        outcomes = (k.outcome for k in bucket)
        return digest(self.fingerprint, count, *(f"{o.sheet_id}{o.source}\0{o.key}\0{o.outcome}" for o in outcomes))

    def _merging(self, state: State | None, new: State, i: int, bucket: list[Known]) -> Iterator[Unit]:
        """Units that merge a bucket, some tables each, so that several workers share a single large one."""
        pieces: dict[str | int, list[str]] = {}
        for known in bucket:
            pieces.setdefault(known.where, []).append(known.outcome.sheet_id)
        found = [{"ids": ids} | self._piece(state, where) for where, ids in pieces.items()]
        parts = list(self.store.parts(new, i).items())
        units = MERGE_UNITS if len(bucket) >= WORTH_SHARING else 1
        for first in range(units):
            yield {"job": "merge", "bucket": i, "parts": dict(parts[first::units]), "folder": self.settings.output,
                   "pieces": found}  # fmt: skip

    def _piece(self, state: State | None, where: str | int) -> dict[str, Any]:
        if isinstance(where, str):
            return {"chunk": where}
        assert state is not None
        return {"parts": self.store.parts(state, where)}

    def _accounted(self, bucket: Bucket, results: list[Result]) -> Bucket:
        """A merged bucket with its counts. Nothing may be lost: each of its inputs is a sheet or a reject."""
        files = {name: result["files"][name] for name in TABLES for result in results if name in result["files"]}
        found = files["sheets"]["rows"] + sum(result["rejected"] for result in results)
        if found != bucket.inputs:
            raise InternalError(f"Of {bucket.inputs} inputs, {found} are in sheets or rejects; the previous output is intact. "
                                 "Please report this as a bug.")  # fmt: skip
        return replace(bucket, files=files, codes={code: n for result in results for code, n in result["codes"].items()})

    # Commit

    def _commit(self, state: State | None, new: State, done: dict[str, Known], *, tables_changed: bool) -> None:
        outcomes = [k.outcome for k in done.values()]
        files = [o for o in outcomes if not o.container]
        steady = not any(o.outcome in TRANSIENT for o in outcomes)
        new = replace(new, snapshot=snapshot((o.source, o.size, o.stamp) for o in files) if steady else "")
        self.summary.changed = tables_changed or state is None
        written = self._manifest(new) if self.summary.changed else self.store.manifest()
        if self.stop.is_set():
            raise InterruptedRun("The run was stopped.")
        self.store.commit(new, to_bytes(outcomes_to_arrow(sorted(outcomes))), written)
        self.store.clear_work()

    def _manifest(self, new: State) -> bytes:
        parts = {self._part_name(new, n, i): b.files[n] for i, b in enumerate(new.buckets) for n in TABLES}
        return manifest(self.summary, self.settings, self.fingerprint, self.started, parts)

    def _part_name(self, state: State, table: str, bucket: int) -> str:
        return "/".join(self.store.part(state.version, table, bucket, state.buckets[bucket].digest).rsplit("/", 2)[-2:])
