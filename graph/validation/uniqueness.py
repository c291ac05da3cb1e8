"""What must be unique in the whole graph, one SPARQL query each: a `sh:sparql` for it would be quadratic."""

from collections.abc import Mapping

import pyoxigraph as ox

from graph.errors import MappingError
from graph.model.iri import last_segment
from graph.validation.results.result import VIOLATION, Result, in_order

QUERIES = "https://w3id.org/civsoc/shapes/uniqueness#"
"""The name of a query in this namespace stands as the source shape of what it finds."""

COMPONENT = "SPARQLConstraintComponent"
_SEVERITIES = ("Violation", "Warning", "Info")


def uniqueness_results(store: ox.Store, queries: Mapping[str, str]) -> tuple[Result, ...]:
    """Run each query; every solution is a result, a violation unless `?severity` says "Warning" or "Info".

    A query selects `?focus` and `?message`, and may select `?severity` and `?value`.
    """
    return in_order(result for name in sorted(queries) for result in _run(store, name, queries[name]))


def _run(store: ox.Store, name: str, query: str) -> list[Result]:
    try:
        solutions = store.query(query)
    except (SyntaxError, RuntimeError) as error:  # the second is what an unknown function raises
        raise MappingError(f"uniqueness query {name}", f"is not SPARQL ({error})", "correct the query") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise MappingError(f"uniqueness query {name}", "is not a SELECT", "select ?focus and ?message")
    names = {variable.value for variable in solutions.variables}
    if missing := {"focus", "message"} - names:
        fact = f"selects no {' and no '.join(f'?{name}' for name in sorted(missing))}"
        raise MappingError(f"uniqueness query {name}", fact, "select ?focus and ?message")
    shape = f"<{QUERIES}{name}>"
    return [_result(shape, row, names) for row in solutions if row["focus"] is not None]


def _result(shape: str, row: ox.QuerySolution, names: set[str]) -> Result:
    severity = last_segment(_text(row, "severity", names)) or VIOLATION
    if severity not in _SEVERITIES:
        raise MappingError(shape, f"?severity is {severity!r}", f"use one of {', '.join(_SEVERITIES)}")
    value = row["value"] if "value" in names else None
    return Result(
        focus=str(row["focus"]),
        path=None,
        value=None if value is None else str(value),
        shape=shape,
        component=COMPONENT,
        severity=severity,
        message=_text(row, "message", names),
    )


def _text(row: ox.QuerySolution, name: str, names: set[str]) -> str:
    term = row[name] if name in names else None
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else ""
