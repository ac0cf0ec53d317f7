"""The ``jobsheets`` command: each subcommand is a module of :mod:`pipeline.commands`, imported when it is called.

A subcommand parses its words, calls one function of the package, and prints. What goes wrong is one
sentence on the error stream and a documented exit code (see ``docs/batch.md``).
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

import click

from pipeline import __version__, commands
from pipeline.errors import JobsheetsError


class _Failed(click.ClickException):
    """An error of ours: its one sentence and its exit code."""

    def __init__(self, error: JobsheetsError) -> None:
        super().__init__(str(error))
        self.exit_code = int(error.exit_code)  # type: ignore[misc] # click declares it for the class


class Commands(click.Group):
    """The subcommands: the modules of :mod:`pipeline.commands`, each holding a command of its own name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the subcommands, in alphabetical order."""
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand called ``cmd_name``, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = getattr(import_module(f"{commands.__name__}.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; an error of ours becomes its one sentence and its exit code."""
        try:
            return super().invoke(ctx)
        except JobsheetsError as error:
            raise _Failed(error) from error


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="jobsheets")
def main() -> None:
    """Raw French job sheets (fiches métiers) in, normalised Parquet tables out."""
