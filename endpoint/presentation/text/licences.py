"""Licences by the names that people know them by."""

from endpoint.presentation.text.addresses import compact

__all__ = ["licence_name"]

_NAMES = {
    "www.nationalarchives.gov.uk/doc/open-government-licence/version/3": "Open Government Licence v3.0",
    "www.nationalarchives.gov.uk/doc/open-government-licence/version/2": "Open Government Licence v2.0",
    "creativecommons.org/licenses/by/4.0": "CC BY 4.0",
    "creativecommons.org/licenses/by-sa/4.0": "CC BY-SA 4.0",
    "creativecommons.org/publicdomain/zero/1.0": "CC0 1.0",
    "opendatacommons.org/licenses/by/1-0": "ODC-By 1.0",
    "opendatacommons.org/licenses/odbl/1-0": "ODbL 1.0",
    "opendatacommons.org/licenses/pddl/1-0": "PDDL 1.0",
    "www.apache.org/licenses/LICENSE-2.0": "Apache License 2.0",
}


def licence_name(iri: str) -> str:
    """The name of a licence, or its address without the scheme.

    >>> licence_name("https://creativecommons.org/licenses/by/4.0/"), licence_name("https://example.org/terms")
    ('CC BY 4.0', 'example.org/terms')
    """
    bare = compact(iri)
    return _NAMES.get(bare, bare)
