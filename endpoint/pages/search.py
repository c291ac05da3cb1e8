"""`/search`: things by name, part of a name, former name or number, for people and for programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from endpoint.http.headers import accepted
from endpoint.http.negotiation import HTML, JSON, choose
from endpoint.pages.home import counted, example_of
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import METHODS, ViewDep, html
from endpoint.presentation.text.pager import Pager, page_number
from graph.release.search import Hit

__all__ = ["router"]

router = APIRouter()

PER_PAGE = 20
MOST_PAGES = 500
LONGEST = 300
WORDS = ("trust", "community", "club", "group", "choir")
"""Words that many names have; those that this release has are shown as examples."""
NUMBERED = re.compile(r"/(?P<list>GB-[A-Z]+)-(?P<number>(?P<letters>[A-Z]*)(?P<digits>\d+))$")


@dataclass(frozen=True)
class Result:
    """A hit as a row; `why` says what was found if that is not its name."""

    hit: Hit
    href: str
    why: str


@dataclass(frozen=True)
class Examples:
    """What the empty search page offers: words, spellings of one number, an area and a purpose."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    others: tuple[str, ...]


@router.api_route("/search", methods=METHODS)
def search(request: Request, view: ViewDep, q: str = "", page: str = "1") -> Response:
    text = " ".join(q[:LONGEST].split())
    number = min(page_number(page), MOST_PAGES)
    hits = view.served.search.find(text, PER_PAGE, (number - 1) * PER_PAGE)
    results = [_result(view, hit) for hit in hits.hits]
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if choose(accepted(request.headers), None, (HTML, JSON)).format is JSON:
        return JSONResponse(_body(text, hits.total, number, hits.hits), headers=headers)
    exact = results[0] if number == 1 and results and results[0].why.startswith("number: ") else None
    pager = Pager(hits.total, number, PER_PAGE, lambda other: "/search?" + urlencode({"q": text, "page": other}))
    return html(
        "search.html",
        headers=headers,
        q=text,
        total=hits.total,
        results=results,
        exact=exact,
        pager=pager,
        examples=None if text else view.in_rounds(lambda: _examples(view)),
    )


@kept
def _examples(view: View) -> Examples:
    """What a visitor may look for, so that something is found."""
    home = counted(view)
    fitting = [word for word in WORDS if _names_one(view, word)][:2]
    listed = (home.areas, *(tallies for _, _, tallies in home.purposes))
    often = [max(tallies, key=lambda tally: tally.count).label for tallies in listed[:2] if tallies]
    return Examples(tuple(fitting), tuple(_spellings(example_of(view))), tuple(often))


def _names_one(view: View, word: str) -> bool:
    return any(hit.kind == "organisation" for hit in view.served.search.find(word, 5).hits)


def _spellings(iri: str) -> Iterator[str]:
    """The ways in which people write the number of an organisation on a register."""
    if found := NUMBERED.search(iri):
        number, letters, digits = found["number"], found["letters"], found["digits"]
        yield from dict.fromkeys((number, f"{letters.lower()} {digits}".strip(), f"{found['list']}-{number}"))


def _result(view: View, hit: Hit) -> Result:
    return Result(hit, view.addresses.page(hit.iri), "" if hit.matched == hit.name else hit.matched)


def _body(text: str, total: int, page: int, hits: list[Hit]) -> dict[str, object]:
    names = ("iri", "name", "kind", "number", "status", "place", "matched")
    rows = [{name: getattr(hit, name) for name in names} for hit in hits]
    return {"q": text, "total": total, "page": page, "per_page": PER_PAGE, "results": rows}
