"""``jobsheets query``: SQL on the tables."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("sql")
@click.option("--output", default="output", type=click.Path(path_type=Path), help="Folder of the tables.", show_default=True)
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), help="Write the result to a .csv or .parquet file instead."
)
def query(sql: str, output: Path, to: Path | None) -> None:
    r"""Run SQL on the tables and the ready-made views (annual_pay, coverage, skill_pairs, titles_wide …) through DuckDB.

    \b
    jobsheets query "SELECT stage, median(annual_middle) FROM annual_pay GROUP BY ALL"
    """
    import duckdb

    from pipeline.errors import JobsheetsError
    from pipeline.tables import load_tables

    writers = {".csv": "write_csv", ".parquet": "write_parquet"}
    if to and to.suffix not in writers:
        raise JobsheetsError(f"{to} ends neither in .csv nor in .parquet, so its format is unknown.")
    connection = load_tables(output, "duckdb")
    try:
        result = connection.sql(sql)
        if result is None:
            raise JobsheetsError("That statement gives no rows; begin it with SELECT, WITH, DESCRIBE or SHOW.")
        if to:
            getattr(result, writers[to.suffix])(str(to))
        else:
            click.echo(str(result).rstrip())
    except duckdb.Error as error:
        raise JobsheetsError(f"DuckDB: {str(error).strip()}") from error
