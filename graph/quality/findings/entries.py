"""Findings about single entries: gone from the register, without activities, not checked for more than a year."""

from collections.abc import Iterator
from datetime import date, timedelta

from graph.model.problems import parameters
from graph.model.values.dates import in_english
from graph.quality.findings.finding import Found, Known
from graph.quality.profile import Entry
from graph.quality.registers import Registration

YEAR = timedelta(days=365)
NUMBER = ("charity_number", "charity number", "company_number", "companies house number")
ACTIVITIES = ("activities", "activity", "field of work")
CHECKED = ("last_checked", "last checked")


def gone_from_register(known: Known, source: str) -> Iterator[Found]:
    """Organisations that no register has any more, though the source lists them as active.

    A list of grants does not show what is active: an organisation is reported there if it had left its register before
    a grant.
    """
    for organisation, entry in known.profiles.entries[source].items():
        taken_out = known.registers.gone(organisation) if entry.current else None
        if taken_out and (not entry.awarded or (taken_out.removed[:10] < entry.awarded and taken_out.removed)):
            for thing, reference in _things(known, source, organisation, entry):
                yield _gone(known, organisation, taken_out, thing, reference, entry.awarded)


def _things(known: Known, source: str, organisation: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """What identifies an organisation's rows: each of its entries in a directory, otherwise itself; with references."""
    listings = {thing: known.profiles.listings[source][thing] for thing in entry.listings}
    yield from ((thing, listing.reference) for thing, listing in listings.items() if listing.current)
    if not listings:
        yield organisation, known.reference(source, organisation)


def _gone(known: Known, organisation: str, entry: Registration, thing: str, reference: str, awarded: str) -> Found:
    successor = known.registers.successor(organisation)
    named = {"register": entry.register, "day": in_english(entry.removed) if entry.removed else "an unknown day"}
    took_over = bool(successor) and not known.registers.gone(successor)
    if took_over:
        named["successor"] = known.named(successor)
    if awarded:
        named["awarded"] = in_english(awarded)
        rule = "gone-before-grant-with-successor" if took_over else "gone-before-grant"
    else:
        rule = "gone-with-successor" if took_over else "gone-from-register"
    return Found(
        thing,
        organisation,
        rule,
        parameters(**named),
        NUMBER,
        entry.number,
        reference,
        (entry.iri, *([successor] if successor else [])),
    )


def without_activities(known: Known, source: str) -> Iterator[Found]:
    """Entries of a directory that do not tell, in its codes or in keywords, what the organisation does."""
    for thing, listing in known.profiles.listings.get(source, {}).items():
        entry = known.profiles.entries[source][listing.organisation]
        if listing.current and not entry.has("activities"):
            yield Found(
                thing,
                listing.organisation,
                "no-activities",
                words=ACTIVITIES,
                reference=listing.reference,
                evidence=(thing,),
            )


def not_checked(known: Known, source: str) -> Iterator[Found]:
    """Entries of a directory, and services, that were checked last more than a year before the list was made."""
    day = known.dates.get(source)
    if day is None:
        return
    oldest = (day - YEAR).isoformat()
    for thing, listing in known.profiles.listings.get(source, {}).items():
        if listing.current and "" < listing.checked < oldest:
            yield _stale(thing, listing.organisation, listing.reference, listing.checked, day)
    for thing, checked in known.profiles.services.get(source, {}).items():
        if checked < oldest:
            yield _stale(thing, thing, known.registers.numbers.get(thing, ""), checked, day)


def _stale(thing: str, about: str, reference: str, checked: str, day: date) -> Found:
    return Found(
        thing, about, "not-checked", parameters(day=in_english(day.isoformat())), CHECKED, checked, reference, (thing,)
    )
