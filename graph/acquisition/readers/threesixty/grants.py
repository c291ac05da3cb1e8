"""The grants of one file as they go to the mapping: checked, without persons, each in one place."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graph.acquisition.readers.threesixty.copies import Copies, grants_of, identifier
from graph.acquisition.readers.threesixty.files import FLATTENED, GrantFile
from graph.acquisition.readers.threesixty.individuals import is_to_individual
from graph.acquisition.readers.threesixty.standard import PERSONAL, fields
from graph.acquisition.readers.threesixty.validation import faults
from graph.errors import InputError
from graph.model.problems import FormFault, parameters
from graph.model.rows.record import Fields
from graph.model.rows.sheet import Item
from graph.standards.threesixty.fields import FORMS

GRANT_FIELDS = frozenset(field.name for field in FORMS["Grant"].fields)

FILES = "civsoc:files"
"""The field for the files that have a grant; no field of the standard has a colon."""

SHOWN = 100
"""Rows without an identifier that are reported one by one; the rest of a file is counted."""

_NAMELESS, _INDIVIDUALS, _ELSEWHERE = "grants-without-identifier", "grants-to-individuals", "grants-elsewhere"
_LEFT_OUT = (_NAMELESS, _INDIVIDUALS, _ELSEWHERE)
"""Why grants are not read from a file, as rules of problems."""
_ORGANISATIONS = ("recipientOrganization", "fundingOrganization")


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one file among all files of grants."""

    source: str
    number: int
    files: Sequence[GrantFile]
    copies: Copies

    @property
    def file(self) -> GrantFile:
        """The file that is read."""
        return self.files[self.number]

    def items(self) -> Iterator[Item]:
        """The grants that are read from this file, and at its end what was left out of it."""
        left, seen, last, known = Counter[str](), dict[str, int](), 0, self.file.table == FLATTENED
        for place, grant in enumerate(grants_of(self.file)):
            last, known = self._row(place), known or bool(fields() & grant.keys())
            name = identifier(grant)
            if kind := self._left_out(grant, name):
                left[kind] += 1
                if shown_fields := self._reported(kind, left[kind], grant):
                    yield Item(last, {}, shown_fields)
            elif name in seen:
                yield Item(last, {}, [_again(name, seen[name]), *self._broken(grant)])
            elif known:
                seen[name] = last
                yield Item(last, self._fields(name, grant), [*self._faults(name, grant)])
        yield from self._rows_apart()
        if not known:
            raise InputError(self.file.name, "holds no field of 360Giving grants", "check what file it is")
        if remarks := [*self._remarks(left)]:
            yield Item(last, {}, remarks)

    def _rows_apart(self) -> Iterator[Item]:
        """The rows whose identifier another grant of the sheet has."""
        for apart in self.file.rows_apart:
            told = parameters(row=apart.first, sheet=apart.sheet)
            yield Item(apart.row, {}, [FormFault("id", apart.identifier, "grant-row-repeated", told)])

    def _left_out(self, grant: Fields, name: str) -> str:
        """Why a grant is not read from this file, as `_LEFT_OUT` has it; '' if it is."""
        if is_to_individual(grant):
            return _INDIVIDUALS
        if not name:
            return _NAMELESS
        return "" if self.copies.winners[name] == self.number else _ELSEWHERE

    def _reported(self, kind: str, count: int, grant: Fields) -> list[FormFault]:
        """What its publisher should know of a grant that is left out; of a person's, nothing."""
        if kind == _NAMELESS:
            known = self._broken(grant) if GRANT_FIELDS & grant.keys() else []  # notes lack no field
            broken = [fault for fault in known if fault.path != "id"]
            return [_no_id(), *broken] if count <= SHOWN else []
        return self._broken(grant) if kind == _ELSEWHERE else []

    def _row(self, place: int) -> int:
        """The row of the spreadsheet, or the number of the grant in its package, from 1."""
        return self.file.sheet_rows.get(place, place + (2 if self.file.is_sheet else 1))

    def _broken(self, grant: Fields) -> list[FormFault]:
        """What the standard says against a grant, unless it is an empty one, or of another form."""
        return faults(grant) if grant and self.file.table != FLATTENED else []

    def _faults(self, name: str, grant: Fields) -> Iterator[FormFault]:
        yield from self._broken(grant)
        terms = self.copies.terms.get(name, {})
        for other, amount in terms.items():
            if amount != terms[self.number]:
                differing = parameters(here=terms[self.number], there=amount, file=self.files[other].name)
                yield FormFault("amountAwarded", "", "grant-copies-differ", differing)

    def _fields(self, name: str, grant: Fields) -> Fields:
        """The grant less personal fields, with the files that hold it."""
        held = self.copies.files.get(name, [self.number])
        shown_fields = {key: _organisations(value) if key in _ORGANISATIONS else value for key, value in grant.items()}
        return {**shown_fields, FILES: [self._file(number) for number in held]}

    def _file(self, number: int) -> Fields:
        file, dataset = self.files[number], self.files[number].dataset
        return {
            "file": file.name,
            "identifier": dataset.identifier,
            "title": dataset.title,
            "publisher": dataset.publisher,
            "publisher_prefix": dataset.prefix,
            "licence": dataset.licence,
            "modified": dataset.modified,
            "url": dataset.url,
            "winner": number == self.number,
        }

    def _remarks(self, left: Mapping[str, int]) -> Iterator[FormFault]:
        """What is to be said of the file as a whole."""
        for kind in _LEFT_OUT:
            if (count := left[kind] - (SHOWN if kind == _NAMELESS else 0)) > 0:
                yield FormFault("", "", kind, parameters(count=f"{count:,}"))
        yield from self.file.remarks
        if self.file.table == FLATTENED:
            yield FormFault("", "", "standard-flattened")


def _organisations(value: object) -> object:
    """Organisations without the fields that may be about a person."""
    if not isinstance(value, list):
        return value
    return [_impersonal(each) for each in cast("list[object]", value)]


def _impersonal(organisation: object) -> object:
    if not isinstance(organisation, Mapping):
        return organisation
    shown_fields = cast(Fields, organisation)
    return {key: value for key, value in shown_fields.items() if key not in PERSONAL}


def _no_id() -> FormFault:
    return FormFault("id", "", "grant-without-identifier")


def _again(name: str, row: int) -> FormFault:
    return FormFault("id", name, "grant-repeated", parameters(row=row))
