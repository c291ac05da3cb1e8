"""Which of our things are to be taken out, and how they are recognised in a statement."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import unquote

from graph.model import iri
from graph.model.kinds import INDEPENDENT, PAIRS
from graph.privacy.suppression.list import Objections, names, numbers
from graph.privacy.suppression.matching import Rows, Texts, impossible

_ENGAGEMENT = "engagement"
"""Named after what it was in the first place, and last after the organisation that took part."""


@dataclass(frozen=True)
class Removal:
    """What a build takes out: things, each with its parts, and texts."""

    things: Mapping[str, Rows]
    """By kind and identifier, in small letters."""
    values: Texts
    parts: Mapping[str, Rows] = field(default_factory=dict[str, Rows])
    """Parts that no address of a thing shows, such as the recipient of a grant; by the path of their address."""
    names: Texts = field(default_factory=lambda: Texts({}))
    """The identifiers of the things, as texts name them."""
    numbers: Texts = field(default_factory=lambda: Texts({}))
    """Their numbers alone, which other lists may give to other things: looked for in running text only."""

    @classmethod
    def of(cls, objections: Objections, things: Mapping[str, Rows], parts: Mapping[str, Rows]) -> "Removal":
        """What the list asks for, once it is known what depends on what."""
        return cls(things, Texts(objections.values), parts, Texts(names(things)), Texts(numbers(things)))

    def impossible(self, lines: bytes) -> bool:
        """Whether nothing in some lines of N-Quads is to be taken out."""
        return impossible(self._keys, lines)

    @cached_property
    def _keys(self) -> Set[bytes]:
        """Words of which one is in all lines that contain anything of it."""
        parts = Texts({part.split("/")[1]: rows for part, rows in self.parts.items()})
        return self.values.keys | self.names.keys | self.numbers.keys | parts.keys

    def rows_of(self, address: str) -> Rows:
        """The rows of the list because of which an address, ours or another's, is to be taken out."""
        own = f"{iri.base()}id/"
        if not address.startswith(own):
            text = unquote(address)
            return {row for texts in (self.values, self.names, self.numbers) for row in texts.rows_in(text)}
        path = address[len(own) :]
        found = (self.parts.get(part) or self.things.get(part) for part in whole(path))
        return next(filter(None, found), None) or self.values.rows_in(unquote(path))


@lru_cache(maxsize=65536)
def whole(path: str) -> Sequence[str]:
    """The things that the path of an address belongs to, in small letters: what it is a part of, and last itself.

    >>> whole("engagement/DIR-GLENTSI-course/2026-03-01/GB-SC-SC1")[0]
    'organisation/gb-sc-sc1'
    >>> whole("link/GB-SC-SC1/same-as/GB-COH-2")
    ['organisation/gb-sc-sc1', 'organisation/gb-coh-2', 'link/gb-sc-sc1/same-as/gb-coh-2']
    >>> whole("grant-part/360G-x-1/recipient-organization/1")
    ['grant/360g-x-1', 'grant-part/360g-x-1/recipient-organization', 'grant-part/360g-x-1/recipient-organization/1']
    """
    kind, *steps = (unquote(step).casefold() for step in path.split("/"))
    steps = steps or [""]
    itself = f"{kind}/{'/'.join(steps)}"
    if kind in INDEPENDENT:
        return [itself]
    if kind == "grant-part":
        return [f"grant/{steps[0]}", *(f"grant-part/{'/'.join(steps[:end])}" for end in range(2, len(steps) + 1))]
    ends = [steps[0], steps[-1]] if kind in PAIRS else [steps[-1] if kind == _ENGAGEMENT else steps[0]]
    wholes = [f"organisation/{each}" for end in ends for each in _identifiers(end)]
    if kind == "geometry":
        wholes.append(f"postcode/{steps[0]}")
    return wholes if wholes[0] == itself else [*wholes, itself]


def _identifiers(step: str) -> list[str]:
    """An identifier, and those that a publisher has put behind its own prefix.

    >>> _identifiers("360g-kelvin-gb-sc-sc1")
    ['360g-kelvin-gb-sc-sc1', 'gb-sc-sc1']
    """
    found = [step]
    if step.startswith("360g-") and "-gb-" in step:
        found.append(step[step.index("-gb-") + 1 :])
    return found
