"""What the standard's schema says of a grant: one fault for each field and constraint that it breaks."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import cast

from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from graph.acquisition.readers.threesixty.standard import PERSONAL, schema, validator
from graph.model.problems import FormFault, parameters, shown
from graph.model.rows.record import Fields, as_text
from graph.model.vocabulary.rules import rule

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
    """Where a grant does not keep to the schema, in the schema's order."""
    errors = sorted(validator().iter_errors(grant), key=_order)
    return list(dict.fromkeys(fault for error in errors for fault in _faults(grant, error)))


def _order(error: ValidationError) -> list[int]:
    """Where in the schema the rule stands, and in which members of lists it was broken."""
    numbers = (step for step in error.instance_path if isinstance(step, int))
    rules, order = schema(), list[int]()
    for step in error.evaluation_path:
        order.append(list(rules).index(str(step)))
        inner = rules[str(step)]
        if step == "items":
            order.append(next(numbers))
        elif step == "$ref":
            inner = _at(schema(), str(inner).removeprefix("#/").split("/"))
        if isinstance(inner, Mapping):  # all but the last, which is what the rule asks for
            rules = cast(Fields, inner)
    return order


def _faults(grant: Fields, error: ValidationError) -> Iterator[FormFault]:
    steps = error.instance_path
    path = "/".join(map(str, steps))
    match error.kind:
        case Kind.Required(field):
            yield _missing(path, field)
        case Kind.OneOfNotValid(context) if not path:  # of the two forms of a grant, that to an organisation counts
            yield from (_missing("", each.kind.property) for each in context[0] if isinstance(each.kind, Kind.Required))
        case Kind.OneOfMultipleValid() if not path:
            pass  # an organisation and an individual get it: such a grant is left out
        case kind:
            code = rule_of(kind.name)
            wanted = parameters(wanted=_wanted(error)) if rule(code).parameters else ()
            value = "" if any(step in PERSONAL for step in steps) else _value(_at(grant, steps))
            yield FormFault(path, value, code, wanted)


def rule_of(keyword: str) -> str:
    """The rule of problems for a keyword of JSON Schema; of an unforeseen one only that the standard is not kept to."""
    return _RULES.get(keyword, "standard-other")


def _at(whole: object, steps: Sequence[str | int]) -> object:
    """What stands at a path; numbers as they were written, where the library's own copy has floats."""
    return reduce(lambda part, step: cast("dict[str | int, object]", part)[step], steps, whole)


def _missing(path: str, field: str) -> FormFault:
    place = f"{path}/{field}" if path else field
    return FormFault(place, "", "standard-missing")


def _wanted(error: ValidationError) -> str:
    wanted = _at(schema(), error.schema_path)
    if isinstance(wanted, list):
        return " or ".join(_KINDS.get(str(each), str(each)) for each in cast("list[object]", wanted))
    return _KINDS.get(str(wanted), str(wanted))


def _value(instance: object) -> str:
    """The value, if it is plain; an object or a list may contain something about a person."""
    return "" if isinstance(instance, Mapping | list) else shown(as_text(instance))
