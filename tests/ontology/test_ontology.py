"""The vocabulary is whole: every term explained, tied to others and labelled; every code list in order."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from rdflib import Graph

from graph.model import iri, query
from graph.model.terms import CIV, ORG, OWL, RDF, RDFS, SKOS, Iri
from graph.model.vocabulary import codes
from graph.model.vocabulary.files import ontology_files, vocabulary_triples

BASE = "https://example.org/graph/"
COUNCILS_AS_OSCR_WRITES_THEM = """
Aberdeen, Aberdeenshire, Angus, Argyll & Bute, City of Edinburgh, Clackmannanshire, Dumfries &
Galloway, Dundee City, East Ayrshire, East Dunbartonshire, East Lothian, East
Renfrewshire, Falkirk, Fife, Glasgow City, Highland, Inverclyde, Midlothian, Moray, North
Ayrshire, North Lanarkshire, Orkney Islands, Perth & Kinross, Renfrewshire, Scottish
Borders, Shetland Islands, South Ayrshire, South Lanarkshire, Stirling, West Dunbartonshire, West
Lothian, Western Isles
"""
OTHER_SPELLINGS = {
    "City of Glasgow": "S12000049",
    "City of Dundee": "S12000042",
    "Comhairle Nan Eilean Siar": "S12000013",
    "Na h-Eileanan an Iar": "S12000013",
    "Na h-Eileanan Siar": "S12000013",
    "Edinburgh, City of": "S12000036",
    "Orkney": "S12000023",
    "Perth and Kinross": "S12000048",
}
EXPLANATIONS = (RDFS.label, RDFS.comment, RDFS.isDefinedBy, SKOS.example, Iri.of("http://purl.org/dc/terms/source"))
ALIGNMENTS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.relatedMatch,
    SKOS.editorialNote,  # says why nothing matches
)


@cache
def vocabulary() -> Store:
    store = Store()
    store.load("\n".join(vocabulary_triples(BASE)).encode(), RdfFormat.N_TRIPLES)
    return store


def select(sought: str) -> Iterator[list[str]]:
    """The rows of a query, as plain strings."""
    prefixes = (
        f"PREFIX skos: <{SKOS.base}> PREFIX civ: <{CIV.base}> PREFIX rdfs: <{RDFS.base}> PREFIX owl: <{OWL.base}>"
    )
    for solution in query.select(vocabulary(), f"{prefixes} SELECT {sought}"):
        yield [term.value for term in solution if isinstance(term, NamedNode | Literal)]


def own_terms() -> set[str]:
    kinds = "owl:Class owl:ObjectProperty owl:DatatypeProperty"
    return {
        term for (term,) in select(f"?term {{ VALUES ?kind {{ {kinds} }} ?term a ?kind }}") if term.startswith(CIV.base)
    }


def stated_of(term: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for predicate, value in select(f"?predicate ?value {{ <{term}> ?predicate ?value }}"):
        said[predicate].append(value)
    return said


@pytest.mark.parametrize("name", [file.name for file in ontology_files()])
def test_every_file_is_turtle_to_two_parsers(name: str) -> None:
    text = next(file for file in ontology_files() if file.name == name).read_text("utf-8")
    store = Store()
    store.load(text.encode(), RdfFormat.TURTLE, base_iri=BASE)
    assert len(store) == len(Graph().parse(data=text, format="turtle", publicID=BASE)) > 0


def test_the_vocabulary_has_no_blank_nodes_and_follows_the_base() -> None:
    lines = vocabulary_triples(BASE)
    assert not [line for line in lines if line.startswith("_:") or " _:" in line.split('"')[0]]
    assert f"<{BASE}def/legal-form/scio>" in {line.split()[0] for line in lines}
    assert list(lines) == sorted(set(lines))


@pytest.mark.parametrize("term", sorted(own_terms()))
def test_every_own_term_is_explained_and_aligned(term: str) -> None:
    said = stated_of(term)
    assert not [predicate for predicate in EXPLANATIONS if not said[predicate.value]]
    assert [
        predicate for predicate in ALIGNMENTS if any(not value.startswith(CIV.base) for value in said[predicate.value])
    ]
    assert said[RDFS.comment.value][0].endswith(".")


def test_no_two_properties_have_the_same_label() -> None:
    labels = Counter(
        label
        for kind in ("owl:ObjectProperty", "owl:DatatypeProperty")
        for (term, label) in select(f"?term ?label {{ ?term a {kind} ; rdfs:label ?label }}")
        if term.startswith(CIV.base)
    )
    assert not [label for label, times in labels.items() if times > 1]


def test_every_term_that_the_vocabulary_itself_uses_has_an_english_label() -> None:
    used = {predicate for (predicate,) in select("DISTINCT ?predicate { ?thing ?predicate ?value }")}
    used |= {kind for (kind,) in select("DISTINCT ?kind { ?thing a ?kind }")}
    labelled = {term for (term,) in select("?term { ?term rdfs:label ?label FILTER(LANG(?label) = 'en') }")}
    assert not used - labelled
    assert {RDF.type.value, ORG.Organization.value} <= labelled


def test_every_domain_and_range_of_our_own_is_a_class() -> None:
    named = {
        value for (value,) in select("?value { ?term rdfs:domain|rdfs:range ?value }") if value.startswith(CIV.base)
    }
    assert named and not named - {term for (term,) in select("?term { ?term a owl:Class }")}


def test_a_code_is_the_last_part_of_its_entrys_iri_and_unique_in_its_list() -> None:
    entries = [
        tuple(row) for row in select("?concept ?code ?list { ?concept skos:inScheme ?list ; skos:notation ?code }")
    ]
    assert len(entries) > 50
    assert not [row for row in entries if row[0] != f"{row[2]}/{row[1]}"]
    assert len({(scheme, code) for _, code, scheme in entries}) == len(entries)


def test_a_wording_means_one_entry_of_its_list() -> None:
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry, scheme, wording in select(
        "?entry ?scheme ?wording { ?entry skos:inScheme|civ:areaType ?scheme ;"
        " skos:prefLabel|skos:altLabel|skos:hiddenLabel ?wording }"
    ):
        meanings[scheme, codes.fold(wording)].add(entry)
    assert not {wording: entries for wording, entries in meanings.items() if len(entries) > 1}


def test_a_name_is_not_repeated_as_another_name_of_the_same_thing() -> None:
    assert not list(select("?thing { ?thing skos:prefLabel ?name ; skos:altLabel|skos:hiddenLabel ?name }"))


def test_every_entry_and_every_list_has_one_name() -> None:
    names = Counter(
        thing
        for (thing,) in select(
            "?thing { VALUES ?kind { skos:Concept skos:ConceptScheme } ?thing a ?kind ; skos:prefLabel ?name }"
        )
    )
    assert len(names) > 60
    assert set(names.values()) == {1}


def test_there_are_32_councils_and_every_spelling_finds_its_own() -> None:
    found = {codes.code(name, ("council",)) for name in COUNCILS_AS_OSCR_WRITES_THEM.replace("\n", " ").split(",")}
    assert len(found) == 32
    assert len(list(select("?area { ?area a civ:Area }"))) == 32
    assert {name: codes.code(name, ("council",)) for name in OTHER_SPELLINGS} == {
        name: iri.area(code) for name, code in OTHER_SPELLINGS.items()
    }
