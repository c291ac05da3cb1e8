"""What SCVO's codes mean in other lists: targets are there, nothing is matched twice, organisations can be counted."""

import csv
import re
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from endpoint.pages.query.examples import examples
from graph.mapping.run import map_source
from graph.model import iri
from graph.model.query import select
from graph.model.terms import SKOS
from graph.model.vocabulary.files import vocabulary_triples
from graph.sources.source import Source
from tests.support.paths import ROOT

SAMPLE = ROOT / "sample" / "classification"
FIELDS, BENEFICIARIES = "scvo-field-of-work", "scvo-beneficiaries"
SIZES = {FIELDS: 121, BENEFICIARIES: 42, "scvo-class": 27, "scvo-function": 6, "scvo-scope": 6}
MATCHES = tuple(f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
UPWARD = MATCHES[:3]
"""Matches by which whatever is under one code counts under the other."""
NO_HEADING = {"2000", "12999"}
"""Fields of work that lie under no one heading of ICNP/TSO: one is two of its sections, one says "not known"."""

Match = tuple[str, str, str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The vocabulary, with the lists of the source `ukcat`, whole."""
    target = tmp_path_factory.mktemp("lists") / "ukcat.nq"
    files = [SAMPLE / name for name in ("ukcat.csv", "icnptso.csv")]
    mapped = map_source(Source.named("ukcat"), files, target, iri.DEFAULT_BASE)
    found = Store()
    found.load("\n".join(vocabulary_triples(iri.DEFAULT_BASE)).encode(), RdfFormat.N_TRIPLES)
    found.load(
        re.sub(r" <[^>]+> \.$", " .", mapped.output.read_text("utf-8"), flags=re.M).encode(), RdfFormat.N_TRIPLES
    )
    return found


def texts(store: Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a query, our own IRIs without their base."""
    return [
        tuple(
            term.value.removeprefix(f"{iri.DEFAULT_BASE}def/") for term in row if isinstance(term, NamedNode | Literal)
        )
        for row in select(store, f"PREFIX skos: <{SKOS.base}> {query}")
    ]


@cache
def codes() -> dict[str, set[str]]:
    """The codes of each of SCVO's lists."""
    found = Store()
    found.load("\n".join(vocabulary_triples(iri.DEFAULT_BASE)).encode(), RdfFormat.N_TRIPLES)
    rows = texts(found, "SELECT ?it { ?it skos:inScheme ?list FILTER(CONTAINS(STR(?list), '/def/scvo-')) }")
    return {name: {code for (code,) in rows if code.startswith(f"{name}/")} for name in SIZES}


def matches(store: Store) -> list[Match]:
    """Entry of SCVO, kind of match, entry of another list."""
    kinds = " ".join(f"skos:{kind}" for kind in MATCHES)
    pattern = f"VALUES ?how {{ {kinds} }} ?it ?how ?other FILTER(CONTAINS(STR(?it), '/def/scvo-'))"
    return [
        (it, how.rpartition("#")[2], other)
        for it, how, other in texts(store, f"SELECT ?it ?how ?other {{ {pattern} }}")
    ]


def test_scvos_lists_are_whole() -> None:
    assert {name: len(found) for name, found in codes().items()} == SIZES


def test_every_target_is_an_entry_of_its_list(store: Store) -> None:
    known = {it for (it,) in texts(store, "SELECT ?it { ?it a skos:Concept ; skos:inScheme ?list }")}
    assert {other for _, _, other in matches(store)} - known == set()
    assert {other.partition("/")[0] for _, _, other in matches(store)} == {
        "ccew-how", "ccew-what", "ccew-who", "icnptso", "legal-form", "oscr-activity", "oscr-beneficiary",
        "oscr-geographical-spread", "oscr-purpose", "ukcat",
    }  # fmt: skip


def test_every_entry_has_a_match_or_says_why_not(store: Store) -> None:
    matched = {it for it, _, _ in matches(store)}
    excused = {it for it, _ in texts(store, "SELECT ?it ?why { ?it skos:inScheme ?list ; skos:editorialNote ?why }")}
    assert set(chain.from_iterable(codes().values())) == matched | (
        excused & set(chain.from_iterable(codes().values()))
    )
    assert matched & excused == set()


def test_no_pair_is_matched_in_two_ways(store: Store) -> None:
    assert [pair for pair, times in Counter((it, other) for it, _, other in matches(store)).items() if times > 1] == []


def test_an_exact_match_is_one_to_one_between_two_lists(store: Store) -> None:
    exact = [(it, other) for it, how, other in matches(store) if how == "exactMatch"]
    there = Counter((it, other.partition("/")[0]) for it, other in exact)
    back = Counter((it.partition("/")[0], other) for it, other in exact)
    assert [each for each, times in (there + back).items() if times > 1] == []
    assert len(exact) > 40


def test_an_exact_match_of_what_lies_above_is_not_also_one_of_what_lies_below(store: Store) -> None:
    """Two entries of one tree cannot both mean what two entries of another mean, the wrong way round."""
    above = {(low, high) for low, high in texts(store, "SELECT ?low ?high { ?low skos:broader+ ?high }")}
    exact = [(it, other) for it, how, other in matches(store) if how == "exactMatch"]
    twisted = [
        (one, two) for one, first in exact for two, second in exact if (one, two) in above and (second, first) in above
    ]
    assert twisted == []


def test_each_field_of_work_counts_under_one_heading_of_icnp_tso(store: Store) -> None:
    counted = Counter(it for it, how, other in matches(store) if how in UPWARD and other.startswith("icnptso/"))
    fields = codes()[FIELDS]
    assert {it: counted[it] for it in fields if counted[it] != 1} == {f"{FIELDS}/{code}": 0 for code in NO_HEADING}


def test_the_codes_of_icnpo_in_scvos_file_agree_with_the_headings(store: Store, real_data: Path) -> None:
    """ICNP/TSO says which of its sections goes on from which group of ICNPO, with what moved from one to another."""
    sections = {"1": "A", "2": "B", "3": "C", "4": "D", "5": "E", "6": "F", "7": "G", "10": "I", "11": "J", "12": "L"}
    moved = {  # as the notes of ICNP/TSO have it, or as its headings name what the group did not
        "2400": "K", "2410": "K", "2420": "K", "2430": "K",
        "1300": "G", "1310": "G",
        "3330": "D", "4131": "G",
        "6112": "L",
        "6300": "D", "6310": "D", "6320": "D", "6330": "D",
        "7200": "K", "7210": "D", "7230": "D", "7240": "D",
    }  # fmt: skip
    headings = {it: other for it, how, other in matches(store) if how in UPWARD and other.startswith("icnptso/")}
    with (real_data / "directories/scvo-taxonomies/field-of-work-2021-01.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["SCNPO"] and row["ICNPO"]]
    expected = {row["SCNPO"]: sections[re.sub(r"Group ", "", row["ICNPO"]).split(":")[0].split()[0]] for row in rows}
    found = {code: headings[f"{FIELDS}/{code}"][8] for code in expected if f"{FIELDS}/{code}" in headings}
    differing = {code: section for code, section in found.items() if section != expected[code]}
    assert differing == {code: section for code, section in moved.items() if code in found}
    assert len(found) > 90


def test_organisations_are_counted_by_heading_through_them(store: Store) -> None:
    """Three bodies: one in food (D31, in D30, in D), two in sport (A20, A21 below it), one of these in food too."""
    works = {"one": ["4330"], "two": ["1210", "4330"], "three": ["1200"]}
    base, own = iri.DEFAULT_BASE, "https://w3id.org/civsoc/ns#fieldOfWork"
    lines = [f"<x:{name}> <{own}> <{base}def/{FIELDS}/{code}> ." for name, of in works.items() for code in of]
    store.load("\n".join(lines).encode(), RdfFormat.N_TRIPLES)
    (query,) = (each.query for each in examples() if each.name == "24-organisations-by-icnp-tso")
    found = {row["code"].value: int(row["organisations"].value) for row in select(store, query)
             if isinstance(row["code"], Literal) and isinstance(row["organisations"], Literal)}  # fmt: skip
    assert found == {"A": 2, "A20": 2, "A21": 1, "D": 2, "D30": 2, "D31": 2}
