"""Answers about other lists of bodies, what they are classed as, and the catalogue of all sources."""

from collections import Counter
from functools import cache

from tests.questions import answers_care, answers_ccni, answers_links, answers_oscr
from tests.support.raw.rows import Row, rows

ASSIGNED = [f"classification/icnptso-assignments/gb-sc-{state}-2021-07-29.csv" for state in ("active", "inactive")]
COUNCILS = {  # what the care register calls councils otherwise than the register of councils does
    "Comhairle Nan Eilean Siar": "Comhairle nan Eilean Siar",
}


@cache
def assigned() -> dict[str, str]:
    """The predicted code of each Scottish charity by its number."""
    return {row["org_id"].removeprefix("GB-SC-"): row["icnptso_code"] for path in ASSIGNED for row in rows(path)}


def sections() -> list[tuple[str, int]]:
    return list(Counter(code[0] for code in assigned().values()).items())


def sections_of_education() -> list[tuple[str, int]]:
    """Of former charities that named education as a purpose: the section that the model put each in."""
    numbers = (row["Charity Number"] for row in answers_oscr.former() if "education" in answers_oscr.purposes(row))
    return list(Counter(assigned()[number][0] for number in numbers if number in assigned()).items())


def tags_by_category() -> list[tuple[str, int]]:
    """How many tags are in each category, itself left out."""
    found = [row["Code"] for row in rows("classification/ukcat/ukcat-2026-07.csv") if row["Level"] != "1"]
    return list(Counter(code[:2] for code in found).items())


def matched_classes() -> list[tuple[str, int]]:
    """Classes of England and Wales that are paired with more than one of Scotland."""
    table = rows("classification/crosswalks/ccew-oscr-activities-readacross-2026-07.csv")
    of = Counter(number for number, _ in {(row["ccew-classno"], row["oscr-label"]) for row in table})
    return [(number, count) for number, count in of.items() if count > 1]


def clubs() -> list[tuple[bool, int]]:
    table = rows("registers/casc/hmrc-cascs-2026-08-22.csv")
    return list(Counter(row["active"] == "True" for row in {row["id"]: row for row in table}.values()).items())


def clubs_with_company_at_hand() -> list[tuple[str, str]]:
    """Clubs and the companies that have their name and their postcode."""
    table = rows("registers/casc/casc-company-house-2026-08-22.csv")
    return list({(row["casc_orgid"], row["ch_orgid"]) for row in table
                 if row["ch_postcode"] and row["casc_postcode"] == row["ch_postcode"]})  # fmt: skip


def cooperative_industries() -> list[tuple[str, int]]:
    table = rows("registers/co-operatives/coops-uk-organisations-2023-03-02.csv")
    of = Counter(row["SIC Code"] for row in table if row["SIC Code"])
    return [(code, count) for code, count in of.items() if count >= 100]


def landlords_by_decade() -> list[tuple[str, int]]:
    table = rows("registers/rsh/registered-providers-2023-06.csv")
    return list(Counter(f"{row['registration_date'][6:9]}0s" for row in table if row["registration_date"]).items())


def landlords_for_profit() -> list[tuple[str]]:
    table = rows("registers/rsh/registered-providers-2023-06.csv")
    return [(row["registration_number"],) for row in table if row["designation"].lower().startswith("profit")]


def ended_councils() -> list[tuple[str, str]]:
    """English councils that have ended, and when: a day, a month or a year."""
    table = rows("registers/local-authorities/local-authority-eng-2022-01.csv")
    return [(row["key"], row["end-date"]) for row in table if row["end-date"]]


def care_by_council() -> list[tuple[str, int]]:
    """How many care services each council of Scotland provides itself, by its key in the register of councils."""
    keys = {row["official-name"].casefold(): row["key"]
            for row in rows("registers/local-authorities/local-authority-sct-2022-01.csv")}  # fmt: skip
    owned = [row for row in answers_care.services() if row["ServiceType"] == "Local Authority"]
    return list(Counter(keys[council(row, keys)] for row in owned).items())


def council(row: Row, keys: dict[str, str]) -> str:
    name = row["ServiceProvider"].casefold().replace("&", "and")
    return next(each for each in (name, name.removeprefix("the "), f"the {name}") if each in keys)


def told_twice() -> list[tuple[str]]:
    """Sources that have a row for charity 100002 of Northern Ireland."""
    files = {"ccni": answers_ccni.LATER, "ccni_2020": answers_ccni.EARLIER}
    return [(name,) for name, path in files.items()
            if any(row["Reg charity number"] == "100002" for row in answers_ccni.register(path))]  # fmt: skip


def rows_of_registers() -> list[tuple[str, int]]:
    return [
        ("oscr", sum(1 for _ in rows(answers_oscr.CURRENT))),
        ("oscr_former", len(answers_oscr.former())),
        ("ccni", len(answers_ccni.register(answers_ccni.LATER))),
        ("ccni_2020", len(answers_ccni.register(answers_ccni.EARLIER))),
    ]


def mergers_without_numbers() -> list[tuple[int]]:
    """Sides of mergers that have no charity number, neither in their column nor in the name."""
    table = rows(answers_links.FOLDER + "ccew-register-of-mergers-2026-07.csv")
    roles = (("transferor", "a"), ("transferee", "b"))
    return [(sum(not answers_links.party(row, role, letter) for row in table for role, letter in roles),)]
