"""Which grants are to persons, however their file writes so: in the fields for it, in a type, a programme or a name.

Such a grant is counted and goes no further: not its title, its description or its place.
"""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from graph.model.rows.record import Fields
from graph.model.values import orgid
from graph.model.values.persons import is_person

_SIGNS = re.compile(r"[\W_]+")
_FIELD = re.compile(r"recipientind(?:ividual.*|id|name|\d.*)?|toindividuals?.*")
_NOTHING = frozenset(("", "null", "none", "n/a", "[]", "{}"))
_TYPE = re.compile(r"(?:private )?(?:individuals?|persons?)|sole traders?", re.I)
_PROGRAMME = re.compile(
    r"individuals?|individual (?:grants?|awards?|bursar(?:y|ies)|hardship.*|support grants?)"
    r"|(?:.*\W)?(?:grants?|awards?|bursar(?:y|ies)|payments?) (?:to|for) (?:\w+ )?individuals?",
    re.I,
)
_PARTS = ("grantProgramme", "classifications")


def is_to_individual(grant: Fields) -> bool:
    """Whether a grant is to a person, or to several.

    >>> is_to_individual({"Recipient Individual:Name": "J"}), is_to_individual({"recipientindividual": None})
    (True, True)
    >>> is_to_individual({"recipientOrganization": [{"id": "360G-a-1", "name": "Miss A Smith"}]})
    True
    >>> is_to_individual({"recipientOrganization": [{"id": "GB-CHC-1164883", "name": "Sue Smith"}]})
    False
    """
    recipients = [*_records(grant.get("recipientOrganization"))]
    given = [value for key, value in grant.items() if _FIELD.fullmatch(_SIGNS.sub("", key).casefold())]
    if any(map(_says_something, given)) or (given and not recipients):
        return True
    if any(map(_is_individual, recipients)):
        return True
    titles = (part.get("title") for name in _PARTS for part in _records(grant.get(name)))
    return any(isinstance(title, str) and _PROGRAMME.fullmatch(" ".join(title.split())) for title in titles)


def _says_something(value: object) -> bool:
    """Whether a field holds more than signs for nothing, as every row of a sheet has them."""
    if isinstance(value, Mapping):
        return any(map(_says_something, cast(Fields, value).values()))
    if isinstance(value, list):
        return any(map(_says_something, cast("list[object]", value)))
    return value is not None and str(value).strip().casefold() not in _NOTHING


def _records(value: object) -> Iterator[Fields]:
    for each in cast("list[object]", value) if isinstance(value, list) else [value]:
        if isinstance(each, Mapping):
            yield cast(Fields, each)


def _is_individual(party: Fields) -> bool:
    """Whether a recipient that no register lists is a person, by its type or its name."""
    number, name = party.get("id"), party.get("name")
    registered = isinstance(number, str) and orgid.read(number, units=True).registered
    if registered or any(map(_says_something, (party.get("charityNumber"), party.get("companyNumber")))):
        return False
    types = (value for key, value in party.items() if "type" in key.casefold())
    if any(isinstance(value, str) and _TYPE.fullmatch(value.strip()) for value in types):
        return True
    return isinstance(name, str) and is_person(name)
