"""Answers about the Charity Commission's extract, of which thirteen tables of a small part are at hand."""

import json
from collections import Counter, defaultdict
from decimal import Decimal
from typing import cast

from tests.support.paths import DATA
from tests.support.raw.rows import Row, rows

FOLDER = "registers/ccew/sample-2023-11/publicextract.charity"


def table(name: str = "") -> list[Row]:
    return list(rows(f"{FOLDER}{name and '_' + name}.txt", delimiter="\t"))


def identifier(row: Row) -> str:
    """A charity's number, or that of a unit of it."""
    linked = row["linked_charity_number"]
    return row["registered_charity_number"] + ("" if linked == "0" else f"-{linked}")


def other_names() -> list[Row]:
    """Names of main charities in the extract of 2024, of which the first rows are at hand."""
    path = "registers/ccew/full-2024-09-10/publicextract.charity_other_names.first-18000.json"
    found = cast("list[dict[str, object]]", json.loads((DATA / path).read_text("utf-8-sig")))
    return [{key: str(value) for key, value in each.items()} for each in found if each["linked_charity_number"] == 0]


def units() -> list[tuple[str, int]]:
    """Charities with five units or more."""
    of = Counter(row["registered_charity_number"] for row in table() if row["linked_charity_number"] != "0")
    return [(number, count) for number, count in of.items() if count >= 5]


def in_scotland() -> list[tuple[str]]:
    return [
        (identifier(row),) for row in table("area_of_operation") if row["geographic_area_description"] == "Scotland"
    ]


def incomes_over_time() -> list[tuple[str, int, Decimal]]:
    """Charities of which five years' incomes or more are told by any of the tables, and their sum."""
    of: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in table():
        if row["latest_income"] and row["linked_charity_number"] == "0":
            year = of[row["registered_charity_number"]]
            year[row["latest_acc_fin_period_end_date"]] = Decimal(row["latest_income"])
    for row in (*table("annual_return_history"), *table("annual_return_parta")):
        if row["total_gross_income"]:
            of[row["registered_charity_number"]][row["fin_period_end_date"]] = Decimal(row["total_gross_income"])
    return [(number, len(years), sum(years.values(), Decimal())) for number, years in of.items() if len(years) >= 5]


def boards() -> list[tuple[str, int]]:
    """Charities and units with twenty trustees or more."""
    of = Counter(identifier(row) for row in table("trustee"))
    return [(number, count) for number, count in of.items() if count >= 20]


def classes() -> list[tuple[str, str, int]]:
    """How many charities and units are of each class: kind, the Commission's number, count."""
    of = Counter((row["classification_type"].lower(), row["classification_code"]) for row in table("classification"))
    return [(kind, code, count) for (kind, code), count in of.items()]


def removals_of_units() -> list[tuple[int, int]]:
    return list(
        Counter(
            int(row["date_of_removal"][:4])
            for row in table()
            if row["date_of_removal"] and row["linked_charity_number"] != "0"
        ).items()
    )


def supervised_elsewhere() -> list[tuple[str, str]]:
    """Charities with another regulator, and its address on the web."""
    return [(row["registered_charity_number"], row["regulator_name"]) for row in table("other_regulators")]
