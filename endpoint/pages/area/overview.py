"""`/areas`: every council with the figures that the cubes have of it, sorted by the column that the reader chooses."""

from fastapi import APIRouter, Response

from endpoint.pages.area.councils import SORTS, councils, in_order
from endpoint.pages.home import counted
from endpoint.presentation.cubes import cubes
from endpoint.presentation.model.page import query_form_href
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, html

__all__ = ["router"]

router = APIRouter()

DEFAULT = "name"


@router.api_route("/areas", methods=METHODS)
def areas(view: ViewDep, sort: str = DEFAULT) -> Response:
    found, home, listed = view.in_rounds(lambda: (councils(view), counted(view), _cubes(view)))
    sort = sort if sort in SORTS else DEFAULT
    return html(
        "areas.html",
        headers={"Cache-Control": "no-cache"},
        rows=in_order(found, sort),
        areas=home.areas,
        countries=len({row.country for row in found.rows}),
        year=found.year,
        sort=sort,
        query_href=query_form_href(found.query),
        cubes=listed,
    )


def _cubes(view: View) -> list[tuple[str, str, str]]:
    """Name, page and table of each cube."""
    return [(view.name(iri), view.addresses.page(iri), view.addresses.document(iri, ".csv")) for iri in cubes(view)]
