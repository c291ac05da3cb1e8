"""Faults of a build in the words of people who keep lists in spreadsheets: no pattern, no file of ours."""

import re
from difflib import get_close_matches
from functools import lru_cache

from graph.checking.findings import Weight
from graph.model.codes import labels
from graph.model.problems import Problem
from graph.standards.directory import Column

_ELSEWHERE = re.compile(r", at .*:(\d+), with other values")
_SAME = re.compile(r"repeats the row at .*:(\d+), cell for cell")
_MEND = {
    "is no date": "write the day as 2026-03-01 or 01/03/2026",
    "is no web address": "write it whole, such as https://www.example.org, or leave the cell empty",
    "is neither Yes nor No": "write yes or no",
    "is no whole number": "write digits, such as 16",
}
"""Remedies that say more to a keeper than those of the build, by the fault."""

PERSONAL = "holds an e-mail address or a telephone number, which is never published"
WITHOUT = "take it out; the column Contact page may say how to reach the organisation"
_UNSHOWN = "(not repeated here, as it may be private)"
_PRIVATE = ("postcode", "website", "contact_page", "social_media")
"""Columns into which people type their own addresses."""


def in_words(problem: Problem, column: Column | None) -> tuple[Weight, str, str, str]:
    """The weight of a build's problem; its fault and remedy for a keeper; and the value, if it may be shown."""
    fault, remedy, value = problem.fault, problem.remedy, problem.value
    value = value or _UNSHOWN * (problem.column in _PRIVATE)
    if remark := _remark(fault, remedy):
        return Weight.REMARK, *remark, ""
    if "contact details" in fault:
        if not fault.endswith("so the row was set aside"):
            return Weight.MEND, PERSONAL, WITHOUT, ""
        words = "holds nothing but an e-mail address or a telephone number, so the whole row is left out"
        return Weight.MEND, words, "write what the column asks for in its place", ""
    if found := _ELSEWHERE.search(fault):
        words = f"was given to row {found[1]} already, so the whole row is left out"
        return Weight.MEND, words, "give each row a reference of its own", value
    if found := _SAME.search(fault):
        return Weight.MEND, f"is in row {found[1]} too, which is the same in every cell", "delete one of the two", value
    if fault.startswith("does not have the form"):
        words = "is longer than 100 characters, so the whole row is left out"
        return Weight.MEND, words, "write a short text that stays the same", value
    if "so the row was set aside" in fault:
        fault = fault.replace("so the row was set aside", "so the whole row is left out")
        return Weight.MEND, fault, "fill it in" if fault.startswith("is empty") else remedy, value
    if fault == "is not in the code list" and column:
        return Weight.MEND, "is none of the words known here", _choice(column, value), value
    if fault == "is no council or code of an area":
        words = "is neither a council area nor the code of an area"
        return Weight.MEND, words, _likely(value) or "write the council's name, such as Fife", value
    return Weight.MEND, fault, _MEND.get(fault, remedy), value


def _remark(fault: str, remedy: str) -> tuple[str, str] | None:
    """Fault and remedy of what is a remark only; None for what is to be mended."""
    if fault.startswith("held characters of a wrong encoding"):
        words = "has letters that were garbled in saving, such as â€™, and were mended"
        return words, "save the list as XLSX, or as CSV UTF-8"
    return (fault, remedy) if fault.startswith("was not read") or "may not be published" in fault else None


def _choice(column: Column, value: str) -> str:
    known = column.words or (labels(column.code_list) if column.code_list else ())
    near = get_close_matches(value, known, 1)
    if near:
        return f"did you mean {near[0]}?"
    return f"write {' or '.join(known)}" if 0 < len(known) < 6 else "see the explanation in the template"


@lru_cache(maxsize=4096)
def _likely(value: str) -> str:
    """The council area that a text may mean.

    >>> _likely("Abedeenshire"), _likely("Levenmouth")
    ('did you mean Aberdeenshire?', '')
    """
    near = get_close_matches(value[:60], labels("council"), 1, 0.75)
    return f"did you mean {near[0]}?" if near else ""
