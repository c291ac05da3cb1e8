"""Displays are data: what the ontology states of a property, a class or a group is what pages do."""

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from endpoint.pages.entity.page import page_of
from endpoint.presentation.model.page import Block, Facts, Page
from endpoint.presentation.reading.display import Way
from endpoint.presentation.reading.view import View
from endpoint.service.release import open_release
from graph.model.query import select
from graph.model.terms import PREFIXES
from graph.model.vocabulary.files import vocabulary_triples
from tests.support.endpoint.served import BASE
from tests.support.endpoint.site import part, view_of
from tests.support.paths import ROOT

ONTOLOGY = """
@prefix civ: <https://w3id.org/civsoc/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

civ:mascot a owl:DatatypeProperty ; rdfs:label "mascot"@en ;
    sh:group <def/property-group/governance> ; sh:order 1.5 .
civ:anthem a owl:DatatypeProperty ; rdfs:label "anthem"@en .
civ:instrument a owl:DatatypeProperty ; rdfs:label "instrument"@en ;
    sh:group <def/property-group/music> ; sh:order 1 .
civ:championOf a owl:ObjectProperty ; rdfs:label "champion of"@en ;
    civ:inverseLabel "{n} band won it"@en ; civ:inversePluralLabel "{n} bands won it"@en .
<def/property-group/music> a sh:PropertyGroup ; rdfs:label "Music"@en ; civ:groupOf civ:Organisation ; sh:order 9 .
civ:BrassBand a owl:Class ; rdfs:label "brass band"@en ; rdfs:subClassOf civ:Organisation ; sh:order 2.5 .
"""
MAPPING = '''
"""Bands."""

from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS


def nodes(row: Row) -> Iterator[Node]:
    band = Node(iri.organisation("XB-BAND", row.need("number")), CIV.Organisation, CIV.SportsClub, CIV.BrassBand)
    band.add(SKOS.prefLabel, row.need("name"))
    band.add(CIV.trusteeCount, int(row.need("trustees")))
    band.add(CIV.corporateTrustee, "Glen Trustees")
    band.add(CIV.championOf, iri.area("S12000036"))
    for prop in ("mascot", "anthem", "instrument"):
        band.add(getattr(CIV, prop), row.need(prop))
    yield band
'''
METADATA = """
title = "Bands"
publisher = "Example Bands"
homepage = "https://bands.example.org/"
licence = "https://creativecommons.org/licenses/by/4.0/"
attribution = "By Example Bands."

[file]
key = ["number"]
columns = ["number", "name", "trustees", "mascot", "anthem", "instrument"]

[expect]
rows = 1
problems = 0.0
"""


