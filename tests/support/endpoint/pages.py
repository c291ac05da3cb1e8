"""Pages of the sample that many tests look at, and how they get them."""

from pathlib import Path
from urllib.parse import quote

from endpoint.presentation.text.addresses import Addresses
from tests.support.endpoint.served import BASE
from tests.support.endpoint.serving import Server
from tests.support.endpoint.site import Html, read_html
from tests.support.paths import ROOT

CHARITY = "/doc/organisation/GB-SC-SC900020"
SUCCEEDED = "/doc/organisation/GB-SC-SC910003"
MERGED = "/doc/organisation/GB-SC-SC900022"
FAULTY = "/doc/organisation/GB-SC-SC900061"
ADDRESSES = Addresses(BASE)


def page(site: Server, path: str, status: int = 200) -> Html:
    answer = site.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
    return read_html(answer.text)


def release(out: Path) -> Path:
    return out / (out / "current").readlink()


def answer_of(site: Server, name: str) -> Html:
    """The page that answers an example query."""
    query = (ROOT / "endpoint" / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    return page(site, "/query?query=" + quote(query, safe=""))
