"""The closed lists that coded cells are checked against: those of `ontology/`, by the registers' own wordings."""

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from graph.errors import MappingError
from graph.words import iri
from graph.words.query import select
from graph.words.terms import Iri
from graph.words.vocabulary import ontology_files

# A wording is any label of the concept; a scheme is a skos:ConceptScheme or, for areas, their civ:areaType.
_WORDINGS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX civ: <https://w3id.org/civsoc/ns#>
SELECT ?list ?concept ?wording {
  ?concept skos:inScheme|civ:areaType ?list ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?wording
}"""
_LABELS = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX civ: <https://w3id.org/civsoc/ns#>
SELECT ?list ?label {
  ?concept skos:inScheme|civ:areaType ?list ; skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en"))
}"""


@iri.per_base
def code(wording: str, lists: tuple[str, ...]) -> Iri | None:
    """The concept or area that a wording means in the first list that knows it; None if none does.

    >>> code("city of edinburgh", ("council",)).value
    'http://localhost:8000/id/area/S12000036'
    """
    folded = fold(wording)
    return next((found for name in lists if (found := _wordings(name).get(folded))), None)


@iri.per_base
def labels(name: str) -> tuple[str, ...]:
    """What the entries of a list are called in English, in alphabetical order: the words to choose from.

    >>> labels("volunteer-type")[0]
    'Board/trustee role'
    """
    return tuple(sorted(_labels()[name], key=str.casefold))


def _wordings(name: str) -> Mapping[str, Iri]:
    """Every folded wording of a list, and what it means; MappingError if there is no such list."""
    lists = _lists()
    if name not in lists:
        fact = f"holds no list {name!r}"
        raise MappingError("ontology/", fact, f"write it, or use one of {', '.join(lists)}")
    return lists[name]


def fold(wording: str) -> str:
    """Make wordings comparable: case and blanks do not matter.

    >>> fold(" Dumfries  & Galloway")
    'dumfries & galloway'
    """
    return " ".join(wording.casefold().split())


@iri.per_base
def _lists() -> dict[str, dict[str, Iri]]:
    lists: dict[str, dict[str, Iri]] = defaultdict(dict)
    for solution in select(_store(), _WORDINGS):
        code_list, concept, wording = solution["list"], solution["concept"], solution["wording"]
        assert isinstance(code_list, NamedNode) and isinstance(concept, NamedNode) and isinstance(wording, Literal)
        lists[code_list.value.rsplit("/", 1)[1]][fold(wording.value)] = Iri.of(concept.value)
    return dict(lists)


@iri.per_base
def _labels() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for solution in select(_store(), _LABELS):
        code_list, label = solution["list"], solution["label"]
        assert isinstance(code_list, NamedNode) and isinstance(label, Literal)
        found[code_list.value.rsplit("/", 1)[1]].add(label.value)
    return dict(found)


def _store() -> Store:
    store = Store()
    for file in ontology_files():
        store.load(file.read_bytes(), RdfFormat.TURTLE, base_iri=iri.base())
    return store
