"""Answers about Companies House, of whose monthly list ten rows of each kind of body are at hand."""

from collections import Counter
from datetime import date

from tests.support.raw.rows import Row, day, rows

LIST = "registers/companies-house/basic-company-data-2020-06-01-part6-7.csv"
CIC = "Community Interest Company"


def of_category(words: str) -> list[Row]:
    return [row for row in rows(LIST) if words in row["CompanyCategory"]]


def industries_of_cics() -> list[tuple[str, int]]:
    stated = (row[f"SICCode.SicText_{place}"] for row in of_category(CIC) for place in range(1, 5))
    return list(Counter(text[:5] for text in stated if text[:5].isdigit()).items())


def young_societies() -> list[tuple[str, date]]:
    """Societies registered since 2000, under the law of 2014 or the one before it."""
    societies = [*of_category("Registered Society"), *of_category("Industrial and Provident Society")]
    days = [(row["CompanyNumber"], day(row["IncorporationDate"])) for row in societies if row["IncorporationDate"]]
    return [(number, begun) for number, begun in days if begun.year >= 2000]
