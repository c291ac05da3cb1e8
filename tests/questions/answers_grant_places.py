"""Answers about where grants go: where recipients are, where the benefit is, and how deprived these places are."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from tests.questions import answers_places, answers_statistics
from tests.questions.answers_funders import LLOYDS, address
from tests.questions.answers_places import Place
from tests.questions.bodies import given
from tests.questions.recipients import named
from tests.support.raw.grants import Grant
from tests.support.raw.rows import Row, rounded, rows

POWER_TO_CHANGE, OXFORDSHIRE = "GB-CHC-1159982", "GB-CHC-1151621"
MANCHESTER = 53.4794, -2.2453
"""Latitude and longitude of the middle of Manchester, as the question has them."""
PUBLIC = ("GB-CHC", "GB-SC-", "GB-NIC", "GB-COH", "GB-EDU", "GB-REV", "GB-LAE")


@cache
def located() -> list[tuple[Grant, str, str, Place]]:
    """Grants with funder, recipient and its place, which is told only of those whose identifier is a register's."""
    return [
        (grant, funder, recipient, place)
        for grant, funder, recipient in given()
        if named(grant, grant.recipient)[:6] in PUBLIC
        and (place := answers_places.places().get(answers_places.packed(grant.recipient.postcode)))
    ]


@cache
def english() -> Mapping[str, Row]:
    """The index of 2019 by zone."""
    return {row["LSOA code (2011)"]: row for row in rows("statistics/imd2019/imd-2019-england-lsoa11.csv")}


def tenth(zone: str) -> int:
    return int(english()[zone]["Index of Multiple Deprivation (IMD) Decile"])


def summed(found: Iterator[tuple[int, Decimal]]) -> list[tuple[int, int, Decimal]]:
    """Of each key: how many, and how much together."""
    of: dict[int, list[Decimal]] = defaultdict(list)
    for key, amount in found:
        of[key].append(amount)
    return [(key, len(amounts), sum(amounts, Decimal())) for key, amounts in of.items()]


def lloyds_by_tenth() -> list[tuple[int, int, Decimal]]:
    """By the tenth of England's zones that the recipient's postcode is in."""
    return summed((tenth(place.zone), grant.amount) for grant, funder, _, place in located()
                  if funder == LLOYDS and place.zone in english())  # fmt: skip


def benefit_by_tenth() -> list[tuple[int, int, Decimal]]:
    """Power to Change: by the tenth that the zone of the benefit is in."""
    return summed((tenth(code), grant.amount) for grant, funder, _ in given() if funder == POWER_TO_CHANGE
                  for code in grant.area_codes if code in english())  # fmt: skip


def at_home_or_elsewhere() -> list[tuple[bool, int, Decimal]]:
    """Power to Change: grants whose benefit is in the zone of the recipient's postcode, and in another."""
    found = ((code == place.zone, grant.amount) for grant, funder, _, place in located() if funder == POWER_TO_CHANGE
             for code in grant.area_codes if place.zone)  # fmt: skip
    return [(bool(home), count, pounds) for home, count, pounds in summed((int(home), each) for home, each in found)]


def near_manchester() -> list[tuple[str, int]]:
    """Recipients of the Lloyds Bank Foundation with a postcode within five kilometres of the middle of Manchester."""
    of = Counter(recipient for _, funder, recipient, place in located() if funder == LLOYDS
                 and answers_places.kilometres(place.lat, place.lon, *MANCHESTER) < 5)  # fmt: skip
    return [(address(recipient), count) for recipient, count in of.items()]


def well_funded_councils() -> list[tuple[str, int, int, Decimal]]:
    """The twenty councils whose recipients got most pounds: funders, grants, pounds."""
    of: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for grant, funder, _, place in located():
        if grant.currency == "GBP" and place.council:
            of[place.council].append((funder, grant.amount))
    sums = [(council, len({funder for funder, _ in found}), len(found), sum((each for _, each in found), Decimal()))
            for council, found in of.items()]  # fmt: skip
    return sorted(sums, key=lambda each: (-each[3], each[0]))[:20]


def scottish() -> Iterator[tuple[Grant, Place]]:
    return ((grant, place) for grant, _, _, place in located() if place.zone.startswith("S01"))


def per_thousand_scots() -> list[tuple[str, int, Decimal]]:
    """Scottish councils: grants to bodies with a postcode there, and pounds for each thousand people of 2022."""
    people, pounds, count = dict(answers_statistics.people_2022()), Counter[str](), Counter[str]()
    for grant, place in scottish():
        pounds[place.council] += int(grant.amount)
        count[place.council] += 1
    return [(council, number, rounded(Decimal(pounds[council] * 1000) / people[council], 2).normalize())
            for council, number in count.items()]  # fmt: skip


def by_fifth_of_scotland() -> list[tuple[int, int, Decimal, Decimal]]:
    """Fifths of Scotland's zones: grants, pounds, and pounds for each thousand people of 2020 in that fifth."""
    fifths = {zone: (int(row["SIMD2020v2_Rank"]) * 5 - 1) // answers_statistics.ZONES + 1
              for zone, row in answers_statistics.ranks().items()}  # fmt: skip
    people: Counter[int] = Counter()
    for row in rows("statistics/population/population-2020-mid-year-dz11.csv"):
        people[fifths[row["dz11_code"]]] += int(row["total_population"])
    return [
        (fifth, count, pounds, rounded(pounds * 1000 / people[fifth], 2).normalize())
        for fifth, count, pounds in summed((fifths[place.zone], grant.amount) for grant, place in scottish())
    ]


def named_areas() -> list[tuple[int, int, Decimal]]:
    """Oxfordshire: by the tenth of the zone of the benefit, which is given by its name and not by its code."""
    codes = {row["LSOA name (2011)"]: zone for zone, row in english().items()}
    return summed((tenth(codes[name]), grant.amount) for grant, funder, _ in given() if funder == OXFORDSHIRE
                  for name in grant.area_codes if name in codes)  # fmt: skip
