"""What XML 1.0 has no way to write, though RDF and SPARQL know it: most control characters, and names of some terms."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from endpoint.workers.sink import Sink
from graph.model.terms import RDF

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["NoXmlName", "XmlSink", "with_xml_names"]

_REPLACEMENT = "\ufffd".encode()
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # the last two are U+FFFE and U+FFFF
_BEGINNINGS = (b"\xef\xbf", b"\xef")

# Namespaces in XML 1.0, NCName: what the end of an IRI must hold to be written as the name of an element.
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(rf"[{_START}][{_START}.0-9\xb7\u0300-\u036f\u203f\u2040-]*$")


class NoXmlName(ValueError):
    """A property or class that RDF/XML cannot name, as it has to make an element of it."""


class XmlSink(Sink):
    """Takes XML as it is written, with U+FFFD for each character that XML cannot hold."""

    _held = b""

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write on; a character that is cut in two waits for its rest."""
        text = self._held + bytes(data)
        self._held = next((end for end in _BEGINNINGS if text.endswith(end)), b"")
        super().write(_NOT_IN_XML.sub(_REPLACEMENT, text[: len(text) - len(self._held)]))
        return memoryview(data).nbytes


def with_xml_names(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as they are; NoXmlName at the first that RDF/XML cannot write."""
    named: set[str] = set()
    for triple in triples:
        terms = [triple.predicate]
        if triple.predicate.value == RDF.type.value and isinstance(triple.object, ox.NamedNode):
            terms.append(triple.object)
        for term in terms:
            if term.value not in named and not _NAME.search(term.value):
                raise NoXmlName(term.value)
            named.add(term.value)
        yield triple
