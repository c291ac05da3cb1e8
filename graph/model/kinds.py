"""The kinds of things that have IRIs of ours, by the first segment of their path, `{base}id/<kind>/…`.

How an IRI is made is in `iri`; entries of code lists are under `{base}def/` and have no kind.
"""

from typing import Literal, get_args

Kind = Literal[
    "accessibility",
    "address",
    "annual-return",
    "area",
    "attribute",
    "classification",
    "cost-option",
    "dataset",
    "engagement",
    "engagement-event",
    "event",
    "former-name",
    "funding",
    "geometry",
    "grant",
    "grant-file",
    "grant-part",
    "language",
    "link",
    "listing",
    "measurement",
    "observation",
    "opportunity",
    "organisation",
    "pay-band-count",
    "postcode",
    "problem",
    "programme",
    "register",
    "register-event",
    "registration",
    "regulator-report",
    "required-document",
    "schedule",
    "service",
    "service-area",
    "service-at-location",
    "site",
    "source",
    "stated-identifier",
    "taxonomy",
    "taxonomy-term",
]
KINDS: frozenset[str] = frozenset(get_args(Kind))

PRINCIPAL: tuple[Kind, ...] = ("organisation", "grant", "service", "opportunity")
"""What an identifier without a kind may be of."""

LOOKED_UP: tuple[Kind, ...] = ("organisation", "postcode")
"""What lookup sources describe only where another source refers to it."""

PAIRS: frozenset[str] = frozenset[Kind](("link", "event"))
"""Between two organisations, and named after both."""

INDEPENDENT: frozenset[str] = frozenset[Kind](
    (
        *("area", "dataset", "engagement-event", "grant", "grant-file", "observation"),
        *("opportunity", "postcode", "register", "service", "source"),
    )
)
"""Not a part of any organisation."""

SHARED: frozenset[str] = frozenset[Kind](
    ("organisation", "grant", "grant-file", "area", "postcode", "register", "source", "dataset", "event")
)
"""Belonging to none of the things that point to it."""

OF_ROWS: tuple[Kind, ...] = (
    *("organisation", "listing", "site", "service", "opportunity"),
    *("grant", "grant-part", "engagement", "link"),
)
"""What a row of a file is about."""
