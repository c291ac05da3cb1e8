"""What people have objected to is nowhere in what a build leaves: releases, pages, problems, and what it says."""

import csv
import gzip
import shutil
import stat
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.build.plan import Plan, read_plan
from graph.build.run import build
from graph.disk import files_under
from graph.errors import CivsocError, InputError, ReleaseError
from graph.model import iri
from graph.model.terms import quoted
from graph.privacy.suppression.keyed import KEY
from graph.privacy.suppression.list import read_objections
from graph.privacy.suppression.matching import MARK, Texts
from graph.release.folder import Releases
from graph.release.manifest import Manifest
from tests.support.builds.charities import write_build_file, write_register
from tests.support.builds.running import Notes
from tests.support.endpoint.serving import serving
from tests.support.privacy.crawl import page_leaks
from tests.support.privacy.known import Known
from tests.support.privacy.patterns import Leak
from tests.support.privacy.planting import PERSON, POSTCODE, planted_sample, rewrite
from tests.support.privacy.release import release_leaks, store_leaks, text_leaks

RECIPIENT, RECIPIENT_NAME = "GB-SC-SC900094", "Strathtummel Red Squirrel Guardians"
LISTED, REGISTERED = "DIR-KINGDOM-KVA-002", "GB-SC-SC900056"  # one body, as its keeper says
OFFERING, SERVICE, OPPORTUNITY = "DIR-KINGDOM-KVA-004", "DIR-KINGDOM-SV1", "DIR-KINGDOM-V1"
NAMED = "Strathmore Byre Singers"  # a recipient that its funder knows by name alone
LATER = "GB-SC-SC900055"

ENTRIES = (
    ("identifier", RECIPIENT),
    ("identifier", f"http://localhost:8000/doc/organisation/{LISTED}"),
    ("identifier", OFFERING.lower()),
    ("value", PERSON),
    ("value", POSTCODE.replace(" ", "").lower()),
    ("value", NAMED.upper()),
    ("identifier", "GB-SC-SC999999"),
)
ABSENT = (
    *(RECIPIENT, RECIPIENT.removeprefix("GB-SC-"), RECIPIENT_NAME, LISTED, REGISTERED, "SC900056", OFFERING),
    *(SERVICE, OPPORTUNITY, PERSON, "PlantedExample", POSTCODE, POSTCODE.replace(" ", ""), NAMED),
)

STATISTICS = ("simd2020v2", "imd2019", "imd2025", "wimd2019", "nimdm2017", "population")
"""Sources of the sample in which there is nobody, and from which half of its statements come."""


def write_list(path: Path, *entries: tuple[str, str]) -> Path:
    """A list of entries, each of a kind and what it is about."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["kind", "what", "reason", "since"])
        rows.writerows([kind, what, "asked for it", "2026-11-01"] for kind, what in entries)
    return path


def looking_for(*texts: str) -> Known:
    """A search for these texts alone."""
    found = Known(alone=True)
    for text in texts:
        found.look_for(text, "objected to")
    return found


def left_in(out: Path, known: Known) -> list[str]:
    """Where in an output folder a text stands: in releases, in what failed builds left, in the key."""
    found = [leak for release in Releases(out).list() for leak in _left_in_release(release, tuple(known.values))]
    others = (path for path in files_under(out) if "releases" not in path.parts and path.name != KEY and path.is_file())
    for path in others:
        found += text_leaks(str(path), path.read_text("utf-8", "replace").splitlines(), known)
    return [f"{leak.place}: {leak.text}" for leak in found]


@cache
def _left_in_release(release: Path, texts: tuple[str, ...]) -> list[Leak]:
    """What stands in a release, which never changes."""
    known = looking_for(*texts)
    return [*release_leaks(release, known), *store_leaks(release, known)]


@pytest.fixture(autouse=True)
def _usual_base() -> Iterator[None]:
    yield
    iri.use_base(iri.DEFAULT_BASE)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The planted sample, in which the postcode stands, built once without a list and then with one."""
    made = planted_sample(tmp_path_factory.mktemp("objections") / "sample", without=STATISTICS).build_file

    def edit(number: int, row: dict[str, str]) -> None:
        if number in (4, 5):
            row["Postcode"] = ("ze19zz", "ZE1  9zz")[number - 4]

    rewrite(made.parent / "oscr-charity-register.csv", edit)
    before = read_plan(made)
    build(before)
    assert {left.rpartition(": ")[2] for left in left_in(before.out, looking_for(*ABSENT))} >= {
        *("gb sc sc900094", "zebedee planted example", "ze1 9zz", "strathmore byre singers", "dir kingdom v1"),
    }
    write_list(made.parent / "objections.csv", *ENTRIES)
    made.write_text(made.read_text("utf-8") + '\n[suppress]\nfile = "objections.csv"\n', encoding="utf-8")
    return read_plan(made)


