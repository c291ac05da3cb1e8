"""The objects within an object: schedules, areas, prices, attributes with their terms."""

from pyoxigraph import Store

from graph.export.oruk.fields import Json, Object, plain_fields
from graph.export.oruk.statements import MERGED, Facts, identifier
from graph.model.terms import CIV, DCAT, DCT, SCHEMA, SKOS
from graph.standards.field import Kind
from graph.standards.oruk.fields import FORMS

CODED = (CIV.fieldOfWork, CIV.beneficiaryGroup, SCHEMA.serviceType, CIV.clientGroup)
"""Properties by which services name entries of code lists: what a feed calls attributes."""

SINGLE = {"program"}
"""Fields that hold one part, and no list of them."""


def parts(store: Store, facts: Facts, form: str) -> Object:
    """Every field of a form that holds parts, in the standard's order; empty ones are left out."""
    found: Object = {}
    for field in FORMS[form].fields:
        if field.kind is Kind.PARTS and (things := facts.things(field.term)):
            objects = [part(store, Facts(store, thing, facts.graph), field.of) for thing in things]
            found[field.name] = objects[0] if field.name in SINGLE else objects
    return found


def part(store: Store, facts: Facts, form: str) -> Object:
    """One part, and what is in it."""
    found: Object = {"id": identifier(facts.thing), **plain_fields(facts, form), **parts(store, facts, form)}
    if form == "Attribute":
        for thing in facts.things(CIV.taxonomyTerm):
            found["taxonomy_term"] = term(Facts(store, thing, facts.graph))
    if form == "Identifier":
        found.setdefault("identifier_type", found.get("identifier_scheme", ""))
        found.setdefault("identifier", "")
    return found


def term(facts: Facts) -> Object:
    """A term of a feed's taxonomy."""
    found: Object = {"id": identifier(facts.thing), **plain_fields(facts, "TaxonomyTerm")}
    for name, property_ in (("parent_id", CIV.parentTerm), ("taxonomy_id", CIV.inTaxonomy)):
        for thing in facts.things(property_):
            found[name] = identifier(thing)
    found.setdefault("name", "")
    return {"description": found["name"], **found}


def attributes(store: Store, facts: Facts) -> list[Json]:
    """What a service of another directory is classed as, as attributes: entries of code lists, and keywords."""
    found: list[Json] = []
    for concept in facts.things(*CODED):
        identity = identifier(f"{facts.thing}#{concept}")
        found.append({"id": identity, "taxonomy_term": concept_as_term(store, concept)})
    for word in facts.texts(DCAT.keyword):
        identity = identifier(f"{facts.thing}#{word}")
        found.append({"id": identity, "link_type": "keyword", "value": word})
    return found


def concept_as_term(store: Store, concept: str) -> Object:
    """An entry of one of our code lists as a term of a taxonomy."""
    facts = Facts(store, concept, MERGED)
    name = facts.text(SKOS.prefLabel)
    found: Object = {
        "id": identifier(concept),
        "name": name,
        "description": facts.text(SKOS.definition) or name,
        "term_uri": concept,
        "term": name,
    }
    for scheme in facts.things(SKOS.inScheme)[:1]:
        found |= {"taxonomy": Facts(store, scheme, MERGED).text(SKOS.prefLabel), "taxonomy_id": identifier(scheme)}
    for broader in facts.things(SKOS.broader)[:1]:
        found["parent_id"] = identifier(broader)
    return found


def taxonomy(facts: Facts) -> Object:
    """A taxonomy of a feed, or one of our code lists."""
    name = facts.text(SKOS.prefLabel)
    found: Object = {"id": identifier(facts.thing), **plain_fields(facts, "Taxonomy")}
    found.setdefault("name", name)
    if facts.graph == MERGED:
        found["uri"] = facts.thing
    found.setdefault("description", facts.text(SKOS.definition) or facts.text(DCT.description) or name)
    return found