@pytest.fixture(scope="module")
def bands(tmp_path_factory: pytest.TempPathFactory) -> View:
    """A release built by the code as it is, with an ontology and a mapping that know of bands."""
    folder = tmp_path_factory.mktemp("bands")
    for package in ("ontology", "mappings"):
        shutil.copytree(ROOT / package, folder / package)
    (folder / "ontology" / "bands.ttl").write_text(ONTOLOGY, "utf-8")
    (folder / "mappings" / "bands.py").write_text(MAPPING, "utf-8")
    (folder / "mappings" / "bands.toml").write_text(METADATA, "utf-8")
    (folder / "bands.csv").write_text(
        "number,name,trustees,mascot,anthem,instrument\n1,Glen Silver Band,7,Otter,The Glen,Cornet\n", "utf-8"
    )
    (folder / "build.toml").write_text('[sources.bands]\nfile = "bands.csv"\ndate = 2026-01-31\n', "utf-8")
    command = [sys.executable, "-m", "tests.support.builds.run_build", "build.toml"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    built = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return View(open_release((folder / "out" / "current").resolve()))


@pytest.fixture(scope="module")
def band(bands: View) -> Page:
    return page_of(bands, f"{BASE}id/organisation/XB-BAND-1")


def block(page: Page, name: str) -> Block:
    return next(block for block in page.blocks if block.id == name)


def test_a_property_added_to_the_ontology_stands_in_its_group_at_its_place(band: Page) -> None:
    labels = [line.label for line in part(band, "governance", Facts).lines]
    assert labels == ["Number of trustees", "Mascot", "Corporate trustee"]
    (mascot,) = part(band, "governance", Facts).lines[1].values
    assert mascot.text == "Otter"


def test_a_property_in_no_group_is_among_what_is_also_stated(band: Page) -> None:
    assert "Anthem" in [line.label for line in part(band, "other", Facts).lines]
    assert "Mascot" not in [line.label for line in part(band, "other", Facts).lines]


def test_a_group_added_to_the_ontology_is_a_block_after_the_others(band: Page) -> None:
    assert [line.label for line in part(band, "music", Facts).lines] == ["Instrument"]
    assert block(band, "music").title == "Music"
    names = [block.id for block in band.blocks]
    assert names.index("music") > names.index("governance")


def test_a_class_added_to_the_ontology_is_named_at_its_place_among_the_kinds_of_body(band: Page) -> None:
    assert band.kind == "Brass band · Community amateur sports club · Group on no register"


def test_a_property_added_to_the_ontology_has_its_words_from_the_other_end(bands: View) -> None:
    page = page_of(bands, f"{BASE}id/area/S12000036")
    assert "1 band won it" in [link.words for link in page.incoming]


def test_a_release_without_such_statements_is_displayed_as_the_package_has_it(tmp_path: Path) -> None:
    view = view_of(tmp_path, {"oscr": '<id/organisation/GB-SC-SC1> a civ:Charity ; skos:prefLabel "Alder Trust" .'})
    page = page_of(view, f"{BASE}id/organisation/GB-SC-SC1")
    assert (page.kind, page.blocks[0].title) == ("Charity", "Identity")


@cache
def vocabulary() -> Store:
    store = Store()
    store.load("\n".join(vocabulary_triples(BASE)).encode(), RdfFormat.N_TRIPLES)
    return store


def stated(query: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("civ", "rdf", "rdfs", "sh", "skos"))
    return [tuple(str(getattr(term, "value", "")) for term in row) for row in select(vocabulary(), prefixes + query)]


def words_of(prop: str) -> dict[str, str]:
    return {row[0]: row[1] for row in stated(f"SELECT ?it ?words {{ ?it civ:{prop} ?words }}")}


def test_every_way_of_display_is_one_that_pages_know_and_the_other_way_round() -> None:
    ways = {way.removeprefix(f"{BASE}def/display-kind/") for (way,) in stated("SELECT ?way { ?way a civ:DisplayKind }")}
    used = {way.removeprefix(f"{BASE}def/display-kind/") for (way,) in stated("SELECT ?way { ?it civ:displayAs ?way }")}
    assert ways == used == set(Way)


def test_every_property_in_a_group_has_a_label_a_place_of_its_own_and_a_group_that_there_is() -> None:
    grouped = stated("SELECT ?it ?group { ?it sh:group ?group }")
    whole = stated(
        "SELECT ?it ?group ?order { ?it sh:group ?group ; sh:order ?order ; rdfs:label ?label ."
        " ?group a sh:PropertyGroup ; rdfs:label ?title }"
    )
    assert sorted(grouped) == sorted((it, group) for it, group, _ in whole)
    assert len({(group, order) for _, group, order in whole}) == len(whole)


def test_labels_from_the_other_end_come_for_one_and_for_several_and_no_other_blank_is_in_them() -> None:
    for one, several in (("inverseLabel", "inversePluralLabel"), ("withinLabel", "withinPluralLabel")):
        first, second = words_of(one), words_of(several)
        assert first.keys() == second.keys() and first
        assert not [words for words in first.values() if set(re.findall(r"{.*?}", words)) - {"{n}"}]
        assert all("{n}" in words for words in second.values())


@pytest.mark.parametrize(
    ("one", "other"), [("forwardLabel", "backwardLabel"), ("caveatOn", "caveatLabel"), ("partLabel", "partBy")]
)
def test_what_is_displayed_by_two_statements_has_both(one: str, other: str) -> None:
    first, second = words_of(one), words_of(other)
    assert first.keys() == second.keys() and first


def test_the_words_before_a_day_are_of_the_properties_that_show_how_new_something_is() -> None:
    worded = {it for (it,) in stated("SELECT ?it { ?it civ:dayLabel ?words }")}
    grouped = {it for (it,) in stated(f"SELECT ?it {{ ?it sh:group <{BASE}def/property-group/how-new> }}")}
    assert worded == grouped


def test_no_two_properties_and_no_two_classes_have_the_same_place() -> None:
    others = "MINUS { ?it sh:group ?any } MINUS { ?it a sh:PropertyGroup }"
    for query in ("?it civ:pageOrder ?place", f"?it sh:order ?place {others}"):
        places = [Decimal(place) for (place,) in stated(f"SELECT ?place {{ {query} }}")]
        assert len(set(places)) == len(places) > 20
