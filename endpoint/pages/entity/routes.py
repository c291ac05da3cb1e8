"""`/id`, `/doc`, `/def` and `/ns`: where IRIs lead. A thing redirects to its document, a document is negotiated."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from endpoint.http.headers import accepted, holds
from endpoint.http.negotiation import CSV, HTML, Format, choose
from endpoint.pages.entity.page import canonical, page_of
from endpoint.pages.entity.terms import terms_of
from endpoint.presentation import documents
from endpoint.presentation.cubes import as_csv, is_cube
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, etag, html
from endpoint.presentation.text.addresses import spellings
from graph.model.query import is_iri
from graph.model.terms import CIV

__all__ = ["router"]

router = APIRouter()

OFFERED: tuple[Format, ...] = (HTML, *documents.FORMATS)
SUFFIXES = {f".{form.name}": form.name for form in OFFERED}


@router.api_route("/id/{path:path}", methods=METHODS)
def thing(request: Request, view: ViewDep) -> Response:
    """A thing is not a document: 303 to the one about it, 301 to the identifier that took its place."""
    path = _raw(request, "/id/")
    query = f"?{request.url.query}" if request.url.query else ""
    for spelling in spellings(path):
        iri = f"{view.base}id/{spelling}"
        if is_iri(iri) and (target := canonical(view, iri)) != iri:
            return RedirectResponse(view.addresses.place(target) + query, 301)
    return RedirectResponse(f"/doc/{path}{query}", 303)


@router.api_route("/doc/iri{suffix}", methods=METHODS)
@router.api_route("/doc/iri", methods=METHODS)
def any_iri(request: Request, view: ViewDep, iri: str = "", suffix: str = "") -> Response:
    """The document about an IRI that has no address here: one of others, or of none."""
    iri = iri.strip().removeprefix("<").removesuffix(">")
    if suffix not in ("", *SUFFIXES):
        raise _unknown(request.url.path)
    if not is_iri(iri) or not view.knows(iri):
        raise _unknown(iri or "an empty IRI")
    if view.addresses.owns(iri):
        return RedirectResponse(view.addresses.document(iri, suffix), 303)
    return _document(request, view, iri, suffix)


@router.api_route("/doc/ns/{path:path}", methods=METHODS)
def term(request: Request, view: ViewDep) -> Response:
    return _found(request, view, CIV.base, _raw(request, "/doc/ns/"))


@router.api_route("/doc/{path:path}", methods=METHODS)
def document(request: Request, view: ViewDep) -> Response:
    path = _raw(request, "/doc/")
    if path.startswith("def/"):
        return RedirectResponse(f"/{path}", 301)
    return _found(request, view, f"{view.base}id/", path)


@router.api_route("/def/{path:path}", methods=METHODS)
def concept(request: Request, view: ViewDep) -> Response:
    """A code list or an entry of one: information itself, so it is negotiated in place."""
    return _found(request, view, f"{view.base}def/", _raw(request, "/def/"))


@router.api_route("/ns{suffix}", methods=METHODS)
@router.api_route("/ns", methods=METHODS)
def vocabulary(request: Request, view: ViewDep, suffix: str = "") -> Response:
    """The vocabulary: every term on one page, or as RDF."""
    if suffix not in ("", *SUFFIXES):
        raise _unknown(request.url.path)
    choice = choose(accepted(request.headers), suffix[1:] or None, OFFERED)
    headers = _headers(view, "/ns", choice.format)
    if holds(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if choice.format is HTML:
        return html("vocabulary.html", headers=headers, groups=view.in_rounds(lambda: terms_of(view)))
    body = documents.written(documents.vocabulary(view), choice.format)
    return Response(body, headers=headers, media_type=choice.content_type)


def _found(request: Request, view: View, space: str, path: str) -> Response:
    """The document at a path, which may end in a suffix; an identifier may hold dots itself, so it is tried whole."""
    stem, suffix = _split(path)
    tried = [(space + it, end) for name, end in ((path, ""), (stem, suffix)) for it in spellings(name)]
    known = view.in_rounds(lambda: [(iri, end) for iri, end in tried if is_iri(iri) and view.knows(iri)])
    if not known:
        raise _unknown(space + path)
    return _document(request, view, *known[0])


def _document(request: Request, view: View, iri: str, suffix: str) -> Response:
    if (target := canonical(view, iri)) != iri:
        return RedirectResponse(view.addresses.document(target, suffix), 301)
    choice = choose(accepted(request.headers), suffix[1:] or None, OFFERED)
    headers = _headers(view, view.addresses.page(iri), choice.format)
    if holds(request.headers, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if choice.format is HTML:
        return html("entity.html", headers=headers, page=page_of(view, iri), formats=_links(view, iri))
    return Response(_written(view, iri, choice.format), headers=headers, media_type=choice.content_type)


def _written(view: View, iri: str, form: Format) -> bytes:
    """The document in one of the formats; for a spreadsheet, a data cube is given as its own table."""
    if form is CSV and is_cube(view, iri):
        return view.in_rounds(lambda: as_csv(view, iri))
    return documents.written(view.in_rounds(lambda: documents.about(view, iri)), form)


def _headers(view: View, page: str, form: Format) -> dict[str, str]:
    path, mark, query = page.partition("?")
    places = {offered: f"{path}.{offered.name}{mark}{query}" for offered in OFFERED}
    links = [f'<{quote(view.base, safe=":/%@")}{page[1:]}>; rel="canonical"']
    links += [
        f'<{place}>; rel="alternate"; type="{offered.media_type}"'
        for offered, place in places.items()
        if offered is not form
    ]
    links.append(f'<{places[documents.FORMATS[0]]}>; rel="describedby"; type="text/turtle"')
    return {
        "Vary": "Accept",
        "ETag": etag(view, form.name),
        "Link": ", ".join(links),
        "Content-Location": places[form],
        "Cache-Control": "no-cache",
    }


def _links(view: View, iri: str) -> list[tuple[str, str, str]]:
    """Label, address and media type of each format of RDF."""
    return [(form.label, view.addresses.document(iri, f".{form.name}"), form.media_type) for form in documents.FORMATS]


def _split(path: str) -> tuple[str, str]:
    """A path without its suffix, and the suffix; only known ones count.

    >>> _split("organisation/GB-SC-SC012345.ttl"), _split("link/v1.2")
    (('organisation/GB-SC-SC012345', '.ttl'), ('link/v1.2', ''))
    """
    return next(((path.removesuffix(end), end) for end in SUFFIXES if path.endswith(end)), (path, ""))


def _raw(request: Request, prefix: str) -> str:
    """The rest of the path as the client sent it: an IRI may hold percent-encoded characters."""
    raw: bytes = request.scope.get("raw_path") or quote(request.url.path).encode()
    return raw.decode("ascii", "replace").split("?")[0].removeprefix(prefix)


def _unknown(what: str) -> HTTPException:
    return HTTPException(404, f"we have nothing on {what[:300]}; look for it by name or number")