@pytest.fixture(scope="module")
def said(plan: Plan) -> list[str]:
    """What the build with the list said; afterwards its release is served."""
    said = Notes()
    build(plan, progress=said)
    return said.notes


def test_a_build_tells_how_much_each_list_took_and_which_entry_nothing_without_a_word_of_it(said: list[str]) -> None:
    told = [note for note in said if note.startswith("objections.csv")]
    assert told[0].startswith("objections.csv: 6 of 7 entries matched ")
    assert told[1:] == ["objections.csv:8: matches nothing; correct it, or leave it for what may come"]
    assert [*text_leaks("notes", said, looking_for(*ABSENT))] == []


def test_nothing_that_a_build_leaves_holds_an_entry(plan: Plan, said: list[str]) -> None:
    assert said
    assert left_in(plan.out, looking_for(*ABSENT)) == []


def test_no_page_shows_an_entry(plan: Plan, said: list[str]) -> None:
    assert said
    with serving(plan.out, workers=2, long_queries=1) as site:
        assert [*page_leaks(site, looking_for(*ABSENT), 3)] == []
        for gone in (f"/doc/organisation/{RECIPIENT}", f"/doc/service/{SERVICE}", "/doc/postcode/ZE1-9ZZ"):
            assert site.client.get(gone).status_code in (404, 410)


def test_the_money_of_a_grant_stays_and_its_recipient_goes(plan: Plan, said: list[str]) -> None:
    assert said
    lines = gzip.decompress((plan.out / "current" / "dumps" / "threesixty.nq.gz").read_bytes()).decode().splitlines()
    about = [line for line in lines if line.startswith("<http://localhost:8000/id/grant/360G-balmurrich-1>")]
    assert any('ns#amountAwarded> "2200"' in line for line in about)
    assert any("schema.org/funder>" in line for line in about)
    assert not any("ns#recipient" in line for line in about)
    assert not any("360G-balmurrich-1/recipient-organization" in line for line in lines)


def test_the_releases_that_were_built_without_an_entry_are_gone(plan: Plan, said: list[str]) -> None:
    assert "deleted 1 releases that were built without an entry of the suppression list" in said
    assert len(Releases(plan.out).list()) == 1


def test_a_manifest_remembers_hashes_whose_key_it_does_not_hold(plan: Plan, said: list[str]) -> None:
    assert said
    remembered = Manifest.read(Releases(plan.out).find("current")).suppressed
    assert len(remembered) == len(ENTRIES)
    assert [bool(others) for others in remembered.values()].count(True) == 1  # the body of several identifiers
    key = plan.out / KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_bytes().hex() not in (plan.out / "current" / "release.json").read_text("ascii")


@pytest.mark.parametrize("source", ["oscr", pytest.param("threesixty", marks=pytest.mark.prove)])
def test_a_source_mapped_alone_brings_nothing_back(source: str, plan: Plan, said: list[str]) -> None:
    """The directory that says who is who is taken over, and has lost that very link."""
    assert said
    alone = Notes()
    build(plan, only=[source], progress=alone)
    assert left_in(plan.out, looking_for(*ABSENT)) == []
    assert [*text_leaks("notes", alone.notes, looking_for(*ABSENT))] == []
    assert [note for note in alone.notes if "matches nothing" in note] == []


def test_a_new_entry_is_taken_out_of_sources_that_are_taken_over(plan: Plan, said: list[str]) -> None:
    assert said
    name = (LATER, "SC900055", "Skerrie Harbour Coastal Rowing Club")
    assert left_in(plan.out, looking_for(*name))
    path = plan.path.parent / "objections.csv"
    write_list(path, *ENTRIES, ("identifier", LATER), ("value", "Skerrie Harbour Coastal Rowing Club"))
    build(read_plan(plan.path), only=["readacross"])
    assert left_in(plan.out, looking_for(*name, *ABSENT)) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A build file for twelve charities, one of them named after a person, with a list that says so."""
    register = write_register(tmp_path / "register.csv", 12)
    rewrite(register, lambda number, row: row.update({"Charity Name": f"Trust of {PERSON}"} if number == 6 else {}))
    write_list(tmp_path / "list.csv", ("value", PERSON))
    return write_build_file(tmp_path / "build.toml", register, 12)


def with_list(build_file: Path) -> Plan:
    """The build file's plan, with the list."""
    if "[suppress]" not in build_file.read_text("utf-8"):
        build_file.write_text(build_file.read_text("utf-8") + '[suppress]\nfile = "list.csv"\n', encoding="utf-8")
    return read_plan(build_file)


