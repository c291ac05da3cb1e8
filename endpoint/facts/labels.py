"""What things and properties are called: by the graph's own labels, else by what is known about them."""

import re
from datetime import date

from pyoxigraph import Literal, NamedNode

from endpoint.facts.addresses import compact
from endpoint.facts.english import english_date, sentence_case
from endpoint.facts.view import View
from graph.words.terms import CIV, OWL, RDF, RDFS, ROV, SKOS, Iri

__all__ = ["kind_of", "property_label", "status_of", "title"]

# Properties whose label in a vocabulary is not what a reader would say; used where the graph has none.
FALLBACK: dict[str, str] = {
    RDF.type.value: "kind",
    RDFS.label.value: "label",
    RDFS.comment.value: "meaning",
    SKOS.prefLabel.value: "name",
    SKOS.altLabel.value: "also known as",
    SKOS.notation.value: "number or code",
    ROV.orgStatus.value: "status",
    ROV.orgType.value: "legal form",
    ROV.registration.value: "registration",
}

# The most telling class first; a thing is called by the first that it has.
KINDS: tuple[Iri, ...] = (
    CIV.Charity,
    CIV.Organisation,
    CIV.SuccessionLink,
    CIV.Link,
    CIV.Registration,
    CIV.AnnualReturn,
    CIV.Postcode,
    CIV.Area,
    CIV.Register,
    CIV.Source,
    CIV.Problem,
    SKOS.Concept,
    SKOS.ConceptScheme,
)
ORGANISATION_NUMBER = re.compile(r"/id/organisation/(?:GB-SC-)?([^/]+)$")


def property_label(view: View, iri: str) -> str:
    """A property in plain English, first letter large."""
    return sentence_case(view.name(iri) or FALLBACK.get(iri, "") or _from_camel(iri))


def kind_of(view: View, iri: str) -> str:
    """The most telling class of a thing, '' where it has none."""
    types = view.types(iri)
    known = next((kind.value for kind in KINDS if kind.value in types), None)
    best = known or min(types, default="")
    return sentence_case(view.name(best) or _from_camel(best)) if best else ""


def title(view: View, iri: str) -> str:
    """What to call a thing wherever it is linked; never empty."""
    return view.once(("title", iri), lambda: view.name(iri) or _link(view, iri) or _composed(view, iri))


def status_of(view: View, iri: str) -> tuple[str, str]:
    """The status of an organisation: its words and its code; both '' where the graph gives none."""
    status = view.value(iri, ROV.orgStatus)
    return (title(view, status.value), status.value.rsplit("/", 1)[-1]) if isinstance(status, NamedNode) else ("", "")


def _composed(view: View, iri: str) -> str:
    """A name made from what else is said, for things that the graph gives none."""
    types = view.types(iri)
    if number := ORGANISATION_NUMBER.search(iri):
        deleted = bool(view.values(iri, CIV.nameStatus))
        return f"Charity {number[1]} (name deleted from the register)" if deleted else f"Organisation {number[1]}"
    if CIV.AnnualReturn.value in types:
        return "Annual return to " + _day(_plain(view, iri, CIV.yearEnd))
    if CIV.Registration.value in types:
        return "Registration " + _plain(view, iri, SKOS.notation)
    if CIV.Problem.value in types:
        column, row = (_plain(view, iri, prop) for prop in (CIV.column, CIV.row))
        return "Problem" + (f" in {column}" if column else "") + (f", row {row}" if row else "")
    return _plain(view, iri, SKOS.notation) or compact(iri.removeprefix(view.base))


def _link(view: View, iri: str) -> str:
    ends = [view.value(iri, prop) for prop in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)]
    if not all(isinstance(end, NamedNode) for end in ends):
        return ""
    source, how, target = (end.value for end in ends if isinstance(end, NamedNode))
    # Not `title`: links could be about each other.
    ends_named = [view.name(end) or _composed(view, end) for end in (source, target)]
    return f" → {property_label(view, how).lower()} → ".join(ends_named)


def _plain(view: View, iri: str, prop: Iri) -> str:
    value = view.value(iri, prop)
    return value.value if isinstance(value, (Literal, NamedNode)) else ""


def _day(text: str) -> str:
    """A date in English, or the text as it is where it is none.

    >>> _day("2025-12-31"), _day("unknown")
    ('31 December 2025', 'unknown')
    """
    try:
        return english_date(date.fromisoformat(text))
    except ValueError:
        return text


def _from_camel(iri: str) -> str:
    """Words from the last part of an IRI.

    >>> _from_camel("http://www.w3.org/ns/org#hasRegisteredSite")
    'has registered site'
    """
    local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).replace("-", " ").lower() or iri
