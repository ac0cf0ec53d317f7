"""What a worker does: list a container, extract a unit of sheets into a chunk, merge chunks into Parquet parts.

:func:`perform` takes a unit (a dictionary of JSON values: only paths, names and keys travel to a worker)
and returns JSON values; rows go to files. It never raises for what is wrong with an input.
"""

from __future__ import annotations

import gc
import itertools
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import places
from pipeline.chunks import SAME, SHEET, Outcome, write_chunk
from pipeline.errors import JobsheetsError, OutputError, RejectedInput
from pipeline.readers import Content, Limits, Names, members, read_capped, too_large
from pipeline.records import TABLES, Reject
from pipeline.sheet import sheet_key

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.extraction import Extraction

Unit = dict[str, Any]
Result = dict[str, Any]
#: Called with the rank of each sheet before work on it begins, so that whoever watches knows the culprit.
Report = Callable[[int], None]


class Item(NamedTuple):
    """A sheet to extract: see :class:`~pipeline.chunks.Outcome`; ``path`` is its file's or its container's."""

    source: str
    path: str
    place: int
    size: int
    stamp: str
    #: The key that it had when it was last extracted, empty where it never was.
    key: str


def perform(unit: Unit, report: Report = lambda rank: None) -> Result:  # noqa: ARG005
    """Do a unit of work. Raises :class:`OutputError` where the output cannot be written."""
    job = {"list": _list, "extract": _extract, "merge": _merge}[unit["job"]]
    try:
        return job(unit, report)
    except OSError as error:
        raise OutputError(
            f"The output cannot be written: {error.strerror or error} ({error.filename or unit['folder']})."
        ) from error


#: A page that asks of each extractor what most pages ask.
_WARMING = """<html><head><title>Essayeur</title></head><body><nav><a href="/">Accueil</a></nav><main>
<h1>Essayeur ou essayeuse</h1>
<h2>Missions</h2><ul><li>Vérifier que tout est chargé</li></ul><p>Il essaie chaque table, puis note ce qui manque.</p>
<h2>Compétences</h2><ul><li>Rigueur</li></ul><p>Il faut maîtriser l'anglais et un tableur, et avoir le sens du détail.</p>
<h2>Formation</h2><p>Un BTS, de niveau bac + 2, est souvent demandé ; une licence est appréciée.</p>
<h2>Salaire</h2><p>Un débutant gagne 1 900 € brut par mois, et de 28 000 à 32 000 € par an après cinq ans d'expérience.</p>
<h2>Évolution</h2><p>Après quelques années, il peut devenir chef d'atelier.</p></main></body></html>"""


