"""The registry of 360Giving, fetched with its files from a real server: each is whole, or told of."""

import datetime
import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from graph.acquisition.fetching.registry import fetch_registry
from graph.acquisition.readers.threesixty.registry import datasets
from graph.build.plan import read_plan
from graph.build.run import build
from graph.errors import InputError
from graph.model import iri
from graph.release.names import CURRENT
from tests.support.paths import ROOT
from tests.support.publishing import Answer, Site, site

GRANTS = ROOT / "sample" / "grants"
BY, BY_NC = "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by-nc/4.0/"
TODAY = datetime.date(2026, 11, 21)


def entry(identifier: str, address: str, licence: str, publisher: str = "Kelvin Example Trust") -> dict[str, object]:
    return {
        "identifier": identifier,
        "title": f"Grants {identifier}",
        "license": licence,
        "modified": "2026-01-01T00:00:00.000+0000",
        "publisher": {"name": publisher, "prefix": "360G-kelvin"},
        "distribution": [{"downloadURL": address, "title": "Grants"}],
    }


@pytest.fixture
def registry() -> Iterator[Site]:
    """A server with a registry of five files, of which two can be had and may be used."""

    def answer(path: str, _: Mapping[str, str]) -> Answer:
        if path == "/data.json":
            return Answer.json([
                entry("a001", f"{at.url}/kelvin?format=json", BY),
                entry("b002", f"{at.url}/balmurrich.csv", BY, "Balmurrich"),
                entry("c003", f"{at.url}/closed.json", BY_NC),
                entry("d004", f"{at.url}/unlicensed.json", ""),
                entry("e005", f"{at.url}/missing.xlsx", BY),
                entry("../f006", f"{at.url}/kelvin", BY),
            ])  # fmt: skip
        file = {"/kelvin": GRANTS / "kelvin.json", "/balmurrich.csv": GRANTS / "balmurrich.csv"}.get(path)
        return Answer(file.read_bytes(), headers={"Content-Type": "text/csv"}) if file else Answer(status=404)

    with site(answer) as at:
        yield at


def fetched(at: Site, folder: Path) -> tuple[list[str], list[str]]:
    """The names of the files that were had, and what was told."""
    said: list[str] = []
    files, _ = fetch_registry(f"{at.url}/data.json", folder, TODAY, said.append, waits=(), pause=0.0)
    return [path.name for path in files], said


def test_files_are_called_by_their_identifiers_and_what_is_left_out_is_told(registry: Site, tmp_path: Path) -> None:
    names, said = fetched(registry, tmp_path)
    assert names == ["registry.json", "a001", "b002.csv"]
    assert (tmp_path / "datasets" / "a001").read_bytes() == (GRANTS / "kelvin.json").read_bytes()
    assert said == [
        f"c003 of Kelvin Example Trust is left out: its licence ({BY_NC}) does not let anybody reuse it",
        "d004 of Kelvin Example Trust is left out: its licence (none) does not let anybody reuse it",
        f"e005 of Kelvin Example Trust is left out: {registry.url}/missing.xlsx: answers 404; "
        "correct the url, or give a file",
        "../f006 of Kelvin Example Trust is left out: it has no usable identifier",
        f"{registry.url}/data.json: 2 of 6 files of grants",
    ]
    assert not [path for path in registry.asked if "closed" in path or "unlicensed" in path]


def test_a_file_that_is_held_stands_in_for_one_that_is_gone(registry: Site, tmp_path: Path) -> None:
    fetched(registry, tmp_path)
    plain = registry.answer
    registry.answer = lambda path, query: Answer(status=404) if path == "/kelvin" else plain(path, query)
    names, said = fetched(registry, tmp_path)
    assert names == ["registry.json", "a001", "b002.csv"]
    assert f"a001 of Kelvin Example Trust is as of {TODAY}" in said[0]


def test_a_registry_of_which_nothing_can_be_had_is_refused(registry: Site, tmp_path: Path) -> None:
    plain = registry.answer
    registry.answer = lambda path, query: plain(path, query) if path == "/data.json" else Answer(status=404)
    with pytest.raises(InputError, match="lists 6 files of grants, of which none could be had"):
        fetched(registry, tmp_path)


def test_a_build_takes_publisher_and_licence_of_each_file_from_the_registry(registry: Site, tmp_path: Path) -> None:
    text = f'[sources.threesixty]\nurl = "{registry.url}/data.json"\nexpect = {{ rows = 1, problems = 9.0 }}\n'
    (tmp_path / "build.toml").write_text(text, encoding="utf-8")
    manifest = build(read_plan(tmp_path / "build.toml"))
    held = manifest.source("threesixty")
    assert held and set(held.sha256) == {"registry.json", "a001", "b002.csv"}
    with gzip.open(tmp_path / "out" / CURRENT / "dumps" / "threesixty.nq.gz", "rt", encoding="utf-8") as dump:
        said = [line for line in dump if line.startswith(f"<{iri.DEFAULT_BASE}id/grant-file/a001>")]
    for fact in ('"Kelvin Example Trust"', f"<{BY}>", "Grants a001"):
        assert [line for line in said if fact in line], fact


def test_licences_of_the_real_registry_are_told_apart(real_data: Path) -> None:
    found = list(datasets(real_data / "grants" / "360giving-registry" / "registry-2021-02.json"))
    assert len(found) == 323
    assert [dataset for dataset in found if not dataset.may_be_reused] == []
    raw = json.loads((real_data / "grants" / "360giving-registry" / "registry-2021-02.json").read_text("utf-8"))
    assert {each["license"] for each in raw} == {dataset.licence for dataset in found}
