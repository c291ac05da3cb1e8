"""What the standard's schema says of a grant: one fault for each field and constraint that it breaks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from jsonschema import ValidationError

from graph.acquisition.readers.threesixty.standard import PERSONAL, validator
from graph.model.problems import FormFault, parameters, shown
from graph.model.rows.record import Fields, as_text
from graph.model.rules import rule

_RULES = {
    "type": "standard-type",
    "enum": "standard-code",
    "oneOf": "date-not-standard",
    "format": "standard-format",
    "minItems": "standard-empty",
    "minimum": "standard-minimum",
}
"""The rules of problems by the keywords of JSON Schema."""
_KINDS = {"array": "a list of objects", "object": "an object", "number": "a number without quotes", "string": "a text"}


def faults(grant: Fields) -> list[FormFault]:
    """Where a grant does not keep to the schema."""
    found = validator().iter_errors(cast(dict[str, str], grant))  # pyright: ignore[reportUnknownMemberType]
    errors = cast(Iterator[ValidationError], found)
    return list(dict.fromkeys(fault for error in errors for fault in faults_of(error)))


def faults_of(error: ValidationError) -> Iterator[FormFault]:
    """What one error of the validator says; of an unforeseen keyword only that the standard is not kept to."""
    path = "/".join(map(str, error.absolute_path))
    if error.validator == "required":
        yield _missing(path, error)
    elif error.validator == "oneOf" and not path:  # an organisation or an individual gets the grant
        yield from (_missing("", each) for each in _of_organisations(error.context or ()))
    else:
        code = _RULES.get(str(error.validator), "standard-other")
        wanted = parameters(wanted=_wanted(error)) if rule(code).parameters else ()
        personal = any(field in PERSONAL for field in error.absolute_path)
        yield FormFault(path, "" if personal else _value(error.instance), code, wanted)


def _of_organisations(context: Sequence[ValidationError]) -> Iterator[ValidationError]:
    """Of the two ways that a grant can be whole, what it lacks of the first: that to an organisation."""
    yield from (error for error in context if error.schema_path and error.schema_path[0] == 0)


def _missing(path: str, error: ValidationError) -> FormFault:
    field = error.message.partition("'")[2].partition("'")[0]
    place = f"{path}/{field}" if path else field
    return FormFault(place, "", "standard-missing")


def _wanted(error: ValidationError) -> str:
    wanted = cast(object, error.validator_value)
    if isinstance(wanted, list | tuple):
        return " or ".join(_KINDS.get(str(each), str(each)) for each in cast(Sequence[object], wanted))
    return _KINDS.get(str(wanted), str(wanted))


def _value(instance: object) -> str:
    """What stands there, if it is plain; what an object or a list holds may be about a person."""
    return "" if isinstance(instance, Mapping | list) else shown(as_text(instance))