def warm() -> None:
    """Load everything that extraction needs, so that the first sheet is not charged for it."""
    from pipeline.extraction import extract
    from pipeline.schema import rows_to_arrow

    extraction = extract(_WARMING, "warm.html")
    for name in TABLES:
        rows_to_arrow(name, extraction.rows(name))


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for garbage in cycles once every few sheets inside the block, and never among what was loaded before.

    The tree of a page is such garbage, of some thousand objects; by default Python looks for it 20 times a page.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(20_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


# Listing


def _list(unit: Unit, report: Report) -> Result:
    """The members of a container: (source, place, size, key, what is wrong with it) each, and what is wrong with itself."""
    report(0)
    found: list[tuple[str, int, int, str, Sequence[str] | None]] = []
    fault = None
    names = Names(unit["source"])
    try:
        for member in members(unit["path"], unit["source"], Limits(**unit["limits"])):
            content = member.content
            if isinstance(content, Content):
                found.append((names(member), member.place, len(content.data), content.key(), None))
            else:
                found.append((names(member), member.place, 0, "", _fault(unit["source"], content)))
    except (JobsheetsError, OSError, Exception) as error:  # noqa: BLE001 - any bytes may lie there, and any library may fail on them
        fault = _fault(unit["source"], error)
    return {"job": "list", "source": unit["source"], "members": found, "fault": fault}


# Extraction


def _extract(unit: Unit, report: Report) -> Result:
    """Extract the items of ``unit`` into chunks of so many sheets that few are in memory at a time."""
    items = [Item(*i) for i in unit["items"]]
    excused = {int(rank): fault for rank, fault in unit["excused"].items()}
    done: list[Outcome] = []
    chunks: list[str] = []
    read = _contents(items, unit, excused, report)
    with seldom_collected():
        while part := list(itertools.islice(_extracted(read, unit, excused), unit["chunk"])):
            outcomes = [outcome for outcome, _ in part]
            tables = _tables([extraction for _, extraction in part if extraction], outcomes)
            chunks.append(write_chunk(unit["folder"], outcomes, tables))
            done += outcomes
    return {
        "job": "extract", "chunks": chunks, "done": len(done),
        "slowest": sorted(((o.seconds, o.source) for o in done), reverse=True)[:10],
        "rejected": sum(o.outcome not in {SHEET, SAME} for o in done), "worn": any(o.outcome == "memory" for o in done),
    }  # fmt: skip


def _extracted(read: Iterator[_Read], unit: Unit, excused: dict[int, Any]) -> Iterator[tuple[Outcome, Extraction | None]]:
    """What became of each item, and its extraction unless its content is the same as before."""
    for rank, item, content, size, stamp in read:
        start = time.process_time()
        key = content.key() if isinstance(content, Content) else ""
        if key and key == item.key:
            extraction, outcome = None, SAME
        else:
            extraction = _rejected(item, excused[rank]) if rank in excused else _one(item, content, unit["taxonomies"])
            outcome = SHEET if extraction.sheet else extraction.rejects[0].code
        seconds = time.process_time() - start
        about = (item.source, unit["container"], item.place, size, stamp, key, sheet_key(item.source), outcome, seconds)
        yield Outcome(*about), extraction


_Read = tuple[int, Item, "Content | Exception", int, str]


def _contents(items: Sequence[Item], unit: Unit, excused: dict[int, Any], report: Report) -> Iterator[_Read]:
    """(rank, item, its content or why it has none, size and stamp as read) of every item."""
    limits = Limits(**unit["limits"])
    if not unit["container"]:
        for rank, item in enumerate(items):
            report(rank)
            yield rank, item, *(_skipped(item) if rank in excused else _read_file(item, limits.sheet))
        return
    waiting = {item.place: rank for rank, item in enumerate(items) if rank not in excused}
    for rank in excused:
        yield rank, items[rank], *_skipped(items[rank])
    failure: Exception = RejectedInput("unreadable", f"{unit['container']}: the archive changed while it was read.")
    try:
        for member in members(items[0].path, unit["container"], limits, sorted(waiting)):
            if member.place in waiting:
                rank = waiting.pop(member.place)
                report(rank)
                yield rank, items[rank], member.content, items[rank].size, items[rank].stamp
    except (JobsheetsError, OSError, Exception) as error:  # noqa: BLE001 - as in listing
        failure = error
    for rank in waiting.values():
        yield rank, items[rank], failure, items[rank].size, items[rank].stamp


def _skipped(item: Item) -> tuple[Exception, int, str]:
    return RejectedInput("crash", ""), item.size, item.stamp


def _read_file(item: Item, limit: int) -> tuple[Content | Exception, int, str]:
    """A file's content or why it has none, and its size and stamp at that moment."""
    if item.size > limit:
        return too_large(item.source, item.size, limit), item.size, item.stamp
    try:
        with places.open_input(item.path) as file:
            if places.is_url(item.path):
                return Content(read_capped(file, item.source, limit)), item.size, item.stamp
            before = os.fstat(file.fileno())
            data = read_capped(file, item.source, limit)
            after = os.fstat(file.fileno())
    except (RejectedInput, OSError) as error:
        return error, item.size, item.stamp
    return Content(data), after.st_size, places.stamp(after) if before.st_mtime_ns == after.st_mtime_ns else ""


def _one(item: Item, content: Content | Exception, taxonomies: list[str]) -> Extraction:
    """Extract one sheet; whatever goes wrong becomes its reject."""
    if isinstance(content, Exception):
        return _rejected(item, _fault(item.source, content))
    from pipeline.extraction import extract

    try:
        return extract(content.data, item.source, url=content.url, fetched=content.fetched, taxonomies=taxonomies)
    except Exception as error:  # noqa: BLE001 - nothing in one sheet may end a run
        return _rejected(item, _fault(item.source, error))


def _fault(source: str, error: Exception) -> tuple[str, str]:
    """The code and message of the reject that ``error`` makes of ``source``."""
    if isinstance(error, RejectedInput):
        return error.code, str(error)
    if isinstance(error, OSError) and error.errno:
        return "unreadable", f"{source}: it cannot be read: {os.strerror(error.errno)}. It is tried again in the next run."
    if isinstance(error, RecursionError):
        return "too-deep", f"{source}: it is nested too deeply to be a page."
    if isinstance(error, MemoryError):
        return "memory", f"{source}: it needs more memory than memory_limit allows. It is tried again in the next run."
    kind = type(error).__name__
    return "crash", f"{source}: extraction failed with {kind}: {str(error)[:200]!r}. Please report this as a bug."


def _rejected(item: Item, fault: Sequence[str]) -> Extraction:
    from pipeline.extraction import Extraction

    code, message = fault
    return Extraction(item.source, None, rejects=[Reject(source=item.source, code=code, message=_encodable(message))])


def _encodable(message: str) -> str:
    return message.encode("utf-8", "backslashreplace").decode()


def _tables(extractions: list[Extraction], outcomes: list[Outcome]) -> dict[str, pa.Table]:
    """The rows of many sheets as Arrow; a sheet whose rows do not fit the schema becomes a reject."""
    try:
        return _to_arrow(extractions)
    except Exception:  # noqa: BLE001 - find the culprit, one sheet at a time
        for i, extraction in enumerate(extractions):
            try:
                _to_arrow([extraction])
            except Exception as error:  # noqa: BLE001
                rank = next(n for n, o in enumerate(outcomes) if o.source == extraction.source)
                item = Item(extraction.source, "", 0, 0, "", "")
                extractions[i] = _rejected(item, _fault(extraction.source, error))
                outcomes[rank] = outcomes[rank]._replace(outcome=extractions[i].rejects[0].code)
        return _to_arrow(extractions)


def _to_arrow(extractions: Sequence[Extraction]) -> dict[str, pa.Table]:
    from pipeline.schema import rows_to_arrow

    return {name: rows_to_arrow(name, [row for e in extractions for row in e.rows(name)]) for name in TABLES}


# Merging


def _merge(unit: Unit, report: Report) -> Result:
    """Write one part of some tables from the chunks of a bucket."""
    from pipeline.merging import merge

    report(0)
    return merge(unit)
