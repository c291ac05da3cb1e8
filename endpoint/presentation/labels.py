"""What things and properties are called: by the graph's own labels, else by what is known about them."""

import re

from pyoxigraph import NamedNode

from endpoint.presentation.composed_titles import composed
from endpoint.presentation.formatting import sentence_case
from endpoint.presentation.identifiers import in_words
from endpoint.presentation.names import called
from endpoint.presentation.view import View
from graph.model.iri import last_segment
from graph.model.terms import CIV, ORG, OWL, QB, RDF, RDFS, ROV, SKOS, Iri

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

# What kinds of body there are, as people name them; one body can be of several. A kind that says no more than one
# before it is left out.
BODIES: tuple[Iri, ...] = (
    CIV.Charity,
    CIV.CommunityInterestCompany,
    CIV.Company,
    CIV.Mutual,
    CIV.Cooperative,
    CIV.SportsClub,
    CIV.SocialLandlord,
    CIV.LocalAuthority,
    CIV.PublicBody,
    CIV.UnregisteredGroup,
)
IMPLIED = {CIV.CommunityInterestCompany: CIV.Company, CIV.LocalAuthority: CIV.PublicBody}
# The most telling class first; a thing is called by the first that it has.
KINDS: tuple[Iri, ...] = (
    ORG.OrganizationalUnit,
    CIV.Organisation,
    CIV.SuccessionLink,
    CIV.IdentityLink,
    CIV.Hint,
    CIV.Link,
    CIV.Registration,
    CIV.AnnualReturn,
    CIV.Grant,
    CIV.Postcode,
    CIV.Area,
    CIV.Register,
    CIV.Source,
    CIV.Problem,
    QB.DataSet,
    QB.MeasureProperty,
    SKOS.Concept,
    SKOS.ConceptScheme,
)


def property_label(view: View, iri: str) -> str:
    """A property in plain English, first letter large."""
    return sentence_case(view.name(iri) or FALLBACK.get(iri, "") or _from_camel(iri))


def kind_of(view: View, iri: str) -> str:
    """The most telling class of a thing, '' where it has none."""
    types = view.types(iri)
    if bodies := _bodies(types):
        first, *others = (view.name(kind.value) or _from_camel(kind.value) for kind in bodies)
        return " · ".join((sentence_case(first), *(sentence_case(other) for other in others)))
    known = next((kind.value for kind in KINDS if kind.value in types), None)
    best = known or min(types, default="")
    return sentence_case(view.name(best) or _from_camel(best)) if best else ""


def title(view: View, iri: str) -> str:
    """What to call a thing wherever it is linked; never empty."""
    return view.once(
        ("title", iri), lambda: composed(view, iri) or view.name(iri) or _link(view, iri) or called(view, iri)
    )


def status_of(view: View, iri: str) -> tuple[str, str]:
    """The status of an organisation: its words and its code; both '' where the graph gives none."""
    status = view.value(iri, CIV.headingStatus) or view.value(iri, ROV.orgStatus)
    return (title(view, status.value), last_segment(status.value)) if isinstance(status, NamedNode) else ("", "")


def _bodies(types: set[str]) -> list[Iri]:
    found = [kind for kind in BODIES if kind.value in types]
    implied = {IMPLIED.get(kind) for kind in found}
    return [kind for kind in found if kind not in implied]


def _link(view: View, iri: str) -> str:
    ends = [view.value(iri, prop) for prop in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)]
    if not all(isinstance(end, NamedNode) for end in ends):
        return ""
    source, how, target = (end.value for end in ends if isinstance(end, NamedNode))
    if CIV.IdentityLink.value in view.types(iri):
        return f"{called(view, source)}: {in_words(view, source)} and {in_words(view, target)}"
    # Not `title`: links could be about each other.
    ends_named = [called(view, end) for end in (source, target)]
    return f" → {property_label(view, how).lower()} → ".join(ends_named)


def _from_camel(iri: str) -> str:
    """Words from the last part of an IRI.

    >>> _from_camel("http://www.w3.org/ns/org#hasRegisteredSite")
    'has registered site'
    """
    local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).replace("-", " ").lower() or iri
