"""The search index of a release: what is found first, and that nothing typed can break it."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from graph.errors import ReleaseError
from graph.model import iri
from graph.model.node import Node
from graph.model.terms import CIV, DCAT, DCT, RDF, ROV, SKOS, Iri
from graph.release.search import Hit, Search, build_index
from tests.support.proof import Prove

# number, name, known as, status, council, postcode
CHARITIES = (
    ("SC900001", "Edinburgh Mathematical Circle", "", "Active", "City of Edinburgh", "EH8 9BT"),
    ("SC900002", "Comunn na Gàidhlig Ìle", "", "Active", "Argyll & Bute", "PA43 7GJ"),
    ("SC900003", "Dunfermline Women's Aid", "West Fife Refuge", "Active", "Fife", "KY12 7NX"),
    ("SC900004", "Leuchars Pre-School Playgroup", "", "Active", "Fife", "KY16 0JF"),
    ("SC900005", "Arts & Crafts Kinross", "", "Active", "Perth & Kinross", ""),
    ("SC900006", "St Andrew’s Church Hall", "", "Removed", "Fife", ""),
    ("SC900007", "St Andrews Church Hall", "", "Active", "Fife", "KY16 9AL"),
    ("SC900008", "", "", "Removed", "", ""),
    ("SC900009", "Fife Friends of the Forest", "", "Active", "Fife", ""),
    ("SC900010", "Education for All Lochaber", "", "Active", "Highland", ""),
    ("SC900011", "Moray Mountain Rescue Supporters", "M.M.R.S.", "Active", "Moray", ""),
    ("SC912345", "The Orkney Øya Trust", "", "Active", "Orkney Islands", ""),
    ("SC000045", "Party Hats for Pensioners", "", "Active", "Glasgow City", ""),
)
AREAS = {"S12000047": "Fife", "S12000036": "City of Edinburgh"}
POSTCODES = ("KY16 9AL", "EH8 9BT")


def organisation(number: str, name: str, known_as: str, status: str, council: str, postcode: str) -> Iterator[Node]:
    charity = Node(iri.organisation("GB-SC", number), CIV.Organisation, CIV.Charity)
    entry = Node(iri.registration("GB-SC", number), CIV.Registration)
    charity.add(SKOS.prefLabel, name or None)
    charity.add(SKOS.altLabel, known_as or None)
    charity.add(ROV.registration, entry.iri)
    charity.add(ROV.orgStatus, iri.concept("registration-status", status.lower()))
    charity.add(CIV.mainOperatingArea, iri.concept("council", iri.slug(council)))
    charity.add(CIV.postcode, iri.postcode(postcode) if postcode else None)
    entry.add(SKOS.notation, number)
    yield from (charity, entry)


def other_things() -> Iterator[Node]:
    for word in ("Active", "Removed"):
        yield labelled(iri.concept("registration-status", word.lower()), word)
    for council in sorted({charity[4] for charity in CHARITIES} - set(AREAS.values())):
        yield labelled(iri.concept("council", iri.slug(council)), council)
    for code, name in AREAS.items():
        yield labelled(iri.area(code), name, CIV.Area, notation=code)
        yield labelled(iri.concept("council", iri.slug(name)), name)
    for text in POSTCODES:
        postcode = Node(iri.postcode(text), CIV.Postcode)
        postcode.add(SKOS.notation, text)
        yield postcode
    yield labelled(iri.scheme("oscr-purpose"), "Purposes", SKOS.ConceptScheme)
    purpose = labelled(iri.concept("oscr-purpose", "education"), "Education", SKOS.Concept)
    purpose.add(SKOS.hiddenLabel, "The advancement of education")
    purpose.add(SKOS.inScheme, iri.scheme("oscr-purpose"))
    yield purpose
    source = Node(iri.source("oscr"), CIV.Source, DCAT.Dataset)
    source.add(DCT.title, "Scottish Charity Register")
    yield source


def labelled(thing: Iri, label: str, *types: Iri, notation: str | None = None) -> Node:
    node = Node(thing, *types)
    node.add(SKOS.prefLabel, label)
    node.add(SKOS.notation, notation)
    return node


def a_store() -> Store:
    store = Store()
    nodes = [*(node for charity in CHARITIES for node in organisation(*charity)), *other_things()]
    store.load("\n".join(line for node in nodes for line in node.triples()).encode(), RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("release") / "search"
    build_index(a_store(), target)
    return target


@pytest.fixture(scope="module")
def search(folder: Path) -> Search:
    return Search(folder)


def first(search: Search, text: str) -> Hit | None:
    return next(iter(search.find(text).hits), None)


FIRST_HITS = {
    # words in any order, beginnings, parts
    "Edinburgh Mathematical Circle": "SC900001",
    "circle mathematical": "SC900001",
    "edinb": "SC900001",
    "EDINB MATH": "SC900001",
    "burgh math": "SC900001",
    "athema": "SC900001",
    # accents, apostrophes, ampersands, hyphens, initials
    "gaidhlig": "SC900002",
    "Gàidhlig Ìle": "SC900002",
    "womens aid": "SC900003",
    "women’s aid": "SC900003",
    "Women`s Aid": "SC900003",
    "preschool playgroup": "SC900004",
    "pre school play group": "SC900004",
    "arts and crafts": "SC900005",
    "arts & crafts": "SC900005",
    "mmrs": "SC900011",
    "oya": "SC912345",
    # slips of the keyboard
    "edinbrugh": "SC900001",
    "mathmatical": "SC900001",
    "montain rescue": "SC900011",
    "the moray mountain rescue supporters association limited": "SC900011",
    # further names, places
    "west fife refuge": "SC900003",
    "leuchars fife": "SC900004",
    "playgroup ky16": "SC900004",
    # the active one of two alike
    "st andrews church hall": "SC900007",
    # numbers
    "SC900001": "SC900001",
    "sc900001": "SC900001",
    "SC 900001": "SC900001",
    "GB-SC-SC900001": "SC900001",
    "gb-sc-900001": "SC900001",
    "GB-CHC-SC900001": "SC900001",
    "Scottish charity no. SC900001": "SC900001",
    "900001": "SC900001",
    "SC000045": "SC000045",
    "SCO00045": "SC000045",
    "sc 45": "SC000045",
    "SC45": "SC000045",
    "45": "SC000045",
    "SC9123": "SC912345",
    "SC900008": "SC900008",
    "http://localhost:8000/id/organisation/GB-SC-SC900001": "SC900001",
    "<http://localhost:8000/doc/organisation/GB-SC-SC900001.ttl>": "SC900001",
    # other kinds of things: first when the name is the same, else after organisations
    "fife": "S12000047",
    "Education for": "SC900010",
    "S12000036": "S12000036",
    "edinburgh": "SC900001",
    # plurals
    "mathematical circles": "SC900001",
}


@pytest.mark.parametrize(("text", "number"), FIRST_HITS.items())
def test_what_is_meant_comes_first(search: Search, text: str, number: str) -> None:
    hit = first(search, text)
    assert hit is not None, "nothing was found"
    assert hit.number == number


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("education", "concept", "Education"),
        ("the advancement of education", "concept", "Education"),
        ("purposes", "code list", "Purposes"),
        ("oscr", "source", "Scottish Charity Register"),
        ("scottish charity register", "source", "Scottish Charity Register"),
        ("KY16 9AL", "postcode", "KY16 9AL"),
        ("ky169al", "postcode", "KY16 9AL"),
    ],
)
def test_code_lists_sources_and_postcodes_are_found_too(search: Search, text: str, kind: str, name: str) -> None:
    hit = first(search, text)
    assert hit is not None
    assert (hit.kind, hit.name) == (kind, name)


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("Edinburgh Mathematical", "Edinburgh Mathematical Circle"),
        ("KY16 9AL", "KY16 9AL"),
        ("refuge", "known as: West Fife Refuge"),
        ("sco00045", "number: SC000045"),
        ("SC9123", "number that begins so: SC912345"),
        ("eh8 9bt math", "Edinburgh Mathematical Circle"),
    ],
)
def test_a_hit_says_what_matched(search: Search, text: str, matched: str) -> None:
    hit = first(search, text)
    assert hit is not None
    assert hit.matched == matched


def test_a_row_can_be_shown_without_the_store(search: Search) -> None:
    hit = first(search, "dunfermline")
    assert hit is not None
    assert (hit.kind, hit.name, hit.number) == ("organisation", "Dunfermline Women's Aid", "SC900003")
    assert (hit.status, hit.place) == ("Active", "Fife, KY12 7NX")
    assert hit.iri == iri.organisation("GB-SC", "SC900003").value


def test_a_postcode_finds_the_organisations_there(search: Search) -> None:
    names = [(hit.name, hit.matched) for hit in search.find("KY16 9AL").hits]
    assert ("St Andrews Church Hall", "postcode: KY16 9AL") in names


def test_a_name_that_the_register_deleted_is_found_by_number_only(search: Search) -> None:
    hit = first(search, "SC900008")
    assert hit is not None
    assert hit.name == "Name deleted by the register"
    assert search.find("deleted").total == 0


def test_a_part_that_runs_across_two_words_is_no_match(search: Search) -> None:
    assert search.find("lecirc").total == 0
    assert [hit.number for hit in search.find("art").hits] == ["SC900005", "SC000045"]  # Arts …, then pARTy


def test_pages_neither_overlap_nor_miss_anything(search: Search) -> None:
    everything = search.find("s", limit=100)
    pages = [hit for start in range(0, everything.total, 2) for hit in search.find("s", 2, start).hits]
    assert pages == everything.hits
    assert len(everything.hits) == everything.total > 2
    assert search.find("s", 20, offset=10**12).hits == []


HOSTILE = ("", " ", '"', '"edin', "name:edinburgh", "*", "edin*", "(", "a AND (b", "[a TO z]", "\x00", "\ud800", "://")
STRANGE = ("http://", "a/" * 9, "0", "SC", "SC0", "🦊", "٣٤٥", "²³", "e" * 10_000, "edinburgh " * 1_000, "'" * 10_000)


@pytest.mark.parametrize("text", [*HOSTILE, *STRANGE, "9" * 10_000, "é̈" * 5_000], ids=ascii)
def test_hostile_text_is_only_text(search: Search, text: str) -> None:
    started = time.process_time()
    hits = search.find(text)
    assert hits.total >= len(hits.hits)
    assert time.process_time() - started < 0.5


@given(st.text(max_size=60), st.integers(-5, 10**20), st.integers(-5, 10**20))
def test_any_text_and_any_page_give_an_answer(search: Search, text: str, limit: int, offset: int) -> None:
    assert len(search.find(text, limit, offset).hits) <= 1000


def test_searching_changes_no_file_even_where_nothing_can_be_written(folder: Path) -> None:
    before = state(folder)
    folder.chmod(0o555)
    try:
        assert Search(folder).find("edinburgh").total
    finally:
        folder.chmod(0o755)
    assert state(folder) == before
    assert not [name for name in before if name.endswith(".lock")]


def test_an_open_index_outlives_its_release(tmp_path: Path) -> None:
    build_index(a_store(), tmp_path / "search")
    search = Search(tmp_path / "search")
    for file in (tmp_path / "search").iterdir():
        file.unlink()
    assert search.find("edinburgh").total


def test_two_builds_of_one_store_answer_alike(folder: Path, tmp_path: Path) -> None:
    assert build_index(a_store(), tmp_path) > len(CHARITIES)
    again = Search(tmp_path)
    for text in ("s", "fife", "hall"):
        assert again.find(text) == Search(folder).find(text)


@pytest.mark.parametrize("what", ["missing", "empty", "broken"])
def test_a_folder_without_an_index_is_named(tmp_path: Path, what: str) -> None:
    place = tmp_path / what
    if what != "missing":
        place.mkdir()
    if what == "broken":
        (place / "meta.json").write_text("{")
    with pytest.raises(ReleaseError, match=f"{what}: holds no search index that opens"):
        Search(place)


@pytest.mark.prove
def test_twenty_five_thousand_names_are_indexed_and_searched_at_once(tmp_path: Path, prove: Prove) -> None:
    # Five times what was measured: a scan of the whole index takes longer.
    store = Store()
    words = (
        "Argyll",
        "Bute",
        "Church",
        "Hall",
        "Isles",
        "Lochaber",
        "Moray",
        "Playgroup",
        "Rescue",
        "Trust",
        "Village",
    )
    store.bulk_extend(
        Quad(NamedNode(f"http://localhost:8000/id/organisation/GB-SC-SC{number:06}"), NamedNode(predicate.value), value)
        for number in range(25_000)
        for predicate, value in (
            (RDF.type, NamedNode(CIV.Organisation.value)),
            (
                SKOS.prefLabel,
                Literal(f"{words[number % 11]} {words[number // 11 % 11]} {number}th {words[number % 7]}"),
            ),
        )
    )
    started = time.perf_counter()
    assert build_index(store, tmp_path / "search") == 25_000
    prove("Search: 25,000 names are indexed", time.perf_counter() - started, 10, "s")
    search = Search(tmp_path / "search")
    texts = [
        "moray hall",
        "playgr",
        "12345",
        "SC012345",
        "youth 777th",
        "recsue",
        "lage tru",
        "argyll heritage 99th",
    ] * 5
    times = sorted(elapsed(search, text) for text in texts)
    prove("Search: median of 40 searches in 25,000 names", times[len(times) // 2] * 1000, 25, "ms")


def elapsed(search: Search, text: str) -> float:
    started = time.perf_counter()
    search.find(text)
    return time.perf_counter() - started


def state(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns) for file in folder.iterdir()
    }
