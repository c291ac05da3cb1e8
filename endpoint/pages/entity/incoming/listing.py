"""`/links`: everything that links to a thing by one property, in pages."""

from urllib.parse import urlencode

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from endpoint.pages.entity.incoming.links import Linking, linking, linking_count, words_for
from endpoint.presentation.model.blocks import Notes
from endpoint.presentation.model.page import query_form_href
from endpoint.presentation.model.values import Value
from endpoint.presentation.names import labels
from endpoint.presentation.reading.view import Source, View
from endpoint.presentation.rendering import METHODS, ViewDep, html
from endpoint.presentation.text.pager import Pager, page_number
from graph.model.query import is_iri

__all__ = ["router"]

router = APIRouter()

PER_PAGE = 50


@router.api_route("/links", methods=METHODS)
def links(view: ViewDep, to: str = "", by: str = "", of: str = "", page: str = "1") -> Response:
    chosen = Linking(to, by, of)
    count = view.in_rounds(lambda: linking_count(view, chosen)) if is_iri(to) and is_iri(by) else 0
    if not count:
        raise HTTPException(404, "nothing links to such a thing by such a property; go from the page about the thing")
    pager = Pager(
        count, page_number(page), PER_PAGE, lambda number: "/links?" + urlencode({**chosen.parameters, "page": number})
    )
    title, words, (things, sources) = view.in_rounds(
        lambda: (labels.title(view, to), words_for(view, chosen, count), _things(view, chosen, pager))
    )
    return html(
        "links.html",
        headers={"Cache-Control": "no-cache"},
        thing=title,
        href=view.addresses.page(to),
        words=words,
        things=things,
        sources=sources,
        pager=pager,
        query_href=query_form_href(chosen.query),
    )


def _things(view: View, chosen: Linking, pager: Pager) -> tuple[tuple[Value, ...], list[tuple[int, Source]]]:
    """The things of one page, and the sources that their footnotes name."""
    notes = Notes(view)
    return linking(view, notes, chosen, pager.window), notes.numbered()
