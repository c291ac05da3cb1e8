"""`/areas`: every council with the figures that the cubes have of it, sorted by the column that the reader chooses."""

from fastapi import APIRouter, Request, Response

from endpoint.pages.area.councils import SORTS, councils, in_order
from endpoint.pages.home import counted
from endpoint.presentation.cubes import cubes
from endpoint.presentation.page import ask_again
from endpoint.presentation.rendering import METHODS, html, view_of

__all__ = ["router"]

router = APIRouter()

DEFAULT = "name"


@router.api_route("/areas", methods=METHODS)
def areas(request: Request, sort: str = DEFAULT) -> Response:
    view = view_of(request)
    found = councils(view)
    sort = sort if sort in SORTS else DEFAULT
    return html(
        "areas.html",
        headers={"Cache-Control": "no-cache"},
        rows=in_order(found, sort),
        areas=counted(view).areas,
        countries=len({row.country for row in found.rows}),
        year=found.year,
        sort=sort,
        query_href=ask_again(found.query),
        cubes=[(view.name(iri), view.addresses.page(iri), view.addresses.document(iri, ".csv")) for iri in cubes(view)],
    )
