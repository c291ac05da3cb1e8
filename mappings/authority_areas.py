"""The areas of local authorities as mySociety keeps them: when they began and ended, and the codes they had before."""

from collections.abc import Iterator

from graph.model import iri
from graph.model.node import Node
from graph.model.places import AREA_CODE, area
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS

DAY = "%Y-%m-%d"
YEAR_OF_LOAD = 2005  # no authority began in it; these days are those on which a list of authorities was made
COUNTRIES = {"England": "E92000001", "Wales": "W92000004", "Scotland": "S92000003", "Northern Ireland": "N92000002"}
NAMED_HERE = ("County", "Combined authority", "Strategic Regional Authority")  # the ONS names the others


def nodes(row: Row) -> Iterator[Node]:
    """The area by its present code, then by each former code."""
    code = row.need("gss-code", AREA_CODE)
    place = area(code)
    name = row.text("nice-name")
    if row.cell("local-authority-type-name") in NAMED_HERE:
        place.add(SKOS.prefLabel, name)
    if nation := row.cell("nation"):
        place.add(CIV.within, iri.area(COUNTRIES[nation]))
    former = [each for each in row.cell("former-gss-codes").split(",") if each]
    began = row.date("start-date", DAY)
    if began and began.year != YEAR_OF_LOAD and not former:  # a code may be younger than its authority
        place.add(CIV.startDate, began)
    place.add(CIV.endDate, row.date("end-date", DAY))
    yield place
    for before in former:
        older = area(before)
        older.add(CIV.replacedBy, place.iri)
        yield older