def test_a_text_goes_and_what_stood_beside_it_stays(small: Path) -> None:
    plan = with_list(small)
    build(plan)
    dump = gzip.decompress((plan.out / "current" / "dumps" / "oscr.nq.gz").read_bytes()).decode()
    assert f'"Trust of {MARK}"' in dump


def test_a_release_from_before_an_entry_cannot_be_gone_back_to(small: Path, tmp_path: Path) -> None:
    old = build(read_plan(small))
    out = tmp_path / "out"
    shutil.copytree(out / "releases" / old.id, tmp_path / "backup")
    build(with_list(small))
    shutil.copytree(tmp_path / "backup", out / "releases" / old.id)
    with pytest.raises(ReleaseError, match="was built without an entry of the present suppression list"):
        Releases(out).rollback(old.id)
    build(with_list(small))
    assert old.id not in {release.name for release in Releases(out).list()}


def test_a_release_with_more_entries_than_the_present_list_can_be_gone_back_to(small: Path, tmp_path: Path) -> None:
    write_list(tmp_path / "list.csv", ("value", PERSON), ("value", "Nobody Whatever"))
    longer = build(with_list(small))
    write_list(tmp_path / "list.csv", ("value", PERSON))
    newest = build(with_list(small))
    assert Releases(tmp_path / "out").rollback(longer.id).after == longer.id
    with pytest.raises(ReleaseError, match="was built without an entry of the present suppression list"):
        Releases(tmp_path / "out").rollback(newest.id)


def test_a_build_file_that_names_no_list_any_more_says_so(small: Path) -> None:
    text, said = small.read_text("utf-8"), Notes()
    build(with_list(small))
    small.write_text(text, encoding="utf-8")
    build(read_plan(small), progress=said)
    assert [note for note in said.notes if "was [suppress] meant to go?" in note]


FAULTS: Mapping[str, str] = {
    "a column that nobody knows": f"Charity Number,{PERSON},Charity Name",
    "a line that is no CSV": f'Charity Number,Charity Name\n"SC000001"x{PERSON},"',
    "a header of another source": f"{PERSON}\n{PERSON}\n",
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS.keys())
def test_a_build_that_stops_does_not_say_what_it_stopped_at(text: str, small: Path, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CivsocError) as fault:
        build(with_list(small))
    assert [*text_leaks("said", [str(fault.value)], looking_for(PERSON))] == []
    assert "register.csv" in str(fault.value)


def test_problems_are_cleared_too_whether_a_build_is_refused_or_not(small: Path, tmp_path: Path) -> None:
    rewrite(tmp_path / "register.csv", lambda _, row: row.update({"Website": f"http://{PERSON}"}))
    with pytest.raises(InputError):
        build(with_list(small))
    assert left_in(tmp_path / "out", looking_for(PERSON)) == []
    small.write_text(small.read_text("utf-8").replace("rows = 12", "rows = 12, problems = 1.0"), encoding="utf-8")
    build(with_list(small))
    assert f"http://{MARK}" in (tmp_path / "out" / "current" / "problems" / "oscr.csv").read_text("utf-8")
    assert left_in(tmp_path / "out", looking_for(PERSON)) == []


def test_a_build_file_that_names_an_entry_itself_is_refused(small: Path, tmp_path: Path) -> None:
    (tmp_path / "register.csv").rename(tmp_path / "zebedee-planted-example.csv")
    small.write_text(small.read_text("utf-8").replace("register.csv", "zebedee-planted-example.csv"), encoding="utf-8")
    with pytest.raises(InputError, match="names; call it otherwise") as fault:
        with_list(small)
    assert "ebedee" not in str(fault.value)


LISTS: Mapping[str, str] = {
    "": "1: is not the header",
    "what,kind,reason,since\n": "1: is not the header",
    "Zebedee Planted,x\n": "1: is not the header",
    "kind,what,reason,since\nnumber,Zebedee Planted,x,2026-01-01\n": "2: has a 'kind' that is neither",
    "kind,what,reason,since\nvalue,Zebedee Planted,,2026-01-01\n": "2: has no 'reason'",
    "kind,what,reason,since\nvalue,,Zebedee Planted,2026-01-01\n": "2: has no 'what'",
    "kind,what,reason,since\nvalue,x y z,Zebedee Planted,2026-01-01\n": "2: has a 'what' of fewer than 5",
    "kind,what,reason,since\nvalue,Zebedee Planted,x,Zebedee\n": "2: has a 'since' that is not a date",
    "kind,what,reason,since\nvalue,Zebedee Planted\n": "2: has 2 cells",
    'kind,what,reason,since\nvalue,"Zebedee\nPlanted",x,2026-01-01\n': "3: ends a cell of several lines",
    'kind,what,reason,since\nvalue,"Zebedee Planted,x,2026-01-01\n': "is not well-formed CSV",
    f"kind,what,reason,since\nvalue,{'Zebedee ' * 100},x,2026-01-01\n": "2: has a 'what' of more than",
}


