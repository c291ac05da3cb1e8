"""What each source says of each organisation, as far as its quality is concerned. How it is read is in `telling.py`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from graph.model.iri import last_segment
from graph.model.terms import CIV, DCAT, DCT, FOAF, ROV, Iri

FACTS: Mapping[str, tuple[Iri, ...]] = {
    "activities": (
        *(CIV.fieldOfWork, CIV.purpose, CIV.activity, CIV.sicCode, CIV.industryNumber),
        *(ROV.orgActivity, DCAT.keyword),
    ),
    "place": (CIV.postcode, CIV.within, CIV.mainOperatingArea, CIV.operatesIn, CIV.worksIn),
    "postcode": (CIV.postcode,),
    "website": (FOAF.homepage,),
    "description": (DCT.description, CIV.objectives, CIV.activityText),
    "registered-number": (ROV.registration,),
    "beneficiaries": (CIV.beneficiaryGroup,),
    "last-checked": (),
}
"""What an entry may tell, and the properties by which it does; metrics of completeness are named so."""

BITS = {name: 1 << place for place, name in enumerate(FACTS)}
CLOSED = frozenset(("removed", "inactive", "closed"))


@dataclass(slots=True)
class Entry:
    """What one source says of one organisation."""

    facts: int = 0
    """The facts that it has, as `BITS`."""
    names: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Names that it gives beside the one: known as, legal, former ones left out."""
    status: str = ""
    dated: str = ""
    """The last day of a check, of a change or of accounts."""
    awarded: str = ""
    """The last day of a grant to it in the source."""
    own: str = ""
    """The number that the source's own list gave it."""
    listings: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether the source lists the organisation as active."""
        return self.status not in CLOSED

    @property
    def named(self) -> bool:
        """Whether the source has a name for it, and does not only mention it."""
        return bool(self.names or self.others)

    def has(self, fact: str) -> bool:
        """Whether it has a fact."""
        return bool(self.facts & BITS[fact])


@dataclass(slots=True)
class Listing:
    """An entry in a directory."""

    organisation: str
    reference: str = ""
    name: str = ""
    checked: str = ""
    status: str = ""

    @property
    def current(self) -> bool:
        """Whether the entry is active for its keeper."""
        return self.status not in CLOSED


Entries = dict[str, Entry]


@dataclass
class Profiles:
    """Everything read, by source."""

    entries: dict[str, Entries] = field(default_factory=dict[str, Entries])
    """By source and organisation."""
    listings: dict[str, dict[str, Listing]] = field(default_factory=lambda: defaultdict(dict[str, Listing]))
    """By source and entry."""
    services: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict[str, str]))
    """When services were last checked, by source and service."""
    grants: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict[str, str]))
    """The recipient of each grant, by source and grant."""
    recipient_names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict[str, str]))
    """What a grant calls its recipient."""
    areas: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set[str])))
    """The codes of the areas that a directory says something lies in, by source and organisation."""
    bodies: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set[str])))
    """What a directory says that an organisation is, by its numbers, whether or not the link was accepted."""
    postcodes: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list[tuple[str, str]]))
    """Things and their postcodes, by source."""

    def entry(self, source: str, organisation: str) -> Entry | None:
        """The profile of an organisation in a source, if it is there at all."""
        return self.entries.get(source, {}).get(organisation)

    def listing(self, source: str, thing: str) -> Listing | None:
        """The entry in a directory, if the thing is one."""
        return self.listings[source].get(thing) if source in self.listings else None


def local(thing: str) -> str:
    """The last part of an IRI as it was before it became one.

    >>> local("http://localhost:8000/id/listing/DIR-GLENTSI-GT%2F12")
    'DIR-GLENTSI-GT/12'
    """
    return unquote(last_segment(thing))
