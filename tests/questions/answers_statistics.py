"""Answers about areas: population and deprivation, each nation by its own index."""

from collections import Counter, defaultdict
from decimal import Decimal

from tests.questions import answers_oscr, answers_places
from tests.support.raw.rows import Row, rounded, rows

ZONES = 6976
SIMD = "statistics/simd2020v2/simd-2020v2-"
INDICATORS = {  # as the vocabulary calls what may be suppressed
    "CIF": "Illness",
    "ALCOHOL": "Alcohol",
    "DRUG": "Drugs",
    "SMR": "Mortality",
    "DEPRESS": "MentalHealthPrescriptions",
    "LBWT": "LowBirthWeight",
    "EMERG": "EmergencyStays",
    "Attendance": "Attendance",
    "Attainment": "Attainment",
    "not_participating": "NotParticipating",
    "University": "University",
    "Broadband": "NoBroadband",
    "crime_count": "Crimes",
    "crime_rate": "CrimeRate",
}
OPERATING_NAMES = {  # as the register of charities spells councils that the estimates spell otherwise
    "Aberdeen": "Aberdeen City",
    "Western Isles": "Na h-Eileanan Siar",
}


def ranks() -> dict[str, Row]:
    return {row["Data_Zone"]: row for row in rows(SIMD + "ranks.csv")}


def councils() -> dict[str, str]:
    """The council of each data zone, by its code of 2020."""
    table = rows("geography/lookups/dz11-iz11-council-health-board-urban-rural-2026-06.csv")
    return {row["dz11_code"]: row["ltla20_code"] for row in table}


def people_2022() -> list[tuple[str, int]]:
    table = rows("statistics/population/population-2022-mid-year-scotland-council-areas.csv")
    return [(row["ltla19_code"], int(row["all_ages"])) for row in table]


def poorest_zone_of_each_council() -> list[tuple[str, str, int]]:
    best: dict[str, tuple[int, str]] = {}
    for zone, row in ranks().items():
        council, rank = councils_of[zone], int(row["SIMD2020v2_Rank"])
        best[council] = min(best.get(council, (ZONES + 1, "")), (rank, zone))
    return [(council, zone, rank) for council, (rank, zone) in best.items()]


def suppressed() -> list[tuple[str, int]]:
    of: Counter[str] = Counter()
    for row in rows(SIMD + "indicators.csv"):
        of.update(name for column, name in INDICATORS.items() if row[column] == "*")
    return list(of.items())


def charities_in_the_poorest_fifth() -> list[tuple[str, int, Decimal]]:
    """By council: charities on the register, and the share of them in the most deprived fifth of zones, per cent."""
    zones = [each.zone for _, each in answers_places.placed() if each.zone in councils_of]
    table = ranks()
    all_of = Counter(councils_of[zone] for zone in zones)
    poor = Counter(councils_of[zone] for zone in zones if int(table[zone]["SIMD2020v2_Rank"]) * 5 <= ZONES)
    return [
        (council, count, rounded(Decimal(100 * poor[council]) / count, 1).normalize())
        for council, count in all_of.items()
    ]


def people_by_council_2020() -> list[tuple[str, int]]:
    """The people of all zones of a council together."""
    people: Counter[str] = Counter()
    for row in rows("statistics/population/population-2020-mid-year-dz11.csv"):
        people[councils_of[row["dz11_code"]]] += int(row["total_population"])
    return list(people.items())


def poorest_in_england() -> list[tuple[str, int]]:
    """The districts with most zones in the most deprived tenth of England, of 2019: thirty zones or more."""
    path = "statistics/imd2019/imd-2019-england-lsoa11.csv"
    of = Counter(row["Local Authority District code (2019)"] for row in rows(path)
                 if row["Index of Multiple Deprivation (IMD) Decile"] == "1")  # fmt: skip
    return [(district, count) for district, count in of.items() if count >= 30]


def fallen_in_england() -> list[tuple[str, int, int]]:
    """Zones of unchanged code that lost four tenths or more between the indices of 2019 and 2025."""
    before = {
        row["LSOA code (2011)"]: int(row["Index of Multiple Deprivation (IMD) Decile"])
        for row in rows("statistics/imd2019/imd-2019-england-lsoa11.csv")
    }
    after = {
        row["lsoa21_code"]: int(row["IMD_decile"]) for row in rows("statistics/imd2025/imd-2025-england-lsoa21.csv")
    }
    both = before.keys() & after.keys()
    return [(zone, before[zone], after[zone]) for zone in both if before[zone] - after[zone] >= 4]


def poorest_in_wales() -> list[tuple[str, Decimal]]:
    table = rows("statistics/wimd2019/wimd-2019-index-and-domain-scores.csv")
    scores = [(row["lsoa"], Decimal(row["WIMD 2019"])) for row in table]
    return [(zone, score) for zone, score in scores if score >= 70]


def poorest_in_northern_ireland() -> list[tuple[str, str, int]]:
    """The ten most deprived areas with their districts."""
    table = rows("statistics/nimdm2017/nimdm-2017-soa.csv")
    found = [(row["SOA2001"], row["LGD2014code"], int(row["MDM_rank"])) for row in table]
    return [each for each in found if each[2] <= 10]


def former_charities_per_head() -> list[tuple[str, int, Decimal]]:
    """Former Scottish charities by the council where they mainly worked, and per ten thousand people of 2022."""
    table = rows("statistics/population/population-2022-mid-year-scotland-council-areas.csv")
    people = {row["ltla19_name"]: (row["ltla19_code"], int(row["all_ages"])) for row in table}
    worked: dict[str, int] = defaultdict(int)
    for row in answers_oscr.former():
        name = row["Main Operating Location"].replace("&", "and")
        worked[OPERATING_NAMES.get(name, name)] += 1
    return [
        (code, worked[name], rounded(Decimal(worked[name] * 10_000) / number, 2).normalize())
        for name, (code, number) in people.items()
    ]


councils_of = councils()
