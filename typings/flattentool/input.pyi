from collections.abc import Iterator, Mapping, Sequence

from flattentool.schema import SchemaParser

class Cell:
    cell_location: tuple[str, str, int, object]

Tree = Mapping[str, "Tree | Sequence[Tree] | Cell"]

class SpreadsheetInput:
    input_name: str
    parser: SchemaParser
    encoding: str
    include_sheets: Sequence[str]
    exclude_sheets: Sequence[str]
    sub_sheet_names: Sequence[str]
    sheet_names_map: Mapping[str, str]
    sheet_configuration: Mapping[str, Mapping[str, object]]
    def __init__(
        self,
        input_name: str = "",
        root_list_path: str = "main",
        root_id: str = "ocid",
        convert_titles: bool = False,
        vertical_orientation: bool = False,
        include_sheets: Sequence[str] = (),
        exclude_sheets: Sequence[str] = (),
        id_name: str = "id",
        base_configuration: Mapping[str, object] = ...,
        use_configuration: bool = True,
    ) -> None: ...
    def get_sheet_lines(self, sheet_name: str) -> Iterator[Mapping[str, object]]: ...
    def configure_sheets(self) -> None: ...
    def read_sheets(self) -> None: ...
    def do_unflatten(self) -> list[Tree]: ...

class CSVInput(SpreadsheetInput): ...
class ODSInput(SpreadsheetInput): ...

class XLSXInput(SpreadsheetInput):
    workbook: object

def extract_list_to_value(cells: Sequence[Tree], /) -> list[dict[str, object]]: ...
