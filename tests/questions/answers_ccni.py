"""Answers about the charities of Northern Ireland: the register of 2020, and a part of that of 2024."""

import re
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

from tests.support.raw.rows import Row, day, rows

LATER, EARLIER = "registers/ccni/charitydetails-2024-04.csv", "registers/ccni/roc-2020-06-30.csv"
DOCUMENTS = {
    "Constitution": "constitution",
    "Memorandum and Articles": "memorandum-and-articles",
    "Trust Deed or Declaration of Trust": "trust-deed",
    "Will": "will",
    "Royal Charter": "royal-charter",
    "IPS Rules": "society-rules",
    "Other": "other",
}
NO_COMPANY = {"", "0", "999999", "111111"}


def register(path: str) -> list[Row]:
    return list(rows(path, "cp1252"))


def companies() -> list[tuple[str, str]]:
    """Numbers of four digits to six are those of Northern Irish companies, without NI and leading zeros."""
    return [
        (row["Reg charity number"], "NI" + row["Company number"].zfill(6))
        for row in register(LATER)
        if re.fullmatch(r"\d{4,6}", row["Company number"]) and row["Company number"] not in NO_COMPANY
    ]


def late() -> list[tuple[str, int]]:
    """Overdue still, or received so many days late."""
    late = ((row, re.search(r"(\d+) days", row["Status"])) for row in register(LATER))
    return [(row["Reg charity number"], int(found[1])) for row, found in late if found and int(found[1]) > 60]


def staff_by_governing_document() -> list[tuple[str, int]]:
    """The register writes 0 for what it was not told, and tells nothing of years without any money."""
    staff: Counter[str] = Counter()
    for row in register(LATER):
        if row["Type of governing document"] and (row["Total income"], row["Total spending"]) != ("0", "0"):
            staff[DOCUMENTS[row["Type of governing document"]]] += int(row["Employed staff"])
    return [(document, number) for document, number in staff.items() if number]


def doubled_income() -> list[tuple[str, Decimal, Decimal]]:
    """Charities whose figures of 2024 are of a later year than those of 2020, and more than twice as large."""
    before = {row["Reg charity number"]: row for row in register(EARLIER)}
    return [
        (number, Decimal(old["Total income"]), Decimal(new["Total income"]))
        for new in register(LATER)
        if (old := before.get(number := new["Reg charity number"]))
        and Decimal(old["Total income"]) > 0
        and Decimal(new["Total income"]) > 2 * Decimal(old["Total income"])
        and day_of(old) < day_of(new)
    ]


def day_of(row: Row) -> date:
    return datetime.strptime(row["Date for financial year ending"], "%d %B %Y").date()


def gone_since() -> list[tuple[str]]:
    """Charities that were not yet removed in 2020 and are in 2024."""
    before = {row["Reg charity number"] for row in register(EARLIER) if row["Status"] != "Removed"}
    return [(number,) for row in register(LATER) if row["Status"] == "Removed"
            and (number := row["Reg charity number"]) in before]  # fmt: skip


def registered_each_year() -> list[tuple[int, int]]:
    return list(Counter(day(row["Date registered"]).year for row in register(EARLIER)).items())
