"""Directories in the columns of Milo, planned, mapped and built."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from graph.model import iri
from graph.model.terms import OWL, SKOS
from tests.support.sources import milo_export
from tests.support.sources.directories import BUILD, POSTCODES, SAMPLE

COLUMNS = SAMPLE / "directories" / "milo.toml"


def planned(folder: Path, file: Path) -> Path:
    plan = folder / "build.toml"
    plan.write_text(BUILD.format(name="milo", columns=COLUMNS, file=file, postcodes=POSTCODES), "utf-8")
    return plan


def lines(release: Path, graph: str) -> Iterator[list[str]]:
    """Subject, predicate and object of each statement of a graph."""
    for line in gzip.decompress((release / "dumps" / f"{graph}.nq.gz").read_bytes()).decode().splitlines():
        subject, predicate, rest = line.split(" ", 2)
        yield [subject, predicate, rest.rpartition(" <")[0]]


def names_of(release: Path) -> dict[str, str]:
    """The organisations of the list by address, with their names."""
    space = f"<{iri.base()}id/organisation/"
    said = lines(release, "milo")
    return {subject: value for subject, term, value in said if term == SKOS.prefLabel and subject.startswith(space)}


def addresses(release: Path) -> dict[str, str]:
    """What each reference of the list leads to."""
    aliases = {alias: body for alias, term, body in lines(release, "identity") if term == OWL.sameAs}
    return aliases | {body: body for body in names_of(release) if "/DIR-MILO-" in body}


def built(folder: Path, file: Path) -> tuple[Path, float]:
    """A release by the command, and the seconds that it took."""
    out, began = folder / "out", perf_counter()
    command = [sys.executable, "-m", "endpoint.cli.commands", "build", str(planned(folder, file)), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return (out / "current").resolve(strict=True), perf_counter() - began


def export(size: int) -> tuple[list[dict[str, object]], milo_export.Seeded]:
    postcodes = [line.split(",")[0] for line in POSTCODES.read_text("utf-8").splitlines()[1:]]
    return milo_export.organisations(size, postcodes)
