"""Taxonomies of Open Referral UK, their terms, and the attributes that tie the terms to things."""

from collections.abc import Iterator

from graph.model import places
from graph.model.node import Node
from graph.model.rows.record import Record
from graph.model.terms import CIV, DCAT, SKOS, Iri
from graph.standards.oruk.parts import Part, Then, keyed, seen_before, stated, thing
from graph.standards.oruk.reading import REFERENCE, text

FIELDS_OF_WORK = ("scvo-field-of-work", "volunteer-theme", "volunteer-activity", "oscr-purpose")
BENEFICIARIES = ("scvo-beneficiaries", "oscr-beneficiary")


def tagged(part: Part, then: Then) -> Iterator[Node]:
    """The term that an attribute names; on services and organisations it counts as activity or keyword."""
    record, words = part.record, [text(part.record, "value")]
    named = record.identifier("taxonomy_term_id")
    for entry in record.records("taxonomy_term"):
        named = entry.identifier("id") or named
        words.append(text(entry, "name"))
        yield from term(entry, then)
    if REFERENCE.fullmatch(named):
        part.node.add(CIV.taxonomyTerm, thing(record, "TaxonomyTerm", named))
    if part.whole_form in ("Service", "Organization"):
        for word in filter(None, words):
            if beneficiaries := places.code(word, BENEFICIARIES):
                part.whole.add(CIV.beneficiaryGroup, beneficiaries)
            else:
                work = places.code(word, FIELDS_OF_WORK)
                part.whole.add(CIV.fieldOfWork if work else DCAT.keyword, work or word)


def taxonomy(record: Record, then: Then) -> Iterator[Node]:
    """A taxonomy of the feed, and its terms."""
    if reference := keyed(record, "name"):
        found = Node(thing(record, "Taxonomy", reference), CIV.Taxonomy)
        parts = [*stated(record, found, "Taxonomy", then)]
        for each in record.records("taxonomy_terms"):
            parts += term(each, then, found.iri)
        yield found
        yield from parts


def term(record: Record, then: Then, within: Iri | None = None) -> Iterator[Node]:
    """A term of a taxonomy."""
    reference = keyed(record, "name")
    if reference is None or seen_before(record, "TaxonomyTerm", f"{reference} {within}"):
        return
    found = Node(thing(record, "TaxonomyTerm", reference), CIV.TaxonomyTerm)
    parts = [*stated(record, found, "TaxonomyTerm", then)]
    found.add(CIV.parentTerm, above(record, "parent_id", "TaxonomyTerm", reference))
    named = record.identifier("taxonomy_id")
    for detail in record.records("taxonomy_detail"):
        named = detail.identifier("id") or named
        parts += taxonomy(detail, then)
    if within is None and REFERENCE.fullmatch(named):
        within = thing(record, "Taxonomy", named)
        if taxonomy_name := text(record, "taxonomy"):  # feeds seldom describe the taxonomy itself
            whole = Node(within, CIV.Taxonomy)
            whole.add(SKOS.prefLabel, taxonomy_name)
            parts.append(whole)
    found.add(CIV.inTaxonomy, within)
    yield found
    yield from parts


def above(record: Record, column: str, form: str, own: str) -> Iri | None:
    """What is over a thing of the same form; nothing is over itself."""
    named = record.identifier(column)
    if named and named == own:
        record.problem(column, "parent-itself")
        return None
    return thing(record, form, named) if REFERENCE.fullmatch(named) else None
