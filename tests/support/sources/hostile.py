"""Files made to harm whoever reads them, each made in moments: bombs, false paths, entities, endless texts."""

import csv
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.sources.source import Source

MEGABYTE = 1024 * 1024

REGISTER = Source.named("oscr").tables[""].columns
GRANTS = ("Identifier", "Title", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Identifier")
DIRECTORY = ("reference", "name", "description")


@dataclass(frozen=True)
class Hostile:
    """A file, the source that it is given to, and how that must end."""

    name: str
    source: str
    make: Callable[[Path], None]
    error: str = ""
    """What the error says; '' if the file is read for what it is."""

    @property
    def file(self) -> str:
        """The file's name."""
        return self.name.replace(" ", "-")


def table(columns: tuple[str, ...] | list[str], *rows: dict[str, str]) -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def charity(**cells: str) -> bytes:
    """A register of one charity."""
    row = {"Charity Number": "SC900001", "Charity Name": "Example", "Charity Status": "Active"}
    return table(list(REGISTER), row | {name.replace("_", " "): cell for name, cell in cells.items()})


def written(data: Callable[[], bytes]) -> Callable[[Path], None]:
    """A file of these bytes, which are only made when it is."""
    return lambda path: _write(path, data())


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def gzip_bomb(start: bytes, filling: bytes, megabytes: int) -> Callable[[Path], None]:
    """A gzip that unpacks to so many megabytes of one filling."""

    def make(path: Path) -> None:
        piece = gzip.compress((filling * (MEGABYTE // len(filling) + 1))[:MEGABYTE], 9)
        with path.open("wb") as file:
            file.write(gzip.compress(start))
            for _ in range(megabytes):
                file.write(piece)

    return make


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return packed.getvalue()


def lying_archive(name: str, data: bytes) -> bytes:
    """A zip whose directory says that its member is small."""
    honest = archive({name: data})
    small, true = struct.pack("<I", 1000), struct.pack("<I", len(data))
    return honest.replace(true, small)


def locked_archive(name: str) -> bytes:
    """A zip that says that a password is needed."""
    data = bytearray(archive({name: b"a,b\n"}))
    data[6] |= 1
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 8] |= 1
    return bytes(data)


WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="one" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}<sheetData>{}</sheetData></worksheet>'


def book(rows: str, before: str = "", declared: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet, from its XML; `declared` stands before the root of the sheet."""
    root, sheet = RELATIONS, SHEET.format(before, rows)
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": root.format(f'<Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": root.format(
            f'<Relationship Id="rId1" Type="{OFFICE}worksheet" Target="worksheets/sheet1.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{declared}{sheet}',
    }
    return archive({name: text.encode() for name, text in members.items()} | (more or {}))


def row(number: int, *cells: str) -> str:
    """A row of a sheet."""
    inside = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inside}</row>'


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12))
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY out SYSTEM 'file:///etc/hostname'>]>"


def books(source: str, header: tuple[str, ...], values: tuple[str, ...]) -> Iterator[Hostile]:
    """Workbooks, for each source that reads some."""
    first, second = row(1, *header), row(2, *values)

    def case(name: str, data: Callable[[], bytes], error: str = "") -> Hostile:
        return Hostile(f"{source} {name}.xlsx", source, written(data), error)

    yield case("laughs", lambda: book(first + row(2, "&a11;", *values[1:]), declared=LAUGHS), "document type")
    yield case("outside entity", lambda: book(first + row(2, "&out;", *values[1:]), declared=OUTSIDE), "document type")
    yield case("bomb", lambda: book(first + second + '<row r="3"/>' * 12_000_000), "unpacks to more than")
    yield case("member outside", lambda: book(first + second, more={"../../outside.xml": b"<a/>"}), "leaves its folder")
    yield case("false dimension", lambda: book(first + second, before='<dimension ref="A1:XFD1048576"/>'))
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    own_tool = source == "threesixty"  # which fills the gaps between cells
    yield case("far cell", lambda: book(first + second + far), "spreads over" if own_tool else "")
    beyond = '<row r="999999999"><c><v>1</v></c></row>'
    yield case("row beyond all", lambda: book(first + second + beyond), "spreads over|claims more")
    yield case("million columns", lambda: book(row(1, *header, *("x" for _ in range(1_000_000))) + second), ".")
    yield case("cut off", lambda: book(first + second)[:-200], "cannot be read")


def texts(source: str, good: bytes, name: str) -> Iterator[Hostile]:
    """Text tables, for each source that reads some."""

    def case(what: str, data: Callable[[], bytes], error: str = "") -> Hostile:
        return Hostile(f"{source} {what}.csv", source, written(data), error)

    cell = name.encode()
    own_tool = source == "threesixty"  # whose reader keeps to smaller cells, and drops cells beyond the header
    yield case("NUL", lambda: good.replace(cell, b"a\0b"), "" if own_tool else "NUL")
    yield case("open quote", lambda: good + b'"never closed,' + b"x,\n" * 200_000, ".")
    yield case("long cell", lambda: good.replace(cell, b"x" * (2 * MEGABYTE)), ".")
    tricky = b"a@" * 100_000 + b"01632 " * 30_000 + b"-" * 200_000 + b"a." * 200_000
    yield case("tricky cell", lambda: good.replace(cell, tricky), "field limit" if own_tool else "")
    yield case("line without end", lambda: good + b"," * (40 * MEGABYTE), "" if own_tool else "a line of more than")


GOOD_GRANT = {
    "id": "360G-example-1",
    "title": "One",
    "description": "Two",
    "currency": "GBP",
    "amountAwarded": 1,
    "awardDate": "2024-01-01",
    "recipientOrganization": [{"id": "GB-SC-SC900001", "name": "Three"}],
    "fundingOrganization": [{"id": "GB-SC-SC900002", "name": "Four"}],
}


def grants(text: str) -> bytes:
    """A package of one grant in which a text stands in the place of its description."""
    return json.dumps({"grants": [GOOD_GRANT]}).replace('"Two"', text).encode()


def directory(text: str) -> bytes:
    """A directory of one organisation in which a text stands in the place of its description."""
    return json.dumps([{"reference": "1", "name": "One", "description": "Two"}]).replace('"Two"', text).encode()


def charities(text: str) -> bytes:
    """A table in JSON of one charity in which a text stands in the place of its objectives."""
    cells = dict.fromkeys(REGISTER, "") | {"Charity Number": "SC900001", "Charity Name": "Example", "Objectives": "Two"}
    return json.dumps([cells]).replace('"Two"', text).encode()


def outline(text: str) -> bytes:
    """A feature collection of one council in which a text stands in the place of its first degree."""
    square = [[0, 55], [-3, 55], [-3, 56], [0, 55]]
    feature = {
        "type": "Feature",
        "properties": {"code": "S12000036", "name": "City of Edinburgh"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).replace("[[[0,", f"[[[{text},").encode()


def documents(source: str, make: Callable[[str], bytes], suffix: str = "json") -> Iterator[Hostile]:
    """JSON, for each source that reads some; `make` gives a document with a text in the place of a value."""

    def case(what: str, data: Callable[[], bytes], error: str = ".") -> Hostile:
        return Hostile(f"{source} {what}.{suffix}", source, written(data), error)

    yield case("deep arrays", lambda: make("[" * 2_000_000))
    yield case("deep objects", lambda: make('{"a":' * 200_000))
    yield case("huge exponent", lambda: make("1e999999999"))
    yield case("tiny exponent", lambda: make("1e-999999999"))
    yield case("huge integer", lambda: make("1" * 1_000_000))
    yield case("no number", lambda: make("NaN"))
    yield case("long text", lambda: make('"' + "x" * (2 * MEGABYTE) + '"'))
    yield case("long key", lambda: make('{"' + "k" * (20 * MEGABYTE) + '": 1}'))
    yield case("no UTF-8", lambda: make('"Two"').replace(b"S", b"\xff").replace(b"e", b"\xe9"))
    yield case("cut off", lambda: make('"Two')[:-3])
    yield case("tricky text", lambda: make(f'"{"a@" * 100_000}{"01632 " * 30_000}{"-" * 200_000}{"a." * 200_000}"'), "")


def lone_surrogate(source: str, make: Callable[[str], bytes]) -> Hostile:
    """Half a character, which JSON can write and UTF-8 cannot."""
    return Hostile(f"{source} half a character.json", source, written(lambda: make('"\\ud800 half"')))


def some(found: Iterator[Hostile], *names: str) -> Iterator[Hostile]:
    """Those of these names: what another source reads with the same code needs no second trial of all."""
    return (case for case in found if any(f" {name}." in case.name for name in names))


def cases() -> Iterator[Hostile]:
    """All of them."""
    good = charity()
    bomb, cell = gzip_bomb(good, b"\n", 1000), gzip_bomb(good, b"x", 1000)
    yield Hostile("bomb of lines.csv.gz", "oscr", bomb, "blank lines")
    yield Hostile("bomb of one cell.csv.gz", "oscr", cell, "more than")
    long = charity(Objectives="x" * 2000)  # few rows make many bytes
    many = long + long.splitlines(keepends=True)[1] * 18_000
    yield Hostile("bomb.zip", "oscr", written(lambda: archive({"a.csv": many})), "unpacks to more than")
    yield Hostile("lying bomb.zip", "oscr", written(lambda: lying_archive("a.csv", many)), "cannot be read")
    yield Hostile("outside.zip", "oscr", written(lambda: archive({"../../a.csv": good})), "leaves its folder")
    yield Hostile("absolute.zip", "oscr", written(lambda: archive({"/etc/a.csv": good})), "leaves its folder")
    yield Hostile("locked.zip", "oscr", written(lambda: locked_archive("a.csv")), "password")
    yield Hostile("damaged.zip", "oscr", written(lambda: archive({"a.csv": good})[:60]), "cannot be read")
    yield Hostile("damaged.csv.gz", "oscr", written(lambda: gzip.compress(good)[:-12] + b"12345678"), "cannot be read")
    yield Hostile("stored twice.gz", "oscr", written(lambda: zlib.compress(good)), ".")
    latin = charity(Objectives="€ é").replace("é".encode(), b"\xe9")
    yield Hostile("cp1252 as UTF-8.csv", "oscr", written(lambda: latin), "not utf-8")
    ragged = written(lambda: good + b"a\n" * (8 * MEGABYTE))
    yield Hostile("ragged rows.csv", "oscr", ragged, "more than 500,000 faults")
    yield from texts("oscr", charity(Objectives="HERE"), "HERE")
    listed = table(list(DIRECTORY), {"reference": "1", "name": "One", "description": "HERE"})
    yield from some(texts("directory", listed, "HERE"), "NUL", "open quote", "tricky cell")
    cells = ("360G-example-1", "HERE", "GBP", "1", "2024-01-01", "GB-SC-SC900001")
    grant: dict[str, str] = dict(zip(GRANTS, cells, strict=True))
    yield from texts("threesixty", table(list(GRANTS), grant), "HERE")
    yield from books("directory", DIRECTORY, ("1", "One", "Two"))
    yield from books("threesixty", GRANTS, (*grant.values(),))
    yield from documents("threesixty", grants)
    yield lone_surrogate("threesixty", grants)
    yield from some(documents("directory", directory), "deep arrays", "huge integer", "no UTF-8", "tricky text")
    bounds = ("deep arrays", "deep objects", "huge exponent", "huge integer", "long text", "long key")
    yield from some(documents("oscr", charities), *bounds)
    yield lone_surrogate("oscr", charities)
    yield from some(documents("boundaries", outline, "geojson"), "tiny exponent", "no number", *bounds)
    yield Hostile("bomb of grants.json.gz", "threesixty", gzip_bomb(b'{"grants": [', b" ", 1000), "blanks without end")


CASES = tuple(cases())
