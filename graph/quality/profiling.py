"""Reading what sources state of organisations: in streams of one property of one source each, joined here.

Sources that describe no organisation, such as those of postcodes, are not read at all.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from graph.identity.display_name import of_register
from graph.model.iri import last_segment
from graph.model.own_graphs import IDENTITY
from graph.model.terms import CIV, DCT, OWL, ROV, SCHEMA, SKOS, Iri
from graph.nquads.sorted_graph import SortedGraph
from graph.quality.profile import BITS, CLOSED, FACTS, Entries, Entry, Listing, Profiles

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


def read_profiles(graphs: Graphs, counted: Collection[str], sources: Iterable[str]) -> Profiles:
    """Read what sources say of the organisations that count; public authorities do not."""
    profiles = Profiles()
    describing = [source for source in sources if graphs[source].describes("organisation")]
    for source, organisation in of_class(graphs, CIV.Organisation, describing):
        if organisation in counted:
            profiles.entries.setdefault(source, {})[organisation] = Entry()
    _names(graphs, profiles)
    _facts(graphs, profiles)
    _directories(graphs, profiles)
    _grants(graphs, profiles)
    _days(graphs, profiles)
    for source, thing, postcode in stated(graphs, CIV.postcode, profiles.entries):
        profiles.postcodes[source].append((thing, postcode))
    return profiles


def _names(graphs: Graphs, profiles: Profiles) -> None:
    for source, organisation, name in stated(graphs, SKOS.prefLabel, profiles.entries):
        if entry := profiles.entry(source, organisation):
            entry.names = (*entry.names, name)
    for prop in (SKOS.altLabel, ROV.legalName, CIV.nameInGrants):
        for source, organisation, name in stated(graphs, prop, profiles.entries):
            if entry := profiles.entry(source, organisation):
                entry.others = (*entry.others, name)
    for source, organisation, status in stated(graphs, ROV.orgStatus, profiles.entries):
        if entry := profiles.entry(source, organisation):
            entry.status = "active" if entry.status == "active" else last_segment(status)


def _facts(graphs: Graphs, profiles: Profiles) -> None:
    providers = {service: provider for _, service, provider in stated(graphs, SCHEMA.provider, profiles.entries)}
    for prop in dict.fromkeys(prop for props in FACTS.values() for prop in props):
        bits = sum(BITS[name] for name, props in FACTS.items() if prop in props)
        for source, subject, value in stated(graphs, prop, profiles.entries):
            # The field of a service shows what its provider does.
            organisation = providers.get(subject, subject) if bits == BITS["activities"] else subject
            if entry := profiles.entry(source, organisation):
                entry.facts |= bits
                if prop is ROV.registration:
                    entry.own = min(entry.own or value, value)
    for entries in profiles.entries.values():
        for organisation, entry in entries.items():
            if of_register(organisation):
                entry.facts |= BITS["registered-number"]


def _directories(graphs: Graphs, profiles: Profiles) -> None:
    for source, organisation, listing in stated(graphs, CIV.listing, profiles.entries):
        if entry := profiles.entry(source, organisation):
            entry.listings = (*entry.listings, listing)
            profiles.listings[source][listing] = Listing(organisation)
    directories = [source for source in profiles.entries if source in profiles.listings]
    _of_entries(graphs, profiles, directories)
    for source, listings in profiles.listings.items():
        _of_listings(profiles.entries[source], listings.values())
    for source, thing, area in stated(graphs, CIV.within, directories):
        profiles.areas[source][thing].add(last_segment(area))
    _numbers(graphs, profiles, directories)


def _numbers(graphs: Graphs, profiles: Profiles, directories: Collection[str]) -> None:
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
            profiles.bodies[source][first[source, link]].add(canonical.get(end, end))


def _of_entries(graphs: Graphs, profiles: Profiles, directories: Collection[str]) -> None:
    """What directories say of their entries and, of checks, of services."""
    for source, thing, reference in stated(graphs, SKOS.notation, directories):
        if listing := profiles.listing(source, thing):
            listing.reference = reference
    for source, thing, name in stated(graphs, CIV.listedName, directories):
        if listing := profiles.listing(source, thing):
            listing.name = name
    for source, thing, day in stated(graphs, CIV.lastChecked, directories):
        if listing := profiles.listing(source, thing):
            listing.checked = day
        else:
            profiles.services[source][thing] = day
    for source, thing, status in stated(graphs, CIV.listingStatus, directories):
        if listing := profiles.listing(source, thing):
            listing.status = last_segment(status)
        elif last_segment(status) in CLOSED:
            profiles.services[source].pop(thing, None)


def _of_listings(entries: Entries, listings: Collection[Listing]) -> None:
    """An organisation is active if any of its entries is; it was checked when the last of them was."""
    for listing in listings:
        entry = entries[listing.organisation]
        entry.status = "active" if listing.current else entry.status or "closed"
        entry.dated = max(entry.dated, listing.checked)
        entry.facts |= BITS["last-checked"] if listing.checked else 0


def _grants(graphs: Graphs, profiles: Profiles) -> None:
    for source, grant, organisation in stated(graphs, CIV.recipient, profiles.entries):
        profiles.grants[source][grant] = organisation
    for source, grant, name in stated(graphs, CIV.recipientName, profiles.entries):
        profiles.recipient_names[source][grant] = name
    for source, grant, day in stated(graphs, CIV.awardDate, profiles.entries):
        if entry := profiles.entry(source, profiles.grants[source].get(grant, "")):
            entry.awarded = max(entry.awarded, day)


def _days(graphs: Graphs, profiles: Profiles) -> None:
    """The last day of accounts or of a change, where there is no day of a check."""
    owners = {(source, year): owner for source, owner, year in stated(graphs, CIV.annualReturn, profiles.entries)}
    last: dict[tuple[str, str], str] = {}
    for prop in (CIV.yearEnd, DCT.modified):
        for source, thing, day in stated(graphs, prop, profiles.entries):
            place = (source, owners.get((source, thing)) or profiles.grants[source].get(thing, thing))
            last[place] = max(last.get(place, ""), day[:10])
    for (source, organisation), day in last.items():
        if (entry := profiles.entry(source, organisation)) and not entry.has("last-checked"):
            entry.dated = day
