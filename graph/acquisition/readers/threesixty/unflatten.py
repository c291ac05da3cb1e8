"""A process of its own around the standard's tool: a spreadsheet in, a package and an account of its cells out.

What the tool warns of is not shown: what matters of it, validation tells. A fault ends on the last line of stderr.
"""

import json
import sys
import warnings
from pathlib import Path

from graph.acquisition.readers.threesixty.standard import PACKAGE, SCHEMA


def main(table: str, form: str, out: str, cells: str) -> None:
    """Unflatten one spreadsheet."""
    from flattentool import unflatten  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

    warnings.simplefilter("ignore")
    metadata = Path(out).with_name("metadata-schema.json")
    package = json.loads(PACKAGE.read_text("utf-8"))
    del package["properties"]["grants"]  # it points to an address, where the tool would go for it
    metadata.write_text(json.dumps(package), encoding="utf-8")
    unflatten(
        table,
        input_format=form,
        output_name=out,
        cell_source_map=cells,
        schema=str(SCHEMA),
        convert_titles=True,
        root_list_path="grants",
        root_id="",
        id_name="id",
        encoding="utf-8-sig",
        metatab_name="Meta",
        metatab_schema=str(metadata),
        metatab_vertical_orientation=True,
    )
    if not Path(out).exists():
        raise SystemExit("it holds no table")


if __name__ == "__main__":
    main(*sys.argv[1:])
