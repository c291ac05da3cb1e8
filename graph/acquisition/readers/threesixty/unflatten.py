"""A process for the standard's tool: a spreadsheet in; a package and an account of its rows and warnings out.

A fault is the last line of stderr.
"""

import json
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flattentool import decimal_datetime_default
from flattentool.exceptions import DataErrorWarning
from flattentool.input import Cell, SpreadsheetInput, extract_list_to_value
from flattentool.schema import SchemaParser

from graph.acquisition.readers.threesixty.standard import PACKAGE, SCHEMA
from graph.acquisition.readers.threesixty.workbook import BookInput, DocumentInput, TextInput

if TYPE_CHECKING:
    from flattentool.input import Tree

META, GRANTS = "Meta", "grants"
"""The sheet that describes the package, one field a row; and the field of the package that holds all other rows."""


FORMS = {"xlsx": BookInput, "ods": DocumentInput, "csv": TextInput}


def main(table: str, form: str, out: str, account: str) -> None:
    """Unflatten one spreadsheet."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", DataErrorWarning)
        rows = _unflatten(table, form, out)
    words = [str(each.message) for each in warned if issubclass(each.category, DataErrorWarning)]
    Path(account).write_text(json.dumps({**rows, "warnings": words}), encoding="utf-8")


def _unflatten(table: str, form: str, out: str) -> dict[str, object]:
    """Write the package; gives the row of each grant, and the rows that are set apart."""
    sheets = partial(FORMS[form], table, convert_titles=True, id_name="id")
    meta = sheets(include_sheets=[META], vertical_orientation=True, use_configuration=False)
    described = _nested(meta, SchemaParser(root_schema_dict=_description()))
    settings = dict(meta.sheet_configuration.get(META, {}))
    data = sheets(root_list_path=GRANTS, root_id="", exclude_sheets=[META], base_configuration=settings)
    grants = _nested(data, SchemaParser(str(SCHEMA), rollup=True, root_id=""))
    package = {key: value for each in extract_list_to_value(described[:1]) for key, value in each.items()}
    package[GRANTS] = extract_list_to_value(grants)
    text = json.dumps(package, ensure_ascii=False, default=decimal_datetime_default)
    Path(out).write_text(text, encoding="utf-8")
    return {"rows": [_row(grant) for grant in grants], "apart": data.rows_apart}


def _description() -> dict[str, object]:
    """The schema of what a package says about itself; its grants point to an address, which the tool would open."""
    schema = cast("dict[str, dict[str, object]]", json.loads(PACKAGE.read_text("utf-8")))
    del schema["properties"][GRANTS]
    return dict(schema)


def _nested(sheets: SpreadsheetInput, parser: SchemaParser) -> "list[Tree]":
    """The rows as the schema nests them; in place of each value of the result is its cell."""
    parser.parse()
    parser.title_lookup.lookup_header = cache(parser.title_lookup.lookup_header)  # once a title, not once a cell
    sheets.parser, sheets.encoding = parser, "utf-8-sig"
    sheets.read_sheets()
    return sheets.do_unflatten()


def _row(tree: "Tree | Sequence[Tree] | Cell") -> int | None:
    """The row of the first field of a grant, by the names of fields; None if it has no field."""
    if isinstance(tree, Cell):
        return tree.cell_location[2]
    parts = (part for _, part in sorted(tree.items())) if isinstance(tree, Mapping) else tree
    return next((row for row in map(_row, parts) if row is not None), None)


if __name__ == "__main__":
    main(*sys.argv[1:])
