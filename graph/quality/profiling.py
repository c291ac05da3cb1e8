"""Reading what sources state of organisations: in streams of one property of one source each, joined here.

Sources that describe no organisation, such as those of postcodes, are not read at all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from graph.identity.display_name import of_register
from graph.model.iri import last_segment
from graph.model.own_graphs import IDENTITY
from graph.model.terms import CIV, DCT, OWL, ROV, SCHEMA, SKOS, Iri
from graph.nquads.sorted_graph import SortedGraph
from graph.quality.profile import BITS, CLOSED, FACTS, Entries, Entry, Listing, Said

Graphs = Mapping[str, SortedGraph]
"""The graphs of a build by name."""


def stated(graphs: Graphs, prop: Iri, sources: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Each statement with a property in some sources: the source, the subject and the value."""
    for source in sorted(sources):
        for subject, value in graphs[source].values(prop):
            yield source, subject, value


def of_class(graphs: Graphs, kind: Iri, sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each thing of a class by some sources, with the source."""
    return ((source, thing) for source in sorted(sources) for thing in graphs[source].of_class(kind))


def canonical_of(graphs: Graphs) -> dict[str, str]:
    """What stands for each alias."""
    return {alias: body for _, alias, body in stated(graphs, OWL.sameAs, [IDENTITY])}


def read_said(graphs: Graphs, counted: Collection[str], sources: Iterable[str]) -> Said:
    """Read what sources say of the organisations that count; public authorities do not."""
    said = Said()
    telling = [source for source in sources if graphs[source].tells_of("organisation")]
    for source, organisation in of_class(graphs, CIV.Organisation, telling):
        if organisation in counted:
            said.entries.setdefault(source, {})[organisation] = Entry()
    _names(graphs, said)
    _facts(graphs, said)
    _directories(graphs, said)
    _grants(graphs, said)
    _days(graphs, said)
    for source, thing, postcode in stated(graphs, CIV.postcode, said.entries):
        said.postcodes[source].append((thing, postcode))
    return said


def _names(graphs: Graphs, said: Said) -> None:
    for source, organisation, name in stated(graphs, SKOS.prefLabel, said.entries):
        if entry := said.entry(source, organisation):
            entry.names = (*entry.names, name)
    for prop in (SKOS.altLabel, ROV.legalName, CIV.nameInGrants):
        for source, organisation, name in stated(graphs, prop, said.entries):
            if entry := said.entry(source, organisation):
                entry.others = (*entry.others, name)
    for source, organisation, status in stated(graphs, ROV.orgStatus, said.entries):
        if entry := said.entry(source, organisation):
            entry.status = "active" if entry.status == "active" else last_segment(status)


def _facts(graphs: Graphs, said: Said) -> None:
    providers = {service: provider for _, service, provider in stated(graphs, SCHEMA.provider, said.entries)}
    for prop in dict.fromkeys(prop for props in FACTS.values() for prop in props):
        bits = sum(BITS[name] for name, props in FACTS.items() if prop in props)
        for source, subject, value in stated(graphs, prop, said.entries):
            # The field of a service shows what its provider does.
            organisation = providers.get(subject, subject) if bits == BITS["activities"] else subject
            if entry := said.entry(source, organisation):
                entry.facts |= bits
                if prop is ROV.registration:
                    entry.own = min(entry.own or value, value)
    for entries in said.entries.values():
        for organisation, entry in entries.items():
            if of_register(organisation):
                entry.facts |= BITS["registered-number"]


def _directories(graphs: Graphs, said: Said) -> None:
    for source, organisation, listing in stated(graphs, CIV.listing, said.entries):
        if entry := said.entry(source, organisation):
            entry.listings = (*entry.listings, listing)
            said.listings[source][listing] = Listing(organisation)
    directories = [source for source in said.entries if source in said.listings]
    _of_entries(graphs, said, directories)
    for source, listings in said.listings.items():
        _of_listings(said.entries[source], listings.values())
    for source, thing, area in stated(graphs, CIV.within, directories):
        said.areas[source][thing].add(last_segment(area))
    _numbers(graphs, said, directories)


def _numbers(graphs: Graphs, said: Said, directories: Collection[str]) -> None:
    """What entries are by the numbers that they give: two with one number count as no body when links are weighed."""
    canonical = canonical_of(graphs)
    links = set(of_class(graphs, CIV.IdentityLink, directories))
    first = {
        (source, link): canonical.get(end, end)
        for source, link, end in stated(graphs, OWL.annotatedSource, directories)
        if (source, link) in links
    }
    for source, link, end in stated(graphs, OWL.annotatedTarget, directories):
        if (source, link) in first:
            said.bodies[source][first[source, link]].add(canonical.get(end, end))


def _of_entries(graphs: Graphs, said: Said, directories: Collection[str]) -> None:
    """What directories say of their entries and, of checks, of services."""
    for source, thing, reference in stated(graphs, SKOS.notation, directories):
        if listing := said.listing(source, thing):
            listing.reference = reference
    for source, thing, name in stated(graphs, CIV.listedName, directories):
        if listing := said.listing(source, thing):
            listing.name = name
    for source, thing, day in stated(graphs, CIV.lastChecked, directories):
        if listing := said.listing(source, thing):
            listing.checked = day
        else:
            said.services[source][thing] = day
    for source, thing, status in stated(graphs, CIV.listingStatus, directories):
        if listing := said.listing(source, thing):
            listing.status = last_segment(status)
        elif last_segment(status) in CLOSED:
            said.services[source].pop(thing, None)


def _of_listings(entries: Entries, listings: Collection[Listing]) -> None:
    """An organisation is active if any of its entries is; it was checked when the last of them was."""
    for listing in listings:
        entry = entries[listing.organisation]
        entry.status = "active" if listing.current else entry.status or "closed"
        entry.dated = max(entry.dated, listing.checked)
        entry.facts |= BITS["last-checked"] if listing.checked else 0


def _grants(graphs: Graphs, said: Said) -> None:
    for source, grant, organisation in stated(graphs, CIV.recipient, said.entries):
        said.grants[source][grant] = organisation
    for source, grant, name in stated(graphs, CIV.recipientName, said.entries):
        said.recipient_names[source][grant] = name
    for source, grant, day in stated(graphs, CIV.awardDate, said.entries):
        if entry := said.entry(source, said.grants[source].get(grant, "")):
            entry.awarded = max(entry.awarded, day)


def _days(graphs: Graphs, said: Said) -> None:
    """The last day of accounts or of a change, where there is no day of a check."""
    owners = {(source, year): owner for source, owner, year in stated(graphs, CIV.annualReturn, said.entries)}
    last: dict[tuple[str, str], str] = {}
    for prop in (CIV.yearEnd, DCT.modified):
        for source, thing, day in stated(graphs, prop, said.entries):
            place = (source, owners.get((source, thing)) or said.grants[source].get(thing, thing))
            last[place] = max(last.get(place, ""), day[:10])
    for (source, organisation), day in last.items():
        if (entry := said.entry(source, organisation)) and not entry.tells("last-checked"):
            entry.dated = day
