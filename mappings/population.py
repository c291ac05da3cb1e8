"""Population estimates of Scotland: by data zone for the middle of 2020 and 2021, by council area for 2021 and 2022."""

from collections.abc import Iterator

from graph.model import cube, iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV

# Each table's year, and its columns of areas and of people. A table is told by its header: no cell names the year.
TABLES = {
    "2020-data-zones": (2020, "dz11_code", "total_population"),
    "2021-data-zones": (2021, "dz11_code", "total_population"),
    "2021-councils": (2021, "ltla21_code", "total_population"),
    "2022-councils": (2022, "ltla19_code", "all_ages"),
}


def nodes(row: Row) -> Iterator[Node]:
    """How many people live in an area."""
    year, area, people = TABLES[row.table]
    seen = cube.observation(f"population-{row.table}", row.need(area), year)
    sex = (
        row.needed("sex", lambda column: row.choice(column, "sex")) if row.has("sex") else iri.concept("sex", "persons")
    )
    seen.add(CIV.sex, sex)
    seen.add(CIV.ageBand, iri.concept("age-band", "all-ages"))
    cube.measure(row, seen, {people: CIV.population}, row.count)
    yield seen
