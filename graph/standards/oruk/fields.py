"""Every field of Open Referral UK (HSDS-UK 3.0) and the term that stands for it: `fields.toml`, read.

The mapping decides what connects one form with another: a service with its organisation, a location, a taxonomy term.
"""

from collections.abc import Mapping
from pathlib import Path

from graph.standards.field import forms

FORMS = forms(Path(__file__).with_name("fields.toml"))

LIST_CODES: Mapping[str, str] = {
    "inactive": "inactive",
    "closed": "defunct",
    "temporarily-closed": "temporarily closed",
}
"""Entries of our code lists that the standard writes otherwise."""

UNNAMED = "A place without a name"
"""The name of a location that has none in its feed; an export does not write it."""
