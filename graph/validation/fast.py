"""The fast engine, PyPI `shacl`: whole graphs in seconds."""

from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox
import shacl

from graph.errors import MappingError
from graph.validation.result import Result, default_message, local_name


def fast(graph: Path, shapes: str, limit: int | None = None) -> list[Result]:
    """Validate an N-Triples file; `limit` stops the engine at that many results, for it keeps all in memory.

    Measured on two cores: a second per million statements, 180 bytes of memory a statement.
    """
    try:
        compiled = shacl.Shapes.from_text(shapes, "ntriples")
        report = compiled.validate_file(str(graph), max_results=limit)
    except ValueError as error:
        raise MappingError("shapes", f"the fast engine refuses them or the graph ({error})", "mend them") from error
    return [_of_fast(result) for result in report.results]


def _of_fast(result: shacl.Result) -> Result:
    component = local_name(result.component_iri)
    return Result(
        focus=_canonical(result.focus_node),
        path=result.path,
        value=None if result.value is None else _canonical(result.value),
        shape=result.source_shape or "",
        component=component,
        severity=local_name(result.severity_iri),
        message=result.message or default_message(component),
    )


@lru_cache(maxsize=4096)
def _canonical(term: str) -> str:
    """One spelling of a term, whichever engine wrote it; language tags are compared without case."""
    if not term.startswith('"'):
        return term
    [quad] = ox.parse(f"<x:s> <x:p> {term} .", ox.RdfFormat.N_TRIPLES)
    return str(quad.object)
