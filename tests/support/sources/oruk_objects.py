"""Objects of Open Referral UK made comparable, and the standard's own schemas: what the tests of the way back share."""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import cast

import jsonschema
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from graph.mapping.run import map_source
from graph.model import iri
from graph.model.values import cells
from graph.model.values.markup import plain_text
from graph.model.values.redaction import redact
from graph.nquads.mapped import Mapped
from graph.sources.source import Source
from graph.standards.oruk.fields import FORMS
from tests.support.paths import DATA

FEEDS = DATA / "directories" / "open-referral-uk"
SCHEMA = FEEDS / "hsds-uk-3.0-schema"
COMPILED = SCHEMA / "compiled"

Object = Mapping[str, object]

PERSONAL = {"email", "assurer_email", "contacts", "phones", "attention", "address_1", "address_2", "tax_id"}
"""Fields of which nothing is kept."""

WITHIN = {"location": "Location", "service": "Service", "organization": "Organization", "taxonomy_term": "TaxonomyTerm"}
LISTED = {"service_at_locations": "ServiceAtLocation", "services": "Service", "taxonomy_terms": "TaxonomyTerm"}
"""Fields that tie one form to another, which FORMS leaves to the mapping."""

TIED = {"organization_id", "parent_organization_id", "parent_id", "taxonomy_id"}


def mapped(files: Sequence[Path], folder: Path, name: str = "feed") -> Mapped:
    folder.mkdir(exist_ok=True, parents=True)
    source = Source.named("oruk").instance(name)
    return map_source(source, files, folder / f"{name}.nq", iri.DEFAULT_BASE)


def store_of(*runs: Mapped) -> Store:
    """The graphs of sources, and their merge."""
    store = Store()
    for run in runs:
        quads = list(parse(path=run.output, format=RdfFormat.N_QUADS))
        store.extend(quads)
        store.extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    return store


@cache
def validator(name: str, folder: Path = COMPILED) -> jsonschema.Draft202012Validator:
    schema = cast("Mapping[str, object]", json.loads((folder / f"{name}.json").read_text("utf-8")))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def faults(value: object, schema: str) -> list[str]:
    """What a schema of the standard finds wrong with an object."""
    found = validator(schema).iter_errors(cast("dict[str, str]", value))  # pyright: ignore[reportUnknownMemberType]
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in found]


def normal(value: Object, form: str) -> Object:
    """An object without what is lost on purpose, and with what may differ made equal.

    Left out: personal fields, fields that the standard does not know, places that lie nowhere on Earth, postcodes that
    are none or not public, empty values. Made equal: HTML, blanks, the spelling of numbers and times, and the order of
    parts.
    """
    known = {field.name: field.of if field.of in FORMS else "" for field in FORMS[form].fields} | WITHIN | LISTED
    found: dict[str, object] = {}
    for name, given in value.items():
        if name in PERSONAL or (name not in known and name not in TIED and name != "id") or given in (None, "", [], -1):
            continue
        of = known.get(name, "")
        if isinstance(given, Mapping):
            found[name] = normal(cast(Object, given), of)
        elif isinstance(given, list):
            found[name] = sorted((normal(each, of) for each in cast("list[Object]", given)), key=str)
        else:
            found[name] = _plain(name, given)
    if form == "Location" and abs(Decimal(str(found.get("latitude", 0)))) > 90:
        del found["latitude"], found["longitude"]
    if form == "Address":
        found = _public(found)
    return dict(sorted(found.items()))


def _public(address: dict[str, object]) -> dict[str, object]:
    try:
        cells.postcode(str(address.get("postal_code", "")))
    except cells.Fault:
        address.pop("postal_code", None)
    return address


def _plain(name: str, given: object) -> object:
    if isinstance(given, bool):
        return given
    if isinstance(given, int | float | Decimal):
        return Decimal(str(given)).normalize()
    text = " ".join(redact(plain_text(str(given))).split())
    return text if name != "last_modified" or text.endswith("Z") else f"{text}Z"


def all_uuids(value: object) -> Iterable[str]:
    """Every identifier in an object, however deep."""
    if isinstance(value, Mapping):
        for name, inside in cast(Object, value).items():
            if name == "id":
                yield str(inside)
            yield from all_uuids(inside)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from all_uuids(each)
