"""Feeds in pages, served by a real server of this machine, and what fetching them leaves."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from tests.support.paths import fixture_folder
from tests.support.publishing import Answer, Site, site

ALISS = fixture_folder("aliss")
Query = Mapping[str, str]


@contextmanager
def aliss_site() -> Generator[Site]:
    """A server with two pages of ALISS."""
    pages = [json.loads((ALISS / name).read_text("utf-8")) for name in ("v4-services-search.json", "v3-search.json")]

    def answer(_path: str, query: Query) -> Answer:
        number = int(query.get("page", "1"))
        return Answer.json({**pages[number - 1], "count": 4, "next": f"{at.url}/api/?page=2" if number == 1 else None})

    with site(answer) as at:
        yield at
