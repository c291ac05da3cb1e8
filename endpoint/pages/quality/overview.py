"""`/quality`: what is wrong in the data, by source and rule, with what would fix it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from pyoxigraph import Literal
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from endpoint.dependencies import ReleaseDep
from endpoint.pages.area.coverage import coverage
from endpoint.presentation.model.page import query_form_href
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, html
from endpoint.presentation.source_quality import problems
from endpoint.presentation.text.pager import Pager, page_number
from endpoint.store.port import text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment
from graph.model.problems import DOUBTFUL_VALUE
from graph.release.manifest import SourceEntry

__all__ = ["router"]

router = APIRouter()

PER_PAGE = 50
RULES = "def/problem-rule/"
CELL, FINDING, WARNING = "cell", "finding", "warning"
KINDS = with_prefixes(
    "# Problems by source, column and rule\n"
    "SELECT ?source ?column ?rule ?kind ?finding (COUNT(?problem) AS ?count) WHERE {\n"
    "  ?problem a civ:Problem ; civ:inSource ?source ; civ:rule ?rule ; civ:problemKind ?kind .\n"
    "  OPTIONAL { ?problem civ:column ?column }\n"
    "  BIND(EXISTS { ?problem a civ:Finding } AS ?finding)\n"
    "}\nGROUP BY ?source ?column ?rule ?kind ?finding ORDER BY ?source DESC(?count) ?column ?rule"
)


@dataclass(frozen=True)
class Kind:
    """Problems of one rule in one column; `sort` says how they were found: in a cell, by a cross-check, by a shape."""

    source: str
    column: str
    rule: str
    title: str
    sort: str
    count: int
    href: str


@router.api_route("/quality", methods=METHODS)
def quality(view: ViewDep, source: str = "", column: str = "", rule: str = "", page: str = "1") -> Response:
    kinds, covered, sources = view.in_rounds(lambda: (_kinds(view), coverage(view), view.sources))
    entries = view.served.manifest.sources
    known = {entry.name for entry in entries} | {kind.source for kind in kinds}
    if source and source not in known:
        raise HTTPException(404, f"there is no source {source[:100]}; choose one on /quality")
    wanted = {"source": source, "column": column, "rule": rule}
    chosen = [kind for kind in kinds if _is_wanted(kind, wanted)]
    total = sum(kind.count for kind in chosen)
    pager = Pager(total, page_number(page), PER_PAGE, lambda number: _href(**wanted, page=number))
    query = _problems_query(view, wanted)
    shown = f"{query}\n{pager.window}"
    return html(
        "quality.html",
        headers={"Cache-Control": "no-cache"},
        sources=[_source_row(entry, kinds) for entry in entries],
        titles={source.name: source.title for source in sources.values()},
        kinds=chosen,
        problems=view.in_rounds(lambda: list(problems(view, shown, with_evidence=False))) if total else [],
        wanted=wanted,
        title=next((kind.title for kind in chosen if rule), ""),
        pager=pager,
        query_href=query_form_href(query),
        kinds_href=query_form_href(KINDS),
        coverage=covered,
        coverage_href=query_form_href(covered.query),
    )


@router.api_route("/problems/{name}.csv", methods=METHODS)
def problems_csv(served: ReleaseDep, name: str) -> Response:
    """The fix list of a source, as its release holds it."""
    if f"problems/{name}.csv" not in served.manifest.files:
        raise HTTPException(404, f"there is no list of problems of a source {name[:100]}; see /quality")
    file = served.folder / "problems" / f"{name}.csv"
    return FileResponse(file, media_type="text/csv; charset=utf-8", filename=f"problems-{name}.csv")


@kept
def _kinds(view: View) -> list[Kind]:
    """How many problems of each rule there are in each column."""
    kinds: list[Kind] = []
    for row in view.rows(KINDS):
        rule = text(row, "rule")
        across = text(row, "finding") == "true"
        sort = FINDING if across else WARNING if last_segment(text(row, "kind")) == DOUBTFUL_VALUE else CELL
        place = {"source": last_segment(text(row, "source")), "column": text(row, "column"), "rule": last_segment(rule)}
        kinds.append(
            Kind(**place, title=view.name(rule), sort=sort, count=int(text(row, "count")), href=_href(**place, page=1))
        )
    return kinds


def _is_wanted(kind: Kind, wanted: dict[str, str]) -> bool:
    return all(not value or getattr(kind, name) == value for name, value in wanted.items())


def _href(*, source: str, column: str, rule: str, page: int) -> str:
    given = {"source": source, "column": column, "rule": rule, "page": page if page > 1 else ""}
    return "/quality?" + urlencode({name: value for name, value in given.items() if value})


def _source_row(entry: SourceEntry, kinds: list[Kind]) -> tuple[SourceEntry, int, int, int]:
    """A source, its typing errors, the findings about it, and what the shapes warn of."""
    own = [kind for kind in kinds if kind.source == entry.name]
    cells, findings, warnings = (
        sum(kind.count for kind in own if kind.sort == sort) for sort in (CELL, FINDING, WARNING)
    )
    return entry, cells, findings, warnings


def _problems_query(view: View, wanted: dict[str, str]) -> str:
    """The query for the problems chosen; what the reader typed is in it only as terms that the library has escaped."""
    filters = [f"?source = {view.graph(wanted['source'])}"] if wanted["source"] else []
    filters += [f"?column = {Literal(wanted['column'])}"] if wanted["column"] else []
    filters += [f"STR(?rule) = {Literal(view.base + RULES + wanted['rule'])}"] if wanted["rule"] else []
    only = f"\n  FILTER({' && '.join(filters)})" if filters else ""
    return with_prefixes(
        "# Problems found in the data\nSELECT ?problem ?source ?row ?column ?value ?fault ?remedy ?about WHERE {\n"
        "  ?problem a civ:Problem ; civ:inSource ?source ; civ:rule ?rule ; civ:fault ?fault ; civ:remedy ?remedy .\n"
        "  OPTIONAL { ?problem civ:row ?row }\n  OPTIONAL { ?problem civ:column ?column }\n"
        f"  OPTIONAL {{ ?problem civ:cellValue ?value }}\n  OPTIONAL {{ ?problem civ:about ?about }}{only}\n"
        "}\nORDER BY ?source ?row ?column"
    )
