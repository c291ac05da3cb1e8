"""Data cubes as queries name them, and a whole cube as a table for spreadsheets."""

import csv
import io
from collections.abc import Iterator

from pyoxigraph import NamedNode

from endpoint.presentation.reading.view import View
from endpoint.store.port import Row, text
from endpoint.store.queries import with_prefixes
from graph.model.iri import last_segment
from graph.model.terms import QB, SDMX_DIMENSION
from graph.model.values.spreadsheet import BYTE_ORDER_MARK, defused

__all__ = ["as_csv", "code", "cubes", "dataset", "holds", "is_cube"]

FIRST = (SDMX_DIMENSION.refArea.value, SDMX_DIMENSION.refPeriod.value)


def dataset(view: View, name: str) -> str:
    """A data cube of ours, as SPARQL writes it."""
    return str(NamedNode(f"{view.base}id/dataset/{name}"))


def code(view: View, path: str) -> str:
    """An entry of a code list, as SPARQL writes it."""
    return str(NamedNode(f"{view.base}def/{path}"))


def holds(view: View, name: str) -> bool:
    return view.describes(f"{view.base}id/dataset/{name}")


def is_cube(view: View, iri: str) -> bool:
    return QB.DataSet.value in view.types(iri)


def cubes(view: View) -> list[str]:
    """The cubes that the build worked out, without those of withheld cells."""
    query = with_prefixes(f"SELECT DISTINCT ?it WHERE {{ GRAPH {view.graph('derived')} {{ ?it a qb:DataSet }} }}")
    found = sorted(text(row, "it") for row in view.rows(query))
    return [iri for iri in found if not iri.endswith("-withheld")]


def as_csv(view: View, iri: str) -> bytes:
    """A row an observation: codes of the dimensions, with names beside them, then measures and attributes."""
    if not (parts := _components(view, iri)):
        return b""
    columns = " ".join(f"?c{number}" for number in range(len(parts)))
    patterns = "".join(
        f"  OPTIONAL {{ ?it {NamedNode(prop)} ?c{number} }}\n"
        if kind == QB.attribute.value
        else f"  ?it {NamedNode(prop)} ?c{number} .\n"
        for number, (prop, kind) in enumerate(parts)
    )
    query = f"SELECT {columns} WHERE {{\n  ?it <{QB.dataSet.value}> {NamedNode(iri)} .\n{patterns}}}"
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    table = csv.writer(out)
    table.writerow([head for prop, kind in parts for head in _heads(prop, kind)])
    table.writerows(sorted(_line(view, row, parts) for row in view.rows(query)))
    return out.getvalue().encode()


def _components(view: View, iri: str) -> list[tuple[str, str]]:
    """The properties of a cube's structure, each with whether it is a dimension, measure or attribute."""
    query = with_prefixes(
        f"SELECT ?kind ?property WHERE {{\n  {NamedNode(iri)} qb:structure/qb:component ?part .\n"
        "  VALUES ?kind { qb:dimension qb:measure qb:attribute } ?part ?kind ?property .\n"
        "  FILTER(?property != sdmx-attribute:unitMeasure)\n}"
    )
    order = [QB.dimension.value, QB.measure.value, QB.attribute.value]
    found = {(text(row, "property"), text(row, "kind")) for row in view.rows(query)}
    return sorted(found, key=lambda part: (order.index(part[1]), part[0] not in FIRST, part[0]))


def _heads(prop: str, kind: str) -> Iterator[str]:
    name = last_segment(prop)
    yield name
    if kind == QB.dimension.value and prop != SDMX_DIMENSION.refPeriod.value:
        yield f"{name} (name)"


def _line(view: View, row: Row, parts: list[tuple[str, str]]) -> list[str]:
    cells: list[str] = []
    for number, (prop, kind) in enumerate(parts):
        value = text(row, f"c{number}")
        is_thing = isinstance(row.get(f"c{number}"), NamedNode)
        cells.append(_short(view, value) if is_thing else defused(value))
        if kind == QB.dimension.value and prop != SDMX_DIMENSION.refPeriod.value:
            cells.append(defused(view.name(value) if is_thing else value))
    return cells


def _short(view: View, iri: str) -> str:
    """The code of a thing of ours: an area by its GSS code, an entry of a code list by list and code."""
    for space in ("id/area/", "def/"):
        if iri.startswith(view.base + space):
            return iri.removeprefix(view.base + space)
    return iri
