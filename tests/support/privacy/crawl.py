"""The pages of a running server: what a visitor reaches, each thing in each form, so many of a kind."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import read_html
from tests.support.privacy.known import Known
from tests.support.privacy.patterns import Leak
from tests.support.privacy.release import text_leaks

STARTS = (
    "/",
    "/areas",
    "/data",
    "/data.ttl",
    "/data/360giving.json",
    "/links",
    "/ns",
    "/ns.ttl",
    "/quality",
    "/search",
    "/search?q=trust",
    "/search?q=example",
    "/query",
    "/.well-known/void",
    "/health",
)
FORMS = (".ttl", ".nt", ".jsonld", ".rdf", ".csv")
MARKUP = re.compile(r"<style.*?</style>|\s+(?:d|points|viewBox)=\"[^\"]*\"", re.DOTALL)
"""Parts of a page that no reader sees as text, such as the lines of a drawing."""


def pages(site: Server, most: int) -> Iterator[tuple[str, str]]:
    """Addresses and texts: pages linked from those above, and things in all forms, at most so many of each kind."""
    waiting, seen, taken = deque[str](STARTS), set[str](STARTS), Counter[str]()
    while waiting:
        address = waiting.popleft()
        answer = site.client.get(address, headers={"Accept": "text/html, */*;q=0.5"}, follow_redirects=True)
        yield address, answer.text
        if "html" not in answer.headers.get("content-type", ""):
            continue
        for link in read_html(answer.text).links:
            path = link.partition("#")[0]
            if not path.startswith("/") or path in seen or path.endswith((".nq.gz", ".png", ".css")):
                continue
            seen.add(path)
            taken[kind := _kind(path)] += 1
            if taken[kind] <= most:
                waiting.append(path)
                waiting.extend(f"{path}{form}" for form in FORMS if kind.startswith("doc/") and "?" not in path)


def page_leaks(site: Server, known: Known, most: int) -> Iterator[Leak]:
    """Everything personal on the pages."""
    for address, text in pages(site, most):
        yield from text_leaks(address, MARKUP.sub(" ", text).splitlines(), known)


def _kind(path: str) -> str:
    """What pages are counted together: those of one kind of thing, or of one service."""
    parts = urlsplit(path).path.strip("/").split("/")
    return "/".join(parts[:2]) if parts[0] in ("doc", "id", "def", "problems") else parts[0]
