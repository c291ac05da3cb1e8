"""`/sparql`: the SPARQL 1.1 protocol, queries only (https://www.w3.org/TR/sparql11-protocol/)."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse, StreamingResponse

from endpoint.dependencies import ReleaseDep, Service, ServiceDep
from endpoint.http.body import read_body
from endpoint.http.headers import accepted, holds
from endpoint.http.negotiation import GRAPHS, HTML, RESULTS, Choice, by_accept, choose
from endpoint.service.errors import BadQuery, Gone, ReadOnly, UnsupportedType
from endpoint.service.fingerprint import fingerprint
from endpoint.service.release import Served
from endpoint.service.settings import Settings
from endpoint.sparql import guard
from endpoint.sparql.description import describe
from endpoint.workers.answer import Answer
from endpoint.workers.frames import Job
from graph.model.query import is_iri
from graph.model.values.spreadsheet import BYTE_ORDER_MARK

__all__ = ["router", "unless_gone"]

router = APIRouter()

T = TypeVar("T")
PLACE = "/sparql"
FORMAT_FIELDS = ("format", "output", "results")
# A longer text is checked beside the event loop, which it would hold for milliseconds.
LONG_TEXT = 4_000


@dataclass(frozen=True)
class Parameters:
    """What a client can send by the protocol."""

    query: str | None
    formats: tuple[str, ...]
    """By `format`, `output` or `results`, as clients call it, each as often as they like."""
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None

    @property
    def has_dataset(self) -> bool:
        """Whether the client names the dataset, which then takes the place of the query's own."""
        return self.default_graphs is not None or self.named_graphs is not None


@router.api_route("/sparql", methods=["GET", "HEAD"])
async def get(request: Request, service: ServiceDep, release: ReleaseDep) -> Response:
    parameters = _parameters(_fields(request.url.query))
    if parameters.query is None:
        return _without_query(request, release, parameters)
    if not parameters.formats and not parameters.has_dataset and _prefers_a_page(request):
        return RedirectResponse("/query?" + urlencode({"query": parameters.query}), 303, {"Vary": "Accept"})
    return await _answer(request, service, release, parameters)


def _prefers_a_page(request: Request) -> bool:
    """Whether the client is a browser whose address somebody typed or followed."""
    choice = by_accept(accepted(request.headers), (*RESULTS, *GRAPHS, HTML))
    return choice is not None and choice.format is HTML


