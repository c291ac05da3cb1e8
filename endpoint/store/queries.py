"""Texts of queries: prefixes, terms, and several questions as one query."""

import re
from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from graph.model.terms import PREFIXES, Iri

__all__ = ["BACK", "BRANCH", "bundle", "inner", "look_ups", "shorten", "with_prefixes"]

BRANCH, BACK = "branch", "back"
"""Variables that these queries add: the number of the query that a row answers, and what marks a look-up backwards."""

_PREFIX_USED = re.compile(r"(?<![\w<:/-])([a-z][a-z-]*):(?=[A-Za-z])")
_PROLOGUE = re.compile(r"^PREFIX .*\n", re.MULTILINE)


def with_prefixes(query: str) -> str:
    """A query with the PREFIX lines that it needs, and no others.

    >>> print(with_prefixes("ASK { ?x a civ:Charity }"))
    PREFIX civ: <https://w3id.org/civsoc/ns#>
    <BLANKLINE>
    ASK { ?x a civ:Charity }
    """
    used = {prefix for prefix in _PREFIX_USED.findall(query) if prefix in PREFIXES}
    return f"{_prologue(used)}\n{query}"


def shorten(iri: Iri) -> str:
    """A term as a query with prefixes writes it.

    >>> shorten(Iri.of("http://www.w3.org/2004/02/skos/core#prefLabel"))
    'skos:prefLabel'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.value.startswith(namespace) and iri.value != namespace:
            return f"{prefix}:{iri.value[len(namespace) :]}"
    return iri


def inner(query: str) -> str:
    """A query as a part of another one, which then declares the prefixes.

    >>> inner(with_prefixes("SELECT ?x { ?x a civ:Charity }"))
    'SELECT ?x { ?x a civ:Charity }'
    """
    return _PROLOGUE.sub("", query).strip()


def bundle(queries: Sequence[str]) -> str:
    """One query for the rows of several SELECTs in their order, each row with the number of its query.

    >>> print(bundle(["SELECT ?a { ?a ?b 1 } LIMIT 1", "SELECT ?c { ?c ?d 2 }"]))
    SELECT * {
    { { SELECT ?a { ?a ?b 1 } LIMIT 1
    } BIND(0 AS ?branch) }
    UNION
    { { SELECT ?c { ?c ?d 2 }
    } BIND(1 AS ?branch) }
    }
    """
    if len(queries) == 1:
        return queries[0]
    declared = {line.split()[1].removesuffix(":") for query in queries for line in _PROLOGUE.findall(query)}
    branches = (f"{{ {{ {inner(query)}\n}} BIND({number} AS ?{BRANCH}) }}\n" for number, query in enumerate(queries))
    united = "UNION\n".join(branches)
    return f"{_prologue(declared)}SELECT * {{\n{united}}}"


def look_ups(about: Iterable[str], stated: Iterable[str], back: Iterable[tuple[str, str]]) -> str:
    """One query for all statements about some things, for those that sources make about some, each with its named
    graph, and for the things that have some values of some properties."""
    branches = (
        (" ".join(map(_term, about)), "VALUES ?s {{ {} }} ?s ?p ?o"),
        (" ".join(map(_term, stated)), "VALUES ?s {{ {} }} GRAPH ?g {{ ?s ?p ?o }}"),
        (
            " ".join(f"({_term(prop)} {_term(value)})" for prop, value in back),
            f"VALUES (?p ?o) {{{{ {{}} }}}} ?s ?p ?o BIND(1 AS ?{BACK})",
        ),
    )
    patterns = [pattern.format(keys) for keys, pattern in branches if keys]
    united = " } UNION { ".join(patterns)
    return f"SELECT * {{ {{ {united} }} }}"


def _term(iri: str) -> str:
    return str(NamedNode(iri))


def _prologue(prefixes: Iterable[str]) -> str:
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(prefixes))
