"""RDF terms as the text that N-Triples writes, and the namespaces of the vocabularies in use.

A term is rendered once, when it is made, and from then on only copied: that is what makes mapping fast.
"""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import ModuleType
from typing import Protocol, cast

from pyoxigraph import NamedNode

# What the N-Triples grammar forbids unescaped inside a string literal (STRING_LITERAL_QUOTE), plus
# lone surrogates, which are not characters and which UTF-8 cannot write.
_MUST_ESCAPE = re.compile('["\\\\\n\r\ud800-\udfff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


class Iri(str):
    """An IRI as N-Triples writes it, angle brackets included.

    >>> Iri.of("https://example.org/a")
    '<https://example.org/a>'
    >>> Iri.of("https://example.org/a").value
    'https://example.org/a'
    """

    __slots__ = ()

    @classmethod
    def of(cls, value: str) -> "Iri":
        """Wrap an absolute IRI, as RFC 3987 defines one; ValueError if it is none."""
        return cls(str(NamedNode(value)))

    @property
    def value(self) -> str:
        """The IRI itself, without brackets."""
        return self[1:-1]

    @property
    def node(self) -> NamedNode:
        """The IRI as a store knows it."""
        return NamedNode(self.value)


class Literal(str):
    """A literal already rendered, for datatypes that Python has no type of its own for."""

    __slots__ = ()

    @classmethod
    def of(cls, lexical: str, datatype: Iri) -> "Literal":
        """Render; the caller vouches that the lexical form is one of the datatype.

        >>> Literal.of("2019", XSD.gYear)
        '"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>'
        """
        return cls(f"{quoted(lexical)}^^{datatype}")

    @classmethod
    def english(cls, text: str) -> "Literal":
        """Render a text in English, as the labels of concepts are."""
        return cls(f"{quoted(text)}@en")


Value = str | Iri | Literal | date | Decimal | bool | int
"""What a statement can say: a plain string, a thing, or a typed value."""


class Namespace(Protocol):
    """A vocabulary: `SKOS.prefLabel` is the term of that name. That it exists is what the tests check."""

    base: str

    def __getattr__(self, name: str) -> Iri: ...


def _namespace(base: str) -> Namespace:
    """A vocabulary as a module, whose attributes Python looks up four times as fast as those a class makes up."""
    namespace = ModuleType(base)

    def term(name: str) -> Iri:
        found = Iri.of(base + name)
        setattr(namespace, name, found)  # the next access does not come here
        return found

    namespace.__dict__.update(base=base, __getattr__=term)
    return cast(Namespace, namespace)


ADMS = _namespace("http://www.w3.org/ns/adms#")
CIV = _namespace("https://w3id.org/civsoc/ns#")
DCAT = _namespace("http://www.w3.org/ns/dcat#")
DCT = _namespace("http://purl.org/dc/terms/")
DQV = _namespace("http://www.w3.org/ns/dqv#")
FOAF = _namespace("http://xmlns.com/foaf/0.1/")
GEO = _namespace("http://www.opengis.net/ont/geosparql#")
GEOF = _namespace("http://www.opengis.net/def/function/geosparql/")
ORG = _namespace("http://www.w3.org/ns/org#")
OWL = _namespace("http://www.w3.org/2002/07/owl#")
PROV = _namespace("http://www.w3.org/ns/prov#")
QB = _namespace("http://purl.org/linked-data/cube#")
RDF = _namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = _namespace("http://www.w3.org/2000/01/rdf-schema#")
ROV = _namespace("http://www.w3.org/ns/regorg#")
SCHEMA = _namespace("https://schema.org/")
SDMX_ATTRIBUTE = _namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
SDMX_CODE = _namespace("http://purl.org/linked-data/sdmx/2009/code#")
SDMX_DIMENSION = _namespace("http://purl.org/linked-data/sdmx/2009/dimension#")
SDMX_MEASURE = _namespace("http://purl.org/linked-data/sdmx/2009/measure#")
SEMAPV = _namespace("https://w3id.org/semapv/vocab/")
SH = _namespace("http://www.w3.org/ns/shacl#")
SKOS = _namespace("http://www.w3.org/2004/02/skos/core#")
SSSOM = _namespace("https://w3id.org/sssom/")
VOID = _namespace("http://rdfs.org/ns/void#")
XSD = _namespace("http://www.w3.org/2001/XMLSchema#")

PREFIXES: dict[str, str] = {
    name.lower().replace("_", "-"): space.base
    for name, space in list(globals().items())
    if name.isupper() and isinstance(space, ModuleType)
}
"""The prefixes that pages, queries and Turtle use, the same everywhere."""


def quoted(text: str) -> str:
    r"""Render a string for N-Triples, exactly: a parser gives back the same characters.

    Lone surrogates (half a character, from a broken encoding) become U+FFFD, as no RDF string can hold them.

    >>> print(quoted('say "hi"\n'))
    "say \"hi\"\n"
    """
    if text.isprintable() and '"' not in text and "\\" not in text:  # nearly every text, and quick to see
        return f'"{text}"'
    if _MUST_ESCAPE.search(text):
        text = _MUST_ESCAPE.sub(lambda found: _ESCAPES.get(found.group(), "\ufffd"), text)
    return f'"{text}"'


def render(value: Value) -> str:
    """Write a value as an N-Triples term.

    >>> render(Decimal("1E+3"))
    '"1000"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if isinstance(value, date):  # the commonest first
        return _date(value)
    if isinstance(value, Decimal):
        text = str(value)
        return f'"{value:f}{_DECIMAL}' if "E" in text else f'"{text}{_DECIMAL}'  # xsd:decimal knows no exponents
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(value, str):
        return value if isinstance(value, (Iri, Literal)) else quoted(value)
    return f'"{value}"^^{XSD.integer}'


_TRUE, _FALSE = f'"true"^^{XSD.boolean}', f'"false"^^{XSD.boolean}'
_DECIMAL = f'"^^{XSD.decimal}'


@lru_cache(maxsize=65536)
def _date(value: date) -> str:
    return f'"{value.isoformat()}"^^{XSD.date}'
