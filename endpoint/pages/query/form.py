"""`/query`: SPARQL in a form, answered as a table whose things are links. Works without JavaScript."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, RdfFormat, parse, parse_query_results

from endpoint.dependencies import Service, ServiceDep
from endpoint.http.errors import message, status_of
from endpoint.http.negotiation import GRAPHS, RESULTS, Format
from endpoint.pages.query.columns import Columns, columns_of
from endpoint.pages.query.examples import Example, answerable, examples
from endpoint.presentation.model.values import Value, currency_of, value_of
from endpoint.presentation.names import labels
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, html
from endpoint.sparql import guard
from endpoint.workers.frames import Job
from graph.errors import CivsocError
from graph.model.query import Term

__all__ = ["router"]

router = APIRouter()

SHOWN = 500
"""Rows that the page shows; the other formats have them all."""

UNKNOWN = Columns({}, frozenset())
GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")


@dataclass(frozen=True)
class Table:
    """An answer as the page shows it; `verdict` is that of an ASK."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value | None, ...], ...] = ()
    total: int = 0
    verdict: str = ""
    formats: tuple[tuple[str, str], ...] = field(default=())


@router.api_route("/query", methods=METHODS)
async def form(view: ViewDep, service: ServiceDep, query: str = "") -> Response:
    """The form; with a query, its answer or what is wrong with it."""
    table, fault, status = None, "", 200
    if query.strip():
        try:
            table = await _answer(service, view, query)
        except CivsocError as error:
            fault, status = message(error), status_of(error)
    shown_examples = await asyncio.to_thread(view.in_rounds, lambda: answerable(view))
    shown = query if query.strip() else (shown_examples or examples())[0].query
    return html(
        "query.html",
        status,
        {"Cache-Control": "no-cache"},
        query=shown,
        asked=bool(query.strip()),
        table=table,
        fault=fault,
        examples=shown_examples,
        example=_named(query),
        shown=SHOWN,
    )


async def _answer(service: Service, view: View, query: str) -> Table:
    settings = service.settings
    checked = await asyncio.to_thread(guard.check, query, settings.query_bytes, settings.nesting)
    graph = checked.form in GRAPH_FORMS
    answer = await service.pool.run(Job(query, "nt" if graph else "json"))
    body = answer.read()
    make = partial(_graph if graph else _results, view, query, body)
    return await asyncio.to_thread(view.in_rounds, make)


def _results(view: View, query: str, body: bytes) -> Table:
    formats = _formats(query, RESULTS)
    found = parse_query_results(body, QueryResultsFormat.JSON)
    if isinstance(found, QueryBoolean):
        return Table(verdict="Yes" if found else "No", formats=formats[:2])
    columns = tuple(variable.value for variable in found.variables)
    known = columns_of(query)
    rows: list[tuple[Value | None, ...]] = []
    total = 0
    for solution in found:
        if total < SHOWN:
            rows.append(_row(view, known, {name: solution[name] for name in columns}))
        total += 1
    return Table(columns, tuple(rows), total, formats=formats)


def _row(view: View, known: Columns, cells: dict[str, Term | None]) -> tuple[Value | None, ...]:
    """A row, its amounts in the currency that it names itself."""
    stated = ((known.property(name), term) for name, term in cells.items() if term is not None)
    currency = currency_of(view, stated)
    return tuple(_cell(view, term, name, known, currency) for name, term in cells.items())


def _graph(view: View, query: str, body: bytes) -> Table:
    rows: list[tuple[Value | None, ...]] = []
    total = 0
    for quad in parse(body, RdfFormat.N_TRIPLES):
        if total < SHOWN:
            rows.append(tuple(_cell(view, term) for term in (quad.subject, quad.predicate, quad.object)))
        total += 1
    return Table(("subject", "property", "value"), tuple(rows), total, formats=_formats(query, GRAPHS))


def _cell(view: View, term: Term | None, name: str = "", known: Columns = UNKNOWN, currency: str = "") -> Value | None:
    """A term as a table cell: a thing by its name with a link, if the graph knows it, otherwise as it is."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Value(labels.title(view, term.value), "link", href=view.addresses.page(term.value))
    if isinstance(term, Literal):
        if known.is_year(name, term.datatype.value):
            return Value(term.value, "number")
        return value_of(view, known.property(name), term, currency=currency)
    return Value(str(term), "code")


def _formats(query: str, offered: tuple[Format, ...]) -> tuple[tuple[str, str], ...]:
    """Label and address of each format of the same answer."""
    return tuple((form.label, "/sparql?" + urlencode({"query": query, "format": form.name})) for form in offered)


def _named(query: str) -> Example | None:
    """The example that a query is, if it is one."""
    plain = query.replace("\r\n", "\n").strip()
    return next((example for example in examples() if example.query.strip() == plain), None)
