"""How much faster the fast SHACL engine is than pyshacl: one run, the same shapes, the same data.

    python -m tests.support.bench.shacl_speed [FILE.nq …] [--triples 50000] [--shapes DIR]

Without a file the data is made up in the model of the charity registers, one charity in ten with a fault.
Each engine runs in a process of its own, so that the peak memory is its own.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, ROV, SKOS
from graph.model.vocabulary.files import shapes_text
from graph.nquads.merged_graph import MergedGraph
from graph.validation.inputs import merged
from graph.validation.reference import reference
from graph.validation.run import validate_shapes
from graph.validation.shapes import Shapes, read_shapes

Engine = Literal["fast", "reference"]

Measure = tuple[float, float, int, frozenset[tuple[str, ...]]]
"""Seconds, peak memory in MB, results, and what they are."""


def made_up() -> Iterator[str]:
    """Charities without end, as N-Triples; every tenth has an income below nothing and a name with blanks."""
    number = 0
    while True:
        number += 1
        for node in charity(f"SC{number:06}", faulty=number % 10 == 0):
            yield from node.triples()


def charity(number: str, *, faulty: bool) -> Iterator[Node]:
    organisation = Node(iri.organisation("GB-SC", number), CIV.Organisation, CIV.Charity)
    registration = Node(iri.registration("GB-SC", number), CIV.Registration)
    organisation.add(SKOS.prefLabel, f"Charity {number}" + " " * faulty)
    organisation.add(ROV.registration, registration.iri)
    organisation.add(ROV.orgStatus, iri.concept("registration-status", "active"))
    organisation.add(CIV.objectives, "To advance education for everyone. " * 5)
    registration.add(SKOS.notation, number)
    registration.add(CIV.register, iri.register("GB-SC"))
    registration.add(CIV.registeredOn, date(2001, 2, 3))
    for year in (2018, 2019, 2020):
        annual = Node(iri.annual_return("GB-SC", number, date(year, 3, 31)), CIV.AnnualReturn)
        annual.add(CIV.yearEnd, date(year, 3, 31))
        annual.add(CIV.income, Decimal(-1 if faulty else 1000))
        annual.add(CIV.expenditure, Decimal(900))
        organisation.add(CIV.annualReturn, annual.iri)
        yield annual
    yield registration
    yield organisation


def measured(engine: Engine, graph: MergedGraph, shapes: Shapes) -> Measure:
    """One engine, in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(run, (engine, graph, shapes.ntriples))


def run(engine: Engine, graph: MergedGraph, shapes: str) -> Measure:
    """In the fresh process: parsed shapes, then validation from the file to the report."""
    parsed = Shapes.parse(shapes)
    start = time.perf_counter()
    if engine == "fast":
        results = validate_shapes(graph, parsed).results
    else:
        results = tuple(reference((line for line, *_ in graph.lines()), parsed.ntriples))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, peak, len(results), frozenset(result.key for result in results)


def cut(graph: MergedGraph, triples: int, folder: Path) -> MergedGraph:
    """The first statements of a graph, each once, as a file of its own."""
    target = folder / "cut.nt"
    lines = list(dict.fromkeys(line for line, *_ in islice(graph.lines(), triples)))
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return MergedGraph(target, len(lines))


def measure_both(files: list[Path], shapes: Shapes, triples: int) -> int:
    """Print the figures; 1 if the engines disagree."""
    with tempfile.TemporaryDirectory() as folder:
        if not files:
            files = [Path(folder) / "made-up.nt"]
            files[0].write_text("".join(f"{line}\n" for line in islice(made_up(), triples)), encoding="utf-8")
        with merged(files, iri.base()) as whole:
            graph = cut(whole, triples, Path(folder))
        found = {engine: measured(engine, graph, shapes) for engine in get_args(Engine)}
    for engine, (seconds, peak, results, _) in found.items():
        print(f"{engine:9} {seconds:9.3f} s {peak:7.0f} MB peak {results:7,} results")  # noqa: T201
    same = found["fast"][3] == found["reference"][3]
    ratio = found["reference"][0] / found["fast"][0]
    print(f"{graph.triples:,} statements: {ratio:,.0f} × faster, results {'equal' if same else 'DIFFER'}")  # noqa: T201
    return 0 if same else 1


def main() -> int:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--triples", type=int, default=50_000)
    parser.add_argument("--shapes", type=Path)
    given = parser.parse_args()
    text = read_shapes(given.shapes)[0] if given.shapes else shapes_text()
    return measure_both(given.files, Shapes.parse(text), given.triples)


if __name__ == "__main__":
    sys.exit(main())
