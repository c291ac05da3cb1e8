"""The terms of our vocabulary, for the page that documents them all."""

from dataclasses import dataclass, replace

from pyoxigraph import Literal

from endpoint.presentation.model.blocks import Notes, lines_of
from endpoint.presentation.model.page import Line
from endpoint.presentation.names import labels
from endpoint.presentation.reading.kept import kept
from endpoint.presentation.reading.view import View
from graph.model.terms import CIV, OWL, RDFS, Iri

__all__ = ["Section", "TermEntry", "terms_of"]

SECTIONS: tuple[tuple[str, str, Iri], ...] = (
    ("classes", "Classes", OWL.Class),
    ("object-properties", "Properties with things as values", OWL.ObjectProperty),
    ("datatype-properties", "Properties with plain values", OWL.DatatypeProperty),
)
HEADED = frozenset((RDFS.label.value, RDFS.comment.value, RDFS.isDefinedBy.value))


@dataclass(frozen=True)
class TermEntry:
    """A term: `name` is its anchor, `comment` what it means."""

    name: str
    iri: str
    label: str
    comment: str
    href: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """Terms of one sort, by label."""

    id: str
    title: str
    terms: tuple[TermEntry, ...]


@kept
def terms_of(view: View) -> tuple[Section, ...]:
    notes, sections = Notes(view), list[Section]()
    for name, title, kind in SECTIONS:
        if own := sorted(iri for iri in view.instances(kind) if iri.startswith(CIV.base)):
            entries = sorted((_term(view, notes, iri) for iri in own), key=lambda entry: entry.label.lower())
            sections.append(Section(name, title, tuple(entries)))
    return tuple(sections)


def _term(view: View, notes: Notes, iri: str) -> TermEntry:
    # Without their source, which the page names once for all of them.
    facts = [replace(fact, source="") for fact in view.stated(iri) if fact.property not in HEADED]
    comments = [str(value.value) for value in view.values(iri, RDFS.comment) if isinstance(value, Literal)]
    return TermEntry(
        iri.removeprefix(CIV.base),
        iri,
        labels.property_label(view, iri),
        " ".join(sorted(comments)),
        view.addresses.page(iri),
        lines_of(view, notes, facts),
    )
