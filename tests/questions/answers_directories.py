"""Answers about local groups: who is listed by whom, on what register they are, what they do, and who funds them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from tests.questions import answers_oscr, answers_places
from tests.questions.answers_funders import address, share
from tests.questions.bodies import body, by_recipient
from tests.support.raw.directories import COUNCILS, FORTH, TAY, Entry, Row, entries, everything, table
from tests.support.raw.rows import day

NEAR = "DD3 8AY"
OPEN_DAY = date(2026, 11, 1)


@cache
def of_tay() -> Mapping[str, Entry]:
    return {each.reference: each for each in entries(TAY)}


def services() -> Iterator[tuple[Row, Entry]]:
    """Services of the second list, each with who provides it."""
    return ((row, of_tay()[row["organisation"]]) for row in table("tay-services.csv"))


def for_the_old_nearby() -> list[tuple[str, str]]:
    """Services for older people on open premises within 3 km, of groups that give no register's number."""
    here = answers_places.places()[answers_places.packed(NEAR)]
    return [
        (row["reference"], provider.name)
        for row, provider in services()
        if "Older people" in row["beneficiaries"].split("; ")
        and row["premises"] == "yes"
        and not provider.charity
        and (place := answers_places.places()[answers_places.packed(row["postcode"])])
        and answers_places.kilometres(place.lat, place.lon, here.lat, here.lon) < 3
    ]


def in_both() -> list[tuple[str, str, str]]:
    """Charities that both directories list under different names, once each."""
    one, two = listed_once(FORTH), listed_once(TAY)
    return [(number, one[number].name, two[number].name) for number in one.keys() & two.keys()
            if one[number].name != two[number].name]  # fmt: skip


def listed_once(directory: str) -> Mapping[str, Entry]:
    return {number: found[0] for number, found in by_charity(directory).items() if len(found) == 1}


def by_charity(directory: str) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for each in entries(directory):
        if each.charity:
            found[each.charity].append(each)
    return found


def listed_twice() -> list[tuple[str, str, str]]:
    """Charities that one directory lists twice: its number and both references."""
    return [(number, one.reference, two.reference) for directory in (FORTH, TAY)
            for number, found in by_charity(directory).items() if len(found) == 2
            for one, two in [sorted(found, key=lambda each: each.reference)]]  # fmt: skip


def gone() -> list[tuple[str, str, str]]:
    """Entries whose charity has left the Scottish register: the list, the reference, the day."""
    left = {row["Charity Number"]: day(row["Ceased Date"]) for row in answers_oscr.former()}
    return [(each.directory, each.reference, left[each.charity].isoformat())
            for each in everything() if each.charity in left]  # fmt: skip


def with_grants() -> list[tuple[str, int]]:
    """Funders of bodies that the directories list, with how many of them each funds."""
    listed = {body(f"GB-SC-{each.charity}") for each in everything() if each.charity and not is_double(each)}
    of: dict[str, set[str]] = defaultdict(set)
    for recipient in listed & by_recipient().keys():
        for _, funder in by_recipient()[recipient]:
            of[funder].add(recipient)
    return [(address(funder), len(found)) for funder, found in of.items()]


def is_double(each: Entry) -> bool:
    """Whether its directory has another entry with its number: then neither is taken for the charity."""
    return len(by_charity(each.directory).get(each.charity, ())) > 1


def freshness() -> list[tuple[str, int, int, Decimal]]:
    """By directory and year: entries last checked in it, and their share of the directory."""
    of = Counter((each.directory, each.checked.year) for each in everything())
    return [(directory, year, count, share(count, len(entries(directory)))) for (directory, year), count in of.items()]


def on_no_register_by_council() -> list[tuple[str, str, int]]:
    """Groups that give no register's number, by directory and the council that it names or their postcode is in."""
    found = ((each, each.council or council_of(each.postcode)) for each in everything() if not each.charity)
    of = Counter((each.directory, council) for each, council in found if council)
    return [(directory, council, count) for (directory, council), count in of.items()]


def council_of(postcode: str) -> str:
    place = answers_places.places().get(answers_places.packed(postcode))
    return place.council if place else ""


def same_name_same_council() -> list[tuple[str, str, str]]:
    """Groups without a number that both directories have by one name: their references in both."""
    names = {each.name: each for each in entries(FORTH) if not each.charity}
    return [(each.name, names[each.name].reference, each.reference)
            for each in entries(TAY) if not each.charity and each.name in names]  # fmt: skip


def free_by_council() -> list[tuple[str, int, int]]:
    """By the council that a service is for: open services, and those of them that cost nothing."""
    of: dict[str, list[bool]] = defaultdict(list)
    for row, _ in services():
        if row["status"] == "active":
            of[COUNCILS[row["area"]]].append(row["cost"] == "Free")
    return [(council, len(found), sum(found)) for council, found in of.items()]


def for_the_young() -> list[tuple[str, str]]:
    """Opportunities for people of sixteen, with expenses paid, that close after the day of the list; by whom."""
    return [
        (row["reference"], of_tay()[row["organisation"]].name)
        for row in table("tay-opportunities.csv")
        if row["minimum_age"] in ("14", "16")
        and row["expenses_paid"] == "yes"
        and date.fromisoformat(row["closes"]) > OPEN_DAY
    ]


def shown_or_hidden() -> list[tuple[str, bool, int]]:
    """By directory: organisations whose postcode may be shown, as they give premises, and others."""
    of = Counter(
        (each.directory, each.premises)
        for each in everything()
        if answers_places.packed(each.postcode) in answers_places.places()
    )
    return [(directory, shown, count) for (directory, shown), count in of.items()]


def richest_listed() -> list[tuple[str, Decimal]]:
    """The ten largest last incomes of charities that a directory lists, the sum of what both registers' files say."""
    income = {row["Charity Number"]: Decimal(row[answers_oscr.INCOME])
              for row in answers_oscr.accounts() if row[answers_oscr.INCOME]}  # fmt: skip
    numbers = {each.charity for each in everything() if each.charity in income and not is_double(each)}
    return sorted(((number, income[number]) for number in numbers), key=lambda each: (-each[1], each[0]))[:10]
