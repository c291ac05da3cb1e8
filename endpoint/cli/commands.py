"""The `civsoc` command: one function a subcommand, each a few lines around what `graph` and `endpoint` do.

A subcommand imports what it needs itself: all of it together takes longer than most of them run.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from endpoint.cli import authoring, directories
from endpoint.cli.terminal import Terminal, console, show_files, show_release, show_releases
from graph.errors import CivsocError, UsageError
from graph.release.names import CURRENT, PREVIOUS

PAUSE = 1.0
"""Seconds between two files of one publisher."""

app = typer.Typer(
    help="Civil society as linked open data: map sources to RDF, validate, release, serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Out = Annotated[Path, typer.Argument(help="The output folder of the build.", metavar="OUT")]
Base = Annotated[str | None, typer.Option(help="Base IRI of new identifiers, with a slash at its end.")]


@app.command("map")
def map_files(
    source: Annotated[str, typer.Argument(help="A source: see `civsoc sources`.")],
    files: Annotated[list[Path], typer.Argument(help="Its files, as published: plain, .gz or .zip.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The N-Quads file to write.", metavar="OUT.nq")],
    name: Annotated[str | None, typer.Option(help="The name of the list in the graph, such as glen_tsi.")] = None,
    columns: Annotated[Path | None, typer.Option(help="The meaning of its columns: a TOML file.")] = None,
    base: Base = None,
) -> None:
    """Map files of one source to sorted N-Quads, without making a release.

    Beside OUT.nq, OUT.problems.csv lists the faults found and OUT.rows.tsv gives each subject's row. If anything
    fails, all three are as they were before.
    """
    from graph.mapping.command import map_command
    from graph.model import iri
    from graph.sources.source import Source

    found = Source.named(source).instance(name or source).with_columns(columns)
    with Terminal() as progress:
        progress.stage(f"map {source}")
        run = map_command(found, files, output, base or iri.base(), lambda count: progress.rows(source, count))
    speed = run.statements / max(run.cpu_seconds, 0.001)
    counts = (
        f"{run.rows:,} rows, {run.subjects:,} subjects, {run.statements:,} statements, {len(run.problems):,} problems"
    )
    times = f"{run.cpu_seconds:.2f} CPU seconds to map, {run.sorting_seconds:.2f} to sort"
    console().print(f"{output}: {counts}; {times}; {speed:,.0f} statements mapped a CPU second")


@app.command()
def sources() -> None:
    """List the sources that can be mapped."""
    from graph.sources.source import Source, source_names

    for name in source_names():
        source = Source.named(name)
        console().print(f"{name:20} {source.title} — {source.publisher}")


@app.command()
def fetch(
    names: Annotated[list[str], typer.Argument(help="Sources: see `civsoc sources`.", metavar="SOURCE…")],
    to: Annotated[Path, typer.Option(help="The folder for the files: one folder for each source.")] = Path("raw"),
    stale: Annotated[bool, typer.Option(help="If there is no newer file, use the one that is here.")] = False,
    url: Annotated[str | None, typer.Option(help="The address, if its metadata do not give it: of one source.")] = None,
) -> None:
    """Fetch sources' files from their publishers: whole or not at all, and again only if they changed."""
    from graph.acquisition.fetching import fetch_source
    from graph.sources.source import Source

    if url and len(names) > 1:
        raise UsageError("--url", f"is one address, for {len(names)} sources", "name one source")
    for source in map(Source.named, names):
        addresses = [url] if url else source.addresses(datetime.now(UTC).date())
        if not addresses:
            fact = "has no address that a program can fetch"
            raise UsageError(
                f"source {source.name}", fact, f"get the file by hand, from {source.homepage}, or give --url"
            )
        console().print(f"{source.name}: {source.title}. {source.attribution} Licence: {source.licence}")
        for number, address in enumerate(addresses):
            time.sleep(PAUSE if number else 0)
            had = fetch_source(source.fetch, address, to / source.name, console().print, stale)
            show_files(had)


@app.command()
def validate(
    files: Annotated[list[Path], typer.Argument(help=".nq, .nt or .ttl, plain or .gz, validated as one graph.")],
    shapes: Annotated[Path | None, typer.Option(help="Shapes to use: a file, or a folder of them.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the sh:ValidationReport here, as Turtle.")] = None,
    base: Annotated[str | None, typer.Option(help="Base IRI, if not that of the files.")] = None,
) -> None:
    """Check files against the shapes; exit code 1 if there is a violation, 0 if there are only warnings or nothing."""
    from graph.mapping.command import refuse_inputs
    from graph.validation.run import validate_command

    if report:
        refuse_inputs(report, files)
    found = validate_command(files, shapes, base)
    if report:
        report.write_text(found.turtle(), "utf-8")
    typer.echo(found.table(), nl=False)
    raise typer.Exit(found.exit_code)


