"""Pages of the sample of each kind, filled in over whatever graph a test puts behind them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from endpoint.app import create_app
from endpoint.presentation.reading.view import View
from endpoint.presentation.rendering import view_of
from endpoint.service.release import Served, open_release
from endpoint.store.port import Graph
from tests.support.endpoint.served import BASE

__all__ = ["PAGES", "rendered"]

PAGES: Mapping[str, str] = {
    "front page": "/",
    "organisation": "/doc/organisation/GB-SC-SC900022",
    "charity with returns": "/doc/organisation/GB-CHC-9900129",
    "unregistered group": "/doc/organisation/360G-lathrisk-org%3Amemory-cafe",
    "grant": "/doc/grant/360G-lathrisk-5",
    "funder": "/doc/organisation/GB-SC-SC900058",
    "council": "/doc/area/S12000036",
    "country": "/doc/area/S92000003",
    "data zone": "/doc/area/S01013086",
    "postcode": "/doc/postcode/EH6-7FH",
    "service": "/doc/service/DIR-FIFEORUK-7e678807-728e-5609-a8ce-fd2dbb3c96cb",
    "concept": "/def/oscr-purpose/education",
    "code list": "/def/oscr-purpose",
    "source": "/doc/source/oscr",
    "problem": "/doc/problem/kingdom/hidden-postcode-unknown/KVA-018",
    "link": "/doc/link/GB-SC-SC900112/charity-company/GB-COH-SC990112",
    "observation": "/doc/observation/income-by-area-year/S12000036/2025-26",
    "data set": "/doc/dataset/organisations-by-area-status-form",
    "property": "/doc/ns/income",
    "class": "/doc/ns/Charity",
    "term of others": "/doc/iri?" + urlencode({"iri": "http://www.w3.org/2004/02/skos/core#prefLabel"}),
    "document": "/doc/organisation/GB-SC-SC900022.ttl",
    "table of a data set": "/doc/dataset/organisations-by-area-status-form.csv",
    "catalogue": "/data.ttl",
    "areas": "/areas",
    "quality": "/quality",
    "quality of a source": "/quality/oscr",
    "search": "/search",
    "found": "/search?q=trust",
    "data": "/data",
    "links": "/links?" + urlencode({"to": f"{BASE}id/area/S12000036", "by": "https://w3id.org/civsoc/ns#within"}),
    "query form": "/query",
    "vocabulary": "/ns",
}


def rendered(out: Path, addresses: Iterable[str], graph_of: Callable[[Served], Graph]) -> list[str]:
    """Pages of a release that nobody has looked at yet, one after the other."""
    app, opened = _opened(out)
    served = replace(opened)  # for which nothing is kept yet
    return asyncio.run(_rendered(app, addresses, served, graph_of(served)))


@cache
def _opened(out: Path) -> tuple[FastAPI, Served]:
    return create_app(out), open_release(out / (out / "current").readlink())


def _giving(view: View) -> Callable[[], Awaitable[View]]:
    async def given() -> View:
        return view

    return given


async def _rendered(app: FastAPI, addresses: Iterable[str], served: Served, graph: Graph) -> list[str]:
    texts = list[str]()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        for address in addresses:
            app.dependency_overrides[view_of] = _giving(View(served, graph))
            answer = await client.get(address, headers={"Accept": "text/html, */*;q=0.5"})
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
            texts.append(answer.text)
    return texts
