"""Identifiers of organisations as other people's data write them, read by the rules of org-id.guide's lists.

`read` gives the list and the number as the list writes it, and says what was mended to get there. What is no
identifier is refused with a reason; nothing is looked up.
"""

import re
from dataclasses import dataclass

from graph.words.values.numbers import charity_number, company_number

_PARTS = re.compile(r"((?:[A-Z]{2}|XI|XM)-[A-Z0-9_]+)-(.+)", re.IGNORECASE)
_PREFIXED = re.compile(r"360G-[\w.-]+?[-:].+|360G-[\w.]+", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"n/?a|none|unknown|dummy.*|.*-dummy-.*|tbc|tba|awaiting.*|not .*|x+|0+|-|\?+|pending.*", re.IGNORECASE
)
_HMRC = re.compile(r"X[A-Z]\d{4,6}")

# The forms of the lists that grants name most, as org-id.guide and the registers describe them.
_FORMS = {
    "GB-CHC": re.compile(r"\d{6,7}"),
    "GB-NIC": re.compile(r"\d{6}"),
    "GB-SC": re.compile(r"SC\d{6}"),
    "GB-COH": re.compile(r"[A-Z0-9]{8}"),
    "GB-REV": re.compile(r"[A-Z]{1,2}\d{1,6}"),
    "GB-EDU": re.compile(r"\d{5,6}"),
    "GB-LAE": re.compile(r"[A-Z]{3}"),
    "GB-LAS": re.compile(r"[A-Z]{3}"),
}

# Addresses of registers, and of others who write org-id.guide's identifiers into theirs, up to the identifier.
_ADDRESSES = (
    (re.compile(r"find-and-update\.company-information\.service\.gov\.uk/company/"), "GB-COH-"),
    (re.compile(r"(?:beta|data)\.companieshouse\.gov\.uk/(?:doc/)?company/"), "GB-COH-"),
    (re.compile(r"(?:www\.)?opencorporates\.com/companies/gb/"), "GB-COH-"),
    (re.compile(r"(?:www\.)?oscr\.org\.uk/about-charities/search-the-register/charity-details\?number="), "GB-SC-"),
    (re.compile(r"(?:www\.)?findthatcharity\.uk/orgid/"), ""),
    (re.compile(r"(?:www\.)?org-id\.guide/"), ""),
)

REGISTERED = (
    *("GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GB-MPR", "GB-SHPE", "GB-EDU", "GB-REV"),
    *("GB-LAE", "GB-LAS", "GB-LANI", "GB-PLA", "GB-GOR"),
)
"""Lists of bodies that a register, a regulator or the state keeps: their addresses are public."""

_NO_REGISTERS = re.compile(r"360G|DIR-.+|GB-COOPUK|XX-.+")


def is_register(list_code: str) -> bool:
    """Whether being on a list means to be registered, or to be a public body.

    References that a funder (`360G`), a directory (`DIR-…`) or a private list (`XX-…`) gives out say nothing of the
    sort, nor does the list of a federation (`GB-COOPUK`). All other lists of org-id.guide count as registers, those
    abroad too.

    >>> [is_register(code) for code in ("GB-CHC", "FR-RNA", "GB-COOPUK", "DIR-GLENTSI", "360G")]
    [True, True, False, False, False]
    """
    return not _NO_REGISTERS.fullmatch(list_code)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an identifier means; without `list_code` it means nothing, and `fault` says why."""

    list_code: str = ""
    number: str = ""
    fault: str = ""
    """What was wrong with it: mended if there is a `list_code`."""

    @property
    def registered(self) -> bool:
        """Whether a register gave it."""
        return self.list_code in REGISTERED


def read(text: str) -> Reading:
    """The organisation that an identifier names.

    >>> read("GB-CHC-1070468")
    Reading(list_code='GB-CHC', number='1070468', fault='')
    >>> read("GB-CHC-SCO 12345")
    Reading(list_code='GB-SC', number='SC012345', fault='is a Scottish charity number under GB-CHC')
    >>> read("GB-COH-2050843").number, read("GB-CHC-n/a").fault
    ('02050843', 'is a placeholder')
    """
    text = text.strip()
    if text.upper().startswith("360G-"):
        return _of_publisher(text)
    found = _PARTS.fullmatch(text)
    if found is None:
        placeholder = _PLACEHOLDER.fullmatch(text)
        return Reading(fault="is a placeholder" if placeholder else "is no identifier of org-id.guide")
    return _listed(found[1].upper(), found[2].strip())


def of_address(address: str) -> Reading | None:
    """The organisation that a web address names by its place in a register; None if it names none.

    >>> of_address("https://opencorporates.com/companies/gb/2050843").number
    '02050843'
    >>> of_address("https://www.example.org/about") is None
    True
    """
    bare = re.sub(r"^https?://", "", address.strip(), flags=re.IGNORECASE)
    for host, list_code in _ADDRESSES:
        if (found := host.match(bare)) and (number := re.split(r"[/?#&]", bare[found.end() :])[0]):
            return read(f"{list_code}{number}")
    return None


def _of_publisher(text: str) -> Reading:
    number = text[5:]
    unfinished = number.endswith((":", "-"))  # the prefix alone, which every body without a number would share
    if unfinished or _PLACEHOLDER.fullmatch(number) or not _PREFIXED.fullmatch(text.replace(" ", "")):
        return Reading(fault="is a placeholder")
    return Reading("360G", number)


def _listed(list_code: str, number: str) -> Reading:
    """A number of one list, or of the list that it must have been meant for."""
    if _PLACEHOLDER.fullmatch(number):
        return Reading(fault="is a placeholder")
    compact = re.sub(r"[\s/]", "", number).upper()
    if list_code == "GB-COH":
        if padded := company_number(number):
            return Reading(list_code, padded, "" if padded == number else "lacks leading zeros or has blanks")
        return Reading(fault="is no company number")
    if list_code in ("GB-CHC", "GB-SC", "GB-NIC") and (scottish := _scottish(list_code, compact)):
        return scottish
    if list_code == "GB-CHC" and _HMRC.fullmatch(compact):
        return Reading("GB-REV", compact, "is a reference of HM Revenue and Customs under GB-CHC")
    if list_code == "GB-NIC" and (digits := compact.removeprefix("NIC")) != compact:
        compact = digits
    form = _FORMS.get(list_code)
    if form and not form.fullmatch(compact):
        return Reading(fault=f"does not have the form of {list_code}")
    mended = compact if form else number
    return Reading(list_code, mended, "" if mended == number else "has blanks or slashes")


def _scottish(list_code: str, compact: str) -> Reading | None:
    """A Scottish charity number, under whatever list it was filed."""
    number = charity_number(compact) if compact.startswith("SC") or list_code == "GB-SC" else None
    if number is None:
        return None
    if list_code == "GB-SC":
        return Reading(list_code, number, "" if number == compact else "is not written as the register does")
    return Reading("GB-SC", number, f"is a Scottish charity number under {list_code}")
