"""The closed lists that coded cells are checked against: those of `ontology/`, by the registers' own wordings."""

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Variable

from graph.errors import MappingError
from graph.model import iri
from graph.model.query import select
from graph.model.terms import Iri
from graph.model.vocabulary.files import list_files

_LIST = Variable("list")
# A list is a skos:ConceptScheme or, of areas, their civ:areaType; a wording is any label of one of its entries.
_PREFIXES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX civ: <https://w3id.org/civsoc/ns#>
"""
_WORDINGS = f"""{_PREFIXES}
SELECT ?list ?entry ?wording {{
  ?entry skos:inScheme|civ:areaType ?list ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?wording
}}"""
_LABELS = f"""{_PREFIXES}
SELECT DISTINCT ?list ?label {{
  ?entry skos:inScheme|civ:areaType ?list ; skos:prefLabel ?label FILTER(LANG(?label) IN ("", "en"))
}}"""
_LISTS = f"{_PREFIXES} SELECT DISTINCT ?list {{ ?entry skos:inScheme|civ:areaType ?list }}"


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
    found = select(_store(), _LABELS, {_LIST: _named(name)})
    return tuple(sorted((_text(solution["label"]) for solution in found), key=str.casefold))


@iri.per_base
def _wordings(name: str) -> Mapping[str, Iri]:
    """Every folded wording of a list, and what it means; MappingError if there is no such list."""
    found = select(_store(), _WORDINGS, {_LIST: _named(name)})
    return {fold(_text(solution["wording"])): Iri(str(solution["entry"])) for solution in found}


def fold(wording: str) -> str:
    """Make wordings comparable: case and blanks do not matter.

    >>> fold(" Dumfries  & Galloway")
    'dumfries & galloway'
    """
    return " ".join(wording.casefold().split())


def _named(name: str) -> NamedNode:
    lists = _lists()
    if name not in lists:
        fact = f"holds no list {name!r}"
        raise MappingError("ontology/", fact, f"write it, or use one of {', '.join(lists)}")
    return lists[name]


@iri.per_base
def _lists() -> dict[str, NamedNode]:
    """All lists by name, in alphabetical order."""
    lists = [found for solution in select(_store(), _LISTS) if isinstance(found := solution["list"], NamedNode)]
    by_name = {iri.last_segment(found.value): found for found in lists}
    return {name: by_name[name] for name in sorted(by_name)}


def _text(term: object) -> str:
    assert isinstance(term, Literal), "a label is a literal"
    return term.value


@iri.per_base
def _store() -> Store:
    store = Store()
    for file in list_files():
        store.load(file.read_bytes(), RdfFormat.TURTLE, base_iri=iri.base())
    return store
