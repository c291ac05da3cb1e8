"""Commands for people who maintain a directory: a template, a check, a description of own columns."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from endpoint.cli.terminal import console
from graph.errors import UsageError

__all__ = ["check", "columns", "template"]


class Format(StrEnum):
    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def template(
    to: Annotated[Path, typer.Option(help="The file to write: .xlsx, or .csv for one table.")] = Path("directory.xlsx"),
    table: Annotated[str, typer.Option(help="The table of a .csv file.")] = "organisations",
) -> None:
    """Write the template of the minimum data set, to be filled in with a spreadsheet."""
    from graph.export import template as templates
    from graph.standards.directory import description

    if to.exists():
        raise UsageError(str(to), "is there already", "choose another name with --to, so that nothing is lost")
    if table not in description().tables:
        raise UsageError(f"table {table!r}", "is not known", f"use one of {', '.join(description().tables)}")
    match to.suffix.lower():
        case ".xlsx":
            to.write_bytes(templates.as_workbook())
        case ".csv":
            to.write_bytes(templates.as_csv(table).encode())
        case _:
            raise UsageError(str(to), "is neither .xlsx nor .csv", "choose one of them")
    console().print(f"{to}: written; fill it in, then: civsoc check {to}")


def check(
    files: Annotated[list[Path], typer.Argument(help="The list: .csv, .xlsx or .json; several if it has several.")],
    columns: Annotated[Path | None, typer.Option(help="The meaning of its columns: a TOML file.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to print what is found.")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option(help="Write the fix list here too, as CSV.", metavar="FIXES.csv")] = None,
    on: Annotated[datetime | None, typer.Option(help="The day to count from; today.", formats=["%Y-%m-%d"])] = None,
) -> None:
    """Check a directory of organisations: what to fix, where in the spreadsheet, and how.

    Exit code 0 if nothing has to be fixed, 1 if something has, 2 if a file cannot be read.
    """
    from graph.checking import written
    from graph.checking.check import check as check_list

    report = check_list(files, columns, on.date() if on else date.today())
    if out:
        out.write_text(written.table(report), "utf-8-sig")  # with the mark by which a spreadsheet knows UTF-8
    write = {Format.TEXT: written.text, Format.CSV: written.table, Format.JSON: written.document}[format_]
    typer.echo(write(report), nl=False)
    if out and format_ is Format.TEXT:
        typer.echo(f"\n{out}: {len(report.findings):,} findings")
    raise typer.Exit(report.exit_code)


def columns(
    file: Annotated[Path, typer.Argument(help="A list that has columns of its own.")],
    to: Annotated[Path | None, typer.Option(help="Write the TOML here instead of printing it.")] = None,
) -> None:
    """Suggest a TOML that says what the columns of a list mean, for you to complete."""
    from graph.acquisition.readers.directory.suggestion import suggestion

    text = suggestion(file)
    if to is None:
        typer.echo(text, nl=False)
    elif to.exists():
        raise UsageError(str(to), "is there already", "choose another name with --to, so that nothing is lost")
    else:
        to.write_text(text, "utf-8")
        console().print(f"{to}: written; complete it, then: civsoc check {file} --columns {to}")
