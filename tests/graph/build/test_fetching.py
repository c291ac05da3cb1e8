"""Builds that fetch pages."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.build.plan import read_plan
from graph.build.run import build
from tests.support.feeds import Query, aliss_site
from tests.support.paths import ROOT
from tests.support.publishing import Answer, Site, site

SAMPLE = ROOT / "sample"


@pytest.fixture
def aliss() -> Iterator[Site]:
    with aliss_site() as site:
        yield site


def test_a_build_fetches_the_pages_of_a_source_whose_metadata_say_so(aliss: Site, tmp_path: Path) -> None:
    text = f'[sources.aliss]\nurl = "{aliss.url}/api/"\nexpect = {{ rows = 4, problems = 9.0 }}\n'
    (tmp_path / "build.toml").write_text(text, encoding="utf-8")
    first, second = (build(read_plan(tmp_path / "build.toml")).source("aliss") for _ in range(2))
    assert first and second
    assert (first.rows, list(first.sha256)) == (4, ["page-00001.json", "page-00002.json"])
    assert second.sha256 == first.sha256
    assert first.date == datetime.now(UTC).date()
    assert aliss.asked == ["/api/", "/api/?page=2"]


def test_a_build_fetches_services_of_open_referral_in_full(tmp_path: Path) -> None:
    page = json.loads((SAMPLE / "directories" / "fife-oruk.json").read_text("utf-8"))
    whole = {f"/services/{service['id']}": service for service in page["contents"]}
    listed = {**page, "contents": [{"id": each["id"], "name": each["name"]} for each in page["contents"]]}

    def answer(path: str, _query: Query) -> Answer:
        return Answer.json(listed if path == "/services" else whole[path])

    with site(answer) as at:
        text = (SAMPLE / "civsoc.toml").read_text("utf-8").partition("[sources.fife_oruk]")[2].partition("\n\n")[0]
        text = f"[sources.fife_oruk]{text}".replace('file = "directories/fife-oruk.json"', f'url = "{at.url}/services"')
        (tmp_path / "build.toml").write_text(f"{text}\nexpect = {{ problems = 9.0 }}\n", encoding="utf-8")
        manifest = build(read_plan(tmp_path / "build.toml"))
        fetched = manifest.source("fife_oruk")
    assert fetched and (fetched.rows, list(fetched.sha256)) == (4, ["services.json"])
    assert at.asked == ["/services", *whole]
