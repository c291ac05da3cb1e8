"""The Scottish Index of Multiple Deprivation 2020v2: ranks and indicators by data zone."""

from collections.abc import Iterator

from graph.model import cube, iri
from graph.model.cube import Sparse
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV

YEAR, ZONES = 2020, 6976
PEOPLE = {
    "Total_population": CIV.simd2020Population,
    "Working_age_population": CIV.simd2020WorkingAgePopulation,
}
RANKS = {  # those that tie share the mean of their ranks
    "SIMD2020v2_Income_Domain_Rank": CIV.simd2020IncomeRank,
    "SIMD2020_Employment_Domain_Rank": CIV.simd2020EmploymentRank,
    "SIMD2020_Health_Domain_Rank": CIV.simd2020HealthRank,
    "SIMD2020_Education_Domain_Rank": CIV.simd2020EducationRank,
    "SIMD2020_Access_Domain_Rank": CIV.simd2020AccessRank,
    "SIMD2020_Crime_Domain_Rank": CIV.simd2020CrimeRank,
    "SIMD2020_Housing_Domain_Rank": CIV.simd2020HousingRank,
}
PARTS = {CIV.simd2020Quintile: 5, CIV.simd2020Decile: 10, CIV.simd2020Vigintile: 20}
COUNTS = {
    "Income_count": CIV.simd2020IncomeDeprived,
    "Employment_count": CIV.simd2020EmploymentDeprived,
    "overcrowded_count": CIV.simd2020Overcrowded,
    "nocentralheat_count": CIV.simd2020NoCentralHeating,
}
FIGURES = {
    "Income_rate": CIV.simd2020IncomeDeprivedShare,
    "Employment_rate": CIV.simd2020EmploymentDeprivedShare,
    "no_qualifications": CIV.simd2020NoQualifications,
    "drive_petrol": CIV.simd2020DrivePetrol,
    "drive_GP": CIV.simd2020DriveGP,
    "drive_post": CIV.simd2020DrivePost,
    "drive_primary": CIV.simd2020DrivePrimary,
    "drive_retail": CIV.simd2020DriveRetail,
    "drive_secondary": CIV.simd2020DriveSecondary,
    "PT_GP": CIV.simd2020PublicTransportGP,
    "PT_post": CIV.simd2020PublicTransportPost,
    "PT_retail": CIV.simd2020PublicTransportRetail,
    "overcrowded_rate": CIV.simd2020OvercrowdedShare,
    "nocentralheat_rate": CIV.simd2020NoCentralHeatingShare,
}
WITH_GAPS = {
    "CIF": Sparse("simd2020v2", "illness", CIV.simd2020Illness),
    "ALCOHOL": Sparse("simd2020v2", "alcohol", CIV.simd2020Alcohol),
    "DRUG": Sparse("simd2020v2", "drugs", CIV.simd2020Drugs),
    "SMR": Sparse("simd2020v2", "mortality", CIV.simd2020Mortality),
    "DEPRESS": Sparse("simd2020v2", "mental-health-prescriptions", CIV.simd2020MentalHealthPrescriptions),
    "LBWT": Sparse("simd2020v2", "low-birth-weight", CIV.simd2020LowBirthWeight),
    "EMERG": Sparse("simd2020v2", "emergency-stays", CIV.simd2020EmergencyStays),
    "Attendance": Sparse("simd2020v2", "attendance", CIV.simd2020Attendance),
    "Attainment": Sparse("simd2020v2", "attainment", CIV.simd2020Attainment),
    "not_participating": Sparse("simd2020v2", "not-participating", CIV.simd2020NotParticipating),
    "University": Sparse("simd2020v2", "university", CIV.simd2020University),
    "Broadband": Sparse("simd2020v2", "no-broadband", CIV.simd2020NoBroadband),
    "crime_count": Sparse("simd2020v2", "crimes", CIV.simd2020Crimes, whole=True),
    "crime_rate": Sparse("simd2020v2", "crime-rate", CIV.simd2020CrimeRate),
}


def nodes(row: Row) -> Iterator[Node]:
    """What one of the two tables says of a data zone."""
    zone = row.need("Data_Zone")
    if row.table == "ranks":
        yield ranks(row, zone)
    else:
        yield indicators(row, zone)
        for column, sparse in WITH_GAPS.items():
            yield from sparse.observation(row, column, zone, YEAR)
    if council := row.choice("Council_area", "council"):
        area = Node(iri.area(zone))
        area.add(CIV.within, council)
        yield area


def ranks(row: Row, zone: str) -> Node:
    """The ranks of a zone, and the parts of the order that the file does not give."""
    seen = cube.observation("simd2020v2-ranks", zone, YEAR)
    cube.measure(row, seen, PEOPLE, row.count)
    cube.measure(row, seen, RANKS, row.figure)
    rank = row.needed("SIMD2020v2_Rank", row.count)
    seen.add(CIV.simd2020Rank, rank)
    for term, parts in PARTS.items():
        seen.add(term, part(rank, parts))
    return seen


def part(rank: int, parts: int) -> int:
    """In which of so many equal parts of Scotland's zones a rank lies.

    >>> part(697, 10), part(698, 10)  # the most deprived tenth has 697 zones
    (1, 2)
    """
    return -(-rank * parts // ZONES)


def indicators(row: Row, zone: str) -> Node:
    """The indicators that every zone has."""
    seen = cube.observation("simd2020v2-indicators", zone, YEAR)
    cube.measure(row, seen, COUNTS, row.count)
    cube.measure(row, seen, FIGURES, row.figure)
    return seen
