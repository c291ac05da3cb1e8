"""Looking for a term of the vocabulary by a word: classes, properties, code lists and their entries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from pyoxigraph import QuerySolution, RdfFormat, Store

from graph.errors import InputError
from graph.model import iri
from graph.model.query import select
from graph.model.terms import PREFIXES
from graph.model.vocabulary.files import vocabulary_triples

LIKE = 0.75
"""How like a word must be to a name, where no name holds it: `regsitered` is 0.9 like `registered`."""

_KINDS = ("class", "property", "code list", "concept")

_QUERY = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?kind (MIN(?shown) AS ?label) (GROUP_CONCAT(DISTINCT ?name; SEPARATOR="\\n") AS ?names)
  (MIN(?text) AS ?comment) (MIN(?of) AS ?domain) (MIN(?to) AS ?range)
{
  VALUES (?type ?kind) {
    (owl:Class "class") (rdfs:Class "class") (owl:ObjectProperty "property") (owl:DatatypeProperty "property")
    (rdf:Property "property") (qb:MeasureProperty "property") (skos:Concept "concept")
    (skos:ConceptScheme "code list")
  }
  ?term a ?type ; rdfs:label|skos:prefLabel|skos:altLabel|skos:notation ?name ;
    rdfs:label|skos:prefLabel ?shown FILTER(LANG(?shown) IN ("", "en"))
  OPTIONAL { ?term rdfs:comment|skos:definition|skos:scopeNote ?text }
  OPTIONAL { ?term rdfs:domain|skos:inScheme ?of }
  OPTIONAL { ?term rdfs:range ?to }
}
GROUP BY ?term ?kind
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary; `domain` of an entry is its code list."""

    iri: str
    kind: str
    label: str
    names: Sequence[str]
    comment: str
    domain: str
    range: str

    @property
    def names_folded(self) -> Iterator[str]:
        """All its names, folded: its labels, codes, and the words of its IRI."""
        local = re.split("[#/]", self.iri)[-1]
        yield from (each.casefold() for each in (*self.names, local, re.sub("(?<=[a-z])(?=[A-Z])|-", " ", local)))

    def distance(self, word: str) -> float | None:
        """How far it is from a folded word: 0 has that name, under 4 holds it somewhere, above is spelt like it."""
        names_folded = list(self.names_folded)
        if word in names_folded:
            return 0
        if any(name.startswith(word) for name in names_folded):
            return 1
        if any(all(part in name for part in word.split()) for name in names_folded):
            return 2
        if word in self.comment.casefold():
            return 3
        like = max(SequenceMatcher(None, word, name).ratio() for name in names_folded)
        return 5 - like if like >= LIKE else None

    def __str__(self) -> str:
        ends = ("in" if self.kind == "concept" else "of", self.domain), ("takes", self.range)
        about = "; ".join(f"{what} {shortened(end)}" for what, end in ends if end)
        lines = (f"{shortened(self.iri)}  ({self.kind})  {self.label}", self.comment, about, f"<{self.iri}>")
        return "\n    ".join(filter(None, lines))


def find_terms(word: str) -> list[Term]:
    """The terms that a word fits, the likeliest first; InputError if there is none."""
    folded = " ".join(word.casefold().split()) or " "
    ranked = [
        (far, _KINDS.index(term.kind), term.iri, term)
        for term in _terms()
        if (far := term.distance(folded)) is not None
    ]
    held = [each for each in ranked if each[0] < 4]  # what is only spelt like it is for words that nothing holds
    if not ranked:
        fact = "fits no term of the vocabulary"
        raise InputError(f"{word[:80]!r}", fact, "try one word, its stem or another word for it; or see /vocabulary")
    return [term for *_, term in sorted(held or ranked, key=lambda each: each[:3])]


def shortened(address: str) -> str:
    """An IRI with its prefix, if it has one.

    >>> shortened("https://w3id.org/civsoc/ns#Charity")
    'civ:Charity'
    """
    base, prefix = next(((base, name) for name, base in PREFIXES.items() if address.startswith(base)), ("", ""))
    return f"{prefix}:{address.removeprefix(base)}" if prefix else address.removeprefix(iri.base())


@cache
def _terms() -> tuple[Term, ...]:
    store = Store()
    store.load("\n".join(vocabulary_triples(iri.base())).encode(), RdfFormat.N_TRIPLES)
    return tuple(_term(row) for row in select(store, _QUERY))


def _term(row: QuerySolution) -> Term:
    term, kind, label, names, comment, domain, range_ = (
        str(getattr(row[name], "value", ""))
        for name in ("term", "kind", "label", "names", "comment", "domain", "range")
    )
    return Term(term, kind, label, names.split("\n"), comment, domain, range_)
