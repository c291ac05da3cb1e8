"""Findings about postcodes: those that no source of postcodes knows, and those that have ended.

They are looked for in every source, registers too, as each can ask its organisations for the right one.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from graph.model.iri import last_segment
from graph.model.problems import Parameters, parameters
from graph.model.terms import CIV, GEO
from graph.nquads.sorted_graph import SortedGraph
from graph.quality.findings.finding import Found, Known
from graph.quality.profile import local

POSTCODE = ("postcode", "post code", "postal code", "charity_contact_postcode")
COVERED = 0.9
"""The share of the postcodes with the same first letters that must be known before one is called unknown."""
FEW, COVERED_OF_FEW = 2, 0.75
"""Where no more than so many are not known, a smaller share will do: lists of one place have few postcodes."""
EVIDENCE = (CIV.within, CIV.introducedOn, GEO.hasGeometry)
"""By which a source of postcodes shows that it knows one."""
_LETTERS = re.compile(r"[A-Z]+")


@dataclass(frozen=True)
class Postcodes:
    """What sources of postcodes state about those that are published."""

    ended: Mapping[str, str] = field(default_factory=dict[str, str])
    """The month in which a postcode ended."""
    unknown: frozenset[str] = frozenset()
    """Those that no source knows, where sources know most of the postcodes with the same letters."""


def letters(postcode: str) -> str:
    """The first letters of a postcode, by its IRI.

    >>> letters("http://localhost:8000/id/postcode/KY11-2EY")
    'KY'
    """
    found = _LETTERS.match(last_segment(postcode))
    return found.group() if found else ""


def read_postcodes(merged: SortedGraph) -> Postcodes:
    """Which postcodes have ended, and which are not known."""
    every = set(merged.of_class(CIV.Postcode))
    evident = {thing for prop in EVIDENCE for thing, _ in merged.values(prop)}
    ended = dict(merged.values(CIV.terminatedOn))
    return Postcodes(ended, unknown(every, every & evident))


def unknown(every: Collection[str], known: Collection[str]) -> frozenset[str]:
    """The postcodes that are not known though most others with their first letters are."""
    there, evident = Counter(map(letters, every)), Counter(map(letters, known))
    covered = {
        start
        for start, count in there.items()
        if evident[start] >= (COVERED_OF_FEW if count - evident[start] <= FEW else COVERED) * count
    }
    return frozenset(postcode for postcode in every if postcode not in known and letters(postcode) in covered)


def faulty_postcodes(known: Known, source: str, postcodes: Postcodes) -> Iterator[Found]:
    """Postcodes of active entries that do not exist, or no longer exist."""
    day = known.dates.get(source)
    for thing, postcode in sorted(known.profiles.postcodes.get(source, ())):
        entry = known.profiles.entry(source, thing)
        if entry and not entry.current:
            continue
        month = postcodes.ended.get(postcode, "")
        if postcode in postcodes.unknown:
            yield _found(known, source, thing, postcode, "postcode-unknown", ())
        elif entry and month and (day is None or month <= day.isoformat()):
            yield _found(known, source, thing, postcode, "postcode-ended", parameters(month=month))


def _found(known: Known, source: str, thing: str, postcode: str, rule: str, named: Parameters) -> Found:
    entry = known.profiles.entry(source, thing)
    listing = next(iter(sorted(entry.listings)), "") if entry else ""
    reference = known.profiles.listings[source][listing].reference if listing else known.reference(source, thing)
    value = local(postcode).replace("-", " ")
    return Found(listing or thing, thing, rule, named, POSTCODE, value, reference, (postcode,))
