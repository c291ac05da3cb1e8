"""A process of its own around the standard's tool: a spreadsheet in, a package and the row of each of its grants out.

What the tool warns of is not shown: what matters of it, validation tells. A fault ends on the last line of stderr.
"""

import json
import sys
import warnings
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from flattentool import decimal_datetime_default  # type: ignore[import-untyped]
from flattentool.input import CSVInput, extract_list_to_value  # type: ignore[import-untyped]
from flattentool.schema import SchemaParser  # type: ignore[import-untyped]

from graph.acquisition.readers.threesixty.standard import PACKAGE, SCHEMA
from graph.acquisition.readers.threesixty.workbook import BookInput

META, GRANTS = "Meta", "grants"
"""The sheet that describes the package, one field a row; and the field of the package that holds all other rows."""


class SheetInput(Protocol):
    """What the tool knows of a spreadsheet."""

    parser: object
    encoding: str
    sheet_configuration: Mapping[str, Mapping[str, object]]

    def read_sheets(self) -> None:
        """Open it."""
        ...

    def do_unflatten(self) -> "list[Tree]":
        """Nest its rows; in the place of each value stands its cell."""
        ...


class PlacedCell(Protocol):
    """A cell as the tool has it: `cell_location` is its sheet, column, row and heading."""

    cell_location: tuple[str, str, int, str]


Tree = Mapping[str, "Tree | Sequence[Tree] | PlacedCell"]


def main(table: str, form: str, out: str, rows: str) -> None:
    """Unflatten one spreadsheet."""
    warnings.simplefilter("ignore")
    kind = partial(BookInput if form == "xlsx" else CSVInput, table, convert_titles=True, id_name="id")
    meta = cast(SheetInput, kind(include_sheets=[META], vertical_orientation=True, use_configuration=False))
    described = _nested(meta, SchemaParser(root_schema_dict=_description()))
    settings = meta.sheet_configuration.get(META, {})
    sheets = kind(root_list_path=GRANTS, root_id="", exclude_sheets=[META], base_configuration=dict(settings))
    grants = _nested(cast(SheetInput, sheets), SchemaParser(str(SCHEMA), rollup=True, root_id=""))
    package = {**(_values(described[:1]) or [{}])[0], GRANTS: _values(grants)}
    with Path(out).open("w", encoding="utf-8") as file:
        file.write(json.dumps(package, ensure_ascii=False, default=decimal_datetime_default))
    Path(rows).write_text(json.dumps([_row(grant) for grant in grants]), encoding="utf-8")


def _description() -> dict[str, object]:
    """The schema of what a package says of itself: less its grants, which point to an address, whither the tool goes."""
    schema = cast("dict[str, dict[str, object]]", json.loads(PACKAGE.read_text("utf-8")))
    del schema["properties"][GRANTS]
    return dict(schema)


def _nested(sheets: SheetInput, parser: SchemaParser) -> list[Tree]:
    parser.parse()
    sheets.parser, sheets.encoding = parser, "utf-8-sig"
    sheets.read_sheets()
    return sheets.do_unflatten()


def _values(cells: Sequence[Tree]) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", extract_list_to_value(cells))


def _row(tree: "Tree | Sequence[Tree] | PlacedCell") -> int | None:
    """The row that the first field of a grant, by its name, comes from; None if it has no field."""
    if isinstance(tree, Mapping):
        rows = (_row(part) for _, part in sorted(tree.items()))
    elif isinstance(tree, list):
        rows = map(_row, cast("list[Tree]", tree))
    else:
        return cast(PlacedCell, tree).cell_location[2]
    return next((row for row in rows if row is not None), None)


if __name__ == "__main__":
    main(*sys.argv[1:])
