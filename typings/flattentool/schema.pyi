from collections.abc import Callable, Mapping

class TitleLookup:
    lookup_header: Callable[[object], object]

class SchemaParser:
    title_lookup: TitleLookup
    def __init__(
        self,
        schema_filename: str | None = None,
        root_schema_dict: Mapping[str, object] | None = None,
        rollup: bool = False,
        root_id: str | None = None,
    ) -> None: ...
    def parse(self) -> None: ...
