"""No personal data in a release or on its pages: looked for everywhere, and found where it was planted."""

import csv
import gzip
import shutil
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pyoxigraph as ox
import pytest
from tantivy import Document, Index

from graph.build.plan import read_plan
from graph.build.run import build
from graph.model.terms import quoted
from tests.support.builds.charities import write_build_file, write_register
from tests.support.endpoint.serving import Server, serving
from tests.support.privacy.crawl import page_leaks
from tests.support.privacy.known import Known, known
from tests.support.privacy.patterns import Leak, emails, leaks, phones, typed
from tests.support.privacy.planting import Planted, planted_sample
from tests.support.privacy.release import dump_leaks, release_leaks, store_leaks
from tests.support.real_build import BUILD_FILE, Built

FEW_PAGES, MOST_PAGES = 3, 12
"""Pages of each kind of thing that are looked at, each thing in six forms: at each change, and in a crawl."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The sample with every personal column filled, and e-mails and telephones in its texts, built."""
    made = planted_sample(tmp_path_factory.mktemp("planted") / "sample")
    build(read_plan(made.build_file))
    return made


@pytest.fixture(scope="module")
def personal(planted: Planted) -> Known:
    """The personal values of its files, as its metadata name their columns."""
    return known(read_plan(planted.build_file))


@pytest.fixture(scope="module")
def planted_site(planted: Planted) -> Generator[Server]:
    """A server over it."""
    with serving(planted.build_file.parent / "out", workers=2, long_queries=1) as running:
        yield running


def test_the_personal_columns_are_known_to_the_search(planted: Planted, personal: Known) -> None:
    columns = set(planted.personal.values())
    assert len(columns) >= 12
    assert columns <= set(personal.values.values())
    assert {"threesixty: contactName", "threesixty: streetAddress", "perth_milo: email"} <= set(
        personal.values.values()
    )


def test_no_byte_of_a_release_is_personal(planted: Planted, personal: Known) -> None:
    release = (planted.build_file.parent / "out" / "current").resolve()
    assert [*release_leaks(release, personal)] == []
    assert [*store_leaks(release, personal)] == []


@pytest.mark.parametrize("most", [FEW_PAGES, pytest.param(MOST_PAGES, marks=pytest.mark.prove)])
def test_no_page_is_personal(planted_site: Server, personal: Known, most: int) -> None:
    assert [*page_leaks(planted_site, personal, most)] == []


def test_the_real_release_holds_nothing_personal(real_build: Built) -> None:
    values = known(read_plan(BUILD_FILE))
    assert len(values.values) > 50
    assert [*release_leaks((real_build.out / "current").resolve(), values)] == []


