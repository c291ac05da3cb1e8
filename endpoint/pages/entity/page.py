"""The page about one IRI: what the graph says of it, what links to it, and which sources state it."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from endpoint.pages.entity.incoming.links import incoming, incoming_query
from endpoint.pages.entity.kind_blocks import kind_blocks
from endpoint.pages.entity.organisation.blocks import dates, is_organisation, organisation_blocks, summary
from endpoint.pages.entity.organisation.grants import in_short
from endpoint.pages.entity.statistics import about_area, first_of_dataset
from endpoint.presentation.model.blocks import Notes, lines_of, marks_of, others
from endpoint.presentation.model.page import Block, Facts, Page
from endpoint.presentation.names import labels
from endpoint.presentation.names.identifiers import ends, identifiers
from endpoint.presentation.names.short_names import day_of, plain
from endpoint.presentation.reading.display import display_of
from endpoint.presentation.reading.own_blocks import ABOUT, OF_OTHERS, SHOWN_ELSEWHERE, STEPS
from endpoint.presentation.reading.view import View
from endpoint.store.queries import shorten, with_prefixes
from graph.model.terms import CIV, OWL, QB, SDMX_DIMENSION, SKOS

__all__ = ["canonical", "page_of", "page_query"]

OF_AREAS = frozenset((SDMX_DIMENSION.refArea.value,))
"""Properties whose incoming statements the page of an area shows as tables of figures."""


def page_of(view: View, iri: str) -> Page:
    view.types(iri)  # known before the first round, as it decides what else is looked up
    return view.in_rounds(lambda: _page(view, iri))


def _page(view: View, iri: str) -> Page:
    notes = Notes(view)
    organisation = is_organisation(view, iri)
    blocks = tuple(_blocks(view, notes, iri))
    areas = OF_AREAS if CIV.Area.value in view.types(iri) else frozenset[str]()
    elsewhere = SHOWN_ELSEWHERE if organisation else OF_OTHERS
    links = tuple(incoming(view, notes, iri, elsewhere | areas))
    return Page(
        iri=iri,
        title=labels.title(view, iri),
        kind=labels.kind_of(view, iri),
        status=labels.status_of(view, iri),
        identifiers=identifiers(view, iri) if organisation else (),
        summary=tuple(summary(view, iri) if organisation else (*of_area(view, iri), *in_short(view, iri))),
        dates=tuple(dates(view, iri)) if organisation else (),
        blocks=blocks,
        incoming=links,
        incoming_query=incoming_query(iri),
        sources=tuple(notes.numbered()),
        query=page_query(view, iri) if organisation else others(iri, "Everything stated about it", ()),
        outside="" if view.addresses.owns(iri) or not iri.startswith(("http://", "https://")) else iri,
        described=view.describes(iri),
        dump=(dump := view.sources[iri].name if iri in view.sources else ""),
        fix_list=f"/quality/{dump}" if view.served.manifest.source(dump) else "",  # the graphs of ours have none
    )


def _blocks(view: View, notes: Notes, iri: str) -> Iterator[Block]:
    yield from organisation_blocks(view, notes, iri) if is_organisation(view, iri) else _statements(view, notes, iri)
    yield from kind_blocks(view, notes, iri)
    types = view.types(iri)
    if QB.DataSet.value in types:
        yield from filter(None, [first_of_dataset(view, notes, iri)])
    elif CIV.Area.value in types:
        yield from filter(None, [about_area(view, notes, iri)])


def page_query(view: View, iri: str) -> str:
    """The query for everything that an organisation's page shows about it and the things inside it."""
    it = NamedNode(iri)
    steps = "|".join(shorten(step) for step in STEPS)
    listed = " ".join(str(NamedNode(end)) for end in ends(view, iri))
    return with_prefixes(
        f"# Everything the graph says about {iri}\nSELECT ?subject ?property ?value ?source WHERE {{\n"
        f"  {{ VALUES ?subject {{ {it} }} }}\n  UNION {{ {it} {steps} ?subject }}\n"
        f"  UNION {{ VALUES ?end {{ {listed} }} ?subject owl:annotatedSource|owl:annotatedTarget ?end }}\n"
        f"  UNION {{ ?subject {'|'.join(shorten(prop) for prop in ABOUT)} {it} }}\n"
        f"  UNION {{ {it} ({steps})?/^civ:about ?subject }}\n"
        "  GRAPH ?source { ?subject ?property ?value }\n}"
    )


def canonical(view: View, iri: str) -> str:
    """The identifier that an alias stands for; the IRI itself otherwise.

    An alias is an identifier of ours whose only statement about itself is what it is the same as.
    """
    return next((it for it in view.things(iri, OWL.sameAs) if it != iri and not view.types(iri)), iri)


def of_area(view: View, iri: str) -> list[str]:
    """The line under the name of an area: what kind it is, its code, whether it is no longer in use."""
    if CIV.Area.value not in view.types(iri):
        return []
    kinds = [labels.title(view, it) for it in view.things(iri, CIV.areaType)]
    ended, code = plain(view, iri, CIV.endDate), plain(view, iri, SKOS.notation)
    return [part for part in (*sorted(kinds), code, f"until {day_of(ended)}" if ended else "") if part]


def _statements(view: View, notes: Notes, iri: str) -> list[Block]:
    """One block with all that is stated, for things that have no grouping of their own."""
    title, facts = "What is stated about it", view.stated(iri)
    lines = lines_of(view, notes, facts, display_of(view).page_order) if facts else ()
    block = Block("statements", title, others(iri, title, ()), (Facts(lines),), marks_of(notes, facts))
    return [block] if facts else []