@app.command()
def build(
    plan: Annotated[Path, typer.Argument(help="The build file.", metavar="BUILD.toml")],
    more: Annotated[list[str] | None, typer.Argument(help="More sources for --only.", metavar="SOURCE")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Map only these sources, with blanks or commas between; others are kept.", metavar="SOURCE…"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Build here instead of where the build file says.")] = None,
) -> None:
    """Map, validate, and release: the served release is switched only when the new one is whole."""
    from graph.build.plan import read_plan
    from graph.build.run import build as build_release

    if more and not only:
        raise UsageError(more[0], "is one argument too many", "write --only before the sources to map")
    named = " ".join([*(only or ()), *(more or ())]).replace(",", " ").split()
    if only and not named:
        raise UsageError("--only", "names no source", "name one, or leave it out to map all")
    with Terminal() as progress:
        manifest = build_release(read_plan(plan, named), named, out, progress)
    show_release(manifest)


@app.command()
def releases(out: Out) -> None:
    """List the releases that a folder holds."""
    from graph.release.folder import Releases

    folder = Releases(out)
    if not folder.list():
        raise UsageError(str(out), "holds no release", "name the folder of a build, or make one with `civsoc build`")
    show_releases(folder.listing())
    for name in folder.unreadable():
        console().print(f"{name}: damaged, its manifest cannot be read")


@app.command()
def export(
    out: Out,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.", metavar="GRANTS.json")],
    funder: Annotated[str | None, typer.Option(help="Only this funder's, by identifier: GB-CHC-1000147.")] = None,
) -> None:
    """Write the grants of the served release as a package of the 360Giving Data Standard."""
    from pyoxigraph import Store

    from graph.export.threesixty import package
    from graph.release.folder import Releases
    from graph.release.manifest import Manifest

    served = Releases(out).find(CURRENT)
    store = Store.read_only(str(served / "store"))
    made_by = f"{Manifest.read(served).base}id/organisation/{funder}" if funder else None
    with output.open("w", encoding="utf-8") as file:
        for piece in package(store, f"Grants made by {funder}" if funder else "Grants", made_by):
            file.write(piece)
    console().print(f"{output}: written")


@app.command()
def rollback(out: Out, release: Annotated[str, typer.Argument(help="An id, or `previous`.")] = PREVIOUS) -> None:
    """Serve an older release again."""
    from graph.release.folder import Releases

    switched = Releases(out).rollback(release)
    console().print(f"{out}: serves {switched.after}; served before: {switched.before or 'none'}")


@app.command()
def verify(out: Out, release: Annotated[str, typer.Argument(help="An id, `current` or `previous`.")] = CURRENT) -> None:
    """Check every byte of a release against its checksums; exit code 1 if any differs."""
    from graph.release.folder import Releases

    faults = Releases(out).verify(release)
    for fault in faults:
        console().print(f"{out}/{release}: {fault}")
    if faults:
        raise typer.Exit(1)
    console().print(f"{out}/{release}: as built")


@app.command()
def serve(
    out: Out,
    host: Annotated[
        str, typer.Option(help="Address to listen on; only this machine unless you change it.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
) -> None:
    """Serve the current release: pages, search and SPARQL."""
    from endpoint.serve import serve as serve_forever

    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
    serve_forever(out, host, port, ready=lambda: console().print(f"civsoc serves {out} on {address} (Ctrl-C ends it)"))


for command in (directories.template, directories.check, directories.columns, authoring.new, authoring.terms):
    app.command()(command)


def main() -> None:
    """Where every fault becomes one line and an exit code: 1 for data and releases, 2 for arguments."""
    try:
        app()
    except CivsocError as fault:
        sys.exit(_exit_code(str(fault), fault.exit_code))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads what is still to be printed
        sys.exit(1)
    except OSError as fault:
        place = fault.filename or "disk"
        sys.exit(
            _exit_code(f"{place}: {fault.strerror or fault}; check that it is there, yours to write, and not full", 1)
        )
    except KeyboardInterrupt:
        sys.exit(_exit_code("stopped", 130))


def _exit_code(words: str, code: int) -> int:
    typer.echo(f"civsoc: {words}", err=True)
    return code


if __name__ == "__main__":
    main()
