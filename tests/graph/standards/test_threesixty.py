"""The fields of the 360Giving standard: each is a term, or left out with a reason."""

from collections.abc import Mapping
from typing import cast

from graph.acquisition.readers.threesixty.standard import PERSONAL, schema
from graph.standards.field import Kind
from graph.standards.threesixty.fields import FORMS
from tests.support.sources.threesixty_files import SOURCE


def test_every_field_of_the_standard_is_a_term_or_left_out_with_a_reason() -> None:
    forms = cast("Mapping[str, Mapping[str, Mapping[str, object]]]", schema()["$defs"])
    given = {"Grant": cast("Mapping[str, object]", schema()["properties"])}
    given |= {
        name.removesuffix("s") if name == "Documents" else name: form["properties"]
        for name, form in forms.items()
        if "properties" in form
    }
    left_out = {field.rpartition(".")[2] for field in SOURCE.ignore}
    for form, fields in given.items():
        if form != "Person":
            assert {field.name for field in FORMS[form].fields} | (left_out & set(fields)) == set(fields), form
    assert {"contactName", "email", "telephone", "streetAddress"} == set(PERSONAL) <= left_out


def test_the_metadata_declare_what_the_standard_has() -> None:
    for form, standard in FORMS.items():
        declared = SOURCE.tables["grant"].columns if form == "Grant" else SOURCE.parts[form]
        wanted = {f"{field.name}: {field.of}" if field.kind is Kind.PARTS else field.name for field in standard.fields}
        assert wanted <= set(declared)
