"""The facts that show how sure we are of an organisation, read from the sorted graphs of the sources.

Memory grows with the number of organisations, entries, listings and grants; all else in the graphs is skipped.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.identity.links import read_ties
from graph.identity.rewrite import Aliases
from graph.identity.rules import Rules, registered
from graph.model import iri
from graph.model.terms import CIV, RDF, ROV, SCHEMA
from graph.nquads.reading import Description, things

Source = tuple[str, datetime.date | None, Path]
"""A source: its name, the day of its data, its sorted graph."""
Dated = tuple[str, str]
"""One piece of evidence for an organisation: its day as far as it is known, '' where it is not, and its IRI."""

_ENDED = ("removed", "dissolved", "converted-or-closed", "inactive")
"""Statuses in a register of those that it no longer has, or only for the record."""
_UNINCORPORATED = tuple(
    f"/def/legal-form/{code}>".encode() for code in ("unincorporated-association", "trust", "other")
)
"""Legal forms that a body has without being registered; all others come from a register or from a law."""
_NOTHING = re.compile(r'"-.*|"0*(?:\.0*)?".*')

_TYPE, _STATUS, _FORM = RDF.type.encode(), ROV.orgStatus.encode(), ROV.orgType.encode()
_ENTRY, _LISTING = ROV.registration.encode(), CIV.listing.encode()
_REMOVED, _LISTED = CIV.removedOn.encode(), CIV.listed.encode()
_CHECKED, _LISTING_STATUS = CIV.lastChecked.encode(), CIV.listingStatus.encode()
_RECIPIENT, _FUNDER, _AMOUNT = CIV.recipient.encode(), SCHEMA.funder.encode(), CIV.amountAwarded.encode()
_AWARDED = tuple(term.encode() for term in (CIV.awardDate, CIV.awardMonth, CIV.awardYear))
_ORGANISATION = CIV.Organisation.encode()
_PUBLIC = {CIV.LocalAuthority.encode(), CIV.PublicBody.encode()}


@dataclass(slots=True)
class Attested:
    """The evidence for one organisation. Most have one entry in a register and nothing else, so tuples are used."""

    sources: tuple[str, ...] = ()
    """The sources that describe it."""
    entries: tuple[str, ...] = ()
    """Its entries in registers."""
    listings: tuple[str, ...] = ()
    """Its entries in directories, and in other lists that are not registers."""
    grants: tuple[Dated, ...] = ()
    """Grants that name it as the recipient and award something."""
    namings: tuple[Dated, ...] = ()
    """Grants that name it otherwise: as the funder, or with nothing awarded."""
    claims: tuple[str, ...] = ()
    """Links that give it the number of a register."""
    of_a_kind: bool = False
    """Whether it is a public body, or has a legal form that only registers and laws give."""


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry in a directory."""

    checked: str
    """The day on which its keeper last made sure of it."""
    open: bool
    fresh: bool
    """Whether that was within a year before the day of the directory's data."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was read."""

    organisations: dict[str, Attested] = field(default_factory=dict[str, Attested])
    entries: dict[str, tuple[str, bool]] = field(default_factory=dict[str, tuple[str, bool]])
    """Entries in registers: the day of the latest data about each, and whether it is current by them."""
    listings: dict[str, Listing] = field(default_factory=dict[str, Listing])


def read(sources: Sequence[Source], rules: Rules, aliases: Aliases) -> Evidence:
    """Read the graphs of a build in which identity is resolved; `aliases` says what stands for which identifier."""
    evidence = Evidence()
    for name, day, graph in sources:
        _read_listings(graph, day, evidence)
        _read_organisations(name, day, graph, evidence)
    for _, _, graph in sources:
        _read_grants(graph, evidence)
    _read_claims([(name, graph) for name, _, graph in sources], rules, aliases, evidence)
    return evidence


def _read_listings(graph: Path, day: datetime.date | None, evidence: Evidence) -> None:
    closed = iri.concept("listing-status", "closed").encode()
    for listing, described in things(graph, "listing", (_CHECKED, _LISTING_STATUS)):
        checked = _lexical(max(described.get(_CHECKED, {b""})))
        fresh = bool(checked and day) and _year_before(day) <= checked <= str(day)
        evidence.listings[listing.decode()] = Listing(checked, closed not in described.get(_LISTING_STATUS, ()), fresh)


