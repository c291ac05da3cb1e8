"""How a publisher writes its tables. They are read in `graph.acquisition.tables`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a publisher writes tables; `quoted` is off where quotes are characters like any other."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quoted: bool = True