@pytest.mark.prove
def test_the_real_pages_show_nothing_personal(real_build: Built, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to((real_build.out / "current").resolve())
    with serving(tmp_path, workers=2, long_queries=1) as site:
        assert [*page_leaks(site, known(read_plan(BUILD_FILE)), MOST_PAGES)] == []


NAME = "Zebedee Planted of 7 Planted Street"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of twenty charities, one of which has a problem."""
    folder = tmp_path_factory.mktemp("small")
    register = write_register(folder / "register.csv", 20, websites=["http://no address"])
    build(read_plan(write_build_file(folder / "build.toml", register, 20)))
    return (folder / "out" / "current").resolve()


def _into_dump(release: Path, text: str) -> None:
    path = release / "dumps" / "oscr.nq.gz"
    line = f'<x:a> <x:b> "{text}" <x:c> .\n'
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()) + line.encode()))


def _into_address(release: Path, text: str) -> None:
    path = release / "dumps" / "oscr.nq.gz"
    escaped = text.replace(" ", "%20").replace("@", "%40")
    path.write_bytes(gzip.compress(f"<x:a> <x:b> <http://example.org/{escaped}> <x:c> .\n".encode()))


def _into_number(release: Path, text: str) -> None:
    path = release / "dumps" / "oscr.nq.gz"
    path.write_bytes(gzip.compress(f'<x:a> <x:b> "{text}"^^<{ox.Literal(1.5).datatype.value}> <x:c> .\n'.encode()))


def _into_unmerged(release: Path, text: str) -> None:
    (release / "unmerged").mkdir()
    line = f'<x:a> <x:b> "{text}"@en <x:c> .\n'
    (release / "unmerged" / "oscr.nq.gz").write_bytes(gzip.compress(line.encode()))


def _into_problem(release: Path, text: str) -> None:
    with (release / "problems" / "oscr.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["register.csv", "2", "Website", text, "is wrong", "mend it", ""])


def _into_index(release: Path, text: str) -> None:
    index = Index.open(str(release / "search"))
    writer = index.writer(15_000_000, num_threads=1)
    document = Document()
    document.add_text("name", text)
    writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _into_report(release: Path, text: str) -> None:
    (release / "report.txt").write_text(f"Violation {text}\n", encoding="utf-8")


def _into_manifest(release: Path, text: str) -> None:
    path = release / "release.json"
    path.write_text(path.read_text("utf-8").replace("Scottish Charity Register", text), encoding="utf-8")


PLACES = (
    *(_into_dump, _into_unmerged, _into_problem, _into_index, _into_report, _into_manifest),
    _into_address,
)
LEAKS = {"e-mail": "jo.bloggs@example.org", "phone": "+44 (0)1632 960123", "x: Contact": NAME}


@pytest.mark.parametrize("kind", LEAKS)
@pytest.mark.parametrize("plant", PLACES, ids=lambda plant: plant.__name__)
def test_a_planted_leak_is_found(kind: str, plant: Callable[[Path, str], None], small: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    shutil.copytree(small, release)
    values = Known()
    values.add(NAME, "x: Contact")
    assert [*release_leaks(release, values)] == []
    plant(release, LEAKS[kind])
    found = {(leak.kind, leak.place.partition("/")[0].partition(":")[0]) for leak in release_leaks(release, values)}
    assert {each for each, _ in found} == {kind}


def test_a_telephone_number_is_found_among_decimals(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "release")
    _into_number(tmp_path / "release", "01632960123")
    assert [leak.kind for leak in release_leaks(tmp_path / "release", Known())] == ["phone"]


def test_a_leak_is_found_in_the_store_itself(tmp_path: Path) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("ring 0131 496 0000")))
    store.flush()
    del store
    assert [leak.text for leak in store_leaks(tmp_path, Known())] == ["0131 496 0000"]


def in_a_dump(text: str) -> list[Leak]:
    """What is found where a text stands in a statement."""
    return [*dump_leaks("dumps/a.nq", [f"<x:a> <x:b> {quoted(text)} <x:c> .\n"], Known())]


@pytest.mark.parametrize(
    "text",
    [
        *("01632 960123", "(01632) 960123", "+44 1632 960123", "0044 1632 960123", "+44 (0)1632 960 123"),
        *("020 7946 0000", "07700 900123", "07700-900-123", "tel:01632960123", "ring 01632.960123."),
        *(
            "0131\u00a0496\u00a00000",
            "0131\u2011496\u20130000",
            "0131\u200b496 0000",
            "0131 496\n0000",
            "0131/496/0000",
        ),
        *("Mob.07700900005", "T01314960000", "447700900123", "44 (0)131 496 0000", "01632\u2028960123"),
    ],
)
def test_a_telephone_number_is_one_however_it_is_written(text: str) -> None:
    assert len([*phones(typed(text))]) == 1
    assert len(in_a_dump(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("SC012345", "02050843", "GB-COH-02050843", "01/02/2003", "2026-11-01T00:00:00", "0.1234567890123"),
        *("360G-example-2024000001", "S12000036", "1070468", "10002R", "-3.1883 55.9533", "00000000000"),
        *("2020\u20132026", "2019/2020", "01/02/2003 10:30", "04-2019 - 03-2020", "A0123456789", "UPRN 906700123456"),
    ],
)
def test_numbers_of_other_kinds_are_no_telephone_numbers(text: str) -> None:
    assert [*phones(typed(text))] == []


@pytest.mark.parametrize(
    "text",
    ["jo&#64;example.org", "jo&commat;example.org", "<b>0131</b> 496 0000", "0131&nbsp;496&nbsp;0000", "jo%40a.org"],
)
def test_html_hides_nothing_from_the_search(text: str) -> None:
    for found in (leaks("here", text), in_a_dump(text)):
        assert {leak.text.partition(" ")[0] for leak in found} & {"jo@example.org", "0131", "jo@a.org"}


@pytest.mark.parametrize("text", ["a@", "@", "a@a.", "0 ", "07700 90012-", "a.@", "+44", "(0", "%40"])
def test_the_search_takes_moments_for_a_megabyte_of_anything(text: str) -> None:
    started = time.process_time()
    cell = text * (1_000_000 // len(text))
    assert [*emails(cell)] == []
    assert len([*phones(cell)]) <= len(cell) // 10
    assert time.process_time() - started < 20
