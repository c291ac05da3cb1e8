"""Answers about bodies of several registers, and about what became of them: the compiled lists of identifiers."""

import re
from collections import Counter
from collections.abc import Iterator

from tests.support.raw.rows import Row, rows

FOLDER = "identifiers/crosswalks/"
IDENTIFIER = re.compile(
    r"GB-CHC-\d{6,7}|GB-SC-SC\d{6}|GB-NIC-\d{6}|GB-COH-[A-Z0-9]{8}|GB-MPR-[A-Z0-9]{1,10}|GB-EDU-\d{6}"
)
SAME = {
    "dual-registration": "dual-registered-uk-charities-2026-07.csv",
    "charity-company": "charity-company-numbers-2026-07.csv",
    "cio-number": "cio-company-numbers-2026-07.subset.csv",
    "mutual-company": "mutual-companies-2026-07.csv",
}


def well_formed(row: Row) -> bool:
    return all(IDENTIFIER.fullmatch(row[column]) for column in ("org_id_a", "org_id_b"))


def same_body(kind: str) -> set[tuple[str, str]]:
    """Pairs of identifiers of one body; placeholders given to a register that is not theirs are left out."""
    pairs = {(row["org_id_a"], row["org_id_b"]) for row in rows(FOLDER + SAME[kind]) if well_formed(row)}
    wrong = {"GB-COH-CE": "GB-SC-", "GB-COH-CS": "GB-CHC-"} if kind == "cio-number" else {}
    return {(a, b) for a, b in pairs if not any(a.startswith(one) and b.startswith(two) for one, two in wrong.items())}


def links_by_kind() -> list[tuple[str, int]]:
    return [(kind, len(same_body(kind))) for kind in SAME]


def mergers() -> Iterator[tuple[str, str, str]]:
    """Who handed over to whom and when; a number left out of its column may stand in the name."""
    for row in rows(FOLDER + "ccew-register-of-mergers-2026-07.csv"):
        before, after = party(row, "transferor", "a"), party(row, "transferee", "b")
        if before and after and before != after:
            yield before, after, (row["date_property_transferred"] or row["date_vesting_declaration"])[:10]


def party(row: Row, role: str, letter: str) -> str:
    number = row[f"{role}_regno"]
    if not number:
        in_name = re.findall(r"\(\s*(\d{6,7})\s*\)", row[f"org_name_{letter}"])
        number = in_name[0] if len(in_name) == 1 else ""
    unit = row[f"{role}_subno"]
    return f"{number}-{unit}" if number and unit not in ("", "0") else number


def mergers_each_year() -> list[tuple[int, int]]:
    """A pair that merged twice is one event of two dates."""
    events = {(before, after, day) for before, after, day in mergers() if day}
    return list(Counter(int(day[:4]) for _, _, day in events).items())


def great_mergers() -> list[tuple[str, int]]:
    """Charities that took over thirty others or more."""
    of = Counter(after for _, after in {(before, after) for before, after, _ in mergers()})
    return [(number, count) for number, count in of.items() if count >= 30]


def anew() -> set[tuple[str, str]]:
    found = ((row["org_id_a"], row["org_id_b"]) for row in rows(FOLDER + "charity-reregistrations-2026-07.csv")
             if well_formed(row))  # fmt: skip
    return {(a, b) for a, b in found if a != b and not b.startswith("GB-COH")}


def anew_both_ways() -> list[tuple[str, str]]:
    pairs = anew()
    return [(before[7:], after[7:]) for before, after in pairs if (after, before) in pairs]


def large_federations() -> list[tuple[str, int]]:
    """Bodies that may be the parent of fifty others or more, by the words of their names."""
    found = (row for row in rows(FOLDER + "federated-parents-2026-07.subset.csv") if well_formed(row))
    of = Counter(a for a, b in {(row["org_id_a"], row["org_id_b"]) for row in found} if a != b)
    return [(parent, count) for parent, count in of.items() if count >= 50]
