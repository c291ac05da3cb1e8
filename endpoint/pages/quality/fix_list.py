"""`/quality/<source>`: what people who maintain a source should fix, by kind, and how complete and fresh it is."""

from urllib.parse import urlencode

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

from endpoint.presentation.model.page import query_form_href
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, html
from endpoint.presentation.source_quality import Kind, Problem, kinds, measured, problems, problems_query
from endpoint.presentation.text.pager import Pager, page_number

__all__ = ["router"]

router = APIRouter()

FIRST = 10
"""Problems of a kind that the page of all kinds shows."""
PER_PAGE = 100


@router.api_route("/quality/{source}", methods=METHODS)
def fix_list(view: ViewDep, source: str, kind: str = "", page: str = "1") -> Response:
    entry = view.served.manifest.source(source)
    if entry is None:
        raise HTTPException(404, f"there is no source {source[:100]}; choose one on /quality")
    found, table = view.in_rounds(lambda: (kinds(view, source), measured(view, source)))
    chosen = [it for it in found if not kind or it.code == kind]
    if kind and not chosen:
        raise HTTPException(404, f"nothing of the kind {kind[:100]} was found; see /quality/{source}")
    total = chosen[0].count if kind else 0
    pager = Pager(total, page_number(page), PER_PAGE, lambda number: _href(source, kind, number))
    window = pager.window if kind else f"LIMIT {FIRST}"
    groups = view.in_rounds(lambda: [_group(view, source, it, window) for it in chosen])
    return html(
        "fixlist.html",
        headers={"Cache-Control": "no-cache"},
        source=entry,
        source_href=view.addresses.page(f"{view.base}id/source/{source}"),
        kinds=[(it, _href(source, it.code, 1)) for it in found],
        groups=groups,
        kind=kind,
        pager=pager,
        table=table,
        table_href=query_form_href(table.query),
    )


def _group(view: View, source: str, kind: Kind, window: str) -> tuple[Kind, list[Problem], str, str]:
    """A kind with some of its problems, the page with all of them, and the query for them."""
    query = problems_query(view, source, kind.code)
    return kind, list(problems(view, f"{query}\n{window}")), _href(source, kind.code, 1), query_form_href(query)


def _href(source: str, kind: str, page: int) -> str:
    given = {"kind": kind, **({"page": str(page)} if page > 1 else {})}
    return f"/quality/{source}?{urlencode(given)}"
