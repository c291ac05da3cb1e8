"""`/quality/<source>`: what whoever keeps a source should mend, by kind, and how complete and fresh it is."""

from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from endpoint.presentation.page import ask_again
from endpoint.presentation.pager import Pager, page_number
from endpoint.presentation.rendering import METHODS, html, view_of
from endpoint.presentation.source_quality import kinds, measured, problems, problems_query

__all__ = ["router"]

router = APIRouter()

FIRST = 10
"""Problems of a kind that the page of all kinds shows."""
PER_PAGE = 100


@router.api_route("/quality/{source}", methods=METHODS)
def fix_list(request: Request, source: str, kind: str = "", page: str = "1") -> Response:
    view = view_of(request)
    entry = view.served.manifest.source(source)
    if entry is None:
        raise HTTPException(404, f"there is no source {source[:100]}; choose one on /quality")
    found = view.once(("fix list", source), lambda: kinds(view, source))
    chosen = [it for it in found if not kind or it.code == kind]
    if kind and not chosen:
        raise HTTPException(404, f"nothing of the kind {kind[:100]} was found; see /quality/{source}")
    total = chosen[0].count if kind else 0
    pager = Pager(total, page_number(page), PER_PAGE, lambda number: _href(source, kind, number))
    window = f"LIMIT {PER_PAGE} OFFSET {(pager.page - 1) * PER_PAGE}" if kind else f"LIMIT {FIRST}"
    groups = [
        (it, list(islice(problems(view, f"{query}\n{window}"), PER_PAGE)), _href(source, it.code, 1), ask_again(query))
        for it in chosen
        for query in [problems_query(view, source, it.code)]
    ]
    table = view.once(("measured", source), lambda: measured(view, source))
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
        table_href=ask_again(table.query),
    )


def _href(source: str, kind: str, page: int) -> str:
    given = {"kind": kind, **({"page": str(page)} if page > 1 else {})}
    return f"/quality/{source}?{urlencode(given)}"
