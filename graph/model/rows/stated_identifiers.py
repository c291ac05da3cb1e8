"""The numbers that a list of organisations states of each, in its columns for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.model import iri
from graph.model.rows.row import Row
from graph.model.terms import Iri
from graph.model.values import orgid
from graph.model.values.register_numbers import charity_number, company_number

_CHARITY, _NORTHERN = re.compile(r"\d{6,7}"), re.compile(r"NIC ?(\d{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """An organisation by the number of a register, and the words that say so."""

    body: Iri
    evidence: str


def separated(text: str) -> Sequence[str]:
    """The items of a list that are separated by semicolons, each once.

    >>> separated("Sport; Arts;; Sport")
    ('Sport', 'Arts')
    """
    return tuple(dict.fromkeys(filter(None, (item.strip() for item in text.split(";")))))


def stated_numbers(row: Row) -> Iterator[Stated]:
    """What the row's numbers name; what is not a number is a problem."""
    typed = row.text("charity_number") or ""
    found = charity_number(typed) if typed.upper().startswith("SC") else None
    if northern := _NORTHERN.fullmatch(typed):
        yield Stated(iri.organisation("GB-NIC", northern[1]), f"charity_number: {typed}")
    elif found or _CHARITY.fullmatch(typed):
        code = "GB-SC" if found else "GB-CHC"
        yield Stated(iri.organisation(code, found or typed), f"charity_number: {typed}")
    elif typed:
        row.problem("charity_number", "charity-number-invalid")
    typed = row.text("company_number") or ""
    if company := company_number(typed):
        yield Stated(iri.organisation("GB-COH", company), f"company_number: {typed}")
    elif typed:
        row.problem("company_number", "company-number-invalid")
    for item in separated(row.cell("other_identifiers")):
        read = orgid.read(item)
        if read.list_code:
            yield Stated(iri.organisation(read.list_code, read.number), f"other_identifiers: {item}")
        else:
            row.problem("other_identifiers", read.rule, item, **read.parameters)
