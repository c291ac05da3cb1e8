"""Suggested columns for a list that has its own: by their names, never by what is in the cells."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from graph.acquisition.readers.directory.suggestion import guesses, suggestion, table_of
from graph.checking.check import check
from graph.checking.findings import Weight
from graph.errors import InputError
from tests.support.commands import civsoc
from tests.support.sources.lists import DAY, SAMPLE, listed, with_notes


def test_a_suggestion_for_several_sheets_of_one_table_is_a_toml(tmp_path: Path) -> None:
    text = suggestion(with_notes(tmp_path))
    own = tomllib.loads(text)["organisations"]["columns"]
    assert (own["name"], own["website"]) == ("Name", "Website")
    assert "# Notes is not read: its first row names no column of a directory." in text


def test_no_suggestion_is_made_of_a_title(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has the names of its columns in row 3; delete the rows above them"):
        suggestion(listed(tmp_path, "Our groups,,\n,,\nRef no,Group,Council\n1,Choir,Fife\n"))


def milo_fields(page: str) -> dict[str, list[str]]:
    """The names of Milo's fields by table, from the list of them."""
    found: dict[str, list[str]] = {}
    for part in page.split("\n## ")[1:]:
        rows = [line.split("|") for line in part.splitlines() if line.startswith("| ") and "---" not in line]
        names = [name for row in rows[1:] for cell in row[1:3] for name in re.findall(r"`([\w-]+)`", cell)]
        kind = "opportunities" if "opportunity" in part.splitlines()[0] else "organisations"
        found[kind] = list(dict.fromkeys(names))
    return found


def test_the_columns_of_milo_are_guessed_right_or_not_at_all(tmp_path: Path, real_data: Path) -> None:
    fields = milo_fields((real_data / "directories" / "milo" / "milo-fields.md").read_text("utf-8"))
    known = read_own(SAMPLE / "milo.toml")
    personal = {"email", "phone", "telephone", "location_street"}
    for kind, least in (("organisations", 11), ("opportunities", 18)):
        header = [*fields[kind], *(["organisation_id"] if kind == "opportunities" else [])]
        assert table_of(header) == kind
        guessed = {column: set(own) for column, own in guesses(header, kind).items()}
        agreed = {column for column, own in guessed.items() if own & known[kind].get(column, set())}
        assert guessed.keys() - agreed <= {"status"}, guessed  # the list of fields has that of another site's record
        assert len(agreed) >= least
        out = suggestion(listed(tmp_path, ",".join(header) + "\n"))
        for name in header:
            if name in personal or "contact_" in name:
                assert f'"{name}" = "personal"' in out.splitlines(), name


def read_own(path: Path) -> dict[str, dict[str, set[str]]]:
    """What a TOML says of each column of each table: the list's own names."""
    found: dict[str, dict[str, set[str]]] = {}
    for name, entry in tomllib.loads(path.read_text("utf-8")).items():
        for column, own in entry["columns"].items():
            joined = own if isinstance(own, str) else " | ".join(own)
            found.setdefault(name, {})[column] = {each.strip() for each in joined.split("|")}
    return found


def test_a_suggestion_completed_is_a_toml_that_works(tmp_path: Path) -> None:
    rows = (
        "Ref. no,Group name,Council,E-mail,Home address,Updated,Publish?,Notes\n7,Choir,Fife,x,y,1568678400000,yes,z\n"
    )
    file = listed(tmp_path, rows)
    own = tmp_path / "own.toml"
    assert civsoc("columns", file, "--to", own).returncode == 0
    first = check([file], own, DAY)
    assert [it.column for it in first.of(Weight.STOPS)] == ["Updated", "Publish?", "Notes"]
    completed = own.read_text("utf-8").replace('# "Notes" = "…"', '"Notes" = "for the office alone"')
    completed = completed.replace('# "Publish?" = "…"', '"Publish?" = "all are"').replace('# "Updated" = "…"', "")
    completed = completed.replace('name = "Group name"', 'name = "Group name"\nlast_checked = "Updated"')
    completed = completed.replace(
        "[organisations.ignore]", '[organisations]\nepochs = ["Updated"]\n[organisations.ignore]'
    )
    own.write_text(completed, "utf-8")
    report = check([file], own, date(2019, 10, 1))
    assert (report.of(Weight.STOPS), report.of(Weight.FIX)) == ([], [])
    assert all(it.column == "Activities" for it in report.findings)
    assert civsoc("columns", file, "--to", own).returncode == 2


def test_only_names_are_looked_at_so_no_cell_is_in_a_suggestion(tmp_path: Path) -> None:
    file = listed(tmp_path, "id,title,who\n1,Secret Choir,Jean Example\n")
    assert not re.search("Secret|Jean", suggestion(file))
