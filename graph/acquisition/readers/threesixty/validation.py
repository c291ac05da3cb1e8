"""What the standard's schema says of a grant, in plain words: one fault for each field and rule that it breaks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from jsonschema import ValidationError

from graph.acquisition.readers.threesixty.standard import PERSONAL, validator
from graph.model.problems import shown
from graph.model.rows.record import Fields, as_text
from graph.model.rows.sheet import Fault

_RULES: Mapping[str, tuple[str, str]] = {
    "type": ("is not of the kind that the standard asks for", "give {wanted}"),
    "enum": ("is not in the standard's code list", "use one of its codes"),
    "pattern": ("does not have the form that the standard asks for", "write it as the standard has it"),
    "oneOf": ("is no date as the standard writes dates", "write it as YYYY-MM-DD, or with a time and its zone"),
    "format": ("does not have the form that the standard asks for", "write it as {wanted}"),
    "minItems": ("is empty", "give at least one, or leave the field out"),
    "minimum": ("is less than it can be", "give a number from {wanted} up"),
    "uniqueItems": ("holds one thing twice", "give it once"),
}
_KINDS = {"array": "a list of objects", "object": "an object", "number": "a number without quotes", "string": "a text"}


def faults(grant: Fields) -> list[Fault]:
    """Where a grant does not keep to the schema."""
    found = validator().iter_errors(cast(dict[str, str], grant))  # pyright: ignore[reportUnknownMemberType]
    errors = cast(Iterator[ValidationError], found)
    return list(dict.fromkeys(fault for error in errors for fault in _in_words(error)))


def _in_words(error: ValidationError) -> Iterator[Fault]:
    path = "/".join(map(str, error.absolute_path))
    if error.validator == "required":
        yield _missing(path, error)
    elif error.validator == "oneOf" and not path:  # an organisation or an individual gets the grant
        yield from (_missing("", each) for each in _of_organisations(error.context or ()))
    else:
        fault, remedy = _RULES.get(str(error.validator), ("does not keep to the standard", "see its reference"))
        personal = any(field in PERSONAL for field in error.absolute_path)
        yield Fault(path, "" if personal else _value(error.instance), fault, remedy.format(wanted=_wanted(error)))


def _of_organisations(context: Sequence[ValidationError]) -> Iterator[ValidationError]:
    """Of the two ways that a grant can be whole, what it lacks of the first: that to an organisation."""
    yield from (error for error in context if error.schema_path and error.schema_path[0] == 0)


def _missing(path: str, error: ValidationError) -> Fault:
    field = error.message.partition("'")[2].partition("'")[0]
    place = f"{path}/{field}" if path else field
    return Fault(place, "", "is missing, and the standard requires it", "add it")


def _wanted(error: ValidationError) -> str:
    wanted = cast(object, error.validator_value)
    if isinstance(wanted, list | tuple):
        return " or ".join(_KINDS.get(str(each), str(each)) for each in cast(Sequence[object], wanted))
    return _KINDS.get(str(wanted), str(wanted))


def _value(instance: object) -> str:
    """What stands there, if it is plain; what an object or a list holds may be about a person."""
    return "" if isinstance(instance, Mapping | list) else shown(as_text(instance))
