"""The 360Giving Data Standard as its publisher gives it: the JSON Schema, whose code lists are part of it.

`graph/standards/threesixty/` holds the schema unchanged, with its version and licence.
"""

import json
from functools import cache
from pathlib import Path
from typing import cast

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).parents[3] / "standards" / "threesixty" / "schema.json"
"""The schema of one grant, version 1.4."""

PACKAGE = SCHEMA.with_name("package-schema.json")
"""The schema of a package, which holds grants and says who publishes them."""

PERSONAL = ("contactName", "email", "telephone", "streetAddress")
"""Fields of an organisation that may tell of a person, and are read by nobody here."""


@cache
def fields() -> frozenset[str]:
    """The fields that a grant may have, less those that other standards' records have as well."""
    schema = cast("dict[str, dict[str, object]]", json.loads(SCHEMA.read_text("utf-8")))
    return frozenset(schema["properties"]) - {"id", "title", "description", "url", "dateModified"}


@cache
def validator() -> Draft202012Validator:
    """The schema of one grant, with dates checked as RFC 3339 has them."""
    schema = cast("dict[str, object]", json.loads(SCHEMA.read_text("utf-8")))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
