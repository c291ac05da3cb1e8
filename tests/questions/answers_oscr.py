"""Answers about the Scottish Charity Register: the current rows that are at hand, and all former charities."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tests.support.raw.rows import Row, day, listed, rows

CURRENT, FORMER = "registers/oscr/charity-register-real-rows.csv", "registers/oscr/former-charities-2020-07-06.csv"
INCOME, SPENDING = "Most recent year income", "Most recent year expenditure"
FORMS = {
    "Unincorporated association": "unincorporated-association",
    "Trust (founding document is a deed of trust) (other than educational endowment)": "trust",
    "Company (the charity is registered with Companies House)": "company",
    "Other": "other",
    "SCIO (Scottish Charitable Incorporated Organisation)": "scio",
    "Educational endowment": "educational-endowment",
    "Registered Society": "registered-society",
    "Statutory corporation (Royal Charter etc)": "statutory-corporation",
    "CIO (Charitable Incorporated Organisation, E&W)": "cio",
    "Community Benefit Society": "community-benefit-society",
}
PURPOSES = {  # the code list's short words by the beginning of the register's wordings
    "The prevention or relief of poverty": "poverty",
    "The advancement of education": "education",
    "The advancement of religion": "religion",
    "The advancement of health": "health",
    "The saving of lives": "saving-lives",
    "The advancement of citizenship": "citizenship-community",
    "The advancement of the arts": "arts-heritage-science",
    "The advancement of public participation in sport": "sport",
    "The provision of recreational facilities": "recreation",
    "The advancement of human rights": "human-rights",
    "The promotion of religious": "religious-racial-harmony",
    "The promotion of equality": "equality-diversity",
    "The advancement of environmental": "environment",
    "The relief of those in need": "relief-of-need",
    "The advancement of animal welfare": "animal-welfare",
    "Any other purpose": "other-analogous",
}
NAMELESS = {"Deleted", "-", ""}


def purposes(row: Row) -> set[str]:
    """The short words of the purposes that a row lists."""
    return {
        next(code for wording, code in PURPOSES.items() if item.startswith(wording)) for item in listed(row["Purposes"])
    }


def former() -> list[Row]:
    return list(rows(FORMER))


def current() -> list[Row]:
    """Each charity once: rows that stand twice are alike."""
    return list({row["Charity Number"]: row for row in rows(CURRENT)}.values())


def accounts() -> Iterator[Row]:
    """Charities, former or current, with accounts of a known year."""
    return (row for row in (*former(), *current()) if row["Year End"])


def removed_2012_for_education() -> list[tuple[int]]:
    return [(sum(day(row["Ceased Date"]).year == 2012 and "education" in purposes(row) for row in former()),)]


def registered_each_year() -> list[tuple[int, int]]:
    days = [day(row["Registered Date"]) for row in (*former(), *current()) if row["Registered Date"]]
    unknown, loaded = date(1970, 1, 1), date(1992, 1, 1)
    return list(Counter(each.year for each in days if each not in (unknown, loaded)).items())


def removed_by_form() -> list[tuple[str, int]]:
    return list(Counter(FORMS[form] for row in former() if (form := row["Constitutional Form"])).items())


def largest_income_by_purpose() -> list[tuple[str, Decimal]]:
    most: dict[str, Decimal] = defaultdict(Decimal)
    for row in former():
        if row["Year End"] and row[INCOME]:
            for purpose in purposes(row):
                most[purpose] = max(most[purpose], Decimal(row[INCOME]))
    return list(most.items())


def money_by_purpose() -> list[tuple[str, int, Decimal, Decimal]]:
    both = [row for row in former() if row["Year End"] and row[INCOME] and row[SPENDING]]
    of = {code: [row for row in both if code in purposes(row)] for code in PURPOSES.values()}
    return [(code, len(found), total(found, INCOME), total(found, SPENDING)) for code, found in of.items()]


def total(found: list[Row], column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in found), Decimal())


def richest_when_removed() -> list[tuple[str, str, Decimal]]:
    found = [(row["Charity Number"], str(day(row["Ceased Date"])), Decimal(row[INCOME]))
             for row in former() if row["Year End"] and row[INCOME]]  # fmt: skip
    return sorted(found, key=lambda each: (-each[2], each[0]))[:10]


def deficits() -> list[tuple[int, Decimal]]:
    gaps = [Decimal(row[SPENDING]) - Decimal(row[INCOME]) for row in current()
            if row["Year End"] and row[INCOME] and row[SPENDING]]  # fmt: skip
    short = [gap for gap in gaps if gap > 0]
    return [(len(short), sum(short, Decimal()))]


def large_families() -> list[tuple[str, int]]:
    parents = Counter(
        row["Parent charity number"]
        for row in (*former(), *current())
        if re.fullmatch(r"SC\d{6}", row["Parent charity number"])
        and row["Parent charity number"] != row["Charity Number"]
    )
    return [(parent, number) for parent, number in parents.items() if number >= 20]


def young_and_old() -> list[tuple[int]]:
    return [(sum({"Children / young people", "Older people"} <= listed(row["Beneficiaries"]) for row in former()),)]


def names_used_often() -> list[tuple[str, int]]:
    names = Counter(" ".join(row["Charity Name"].split()) for row in (*former(), *current()))
    return [(name, number) for name, number in names.items() if number >= 4 and name not in NAMELESS]


def soon_gone() -> list[tuple[str]]:
    return [
        (row["Charity Number"],)
        for row in former()
        if row["Registered Date"] and 0 <= (day(row["Ceased Date"]) - day(row["Registered Date"])).days < 100
    ]


def without_accounts() -> list[tuple[str]]:
    return [(row["Charity Number"],) for row in current() if not row["Year End"]]


def ends_of_year() -> list[tuple[int, int]]:
    return list(Counter(day(row["Year End"]).month for row in accounts()).items())


def doubled_rows() -> list[tuple[int]]:
    """Spreadsheet rows of charities that an earlier row has already: in this file all are alike."""
    seen: set[str] = set()
    doubled: list[tuple[int]] = []
    for number, row in enumerate(rows(CURRENT), start=2):
        if row["Charity Number"] in seen:
            doubled.append((number,))
        seen.add(row["Charity Number"])
    return doubled


def unknown_parents() -> list[tuple[str, int]]:
    """Numbers typed for a parent that fit no register of the country named, by that country."""
    return list(
        Counter(
            row["Parent charity country of registration"] or "none named"
            for row in former()
            if (typed := row["Parent charity number"])
            and not re.fullmatch(r"SC\d{6}", typed)
            and not (
                row["Parent charity country of registration"] == "England & Wales" and re.fullmatch(r"\d{6,7}", typed)
            )
        ).items()
    )


def removed_in_orkney() -> list[tuple[int, int]]:
    """By year, those of the day on which many were taken off at once left out."""
    days = [day(row["Ceased Date"]) for row in former() if row["Main Operating Location"] == "Orkney Islands"]
    return list(Counter(each.year for each in days if each != date(2012, 6, 2)).items())
