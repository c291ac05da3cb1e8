"""The activity tags, ICNP/TSO and its assignments, counted from the raw files and compared with the mappings."""

from collections import Counter
from pathlib import Path

import pytest

from tests.support.real_files import real_files
from tests.support.sources.counted import ORG, Counted, raw

DEF = "http://localhost:8000/def/"


class Run(Counted):
    """The lists and the assignments, with their rows."""

    def __init__(self, data: Path, folder: Path) -> None:
        place = data / "classification"
        halves = [file for file in real_files("ukcat") if file.parent.name == "icnptso-assignments"]
        lists = [place / "ukcat" / "ukcat-2026-07.csv", place / "icnptso" / "icnptso-2026-07.csv"]
        self.assignments = [row for half in halves for row in raw(half)]
        self.tags, self.headings = (raw(path, "utf-8-sig") for path in lists)
        super().__init__("ukcat", [*halves, *lists], folder)


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(real_data, tmp_path_factory.mktemp("ukcat"))


def test_every_charity_has_the_code_of_its_row(run: Run) -> None:
    stated = run.table("?charity ?code { ?c a civ:Classification ; civ:classified ?charity ; civ:classifiedAs ?code }")
    raw_pairs = {(row["org_id"], row["icnptso_code"]) for row in run.assignments}
    assert {(charity.removeprefix(ORG), code.rsplit("/", 1)[1]) for charity, code in stated} == raw_pairs
    assert len(stated) == len(raw_pairs) == 51_131
    assert run.mapped.problems == ()


def test_every_classification_has_method_and_day(run: Run) -> None:
    method = "<http://localhost:8000/def/classification-method/machine-learned>"
    (found,) = run.table(f"(COUNT(*) AS ?n) {{ ?c civ:method {method} ; dct:date '2021-07-29'^^xsd:date }}")
    assert found == ("51131",)


def test_tags_have_their_names_and_stand_under_what_the_file_names(run: Run) -> None:
    codes = {row["tag"]: row["Code"] for row in run.tags}
    named = run.table(f"?tag ?name {{ ?tag skos:inScheme <{DEF}ukcat> ; skos:prefLabel ?name }}")
    assert {(tag.rsplit("/", 1)[1], name) for tag, name in named} == {(code, tag) for tag, code in codes.items()}
    under = {
        (row["Code"], codes[row["Subcategory"] if row["Level"] == "3" and row["Subcategory"] else row["Category"]])
        for row in run.tags
        if row["Level"] != "1"
    }
    broader = run.table(f"?tag ?under {{ ?tag skos:inScheme <{DEF}ukcat> ; skos:broader ?under }}")
    assert {(tag.rsplit("/", 1)[1], above.rsplit("/", 1)[1]) for tag, above in broader} == under


def test_related_codes_are_those_of_the_file(run: Run) -> None:
    stated = Counter(code.rsplit("/", 1)[1] for (_, code) in run.table("?tag ?code { ?tag skos:relatedMatch ?code }"))
    assert stated == Counter(code for row in run.tags for code in row["Related ICNPTSO code"].split(";") if code)


def test_headings_form_a_tree(run: Run) -> None:
    codes = {row["Sub-group"] or row["Group"] or row["Section"]: row["Title"] for row in run.headings}
    named = run.table(f"?code ?title {{ ?code skos:inScheme <{DEF}icnptso> ; skos:prefLabel ?title }}")
    assert {code.rsplit("/", 1)[1]: title for code, title in named} == {
        code: " ".join(title.split()) for code, title in codes.items()
    }
    tops = run.table(f"?code {{ ?code skos:topConceptOf <{DEF}icnptso> }}")
    assert len(tops) == sum(not row["Group"] for row in run.headings) == 12


def test_the_shapes_hold(run: Run) -> None:
    assert run.violations() == []


def test_the_readacross_matches_every_class_that_it_names(real_data: Path, tmp_path: Path) -> None:
    file = real_data / "classification" / "crosswalks" / "ccew-oscr-activities-readacross-2026-07.csv"
    rows = raw(file)
    readacross = Counted("readacross", [file], tmp_path)
    matched = readacross.table("?class ?other { ?class skos:closeMatch|skos:relatedMatch ?other }")
    assert len(matched) == len(rows) - 1  # one label ends in a stray quote
    named = {row["ccew-classno"] for row in rows} - {"207"}
    assert {entry.rsplit("/", 1)[1] for entry, _ in matched} == named
