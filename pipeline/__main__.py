"""``python -m pipeline`` is the ``jobsheets`` command."""

from pipeline.cli import main

main(prog_name="jobsheets")
