"""Grants of a release as packages of the 360Giving Data Standard: the way back from the terms to the fields."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from graph.model.iri import last_segment
from graph.model.terms import CIV, RDF, SCHEMA
from graph.standards.field import Field, Kind
from graph.standards.threesixty.fields import FORMS

VERSION = "1.4"

Json = str | int | float | Sequence["Json"] | Mapping[str, "Json"]
"""A value of JSON, of those that the standard has."""

_AWARDED = (CIV.awardedAt, CIV.awardDate, CIV.awardMonth, CIV.awardYear)
"""How the date of an award may be known, most precise first."""


def grants(store: Store, funder: str | None = None) -> Iterator[Mapping[str, Json]]:
    """The grants of a store's default graph by identifier: all, or those of one organisation."""
    if funder is None:
        found = store.quads_for_pattern(None, RDF.type.node, CIV.Grant.node, DefaultGraph())
    else:
        found = store.quads_for_pattern(None, SCHEMA.funder.node, NamedNode(funder), DefaultGraph())
    for subject in sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}):
        yield _object(store, NamedNode(subject), "Grant")


def package(store: Store, title: str, funder: str | None = None) -> Iterator[str]:
    """A package as text, a grant a piece, so that no more than one is held."""
    head = json.dumps({"version": VERSION, "title": title}, ensure_ascii=False)
    yield f'{head[:-1]}, "grants": ['
    before = "\n"
    for grant in grants(store, funder):
        yield before + json.dumps(grant, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


def _object(store: Store, node: NamedNode, form: str) -> Mapping[str, Json]:
    """One object of a form, its fields in the standard's order; fields that the graph does not know are left out."""
    objects: dict[str, list[NamedNode | Literal]] = {}
    for quad in store.quads_for_pattern(node, None, None, DefaultGraph()):
        if isinstance(quad.object, NamedNode | Literal):
            objects.setdefault(f"<{quad.predicate.value}>", []).append(quad.object)
    values = ((field.name, _value(store, field, objects)) for field in FORMS[form].fields)
    return {name: value for name, value in values if value is not None}


def _value(store: Store, field: Field, objects: Mapping[str, Sequence[NamedNode | Literal]]) -> Json | None:
    if field.name == "awardDate":
        return next((_date(objects[term][0].value) for term in _AWARDED if term in objects), None)
    terms = objects.get(field.term)
    if not terms:
        return None
    if field.kind is Kind.PARTS:
        parts = (term for term in terms if isinstance(term, NamedNode))
        return [_object(store, part, field.of) for part in sorted(parts, key=_place)]
    if field.kind is Kind.TEXTS:
        return sorted(term.value for term in terms)
    return _plain(field, terms[0].value)


def _plain(field: Field, text: str) -> Json:
    if field.kind is Kind.NUMBER:
        number = Decimal(text)
        return int(number) if number == number.to_integral_value() else float(number)
    if field.kind is Kind.YES_NO:
        return "Yes" if text == "true" else "No"
    if field.kind is Kind.CODE and field.of:
        return last_segment(text)
    return _date(text) if field.kind is Kind.DATE else text


def _date(text: str) -> str:
    """A date as the standard writes it: a time without a zone is taken to be in UTC."""
    if "T" not in text:
        return text
    when = datetime.fromisoformat(text)
    return text if when.tzinfo else f"{text}Z"


def _place(part: NamedNode) -> int:
    """The place of a part among its like, which ends its IRI."""
    return int(last_segment(part.value))
