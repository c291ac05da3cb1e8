"""The fields of Open Referral UK: each is a term, a link, or left out with a reason."""

import json

import pytest

from graph.sources.source import Source
from graph.standards.field import Kind
from graph.standards.oruk.fields import FORMS
from tests.support.sources.oruk_feeds import needs_data
from tests.support.sources.oruk_objects import (
    PERSONAL,
    SCHEMA,
)

SOURCE = Source.named("oruk")
FORM_OF = {
    "service": "Service",
    "organization": "Organization",
    "service_at_location": "ServiceAtLocation",
    "location": "Location",
    "address": "Address",
    "accessibility": "Accessibility",
    "schedule": "Schedule",
    "service_area": "ServiceArea",
    "language": "Language",
    "funding": "Funding",
    "cost_option": "CostOption",
    "attribute": "Attribute",
    "organization_identifier": "Identifier",
    "taxonomy": "Taxonomy",
    "taxonomy_term": "TaxonomyTerm",
}
"""The forms by the names of the standard's schemas; those of contacts and telephone numbers are left out."""


def fields_of(schema: str) -> set[str]:
    """The fields that a schema of the standard has."""
    return set(json.loads((SCHEMA / f"{schema}.json").read_text("utf-8"))["properties"])


@needs_data
@pytest.mark.parametrize("schema", FORM_OF)
def test_every_field_of_the_standard_is_a_term_or_a_tie_or_left_out_with_a_reason(schema: str) -> None:
    form = FORM_OF[schema]
    left_out = {field.rpartition(".")[2] for field in SOURCE.ignore}
    declared = {column.partition(":")[0] for column in SOURCE.parts[form]}
    terms = {field.name for field in FORMS[form].fields}
    assert fields_of(schema) <= declared | left_out
    assert fields_of(schema) - terms - left_out - {"id"} <= {
        *("organization", "organization_id", "parent_organization_id", "services", "service_at_locations"),
        *("service", "service_id", "location", "location_id", "taxonomy_term", "taxonomy_term_id", "taxonomy_terms"),
        *("parent_id", "taxonomy_id", "link_id"),
    }


def test_what_is_personal_is_left_out_with_a_reason() -> None:
    assert not PERSONAL - SOURCE.ignore.keys()
    assert not PERSONAL & {field.name for form in FORMS.values() for field in form.fields}


def test_the_metadata_declare_what_the_table_of_fields_has() -> None:
    for name, form in FORMS.items():
        wanted = {f"{field.name}: {field.of}" if field.kind is Kind.PARTS else field.name for field in form.fields}
        assert wanted <= set(SOURCE.parts[name]), name
