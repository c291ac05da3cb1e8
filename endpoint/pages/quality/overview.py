"""`/quality`: what is wrong in the data, by source and kind, with what would mend it."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from pyoxigraph import Literal, NamedNode
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse

from endpoint.dependencies import ReleaseDep
from endpoint.pages.area.coverage import coverage
from endpoint.presentation import labels
from endpoint.presentation.kept import kept
from endpoint.presentation.page import ask_again
from endpoint.presentation.pager import Pager, page_number
from endpoint.presentation.rendering import METHODS, ViewDep, html
from endpoint.presentation.view import View
from endpoint.store.port import text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment
from graph.model.problems import DOUBTFUL_VALUE
from graph.release.manifest import SourceEntry

__all__ = ["router"]

router = APIRouter()

PER_PAGE = 50
CELL, FINDING, WARNING = "cell", "finding", "warning"
PLACE = re.compile(r"\S+:\d+")
KINDS = with_prefixes(
    "# Problems by source and kind\n"
    "SELECT ?source ?column ?fault ?kind ?finding (COUNT(?problem) AS ?count) WHERE {\n"
    "  ?problem a civ:Problem ; civ:inSource ?source ; civ:fault ?fault .\n"
    "  OPTIONAL { ?problem civ:column ?column }\n  OPTIONAL { ?problem civ:problemKind ?kind }\n"
    "  BIND(EXISTS { ?problem a civ:Finding } AS ?finding)\n"
    "}\nGROUP BY ?source ?column ?fault ?kind ?finding ORDER BY ?source DESC(?count) ?column"
)


@dataclass(frozen=True)
class Kind:
    """Problems of one kind in one source; `sort` says how they were found: in a cell, by a look across, by a shape."""

    source: str
    column: str
    fault: str
    sort: str
    count: int
    href: str


@dataclass(frozen=True)
class Problem:
    """One problem as a row."""

    href: str
    row: str
    column: str
    value: str
    fault: str
    remedy: str
    about: str
    about_href: str


@router.api_route("/quality", methods=METHODS)
def quality(view: ViewDep, source: str = "", column: str = "", fault: str = "", page: str = "1") -> Response:
    kinds, covered, sources = view.in_rounds(lambda: (_kinds(view), coverage(view), view.sources))
    entries = view.served.manifest.sources
    known = {entry.name for entry in entries} | {kind.source for kind in kinds}
    if source and source not in known:
        raise HTTPException(404, f"there is no source {source[:100]}; choose one on /quality")
    wanted = {"source": source, "column": column, "fault": fault}
    chosen = [kind for kind in kinds if _is_wanted(kind, wanted)]
    total = sum(kind.count for kind in chosen)
    pager = Pager(total, page_number(page), PER_PAGE, lambda number: _href(**wanted, page=number))
    query = _problems_query(view, wanted)
    return html(
        "quality.html",
        headers={"Cache-Control": "no-cache"},
        sources=[_source_row(entry, kinds) for entry in entries],
        titles={source.name: source.title for source in sources.values()},
        kinds=chosen,
        problems=view.in_rounds(lambda: _problems(view, f"{query}\n{pager.window}")) if total else [],
        wanted=wanted,
        pager=pager,
        query_href=ask_again(query),
        kinds_href=ask_again(KINDS),
        coverage=covered,
        coverage_href=ask_again(covered.query),
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
    """Faults that differ only in the places that they name count as one kind."""
    found: dict[tuple[str, str, str, str], list[tuple[str, int]]] = {}
    for row in view.rows(KINDS):
        name = last_segment(text(row, "source"))
        column, kind = text(row, "column"), text(row, "kind")
        fault, across = text(row, "fault"), text(row, "finding") == "true"
        words = view.name(kind) if across else PLACE.sub("…", fault)  # findings name what they rest on
        sort = FINDING if across else WARNING if kind.endswith(f"/{DOUBTFUL_VALUE}") else CELL
        same = found.setdefault((name, column, words, sort), [])
        same.append((fault, int(text(row, "count"))))
    kinds = [_kind(*key, same) for key, same in found.items()]
    return sorted(kinds, key=lambda kind: (kind.source, -kind.count, kind.column))


def _kind(source: str, column: str, fault: str, sort: str, same: list[tuple[str, int]]) -> Kind:
    # One fault can be asked for by its words; several that are alike only by their column.
    words = same[0][0] if len(same) == 1 else ""
    href = _href(source=source, column=column, fault=words, page=1)
    return Kind(source, column, words or fault, sort, sum(count for _, count in same), href)


def _is_wanted(kind: Kind, wanted: dict[str, str]) -> bool:
    return all(not value or getattr(kind, name) == value for name, value in wanted.items())


def _href(*, source: str, column: str, fault: str, page: int) -> str:
    given = {"source": source, "column": column, "fault": fault, "page": page if page > 1 else ""}
    return "/quality?" + urlencode({name: value for name, value in given.items() if value})


def _source_row(entry: SourceEntry, kinds: list[Kind]) -> tuple[SourceEntry, int, int, int]:
    """A source, its faults in cells, the findings about it, and what the shapes warn of."""
    own = [kind for kind in kinds if kind.source == entry.name]
    cells, findings, warnings = (
        sum(kind.count for kind in own if kind.sort == sort) for sort in (CELL, FINDING, WARNING)
    )
    return entry, cells, findings, warnings


def _problems_query(view: View, wanted: dict[str, str]) -> str:
    """The query for the problems chosen; what the reader typed is in it only as terms that the library has escaped."""
    filters = [f"?source = {NamedNode(view.base + 'id/source/' + wanted['source'])}"] if wanted["source"] else []
    filters += [f"?{name} = {Literal(wanted[name])}" for name in ("column", "fault") if wanted[name]]
    only = f"\n  FILTER({' && '.join(filters)})" if filters else ""
    return with_prefixes(
        "# Problems found in the data\nSELECT ?problem ?source ?row ?column ?value ?fault ?remedy ?about WHERE {\n"
        "  ?problem a civ:Problem ; civ:inSource ?source ; civ:fault ?fault ; civ:remedy ?remedy .\n"
        "  OPTIONAL { ?problem civ:row ?row }\n  OPTIONAL { ?problem civ:column ?column }\n"
        f"  OPTIONAL {{ ?problem civ:cellValue ?value }}\n  OPTIONAL {{ ?problem civ:about ?about }}{only}\n"
        "}\nORDER BY ?source ?row ?column"
    )


def _problems(view: View, query: str) -> list[Problem]:
    found: list[Problem] = []
    for row in view.rows(query):
        about = text(row, "about")
        found.append(
            Problem(
                view.addresses.page(text(row, "problem")),
                text(row, "row"),
                text(row, "column"),
                text(row, "value"),
                text(row, "fault"),
                text(row, "remedy"),
                labels.title(view, about) if about else "",
                view.addresses.page(about) if about else "",
            )
        )
    return found
