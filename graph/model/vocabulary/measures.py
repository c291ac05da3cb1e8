"""Measures of area statistics, from one table a source: `ontology/cubes/<source>.toml`.

It gives the vocabulary its terms (`cube_terms`), files of the source their columns, and the mapping what to read from
them (`cube`).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from graph.model.terms import CIV, Iri

PARTS = {"quintile": 5, "decile": 10, "vigintile": 20}
"""Units that are parts of an order of areas, with how many equal parts there are."""

_WHOLE = {"people", "crimes", "rank", *PARTS}
"""Units of whole numbers."""


@dataclass(frozen=True, slots=True)
class Cube:
    """A data set: one year, one kind of area, and measures that each of them has."""

    name: str
    title: str
    note: str
    year: int
    period: str = ""
    """What `def/period/` calls the year, if it is not the calendar year."""
    not_comparable_with: Sequence[str] = ()
    components: Sequence[str] = ()
    """Dimensions and attributes beside area and period."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure in one cube, and the column that holds it."""

    cube: str
    column: str
    name: str
    term: Iri
    unit: str
    whole: bool
    label: str = ""
    """Empty where the measure is described with another cube."""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that one table of the source has, and how they are read."""

    cube: str
    measures: Sequence[Measure]
    table: str = ""
    worked_out: bool = False
    """Whether the columns hold ranks, and the measures are the parts of the order in which these lie."""
    sparse: str = ""
    """Why areas are missing. Each measure has a cube of its own, as a cube must hold each measure for every area."""


@dataclass(frozen=True)
class Statistics:
    """All cubes and measures of a source."""

    source: str
    publisher: str
    licence: str
    origin: str
    """Where columns are, for people; `{table}` stands for the table."""
    area: str
    """The nation that all areas are parts of."""
    cubes: Mapping[str, Cube]
    groups: Sequence[Group]
    areas: int = 0
    """How many areas the ranks put in order, where parts of the order are worked out."""

    def columns(self, table: str) -> list[str]:
        """The columns of a table that hold measures, each once."""
        groups = (group for group in self.groups if group.table == table)
        return list(dict.fromkeys(measure.column for group in groups for measure in group.measures))


def all_statistics() -> list[Statistics]:
    """Those of every source that has such a table."""
    names = (file.name for file in files("ontology").joinpath("cubes").iterdir())
    return [statistics(name.removesuffix(".toml")) for name in sorted(names) if name.endswith(".toml")]


@cache
def statistics(source: str) -> Statistics:
    """Read the table of a source."""
    entries = tomllib.loads(files("ontology").joinpath("cubes", f"{source}.toml").read_text("utf-8"))
    shared = {"year": entries.pop("year")} if "year" in entries else {}
    cubes = {name: Cube(name, **(shared | keys)) for name, keys in entries.pop("cubes").items()}
    groups = [_group(**keys) for keys in entries.pop("measures")]
    for group in groups:
        if group.sparse:
            cubes |= {each.cube: Cube(each.cube, each.label, group.sparse, **shared) for each in group.measures}
    return Statistics(source, cubes=cubes, groups=groups, **entries)


def _group(
    cube: str,
    rows: Sequence[Sequence[str]],
    table: str = "",
    worked_out: bool = False,
    sparse: str = "",
    whole: bool | None = None,
    label: str = "{}",
    comment: str = "{}",
) -> Group:
    """A row is: column, name, unit, label, comment, and of sparse measures the end of the name of its cube.

    One text goes into the templates of both label and comment; none means that another row describes the measure.
    """
    measures: list[Measure] = []
    for column, name, unit, *texts in rows:
        own = f"{cube}-{texts.pop()}" if sparse else cube
        whole_unit = unit in _WHOLE if whole is None else whole
        measure = Measure(own, column, name, Iri.of(CIV.base + name), unit, whole_unit)
        if texts:
            described = (label.replace("{}", texts[0]), comment.replace("{}", texts[-1]))
            measure = replace(measure, label=described[0], comment=described[1])
        measures.append(measure)
    return Group(cube, measures, table, worked_out, sparse)
