"""Population estimates of Scotland: by data zone for the middle of 2020 and 2021, by council area for 2021 and 2022."""

from collections.abc import Iterator

from graph.model import cube, iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV

# Each table's column of areas. The header shows which table it is: no cell names the year.
AREAS = {
    "2020-data-zones": "dz11_code",
    "2021-data-zones": "dz11_code",
    "2021-councils": "ltla21_code",
    "2022-councils": "ltla19_code",
}


def nodes(row: Row) -> Iterator[Node]:
    """How many people live in an area."""
    area = row.need(AREAS[row.table])
    sex = (
        row.needed("sex", lambda column: row.choice(column, "sex")) if row.has("sex") else iri.concept("sex", "persons")
    )
    for seen in cube.observations(row, "population", area):
        seen.add(CIV.sex, sex)
        seen.add(CIV.ageBand, iri.concept("age-band", "all-ages"))
        yield seen
