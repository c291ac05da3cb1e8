"""What the columns of an answer hold, as far as the query itself shows: amounts of money, years, codes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from endpoint.sparql.guard import Token, prefixes, tokens
from graph.model.terms import XSD

__all__ = ["Columns", "columns_of"]

SAME_UNIT = frozenset(("SUM", "AVG", "MIN", "MAX", "SAMPLE", "ROUND", "CEIL", "FLOOR", "ABS"))
"""Functions whose result is in the unit of what they are given."""
NUMBERS = frozenset((XSD.integer.value, XSD.nonNegativeInteger.value))


@dataclass(frozen=True)
class Columns:
    """Of each variable the property of whose values it is, and the variables that are years."""

    properties: dict[str, str]
    years: frozenset[str]

    def property(self, name: str) -> str:
        """The IRI of the property, '' where the query does not show it."""
        return self.properties.get(name, "")

    def is_year(self, name: str, datatype: str) -> bool:
        """Whether a number is a year, which is written without a comma."""
        return datatype in NUMBERS and (name in self.years or name.lower().endswith("year"))


def columns_of(query: str) -> Columns:
    """What a query shows about its variables.

    >>> found = columns_of("PREFIX e: <http://e/> SELECT (SUM(?in) AS ?all) (YEAR(?day) AS ?y) { ?r e:income ?in }")
    >>> found.property("in"), found.property("all"), found.is_year("y", XSD.integer.value)
    ('http://e/income', 'http://e/income', True)
    """
    parts = list(tokens(query))
    properties = dict(_stated(parts))
    renamed = list(_renamed(parts))
    properties.update(
        {new: properties[old] for function, old, new in renamed if function in SAME_UNIT and old in properties}
    )
    return Columns(properties, frozenset(new for function, _, new in renamed if function == "YEAR"))


def _stated(parts: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The variables in the place of the value of a property."""
    known = dict(prefixes(parts))
    for prop, variable in pairwise(parts):
        if variable.kind != "variable":
            continue
        if prop.kind == "iri":
            yield variable.text[1:], prop.text[1:-1]
        elif prop.kind == "name" and (space := known.get(prop.text.partition(":")[0])):
            yield variable.text[1:], space + prop.text.partition(":")[2]


def _renamed(parts: Sequence[Token]) -> Iterator[tuple[str, str, str]]:
    """Function, variable that it is given, and variable that its result becomes: `SUM(?in) AS ?all`."""
    for place in range(len(parts) - 5):
        function, opening, old, closing, word, new = parts[place : place + 6]
        is_call = function.kind == "word" and (opening.text, closing.text) == ("(", ")")
        if is_call and old.kind == new.kind == "variable" and word.text.upper() == "AS":
            yield function.text.upper(), old.text[1:], new.text[1:]
