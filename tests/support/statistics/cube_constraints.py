"""The integrity constraints of the W3C RDF Data Cube vocabulary (section 11), asked of a store.

A constraint is a query, or several, that finds something where the constraint is broken. Where the plain query would
compare every observation with every other, or needs a path of a property that only the data name, it is written for
the structures that the store holds. Nothing here is particular to our data.
"""

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store, Variable

PREFIXES = {
    "qb": "http://purl.org/linked-data/cube#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}

# What is left unsaid in an abbreviated cube: classes and superproperties, then what is stated of a whole for its parts.
NORMALISATION = (
    "INSERT { ?o a qb:Observation } WHERE { ?slice qb:observation ?o }",
    "INSERT { ?o a qb:Observation . ?d a qb:DataSet } WHERE { ?o qb:dataSet ?d }",
    "INSERT { ?s a qb:Slice } WHERE { ?d qb:slice ?s }",
    "INSERT { ?c a qb:ComponentSpecification } WHERE { ?structure qb:component ?c }",
    "INSERT { ?c qb:componentProperty ?p . ?p a qb:DimensionProperty } WHERE { ?c qb:dimension ?p }",
    "INSERT { ?c qb:componentProperty ?p . ?p a qb:MeasureProperty } WHERE { ?c qb:measure ?p }",
    "INSERT { ?c qb:componentProperty ?p . ?p a qb:AttributeProperty } WHERE { ?c qb:attribute ?p }",
    """INSERT { ?o ?p ?value } WHERE {
        ?c qb:componentAttachment qb:DataSet ; qb:componentProperty ?p .
        ?d qb:structure/qb:component ?c ; ?p ?value . ?o qb:dataSet ?d }""",
    """INSERT { ?o ?p ?value } WHERE {
        ?c qb:componentAttachment qb:Slice ; qb:componentProperty ?p .
        ?d qb:structure/qb:component ?c ; qb:slice ?s . ?s ?p ?value ; qb:observation ?o }""",
    """INSERT { ?o ?p ?value } WHERE {
        ?d qb:structure/qb:component/qb:componentProperty ?p ; qb:slice ?s .
        ?p a qb:DimensionProperty . ?s ?p ?value ; qb:observation ?o }""",
)

# Which properties the structure of an observation's data set names.
_COMPONENTS = (
    "?o qb:dataSet ?d . ?d qb:structure ?structure . ?structure qb:component ?c . ?c qb:componentProperty ?p ."
)

PLAIN = {
    1: """{ ?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d } }
        UNION { ?o qb:dataSet ?d, ?other FILTER(?d != ?other) }""",
    2: """{ ?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?structure } }
        UNION { ?d a qb:DataSet ; qb:structure ?structure, ?other FILTER(?structure != ?other) }""",
    3: """?structure a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?structure qb:component/qb:componentProperty ?p . ?p a qb:MeasureProperty }""",
    4: "?p a qb:DimensionProperty FILTER NOT EXISTS { ?p rdfs:range ?range }",
    5: "?p a qb:DimensionProperty ; rdfs:range skos:Concept FILTER NOT EXISTS { ?p qb:codeList ?list }",
    6: """?structure qb:component ?c . ?c qb:componentRequired false ; qb:componentProperty ?p
        FILTER NOT EXISTS { ?p a qb:AttributeProperty }""",
    7: "?key a qb:SliceKey FILTER NOT EXISTS { ?structure a qb:DataStructureDefinition ; qb:sliceKey ?key }",
    8: """?structure qb:sliceKey ?key . ?key a qb:SliceKey ; qb:componentProperty ?p
        FILTER NOT EXISTS { ?structure qb:component/qb:componentProperty ?p }""",
    9: """{ ?s a qb:Slice FILTER NOT EXISTS { ?s qb:sliceStructure ?key } }
        UNION { ?s a qb:Slice ; qb:sliceStructure ?key, ?other FILTER(?key != ?other) }""",
    10: "?s qb:sliceStructure/qb:componentProperty ?p FILTER NOT EXISTS { ?s ?p ?value }",
    11: f"?p a qb:DimensionProperty . {_COMPONENTS} FILTER NOT EXISTS {{ ?o ?p ?value }}",
    13: f"""?p a qb:AttributeProperty . ?c qb:componentRequired true . {_COMPONENTS}
        FILTER NOT EXISTS {{ ?o ?p ?value }}""",
    14: f"""?p a qb:MeasureProperty . {_COMPONENTS}
        FILTER NOT EXISTS {{ ?structure qb:component/qb:componentProperty qb:measureType }}
        FILTER NOT EXISTS {{ ?o ?p ?value }}""",
    15: """?structure qb:component/qb:componentProperty qb:measureType . ?d qb:structure ?structure .
        ?o qb:dataSet ?d ; qb:measureType ?p FILTER NOT EXISTS { ?o ?p ?value }""",
    16: f"""?structure qb:component/qb:componentProperty qb:measureType . ?p a qb:MeasureProperty . {_COMPONENTS}
        ?o qb:measureType ?measure ; ?p ?value FILTER(?p != ?measure)""",
    18: "?d qb:slice/qb:observation ?o . ?o qb:dataSet ?other FILTER(?other != ?d)",
    19: f"""{{ SELECT DISTINCT ?list ?value {{
            ?p a qb:DimensionProperty ; qb:codeList ?list . {_COMPONENTS} ?o ?p ?value }} }}
        {{ ?list a skos:ConceptScheme FILTER NOT EXISTS {{ ?value a skos:Concept ; skos:inScheme ?list }} }}
        UNION {{ ?list a skos:Collection FILTER NOT EXISTS {{ ?list skos:member+ ?value }} }}""",
}


def normalise(store: Store) -> None:
    """State all that the cubes of a store leave unsaid."""
    for update in NORMALISATION:
        store.update(update, prefixes=PREFIXES)


def broken(store: Store) -> list[int]:
    """The numbers of the constraints that the normalised cubes of a store break."""
    return [number for number in range(1, 22) if any(_ask(store, pattern) for pattern in patterns(store, number))]


def patterns(store: Store, number: int) -> Iterator[str]:
    """Graph patterns that find something if a constraint is broken."""
    if number in PLAIN:
        yield PLAIN[number]
    else:
        yield from _FOR_STRUCTURES[number](store)


def _duplicates(store: Store) -> Iterator[str]:
    """Constraint 12: group the observations of a structure by what their dimensions say; no group may hold two."""
    for structure, dimensions in _dimensions(store):
        keys = " ".join(f"?v{number}" for number in range(len(dimensions)))
        said = " ; ".join(["qb:dataSet ?d", *(f"{p} ?v{number}" for number, p in enumerate(dimensions))])
        yield f"""{{ SELECT ?d {keys} {{ ?d qb:structure {structure} . ?o {said} }}
            GROUP BY ?d {keys} HAVING(COUNT(DISTINCT ?o) > 1) }}"""


def _measures_missing(store: Store) -> Iterator[str]:
    """Constraint 17: observations that differ only by measure must together have every measure of the structure."""
    for structure, dimensions in _dimensions(store):
        others = [p for p in dimensions if p != f"<{PREFIXES['qb']}measureType>"]
        if len(others) == len(dimensions):
            continue
        keys = " ".join(f"?v{number}" for number in range(len(others)))
        said = " ; ".join(["qb:dataSet ?d", *(f"{p} ?v{number}" for number, p in enumerate(others))])
        yield f"""{{ SELECT (COUNT(DISTINCT ?p) AS ?measures) {{
                {structure} qb:component/qb:componentProperty ?p . ?p a qb:MeasureProperty }} }}
            {{ SELECT ?d {keys} (COUNT(DISTINCT ?m) AS ?found) {{
                ?d qb:structure {structure} . ?o {said} ; qb:measureType ?m }}
                GROUP BY ?d {keys} }} FILTER(?found < ?measures)"""


def _outside_hierarchy(store: Store) -> Iterator[str]:
    """Constraint 20: a code of a hierarchy can be reached from a root of it, from parent to child."""
    yield from (_unreachable(p, f"{p}") for p in _column(store, "?l qb:parentChildProperty ?p FILTER(ISIRI(?p))"))


def _outside_inverse_hierarchy(store: Store) -> Iterator[str]:
    """Constraint 21: the same where the hierarchy is told by a property from child to parent."""
    for p in _column(store, "?l qb:parentChildProperty/owl:inverseOf ?p FILTER(ISIRI(?p))"):
        yield _unreachable(p, f"^{p}", inverse=True)


def _unreachable(p: str, step: str, inverse: bool = False) -> str:
    told = "qb:parentChildProperty/owl:inverseOf" if inverse else "qb:parentChildProperty"
    return f"""{{ SELECT DISTINCT ?list ?value {{
            ?p a qb:DimensionProperty ; qb:codeList ?list . ?list a qb:HierarchicalCodeList ; {told} {p} .
            {_COMPONENTS} ?o ?p ?value }} }}
        FILTER NOT EXISTS {{ ?list qb:hierarchyRoot/({step})* ?value }}"""


def _dimensions(store: Store) -> Iterator[tuple[str, list[str]]]:
    """Each structure with the dimensions that it names, as SPARQL writes them."""
    for structure in _column(store, "?p a qb:DataStructureDefinition"):
        named = f"{structure} qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty"
        yield structure, sorted(_column(store, named))


def _column(store: Store, pattern: str) -> list[str]:
    """The distinct IRIs that ?p stands for, as SPARQL writes them."""
    answer = store.query(f"SELECT DISTINCT ?p {{ {pattern} }}", prefixes=PREFIXES)
    assert isinstance(answer, QuerySolutions)
    found = (solution[Variable("p")] for solution in answer)
    return [str(term) for term in found if isinstance(term, NamedNode)]


def _ask(store: Store, pattern: str) -> bool:
    answer = store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


_FOR_STRUCTURES: dict[int, Callable[[Store], Iterator[str]]] = {
    12: _duplicates,
    17: _measures_missing,
    20: _outside_hierarchy,
    21: _outside_inverse_hierarchy,
}