@router.post("/sparql")
async def post(request: Request, service: ServiceDep, release: ReleaseDep) -> Response:
    """A form, or a query as the body with the other parameters in the URL."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/sparql-update":
        raise ReadOnly(PLACE, "this service is read-only", "send a query; the data changes only by a new build")
    if kind not in ("application/x-www-form-urlencoded", "application/sparql-query"):
        remedy = "send application/sparql-query or application/x-www-form-urlencoded"
        raise UnsupportedType(PLACE, f"a body of type {kind or 'none'} is not read here", remedy)
    body = await read_body(request, service.settings)
    if kind == "application/sparql-query":
        fields = _fields(request.url.query)
        if "query" in fields:
            raise BadQuery(PLACE, "there is a query in the URL and one in the body", "send one of them")
        fields["query"] = [body]
    else:
        # `format` in the URL of a form is not part of the protocol, but the place where people write it.
        fields = {**_fields(request.url.query), **_fields(body)}
    return await _answer(request, service, release, _parameters(fields))


def _fields(encoded: str) -> dict[str, list[str]]:
    try:
        return parse_qs(encoded, keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError as error:
        fact = f"its parameters cannot be read ({error})"
        raise BadQuery(PLACE, fact, "encode them as UTF-8, percent-encoded") from error


def _parameters(fields: dict[str, list[str]]) -> Parameters:
    if "update" in fields:
        raise ReadOnly(PLACE, "this service is read-only", "send a query; the data changes only by a new build")
    if len(fields.get("query", [])) > 1:
        raise BadQuery(PLACE, f"`query` is there {len(fields['query'])} times", "send it once")
    default, named = _graphs(fields, "default-graph-uri"), _graphs(fields, "named-graph-uri")
    return Parameters(
        fields["query"][0].removeprefix(BYTE_ORDER_MARK) if "query" in fields else None,
        tuple(dict.fromkeys(value for name in FORMAT_FIELDS for value in fields.get(name, ()) if value.strip())),
        default,
        named,
    )


def _graphs(fields: dict[str, list[str]], name: str) -> tuple[str, ...] | None:
    """The graphs of a dataset that a client names; None if it names none."""
    if name not in fields:
        return None
    if wrong := [graph for graph in fields[name] if not is_iri(graph)]:
        remedy = "name a graph in full, as SELECT ?g { GRAPH ?g {} } lists them"
        raise BadQuery(PLACE, f"`{name}` is {wrong[0][:200]!r}, which is not an IRI", remedy)
    return tuple(fields[name])


def _without_query(request: Request, release: Served, parameters: Parameters) -> Response:
    """The service description; for a person, the page on which to write a query."""
    choice = choose(accepted(request.headers), parameters.formats, (*GRAPHS, HTML))
    if choice.format is HTML:
        return RedirectResponse("/query", 303, {"Vary": "Accept"})
    return Response(describe(release, choice.format), headers={"Vary": "Accept"}, media_type=choice.content_type)


async def _answer(request: Request, service: Service, release: Served, parameters: Parameters) -> Response:
    if parameters.query is None:
        raise BadQuery(PLACE, "there is no query", "send it as `query`")
    checked = await _check(parameters.query, service.settings)
    if not parameters.has_dataset:
        _check_graphs(release, checked.graphs)
    offered = GRAPHS if checked.form in ("CONSTRUCT", "DESCRIBE") else RESULTS
    choice = choose(accepted(request.headers), parameters.formats, offered)
    if request.method != "POST" and not checked.fresh and holds(request.headers, _etag(release.id, parameters, choice)):
        return Response(status_code=304, headers=_headers(release.id, parameters, choice, fresh=False))
    base = f"{release.manifest.base}sparql"
    job = Job(parameters.query, choice.format.name, base, parameters.default_graphs, parameters.named_graphs)
    answer = await unless_gone(request, service.pool.run(job))
    headers = _headers(answer.release, parameters, choice, fresh=checked.fresh or request.method == "POST")
    return _respond(answer, choice, headers)


async def _check(query: str, settings: Settings) -> guard.Query:
    limits = (settings.query_bytes, settings.nesting)
    if len(query) < LONG_TEXT or len(query) > settings.query_bytes:
        return guard.check(query, *limits)
    return await asyncio.to_thread(guard.check, query, *limits)


def _check_graphs(release: Served, graphs: frozenset[str]) -> None:
    """FROM promises data from elsewhere, so one that cannot be kept is refused. In the protocol's parameters an
    unknown graph is an empty one: the W3C tests ask for that."""
    for graph in sorted(graphs - release.graphs):
        remedy = "list those it holds by SELECT ?g { GRAPH ?g {} }; nothing is fetched from elsewhere"
        raise BadQuery("query", f"this release holds no graph <{graph[:200]}>", remedy)


async def unless_gone(request: Request, work: Coroutine[None, None, T]) -> T:
    """What comes of the work, which is stopped when the client leaves."""
    running = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({running, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise Gone(request.url.path, "the client left", "nothing is to be done")
        return running.result()
    finally:
        running.cancel()
        leaving.cancel()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _etag(release: str, parameters: Parameters, choice: Choice) -> str:
    """Weak, as the order of rows may differ between two runs of a query."""
    parts = repr((parameters, choice.media_type)).encode("utf-8", "surrogatepass")
    return f'W/"{release}-{fingerprint()}-{hashlib.sha256(parts).hexdigest()[:16]}"'


def _headers(release: str, parameters: Parameters, choice: Choice, *, fresh: bool) -> dict[str, str]:
    if fresh:
        return {"Vary": "Accept", "Cache-Control": "no-store"}
    etag = _etag(release, parameters, choice)
    return {"Vary": "Accept", "ETag": etag, "Cache-Control": "no-cache"}


def _respond(answer: Answer, choice: Choice, headers: dict[str, str]) -> Response:
    """The length is always given, so that a client notices a broken connection."""
    headers["Content-Length"] = str(answer.size)
    if answer.file is None:
        return Response(answer.body, headers=headers, media_type=choice.content_type)
    return StreamingResponse(_parts(answer), headers=headers, media_type=choice.content_type)


async def _parts(answer: Answer) -> AsyncIterator[bytes]:
    for chunk in answer.chunks():
        yield chunk
