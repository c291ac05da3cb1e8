"""The bundled sample with things in it that must not come out: personal cells, contacts, what people object to."""

import codecs
import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from graph.build.plan import read_plan
from graph.sources.planned import PlannedSource
from tests.support.endpoint.site import SAMPLE
from tests.support.privacy.known import PERSONAL

PERSON = "Zebedee Planted-Example"
"""A person whom texts of many sources name."""

HTML_PERSON = "<i>Zeb&eacute;dee</i>&nbsp;<b>Planted</b>&ndash;Example"

POSTCODE = "ZE1 9ZZ"
"""A postcode that somebody objects to, though a register publishes it."""

CONTACTS = (
    "ring 01632 960{0:03} or write to planted{0}@example.org",
    "ring 01632&nbsp;960{0:03} or write to planted{0}&#64;example.org",
    "ring <b>01632</b> 960{0:03} or write to planted{0}&commat;example.org",
    "ring +44\u00a01632\u2011960{0:03}, T01632960{0:03}, 01632/960{0:03} or write to planted{0}\uff20example.org",
)
"""Contact details as people write them; with a number that tells them apart."""

SPELLINGS = (
    "Zebedee Planted-Example",
    "ZEBEDEE  PLANTED EXAMPLE",
    "zebedee\r\nplanted‑example",
    "Zebédée PlantedExample",
)

EXPECT = re.compile(r"^expect = .*$", re.MULTILINE)

Cells = dict[str, str]


@dataclass(frozen=True)
class Planted:
    """A copy of the sample; `personal` are the values that stand in its personal columns."""

    build_file: Path
    personal: Mapping[str, str]


TEXTS = {
    "oscr": "Objectives",
    "oscr_former": "Objectives",
    "ccew": "charity_activities",
    "ccni": "What the charity does",
    "care_inspectorate": "ServiceName",
    "casc": "name",
    "companies_house": "CompanyName",
    "cooperatives": "Trading Name",
    "mutuals": "Society Name",
    "social_landlords": "organisation_name",
    "scottish_landlords": "Social Landlord",
    "kingdom": "description",
    "crosswalks": "org_name",
}
"""For each source of tables a column of running text, or the nearest that it has."""


def planted_sample(folder: Path, without: Collection[str] = ()) -> Planted:
    """A copy of the sample in which every personal column and a text of each source is filled; `without` are left."""
    shutil.copytree(SAMPLE.parent, folder, ignore=shutil.ignore_patterns("out"))
    build_file = folder / SAMPLE.name
    personal: dict[str, str] = {}
    for planned in read_plan(build_file).sources:
        for file in planned.files:
            if file.suffix == ".json":
                _edit_json(file)
            elif file.suffix != ".geojson":
                _edit_table(file, planned, personal)
    first, *sources = build_file.read_text("utf-8").split("\n[sources.")
    sources = [source for source in sources if source.partition("]")[0] not in without]
    lenient = [f"{EXPECT.sub('', source.rstrip())}\nexpect = {{ rows = 0, problems = 99.0 }}\n" for source in sources]
    build_file.write_text("\n[sources.".join([first, *lenient]), encoding="utf-8")
    return Planted(build_file, personal)


def _edit_table(file: Path, planned: PlannedSource, personal: dict[str, str]) -> None:
    """Fill the personal columns of all rows, and the text of the first rows."""
    source = planned.source
    columns = {column.rpartition(".")[2] for column, reason in source.ignore.items() if PERSONAL.search(reason)}

    def edit(number: int, row: Cells) -> None:
        for column in sorted(columns & row.keys()):
            value = f"{number + 2} {file.stem} {column} Close".replace("_", " ").replace(".", " ")
            row[column] = value
            personal[value] = f"{planned.name}: {column}"
        column = TEXTS.get(planned.name, "")
        if number < len(SPELLINGS) and row.get(column):
            row[column] = f"{row[column]} {SPELLINGS[number]}; {CONTACTS[number].format(number)}"

    rewrite(file, edit, source.dialect.encoding, source.dialect.delimiter, quoted=source.dialect.quoted)


def rewrite(
    file: Path,
    edit: Callable[[int, Cells], None],
    encoding: str = "utf-8",
    delimiter: str = ",",
    *,
    quoted: bool = True,
) -> None:
    """Change the rows of a table; one whose dialect has no quotes keeps to one line a row."""
    raw = file.read_bytes().removeprefix(codecs.BOM_UTF8).decode(encoding)
    header, *rows = csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_NONE, escapechar="\\")
    writer.writerow(header)
    for number, row in enumerate(rows):
        cells = dict(zip(header, row, strict=False))
        edit(number, cells)
        changed = [*cells.values(), *row[len(header) :]][: len(row)]
        writer.writerow(changed if quoted else [" ".join(cell.split()) for cell in changed])
    file.write_bytes(out.getvalue().encode(encoding, "replace"))


def _edit_json(file: Path) -> None:
    """Name the person in every description."""
    document = cast(object, json.loads(file.read_text("utf-8")))
    _name_person(document)
    file.write_text(json.dumps(document), encoding="utf-8")


def _name_person(value: object) -> None:
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        for key, inside in fields.items():
            if key in ("description", "description_html") and isinstance(inside, str):
                fields[key] = f"{inside} {PERSON}, {HTML_PERSON}; {'; '.join(CONTACTS).format(1)}"
            _name_person(inside)
    elif isinstance(value, list):
        for inside in cast("list[object]", value):
            _name_person(inside)
