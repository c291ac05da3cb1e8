"""The Welsh Index of Multiple Deprivation 2019: scores, not ranks, by LSOA of 2011."""

from collections.abc import Iterator

from graph.model import cube, iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS

SCORES = {
    "WIMD 2019": CIV.wimd2019Score,
    "Income": CIV.wimd2019IncomeScore,
    "Employment": CIV.wimd2019EmploymentScore,
    "Health": CIV.wimd2019HealthScore,
    "Education": CIV.wimd2019EducationScore,
    "Access to Services": CIV.wimd2019AccessScore,
    "Housing": CIV.wimd2019HousingScore,
    "Community Safety": CIV.wimd2019SafetyScore,
    "Physical Environment": CIV.wimd2019EnvironmentScore,
}


def nodes(row: Row) -> Iterator[Node]:
    """The scores of an LSOA, and its name."""
    code = row.need("lsoa")
    seen = cube.observation("wimd2019", code, 2019)
    cube.measure(row, seen, SCORES, row.figure)
    yield seen
    area = Node(iri.area(code), CIV.Area)
    area.add(SKOS.prefLabel, row.text("LSOA Name"))
    area.add(SKOS.notation, code)
    area.add(CIV.areaType, iri.concept("area-type", "lsoa"))
    yield area
