"""What the vocabulary says of the cubes in `measures`, as Turtle: data sets, structures, measures, components."""

from collections.abc import Iterator

from graph.model.terms import PREFIXES, Literal, quoted
from graph.model.vocabulary.measures import PARTS, Cube, Group, Measure, Statistics


def turtle(statistics: Statistics) -> str:
    """All that the vocabulary says of a source's cubes; its relative IRIs need a base."""
    prefixes = (f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    cubes = (text for cube in statistics.cubes.values() for text in _cube(statistics, cube))
    described = ((group, each) for group in statistics.groups for each in group.measures if each.label)
    return "".join((*prefixes, *cubes, *(_measure(statistics, group, measure) for group, measure in described)))


def _cube(statistics: Statistics, cube: Cube) -> Iterator[str]:
    yield f"""
<id/dataset/{cube.name}> a qb:DataSet ;
    dct:title {Literal.english(cube.title)} ;
    dct:publisher {quoted(statistics.publisher)} ;
    dct:license <{statistics.licence}> ;
    dct:temporal <def/period/{cube.period or cube.year}> ;
    dct:spatial <id/area/{statistics.area}> ;
    dct:source <id/source/{statistics.source}> ;
    skos:scopeNote {Literal.english(cube.note)} ;
    qb:structure <def/structure/{cube.name}> .
<def/structure/{cube.name}> a qb:DataStructureDefinition ;
    rdfs:label {Literal.english(f"structure of {cube.title}")} .
"""
    for other in cube.not_comparable_with:
        yield f"<id/dataset/{cube.name}> civ:notComparableWith <id/dataset/{other}> .\n"
    measures = [measure.name for group in statistics.groups for measure in group.measures if measure.cube == cube.name]
    for component in ("area", "period", *cube.components, *measures):
        yield f"<def/structure/{cube.name}> qb:component <def/component/{component}> .\n"


def _measure(statistics: Statistics, group: Group, measure: Measure) -> str:
    origin = statistics.origin.replace("{table}", group.table)
    return f"""
civ:{measure.name} a qb:MeasureProperty, owl:DatatypeProperty ;
    rdfs:label {Literal.english(measure.label)} ;
    rdfs:comment {Literal.english(measure.comment)} ;
    rdfs:range xsd:{"integer" if measure.whole else "decimal"} ;
    rdfs:subPropertyOf sdmx-measure:obsValue ;
    sdmx-attribute:unitMeasure <def/unit/{measure.unit}> ;
    skos:example "{_example(measure)}" ;
    dct:source {quoted(f"{statistics.publisher}, {origin}, column '{measure.column}'")} ;
    rdfs:isDefinedBy civ: .
<def/component/{measure.name}> a qb:ComponentSpecification ;
    qb:measure civ:{measure.name} .
"""


def _example(measure: Measure) -> str:
    if measure.unit in ("rank", *PARTS):
        return "1"
    return "12" if measure.whole else "12.5"
