"""What the web service answers when something is wrong: one table from faults to statuses, words for people."""

import html
import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import BaseRoute, Match

from endpoint.http.headers import PAGE, accepted
from endpoint.http.negotiation import HTML, Format, by_accept
from endpoint.service.errors import (
    BadQuery,
    Busy,
    Gone,
    MemoryLimit,
    NotAcceptable,
    ReadOnly,
    ResultLimit,
    ServiceFault,
    SlowRequest,
    TimeLimit,
    TooLarge,
    UnsupportedType,
)
from graph.errors import CivsocError

__all__ = ["STATUSES", "install", "message", "status_of"]

log = logging.getLogger("civsoc.endpoint")


STATUSES: dict[type[CivsocError], int] = {
    BadQuery: 400,
    ReadOnly: 403,
    NotAcceptable: 406,
    SlowRequest: 408,
    TooLarge: 413,
    UnsupportedType: 415,
    Gone: 499,
    ServiceFault: 500,
    Busy: 503,
    TimeLimit: 504,
    MemoryLimit: 507,
    ResultLimit: 507,
}

Design = Callable[[Request, int, str], str]
"""The page that shows a reader what is wrong, from a status and words."""
TEXT = Format("txt", "Text", "text/plain")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PROBLEM = Format("json", "JSON", "application/problem+json", ("application/json",))


def bare_page(_request: Request, status: int, words: str) -> str:
    title = "civsoc: error"
    return f'<!doctype html><html lang="en"><title>{title}</title><p>{status}: {html.escape(words)}</p></html>\n'


def status_of(error: CivsocError) -> int:
    """The status of the nearest class in the table; 500 for a fault that no client caused."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def message(error: CivsocError) -> str:
    """The fault in one line for the client: unlike the log's, it names no file of this machine.

    >>> message(BadQuery("query", "it is empty", "send one"))
    'query: it is empty; send one'
    """
    if status_of(error) == 500 and not isinstance(error, ServiceFault):
        return "the service failed; the fault is in its log"
    return str(error)


def respond(design: Design, request: Request, status: int, words: str, headers: dict[str, str]) -> Response:
    """`words` as plain text, HTML or JSON, whichever the client prefers; text for one that takes none of them."""
    choice = by_accept(accepted(request.headers), (TEXT, HTML, PROBLEM))
    headers = {"Vary": "Accept", "Cache-Control": "no-store", **headers}
    if choice is not None and choice.format is HTML:
        page = design(request, status, words)
        return Response(page, status, {**PAGE, **headers}, media_type=choice.media_type)
    if choice is not None and choice.format is PROBLEM:
        body = {"status": status, "detail": words}
        return JSONResponse(body, status, headers, media_type=choice.media_type)
    return PlainTextResponse(words + "\n", status, headers)


def _answer_fault(design: Design, request: Request, error: Exception) -> Response:
    """The HTTP edge at which every CivsocError ends."""
    if not isinstance(error, CivsocError):
        raise error
    status = status_of(error)
    if status == 500:
        log.error("%s %s: %s", request.method, request.url.path, error)
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, Busy) else {}
    return respond(design, request, status, message(error), headers)


def _answer_http(design: Design, request: Request, error: Exception) -> Response:
    """The framework's own refusals (no such page, wrong method), in the same formats."""
    if not isinstance(error, HTTPException):
        raise error
    words, headers = error.detail, dict(error.headers or {})
    if error.status_code == 404 and (place := _without_slash(request)):
        return RedirectResponse(place, 307)
    if error.status_code == 405 and (allowed := _allowed(request)):
        headers["Allow"] = ", ".join(allowed)
        words = f"{request.method[:20]} is not answered here; use {' or '.join(allowed)}"
    elif error.status_code == 404 and words == HTTPStatus.NOT_FOUND.phrase:
        words = f"{request.url.path[:200]}: there is no such page; begin at /"
    return respond(design, request, error.status_code, words, headers)


def _without_slash(request: Request) -> str | None:
    """The address that a client meant which put a stroke at its end; relative, as all our redirects are."""
    path = request.url.path.rstrip("/")
    routes: list[BaseRoute] = request.app.routes
    scope = {**request.scope, "path": path}
    if path == request.url.path or not any(each.matches(scope)[0] is Match.FULL for each in routes):
        return None
    query = request.url.query
    return "/" + quote(path.lstrip("/")) + (f"?{query}" if query else "")


def _allowed(request: Request) -> list[str]:
    """The methods of all routes of an address; the framework gives those of the first one only."""
    routes: list[BaseRoute] = request.app.routes
    as_methods = {method: {**request.scope, "method": method} for method in _METHODS}
    return [method for method, it in as_methods.items() if any(each.matches(it)[0] is Match.FULL for each in routes)]


def install(app: FastAPI, design: Design = bare_page) -> None:
    """Makes `app` answer faults by the table above, in a browser by a page of the given design."""
    app.add_exception_handler(CivsocError, partial(_answer_fault, design))
    app.add_exception_handler(HTTPException, partial(_answer_http, design))
