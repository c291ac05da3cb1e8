"""Community amateur sports clubs registered with HMRC, now and once, as 360Giving lists them; and companies that have
a club's name. See docs/sources/casc.md for every decision, above all for what identifies a club.
"""

import re
from collections.abc import Iterator

from graph.model import iri
from graph.model.links import perhaps_same_body
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, ROV, SKOS, Iri

PUBLISHED = re.compile(r"GB-CASC-[0-9a-f]{8}")
COMPANY = re.compile(r"GB-COH-[A-Z0-9]{8}")


def nodes(row: Row) -> Iterator[Node]:
    """What the row of either table says."""
    yield from (club if row.table == "clubs" else namesake)(row)


def club(row: Row) -> Iterator[Node]:
    """The club first, then the entry that the row is, and the postcode."""
    number = row.need("id", PUBLISHED).removeprefix("GB-CASC-")
    name = row.need("name")
    listed = row.cell("active") == "True"
    body = Node(organisation(number, name, row.cell("postcode")), CIV.Organisation, CIV.SportsClub)
    body.add(SKOS.prefLabel, name)
    entry = Node(iri.registration("GB-CASC", number), CIV.Registration)
    body.add(ROV.registration, entry.iri)
    entry.add(SKOS.notation, number)
    entry.add(CIV.register, iri.register("GB-CASC"))
    entry.add(CIV.listed, listed)
    if listed:
        body.add(ROV.orgStatus, iri.concept("registration-status", "active"))
    elif row.cell("postcode"):  # without one the entry may be gone because its id changed
        body.add(ROV.orgStatus, iri.concept("registration-status", "removed"))
    code = row.postcode("postcode")
    if code:
        body.add(CIV.postcode, iri.postcode(code))
    yield from (body, entry)
    if code:
        place = Node(iri.postcode(code), CIV.Postcode)
        place.add(SKOS.notation, code)
        yield place


def organisation(number: str, name: str, postcode: str) -> Iri:
    """A club by its published id; by its name where it has no postcode, as then its id changes with the blank."""
    return iri.organisation("GB-CASC", number if postcode else f"name-{iri.slug(name)}")


def namesake(row: Row) -> Iterator[Node]:
    """A company that has a club's name: a hint, as the two may have nothing else in common."""
    number = row.need("casc_orgid", PUBLISHED).removeprefix("GB-CASC-")
    row.need("ch_orgid", COMPANY)
    body = Node(iri.organisation("GB-CASC", number), CIV.Organisation, CIV.SportsClub)
    body.add(SKOS.altLabel, row.need("casc_name"))  # the list breaks some names in the middle of a word
    company = iri.organisation("GB-COH", row.key("ch_number"))
    same_place = bool(row.cell("ch_postcode")) and row.cell("casc_postcode") == row.cell("ch_postcode")
    places = f"{row.cell('casc_postcode') or 'no postcode'} and {row.cell('ch_postcode') or 'no postcode'}"
    evidence = f"The names {row.text('casc_name')} and {row.text('ch_name')} match; postcodes: {places}"
    yield body
    yield perhaps_same_body(body.iri, company, "name-match", "0.6" if same_place else "0.4", evidence)
