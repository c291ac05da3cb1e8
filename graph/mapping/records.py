"""What the metadata of a source say of nested records: the form of each kind, and of those within."""

from collections.abc import Collection, Iterator, Sequence

from graph.model.problems import Problem, parameters
from graph.model.rows.record import Form
from graph.model.rows.sheet import Sheet
from graph.model.values.redaction import redact
from graph.sources.source import Source

LONGEST_PATH = 200
"""Characters of a field's path that are shown."""


def form_of(source: Source, sheet: Sheet, referenced: Collection[str] | None) -> Form:
    """The form of the records of a sheet, the forms of the parts within them attached."""
    forms: dict[str, Form] = {}
    strange: dict[str, int] = {}
    problems: list[Problem] = []

    def form(name: str, declared: Sequence[str]) -> Form:
        columns, kinds = _columns(declared)
        ignored = [column for column in columns if {column, f"{name}.{column}"} & source.ignore.keys()]
        empty = {column: frozenset(values) for column, values in source.empty.items() if column in columns}
        layout = (source.name, sheet.name, columns, sheet.table, empty, ignored, referenced, problems)
        return Form(*layout, kinds=kinds, forms=forms, strange=strange)

    forms |= {name: form(name, declared) for name, declared in source.parts.items()}
    return form(sheet.table, source.tables[sheet.table].columns)


def _columns(declared: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Fields, and those of them that hold records, with the names of their forms.

    >>> _columns(["id", "address: Address"])
    (['id', 'address'], {'address': 'Address'})
    """
    pairs = [column.partition(": ") for column in declared]
    return [name for name, _, _ in pairs], {name: kind for name, _, kind in pairs if kind}


def strange_fields(form: Form, metadata: str) -> Iterator[Problem]:
    """A problem for each field that the metadata do not know, at the first record that has it."""
    for path, number in sorted(form.strange.items()):
        place = (form.source, form.file, number, redact(path[:LONGEST_PATH]), "")
        yield Problem(*place, "field-unknown", parameters(metadata=metadata))
    form.strange.clear()