@pytest.mark.parametrize(("text", "told"), LISTS.items())
def test_a_list_that_is_none_stops_the_build_without_showing_a_cell(text: str, told: str, small: Path) -> None:
    (small.parent / "list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as fault:
        with_list(small)
    assert told in str(fault.value)
    assert "ebedee" not in str(fault.value)
    (small.parent / "list.csv").write_bytes(b"kind,what,reason,since\nvalue,\xff,x,2026-01-01\n")
    with pytest.raises(InputError, match="is not UTF-8"):
        with_list(small)
    (small.parent / "list.csv").unlink()
    with pytest.raises(CivsocError, match="does not exist"):
        with_list(small)


def test_a_plan_shows_none_of_its_entries(small: Path) -> None:
    assert "ebedee" not in repr(with_list(small))


words = st.text(st.characters(categories=("L", "N")), min_size=2, max_size=12)


def keeps_its_length(word: str) -> bool:
    """Letters that other cases write as two are their own affair."""
    return {len(word)} == {len(case) for case in (word.upper(), word.upper().lower(), word.lower(), word.casefold())}


@settings(max_examples=200)
@given(
    st.lists(words, min_size=1, max_size=4), st.sampled_from([" ", "  ", "\n", "-", ", ", "\u00a0", "%20"]), st.text()
)
def test_an_entry_is_found_whatever_its_case_and_blanks(parts: list[str], blank: str, around: str) -> None:
    texts = Texts({" ".join(parts): {2}})
    assume(bool(texts) and all(map(keeps_its_length, parts)))
    for spelled in (" ".join(parts), blank.replace("%20", " ").join(parts).upper(), "".join(parts).lower()):
        text = f"{around} {spelled} {around}"
        line = f"<x:a> <x:b> {quoted(text)} <x:c> .\n".encode()
        assert not texts.impossible(line), line
        assert texts.rows_in(text) == {2}
        assert texts.rows_in(texts.taken_out(text)) == set()


@pytest.mark.parametrize("text", ["Quillfeather, Jørgen Ann", "QUILLFEATHER JORGEN ANN", "jorgen ann quillfeather"])
def test_a_name_is_found_with_the_surname_first_and_without_strokes(text: str) -> None:
    texts = Texts({"Jørgen Ann Quillfeather": {2}})
    assert texts.taken_out(f"with {text}; on Mondays") == f"with {MARK}; on Mondays"
    assert not texts.impossible(f'<x:a> <x:b> "{text}" <x:c> .\n'.encode())


@pytest.mark.parametrize(
    "text",
    [
        *("Zebedee&nbsp;Quillfeather", "<b>Zebedee</b> <i>Quillfeather</i>", "ZEBEDEE&#32;QUILLFEATHER"),
        *("Z&eacute;bedee Quillfeather", "Zebe<b>dee</b> Quill<i>feather</i>", "Zebedee Quill\u00adfeather"),
        "<Zebedee Quillfeather>",
    ],
)
def test_an_entry_is_found_through_entities_and_tags(text: str) -> None:
    texts = Texts({"Zebedee Quillfeather": {2}})
    said = f"Run by {text}; Jo & co"
    assert not texts.impossible(f"<x:a> <x:b> {quoted(said)} <x:c> .\n".encode())
    taken = texts.taken_out(said)
    assert texts.rows_in(said) == {2}
    assert taken.startswith("Run by ")
    assert taken.endswith("; Jo & co")
    assert MARK in taken
    assert "eather" not in taken


def test_part_of_a_word_is_no_match() -> None:
    texts = Texts({"Anne Lee": {2}, "EH1 1AA": {3}})
    for text in ("Anne Leeds", "Joanne Lee", "Anne", "EH1 1AAB", "EH1-1A"):
        assert texts.taken_out(text) == text
    assert texts.taken_out("for ANNE-LEE, (eh11aa)") == f"for {MARK}, ({MARK})"


def test_identifiers_of_other_bodies_that_only_look_alike_stay(small: Path, tmp_path: Path) -> None:
    """The number of a Scottish charity can be that of a Scottish company too, and one identifier begins another."""
    write_list(tmp_path / "list.csv", ("identifier", "GB-COH-SC000003"), ("identifier", "GB-SC-SC00000"))
    plan = with_list(small)
    build(plan)
    dump = gzip.decompress((plan.out / "current" / "dumps" / "oscr.nq.gz").read_bytes()).decode()
    assert '"SC000003"' in dump
    assert read_objections(tmp_path / "list.csv").entries.keys() == {2, 3}
