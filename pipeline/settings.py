"""The settings: one frozen class, the only place that holds a default.

``jobsheets.toml`` in the working folder < environment ``JOBSHEETS_*`` < flags of the command. The
class gives the type, the bounds and the help text of each setting; the environment variable, the key
in the file and the flag are its name. A key that no setting has is an error that names the nearest.

Plain dataclasses rather than pydantic-settings, whose import alone (0.4 s of CPU) is twice the time
that a nightly run over unchanged input takes.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

FILE = "jobsheets.toml"
PREFIX = "JOBSHEETS_"


@dataclass(frozen=True, slots=True)
class About:
    """What a setting means: its help, bounds, allowed values, and whether it can change a row of a table."""

    help: str
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    affects_rows: bool = False


def setting(
    default: Any,
    help: str,  # noqa: A002 - as click calls it
    *,
    low: float | None = None,
    high: float | None = None,
    values: tuple[str, ...] = (),
    affects_rows: bool = False,
) -> Any:
    """Declare a setting. ``low`` and ``high`` are inclusive."""
    return field(default=default, metadata={"about": About(help, low, high, values, affects_rows)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that a user may set. Sizes are in megabytes (10**6 bytes), times in seconds."""

    raw: str = setting("raw", "Folder, archive or URL that the sheets are read from.")
    output: str = setting("output", "Folder or URL that the tables are written to.")
    workers: int | None = setting(
        None,
        "Processes that extract; the cores of this machine unless set. 0 extracts in the calling process, without "
        "time-out or memory limit (for debuggers and profilers).",
        low=0,
        high=1024,
    )
    engine: str = setting("local", "What the work is mapped over.", values=("local", "dask"))
    scheduler: str | None = setting(
        None, "Address of the Dask scheduler, as tcp://host:8786; a cluster on this machine unless set."
    )
    sheet_timeout: float = setting(60.0, "Seconds after which a sheet is given up and becomes a reject.", low=0.1)
    memory_limit: int = setting(1000, "Megabytes that a worker may use; the sheet that needs more becomes a reject.", low=200)
    size_limit: float = setting(20.0, "Megabytes above which an input is not read but rejected.", low=0.001, affects_rows=True)
    archive_limit: float = setting(
        20_000.0, "Megabytes that one archive may unpack to; what lies beyond is rejected.", low=0.001, affects_rows=True
    )
    unit: int = setting(64, "Sheets that a worker takes at a time.", low=1, high=4096)
    taxonomies: str | None = setting(
        None, "Folder of the taxonomies that `jobsheets taxonomy add` compiled; a folder of this user's own unless set."
    )
    max_reject_rate: float | None = setting(
        None, "Share of rejected inputs, 0 to 1, above which the run ends with exit code 3.", low=0, high=1
    )
    lineage: str | None = setting(
        None, "File or URL that OpenLineage events of the run are appended to, one JSON object a line; none unless set."
    )
    log_format: str = setting("text", "Form of log lines.", values=("text", "json"))
    log_interval: float = setting(30.0, "Seconds between two log lines where there is no terminal.", low=0.1)


@cache
def types() -> dict[str, tuple[type, bool]]:
    """Setting → (its type, whether it may be null)."""
    found = {}
    for name, hint in typing.get_type_hints(Settings).items():
        options = typing.get_args(hint) or (hint,)
        found[name] = (next(o for o in options if o is not type(None)), type(None) in options)
    return found


@cache
def abouts() -> dict[str, About]:
    """Setting → what it means."""
    return {f.name: f.metadata["about"] for f in fields(Settings)}


def load_settings(
    flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None, file: str | Path | None = None
) -> Settings:
    """Settings from ``file`` (``jobsheets.toml`` here, if it exists), ``environment`` and ``flags``, the later ones winning.

    A flag that is None was not given. Raises :class:`UsageError` for an unknown key or an unusable value.
    """
    import os

    values: dict[str, Any] = {}
    path = Path(file or FILE)
    if file is not None or path.exists():
        values |= {name: _checked(name, value, str(path)) for name, value in _read(path).items()}
    variables = os.environ if environment is None else environment
    for variable in sorted(v for v in variables if v.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        values[name] = _checked(name, variables[variable], f"environment variable {variable}")
    for name, value in (flags or {}).items():
        if value is not None:
            values[name] = _checked(name, value, f"--{name.replace('_', '-')}")
    return Settings(**values)


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return {name.replace("-", "_"): value for name, value in tomllib.loads(path.read_text("utf-8")).items()}
    except OSError as error:
        raise UsageError(f"The settings file {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"The settings file {path} is not valid TOML: {error}.") from error


def _checked(name: str, value: Any, where: str) -> Any:
    if name not in types():
        from difflib import get_close_matches

        nearest = get_close_matches(name, types(), 1, 0.0)[0]
        raise UsageError(f"{where}: there is no setting {name!r}; the nearest is {nearest!r}.")
    kind, nullable = types()[name]
    about = abouts()[name]
    if nullable and value in {None, ""}:
        return None
    try:
        if isinstance(value, bool) or (kind is str and not isinstance(value, str)):
            raise ValueError  # noqa: TRY301 - one message for every unusable value
        found = kind(value)
        if kind is not str and float(value) != found:  # 1.5 workers, or no number at all
            raise ValueError  # noqa: TRY301
    except (TypeError, ValueError):
        words = {int: "a whole number", float: "a number", str: "a text"}[kind]
        raise UsageError(f"{where}: {name} must be {words}, not {value!r}.") from None
    if about.values and found not in about.values:
        raise UsageError(f"{where}: {name} must be one of {', '.join(about.values)}, not {value!r}.")
    if (about.low is not None and found < about.low) or (about.high is not None and found > about.high):
        bounds = " and ".join(
            [f"at least {about.low:g}"] * (about.low is not None) + [f"at most {about.high:g}"] * (about.high is not None)
        )
        raise UsageError(f"{where}: {name} must be {bounds}, not {value!r}.")
    return found
