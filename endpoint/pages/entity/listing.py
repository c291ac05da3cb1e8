"""`/links`: everything that links to a thing by one property, in pages."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from endpoint.pages.entity.incoming import Linking, linking, linking_count, words_for
from endpoint.presentation import labels
from endpoint.presentation.blocks import Notes
from endpoint.presentation.page import ask_again
from endpoint.presentation.pager import Pager, page_number
from endpoint.presentation.rendering import METHODS, html, view_of
from endpoint.presentation.view import is_iri

__all__ = ["router"]

router = APIRouter()

PER_PAGE = 50


@router.api_route("/links", methods=METHODS)
def links(request: Request, to: str = "", by: str = "", of: str = "", page: str = "1") -> Response:
    view, chosen = view_of(request), Linking(to, by, of)
    count = linking_count(view, chosen) if is_iri(to) and is_iri(by) else 0
    if not count:
        raise HTTPException(404, "nothing links to such a thing by such a property; go from the page about the thing")
    pager = Pager(
        count, page_number(page), PER_PAGE, lambda number: "/links?" + urlencode({**chosen.parameters, "page": number})
    )
    notes = Notes(view)
    return html(
        "links.html",
        headers={"Cache-Control": "no-cache"},
        thing=labels.title(view, to),
        href=view.addresses.page(to),
        words=words_for(view, chosen, count),
        things=linking(view, notes, chosen, PER_PAGE, (pager.page - 1) * PER_PAGE),
        sources=notes.numbered(),
        pager=pager,
        query_href=ask_again(chosen.query),
    )
