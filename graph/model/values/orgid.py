"""Identifiers of organisations as other people's data write them, read by the rules of org-id.guide's lists.

`read` gives the list and the number as the list writes it, and says what was corrected to get there. What is not an
identifier is refused with a reason; nothing is looked up.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from graph.model.values.register_numbers import charity_number, company_number

_PARTS = re.compile(r"((?:[A-Z]{2}|XI|XM)-[A-Z0-9_]+)-(.+)", re.IGNORECASE)
_PREFIXED = re.compile(r"360G-[\w.-]+?[-:].+|360G-[\w.]+", re.IGNORECASE)
_NOTHING = (
    r"#?n[/.-]?a|none|null|nil|unknown|tbc|tba|tbd|-|\?+|not[ _-](?:applicable|available|known|registered|provided)"
)
_PLACEHOLDER = re.compile(
    rf"{_NOTHING}|dummy.*|.*-dummy-.*|awaiting.*|pending.*|exempt(?:ed)?|excepted|unregistered|not .*|x+|0+",
    re.IGNORECASE,
)
_BLANK_NAME = re.compile(_NOTHING, re.IGNORECASE)
# What stands before a publisher's own reference: its prefix, and often a word that says of what kind the thing is.
_PUBLISHER = re.compile(r"^[^-:]+[-:](?:.*:|org(?:ani[sz]ation)?[-_])?", re.IGNORECASE)
# No register has come to its last number, and none begins with zero.
_NO_NUMBER = re.compile(r"(?:SC|NIC?)?(?:0+|9{6,8})")
_HMRC = re.compile(r"X[A-Z]\d{4,6}")
_UNIT = re.compile(r"(\d{6,7})-(\d{1,5})")

# ISO 3166-1, and what org-id.guide writes for bodies between and above states.
_COUNTRY = re.compile(
    r"A[DEFGILMOQRSTUWXZ]|B[ABDEFGHIJLMNOQRSTVWYZ]|C[ACDFGHIKLMNORUVWXYZ]|D[EJKMOZ]|E[CEGHRSTU]|"
    r"F[IJKMOR]|G[ABDEFGHILMNPQRSTUWY]|H[KMNRTU]|I[DELMNOQRST]|J[EMOP]|K[EGHIMNPRWYZ]|L[ABCIKRSTUVY]|"
    r"M[ACDEFGHKLMNOPQRSTUVWXYZ]|N[ACEFGILOPRUZ]|OM|P[AEFGHKLMNRSTWY]|QA|R[EOSUW]|"
    r"S[ABCDEGHIJKLMNORSTVXYZ]|T[CDFGHJKLMNORTVWZ]|U[AGMSYZ]|V[ACEGINU]|W[FS]|X[IKMR]|Y[ET]|Z[AMW]"
)

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

_NO_REGISTERS = re.compile(r"360G|DIR-.+|GB-COOPUK")
_OF_COUNTRY = re.compile(r"([A-Z]{2})-.+")


def is_register(list_code: str) -> bool:
    """Whether being on a list means to be registered, or to be a public body.

    The references of a funder (`360G`), a directory (`DIR-…`), a list of no country (`XX-…`) or a federation
    (`GB-COOPUK`) do not mean that. All other lists of org-id.guide count as registers, those abroad too.

    >>> [is_register(code) for code in ("GB-CHC", "FR-RNA", "GB-COOPUK", "DIR-GLENTSI", "360G", "QQ-FOO")]
    [True, True, False, False, False, False]
    """
    return not _NO_REGISTERS.fullmatch(list_code) and _has_country(list_code)


def is_placeholder(name: str) -> bool:
    """Whether a text in the place of a name says that there is none.

    >>> [is_placeholder(name) for name in ("TBC", "n/a", "Not Forgotten Fund", "Exempt Arts")]
    [True, True, False, False]
    """
    return _BLANK_NAME.fullmatch(name.strip()) is not None


def _has_country(list_code: str) -> bool:
    """Whether the country of a list exists, if its code names one."""
    found = _OF_COUNTRY.fullmatch(list_code)
    return found is None or _COUNTRY.fullmatch(found[1]) is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an identifier means; without `list_code` it means nothing, and `rule` says why."""

    list_code: str = ""
    number: str = ""
    rule: str = ""
    """The rule of problems that it breaks: corrected if there is a `list_code`."""
    under: str = field(default="", repr=False)
    """The list under which it was written, where the rule names that."""
    distinctive: bool = field(default=True, repr=False)
    """Whether it distinguishes one body from others: a placeholder does not, and a word such as *Exempt* does not."""

    @property
    def parameters(self) -> dict[str, str]:
        """What the sentences of the rule name."""
        meant = {"meant": f"{self.list_code}-{self.number}"} if self.list_code else {}
        return {**meant, "list": self.under} if self.under else meant

    @property
    def registered(self) -> bool:
        """Whether a register gave it."""
        return self.list_code in REGISTERED

    @property
    def unit_of(self) -> str:
        """The number of the charity whose unit it is; '' if it is none."""
        found = _UNIT.fullmatch(self.number) if self.list_code == "GB-CHC" else None
        return found[1] if found else ""


