"""The titles of things and properties: the graph's own labels, or names made from what is known about them."""

import re

from endpoint.presentation.names.composed_titles import composed
from endpoint.presentation.names.identifiers import in_words
from endpoint.presentation.names.short_names import short_name
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from endpoint.presentation.text.formatting import sentence_case
from graph.model.iri import last_segment
from graph.model.terms import CIV, OWL, ROV

__all__ = ["kind_of", "property_label", "status_of", "title"]


def property_label(view: View, iri: str) -> str:
    """A property in plain English, first letter large."""
    return sentence_case(view.name(iri) or _from_camel(iri))


def kind_of(view: View, iri: str) -> str:
    """The most specific class of a thing, '' where it has none."""
    types = view.types(iri)
    if bodies := _bodies(view, types):
        first, *others = (view.name(kind) or _from_camel(kind) for kind in bodies)
        return " · ".join((sentence_case(first), *(sentence_case(other) for other in others)))
    known = next((kind for kind in display_of(view).classes if kind in types), None)
    best = known or min(types, default="")
    return sentence_case(view.name(best) or _from_camel(best)) if best else ""


@kept
def title(view: View, iri: str) -> str:
    """The name of a thing wherever it is linked; never empty."""
    return composed(view, iri) or view.name(iri) or _link(view, iri) or short_name(view, iri)


def status_of(view: View, iri: str) -> tuple[str, str]:
    """The status of an organisation: its words and its code; both '' where the graph gives none."""
    status = view.thing(iri, CIV.headingStatus) or view.thing(iri, ROV.orgStatus)
    return (title(view, status), last_segment(status)) if status else ("", "")


def _bodies(view: View, types: set[str]) -> list[str]:
    """What kinds of body it is of, less those that another of them implies."""
    found = {kind: implied for kind, implied in display_of(view).bodies.items() if kind in types}
    return [kind for kind in found if not any(kind in implied for implied in found.values())]


def _link(view: View, iri: str) -> str:
    parts = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    source, how, target = (view.thing(iri, prop) for prop in parts)
    if not (source and how and target):
        return ""
    if CIV.IdentityLink.value in view.types(iri):
        return f"{short_name(view, source)}: {in_words(view, source)} and {in_words(view, target)}"
    # Not `title`: links could be about each other.
    ends_named = [short_name(view, end) for end in (source, target)]
    return f" → {property_label(view, how).lower()} → ".join(ends_named)


def _from_camel(iri: str) -> str:
    """Words from the last part of an IRI.

    >>> _from_camel("http://www.w3.org/ns/org#hasRegisteredSite")
    'has registered site'
    """
    name = last_segment(iri.rstrip("/#"))
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("-", " ").lower() or iri
