"""Fictitious charities in the layout of the Scottish register, and build files for them, for tests of builds."""

import csv
from collections.abc import Sequence
from pathlib import Path

from graph.sources.source import Source

_PURPOSES = "'The advancement of education','The advancement of health'"


def write_register(path: Path, rows: int, first: int = 1, websites: Sequence[str] = ()) -> Path:
    """Write so many charities, numbered from `first`; the first of them have the websites given."""
    columns = Source.named("oscr").tables[""].columns
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="")
        table.writeheader()
        for number in range(first, first + rows):
            place = number - first
            table.writerow(_charity(number, websites[place] if place < len(websites) else ""))
    return path


def write_build_file(path: Path, register: Path, rows: int, settings: str = "", former: Path | None = None) -> Path:
    """Write a build file for one register, or for it and the former charities."""
    text = f'{settings}\n[sources.oscr]\nfile = "{register}"\ndate = 2026-01-31\nexpect = {{ rows = {rows} }}\n'
    if former:
        text += f'[sources.oscr_former]\nfile = "{former}"\ndate = 2026-01-31\nexpect = {{ rows = 1 }}\n'
    path.write_text(text, encoding="utf-8")
    return path


def _charity(number: int, website: str) -> dict[str, str]:
    return {
        "Charity Number": f"SC{number:06}",
        "Charity Name": f"Fictitious Society of {number}",
        "Registered Date": "05/09/2012",
        "Charity Status": "Active",
        "Postcode": "EH1 1AA",
        "Constitutional Form": "SCIO (Scottish Charitable Incorporated Organisation)",
        "Main Operating Location": "City of Edinburgh",
        "Purposes": _PURPOSES,
        "Website": website,
        "Most recent year income": str(number * 10),
        "Most recent year expenditure": str(number * 9),
        "Year End": "31/03/2025",
        "Designated religious body": "No",
        "Regulatory Type": "Standard",
    }


def write_former(path: Path, rows: int, first: int = 1, removed: str = "01/02/2020 10:30") -> Path:
    """Write so many charities that left the register, numbered from `first`."""
    columns = Source.named("oscr_former").tables[""].columns
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        table.writeheader()
        for number in range(first, first + rows):
            left = {
                "Charity Status": "Removed",
                "Registered Date": "05/09/2012 00:00",
                "Ceased Date": removed,
            }
            table.writerow(_charity(number, "") | left)
    return path