@lru_cache(maxsize=4096)
def read(text: str, *, units: bool = False) -> Reading:
    """The organisation that an identifier names; with `units`, also a unit of a charity, by its linked number.

    >>> read("GB-CHC-1070468")
    Reading(list_code='GB-CHC', number='1070468', rule='')
    >>> read("GB-CHC-SCO 12345")
    Reading(list_code='GB-SC', number='SC012345', rule='identifier-scottish')
    >>> read("GB-COH-2050843").number, read("GB-CHC-n/a").rule
    ('02050843', 'identifier-placeholder')
    >>> read("GB-CHC-900001-1", units=True).unit_of
    '900001'
    """
    text = text.strip()
    if text.upper().startswith("360G-"):
        return _of_publisher(text)
    found = _PARTS.fullmatch(text)
    if found is None:
        return _PLACE_HELD if _PLACEHOLDER.fullmatch(text) else Reading(rule="identifier-invalid")
    list_code, number = found[1].upper(), found[2].strip()
    if units and list_code == "GB-CHC" and (unit := _UNIT.fullmatch(number)):
        linked = f"{unit[1]}-{int(unit[2])}" if int(unit[2]) else unit[1]
        return Reading(list_code, linked, "" if linked == number else "identifier-spelling")
    return _listed(list_code, number)


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


_PLACE_HELD = Reading(rule="identifier-placeholder", distinctive=False)


def _of_publisher(text: str) -> Reading:
    number = text[5:]
    unfinished = number.endswith((":", "-"))  # the prefix alone, which every body without a number would share
    words = (number, _PUBLISHER.sub("", number).strip())
    if unfinished or any(map(_PLACEHOLDER.fullmatch, words)) or not _PREFIXED.fullmatch(text.replace(" ", "")):
        return _PLACE_HELD
    return Reading("360G", number)


def _listed(list_code: str, number: str) -> Reading:
    """A number of one list, or of the list that it must have been meant for."""
    compact = re.sub(r"[\s/]", "", number).upper()
    distinctive = re.search(r"\d{3}", number) is not None
    if _PLACEHOLDER.fullmatch(number) or (list_code in _FORMS and _NO_NUMBER.fullmatch(compact)):
        return _PLACE_HELD
    if not _has_country(list_code):
        return Reading(rule="identifier-list-unknown", distinctive=re.search(r"\d", number) is not None)
    if elsewhere := _under_another_list(list_code, compact):
        return elsewhere
    if list_code == "GB-COH":
        return _of_companies(number, compact, distinctive)
    if list_code == "GB-NIC" and (digits := compact.removeprefix("NIC")) != compact:
        compact = digits
    form = _FORMS.get(list_code)
    if form and not form.fullmatch(compact):
        return Reading(rule="identifier-form", under=list_code, distinctive=distinctive)
    clean = compact if form else number
    return Reading(list_code, clean, "" if clean == number else "identifier-blanks")


def _of_companies(number: str, compact: str, distinctive: bool) -> Reading:
    """A company number with its zeros; as short as a charity number, it may be that."""
    padded = company_number(number)
    if padded is None:
        return Reading(rule="identifier-company-invalid", distinctive=distinctive)
    short = _FORMS["GB-CHC"].fullmatch(compact)
    rule = "identifier-zeros-or-charity" if short else "identifier-zeros"
    return Reading("GB-COH", padded, "" if padded == number else rule)


def _under_another_list(list_code: str, compact: str) -> Reading | None:
    """A Scottish charity number, or a reference of the tax office, under whatever list it was filed."""
    if list_code in ("GB-CHC", "GB-COH") and _HMRC.fullmatch(compact):
        return Reading("GB-REV", compact, "identifier-hmrc", list_code)
    if list_code not in ("GB-CHC", "GB-SC", "GB-NIC"):
        return None
    number = charity_number(compact) if compact.startswith("SC") or list_code == "GB-SC" else None
    if number is None:
        return None
    if list_code == "GB-SC":
        return Reading(list_code, number, "" if number == compact else "identifier-spelling")
    return Reading("GB-SC", number, "identifier-scottish", list_code)
