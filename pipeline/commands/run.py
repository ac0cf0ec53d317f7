"""``jobsheets run``: the batch job."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.errors import ExitCode, InterruptedRun, JobsheetsError, TerminatedRun
from pipeline.settings import Settings, abouts, load_settings, types

if TYPE_CHECKING:
    from pipeline.summary import Summary

FLAGS = tuple(name for name in abouts() if name not in {"raw", "output"})


def setting_flags(*names: str) -> Callable[[Any], Any]:
    """Give a command the flags of these settings, with their help and defaults as the settings class has them."""

    def decorate(command: Any) -> Any:
        for name in reversed(names):
            kind, about = types()[name][0], abouts()[name]
            shown = Settings.__dataclass_fields__[name].default
            default = f" [default: {shown:g}]" if isinstance(shown, (int, float)) else f" [default: {shown}]" if shown else ""
            option = f"--{name.replace('_', '-')}"
            choice = click.Choice(about.values) if about.values else kind
            command = click.option(option, type=choice, help=about.help + default)(command)
        return command

    return decorate


@click.command(epilog="Exit codes: " + " ".join(f"{code:d}: {code.about}" for code in ExitCode))
@click.argument("raw", required=False)
@click.argument("output", required=False)
@setting_flags(*FLAGS)
@click.option("--config", metavar="FILE", help="Settings file. [default: jobsheets.toml, if there is one]")
@click.option("--fresh", is_flag=True, help="Forget earlier runs and extract everything.")
@click.option("--only-rejects", is_flag=True, help="Try the rejected inputs again and leave all else as it is.")
def run(raw: str | None, output: str | None, *, config: str | None, fresh: bool, only_rejects: bool, **flags: Any) -> None:
    """Read every sheet under RAW, a folder, an archive or a URL, and write the tables to OUTPUT.

    Without arguments, from raw to output.
    """
    from pipeline.batch import run as run_batch
    from pipeline.progress import progress

    settings = load_settings({"raw": raw, "output": output, **flags}, file=config)
    try:
        with _stopped_by_signals() as stop, _noted(settings) as note:
            shown = progress(settings.log_format, settings.log_interval)
            summary = run_batch(settings=settings, fresh=fresh, only_rejects=only_rejects, stop=stop, progress=shown)
            note(summary)
    except JobsheetsError as error:
        _end(str(error), error.exit_code, settings)
    _print(summary, settings)
    if settings.max_reject_rate is not None and summary.reject_rate > settings.max_reject_rate:
        allowed = f"more than max_reject_rate allows ({settings.max_reject_rate:.1%})"
        _end(f"{summary.reject_rate:.1%} of the inputs were rejected, {allowed}.", ExitCode.TOO_MANY_REJECTS, settings)


def _end(message: str, code: ExitCode, settings: Settings) -> NoReturn:
    """Say why the run failed, in the form of the log, and exit with ``code``."""
    if settings.log_format == "json":
        from pipeline.progress import log_json

        log_json(event="error", message=message, exit_code=int(code))
    else:
        click.echo(f"Error: {message}", err=True)
    raise click.exceptions.Exit(code)


def _print(summary: Summary, settings: Settings) -> None:
    if settings.log_format == "json":
        from pipeline.progress import log_json

        values = {name: getattr(summary, name) for name in ("changed", "inputs", "extracted", "rejected", "skipped", "rows")}
        log_json(event="done", **values, rejects=summary.codes)
        return
    for name, count in summary.rows.items():
        click.echo(f"{name:12} {count:8,}".replace(",", " "))
    if not summary.changed:
        click.echo(f"Nothing changed since the last run: {summary.inputs} inputs, {settings.output} left as it is.")
    else:
        codes = ", ".join(f"{count} {code}" for code, count in summary.codes.items())
        click.echo(f"{summary.inputs} inputs ({summary.extracted} extracted, {summary.kept} kept from before), "
                   f"{summary.rejected} rejected{f' ({codes})' if codes else ''}, in {settings.output}.")  # fmt: skip


@contextmanager
def _noted(settings: Settings) -> Iterator[Callable[[Summary], None]]:
    """Note the begin and end of the run inside the block as OpenLineage events, where the settings ask for them."""
    if settings.lineage is None:
        yield lambda summary: None  # noqa: ARG005
        return
    from pipeline.lineage import Lineage

    lineage = Lineage(settings)
    lineage.started()
    try:
        yield lineage.completed
    except JobsheetsError as error:
        lineage.failed(error)
        raise


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; a second signal ends the program at once."""
    stop = threading.Event()
    received: list[int] = []

    def note(number: int, frame: object) -> None:  # noqa: ARG001
        received.append(number)
        stop.set()
        signal.signal(number, before[number])

    before: dict[int, Any] = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    except InterruptedRun as error:
        kind = TerminatedRun if received and received[0] == signal.SIGTERM else InterruptedRun
        raise kind("Stopped. The previous output is intact, and the next run goes on from here.") from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
