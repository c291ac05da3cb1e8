"""From an IRI of the graph to its page, and back. Every IRI has one: none is a dead end."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from graph.model.terms import CIV, PREFIXES

__all__ = ["Addresses", "compact"]

# Our own IRIs hold only these unencoded (graph.model.iri); a foreign one is quoted whole, as a parameter.
_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Addresses:
    """The addresses of one base IRI."""

    base: str

    def page(self, iri: str) -> str:
        """The path of the page about an IRI.

        >>> Addresses("http://localhost:8000/").page("http://localhost:8000/id/area/S12000036")
        '/doc/area/S12000036'
        >>> Addresses("http://localhost:8000/").page("http://example.org/a#b")
        '/doc/iri?iri=http%3A%2F%2Fexample.org%2Fa%23b'
        """
        if iri.startswith(f"{self.base}id/"):
            return "/doc/" + quote(iri[len(self.base) + 3 :], safe=_SAFE)
        if iri.startswith(f"{self.base}def/"):
            return "/" + quote(iri[len(self.base) :], safe=_SAFE)
        if iri in (CIV.base, CIV.base[:-1]):
            return "/ns"
        if iri.startswith(CIV.base) and (name := iri[len(CIV.base) :]):
            return "/doc/ns/" + quote(name, safe=_SAFE)
        return "/doc/iri?iri=" + quote(iri, safe="")

    def document(self, iri: str, suffix: str = "") -> str:
        """The path of a representation of the page, by its suffix.

        >>> Addresses("http://localhost:8000/").document("http://localhost:8000/def/legal-form/trust", ".ttl")
        '/def/legal-form/trust.ttl'
        """
        path, mark, query = self.page(iri).partition("?")
        return f"{path}{suffix}{mark}{query}"

    def place(self, iri: str) -> str:
        """Where an IRI of ours is answered itself: as a path of this service; for others the page about it."""
        return "/" + quote(iri[len(self.base) :], safe=_SAFE) if iri.startswith(self.base) else self.page(iri)

    def document_iri(self, iri: str) -> str:
        """The IRI of the document about a thing."""
        return self.base + self.page(iri)[1:]

    def owns(self, iri: str) -> bool:
        """Whether an IRI is one that we mint."""
        return iri.startswith((f"{self.base}id/", f"{self.base}def/", CIV.base[:-1]))


def spellings(path: str) -> Iterator[str]:
    """The ways in which an IRI may write a path that a browser sent percent-encoded: as sent, decoded, re-encoded.

    >>> list(spellings("postcode/EH1%2D1AA"))
    ['postcode/EH1%2D1AA', 'postcode/EH1-1AA']
    """
    plain = unquote(path)
    yield from dict.fromkeys((path, plain, quote(plain, safe="/-._~"), quote(plain, safe=_SAFE.replace("%", ""))))


def compact(iri: str) -> str:
    """An IRI as people write it: with its prefix where it has a known one, without its scheme otherwise.

    >>> compact("http://www.w3.org/2004/02/skos/core#prefLabel"), compact("https://example.org/a/")
    ('skos:prefLabel', 'example.org/a')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri[len(namespace) :]}"
    bare = iri.removeprefix("https://").removeprefix("http://")
    return bare.rstrip("/") or iri
