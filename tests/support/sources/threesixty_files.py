"""Files of the 360Giving standard: its fixtures, and mapping them."""

import pytest

from graph.sources.source import Source
from tests.support.paths import DATA

FIXTURES = DATA / "grants" / "validator-fixtures"
PUBLISHED = DATA / "grants" / "360giving"
SOURCE = Source.named("threesixty")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")
GRANTS = {
    "additional_fields.json": 1,
    "badfile_all_validation_errors.json": 1,
    "badfile_all_validation_errors.xlsx": 1,
    "badfile_too_many_rows.xlsx": 0,
    "bom.csv": 1,
    "codelist.csv": 0,
    "decimal_amounts.csv": 0,
    "dei_extension.xlsx": 9,
    "fundingproviders-grants-email.json": 2,
    "fundingproviders-grants_2_grants.xlsx": 2,
    "fundingproviders-grants_2_grants_cp1252.csv": 2,
    "fundingproviders-grants_fixed_2_grants.json": 2,
    "fundingproviders_grants_2_grants.csv": 2,
    "geocodepostcode.xlsx": 3,
    "multiple_funder_names_org_ids.json": 2,
    "nulls.json": 0,
    "oneof.csv": 0,
    "recipientinddei.json": 0,
}
"""Grants that are read from each of the other files; the rest are set aside, each with a fault."""
