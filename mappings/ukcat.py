"""What non-profit bodies do: two code lists, and what a model made of each Scottish charity by one of them.

The lists are UK charity activity tags, and ICNP/TSO of the United Nations. See docs/sources/ukcat.md.
"""

import re
from collections.abc import Iterator
from datetime import date

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, DCT, SKOS, Literal

TAG = re.compile(r"[A-Z]{2}([0-9]{3})?")  # two letters for a category, with a number for what belongs to it
CODE = re.compile(r"[A-Z]([0-9]{2})?")  # a letter for a section, with two digits for group and sub-group
CATEGORY, SUBCATEGORY = "1", "2"
ORGANISATION = re.compile(r"GB-SC-SC\d{6}")
PREDICTED_ON = date(2021, 7, 29)  # only the names of the files of assignments say so


def nodes(row: Row) -> Iterator[Node]:
    """One entry of a list a row, or one classification."""
    match row.table:
        case "ukcat":
            return tag(row)
        case "icnptso":
            return heading(row)
        case _:
            return assignment(row)


def tag(row: Row) -> Iterator[Node]:
    """A tag: a category, a sub-category or what belongs to either."""
    code, level = row.need("Code", TAG), row.need("Level")
    entry = Node(iri.concept("ukcat", code), SKOS.Concept)
    describe(entry, row, "ukcat", code, "tag")
    if level == CATEGORY:
        entry.add(SKOS.topConceptOf, iri.scheme("ukcat"))
    else:
        hundreds = code[:3] + "00"  # the number of a sub-category ends in 00, and it is named where there is one
        under = hundreds if row.text("Subcategory") and level != SUBCATEGORY else code[:2]
        entry.add(SKOS.broader, iri.concept("ukcat", under))
    for related in (row.text("Related ICNPTSO code") or "").split(";"):
        entry.add(SKOS.relatedMatch, iri.concept("icnptso", related) if CODE.fullmatch(related) else None)
    yield entry


def heading(row: Row) -> Iterator[Node]:
    """A section, a group of it or a sub-group of that."""
    section, group, subgroup = row.need("Section"), row.text("Group"), row.text("Sub-group")
    code = subgroup or group or section
    entry = Node(iri.concept("icnptso", code), SKOS.Concept)
    describe(entry, row, "icnptso", code, "Title")
    if under := (group if subgroup else section if group else None):
        entry.add(SKOS.broader, iri.concept("icnptso", under))
    else:
        entry.add(SKOS.topConceptOf, iri.scheme("icnptso"))
    yield entry


def assignment(row: Row) -> Iterator[Node]:
    """What a model predicts for a charity, current or former; the charity itself did not say so."""
    charity = iri.organisation("GB-SC", row.need("org_id", ORGANISATION).removeprefix("GB-SC-"))
    code = row.need("icnptso_code", CODE)
    found = Node(iri.classification(charity, "icnptso", "machine-learned"), CIV.Classification)
    found.add(CIV.classified, charity)
    found.add(CIV.classifiedAs, iri.concept("icnptso", code))
    found.add(CIV.method, iri.concept("classification-method", "machine-learned"))
    found.add(DCT.date, PREDICTED_ON)
    yield found


def describe(entry: Node, row: Row, scheme: str, code: str, title: str) -> None:
    """Code, name and note, in the words of the list."""
    entry.add(SKOS.notation, code)
    entry.add(SKOS.inScheme, iri.scheme(scheme))
    entry.add(SKOS.prefLabel, Literal.english(row.need(title)))
    entry.add(SKOS.definition, english(row.text("Notes")))


def english(text: str | None) -> Literal | None:
    """A text of the list, which is written in English."""
    return Literal.english(text) if text else None
