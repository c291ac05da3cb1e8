"""Cubes as plain data, and as statements: data sets, observations, and what is withheld in a data set beside them.

A cube must hold every measure for every observation (integrity constraint 14), so cells that are withheld are
observations of a data set of their own, with the same dimensions and the reason, as cells without a value are
elsewhere (docs/statistics.md). Structures are in ontology/cubes/derived.ttl.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.model import iri
from graph.model.iri import last_segment
from graph.model.node import Node
from graph.model.terms import CIV, DCT, PROV, QB, SDMX_ATTRIBUTE, SDMX_DIMENSION, SKOS, XSD, Iri, Literal, Value

ALL = "special-value/all"
LICENCE = Iri.of("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/")
"""That of nearly all sources; counts and sums hold nothing of the others."""
WITHHELD = "[c]"
"""What replaces a withheld figure, as government statistics write 'confidential'."""


def concept(path: str) -> Iri:
    """An entry of a code list by its path."""
    return iri.concept(*path.split("/", 1))


def year(text: str) -> Literal:
    """A calendar year."""
    return Literal.of(text, XSD.gYear)


def _purpose_slug(path: str) -> str:
    return path.replace("/", "-")  # registers have purposes of the same name


@dataclass(frozen=True)
class Dimension:
    """A dimension: its property, how a code becomes its value, and how it is written in the IRI of an observation."""

    property: Iri
    value: Callable[[str], Value] = concept
    slug: Callable[[str], str] = last_segment
    codes: str = ""
    """The collection that its codes are gathered in, if no one code list holds them all."""


AREA = Dimension(SDMX_DIMENSION.refArea, iri.area)
YEAR = Dimension(SDMX_DIMENSION.refPeriod, year)
FINANCIAL_YEAR = Dimension(CIV.financialYear)
STATUS = Dimension(CIV.countedStatus, codes="counted-status")
FORM = Dimension(CIV.countedLegalForm, codes="counted-legal-form")
PURPOSE = Dimension(CIV.countedPurpose, slug=_purpose_slug, codes="counted-purpose")
BAND = Dimension(CIV.sizeBand, codes="counted-size")
DEPRIVATION = Dimension(CIV.deprivationGroup, codes="counted-deprivation")
EVENT = Dimension(CIV.countedEvent)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, or None where it is withheld; `notes` are the values of attributes."""

    codes: tuple[str, ...]
    value: int | Decimal | None
    notes: tuple[tuple[Iri, Value], ...] = ()


@dataclass(frozen=True)
class Cube:
    """A data set with all its cells."""

    name: str
    structure: str
    title: str
    method: str
    dimensions: tuple[Dimension, ...]
    measure: Iri
    cells: tuple[Cell, ...]
    inputs: tuple[str, ...]
    """Patterns; the sources that state one of them are what the cube is made from."""
    datasets: tuple[Iri, ...] = ()
    """Published data sets that it is made from too."""

    def nodes(self, sources: tuple[tuple[str, date | None], ...]) -> Iterator[Node]:
        """All statements, given the sources that the cube is made from, with the dates of their snapshots."""
        yield self._dataset(self.name, self.structure, self.title, self.method, sources)
        if any(cell.value is None for cell in self.cells):
            method = (
                "The cells of the other data set whose figures are withheld here; docs/suppression.md has the rule."
            )
            withheld = self._dataset(
                f"{self.name}-withheld", f"{self.structure}-withheld", f"{self.title}: withheld cells", method, sources
            )
            withheld.add(DCT.isPartOf, iri.dataset(self.name))
            yield withheld
        for cell in self.cells:
            yield self._observation(cell)

    def _dataset(
        self, name: str, structure: str, title: str, method: str, sources: tuple[tuple[str, date | None], ...]
    ) -> Node:
        node = Node(iri.dataset(name), QB.DataSet)
        node.add(DCT.title, Literal.english(title))
        node.add(DCT.description, Literal.english(method))
        node.add(DCT.publisher, "civsoc")
        node.add(DCT.license, LICENCE)
        node.add(QB.structure, iri.concept("structure", structure))
        node.add(DCT.issued, max((day for _, day in sources if day), default=None))
        node.add_all(PROV.wasDerivedFrom, [*(iri.source(source) for source, _ in sources), *self.datasets])
        return node

    def _observation(self, cell: Cell) -> Node:
        name = self.name if cell.value is not None else f"{self.name}-withheld"
        slugs = [dimension.slug(part) for dimension, part in zip(self.dimensions, cell.codes, strict=True)]
        node = Node(iri.observation(name, *slugs), QB.Observation)
        node.add(QB.dataSet, iri.dataset(name))
        for dimension, part in zip(self.dimensions, cell.codes, strict=True):
            node.add(dimension.property, dimension.value(part))
        if cell.value is not None:
            node.add(self.measure, cell.value)
            for prop, value in cell.notes:
                node.add(prop, value)
        else:
            node.add(CIV.publishedCell, WITHHELD)
            node.add(SDMX_ATTRIBUTE.obsStatus, iri.concept("observation-status", "withheld"))
        return node


def members(cubes: tuple[Cube, ...]) -> Iterator[Node]:
    """The collections of the codes that the cubes use, and the financial years: both are as long as the data are."""
    used: dict[str, set[str]] = {}
    years: set[str] = set()
    for cube in cubes:
        for place, dimension in enumerate(cube.dimensions):
            if dimension.codes:
                used.setdefault(dimension.codes, set()).update(cell.codes[place] for cell in cube.cells)
            if dimension is FINANCIAL_YEAR:
                years |= {cell.codes[place] for cell in cube.cells}
    for name, paths in sorted(used.items()):
        collection = Node(iri.scheme(name))
        collection.add_all(SKOS.member, map(concept, sorted(paths)))
        yield collection
    yield from (_year(last_segment(path)) for path in sorted(years))


def _year(label: str) -> Node:
    """A financial year as an entry of its code list."""
    first = int(label[:4])
    node = Node(iri.concept("financial-year", label), SKOS.Concept)
    node.add(SKOS.prefLabel, Literal.english(f"{first}–{label[-2:]}"))
    node.add(SKOS.definition, Literal.english(f"Years that end from 1 April {first} to 31 March {first + 1}."))
    node.add(SKOS.notation, label)
    node.add(SKOS.inScheme, iri.scheme("financial-year"))
    node.add(SKOS.topConceptOf, iri.scheme("financial-year"))
    node.add(SKOS.exactMatch, Iri.of(f"http://reference.data.gov.uk/id/government-year/{first}-{first + 1}"))
    return node