def _year_before(day: datetime.date | None) -> str:
    """The day a year earlier, as dates are written; the 28th for a 29th of February.

    >>> _year_before(datetime.date(2024, 2, 29))
    '2023-02-28'
    """
    assert day is not None
    leap = (day.month, day.day) == (2, 29)
    return str(day.replace(year=day.year - 1, day=28) if leap else day.replace(year=day.year - 1))


def _read_organisations(name: str, day: datetime.date | None, graph: Path, evidence: Evidence) -> None:
    wanted = (_TYPE, _STATUS, _FORM, _ENTRY, _LISTING)
    ended = {iri.concept("registration-status", code).encode() for code in _ENDED}
    unsaid: set[str] = set()  # entries of organisations of which the source states no status
    for organisation, described in things(graph, "organisation", wanted):
        if _ORGANISATION not in described.get(_TYPE, ()):
            continue
        attested = evidence.organisations.setdefault(organisation.decode(), Attested())
        attested.sources += (name,)
        attested.of_a_kind |= _of_a_kind(described)
        entries = [each.decode() for each in sorted(described.get(_ENTRY, ()))]
        in_registers = tuple(entry for entry in entries if registered(entry))
        attested.entries = _and(attested.entries, in_registers)
        others = (entry for entry in entries if not registered(entry))
        attested.listings = _and(attested.listings, (*others, *(each.decode() for each in described.get(_LISTING, ()))))
        if statuses := described.get(_STATUS):
            _note(evidence, in_registers, day, not statuses <= ended)
        else:
            unsaid.update(in_registers)
    if unsaid:
        entered = things(graph, "registration", (_REMOVED, _LISTED))
        gone = {entry.decode() for entry, described in entered if _is_gone(described)}
        for entry in unsaid:
            _note(evidence, (entry,), day, entry not in gone)


def _of_a_kind(described: Description) -> bool:
    forms = described.get(_FORM, ())
    return not _PUBLIC.isdisjoint(described[_TYPE]) or any(not form.endswith(_UNINCORPORATED) for form in forms)


def _and(held: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*held, *more))) if more else held


def _note(evidence: Evidence, entries: Iterable[str], day: datetime.date | None, current: bool) -> None:
    """What a source states of entries; the latest data count, and of two of one day those in which it is active."""
    for entry in entries:
        stated = (str(day or ""), current)
        evidence.entries[entry] = max(stated, evidence.entries.get(entry, stated))


def _is_gone(described: Description) -> bool:
    return _REMOVED in described or any(value.startswith(b'"false"') for value in described.get(_LISTED, ()))


def _read_grants(graph: Path, evidence: Evidence) -> None:
    wanted = (_RECIPIENT, _FUNDER, _AMOUNT, *_AWARDED)
    for grant, described in things(graph, "grant", wanted):
        day = max((_lexical(value) for term in _AWARDED for value in described.get(term, ())), default="")
        dated = ((day, grant.decode()),)
        amounts = described.get(_AMOUNT, set())
        awarded = not amounts or not all(_NOTHING.fullmatch(amount.decode()) for amount in amounts)
        for organisation in _known(evidence, described.get(_RECIPIENT, ())):
            if awarded:
                organisation.grants += dated
            else:
                organisation.namings += dated
        for organisation in _known(evidence, described.get(_FUNDER, ())):
            organisation.namings += dated


def _known(evidence: Evidence, found: Iterable[bytes]) -> Iterator[Attested]:
    for each in found:
        if attested := evidence.organisations.get(each.decode()):
            yield attested


def _read_claims(graphs: Sequence[tuple[str, Path]], rules: Rules, aliases: Aliases, evidence: Evidence) -> None:
    """Links that say a number of a register is an organisation's, whether or not a build acts on them."""
    for link in read_ties(graphs).links:
        if link.confidence < rules.threshold or link.pair in rules.rejected:
            continue
        for end, other in ((link.first, link.second), (link.second, link.first)):
            body = evidence.organisations.get(aliases.get(end.encode(), end.encode()).decode())
            if body and registered(other):
                body.claims = _and(body.claims, (link.iri,))


def _lexical(value: bytes) -> str:
    """What a literal says, without its datatype."""
    return value.decode().split('"')[1] if value else ""
