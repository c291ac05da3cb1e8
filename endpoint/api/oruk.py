"""`/api/oruk`: services in the Open Referral UK standard (HSDS-UK 3.0), page by page or one by one."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from endpoint.api.parameters import PAGE, SERVICES, Page, page_of, refuse_others, truth, wanted
from endpoint.http.headers import holds
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, etag
from graph.export.oruk import Catalogue, Object

__all__ = ["router"]

Found = TypeVar("Found")

router = APIRouter(prefix="/api/oruk")

ABOUT: Mapping[str, str] = {
    "version": "HSDS-UK-3.0",
    "profile": "https://docs.openreferraluk.org/en/latest/",
    "openapi_url": "https://docs.openreferraluk.org/en/latest/openapi30.json",
}


@kept
def _catalogue(view: View) -> Catalogue:
    return Catalogue(view.served.store)


def _opened(view: ViewDep) -> Catalogue:
    """Reading the catalogue takes its time, so it is beside the event loop."""
    return _catalogue(view)


CatalogueDep = Annotated[Catalogue, Depends(_opened)]


@router.api_route("/", methods=METHODS)
@router.api_route("", methods=METHODS)
def about(request: Request, view: ViewDep, catalogue: CatalogueDep) -> Response:
    """Which standard the interface keeps to, and whose the services are."""
    graphs = {str(entry.graph).strip("<>") for entry in catalogue.services.values()}
    sources = [view.sources[graph] for graph in sorted(graphs) if graph in view.sources]
    listed = [{"title": each.title, "licence": each.licence, "attribution": each.attribution} for each in sources]
    return _answer(request, view, lambda: {**ABOUT, "sources": listed})


@router.api_route("/services", methods=METHODS)
def services(request: Request, view: ViewDep, catalogue: CatalogueDep) -> Response:
    """Services with their organisations; `full` with all parts, `minimal` with little more than when each changed."""
    given = _given(request, *SERVICES)
    full, minimal = truth(given, "full"), truth(given, "minimal")
    page, chosen = page_of(given, full=full, all_at_once=minimal), wanted(given)

    def made() -> Object:
        entries = catalogue.matching(chosen)
        if minimal:
            return _page(page, entries, catalogue.in_short)
        return _page(page, entries, lambda entry: catalogue.service(entry, whole=full))

    return _answer(request, view, made)


@router.api_route("/services/{name}", methods=METHODS)
def service(request: Request, view: ViewDep, catalogue: CatalogueDep, name: str) -> Response:
    entries = catalogue.services
    return _one(request, view, "service", name, entries, lambda: catalogue.service(entries[name], whole=True))


@router.api_route("/service_at_locations", methods=METHODS)
def places(request: Request, view: ViewDep, catalogue: CatalogueDep) -> Response:
    """Where services are given, each with its service; chosen as services are."""
    given = _given(request, *(name for name in SERVICES if name != "minimal"))
    full = truth(given, "full")
    page, chosen = page_of(given, full=full), wanted(given)

    def made() -> Object:
        chosen_ids = {entry.id for entry in catalogue.matching(chosen)}
        names = [name for name, (entry, _) in catalogue.places.items() if entry.id in chosen_ids]
        return _page(page, names, lambda name: catalogue.place(name, whole=full))

    return _answer(request, view, made)


@router.api_route("/service_at_locations/{name}", methods=METHODS)
def place(request: Request, view: ViewDep, catalogue: CatalogueDep, name: str) -> Response:
    return _one(
        request, view, "service at a location", name, catalogue.places, lambda: catalogue.place(name, whole=True)
    )


@router.api_route("/organizations", methods=METHODS)
def organisations(request: Request, view: ViewDep, catalogue: CatalogueDep) -> Response:
    """Organisations that give services or are in a directory; `full` with numbers, `full_service` with services."""
    given = _given(request, "full", "full_service")
    with_services = truth(given, "full_service")
    full = truth(given, "full") or with_services
    page = page_of(given, full=full)

    def one(name: str) -> Object:
        return catalogue.organisation(name, whole=full, services=with_services)

    return _answer(request, view, lambda: _page(page, list(catalogue.organisations), one))


@router.api_route("/organizations/{name}", methods=METHODS)
def organisation(request: Request, view: ViewDep, catalogue: CatalogueDep, name: str) -> Response:
    def made() -> Object:
        return catalogue.organisation(name, whole=True, services=True)

    return _one(request, view, "organization", name, catalogue.organisations, made)


@router.api_route("/taxonomies", methods=METHODS)
def taxonomies(request: Request, view: ViewDep, catalogue: CatalogueDep) -> Response:
    """The taxonomies of feeds, and our code lists that services use."""
    page = page_of(_given(request))
    return _answer(request, view, lambda: _page(page, list(catalogue.taxonomies), catalogue.taxonomy))


@router.api_route("/taxonomies/{name}", methods=METHODS)
def taxonomy(request: Request, view: ViewDep, catalogue: CatalogueDep, name: str) -> Response:
    return _one(request, view, "taxonomy", name, catalogue.taxonomies, lambda: catalogue.taxonomy(name, whole=True))


@router.api_route("/taxonomy_terms", methods=METHODS)
def terms(request: Request, view: ViewDep, catalogue: CatalogueDep) -> Response:
    page = page_of(_given(request))
    return _answer(request, view, lambda: _page(page, list(catalogue.terms), catalogue.term))


@router.api_route("/taxonomy_terms/{name}", methods=METHODS)
def term(request: Request, view: ViewDep, catalogue: CatalogueDep, name: str) -> Response:
    return _one(request, view, "taxonomy term", name, catalogue.terms, lambda: catalogue.term(name))


def _given(request: Request, *known: str) -> Mapping[str, str]:
    """The parameters of a request; BadQuery if one is unknown."""
    given = dict(request.query_params)
    listed = request.path_params.get("name") is None
    refuse_others(given, (*PAGE, *known) if listed else known)
    return given


def _one(
    request: Request, view: View, kind: str, name: str, known: Mapping[str, object], made: Callable[[], Object]
) -> Response:
    _given(request)
    if name not in known:
        raise _unknown(kind, name)
    return _answer(request, view, made)


def _page(page: Page, found: Sequence[Found], made: Callable[[Found], Object]) -> Object:
    """One page of what was found, as the standard counts pages: from 1, and an empty one where there is nothing."""
    pages = max(1, -(-len(found) // page.size))
    here = found[(page.number - 1) * page.size : page.number * page.size]
    return {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": page.number,
        "size": len(here),
        "first_page": page.number == 1,
        "last_page": page.number >= pages,
        "empty": not here,
        "contents": [made(each) for each in here],
    }


def _answer(request: Request, view: View, made: Callable[[], Object]) -> Response:
    """The object as JSON, unless the client has it already."""
    request_hash = hashlib.sha256(f"{request.url.path}?{request.url.query}".encode()).hexdigest()[:16]
    tag = etag(view, "oruk", request_hash)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if holds(request.headers, tag):
        return Response(status_code=304, headers=headers)
    return JSONResponse(made(), headers=headers)


def _unknown(kind: str, name: str) -> HTTPException:
    return HTTPException(404, f"there is no {kind} {name[:60]}; /api/oruk/services lists what there is")
