"""`/data`: the whole graph to take away, and what it is made from."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, StreamingResponse

from endpoint.dependencies import ReleaseDep
from endpoint.http.headers import accepted, holds
from endpoint.http.negotiation import HTML, choose
from endpoint.pages.entity.organisation.grants import has_grants
from endpoint.pages.entity.page import canonical
from endpoint.presentation import documents
from endpoint.presentation.names import labels
from endpoint.presentation.reading.view import Source, View
from endpoint.presentation.rendering import METHODS, ViewDep, etag, html
from graph.export import threesixty
from graph.model.terms import CIV, SCHEMA

__all__ = ["router"]

router = APIRouter()

DUMP = ".nq.gz"
OFFERED = (HTML, *(form for form in documents.FORMATS if form.name != "csv"))


@dataclass(frozen=True)
class Dump:
    """A named graph as a file."""

    name: str
    title: str
    href: str
    page: str
    size: int
    sha256: str
    source: Source | None


@router.api_route("/data{suffix}", methods=METHODS)
@router.api_route("/data", methods=METHODS)
def data(request: Request, view: ViewDep, suffix: str = "") -> Response:
    """The files; for programs, the catalogue (DCAT) of what they are made from."""
    if suffix not in ("", *(f".{form.name}" for form in OFFERED)):
        raise HTTPException(404, f"{request.url.path[:200]}: there is no such page; see /data")
    choice = choose(accepted(request.headers), suffix[1:] or None, OFFERED)
    headers = {"Vary": "Accept", "ETag": etag(view, choice.format.name), "Cache-Control": "no-cache"}
    if holds(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if choice.format is HTML:
        dumps, grants, services = view.in_rounds(
            lambda: (_dumps(view), view.any_of(CIV.Grant), view.any_of(SCHEMA.Service))
        )
        shown = {"dumps": dumps, "grants": grants, "services": services}
        return html("data.html", 200, headers, **shown, manifest=view.served.manifest, base=view.base)
    triples = documents.graph_named(view, "catalogue")
    return Response(documents.written(triples, choice.format), headers=headers, media_type=choice.content_type)


@router.api_route("/data/360giving.json", methods=METHODS)
@router.api_route("/data/360giving/{funder}.json", methods=METHODS)
def grants(request: Request, view: ViewDep, funder: str = "") -> Response:
    """All grants, or those of one funder, as a package of the 360Giving Data Standard."""
    iri = canonical(view, f"{view.base}id/organisation/{quote(funder, safe='-._~')}") if funder else None
    if (not funder and not view.any_of(CIV.Grant)) or (iri and not has_grants(view, iri, SCHEMA.funder)):
        raise HTTPException(404, f"there are no grants of {funder[:100] or 'anybody'}; see /data")
    title = f"Grants made by {labels.title(view, iri)}" if iri else "Grants"
    headers = {"ETag": etag(view, f"360giving-{funder}"), "Cache-Control": "no-cache"}
    if holds(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    text = threesixty.package(view.served.store, title, iri)
    return StreamingResponse(text, media_type="application/json", headers=headers)


@router.api_route("/data/{name}", methods=METHODS)
def file(request: Request, served: ReleaseDep, name: str) -> Response:
    """A file of the release, by the names that the release itself lists."""
    path = f"dumps/{name}" if name.endswith(DUMP) else name
    if (
        path not in served.manifest.files
        or path.count("/") > 1
        or not name.endswith((DUMP, "report.txt", "report.ttl"))
    ):
        raise HTTPException(404, f"there is no file {name[:100]}; /data lists those there are")
    kind = "application/gzip" if name.endswith(DUMP) else "text/plain; charset=utf-8"
    kind = "text/turtle; charset=utf-8" if name.endswith(".ttl") else kind
    headers = {"ETag": f'"{served.manifest.files[path]}"', "Cache-Control": "no-cache"}
    if holds(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(served.folder / path, media_type=kind, headers=headers)


@router.api_route("/.well-known/void", methods=METHODS)
def void() -> Response:
    """Where programs look for a description of the data (https://www.w3.org/TR/void/#well-known)."""
    return RedirectResponse("/data", 303)


def _dumps(view: View) -> list[Dump]:
    folder = view.served.folder
    found: list[Dump] = []
    for path, checksum in sorted(view.served.manifest.files.items()):
        if path.startswith("dumps/") and path.endswith(DUMP):
            name = path.removeprefix("dumps/").removesuffix(DUMP)
            source = view.sources.get(f"{view.base}id/source/{name}")
            title = source.title if source else name
            size = (folder / path).stat().st_size
            found.append(Dump(name, title, f"/data/{name}{DUMP}", f"/doc/source/{name}", size, checksum, source))
    return sorted(found, key=lambda dump: (not (dump.source and dump.source.licence), dump.name))  # own graphs last
