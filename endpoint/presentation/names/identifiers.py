"""The identifiers of a body: its entries in registers, in words, and the identifiers that stand for it elsewhere."""

import re
from dataclasses import dataclass

from pyoxigraph import NamedNode

from endpoint.presentation.names.short_names import plain, short_name, value_name
from endpoint.presentation.reading.view import View
from graph.model.terms import CIV, OWL, ROV, SKOS

__all__ = ["Identifier", "ends", "identifiers", "in_words", "registrations"]

# What a number in a register is a number of; `{n}` is the number. Other registers go under their names.
_WORDS = {
    "GB-CHC": "Charity {n} (England and Wales)",
    "GB-SC": "Charity {n} (Scotland)",
    "GB-NIC": "Charity {n} (Northern Ireland)",
    "GB-COH": "Company {n}",
    "GB-MPR": "Mutual society {n}",
}
# Companies House lists other bodies than companies too, under numbers with letters of their own.
_A_COMPANY = re.compile(r"(?:SC|NI|R0)?\d")
_IDENTIFIER = re.compile(r"/id/(?:organisation|registration)/([A-Z]{2}-[A-Z]+)-([^/]+)$")


@dataclass(frozen=True)
class Identifier:
    """An entry in a register: in words, the register's name, the page of the entry."""

    words: str
    register: str
    href: str


def ends(view: View, iri: str) -> tuple[str, ...]:
    """The identifiers under which links name a body: the one that stands for it, and its aliases."""
    return (iri, *sorted(alias for alias in view.subjects(OWL.sameAs, iri) if alias != iri))


def registrations(view: View, iri: str) -> list[str]:
    """The entries of a body in registers: the one that heads its page, then charities', then the others."""
    heading = view.values(iri, CIV.headingRegistration)
    order = list(_WORDS)

    def place(entry: str) -> tuple[bool, int, str]:
        code = _parts(entry)[0]
        return (NamedNode(entry) not in heading, order.index(code) if code in order else len(order), entry)

    return sorted(view.things(iri, ROV.registration), key=place)


def identifiers(view: View, iri: str) -> tuple[Identifier, ...]:
    return tuple(
        Identifier(in_words(view, entry), _register(view, entry), view.addresses.page(entry))
        for entry in registrations(view, iri)
    )


def in_words(view: View, iri: str) -> str:
    """An organisation or a registration by its number.

    The register is taken from the IRI, which has it even where no source describes the entry.
    """
    code, number = _parts(iri)
    entry = iri.replace("/id/organisation/", "/id/registration/")
    number = plain(view, entry, SKOS.notation) or number
    if not code:
        return short_name(view, iri)
    words = "" if code == "GB-COH" and not _A_COMPANY.match(number) else _WORDS.get(code, "")
    return words.format(n=number) if words else f"{_register(view, entry) or code} {number}"


def _parts(iri: str) -> tuple[str, str]:
    found = _IDENTIFIER.search(iri)
    return (found[1], found[2]) if found else ("", "")


def _register(view: View, entry: str) -> str:
    return value_name(view, entry, CIV.register) or view.name(f"{view.base}id/register/{_parts(entry)[0]}")
