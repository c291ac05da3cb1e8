"""The vocabulary, the shapes and the whole-graph checks, as they lie in the folders `ontology` and `shapes`."""

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from pyoxigraph import RdfFormat, Triple, parse, serialize

from graph.model.vocabulary import cube_terms
from graph.model.vocabulary.measures import all_statistics


def ontology_files() -> list[Traversable]:
    """The Turtle files of the vocabulary: terms, alignments, in `lists` code lists, in `cubes` what a build counts.

    >>> "civsoc.ttl" in [file.name for file in ontology_files()]
    True
    """
    return [file for folder in ("", "lists", "cubes") for file in _files("ontology", folder, ".ttl")]


def list_files() -> list[Traversable]:
    """Those of the vocabulary's files that hold code lists: what coded cells are checked against is in no other."""
    return [file for file in ontology_files() if file.name == "concepts.ttl"] + _files("ontology", "lists", ".ttl")


def list_file(name: str) -> bytes:
    """The Turtle of one file of code lists."""
    return files("ontology").joinpath("lists", name).read_bytes()


@lru_cache(maxsize=2)  # a build asks for them several times
def vocabulary_triples(base: str) -> tuple[str, ...]:
    """The vocabulary as N-Triples lines, sorted, each once, no line ends; `base` completes its relative IRIs."""
    triples: set[Triple] = set()
    tables = [cube_terms.turtle(statistics) for statistics in all_statistics()]
    for turtle in (*tables, *(file.read_text("utf-8") for file in ontology_files())):
        triples.update(quad.triple for quad in parse(turtle, RdfFormat.TURTLE, base_iri=base))
    text = BytesIO()
    serialize(triples, text, RdfFormat.N_TRIPLES)
    return tuple(sorted(text.getvalue().decode().rstrip("\n").split("\n")))


def shapes_text() -> str:
    """All shapes as one Turtle text; each file states its own prefixes, so they can follow one another."""
    return "\n".join(file.read_text("utf-8") for file in _files("shapes", "", ".ttl"))


def uniqueness_queries() -> dict[str, str]:
    """The checks on the whole graph, by name: each selects ?focus and ?message, and nothing in good data."""
    return {file.name.removesuffix(".rq"): file.read_text("utf-8") for file in _files("shapes", "uniqueness", ".rq")}


def _files(package: str, folder: str, suffix: str) -> list[Traversable]:
    place = files(package).joinpath(folder) if folder else files(package)
    return sorted((file for file in place.iterdir() if file.name.endswith(suffix)), key=lambda file: file.name)
