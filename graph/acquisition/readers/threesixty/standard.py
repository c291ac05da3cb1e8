"""The 360Giving Data Standard as its publisher gives it: the JSON Schema, whose code lists are part of it.

`graph/standards/threesixty/` holds the schema unchanged, with its version and licence.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from jsonschema_rs import Draft202012Validator
from rfc3339_validator import validate_rfc3339  # type: ignore[import-untyped]

SCHEMA = Path(__file__).parents[3] / "standards" / "threesixty" / "schema.json"
"""The schema of one grant, version 1.4."""

PACKAGE = SCHEMA.with_name("package-schema.json")
"""The schema of a package, which holds grants and says who publishes them."""

PERSONAL = ("contactName", "email", "telephone", "streetAddress")
"""Fields of an organisation that may be about a person; nothing here reads them."""


@cache
def schema() -> Mapping[str, object]:
    """The schema of one grant."""
    return cast("dict[str, object]", json.loads(SCHEMA.read_text("utf-8")))


@cache
def fields() -> frozenset[str]:
    """The fields that a grant may have, less those that other standards' records have as well."""
    properties = cast("dict[str, object]", schema()["properties"])
    return frozenset(properties) - {"id", "title", "description", "url", "dateModified"}


@cache
def validator() -> Draft202012Validator:
    """What checks a grant against the schema: dates as RFC 3339 has them; addresses are left to the mapping."""
    return offline_validator(dict(schema()))


def offline_validator(schema: dict[str, object]) -> Draft202012Validator:
    """What checks against a schema; a `$ref` that it does not hold itself is an error, and never fetched."""
    formats = {"date-time": _is_date_time, "uri": _is_anything}
    return Draft202012Validator(schema, validate_formats=True, formats=formats, offline=True)


def _is_date_time(text: str) -> bool:
    return bool(validate_rfc3339(text.upper()))


def _is_anything(_: str) -> bool:
    return True
