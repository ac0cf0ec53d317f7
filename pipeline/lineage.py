"""OpenLineage events of a run: from which input to which tables, for whoever draws the lineage of a warehouse.

Each run appends its events to one file, a JSON object a line: ``START``, then ``COMPLETE`` with the tables, their columns
and rows, or ``FAIL`` (``ABORT`` where it was stopped) with the reason. Events, facets and the file are the library's own
(extra ``lineage``), so that they follow its specification.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline import __version__
from pipeline.errors import InterruptedRun, JobsheetsError, OutputError
from pipeline.optional import needs
from pipeline.places import is_url, join
from pipeline.schema import arrow_schema
from pipeline.settings import Settings

if TYPE_CHECKING:
    from pipeline.summary import Summary

PRODUCER = f"https://pypi.org/project/jobsheets/{__version__}"


class Lineage:
    """The events of one run over ``settings.raw``, appended to the file or URL ``settings.lineage``.

    Raises :class:`JobsheetsError` where the library is missing, :class:`OutputError` where the file cannot be written.
    """

    def __init__(self, settings: Settings) -> None:
        client, facets = (self._library(name) for name in ("openlineage.client", "openlineage.client.facet_v2"))
        self._events = self._library("openlineage.client.event_v2")
        transports = self._library("openlineage.client.transport.file")
        client.set_producer(PRODUCER)
        self._facets = facets
        self._settings = settings
        self._transport = transports.FileTransport(transports.FileConfig(str(settings.lineage), append=True))
        engine = facets.processing_engine_run.ProcessingEngineRunFacet(version=__version__, name="jobsheets")
        run_id = str(self._library("openlineage.client.uuid").generate_new_uuid())
        self._run = self._events.Run(run_id, {"processing_engine": engine})
        kind = facets.job_type_job.JobTypeJobFacet(processingType="BATCH", integration="JOBSHEETS", jobType="JOB")
        namespace, name = dataset(settings.output)
        self._job = self._events.Job(namespace, f"jobsheets.{name}", {"jobType": kind})

    @staticmethod
    def _library(module: str) -> Any:
        return needs(module, "lineage", "OpenLineage events")

    def started(self) -> None:
        """The run begins."""
        self._emit("START", [])

    def completed(self, summary: Summary) -> None:
        """The run ended well: every table with its columns and rows."""
        self._emit("COMPLETE", [self._table(name, rows) for name, rows in summary.rows.items()])

    def failed(self, error: JobsheetsError) -> None:
        """The run ended with ``error``."""
        message = self._facets.error_message_run.ErrorMessageRunFacet(message=str(error), programmingLanguage="PYTHON")
        self._run.facets["errorMessage"] = message
        self._emit("ABORT" if isinstance(error, InterruptedRun) else "FAIL", [])

    def _table(self, name: str, rows: int) -> Any:
        shape, statistics = self._facets.schema_dataset, self._facets.output_statistics_output_dataset
        columns = [
            shape.SchemaDatasetFacetFields(name=f.name, type=str(f.type), description=f.metadata[b"description"].decode())
            for f in arrow_schema(name)
        ]
        return self._events.OutputDataset(
            *dataset(join(self._settings.output, name)),
            facets={"schema": shape.SchemaDatasetFacet(fields=columns)},
            outputFacets={"outputStatistics": statistics.OutputStatisticsOutputDatasetFacet(rowCount=rows)},
        )

    def _emit(self, kind: str, outputs: list[Any]) -> None:
        event = self._events.RunEvent(
            eventType=self._events.RunState[kind],
            eventTime=dt.datetime.now(dt.UTC).isoformat(),
            run=self._run,
            job=self._job,
            producer=PRODUCER,
            inputs=[self._events.InputDataset(*dataset(self._settings.raw))],
            outputs=outputs,
        )
        try:
            self._transport.emit(event)
        except RuntimeError as error:  # what the library makes of any failure
            raise OutputError(f"The lineage cannot be written to {self._settings.lineage}: {error}") from error


def dataset(place: str) -> tuple[str, str]:
    """The namespace and name of a path or URL, as OpenLineage names data sets: (``s3://bucket``, ``tables/titles``)."""
    if not is_url(place):
        return "file", Path(os.path.abspath(place)).as_posix()  # noqa: PTH100 - `output/titles` is a link to its current version
    parts = urlsplit(place)
    return f"{parts.scheme}://{parts.netloc}", parts.path.strip("/") or "/"
